/* Every file of rules/ against the columns it must have: codes, dates, references, validity,
 * and what the product needs them to say. */
#include "app/worktime.h"
#include "base/utf8.h"
#include "csv.h"
#include "tap.h"

enum cell { SLUG, TEXT, FREE, DAY, NUM, FLAG, MMDD, CLOCK, ONE, REF, REFS };
/* with: ONE: the words; REF, REFS: the list (all words of REFS must be in it, or *). */
struct column { const char *name; enum cell cell; const char *with; };
struct table {
    const char *file, *list;            /* list: name of its codes, "" = column "list", NULL none */
    const char *key[4];
    struct column column[32];
};

#define KINDS  "=dispute request event advice *"
#define NAME   { "zh", TEXT }, { "en", TEXT }
#define ORIGIN { "source", TEXT }, { "certainty", ONE, "statute local practice assumed" }
#define VALID  { "valid_from", DAY }, { "valid_to", DAY }
#define CODE   { "code", SLUG }
#define NOTE   { "note", FREE }

static const struct table tables[] = {
    { "dispute_types.csv", "", { "list", "code" },
      { { "list", SLUG }, CODE, { "parent", FREE }, NAME, ORIGIN, VALID, NOTE } },
    { "request_types.csv", "request_type", { "code" },
      { CODE, { "parent", FREE }, NAME, ORIGIN, VALID, NOTE } },
    { "event_types.csv", "event_type", { "code" },
      { CODE, { "parent", FREE }, NAME, ORIGIN, VALID, NOTE } },
    { "advice_types.csv", "advice_type", { "code" },
      { CODE, { "parent", FREE }, NAME, ORIGIN, VALID, NOTE } },
    { "sources.csv", "source", { "code" },
      { CODE, { "parent", FREE }, NAME, { "kinds", REFS, KINDS },
        { "form_source", ONE, "proactive applied referred" },
        { "form_from", ONE, " court procuratorate police petition other" }, ORIGIN, VALID, NOTE } },
    { "outcomes.csv", "outcome", { "code" },
      { CODE, { "parent", ONE, "dispute request event advice" }, NAME,
        { "success", ONE, "yes part no" }, { "ends", FLAG }, { "counts", FLAG },
        { "needs_agreement", FLAG }, { "needs_routes", FLAG }, { "needs_answers", FLAG },
        { "needs_attempts", FLAG }, { "visit", FLAG },
        { "form_result", ONE, "settled partly failed stopped unreachable referred other" },
        ORIGIN, VALID, NOTE } },
    { "org_kinds.csv", "org_kind", { "code" },
      { CODE, { "parent", FREE }, NAME, { "form_kind", FREE }, ORIGIN, VALID, NOTE } },
    { "pause_reasons.csv", "pause_reason", { "code" },
      { CODE, NAME, { "kinds", REFS, KINDS }, { "maximum", NUM }, { "unit", REF, "unit" },
        { "agreed_by", ONE, "owner both_parties approval" }, ORIGIN, VALID, NOTE } },
    { "decline_reasons.csv", "decline_reason", { "code" },
      { CODE, NAME, { "kinds", REFS, KINDS }, { "routes", REFS, "route" }, ORIGIN, VALID, NOTE } },
    { "approvals.csv", "approval", { "code" },
      { CODE, NAME, { "kinds", REFS, KINDS }, { "action", ONE, "reply extend pause" },
        { "sources", REFS, "source" }, { "least_people", NUM },
        { "steps", REFS, "=head leader" }, ORIGIN, VALID, NOTE } },
    { "paper_texts.csv", "paper_text", { "code" },
      { CODE, NAME, { "text", TEXT }, ORIGIN, VALID, NOTE } },
    { "routes.csv", "route", { "code" },
      { CODE, NAME, { "when_zh", TEXT }, { "when_en", TEXT }, { "limit_rule", FREE },
        { "limit_zh", TEXT }, { "limit_en", TEXT }, { "kinds", REFS, KINDS }, ORIGIN, VALID } },
    { "work_hours.csv", NULL, { "code", "season", "weekdays" },
      { CODE, NAME, { "season", ONE, "all summer" }, { "from_day", MMDD }, { "to_day", MMDD },
        { "weekdays", ONE, "1-5 6 7 1-7" }, { "spans", TEXT }, { "noon", CLOCK }, ORIGIN, VALID,
        NOTE } },
    { "id_kinds.csv", "id_kind", { "code" },
      { CODE, NAME, { "holder", ONE, "person organisation" },
        { "check_rule", ONE, " gb11643 gb32100" }, { "gat517", FREE }, ORIGIN, VALID, NOTE } },
    { "retention.csv", "retention", { "code" },
      { CODE, NAME, { "what", SLUG }, { "condition", TEXT }, { "amount", NUM },
        { "unit", ONE, "year month day permanent" }, { "starts_at", SLUG },
        { "then", ONE, "keep review destroy" }, ORIGIN, VALID, NOTE } },
    { "dossiers.csv", "dossier", { "code" },
      { CODE, NAME, { "kinds", REFS, KINDS },
        { "states", REFS, "=closed declined withdrawn merged *" }, { "outcomes", REFS, "outcome" },
        { "proof", ONE, "registered outcomes replied answers agreement refusal" }, ORIGIN, VALID,
        NOTE } },
    { "numbers.csv", "number", { "code" },
      { CODE, NAME, { "value", NUM }, { "unit", SLUG }, { "kinds", REFS, KINDS }, ORIGIN, VALID,
        NOTE } },
    { "indicators.csv", "indicator", { "code" },
      { CODE, NAME, { "unit", ONE, "matter person fen" }, { "numerator_zh", TEXT },
        { "numerator_en", TEXT }, { "denominator_zh", TEXT }, { "denominator_en", TEXT },
        { "exclusions_zh", TEXT }, { "exclusions_en", TEXT }, { "window_zh", TEXT },
        { "window_en", TEXT }, ORIGIN, VALID, NOTE } },
    { "notices.csv", "notice", { "code" },
      { CODE, NAME, { "event", SLUG },
        { "to", ONE, "lead handler intake dispatcher approver reviewer holder above applicant party"
                     " assignee maker" },
        { "only", ONE, " danger calm" },
        { "class", ONE, "work clock approval progress task danger" },
        { "media", REFS, "=in_app sms email" }, { "pace", ONE, "at_once digest" },
        { "quiet", ONE, " ignore" }, { "otherwise", ONE, " task" }, ORIGIN, VALID, NOTE } },
    { "deadline_terms.csv", "", { "list", "code" },
      { { "list", SLUG }, CODE, NAME, { "default_on", FREE }, NOTE } },
    { "type_mappings.csv", NULL, { "from_list", "from_code", "to_list", "to_code" },
      { { "from_list", SLUG }, { "from_code", SLUG }, { "to_list", SLUG }, { "to_code", SLUG },
        { "relation", ONE, "exact narrower broader related" }, ORIGIN, VALID } },
    { "deadlines.csv", NULL, { "id" },
      { { "id", SLUG }, { "rule_set", REF, "rule_set" }, { "what", REF, "deadline_what" },
        { "kind", REFS, KINDS }, { "type", REFS, "dispute_type" }, { "channel", REFS, "source" },
        { "body", REFS, "org_kind" }, { "level", REFS, "level" },
        { "starts_at", REF, "deadline_event" }, { "who", REF, "who" }, { "amount", NUM },
        { "unit", REF, "unit" }, { "calendar", REF, "calendar" }, { "ends", REF, "ends" },
        { "roll", FLAG }, { "yellow", NUM }, { "yellow_unit", REF, "unit" }, { "extend", NUM },
        { "extend_by", REFS, "extend_by" }, { "pauses", REFS, "pause_reason" }, { "priority", NUM },
        NAME, { "source", TEXT }, { "article", FREE },
        { "certainty", ONE, "statute local practice assumed" }, VALID, NOTE } },
    { "calendar.csv", NULL, { "day" },
      { { "day", DAY }, { "kind", ONE, "holiday workday" }, { "in_lieu", FLAG },
        { "name_zh", TEXT }, { "name_en", TEXT }, ORIGIN } },
    { "calendar_year.csv", NULL, { "year" },
      { { "year", NUM }, { "known_from", DAY }, { "known_to", DAY }, { "source", TEXT },
        { "address", FREE }, { "certainty", ONE, "statute" } } },
};
static struct csv files[COUNT(tables)];
static int complaints;

