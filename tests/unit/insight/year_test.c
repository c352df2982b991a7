/* The demo year, and every cell of its monthly forms counted a second time: in plain SQL
 * over the matters themselves, with the code lists' sense written out here once more.
 * FENGQIAO_YEAR says how many matters (400 if not told; the whole year has 30,000). */
#include "unit/city.h"
#include "db/feed.h"
#include "insight/edition.h"

/* What each round's claims came to, and one row a round with what can be counted, made
 * with the database's own means. */
static void make_plain(void)
{
    DO(SQL("CREATE TABLE plain_end AS SELECT c.matter, m.round, c.outcome, c.settled FROM claim c"
           " JOIN matter m ON m.id = c.matter UNION ALL"
           " SELECT t.other, w.round, c.outcome, c.settled FROM tie t"
           " JOIN claim c ON c.matter = t.matter JOIN matter w ON w.id = t.other"
           " JOIN matter p ON p.id = t.matter"
           " WHERE t.relation = 1 AND t.ended_at = 0 AND (w.round = 1 OR p.state IN (0, 1, 2, 7)"
           " OR p.concluded_at >= (SELECT MAX(y.at) FROM reopening y WHERE y.matter = w.id))"
           " UNION ALL"
           " SELECT matter, round, outcome, settled FROM claim_round"));
    DO(SQL("CREATE TABLE plain_claim AS SELECT matter, round, COUNT(*) AS n,"
           " SUM(CASE WHEN outcome IN ('settled', 'settled_performed', 'resolved', 'removed',"
           " 'answered') THEN 1 ELSE 0 END) AS good,"
           " SUM(CASE WHEN outcome = 'settled_performed' THEN 1 ELSE 0 END) AS performed,"
           " SUM(CASE WHEN outcome = 'partly_settled' THEN 1 ELSE 0 END) AS part,"
           " SUM(CASE WHEN outcome IN ('failed', 'explained', 'cannot') THEN 1 ELSE 0 END) AS bad,"
           " SUM(CASE WHEN outcome = 'stopped_by_party' THEN 1 ELSE 0 END) AS stopped,"
           " SUM(CASE WHEN outcome = 'unreachable' THEN 1 ELSE 0 END) AS unreachable,"
           " SUM(CASE WHEN outcome IN ('referred', 'outside_remit', 'handed_over', 'referred_on')"
           " THEN 1 ELSE 0 END) AS sent, SUM(settled) AS fen FROM plain_end"
           " GROUP BY matter, round"));
    DO(SQL("CREATE TABLE plain_round AS SELECT id AS matter, round, concluded_at, facts"
           " FROM matter UNION ALL SELECT matter, round, concluded_at, doubts FROM reopening"));
    DO(SQL("CREATE TABLE plain_visit AS SELECT matter, round, MAX(confirmed) AS confirmed,"
           " MAX(CASE WHEN performance IN (1, 2, 3) THEN id ELSE 0 END) AS last FROM visit"
           " GROUP BY matter, round"));
    DO(SQL("CREATE INDEX plain_cell ON edition_cell (month, col, unit, row)"));
    DO(SQL("CREATE INDEX plain_claim_key ON plain_claim (matter, round)"));
    DO(SQL("CREATE INDEX plain_visit_key ON plain_visit (matter, round)"));
    DO(SQL("CREATE TABLE plain AS SELECT m.id, x.round, 20 + m.kind AS kind_row,"
           " CASE WHEN m.kind <> 0 THEN -1 WHEN m.type = '' THEN 0 ELSE CAST(m.type AS BIGINT) END"
           " AS type_row, (SELECT a.id FROM area a WHERE a.level <= 4"
           " AND SUBSTR(m.path, 1, LENGTH(a.path)) = a.path ORDER BY LENGTH(a.path) DESC LIMIT 1)"
           " AS unit, CASE WHEN x.round = 1 THEN m.accepted_at ELSE (SELECT y.at FROM reopening y"
           " WHERE y.matter = m.id AND y.round = x.round - 1) END AS accepted_at,"
           " x.concluded_at, m.source,"
           " CASE WHEN m.people > 0 THEN m.people ELSE (SELECT COUNT(*) FROM party p"
           " WHERE p.matter = m.id AND p.agent_for = 0) END AS people,"
           " CASE WHEN m.source IN ('grid', 'proactive', 'warning') THEN 'proactive'"
           " WHEN m.source IN ('counter', 'online', 'phone', 'letter', 'split', 'import')"
           " THEN 'applied' ELSE 'referred' END AS way,"
           " COALESCE((SELECT o.kind FROM org o WHERE o.id = CASE WHEN m.lead <> 0 THEN m.lead"
           " ELSE m.owner END), '') AS body, c.n, c.good, c.part, c.bad, c.stopped, c.unreachable,"
           " c.sent, c.fen, COALESCE(k.form, 0) AS form, COALESCE(k.complex, 0) AS complex,"
           " COALESCE(k.prevented, 0) AS prevented,"
           " COALESCE(k.prevented_people, 0) AS prevented_people,"
           " COALESCE(v.confirmed, 0) AS confirmed,"
           " CASE WHEN x.facts % (2 * $2) >= $2 OR x.facts % (2 * $3) >= $3"
           " OR x.facts % (2 * $4) >= $4 THEN 1 ELSE 0 END AS doubt,"
           " CASE WHEN COALESCE(v.last, 0) > 0 THEN (SELECT CASE WHEN w.performance = 1 THEN 1"
           " ELSE 0 END FROM visit w WHERE w.id = v.last) WHEN c.performed = c.n THEN 1 ELSE 0 END"
           " AS performed FROM plain_round x JOIN matter m ON m.id = x.matter"
           " LEFT JOIN plain_claim c ON c.matter = m.id AND c.round = x.round"
           " LEFT JOIN plain_visit v ON v.matter = m.id AND v.round = x.round"
           " LEFT JOIN conclusion k ON k.matter = m.id AND k.round = x.round"
           " WHERE m.source <> 'split' AND m.state <> $1 AND m.id NOT IN (SELECT t.matter"
           " FROM tie t WHERE t.relation = 0 AND t.ended_at = 0)"),
       V((int)MATTER_VOID), V(FACT_BIT(REPORTED)), V(FACT_BIT(DENIED)), V(FACT_BIT(UNREACHED)));
}

