#include "place/area_import.h"
#include "base/utf8.h"
#include "base/vec.h"

enum { C_CODE, C_NAME, C_SHORT, C_LEVEL, C_KIND, C_PARENT, C_PINYIN, COLUMNS };
enum { CODE_LEN = 12, TEXT_MAX = 100, REPORT_US = 250000, REPORT_ROWS = 1024 };
static const struct str columns[COLUMNS] = {
    STR_INIT("code"), STR_INIT("name"), STR_INIT("short"), STR_INIT("level"), STR_INIT("kind"),
    STR_INIT("parent"), STR_INIT("pinyin"),
};

/* One area with a code. Texts are not kept: their print tells whether they changed. */
struct entry {
    int64_t code, id, parent;
    struct str path;
    uint64_t print;
    bool known, seen;                   /* in the database; in the table */
};
/* What the table says of a known area that is not as it was. */
struct change { size_t entry; struct str cells[COLUMNS]; unsigned level; bool moved; };

struct importing {
    struct req *r;
    const struct area_import *in;
    VEC(struct entry) all;
    VEC(struct change) changes;
    VEC(struct str) roots;              /* paths under which a missing code has ended */
    size_t *slots, cap;                 /* open addressing: index into all + 1, by code */
    size_t at[COLUMNS];                 /* where each column stands */
    int64_t next_id, reported_at;
    struct db_bulk *bulk;
    struct area_imported n;
};

static void report(struct importing *x, const char *what, int64_t done, int64_t total)
{
    if (!x->in->progress || done % REPORT_ROWS || clock_us() - x->reported_at < REPORT_US)
        return;
    x->reported_at = clock_us();
    x->in->progress(x->in->ctx, what, done, total);
}

/* ---- entries by code ---- */

static size_t slot_of(const struct importing *x, int64_t code)
{
    size_t i = (size_t)((uint64_t)code * UINT64_C(0x9E3779B97F4A7C15) >> 24) & (x->cap - 1);
    while (x->slots[i] && x->all.v[x->slots[i] - 1].code != code)
        i = (i + 1) & (x->cap - 1);
    return i;
}

static struct entry *entry_find(const struct importing *x, int64_t code)
{
    size_t s = x->cap ? x->slots[slot_of(x, code)] : 0;
    return s ? &x->all.v[s - 1] : NULL;
}

static void entry_add(struct importing *x, struct entry one)
{
    if (x->all.n * 2 >= x->cap) {
        x->cap = x->cap ? x->cap * 2 : 4096;
        x->slots = arena_array(x->in->a, size_t, x->cap);
        for (size_t i = 0; i < x->all.n; i++)
            x->slots[slot_of(x, x->all.v[i].code)] = i + 1;
    }
    vec_push(x->in->a, &x->all, one);
    x->slots[slot_of(x, one.code)] = x->all.n;
}

static bool parse_code(struct str s, int64_t *out)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n == CODE_LEN && str_to_i64(s, out) && *out > 0;
}

/* FNV-1a over what may change without the area becoming another. */
static uint64_t print_of(unsigned level, const struct str *texts, size_t n)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325) ^ level;
    for (size_t k = 0; k < n; k++) {
        for (size_t i = 0; i < texts[k].n; i++)
            h = (h ^ (unsigned char)texts[k].p[i]) * UINT64_C(0x100000001b3);
        h = (h ^ 0xff) * UINT64_C(0x100000001b3);
    }
    return h;
}

static bool on_known(void *ctx, const struct db_row *row, struct err *e)
{
    struct importing *x = ctx;
    struct str texts[] = { db_row_str(row, 4), db_row_str(row, 5), db_row_str(row, 6),
                           db_row_str(row, 7) };
    struct entry one = {
        .id = db_row_int(row, 1), .parent = db_row_int(row, 2), .known = true,
        .print = print_of((unsigned)db_row_int(row, 3), texts, COUNT(texts)),
        .path = arena_dup(x->in->a, db_row_str(row, 8)),
    };
    if (!parse_code(db_row_str(row, 0), &one.code))
        return err_internal(e, "area code %.*s", STR_ARG(db_row_str(row, 0)));
    entry_add(x, one);
    report(x, "known", (int64_t)x->all.n, 0);
    return true;
}

static bool load_known(struct importing *x, struct err *e)
{
    return db_each(x->r->c, e, on_known, x,
        SQL("SELECT c.code, a.id, a.parent, a.level, a.name, a.short_name, a.kind, a.pinyin,"
            " a.path FROM area_code c JOIN area a ON a.id = c.area"
            " WHERE c.valid_to = 0 AND a.valid_to = 0"));
}

/* ---- the table ---- */

