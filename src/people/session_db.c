/* Every statement of an account on its own sessions. */
#include "people/signin.h"

static const struct field sign_in_place_fields[] = {
    FIELD(sign_in_place, id, .doc = "Key", .flags = HIDDEN),
    FIELD(sign_in_place, remote, .doc = "Address it came from", .zh = "地址", .en = "Address"),
    FIELD(sign_in_place, agent, .doc = "Device and browser", .max = 400, .zh = "设备",
          .en = "Device"),
    FIELD(sign_in_place, created_at, .doc = "Signed in", .zh = "登录时间", .en = "Signed in"),
    FIELD(sign_in_place, seen_at, .doc = "Last seen", .zh = "最近使用", .en = "Last seen"),
    FIELD(sign_in_place, expires_at, .doc = "Ends at the latest", .zh = "到期", .en = "Ends"),
    FIELD(sign_in_place, current, .doc = "This very one", .zh = "当前", .en = "This one"),
};
const struct record sign_in_place_record = RECORD(sign_in_place, sign_in_place_fields);

bool session_db_post(struct req *r, struct id post, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE session SET post = $3 WHERE id = $1 AND account = $2"),
        V(r->who->session), V(r->who->account), V(post));
}

bool session_db_changed_password(struct req *r, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE account SET must_change = 0, version = version + 1"
            " WHERE home = $1 AND id = $2"), V(r->app->home), V(r->who->account));
}

bool session_db_profile(struct req *r, struct str name, unsigned lang, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE account SET name = CASE WHEN $3 = '' THEN name ELSE $3 END,"
            " lang = CASE WHEN CAST($4 AS BIGINT) = 0 THEN lang ELSE CAST($4 AS BIGINT) - 1 END,"
            " version = version + 1 WHERE home = $1 AND id = $2"),
        V(r->app->home), V(r->who->account), V(name), V(lang));
}

bool session_db_places(struct req *r, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &sign_in_place_record, out,
        SQL("SELECT id, remote, agent, created_at, seen_at, expires_at,"
            " CASE id WHEN $2 THEN 1 ELSE 0 END AS current FROM session WHERE account = $1"
            " AND expires_at > $3 AND seen_at > $4 ORDER BY id DESC LIMIT 100"),
        V(r->who->account), V(r->who->session), V(r->now),
        V(r->now.ms - r->app->config.idle_minutes * STAMP_MINUTE));
}

bool session_db_end(struct req *r, struct id session, struct err *e)
{
    int64_t n = 0;
    return db_exec(r->c, e, &n, SQL("DELETE FROM session WHERE account = $1 AND id = $2"),
                   V(r->who->account), V(session))
        && (n == 1 || err_set(e, ERR_NOT_FOUND));
}
