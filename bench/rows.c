/* The same rows with the same indexes, straight into SQLite: what a filed matter
 * costs the disk, without anything of ours. The row of the statistics and the full-text
 * index are among them: they follow within the second, by the same writer. */
#include "bench.h"
#include "base/stamp.h"
#include "db/db_search_impl.h"
#include <sqlite3.h>
#include <unistd.h>

enum { ROWS_MAX = 40, COLUMNS_MAX = 48 };

/* A row of the pattern: its insert, its values, and which of them are made new. */
struct row {
    sqlite3_stmt *st;
    sqlite3_value *v[COLUMNS_MAX];
    enum fresh { SAME, MATTER, ID, SEQ, TEXT } fresh[COLUMNS_MAX];
    int n;
};
struct pattern { sqlite3 *db; struct row row[ROWS_MAX]; int n; int64_t id, at; };

struct rows {
    struct pattern p;
    char copy[512];
    int group;
    int64_t done, us;
};

static void must(sqlite3 *db, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) {
        fprintf(stderr, "rows: %s: %s\n", sql, why);
        abort();
    }
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *st;
    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK) {
        fprintf(stderr, "rows: %s: %s\n", sql, sqlite3_errmsg(db));
        abort();
    }
    return st;
}

static enum fresh freshness(const char *table, const char *column, int64_t value, int64_t matter)
{
    if (value == matter)
        return MATTER;
    if (!strcmp(column, "id"))
        return ID;
    if (!strcmp(table, "feed") && !strcmp(column, "seq"))
        return SEQ;
    return !strcmp(column, "number") || !strcmp(column, "client_ref") ? TEXT : SAME;
}

static void take_rows(struct pattern *p, const char *table, const char *key)
{
    char sql[1000];
    snprintf(sql, sizeof sql, "SELECT * FROM old.%s WHERE %s = %lld", table, key, (long long)p->id);
    sqlite3_stmt *st = prepare(p->db, sql);
    while (sqlite3_step(st) == SQLITE_ROW && p->n < ROWS_MAX) {
        struct row *x = &p->row[p->n++];
        x->n = sqlite3_column_count(st);
        int n = snprintf(sql, sizeof sql, "INSERT INTO main.%s VALUES (", table);
        for (int i = 0; i < x->n; i++) {
            x->v[i] = sqlite3_value_dup(sqlite3_column_value(st, i));
            x->fresh[i] = freshness(table, sqlite3_column_name(st, i), sqlite3_column_int64(st, i),
                                    p->id);
            n += snprintf(sql + n, sizeof sql - (size_t)n, "%s?", i ? ", " : "");
        }
        snprintf(sql + n, sizeof sql - (size_t)n, ")");
        x->st = prepare(p->db, sql);
    }
    sqlite3_finalize(st);
}

static void add_term(void *ctx, struct str term)
{
    buf_add_char(ctx, ' ');
    buf_add(ctx, term);
}

/* The index has no contents to copy: the terms are made from the text it was made of. */
static void take_terms(struct pattern *p)
{
    char sql[200];
    struct buf terms;
    struct row *x = &p->row[p->n];
    snprintf(sql, sizeof sql, "SELECT text, scopes FROM old.search_doc WHERE id = %lld",
             (long long)p->id);
    sqlite3_stmt *st = prepare(p->db, sql);
    if (sqlite3_step(st) == SQLITE_ROW) {
        buf_init(&terms, 1 << 20);
        add_term(&terms, str_of((const char *)sqlite3_column_text(st, 1)));
        search_doc_terms(str_of((const char *)sqlite3_column_text(st, 0)), add_term, &terms);
        sqlite3_stmt *text = prepare(p->db, "SELECT 0, ?");
        sqlite3_bind_text(text, 1, terms.p, (int)terms.n, SQLITE_STATIC);
        sqlite3_step(text);
        x->n = 2;
        x->fresh[0] = MATTER;
        x->v[0] = sqlite3_value_dup(sqlite3_column_value(text, 0));
        x->v[1] = sqlite3_value_dup(sqlite3_column_value(text, 1));
        x->st = prepare(p->db, "INSERT INTO main.search_term (rowid, terms) VALUES (?, ?)");
        p->n++;
        sqlite3_finalize(text);
        buf_done(&terms);
    }
    sqlite3_finalize(st);
}

