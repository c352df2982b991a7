/* Every statement over the rule tables, and what is done to each kind of row. */
#include "app/rule.h"

static int by_number(int64_t x, int64_t y)
{
    return (x > y) - (x < y);
}

/* ---- codes ---- */

static int code_cmp(const void *px, const void *py)
{
    const struct code_entry *x = px, *y = py;
    int d = str_cmp(x->list, y->list);
    d = d ? d : str_cmp(x->code, y->code);
    return d ? d : by_number(x->valid_from.n, y->valid_from.n);
}

static bool code_each(struct db_conn *c, db_row_fn *fn, void *ctx, struct err *e)
{
    return db_each(c, e, fn, ctx,
        SQL("SELECT list, code, parent, zh, en, sort, extra, source, certainty, valid_from,"
            " valid_to, edited, version FROM code ORDER BY list, code, valid_from"));
}

static bool code_put(struct db_conn *c, const void *row, struct err *e)
{
    const struct code_entry *x = row;
    return db_exec(c, e, NULL,
        SQL("INSERT INTO code (list, code, parent, zh, en, sort, extra, source, certainty,"
            " valid_from, valid_to, edited, version)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
            " ON CONFLICT (list, code, valid_from) DO UPDATE SET parent = excluded.parent,"
            " zh = excluded.zh, en = excluded.en, sort = excluded.sort, extra = excluded.extra,"
            " source = excluded.source, certainty = excluded.certainty,"
            " valid_to = excluded.valid_to, edited = excluded.edited,"
            " version = excluded.version"),
        V(x->list), V(x->code), V(x->parent), V(x->zh), V(x->en), V(x->sort), V(x->extra.json),
        V(x->source), V(x->certainty), V(x->valid_from), V(x->valid_to), V(x->edited),
        V(x->version));
}

/* A row that has not begun never does. */
static bool dates_end(struct day from, struct day *to, struct day today)
{
    struct day at = { MAX(from.n, today.n) };
    if (to->n && to->n <= at.n)
        return false;
    *to = at;
    return true;
}

static bool code_end(void *row, struct day today)
{
    struct code_entry *x = row;
    return dates_end(x->valid_from, &x->valid_to, today);
}

/* ---- mappings ---- */

static int mapping_cmp(const void *px, const void *py)
{
    const struct code_map *x = px, *y = py;
    int d = str_cmp(x->from_list, y->from_list);
    d = d ? d : str_cmp(x->from_code, y->from_code);
    d = d ? d : str_cmp(x->to_list, y->to_list);
    d = d ? d : str_cmp(x->to_code, y->to_code);
    return d ? d : by_number(x->valid_from.n, y->valid_from.n);
}

static bool mapping_each(struct db_conn *c, db_row_fn *fn, void *ctx, struct err *e)
{
    return db_each(c, e, fn, ctx,
        SQL("SELECT from_list, from_code, to_list, to_code, relation, source, certainty,"
            " valid_from, valid_to, edited, version FROM code_mapping"
            " ORDER BY from_list, from_code, to_list, to_code, valid_from"));
}

static bool mapping_put(struct db_conn *c, const void *row, struct err *e)
{
    const struct code_map *x = row;
    return db_exec(c, e, NULL,
        SQL("INSERT INTO code_mapping (from_list, from_code, to_list, to_code, relation, source,"
            " certainty, valid_from, valid_to, edited, version)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
            " ON CONFLICT (from_list, from_code, to_list, to_code, valid_from) DO UPDATE SET"
            " relation = excluded.relation, source = excluded.source,"
            " certainty = excluded.certainty, valid_to = excluded.valid_to,"
            " edited = excluded.edited, version = excluded.version"),
        V(x->from_list), V(x->from_code), V(x->to_list), V(x->to_code), V(x->relation),
        V(x->source), V(x->certainty), V(x->valid_from), V(x->valid_to), V(x->edited),
        V(x->version));
}

static bool mapping_end(void *row, struct day today)
{
    struct code_map *x = row;
    return dates_end(x->valid_from, &x->valid_to, today);
}

/* ---- days and years ---- */

static int day_cmp(const void *px, const void *py)
{
    const struct calendar_row *x = px, *y = py;
    int d = by_number(x->org.v, y->org.v);
    return d ? d : by_number(x->day.n, y->day.n);
}

static bool day_each(struct db_conn *c, db_row_fn *fn, void *ctx, struct err *e)
{
    return db_each(c, e, fn, ctx,
        SQL("SELECT org, day, kind, in_lieu, name_zh, name_en, source, certainty, ended, edited,"
            " version FROM calendar_day ORDER BY org, day"));
}

