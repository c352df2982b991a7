/* The administrator's routes: each row is sent whole, with its name in it. A row
 * that is there needs If-Match. To end one, send its valid_to; a day is deleted. */
#include "app/journal.h"
#include "app/rule_http.h"
#include "app/rule_load.h"

/* ---- finding ---- */

struct search {
    struct arena *a;
    const struct rule_type *t;
    const void *want;                   /* a row of that name */
    void *found;                        /* room for one row */
    bool is_there, overlaps;
};

/* The member at a field of the row's record. */
static struct day *day_of(const struct field *f, const void *row)
{
    return (struct day *)(void *)((char *)row + f->offset);
}

static int64_t *version_of(const struct rule_type *t, const void *row)
{
    const struct field *f = record_field(t->record, STR("version"));
    return (int64_t *)(void *)((char *)row + f->offset);
}

static void set_edited(const struct rule_type *t, void *row)
{
    const struct field *f = record_field(t->record, STR("edited"));
    *(bool *)((char *)row + f->offset) = true;
}

/* Another row of the same thing holds on some of the same days. */
static bool overlap(const struct rule_type *t, const void *x, void *y)
{
    const struct field *f = record_field(t->record, STR("valid_from")),
                       *g = record_field(t->record, STR("valid_to"));
    if (!f || !g)
        return false;
    struct day a = *day_of(f, x), b = *day_of(g, x), was = *day_of(f, y), to = *day_of(g, y);
    *day_of(f, y) = a;
    bool same = t->cmp(x, y) == 0;
    *day_of(f, y) = was;
    return same && (!to.n || a.n < to.n) && (!b.n || was.n < b.n);
}

static bool look(void *ctx, const struct db_row *row, struct err *e)
{
    struct search *s = ctx;
    void *x = arena_alloc(s->a, s->t->record->size);
    if (!db_row_record(row, s->t->record, s->a, x, e))
        return false;
    if (s->t->cmp(s->want, x) == 0) {
        memcpy(s->found, x, s->t->record->size);
        s->is_there = true;
    } else {
        s->overlaps |= overlap(s->t, s->want, x);
    }
    return true;
}

/* ---- changing ---- */

/* The counter first: it is the lock, so two changes cannot overlap each other. */
static bool save(struct req *r, enum rule_kind kind, void *row, void *out, struct err *e)
{
    const struct rule_type *t = &rule_types[kind];
    struct search s = { .a = r->a, .t = t, .want = row,
                        .found = arena_alloc(r->a, t->record->size) };
    r->sight = SIGHT_ALL;
    if (!rule_check(kind, row, e) || !rule_refs(r->app, kind, row, e)
        || !codebook_touch(r->c, e) || !t->each(r->c, look, &s, e))
        return false;
    if (s.is_there && !req_match(r, *version_of(t, s.found), e))
        return false;
    if (s.overlaps)
        return err_fieldf(e, ERR_DUPLICATE, "valid_from", "%s", t->slug);
    if (kind == RULE_CODE && s.is_there && !((struct code_entry *)row)->extra.json.n)
        ((struct code_entry *)row)->extra = ((struct code_entry *)s.found)->extra;
    *version_of(t, row) = s.is_there ? *version_of(t, s.found) + 1 : 1;
    set_edited(t, row);
    r->version = *version_of(t, row);
    r->then_write = codebook_reload;
    memcpy(out, row, t->record->size);
    return t->put(r->c, row, e) && rule_journal(r, kind, s.is_there ? s.found : NULL, row, e);
}

static bool save_copy(struct req *r, enum rule_kind kind, const void *in, void *out,
                      struct err *e)
{
    size_t size = rule_types[kind].record->size;
    void *row = arena_alloc(r->a, size);
    memcpy(row, in, size);
    return save(r, kind, row, out, e);
}

/* The list's own columns as the object they are kept as. */
static bool columns_json(struct arena *a, const struct list *columns, struct str *out,
                         struct err *e)
{
    const struct code_column *v = columns->v;
    AUTO(buf_done) struct buf b;
    buf_init(&b, 32 << 10);
    for (size_t i = 0; i < columns->n; i++) {
        for (size_t j = 0; j < i; j++)
            if (str_eq(v[i].name, v[j].name))
                return err_fieldf(e, ERR_DUPLICATE, "columns", "%.*s", STR_ARG(v[i].name));
        buf_add_char(&b, i ? ',' : '{');
        json_put_str(&b, v[i].name);
        buf_add_char(&b, ':');
        json_put_str(&b, v[i].value);
    }
    if (columns->n)
        buf_add_char(&b, '}');
    *out = arena_dup(a, buf_str(&b));
    return buf_ok(&b) || err_field(e, ERR_TOO_MANY, "columns");
}

