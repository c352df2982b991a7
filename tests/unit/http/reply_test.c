/* reply_test.c - entity tags and compression, apart from any connection. */
#include "http/call.h"
#include "base/random.h"
#include "tap.h"
#include <zlib.h>

static void test_reply_tag__by_version_and_sight(void)
{
    struct arena a = { 0 };
    OK_STR(reply_tag(&a, 3, SIGHT_ALL), "\"v3\"");
    OK_STR(reply_tag(&a, 3, (struct sight){ 0 }), "\"v3-1\"");
    OK_STR(reply_tag(&a, 3, (struct sight){ .content = true, .secrets = true }), "\"v3-2\"");
    OK_STR(reply_tag(&a, 3, (struct sight){ .content = true, .party = true }), "\"v3-4\"");
    arena_done(&a);
}

static void test_reply_tag_in__rows(void)
{
    static const struct { const char *list; bool in; } rows[] = {
        { "\"v3\"", true }, { "W/\"v3\"", true }, { " \"v2\" , \"v3\" ", true }, { "*", true },
        { "", false }, { "\"v33\"", false }, { "v3", false }, { "\"v3-1\"", false }, { ",", false },
        { "\"v2\"", false },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        OK_INT(reply_tag_in(str_of(rows[i].list), STR("\"v3\"")), rows[i].in);
}

static bool unpack_same(struct str packed, struct str want, char *room)
{
    z_stream z = { .next_in = (unsigned char *)(uintptr_t)packed.p, .avail_in = (unsigned)packed.n,
                   .next_out = (unsigned char *)room, .avail_out = (unsigned)want.n };
    bool ok = inflateInit2(&z, 15 + 16) == Z_OK && inflate(&z, Z_FINISH) == Z_STREAM_END &&
              z.total_out == want.n && memcmp(room, want.p, want.n) == 0;
    inflateEnd(&z);
    return ok;
}

static void test_gzip_pack__round_and_refusal(void)
{
    enum { N = 200000 };
    static char text[N], room[N];
    struct buf out;
    buf_init(&out, 1 << 20);
    for (size_t i = 0; i < N; i++)
        text[i] = "{\"a\":1},"[i % 8];
    OK(gzip_pack((struct str){ text, N }, &out));
    OK(out.n < N / 50);
    OK(unpack_same(buf_str(&out), (struct str){ text, N }, room));
    OK(gzip_pack((struct str){ text, 1500 }, &out));
    OK(unpack_same(buf_str(&out), (struct str){ text, 1500 }, room));
    random_bytes(text, N);              /* what does not shrink is sent as it is */
    OK(!gzip_pack((struct str){ text, N }, &out));
    buf_done(&out);
}

int main(void)
{
    test_reply_tag__by_version_and_sight();
    test_reply_tag_in__rows();
    test_gzip_pack__round_and_refusal();
    return tap_end();
}
