#include "sample.h"
#include "base/random.h"
#include "tap.h"
#include <inttypes.h>

static bool take(const char *name, struct str text, struct arena *a, struct sample *s,
                 struct err *e)
{
    return field_from_text(record_field(&sample_record, str_of(name)), text, a, s, e);
}

/* ms, days, fen, 0/1 or the choice. */
static int64_t value_of(const struct sample *s, const char *name)
{
    if (!strcmp(name, "held_at")) return s->held_at.ms;
    if (!strcmp(name, "due"))     return s->due.n;
    if (!strcmp(name, "amount"))  return s->amount.v;
    if (!strcmp(name, "urgent"))  return s->urgent;
    if (!strcmp(name, "mood"))    return s->mood;
    if (!strcmp(name, "org"))     return s->org.v;
    if (!strcmp(name, "free"))    return s->free;
    return s->count;
}

#define NOV21  20778
#define T0930  INT64_C(1795224600000)
static const struct { const char *name, *text; int64_t want; } good[] = {
    { "due", "2026-11-21", NOV21 }, { "due", " 2026/11/21 ", NOV21 },
    { "due", "2026年11月21日", NOV21 }, { "due", "2026.11.21", NOV21 },
    { "due", "２０２６－１１－２１", NOV21 }, { "due", "2026-1-5", 20458 },
    { "due", "2026-11-21 00:00:00", NOV21 }, { "due", "", 0 }, { "due", "  ", 0 },
    { "held_at", "2026-11-21 09:30", T0930 }, { "held_at", "2026/11/21 9:30", T0930 },
    { "held_at", "2026-11-21 09:30:05", T0930 + 5000 },
    { "held_at", "2026年11月21日 09:30", T0930 }, { "held_at", "2026年11月21日9时30分", T0930 },
    { "held_at", "2026-11-21T01:30:00Z", T0930 },
    { "held_at", "2026-11-21T09:30:00.5+08:00", T0930 + 500 },
    { "held_at", "2026-11-21", T0930 - INT64_C(34200000) },
    { "amount", "1,234.5", 123450 }, { "amount", "1234.5", 123450 }, { "amount", "0.01", 1 },
    { "amount", "￥1,234.56", 123456 }, { "amount", "¥12", 1200 }, { "amount", "12 元", 1200 },
    { "amount", "1.230000", 123 }, { "amount", "1000000", 100000000 },
    { "amount", "１，２３４．５", 123450 },
    { "amount", "0", 0 }, { "amount", "-0", 0 }, { "amount", "000012", 1200 },
    { "urgent", "是", 1 }, { "urgent", "true", 1 }, { "urgent", "1", 1 }, { "urgent", "YES", 1 },
    { "urgent", "否", 0 }, { "urgent", "False", 0 }, { "urgent", "0", 0 }, { "urgent", "off", 0 },
    { "mood", "in_tears", 2 }, { "mood", "流泪", 2 }, { "mood", "in tears", 2 }, { "mood", " 激动", 1 },
    { "org", "9223372036854775807", INT64_MAX }, { "org", "1", 1 },
    { "count", "-5", -5 }, { "count", "１００", 100 }, { "count", "+7", 7 },
    { "free", "9007199254740991", INT64_C(9007199254740991) },
};

static const struct { const char *name, *text; enum err_id id; } bad[] = {
    { "due", "2026-02-29", ERR_BAD_DATE }, { "due", "2026-11", ERR_BAD_DATE },
    { "due", "2026/11-21", ERR_BAD_DATE }, { "due", "21.11.2026", ERR_BAD_DATE },
    { "due", "26-11-21", ERR_BAD_DATE }, { "due", "2026-11-21x", ERR_BAD_DATE },
    { "due", "2026年11月21", ERR_BAD_DATE }, { "due", "2026-11-21 09:30", ERR_BAD_DATE },
    { "due", "1970-01-01", ERR_BAD_DATE }, { "due", "45982", ERR_BAD_DATE },
    { "due", "0000-00-00", ERR_BAD_DATE }, { "due", "2026-", ERR_BAD_DATE },
    { "due", "2026", ERR_BAD_DATE },
    { "held_at", "2026-11-21 24:00", ERR_BAD_TIME },
    { "held_at", "2026-11-21 09:60", ERR_BAD_TIME },
    { "held_at", "2026-11-21 09", ERR_BAD_TIME }, { "held_at", "09:30", ERR_BAD_TIME },
    { "held_at", "2026-11-21 09:30:5", ERR_BAD_TIME },
    { "held_at", "2026-11-21 9:3", ERR_BAD_TIME },
    { "held_at", "2026-11-21 09:30:05 +08:00x", ERR_BAD_TIME },
    { "held_at", "2026-11-21 9时30", ERR_BAD_TIME },
    { "amount", "1.234", ERR_WRONG_TYPE }, { "amount", "1,23", ERR_WRONG_TYPE },
    { "amount", "1234,567", ERR_WRONG_TYPE }, { "amount", ",123", ERR_WRONG_TYPE },
    { "amount", "1,234,", ERR_WRONG_TYPE }, { "amount", "1.", ERR_WRONG_TYPE },
    { "amount", ".5", ERR_WRONG_TYPE }, { "amount", "1e3", ERR_WRONG_TYPE },
    { "amount", "--1", ERR_WRONG_TYPE }, { "amount", "12元元", ERR_WRONG_TYPE },
    { "amount", "abc", ERR_WRONG_TYPE }, { "amount", "-", ERR_WRONG_TYPE },
    { "amount", "99999999999999999999", ERR_WRONG_TYPE },
    { "amount", "1000000.01", ERR_OUT_OF_RANGE },
    { "amount", "92233720368547758.08", ERR_WRONG_TYPE }, { "amount", "-0.01", ERR_OUT_OF_RANGE },
    { "amount", "999999999999999", ERR_OUT_OF_RANGE },
    { "urgent", "maybe", ERR_WRONG_TYPE }, { "urgent", "2", ERR_WRONG_TYPE },
    { "mood", "bored", ERR_NOT_A_CHOICE }, { "mood", "2", ERR_NOT_A_CHOICE },
    { "org", "0", ERR_BAD_ID }, { "org", "-1", ERR_BAD_ID }, { "org", "12a", ERR_BAD_ID },
    { "count", "101", ERR_OUT_OF_RANGE }, { "count", "1.0", ERR_WRONG_TYPE },
    { "free", "9223372036854775808", ERR_WRONG_TYPE },
    { "free", "9007199254740992", ERR_OUT_OF_RANGE },
    { "tables", "x", ERR_WRONG_TYPE }, { "extra", "{}", ERR_WRONG_TYPE },
    { "title", "水", ERR_TOO_SHORT }, { "title", "a\xFF" "b", ERR_BAD_TEXT },
    { "due", "2026\xFF", ERR_BAD_TEXT }, { "tags", "a,b,c,d,e,f", ERR_TOO_MANY },
};

