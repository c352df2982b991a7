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

int main(void)
{
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
