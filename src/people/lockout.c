#include "people/lockout.h"
#include "app/session.h"
#include "base/random.h"
#include "http/rate.h"
#include "people/browser.h"

enum { TRIES = 5 };
/* Wrong tries by all networks in a day from which a thing is being guessed at; what a
 * network then has before a day's wait: of a million pins a thousand networks see a fifth
 * of a per cent a day. */
enum { MANY_TRIES = 30, FEW_TRIES = 2 };
/* From so many a login is closed to all networks: fifty tries a day, in the long run. */
enum { CROWD_TRIES = 50 };

static int64_t step_ms(int64_t failed, int64_t each, const int64_t *minutes, size_t n)
{
    if (failed < each || failed % each)
        return 0;
    return minutes[MIN((size_t)(failed / each), n) - 1] * STAMP_MINUTE;
}

int64_t lockout_ms(int64_t failed)
{
    static const int64_t minutes[] = { 1, 5, 15, 60 };
    return step_ms(failed, TRIES, minutes, COUNT(minutes));
}

int64_t lockout_crowd_ms(int64_t failed)
{
    static const int64_t minutes[] = { 60, 4 * 60, 12 * 60, 24 * 60 };
    return step_ms(failed, CROWD_TRIES, minutes, COUNT(minutes));
}

/* ---- who tries ---- */

/* Keys of what is counted. all is empty for who is known: that count is not for strangers
 * to fill. */
struct asker { struct str thing, one, all; };

/* The thing stands last, as it may be any text: what one types is never another's key. */
static struct str key_of(struct req *r, const char *kind, struct str thing)
{
    return session_hash(r->app, r->a, arena_printf(r->a, "all %s %.*s", kind, STR_ARG(thing)));
}

static struct asker asker_of(struct req *r, const char *kind, struct str thing, const char *by,
                             struct str who)
{
    struct str hex = hex_of(r->a, who.p, who.n);
    struct str one = arena_printf(r->a, "one %s %s %.*s %.*s", kind, by, STR_ARG(hex),
                                  STR_ARG(thing));
    return (struct asker){ .thing = key_of(r, kind, thing),
                           .one = session_hash(r->app, r->a, one), .all = STR("") };
}

static struct asker network(struct req *r, const char *kind, struct str thing)
{
    struct str address = rate_key(r->a, ID_NONE, arena_cstr(r->a, r->remote));
    struct asker x = asker_of(r, kind, thing, "net", address);
    x.all = x.thing;
    return x;
}

static struct asker account(struct req *r, const char *kind, struct str thing)
{
    return asker_of(r, kind, thing, "account", rate_key(r->a, r->who->account, ""));
}

static struct asker at_login(struct req *r, struct str login)
{
    if (r->who && r->who->account.v && str_eq(r->who->login, login))
        return account(r, "login", login);
    struct str known = browser_known(r, login);
    return known.n ? asker_of(r, "login", login, "browser", known) : network(r, "login", login);
}

/* Accounts of residents are many's to have: their tries count for the crowd as well. */
static struct asker at_pin(struct req *r, struct str thing)
{
    struct asker x = r->who && r->who->account.v ? account(r, "pin", thing)
                                                 : network(r, "pin", thing);
    x.all = x.thing;
    return x;
}

/* ---- counting ---- */

struct tried { struct str hash; int64_t failed; };
static const struct field tried_fields[] = {
    FIELD(tried, hash, .doc = "Of whom"), FIELD(tried, failed, .doc = "Tries, with this one"),
};
static const struct record tried_record = RECORD(tried, tried_fields);

/* One statement counts and looks at the locks: the rows are held until the commit, so of
 * many tries at once none slips past the one that locks. What is locked stays 0. */