/* Rows of the month and column that differ from the edition's, in either direction. */
#define PLAIN(month_of, sum, where)                                                           \
    " (SELECT unit, row, SUM(value) AS value FROM"                                             \
    " (SELECT unit, kind_row AS row, " sum " AS value FROM plain WHERE " month_of " >= $1"      \
    " AND " month_of " < $2 AND (" where ") UNION ALL"                                         \
    " SELECT unit, type_row AS row, " sum " AS value FROM plain WHERE " month_of " >= $1"       \
    " AND " month_of " < $2 AND type_row >= 0 AND (" where ")) x GROUP BY unit, row"           \
    " HAVING SUM(value) <> 0) "
#define WRONG(month_of, sum, where)                                                           \
    "SELECT (SELECT COUNT(*) FROM" PLAIN(month_of, sum, where) "p WHERE NOT EXISTS"        \
        " (SELECT 1 FROM edition_cell c WHERE c.month = $3 AND c.unit = p.unit"                \
        " AND c.row = p.row AND c.col = $4 AND c.value = p.value))"                            \
        " + ABS((SELECT COUNT(*) FROM" PLAIN(month_of, sum, where) "q)"                        \
        " - (SELECT COUNT(*) FROM edition_cell WHERE month = $3 AND col = $4))"

#define AGREED "doubt = 0 AND n > 0 AND good + part > 0"
#define NOT_AGREED "n > 0 AND good + part = 0"
#define FIRST "round = 1 AND "
#define FROM "way = 'referred' AND source "
static const struct { enum form_col col; const char *wrong; } second[] = {
#define A(col, where) { COLUMN_##col, WRONG("accepted_at", "1", FIRST where) }
#define C(col, where) { COLUMN_##col, WRONG("concluded_at", "1", FIRST where) }
#define P(col, where) { COLUMN_##col, WRONG("concluded_at", "prevented_people", FIRST where) }
#define AGAIN(col, of, where) { COLUMN_##col, WRONG(of, "1", "round > 1 AND " where) }
    A(ACCEPTED, "1 = 1"), A(PROACTIVE, "way = 'proactive'"), A(APPLIED, "way = 'applied'"),
    A(REFERRED, "way = 'referred'"), A(WAY_UNKNOWN, "1 = 0"),
    A(FROM_COURT, FROM "= 'court'"), A(FROM_PROCURATORATE, FROM "= 'procuratorate'"),
    A(FROM_POLICE, FROM "IN ('police', 'police_110')"), A(FROM_PETITION, FROM "= 'petition'"),
    A(FROM_OTHER, FROM "NOT IN ('court', 'procuratorate', 'police', 'police_110', 'petition')"),
    A(BODY_VILLAGE, "body = 'committee.village'"), A(BODY_RESIDENTS, "body = 'committee.residents'"),
    A(BODY_TOWN, "body = 'committee.town'"), A(BODY_STREET, "body = 'committee.street'"),
    A(BODY_ENTERPRISE, "body = 'committee.enterprise'"),
    A(BODY_ASSOCIATION, "body = 'committee.association'"),
    A(BODY_OTHER, "body NOT IN ('committee.village', 'committee.residents', 'committee.town',"
                  " 'committee.street', 'committee.enterprise', 'committee.association')"),
    C(CONCLUDED, "1 = 1"), C(AGREED, AGREED), C(FAILED, NOT_AGREED " AND bad > 0"),
    C(STOPPED, NOT_AGREED " AND bad = 0 AND stopped > 0"),
    C(UNREACHABLE, NOT_AGREED " AND bad + stopped = 0 AND unreachable > 0"),
    C(SENT_ON, NOT_AGREED " AND bad + stopped + unreachable = 0 AND sent > 0"),
    C(ENDED_OTHERWISE, NOT_AGREED " AND bad + stopped + unreachable + sent = 0"),
    C(SETTLED, AGREED " AND good = n"), C(PARTLY, AGREED " AND good < n"),
    C(WRITTEN, AGREED " AND form = 1"), C(ORAL, AGREED " AND form = 2"),
    C(FORM_UNKNOWN, AGREED " AND form = 0"), C(PERFORMED, AGREED " AND performed = 1"),
    C(UNPERFORMED, AGREED " AND performed = 0"),
    { COLUMN_PEOPLE, WRONG("accepted_at", "people", "round = 1") },
    { COLUMN_AMOUNT, WRONG("concluded_at", "fen", FIRST AGREED) },
    C(UNCONFIRMED, "n > 0 AND good + part > 0 AND doubt = 1"),
    C(CONFIRMED, AGREED " AND confirmed = 1"), C(NOT_CONFIRMED, AGREED " AND confirmed = 0"),
    C(COMPLEX, "complex = 1"), C(NOT_COMPLEX, "complex = 0"),
    C(PREVENTED_CRIME, "prevented = 1"), C(PREVENTED_PETITION, "prevented = 2"),
    C(PREVENTED_FIGHT, "prevented = 3"), C(PREVENTED_SUICIDE, "prevented = 4"),
    C(PREVENTED_NOTHING, "prevented = 0"), P(CRIME_PEOPLE, "prevented = 1"),
    P(PETITION_PEOPLE, "prevented = 2"), P(SUICIDE_PEOPLE, "prevented = 4"),
    AGAIN(REOPENED, "accepted_at", "1 = 1"), AGAIN(AGAIN, "concluded_at", "1 = 1"),
    AGAIN(AGAIN_AGREED, "concluded_at", AGREED),
    AGAIN(AGAIN_OTHER, "concluded_at", "NOT (" AGREED ")"),
#undef A
#undef C
#undef P
#undef AGAIN
};

