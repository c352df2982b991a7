/* message.h - a message: what was said to the parties and by them, for the file.
 * How it is carried (telephone, post, text message) is not its business. */
#ifndef MATTER_MESSAGE_H
#define MATTER_MESSAGE_H
#include "matter/party.h"

/* Kept in the database: append only. */
#define MESSAGE_KINDS(X)                                                   \
    X(REPLY, "reply", "答复", "reply") X(NOTICE, "notice", "告知", "notice") \
    X(FROM_PARTY, "from_party", "当事人来信", "from a party")
#define X(id, slug, zh, en) MESSAGE_##id,
enum message_kind { MESSAGE_KINDS(X) MESSAGE_KIND__COUNT };
#undef X
extern const struct names message_kind_names;

struct message {
    struct id id;
    unsigned kind, channel;
    struct id party;                    /* to or from one; none: all applicants */
    struct str body, author_name;
    struct stamp at;
};
extern const struct record message_record;

bool message_put(struct req *r, const struct matter *m, enum message_kind kind, struct id party,
                 enum party_channel channel, struct str body, struct err *e) MUST_CHECK;
/* Oldest first. */
bool message_list(struct req *r, struct id matter, struct list *out, struct err *e) MUST_CHECK;
extern const struct route_table message_table;
#endif
