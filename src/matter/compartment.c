#include "matter/compartment.h"
#include "app/access.h"
#include "crypt/secret.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name kind_v[] = { COMPARTMENT_KINDS(X) };
#undef X
const struct names compartment_kind_names = NAMES("compartment_kind", kind_v);

struct compartment {
    struct id id, matter, side;
    unsigned kind;
    struct str wrapped;
    struct stamp created_at, destroyed_at;
    bool open;                          /* to the reader */
};
static const struct field compartment_fields[] = {
    FIELD(compartment, id, .doc = "Key", .flags = HIDDEN),
    FIELD(compartment, kind, .doc = "What it is for", .names = &compartment_kind_names,
          .zh = "密封区", .en = "Compartment"),
    FIELD(compartment, side, .doc = "The party it protects", .flags = HIDDEN),
    FIELD(compartment, created_at, .doc = "When it was made", .zh = "建立时间", .en = "Made"),
    FIELD(compartment, destroyed_at, .doc = "When its key was forgotten", .zh = "销毁时间",
          .en = "Destroyed"),
    FIELD(compartment, open, .doc = "You may open it", .zh = "可打开", .en = "Open to you"),
    FIELD(compartment, matter, .doc = "Matter", .flags = HIDDEN | WRITEONLY),
    FIELD(compartment, wrapped, .doc = "Its key, wrapped", .flags = HIDDEN | WRITEONLY,
          .max = 1000),
};
static const struct record compartment_record = RECORD(compartment, compartment_fields);

struct compartment_new { unsigned kind; struct id side; };
static const struct field compartment_new_fields[] = {
    FIELD(compartment_new, kind, .doc = "What it is for", .names = &compartment_kind_names,
          .flags = REQUIRED, .zh = "密封区", .en = "Compartment"),
    FIELD(compartment_new, side, .doc = "The party it protects", .zh = "当事人", .en = "Party"),
};
static const struct record compartment_new_record = RECORD(compartment_new, compartment_new_fields);

static struct secret_at key_at(struct id compartment)
{
    return (struct secret_at){ STR("compartment"), STR("wrapped"), compartment };
}

static bool grant(struct req *r, struct id home, struct id compartment, struct id account,
                  struct stamp until, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO compartment_grant (home, compartment, account, granted_by, since, until)"
            " VALUES ($1, $2, $3, $4, $5, $6)"
            " ON CONFLICT (home, compartment, account, since) DO UPDATE SET until = $6"),
        V(home), V(compartment), V(account), V(r->who->account), V(r->now), V(until));
}

/* Whom it protects is a party of this very matter; a safety compartment protects
 * somebody. */
static bool check_side(struct req *r, const struct matter *m, const struct compartment_new *x,
                       struct err *e)
{
    int64_t there = 0;
    if (!x->side.v)
        return x->kind != COMPARTMENT_SAFETY || err_field(e, ERR_REQUIRED, "side");
    return db_int(r->c, e, &there,
            SQL("SELECT 1 FROM party WHERE home = $1 AND matter = $2 AND id = $3"),
            V(m->home), V(m->id), V(x->side))
        && (there || err_field(e, ERR_NO_SUCH_REF, "side"));
}

static bool on_make(struct req *r, const void *in, void *out, struct err *e)
{
    const struct compartment_new *x = in;
    struct compartment *c = out;
    unsigned char key[KEY_LEN];
    struct matter m;
    struct id matter;
    if (!req_id(r, 0, &matter, e) || !matter_load_content(r, matter, &m, e)
        || !check_side(r, &m, x, e))
        return false;
    *c = (struct compartment){ .id = id_make(), .matter = matter, .side = x->side,
                               .kind = x->kind, .created_at = r->now, .open = true };
    struct secret_at at = key_at(c->id);
    r->sight = SIGHT_ALL;
    return secret_make_key(&r->app->secrets, r->a, &at, key, &c->wrapped, e)
        && db_exec(r->c, e, NULL,
            SQL("INSERT INTO compartment (id, home, matter, kind, side, wrapped, created_at,"
                " destroyed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)"),
            V(c->id), V(m.home), V(matter), V(c->kind), V(c->side), V(c->wrapped), V(r->now))
        && grant(r, m.home, c->id, r->who->account, (struct stamp){ 0 }, e)
        && matter_log(r, &m, STR("compartment.make"), c->id, STR("{}"), e);
}