static void complain(const char *file, size_t row, const char *column, struct str value)
{
    complaints++;
    printf("# %s:%zu %s [%.*s]\n", file, row + 2, column, STR_ARG(value));
}

static bool has_word(struct str words, struct str w)
{
    struct str word;
    for (bool more = true; more;) {
        more = str_cut(words, ' ', &word, &words);
        if (str_eq(word, w))
            return true;
    }
    return false;
}

static bool in_list(struct str list, struct str code)
{
    for (size_t t = 0; t < COUNT(tables); t++)
        for (size_t i = 0; tables[t].list && i < files[t].rows; i++) {
            struct str name = *tables[t].list ? str_of(tables[t].list)
                                              : csv_get(&files[t], i, "list");
            if (str_eq(name, list) && str_eq(csv_get(&files[t], i, "code"), code))
                return true;
        }
    return false;
}

static bool words_right(struct str s, const char *with)
{
    struct str word;
    for (bool more = s.n > 0; more;) {
        more = str_cut(s, ' ', &word, &s);
        bool right = *with == '=' ? word.n && has_word(str_of(with + 1), word)
            : str_is(word, "*") || in_list(str_of(with), word);
        if (!right)
            return false;
    }
    return true;
}

static bool is_slug(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789._", s.p[i]))
            return false;
    return s.n > 0 && s.n <= 64;
}

