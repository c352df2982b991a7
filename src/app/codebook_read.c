/* The rule tables into a book: rows into the pool, then the index over them. */
#include "app/codebook_impl.h"
#include "base/vec.h"

enum { ROWS_MAX = 200000, WORDS_OF_MAX = 64 };

union any_row {
    struct code_entry code;
    struct code_map map;
    struct calendar_row day;
    struct year_row year;
    struct hours_row hours;
    struct limit_rule limit;
};

/* All rows of one table; each points into the pool. */
struct rows { const void **v; size_t n, cap; };
struct reading {
    struct book *b;
    struct pool *pool;
    struct arena tmp;                   /* one row's texts */
    const struct rule_type *type;
    struct rows rows;
};

static bool take_row(void *ctx, const struct db_row *row, struct err *e)
{
    struct reading *x = ctx;
    union any_row any;
    memset(&any, 0, sizeof any);        /* padding too: the pool compares bytes */
    arena_clear(&x->tmp);
    if (!db_row_record(row, x->type->record, &x->tmp, &any, e))
        return false;
    if (x->rows.n >= ROWS_MAX)
        return err_detail(e, ERR_DATA, "table of %s has over %d rows", x->type->slug, ROWS_MAX);
    vec_push(&x->b->a, &x->rows, pool_row(x->pool, x->type->record, &any));
    return true;
}

static bool read_rows(struct reading *x, struct db_conn *c, enum rule_kind kind, struct rows *out,
                      struct err *e)
{
    x->type = &rule_types[kind];
    x->rows = (struct rows){ .n = 0 };
    bool ok = x->type->each(c, take_row, x, e);
    *out = x->rows;
    return ok;
}

/* ---- settings ---- */

struct pair { struct str name, value; };
static const struct field pair_fields[] = {
    FIELD(pair, name, .doc = "Name"), FIELD(pair, value, .doc = "Value"),
};
static const struct record pair_record = RECORD(pair, pair_fields);

/* The switches of rule sets, and the installation's hours. */
static bool read_settings(struct db_conn *c, struct arena *a, struct list *out, struct err *e)
{
    return db_all(c, e, a, &pair_record, out,
        SQL("SELECT name, value FROM setting WHERE name = 'work_hours'"
            " OR (name >= 'rule_set.' AND name < 'rule_set/') ORDER BY name LIMIT 1000"));
}

static struct str setting_of(const struct list *settings, struct str name, struct str none)
{
    const struct pair *v = settings->v;
    for (size_t i = 0; i < settings->n; i++)
        if (str_eq(v[i].name, name))
            return v[i].value;
    return none;
}

/* ---- codes ---- */

static int by_order(const void *px, const void *py)
{
    const struct code_entry *x = *(const struct code_entry *const *)px,
                            *y = *(const struct code_entry *const *)py;
    int d = str_cmp(x->list, y->list);
    d = d ? d : (x->sort > y->sort) - (x->sort < y->sort);
    return d ? d : rule_types[RULE_CODE].cmp(x, y);
}

static void index_codes(struct book *b, const struct rows *rows)
{
    b->codes = (const struct code_entry **)rows->v;
    b->codes_n = rows->n;
    b->order = arena_array(&b->a, const struct code_entry *, rows->n);
    if (!rows->n)
        return;
    memcpy(b->order, rows->v, rows->n * sizeof *rows->v);
    qsort(b->order, rows->n, sizeof *b->order, by_order);
}

/* ---- limits ---- */

static struct words words_of(struct arena *a, struct str s)
{
    struct words w = { .any = str_is(s, "*") };
    struct str word, *v = arena_array(a, struct str, WORDS_OF_MAX);
    for (bool more = s.n > 0; more && w.n < WORDS_OF_MAX;) {
        more = str_cut(s, ' ', &word, &s);
        if (word.n)
            v[w.n++] = word;
    }
    w.v = v;
    return w;
}

/* What a rule's set of conditions weighs: type before channel, body, level, kind. */
static int exactness(const struct limit_index *x)
{
    return (!x->type.any << 4) | (!x->channel.any << 3) | (!x->body.any << 2)
        | (!x->level.any << 1) | !x->kind.any;
}

static struct limit_index limit_index(struct arena *a, const struct limit_rule *r)
{
    struct limit_index x = {
        .rule = r, .kind = words_of(a, r->kind), .type = words_of(a, r->type),
        .channel = words_of(a, r->channel), .body = words_of(a, r->body),
        .level = words_of(a, r->level),
    };
    x.exact = exactness(&x);
    return x;
}

