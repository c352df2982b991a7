/* path.c - decoding of path segments and query strings. */
#include "http/path.h"
#include "base/random.h"
#include "base/utf8.h"

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f;
}

static bool unescape(struct arena *a, struct str raw, bool plus, struct str *out)
{
    char *p = arena_alloc(a, raw.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];
        if (c == '%') {
            if (!hex_parse(str_sub(raw, i + 1, 2), (unsigned char *)&c, 1))
                return false;
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if (is_control(c))
            return false;
        p[n++] = c;
    }
    *out = (struct str){ p, n };
    return utf8_valid(*out);
}

bool path_decode(struct arena *a, struct str raw, struct str *out)
{
    struct str s;
    if (raw.n == 0 || raw.n > SEGMENT_MAX_BYTES || !unescape(a, raw, false, &s))
        return false;
    if (str_is(s, ".") || str_is(s, ".."))
        return false;
    if (memchr(s.p, '/', s.n) || memchr(s.p, '\\', s.n))
        return false;
    *out = s;
    return true;
}

bool query_decode(struct arena *a, struct str raw, struct str *out)
{
    return unescape(a, raw, true, out);
}

/* ---- the query string ---- */

struct pair { struct str key, value; };
struct pairs { struct pair v[QUERY_PAIRS_MAX]; size_t n; };

static bool pair_add(struct arena *a, struct pairs *q, struct str text, struct err *e)
{
    struct str key, value;
    struct pair got;
    str_cut(text, '=', &key, &value);
    if (q->n == COUNT(q->v) || !query_decode(a, key, &got.key) ||
        !query_decode(a, value, &got.value))
        return err_set(e, ERR_BAD_QUERY);
    for (size_t i = 0; i < q->n; i++)
        if (str_eq(q->v[i].key, got.key))
            return err_field(e, ERR_BAD_QUERY, arena_cstr(a, got.key));
    q->v[q->n++] = got;
    return true;
}

static bool pairs_read(struct arena *a, struct str text, struct pairs *q, struct err *e)
{
    for (struct str head, rest = text; rest.n; ) {
        str_cut(rest, '&', &head, &rest);
        if (head.n && !pair_add(a, q, head, e))
            return false;
    }
    return true;
}

static bool limit_read(struct req *r, struct str text, struct err *e)
{
    int64_t v;
    if (!str_to_i64(text, &v) || v < 1 || v > 100)
        return err_fieldf(e, ERR_OUT_OF_RANGE, "limit", "1-100");
    r->limit = v;
    return true;
}

static bool pair_take(struct req *r, struct pair p, void *query, struct err *e)
{
    const struct record *rec = r->route->query;
    bool list = r->route->reply == REPLY_LIST;
    const struct field *f = rec ? record_field(rec, p.key) : NULL;
    if (list && str_is(p.key, "limit"))
        return limit_read(r, p.value, e);
    if (list && str_is(p.key, "after")) {
        r->cursor = p.value;
        return true;
    }
    if (!f || f->flags & READONLY)
        return err_field(e, ERR_UNKNOWN_FIELD, arena_cstr(r->a, p.key));
    return field_from_text(f, p.value, r->a, query, e);
}

bool query_read(struct req *r, struct str text, struct err *e)
{
    const struct record *rec = r->route->query;
    struct pairs q = { 0 };
    void *query = rec ? arena_alloc(r->a, rec->size) : NULL;
    r->limit = 20;
    if (!pairs_read(r->a, text, &q, e) || (rec && !record_preset(rec, r->a, query, e)))
        return false;
    for (size_t i = 0; i < q.n; i++)
        if (!pair_take(r, q.v[i], query, e))
            return false;
    if (rec && !record_complete(rec, query, e))
        return false;
    r->query = query;
    return true;
}
