#include "sample.h"
#include "tap.h"

/* What must be refused: the member at fault, the failure, and its argument where
 * it matters. Members of a good body stand before, so that only one is at fault. */
static const struct { const char *json; enum err_id id; const char *field, *arg; } bad[] = {
    { "", ERR_BAD_JSON, "", NULL },
    { "{", ERR_BAD_JSON, "", NULL },
    { "[]", ERR_WRONG_TYPE, "", NULL },
    { "\"title\"", ERR_BAD_JSON, "", NULL },
    { "{} {}", ERR_BAD_JSON, "", NULL },
    { "{\"title\":'ab'}", ERR_BAD_JSON, "", NULL },
    { "{\"title\":\"ab\",\"title\":\"cd\"}", ERR_BAD_JSON, "", "1:21 duplicate key" },
    { "{\"title\":\"a\\u0000b\"}", ERR_BAD_JSON, "", NULL },
    { "{\"ti\\u0000tle\":\"ab\"}", ERR_BAD_JSON, "", NULL },
    { "{\"title\":\"\\ud800\"}", ERR_BAD_JSON, "", NULL },
    { "{\"title\":\"\\udc00\\ud800\"}", ERR_BAD_JSON, "", NULL },
    { "{\"title\":\"a\nb\"}", ERR_BAD_JSON, "", NULL },
    { "{\"title\":\"\xED\xA0\x80\"}", ERR_BAD_TEXT, "", NULL },
    { "{\"title\":\"\xC0\x80\"}", ERR_BAD_TEXT, "", NULL },
    { "{\"title\":\"ab\",\"free\":NaN}", ERR_BAD_JSON, "", NULL },
    { "{\"title\":\"ab\",\"free\":1e400}", ERR_BAD_JSON, "", NULL },
    { "{\"title\":\"ab\",\"free\":9223372036854775808}", ERR_BAD_JSON, "", NULL },
    { "{\"title\":\"ab\",\"free\":01}", ERR_BAD_JSON, "", NULL },
    { "{}", ERR_REQUIRED, "title", NULL },
    { "{\"title\":null}", ERR_REQUIRED, "title", NULL },
    { "{\"title\":\"\"}", ERR_REQUIRED, "title", NULL },
    { "{\"title\":\" \\n\\u202e \"}", ERR_REQUIRED, "title", NULL },
    { "{\"title\":\"　　\"}", ERR_REQUIRED, "title", NULL },
    { "{\"title\":1}", ERR_WRONG_TYPE, "title", NULL },
    { "{\"title\":[\"ab\"]}", ERR_WRONG_TYPE, "title", NULL },
    { "{\"title\":\"水\"}", ERR_TOO_SHORT, "title", "2" },
    { "{\"title\":\"一二三四五六七八九十一二三四五六七八九十一\"}", ERR_TOO_LONG, "title", "20" },
    { "{\"title\":\"zebra\"}", ERR_BAD_VALUE, "title", "zebra" },
    { "{\"title\":\"ab\",\"nobody\":1}", ERR_UNKNOWN_FIELD, "nobody", NULL },
    { "{\"title\":\"ab\",\"水\\u0001\":1}", ERR_UNKNOWN_FIELD, "????", NULL },
    { "{\"title\":\"ab\",\"\":1}", ERR_UNKNOWN_FIELD, "", NULL },
    { "{\"title\":\"ab\",\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\":1}", ERR_UNKNOWN_FIELD,
      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", NULL },
    { "{\"title\":\"ab\",\"id\":\"5\"}", ERR_READONLY, "id", NULL },
    { "{\"title\":\"ab\",\"extra\":{}}", ERR_READONLY, "extra", NULL },
    { "{\"title\":\"ab\",\"notes\":false}", ERR_WRONG_TYPE, "notes", NULL },
    { "{\"title\":\"ab\",\"count\":\"5\"}", ERR_WRONG_TYPE, "count", NULL },
    { "{\"title\":\"ab\",\"count\":5.0}", ERR_WRONG_TYPE, "count", NULL },
    { "{\"title\":\"ab\",\"count\":101}", ERR_OUT_OF_RANGE, "count", "-5 … 100" },
    { "{\"title\":\"ab\",\"count\":-6}", ERR_OUT_OF_RANGE, "count", NULL },
    { "{\"title\":\"ab\",\"free\":9223372036854775807}", ERR_OUT_OF_RANGE, "free", NULL },
    { "{\"title\":\"ab\",\"free\":-9007199254740992}", ERR_OUT_OF_RANGE, "free", NULL },
    { "{\"title\":\"ab\",\"urgent\":1}", ERR_WRONG_TYPE, "urgent", NULL },
    { "{\"title\":\"ab\",\"urgent\":\"true\"}", ERR_WRONG_TYPE, "urgent", NULL },
    { "{\"title\":\"ab\",\"mood\":\"bored\"}", ERR_NOT_A_CHOICE, "mood", "calm, angry, in_tears" },
    { "{\"title\":\"ab\",\"mood\":\"Calm\"}", ERR_NOT_A_CHOICE, "mood", NULL },
    { "{\"title\":\"ab\",\"mood\":\"\"}", ERR_NOT_A_CHOICE, "mood", NULL },
    { "{\"title\":\"ab\",\"mood\":0}", ERR_WRONG_TYPE, "mood", NULL },
    { "{\"title\":\"ab\",\"held_at\":1700000000}", ERR_WRONG_TYPE, "held_at", NULL },
    { "{\"title\":\"ab\",\"held_at\":\"2026-11-21 09:30\"}", ERR_BAD_TIME, "held_at", NULL },
    { "{\"title\":\"ab\",\"held_at\":\"2026-11-21T09:30:00\"}", ERR_BAD_TIME, "held_at", NULL },
    { "{\"title\":\"ab\",\"held_at\":\"9999-12-31T23:59:59-08:00\"}",
      ERR_BAD_TIME, "held_at", NULL },
    { "{\"title\":\"ab\",\"held_at\":\"1970-01-01T00:00:00Z\"}", ERR_BAD_TIME, "held_at", NULL },
    { "{\"title\":\"ab\",\"due\":\"2026-02-30\"}", ERR_BAD_DATE, "due", NULL },
    { "{\"title\":\"ab\",\"due\":\"2026/02/20\"}", ERR_BAD_DATE, "due", NULL },
    { "{\"title\":\"ab\",\"due\":20260220}", ERR_WRONG_TYPE, "due", NULL },
    { "{\"title\":\"ab\",\"org\":5}", ERR_WRONG_TYPE, "org", NULL },
    { "{\"title\":\"ab\",\"org\":\"0\"}", ERR_BAD_ID, "org", NULL },
    { "{\"title\":\"ab\",\"org\":\"-5\"}", ERR_BAD_ID, "org", NULL },
    { "{\"title\":\"ab\",\"org\":\"05\"}", ERR_BAD_ID, "org", NULL },
    { "{\"title\":\"ab\",\"org\":\"5 \"}", ERR_BAD_ID, "org", NULL },
    { "{\"title\":\"ab\",\"org\":\"9223372036854775808\"}", ERR_BAD_ID, "org", NULL },
    { "{\"title\":\"ab\",\"amount\":12.5}", ERR_WRONG_TYPE, "amount", NULL },
    { "{\"title\":\"ab\",\"amount\":\"12.5\"}", ERR_WRONG_TYPE, "amount", NULL },
    { "{\"title\":\"ab\",\"amount\":-1}", ERR_OUT_OF_RANGE, "amount", "0.00 … 1000000.00" },
    { "{\"title\":\"ab\",\"tables\":{}}", ERR_WRONG_TYPE, "tables", NULL },
    { "{\"title\":\"ab\",\"tables\":[1]}", ERR_WRONG_TYPE, "tables[0]", NULL },
    { "{\"title\":\"ab\",\"tables\":[null]}", ERR_WRONG_TYPE, "tables[0]", NULL },
    { "{\"title\":\"ab\",\"tables\":[{},{},{},{}]}", ERR_TOO_MANY, "tables", "3" },
    { "{\"title\":\"ab\",\"tables\":[{},{\"x\":1}]}", ERR_UNKNOWN_FIELD, "tables[1].x", NULL },
    { "{\"title\":\"ab\",\"tables\":[{\"seats\":[{\"label\":\"a\"},{}]}]}", ERR_REQUIRED,
      "tables[0].seats[1].label", NULL },
    { "{\"title\":\"ab\",\"tables\":[{\"seats\":[{\"label\":\"a\",\"row\":0}]}]}", ERR_OUT_OF_RANGE,
      "tables[0].seats[0].row", "1 … 99" },
    { "{\"title\":\"ab\",\"tags\":\"a,b\"}", ERR_WRONG_TYPE, "tags", NULL },
    { "{\"title\":\"ab\",\"tags\":[\"a\",1]}", ERR_WRONG_TYPE, "tags[1]", NULL },
    { "{\"title\":\"ab\",\"tags\":[\"a\",\" \"]}", ERR_REQUIRED, "tags[1]", NULL },
    { "{\"title\":\"ab\",\"tags\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"]}", ERR_TOO_MANY,
      "tags", "5" },
    { "{\"title\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}", ERR_TOO_DEEP, "", NULL },
    { "{\"title\":[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]}", ERR_WRONG_TYPE, "title", NULL },
    { "{\"title\":\"\\\"[[[[[[[[[[[[[[[[[[[[[\"}", ERR_TOO_LONG, "title", NULL },
};

