#include "crypt/base64.h"
#include "base/random.h"
#include "tap.h"

int main(void)
{
    struct arena a = { 0 };
    struct str out = STR("untouched");
    OK_STR(base64_text(&a, STR("")), "");
    OK_STR(base64_text(&a, STR("f")), "Zg");                /* RFC 4648 §10 */
    OK_STR(base64_text(&a, STR("foobar")), "Zm9vYmFy");
    OK_STR(base64_text(&a, STR("\xFB\xFF")), "-_8");
    OK(!base64_parse(&a, STR("Zh"), &out) && !base64_parse(&a, STR("Z"), &out));
    OK(!base64_parse(&a, STR("Zg=="), &out) && !base64_parse(&a, STR("Zm 9"), &out));
    OK(!base64_parse(&a, STR("+/8"), &out) && !base64_parse(&a, STR("Zg\0"), &out));
    OK_STR(out, "untouched");
    int taken = 0, bad = 0;
    for (int c = 0; c < 256; c++) {                         /* no byte but the 64 */
        char text[] = { (char)c, 'A', 'A', 'A' };
        taken += base64_parse(&a, (struct str){ text, sizeof text }, &out);
    }
    OK_INT(taken, 64);
    for (size_t n = 0; n < 70; n++) {
        char raw[70];
        random_bytes(raw, sizeof raw);
        struct str in = { raw, n };
        bad += !base64_parse(&a, base64_text(&a, in), &out) || !str_eq(in, out);
    }
    OK_INT(bad, 0);
    arena_done(&a);
    return tap_end();
}
