/* outbox.h - messages on their way out: written in the transaction of what they
 * tell of, sent later by a chore, so that none is sent of what did not happen.
 *
 * Target and text rest sealed. The sender is a program of the installation
 * (sms_command); without one the messages stay here, where a demonstration
 * shows them. */
#ifndef APP_OUTBOX_H
#define APP_OUTBOX_H
#include "app/app.h"

#define OUTBOX_STATES(X)                                                          \
    X(WAITING, "waiting", "待发送", "waiting") X(SENT, "sent", "已发送", "sent")   \
    X(FAILED, "failed", "发送失败", "failed")
#define X(id, slug, zh, en) OUTBOX_##id,
enum outbox_state { OUTBOX_STATES(X) OUTBOX_STATE__COUNT };
#undef X

enum { OUTBOX_BODY_MAX = 1000, OUTBOX_TRIES_MAX = 6 };

struct outbox_message {
    struct id id;
    struct str channel;                 /* sms */
    struct str target;                  /* telephone number, in clear */
    struct str template, body;
    unsigned state;
    int64_t tries;
    struct id account, matter;          /* whom and what it is about; none */
    int64_t good_ms;                    /* worth nothing when this old; 0: two days */
    struct stamp created_at, good_until;
};
extern const struct record outbox_message_record;   /* as the demonstration shows it */

/* Inside a write: channel, target, template, body, account, matter, good_ms. A body
 * over OUTBOX_BODY_MAX bytes is cut at a character. */
bool outbox_send(struct req *r, const struct outbox_message *m, struct err *e) MUST_CHECK;
/* The newest fifty, opened: for the demonstration only. */
bool outbox_list(struct req *r, struct list *out, struct err *e) MUST_CHECK;
/* How long to wait after the tries-th failure. */
int64_t outbox_wait_ms(int64_t tries);
/* A chore: sends one waiting message through sms_command. Leased: several
 * processes never send one message twice at a time. */
bool outbox_run(struct app *app, bool *more, struct err *e) MUST_CHECK;

/* Runs the program of command (a path and arguments parted by blanks, no shell)
 * with text on its standard input. False when it cannot be started, fails, or is
 * not done within timeout_ms (then it is killed). */
bool outbox_pipe(struct str command, struct str text, int64_t timeout_ms) MUST_CHECK;
#endif
