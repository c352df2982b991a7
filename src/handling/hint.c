#include "handling/hint.h"
#include "matter/assignment.h"
#include "place/roster.h"

enum { HINTS = 8, LOAD_FULL = 40, REASONS = 8 };

static const struct field hint_fields[] = {
    FIELD(hint, org, .doc = "Body", .flags = HIDDEN),
    FIELD(hint, name, .doc = "Its name", .zh = "单位", .en = "Body"),
    FIELD(hint, kind, .doc = "Kind of body", .format = FORMAT_CODE, .codelist = "org_kind",
          .zh = "单位类别", .en = "Kind of body"),
    FIELD(hint, points, .doc = "Sum of the reasons", .zh = "分值", .en = "Points"),
    FIELD(hint, load, .doc = "Assignments in hand", .zh = "在办", .en = "In hand"),
    FIELD(hint, reasons, .doc = "Why, in words", .zh = "理由", .en = "Reasons"),
};
const struct record hint_record = RECORD(hint, hint_fields);

struct candidate {
    struct id org;
    struct str name, kind, path, type, source;
    int64_t rank, load;
    bool on_duty, empty, refused, party;
};
static const struct field candidate_fields[] = {
    FIELD(candidate, org, .doc = "Body"), FIELD(candidate, name, .doc = "Its name"),
    FIELD(candidate, kind, .doc = "Kind"), FIELD(candidate, path, .doc = "Area it covers"),
    FIELD(candidate, type, .doc = "Type it is for"), FIELD(candidate, source, .doc = "Why"),
    FIELD(candidate, rank, .doc = "Order"), FIELD(candidate, load, .doc = "In hand"),
    FIELD(candidate, on_duty, .doc = "On duty today"),
    FIELD(candidate, empty, .doc = "Nobody is there today"),
    FIELD(candidate, refused, .doc = "Objected to this matter before, or gave it back"),
    FIELD(candidate, party, .doc = "Is a party to it"),
};
static const struct record candidate_record = RECORD(candidate, candidate_fields);

/* "/1/12/345/" -> "/1/", "/1/12/", "/1/12/345/": the areas above a place, at
 * most six, as parameters of one statement. */
static size_t ancestors(struct str path, struct str out[6])
{
    size_t n = 0;
    for (size_t i = path.n; i-- > 1 && n < 6;)
        if (path.p[i] == '/')
            out[n++] = str_sub(path, 0, i + 1);
    for (size_t i = n; i < 6; i++)
        out[i] = STR("");
    return n;
}

static bool find(struct req *r, const struct matter *m, struct list *out, struct err *e)
{
    struct str up[6];
    int64_t today = day_of_stamp(r->now).n;
    ancestors(m->path, up);
    return db_all(r->c, e, r->a, &candidate_record, out,
        SQL("SELECT c.org, o.name, o.kind, c.path, c.type, c.source, c.rank,"
            " o.open_load AS load,"
            " CASE WHEN EXISTS (SELECT 1 FROM roster t WHERE t.home = c.home AND t.org = c.org"
            " AND t.role = $11 AND t.valid_from <= $10 AND t.valid_to > $10)"
            " THEN 1 ELSE 0 END AS on_duty,"
            " CASE WHEN EXISTS (SELECT 1 FROM post p WHERE p.home = c.home AND p.org = c.org"
            " AND p.valid_from <= $10 AND (p.valid_to = 0 OR p.valid_to > $10)"
            " AND (p.absent_from = 0 OR p.absent_from > $10 OR p.absent_to <= $10))"
            " THEN 0 ELSE 1 END AS empty,"
            " CASE WHEN EXISTS (SELECT 1 FROM assignment s WHERE s.home = c.home"
            " AND s.matter = $12 AND s.org = c.org AND s.state IN ($13, $14))"
            " THEN 1 ELSE 0 END AS refused,"
            " CASE WHEN EXISTS (SELECT 1 FROM party q WHERE q.home = c.home"
            " AND q.matter = $12 AND q.left_at = 0 AND q.name = o.name)"
            " THEN 1 ELSE 0 END AS party"
            " FROM competence c JOIN org o ON o.home = c.home AND o.id = c.org"
            " WHERE c.home = $1 AND c.kind IN ($2, '*') AND c.type IN ($3, '*') AND c.part = 0"
            " AND c.path IN ($4, $5, $6, $7, $8, $9)"
            " AND c.valid_from <= $10 AND (c.valid_to = 0 OR c.valid_to > $10)"
            " AND o.valid_from <= $10 AND (o.valid_to = 0 OR o.valid_to > $10)"
            " ORDER BY c.rank, c.org LIMIT 200"),
        V(m->home), V(str_of(matter_kind_names.v[m->kind].slug)), V(m->type), V(up[0]),
        V(up[1]), V(up[2]), V(up[3]), V(up[4]), V(up[5]), V(today), V((unsigned)ROSTER_ON_DUTY),
        V(m->id), V((unsigned)ASSIGNMENT_OBJECTED), V((unsigned)ASSIGNMENT_RETURNED));
}

