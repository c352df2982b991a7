#include "insight/publish.h"
#include "app/codebook.h"
#include "base/vec.h"
#include "insight/suppress.h"
#include "place/place.h"

static const struct field public_cell_fields[] = {
    FIELD(public_cell, area, .doc = "Area"), FIELD(public_cell, row, .doc = "Row"),
    FIELD(public_cell, col, .doc = "Column"), FIELD(public_cell, value, .doc = "Count"),
    FIELD(public_cell, hidden, .doc = "Left out"),
};
const struct record public_cell_record = RECORD(public_cell, public_cell_fields);

/* ---- the areas as a tree ---- */

/* An area with its sums; own: what lies in it and in no area below. */
struct node {
    struct str path;
    struct id area;
    size_t parent;
    bool inner, own;
    int64_t v[FORM_ROWS][FORM_COLUMNS_N];
    int32_t at[FORM_ROWS][FORM_COLUMNS_N];      /* its cell, or none */
};
#define NO_NODE ((size_t)-1)

struct tree {
    struct arena *a;
    struct str root;
    VEC(struct node *) nodes;
    VEC(struct suppress_cell) cells;
    VEC(struct suppress_sum) sums;
};

static size_t node_of(struct tree *t, struct str path, bool own)
{
    for (size_t i = 0; i < t->nodes.n; i++)
        if (t->nodes.v[i]->own == own && str_eq(t->nodes.v[i]->path, path))
            return i;
    return NO_NODE;
}

/* The path without its last part. */
static struct str above(struct str path)
{
    size_t n = path.n ? path.n - 1 : 0;
    while (n && path.p[n - 1] != '/')
        n--;
    return str_sub(path, 0, n);
}

static struct id last_id(struct str path)
{
    struct id id = ID_NONE;
    struct str up = above(path);
    bool ok = str_to_i64(str_sub(path, up.n, path.n - up.n - 1), &id.v);
    return ok ? id : ID_NONE;
}

static size_t grow(struct tree *t, struct str path)
{
    size_t at = node_of(t, path, false);
    if (at != NO_NODE)
        return at;
    bool root = path.n <= t->root.n;
    size_t parent = root ? NO_NODE : grow(t, above(path));
    struct node *x = arena_new(t->a, struct node);
    *x = (struct node){ .path = path, .area = last_id(path), .parent = parent, .inner = root };
    if (parent != NO_NODE)
        t->nodes.v[parent]->inner = true;
    vec_push(t->a, &t->nodes, x);
    return t->nodes.n - 1;
}

/* Adds a cell to its area and all above it. */
static void add_cell(struct tree *t, const struct edition_cell *c)
{
    for (size_t i = node_of(t, c->path, false); i != NO_NODE; i = t->nodes.v[i]->parent) {
        struct node *x = t->nodes.v[i];
        x->v[c->row][c->col] += c->value;
        if (c->row >= ROW_KIND)
            x->v[ROW_ALL][c->col] += c->value;
    }
}

/* What an inner area has beside the areas below it. */
static void add_own(struct tree *t)
{
    size_t n = t->nodes.n;
    for (size_t i = 0; i < n; i++) {
        struct node *x = t->nodes.v[i], *own;
        bool any = false;
        if (!x->inner)
            continue;
        own = arena_new(t->a, struct node);
        *own = (struct node){ .path = x->path, .parent = i, .own = true };
        memcpy(own->v, x->v, sizeof own->v);
        for (size_t k = 0; k < n; k++)
            for (unsigned row = 0; t->nodes.v[k]->parent == i && row < FORM_ROWS; row++)
                for (unsigned col = 0; col < FORM_COLUMNS_N; col++)
                    own->v[row][col] -= t->nodes.v[k]->v[row][col];
        for (unsigned col = 0; col < FORM_COLUMNS_N; col++)
            any |= own->v[ROW_ALL][col] != 0;
        if (any)
            vec_push(t->a, &t->nodes, own);
    }
}

static bool is_told(const struct node *x, unsigned row, unsigned col)
{
    if (row > ROW_TYPE_18 && row < ROW_KIND)
        return false;
    return x->inner || row >= ROW_KIND || col == COLUMN_ACCEPTED || col == COLUMN_CONCLUDED
        || col == COLUMN_AGREED;
}

/* ---- cells and sums ---- */

static void add_cells(struct tree *t, struct node *x)
{
    for (unsigned row = 0; row < FORM_ROWS; row++)
        for (unsigned col = 0; col < FORM_COLUMNS_N; col++) {
            const struct form_column *c = &form_columns[col];
            bool count = c->measure == MEASURE_COUNT;
            x->at[row][col] = SUPPRESS_NONE;
            if (!is_told(x, row, col))
                continue;
            x->at[row][col] = (int32_t)t->cells.n;
            vec_push(t->a, &t->cells, (struct suppress_cell){
                x->v[row][col], count, count ? SUPPRESS_NONE : x->at[row][c->parent], false });
        }
}

/* Told only when all of it is. */
static void add_sum(struct tree *t, int32_t total, const int32_t *part, size_t n)
{
    uint32_t *v = arena_array(t->a, uint32_t, n);
    if (total < 0 || !n)
        return;
    for (size_t i = 0; i < n; i++) {
        if (part[i] < 0)
            return;
        v[i] = (uint32_t)part[i];
    }
    vec_push(t->a, &t->sums, (struct suppress_sum){ (uint32_t)total, v, n });
}