static bool is_digits(struct str s, const char *shape)
{
    if (s.n != strlen(shape))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (shape[i] == '0' ? s.p[i] < '0' || s.p[i] > '9' : s.p[i] != shape[i])
            return false;
    return true;
}

static bool cell_right(const struct column *c, struct str s)
{
    struct day d;
    int64_t n;
    if (!utf8_valid(s) || s.n > 400 || !str_eq(str_trim(s), s)
        || (s.n && memchr(s.p, 0x0d, s.n)))
        return false;
    switch (c->cell) {
    case SLUG:  return is_slug(s);
    case TEXT:  return s.n > 0;
    case FREE:  return true;
    case DAY:   return s.n == 0 || day_parse(s, &d);
    case NUM:   return str_to_i64(s, &n) && n >= 0 && n <= 1000000;
    case FLAG:  return str_is(s, "0") || str_is(s, "1");
    case MMDD:  return s.n == 0 || is_digits(s, "00-00");
    case CLOCK: return is_digits(s, "00:00");
    case ONE:   return has_word(str_of(c->with), s);
    case REF:   return s.n > 0 && in_list(str_of(c->with), s);
    case REFS:  return words_right(s, c->with);
    }
    return false;
}

static bool same_key(const struct table *t, const struct csv *f, size_t i, size_t j)
{
    for (size_t k = 0; k < COUNT(t->key) && t->key[k]; k++)
        if (!str_eq(csv_get(f, i, t->key[k]), csv_get(f, j, t->key[k])))
            return false;
    return true;
}

static int32_t day_or(const struct csv *f, size_t row, const char *column, int32_t none)
{
    struct day d;
    struct str s = csv_get(f, row, column);
    return s.n && day_parse(s, &d) ? d.n : none;
}

