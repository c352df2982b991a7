/* outbox.h - messages on their way out: written in the transaction of what they
 * tell of, sent later by a chore, so that none is sent of what did not happen.
 *
 * Target and text rest sealed. A text message leaves by a program of the
 * installation (sms_command), an e-mail by its server (smtp_url); without one the
 * messages stay here, where a demonstration shows them. A message is sent at least
 * once: when an answer is lost it is sent again, an e-mail with the same
 * Message-ID. What failed for good stays, and may be sent again by hand. */
#ifndef APP_OUTBOX_H
#define APP_OUTBOX_H
#include "app/app.h"

#define OUTBOX_STATES(X)                                                          \
    X(WAITING, "waiting", "待发送", "waiting") X(SENT, "sent", "已发送", "sent")   \
    X(FAILED, "failed", "发送失败", "failed")
#define X(id, slug, zh, en) OUTBOX_##id,
enum outbox_state { OUTBOX_STATES(X) OUTBOX_STATE__COUNT };
#undef X
extern const struct names outbox_state_names;

enum { OUTBOX_BODY_MAX = 2000, OUTBOX_SUBJECT_MAX = 200, OUTBOX_TRIES_MAX = 8 };

struct outbox_message {
    struct id id;
    struct str ref;                     /* of one ref only the first is kept; empty: no ref */
    struct str channel;                 /* sms, email */
    struct str target;                  /* telephone number or address, in clear */
    struct str template, subject, body; /* subject: of an e-mail */
    unsigned state;
    int64_t tries;
    struct str error;                   /* why the last try failed */
    struct id account, matter;          /* whom and what it is about; none */
    int64_t good_ms;                    /* worth nothing when this old; 0: two days */
    struct stamp created_at, good_until, sent_at;
};
extern const struct record outbox_message_record;   /* as the demonstration shows it */

/* Inside a write: ref, channel, target, template, subject, body, account, matter,
 * good_ms. A body over OUTBOX_BODY_MAX bytes is cut at a character. */
bool outbox_send(struct req *r, const struct outbox_message *m, struct err *e) MUST_CHECK;
/* The newest fifty, opened: for the demonstration only. */
bool outbox_list(struct req *r, struct list *out, struct err *e) MUST_CHECK;
/* Those of a state before an id (none: from the newest), newest first; only the
 * target is opened, and masked. */
bool outbox_page(struct req *r, enum outbox_state state, struct id before, struct list *out,
                 struct err *e) MUST_CHECK;
/* Tries a failed one anew from the beginning; journalled. ERR_NOT_FOUND;
 * ERR_WRONG_STATE when it did not fail, or held a code. */
bool outbox_again(struct req *r, struct id id, struct err *e) MUST_CHECK;
/* 138****5678 or w***@example.org, by the channel. */
struct str outbox_mask(struct arena *a, const struct outbox_message *m);
/* How long to wait after the tries-th failure: twice as long each time from one
 * minute to four hours, and up to a quarter more by dice (0 … 255), so that what
 * failed together does not come together again. */
int64_t outbox_wait_ms(int64_t tries, unsigned dice);
/* A chore: sends one waiting message of a channel that has a sender. Leased and
 * fenced: of several processes one sends it at a time, and one that was asleep for
 * too long changes nothing any more. */
bool outbox_run(struct app *app, bool *more, struct err *e) MUST_CHECK;

/* Runs the program of command (a path and arguments parted by blanks, no shell)
 * with text on its standard input. False when it cannot be started, fails, or is
 * not done within timeout_ms (then it is killed). */
bool outbox_pipe(struct str command, struct str text, int64_t timeout_ms) MUST_CHECK;
/* The row's sealed columns, for the files of this group. */
bool outbox_open(struct req *r, struct outbox_message *m, struct err *e) MUST_CHECK;
#endif
