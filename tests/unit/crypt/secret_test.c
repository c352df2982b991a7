#include "crypt/secret.h"
#include "base/random.h"
#include "tap.h"

#define REFUSED(call, want) (err_clear(&e), !(call) && e.id == (want))
static struct arena a;
static struct keys keys;
static const struct secret_at phone_of_7 = { { "party", 5 }, { "phone", 5 }, { 7 } };

static struct str seal(const struct secrets *s, const struct secret_at *at, struct str plain)
{
    struct err e = { 0 };
    struct str out = STR_NONE;
    OK(secret_seal(s, &a, at, plain, &out, &e));
    return out;
}

static bool opens(const struct secrets *s, const struct secret_at *at, struct str sealed)
{
    struct str out;
    struct err e = { 0 };
    bool ok = secret_open(s, &a, at, sealed, &out, &e);
    return ok || e.id != ERR_SECRET_OPEN;
}

static void test_comes_back(enum secret_suite suite)
{
    struct secrets s = { suite, &keys, NULL };
    struct err e = { 0 };
    char text[100];
    random_bytes(text, sizeof text);
    memset(text + 40, 0, 20);               /* zeros at the end are not padding */
    size_t last = 0;
    int bad = 0;
    for (size_t n = 0; n <= sizeof text; n++) {
        struct str plain = { text, n }, back = STR("?"), sealed = STR_NONE;
        bad += !secret_seal(&s, &a, &phone_of_7, plain, &sealed, &e)
            || !secret_open(&s, &a, &phone_of_7, sealed, &back, &e) || !str_eq(plain, back);
        bad += n % 16 ? sealed.n != last : sealed.n <= last;     /* grows by blocks only */
        last = sealed.n;
    }
    OK_INT(bad, 0);
    struct str sealed = seal(&s, &phone_of_7, STR("13812345678"));
    OK(str_starts(sealed, suite == SECRET_SM4 ? STR("s1:") : STR("g1:")));
    OK(str_is(str_sub(sealed, 3, KEY_ID_LEN), keys_current(&keys, KEY_MASTER)->id));
    OK(!str_eq(sealed, seal(&s, &phone_of_7, STR("13812345678"))));
    struct secrets other = { suite == SECRET_SM4 ? SECRET_AES : SECRET_SM4, &keys, NULL };
    OK(opens(&other, &phone_of_7, sealed) && !secret_is_stale(&s, sealed));
    OK(secret_is_stale(&other, sealed) && secret_is_stale(&s, STR("")));
}

static void test_opens_only_in_its_place(enum secret_suite suite)
{
    struct secrets s = { suite, &keys, NULL };
    struct str sealed = seal(&s, &phone_of_7, STR("13812345678"));
    struct secret_at at = phone_of_7;
    OK(opens(&s, &at, sealed));
    at.row.v = 8;
    OK(!opens(&s, &at, sealed));
    at = phone_of_7, at.column = STR("idnum");
    OK(!opens(&s, &at, sealed));
    at = phone_of_7, at.table = STR("agent");
    OK(!opens(&s, &at, sealed));
    at = (struct secret_at){ STR("partyp"), STR("hone"), { 7 } };
    OK(!opens(&s, &at, sealed));
    char *swapped = (char *)arena_dup(&a, sealed).p;
    swapped[0] = sealed.p[0] == 's' ? 'g' : 's';
    OK(!opens(&s, &phone_of_7, (struct str){ swapped, sealed.n }));
}

static void test_every_bent_bit_is_seen(enum secret_suite suite)
{
    struct secrets s = { suite, &keys, NULL };
    struct str sealed = seal(&s, &phone_of_7, STR("佛山市南海区桂城街道"));
    int taken = 0;
    for (size_t i = 0; i < sealed.n * 8; i++) {
        char *bent = (char *)arena_dup(&a, sealed).p;
        bent[i / 8] ^= (char)(1 << i % 8);
        taken += opens(&s, &phone_of_7, (struct str){ bent, sealed.n });
    }
    for (size_t n = 0; n < sealed.n; n++)
        taken += opens(&s, &phone_of_7, str_sub(sealed, 0, n))
            + opens(&s, &phone_of_7, str_sub(sealed, n + 1, sealed.n));
    OK_INT(taken, 0);
}

static void test_hostile(void)
{
    struct secrets s = { SECRET_SM4, &keys, NULL };
    static const char *const lies[] = { "", ":", "::", "s1", "s1:", "s1::", "s1:own:AAAA",
        "s1:00000000:AAAA", "x9:00000000:AAAA", "g1:own:", "13812345678", "s1:\xFF\xFE:枫桥" };
    struct str out = STR("untouched");
    struct err e = { 0 };
    for (size_t i = 0; i < COUNT(lies); i++)
        OK(REFUSED(secret_open(&s, &a, &phone_of_7, str_of(lies[i]), &out, &e), ERR_SECRET_OPEN));
    const char *id = keys_current(&keys, KEY_MASTER)->id;
    int taken = 0;
    for (size_t n = 0; n < 200; n++) {
        struct buf b;
        buf_init(&b, 300);
        buf_addf(&b, "%s:%s:", n % 2 ? "s1" : "g1", id);
        for (size_t i = 0; i < n; i++)
            buf_add_char(&b, 'A');
        taken += opens(&s, &phone_of_7, buf_str(&b));
        buf_done(&b);
    }
    OK_INT(taken, 0);
    struct str huge = { arena_alloc(&a, 4 << 20), 4 << 20 };
    OK(REFUSED(secret_open(&s, &a, &phone_of_7, huge, &out, &e), ERR_SECRET_OPEN));
    OK(REFUSED(secret_seal(&s, &a, &phone_of_7, huge, &out, &e), ERR_TOO_LARGE));
    OK_STR(out, "untouched");
    err_clear(&e);
    struct str most = { huge.p, SECRET_MAX }, sealed, back;
    OK(secret_seal(&s, &a, &phone_of_7, most, &sealed, &e)
       && secret_open(&s, &a, &phone_of_7, sealed, &back, &e) && str_eq(most, back));
}

