#include "app/session.h"
#include "app/memo.h"
#include "crypt/token.h"

static const struct name kind_v[] = {
    { "staff", "工作人员", "staff" }, { "resident", "群众", "resident" },
};
const struct names account_kind_names = NAMES("account_kind", kind_v);

static const struct field who_fields[] = {
    FIELD(who, account, .doc = "Account"), FIELD(who, home, .doc = "City"),
    FIELD(who, login, .doc = "Login"), FIELD(who, name, .doc = "Name"),
    FIELD(who, kind, .doc = "Kind", .names = &account_kind_names),
    FIELD(who, must_change, .doc = "Must change the password"),
    FIELD(who, totp_on, .doc = "Signs in with a second factor"),
    FIELD(who, post, .doc = "Post"), FIELD(who, org, .doc = "Body"),
    FIELD(who, role, .doc = "Role", .names = &role_names),
    FIELD(who, org_name, .doc = "Body's name"), FIELD(who, org_kind, .doc = "Body's kind"),
    FIELD(who, path, .doc = "Path of the body's area"), FIELD(who, area, .doc = "Body's area"),
    FIELD(who, org_above, .doc = "Centre above it"),
    FIELD(who, session, .doc = "Session"), FIELD(who, seen_at, .doc = "Last seen"),
    FIELD(who, expires_at, .doc = "End of the session or token"),
    FIELD(who, scopes, .doc = "Token's scopes"),
};
const struct record who_record = RECORD(who, who_fields);

enum { SEEN_EVERY_MS = 10 * 60 * 1000 };

struct id who_holder(const struct who *w)
{
    enum reach reach = role_reach((enum role)w->role);
    return reach == REACH_ORG || reach == REACH_BELOW ? w->org : w->account;
}

struct str session_hash(const struct app *app, struct arena *a, struct str secret)
{
    struct digest d = token_hash(keys_current(&app->keys, KEY_MASTER), secret);
    return digest_hex(a, &d);
}

static struct str cookie_text(struct req *r, struct str value, int64_t seconds)
{
    return arena_printf(r->a, "fq=%.*s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%lld",
                        STR_ARG(value), (long long)seconds);
}

bool session_open(struct req *r, struct id account, struct id post, struct str *csrf,
                  struct err *e)
{
    struct str cookie = token_make(r->a), hash = session_hash(r->app, r->a, cookie);
    int64_t life = r->app->config.session_hours * STAMP_HOUR;
    if (!db_exec(r->c, e, NULL,
            SQL("INSERT INTO session (hash, account, post, id, created_at, seen_at, expires_at,"
                " remote, agent) VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8)"),
            V(hash), V(account), V(post), V(id_make()), V(r->now), V(r->now.ms + life),
            V(r->remote), V(r->agent)))
        return false;
    r->set_cookie[0] = cookie_text(r, cookie, life / STAMP_SECOND);
    *csrf = token_csrf(&r->app->keys, r->a, hash);
    return true;
}

bool session_end_others(struct req *r, struct id account, struct id but, struct err *e)
{
    return db_exec(r->c, e, NULL, SQL("DELETE FROM session WHERE account = $1 AND id <> $2"),
                   V(account), V(but));
}

bool session_end(struct req *r, struct err *e)
{
    r->set_cookie[0] = cookie_text(r, STR(""), 0);
    return db_exec(r->c, e, NULL, SQL("DELETE FROM session WHERE id = $1 AND account = $2"),
                   V(r->who->session), V(r->who->account));
}

/* Columns of an account in a post on a day; the post and its body must hold. */
#define WHO_COLUMNS                                                                          \
    "SELECT a.id AS account, a.home, a.login, a.name, a.kind, a.must_change, a.totp_on,"     \
    " COALESCE(p.id, 0) AS post, COALESCE(o.id, 0) AS org, COALESCE(p.role, 0) AS role,"     \
    " COALESCE(o.name, '') AS org_name, COALESCE(o.kind, '') AS org_kind,"                   \
    " COALESCE(o.path, '') AS path, COALESCE(o.area, 0) AS area,"                            \
    " COALESCE(o.above, 0) AS org_above"
#define WHO_JOINS                                                                            \
    " JOIN account a ON a.home = $2 AND a.id = s.account AND a.state = 0"                    \
    " LEFT JOIN post p ON p.home = a.home AND p.id = s.post AND p.account = a.id"            \
    " AND p.valid_from <= $3 AND (p.valid_to = 0 OR p.valid_to > $3)"                        \
    " LEFT JOIN org o ON o.home = p.home AND o.id = p.org"                                   \
    " AND o.valid_from <= $3 AND (o.valid_to = 0 OR o.valid_to > $3)"

/* The hash under one master key: older keys still know what they let in. */
static struct str hash_under(struct req *r, const struct key *k, struct str secret)
{
    struct digest d = token_hash(k, secret);
    return digest_hex(r->a, &d);
}