static bool on_put_code(struct req *r, const void *in, void *out, struct err *e)
{
    struct code_put x = *(const struct code_put *)in;
    return columns_json(r->a, &x.columns, &x.row.extra.json, e)
        && save(r, RULE_CODE, &x.row, out, e);
}

static bool on_put_mapping(struct req *r, const void *in, void *out, struct err *e)
{
    return save_copy(r, RULE_MAPPING, in, out, e);
}

static bool on_put_year(struct req *r, const void *in, void *out, struct err *e)
{
    return save_copy(r, RULE_YEAR, in, out, e);
}

static bool on_put_hours(struct req *r, const void *in, void *out, struct err *e)
{
    return save_copy(r, RULE_HOURS, in, out, e);
}

static bool on_put_limit(struct req *r, const void *in, void *out, struct err *e)
{
    return save_copy(r, RULE_LIMIT, in, out, e);
}

static bool org_exists(struct req *r, struct id org, struct err *e)
{
    int64_t n = 0;
    if (!org.v)
        return true;
    if (!db_int(r->c, e, &n, SQL("SELECT 1 FROM org WHERE home = $1 AND id = $2"),
                V(r->app->home), V(org)))
        return false;
    return n || err_field(e, ERR_NO_SUCH_REF, "org");
}

static bool on_put_day(struct req *r, const void *in, void *out, struct err *e)
{
    const struct calendar_row *x = in;
    return org_exists(r, x->org, e) && save_copy(r, RULE_DAY, in, out, e);
}

static bool day_name(const struct req *r, struct calendar_row *out, struct err *e)
{
    *out = (struct calendar_row){ .certainty = 0 };
    if (!str_is(r->param[0], "0") && !req_id(r, 0, &out->org, e))
        return false;
    return day_parse(r->param[1], &out->day) || err_set(e, ERR_NOT_FOUND);
}

static bool on_end_day(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    const struct rule_type *t = &rule_types[RULE_DAY];
    struct calendar_row name, was, now;
    struct search s = { .a = r->a, .t = t, .want = &name, .found = &was };
    if (!day_name(r, &name, e) || !codebook_touch(r->c, e) || !t->each(r->c, look, &s, e))
        return false;
    if (!s.is_there || was.ended)
        return err_set(e, ERR_NOT_FOUND);
    if (!req_match(r, was.version, e))
        return false;
    now = was;
    now.ended = now.edited = true;
    now.version++;
    r->then_write = codebook_reload;
    return t->put(r->c, &now, e) && rule_journal(r, RULE_DAY, &was, &now, e);
}

/* ---- switches, and a body's hours ---- */

struct rule_set { struct str code, zh, en; bool on; };
static const struct field rule_set_fields[] = {
    FIELD(rule_set, code, .doc = "The set", .flags = READONLY, .zh = "代码", .en = "Code"),
    FIELD(rule_set, zh, .doc = "Chinese name", .flags = READONLY, .zh = "名称",
          .en = "Chinese name"),
    FIELD(rule_set, en, .doc = "English name", .flags = READONLY, .zh = "英文名称",
          .en = "English name"),
    FIELD(rule_set, on, .doc = "Its rules are in force here", .zh = "启用", .en = "On"),
};
static const struct record rule_set_record = RECORD(rule_set, rule_set_fields);

static bool set_read(struct req *r, const struct code_entry *x, struct rule_set *out,
                     struct err *e)
{
    struct str on = code_extra(x, r->a, "default_on");
    struct str name = arena_printf(r->a, "rule_set.%.*s", STR_ARG(x->code));
    if (!setting_get(r->c, r->a, name, &on, e))
        return false;
    *out = (struct rule_set){ x->code, x->zh, x->en, str_is(on, "1") };
    return true;
}

static bool on_sets(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct list codes = codebook_list(r->app, r->a, STR("rule_set"), DAY_NONE);
    struct rule_set *v = arena_array(r->a, struct rule_set, codes.n);
    r->sight = SIGHT_ALL;
    for (size_t i = 0; i < codes.n; i++)
        if (!set_read(r, (const struct code_entry *)codes.v + i, &v[i], e))
            return false;
    *(struct list *)out = (struct list){ v, codes.n };
    return true;
}

static bool on_switch(struct req *r, const void *in, void *out, struct err *e)
{
    bool on = ((const struct rule_set *)in)->on;
    struct rule_set *x = out;
    const struct code_entry *code = codebook_code(r->app, STR("rule_set"), r->param[0], DAY_NONE);
    if (!code)
        return err_set(e, ERR_NOT_FOUND);
    if (!codebook_touch(r->c, e) || !set_read(r, code, x, e))
        return false;
    struct str change = arena_printf(r->a, "{\"set\":\"%.*s\",\"before\":%s,\"after\":%s}",
                                     STR_ARG(code->code), x->on ? "true" : "false",
                                     on ? "true" : "false");
    x->on = on;
    r->sight = SIGHT_ALL;
    r->then_write = codebook_reload;
    return setting_put(r->c, arena_printf(r->a, "rule_set.%.*s", STR_ARG(code->code)),
                       on ? STR("1") : STR("0"), e)
        && journal_system(r->c, r, STR("rule.set"), ID_NONE, change, e);
}

