/* route_check.c - proof that every row of the tables is whole. */
#include "http/route.h"

static bool bad(const struct route *r, const char *why, struct err *e)
{
    return err_internal(e, "route %s %s: %s", r->method ? r->method : "?", r->path ? r->path : "?",
                        why);
}

static bool method_known(const char *m)
{
    static const char *const names[] = { "GET", "POST", "PUT", "PATCH", "DELETE" };
    for (size_t i = 0; m && i < COUNT(names); i++)
        if (str_is(str_of(m), names[i]))
            return true;
    return false;
}

static bool word_ok(struct str w)
{
    static const char marks[] = "abcdefghijklmnopqrstuvwxyz0123456789-_.";
    if (w.n > 2 && w.p[0] == '{' && w.p[w.n - 1] == '}')
        w = str_sub(w, 1, w.n - 2);
    for (size_t i = 0; i < w.n; i++)
        if (!memchr(marks, w.p[i], sizeof marks - 1))
            return false;
    return w.n > 0;
}

static bool path_ok(const char *path)
{
    struct str rest = str_of(path), word;
    size_t params = 0;
    if (rest.n == 0 || rest.p[0] != '/')
        return false;
    rest = str_sub(rest, 1, rest.n);
    for (bool more = rest.n > 0; more; ) {
        more = str_cut(rest, '/', &word, &rest);
        if (!word_ok(word))
            return false;
        params += word.p[0] == '{';
    }
    return params <= REQ_PARAMS;
}

static bool reply_ok(const struct route *r)
{
    bool record = r->reply == REPLY_ONE || r->reply == REPLY_LIST;
    return r->reply <= REPLY_STREAM && record == (r->out != NULL);
}

static bool body_ok(const struct route *r)
{
    switch (r->body) {
    case BODY_NONE: return !r->in;
    case BODY_JSON: return r->in != NULL;
    case BODY_FILE: return true;
    }
    return false;
}

static bool row_ok(const struct route *r, struct err *e)
{
    bool get = r->method && str_is(str_of(r->method), "GET");
    if (!method_known(r->method))
        return bad(r, "the method is not known", e);
    if (!r->path || !path_ok(r->path))
        return bad(r, "the path is not well formed", e);
    if (r->perm == 0)
        return bad(r, "no permission", e);
    if (!r->doc || !r->doc[0])
        return bad(r, "no doc", e);
    if (!r->apply && r->reply != REPLY_STREAM)
        return bad(r, "no apply", e);
    if (!reply_ok(r))
        return bad(r, "reply and out do not fit", e);
    if (!body_ok(r))
        return bad(r, "body and in do not fit", e);
    if (get && (r->mode == ROUTE_WRITE || r->body != BODY_NONE))
        return bad(r, "a GET neither writes nor has a body", e);
    if (r->mode > ROUTE_WRITE || r->rate >= RATE__COUNT || r->sites > SITE_BOTH)
        return bad(r, "mode, rate or sites is out of range", e);
    return r->body_max >= 0 || bad(r, "body_max is negative", e);
}

/* The same address: literals equal, parameters whatever their names. */
static bool path_same(const char *p, const char *q)
{
    struct str a = str_of(p), b = str_of(q), x, y;
    while (a.n && b.n) {
        str_cut(a, '/', &x, &a);
        str_cut(b, '/', &y, &b);
        bool params = x.n && y.n && x.p[0] == '{' && y.p[0] == '{';
        if (!params && !str_eq(x, y))
            return false;
    }
    return a.n == b.n;
}

static bool rows_same(const struct route *a, const struct route *b)
{
    unsigned x = a->sites ? a->sites : SITE_DESK, y = b->sites ? b->sites : SITE_DESK;
    return x & y && str_eq(str_of(a->method), str_of(b->method)) && path_same(a->path, b->path);
}

/* No row before (table t, row k) has its method, address and site. */
static bool row_unique(const struct route_table *tables, size_t t, size_t k, struct err *e)
{
    const struct route *r = &tables[t].v[k];
    for (size_t i = 0; i <= t; i++)
        for (size_t m = 0; m < (i == t ? k : tables[i].n); m++)
            if (rows_same(&tables[i].v[m], r))
                return bad(r, "listed twice", e);
    return true;
}

bool route_check(const struct route_table *tables, size_t n, struct err *e)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < tables[i].n; k++)
            if (!row_ok(&tables[i].v[k], e) || !row_unique(tables, i, k, e))
                return false;
    return true;
}
