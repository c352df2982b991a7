/* fuzz_multipart.c - a form: the first byte is the size of the pieces it comes
 * in. However it is cut, the same is read. */
#include "fuzz.h"
#include "http/multipart.h"

struct seen { uint64_t hash; size_t open, parts; };

static void mix(struct seen *s, struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        s->hash = (s->hash ^ (unsigned char)text.p[i]) * UINT64_C(0x100000001b3);
}
static bool on_begin(void *ctx, const struct part *p, struct err *e)
{
    struct seen *s = ctx;
    FUZZ_HOLDS(s->open == 0 && p->name.n > 0 && !e->id);
    s->open = 1;
    s->parts++;
    mix(s, p->name);
    mix(s, p->filename);
    mix(s, p->media);
    return true;
}
static bool on_data(void *ctx, struct str bytes, struct err *e)
{
    struct seen *s = ctx;
    FUZZ_HOLDS(s->open == 1 && bytes.n > 0 && !e->id);
    mix(s, bytes);
    return true;
}
static bool on_end(void *ctx, struct err *e)
{
    struct seen *s = ctx;
    FUZZ_HOLDS(s->open == 1 && !e->id);
    s->open = 0;
    mix(s, STR("|"));
    return true;
}

/* Whether the form was whole. */
static bool read_all(struct str text, size_t step, struct seen *s)
{
    struct arena a = { 0 };
    struct err e = { 0 };
    struct multipart_sink sink = { s, on_begin, on_data, on_end };
    struct multipart *m = multipart_open(&a, STR("B"), &sink, &e);
    bool ok = m != NULL;
    for (size_t at = 0; ok && at < text.n; at += step)
        ok = multipart_feed(m, str_sub(text, at, step), &e);
    ok = ok && multipart_end(m, &e);
    FUZZ_HOLDS(ok == !err_is_set(&e) && s->parts <= MULTIPART_PARTS_MAX);
    arena_done(&a);
    return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct seen whole = { 1, 0, 0 }, cut = { 1, 0, 0 };
    if (n == 0)
        return 0;
    struct str text = { (const char *)data + 1, n - 1 };
    bool ok = read_all(text, text.n + 1, &whole);
    FUZZ_HOLDS(read_all(text, (size_t)data[0] % 64 + 1, &cut) == ok);
    FUZZ_HOLDS(!ok || (whole.hash == cut.hash && whole.parts == cut.parts));
    return 0;
}
