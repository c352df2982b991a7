#include "app/rule_load.h"
#include "app/journal.h"
#include "app/notice.h"
#include "base/vec.h"

/* ---- what a row must be ---- */

/* A limit is tried once, over plain weeks: the sums have their own bounds. */
static bool limit_counts(const struct limit_rule *x, struct err *e)
{
    const struct work_day day = { .span = { { 540, 1020 } }, .n = 1 };
    const struct worktime office = {
        .hours = { .day = { day, day, day, day, day }, .makeup = day }, .noon = 720,
    };
    const struct calendar c = { .rest = CALENDAR_WEEKEND };
    struct stamp start = stamp_of_day(day_of_civil(2026, 1, 5));
    struct clock k = { .calendar = &c, .worktime = &office, .now = start };
    struct limit_state s;
    struct limit l = {
        .amount = x->amount, .unit = (enum limit_unit)x->unit,
        .midnight = x->ends == ENDS_MIDNIGHT, .roll = x->roll, .yellow = x->yellow,
        .yellow_unit = (enum limit_unit)x->yellow_unit,
    };
    return worktime_limit(&k, start, l, &s, e);
}

/* A name stands in conditions and addresses, so it has no blank and no sign. */
static bool name_check(struct str s, const char *field, struct err *e)
{
    for (size_t i = 0; i < s.n; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789._-", s.p[i]) || !s.p[i])
            return err_fieldf(e, ERR_BAD_VALUE, field, "a-z 0-9 . _ -");
    return true;
}

static bool dates_check(struct day from, struct day to, struct err *e)
{
    if (to.n && to.n < from.n)
        return err_field(e, ERR_BAD_DATE, "valid_to");
    return true;
}

static bool day_check(const struct calendar_row *x, struct err *e)
{
    if (x->day.n < CALENDAR_FIRST.n || x->day.n > CALENDAR_LAST.n)
        return err_fieldf(e, ERR_OUT_OF_RANGE, "day", "1900–2199");
    return true;
}

static bool year_check(const struct year_row *x, struct err *e)
{
    if (x->known_to.n < x->known_from.n)
        return err_field(e, ERR_BAD_DATE, "known_to");
    if (civil_of_day(x->known_from).year != x->year)
        return err_field(e, ERR_BAD_DATE, "known_from");
    return true;
}

static bool hours_check(const struct hours_row *x, struct err *e)
{
    struct work_day day;
    unsigned weekdays;
    int noon;
    return name_check(x->code, "code", e) && hours_parse(x, &day, &weekdays, &noon, e)
        && dates_check(x->valid_from, x->valid_to, e);
}

/* What stands in its own columns is a message to people: it must be understood. */
static bool code_check(const struct code_entry *x, struct err *e)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct notice_rule notice;
    return name_check(x->list, "list", e) && name_check(x->code, "code", e)
        && dates_check(x->valid_from, x->valid_to, e)
        && (!str_is(x->list, "notice") || notice_rule_parse(x, &a, &notice, e));
}

bool rule_check(enum rule_kind kind, const void *row, struct err *e)
{
    const struct code_map *map = row;
    const struct limit_rule *limit = row;
    switch (kind) {
    case RULE_CODE:    return code_check(row, e);
    case RULE_MAPPING: return dates_check(map->valid_from, map->valid_to, e);
    case RULE_DAY:     return day_check(row, e);
    case RULE_YEAR:    return year_check(row, e);
    case RULE_HOURS:   return hours_check(row, e);
    case RULE_LIMIT:   return name_check(limit->id, "id", e)
                           && dates_check(limit->valid_from, limit->valid_to, e)
                           && limit_counts(limit, e);
    case RULE_KIND__COUNT: break;
    }
    return err_internal(e, "no such kind of rule");
}

/* ---- the journal ---- */

enum { PAYLOAD_MAX = 64 << 10 };

