#include "matter/matter_pin.h"
#include "app/access.h"
#include "crypt/token.h"
#include "matter/matter_impl.h"
#include "matter/party.h"
#include "people/lockout.h"

static struct str hash_of(const struct req *r, const struct key *k, struct id matter,
                          struct str pin)
{
    struct digest d = token_pin_hash(k, matter, pin);
    return digest_hex(r->a, &d);
}

struct str matter_pin_make(const struct req *r, struct id matter, struct str *kept)
{
    struct str pin = token_make_pin(r->a);
    *kept = hash_of(r, keys_current(&r->app->keys, KEY_MASTER), matter, pin);
    return pin;
}

bool matter_pin_fits(const struct req *r, struct id matter, struct str pin, struct str kept)
{
    const struct key *k;
    bool fits = false;
    for (size_t at = 0; (k = keys_each(&r->app->keys, KEY_MASTER, &at));)
        fits |= str_eq_secret(hash_of(r, k, matter, pin), kept);
    return fits;
}

struct matter_status { struct str number, pin; };
static const struct field matter_status_fields[] = {
    FIELD(matter_status, number, .doc = "Public number", .max = 30, .flags = REQUIRED,
          .zh = "编号", .en = "Number"),
    FIELD(matter_status, pin, .doc = "Query pin", .max = 12, .flags = REQUIRED, .zh = "查询码",
          .en = "Query pin"),
};
static const struct record matter_status_record = RECORD(matter_status, matter_status_fields);

