/* Every statement on links between matters. */
#include "matter/double_impl.h"
#include "matter/link_impl.h"
#include "matter/matter_impl.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name relation_v[] = { LINK_RELATIONS(X) };
#undef X
const struct names link_relation_names = NAMES("link_relation", relation_v);

static const struct field link_fields[] = {
    FIELD(link, id, .doc = "Key", .flags = HIDDEN),
    FIELD(link, matter, .doc = "The other matter", .format = FORMAT_MATTER, .flags = HIDDEN),
    FIELD(link, relation, .doc = "How they hang together", .names = &link_relation_names,
          .zh = "关联方式", .en = "Relation"),
    FIELD(link, head, .doc = "The other heads the group", .zh = "牵头事项", .en = "Head"),
    FIELD(link, own, .doc = "A link of this matter itself, which can be ended here",
          .flags = HIDDEN),
    FIELD(link, number, .doc = "Its public number", .zh = "编号", .en = "Number"),
    FIELD(link, title, .doc = "One line", .zh = "标题", .en = "Title"),
    FIELD(link, kind, .doc = "What kind of demand it is", .names = &matter_kind_names,
          .zh = "事项类别", .en = "Kind"),
    FIELD(link, type, .doc = "Code in the kind's own list", .format = FORMAT_CODE,
          .codelist = "{kind}_type", .zh = "类型", .en = "Type"),
    FIELD(link, state, .doc = "Where it stands", .names = &matter_state_names, .zh = "状态",
          .en = "State"),
    FIELD(link, owner_name, .doc = "Body that has the procedure", .zh = "受理单位",
          .en = "Owner body"),
    FIELD(link, reason, .doc = "Why they were tied", .zh = "理由", .en = "Reason"),
    FIELD(link, made_by_name, .doc = "Who tied them", .zh = "办理人", .en = "By"),
    FIELD(link, made_at, .doc = "When", .zh = "关联时间", .en = "Since"),
};
const struct record link_record = RECORD(link, link_fields);

/* From both sides, and the other members of the group it is in. */
bool link_db_page(struct req *r, struct id matter, struct id after, int64_t limit,
                  struct list *out, struct err *e)
{
    struct double_holders h = double_holders_of(r->who);
    return db_all(r->c, e, r->a, &link_record, out,
        SQL("SELECT x.id, x.other AS matter, x.relation, x.head, x.own, x.reason, x.made_at,"
            " COALESCE(c.name, '') AS made_by_name, m.number, m.title, m.type, m.kind, m.state,"
            " COALESCE(o.short_name, '') AS owner_name FROM"
            " (SELECT id, other, relation, CASE WHEN relation = 2 THEN 1 ELSE 0 END AS head,"
            " 1 AS own, reason, made_by, made_at FROM link"
            " WHERE home = $1 AND matter = $2 AND ended_at = 0"
            " UNION ALL SELECT id, matter, relation, 0, 1, reason, made_by, made_at FROM link"
            " WHERE home = $1 AND other = $2 AND ended_at = 0"
            " UNION ALL SELECT s.id, s.matter, s.relation, 0, 0, s.reason, s.made_by, s.made_at"
            " FROM link k JOIN link s ON s.home = $1 AND s.other = k.other AND s.relation = 2"
            " AND s.ended_at = 0 AND s.matter <> $2"
            " WHERE k.home = $1 AND k.matter = $2 AND k.relation = 2 AND k.ended_at = 0) x"
            " JOIN matter m ON m.home = $1 AND m.id = x.other"
            " LEFT JOIN org o ON o.home = $1 AND o.id = m.owner"
            " LEFT JOIN account c ON c.home = $1 AND c.id = x.made_by"
            " WHERE x.id > $3 AND EXISTS (SELECT 1 FROM sight s WHERE s.home = $1"
            " AND s.holder IN ($4, $5) AND s.matter = m.id AND s.grade = 3 AND s.since <= $6"
            " AND (s.until = 0 OR s.until > $6) AND " SIGHT_IN_POST("s", "$7") ")"
            " ORDER BY x.id LIMIT $8"),
        V(r->who->home), V(matter), V(after), V(h.v[0]), V(h.v[1]), V(r->now),
        V(who_holder(r->who)), V(limit));
}

bool link_db_insert(struct req *r, struct id link, struct id matter, struct id other,
                    enum link_relation relation, struct str reason, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO link (id, home, matter, other, relation, reason, made_by, made_at,"
            " ended_by, ended_at, end_reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, '')"),
        V(link), V(r->who->home), V(matter), V(other), V((unsigned)relation), V(reason),
        V(r->who->account), V(r->now));
}

bool link_db_holds(struct req *r, struct id matter, struct id other, enum link_relation relation,
                   bool *holds, struct err *e)
{
    int64_t one = 0;
    bool ok = db_int(r->c, e, &one,
        SQL("SELECT 1 FROM link WHERE home = $1 AND matter = $2 AND other = $3 AND relation = $4"
            " AND ended_at = 0"), V(r->who->home), V(matter), V(other), V((unsigned)relation));
    *holds = one;
    return ok;
}

bool link_db_end(struct req *r, struct id link, struct str reason, struct err *e)
{
    int64_t changed = 0;
    return db_exec(r->c, e, &changed,
        SQL("UPDATE link SET ended_by = $3, ended_at = $4, end_reason = $5"
            " WHERE home = $1 AND id = $2 AND ended_at = 0"),
        V(r->who->home), V(link), V(r->who->account), V(r->now), V(reason))
        && (changed == 1 || err_set(e, ERR_NOT_FOUND));
}

bool link_db_head(struct req *r, struct id matter, struct id *head, struct err *e)
{
    *head = ID_NONE;
    return db_int(r->c, e, &head->v,
        SQL("SELECT other FROM link WHERE home = $1 AND matter = $2 AND relation = 2"
            " AND ended_at = 0"), V(r->who->home), V(matter));
}

bool link_db_heads(struct req *r, struct id matter, bool *heads, struct err *e)
{
    int64_t one = 0;
    bool ok = db_int(r->c, e, &one,
        SQL("SELECT 1 FROM link WHERE home = $1 AND other = $2 AND relation = 2 AND ended_at = 0"
            " LIMIT 1"), V(r->who->home), V(matter));
    *heads = one;
    return ok;
}
