#include "crypt/base32.h"
#include "base/random.h"
#include "tap.h"

int main(void)
{
    struct arena a = { 0 };
    struct str out = STR("untouched");
    /* RFC 4648 §10 */
    OK_STR(base32_text(&a, BASE32_RFC, STR("")), "");
    OK_STR(base32_text(&a, BASE32_RFC, STR("f")), "MY");
    OK_STR(base32_text(&a, BASE32_RFC, STR("fooba")), "MZXW6YTB");
    OK_STR(base32_text(&a, BASE32_RFC, STR("foobar")), "MZXW6YTBOI");
    OK(base32_parse(&a, BASE32_RFC, STR("mzxw 6ytb-oi"), &out));
    OK_STR(out, "foobar");
    out = STR("untouched");
    OK(!base32_parse(&a, BASE32_RFC, STR("MZXW6YTBO1"), &out));     /* 1 is no letter of it */
    OK(!base32_parse(&a, BASE32_RFC, STR("MZ="), &out));
    OK(!base32_parse(&a, BASE32_RFC, STR("M"), &out));
    OK(!base32_parse(&a, BASE32_RFC, STR("MZ"), &out));             /* bits left over */
    OK(!base32_parse(&a, BASE32_RFC, STR("M\0Y"), &out));
    OK(!base32_parse(&a, BASE32_RFC, STR("枫桥"), &out));
    OK(!base32_parse(&a, BASE32_RFC, (struct str){ arena_alloc(&a, 70000), 70000 }, &out));
    OK_STR(out, "untouched");
    OK(base32_parse(&a, BASE32_TYPED, STR("oOiIlL00"), &out) && out.n == 5);
    OK(!base32_parse(&a, BASE32_TYPED, STR("UUUUUUUU"), &out));
    int bad = 0;
    for (size_t n = 0; n < 70; n++) {
        char raw[70];
        random_bytes(raw, sizeof raw);
        for (int kind = BASE32_RFC; kind <= BASE32_TYPED; kind++) {
            struct str in = { raw, n }, text = base32_text(&a, (enum base32)kind, in);
            bad += !base32_parse(&a, (enum base32)kind, text, &out) || !str_eq(in, out);
        }
    }
    OK_INT(bad, 0);
    arena_done(&a);
    return tap_end();
}