struct asking { struct db_val v[6]; int64_t n; };
static bool ask(struct req *r, void *ctx, struct err *e)
{
    struct asking *x = ctx;
    return db_int_v(r->c, e, &x->n, x->v);
}

static int64_t wrong_cells(void)
{
    int64_t wrong = 0, month = ASK(SQL("SELECT MIN(month) FROM edition"));
    int64_t last = ASK(SQL("SELECT MAX(month) FROM edition"));
    for (; month <= last; month = form_month_next(month, 1))
        for (size_t i = 0; i < COUNT(second); i++) {
            struct asking x = { { { .type = DB_SQL, .s = str_of(second[i].wrong) },
                V(stamp_of_day(form_month_first(month))),
                V(stamp_of_day(form_month_first(form_month_next(month, 1)))), V(month),
                V((int)second[i].col), { .type = DB_END } }, 0 };
            OK_INT(city_write(&town, ask, &x), ERR_OK);
            if (x.n)
                printf("# %lld %s: %lld\n", (long long)month, form_columns[second[i].col].slug,
                       (long long)x.n);
            wrong += x.n;
        }
    return wrong;
}

/* A comparison of nothing with nothing would say nothing. */
static void test_year__has_something_in_every_kind_of_column(void)
{
    static const enum form_col must[] = { COLUMN_SETTLED, COLUMN_PARTLY, COLUMN_FAILED, COLUMN_ORAL,
        COLUMN_PERFORMED, COLUMN_UNCONFIRMED, COLUMN_CONFIRMED, COLUMN_COMPLEX, COLUMN_CRIME_PEOPLE,
        COLUMN_REOPENED, COLUMN_AGAIN_AGREED, COLUMN_AGAIN_OTHER, COLUMN_BODY_TOWN };
    for (size_t i = 0; i < COUNT(must); i++)
        OK(ASK(SQL("SELECT COUNT(*) FROM edition_cell WHERE col = $1"), V((int)must[i])) > 0);
    OK(ASK(SQL("SELECT COUNT(*) FROM (SELECT DISTINCT unit FROM edition_cell) x")) >= 7);
}