static void refused(void)
{
    for (size_t i = 0; i < COUNT(bad); i++) {
        AUTO(arena_done) struct arena a = { 0 };
        struct sample s = { 0 };
        struct err e = { 0 };
        bool ok = record_from_bytes(&sample_record, str_of(bad[i].json), &a, &s, &e);
        bool right = !ok && e.id == bad[i].id && !strcmp(e.field, bad[i].field);
        if (bad[i].arg && strcmp(e.arg, bad[i].arg))
            right = false;
        if (!OK(right))
            printf("#   %s: got %s, field [%s], [%s]\n", bad[i].json, err_slug(e.id),
                   e.field, e.arg);
    }
}

static void accepted(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct sample s = { 0 };
    struct err e = { 0 };
    OK(record_from_bytes(&sample_record, STR("{\"title\":\"  漏水\\u202e\\n了\\u0007 \","
        "\"notes\":\"一\\r\\n二\\t三\",\"count\":-5,\"free\":-9007199254740991,\"urgent\":true,"
        "\"mood\":\"in_tears\",\"held_at\":\"2026-11-21T09:30:00+08:00\",\"due\":\"2026-12-01\","
        "\"org\":\"9223372036854775807\",\"amount\":123456,\"tags\":[\" a \",\"二\"],\"phone\":null,"
        "\"tables\":[{\"name\":\"x\",\"seats\":[{\"label\":\"a\"},{\"label\":\"b\",\"row\":9}]}]}"),
        &a, &s, &e));
    OK_STR(s.title, "漏水 了");
    OK_STR(s.notes, "一\n二\t三");
    OK_INT(s.count, -5);
    OK_INT(s.free, -9007199254740991);
    OK(s.urgent && s.mood == 2);
    OK_INT(s.held_at.ms, 1795224600000);
    OK_INT(s.due.n, day_of_civil(2026, 12, 1).n);
    OK_INT(s.org.v, INT64_MAX);
    OK_INT(s.amount.v, 123456);
    OK_INT(s.tags.n, 2);
    OK_STR(s.tags.v[0], "a");
    const struct table *t = s.tables.v;
    const struct seat *seats = t->seats.v;
    OK(s.tables.n == 1 && t->seats.n == 2);
    OK_INT(seats[0].row, 7);                      /* an entry's preset */
    OK_INT(seats[1].row, 9);
}

