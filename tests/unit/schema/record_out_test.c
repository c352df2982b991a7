#include "sample.h"
#include "base/random.h"
#include "tap.h"

static struct str random_text(struct dice *d, struct arena *a, size_t max, bool lines)
{
    static const char *const pieces[] = {
        "a", "Z", "9", "漏", "水", "𠮷", "é", "\"", "\\", "/", "ع", "，", "😀", "<", "&",
    };
    AUTO(buf_done) struct buf b;
    size_t n = 2 + dice_below(d, (uint32_t)max - 1);
    buf_init(&b, 100000);
    for (size_t i = 0; i < n; i++)
        buf_add(&b, str_of(pieces[dice_below(d, COUNT(pieces))]));
    if (lines && n + 4 < max)
        buf_add(&b, STR("\n\tx"));
    return arena_dup(a, buf_str(&b));
}

static struct list random_tables(struct dice *d, struct arena *a)
{
    struct list l = { arena_array(a, struct table, 3), dice_below(d, 4) };
    for (size_t i = 0; i < l.n; i++) {
        struct table *t = (struct table *)l.v + i;
        t->name = random_text(d, a, 200, false);
        t->seats = (struct list){ arena_array(a, struct seat, 4), dice_below(d, 5) };
        for (size_t k = 0; k < t->seats.n; k++)
            ((struct seat *)t->seats.v)[k] = (struct seat){
                random_text(d, a, 10, false), 1 + dice_below(d, 99), dice_below(d, 2) };
    }
    return l;
}

static struct strs random_tags(struct dice *d, struct arena *a)
{
    struct strs s = { arena_array(a, struct str, 5), dice_below(d, 6) };
    for (size_t i = 0; i < s.n; i++)
        s.v[i] = random_text(d, a, 50, false);
    return s;
}

static struct sample random_sample(struct dice *d, struct arena *a)
{
    int64_t sign = dice_below(d, 2) ? 1 : -1;
    return (struct sample){
        .title = random_text(d, a, 20, false), .notes = random_text(d, a, 2000, true),
        .phone = random_text(d, a, 200, false), .idnum = random_text(d, a, 200, false),
        .count = (int64_t)dice_below(d, 106) - 5, .free = sign * (int64_t)(dice_next(d) >> 11),
        .urgent = dice_below(d, 2), .mood = dice_below(d, 3),
        .held_at = { sign * (int64_t)(1 + dice_next(d) % 5000000000000) },
        .due = { (int32_t)(sign * (1 + dice_below(d, 60000))) },
        .org = { (int64_t)(dice_next(d) >> 1) }, .amount = { dice_below(d, 100000001) },
        .tables = random_tables(d, a), .tags = random_tags(d, a),
    };
}

/* Without the members no client may send. */
static struct str strip(struct str json)
{
    json_t *j = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL);
    if (!j)
        return STR("not JSON");
    json_object_del(j, "id");
    json_object_del(j, "extra");
    json_object_del(j, "person");
    json_object_del(j, "address");
    char *text = json_dumps(j, JSON_COMPACT);
    json_decref(j);
    return str_of(text);
}

static void round_trip(void)
{
    struct sight all = { .content = true, .secrets = true };
    struct dice d = { 20261121 };
    int bad = 0;
    for (int i = 0; i < 2000; i++) {
        AUTO(arena_done) struct arena a = { 0 };
        AUTO(buf_done) struct buf first, second;
        struct sample in = random_sample(&d, &a), out = { 0 };
        struct err e = { 0 };
        buf_init(&first, 1000000);
        buf_init(&second, 1000000);
        record_to_json(&sample_record, &in, all, &first);
        struct str sent = strip(buf_str(&first));
        bool ok = record_from_bytes(&sample_record, sent, &a, &out, &e);
        record_to_json(&sample_record, &out, all, &second);
        if (!ok || !str_eq(buf_str(&first), buf_str(&second))) {
            if (bad++ == 0)
                printf("# %s at %s\n# %.*s\n# %.*s\n", err_slug(e.id), e.field,
                       STR_ARG(buf_str(&first)), STR_ARG(buf_str(&second)));
        }
        free((char *)sent.p);
    }
    OK_INT(bad, 0);
}

