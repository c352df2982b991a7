/* asset.c - finding an embedded file, and the page behind an address. */
#include "http/asset.h"
#include "http/route.h"
#include <stdlib.h>

struct want { struct str path; };

static int compare(const void *key, const void *row)
{
    const struct want *w = key;
    const struct asset *v = row;
    return str_cmp(w->path, str_of(v->path));
}

static const struct asset *find(const struct asset *v, size_t n, struct str path)
{
    struct want w = { path };
    return v && n ? bsearch(&w, v, n, sizeof *v, compare) : NULL;
}

static const struct asset *first(const struct asset *v, size_t n, struct str a, struct str b)
{
    const struct asset *got = find(v, n, a);
    return got ? got : find(v, n, b);
}

static bool is_door(struct str path)
{
    return str_is(path, "/door") || str_starts(path, STR("/door/"));
}

/* The last segment has a dot: a file is meant, not an address inside a page. */
static bool is_file(struct str path)
{
    for (size_t i = path.n; i-- > 0 && path.p[i] != '/'; )
        if (path.p[i] == '.')
            return true;
    return false;
}

static const struct asset *page(const struct asset *v, size_t n, unsigned site, struct str path)
{
    if (site & SITE_DOOR && (is_door(path) || !(site & SITE_DESK)))
        return first(v, n, STR("/door/index.html"), STR("/door.html"));
    return site & SITE_DESK && !is_door(path) ? find(v, n, STR("/index.html")) : NULL;
}

const struct asset *asset_find(const struct asset *v, size_t n, unsigned site, struct str method,
                               struct str path)
{
    if (!str_is(method, "GET") && !str_is(method, "HEAD"))
        return NULL;
    if (str_is(path, "/api") || str_starts(path, STR("/api/")))
        return NULL;
    if (!is_file(path))
        return page(v, n, site, path);
    if (str_is(path, "/index.html") && !(site & SITE_DESK))
        return NULL;
    if ((str_is(path, "/door.html") || str_is(path, "/door/index.html")) && !(site & SITE_DOOR))
        return NULL;
    return find(v, n, path);
}
