/* head.c - the head of a request: what it says, and what is refused at once.
 *
 * Smuggling lives from two readings of one head: both lengths, two hosts, two
 * of anything that decides. Those are refused and the connection closed. */
#include "http/call.h"
#include "base/random.h"
#include "base/utf8.h"

enum { KEY_MAX = 64, COOKIE_MAX = 8192, AGENT_MAX = 200 };
enum twice { TWICE_BAD, TWICE_FIRST, TWICE_LAST, TWICE_COOKIE };

static const struct { struct str name; size_t offset; enum twice twice; } rows[] = {
#define ROW(n, m, t) { { n, sizeof n - 1 }, offsetof(struct head, m), t }
    ROW("Host", host, TWICE_BAD), ROW("Content-Length", length, TWICE_BAD),
    ROW("Transfer-Encoding", coding, TWICE_BAD), ROW("Content-Type", type, TWICE_BAD),
    ROW("Cookie", cookie, TWICE_COOKIE), ROW("Authorization", authorization, TWICE_BAD),
    ROW("X-CSRF", csrf, TWICE_BAD), ROW("User-Agent", agent, TWICE_FIRST),
    ROW("Accept-Language", language, TWICE_FIRST),
    ROW("Accept-Encoding", accept_coding, TWICE_FIRST),
    ROW("If-Match", if_match, TWICE_BAD), ROW("If-None-Match", if_none_match, TWICE_FIRST),
    ROW("Idempotency-Key", key, TWICE_BAD), ROW("Last-Event-ID", last_event, TWICE_BAD),
    ROW("Cache-Control", cache, TWICE_FIRST),
    ROW("Range", range, TWICE_BAD), ROW("If-Range", if_range, TWICE_FIRST),
    ROW("X-Forwarded-For", forwarded, TWICE_LAST),
    ROW("Content-Disposition", disposition, TWICE_FIRST),
    ROW("X-Request-Id", request_id, TWICE_FIRST),
#undef ROW
};

struct reading { struct call *c; struct err *e; };

static bool put(struct call *c, size_t row, struct str value)
{
    struct str *at = (void *)((char *)&c->head + rows[row].offset);
    if (!at->p || rows[row].twice == TWICE_LAST)
        *at = value;
    else if (rows[row].twice == TWICE_BAD)
        return false;
    else if (rows[row].twice == TWICE_COOKIE && at->n + value.n < COOKIE_MAX)
        *at = arena_printf(c->r.a, "%.*s; %.*s", STR_ARG(*at), STR_ARG(value));
    return true;
}

static enum MHD_Result on_header(void *cls, enum MHD_ValueKind kind UNUSED, const char *key,
                                 size_t key_n, const char *value, size_t value_n)
{
    struct reading *g = cls;
    struct str name = { key, key_n }, text = { value ? value : "", value_n };
    if (memchr(text.p, '\0', text.n) || memchr(name.p, '\0', name.n)) {
        err_setf(g->e, ERR_INVALID, "NUL");
        return MHD_NO;
    }
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (!str_eq_nocase(name, rows[i].name))
            continue;
        if (!put(g->c, i, text)) {
            err_setf(g->e, ERR_INVALID, "%.*s", STR_ARG(name));
            return MHD_NO;
        }
        break;
    }
    return MHD_YES;
}

static bool host_ok(struct str h)
{
    for (size_t i = 0; i < h.n; i++) {
        char c = h.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!plain && !memchr("-._:[]", c, 6))
            return false;
    }
    return h.n <= 255;
}

/* One way only to tell how long the body is. */
static bool framing_ok(struct call *c, const char *version, struct err *e)
{
    struct head *h = &c->head;
    bool v11 = str_is(str_of(version), MHD_HTTP_VERSION_1_1);
    if ((v11 && !h->host.n) || !host_ok(h->host))
        return err_setf(e, ERR_INVALID, "Host");
    if (h->coding.p && (h->length.p || !v11 || !str_eq_nocase(h->coding, STR("chunked"))))
        return err_setf(e, ERR_INVALID, "Transfer-Encoding");
    c->body.claimed = h->coding.p ? -1 : 0;
    if (!h->length.p)
        return true;
    for (size_t i = 0; i < h->length.n; i++)
        if (h->length.p[i] < '0' || h->length.p[i] > '9')
            return err_setf(e, ERR_INVALID, "Content-Length");
    if (!str_to_i64(h->length, &c->body.claimed))
        return err_setf(e, ERR_INVALID, "Content-Length");
    return true;
}

/* ---- what the request says of itself ---- */

static bool plain_text(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= 0x20 || s.p[i] >= 0x7f || s.p[i] == '"' || s.p[i] == '\\')
            return false;
    return true;
}

/* The proxy adds the address it saw at the end; what stands before is hearsay. */
static struct str remote_of(const struct call *c)
{
    struct str s = c->head.forwarded, head;
    if (!c->s->o.behind_proxy || !s.n)
        return str_of(c->link->address);
    while (str_cut(s, ',', &head, &s))
        ;
    s = str_trim(head);
    return s.n && s.n < sizeof c->link->address && plain_text(s) ? s : str_of(c->link->address);
}

