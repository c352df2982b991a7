#include "place/committee.h"
#include "app/codebook.h"
#include "place/place_impl.h"
#include "place/roster.h"

static const struct field committee_fields[] = {
    FIELD(committee, org, .doc = "The committee", .flags = HIDDEN),
    FIELD(committee, name, .doc = "Its name", .zh = "名称", .en = "Name"),
    FIELD(committee, area_name, .doc = "Its area", .zh = "辖区", .en = "Area"),
    FIELD(committee, members, .doc = "Members today, the head among them", .zh = "委员",
          .en = "Members"),
    FIELD(committee, heads, .doc = "Heads", .zh = "主任", .en = "Heads"),
    FIELD(committee, women, .doc = "Women", .zh = "女委员", .en = "Women"),
    FIELD(committee, longest_term, .doc = "The longest term, in days", .flags = HIDDEN),
    FIELD(committee, open_terms, .doc = "Terms without an end", .flags = HIDDEN),
    FIELD(committee, term_ends, .doc = "The first term to end", .zh = "任期届满",
          .en = "Term ends"),
    FIELD(committee, fits, .doc = "Made up as the law wants", .zh = "符合规定", .en = "Fits"),
    FIELD(committee, reasons, .doc = "Why not, and what comes soon", .zh = "说明",
          .en = "Reasons"),
};
const struct record committee_record = RECORD(committee, committee_fields);

enum { SHOWN = 8, YEAR_DAYS_MOST = 366 };

/* What is found, in words; the articles are 人民调解法's. */
enum finding { FEW, MANY, NO_HEAD, HEADS, NO_WOMAN, LONG, OPEN, SOON, FINDING__COUNT };
static const struct { const char *zh, *en; bool against; } findings[FINDING__COUNT] = {
    [FEW]      = { "委员不足三人（第八条）", "fewer than three members (article 8)", true },
    [MANY]     = { "委员超过九人（第八条）", "more than nine members (article 8)", true },
    [NO_HEAD]  = { "没有主任（第八条）", "no head (article 8)", true },
    [HEADS]    = { "主任多于一人（第八条）", "more than one head (article 8)", true },
    [NO_WOMAN] = { "没有妇女委员（第八条）", "no woman among the members (article 8)", true },
    [LONG]     = { "任期超过三年（第九条）", "a term of more than three years (article 9)", true },
    [OPEN]     = { "任期没有届满日期（第九条）", "a term without an end (article 9)", true },
    [SOON]     = { "六十日内任期届满，应当改选", "a term ends within sixty days: elect anew", false },
};

static void find(const struct req *r, struct committee *x, bool is, enum finding f)
{
    if (!is)
        return;
    x->fits = x->fits && !findings[f].against;
    x->reasons.v[x->reasons.n++] = str_of(r->lang == LANG_ZH ? findings[f].zh : findings[f].en);
}

void committee_judge(const struct req *r, const struct committee_law *law, struct committee *x)
{
    int64_t today = place_today(r);
    x->fits = true;
    x->reasons = (struct strs){ arena_array(r->a, struct str, SHOWN), 0 };
    find(r, x, x->members < law->least, FEW);
    find(r, x, x->members > law->most, MANY);
    find(r, x, x->heads == 0, NO_HEAD);
    find(r, x, x->heads > 1, HEADS);
    find(r, x, x->women == 0, NO_WOMAN);
    find(r, x, x->longest_term > law->term_days, LONG);
    find(r, x, x->open_terms > 0, OPEN);
    find(r, x, x->term_ends.n && x->term_ends.n - today <= law->soon_days, SOON);
}

struct committee_query { struct id under, org; };
static const struct field committee_query_fields[] = {
    FIELD(committee_query, under, .doc = "In this area or below", .format = FORMAT_AREA,
          .zh = "辖区", .en = "Area"),
    FIELD(committee_query, org, .doc = "Only this one", .format = FORMAT_ORG, .zh = "机构",
          .en = "Body"),
};
static const struct record committee_query_record =
    RECORD(committee_query, committee_query_fields);

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct committee_query *q = r->query;
    struct area_brief under = { .path = STR("") };
    struct list *list = out;
    int64_t after;
    r->sight = SIGHT_ALL;
    if (!place_cursor(r, &after, e) || !place_need_area(r, q->under, "under", &under, e)
        || !db_all(r->c, e, r->a, &committee_record, list,
            SQL("SELECT o.id AS org, o.name, COALESCE(MAX(a.short_name), '') AS area_name,"
                " COUNT(t.id) AS members,"
                " CAST(COALESCE(SUM(CASE WHEN t.role = $7 THEN 1 ELSE 0 END), 0) AS BIGINT)"
                " AS heads, CAST(COALESCE(SUM(t.woman), 0) AS BIGINT) AS women,"
                " COALESCE(MAX(CASE WHEN t.valid_to = 0 THEN 0"
                " ELSE t.valid_to - t.valid_from END), 0) AS longest_term,"
                " CAST(COALESCE(SUM(CASE WHEN t.valid_to = 0 THEN 1 ELSE 0 END), 0) AS BIGINT)"
                " AS open_terms, COALESCE(MIN(CASE WHEN t.valid_to = 0 THEN NULL"
                " ELSE t.valid_to END), 0) AS term_ends"
                " FROM org o LEFT JOIN area a ON a.id = o.area"
                " LEFT JOIN roster t ON t.home = o.home AND t.org = o.id AND t.role IN ($7, $8)"
                " AND t.valid_from <= $4 AND (t.valid_to = 0 OR t.valid_to > $4)"
                " WHERE o.home = $1 AND o.id > $2"
                " AND (o.kind = 'committee' OR SUBSTR(o.kind, 1, 10) = 'committee.')"
                " AND o.valid_from <= $4 AND (o.valid_to = 0 OR o.valid_to > $4)"
                " AND (CAST($3 AS TEXT) = ''"
                " OR (o.path >= CAST($3 AS TEXT) AND o.path < CAST($5 AS TEXT)))"
                " AND (CAST($6 AS BIGINT) = 0 OR o.id = CAST($6 AS BIGINT))"
                " GROUP BY o.id, o.name ORDER BY o.id LIMIT $9"),
            V(r->app->home), V(after), V(under.path), V(place_today(r)),
            V(place_above(r->a, under.path)), V(q->org), V((unsigned)ROSTER_HEAD),
            V((unsigned)ROSTER_MEMBER), V(r->limit)))
        return false;
    struct committee *v = list->v;
    struct committee_law law = {
        .least = codebook_number(r->app, "committee_least", 3),
        .most = codebook_number(r->app, "committee_most", 9),
        .term_days = codebook_number(r->app, "committee_term", 3) * YEAR_DAYS_MOST,
        .soon_days = codebook_number(r->app, "committee_soon", 60),
    };
    for (size_t i = 0; i < list->n; i++)
        committee_judge(r, &law, &v[i]);
    if (list->n)
        place_next(r, list->n, v[list->n - 1].org);
    return true;
}

static const struct route committee_routes[] = {
    { "GET", "/api/v1/committees", PERM_PLACE_READ, ROUTE_READ, .apply = on_list,
      .query = &committee_query_record, .out = &committee_record, .reply = REPLY_LIST,
      .doc = "Mediation committees, and whether each is made up as the law wants" },
};
const struct route_table committee_table = ROUTES("committee", committee_routes);
