#include "people/token.h"
#include "app/codebook.h"
#include "app/session.h"
#include "crypt/token.h"
#include "people/account.h"

static const struct field token_fields[] = {
    FIELD(token, id, .doc = "Key", .flags = HIDDEN),
    FIELD(token, name, .doc = "What it is for", .zh = "用途", .en = "Purpose"),
    FIELD(token, scopes, .doc = "Permissions by blanks", .max = 1000, .zh = "授权范围",
          .en = "Scopes"),
    FIELD(token, created_at, .doc = "When it was made", .zh = "建立时间", .en = "Made"),
    FIELD(token, seen_at, .doc = "Last used, to ten minutes", .zh = "最近使用",
          .en = "Last used"),
    FIELD(token, expires_at, .doc = "No longer good after", .zh = "到期", .en = "Ends"),
    FIELD(token, revoked_at, .doc = "When it was revoked", .zh = "停用时间", .en = "Revoked"),
};
const struct record token_record = RECORD(token, token_fields);

static const struct field token_new_fields[] = {
    FIELD(token_new, name, .doc = "What it is for", .max = 60, .flags = REQUIRED, .zh = "用途",
          .en = "Purpose"),
    FIELD(token_new, scopes, .doc = "Permissions it has, of those the post has", .min = 1,
          .max = PERM__COUNT, .flags = REQUIRED, .zh = "授权范围", .en = "Scopes"),
    FIELD(token_new, expires_on, .doc = "Last day, within a year", .flags = REQUIRED,
          .zh = "有效至", .en = "Good until"),
};
const struct record token_new_record = RECORD(token_new, token_new_fields);

/* Only a person's: making tokens, changing who may what. */
#define NO_SCOPE (PERM_BIT(PERM_PUBLIC) | PERM_BIT(PERM_SIGNED_IN) | PERM_BIT(PERM_TOKEN_OWN)     \
                  | PERM_BIT(PERM_PEOPLE_WRITE))

bool token_scopes(struct arena *a, struct strs scopes, uint64_t mine, struct str *out,
                  struct err *e)
{
    uint64_t asked = 0;
    struct str text = STR("");
    for (size_t i = 0; i < scopes.n; i++) {
        enum perm p = perm_of(scopes.v[i]);
        if (p == PERM_NONE || NO_SCOPE & PERM_BIT(p))
            return err_fieldf(e, ERR_NOT_A_CHOICE, "scopes", "%.*s", (int)MIN(scopes.v[i].n, 40u),
                              scopes.v[i].p);
        if (!(mine & PERM_BIT(p)))
            return err_field(e, ERR_DENIED, "scopes");
        asked |= PERM_BIT(p);
    }
    for (unsigned i = 1; i < PERM__COUNT; i++)
        if (asked & PERM_BIT(i))
            text = arena_printf(a, "%.*s%s%s", STR_ARG(text), text.n ? " " : "",
                                perm_names.v[i].slug);
    *out = text;
    return text.n > 0 || err_field(e, ERR_REQUIRED, "scopes");
}

static bool journal(struct req *r, const char *action, const struct token *x, struct err *e)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 4096);
    json_put_key(&b, "{", "name");
    json_put_str(&b, x->name);
    json_put_key(&b, ",", "scopes");
    json_put_str(&b, x->scopes);
    buf_addf(&b, ",\"expires_at\":%lld}", (long long)x->expires_at.ms);
    return people_journal(r, action, x->id, &b, e);
}

static bool room(struct req *r, struct err *e)
{
    int64_t n = 0;
    return db_int(r->c, e, &n,
            SQL("SELECT COUNT(*) FROM token WHERE account = $1 AND revoked_at = 0"
                " AND expires_at > $2"), V(r->who->account), V(r->now))
        && (n < TOKENS_MAX || err_setf(e, ERR_TOO_MANY, "%d", TOKENS_MAX));
}

bool token_add(struct req *r, const struct token_new *in, struct str *text, struct token *out,
               struct err *e)
{
    struct day today = day_of_stamp(r->now);
    int32_t most = codebook_days(r->app, "token_days", TOKEN_DAYS);
    struct token x = {
        .id = id_make(), .name = in->name, .created_at = r->now,
        .expires_at = stamp_of_day((struct day){ in->expires_on.n + 1 }),
    };
    if (in->expires_on.n < today.n || in->expires_on.n > today.n + most)
        return err_fieldf(e, ERR_OUT_OF_RANGE, "expires_on",
                          "从今天起最多 %d 天" ERR_OR "at most %d days from today", most, most);
    struct str secret = token_make(r->a);
    if (!token_scopes(r->a, in->scopes, r->who->perms, &x.scopes, e) || !room(r, e)
        || !db_exec(r->c, e, NULL,
            SQL("INSERT INTO token (id, hash, account, post, name, scopes, created_at, seen_at,"
                " expires_at, revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, 0)"),
            V(x.id), V(session_hash(r->app, r->a, secret)), V(r->who->account), V(r->who->post),
            V(x.name), V(x.scopes), V(r->now), V(x.expires_at))
        || !journal(r, "token.create", &x, e))
        return false;
    *text = secret;
    *out = x;
    return true;
}

bool token_list(struct req *r, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &token_record, out,
        SQL("SELECT id, name, scopes, created_at, seen_at, expires_at, revoked_at FROM token"
            " WHERE account = $1 ORDER BY id DESC LIMIT 200"), V(r->who->account));
}

bool token_load(struct req *r, struct id id, struct token *out, struct err *e)
{
    return db_one(r->c, e, r->a, &token_record, out,
        SQL("SELECT id, name, scopes, created_at, seen_at, expires_at, revoked_at FROM token"
            " WHERE id = $1 AND account = $2"), V(id), V(r->who->account));
}

bool token_revoke(struct req *r, struct id id, struct err *e)
{
    struct token x;
    int64_t n = 0;
    return token_load(r, id, &x, e)
        && db_exec(r->c, e, &n,
            SQL("UPDATE token SET revoked_at = $3 WHERE id = $1 AND account = $2"
                " AND revoked_at = 0"), V(id), V(r->who->account), V(r->now))
        && (n == 0 || journal(r, "token.revoke", &x, e));
}