static bool by_cookie(struct req *r, struct str cookie, struct who *w, bool *found, struct err *e)
{
    int64_t idle = r->app->config.idle_minutes * STAMP_MINUTE;
    const struct key *k;
    *found = false;
    for (size_t at = 0; !*found && (k = keys_each(&r->app->keys, KEY_MASTER, &at));) {
        struct str hash = hash_under(r, k, cookie);
        if (!db_maybe(r->c, e, r->a, &who_record, w, found,
                SQL(WHO_COLUMNS ", s.id AS session, s.seen_at, s.expires_at, '' AS scopes"
                    " FROM session s" WHO_JOINS
                    " WHERE s.hash = $1 AND s.expires_at > $4 AND s.seen_at > $5"),
                V(hash), V(r->app->home), V((int64_t)day_of_stamp(r->now).n), V(r->now),
                V(r->now.ms - idle)))
            return false;
        if (*found)
            w->csrf = token_csrf(&r->app->keys, r->a, hash);
    }
    return true;
}

static bool by_token(struct req *r, struct who *w, bool *found, struct err *e)
{
    const struct key *k;
    *found = false;
    for (size_t at = 0; !*found && (k = keys_each(&r->app->keys, KEY_MASTER, &at));)
        if (!db_maybe(r->c, e, r->a, &who_record, w, found,
                SQL(WHO_COLUMNS ", s.id AS session, s.seen_at, s.expires_at, s.scopes"
                    " FROM token s" WHO_JOINS
                    " WHERE s.hash = $1 AND s.expires_at > $4 AND s.revoked_at = 0"),
                V(hash_under(r, k, r->bearer)), V(r->app->home),
                V((int64_t)day_of_stamp(r->now).n), V(r->now)))
            return false;
    w->token = true;
    return true;
}

static uint64_t scope_perms(struct str scopes)
{
    uint64_t perms = PERM_BIT(PERM_PUBLIC) | PERM_BIT(PERM_SIGNED_IN);
    struct str one;
    for (bool more = scopes.n > 0; more;) {
        more = str_cut(scopes, ' ', &one, &scopes);
        perms |= PERM_BIT(perm_of(one));
    }
    return perms & ~PERM_BIT(PERM_NONE);
}

/* What the post may; without a valid post only what any account may. */
static void set_perms(struct who *w)
{
    bool resident = w->kind == ACCOUNT_RESIDENT;
    if (resident)
        w->role = ROLE_RESIDENT;
    w->perms = resident || (w->post.v && w->org.v)
        ? role_perms((enum role)w->role)
        : PERM_BIT(PERM_PUBLIC) | PERM_BIT(PERM_SIGNED_IN);
    if (w->token)
        w->perms &= scope_perms(w->scopes);
}

static bool write_seen(struct req *r, struct err *e)
{
    return r->who->token
        ? db_exec(r->c, e, NULL, SQL("UPDATE token SET seen_at = $2 WHERE id = $1"),
                  V(r->who->session), V(r->now))
        : db_exec(r->c, e, NULL, SQL("UPDATE session SET seen_at = $2 WHERE id = $1"),
                  V(r->who->session), V(r->now));
}

/* As the statements above would say now; what was not noted as seen for long is
 * read again, for another process may have noted it. */
static bool holds(const struct req *r, const struct who *w)
{
    int64_t idle = r->app->config.idle_minutes * STAMP_MINUTE;
    return w->expires_at.ms > r->now.ms && (w->token || w->seen_at.ms > r->now.ms - idle)
        && r->now.ms - w->seen_at.ms <= SEEN_EVERY_MS;
}

static bool read_who(struct req *r, bool token, struct str given, struct who *w, bool *found,
                     struct err *e)
{
    if (token ? !by_token(r, w, found, e) : !by_cookie(r, given, w, found, e))
        return false;
    if (*found)
        set_perms(w);
    return true;
}

bool session_who(struct req *r, struct who *out, bool *found, struct err *e)
{
    struct who w = { 0 };
    const struct who *kept;
    *found = false;
    bool token = r->bearer.n > 0;
    struct str given = token ? r->bearer : req_cookie(r, "fq");
    if (!token_is_shaped(given))
        return true;
    struct digest key = memo_key(r->app, token, given);
    if (!memo_who_find(r, &key, &kept, e))
        return false;
    *found = kept && holds(r, kept);
    if (*found) {
        memo_who_copy(r->a, kept, out);
        return true;
    }
    if (!read_who(r, token, given, &w, found, e))
        return false;
    if (!*found)
        return true;
    memo_who_keep(r, &key, &w);
    *out = w;
    if (r->now.ms - w.seen_at.ms > SEEN_EVERY_MS)
        r->then_write = write_seen;     /* an access row asked for later takes its place */
    return true;
}

bool session_who_in_post(struct req *r, struct id account, struct id post, struct who *out,
                         bool *found, struct err *e)
{
    struct who w = { 0 };
    if (!db_maybe(r->c, e, r->a, &who_record, &w, found,
            SQL(WHO_COLUMNS ", 0 AS session, 0 AS seen_at, 0 AS expires_at, '' AS scopes"
                " FROM (SELECT CAST($1 AS BIGINT) AS account, CAST($4 AS BIGINT) AS post) s"
                WHO_JOINS), V(account), V(r->app->home), V((int64_t)day_of_stamp(r->now).n),
            V(post)))
        return false;
    set_perms(&w);
    *out = w;
    return true;
}