/* Rows of one key follow each other without gap or overlap. */
static void check_validity(const struct table *t, const struct csv *f, size_t i)
{
    int32_t from = day_or(f, i, "valid_from", INT32_MIN), to = day_or(f, i, "valid_to", INT32_MAX);
    bool later = false, joined = false;
    if (from >= to)
        complain(t->file, i, "valid_to", csv_get(f, i, "valid_to"));
    for (size_t j = 0; j < f->rows; j++) {
        if (j == i || !same_key(t, f, i, j))
            continue;
        int32_t a = day_or(f, j, "valid_from", INT32_MIN), b = day_or(f, j, "valid_to", INT32_MAX);
        if (a < to && from < b)
            complain(t->file, i, t->key[0], csv_get(f, i, t->key[0]));
        later |= a < from;
        joined |= b == from;
    }
    if (later && !joined)
        complain(t->file, i, "valid_from", csv_get(f, i, "valid_from"));
}

static void check_table(const struct table *t, const struct csv *f)
{
    size_t n = 0;
    while (n < COUNT(t->column) && t->column[n].name)
        n++;
    if (n != f->columns || f->ragged || f->rows == 0)
        complain(t->file, 0, "columns", f->columns ? f->head[0] : STR_NONE);
    for (size_t c = 0; c < n && c < f->columns; c++)
        if (!str_is(f->head[c], t->column[c].name))
            complain(t->file, 0, t->column[c].name, f->head[c]);
    for (size_t i = 0; i < f->rows; i++) {
        for (size_t c = 0; c < n && c < f->columns; c++)
            if (!cell_right(&t->column[c], f->row[i][c]))
                complain(t->file, i, t->column[c].name, f->row[i][c]);
        struct str parent = csv_get(f, i, "parent");
        bool own = t->list && !str_is(str_of(t->list), "outcome");
        if (own && parent.n && !in_list(*t->list ? str_of(t->list) : csv_get(f, i, "list"), parent))
            complain(t->file, i, "parent", parent);
        check_validity(t, f, i);
    }
}

static const struct csv *file(const char *name)
{
    size_t t = 0;
    while (t + 1 < COUNT(tables) && strcmp(tables[t].file, name) != 0)
        t++;
    return &files[t];
}

static int64_t number(const struct csv *f, size_t row, const char *column)
{
    int64_t n;
    return str_to_i64(csv_get(f, row, column), &n) ? n : -1;
}

static enum limit_unit unit_of(struct str s)
{
    static const char *const units[] = { "working_day", "calendar_day", "month", "hour",
                                         "working_hour" };
    size_t i = 0;
    while (i < COUNT(units) && !str_is(s, units[i]))
        i++;
    return (enum limit_unit)i;
}

/* Every rule can be counted with, and yellow comes before the end. */
static void rules_count(void)
{
    static const struct worktime office = { .hours = {
        .day = { { { { 510, 720 }, { 840, 1050 } }, 2 }, { { { 510, 720 }, { 840, 1050 } }, 2 },
                 { { { 510, 720 }, { 840, 1050 } }, 2 }, { { { 510, 720 }, { 840, 1050 } }, 2 },
                 { { { 510, 720 }, { 840, 1050 } }, 2 } } }, .noon = 720 };
    const struct calendar c = { .rest = CALENDAR_WEEKEND };
    const struct csv *f = file("deadlines.csv");
    struct clock k = { .calendar = &c, .worktime = &office };
    k.now.ms = stamp_of_day(day_of_civil(2026, 3, 2)).ms + 10 * STAMP_HOUR;
    for (size_t i = 0; i < f->rows; i++) {
        struct limit l = { number(f, i, "amount"), unit_of(csv_get(f, i, "unit")),
                           str_is(csv_get(f, i, "ends"), "midnight"), number(f, i, "roll") == 1,
                           number(f, i, "yellow"), unit_of(csv_get(f, i, "yellow_unit")) };
        struct limit_state s;
        struct err e = { 0 };
        if (!worktime_limit(&k, k.now, l, &s, &e) || s.at.ms <= k.now.ms
            || s.yellow_at.ms > s.at.ms)
            complain("deadlines.csv", i, e.field, csv_get(f, i, "id"));
        if (number(f, i, "extend") > 0 && csv_get(f, i, "extend_by").n == 0)
            complain("deadlines.csv", i, "extend_by", csv_get(f, i, "id"));
    }
}