static int by_event(const void *px, const void *py)
{
    const struct limit_rule *x = ((const struct limit_index *)px)->rule,
                            *y = ((const struct limit_index *)py)->rule;
    int d = str_cmp(x->starts_at, y->starts_at);
    d = d ? d : str_cmp(x->what, y->what);
    return d ? d : rule_types[RULE_LIMIT].cmp(x, y);
}

static bool set_is_on(struct book *b, const struct list *settings, struct str set)
{
    const struct code_entry *x = book_code(b, STR("rule_set"), set, b->day);
    if (!x)
        return false;
    struct str name = arena_printf(&b->a, "rule_set.%.*s", STR_ARG(set));
    struct str on = setting_of(settings, name, STR_NONE);
    return str_is(on.n ? on : code_extra(x, &b->a, "default_on"), "1");
}

static void index_limits(struct book *b, const struct rows *rows, const struct list *settings)
{
    struct str set = STR_NONE;
    bool on = false;
    b->rules = (const struct limit_rule **)rows->v;
    b->rules_n = rows->n;
    b->limits = arena_array(&b->a, struct limit_index, rows->n);
    for (size_t i = 0; i < rows->n; i++) {
        if (i == 0 || !str_eq(b->rules[i]->rule_set, set))
            on = set_is_on(b, settings, b->rules[i]->rule_set);
        set = b->rules[i]->rule_set;
        if (on)
            b->limits[b->limits_n++] = limit_index(&b->a, b->rules[i]);
    }
    qsort(b->limits, b->limits_n, sizeof *b->limits, by_event);
}

/* ---- calendar ---- */

/* The notices' span without a gap; a year missing in between ends it. */
static void index_years(struct book *b, const struct rows *rows)
{
    struct calendar *c = &b->national;
    for (size_t i = 0; i < rows->n; i++) {
        const struct year_row *y = rows->v[i];
        if (y->ended)
            continue;
        if (!c->known_from.n)
            c->known_from = y->known_from;
        else if (y->known_from.n > c->known_to.n + 1)
            break;
        c->known_to.n = MAX(c->known_to.n, y->known_to.n);
    }
}

static struct org_time *org_add(struct book *b, size_t *cap, int64_t org)
{
    if (b->orgs_n == 0 || b->orgs[b->orgs_n - 1].org != org) {
        b->orgs = vec_room(&b->a, b->orgs, b->orgs_n, cap, sizeof *b->orgs);
        b->orgs[b->orgs_n++] = (struct org_time){ .org = org };
    }
    return &b->orgs[b->orgs_n - 1];
}

static const struct hours_index *hours_find(const struct book *b, struct str code)
{
    for (size_t i = 0; i < b->hours_n; i++)
        if (str_eq(b->hours[i].code, code))
            return &b->hours[i];
    return NULL;
}

/* Days by org (0 first) and day, and hours by org, walked together. */
static void index_orgs(struct book *b, const struct rows *days, const struct list *hours)
{
    struct calendar_day *v = arena_array(&b->a, struct calendar_day, days->n);
    const struct org_hours *h = hours->v;
    size_t i = 0, j = 0, at = 0, cap = 0;
    while (i < days->n || j < hours->n) {
        const struct calendar_row *d = i < days->n ? days->v[i] : NULL;
        if (d && (j >= hours->n || d->org.v <= h[j].org.v)) {
            struct org_time *o = d->org.v ? org_add(b, &cap, d->org.v) : NULL;
            if (o && !o->own)
                o->own = v + at;
            if (!d->ended) {
                v[at++] = (struct calendar_day){ d->day, (enum day_kind)d->kind };
                *(o ? &o->own_n : &b->national.days_n) += 1;
            }
            i++;
            continue;
        }
        const struct hours_index *x = hours_find(b, h[j].hours);
        struct org_time *o = org_add(b, &cap, h[j++].org.v);
        if (x) {
            o->hours = &x->time;
            o->always = x->always;
        }
    }
    b->national.days = v;
}

static bool check_calendars(const struct book *b, struct err *e)
{
    struct calendar c = b->national;
    if (!calendar_check(&c, e))
        return false;
    for (size_t i = 0; i < b->orgs_n; i++) {
        c.own = b->orgs[i].own;
        c.own_n = b->orgs[i].own_n;
        if (!calendar_check(&c, e))
            return false;
    }
    return true;
}

/* ---- hours ---- */

