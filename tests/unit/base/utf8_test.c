#include "base/buf.h"
#include "base/utf8.h"
#include "tap.h"

static struct buf got;
static void collect(void *ctx UNUSED, struct str term)
{
    buf_addf(&got, "%.*s|", STR_ARG(term));
}
static const struct { const char *text; bool singles; const char *terms; } terms[] = {
    { "漏水了abc 12", false, "漏水|水了|abc|12|" },
    { "水", false, "水|" },
    { "水，电", false, "水|电|" },
    { "漏水", true, "漏|漏水|水|" },
    { "", false, "" },
    { "，。 !", true, "" },
    { "𠮷野家", false, "𠮷野|野家|" },
};
static const struct { const char *bytes; size_t n; bool valid; } bytes[] = {
    { "a", 1, true }, { "\xC0\x80", 2, false }, { "\xED\xA0\x80", 3, false }, { "\xFF", 1, false },
    { "a\0b", 3, false }, { "\xE6\xBC", 2, false }, { "\xF4\x90\x80\x80", 4, false },
    { "\xF0\xA0\xAE\xB7", 4, true }, { "\xE0\x80\x80", 3, false }, { "", 0, true },
};

/* Bad bytes and 0 do not come back from character and back, all others do. */
static bool comes_back(struct str s)
{
    while (s.n) {
        char again[4];
        struct str was = s;
        uint32_t c = utf8_next(&s);
        size_t n = utf8_put(c, again);
        if (c == 0 || n != was.n - s.n || memcmp(again, was.p, n))
            return false;
    }
    return true;
}

/* Every length and place of the quick ways through a text. */
static void test_utf8_valid__agrees_with_each_character(void)
{
    static const struct str parts[] = {
        STR_INIT("a"), STR_INIT("abcdefgh"), STR_INIT("漏水"), STR_INIT("\xE0\xA0\x80"),
        STR_INIT("\xED\x9F\xBF"), STR_INIT("\xEE\x80\x80"), STR_INIT("é"), STR_INIT("𠮷"),
        STR_INIT("\xED\xA0\x80"), STR_INIT("\xE6\xBC"), STR_INIT("\xE6"), STR_INIT("\x80"),
        STR_INIT("\xFF"), { "\0", 1 }, STR_INIT("\x7F"), STR_INIT("abcdefg") };
    uint64_t dice = 7;
    int differ = 0, good = 0;
    for (int i = 0; i < 20000; i++) {
        char text[64];
        struct str s = { text, 0 };
        for (int k = 0; k < 6; k++) {
            dice = dice * 6364136223846793005 + 1442695040888963407;
            const struct str *p = &parts[(dice >> 33) % (k < 5 && i % 2 ? 8 : COUNT(parts))];
            memcpy(text + s.n, p->p, p->n);
            s.n += p->n;
        }
        good += utf8_valid(s);
        differ += utf8_valid(s) != comes_back(s);
    }
    OK_INT(differ, 0);
    OK(good > 2000 && good < 18000);
}

int main(void)
{
    test_utf8_valid__agrees_with_each_character();
    struct arena a = { 0 };
    buf_init(&got, 10000);
    for (size_t i = 0; i < COUNT(terms); i++) {
        buf_clear(&got);
        buf_add(&got, STR(""));
        utf8_terms(str_of(terms[i].text), terms[i].singles, collect, NULL);
        OK_STR(buf_str(&got), terms[i].terms);
    }
    for (size_t i = 0; i < COUNT(bytes); i++)
        OK(utf8_valid((struct str){ bytes[i].bytes, bytes[i].n }) == bytes[i].valid);
    OK_STR(utf8_fold(&a, STR("ＡＢｃ　１")), "abc 1");
    OK_STR(utf8_clean(&a, STR("  a\x01\xE2\x80\xAE" "b\n ")), "ab");
    OK_STR(utf8_clean(&a, STR(" 　\xC2\xA0　漏　水\xE2\x80\x8B　 \n　")), "漏　水");
    OK_STR(utf8_clean(&a, STR("　　")), "");
    OK_STR(utf8_clean(&a, STR("a\xF3\xA0\x81\x81" "b\xE2\x80\xA8" "c")), "abc");
    OK_STR(utf8_clean(&a, STR("葛\xF3\xA0\x84\x80")), "葛\xF3\xA0\x84\x80");
    OK_INT(utf8_count(STR("漏水a")), 3);
    OK_STR(utf8_cut(STR("漏水"), 5), "漏");
    OK_STR(utf8_first(STR("漏水a"), 2), "漏水");
    OK_STR(utf8_first(STR("漏"), 9), "漏");
    buf_done(&got);
    arena_done(&a);
    return tap_end();
}