/* The weight of a language range's parameters, in thousandths. */
static int weight_of(struct str params)
{
    size_t at = str_find(params, STR("q="));
    struct str q = str_trim(str_sub(params, at + 2, params.n));
    int w = 0, unit = 1000;
    if (at >= params.n)
        return 1000;
    for (size_t i = 0; i < q.n && i < 5; i++) {
        if (q.p[i] == '.')
            continue;
        if (q.p[i] < '0' || q.p[i] > '9')
            break;
        w += (q.p[i] - '0') * unit;
        unit /= 10;
    }
    return w;
}

static enum lang lang_of(struct str accepted)
{
    int best[LANG__COUNT] = { 0 };
    struct str range, tag, params;
    for (bool more = accepted.n > 0; more; ) {
        more = str_cut(accepted, ',', &range, &accepted);
        str_cut(str_trim(range), ';', &tag, &params);
        struct str main = str_sub(tag, 0, 2);
        int w = weight_of(params);
        if (str_eq_nocase(main, STR("zh")))
            best[LANG_ZH] = MAX(best[LANG_ZH], w);
        else if (str_eq_nocase(main, STR("en")))
            best[LANG_EN] = MAX(best[LANG_EN], w);
    }
    return best[LANG_EN] > best[LANG_ZH] ? LANG_EN : LANG_ZH;
}

static void request_fill(struct call *c)
{
    struct req *r = &c->r;
    struct head *h = &c->head;
    bool given = c->s->o.behind_proxy && h->request_id.n >= 8 && h->request_id.n <= 36;
    uint64_t id = dice_next(&c->link->ids);
    r->id = given && plain_text(h->request_id) ? h->request_id : hex_of(r->a, &id, sizeof id);
    r->remote = remote_of(c);
    r->agent = utf8_valid(h->agent) ? utf8_cut(h->agent, AGENT_MAX) : STR_NONE;
    r->lang = lang_of(h->language);
    r->cookie = h->cookie;
    r->csrf = h->csrf;
    if (str_eq_nocase(str_sub(h->authorization, 0, 7), STR("bearer ")))
        r->bearer = str_trim(str_sub(h->authorization, 7, h->authorization.n));
    r->if_match = h->if_match;
    r->if_none_match = h->if_none_match;
    r->no_cache = str_find(h->cache, STR("no-cache")) < h->cache.n;
    r->last_event = h->last_event;
    r->now = stamp_now();
}

static bool key_read(struct call *c, struct err *e)
{
    struct str key = c->head.key;
    if (!key.p || !str_is(str_of(c->r.route->method), "POST"))
        return true;
    if (key.n == 0 || key.n > KEY_MAX || !plain_text(key))
        return err_setf(e, ERR_INVALID, "Idempotency-Key");
    c->r.idempotency_key = key;
    return true;
}

bool head_charge(struct call *c, struct err *e)
{
    enum route_rate class = c->r.route->rate;
    bool guess = class == RATE_LOGIN || class == RATE_CODE;
    if (c->charged)
        return true;
    c->charged = true;
    struct str key = rate_key(c->r.a, guess ? ID_NONE : c->r.account,
                              arena_cstr(c->r.a, c->r.remote));
    unsigned a_minute = c->s->o.hooks.rate_limit(c->r.app, class);
    unsigned wait = rate_take(c->s->rate, key, class, a_minute, c->began);
    c->r.retry_after = c->fresh.retry_after = wait;
    return wait == 0 || err_set(e, ERR_TOO_OFTEN);
}

/* Who sent no credential is known already; guessers are counted by address before
 * anything is looked up for them. */
static bool charge_early(struct call *c, struct err *e)
{
    enum route_rate class = c->r.route->rate;
    bool guest = !c->r.cookie.n && !c->r.bearer.n;
    if (!guest && class != RATE_LOGIN && class != RATE_CODE)
        return true;
    return head_charge(c, e);
}

bool head_read(struct call *c, const char *version, struct err *e)
{
    struct reading g = { c, e };
    MHD_get_connection_values_n(c->conn, MHD_HEADER_KIND, on_header, &g);
    request_fill(c);
    log_request(c->r.id);
    if (err_is_set(e) || !framing_ok(c, version, e))
        return false;
    c->framed = true;
    c->r.route = route_trie_find(c->s->trie, c->r.site, str_of(c->method), c->path, c->r.a,
                                 c->r.param, e);
    if (!c->r.route) {
        c->asset = e->id == ERR_NO_ROUTE ? asset_find(c->s->o.assets, c->s->o.assets_n, c->r.site,
                                                      str_of(c->method), c->path) : NULL;
        if (!c->asset || c->body.claimed)
            return false;
        err_clear(e);
        return true;
    }
    return key_read(c, e) && charge_early(c, e) && body_begin(c, e);
}