/* Two rules of one set that fit the same case must differ in priority. */
static void rules_compete(void)
{
    static const char *const same[] = { "rule_set", "what", "kind", "type", "channel", "body",
                                        "level", "starts_at", "priority" };
    const struct csv *f = file("deadlines.csv");
    for (size_t i = 0; i < f->rows; i++)
        for (size_t j = i + 1; j < f->rows; j++) {
            size_t n = 0;
            while (n < COUNT(same) && str_eq(csv_get(f, i, same[n]), csv_get(f, j, same[n])))
                n++;
            if (n == COUNT(same))
                complain("deadlines.csv", j, "priority", csv_get(f, j, "id"));
        }
}

static bool rule_exists(const char *set, const char *kind, const char *what)
{
    const struct csv *f = file("deadlines.csv");
    for (size_t i = 0; i < f->rows; i++)
        if (str_is(csv_get(f, i, "rule_set"), set) && str_is(csv_get(f, i, "what"), what)
            && has_word(csv_get(f, i, "kind"), str_of(kind)))
            return true;
    return false;
}

/* Each kind has a default for each of the eight steps, for what stands before them (details
 * wanted, a refusal and its review), and outcomes. */
static void kinds_complete(void)
{
    static const char *const kinds[] = { "dispute", "request", "event", "advice" };
    static const char *const steps[] = { "whole", "accept", "assign", "take", "handle", "reply",
                                         "supervise", "close", "visit", "rate", "details",
                                         "decline_review_apply", "decline_review" };
    static const int outcomes[] = { 9, 5, 3, 2 };
    const struct csv *f = file("outcomes.csv");
    for (size_t k = 0; k < COUNT(kinds); k++) {
        int n = 0, yes = 0;
        for (size_t s = 0; s < COUNT(steps); s++)
            if (!OK(rule_exists("product", kinds[k], steps[s])))
                printf("#   %s %s\n", kinds[k], steps[s]);
        for (size_t i = 0; i < f->rows; i++) {
            bool mine = str_is(csv_get(f, i, "parent"), kinds[k]);
            n += mine;
            yes += mine && str_is(csv_get(f, i, "success"), "yes");
        }
        OK_INT(n, outcomes[k]);
        OK(yes > 0 && yes < n);
    }
}

static bool is_mapped(struct str list, struct str code, const char *to)
{
    const struct csv *f = file("type_mappings.csv");
    for (size_t i = 0; i < f->rows; i++)
        if (str_eq(csv_get(f, i, "from_list"), list) && str_eq(csv_get(f, i, "from_code"), code)
            && str_is(csv_get(f, i, "to_list"), to))
            return true;
    return false;
}

/* Both ends of a mapping exist; every type has its like in the other lists. */
static void mappings(void)
{
    static const struct { const char *from, *to; int but; } want[] = {
        { "dispute_type", "dispute_type_b", 0 }, { "dispute_type", "court_cause", 1 },
        { "dispute_type", "dispute_type_a15", 0 }, { "dispute_type_b", "dispute_type", 0 },
        { "dispute_type_a15", "dispute_type", 0 }, { "dispute_type_a13", "dispute_type", 0 },
        { "court_cause", "dispute_type", 0 }, { "dispute_type_b", "court_cause", 7 },
    };
    const struct csv *m = file("type_mappings.csv"), *f = file("dispute_types.csv");
    for (size_t i = 0; i < m->rows; i++)
        if (!in_list(csv_get(m, i, "from_list"), csv_get(m, i, "from_code"))
            || !in_list(csv_get(m, i, "to_list"), csv_get(m, i, "to_code")))
            complain("type_mappings.csv", i, "code", csv_get(m, i, "from_code"));
    for (size_t w = 0; w < COUNT(want); w++) {
        int missing = 0;
        for (size_t i = 0; i < f->rows; i++)
            missing += str_is(csv_get(f, i, "list"), want[w].from)
                && !is_mapped(csv_get(f, i, "list"), csv_get(f, i, "code"), want[w].to);
        if (!OK_INT(missing, want[w].but))
            printf("#   %s to %s\n", want[w].from, want[w].to);
    }
}

