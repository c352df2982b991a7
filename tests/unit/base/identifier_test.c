#include "base/identifier.h"
#include "base/random.h"
#include "tap.h"

static struct day today;
static bool id_ok(struct str s)
{
    struct idnum out;
    return idnum_parse(s, today, &out);
}
static bool code_ok(struct str s)
{
    char out[19];
    return credit_code_parse(s, out);
}

static void test_idnum_vectors(void)
{
    struct idnum n = { "" };
    OK(id_ok(STR("34052419800101001X")) && id_ok(STR("11010519491231002X")));
    OK(id_ok(STR("440524188001010014")) && id_ok(STR("370101190102039973")));
    OK(id_ok(STR("513101198201130014")));
    OK(idnum_parse(STR(" 340524 1980０１０１ 001x\t"), today, &n));
    OK_STR(str_of(n.text), "34052419800101001X");
    OK_STR(str_of(n.area), "340524");
    OK(n.male && !n.was_short && n.born.n == day_of_civil(1980, 1, 1).n);
    OK(idnum_parse(STR("11010519491231002X"), today, &n) && !n.male);
    OK(idnum_parse(STR("340524800101001"), today, &n) && n.was_short);
    OK_STR(str_of(n.text), "34052419800101001X");
}

/* With its right check digit, so that only what is under test can be at fault. */
static bool with_check(const char *first17)
{
    char s[19];
    snprintf(s, sizeof s, "%s?", first17);
    for (const char *c = "0123456789X"; *c; c++) {
        s[17] = *c;
        if (id_ok(str_of(s)))
            return true;
    }
    return false;
}

static void test_idnum_refuses(void)
{
    struct idnum n = { .text = "untouched" };
    OK(with_check("34052419800229001") && !with_check("34052419810229001"));
    OK(!with_check("34052419801301001") && !with_check("34052419800431001"));
    OK(!with_check("34052418490101001") && !with_check("34052420990101001"));
    OK(!with_check("00052419800101001") && !with_check("16052419800101001"));
    OK(!with_check("84052419800101001") && with_check("83000019800101001"));
    OK(with_check("91112419800101001"));                    /* foreigners' card */
    OK(!id_ok(STR("34052419800101001")) && !id_ok(STR("34052419800101001XX")));
    OK(!id_ok(STR("3405241980010100XX")) && !id_ok(STR("34052419800101OO1X")));
    OK(!id_ok(STR_NONE) && !id_ok(STR("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")));
    OK(!id_ok(STR("34052419800101001\xFF")) && !id_ok(STR("340524800231001")));
    static char huge[100000];
    memset(huge, '1', sizeof huge);
    OK(!idnum_parse((struct str){ huge, sizeof huge }, today, &n));
    OK_STR(str_of(n.text), "untouched");
    OK(idnum_parse(STR("340524800101001"), DAY_NONE, &n));
}

static void test_age(void)
{
    struct day leap = day_of_civil(2008, 2, 29);
    OK_INT(age_on(leap, day_of_civil(2022, 2, 28)), 13);
    OK_INT(age_on(leap, day_of_civil(2022, 3, 1)), 14);
    OK_INT(age_on(day_of_civil(2008, 11, 21), day_of_civil(2026, 11, 21)), 18);
}

/* Every number of one wrong digit is found (all weights are units modulo 11). */
static void test_idnum_finds_every_wrong_digit(void)
{
    static const char *const good[] = { "34052419800101001X", "513101198201130014" };
    int missed = 0, swaps = 0, found = 0;
    for (size_t g = 0; g < COUNT(good); g++) {
        char s[19];
        for (int i = 0; i < 18; i++)
            for (const char *c = "0123456789X"; *c; c++) {
                snprintf(s, sizeof s, "%s", good[g]);
                missed += s[i] != *c && (s[i] = *c, id_ok(str_of(s)));
            }
        for (int i = 0; i < 16; i++) {
            snprintf(s, sizeof s, "%s", good[g]);
            swaps += s[i] != s[i + 1];
            char held = s[i];
            s[i] = s[i + 1], s[i + 1] = held;
            found += held != s[i] && !id_ok(str_of(s));
        }
    }
    OK_INT(missed, 0);
    OK_INT(found, swaps);
}

