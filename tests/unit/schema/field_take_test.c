#include "sample.h"
#include "schema/record_impl.h"
#include "tap.h"

static void choices_are_cut_at_a_name(void)
{
    static const struct name rows[] = {
        { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "甲", "A" },
        { "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "乙", "B" },
        { "cccccccccccccccccccccccccccccccccccccccccccccccccccccccc", "丙", "C" },
        { "d", "丁", "D" },
    };
    static const struct names many = NAMES("many", rows);
    struct err e = { 0 };
    OK(!field_no_choice(&many, false, &e));
    struct str arg = str_of(e.arg);
    OK(arg.n < sizeof e.arg && str_ends(arg, STR("bbb, …")));
    err_clear(&e);
    OK(!field_no_choice(&many, true, &e));
    OK_STR(str_of(e.arg), "甲, 乙, 丙, 丁" ERR_OR "A, B, C, D");
}

static void every_type_has_words(void)
{
    for (unsigned t = 0; t < F__COUNT; t++) {
        struct field f = { .name = "x", .type = (enum field_type)t };
        for (int as_text = 0; as_text < 2; as_text++) {
            struct err e = { 0 };
            OK(!field_wrong(&f, as_text, &e) && strchr(e.arg, ERR_OR[0]) && !e.field[0]);
        }
    }
}

static void zero_and_blank(void)
{
    struct sample s = { 0 };
    for (size_t i = 0; i < sample_record.n; i++) {
        const struct field *f = &sample_record.f[i];
        bool value = f->type == F_INT || f->type == F_BOOL || f->type == F_ENUM || f->type == F_FEN;
        OK(field_is_zero(f, field_in(f, &s)) && field_is_blank(f, field_in(f, &s)) == !value);
    }
    memset(&s, 1, sizeof s);
    for (size_t i = 0; i < sample_record.n; i++)
        OK(!field_is_zero(&sample_record.f[i], field_in(&sample_record.f[i], &s)));
}

static void blame_keeps_a_path(void)
{
    struct err e = { 0 };
    struct field f = { .name = "outer" };
    (void)err_field(&e, ERR_REQUIRED, "inner");
    OK(!field_blame(&f, &e));
    OK_STR(str_of(e.field), "inner");
    err_clear(&e);
    (void)err_set(&e, ERR_REQUIRED);
    OK(!field_blame(&f, &e));
    OK_STR(str_of(e.field), "outer");
}

static void stamps_that_can_be_shown(void)
{
    struct stamp t = { 5 };
    struct day d = { 5 };
    struct err e = { 0 };
    OK(!field_take_stamp((struct stamp){ 0 }, &t, &e) && e.id == ERR_BAD_TIME && t.ms == 5);
    err_clear(&e);
    OK(!field_take_stamp((struct stamp){ INT64_C(253402300800000) }, &t, &e));
    err_clear(&e);
    OK(field_take_stamp((struct stamp){ -1 }, &t, &e) && t.ms == -1);
    OK(!field_take_day((struct day){ 3000000 }, &d, &e) && e.id == ERR_BAD_DATE && d.n == 5);
    err_clear(&e);
    OK(field_take_day((struct day){ -1 }, &d, &e) && d.n == -1);
}

int main(void)
{
    choices_are_cut_at_a_name();
    every_type_has_words();
    zero_and_blank();
    blame_keeps_a_path();
    stamps_that_can_be_shown();
    return tap_end();
}