/* Without the blanks people put between groups of digits. */
static struct str digits_of(struct req *r, struct str s)
{
    char *p = arena_alloc(r->a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9')
            p[n++] = s.p[i];
    return (struct str){ p, n };
}

/* ---- where it stands, without an account ---- */

/* A wrong number and a wrong pin look alike. */
static bool by_pin(struct req *r, const struct matter_status *x, struct matter *m, struct err *e)
{
    struct str kept = STR("");
    bool found;
    if (!matter_db_by_number(r, digits_of(r, x->number), m, &kept, &found, e))
        return false;
    return matter_pin_fits(r, m->id, digits_of(r, x->pin), kept) || err_set(e, ERR_BAD_PIN);
}

/* A pin has six digits: wrong ones in a row close the number for a while to who tries,
 * whether such a matter exists or not. Counted before it is looked at. */
static struct str lock_name(struct req *r, const struct matter_status *x)
{
    return arena_printf(r->a, "matter:%.*s", STR_ARG(digits_of(r, x->number)));
}

/* Who has the matter in his or her own list guesses nothing, and is never kept out. */
static bool is_linked(struct req *r, const struct matter_status *x, bool *out, struct err *e)
{
    int64_t n = 0;
    if (r->who && !db_int(r->c, e, &n,
            SQL("SELECT COUNT(*) FROM (SELECT 1 FROM matter m JOIN sight s ON s.home = m.home"
                " AND s.holder = $3 AND s.matter = m.id AND s.until = 0"
                " WHERE m.home = $1 AND m.number = $2 LIMIT 1) x"),
            V(r->app->home), V(digits_of(r, x->number)), V(r->who->account)))
        return false;
    *out = n > 0;
    return true;
}

static bool count_try(struct req *r, void *ctx, struct err *e)
{
    bool linked;
    return is_linked(r, ctx, &linked, e)
        && (linked || lockout_enter_pin(r, lock_name(r, ctx), e));
}

static bool before_pin(struct req *r, void *in, struct err *e)
{
    return r->c ? count_try(r, in, e)   /* a tool in its own transaction */
                : app_write(r->app, r, count_try, in, e);
}

static bool pass(struct req *r, const struct matter_status *x, struct err *e)
{
    bool linked;
    return is_linked(r, x, &linked, e) && (linked || lockout_pass_pin(r, lock_name(r, x), e));
}

static bool clear_tries(struct req *r, struct err *e)
{
    return pass(r, r->then, e);
}

static bool on_status(struct req *r, const void *in, void *out, struct err *e)
{
    r->no_store = true;
    r->sight = (struct sight){ .party = true };
    if (!by_pin(r, in, out, e))
        return false;
    struct matter_status *x = arena_new(r->a, struct matter_status);
    *x = *(const struct matter_status *)in;
    r->then = x;
    r->then_write = clear_tries;
    return true;
}

/* ---- one's own ---- */

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name link_side_v[] = {
    { "unsaid", "未说明", "not said" }, PARTY_ROLES(X)
};
#undef X
static const struct names link_side_names = NAMES("link_side", link_side_v);

struct door_link { struct str number, pin; unsigned side; };
static const struct field door_link_fields[] = {
    FIELD(door_link, number, .doc = "Public number", .max = 30, .flags = REQUIRED, .zh = "编号",
          .en = "Number"),
    FIELD(door_link, pin, .doc = "Query pin", .max = 12, .flags = REQUIRED, .zh = "查询码",
          .en = "Query pin"),
    FIELD(door_link, side, .doc = "For which side I act, where my number is given on several",
          .names = &link_side_names, .zh = "我是哪一方", .en = "My side"),
};
static const struct record door_link_record = RECORD(door_link, door_link_fields);

static struct matter_status *knows(struct req *r, const struct door_link *x)
{
    struct matter_status *s = arena_new(r->a, struct matter_status);
    *s = (struct matter_status){ x->number, x->pin };
    return s;
}

static bool before_link(struct req *r, void *in, struct err *e)
{
    return before_pin(r, knows(r, in), e);
}

/* Links the account to the matter it knows number and pin of: as the party whose
 * telephone number is the account's, else as somebody who may follow it. */
static bool on_link(struct req *r, const void *in, void *out, struct err *e)
{
    const struct door_link *x = in;
    const struct matter_status *s = knows(r, x);
    unsigned side = x->side ? x->side - 1 : PARTY_ROLE__COUNT;
    struct matter m = { 0 };
    struct matter_moved *moved = out;
    int64_t n = 0;
    if (!by_pin(r, s, &m, e) || !pass(r, s, e)
        || !party_link(r, m.id, r->who->account, side, &n, e)
        || !sight_give(r, m.id, r->who->account, GRADE_CONTENT, n ? WHY_PARTY : WHY_FILER, e)
        || !matter_log(r, &m, STR("link"), ID_NONE,
                       arena_printf(r->a, "{\"parties\":%lld}", (long long)n), e))
        return false;
    *moved = (struct matter_moved){ m.id, m.number, m.state, m.version };
    r->sight = SIGHT_ALL;
    return true;
}

/* ---- another one for who lost it ---- */

struct matter_pin_new { struct str reason; };
static const struct field matter_pin_new_fields[] = {
    FIELD(matter_pin_new, reason, .doc = "Who asks, and how that was checked; the parties can"
          " read it", .min = 2, .max = 200, .flags = REQUIRED | LINES, .zh = "身份核对情况",
          .en = "How the asker was identified"),
};
static const struct record matter_pin_new_record = RECORD(matter_pin_new, matter_pin_new_fields);

struct matter_pin { struct str number, pin; };
static const struct field matter_pin_fields[] = {
    FIELD(matter_pin, number, .doc = "Public number", .zh = "编号", .en = "Number"),
    FIELD(matter_pin, pin, .doc = "Query pin; shown this once", .zh = "查询码",
          .en = "Query pin"),
};
static const struct record matter_pin_record = RECORD(matter_pin, matter_pin_fields);

/* The one before opens nothing any more; who is linked stays linked. */
static bool on_new_pin(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_pin_new *x = in;
    struct matter_pin *y = out;
    struct matter m;
    struct str kept;
    r->sight = SIGHT_ALL;
    r->no_store = true;
    if (!matter_reach(r, &m, e))
        return false;
    if (!matter_works(r->who, &m))
        return err_set(e, ERR_DENIED);
    *y = (struct matter_pin){ m.number, matter_pin_make(r, m.id, &kept) };
    AUTO(buf_done) struct buf payload;
    buf_init(&payload, 4096);
    buf_add(&payload, STR("{\"reason\":"));
    json_put_str(&payload, x->reason);
    buf_add(&payload, STR("}"));
    return access_note(r, m.home, m.id, STR("pin"), x->reason, e)
        && matter_log(r, &m, STR("pin_new"), ID_NONE, arena_dup(r->a, buf_str(&payload)), e)
        && db_exec(r->c, e, NULL, SQL("UPDATE matter SET pin = $3 WHERE home = $1 AND id = $2"),
                   V(m.home), V(m.id), V(kept));
}

static const struct route pin_routes[] = {
    { "POST", "/api/v1/door/status", PERM_PUBLIC, ROUTE_READ, .prepare = before_pin,
      .slow = true, .apply = on_status,
      .in = &matter_status_record, .out = &matter_record, .body = BODY_JSON, .rate = RATE_CODE,
      .sites = SITE_BOTH, .doc = "Where a matter stands, by number and pin" },
    { "POST", "/api/v1/matters/{id}/pin", PERM_SECRET_REVEAL, ROUTE_WRITE, .apply = on_new_pin,
      .in = &matter_pin_new_record, .out = &matter_pin_record, .body = BODY_JSON,
      .doc = "Another query pin for who lost it; the one before ends" },
    { "POST", "/api/v1/door/links", PERM_RESIDENT, ROUTE_WRITE, .prepare = before_link,
      .slow = true, .apply = on_link,
      .in = &door_link_record, .out = &matter_moved_record, .body = BODY_JSON,
      .rate = RATE_CODE, .sites = SITE_BOTH, .doc = "Link a matter to me, by number and pin" },
};
const struct route_table matter_pin_table = ROUTES("matter", pin_routes);
