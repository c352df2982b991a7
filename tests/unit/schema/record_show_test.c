#include "sample.h"
#include "tap.h"

static const struct { enum field_format format; const char *value, *shown; } masks[] = {
    { FORMAT_PHONE, "13812345678", "138****5678" },
    { FORMAT_PHONE, "0757-88886666", "075****6666" },
    { FORMAT_PHONE, "88886666", "****6666" }, { FORMAT_PHONE, "110", "***" },
    { FORMAT_PHONE, "", "" },
    { FORMAT_IDNUM, "22010219900101123X", "220***********123X" },
    { FORMAT_IDNUM, "123456789", "***" },
    { FORMAT_IDNUM, "H12345678(9)", "H12*****8(9)" },
    { FORMAT_PERSON, "张三", "张*" }, { FORMAT_PERSON, "张三丰", "张**" }, { FORMAT_PERSON, "张", "*" },
    { FORMAT_PERSON, "欧阳修", "欧阳*" }, { FORMAT_PERSON, "欧阳娜娜", "欧阳**" },
    { FORMAT_PERSON, "欧阳", "欧*" }, { FORMAT_PERSON, "爱新觉罗溥仪", "爱新觉罗**" },
    { FORMAT_PERSON, "阿卜杜拉·买买提", "阿**" }, { FORMAT_PERSON, "John Smith", "J**" },
    { FORMAT_PERSON, "𠮷田", "𠮷*" },
    { FORMAT_ADDRESS, "绍兴市诸暨市枫桥镇枫源村12号", "绍兴市诸暨市枫桥镇****" },
    { FORMAT_ADDRESS, "长春市南关区永吉街道3号楼502", "长春市南关区永吉街道****" },
    { FORMAT_ADDRESS, "李家村3组", "李家村****" }, { FORMAT_ADDRESS, "长春市南关区人民大街1号", "长春市南关区****" },
    { FORMAT_ADDRESS, "长春市人民大街1号", "长春市****" }, { FORMAT_ADDRESS, "人民大街1号", "****" },
    { FORMAT_ADDRESS, "x", "****" },
    { FORMAT_NONE, "anything", "***" }, { FORMAT_CREDIT, "91220101MA0Y000000", "***" },
    { FORMAT_PASSWORD, "a", "***" }, { FORMAT__COUNT, "a", "***" },
    { FORMAT_PHONE, "\xFF\xFF\xFF", "***" },
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
