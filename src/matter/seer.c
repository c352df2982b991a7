/* Who may see a matter, as its parties read it (product rule 2): bodies and staff with
 * their reason and dates, also those whose sight has ended; what was lent for a decision
 * lasts while it is waited for. Residents are not among
 * them: who else is in it or told of it is not for every party to know. */
#include "matter/seer.h"
#include "matter/matter_impl.h"

#define SEER_WHYS(X)                                                              \
    X("owner", "受理单位", "takes it in") X("lead", "主办单位", "leads it")          \
    X("assist", "协办单位", "assists") X("filer", "登记人", "filed it")             \
    X("handler", "承办人", "handles it") X("party", "当事人", "party")              \
    X("supervision", "督办单位", "supervises it") X("joined", "应邀参与", "joined")  \
    X("review", "复核单位", "reviews it") X("reported", "接收上报", "was reported to")
#define X(slug, zh, en) { slug, zh, en },
static const struct name why_v[] = { SEER_WHYS(X) };
#undef X
static const struct names seer_why_names = NAMES("seer_why", why_v);
_Static_assert(COUNT(why_v) == WHY_REPORTED + 1, "a word for each enum sight_why");

struct seer { struct str name; unsigned why; bool content; struct stamp since, until; };
static const struct field seer_fields[] = {
    FIELD(seer, name, .doc = "Body or person", .flags = PARTY, .zh = "单位或人员", .en = "Who"),
    FIELD(seer, why, .doc = "Why", .names = &seer_why_names, .flags = PARTY, .zh = "缘由",
          .en = "Why"),
    FIELD(seer, content, .doc = "What is in it; else number, kind and state only", .flags = PARTY,
          .zh = "可看内容", .en = "Its content"),
    FIELD(seer, since, .doc = "Since", .flags = PARTY, .zh = "起", .en = "Since"),
    FIELD(seer, until, .doc = "Until; none: still", .flags = PARTY, .zh = "止", .en = "Until"),
};
static const struct record seer_record = RECORD(seer, seer_fields);

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    r->sight = (struct sight){ .content = true, .party = who_may(r->who, PERM_RESIDENT) };
    return matter_reach(r, &m, e)
        && db_all(r->c, e, r->a, &seer_record, out,
            SQL("SELECT COALESCE(o.name, w.name, '') AS name, s.why,"
                " CASE WHEN s.grade >= 3 THEN 1 ELSE 0 END AS content, s.since,"
                " CASE WHEN " SIGHT_AWAITED("s.holder") " THEN 0 ELSE s.until END AS until"
                " FROM sight s JOIN matter m ON m.home = s.home AND m.id = s.matter"
                " LEFT JOIN org o ON o.home = s.home AND o.id = s.holder"
                " LEFT JOIN account w ON w.home = s.home AND w.id = s.holder"
                " WHERE s.home = $1 AND s.matter = $2 AND (w.id IS NULL OR w.kind <> $3)"
                " ORDER BY s.since, s.holder LIMIT 200"),
            V(m.home), V(m.id), V((unsigned)ACCOUNT_RESIDENT));
}

static const struct route seer_routes[] = {
    { "GET", "/api/v1/matters/{id}/sights", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .out = &seer_record, .reply = REPLY_LIST, .doc = "Who may see it, why and since when" },
    { "GET", "/api/v1/door/matters/{id}/sights", PERM_RESIDENT, ROUTE_READ, .apply = on_list,
      .out = &seer_record, .reply = REPLY_LIST, .sites = SITE_BOTH,
      .doc = "Who may see my matter, why and since when" },
};
const struct route_table seer_table = ROUTES("seer", seer_routes);