static void test_year__has_every_cell_twice_the_same(void)
{
    OK(ASK(SQL("SELECT COUNT(*) FROM edition")) >= 11);
    OK(ASK(SQL("SELECT COUNT(*) FROM edition_cell")) > 1000);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM edition_cell c JOIN edition x ON x.no = c.edition"
                   " WHERE c.month <> x.month")), 0);
    make_plain();
    OK_INT(COUNT(second), FORM_COLUMNS_N);
    OK_INT(wrong_cells(), 0);
    /* the comparison can fail: one count more in one cell, one matter less in one month */
    DO(SQL("UPDATE edition_cell SET value = value + 1 WHERE edition = 3 AND col = 0 AND row = 20"
           " AND unit = (SELECT MIN(unit) FROM edition_cell WHERE edition = 3)"));
    OK(wrong_cells() > 0);
    DO(SQL("UPDATE edition_cell SET value = value - 1 WHERE edition = 3 AND col = 0 AND row = 20"
           " AND unit = (SELECT MIN(unit) FROM edition_cell WHERE edition = 3)"));
    OK_INT(wrong_cells(), 0);
}

/* The columns left out above, and every tree of columns: parts add up to the whole. */
static void test_year__adds_up(void)
{
    int64_t bad = 0;
    for (unsigned whole = 0; whole < FORM_COLUMNS_N; whole++)
        for (int by = BY_WAY; by < BY__COUNT; by++) {
            int64_t parts = 0, any = 0;
            for (unsigned c = 0; c < FORM_COLUMNS_N; c++)
                if (form_is_part((enum form_col)c, (enum form_col)whole, (enum form_by)by)) {
                    any++;
                    parts += ASK(SQL("SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT)"
                                     " FROM edition_cell WHERE col = $1"), V((int)c));
                }
            bad += any > 1 && parts != ASK(SQL("SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT)"
                                               " FROM edition_cell WHERE col = $1"), V((int)whole));
        }
    OK_INT(bad, 0);
    OK_INT(ASK(SQL("SELECT CAST(SUM(CASE WHEN row = 20 THEN value ELSE 0 END)"
                   " - SUM(CASE WHEN row < 19 THEN value ELSE 0 END) AS BIGINT)"
                   " FROM edition_cell WHERE col = 0")), 0);
}

/* Published counts that are not the sums of the exact ones. */
static int64_t told_wrongly(void)
{
    return ASK(SQL("SELECT COUNT(*) FROM edition_public p LEFT JOIN plain_sum s"
                   " ON s.edition = p.edition AND s.area = p.area AND s.row = p.row"
                   " AND s.col = p.col WHERE p.hidden = 0 AND p.row <> 24"
                   " AND p.value <> COALESCE(s.value, 0)"));
}

/* What is told is right, what is small is not told, and the sums of what is told hold. */
static void test_year__publishes_what_is_right_and_not_small(void)
{
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM edition_public WHERE hidden = 0 AND value BETWEEN 1 AND 9"
                   " AND col NOT IN ($1, $2, $3, $4, $5)"), V((int)COLUMN_PEOPLE),
               V((int)COLUMN_AMOUNT), V((int)COLUMN_CRIME_PEOPLE), V((int)COLUMN_PETITION_PEOPLE),
               V((int)COLUMN_SUICIDE_PEOPLE)), 0);
    DO(SQL("CREATE TABLE plain_sum AS SELECT c.edition, a.id AS area, c.row, c.col,"
           " SUM(c.value) AS value FROM edition_cell c"
           " JOIN edition x ON x.no = c.edition AND x.month = c.month"
           " JOIN area a ON a.level <= 4 AND SUBSTR(c.path, 1, LENGTH(a.path)) = a.path"
           " GROUP BY c.edition, a.id, c.row, c.col"));
    DO(SQL("CREATE INDEX plain_sum_key ON plain_sum (edition, area, row, col)"));
    OK(ASK(SQL("SELECT COUNT(*) FROM plain_sum")) > 1000);
    OK_INT(told_wrongly(), 0);
    DO(SQL("UPDATE edition_public SET value = value + 1 WHERE hidden = 0 AND row = 20"));
    OK(told_wrongly() > 0);
    DO(SQL("UPDATE edition_public SET value = value - 1 WHERE hidden = 0 AND row = 20"));
    int64_t told = ASK(SQL("SELECT COUNT(*) FROM edition_public WHERE hidden = 0"));
    int64_t hidden = ASK(SQL("SELECT COUNT(*) FROM edition_public WHERE hidden = 1"));
    OK(told > 0 && hidden > 0);
    printf("# %lld told, %lld left out\n", (long long)told, (long long)hidden);
}