static bool hours_exist(struct req *r, struct str hours, struct err *e)
{
    int64_t n = 0;
    if (!hours.n)
        return true;
    if (!db_int(r->c, e, &n, SQL("SELECT 1 FROM work_hours WHERE code = $1 LIMIT 1"), V(hours)))
        return false;
    return n || err_field(e, ERR_NO_SUCH_REF, "hours");
}

/* JSON strings inside: a code has no character that would need an escape. */
static bool on_org_hours(struct req *r, const void *in, void *out, struct err *e)
{
    struct org_hours x = *(const struct org_hours *)in, was = { .version = 0 };
    bool found;
    if (!req_id(r, 0, &x.org, e) || !org_exists(r, x.org, e) || !hours_exist(r, x.hours, e)
        || !codebook_touch(r->c, e)
        || !db_maybe(r->c, e, r->a, &org_hours_record, &was, &found,
            SQL("SELECT org, hours, version FROM org_hours WHERE org = $1"), V(x.org)))
        return false;
    if (found && !req_match(r, was.version, e))
        return false;
    x.version = was.version + 1;
    r->version = x.version;
    r->sight = SIGHT_ALL;
    r->then_write = codebook_reload;
    *(struct org_hours *)out = x;
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO org_hours (org, hours, version) VALUES ($1, $2, $3)"
            " ON CONFLICT (org) DO UPDATE SET hours = excluded.hours,"
            " version = excluded.version"), V(x.org), V(x.hours), V(x.version))
        && journal_system(r->c, r, STR("rule.org_hours"), x.org,
                          arena_printf(r->a, "{\"before\":\"%.*s\",\"after\":\"%.*s\"}",
                                       STR_ARG(was.hours), STR_ARG(x.hours)), e);
}