static void test_credit_code(void)
{
    char out[19] = "untouched";
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    OK(!code_ok(STR("91350100M000100Y4Z")) && !code_ok(STR("91350100M000100Y4")));
    OK(!code_ok(STR("000000000000000000")) && !code_ok(STR("9135010OM000100Y43")));
    OK(!code_ok(STR("91350100I000100Y43")) && !code_ok(STR("91990100M000100Y43")));
    OK(!code_ok(STR_NONE) && !code_ok(STR("91350100M000100Y43\0")) && !code_ok(STR("枫桥枫桥枫桥")));
    OK(!credit_code_parse(STR("91350100M000100Y44"), out));
    OK_STR(str_of(out), "untouched");
    OK(credit_code_parse(STR("９１350100m000100y43 "), out));
    OK_STR(str_of(out), "91350100M000100Y43");
    int missed = 0, tried = 0, swapped = 0;
    for (int i = 0; i < 18; i++)
        for (const char *c = alphabet; *c; c++) {
            char s[19] = "91350100M000100Y43";
            tried += s[i] != *c;
            missed += s[i] != *c && (s[i] = *c, code_ok(str_of(s)));
        }
    for (int i = 0; i < 17; i++) {
        char s[19] = "91350100M000100Y43", held = s[i];
        s[i] = s[i + 1], s[i + 1] = held;
        swapped += s[i] != held && code_ok(str_of(s));
    }
    OK_INT(tried, 18 * 30);
    OK_INT(missed, 0);                      /* 31 is prime: every single change is found */
    OK_INT(swapped, 0);                     /* and every exchange of neighbours */
}

static void test_phone(void)
{
    static const struct { const char *typed, *text; enum phone_kind kind; } good[] = {
        { "13812345678", "13812345678", PHONE_MOBILE },
        { " 138-1234-5678", "13812345678", PHONE_MOBILE },
        { "+86 138 1234 5678", "13812345678", PHONE_MOBILE },
        { "008613812345678", "13812345678", PHONE_MOBILE },
        { "8613812345678", "13812345678", PHONE_MOBILE },
        { "１９９１２３４５６７８", "19912345678", PHONE_MOBILE },
        { "0757-83281234", "0757-83281234", PHONE_LANDLINE },
        { "（0757）8328 1234", "0757-83281234", PHONE_LANDLINE },
        { "0757-8328-1234", "0757-83281234", PHONE_LANDLINE },
        { "+86-757-83281234", "0757-83281234", PHONE_LANDLINE },
        { "+86 0757 83281234", "0757-83281234", PHONE_LANDLINE },
        { "075783281234转801", "0757-83281234-801", PHONE_LANDLINE },
        { "010—66554433-801", "010-66554433-801", PHONE_LANDLINE },
        { "0912 2345678", "0912-2345678", PHONE_LANDLINE },
        { "12345", "12345", PHONE_SERVICE },
        { "110", "110", PHONE_SERVICE },
        { "95588", "95588", PHONE_SERVICE },
        { "400-800-1234", "4008001234", PHONE_SERVICE },
        { "+852 9123 4567", "+85291234567", PHONE_HONGKONG },
        { "0085331234567", NULL, 0 },
        { "00853 6612 3456", "+85366123456", PHONE_MACAU },
        { "+886 0912 345 678", "+886912345678", PHONE_TAIWAN },
        { "+886-2-23456789", "+886223456789", PHONE_TAIWAN },
        { "+44 20 7946 0958", "+442079460958", PHONE_FOREIGN },
        { "12812345678", NULL, 0 }, { "1381234567", NULL, 0 }, { "138123456789", NULL, 0 },
        { "83281234", NULL, 0 }, { "0757-8328123", "0757-8328123", PHONE_LANDLINE },
        { "0757-12345678", NULL, 0 }, { "010-6655443", NULL, 0 }, { "0110-66554433", NULL, 0 },
        { "13812345678转1", NULL, 0 }, { "0757-83281234转", NULL, 0 }, { "", NULL, 0 },
        { "0757-83281234-8012345", NULL, 0 }, { "+", NULL, 0 }, { "-", NULL, 0 },
        { "++86", NULL, 0 }, { "86", NULL, 0 }, { "8", NULL, 0 },
        { "+852 1123 4567", NULL, 0 }, { "+0123456789", NULL, 0 }, { "+86", NULL, 0 },
        { "+1234567890123456", NULL, 0 }, { "1381234567a", NULL, 0 }, { "'; DROP", NULL, 0 },
        { "99999999999999999999999999", NULL, 0 }, { "+8613812345678999", NULL, 0 },
        { "+85", NULL, 0 }, { "+852", NULL, 0 }, { "+8860", NULL, 0 }, { "00", NULL, 0 },
    };
    for (size_t i = 0; i < COUNT(good); i++) {
        struct phone p = { .text = "untouched" };
        bool ok = phone_parse(str_of(good[i].typed), &p);
        if (!OK(ok == !!good[i].text && (!ok || p.kind == good[i].kind)))
            printf("#   %s\n", good[i].typed);
        OK_STR(str_of(p.text), ok ? good[i].text : "untouched");
        struct phone again = { .text = "" };        /* the one form is its own form */
        OK(!ok || (phone_parse(str_of(p.text), &again) && strcmp(again.text, p.text) == 0));
    }
}

