/* Every statement over accounts. */
#include "people/account.h"

bool account_find(struct req *r, struct str login, struct id *out, bool *found, struct err *e)
{
    int64_t id = 0;
    if (!db_int(r->c, e, &id, SQL("SELECT id FROM account WHERE login = $1 AND home = $2"),
                V(account_fold(r->a, login)), V(r->app->home)))
        return false;
    *found = id != 0;
    *out = (struct id){ id };
    return true;
}

bool account_keys_by_login(struct req *r, struct str login, struct account_keys *out, bool *found,
                           struct err *e)
{
    return db_maybe(r->c, e, r->a, &account_keys_record, out, found,
        SQL("SELECT id, login, password, totp, kind, totp_on, totp_last FROM account"
            " WHERE login = $1 AND home = $2 AND state = 0 AND kind = 0"),
        V(login), V(r->app->home));
}

bool account_keys_of(struct req *r, struct id account, struct account_keys *out, struct err *e)
{
    return db_one(r->c, e, r->a, &account_keys_record, out,
        SQL("SELECT id, login, password, totp, kind, totp_on, totp_last FROM account"
            " WHERE home = $1 AND id = $2 AND state = 0"), V(r->app->home), V(account));
}

bool account_keys_used(struct req *r, const struct account_keys *was, struct str hash,
                       int64_t step, struct err *e)
{
    int64_t changed = 0;
    return db_exec(r->c, e, &changed,
            SQL("UPDATE account SET password = $5, totp_last = $6 WHERE home = $1 AND id = $2"
                " AND state = 0 AND password = $3 AND totp_last = $4"),
            V(r->app->home), V(was->id), V(was->password), V(was->totp_last), V(hash), V(step))
        && (changed == 1 || err_set(e, ERR_CONFLICT));
}

bool account_totp_put(struct req *r, struct id account, struct str sealed, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE account SET totp = $3, totp_on = 0, totp_last = 0, version = version + 1"
            " WHERE home = $1 AND id = $2"), V(r->app->home), V(account), V(sealed));
}

bool account_totp_on(struct req *r, struct id account, int64_t step, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE account SET totp_on = 1, totp_last = $3, version = version + 1"
            " WHERE home = $1 AND id = $2"), V(r->app->home), V(account), V(step));
}

bool account_db_one(struct req *r, struct id id, struct account *out, struct err *e)
{
    return db_one(r->c, e, r->a, &account_record, out,
        SQL("SELECT id, login, name, kind, state, lang, phone, must_change, totp_on, created_at,"
            " version FROM account WHERE home = $1 AND id = $2"), V(r->app->home), V(id));
}

bool account_db_page(struct req *r, const struct account_filter *f, struct list *out,
                     struct err *e)
{
    return db_all(r->c, e, r->a, &account_record, out,
        SQL("SELECT id, login, name, kind, state, lang, phone, must_change, totp_on, created_at,"
            " version FROM account WHERE home = $1 AND kind = 0 AND login > $2"
            " AND ($3 = '' OR SUBSTR(login, 1, LENGTH($3)) = $3"
            " OR SUBSTR(name, 1, LENGTH($4)) = $4)"
            " AND (CAST($5 AS BIGINT) < 0 OR state = CAST($5 AS BIGINT)) ORDER BY login LIMIT $6"),
        V(r->app->home), V(f->after), V(account_fold(r->a, f->q)), V(f->q),
        V((int64_t)f->state - 1), V(r->limit + 1));
}

bool account_db_change(struct req *r, const struct account *x, struct str sealed, struct err *e)
{
    int64_t changed = 0;
    return db_exec(r->c, e, &changed,
            SQL("UPDATE account SET name = $4, phone = $5, lang = $6, version = version + 1"
                " WHERE home = $1 AND id = $2 AND version = $3"),
            V(r->app->home), V(x->id), V(x->version), V(x->name), V(sealed), V(x->lang))
        && (changed == 1 || err_set(e, ERR_CONFLICT));
}

bool account_db_end(struct req *r, struct id account, struct err *e)
{
    return db_exec(r->c, e, NULL,
            SQL("UPDATE account SET state = 1, version = version + 1 WHERE home = $1 AND id = $2"),
            V(r->app->home), V(account))
        && db_exec(r->c, e, NULL,
            SQL("UPDATE token SET revoked_at = $2 WHERE account = $1 AND revoked_at = 0"),
            V(account), V(r->now));
}

bool account_blind_add(struct req *r, struct id account, struct str phone, struct err *e)
{
    int64_t hash;
    if (!secret_blind(keys_current(r->app->secrets.keys, KEY_MASTER), BLIND_PHONE, r->a, phone,
                      &hash))
        return true;
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO blind (home, kind, hash, subject, matter) VALUES ($1, $2, $3, $4, 0)"),
        V(r->app->home), V((unsigned)BLIND_PHONE), V(hash), V(account));
}

bool account_by_phone(struct req *r, struct str phone, struct id *out, bool *found, struct err *e)
{
    int64_t hash, id = 0;
    size_t at = 0;
    const struct key *k;
    while (!id && (k = keys_each(r->app->secrets.keys, KEY_MASTER, &at)))
        if (secret_blind(k, BLIND_PHONE, r->a, phone, &hash)
            && !db_int(r->c, e, &id,
                SQL("SELECT a.id FROM blind b"
                    " JOIN account a ON a.home = b.home AND a.id = b.subject"
                    " WHERE b.home = $1 AND b.kind = $2 AND b.hash = $3 AND b.matter = 0"
                    " AND a.kind = 1 AND a.state = 0 ORDER BY a.id LIMIT 1"),
                V(r->app->home), V((unsigned)BLIND_PHONE), V(hash)))
            return false;
    *found = id != 0;
    *out = (struct id){ id };
    return true;
}
