/* notice_own.c - what a reader settles about the own notices. */
#include "app/notice.h"
#include "app/mail.h"
#include "app/outbox.h"
#include "app/session.h"
#include "base/random.h"

enum { CODE_DIGITS = 6, CODE_TRIES = 5, CODES_AN_HOUR = 5, DAY_MINUTES = 1440 };
#define CODE_GOOD_MS ((int64_t)30 * STAMP_MINUTE)

/* HH:MM, half-width. */
static bool minutes_parse(struct str s, int64_t *out)
{
    int64_t h = 0, m = 0;
    bool ok = s.n == 5 && s.p[2] == ':' && str_to_i64(str_sub(s, 0, 2), &h)
           && str_to_i64(str_sub(s, 3, 2), &m) && h >= 0 && h < 24 && m >= 0 && m < 60
           && s.p[0] != '+' && s.p[3] != '+';
    *out = h * 60 + m;
    return ok;
}

static bool check_time(struct arena *a UNUSED, struct str *s, struct err *e)
{
    int64_t minutes;
    return minutes_parse(*s, &minutes) || err_setf(e, ERR_BAD_VALUE, "%s", "HH:MM");
}

static const struct field notice_choice_fields[] = {
    FIELD(notice_choice, class, .doc = "Kind of notices", .names = &notice_class_names,
          .zh = "类别", .en = "Kind"),
    FIELD(notice_choice, sms, .doc = "Also by text message", .zh = "短信", .en = "Text message"),
    FIELD(notice_choice, email, .doc = "Also by e-mail", .zh = "电子邮件", .en = "E-mail"),
    FIELD(notice_choice, pace, .doc = "At once or together", .names = &notice_pace_names,
          .zh = "发送方式", .en = "When"),
};
static const struct record notice_choice_record = RECORD(notice_choice, notice_choice_fields);

#define TIME(m, text, chinese, english, value)                                               \
    FIELD(notice_settings, m, .doc = text, .max = 5, .preset = value, .check = check_time,   \
          .zh = chinese, .en = english)
static const struct field notice_settings_fields[] = {
    FIELD(notice_settings, choices, .doc = "How each kind leaves; what is not named stays",
          .sub = &notice_choice_record, .max = NOTICE_CLASS__COUNT, .zh = "各类通知",
          .en = "Kinds"),
    TIME(quiet_from, "Nothing but danger is sent from", "免打扰自", "Quiet from", "21:00"),
    TIME(quiet_to, "… to; the same: never quiet", "免打扰至", "Quiet to", "08:00"),
    TIME(digest_1, "Digest of a working day", "汇总时间一", "First digest", "08:30"),
    TIME(digest_2, "And the second", "汇总时间二", "Second digest", "14:30"),
    FIELD(notice_settings, email, .doc = "Address for e-mail, masked", .flags = READONLY,
          .max = 300, .zh = "邮箱", .en = "E-mail address"),
    FIELD(notice_settings, email_ok, .doc = "Its owner entered the code sent to it",
          .flags = READONLY, .zh = "已验证", .en = "Confirmed"),
};
const struct record notice_settings_record = RECORD(notice_settings, notice_settings_fields);

/* ---- rows ---- */

struct setting {
    int64_t quiet_from, quiet_to, digest_1, digest_2;
    struct str email, code;
    bool email_ok;
    int64_t tries, sent, hour;
    struct stamp code_until;
};
static const struct field setting_fields[] = {
    FIELD(setting, quiet_from, .doc = "Minute"), FIELD(setting, quiet_to, .doc = "Minute"),
    FIELD(setting, digest_1, .doc = "Minute"), FIELD(setting, digest_2, .doc = "Minute"),
    FIELD(setting, email, .doc = "Sealed"), FIELD(setting, code, .doc = "Hash"),
    FIELD(setting, email_ok, .doc = "Confirmed"), FIELD(setting, tries, .doc = "Of the code"),
    FIELD(setting, sent, .doc = "Codes this hour"), FIELD(setting, hour, .doc = "Which"),
    FIELD(setting, code_until, .doc = "Until"),
};
static const struct record setting_record = RECORD(setting, setting_fields);

static bool load(struct req *r, struct id account, struct setting *x, struct err *e)
{
    struct notice_hours h = NOTICE_HOURS_PRESET;
    bool found;
    *x = (struct setting){ .quiet_from = h.quiet_from, .quiet_to = h.quiet_to,
                           .digest_1 = h.digest_1, .digest_2 = h.digest_2 };
    return db_maybe(r->c, e, r->a, &setting_record, x, &found,
        SQL("SELECT quiet_from, quiet_to, digest_1, digest_2, email, email_ok, code, tries, sent,"
            " hour, code_until FROM notice_setting WHERE home = $1 AND account = $2"),
        V(r->app->home), V(account));
}