static void what_is_not_sent_stays(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct sample s = { .title = STR("here"), .count = 3, .org = { 5 }, .due = { 9 },
                        .held_at = { 9 }, .mood = 1, .tags = { (struct str[]){ STR("x") }, 1 } };
    struct err e = { 0 };
    OK(record_from_bytes(&sample_record, STR("{\"mood\":null,\"count\":4}"), &a, &s, &e));
    OK_STR(s.title, "here");
    OK(s.count == 4 && s.org.v == 5 && s.mood == 1 && s.tags.n == 1 && s.due.n == 9);
    OK(record_from_bytes(&sample_record,
        STR("{\"org\":\"\",\"due\":\"\",\"held_at\":\"\",\"tags\":[]}"), &a, &s, &e));
    OK(s.org.v == 0 && s.due.n == 0 && s.held_at.ms == 0 && s.tags.n == 0);
    OK(!record_from_bytes(&sample_record, STR("{\"title\":\"\"}"), &a, &s, &e)
       && e.id == ERR_REQUIRED);
}

static void huge(void)
{
    enum { SIZE = 10 * 1024 * 1024 };
    AUTO(arena_done) struct arena a = { 0 };
    AUTO(buf_done) struct buf b;
    struct sample s = { 0 };
    struct err e = { 0 };
    buf_init(&b, SIZE + 100);
    buf_add(&b, STR("{\"title\":\""));
    char *p = buf_room(&b, SIZE);
    memset(p, 'x', SIZE);
    buf_took(&b, SIZE);
    buf_add(&b, STR("\"}"));
    OK(!record_from_bytes(&sample_record, buf_str(&b), &a, &s, &e));
    OK(e.id == ERR_TOO_LONG && !strcmp(e.field, "title"));
    OK(a.bytes < 100000);                         /* it was not even copied */
    buf_clear(&b);
    for (size_t i = 0; i < 100000; i++)
        buf_add(&b, STR("["));
    err_clear(&e);
    OK(!record_from_bytes(&sample_record, buf_str(&b), &a, &s, &e) && e.id == ERR_TOO_DEEP);
    err_clear(&e);
    OK(!record_from_bytes(&sample_record, (struct str){ "{}\0", 3 }, &a, &s, &e)
       && e.id == ERR_BAD_TEXT);
    err_clear(&e);
    OK(!record_from_bytes(&sample_record, STR_NONE, &a, &s, &e) && e.id == ERR_BAD_JSON);
}