static bool day_put(struct db_conn *c, const void *row, struct err *e)
{
    const struct calendar_row *x = row;
    return db_exec(c, e, NULL,
        SQL("INSERT INTO calendar_day (org, day, kind, in_lieu, name_zh, name_en, source,"
            " certainty, ended, edited, version)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
            " ON CONFLICT (org, day) DO UPDATE SET kind = excluded.kind,"
            " in_lieu = excluded.in_lieu, name_zh = excluded.name_zh,"
            " name_en = excluded.name_en, source = excluded.source,"
            " certainty = excluded.certainty, ended = excluded.ended, edited = excluded.edited,"
            " version = excluded.version"),
        V(x->org), V(x->day), V(x->kind), V(x->in_lieu), V(x->name_zh), V(x->name_en),
        V(x->source), V(x->certainty), V(x->ended), V(x->edited), V(x->version));
}

static bool flag_end(bool *ended)
{
    bool was = *ended;
    *ended = true;
    return !was;
}

static bool day_end(void *row, struct day today UNUSED)
{
    struct calendar_row *x = row;
    return flag_end(&x->ended);
}

static int year_cmp(const void *px, const void *py)
{
    const struct year_row *x = px, *y = py;
    return by_number(x->year, y->year);
}

static bool year_each(struct db_conn *c, db_row_fn *fn, void *ctx, struct err *e)
{
    return db_each(c, e, fn, ctx,
        SQL("SELECT year, known_from, known_to, source, address, certainty, ended, edited,"
            " version FROM calendar_year ORDER BY year"));
}

static bool year_put(struct db_conn *c, const void *row, struct err *e)
{
    const struct year_row *x = row;
    return db_exec(c, e, NULL,
        SQL("INSERT INTO calendar_year (year, known_from, known_to, source, address, certainty,"
            " ended, edited, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
            " ON CONFLICT (year) DO UPDATE SET known_from = excluded.known_from,"
            " known_to = excluded.known_to, source = excluded.source,"
            " address = excluded.address, certainty = excluded.certainty,"
            " ended = excluded.ended, edited = excluded.edited, version = excluded.version"),
        V(x->year), V(x->known_from), V(x->known_to), V(x->source), V(x->address),
        V(x->certainty), V(x->ended), V(x->edited), V(x->version));
}

static bool year_end(void *row, struct day today UNUSED)
{
    struct year_row *x = row;
    return flag_end(&x->ended);
}

/* ---- hours ---- */

static int hours_cmp(const void *px, const void *py)
{
    const struct hours_row *x = px, *y = py;
    int d = str_cmp(x->code, y->code);
    d = d ? d : by_number(x->season, y->season);
    d = d ? d : str_cmp(x->weekdays, y->weekdays);
    return d ? d : by_number(x->valid_from.n, y->valid_from.n);
}

static bool hours_each(struct db_conn *c, db_row_fn *fn, void *ctx, struct err *e)
{
    return db_each(c, e, fn, ctx,
        SQL("SELECT code, zh, en, season, from_day, to_day, weekdays, spans, noon, source,"
            " certainty, valid_from, valid_to, note, edited, version FROM work_hours"
            " ORDER BY code, season, weekdays, valid_from"));
}

static bool hours_put(struct db_conn *c, const void *row, struct err *e)
{
    const struct hours_row *x = row;
    return db_exec(c, e, NULL,
        SQL("INSERT INTO work_hours (code, zh, en, season, from_day, to_day, weekdays, spans,"
            " noon, source, certainty, valid_from, valid_to, note, edited, version)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
            " ON CONFLICT (code, season, weekdays, valid_from) DO UPDATE SET zh = excluded.zh,"
            " en = excluded.en, from_day = excluded.from_day, to_day = excluded.to_day,"
            " spans = excluded.spans, noon = excluded.noon, source = excluded.source,"
            " certainty = excluded.certainty, valid_to = excluded.valid_to,"
            " note = excluded.note, edited = excluded.edited, version = excluded.version"),
        V(x->code), V(x->zh), V(x->en), V(x->season), V(x->from_day), V(x->to_day),
        V(x->weekdays), V(x->spans), V(x->noon), V(x->source), V(x->certainty),
        V(x->valid_from), V(x->valid_to), V(x->note), V(x->edited), V(x->version));
}

static bool hours_end(void *row, struct day today)
{
    struct hours_row *x = row;
    return dates_end(x->valid_from, &x->valid_to, today);
}

/* ---- limits ---- */

static int limit_cmp(const void *px, const void *py)
{
    const struct limit_rule *x = px, *y = py;
    int d = str_cmp(x->id, y->id);
    return d ? d : by_number(x->valid_from.n, y->valid_from.n);
}

