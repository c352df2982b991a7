/* notice_send.c - the chore that hands what is due to the outbox: one message for
 * each notice that leaves at once, one for all of a reader's digest. */
#include "app/notice.h"
#include "app/outbox.h"
#include "base/identifier.h"

enum { AT_ONCE = 100, LINES_MAX = 20 };

/* Of one reader; the rows follow each other. */
struct letter {
    struct id account, party, matter;
    struct str phone, email;
    const struct notice *v;
    size_t n;
    enum lang lang;
};

struct reader { struct str phone; unsigned lang; };
static const struct name lang_v[] = { { "zh", "中文", "Chinese" }, { "en", "英文", "English" } };
static const struct names langs = NAMES("reader_lang", lang_v);
static const struct field reader_fields[] = {
    FIELD(reader, phone, .doc = "Sealed"),
    FIELD(reader, lang, .doc = "Language", .names = &langs),
};
static const struct record reader_record = RECORD(reader, reader_fields);

/* The telephone as it is now, when it can take a text message. */
static bool find_phone(struct req *r, struct letter *x, const char *table, struct id id,
                       const struct reader *w, struct err *e)
{
    struct secret_at at = { str_of(table), STR("phone"), id };
    struct phone p;
    struct str open = STR_NONE;
    if (w->phone.n && !secret_open(&r->app->secrets, r->a, &at, w->phone, &open, e))
        return false;
    if (phone_parse(open, &p) && p.kind == PHONE_MOBILE)
        x->phone = arena_dup(r->a, str_of(p.text));
    return true;
}

static bool find_reader(struct req *r, struct letter *x, struct err *e)
{
    struct reader w = { 0 };
    bool found;
    if (x->account.v)
        return db_maybe(r->c, e, r->a, &reader_record, &w, &found,
                SQL("SELECT phone, lang FROM account WHERE home = $1 AND id = $2 AND state = 0"),
                V(r->app->home), V(x->account))
            && (x->lang = (enum lang)w.lang, find_phone(r, x, "account", x->account, &w, e))
            && (!found || notice_email_of(r, x->account, &x->email, e));
    return db_maybe(r->c, e, r->a, &reader_record, &w, &found,
            SQL("SELECT phone, 0 AS lang FROM party WHERE home = $1 AND id = $2 AND left_at = 0"),
            V(r->app->home), V(x->party))
        && find_phone(r, x, "party", x->party, &w, e);
}

/* Words for a telephone that the other side may hold. */
static struct str outside(const struct notice *n, enum lang lang)
{
    if (!n->neutral)
        return n->text;
    return lang == LANG_ZH ? STR("您有一条新的办事消息。") : STR("You have a new message.");
}

static bool put(struct req *r, const struct letter *x, struct str ref, const char *channel,
                struct str target, struct str subject, struct str body, struct err *e)
{
    return outbox_send(r, &(struct outbox_message){
        .ref = ref, .channel = str_of(channel), .target = target, .template = STR("notice"),
        .subject = subject, .body = body, .account = x->account, .matter = x->matter,
    }, e);
}

static struct str subject_of(enum lang lang, size_t n, struct arena *a)
{
    if (n == 1)
        return lang == LANG_ZH ? STR("枫桥：新通知") : STR("Fengqiao: a notice");
    return lang == LANG_ZH ? arena_printf(a, "枫桥：%zu 条通知", n)
                           : arena_printf(a, "Fengqiao: %zu notices", n);
}

static struct str sms_of(const struct letter *x, struct arena *a)
{
    if (x->n == 1)
        return arena_printf(a, "【枫桥】%.*s", STR_ARG(outside(&x->v[0], x->lang)));
    return arena_printf(a, x->lang == LANG_ZH ? "【枫桥】您有 %zu 条新通知，请登录查看。"
                                              : "【枫桥】You have %zu new notices.", x->n);
}

static struct str mail_of(const struct letter *x, struct arena *a)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, OUTBOX_BODY_MAX);
    for (size_t i = 0; i < x->n && i < LINES_MAX; i++) {
        struct str text = outside(&x->v[i], x->lang);
        if (b.n + text.n + 200 > OUTBOX_BODY_MAX)
            break;
        buf_addf(&b, "%s%.*s\n", x->n > 1 ? "- " : "", STR_ARG(text));
    }
    buf_add(&b, x->lang == LANG_ZH ? STR("\n请登录系统查看。此邮件由系统发出，请勿回复。\n")
                                   : STR("\nPlease sign in to read more. Sent by a program.\n"));
    return arena_dup(a, buf_str(&b));
}

/* Without a sender nothing would ever leave: only a demonstration shows it. */
static bool may(const struct app *app, struct str sender)
{
    return sender.n || app->config.demo;
}

static bool hand_over(struct req *r, struct letter *x, struct err *e)
{
    int64_t media = x->v[0].media;
    long long id = x->v[0].id.v;
    if (!find_reader(r, x, e))
        return false;
    if (media & MEDIUM_SMS && x->phone.n && may(r->app, r->app->config.sms_command)
        && !put(r, x, arena_printf(r->a, "s%lld", id), "sms", x->phone, STR_NONE,
                sms_of(x, r->a), e))
        return false;
    return !(media & MEDIUM_EMAIL) || !x->email.n || !may(r->app, r->app->config.smtp_url)
        || put(r, x, arena_printf(r->a, "e%lld", id), "email", x->email,
               subject_of(x->lang, x->n, r->a), mail_of(x, r->a), e);
}

static bool together(const struct notice *a, const struct notice *b)
{
    return a->digest && b->digest && a->account.v && a->account.v == b->account.v
        && a->media == b->media;
}

/* Takes each row by its own update: of two processes one gets it. */
static bool claim(struct req *r, const struct notice *n, bool *mine, struct err *e)
{
    int64_t changed = 0;
    bool ok = db_exec(r->c, e, &changed,
        SQL("UPDATE notice SET send_at = 0 WHERE home = $1 AND id = $2 AND send_at > 0"),
        V(r->app->home), V(n->id));
    *mine = changed > 0 && n->read_at.ms == 0;
    return ok;
}

static bool send_due(struct req *r, void *ctx, struct err *e)
{
    struct list due;
    size_t n = 0;
    if (!db_all(r->c, e, r->a, &notice_record, &due,
            SQL("SELECT id, account, party, matter, class, text, media, digest, urgent, neutral,"
                " send_at, created_at, read_at FROM notice WHERE send_at > 0 AND send_at <= $1"
                " ORDER BY send_at, account, media, id LIMIT $2"),
            V(r->now), V((int64_t)AT_ONCE)))
        return false;
    struct notice *v = due.v;
    *(bool *)ctx = due.n == AT_ONCE;
    for (size_t i = 0; i < due.n; i++) {
        bool mine;
        if (!claim(r, &v[i], &mine, e))
            return false;
        if (mine)
            v[n++] = v[i];
    }
    for (size_t i = 0, k; i < n; i = k) {
        for (k = i + 1; k < n && together(&v[i], &v[k]); k++)
            ;
        struct letter x = { .account = v[i].account, .party = v[i].party, .v = v + i, .n = k - i,
                            .matter = k - i == 1 ? v[i].matter : ID_NONE };
        if (!hand_over(r, &x, e))
            return false;
    }
    return true;
}

bool notice_send(struct app *app, bool *more, struct err *e)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct req r;
    *more = false;
    app_request(app, &a, NULL, &r);
    return !app->home.v || app_write(app, &r, send_due, more, e);
}
