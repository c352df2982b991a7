#include "sample.h"
#include "tap.h"

/* Each format by its own mask; how each masks is base/mask's. */
static const struct { enum field_format format; const char *value, *shown; } masks[] = {
    { FORMAT_PHONE, "13812345678", "138****5678" }, { FORMAT_PHONE, "", "" },
    { FORMAT_IDNUM, "22010219900101123X", "2****************X" },
    { FORMAT_PERSON, "欧阳修", "欧阳*" },
    { FORMAT_ADDRESS, "绍兴市诸暨市枫桥镇枫源村12号", "绍兴市诸暨市枫桥镇枫源村****" },
    { FORMAT_NONE, "anything", "***" }, { FORMAT_CREDIT, "91220101MA0Y000000", "***" },
    { FORMAT_PASSWORD, "a", "***" }, { FORMAT__COUNT, "a", "***" },
};

static void shown(const char *name, const struct sample *s, enum lang lang, const char *want)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1000);
    buf_add(&b, STR(""));
    field_to_text(record_field(&sample_record, str_of(name)), s, lang, &b);
    OK_STR(buf_str(&b), want);
}

int main(void)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1000);
    for (size_t i = 0; i < COUNT(masks); i++) {
        buf_clear(&b);
        buf_add(&b, STR(""));
        field_mask(masks[i].format, str_of(masks[i].value), &b);
        OK_STR(buf_str(&b), masks[i].shown);
    }
    struct str tags[] = { STR("水"), STR("电") };
    struct sample s = {
        .id = { 77 }, .title = STR("漏水"), .phone = STR("13812345678"), .pass = STR("secret"),
        .urgent = true, .mood = 1, .held_at = { INT64_C(1795224605000) }, .due = { 20778 },
        .amount = { -123456 }, .tags = { tags, 2 }, .tables = { NULL, 3 },
    }, none = { .mood = 99 };
    shown("id", &s, LANG_ZH, "77");
    shown("id", &none, LANG_ZH, "");
    shown("title", &s, LANG_ZH, "漏水");
    shown("phone", &s, LANG_ZH, "138****5678");
    shown("pass", &s, LANG_ZH, "");
    shown("urgent", &s, LANG_ZH, "是");
    shown("urgent", &none, LANG_EN, "no");
    shown("mood", &s, LANG_ZH, "激动");
    shown("mood", &s, LANG_EN, "Angry");
    shown("mood", &none, LANG_EN, "");
    shown("held_at", &s, LANG_ZH, "2026-11-21 09:30");
    shown("held_at", &none, LANG_ZH, "");
    shown("due", &s, LANG_ZH, "2026-11-21");
    shown("due", &none, LANG_ZH, "");
    shown("amount", &s, LANG_ZH, "-1234.56");
    shown("amount", &none, LANG_ZH, "0.00");
    shown("tags", &s, LANG_ZH, "水、电");
    shown("tags", &s, LANG_EN, "水, 电");
    shown("tables", &s, LANG_ZH, "3");
    s.amount.v = INT64_MIN;
    shown("amount", &s, LANG_ZH, "-92233720368547758.08");
    return tap_end();
}