#define OPEN_TO                                                                               \
    "EXISTS (SELECT 1 FROM compartment_grant g WHERE g.home = k.home AND g.compartment = k.id" \
    " AND g.account = $3 AND g.since <= $4 AND (g.until = 0 OR g.until > $4))"

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    struct id matter;
    r->sight = SIGHT_ALL;
    return req_id(r, 0, &matter, e) && matter_load_content(r, matter, &m, e)
        && db_all(r->c, e, r->a, &compartment_record, out,
            SQL("SELECT k.id, k.kind, k.side, k.created_at, k.destroyed_at,"
                " CASE WHEN " OPEN_TO " THEN 1 ELSE 0 END AS open FROM compartment k"
                " WHERE k.home = $1 AND k.matter = $2 AND (k.kind <> 0 OR " OPEN_TO ")"
                " ORDER BY k.id LIMIT 100"),
            V(m.home), V(matter), V(r->who->account), V(r->now));
}

/* A compartment the reader holds a grant of; anything else is not found. */
static bool open_one(struct req *r, struct compartment *c, struct matter *m,
                     unsigned char key[KEY_LEN], struct err *e)
{
    struct id id;
    if (!req_id(r, 0, &id, e)
        || !db_one(r->c, e, r->a, &compartment_record, c,
            SQL("SELECT k.id, k.matter, k.kind, k.side, k.wrapped, k.created_at, k.destroyed_at"
                " FROM compartment k WHERE k.home = $1 AND k.id = $2 AND k.destroyed_at = 0"
                " AND " OPEN_TO), V(r->who->home), V(id), V(r->who->account), V(r->now))
        || !matter_load_content(r, c->matter, m, e))
        return false;
    struct secret_at at = key_at(id);
    return secret_open_key(&r->app->secrets, r->a, &at, c->wrapped, key, e);
}

struct compartment_entry { struct id id; struct str text, author_name; struct stamp at; };
static const struct field compartment_entry_fields[] = {
    FIELD(compartment_entry, id, .doc = "Key", .flags = HIDDEN | READONLY),
    FIELD(compartment_entry, text, .doc = "What is kept there", .max = 5000,
          .flags = REQUIRED | LINES, .zh = "内容", .en = "Text"),
    FIELD(compartment_entry, author_name, .doc = "Who wrote it", .flags = READONLY,
          .zh = "记录人", .en = "By"),
    FIELD(compartment_entry, at, .doc = "When", .flags = READONLY, .zh = "时间", .en = "When"),
};
static const struct record compartment_entry_record = RECORD(compartment_entry,
                                                             compartment_entry_fields);

static struct secret_at entry_at(struct id entry)
{
    return (struct secret_at){ STR("compartment_entry"), STR("body"), entry };
}

static bool on_write(struct req *r, const void *in, void *out, struct err *e)
{
    const struct compartment_entry *x = in;
    struct compartment c = { 0 };
    unsigned char key[KEY_LEN];
    struct matter m;
    struct id id = id_make();
    struct str sealed;
    if (!open_one(r, &c, &m, key, e))
        return false;
    struct secrets own = { .suite = r->app->secrets.suite, .own = key };
    struct secret_at at = entry_at(id);
    *(struct compartment_entry *)out = (struct compartment_entry){ id, x->text, r->who->name,
                                                                   r->now };
    r->sight = SIGHT_ALL;
    r->no_store = true;
    return secret_seal(&own, r->a, &at, x->text, &sealed, e)
        && db_exec(r->c, e, NULL,
            SQL("INSERT INTO compartment_entry (id, home, compartment, body, author, at)"
                " VALUES ($1, $2, $3, $4, $5, $6)"),
            V(id), V(m.home), V(c.id), V(sealed), V(r->who->account), V(r->now))
        && matter_log(r, &m, STR("compartment.write"), c.id, STR("{}"), e);
}