bool rule_journal(struct req *r, enum rule_kind kind, const void *before, const void *after,
                  struct err *e)
{
    AUTO(buf_done) struct buf b;
    const struct rule_type *t = &rule_types[kind];
    buf_init(&b, PAYLOAD_MAX);
    buf_add(&b, STR("{\"before\":"));
    if (before)
        record_to_json(t->record, before, SIGHT_ALL, &b);
    else
        buf_add(&b, STR("null"));
    buf_add(&b, STR(",\"after\":"));
    if (after)
        record_to_json(t->record, after, SIGHT_ALL, &b);
    else
        buf_add(&b, STR("null"));
    buf_add_char(&b, '}');
    if (!buf_ok(&b))
        return err_internal(e, "a rule's journal entry is too large");
    return journal_system(r->c, r, arena_printf(r->a, "rule.%s", t->slug), ID_NONE,
                          arena_dup(r->a, buf_str(&b)), e);
}

/* ---- merging ---- */

struct kept_rows { struct arena *a; const struct record *rec; struct list rows; size_t cap; };

static bool keep_row(void *ctx, const struct db_row *row, struct err *e)
{
    struct kept_rows *x = ctx;
    size_t size = x->rec->size;
    x->rows.v = vec_room(x->a, x->rows.v, x->rows.n, &x->cap, size);
    if (!db_row_record(row, x->rec, x->a, (char *)x->rows.v + x->rows.n * size, e))
        return false;
    x->rows.n++;
    return true;
}

struct merge {
    struct req *r;
    enum rule_kind kind;
    const struct rule_type *t;
    struct day today;
    struct rule_counts n;
};

static void set_version(enum rule_kind kind, void *row, int64_t version)
{
    const struct field *f = record_field(rule_types[kind].record, STR("version"));
    *(int64_t *)(void *)((char *)row + f->offset) = version;
}

static int64_t version_of(enum rule_kind kind, const void *row)
{
    const struct field *f = record_field(rule_types[kind].record, STR("version"));
    return *(const int64_t *)(const void *)((const char *)row + f->offset);
}

static bool is_edited(enum rule_kind kind, const void *row)
{
    const struct field *f = record_field(rule_types[kind].record, STR("edited"));
    return *(const bool *)((const char *)row + f->offset);
}

/* A day or a year that was taken away and is in the files again. */
static bool is_ended(enum rule_kind kind, const void *row)
{
    const struct calendar_row *day = row;
    const struct year_row *year = row;
    return kind == RULE_DAY ? day->ended : kind == RULE_YEAR && year->ended;
}

static bool add(struct merge *m, void *row, struct err *e)
{
    set_version(m->kind, row, 1);
    m->n.added++;
    return m->t->put(m->r->c, row, e);
}

static bool change(struct merge *m, const void *old, void *row, struct err *e)
{
    if (rule_same(m->t->record, old, row) && !is_ended(m->kind, old))
        return true;
    if (is_edited(m->kind, old)) {
        m->n.kept++;
        return true;
    }
    set_version(m->kind, row, version_of(m->kind, old) + 1);
    m->n.changed++;
    return m->t->put(m->r->c, row, e) && rule_journal(m->r, m->kind, old, row, e);
}

static bool end(struct merge *m, const void *old, struct err *e)
{
    if (is_edited(m->kind, old)) {
        m->n.kept++;
        return true;
    }
    void *row = arena_alloc(m->r->a, m->t->record->size);
    memcpy(row, old, m->t->record->size);
    if (!m->t->end(row, m->today))
        return true;
    set_version(m->kind, row, version_of(m->kind, old) + 1);
    m->n.ended++;
    return m->t->put(m->r->c, row, e) && rule_journal(m->r, m->kind, old, row, e);
}

static void sort(const struct rule_type *t, struct list *rows)
{
    if (rows->n)
        qsort(rows->v, rows->n, t->record->size, t->cmp);
}

/* A name twice in the files would make the second overwrite the first. */
static bool check_names(const struct rule_type *t, const struct list *rows, struct err *e)
{
    const char *v = rows->v;
    for (size_t i = 1; i < rows->n; i++)
        if (t->cmp(v + (i - 1) * t->record->size, v + i * t->record->size) == 0)
            return err_fieldf(e, ERR_DATA, "rules", "%s: a row twice", t->slug);
    return true;
}

