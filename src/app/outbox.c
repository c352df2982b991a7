#include "app/outbox.h"
#include "base/log.h"
#include "base/utf8.h"

enum { LEASE_MS = 2 * STAMP_MINUTE, COMMAND_MS = 15 * STAMP_SECOND, GOOD_DAYS = 2, SHOWN = 50 };

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name state_v[] = { OUTBOX_STATES(X) };
#undef X
static const struct names outbox_state_names = NAMES("outbox_state", state_v);

static const struct field outbox_message_fields[] = {
    FIELD(outbox_message, id, .doc = "Key", .flags = HIDDEN),
    FIELD(outbox_message, channel, .doc = "sms", .zh = "渠道", .en = "Channel"),
    FIELD(outbox_message, target, .doc = "Telephone number", .format = FORMAT_PHONE,
          .flags = SECRET | HIDDEN, .zh = "号码", .en = "Number"),
    FIELD(outbox_message, template, .doc = "What kind of message", .zh = "类别", .en = "Kind"),
    FIELD(outbox_message, body, .doc = "Its text", .max = OUTBOX_BODY_MAX, .zh = "内容",
          .en = "Text"),
    FIELD(outbox_message, state, .doc = "Whether it was sent", .names = &outbox_state_names,
          .zh = "状态", .en = "State"),
    FIELD(outbox_message, tries, .doc = "How often it was tried", .zh = "尝试次数",
          .en = "Tries"),
    FIELD(outbox_message, account, .doc = "For whom", .flags = HIDDEN),
    FIELD(outbox_message, matter, .doc = "About which matter", .flags = HIDDEN),
    FIELD(outbox_message, created_at, .doc = "When it was written", .zh = "时间", .en = "Time"),
    FIELD(outbox_message, good_until, .doc = "Not sent after", .flags = HIDDEN),
};
const struct record outbox_message_record = RECORD(outbox_message, outbox_message_fields);

static struct secret_at at(struct id id, const char *column)
{
    return (struct secret_at){ STR("outbox"), str_of(column), id };
}

bool outbox_send(struct req *r, const struct outbox_message *m, struct err *e)
{
    struct id id = id_make();
    struct str target, body;
    struct secret_at target_at = at(id, "target"), body_at = at(id, "body");
    int64_t good = m->good_ms ? m->good_ms : GOOD_DAYS * STAMP_DAY;
    return secret_seal(&r->app->secrets, r->a, &target_at, m->target, &target, e)
        && secret_seal(&r->app->secrets, r->a, &body_at, utf8_cut(m->body, OUTBOX_BODY_MAX),
                       &body, e)
        && db_exec(r->c, e, NULL,
            SQL("INSERT INTO outbox (id, home, channel, target, account, matter, template, body,"
                " state, tries, send_after, good_until, created_at, sent_at)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9, $10, $9, 0)"),
            V(id), V(r->app->home), V(m->channel), V(target), V(m->account), V(m->matter),
            V(m->template), V(body), V(r->now), V(r->now.ms + good));
}

static bool open(struct req *r, struct outbox_message *m, struct err *e)
{
    struct secret_at target_at = at(m->id, "target"), body_at = at(m->id, "body");
    return secret_open(&r->app->secrets, r->a, &target_at, m->target, &m->target, e)
        && secret_open(&r->app->secrets, r->a, &body_at, m->body, &m->body, e);
}

bool outbox_list(struct req *r, struct list *out, struct err *e)
{
    if (!db_all(r->c, e, r->a, &outbox_message_record, out,
            SQL("SELECT id, channel, target, template, body, state, tries, account, matter,"
                " created_at, good_until FROM outbox WHERE home = $1 ORDER BY id DESC LIMIT $2"),
            V(r->app->home), V((int64_t)SHOWN)))
        return false;
    struct outbox_message *v = out->v;
    for (size_t i = 0; i < out->n; i++)
        if (!open(r, &v[i], e))
            return false;
    return true;
}

int64_t outbox_wait_ms(int64_t tries)
{
    static const int64_t minutes[] = { 1, 5, 15, 60 };
    return minutes[MIN(MAX(tries, 1), (int64_t)COUNT(minutes)) - 1] * STAMP_MINUTE;
}

struct taken { struct outbox_message m; bool found; };

/* Gives up what came too late, then leases the oldest that is due. */
static bool take(struct req *r, void *ctx, struct err *e)
{
    struct taken *t = ctx;
    *t = (struct taken){ .found = false };
    return db_exec(r->c, e, NULL,
            SQL("UPDATE outbox SET state = 2 WHERE state = 0 AND good_until < $1"), V(r->now))
        && db_maybe(r->c, e, r->a, &outbox_message_record, &t->m, &t->found,
            SQL("UPDATE outbox SET tries = tries + 1, send_after = $1 WHERE state = 0 AND id ="
                " (SELECT id FROM outbox WHERE state = 0 AND send_after <= $2"
                " ORDER BY send_after, id LIMIT 1) AND send_after <= $2"
                " RETURNING id, channel, target, template, body, state, tries, account, matter,"
                " created_at, good_until"),
            V(r->now.ms + LEASE_MS), V(r->now));
}

struct told { struct outbox_message m; bool sent; };

static bool tell(struct req *r, void *ctx, struct err *e)
{
    const struct told *t = ctx;
    bool failed = !t->sent && t->m.tries >= OUTBOX_TRIES_MAX;
    return db_exec(r->c, e, NULL,
        SQL("UPDATE outbox SET state = $2, sent_at = $3, send_after = $4 WHERE id = $1"),
        V(t->m.id), V(t->sent ? OUTBOX_SENT : failed ? OUTBOX_FAILED : OUTBOX_WAITING),
        V(t->sent ? r->now.ms : (int64_t)0), V(r->now.ms + outbox_wait_ms(t->m.tries)));
}

static bool run(struct app *app, struct arena *a, bool *more, struct err *e)
{
    struct taken t;
    struct req r;
    app_request(app, a, NULL, &r);
    if (!app_write(app, &r, take, &t, e))
        return false;
    *more = t.found;
    if (!t.found)
        return true;
    struct told told = { .m = t.m };
    if (!open(&r, &told.m, e))
        return false;
    told.sent = outbox_pipe(app->config.sms_command,
                            arena_printf(a, "%.*s\n%.*s\n", STR_ARG(told.m.target),
                                         STR_ARG(told.m.body)), COMMAND_MS);
    if (!told.sent)
        log_event(LOG_WARN, "outbox", "id=%lld try=%lld failed", (long long)told.m.id.v,
                  (long long)told.m.tries);
    r.now = stamp_now();
    return app_write(app, &r, tell, &told, e);
}

bool outbox_run(struct app *app, bool *more, struct err *e)
{
    struct arena a = { 0 };
    *more = false;
    if (!app->config.sms_command.n)
        return true;
    bool ok = run(app, &a, more, e);
    arena_done(&a);
    return ok;
}