static bool save(struct req *r, const struct setting *x, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO notice_setting (home, account, quiet_from, quiet_to, digest_1, digest_2,"
            " email, email_ok, code, tries, sent, hour, code_until)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
            " ON CONFLICT (home, account) DO UPDATE SET quiet_from = excluded.quiet_from,"
            " quiet_to = excluded.quiet_to, digest_1 = excluded.digest_1,"
            " digest_2 = excluded.digest_2, email = excluded.email, email_ok = excluded.email_ok,"
            " code = excluded.code, tries = excluded.tries, sent = excluded.sent,"
            " hour = excluded.hour, code_until = excluded.code_until"),
        V(r->app->home), V(r->who->account), V(x->quiet_from), V(x->quiet_to), V(x->digest_1),
        V(x->digest_2), V(x->email), V(x->email_ok), V(x->code), V(x->tries), V(x->sent),
        V(x->hour), V(x->code_until));
}

static struct secret_at email_at(struct id account)
{
    return (struct secret_at){ STR("notice_setting"), STR("email"), account };
}

static bool open_email(struct req *r, struct id account, struct str sealed, struct str *out,
                       struct err *e)
{
    struct secret_at at = email_at(account);
    *out = sealed;
    return !sealed.n || secret_open(&r->app->secrets, r->a, &at, sealed, out, e);
}

struct choice_row { unsigned class; int64_t media; unsigned pace; };
static const struct field choice_row_fields[] = {
    FIELD(choice_row, class, .doc = "Kind", .names = &notice_class_names),
    FIELD(choice_row, media, .doc = "Bits"),
    FIELD(choice_row, pace, .doc = "When", .names = &notice_pace_names),
};
static const struct record choice_row_record = RECORD(choice_row, choice_row_fields);

bool notice_choice_of(struct req *r, struct id account, enum notice_class class,
                      struct notice_hours *hours, int64_t *media, unsigned *pace, struct err *e)
{
    struct choice_row row = { 0 };
    struct setting x;
    bool found;
    if (!load(r, account, &x, e)
        || !db_maybe(r->c, e, r->a, &choice_row_record, &row, &found,
            SQL("SELECT class, media, pace FROM notice_choice"
                " WHERE home = $1 AND account = $2 AND class = $3"),
            V(r->app->home), V(account), V((unsigned)class)))
        return false;
    *hours = (struct notice_hours){ x.quiet_from, x.quiet_to, x.digest_1, x.digest_2 };
    if (found)
        *media = row.media;
    *pace = row.pace;
    return true;
}

bool notice_email_of(struct req *r, struct id account, struct str *out, struct err *e)
{
    struct setting x;
    *out = STR_NONE;
    return load(r, account, &x, e)
        && (!x.email_ok || open_email(r, account, x.email, out, e));
}

/* ---- settings ---- */

static struct str minutes_text(struct arena *a, int64_t m)
{
    return arena_printf(a, "%02d:%02d", (int)(m / 60 % 24), (int)(m % 60));
}

/* What the rules of a class do when nothing was chosen. */
static unsigned preset_media(const struct list *rules, unsigned class)
{
    const struct notice_rule *v = rules->v;
    unsigned media = 0;
    for (size_t i = 0; i < rules->n; i++)
        if (v[i].class == class)
            media |= v[i].media;
    return media;
}

static bool fill_choices(struct req *r, struct list *out, struct err *e)
{
    struct list rows, rules = notice_rules(r->app);
    struct notice_choice *v = arena_array(r->a, struct notice_choice, NOTICE_CLASS__COUNT);
    if (!db_all(r->c, e, r->a, &choice_row_record, &rows,
            SQL("SELECT class, media, pace FROM notice_choice WHERE home = $1 AND account = $2"
                " LIMIT 50"), V(r->app->home), V(r->who->account)))
        return false;
    for (unsigned k = 0; k < NOTICE_CLASS__COUNT; k++) {
        unsigned media = preset_media(&rules, k);
        v[k] = (struct notice_choice){ k, media & MEDIUM_SMS, media & MEDIUM_EMAIL, 0 };
    }
    const struct choice_row *row = rows.v;
    for (size_t i = 0; i < rows.n; i++)
        v[row[i].class] = (struct notice_choice){ row[i].class, row[i].media & MEDIUM_SMS,
                                                  row[i].media & MEDIUM_EMAIL, row[i].pace };
    *out = (struct list){ v, NOTICE_CLASS__COUNT };
    return true;
}