static void spellings(void)
{
    for (size_t i = 0; i < COUNT(good); i++) {
        AUTO(arena_done) struct arena a = { 0 };
        struct sample s = { 0 };
        struct err e = { 0 };
        bool ok = take(good[i].name, str_of(good[i].text), &a, &s, &e);
        if (!OK(ok && value_of(&s, good[i].name) == good[i].want))
            printf("#   %s %s: %s, %" PRId64 "\n", good[i].name, good[i].text, err_slug(e.id),
                   value_of(&s, good[i].name));
    }
    for (size_t i = 0; i < COUNT(bad); i++) {
        AUTO(arena_done) struct arena a = { 0 };
        struct sample s = { .count = 3, .amount = { 3 }, .due = { 3 }, .held_at = { 3 } }, was = s;
        struct err e = { 0 };
        bool ok = take(bad[i].name, str_of(bad[i].text), &a, &s, &e);
        if (!OK(!ok && e.id == bad[i].id && !strcmp(e.field, bad[i].name)))
            printf("#   %s %s: %s\n", bad[i].name, bad[i].text, err_slug(e.id));
        OK(memcmp(&s, &was, sizeof s) == 0);
    }
}

static void lists_and_texts(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct sample s = { 0 };
    struct err e = { 0 };
    OK(take("tags", STR(" 水,电；暖、 ，气;\n"), &a, &s, &e));
    OK_INT(s.tags.n, 4);
    OK_STR(s.tags.v[2], "暖");
    OK(take("title", STR("  漏水\n了 "), &a, &s, &e));
    OK_STR(s.title, "漏水 了");
    OK(take("title", STR(""), &a, &s, &e));
    OK_STR(s.title, "漏水 了");                    /* empty leaves it */
    char *big = arena_alloc(&a, 100000);
    memset(big, '1', 100000);
    OK(!take("free", (struct str){ big, 100000 }, &a, &s, &e) && e.id == ERR_WRONG_TYPE);
    err_clear(&e);
    memset(big, '\n', 99999);
    big[99999] = ';';
    OK(take("tags", (struct str){ big, 100000 }, &a, &s, &e) && s.tags.n == 0);
}

static void choices_in_each_language(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    AUTO(buf_done) struct buf b;
    struct sample s = { 0 };
    struct err e = { 0 };
    buf_init(&b, 1000);
    OK(!take("mood", STR("x"), &a, &s, &e));
    err_text(&e, LANG_ZH, &b);
    OK_STR(buf_str(&b), "不是可选的值：平静, 激动, 流泪");
    buf_clear(&b);
    err_text(&e, LANG_EN, &b);
    OK_STR(buf_str(&b), "is not one of the choices: Calm, Angry, In tears");
}

/* What is shown can be read again. */
static void shown_is_read(void)
{
    static const char *const names[] = {
        "count", "free", "urgent", "mood", "due", "amount", "org",
    };
    struct dice d = { 7 };
    int wrong = 0;
    for (int i = 0; i < 3000; i++) {
        AUTO(arena_done) struct arena a = { 0 };
        AUTO(buf_done) struct buf b;
        struct sample in = { .count = (int64_t)dice_below(&d, 106) - 5, .urgent = i & 1,
            .free = (int64_t)(dice_next(&d) >> 11) - (INT64_C(1) << 52), .mood = dice_below(&d, 3),
            .due = { 1 + (int32_t)dice_below(&d, 90000) }, .amount = { dice_below(&d, 100000001) },
            .org = { 1 + (int64_t)(dice_next(&d) >> 2) } }, out = { 0 };
        struct err e = { 0 };
        const char *name = names[(size_t)i % COUNT(names)];
        const struct field *f = record_field(&sample_record, str_of(name));
        buf_init(&b, 1000);
        field_to_text(f, &in, i & 2 ? LANG_ZH : LANG_EN, &b);
        wrong += !field_from_text(f, buf_str(&b), &a, &out, &e)
            || value_of(&in, f->name) != value_of(&out, f->name);
    }
    OK_INT(wrong, 0);
}

int main(void)
{
    spellings();
    lists_and_texts();
    choices_in_each_language();
    shown_is_read();
    return tap_end();
}