static bool merge_rows(struct merge *m, struct list *new, struct list *old, struct err *e)
{
    size_t size = m->t->record->size, i = 0, j = 0;
    sort(m->t, new);
    sort(m->t, old);
    if (!check_names(m->t, new, e))
        return false;
    while (i < new->n || j < old->n) {
        void *x = i < new->n ? (char *)new->v + i * size : NULL;
        const void *y = j < old->n ? (const char *)old->v + j * size : NULL;
        int d = !x ? 1 : !y ? -1 : m->t->cmp(x, y);
        i += d <= 0;
        j += d >= 0;
        if (!(d < 0 ? add(m, x, e) : d > 0 ? end(m, y, e) : change(m, y, x, e)))
            return false;
    }
    return true;
}

static bool journal_added(struct merge *m, struct err *e)
{
    return m->n.added == 0
        || journal_system(m->r->c, m->r, STR("rules.load"), ID_NONE,
                          arena_printf(m->r->a, "{\"table\":\"%s\",\"added\":%lld}", m->t->slug,
                                       (long long)m->n.added), e);
}

static bool load_kind(struct req *r, enum rule_kind kind, struct list *rows,
                      struct rule_counts *out, struct err *e)
{
    const struct rule_type *t = &rule_types[kind];
    struct kept_rows old = { .a = r->a, .rec = t->record };
    struct merge m = { .r = r, .kind = kind, .t = t, .today = day_of_stamp(r->now) };
    if (!t->each(r->c, keep_row, &old, e) || !merge_rows(&m, rows, &old.rows, e)
        || !journal_added(&m, e))
        return false;
    out->added += m.n.added;
    out->changed += m.n.changed;
    out->ended += m.n.ended;
    out->kept += m.n.kept;
    return true;
}

/* The file of that name, wherever the packer put it. */
static bool find_file(const struct embedded *all, const char *name, struct str *out)
{
    for (size_t i = 0; i < all->n; i++) {
        struct str path = str_of(all->v[i].path), want = str_of(name);
        if (str_ends(path, want)
            && (path.n == want.n || path.p[path.n - want.n - 1] == '/')) {
            *out = (struct str){ all->v[i].body, all->v[i].n };
            return true;
        }
    }
    return false;
}

static void rows_join(struct arena *a, size_t size, struct list *all, const struct list *more)
{
    char *v = arena_alloc_array(a, size, all->n + more->n);
    if (all->n)
        memcpy(v, all->v, all->n * size);
    if (more->n)
        memcpy(v + all->n * size, more->v, more->n * size);
    *all = (struct list){ v, all->n + more->n };
}

bool rules_load(struct app *app, struct req *r, struct rule_counts *out, struct err *e)
{
    struct list rows[RULE_KIND__COUNT] = { { NULL, 0 } };
    struct rule_counts n = { 0 };
    for (size_t i = 0; rule_file_name(i); i++) {
        enum rule_kind kind;
        struct list some = { NULL, 0 };
        struct str text;
        if (!find_file(&app->rules, rule_file_name(i), &text))
            return err_setf(e, ERR_NO_FILE, "%s", rule_file_name(i));
        if (!rule_csv_read(r->a, str_of(rule_file_name(i)), text, &kind, &some, e))
            return false;
        rows_join(r->a, rule_types[kind].record->size, &rows[kind], &some);
    }
    for (unsigned k = 0; k < RULE_KIND__COUNT; k++)
        if (!load_kind(r, (enum rule_kind)k, &rows[k], &n, e))
            return false;
    *out = n;
    return n.added + n.changed + n.ended == 0 || codebook_touch(r->c, e);
}

static bool load_if_empty(struct req *r, void *ctx UNUSED, struct err *e)
{
    struct rule_counts n;
    int64_t codes = 0;
    return db_int(r->c, e, &codes, SQL("SELECT 1 FROM code LIMIT 1"))
        && (codes || rules_load(r->app, r, &n, e));
}

bool rules_load_first(struct app *app, struct err *e)
{
    struct arena a = { 0 };
    struct req r;
    if (!app->rules.n)
        return true;
    app_request(app, &a, NULL, &r);
    bool ok = app_write(app, &r, load_if_empty, NULL, e);
    arena_done(&a);
    return ok;
}