static bool on_read(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct compartment c = { 0 };
    unsigned char key[KEY_LEN];
    struct matter m;
    struct list *list = out;
    if (!open_one(r, &c, &m, key, e)
        || !db_all(r->c, e, r->a, &compartment_entry_record, list,
            SQL("SELECT x.id, x.body AS text, x.at, COALESCE(w.name, '') AS author_name"
                " FROM compartment_entry x LEFT JOIN account w ON w.home = x.home"
                " AND w.id = x.author WHERE x.home = $1 AND x.compartment = $2"
                " ORDER BY x.id LIMIT 500"), V(m.home), V(c.id)))
        return false;
    struct secrets own = { .suite = r->app->secrets.suite, .own = key };
    struct compartment_entry *v = list->v;
    for (size_t i = 0; i < list->n; i++) {
        struct secret_at at = entry_at(v[i].id);
        if (!secret_open(&own, r->a, &at, v[i].text, &v[i].text, e))
            return false;
    }
    r->sight = SIGHT_ALL;
    r->no_store = true;
    return access_look_into(r, m.home, m.id, c.id,
                            str_of(compartment_kind_names.v[c.kind].slug), e);
}

/* ---- grants and the end ---- */

struct compartment_grant { struct id account; struct stamp until; };
static const struct field compartment_grant_fields[] = {
    FIELD(compartment_grant, account, .doc = "Who may open it", .format = FORMAT_ACCOUNT,
          .flags = REQUIRED, .zh = "人员", .en = "Account"),
    FIELD(compartment_grant, until, .doc = "Until when; now ends an earlier grant",
          .zh = "截止", .en = "Until"),
};
static const struct record compartment_grant_record = RECORD(compartment_grant,
                                                             compartment_grant_fields);

static bool on_grant(struct req *r, const void *in, void *out UNUSED, struct err *e)
{
    const struct compartment_grant *x = in;
    struct compartment c = { 0 };
    unsigned char key[KEY_LEN];
    struct matter m;
    int64_t there = 0;
    if (!open_one(r, &c, &m, key, e)
        || !db_int(r->c, e, &there,
            SQL("SELECT 1 FROM account WHERE home = $1 AND id = $2 AND state = 0"),
            V(m.home), V(x->account)))
        return false;
    if (!there)
        return err_field(e, ERR_NO_SUCH_REF, "account");
    return db_exec(r->c, e, NULL,
        SQL("UPDATE compartment_grant SET until = $4 WHERE home = $1 AND compartment = $2"
            " AND account = $3 AND (until = 0 OR until > $4)"),
        V(m.home), V(c.id), V(x->account), V(r->now))
        && ((x->until.ms && x->until.ms <= r->now.ms)
            || grant(r, m.home, c.id, x->account, x->until, e))
        && matter_log(r, &m, STR("compartment.grant"), c.id,
                      arena_printf(r->a, "{\"account\":\"%lld\",\"until\":%lld}",
                                   (long long)x->account.v, (long long)x->until.ms), e);
}

/* Who may open what, for the auditor: no text, no party's name. Of a safety compartment
 * that is the protected party's alone to know (product.md rule 5). */
struct grant_query { struct str number; };
static const struct field grant_query_fields[] = {
    FIELD(grant_query, number, .doc = "Whose sealed places", .max = 40, .flags = REQUIRED,
          .zh = "编号", .en = "Number"),
};
static const struct record grant_query_record = RECORD(grant_query, grant_query_fields);

struct grant_row {
    struct str account_name, granted_by_name;
    unsigned kind;
    struct stamp since, until, destroyed_at;
};
static const struct field grant_row_fields[] = {
    FIELD(grant_row, kind, .doc = "Of which sealed place", .names = &compartment_kind_names,
          .zh = "密封区", .en = "Compartment"),
    FIELD(grant_row, account_name, .doc = "Who may open it", .zh = "人员", .en = "Who"),
    FIELD(grant_row, since, .doc = "From when", .zh = "起始", .en = "Since"),
    FIELD(grant_row, until, .doc = "Until when; none: open", .zh = "截止", .en = "Until"),
    FIELD(grant_row, granted_by_name, .doc = "Who let them", .zh = "授权人", .en = "Granted by"),
    FIELD(grant_row, destroyed_at, .doc = "When its key was forgotten", .zh = "销毁时间",
          .en = "Destroyed"),
};
static const struct record grant_row_record = RECORD(grant_row, grant_row_fields);

