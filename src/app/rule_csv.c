/* One file of rules/ into rows: columns are the record's members by name; what a
 * code list has beyond them goes into the code's extra. */
#include "app/rule_load.h"
#include "base/vec.h"
#include "doc/sheet.h"

struct rule_file { const char *name; enum rule_kind kind; const char *list; };
static const struct rule_file files[] = {       /* list NULL: the file has the column "list" */
    { "deadline_terms.csv", RULE_CODE, NULL },
    { "dispute_types.csv", RULE_CODE, NULL },
    { "request_types.csv", RULE_CODE, "request_type" },
    { "event_types.csv", RULE_CODE, "event_type" },
    { "advice_types.csv", RULE_CODE, "advice_type" },
    { "sources.csv", RULE_CODE, "source" },
    { "outcomes.csv", RULE_CODE, "outcome" },
    { "org_kinds.csv", RULE_CODE, "org_kind" },
    { "pause_reasons.csv", RULE_CODE, "pause_reason" },
    { "decline_reasons.csv", RULE_CODE, "decline_reason" },
    { "approvals.csv", RULE_CODE, "approval" },
    { "routes.csv", RULE_CODE, "route" },
    { "paper_texts.csv", RULE_CODE, "paper_text" },
    { "id_kinds.csv", RULE_CODE, "id_kind" },
    { "retention.csv", RULE_CODE, "retention" },
    { "dossiers.csv", RULE_CODE, "dossier" },
    { "numbers.csv", RULE_CODE, "number" },
    { "indicators.csv", RULE_CODE, "indicator" },
    { "notices.csv", RULE_CODE, "notice" },
    { "type_mappings.csv", RULE_MAPPING, NULL },
    { "calendar.csv", RULE_DAY, NULL },
    { "calendar_year.csv", RULE_YEAR, NULL },
    { "work_hours.csv", RULE_HOURS, NULL },
    { "deadlines.csv", RULE_LIMIT, NULL },
};

static const struct sheet_limits bounds = {
    .rows = 20000, .columns = 64, .cell_bytes = 4096, .inflated = 32 << 20,
};
enum { COLUMNS_MAX = 64, EXTRA_MAX = 8192 };

struct columns {
    const struct rule_file *file;
    const struct record *record;
    const struct field *field[COLUMNS_MAX];     /* NULL: a column of the list's own */
    struct str name[COLUMNS_MAX];
    size_t n;
};

static bool wrong(const struct rule_file *f, size_t row, struct str column, struct err *e)
{
    struct err was = *e;                /* column may lie in *e */
    struct err now = { 0 };
    err_fieldf(&now, ERR_DATA, "rules", "%s:%zu %.*s %s", f->name, row,
               STR_ARG(str_sub(column, 0, 60)), err_is_set(&was) ? err_slug(was.id) : "");
    *e = now;
    return false;
}

static bool columns_take(struct columns *c, struct arena *a, const struct sheet_row *row,
                         struct err *e)
{
    for (c->n = 0; c->n < row->n && c->n < COLUMNS_MAX; c->n++) {
        struct str name = c->name[c->n] = arena_dup(a, row->cells[c->n]);
        const struct field *f = record_field(c->record, name);
        bool own = c->file->kind == RULE_CODE && name.n && !str_is(name, "extra");
        if (f && f->flags & READONLY)
            return wrong(c->file, row->number, name, e);
        for (size_t i = 0; i < c->n; i++)
            if (str_eq(c->name[i], name))
                return wrong(c->file, row->number, name, e);
        c->field[c->n] = f && f->type != F_RAW ? f : NULL;
        if (!c->field[c->n] && !own)
            return wrong(c->file, row->number, name, e);
    }
    return true;
}

static void extra_add(struct buf *b, struct str name, struct str value)
{
    buf_add_char(b, b->n ? ',' : '{');
    json_put_str(b, name);
    buf_add_char(b, ':');
    json_put_str(b, value);
}

static bool cells_take(const struct columns *c, struct arena *a, const struct sheet_row *row,
                       void *out, struct str *extra, struct err *e)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, EXTRA_MAX);
    if (row->n > c->n)
        return wrong(c->file, row->number, STR("+"), e);
    for (size_t i = 0; i < c->n; i++) {
        struct str cell = sheet_cell_at(row, i);
        if (!c->field[i] && cell.n)
            extra_add(&b, c->name[i], cell);
        else if (c->field[i] && !field_from_text(c->field[i], cell, a, out, e))
            return wrong(c->file, row->number, c->name[i], e);
    }
    if (b.n)
        buf_add_char(&b, '}');
    *extra = arena_dup(a, buf_str(&b));
    return buf_ok(&b) || wrong(c->file, row->number, STR("extra"), e);
}

static bool row_take(const struct columns *c, struct arena *a, const struct sheet_row *row,
                     int64_t place, void *out, struct err *e)
{
    struct str extra;
    if (!record_preset(c->record, a, out, e) || !cells_take(c, a, row, out, &extra, e))
        return false;
    if (c->file->kind == RULE_CODE) {
        struct code_entry *x = out;
        x->extra.json = extra;
        x->sort = place;
        if (c->file->list)
            x->list = str_of(c->file->list);
    }
    if (!record_complete(c->record, out, e) || !rule_check(c->file->kind, out, e))
        return wrong(c->file, row->number, str_of(e->field), e);
    return true;
}

static const struct rule_file *file_of(struct str name)
{
    for (size_t i = 0; i < COUNT(files); i++)
        if (str_is(name, files[i].name))
            return &files[i];
    return NULL;
}

static bool rows_take(struct columns *c, struct sheet_reader *s, struct arena *a,
                      struct list *rows, struct err *e)
{
    size_t cap = rows->n;               /* the array is grown anew for each file */
    size_t size = c->record->size;
    struct arena tmp = { 0 };
    struct sheet_row row;
    bool ok = sheet_read_row(s, &tmp, &row, e) ? columns_take(c, a, &row, e) : !err_is_set(e);
    for (int64_t place = 1; ok; place++) {
        arena_clear(&tmp);
        if (!sheet_read_row(s, &tmp, &row, e)) {
            ok = !err_is_set(e);
            break;
        }
        rows->v = vec_room(a, rows->v, rows->n, &cap, size);
        char *at = (char *)rows->v + rows->n * size;
        memset(at, 0, size);
        ok = row_take(c, a, &row, place, at, e);
        rows->n += ok;
    }
    arena_done(&tmp);
    return ok;
}

bool rule_csv_read(struct arena *a, struct str name, struct str text, enum rule_kind *kind,
                   struct list *rows, struct err *e)
{
    struct sheet_reader *s;
    struct columns c = { .file = file_of(name) };
    if (!c.file)
        return err_setf(e, ERR_DATA, "%.*s", STR_ARG(str_sub(name, 0, 80)));
    c.record = rule_types[c.file->kind].record;
    *kind = c.file->kind;
    if (!sheet_open_memory(a, text, &bounds, &s, e) || !rows_take(&c, s, a, rows, e)) {
        if (e->id != ERR_DATA)
            wrong(c.file, 0, str_of(e->arg), e);
        return false;
    }
    return true;
}

const char *rule_file_name(size_t i)
{
    return i < COUNT(files) ? files[i].name : NULL;
}
