/* db_stmt.c - statements prepared once per connection, found by the address of
 * their literal.
 *
 * A literal has one address for the life of the program, so no text is hashed
 * or compared. One literal may have several entries: when a statement is used
 * again while it runs (db_each in db_each), and on PostgreSQL when its values
 * come with other types. */
#include "db/db_driver.h"

struct db_stmt **db_stmt_bucket(struct db_stmts *all, const char *sql)
{
    uint64_t h = (uintptr_t)sql * UINT64_C(0x9E3779B97F4A7C15);
    return &all->bucket[h >> 55];
}

static bool is_word(char c)
{
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Whether verb stands before table somewhere in the text. */
static bool writes_to(const char *sql, const char *verb, const char *table)
{
    size_t nv = strlen(verb), nt = strlen(table);
    for (const char *p = sql; (p = strstr(p, verb)); p += nv)
        if (!strncmp(p + nv, table, nt) && !is_word(p[nv + nt]))
            return true;
    return false;
}

static bool touches(const struct db_watch *w, const char *sql)
{
    static const char *const verbs[] = { "INSERT INTO ", "UPDATE ", "DELETE FROM " };
    for (size_t i = 0; w->quiet[i]; i++)
        if (!strncmp(sql, w->quiet[i], strlen(w->quiet[i])))
            return false;
    for (size_t i = 0; w->tables[i]; i++)
        for (size_t k = 0; k < COUNT(verbs); k++)
            if (writes_to(sql, verbs[k], w->tables[i]))
                return true;
    return false;
}

unsigned db_stmt_touches(const struct db_watch *w, const char *sql)
{
    unsigned bits = 0;
    for (unsigned i = 0; w && w[i].tables; i++)
        bits |= touches(&w[i], sql) ? 1U << i : 0;
    return bits;
}

struct db_stmt *db_stmt_add(struct db_conn *c, const char *sql, unsigned params)
{
    struct db_stmt *st = arena_alloc(&c->mem, sizeof *st + params * sizeof st->bind[0]);
    struct db_stmt **bucket = db_stmt_bucket(&c->stmts, sql);
    st->key = sql;
    st->params = params;
    st->touches = db_stmt_touches(c->db->o.watch, sql);
    st->next = *bucket;
    *bucket = st;
    snprintf(st->name, sizeof st->name, "s%u", ++c->stmts.n);
    return st;
}

static bool map_make(const struct db_row *row, const struct record *rec, struct db_map *m,
                     struct err *e)
{
    for (unsigned i = 0; i < row->st->columns; i++) {
        const char *name = row->c->d->column(row, (int)i);
        m->f[i] = record_field(rec, str_of(name));
        if (!m->f[i])
            return err_internal(e, "record %s has no member for column %s", rec->name, name);
        if (m->f[i]->type == F_LIST || m->f[i]->type == F_STRS)
            return err_internal(e, "member %s.%s is no column", rec->name, name);
    }
    return true;
}

bool db_stmt_map(const struct db_row *row, const struct record *rec, const struct db_map **out,
                 struct err *e)
{
    struct db_stmt *st = row->st;
    for (struct db_map *m = st->maps; m; m = m->next)
        if (m->rec == rec) {
            *out = m;
            return true;
        }
    struct db_map *m = arena_alloc(&row->c->mem, sizeof *m + st->columns * sizeof m->f[0]);
    if (!map_make(row, rec, m, e))
        return false;
    m->rec = rec;
    m->next = st->maps;
    st->maps = m;
    *out = m;
    return true;
}
