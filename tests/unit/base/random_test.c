#include "base/random.h"
#include "tap.h"

int main(void)
{
    struct arena a = { 0 };
    unsigned char raw[3];
    OK(random_hex(&a, 16).n == 32 && random_digits(&a, 6).n == 6);
    OK(hex_parse(STR("0aFf10"), raw, 3) && raw[0] == 10 && raw[1] == 255 && raw[2] == 16);
    OK(!hex_parse(STR("0aF"), raw, 3) && !hex_parse(STR("0aFfzz"), raw, 3));
    OK_STR(hex_of(&a, "\x01\xAB", 2), "01ab");
    uint32_t seen = 0;
    for (int i = 0; i < 400; i++)
        seen |= 1u << random_below(10);
    OK_INT(seen, 0x3FF);
    struct dice d = { 42 }, e = { 42 };
    OK(dice_next(&d) == dice_next(&e) && dice_below(&d, 7) < 7);
    arena_done(&a);
    return tap_end();
}