static bool has_id(const struct csv *f, struct str id)
{
    for (size_t i = 0; i < f->rows; i++)
        if (str_eq(csv_get(f, i, "id"), id))
            return true;
    return false;
}

static void routes(void)
{
    const struct csv *f = file("routes.csv");
    for (size_t i = 0; i < f->rows; i++) {
        struct str rule = csv_get(f, i, "limit_rule");
        if (rule.n && !has_id(file("deadlines.csv"), rule))
            complain("routes.csv", i, "limit_rule", rule);
    }
}

/* The checker itself refuses what is wrong. */
static void hostile(struct arena *a)
{
    static const struct table t = { "try", NULL, { "code" },
        { CODE, { "kinds", REFS, KINDS }, { "n", NUM }, { "f", FLAG }, VALID } };
    static const char *const bad[] = {
        "", "code,kinds,n,f,valid_from\na,*,1,0,\n", "code,kinds,n,f,valid_from,valid_to\n",
        "code,kinds,n,f,valid_from,valid_to\na,*,1,0,2024-02-30,\n",
        "code,kinds,n,f,valid_from,valid_to\na,*,1,0,2024-02-02,2024-02-01\n",
        "code,kinds,n,f,valid_from,valid_to\na,*,1,0,,\na,*,1,0,,\n",
        "code,kinds,n,f,valid_from,valid_to\na,*,1,0,,2024-01-02\na,*,1,0,2024-01-01,\n",
        "code,kinds,n,f,valid_from,valid_to\na,*,1,0,,2024-01-01\na,*,1,0,2024-01-02,\n",
        "code,kinds,n,f,valid_from,valid_to\na,quarrel,1,0,,\n",
        "code,kinds,n,f,valid_from,valid_to\na,dispute  event,1,0,,\n",
        "code,kinds,n,f,valid_from,valid_to\na,dispute ,1,0,,\n",
        "code,kinds,n,f,valid_from,valid_to\na,*,-1,0,,\n",
        "code,kinds,n,f,valid_from,valid_to\na,*,1,2,,\n",
        "code,kinds,n,f,valid_from,valid_to\nA b,*,1,0,,\n",
        "code,kinds,n,f,valid_from,valid_to\na,*,1,0,\n",
        "code,kinds,n,f,valid_from,valid_to\n\xff,*,1,0,,\n",
    };
    struct csv good = csv_parse(a, STR("code,kinds,n,f,valid_from,valid_to\n"
        "a,dispute event,1,0,,2024-01-01\na,*,\"1\",1,2024-01-01,\n"));
    check_table(&t, &good);
    OK_INT(complaints, 0);
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct csv f = csv_parse(a, str_of(bad[i]));
        check_table(&t, &f);
        if (!OK(complaints > 0))
            printf("#   passed: %s\n", bad[i]);
        complaints = 0;
    }
}

int main(void)
{
    struct arena a = { 0 };
    for (size_t t = 0; t < COUNT(tables); t++) {
        struct str path = arena_printf(&a, "%s%s", RULES_DIR, tables[t].file);
        files[t] = csv_read(&a, path.p);
    }
    hostile(&a);
    for (size_t t = 0; t < COUNT(tables); t++) {
        check_table(&tables[t], &files[t]);
        if (!OK_INT(complaints, 0))
            printf("#   %s\n", tables[t].file);
        complaints = 0;
    }
    rules_count();
    rules_compete();
    routes();
    kinds_complete();
    mappings();
    OK_INT(complaints, 0);
    arena_done(&a);
    return tap_end();
}