/* ---- what came as null ---- */

struct change { struct str title; int64_t count; struct id head; struct str stays; struct strs nulls; };
static const struct field change_fields[] = {
    FIELD(change, title, .doc = "d", .max = 20, .flags = EMPTIES, .zh = "z", .en = "e"),
    FIELD(change, count, .doc = "d", .max = 100, .flags = EMPTIES, .zh = "z", .en = "e"),
    FIELD(change, head, .doc = "d", .flags = EMPTIES, .zh = "z", .en = "e"),
    FIELD(change, stays, .doc = "d", .zh = "z", .en = "e"),
    FIELD(change, nulls, .doc = "d", .flags = READONLY | WRITEONLY | HIDDEN | NULLS),
};
static const struct record change_record = RECORD(change, change_fields);

/* The names in the order of the record, and what stood there stays for the caller to judge. */
static void nulls_are_named(void)
{
    static const struct { const char *json; const char *names[3]; } sent[] = {
        { "{}", { NULL } },
        { "{\"title\":\"\",\"count\":0,\"head\":\"\"}", { NULL } },
        { "{\"count\":null}", { "count" } },
        { "{\"stays\":null}", { NULL } },
        { "{\"stays\":null,\"count\":null}", { "count" } },
        { "{\"head\":null,\"title\":null}", { "title", "head" } },
        { "{\"head\":null,\"count\":5,\"title\":null}", { "title", "head" } },
        { "{\"title\":null,\"count\":null,\"head\":null}", { "title", "count", "head" } },
    };
    for (size_t i = 0; i < COUNT(sent); i++) {
        AUTO(arena_done) struct arena a = { 0 };
        struct change c = { .title = STR("was"), .count = 7 };
        struct err e = { 0 };
        size_t n = 0;
        OK(record_from_bytes(&change_record, str_of(sent[i].json), &a, &c, &e));
        for (; n < COUNT(sent[i].names) && sent[i].names[n]; n++)
            OK(n < c.nulls.n && str_is(c.nulls.v[n], sent[i].names[n]));
        OK_INT(c.nulls.n, n);
    }
}

/* Nobody sends the names, and nobody is shown them; a list of before is not kept. */
static void nulls_are_the_programs_own(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    AUTO(buf_done) struct buf b;
    struct str old = STR("count");
    struct change c = { .nulls = { &old, 1 } };
    struct err e = { 0 };
    OK(!record_from_bytes(&change_record, STR("{\"nulls\":[\"title\"]}"), &a, &c, &e));
    OK_INT(e.id, ERR_READONLY);
    err_clear(&e);
    OK(record_from_bytes(&change_record, STR("{\"title\":\"ab\"}"), &a, &c, &e) && c.nulls.n == 0);
    OK(record_from_bytes(&change_record, STR("{\"title\":null}"), &a, &c, &e) && c.nulls.n == 1);
    buf_init(&b, 1000);
    record_to_json(&change_record, &c, SIGHT_ALL, &b);
    OK(str_find(buf_str(&b), STR("nulls")) == b.n);
}

int main(void)
{
    refused();
    accepted();
    what_is_not_sent_stays();
    huge();
    nulls_are_named();
    nulls_are_the_programs_own();
    return tap_end();
}