static void test_rotation(void)
{
    struct err e = { 0 };
    struct keys two = keys, alien = { .n = 0 };
    struct secrets s = { SECRET_SM4, &two, NULL }, foreign = { SECRET_SM4, &alien, NULL };
    struct str sealed = seal(&s, &phone_of_7, STR("x"));
    OK(keys_make(&two, KEY_MASTER, &e) && keys_make(&alien, KEY_MASTER, &e));
    OK(opens(&s, &phone_of_7, sealed) && secret_is_stale(&s, sealed));
    OK(!secret_is_stale(&s, seal(&s, &phone_of_7, STR("x"))));
    OK(!opens(&foreign, &phone_of_7, sealed));
    memcpy(alien.v[0].id, keys.v[0].id, sizeof alien.v[0].id);      /* same id, other key */
    OK(!opens(&foreign, &phone_of_7, sealed));
}

static void test_own_keys(void)
{
    struct secrets s = { SECRET_SM4, &keys, NULL };
    struct secret_at at = { STR("compartment"), STR("key"), { 1 } }, other = at;
    struct err e = { 0 };
    unsigned char key[KEY_LEN], again[KEY_LEN] = { 0 };
    struct str wrapped;
    OK(secret_make_key(&s, &a, &at, key, &wrapped, &e));
    OK(secret_open_key(&s, &a, &at, wrapped, again, &e) && memcmp(key, again, KEY_LEN) == 0);
    other.row.v = 2;
    OK(REFUSED(secret_open_key(&s, &a, &other, wrapped, again, &e), ERR_SECRET_OPEN));
    OK(!opens(&s, &at, wrapped));                   /* a key is no field */
    struct str posing = seal(&s, &at, STR("01234567890123456789012345678901"));
    OK(REFUSED(secret_open_key(&s, &a, &at, posing, again, &e), ERR_SECRET_OPEN));
    OK(memcmp(key, again, KEY_LEN) == 0);
    struct secrets inside = { SECRET_AES, &keys, key };
    struct str note = seal(&inside, &phone_of_7, STR("背靠背"));
    OK(str_starts(note, STR("g1:own:")) && opens(&inside, &phone_of_7, note));
    OK(!opens(&s, &phone_of_7, note));
    OK(!opens(&inside, &phone_of_7, seal(&s, &phone_of_7, STR("x"))));
    again[31] ^= 1;
    inside.own = again;
    OK(!opens(&inside, &phone_of_7, note));
}

static int64_t blind(enum blind_kind kind, const char *s)
{
    int64_t v = 0;
    OK(secret_blind(keys_current(&keys, KEY_MASTER), kind, &a, str_of(s), &v));
    return v;
}

static void test_blind_index(void)
{
    int64_t v = 42;
    const struct key *k = keys_current(&keys, KEY_MASTER);
    OK(blind(BLIND_PHONE, "13812345678") == blind(BLIND_PHONE, "+86 138-1234-５６７８"));
    OK(blind(BLIND_PHONE, "13812345678") != blind(BLIND_PHONE, "13812345679"));
    OK(blind(BLIND_PHONE, "83281234") == blind(BLIND_PHONE, "8328 1234（家）"));
    OK(blind(BLIND_IDNUM, "340524800101001") == blind(BLIND_IDNUM, "34052419800101001x"));
    OK(blind(BLIND_IDNUM, "e12345678") == blind(BLIND_IDNUM, "Ｅ 12345678"));
    OK(blind(BLIND_TEXT, "买买提·热西提") == blind(BLIND_TEXT, "买买提 热西提"));
    OK(blind(BLIND_TEXT, "13812345678") != blind(BLIND_PHONE, "13812345678"));
    OK(!secret_blind(k, BLIND_PHONE, &a, STR("none"), &v) && v == 42);
    OK(!secret_blind(k, BLIND_TEXT, &a, STR(" \t"), &v));
    OK(!secret_blind(k, BLIND_TEXT, &a, STR_NONE, &v));
    struct str huge = { arena_alloc(&a, 5000), 5000 };
    OK(!secret_blind(k, BLIND_TEXT, &a, huge, &v) && v == 42);
    struct keys other = { .n = 0 };
    struct err e = { 0 };
    OK(keys_make(&other, KEY_MASTER, &e));
    OK(secret_blind(&other.v[0], BLIND_TEXT, &a, STR("张三"), &v) && v != blind(BLIND_TEXT, "张三"));
}

int main(void)
{
    struct err e = { 0 };
    OK(keys_make(&keys, KEY_MASTER, &e));
    for (int suite = 0; suite < SECRET_SUITE__COUNT; suite++) {
        test_comes_back((enum secret_suite)suite);
        test_opens_only_in_its_place((enum secret_suite)suite);
        test_every_bent_bit_is_seen((enum secret_suite)suite);
    }
    test_hostile();
    test_rotation();
    test_own_keys();
    test_blind_index();
    arena_done(&a);
    return tap_end();
}
