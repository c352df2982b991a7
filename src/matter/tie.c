#include "matter/tie.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name relation_v[] = { TIE_RELATIONS(X) };
#undef X
static const struct names tie_relation_names = NAMES("tie_relation", relation_v);

bool tie_make(struct req *r, const struct matter *m, struct id other, enum tie_relation relation,
              enum matter_state was, struct str reason, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO tie (id, home, matter, other, relation, was, reason, made_by, made_at,"
            " ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)"),
        V(id_make()), V(m->home), V(m->id), V(other), V((unsigned)relation), V((unsigned)was),
        V(reason), V(r->who->account), V(r->now));
}

bool tie_count(struct req *r, const struct matter *head, enum tie_relation relation,
               int64_t *out, struct err *e)
{
    return db_int(r->c, e, out,
        SQL("SELECT COUNT(*) FROM tie WHERE home = $1 AND other = $2 AND relation = $3"
            " AND ended_at = 0"), V(head->home), V(head->id), V((unsigned)relation));
}

/* One tie as one of its sides sees it. */
struct tie {
    struct id matter;                   /* the other side */
    unsigned relation, state;
    int64_t round;
    struct fen settled;
    bool head;                          /* the other side is the head, or the whole */
    struct str number, title, reason;
    struct stamp concluded_at, made_at, ended_at;
};
static const struct field tie_fields[] = {
    FIELD(tie, matter, .doc = "The other side", .format = FORMAT_MATTER,
          .flags = HIDDEN | PARTY),
    FIELD(tie, relation, .doc = "How they belong together", .names = &tie_relation_names,
          .flags = PARTY, .zh = "关系", .en = "Relation"),
    FIELD(tie, head, .doc = "The other side is the head, or the whole", .flags = PARTY,
          .zh = "对方为主", .en = "Other is the head"),
    FIELD(tie, number, .doc = "Its public number", .flags = PARTY, .zh = "编号", .en = "Number"),
    FIELD(tie, title, .doc = "One line", .flags = CONTENT | PARTY, .zh = "标题", .en = "Title"),
    FIELD(tie, state, .doc = "Where it stands", .names = &matter_state_names, .flags = PARTY,
          .zh = "状态", .en = "State"),
    FIELD(tie, round, .doc = "Its round: 1, grows with each reopening", .flags = PARTY,
          .zh = "轮次", .en = "Round"),
    FIELD(tie, concluded_at, .doc = "When its present round was concluded", .flags = PARTY,
          .zh = "出结果时间", .en = "Concluded"),
    FIELD(tie, settled, .doc = "How much was agreed in it", .flags = CONTENT | PARTY,
          .zh = "协议金额", .en = "Agreed"),
    FIELD(tie, reason, .doc = "Why", .flags = CONTENT | PARTY, .zh = "理由", .en = "Reason"),
    FIELD(tie, made_at, .doc = "Since when", .flags = PARTY, .zh = "时间", .en = "Since"),
    FIELD(tie, ended_at, .doc = "When it was undone", .flags = PARTY, .zh = "撤销时间",
          .en = "Undone"),
};
static const struct record tie_record = RECORD(tie, tie_fields);

/* Of the other sides only those whose content the reader may open. */
static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    return matter_open(r, &m, e)
        && db_all(r->c, e, r->a, &tie_record, out,
            SQL("SELECT t.side AS matter, t.head, t.relation, t.reason, t.made_at, t.ended_at,"
                " m.number, m.title, m.state, m.round, m.concluded_at, (SELECT"
                " CAST(COALESCE(SUM(c.settled), 0) AS BIGINT) FROM claim c WHERE c.home = $1"
                " AND c.matter = t.side) AS settled FROM"
                " (SELECT id, other AS side, 1 AS head, relation, reason, made_at, ended_at"
                " FROM tie WHERE home = $1 AND matter = $2"
                " UNION ALL SELECT id, matter AS side, 0 AS head, relation, reason, made_at,"
                " ended_at FROM tie WHERE home = $1 AND other = $2) t"
                " JOIN matter m ON m.home = $1 AND m.id = t.side"
                " WHERE EXISTS (SELECT 1 FROM sight s WHERE s.home = $1 AND s.matter = t.side"
                " AND s.holder IN ($3, $4) AND s.grade = 3 AND s.since <= $5"
                " AND (s.until = 0 OR s.until > $5)) ORDER BY t.id LIMIT 100"),
            V(m.home), V(m.id), V(r->who->account), V(who_holder(r->who)), V(r->now));
}

static const struct route tie_routes[] = {
    { "GET", "/api/v1/matters/{id}/ties", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .out = &tie_record, .reply = REPLY_LIST,
      .doc = "What was merged into it, what it was merged into, its parts and its whole" },
    { "GET", "/api/v1/door/matters/{id}/ties", PERM_RESIDENT, ROUTE_READ, .apply = on_list,
      .out = &tie_record, .reply = REPLY_LIST, .sites = SITE_BOTH,
      .doc = "What my matter became one with, or was parted into" },
};
const struct route_table tie_table = ROUTES("tie", tie_routes);
