/* asset_test.c - a packed folder (site/), looked up and served. */
#include "toy.h"
#include "base/log.h"
#include <openssl/evp.h>
#include <zlib.h>

ASSETS_DECLARE(site);

static struct str find(unsigned place, const char *method, const char *path)
{
    const struct asset *v = asset_find(site, site_n, place, str_of(method), str_of(path));
    return str_of(v ? v->path : "none");
}

static void test_asset_find__rows(void)
{
    static const struct { unsigned site; const char *method, *path, *want; } rows[] = {
        { SITE_DESK, "GET", "/", "/index.html" }, { SITE_DESK, "HEAD", "/", "/index.html" },
        { SITE_DESK, "POST", "/", "none" }, { SITE_DESK, "GET", "/index.html", "/index.html" },
        { SITE_DESK, "GET", "/matters/12/claims", "/index.html" },
        { SITE_DESK, "GET", "/api", "none" }, { SITE_DESK, "GET", "/api/v1/x", "none" },
        { SITE_DESK, "GET", "/door/", "none" }, { SITE_DESK, "GET", "/door.html", "none" },
        { SITE_DESK, "GET", "/doors", "/index.html" },
        { SITE_DESK, "GET", "/nothing.js", "none" }, { SITE_DESK, "GET", "/../x.js", "none" },
        { SITE_DESK, "GET", "/assets/plain.js", "/assets/plain.js" },
        { SITE_DESK, "GET", "/assets.html", "/assets.html" },
        { SITE_DESK, "GET", "/assets/", "/index.html" },
        { SITE_DOOR, "GET", "/", "/door.html" }, { SITE_DOOR, "GET", "/door", "/door.html" },
        { SITE_DOOR, "GET", "/door/matters/3", "/door.html" },
        { SITE_DOOR, "GET", "/index.html", "none" },
        { SITE_DOOR, "GET", "/assets/plain.js", "/assets/plain.js" },
        { SITE_BOTH, "GET", "/", "/index.html" }, { SITE_BOTH, "GET", "/door/x", "/door.html" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (!OK_STR(find(rows[i].site, rows[i].method, rows[i].path), rows[i].want))
            printf("#   for %s %s\n", rows[i].method, rows[i].path);
    OK(asset_find(NULL, 0, SITE_DESK, STR("GET"), STR("/")) == NULL);
}

static void test_table__whole(void)
{
    OK_INT(site_n, 7);
    for (size_t i = 0; i < site_n; i++) {
        const struct asset *v = &site[i];
        unsigned char d[EVP_MAX_MD_SIZE];
        unsigned n;
        char first[3];
        OK(i == 0 || strcmp(site[i - 1].path, v->path) < 0);
        EVP_Digest(v->body, v->n, d, &n, EVP_sha256(), NULL);
        snprintf(first, sizeof first, "%02x", d[0]);
        OK(str_starts(str_of(v->tag + 1), str_of(first)));
        OK_INT(v->immutable, str_is(str_of(v->path), "/assets/app-3f2a-c1b.js"));
    }
}

static void test_table__packed_copies(void)
{
    const struct asset *v =
        asset_find(site, site_n, SITE_DESK, STR("GET"), STR("/assets/app-3f2a-c1b.js"));
    char out[4096];
    if (!OK(v && v->gz && v->gz_n < v->n))
        return;
    z_stream z = { .next_in = (unsigned char *)(uintptr_t)v->gz, .avail_in = (unsigned)v->gz_n,
                   .next_out = (unsigned char *)out, .avail_out = sizeof out };
    OK_INT(inflateInit2(&z, 15 + 16), Z_OK);
    OK_INT(inflate(&z, Z_FINISH), Z_STREAM_END);
    OK_INT(z.total_out, v->n);
    OK(memcmp(out, v->body, v->n) == 0);
    inflateEnd(&z);
    OK(!v->br || v->br_n < v->gz_n);
}

static void test_serving__headers(unsigned port)
{
    struct wire *w = wire_ask(port, "GET", "/matters/7", "", NULL);
    OK_INT(wire_status(w), 200);
    OK(wire_has(w, "<title>desk"));
    OK(wire_has(w, "Cache-Control: no-cache"));
    OK(wire_has(w, "script-src 'self'; style-src"));
    OK(wire_has(w, "frame-ancestors 'none'"));
    OK(wire_has(w, "Permissions-Policy: "));
    w = wire_ask(port, "GET", "/assets/app-3f2a-c1b.js", "Accept-Encoding: gzip\r\n", NULL);
    OK(wire_has(w, "Content-Encoding: gzip"));
    OK(wire_has(w, "immutable"));
    OK(wire_has(w, "Vary: Accept-Encoding"));
    OK(wire_has(w, "Content-Type: text/javascript; charset=utf-8"));
    char head[120];
    const struct asset *v = asset_find(site, site_n, SITE_DESK, STR("GET"), STR("/"));
    snprintf(head, sizeof head, "If-None-Match: W/%s\r\n", v->tag);
    w = wire_ask(port, "GET", "/", head, NULL);
    OK_INT(wire_status(w), 304);
    OK(wire_lacks(w, "<title>"));
    w = wire_ask(port, "GET", "/empty.txt", "", NULL);
    OK_INT(wire_status(w), 200);
    w = wire_ask(port, "GET", "/none.txt", "", NULL);
    OK_INT(wire_status(w), 404);
    OK(wire_has(w, "problem+json"));
    w = wire_ask(port, "POST", "/", "", "x");
    OK_INT(wire_status(w), 404);
    w = wire_ask(port, "GET", "/", "", "x");
    OK(wire_status(w) >= 400);
}

int main(void)
{
    struct toy t;
    log_start(getenv("LOUD") ? LOG_DEBUG : LOG_NONE);
    test_asset_find__rows();
    test_table__whole();
    test_table__packed_copies();
    if (OK(toy_start(&t, (struct http_options){ .threads = 1, .assets = site, .assets_n = site_n }))) {
        test_serving__headers(t.port);
        toy_stop(&t);
    }
    return tap_end();
}