static bool wrong(const struct sheet_row *row, size_t column, struct err *e)
{
    return err_fieldf(e, ERR_TABLE_ROW, columns[column].p, "%zu · %s", row->number,
                      columns[column].p);
}

static bool read_head(struct importing *x, struct arena *a, struct err *e)
{
    struct sheet_row head;
    if (!sheet_read_row(x->in->table, a, &head, e))
        return err_is_set(e) ? false : err_setf(e, ERR_DATA, "code, name, …");
    for (size_t k = 0; k < COLUMNS; k++) {
        size_t i = 0;
        while (i < head.n && !str_eq(head.cells[i], columns[k]))
            i++;
        if (i == head.n)
            return wrong(&head, k, e);
        x->at[k] = i;
    }
    return true;
}

static bool is_slug(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9')
            && s.p[i] != '_')
            return false;
    return s.n <= TEXT_MAX;
}

/* The first column at fault, or COLUMNS. */
static size_t check_cells(const struct str *cells, unsigned *level, int64_t *code)
{
    if (!parse_code(cells[C_CODE], code))
        return C_CODE;
    if (!cells[C_NAME].n || utf8_count(cells[C_NAME]) > TEXT_MAX)
        return C_NAME;
    if (utf8_count(cells[C_SHORT]) > TEXT_MAX)
        return C_SHORT;
    for (*level = AREA_PROVINCE; *level < AREA_LEVEL__COUNT; ++*level)
        if (str_is(cells[C_LEVEL], area_level_names.v[*level].slug))
            break;
    if (*level == AREA_LEVEL__COUNT)
        return C_LEVEL;
    if (!cells[C_KIND].n || !is_slug(cells[C_KIND]))
        return C_KIND;
    return is_slug(cells[C_PINYIN]) ? COLUMNS : C_PINYIN;
}

static bool add_new(struct importing *x, const struct entry *up, int64_t code, unsigned level,
                    const struct str *cells, uint64_t print, struct err *e)
{
    struct entry one = { .code = code, .id = x->next_id++, .parent = up ? up->id : 0,
                         .print = print, .seen = true };
    one.path = arena_printf(x->in->a, "%.*s%lld/", (int)(up ? up->path.n : 1),
                            up ? up->path.p : "/", (long long)one.id);
    entry_add(x, one);
    x->n.added++;
    return db_bulk_row(x->bulk, DB_LIST(V(one.id), V(one.parent), V(level), V(cells[C_KIND]),
        V(cells[C_NAME]), V(cells[C_SHORT]), V(cells[C_PINYIN]), V(one.path), V(x->in->day),
        V(0), V(0), V(1)), e);
}

static void note_change(struct importing *x, const struct entry *known, const struct entry *up,
                        unsigned level, const struct str *cells)
{
    struct change c = { .entry = (size_t)(known - x->all.v), .level = level,
                        .moved = up && up->id != known->parent };
    for (size_t k = 0; k < COLUMNS; k++)
        c.cells[k] = arena_dup(x->in->a, cells[k]);
    vec_push(x->in->a, &x->changes, c);
}

static bool take_row(struct importing *x, const struct sheet_row *row, struct err *e)
{
    struct str cells[COLUMNS];
    unsigned level;
    int64_t code, parent;
    struct entry *up = NULL;
    for (size_t k = 0; k < COLUMNS; k++)
        cells[k] = sheet_cell_at(row, x->at[k]);
    if (!cells[C_SHORT].n)
        cells[C_SHORT] = cells[C_NAME];
    size_t fault = check_cells(cells, &level, &code);
    if (fault < COLUMNS)
        return wrong(row, fault, e);
    if (cells[C_PARENT].n
        && (!parse_code(cells[C_PARENT], &parent) || !(up = entry_find(x, parent)) || !up->seen))
        return wrong(row, C_PARENT, e);
    uint64_t print = print_of(level, (struct str[]){ cells[C_NAME], cells[C_SHORT], cells[C_KIND],
                                                     cells[C_PINYIN] }, 4);
    struct entry *known = entry_find(x, code);
    if (known && known->seen)
        return wrong(row, C_CODE, e);
    x->n.rows++;
    report(x, "read", x->n.rows, 0);
    if (!known) {
        if (!add_new(x, up, code, level, cells, print, e))
            return false;
        known = &x->all.v[x->all.n - 1];
    } else {
        known->seen = true;
        if (known->print != print || (up && up->id != known->parent))
            note_change(x, known, up, level, cells);
    }
    if (!up)
        vec_push(x->in->a, &x->roots, known->path);
    return true;
}

static bool read_rows(struct importing *x, struct err *e)
{
    struct arena a = { 0 };
    struct sheet_row row;
    bool ok = read_head(x, &a, e);
    while (ok && sheet_read_row(x->in->table, &a, &row, e)) {
        ok = take_row(x, &row, e);
        arena_clear(&a);
    }
    arena_done(&a);
    return ok && !err_is_set(e);
}