static void seen(struct sight sight, const char *want)
{
    const struct sample person = {
        .id = { 7 }, .title = STR("漏水"), .notes = STR("楼上"), .phone = STR("13812345678"),
        .idnum = STR("220102199001011234"), .person = STR("欧阳娜娜"), .address = STR("长安镇一村3号"),
        .pass = STR("open sesame"), .mood = 2, .extra = { STR("{\"a\":[1]}") },
    };
    AUTO(buf_done) struct buf b;
    buf_init(&b, 10000);
    record_to_json(&sample_record, &person, sight, &b);
    OK_STR(buf_str(&b), want);
}

#define REST "\"count\":0,\"free\":0,\"urgent\":false,\"mood\":\"in_tears\",\"held_at\":null,"    \
    "\"due\":null,\"org\":null,\"amount\":0,\"tables\":[],\"tags\":[],\"extra\":{\"a\":[1]}}"

static void sights(void)
{
    seen(SIGHT_ALL, "{\"id\":\"7\",\"title\":\"漏水\",\"notes\":\"楼上\",\"phone\":\"138****5678\","
         "\"idnum\":\"2****************4\",\"person\":\"欧阳*娜\",\"address\":\"长安镇一村****\"," REST);
    seen((struct sight){ .content = true, .secrets = true },
         "{\"id\":\"7\",\"title\":\"漏水\",\"notes\":\"楼上\",\"phone\":\"13812345678\","
         "\"idnum\":\"220102199001011234\",\"person\":\"欧阳娜娜\",\"address\":\"长安镇一村3号\"," REST);
    seen((struct sight){ 0 }, "{\"id\":\"7\",\"title\":\"漏水\",\"phone\":\"138****5678\","
         "\"idnum\":\"2****************4\",\"person\":\"欧阳*娜\"," REST);
    seen((struct sight){ .party = true, .content = true },
         "{\"id\":\"7\",\"title\":\"漏水\",\"notes\":\"楼上\",\"person\":\"欧阳*娜\"}");
    seen((struct sight){ .party = true }, "{\"id\":\"7\",\"title\":\"漏水\",\"person\":\"欧阳*娜\"}");
}

static const struct { const char *in; size_t n; const char *json; } texts[] = {
    { "", 0, "\"\"" }, { "a\"b\\c/", 6, "\"a\\\"b\\\\c/\"" }, { "\n\t\r\x01\x1f", 5,
      "\"\\n\\t\\r\\u0001\\u001f\"" },
    { "a\0b", 3, "\"a\\u0000b\"" }, { "漏水", 6, "\"漏水\"" },
    { "\xED\xA0\x80", 3, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"" },
    { "\xE6\xBC", 2, "\"\xEF\xBF\xBD\xEF\xBF\xBD\"" }, { "\xFFx", 2, "\"\xEF\xBF\xBDx\"" },
    { "\xEF\xBF\xBD", 3, "\"\xEF\xBF\xBD\"" }, { "é𠮷", 6, "\"é𠮷\"" },
};

static void corners(void)
{
    AUTO(buf_done) struct buf b;
    struct sample s = { .mood = 77, .free = INT64_MIN, .org = { INT64_MAX } };
    buf_init(&b, 10000);
    for (size_t i = 0; i < COUNT(texts); i++) {
        buf_clear(&b);
        json_put_str(&b, (struct str){ texts[i].in, texts[i].n });
        OK_STR(buf_str(&b), texts[i].json);
    }
    buf_clear(&b);
    record_to_json(&sample_record, &s, SIGHT_ALL, &b);
    OK(str_find(buf_str(&b), STR("\"mood\":null")) < b.n);
    OK(str_find(buf_str(&b), STR("\"free\":-9223372036854775808")) < b.n);
    OK(str_find(buf_str(&b), STR("\"org\":\"9223372036854775807\"")) < b.n);
    OK(str_find(buf_str(&b), STR("\"extra\":null")) < b.n);
    struct buf small;
    buf_init(&small, 50);
    record_to_json(&sample_record, &s, SIGHT_ALL, &small);
    OK(!buf_ok(&small) && small.n <= 50);
    buf_done(&small);
    buf_clear(&b);
    static const struct record nothing = { .name = "nothing", .size = 1 };
    record_to_json(&nothing, &s, SIGHT_ALL, &b);
    OK_STR(buf_str(&b), "{}");
}

int main(void)
{
    round_trip();
    sights();
    corners();
    return tap_end();
}
