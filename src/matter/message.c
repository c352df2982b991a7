#include "matter/message.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name kind_v[] = { MESSAGE_KINDS(X) };
#undef X
const struct names message_kind_names = NAMES("message_kind", kind_v);

static const struct field message_fields[] = {
    FIELD(message, id, .doc = "Key", .flags = HIDDEN | PARTY),
    FIELD(message, at, .doc = "When", .flags = PARTY, .zh = "时间", .en = "Time"),
    FIELD(message, kind, .doc = "What it is", .names = &message_kind_names, .flags = PARTY,
          .zh = "类别", .en = "Kind"),
    FIELD(message, body, .doc = "What was said", .flags = CONTENT | PARTY | LINES, .zh = "内容",
          .en = "Text"),
    FIELD(message, channel, .doc = "By which channel", .names = &party_channel_names,
          .flags = PARTY, .zh = "方式", .en = "Channel"),
    FIELD(message, party, .doc = "To or from whom; none: all applicants",
          .flags = HIDDEN | PARTY),
    FIELD(message, author_name, .doc = "Who wrote it down", .zh = "记录人", .en = "Written by"),
};
const struct record message_record = RECORD(message, message_fields);

bool message_put(struct req *r, const struct matter *m, enum message_kind kind, struct id party,
                 enum party_channel channel, struct str body, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO message (id, home, matter, kind, party, channel, body, author, at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
        V(id_make()), V(m->home), V(m->id), V((unsigned)kind), V(party), V((unsigned)channel),
        V(body), V(r->who->account), V(r->now));
}

bool message_list(struct req *r, struct id matter, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &message_record, out,
        SQL("SELECT x.id, x.kind, x.channel, x.party, x.body, x.at,"
            " COALESCE(a.name, '') AS author_name FROM message x"
            " LEFT JOIN account a ON a.home = x.home AND a.id = x.author"
            " WHERE x.home = $1 AND x.matter = $2 ORDER BY x.id LIMIT 500"),
        V(r->who->home), V(matter));
}

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    return matter_open(r, &m, e) && message_list(r, m.id, out, e)
        && party_show_own(r, m.id, out, PARTY_ROW(message, true), e);
}

static const struct route message_routes[] = {
    { "GET", "/api/v1/matters/{id}/messages", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .out = &message_record, .reply = REPLY_LIST,
      .doc = "What was said to the parties and by them" },
    { "GET", "/api/v1/door/matters/{id}/messages", PERM_RESIDENT, ROUTE_READ, .apply = on_list,
      .out = &message_record, .reply = REPLY_LIST, .sites = SITE_BOTH,
      .doc = "What was said in my matter" },
};
const struct route_table message_table = ROUTES("message", message_routes);
