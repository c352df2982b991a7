#include "people/phone_code.h"
#include "app/outbox.h"
#include "app/session.h"
#include "base/identifier.h"
#include "base/random.h"

struct phone_code {
    int64_t phone;
    struct str hash;
    int64_t tries, sent, hour;
    struct stamp expires_at;
};
static const struct field phone_code_fields[] = {
    FIELD(phone_code, phone, .doc = "Blind index"), FIELD(phone_code, hash, .doc = "Of the code"),
    FIELD(phone_code, tries, .doc = "Tries so far"), FIELD(phone_code, sent, .doc = "This hour"),
    FIELD(phone_code, hour, .doc = "Which hour"), FIELD(phone_code, expires_at, .doc = "Until"),
};
static const struct record phone_code_record = RECORD(phone_code, phone_code_fields);

bool phone_code_check(struct arena *a, struct str *s, struct err *e)
{
    struct phone p;
    bool ok = phone_parse(*s, &p)
        && (p.kind == PHONE_MOBILE || p.kind == PHONE_HONGKONG || p.kind == PHONE_MACAU
            || p.kind == PHONE_TAIWAN);
    if (!ok)
        return err_set(e, ERR_BAD_PHONE);
    *s = arena_dup(a, str_of(p.text));
    return true;
}

static bool blind(struct req *r, struct str phone, int64_t *out, struct err *e)
{
    return secret_blind(keys_current(r->app->secrets.keys, KEY_MASTER), BLIND_PHONE, r->a, phone,
                        out)
        || err_field(e, ERR_BAD_PHONE, "phone");
}

static struct str hash_of(struct req *r, int64_t phone, struct str code)
{
    return session_hash(r->app, r->a, arena_printf(r->a, "code:%lld:%.*s", (long long)phone,
                                                   STR_ARG(code)));
}

static bool load(struct req *r, int64_t phone, struct phone_code *out, bool *found, struct err *e)
{
    return db_maybe(r->c, e, r->a, &phone_code_record, out, found,
        SQL("SELECT phone, hash, tries, sent, hour, expires_at FROM phone_code WHERE phone = $1"),
        V(phone));
}

static bool save(struct req *r, const struct phone_code *x, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO phone_code (phone, hash, tries, sent, hour, expires_at)"
            " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (phone) DO UPDATE SET"
            " hash = excluded.hash, tries = excluded.tries, sent = excluded.sent,"
            " hour = excluded.hour, expires_at = excluded.expires_at"),
        V(x->phone), V(x->hash), V(x->tries), V(x->sent), V(x->hour), V(x->expires_at));
}

static bool send(struct req *r, struct str phone, struct str code, struct err *e)
{
    return outbox_send(r, &(struct outbox_message){
        .channel = STR("sms"), .target = phone, .template = STR("code"), .good_ms = CODE_GOOD_MS,
        .body = arena_printf(r->a, "【枫桥】验证码 %.*s，10 分钟内有效，请勿告诉他人。"
                                   " / Your code is %.*s, valid for 10 minutes.",
                             STR_ARG(code), STR_ARG(code)),
    }, e);
}

bool phone_code_send(struct req *r, struct str phone, struct err *e)
{
    struct phone_code x = { 0 };
    bool found;
    int64_t hour = r->now.ms / STAMP_HOUR;
    if (!blind(r, phone, &x.phone, e) || !load(r, x.phone, &x, &found, e))
        return false;
    if (x.hour != hour) {
        x.hour = hour;
        x.sent = 0;
    }
    if (x.sent >= CODES_AN_HOUR) {
        r->retry_after = (unsigned)((STAMP_HOUR - r->now.ms % STAMP_HOUR) / STAMP_SECOND) + 1;
        return err_set(e, ERR_TOO_OFTEN);
    }
    struct str code = random_digits(r->a, CODE_DIGITS);
    x.sent++;
    x.tries = 0;
    x.hash = hash_of(r, x.phone, code);
    x.expires_at = (struct stamp){ r->now.ms + CODE_GOOD_MS };
    return save(r, &x, e) && send(r, phone, code, e);
}

/* Counted in the row before it is compared, and used up in the row: many tries at
 * once count as many, and a code opens once. */
bool phone_code_try(struct req *r, struct str phone, struct str code, bool *right, struct err *e)
{
    struct str hash = STR("");
    int64_t key, used = 0;
    *right = false;
    if (!blind(r, phone, &key, e)
        || !db_text(r->c, e, r->a, &hash,
            SQL("UPDATE phone_code SET tries = tries + 1 WHERE phone = $1 AND tries < $2"
                " AND expires_at > $3 AND hash <> '' RETURNING hash"),
            V(key), V((int64_t)CODE_TRIES), V(r->now)))
        return false;
    if (!hash.n || !str_eq_secret(hash, hash_of(r, key, code)))
        return true;
    if (!db_exec(r->c, e, &used, SQL("UPDATE phone_code SET hash = '' WHERE phone = $1"), V(key)))
        return false;
    *right = used == 1;
    return true;
}
