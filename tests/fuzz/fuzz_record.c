#include "../unit/schema/sample.h"
#include "fuzz.h"

/* What was accepted is written, and what was written is JSON; without the members
 * no client may send it is accepted again and written the same. */
static void comes_back(const struct sample *s, struct arena *a, struct buf *first,
                       struct buf *second)
{
    static const char *const server_only[] = { "id", "extra" };
    struct sight all = { .content = true, .secrets = true };
    struct sample again = { 0 };
    struct err e = { 0 };
    record_to_json(&sample_record, s, all, first);
    FUZZ_HOLDS(buf_ok(first));
    json_t *j = json_loadb(first->p, first->n, JSON_REJECT_DUPLICATES, NULL);
    FUZZ_HOLDS(j);
    for (size_t i = 0; i < COUNT(server_only); i++)
        json_object_del(j, server_only[i]);
    FUZZ_HOLDS(record_from_json(&sample_record, j, a, &again, &e));
    record_to_json(&sample_record, &again, all, second);
    FUZZ_HOLDS(str_eq(buf_str(first), buf_str(second)));
    json_decref(j);
}

/* Every sight and every way to show a member ends within its bounds. */
static void is_shown(const struct sample *s, struct buf *b)
{
    for (unsigned i = 0; i < 8; i++) {
        struct sight sight = { .content = i & 1, .secrets = i & 2, .party = i & 4 };
        buf_clear(b);
        record_to_json(&sample_record, s, sight, b);
        json_t *j = json_loadb(b->p, b->n, JSON_REJECT_DUPLICATES, NULL);
        FUZZ_HOLDS(j);
        json_decref(j);
    }
    for (size_t i = 0; i < sample_record.n; i++)
        field_to_text(&sample_record.f[i], s, i & 1 ? LANG_EN : LANG_ZH, b);
}

/* The same bytes as the text of each member: refused, or within its limits. */
static void as_text(struct str text, struct arena *a)
{
    for (size_t i = 0; i < sample_record.n; i++) {
        struct sample s = { 0 };
        struct err e = { 0 };
        bool ok = field_from_text(&sample_record.f[i], text, a, &s, &e);
        FUZZ_HOLDS(ok != err_is_set(&e));
        FUZZ_HOLDS(s.amount.v >= 0 && s.amount.v <= 100000000 && s.count >= -5 && s.count <= 100);
        FUZZ_HOLDS(s.mood < mood_names.n && s.tags.n <= 5);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    enum { ROOM = 1 << 24 };
    AUTO(arena_done) struct arena a = { 0 };
    AUTO(buf_done) struct buf first, second;
    struct str body = { (const char *)data, n };
    struct sample s = { 0 };
    struct err e = { 0 };
    buf_init(&first, ROOM);
    buf_init(&second, ROOM);
    bool ok = record_from_bytes(&sample_record, body, &a, &s, &e);
    FUZZ_HOLDS(ok != err_is_set(&e));
    if (ok) {
        comes_back(&s, &a, &first, &second);
        is_shown(&s, &first);
    }
    as_text(body, &a);
    return 0;
}