static void test_noise(void)
{
    static char huge[100000];
    struct dice d = { 11 };
    struct phone p;
    struct permit m;
    struct idnum n;
    enum area_code_level level;
    char code[19], noise[40];
    int taken = 0, phones = 0;
    memset(huge, '1', sizeof huge);
    struct str much = { huge, sizeof huge };
    OK(!phone_parse(much, &p) && !credit_code_parse(much, code) && !area_code_parse(much, &level));
    OK(!permit_parse(PERMIT_PASSPORT, much, &m) && !permit_parse(PERMIT_OTHER, much, &m));
    for (int i = 0; i < 20000; i++) {
        uint32_t len = dice_below(&d, sizeof noise);
        for (uint32_t k = 0; k < len; k++)
            noise[k] = (char)dice_next(&d);
        struct str s = { noise, len };
        taken += idnum_parse(s, today, &n) || credit_code_parse(s, code)
            || area_code_parse(s, &level);
        phones += phone_parse(s, &p) || permit_parse(PERMIT_OTHER, s, &m);
    }
    OK_INT(taken, 0);
    OK(phones < 400);               /* "110" and the like turn up by chance */
}

static void test_permit(void)
{
    struct permit m = { "untouched" };
    OK(!permit_parse(PERMIT_PASSPORT, STR("E1"), &m));
    OK(!permit_parse(PERMIT_PASSPORT, STR("E12-45678"), &m));
    OK(!permit_parse(PERMIT_PASSPORT, STR("ABCDEFGH"), &m));
    OK(!permit_parse(PERMIT_HONGKONG_MACAU, STR("A12345678"), &m));
    OK(!permit_parse(PERMIT_TAIWAN, STR("123456789"), &m));
    OK(!permit_parse(PERMIT_TAIWAN, STR(""), &m));
    OK(!permit_parse(PERMIT_OTHER, STR("军"), &m));
    OK(!permit_parse(PERMIT_OTHER, STR("<script>"), &m));
    OK(!permit_parse(PERMIT_OTHER, STR("ab\0cd"), &m));
    OK_STR(str_of(m.text), "untouched");
    OK(permit_parse(PERMIT_PASSPORT, STR("e 12345678"), &m));
    OK_STR(str_of(m.text), "E12345678");
    OK(permit_parse(PERMIT_HONGKONG_MACAU, STR("h0123456701"), &m));
    OK(permit_parse(PERMIT_TAIWAN, STR("0123456789(B)"), &m));
    OK(permit_parse(PERMIT_TAIWAN, STR("12345678"), &m));
    OK(permit_parse(PERMIT_OTHER, STR("军字第2001988号"), &m));
    OK_STR(str_of(m.text), "军字第2001988号");
}

static void test_area_code(void)
{
    static const struct { const char *s; int level; } rows[] = {
        { "440000000000", AREA_CODE_PROVINCE }, { "440600000000", AREA_CODE_CITY },
        { "440605000000", AREA_CODE_COUNTY }, { "440605011000", AREA_CODE_TOWN },
        { "440605011001", AREA_CODE_VILLAGE }, { "441900003000", AREA_CODE_TOWN },
        { "440605010000", AREA_CODE_TOWN }, { "110000000000", AREA_CODE_PROVINCE },
        { "000000000000", -1 }, { "990000000000", -1 }, { "44060500000", -1 },
        { "4406050000000", -1 }, { "44060500000x", -1 }, { "", -1 }, { "100000000000", -1 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        enum area_code_level level = AREA_CODE_PROVINCE;
        bool ok = area_code_parse(str_of(rows[i].s), &level);
        OK_INT(ok ? (int)level : -1, rows[i].level);
    }
}

int main(void)
{
    today = day_of_civil(2026, 11, 21);
    test_idnum_vectors();
    test_idnum_refuses();
    test_age();
    test_idnum_finds_every_wrong_digit();
    test_credit_code();
    test_phone();
    test_noise();
    test_permit();
    test_area_code();
    return tap_end();
}