static bool limit_each(struct db_conn *c, db_row_fn *fn, void *ctx, struct err *e)
{
    return db_each(c, e, fn, ctx,
        SQL("SELECT id, rule_set, what, kind, type, channel, body, level, starts_at, who,"
            " amount, unit, calendar, ends, roll, yellow, yellow_unit, extend, extend_by,"
            " pauses, priority, zh, en, source, article, certainty, valid_from, valid_to, note,"
            " edited, version FROM deadline_rule ORDER BY id, valid_from"));
}

static bool limit_put(struct db_conn *c, const void *row, struct err *e)
{
    const struct limit_rule *x = row;
    return db_exec(c, e, NULL,
        SQL("INSERT INTO deadline_rule (id, rule_set, what, kind, type, channel, body, level,"
            " starts_at, who, amount, unit, calendar, ends, roll, yellow, yellow_unit, extend,"
            " extend_by, pauses, priority, zh, en, source, article, certainty, valid_from,"
            " valid_to, note, edited, version)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,"
            " $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31)"
            " ON CONFLICT (id, valid_from) DO UPDATE SET rule_set = excluded.rule_set,"
            " what = excluded.what, kind = excluded.kind, type = excluded.type,"
            " channel = excluded.channel, body = excluded.body, level = excluded.level,"
            " starts_at = excluded.starts_at, who = excluded.who, amount = excluded.amount,"
            " unit = excluded.unit, calendar = excluded.calendar, ends = excluded.ends,"
            " roll = excluded.roll, yellow = excluded.yellow,"
            " yellow_unit = excluded.yellow_unit, extend = excluded.extend,"
            " extend_by = excluded.extend_by, pauses = excluded.pauses,"
            " priority = excluded.priority, zh = excluded.zh, en = excluded.en,"
            " source = excluded.source, article = excluded.article,"
            " certainty = excluded.certainty, valid_to = excluded.valid_to,"
            " note = excluded.note, edited = excluded.edited, version = excluded.version"),
        V(x->id), V(x->rule_set), V(x->what), V(x->kind), V(x->type), V(x->channel), V(x->body),
        V(x->level), V(x->starts_at), V(x->who), V(x->amount), V(x->unit), V(x->calendar),
        V(x->ends), V(x->roll), V(x->yellow), V(x->yellow_unit), V(x->extend), V(x->extend_by),
        V(x->pauses), V(x->priority), V(x->zh), V(x->en), V(x->source), V(x->article),
        V(x->certainty), V(x->valid_from), V(x->valid_to), V(x->note), V(x->edited),
        V(x->version));
}

static bool limit_end(void *row, struct day today)
{
    struct limit_rule *x = row;
    return dates_end(x->valid_from, &x->valid_to, today);
}

const struct rule_type rule_types[RULE_KIND__COUNT] = {
    [RULE_CODE] = { "code", &code_row_record, code_cmp, code_each, code_put, code_end },
    [RULE_MAPPING] = { "mapping", &code_map_record, mapping_cmp, mapping_each, mapping_put,
                       mapping_end },
    [RULE_DAY] = { "day", &calendar_row_record, day_cmp, day_each, day_put, day_end },
    [RULE_YEAR] = { "year", &year_row_record, year_cmp, year_each, year_put, year_end },
    [RULE_HOURS] = { "hours", &hours_row_record, hours_cmp, hours_each, hours_put, hours_end },
    [RULE_LIMIT] = { "limit", &limit_rule_record, limit_cmp, limit_each, limit_put, limit_end },
};

static bool member_same(const struct field *f, const void *x, const void *y)
{
    const void *a = (const char *)x + f->offset, *b = (const char *)y + f->offset;
    switch (f->type) {
    case F_STR:
    case F_RAW:  return str_eq(*(const struct str *)a, *(const struct str *)b);
    case F_BOOL: return *(const bool *)a == *(const bool *)b;
    case F_ENUM: return *(const unsigned *)a == *(const unsigned *)b;
    case F_DAY:  return ((const struct day *)a)->n == ((const struct day *)b)->n;
    default:     return *(const int64_t *)a == *(const int64_t *)b;
    }
}

bool rule_same(const struct record *rec, const void *x, const void *y)
{
    for (size_t i = 0; i < rec->n; i++)
        if (!(rec->f[i].flags & READONLY) && !member_same(&rec->f[i], x, y))
            return false;
    return true;
}

/* The row of counters is the lock: two changes take turns. */
bool codebook_touch(struct db_conn *c, struct err *e)
{
    return db_exec(c, e, NULL,
        SQL("INSERT INTO counter (home, name, value) VALUES (0, 'book', 1)"
            " ON CONFLICT (home, name) DO UPDATE SET value = counter.value + 1"));
}