static bool add_areas(struct importing *x, struct err *e)
{
    static const char *const names[] = { "id", "parent", "level", "kind", "name", "short_name",
        "pinyin", "path", "valid_from", "valid_to", "successor", "version" };
    int64_t first;
    if (!area_take_ids(x->r, 0, &x->next_id, e)
        || !db_bulk_begin(x->r->c, &x->bulk, "area", names, COUNT(names), e))
        return false;
    bool ok = read_rows(x, e);
    ok = db_bulk_end(x->bulk, e) && ok;
    return ok && area_take_ids(x->r, x->n.added, &first, e);
}

static bool add_codes(struct importing *x, struct err *e)
{
    static const char *const names[] = { "code", "area", "valid_from", "valid_to" };
    char code[16];
    int64_t done = 0;
    if (!db_bulk_begin(x->r->c, &x->bulk, "area_code", names, COUNT(names), e))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < x->all.n; i++) {
        const struct entry *one = &x->all.v[i];
        if (one->known)
            continue;
        snprintf(code, sizeof code, "%012lld", (long long)one->code);
        ok = db_bulk_row(x->bulk, DB_LIST(V(str_of(code)), V(one->id), V(x->in->day), V(0)), e);
        report(x, "codes", ++done, x->n.added);
    }
    return db_bulk_end(x->bulk, e) && ok;
}

/* ---- what changed ---- */

static bool rename_one(struct importing *x, int64_t id, const struct change *c, struct err *e)
{
    struct db_conn *db = x->r->c;
    x->n.renamed++;
    return db_exec(db, e, NULL,
        SQL("INSERT INTO area_past (area, valid_from, valid_to, name, short_name)"
            " SELECT a.id, COALESCE((SELECT MAX(p.valid_to) FROM area_past p WHERE p.area = a.id),"
            " a.valid_from), $2, a.name, a.short_name FROM area a"
            " WHERE a.id = $1 AND (a.name <> $3 OR a.short_name <> $4)"
            " ON CONFLICT (area, valid_to) DO NOTHING"),
        V(id), V(x->in->day), V(c->cells[C_NAME]), V(c->cells[C_SHORT]))
        && db_exec(db, e, NULL,
        SQL("UPDATE area SET level = $2, kind = $3, name = $4, short_name = $5, pinyin = $6,"
            " version = version + 1 WHERE id = $1"),
        V(id), V(c->level), V(c->cells[C_KIND]), V(c->cells[C_NAME]), V(c->cells[C_SHORT]),
        V(c->cells[C_PINYIN]));
}

/* Moves in the table's order, so that the new parent stands where it will stay. */
static bool move_one(struct importing *x, const struct change *c, struct err *e)
{
    struct area_brief up, own;
    int64_t parent, id = x->all.v[c->entry].id;
    const struct entry *to = parse_code(c->cells[C_PARENT], &parent) ? entry_find(x, parent) : NULL;
    if (!to)
        return err_internal(e, "a moved area without a parent");
    x->n.moved++;
    return area_brief(x->r, (struct id){ to->id }, &up, e)
        && area_brief(x->r, (struct id){ id }, &own, e)
        && area_move(x->r, &own, &up, e);
}

static bool apply_changes(struct importing *x, struct err *e)
{
    for (size_t i = 0; i < x->changes.n; i++) {
        const struct change *c = &x->changes.v[i];
        report(x, "changed", (int64_t)i, (int64_t)x->changes.n);
        if (!rename_one(x, x->all.v[c->entry].id, c, e) || (c->moved && !move_one(x, c, e)))
            return false;
    }
    return true;
}

static bool is_below_root(const struct importing *x, struct str path)
{
    for (size_t i = 0; i < x->roots.n; i++)
        if (str_starts(path, x->roots.v[i]))
            return true;
    return false;
}

static bool end_missing(struct importing *x, struct err *e)
{
    for (size_t i = 0; i < x->all.n; i++) {
        const struct entry *one = &x->all.v[i];
        if (one->seen || !is_below_root(x, one->path))
            continue;
        report(x, "ended", x->n.ended, 0);
        x->n.ended++;
        if (!area_end(x->r, (struct id){ one->id }, ID_NONE, x->in->day, e))
            return false;
    }
    return true;
}

bool area_import(struct req *r, const struct area_import *in, struct area_imported *out,
                 struct err *e)
{
    struct importing x = { .r = r, .in = in };
    if (!sheet_choose(in->table, 0, e) || !load_known(&x, e) || !add_areas(&x, e)
        || !add_codes(&x, e) || !apply_changes(&x, e) || !end_missing(&x, e))
        return false;
    *out = x.n;
    return true;
}