bool notice_settings_get(struct req *r, struct notice_settings *out, struct err *e)
{
    struct setting x;
    struct str email;
    if (!load(r, r->who->account, &x, e) || !open_email(r, r->who->account, x.email, &email, e)
        || !fill_choices(r, &out->choices, e))
        return false;
    out->quiet_from = minutes_text(r->a, x.quiet_from);
    out->quiet_to = minutes_text(r->a, x.quiet_to);
    out->digest_1 = minutes_text(r->a, x.digest_1);
    out->digest_2 = minutes_text(r->a, x.digest_2);
    out->email = email.n ? mail_address_mask(r->a, email) : STR_NONE;
    out->email_ok = x.email_ok;
    return true;
}

static bool save_choice(struct req *r, const struct notice_choice *c, struct err *e)
{
    unsigned media = (c->sms ? MEDIUM_SMS : 0U) | (c->email ? MEDIUM_EMAIL : 0U);
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO notice_choice (home, account, class, media, pace)"
            " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (home, account, class)"
            " DO UPDATE SET media = excluded.media, pace = excluded.pace"),
        V(r->app->home), V(r->who->account), V(c->class), V(media), V(c->pace));
}

bool notice_settings_put(struct req *r, const struct notice_settings *in, struct err *e)
{
    struct setting x;
    if (!load(r, r->who->account, &x, e))
        return false;
    if (!minutes_parse(in->quiet_from, &x.quiet_from) || !minutes_parse(in->quiet_to, &x.quiet_to)
        || !minutes_parse(in->digest_1, &x.digest_1) || !minutes_parse(in->digest_2, &x.digest_2))
        return err_fieldf(e, ERR_BAD_VALUE, "digest_1", "%s", "HH:MM");
    const struct notice_choice *v = in->choices.v;
    for (size_t i = 0; i < in->choices.n; i++)
        if (!save_choice(r, &v[i], e))
            return false;
    return save(r, &x, e);
}

/* ---- the address ---- */

static struct str hash_of(struct req *r, struct str email, struct str code)
{
    return session_hash(r->app, r->a, arena_printf(r->a, "email:%lld:%.*s:%.*s",
                                                   (long long)r->who->account.v, STR_ARG(email),
                                                   STR_ARG(code)));
}

static bool send_code(struct req *r, struct str email, struct str code, struct err *e)
{
    return outbox_send(r, &(struct outbox_message){
        .channel = STR("email"), .target = email, .template = STR("code"),
        .good_ms = CODE_GOOD_MS, .account = r->who->account,
        .subject = STR("枫桥：验证码 / Your code"),
        .body = arena_printf(r->a, "验证码 %.*s，30 分钟内有效。如非本人操作，请忽略。\n"
                                   "Your code is %.*s, valid for 30 minutes. Ignore this message"
                                   " if you did not ask for it.\n", STR_ARG(code), STR_ARG(code)),
    }, e);
}

bool notice_email_put(struct req *r, struct str email, struct err *e)
{
    struct setting x;
    struct secret_at at = email_at(r->who->account);
    if (email.n && !mail_address_ok(email))
        return err_fieldf(e, ERR_BAD_VALUE, "email", "%s", "name@example.org");
    if (!load(r, r->who->account, &x, e))
        return false;
    int64_t hour = r->now.ms / STAMP_HOUR;
    x.sent = x.hour == hour ? x.sent : 0;
    x.hour = hour;
    x.email_ok = false;
    x.tries = 0;
    x.email = x.code = STR_NONE;
    if (!email.n)
        return save(r, &x, e);
    if (x.sent++ >= CODES_AN_HOUR)
        return err_set(e, ERR_TOO_OFTEN);
    struct str code = random_digits(r->a, CODE_DIGITS);
    x.code = hash_of(r, email, code);
    x.code_until = (struct stamp){ r->now.ms + CODE_GOOD_MS };
    return secret_seal(&r->app->secrets, r->a, &at, email, &x.email, e) && save(r, &x, e)
        && send_code(r, email, code, e);
}

/* Counted in the row before it is compared: many tries at once count as many. */
bool notice_email_confirm(struct req *r, struct str code, bool *right, struct err *e)
{
    struct setting x;
    struct str email;
    int64_t open = 0;
    *right = false;
    if (!db_exec(r->c, e, &open,
            SQL("UPDATE notice_setting SET tries = tries + 1 WHERE home = $1 AND account = $2"
                " AND code <> '' AND code_until > $3 AND tries < $4"),
            V(r->app->home), V(r->who->account), V(r->now), V((int64_t)CODE_TRIES)))
        return false;
    if (!open)
        return true;
    if (!load(r, r->who->account, &x, e) || !open_email(r, r->who->account, x.email, &email, e))
        return false;
    *right = str_eq_secret(x.code, hash_of(r, email, code));
    if (!*right)
        return true;
    x.email_ok = true;
    x.code = STR_NONE;
    return save(r, &x, e);
}
