/* route.c - finding the row of an address.
 *
 * The rows become a tree of segments once; a request walks it. A walk steps back
 * where a literal led nowhere and a parameter would; the tree bounds it. */
#include "http/route.h"
#include "http/path.h"

enum { METHODS = 5 };
static const char *const method_names[METHODS] = { "GET", "POST", "PUT", "PATCH", "DELETE" };

struct leaf { const struct route *route; unsigned method; struct leaf *next; };
struct node {
    struct str word;                    /* the literal; empty in a parameter's node */
    struct node *words, *any, *next;
    struct leaf *leaves;
};
struct route_trie { struct node root; };

struct walk {
    unsigned site, method;
    struct str seg[REQ_PARAMS];
    size_t segs;
    unsigned allowed;                   /* mask of the methods met at the address */
};

static unsigned method_of(struct str s)
{
    unsigned i = 0;
    if (str_is(s, "HEAD"))
        return 0;
    while (i < METHODS && !str_is(s, method_names[i]))
        i++;
    return i;
}

static unsigned sites_of(const struct route *r)
{
    return r->sites ? r->sites : SITE_DESK;
}

static struct node *node_child(struct arena *a, struct node *at, struct str word)
{
    bool any = word.n && word.p[0] == '{';
    struct node **link = any ? &at->any : &at->words;
    while (*link && !any && !str_eq((*link)->word, word))
        link = &(*link)->next;
    if (!*link) {
        *link = arena_new(a, struct node);
        (*link)->word = any ? STR_NONE : word;
    }
    return *link;
}

static void trie_add(struct arena *a, struct route_trie *t, const struct route *r)
{
    struct node *at = &t->root;
    struct str rest = str_sub(str_of(r->path), 1, SIZE_MAX), word;
    while (rest.n) {
        str_cut(rest, '/', &word, &rest);
        at = node_child(a, at, word);
    }
    struct leaf **end = &at->leaves;
    while (*end)
        end = &(*end)->next;
    *end = arena_new(a, struct leaf);
    **end = (struct leaf){ .route = r, .method = method_of(str_of(r->method)) };
}

struct route_trie *route_trie_make(struct arena *a, const struct route_table *tables, size_t n)
{
    struct route_trie *t = arena_new(a, struct route_trie);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < tables[i].n; k++)
            trie_add(a, t, &tables[i].v[k]);
    return t;
}

static const struct route *leaf_pick(const struct node *at, struct walk *w)
{
    for (const struct leaf *l = at->leaves; l; l = l->next) {
        if (!(sites_of(l->route) & w->site))
            continue;
        w->allowed |= 1U << l->method;
        if (l->method == w->method)
            return l->route;
    }
    return NULL;
}

static const struct route *walk(const struct node *at, struct str rest, struct walk *w)
{
    struct str seg, after;
    bool more;
    if (!rest.p)
        return leaf_pick(at, w);
    more = str_cut(rest, '/', &seg, &after);
    after = more ? after : STR_NONE;
    if (seg.n == 0)                     /* "//", or a slash at the end */
        return NULL;
    for (const struct node *c = at->words; c; c = c->next) {
        const struct route *r = str_eq(c->word, seg) ? walk(c, after, w) : NULL;
        if (r)
            return r;
    }
    if (!at->any || w->segs == REQ_PARAMS)
        return NULL;
    w->seg[w->segs++] = seg;
    const struct route *r = walk(at->any, after, w);
    w->segs -= r ? 0 : 1;
    return r;
}

static const struct route *walk_path(const struct route_trie *t, struct str path, struct walk *w)
{
    if (path.n == 0 || path.p[0] != '/' || path.n > PATH_MAX_BYTES)
        return NULL;
    return walk(&t->root, path.n == 1 ? STR_NONE : str_sub(path, 1, path.n), w);
}

const struct route *route_trie_find(const struct route_trie *t, unsigned site, struct str method,
                                    struct str path, struct arena *a,
                                    struct str param[REQ_PARAMS], struct err *e)
{
    struct walk w = { .site = site, .method = method_of(method) };
    const struct route *r = walk_path(t, path, &w);
    if (!r) {
        err_set(e, w.allowed ? ERR_BAD_METHOD : ERR_NO_ROUTE);
        return NULL;
    }
    for (size_t i = 0; i < w.segs; i++) {
        if (!path_decode(a, w.seg[i], &param[i])) {
            err_set(e, ERR_NO_ROUTE);
            return NULL;
        }
    }
    return r;
}

void route_trie_allow(const struct route_trie *t, unsigned site, struct str path, struct buf *b)
{
    struct walk w = { .site = site, .method = METHODS };
    const char *sep = "";
    if (walk_path(t, path, &w))
        return;
    for (unsigned i = 0; i < METHODS; i++) {
        if (!(w.allowed & 1U << i))
            continue;
        buf_addf(b, "%s%s%s", sep, method_names[i], i == 0 ? ", HEAD" : "");
        sep = ", ";
    }
}

const struct route *route_find(const struct route_table *tables, size_t n, unsigned site,
                               struct str method, struct str path, struct arena *a,
                               struct str param[REQ_PARAMS], struct err *e)
{
    return route_trie_find(route_trie_make(a, tables, n), site, method, path, a, param, e);
}