/* Those whose hours were ever set, also back to the installation's. */
static bool on_orgs_hours(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct list *list = out;
    int64_t after = 0;
    r->sight = SIGHT_ALL;
    if (r->cursor.n && !str_to_i64(r->cursor, &after))
        return err_field(e, ERR_BAD_CURSOR, "after");
    if (!db_all(r->c, e, r->a, &org_hours_record, list,
            SQL("SELECT h.org, o.name AS org_name, h.hours, h.version FROM org_hours h"
                " JOIN org o ON o.home = $1 AND o.id = h.org WHERE h.org > $2"
                " ORDER BY h.org LIMIT $3"), V(r->app->home), V(after), V(r->limit)))
        return false;
    const struct org_hours *v = list->v;
    if (list->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld", (long long)v[list->n - 1].org.v);
    return true;
}

/* ---- lists ---- */

struct page {
    struct req *r;
    const struct rule_type *t;
    bool (*wanted)(const struct req *r, const void *row);
    int64_t skip, seen;
    char *v;
    size_t n;
    bool more;
};

/* Tables are short and change seldom: a page begins behind so many rows. */
static bool page_row(void *ctx, const struct db_row *row, struct err *e)
{
    struct page *p = ctx;
    size_t size = p->t->record->size;
    char *at = p->v + p->n * size;
    if (p->more)
        return true;
    if (!db_row_record(row, p->t->record, p->r->a, at, e))
        return false;
    if (p->wanted && !p->wanted(p->r, at))
        return true;
    if (p->seen++ < p->skip)
        return true;
    if ((int64_t)p->n == p->r->limit)
        p->more = true;
    else
        p->n++;
    return true;
}

static bool show(struct req *r, enum rule_kind kind,
                 bool (*wanted)(const struct req *r, const void *row), void *out, struct err *e)
{
    const struct rule_type *t = &rule_types[kind];
    struct page p = { .r = r, .t = t, .wanted = wanted };
    if (r->cursor.n && (!str_to_i64(r->cursor, &p.skip) || p.skip < 0))
        return err_set(e, ERR_BAD_CURSOR);
    p.v = arena_alloc_array(r->a, t->record->size, (size_t)r->limit + 1);
    r->sight = SIGHT_ALL;
    if (!t->each(r->c, page_row, &p, e))
        return false;
    if (p.more)
        r->next = arena_printf(r->a, "%lld", (long long)(p.skip + r->limit));
    *(struct list *)out = (struct list){ p.v, p.n };
    return true;
}

static bool of_list(const struct req *r, const void *row)
{
    return str_eq(((const struct code_entry *)row)->list, r->param[0]);
}

static bool on_codes(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    return show(r, RULE_CODE, of_list, out, e);
}

static bool on_mappings(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    return show(r, RULE_MAPPING, NULL, out, e);
}

/* Who looks at days off looks at the next ones: the last comes first, and a page begins
 * below the number its cursor names. */
static bool below(const struct req *r, int64_t *number, struct err *e)
{
    *number = INT32_MAX;
    return !r->cursor.n || str_to_i64(r->cursor, number) || err_set(e, ERR_BAD_CURSOR);
}

static void next_below(struct req *r, const struct list *list, int64_t last)
{
    if (list->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld", (long long)last);
}

static bool on_days(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct list *list = out;
    int64_t org = 0, number;
    r->sight = SIGHT_ALL;
    if (!str_to_i64(r->param[0], &org))
        return true;
    if (!below(r, &number, e)
        || !db_all(r->c, e, r->a, &calendar_row_record, list,
            SQL("SELECT org, day, kind, in_lieu, name_zh, name_en, source, certainty, ended,"
                " edited, version FROM calendar_day WHERE org = $1 AND day < $2"
                " ORDER BY day DESC LIMIT $3"), V(org), V(number), V(r->limit)))
        return false;
    const struct calendar_row *v = list->v;
    next_below(r, list, list->n ? v[list->n - 1].day.n : 0);
    return true;
}

static bool on_years(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct list *list = out;
    int64_t number;
    r->sight = SIGHT_ALL;
    if (!below(r, &number, e)
        || !db_all(r->c, e, r->a, &year_row_record, list,
            SQL("SELECT year, known_from, known_to, source, address, certainty, ended, edited,"
                " version FROM calendar_year WHERE year < $1 ORDER BY year DESC LIMIT $2"),
            V(number), V(r->limit)))
        return false;
    const struct year_row *v = list->v;
    next_below(r, list, list->n ? v[list->n - 1].year : 0);
    return true;
}

static bool on_hours(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    return show(r, RULE_HOURS, NULL, out, e);
}

static bool on_limits(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    return show(r, RULE_LIMIT, NULL, out, e);
}

#define LIST(path, fn, rec, text)                                                            \
    { "GET", "/api/v1/rules/" path, PERM_RULE_READ, ROUTE_READ, .apply = fn, .out = rec,     \
      .reply = REPLY_LIST, .doc = text }
#define PUT(path, fn, input, rec, text)                                                      \
    { "PUT", "/api/v1/rules/" path, PERM_RULE_WRITE, ROUTE_WRITE, .apply = fn, .in = input,  \
      .out = rec, .body = BODY_JSON, .doc = text }
static const struct route rule_routes[] = {
    LIST("codes/{list}", on_codes, &code_row_record, "All rows of a code list, ended ones too"),
    PUT("codes", on_put_code, &code_put_record, &code_row_record, "Make or change a code"),
    LIST("mappings", on_mappings, &code_map_record, "What codes are in other lists"),
    PUT("mappings", on_put_mapping, &code_map_record, &code_map_record,
        "Make or change a mapping"),
    LIST("days/{org}", on_days, &calendar_row_record,
         "A body's own days off and on; 0: the nation's"),
    PUT("days", on_put_day, &calendar_row_record, &calendar_row_record,
        "Make or change a day off, a worked day or a half day"),
    { "DELETE", "/api/v1/rules/days/{org}/{day}", PERM_RULE_WRITE, ROUTE_WRITE,
      .apply = on_end_day, .reply = REPLY_NONE, .doc = "The day is an exception no longer" },
    LIST("years", on_years, &year_row_record, "Which days the notices cover"),
    PUT("years", on_put_year, &year_row_record, &year_row_record, "Load a year's notice"),
    LIST("hours", on_hours, &hours_row_record, "Hours of business"),
    PUT("hours", on_put_hours, &hours_row_record, &hours_row_record,
        "Make or change hours of business"),
    LIST("org-hours", on_orgs_hours, &org_hours_record, "Bodies with hours of their own"),
    PUT("org-hours/{org}", on_org_hours, &org_hours_record, &org_hours_record,
        "Which hours a body keeps"),
    LIST("limits", on_limits, &limit_rule_record, "All time limits, ended ones too"),
    PUT("limits", on_put_limit, &limit_rule_record, &limit_rule_record,
        "Make or change a time limit"),
    LIST("sets", on_sets, &rule_set_record, "The sets of rules and which are on"),
    PUT("sets/{set}", on_switch, &rule_set_record, &rule_set_record,
        "Switch a set of rules on or off"),
};
const struct route_table rule_table = ROUTES("rule", rule_routes);
