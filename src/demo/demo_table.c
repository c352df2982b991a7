/* The demo's tables, from the files packed into the program. */
#include "base/vec.h"
#include "demo/demo_impl.h"
#include "doc/sheet.h"

bool demo_file(const struct app *app, const char *name, struct str *out, struct err *e)
{
    for (size_t i = 0; i < app->demo.n; i++) {
        const struct asset *f = &app->demo.v[i];
        if (!strcmp(f->path + (f->path[0] == '/'), name)) {
            *out = (struct str){ f->body, f->n };
            return true;
        }
    }
    return err_setf(e, ERR_NO_FILE, "demo/%s", name);
}

enum { COLUMNS_MAX = 32 };

static bool read_row(const struct sheet_row *row, const struct field *const *at, size_t columns,
                     struct arena *a, void *out, struct err *e)
{
    for (size_t i = 0; i < columns; i++)
        if (at[i] && !field_from_text(at[i], sheet_cell_at(row, i), a, out, e))
            return false;
    return true;
}

bool demo_table_read(struct demo *d, const char *name, const struct record *rec,
                     struct list *out, struct err *e)
{
    const struct field *at[COLUMNS_MAX] = { 0 };
    struct sheet_reader *sheet;
    struct sheet_row row;
    struct str bytes;
    size_t columns, cap = 0, n = 0;
    char *v = NULL;
    if (!demo_file(d->app, name, &bytes, e) || !sheet_open_memory(d->a, bytes, NULL, &sheet, e))
        return false;
    if (!sheet_read_row(sheet, d->a, &row, e))
        return err_is_set(e) ? false : err_setf(e, ERR_DATA, "%s", name);
    columns = MIN(row.n, (size_t)COLUMNS_MAX);
    for (size_t i = 0; i < columns; i++)
        at[i] = record_field(rec, row.cells[i]);
    while (sheet_read_row(sheet, d->a, &row, e)) {
        v = vec_room(d->a, v, n, &cap, rec->size);
        if (!read_row(&row, at, columns, d->a, v + n++ * rec->size, e))
            return err_is_set(e) ? false : err_setf(e, ERR_DATA, "%s:%zu", name, row.number);
    }
    *out = (struct list){ v, n };
    return !err_is_set(e);
}

/* ---- by key ---- */

static int by_key(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

void demo_sort(struct list list, size_t size)
{
    if (list.n)
        qsort(list.v, list.n, size, by_key);
}

void *demo_find(struct list list, size_t size, struct str key)
{
    return list.n ? bsearch(&key, list.v, list.n, size, by_key) : NULL;
}

const void *demo_need(struct list list, size_t size, struct str key, const char *table,
                      struct err *e)
{
    const void *found = demo_find(list, size, key);
    if (!found)
        err_setf(e, ERR_DATA, "%s: %.*s", table, STR_ARG(key));
    return found;
}

bool demo_day(const struct demo *d, struct str days, struct day *out, struct err *e)
{
    int64_t n;
    *out = DAY_NONE;
    if (!days.n)
        return true;
    if (!str_to_i64(days, &n) || n < -40000 || n > 40000)
        return err_setf(e, ERR_DATA, "%.*s", STR_ARG(days));
    out->n = d->today.n + (int32_t)n;
    return true;
}