static size_t depth(struct str path)
{
    size_t n = 0;
    for (size_t i = 0; i < path.n; i++)
        n += path.p[i] == '/';
    return n;
}

static void reason(struct req *r, struct hint *h, int64_t points, const char *zh, const char *en)
{
    h->points += points;
    h->reasons.v[h->reasons.n++] =
        arena_printf(r->a, "%s（%+lld）", r->lang == LANG_ZH ? zh : en, (long long)points);
}

static struct hint weigh(struct req *r, const struct matter *m, const struct candidate *c)
{
    struct hint h = { .org = c->org, .name = c->name, .kind = c->kind, .load = c->load };
    h.reasons.v = arena_array(r->a, struct str, REASONS);
    bool named = !str_is(c->type, "*");
    reason(r, &h, named ? 40 : 20, named ? "主管该类事项" : "受理各类事项",
           named ? "competent for this type" : "takes every type");
    size_t away = depth(m->path) - depth(c->path);
    if (away == 0)
        reason(r, &h, 30, "就在本辖区", "in the same area");
    else if (away <= 2)
        reason(r, &h, away == 1 ? 20 : 10, away == 1 ? "上一级辖区" : "上两级辖区",
               away == 1 ? "one level above" : "two levels above");
    int64_t room = c->load >= LOAD_FULL ? 0 : 20 - c->load * 20 / LOAD_FULL;
    if (room > 0)
        reason(r, &h, room, "在办较少", "few in hand");
    if (c->on_duty)
        reason(r, &h, 10, "今日值班", "on duty today");
    if (c->empty)
        reason(r, &h, -30, "今日无人在岗", "nobody is there today");
    if (c->refused)
        reason(r, &h, -20, "曾对本事项提出异议或退回", "objected to it or gave it back before");
    if (c->party)
        reason(r, &h, -60, "是本事项当事人", "is itself a party to it");
    if (c->source.n)
        h.reasons.v[h.reasons.n++] = c->source;
    return h;
}

static int by_points(const void *a, const void *b)
{
    const struct hint *x = a, *y = b;
    if (x->points != y->points)
        return x->points < y->points ? 1 : -1;
    return (x->org.v > y->org.v) - (x->org.v < y->org.v);
}

/* A body stands once, with its best reasons. */
static size_t unique(struct hint *v, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        bool seen = false;
        for (size_t k = 0; k < kept; k++)
            seen |= v[k].org.v == v[i].org.v;
        if (!seen)
            v[kept++] = v[i];
    }
    return kept;
}

bool hint_list(struct req *r, const struct matter *m, struct list *out, struct err *e)
{
    struct list found;
    if (!find(r, m, &found, e))
        return false;
    const struct candidate *c = found.v;
    struct hint *v = arena_array(r->a, struct hint, found.n);
    for (size_t i = 0; i < found.n; i++)
        v[i] = weigh(r, m, &c[i]);
    if (found.n)
        qsort(v, found.n, sizeof *v, by_points);
    *out = (struct list){ v, MIN(unique(v, found.n), (size_t)HINTS) };
    return true;
}
