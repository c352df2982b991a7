#include "app/outbox.h"
#include "app/codebook.h"
#include "app/journal.h"
#include "app/mail.h"
#include "base/mask.h"
#include "base/utf8.h"

enum { GOOD_DAYS = 2, SHOWN = 50 };     /* days: where the rules have no row */

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name state_v[] = { OUTBOX_STATES(X) };
#undef X
const struct names outbox_state_names = NAMES("outbox_state", state_v);

static const struct field outbox_message_fields[] = {
    FIELD(outbox_message, id, .doc = "Key", .flags = HIDDEN),
    FIELD(outbox_message, ref, .doc = "What it tells of", .flags = HIDDEN),
    FIELD(outbox_message, channel, .doc = "sms or email", .zh = "渠道", .en = "Channel"),
    FIELD(outbox_message, target, .doc = "Telephone number or address",
          .flags = SECRET | HIDDEN, .zh = "号码或地址", .en = "Number or address"),
    FIELD(outbox_message, template, .doc = "What kind of message", .zh = "类别", .en = "Kind"),
    FIELD(outbox_message, subject, .doc = "Of an e-mail", .zh = "主题", .en = "Subject"),
    FIELD(outbox_message, body, .doc = "Its text", .max = OUTBOX_BODY_MAX, .zh = "内容",
          .en = "Text"),
    FIELD(outbox_message, state, .doc = "Whether it was sent", .names = &outbox_state_names,
          .zh = "状态", .en = "State"),
    FIELD(outbox_message, tries, .doc = "How often it was tried", .zh = "尝试次数",
          .en = "Tries"),
    FIELD(outbox_message, error, .doc = "Why the last try failed: a word and its code",
          .zh = "失败原因", .en = "Failure"),
    FIELD(outbox_message, account, .doc = "For whom", .flags = HIDDEN),
    FIELD(outbox_message, matter, .doc = "About which matter", .flags = HIDDEN),
    FIELD(outbox_message, created_at, .doc = "When it was written", .zh = "时间", .en = "Time"),
    FIELD(outbox_message, good_until, .doc = "Not sent after", .flags = HIDDEN),
    FIELD(outbox_message, sent_at, .doc = "When it left", .zh = "发送时间", .en = "Sent"),
};
const struct record outbox_message_record = RECORD(outbox_message, outbox_message_fields);

static struct secret_at at(struct id id, const char *column)
{
    return (struct secret_at){ STR("outbox"), str_of(column), id };
}

static int64_t good_ms(const struct app *app)
{
    return codebook_days(app, "outbox_days", GOOD_DAYS) * STAMP_DAY;
}

bool outbox_send(struct req *r, const struct outbox_message *m, struct err *e)
{
    struct id id = id_make();
    struct str target, body;
    struct secret_at target_at = at(id, "target"), body_at = at(id, "body");
    int64_t good = m->good_ms ? m->good_ms : good_ms(r->app);
    return secret_seal(&r->app->secrets, r->a, &target_at, m->target, &target, e)
        && secret_seal(&r->app->secrets, r->a, &body_at, utf8_cut(m->body, OUTBOX_BODY_MAX),
                       &body, e)
        && db_exec(r->c, e, NULL,
            SQL("INSERT INTO outbox (id, home, ref, channel, target, account, matter, template,"
                " subject, body, state, tries, error, lease, send_after, good_until, created_at,"
                " sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, '', '', $11,"
                " $12, $11, 0) ON CONFLICT (home, ref) WHERE ref <> '' DO NOTHING"),
            V(id), V(r->app->home), V(m->ref), V(m->channel), V(target), V(m->account),
            V(m->matter), V(m->template), V(utf8_cut(m->subject, OUTBOX_SUBJECT_MAX)), V(body),
            V(r->now), V(r->now.ms + good));
}

static bool open_target(struct req *r, struct outbox_message *m, struct err *e)
{
    struct secret_at target_at = at(m->id, "target");
    return secret_open(&r->app->secrets, r->a, &target_at, m->target, &m->target, e);
}

bool outbox_open(struct req *r, struct outbox_message *m, struct err *e)
{
    struct secret_at body_at = at(m->id, "body");
    return open_target(r, m, e)
        && secret_open(&r->app->secrets, r->a, &body_at, m->body, &m->body, e);
}

struct str outbox_mask(struct arena *a, const struct outbox_message *m)
{
    return str_is(m->channel, "sms") ? mask_phone(a, m->target) : mail_address_mask(a, m->target);
}

bool outbox_list(struct req *r, struct list *out, struct err *e)
{
    if (!db_all(r->c, e, r->a, &outbox_message_record, out,
            SQL("SELECT id, channel, target, template, subject, body, state, tries, account,"
                " matter, created_at, good_until FROM outbox WHERE home = $1"
                " ORDER BY id DESC LIMIT $2"),
            V(r->app->home), V((int64_t)SHOWN)))
        return false;
    struct outbox_message *v = out->v;
    for (size_t i = 0; i < out->n; i++)
        if (!outbox_open(r, &v[i], e))
            return false;
    return true;
}

bool outbox_page(struct req *r, enum outbox_state state, struct id before, struct list *out,
                 struct err *e)
{
    if (!db_all(r->c, e, r->a, &outbox_message_record, out,
            SQL("SELECT id, channel, target, template, state, tries, error, created_at, sent_at"
                " FROM outbox WHERE home = $1 AND state = $2 AND id < $3"
                " ORDER BY id DESC LIMIT $4"),
            V(r->app->home), V((unsigned)state), V(before.v ? before.v : INT64_MAX), V(r->limit)))
        return false;
    struct outbox_message *v = out->v;
    for (size_t i = 0; i < out->n; i++) {
        if (!open_target(r, &v[i], e))
            return false;
        v[i].target = outbox_mask(r->a, &v[i]);
    }
    if (out->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld", (long long)v[out->n - 1].id.v);
    return true;
}

bool outbox_again(struct req *r, struct id id, struct err *e)
{
    struct outbox_message m = { 0 };
    int64_t changed = 0;
    if (!db_one(r->c, e, r->a, &outbox_message_record, &m,
            SQL("SELECT id, template, state FROM outbox WHERE home = $1 AND id = $2"),
            V(r->app->home), V(id))
        || !db_exec(r->c, e, &changed,
            SQL("UPDATE outbox SET state = 0, tries = 0, error = '', send_after = $3,"
                " good_until = $4 WHERE home = $1 AND id = $2 AND state = 2"
                " AND template <> 'code'"),
            V(r->app->home), V(id), V(r->now), V(r->now.ms + good_ms(r->app))))
        return false;
    if (!changed)
        return err_setf(e, ERR_WRONG_STATE, "%s", outbox_state_names.v[m.state].zh);
    return journal_system(r->c, r, STR("outbox.again"), id,
                          arena_printf(r->a, "{\"template\":\"%.*s\"}", STR_ARG(m.template)), e);
}
