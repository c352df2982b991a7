#include "sample.h"
#include "tap.h"

struct thing { struct str a, b; int64_t n; unsigned mood; struct list l; struct id id;
               struct strs many; };
#define ROW(m, ...) FIELD(thing, m, .doc = "d", .zh = "z", .en = "e", __VA_ARGS__)

static const struct name twice_rows[] = { { "a", "甲", "A" }, { "a", "乙", "B" } };
static const struct names twice = NAMES("twice", twice_rows);
static const struct name bare_rows[] = { { "a", "甲", NULL } };
static const struct names bare = NAMES("bare", bare_rows);
static const struct field no_label[] = { FIELD(seat, label, .doc = "d") };
static const struct record bad_sub = { .name = "bad_sub", .size = sizeof(struct seat),
                                       .f = no_label, .n = 1 };

/* One wrong row each, and the words that tell it. */
static const struct { struct field f; const char *why; } faults[] = {
    { FIELD(thing, a, .doc = "d"), "no label" },
    { FIELD(thing, a, .doc = "d", .zh = "z"), "no label" },
    { FIELD(thing, a, .zh = "z", .en = "e"), "no doc" },
    { { .name = "Bad", .type = F_STR, .doc = "d", .zh = "z", .en = "e" }, "lower-case" },
    { { .name = "a\"b", .type = F_STR, .doc = "d", .zh = "z", .en = "e" }, "lower-case" },
    { ROW(mood, .flags = 0), "no names" },
    { ROW(mood, .names = &twice), "a slug twice" },
    { ROW(mood, .names = &bare), "without slug or label" },
    { ROW(a, .names = &twice), "names to choices" },
    { ROW(l, .flags = 0), "sub belongs to lists" },
    { ROW(a, .sub = &seat_record), "sub belongs to lists" },
    { ROW(l, .sub = &bad_sub), "no label" },
    { ROW(n, .min = 5, .max = 3), "max below min" },
    { ROW(a, .min = -1), "negative length" },
    { ROW(n, .flags = SECRET), "what is no text" },
    { ROW(n, .flags = LINES), "what is no text" },
    { ROW(n, .format = FORMAT_PHONE), "what is no text" },
    { ROW(a, .flags = READONLY | WRITEONLY), "exclude each other" },
    { ROW(a, .flags = READONLY | WRITEONLY | HIDDEN | NULLS), "NULLS on what" },
    { ROW(n, .flags = READONLY | WRITEONLY | HIDDEN | NULLS), "NULLS on what" },
    { ROW(many, .flags = NULLS), "NULLS on what" },
    { ROW(many, .flags = READONLY | HIDDEN | NULLS), "NULLS on what" },
    { ROW(a, .flags = READONLY | REQUIRED), "exclude each other" },
    { ROW(a, .flags = EMPTIES | REQUIRED), "exclude each other" },
    { ROW(a, .flags = EMPTIES), "without NULLS" },
    { ROW(a, .format = FORMAT_CODE), "go together" },
    { ROW(a, .codelist = "streets"), "go together" },
    { ROW(l, .sub = &seat_record, .preset = "x"), "no text can tell" },
    { ROW(n, .preset = "x"), "preset refused (wrong-type)" },
    { ROW(n, .max = 5, .preset = "6"), "preset refused (out-of-range)" },
    { ROW(mood, .names = &mood_names, .preset = "bored"), "preset refused (not-a-choice)" },
    { ROW(a, .name_n = 2), "not the name's length" },
    { { .name = "far", .name_n = 3, .type = F_INT, .offset = 4000, .doc = "d", .zh = "z", .en = "e" },
      "outside the struct" },
};

static void each_fault_is_found(void)
{
    for (size_t i = 0; i < COUNT(faults); i++) {
        struct record r = { "thing", sizeof(struct thing), &faults[i].f, 1 };
        struct err e = { 0 };
        bool ok = record_check(&r, &e);
        if (!OK(!ok && e.id == ERR_INTERNAL && strstr(e.detail, faults[i].why)))
            printf("#   wanted %s, got [%s]\n", faults[i].why, e.detail);
    }
    const struct field same[] = { ROW(a, .max = 1), ROW(b, .max = 1), ROW(a, .max = 2) };
    struct record r = { "thing", sizeof(struct thing), same, 3 };
    struct err e = { 0 };
    OK(!record_check(&r, &e) && strstr(e.detail, "listed twice"));
    const struct field place[] = { ROW(a, .max = 1), { .name = "b", .name_n = 1, .type = F_STR, .doc = "d",
                                   .offset = offsetof(struct thing, a), .zh = "z", .en = "e" } };
    r = (struct record){ "thing", sizeof(struct thing), place, 2 };
    err_clear(&e);
    OK(!record_check(&r, &e) && strstr(e.detail, "listed twice"));
    r.n = 0;
    err_clear(&e);
    OK(!record_check(&r, &e));
    r = (struct record){ "Thing", sizeof(struct thing), same, 2 };
    err_clear(&e);
    OK(!record_check(&r, &e));
}

static void presets_and_what_is_missing(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct sample s = { 0 };
    struct err e = { 0 };
    OK(record_preset(&sample_record, &a, &s, &e));
    OK(s.urgent && s.mood == 1 && s.amount.v == 1250 && s.count == 0);
    OK(!record_complete(&sample_record, &s, &e) && e.id == ERR_REQUIRED);
    OK_STR(str_of(e.field), "title");
    err_clear(&e);
    s.title = STR("x");
    OK(record_complete(&sample_record, &s, &e));
    struct seat seats[2] = { { .label = STR("a") } };
    struct table tables[] = { { .name = STR("t"), .seats = { seats, 2 } } };
    s.tables = (struct list){ tables, 1 };
    OK(!record_complete(&sample_record, &s, &e) && e.id == ERR_REQUIRED);
    OK_STR(str_of(e.field), "tables[0].seats[1].label");
}

int main(void)
{
    struct err e = { 0 };
    if (!OK(record_check(&sample_record, &e)))
        printf("#   %s\n", e.detail);
    each_fault_is_found();
    presets_and_what_is_missing();
    OK(record_field(&sample_record, STR("mood")) && !record_field(&sample_record, STR("moo")));
    OK(!record_field(&sample_record, STR_NONE));
    for (unsigned t = 0; t < F__COUNT; t++)
        OK(field_type_slug((enum field_type)t)[0]);
    OK(!strcmp(field_format_slug(FORMAT_IDNUM), "idnum") && !field_format_slug(FORMAT__COUNT)[0]);
    return tap_end();
}
