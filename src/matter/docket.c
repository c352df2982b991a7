#include "matter/docket.h"
#include "app/codebook.h"

struct committee_row { struct str kind, short_name, label; };
static const struct field committee_row_fields[] = {
    FIELD(committee_row, kind, .doc = "Kind of body"),
    FIELD(committee_row, short_name, .doc = "As people say it"),
    FIELD(committee_row, label, .doc = "The number it gave before"),
};
static const struct record committee_row_record = RECORD(committee_row, committee_row_fields);

struct str docket_word(struct str short_name)
{
    static const char *const tails[] = { "人民调解委员会", "调解委员会", "调委会", "调委" };
    for (size_t i = 0; i < COUNT(tails); i++) {
        struct str tail = str_of(tails[i]);
        if (short_name.n > tail.n && str_ends(short_name, tail))
            return str_sub(short_name, 0, short_name.n - tail.n);
    }
    return short_name;
}

/* The counter's row is the lock of the committee's year: two who accept at once take
 * turns, and a number whose transaction fails is the next one's. */
static bool count_on(struct req *r, const struct matter *m, struct id org, int year,
                     int64_t *no, struct err *e)
{
    struct str name = arena_printf(r->a, "docket:%lld:%d", (long long)org.v, year);
    return db_int(r->c, e, no,
        SQL("INSERT INTO counter (home, name, value) VALUES ($1, $2, 1)"
            " ON CONFLICT (home, name) DO UPDATE SET value = counter.value + 1"
            " RETURNING value"), V(m->home), V(name));
}

static bool put(struct req *r, struct matter *m, struct id org, struct str word,
                struct stamp at, struct err *e)
{
    int year = civil_of_day(day_of_stamp(at)).year;
    int64_t no = 0;
    if (!count_on(r, m, org, year, &no, e))
        return false;
    m->docket = arena_printf(r->a, "〔%d〕%.*s人调字第%lld号", year, STR_ARG(word), (long long)no);
    return db_exec(r->c, e, NULL,
            SQL("INSERT INTO docket (id, home, org, year, no, matter, label, given_at, voided_at,"
                " reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, '')"),
            V(id_make()), V(m->home), V(org), V((int64_t)year), V(no), V(m->id), V(m->docket),
            V(at))
        && db_exec(r->c, e, NULL,
            SQL("UPDATE matter SET docket = $3 WHERE home = $1 AND id = $2"), V(m->home),
            V(m->id), V(m->docket));
}

bool docket_give(struct req *r, struct matter *m, struct id org, struct stamp at, struct err *e)
{
    struct committee_row x = { 0 };
    bool found;
    if (!db_maybe(r->c, e, r->a, &committee_row_record, &x, &found,
            SQL("SELECT o.kind, o.short_name, COALESCE(d.label, '') AS label FROM org o"
                " LEFT JOIN docket d ON d.home = o.home AND d.matter = $3 AND d.org = o.id"
                " WHERE o.home = $1 AND o.id = $2"), V(m->home), V(org), V(m->id)))
        return false;
    if (!found || x.label.n || !codebook_under(r->app, STR("org_kind"), x.kind, STR("committee")))
        return true;
    return put(r, m, org, docket_word(x.short_name), at, e);
}

bool docket_void(struct req *r, const struct matter *m, struct str reason, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE docket SET voided_at = $3, reason = $4 WHERE home = $1 AND matter = $2"
            " AND voided_at = 0"), V(m->home), V(m->id), V(r->now), V(reason));
}

/* ---- the register ---- */

struct docket {
    int64_t no;
    struct str label, number, title, reason;
    struct id matter;
    unsigned state;
    struct stamp given_at, voided_at;
};
static const struct field docket_fields[] = {
    FIELD(docket, no, .doc = "Number in the year", .zh = "序号", .en = "No."),
    FIELD(docket, label, .doc = "Case number", .zh = "案号", .en = "Case number"),
    FIELD(docket, number, .doc = "Public number of the matter", .zh = "编号", .en = "Number"),
    FIELD(docket, matter, .doc = "The matter", .format = FORMAT_MATTER, .flags = HIDDEN),
    FIELD(docket, title, .doc = "One line", .flags = CONTENT, .zh = "标题", .en = "Title"),
    FIELD(docket, state, .doc = "Where it stands", .names = &matter_state_names, .zh = "状态",
          .en = "State"),
    FIELD(docket, given_at, .doc = "When it was accepted", .zh = "受理时间", .en = "Accepted"),
    FIELD(docket, voided_at, .doc = "When it became void", .zh = "作废时间", .en = "Void since"),
    FIELD(docket, reason, .doc = "Why it is void", .flags = CONTENT, .zh = "作废原因",
          .en = "Why void"),
};
static const struct record docket_record = RECORD(docket, docket_fields);

struct docket_query { struct id org; int64_t year; };
static const struct field docket_query_fields[] = {
    FIELD(docket_query, org, .doc = "The committee; my own body when not sent",
          .format = FORMAT_ORG, .zh = "调解组织", .en = "Committee"),
    FIELD(docket_query, year, .doc = "Calendar year; this one when not sent", .min = 0,
          .max = 9999, .zh = "年度", .en = "Year"),
};
static const struct record docket_query_record = RECORD(docket_query, docket_query_fields);

/* A register is its committee's own: what another body holds is not found. A number stays
 * in it after the body's sight has ended; what it was about does not. */
static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct docket_query *q = r->query;
    int64_t year = q->year ? q->year : civil_of_day(day_of_stamp(r->now)).year, after = 0;
    struct list *list = out;
    if (r->cursor.n && !str_to_i64(r->cursor, &after))
        return err_field(e, ERR_BAD_CURSOR, "after");
    if (role_reach((enum role)r->who->role) == REACH_OWN
        || (q->org.v && q->org.v != r->who->org.v))
        return err_set(e, ERR_NOT_FOUND);
    r->sight.content = role_reach((enum role)r->who->role) != REACH_BELOW;
    if (!db_all(r->c, e, r->a, &docket_record, list,
            SQL("SELECT d.no, d.label, d.matter, d.given_at, d.voided_at, d.reason, m.number,"
                " CASE WHEN EXISTS (SELECT 1 FROM sight s WHERE s.home = d.home"
                " AND s.holder = d.org AND s.matter = d.matter AND s.grade = 3"
                " AND (s.until = 0 OR s.until > $6)) THEN m.title ELSE '' END AS title,"
                " m.state FROM docket d JOIN matter m ON m.home = d.home"
                " AND m.id = d.matter WHERE d.home = $1 AND d.org = $2 AND d.year = $3"
                " AND d.no > $4 ORDER BY d.no LIMIT $5"),
            V(r->who->home), V(r->who->org), V(year), V(after), V(r->limit), V(r->now)))
        return false;
    const struct docket *v = list->v;
    if (list->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld", (long long)v[list->n - 1].no);
    return true;
}

static const struct route docket_routes[] = {
    { "GET", "/api/v1/dockets", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .query = &docket_query_record, .out = &docket_record, .reply = REPLY_LIST,
      .doc = "The register of case numbers of my committee, void ones explained" },
};
const struct route_table docket_table = ROUTES("docket", docket_routes);
