/* outbox_run.c - the chore that sends what waits in the outbox. */
#include "app/mail.h"
#include "app/outbox.h"
#include "base/log.h"
#include "base/random.h"

enum { LEASE_MS = 2 * STAMP_MINUTE, COMMAND_MS = 15 * STAMP_SECOND, WAIT_MAX_MINUTES = 240 };

int64_t outbox_wait_ms(int64_t tries, unsigned dice)
{
    int64_t doubled = MIN(MAX(tries, 1), (int64_t)9) - 1;
    int64_t wait = MIN(INT64_C(1) << doubled, (int64_t)WAIT_MAX_MINUTES) * STAMP_MINUTE;
    return wait + wait / 4 * MIN(dice, 255U) / 255;
}

/* What this installation can send with. */
struct senders { struct mail_server mail; struct str sms; };
struct taken { struct outbox_message m; const struct senders *by; bool found; };

/* Gives up what came too late, then leases the oldest that is due and can be sent. */
static bool take(struct req *r, void *ctx, struct err *e)
{
    struct taken *t = ctx;
    struct str sms = t->by->sms.n ? STR("sms") : STR_NONE;
    struct str email = t->by->mail.url ? STR("email") : STR_NONE;
    t->found = false;
    return db_exec(r->c, e, NULL,
            SQL("UPDATE outbox SET state = 2, error = 'too-late' WHERE state = 0"
                " AND good_until < $1"), V(r->now))
        && db_maybe(r->c, e, r->a, &outbox_message_record, &t->m, &t->found,
            SQL("UPDATE outbox SET tries = tries + 1, send_after = $1, lease = $3"
                " WHERE state = 0 AND id = (SELECT id FROM outbox WHERE state = 0"
                " AND send_after <= $2 AND channel IN ($4, $5) ORDER BY send_after, id LIMIT 1)"
                " AND send_after <= $2 RETURNING id, channel, target, template, subject, body,"
                " state, tries, account, matter, created_at, good_until"),
            V(r->now.ms + LEASE_MS), V(r->now), V(r->app->holder), V(sms), V(email));
}

struct told { struct outbox_message m; enum mail_result result; char why[80]; };

/* The fence: only the try that holds the lease may say how it went. */
static bool tell(struct req *r, void *ctx, struct err *e)
{
    const struct told *t = ctx;
    bool sent = t->result == MAIL_SENT;
    bool failed = t->result == MAIL_NEVER || (!sent && t->m.tries >= OUTBOX_TRIES_MAX);
    return db_exec(r->c, e, NULL,
        SQL("UPDATE outbox SET state = $4, sent_at = $5, send_after = $6, error = $7, lease = ''"
            " WHERE id = $1 AND state = 0 AND lease = $2 AND tries = $3"),
        V(t->m.id), V(r->app->holder), V(t->m.tries),
        V(sent ? OUTBOX_SENT : failed ? OUTBOX_FAILED : OUTBOX_WAITING),
        V(sent ? r->now.ms : (int64_t)0),
        V(r->now.ms + outbox_wait_ms(t->m.tries, random_below(256))), V(str_of(t->why)));
}

static enum mail_result send_sms(const struct senders *by, struct arena *a,
                                 const struct outbox_message *m, char why[80])
{
    struct str text = arena_printf(a, "%.*s\n%.*s\n", STR_ARG(m->target), STR_ARG(m->body));
    if (outbox_pipe(by->sms, text, COMMAND_MS))
        return MAIL_SENT;
    snprintf(why, 80, "command");
    return MAIL_LATER;
}

static enum mail_result send_email(const struct app *app, const struct senders *by,
                                   struct arena *a, const struct outbox_message *m, char why[80])
{
    struct mail mail = {
        .from = app->config.smtp_from, .to = m->target, .subject = m->subject, .body = m->body,
        .id = arena_printf(a, "m%lld", (long long)m->id.v), .at = m->created_at,
    };
    return mail_send(&by->mail, &mail, why);
}

static bool run(struct app *app, struct arena *a, const struct senders *by, bool *more,
                struct err *e)
{
    struct taken t = { .by = by };
    struct told told = { .result = MAIL_LATER };
    struct req r;
    app_request(app, a, NULL, &r);
    if (!app_write(app, &r, take, &t, e))
        return false;
    *more = t.found;
    if (!t.found)
        return true;
    told.m = t.m;
    if (!outbox_open(&r, &told.m, e))
        return false;
    told.result = str_is(t.m.channel, "email") ? send_email(app, by, a, &told.m, told.why)
                                               : send_sms(by, a, &told.m, told.why);
    if (told.result != MAIL_SENT)
        log_event(LOG_WARN, "outbox", "id=%lld channel=%.*s try=%lld failed: %s",
                  (long long)t.m.id.v, STR_ARG(t.m.channel), (long long)t.m.tries, told.why);
    r.now = stamp_now();
    return app_write(app, &r, tell, &told, e);
}

bool outbox_run(struct app *app, bool *more, struct err *e)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct senders by = { .sms = app->config.sms_command };
    *more = false;
    if (!mail_server_of(&app->config, &a, &by.mail, e))
        return false;
    return (!by.sms.n && !by.mail.url) || run(app, &a, &by, more, e);
}