static bool count(struct req *r, const struct asker *x, int64_t *one, int64_t *all, struct err *e)
{
    struct list rows;
    if (!db_exec(r->c, e, NULL, SQL("DELETE FROM lockout WHERE seen_at < $1"),
                 V(r->now.ms - STAMP_DAY))
        || !db_all(r->c, e, r->a, &tried_record, &rows,
            SQL("INSERT INTO lockout (hash, thing, failed, locked_until, seen_at)"
                " SELECT x.hash, CAST($3 AS TEXT), 1, 0, CAST($4 AS BIGINT) FROM"
                " (SELECT CAST($1 AS TEXT) AS hash UNION ALL SELECT CAST($2 AS TEXT)) x"
                " WHERE x.hash <> ''"
                " ON CONFLICT (hash) DO UPDATE SET failed = lockout.failed + 1, seen_at = $4"
                " WHERE lockout.locked_until <= $4 RETURNING hash, failed"),
            V(x->one), V(x->all), V(x->thing), V(r->now)))
        return false;
    const struct tried *v = rows.v;
    *one = *all = 0;
    for (size_t i = 0; i < rows.n; i++)
        *(str_eq(v[i].hash, x->one) ? one : all) = v[i].failed;
    return true;
}

static bool lock(struct req *r, struct str key, int64_t ms, struct err *e)
{
    return !ms || db_exec(r->c, e, NULL,
        SQL("UPDATE lockout SET locked_until = $2 WHERE hash = $1"), V(key), V(r->now.ms + ms));
}

static bool refuse(struct req *r, const struct asker *x, struct err *e)
{
    int64_t until = 0;
    if (!db_int(r->c, e, &until,
            SQL("SELECT COALESCE(MAX(locked_until), 0) FROM lockout WHERE hash IN ($1, $2)"),
            V(x->one), V(x->all)))
        return false;
    int64_t left = (until - r->now.ms + STAMP_MINUTE - 1) / STAMP_MINUTE;
    return err_setf(e, ERR_LOCKED, "%lld", (long long)MAX(left, 1));
}

/* What is refused is not counted: the write is undone. */
static bool enter(struct req *r, const struct asker *x, bool close_to_all, struct err *e)
{
    int64_t one, all;
    if (!count(r, x, &one, &all, e))
        return false;
    if (!one || (x->all.n && !all))
        return refuse(r, x, e);
    int64_t ms = all <= MANY_TRIES ? lockout_ms(one) : one >= FEW_TRIES ? STAMP_DAY : 0;
    return lock(r, x->one, ms, e)
        && (!close_to_all || lock(r, x->all, lockout_crowd_ms(all), e));
}

static bool pass(struct req *r, const struct asker *x, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE lockout SET failed = CASE WHEN hash = $1 THEN 0 ELSE failed - 1 END,"
            " locked_until = 0 WHERE hash IN ($1, $2)"), V(x->one), V(x->all));
}

/* ---- things ---- */

bool lockout_enter(struct req *r, struct str login, struct err *e)
{
    struct asker x = at_login(r, login);
    return enter(r, &x, true, e);
}

bool lockout_give_back(struct req *r, struct str login, struct err *e)
{
    struct asker x = at_login(r, login);
    return db_exec(r->c, e, NULL,
        SQL("UPDATE lockout SET failed = failed - 1, locked_until = 0 WHERE hash IN ($1, $2)"),
        V(x.one), V(x.all));
}

bool lockout_pass(struct req *r, struct str login, struct err *e)
{
    struct asker x = at_login(r, login);
    return pass(r, &x, e);
}

bool lockout_clear(struct req *r, struct str login, struct err *e)
{
    return db_exec(r->c, e, NULL, SQL("DELETE FROM lockout WHERE thing = $1"),
                   V(key_of(r, "login", login)));
}

bool lockout_until(struct req *r, struct str login, struct stamp *out, struct err *e)
{
    *out = (struct stamp){ 0 };
    return db_int(r->c, e, &out->ms,
        SQL("SELECT COALESCE(MAX(locked_until), 0) FROM lockout"
            " WHERE thing = $1 AND locked_until > $2"), V(key_of(r, "login", login)), V(r->now));
}

bool lockout_enter_pin(struct req *r, struct str thing, struct err *e)
{
    struct asker x = at_pin(r, thing);
    return enter(r, &x, false, e);
}

bool lockout_pass_pin(struct req *r, struct str thing, struct err *e)
{
    struct asker x = at_pin(r, thing);
    return pass(r, &x, e);
}
