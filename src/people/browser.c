/* The cookie: NUMBER.DAY-CODE.DAY-CODE, the last login first. */
#include "people/browser.h"
#include "crypt/token.h"

/* A counter's browser is shared by a few. */
enum { LOGINS_MAX = 5, DAYS_MAX = 180 };

static const struct str purpose = STR_INIT("browser");

struct mark { struct str number; int64_t day; struct str code; };

static struct str claim_of(struct req *r, const struct mark *m, struct str login)
{
    return arena_printf(r->a, "%.*s %lld %.*s", STR_ARG(m->number), (long long)m->day,
                        STR_ARG(login));
}

static bool is_of(struct req *r, const struct mark *m, struct str login)
{
    return token_code_check(&r->app->keys, r->a, purpose, claim_of(r, m, login), m->code);
}

/* The next of *rest that has the form of a mark and is not too old. */
static bool next_mark(struct req *r, struct str *rest, struct mark *m)
{
    int64_t today = day_of_stamp(r->now).n;
    struct str one, day;
    while (rest->n) {
        (void)str_cut(*rest, '.', &one, rest);
        if (str_cut(one, '-', &day, &m->code) && m->code.n == TOKEN_CODE_LEN
            && str_to_i64(day, &m->day) && m->day <= today && m->day > today - DAYS_MAX)
            return true;
    }
    return false;
}

/* The cookie's number, *rest what follows it; empty when there is none. */
static struct str number_of(struct req *r, struct str *rest)
{
    struct str number;
    (void)str_cut(req_cookie(r, "fqb"), '.', &number, rest);
    return token_is_shaped(number) ? number : STR_NONE;
}

struct str browser_known(struct req *r, struct str login)
{
    struct str rest;
    struct mark m = { .number = number_of(r, &rest) };
    for (size_t i = 0; m.number.n && i < LOGINS_MAX && next_mark(r, &rest, &m); i++)
        if (is_of(r, &m, login))
            return m.number;
    return STR_NONE;
}

void browser_remember(struct req *r, struct str login)
{
    struct str rest, number = number_of(r, &rest);
    struct mark now = { number.n ? number : token_make(r->a), day_of_stamp(r->now).n, STR_NONE };
    struct mark m = { .number = number };
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1024);
    struct str code = token_code(&r->app->keys, r->a, purpose, claim_of(r, &now, login));
    buf_addf(&b, "fqb=%.*s.%lld-%.*s", STR_ARG(now.number), (long long)now.day, STR_ARG(code));
    for (size_t i = 1; number.n && i < LOGINS_MAX && next_mark(r, &rest, &m);)
        if (!is_of(r, &m, login)) {
            buf_addf(&b, ".%lld-%.*s", (long long)m.day, STR_ARG(m.code));
            i++;
        }
    buf_addf(&b, "; Path=/api/v1/session; HttpOnly; SameSite=Strict; Max-Age=%d",
             DAYS_MAX * 86400);
    r->set_cookie[1] = arena_dup(r->a, buf_str(&b));
}