static void put_row(struct pattern *p, struct row *x, int64_t id)
{
    char text[40];
    for (int i = 0; i < x->n; i++)
        switch (x->fresh[i]) {
        case MATTER: sqlite3_bind_int64(x->st, i + 1, id); break;
        case ID: sqlite3_bind_int64(x->st, i + 1, ++p->at); break;
        case SEQ: sqlite3_bind_int64(x->st, i + 1, ++p->at); break;
        case TEXT:
            snprintf(text, sizeof text, "%018lld", (long long)++p->at);
            sqlite3_bind_text(x->st, i + 1, text, -1, SQLITE_TRANSIENT);
            break;
        case SAME: sqlite3_bind_value(x->st, i + 1, x->v[i]); break;
        }
    if (sqlite3_step(x->st) != SQLITE_DONE) {
        fprintf(stderr, "rows: %s\n", sqlite3_errmsg(p->db));
        abort();
    }
    sqlite3_reset(x->st);
}

static void copy_schema(sqlite3 *db)
{
    sqlite3_stmt *st = prepare(db, "SELECT sql FROM old.sqlite_master WHERE sql IS NOT NULL AND"
        " tbl_name IN ('matter', 'party', 'claim', 'sight', 'deadline', 'worklist', 'journal',"
        " 'journal_payload', 'feed', 'fact', 'search_doc', 'search_term') ORDER BY type DESC");
    while (sqlite3_step(st) == SQLITE_ROW)
        must(db, (const char *)sqlite3_column_text(st, 0));
    sqlite3_finalize(st);
}

static void pattern_open(struct pattern *p, const char *path, const char *copy)
{
    char sql[600];
    if (sqlite3_open(copy, &p->db) != SQLITE_OK)
        abort();
    must(p->db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536");
    snprintf(sql, sizeof sql, "ATTACH '%s' AS old", path);
    must(p->db, sql);
    copy_schema(p->db);
    static const struct { const char *table, *key; } from[] = {
        { "matter", "id" }, { "party", "matter" }, { "claim", "matter" }, { "sight", "matter" },
        { "deadline", "matter" }, { "worklist", "matter" }, { "journal", "chain" },
        { "journal_payload", "chain" }, { "feed", "matter" }, { "fact", "matter" },
        { "search_doc", "id" } };
    for (size_t i = 0; i < COUNT(from); i++)
        take_rows(p, from[i].table, from[i].key);
    take_terms(p);
    must(p->db, "DETACH old");          /* a write would lock it too */
}

static void pattern_close(struct pattern *p)
{
    for (int i = 0; i < p->n; i++) {
        sqlite3_finalize(p->row[i].st);
        for (int k = 0; k < p->row[i].n; k++)
            sqlite3_value_free(p->row[i].v[k]);
    }
    sqlite3_close(p->db);
}

struct rows *rows_open(const char *path, int64_t id, int group)
{
    struct rows *r = calloc(1, sizeof *r);
    if (!r)
        abort();
    r->p = (struct pattern){ .id = id, .at = id };
    r->group = group;
    snprintf(r->copy, sizeof r->copy, "%s.rows", path);
    unlink(r->copy);
    pattern_open(&r->p, path, r->copy);
    return r;
}

double rows_run(struct rows *r, int64_t ms)
{
    struct pattern *p = &r->p;
    int64_t began = clock_us(), before = r->done;
    while (clock_us() - began < ms * 1000) {
        must(p->db, "BEGIN IMMEDIATE");
        for (int i = 0; i < r->group; i++, r->done++) {
            int64_t matter = ++p->at;
            for (int k = 0; k < p->n; k++)
                put_row(p, &p->row[k], matter);
        }
        must(p->db, "COMMIT");
    }
    int64_t took = clock_us() - began;
    r->us += took;
    return (double)(r->done - before) / (double)took;
}

double rows_end(struct rows *r)
{
    double rate = (double)r->done * 1e6 / (double)r->us;
    static const char *const ends[] = { "", "-wal", "-shm" };
    pattern_close(&r->p);
    for (size_t i = 0; i < COUNT(ends); i++) {
        char path[520];
        snprintf(path, sizeof path, "%s%s", r->copy, ends[i]);
        unlink(path);
    }
    free(r);
    return rate;
}
