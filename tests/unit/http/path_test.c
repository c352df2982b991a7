/* path_test.c - escapes and query strings of strangers. */
#include "http/path.h"
#include "tap.h"

struct ask { struct str word; int64_t count; };
static const struct field ask_fields[] = {
    FIELD(ask, word, .doc = "Word", .max = 4),
    FIELD(ask, count, .doc = "Count", .min = 1, .max = 9, .preset = "3"),
};
static const struct record ask_record = RECORD(ask, ask_fields);

static void test_query_decode__rows(void)
{
    static const struct { const char *raw; bool ok; const char *want; } rows[] = {
        { "", true, "" }, { "a+b%20c", true, "a b c" }, { "%2F..%5C", true, "/..\\" },
        { "%E6%BC%8F", true, "漏" }, { "%00", false, "" }, { "%0d%0a", false, "" },
        { "%7f", false, "" }, { "%", false, "" }, { "%a", false, "" }, { "%ff", false, "" },
        { "\x01", false, "" }, { "%25%32%65", true, "%2e" },
    };
    struct arena a = { 0 };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct str out = STR_NONE;
        OK_INT(query_decode(&a, str_of(rows[i].raw), &out), rows[i].ok);
        if (rows[i].ok)
            OK_STR(out, rows[i].want);
    }
    arena_done(&a);
}

static enum err_id read_one(struct req *r, const char *text, struct err *e)
{
    err_clear(e);
    r->cursor = STR_NONE;
    return query_read(r, str_of(text), e) ? ERR_OK : e->id;
}

static void test_query_read__list(void)
{
    static const struct route list = { .reply = REPLY_LIST, .query = &ask_record };
    struct arena a = { 0 };
    struct err e = { 0 };
    struct req r = { .a = &a, .route = &list };
    OK_INT(read_one(&r, "", &e), ERR_OK);
    OK_INT(r.limit, 20);
    OK_INT(((const struct ask *)r.query)->count, 3);
    OK_INT(read_one(&r, "limit=100&after=x%2By&word=%E6%BC%8F&&count=9", &e), ERR_OK);
    OK_INT(r.limit, 100);
    OK_STR(r.cursor, "x+y");
    OK_STR(((const struct ask *)r.query)->word, "漏");
    OK_INT(read_one(&r, "limit=0", &e), ERR_OUT_OF_RANGE);
    OK_INT(read_one(&r, "limit=1e9", &e), ERR_OUT_OF_RANGE);
    OK_INT(read_one(&r, "word=abcde", &e), ERR_TOO_LONG);
    OK_STR(str_of(e.field), "word");
    OK_INT(read_one(&r, "count=10", &e), ERR_OUT_OF_RANGE);
    OK_INT(read_one(&r, "count=1&count=1", &e), ERR_BAD_QUERY);
    OK_INT(read_one(&r, "x=1", &e), ERR_UNKNOWN_FIELD);
    OK_INT(read_one(&r, "word=%00", &e), ERR_BAD_QUERY);
    OK_INT(read_one(&r, "=", &e), ERR_UNKNOWN_FIELD);
    arena_done(&a);
}

static void test_query_read__many_and_none(void)
{
    static const struct route one = { .reply = REPLY_ONE };
    struct arena a = { 0 };
    struct err e = { 0 };
    struct req r = { .a = &a, .route = &one };
    OK_INT(read_one(&r, "after=1", &e), ERR_UNKNOWN_FIELD);
    AUTO(buf_done) struct buf b;
    buf_init(&b, 10000);
    for (int i = 0; i < 40; i++)
        buf_addf(&b, "k%d=1&", i);
    OK(!query_read(&r, buf_str(&b), &e));
    arena_done(&a);
}

int main(void)
{
    test_query_decode__rows();
    test_query_read__list();
    test_query_read__many_and_none();
    return tap_end();
}