static bool hours_take(struct hours_index *x, const struct hours_row *row, unsigned *seen,
                       struct err *e)
{
    struct worktime *w = &x->time;
    struct work_hours *h = row->season == SEASON_SUMMER ? &w->summer : &w->hours;
    struct work_day day;
    unsigned weekdays;
    if (!hours_parse(row, &day, &weekdays, &w->noon, e))
        return false;
    if (row->season == SEASON_SUMMER
        && (!month_day_parse(row->from_day, &w->summer_from)
            || !month_day_parse(row->to_day, &w->summer_to)))
        return err_field(e, ERR_DATA, "summer");
    for (int i = 0; i < 7; i++)
        if (weekdays >> i & 1)
            h->day[i] = day;
    if (!h->makeup.n)
        h->makeup = day;
    if (row->season == SEASON_ALL)
        *seen |= weekdays;
    return true;
}

/* Rows by code; those that hold today. */
static bool index_hours(struct book *b, const struct rows *rows, struct err *e)
{
    unsigned seen = 0;
    b->hours = arena_array(&b->a, struct hours_index, rows->n);
    for (size_t i = 0; i < rows->n; i++) {
        const struct hours_row *row = rows->v[i];
        if (!holds_on(row->valid_from, row->valid_to, b->day))
            continue;
        if (b->hours_n == 0 || !str_eq(b->hours[b->hours_n - 1].code, row->code)) {
            b->hours[b->hours_n++].code = row->code;
            seen = 0;
        }
        struct hours_index *x = &b->hours[b->hours_n - 1];
        if (!hours_take(x, row, &seen, e))
            return false;
        x->always = seen == CALENDAR_ALL_REST;
    }
    for (size_t i = 0; i < b->hours_n; i++)
        if (!worktime_check(&b->hours[i].time, e))
            return false;
    return true;
}

/* Without any hours of business a day ends at midnight. */
static void choose_usual(struct book *b, const struct list *settings)
{
    b->usual = hours_find(b, setting_of(settings, STR("work_hours"), STR("default")));
    if (b->usual)
        return;
    struct hours_index *x = arena_new(&b->a, struct hours_index);
    struct work_day all = { .span = { { 0, DAY_MINUTES } }, .n = 1 };
    for (int i = 0; i < 7; i++)
        x->time.hours.day[i] = all;
    x->time.hours.makeup = all;
    x->time.noon = DAY_MINUTES / 2;
    b->usual = x;
}

static bool read_org_hours(struct db_conn *c, struct arena *a, struct list *out, struct err *e)
{
    return db_all(c, e, a, &org_hours_record, out,
        SQL("SELECT org, hours, version FROM org_hours WHERE hours <> '' ORDER BY org"
            " LIMIT 10000"));
}

/* The counter first: what changes while the tables are read is read again. */
static bool read_book(struct reading *x, struct db_conn *c, struct err *e)
{
    struct book *b = x->b;
    struct rows codes, maps, days, years, hours, limits;
    struct list settings, org_hours;
    if (!db_int(c, e, &b->seq, SQL("SELECT value FROM counter WHERE home = 0 AND name = 'book'"))
        || !read_settings(c, &b->a, &settings, e)
        || !read_org_hours(c, &b->a, &org_hours, e)
        || !read_rows(x, c, RULE_CODE, &codes, e) || !read_rows(x, c, RULE_MAPPING, &maps, e)
        || !read_rows(x, c, RULE_DAY, &days, e) || !read_rows(x, c, RULE_YEAR, &years, e)
        || !read_rows(x, c, RULE_HOURS, &hours, e) || !read_rows(x, c, RULE_LIMIT, &limits, e))
        return false;
    index_codes(b, &codes);
    book_index_notices(b, x->pool);
    b->maps = (const struct code_map **)maps.v;
    b->maps_n = maps.n;
    index_limits(b, &limits, &settings);
    index_years(b, &years);
    if (!index_hours(b, &hours, e))
        return false;
    choose_usual(b, &settings);
    index_orgs(b, &days, &org_hours);
    return check_calendars(b, e);
}

bool book_read(struct db_conn *c, struct pool *pool, struct book **out, struct err *e)
{
    struct arena a = { 0 };
    struct book *b = arena_new(&a, struct book);
    b->a = a;
    b->day = day_today();
    b->national.rest = CALENDAR_WEEKEND;
    struct reading x = { .b = b, .pool = pool };
    bool ok = read_book(&x, c, e);
    arena_done(&x.tmp);
    if (ok)
        *out = b;
    else
        book_free(b);
    return ok;
}

void book_free(struct book *b)
{
    if (!b)
        return;
    struct arena a = b->a;              /* the book lies in it */
    arena_done(&a);
}
