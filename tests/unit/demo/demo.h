/* demo.h - reads the tables of demo/ and rules/ for the tests that prove the
 * demo sound.
 *
 * The tables are plain: no quotes, no commas inside a value. A table belongs to
 * the arena. Asking for a column that is not there ends the test: it would
 * otherwise pass by comparing nothing. */
#ifndef TESTS_DEMO_H
#define TESTS_DEMO_H
#include "base/stamp.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "tap.h"

enum { DEMO_COLUMNS = 24, DEMO_FILE = 4 << 20 };
struct table {
    const char *name;
    size_t columns, n;
    struct str names[DEMO_COLUMNS], *cells;
};

/* path from the root of the project. */
static inline struct str demo_read(struct arena *a, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", PROJECT_DIR, name);
    FILE *f = fopen(path, "rb");
    char *p = arena_alloc(a, DEMO_FILE);
    size_t n = f ? fread(p, 1, DEMO_FILE, f) : 0;
    if (f)
        fclose(f);
    if (!OK(n > 0 && n < DEMO_FILE))
        printf("#   cannot read %s\n", path);
    return (struct str){ p, n };
}

static inline size_t line_split(struct str line, struct str *out, size_t max)
{
    size_t n = 0;
    for (struct str head, rest; n < max; line = rest) {
        bool more = str_cut(line, ',', &head, &rest);
        out[n++] = more ? head : line;
        if (!more)
            return n;
    }
    return max + 1;
}

/* Also checks what holds for every table: UTF-8, plain, the header's number of
 * values in each line, no blanks around a value. */
static inline struct table table_read(struct arena *a, const char *name)
{
    struct table t = { .name = name };
    struct str text = demo_read(a, name), line, rest;
    OK(utf8_valid(text) && text.n && text.p[text.n - 1] == '\n');
    OK(!memchr(text.p, '"', text.n) && !memchr(text.p, '\r', text.n));
    size_t lines = 0, crooked = 0;
    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n';
    if (!str_cut(text, '\n', &line, &rest))
        return t;
    t.columns = line_split(line, t.names, DEMO_COLUMNS);
    t.cells = arena_array(a, struct str, lines * DEMO_COLUMNS);
    for (text = rest; str_cut(text, '\n', &line, &rest); text = rest, t.n++) {
        struct str *cells = &t.cells[t.n * DEMO_COLUMNS];
        crooked += line_split(line, cells, DEMO_COLUMNS) != t.columns;
        for (size_t i = 0; i < t.columns; i++)
            crooked += str_trim(cells[i]).n != cells[i].n;
    }
    OK_INT(crooked, 0);
    OK(t.n > 0);
    return t;
}

static inline struct str cell(const struct table *t, size_t row, const char *column)
{
    for (size_t i = 0; i < t->columns && row < t->n; i++)
        if (str_is(t->names[i], column))
            return t->cells[row * DEMO_COLUMNS + i];
    printf("Bail out! %s has no row %zu or no column %s\n", t->name, row, column);
    exit(1);
}
static inline bool cell_is(const struct table *t, size_t row, const char *column, const char *want)
{
    return str_is(cell(t, row, column), want);
}
/* The number in the cell; none when it is empty. */
static inline int64_t cell_number(const struct table *t, size_t row, const char *column,
                                  int64_t none)
{
    struct str s = cell(t, row, column);
    int64_t v = none;
    if (s.n && !str_to_i64(s, &v))
        tap_ok(false, "a number", t->name, (int)row + 2);
    return v;
}
/* The first row in which both columns have these values, or t->n. */
static inline size_t table_find_both(const struct table *t, const char *column, struct str key,
                                     const char *other, struct str value)
{
    size_t row = 0;
    while (row < t->n
           && (!str_eq(cell(t, row, column), key) || !str_eq(cell(t, row, other), value)))
        row++;
    return row;
}
/* The first row whose column is key, or t->n. */
static inline size_t table_find(const struct table *t, const char *column, struct str key)
{
    size_t row = 0;
    while (row < t->n && !str_eq(cell(t, row, column), key))
        row++;
    return row;
}

/* Whether s is one of the words of a list closed by NULL. */
static inline bool is_one_of(struct str s, const char *const *list)
{
    while (*list && !str_is(s, *list))
        list++;
    return *list != NULL;
}
static inline bool all_digits(struct str s)
{
    size_t i = 0;
    while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
        i++;
    return i == s.n;
}
/* Whether code is above or stands below it: "committee" covers "committee.town",
 * the type "03" covers "0301". */
static inline bool code_covers(struct str above, struct str code)
{
    bool dotted = code.n > above.n && code.p[above.n] == '.';
    bool digits = above.n == 2 && code.n == 4 && all_digits(code);
    return str_eq(above, code) || ((dotted || digits) && str_starts(code, above));
}
/* For counting rows at fault while naming the first of them. */
static inline size_t fault(const struct table *t, size_t row, const char *what)
{
    printf("#   %s line %zu (%.*s): %s\n", t->name, row + 2,
           STR_ARG(t->cells[row * DEMO_COLUMNS]), what);
    return 1;
}

/* The code lists of matter types, by kind. */
enum { KINDS = 4 };
static const char *const kinds[] = { "dispute", "request", "event", "advice", NULL };
struct types { struct table of[KINDS]; };

static inline struct types types_read(struct arena *a)
{
    struct types types = { { table_read(a, "rules/dispute_types.csv"),
        table_read(a, "rules/request_types.csv"), table_read(a, "rules/event_types.csv"),
        table_read(a, "rules/advice_types.csv") } };
    return types;
}
static inline size_t kind_index(struct str kind)
{
    size_t i = 0;
    while (kinds[i] && !str_is(kind, kinds[i]))
        i++;
    return i;
}
/* What the code says in its kind's own list; empty when it is not there. */
static inline struct str type_name(const struct types *types, struct str kind, struct str code)
{
    size_t i = kind_index(kind);
    if (i == KINDS)
        return STR_NONE;
    const struct table *t = &types->of[i];
    size_t row = i ? table_find(t, "code", code)
        : table_find_both(t, "code", code, "list", STR("dispute_type"));
    return row < t->n ? cell(t, row, "zh") : STR_NONE;
}

/* The demo's own ranges: no telephone of a real person or office. */
static inline bool is_demo_mobile(struct str s)
{
    return s.n == 11 && str_starts(s, STR("1990000")) && all_digits(s);
}
static inline bool is_demo_landline(struct str s)
{
    return s.n == 13 && str_starts(s, STR("0757-8000")) && all_digits(str_sub(s, 9, 4));
}
#endif