/* How many matters the cell opens to, page by page, for who sees all of the town's. */
static int64_t opened(int64_t month, struct id area, const char *column)
{
    struct str path = text("/api/v1/editions/%lld/matters?row=dispute&column=%s&area=%lld&limit=7",
                           (long long)month, column, (long long)area.v);
    int64_t n = 0;
    for (struct str next = path; next.n;) {
        struct told t = get("dispatcher.guicheng", next);
        if (!DONE(t))
            return -1;
        n += (int64_t)((const struct list *)t.out)->n;
        next = t.r.next.n ? text("%.*s&after=%.*s", STR_ARG(path), STR_ARG(t.r.next)) : STR("");
    }
    return n;
}

/* Each column has its definition, and each count its matters. */
static void test_year__opens_every_cell(void)
{
    struct id town_area = area_of("440605011000");
    int64_t month = ASK(SQL("SELECT month FROM edition WHERE no = 6")), all = 0, missing = 0;
    struct str known = get("dispatcher.guicheng", STR("/api/v1/indicators")).json;
    for (unsigned c = 0; c < FORM_COLUMNS_N; c++) {
        const char *slug = form_columns[c].slug;
        int64_t n = ASK(SQL("SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) FROM edition_cell"
                            " WHERE edition = 6 AND unit = $1 AND row = 20 AND col = $2"),
                        V(town_area), V((int)c));
        missing += !has(known, text("\"code\":\"%s\"", slug).p);
        if (form_columns[c].measure == MEASURE_COUNT)
            OK_INT(opened(month, town_area, slug), n);
        all += n;
    }
    OK(all > 0);
    OK_INT(missing, 0);
}

static bool sequence(struct req *r, void *ctx, struct err *e)
{
    return feed_sequence(r->c, r->app->holder, 10000, ctx, e);
}

/* What each part of it took, for who tries the whole year. */
static struct stamp timed(const char *what, struct stamp since)
{
    struct stamp now = stamp_now();
    printf("# %s: %.1f s\n", what, (double)(now.ms - since.ms) / 1000);
    return now;
}

/* As town_open, with the year; returns when it was ready. */
static struct stamp year_open(int64_t matters)
{
    struct err e = { 0 };
    struct demo_report n = { 0 };
    bool more = true;
    struct stamp at = stamp_now();
    MUST(city_open(&town, &e), &e);
    town.app.routes = routes_all(&town.a, &town.app.routes_n);
    MUST(demo_load_year(&town.app, &town.a, matters, &n, &e), &e);
    OK(n.matters >= matters && !n.again);
    printf("# %lld matters, %lld actions\n", (long long)n.matters, (long long)n.moves);
    at = timed("the year went through the addresses", at);
    town_now = stamp_now();
    for (int64_t moved = 1; moved;)
        OK_INT(city_write(&town, sequence, &moved), ERR_OK);
    while (more && OK(edition_run(&town.app, &more, &e)))
        ;
    if (err_is_set(&e))
        printf("# %s %s\n", err_slug(e.id), e.detail);
    return timed("facts followed and months closed", at);
}

int main(void)
{
    const char *asked = getenv("FENGQIAO_YEAR");
    struct edition_check c = { 0 };
    struct err e = { 0 };
    struct stamp at = year_open(asked ? strtoll(asked, NULL, 10) : 400);
    test_year__has_something_in_every_kind_of_column();
    test_year__has_every_cell_twice_the_same();
    test_year__adds_up();
    test_year__publishes_what_is_right_and_not_small();
    test_year__opens_every_cell();
    at = timed("every cell counted again in SQL", at);
    OK(edition_check_all(&town.app, &c, &e) && c.editions >= 11 && c.differ == 0);
    timed("every edition made again", at);
    return town_close();
}