static bool on_grants(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct grant_query *q = r->query;
    int64_t matter = 0;
    r->sight = SIGHT_ALL;
    r->no_store = true;
    if (!db_int(r->c, e, &matter, SQL("SELECT id FROM matter WHERE home = $1 AND number = $2"),
                V(r->app->home), V(q->number)))
        return false;
    if (!matter)
        return err_field(e, ERR_NO_SUCH_REF, "number");
    return db_all(r->c, e, r->a, &grant_row_record, out,
            SQL("SELECT k.kind, COALESCE(a.name, '') AS account_name, g.since, g.until,"
                " COALESCE(b.name, '') AS granted_by_name, k.destroyed_at FROM compartment k"
                " JOIN compartment_grant g ON g.home = k.home AND g.compartment = k.id"
                " LEFT JOIN account a ON a.home = g.home AND a.id = g.account"
                " LEFT JOIN account b ON b.home = g.home AND b.id = g.granted_by"
                " WHERE k.home = $1 AND k.matter = $2 AND k.kind <> $3"
                " ORDER BY k.id, g.since, g.account LIMIT 500"),
            V(r->app->home), V(matter), V((unsigned)COMPARTMENT_SAFETY))
        && access_look(r, r->app->home, (struct id){ matter }, STR("grants"), e);
}

static bool on_destroy(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    struct compartment c = { 0 };
    unsigned char key[KEY_LEN];
    struct matter m;
    return open_one(r, &c, &m, key, e)
        && db_exec(r->c, e, NULL,
            SQL("UPDATE compartment SET wrapped = '', destroyed_at = $3"
                " WHERE home = $1 AND id = $2"), V(m.home), V(c.id), V(r->now))
        && db_exec(r->c, e, NULL,
            SQL("DELETE FROM compartment_entry WHERE home = $1 AND compartment = $2"),
            V(m.home), V(c.id))
        && matter_log(r, &m, STR("compartment.destroy"), c.id, STR("{}"), e);
}

static const struct route compartment_routes[] = {
    { "GET", "/api/v1/matters/{id}/compartments", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .out = &compartment_record, .reply = REPLY_LIST, .doc = "The sealed places of a matter" },
    { "POST", "/api/v1/matters/{id}/compartments", PERM_MATTER_HANDLE, ROUTE_WRITE,
      .apply = on_make, .in = &compartment_new_record, .out = &compartment_record,
      .body = BODY_JSON, .doc = "Make a sealed place; only I may open it at first" },
    { "GET", "/api/v1/compartments/{id}/entries", PERM_MATTER_READ, ROUTE_READ, .apply = on_read,
      .out = &compartment_entry_record, .reply = REPLY_LIST, .doc = "What is kept there" },
    { "POST", "/api/v1/compartments/{id}/entries", PERM_MATTER_ACT, ROUTE_WRITE,
      .apply = on_write, .in = &compartment_entry_record, .out = &compartment_entry_record,
      .body = BODY_JSON, .doc = "Keep something there" },
    { "POST", "/api/v1/compartments/{id}/grants", PERM_MATTER_HANDLE, ROUTE_WRITE,
      .apply = on_grant, .in = &compartment_grant_record, .body = BODY_JSON,
      .reply = REPLY_NONE, .doc = "Let somebody open it, until a date; or end that" },
    { "GET", "/api/v1/audit/grants", PERM_AUDIT_READ, ROUTE_READ, .apply = on_grants,
      .query = &grant_query_record, .out = &grant_row_record, .reply = REPLY_LIST,
      .doc = "Who may open the sealed places of a matter, safety left out" },
    { "DELETE", "/api/v1/compartments/{id}", PERM_MATTER_HANDLE, ROUTE_WRITE,
      .apply = on_destroy, .reply = REPLY_NONE, .doc = "Forget its key and its content" },
};
const struct route_table compartment_table = ROUTES("compartment", compartment_routes);
