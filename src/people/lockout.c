#include "people/lockout.h"
#include "app/session.h"
#include "base/random.h"
#include "http/rate.h"

enum { TRIES = 5 };
/* Wrong tries by all askers in a day from which a thing is being guessed at; what an asker
 * then has before a day's wait: of a million pins a thousand networks see a fifth of a
 * per cent a day. */
enum { MANY_TRIES = 30, FEW_TRIES = 2 };

int64_t lockout_ms(int64_t failed)
{
    static const int64_t minutes[] = { 1, 5, 15, 60 };
    if (failed < TRIES || failed % TRIES)
        return 0;
    return minutes[MIN(failed / TRIES, (int64_t)COUNT(minutes)) - 1] * STAMP_MINUTE;
}

static struct str key_of(struct req *r, struct str login)
{
    return session_hash(r->app, r->a, arena_printf(r->a, "login:%.*s", STR_ARG(login)));
}

static bool until(struct req *r, struct str key, struct stamp *out, struct err *e)
{
    int64_t ms = 0;
    if (!db_int(r->c, e, &ms,
            SQL("SELECT locked_until FROM lockout WHERE hash = $1 AND locked_until > $2"),
            V(key), V(r->now)))
        return false;
    *out = (struct stamp){ ms };
    return true;
}

/* One statement counts and looks at the lock: the row is held until the commit, so
 * of many tries at once none slips past the one that locks. *failed 0: locked. */
static bool count(struct req *r, struct str key, int64_t *failed, struct err *e)
{
    int64_t quiet = r->now.ms - STAMP_DAY;
    return db_exec(r->c, e, NULL, SQL("DELETE FROM lockout WHERE seen_at < $1"), V(quiet))
        && db_int(r->c, e, failed,
            SQL("INSERT INTO lockout (hash, failed, locked_until, seen_at) VALUES ($1, 1, 0, $2)"
                " ON CONFLICT (hash) DO UPDATE SET failed = lockout.failed + 1, seen_at = $2"
                " WHERE lockout.locked_until <= $2 RETURNING failed"), V(key), V(r->now));
}

static bool lock(struct req *r, struct str key, int64_t ms, struct err *e)
{
    return !ms || db_exec(r->c, e, NULL,
        SQL("UPDATE lockout SET locked_until = $2 WHERE hash = $1"), V(key), V(r->now.ms + ms));
}

static bool take_back(struct req *r, struct str key, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE lockout SET failed = failed - 1, locked_until = 0 WHERE hash = $1"), V(key));
}

static bool refuse(struct req *r, struct str key, struct err *e)
{
    struct stamp locked;
    if (!until(r, key, &locked, e))
        return false;
    int64_t left = (locked.ms - r->now.ms + STAMP_MINUTE - 1) / STAMP_MINUTE;
    return err_setf(e, ERR_LOCKED, "%lld", (long long)MAX(left, 1));
}

bool lockout_enter(struct req *r, struct str login, struct err *e)
{
    struct str key = key_of(r, login);
    int64_t failed = 0;
    if (!count(r, key, &failed, e))
        return false;
    if (!failed)
        return refuse(r, key, e);
    return lock(r, key, lockout_ms(failed), e);
}

bool lockout_give_back(struct req *r, struct str login, struct err *e)
{
    return take_back(r, key_of(r, login), e);
}

bool lockout_clear(struct req *r, struct str login, struct err *e)
{
    return db_exec(r->c, e, NULL, SQL("DELETE FROM lockout WHERE hash = $1"),
                   V(key_of(r, login)));
}

bool lockout_until(struct req *r, struct str login, struct stamp *out, struct err *e)
{
    return until(r, key_of(r, login), out, e);
}

/* ---- by each asker ---- */

static struct str asker_key(struct req *r, struct str thing)
{
    struct id account = r->who ? r->who->account : ID_NONE;
    struct str who = rate_key(r->a, account, arena_cstr(r->a, r->remote));
    return key_of(r, arena_join(r->a, arena_printf(r->a, "%.*s|%s:", STR_ARG(thing),
                                                   account.v ? "account" : "net"),
                                hex_of(r->a, who.p, who.n)));
}

bool lockout_enter_from(struct req *r, struct str thing, struct err *e)
{
    struct str key = asker_key(r, thing);
    int64_t failed = 0, all = 0;
    if (!count(r, key, &failed, e))
        return false;
    if (!failed)
        return refuse(r, key, e);
    return count(r, key_of(r, thing), &all, e)
        && lock(r, key, all <= MANY_TRIES ? lockout_ms(failed)
                        : failed >= FEW_TRIES ? STAMP_DAY : 0, e);
}

bool lockout_pass_from(struct req *r, struct str thing, struct err *e)
{
    return db_exec(r->c, e, NULL, SQL("DELETE FROM lockout WHERE hash = $1"),
                   V(asker_key(r, thing)))
        && take_back(r, key_of(r, thing), e);
}