static void add_row_sums(struct tree *t, const struct node *x)
{
    for (unsigned col = 0; col < FORM_COLUMNS_N; col++)
        for (unsigned form = 0; form < FORM__COUNT; form++) {
            int32_t part[FORM_ROWS];
            size_t n = 0;
            for (unsigned row = 0; row < FORM_ROWS; row++)
                if (form_has_row((enum form_name)form, row))
                    part[n++] = x->at[row][col];
            add_sum(t, x->at[form_sum_row((enum form_name)form)][col], part, n);
        }
}

static void add_column_sums(struct tree *t, const struct node *x)
{
    for (unsigned row = 0; row < FORM_ROWS; row++)
        for (unsigned whole = 0; whole < FORM_COLUMNS_N; whole++)
            for (int by = BY_WAY; by < BY__COUNT; by++) {
                int32_t part[FORM_COLUMNS_N];
                size_t n = 0;
                for (unsigned col = 0; col < FORM_COLUMNS_N; col++)
                    if (form_is_part((enum form_col)col, (enum form_col)whole,
                                     (enum form_by)by))
                        part[n++] = x->at[row][col];
                if (n > 1)
                    add_sum(t, x->at[row][whole], part, n);
            }
}

static void add_area_sums(struct tree *t, size_t parent)
{
    int32_t *part = arena_array(t->a, int32_t, t->nodes.n);
    for (unsigned row = 0; row < FORM_ROWS; row++)
        for (unsigned col = 0; col < FORM_COLUMNS_N; col++) {
            size_t n = 0;
            for (size_t i = 0; i < t->nodes.n; i++)
                if (t->nodes.v[i]->parent == parent)
                    part[n++] = t->nodes.v[i]->at[row][col];
            add_sum(t, t->nodes.v[parent]->at[row][col], part, n);
        }
}

/* What a town does not tell of a row is told to be left out, unless there is nothing. */
static bool is_left_out(const struct tree *t, const struct node *x, unsigned row, unsigned col)
{
    unsigned main = form_columns[col].window == ON_ACCEPTED ? COLUMN_ACCEPTED : COLUMN_CONCLUDED;
    if (row > ROW_TYPE_18 || x->at[row][col] >= 0)
        return false;
    return x->v[row][main] || t->cells.v[x->at[row][main]].hidden;
}

static struct list told(struct tree *t)
{
    VEC(struct public_cell) out = { 0 };
    for (size_t i = 0; i < t->nodes.n; i++) {
        const struct node *x = t->nodes.v[i];
        for (unsigned row = 0; !x->own && row < FORM_ROWS; row++)
            for (unsigned col = 0; col < FORM_COLUMNS_N; col++) {
                int32_t at = x->at[row][col];
                bool hidden = at >= 0 ? t->cells.v[at].hidden : is_left_out(t, x, row, col);
                int64_t value = at >= 0 && !hidden ? x->v[row][col] : 0;
                if (hidden || value)
                    vec_push(t->a, &out, (struct public_cell){ x->area, row, col, value, hidden });
            }
    }
    return (struct list){ out.v, out.n };
}

bool publish_make(struct req *r, int64_t month, struct list cells, struct list *out,
                  struct err *e)
{
    struct tree t = { .a = r->a };
    struct area_brief home = { 0 };
    const struct edition_cell *c = cells.v;
    int64_t least = codebook_number(r->app, "small_cell_least", 5);
    if (!area_brief(r, r->app->home, &home, e))
        return false;
    t.root = home.path;
    for (size_t i = 0; i < cells.n; i++)
        if (c[i].month == month && str_starts(c[i].path, t.root))
            grow(&t, c[i].path);
    for (size_t i = 0; i < cells.n; i++)
        if (c[i].month == month && str_starts(c[i].path, t.root))
            add_cell(&t, &c[i]);
    add_own(&t);
    for (size_t i = 0; i < t.nodes.n; i++) {
        add_cells(&t, t.nodes.v[i]);
        add_row_sums(&t, t.nodes.v[i]);
        add_column_sums(&t, t.nodes.v[i]);
    }
    for (size_t i = 0; i < t.nodes.n; i++)
        if (t.nodes.v[i]->inner)
            add_area_sums(&t, i);
    struct suppress s = {
        .cell = t.cells.v, .n = t.cells.n, .sum = t.sums.v, .sums = t.sums.n,
        .small = MAX(codebook_number(r->app, "small_cell", 10), MAX(least, INT64_C(5))),
        .width = MAX(least, INT64_C(5)),
    };
    if (!suppress_cells(r->a, &s, e))
        return false;
    *out = told(&t);
    return true;
}

bool publish_keep(struct req *r, int64_t no, struct list cells, struct err *e)
{
    static const char *const columns[] = { "home", "edition", "area", "row", "col", "value",
                                           "hidden" };
    const struct public_cell *v = cells.v;
    struct db_bulk *b = NULL;
    struct err end = { 0 };
    bool ok = db_bulk_begin(r->c, &b, "edition_public", columns, COUNT(columns), e);
    for (size_t i = 0; ok && i < cells.n; i++)
        ok = db_bulk_row(b, DB_LIST(V(r->app->home), V(no), V(v[i].area), V(v[i].row),
                                    V(v[i].col), V(v[i].value), V(v[i].hidden)), e);
    bool ended = db_bulk_end(b, ok ? e : &end);
    return ok && ended;
}
