/* notice.h - a notice 通知: that somebody is told of an event, by a rule that is
 * data (rules/notices.csv), in the own list and, as the rule and the reader say,
 * by text message or e-mail.
 *
 * A notice tells a number, a sentence and a time, nothing else of a matter: no
 * name, no telephone, no address, no story. A notice about a matter with danger
 * leaves the house only in words that tell nothing (product.md rule 5). What was
 * read in the list before it left does not leave any more. */
#ifndef APP_NOTICE_H
#define APP_NOTICE_H
#include "app/app.h"
#include "app/codebook.h"

/* Kept in the database: append only. */
#define NOTICE_CLASSES(X)                                                       \
    X(WORK, "work", "工作", "work") X(CLOCK, "clock", "时限", "time limits")     \
    X(APPROVAL, "approval", "审批", "approvals")                                 \
    X(PROGRESS, "progress", "我的事项", "my matters")                            \
    X(TASK, "task", "任务", "tasks") X(DANGER, "danger", "风险", "danger")
#define NOTICE_PACES(X)                                                         \
    X(BY_RULE, "by_rule", "按规则", "by the rule")                               \
    X(AT_ONCE, "at_once", "立即", "at once") X(DIGEST, "digest", "汇总", "in a digest")
/* Who is told, from what is known of the matter and the event. */
#define NOTICE_TOS(X)                                                           \
    X(LEAD, "lead") X(HANDLER, "handler") X(INTAKE, "intake")                    \
    X(DISPATCHER, "dispatcher") X(APPROVER, "approver") X(REVIEWER, "reviewer")  \
    X(HOLDER, "holder") X(ABOVE, "above") X(APPLICANT, "applicant")              \
    X(PARTY, "party") X(ASSIGNEE, "assignee") X(MAKER, "maker")
#define X(id, slug, zh, en) NOTICE_##id,
enum notice_class { NOTICE_CLASSES(X) NOTICE_CLASS__COUNT };
#undef X
#define X(id, slug, zh, en) PACE_##id,
enum notice_pace { NOTICE_PACES(X) NOTICE_PACE__COUNT };
#undef X
#define X(id, slug) TO_##id,
enum notice_to { NOTICE_TOS(X) NOTICE_TO__COUNT };
#undef X
extern const struct names notice_class_names, notice_pace_names;
enum { MEDIUM_SMS = 1, MEDIUM_EMAIL = 2 };

/* ---- rules ---- */

enum notice_only { ONLY_ALL, ONLY_DANGER, ONLY_CALM };
struct notice_rule {
    struct str code, event, zh, en;
    enum notice_to to;
    enum notice_class class;
    enum notice_only only;
    unsigned media;
    bool digest, urgent;
    bool task;                          /* whom no message reaches is told by a person */
};
/* A code of the list "notice" taken apart. ERR_BAD_VALUE with the column, also for
 * words with other braces than {number}, {what}, {due}. */
bool notice_rule_parse(const struct code_entry *x, struct arena *a, struct notice_rule *out,
                       struct err *e) MUST_CHECK;
/* The rules of today in their order, taken apart when the book was read; one that cannot be
 * is left out (a change of rules refuses it). Borrowed, as all that is in the book. */
struct list notice_rules(const struct app *app);
/* The words with their places filled; due none: "not set". */
struct notice_words { struct str number, what; struct stamp due; };
struct str notice_text(struct arena *a, const struct notice_rule *x, enum lang lang,
                       const struct notice_words *w);

/* ---- notices ---- */

struct notice {
    struct id id;
    struct id account, party, matter, task;
    struct str cause, rule;
    unsigned class;
    struct str text;
    int64_t media;
    bool digest, urgent, neutral;
    struct stamp send_at, created_at, read_at;
};
extern const struct record notice_record;

/* Inside a write: account or party, matter, task, cause, rule, class, text, media,
 * digest, urgent, neutral as the rule says; the account's choices are applied here.
 * The same cause, rule and reader again changes nothing; *added (may be NULL) tells. */
bool notice_add(struct req *r, const struct notice *n, bool *added, struct err *e) MUST_CHECK;
/* The reader's own, newest first, before the cursor. */
bool notice_list(struct req *r, bool unread, struct list *out, struct err *e) MUST_CHECK;
enum { NOTICE_COUNT_MAX = 100 };
/* How many are unread, counted to NOTICE_COUNT_MAX. */
bool notice_unread(struct req *r, int64_t *n, struct err *e) MUST_CHECK;
/* Marks one of the own as read. ERR_NOT_FOUND. */
bool notice_read(struct req *r, struct id id, struct err *e) MUST_CHECK;
/* Marks the own up to that one. */
bool notice_read_to(struct req *r, struct id to, struct err *e) MUST_CHECK;
/* A chore: what is due goes into the outbox, a reader's digest as one message. */
bool notice_send(struct app *app, bool *more, struct err *e) MUST_CHECK;

/* ---- when ---- */

struct notice_hours { int64_t quiet_from, quiet_to, digest_1, digest_2; };  /* minutes of a day */
#define NOTICE_HOURS_PRESET ((struct notice_hours){ 21 * 60, 8 * 60, 8 * 60 + 30, 14 * 60 + 30 })
/* When a notice made now leaves: at once, or after the quiet hours unless urgent, or
 * at the next digest of a working day. */
struct stamp notice_when(const struct app *app, const struct notice_hours *h, bool digest,
                         bool urgent, struct stamp now);

/* ---- the reader's own settings ---- */

struct notice_choice { unsigned class; bool sms, email; unsigned pace; };
struct notice_settings {
    struct list choices;                /* one a class, in their order */
    struct str quiet_from, quiet_to, digest_1, digest_2;    /* HH:MM */
    struct str email;
    bool email_ok;
};
extern const struct record notice_settings_record;
bool notice_settings_get(struct req *r, struct notice_settings *out, struct err *e) MUST_CHECK;
/* choices, quiet_*, digest_*. ERR_BAD_VALUE for times. */
bool notice_settings_put(struct req *r, const struct notice_settings *in, struct err *e) MUST_CHECK;
/* The choice of one account for a class, by the row or the rule; and its hours. */
bool notice_choice_of(struct req *r, struct id account, enum notice_class class,
                      struct notice_hours *hours, int64_t *media, unsigned *pace,
                      struct err *e) MUST_CHECK;
/* The confirmed address, opened; empty for none. */
bool notice_email_of(struct req *r, struct id account, struct str *out, struct err *e) MUST_CHECK;
/* Keeps an address that is to be confirmed and sends it a code (empty: none any more).
 * ERR_BAD_VALUE, ERR_TOO_OFTEN. */
bool notice_email_put(struct req *r, struct str email, struct err *e) MUST_CHECK;
/* Takes a try: *right tells; a right code is spent. */
bool notice_email_confirm(struct req *r, struct str code, bool *right, struct err *e) MUST_CHECK;

extern const struct route_table notice_table;
#endif
