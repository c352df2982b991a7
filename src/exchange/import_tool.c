#include "exchange/import_tool.h"
#include "exchange/import_db.h"
#include "exchange/import_file.h"
#include "exchange/ledger_row.h"
#include <errno.h>

static bool copy_in(const char *from, const char *to, struct err *e)
{
    char piece[1 << 16];
    FILE *in = fopen(from, "re"), *out = in ? fopen(to, "we") : NULL;
    bool ok = in && out;
    for (size_t n; ok && (n = fread(piece, 1, sizeof piece, in)) > 0;)
        ok = fwrite(piece, 1, n, out) == n;
    ok = ok && !ferror(in);
    if (!ok)
        err_setf(e, ERR_NO_FILE, "%s: %s", from, strerror(errno));
    if (in)
        fclose(in);
    if (out)
        ok = fclose(out) == 0 && ok;
    return ok;
}

static bool insert(struct req *r, void *ctx, struct err *e)
{
    return import_db_insert(r, ctx, e);
}

bool import_prepare(struct app *app, struct req *r, const struct import_ask *ask, struct id *out,
                    struct err *e)
{
    struct ledger_import m = { .id = id_make(), .ledger = ask->ledger, .source = ask->source,
                               .name = str_of(ask->path) };
    const char *spool = app_path(app, r->a, arena_printf(r->a, "spool/import-%lld",
                                                         (long long)m.id.v).p);
    const struct field *kind = record_field(&ledger_import_record, STR("kind"));
    if (!field_from_text(kind, ask->kind, r->a, &m, e) || !copy_in(ask->path, spool, e)
        || !import_file_take(app, r->a, m.id, spool, e)
        || !import_file_header(app, r->a, m.id, 0, &m.columns, e))
        return false;
    m.mapping = ledger_guess_all(r->a, m.columns);
    for (size_t i = 0; i < m.columns.n; i++)
        printf("%.*s -> %.*s\n", STR_ARG(m.columns.v[i]),
               STR_ARG(m.mapping.v[i].n ? m.mapping.v[i] : STR("-")));
    *out = m.id;
    return app_write(app, r, insert, &m, e);
}

struct shown { struct id import; int64_t after; size_t n; };

static bool show(struct req *r, void *ctx, struct err *e)
{
    struct shown *s = ctx;
    struct list list;
    r->limit = 500;
    r->cursor = arena_printf(r->a, "%lld", (long long)s->after);
    if (!import_db_errors(r, s->import, &list, e))
        return false;
    const struct import_error *v = list.v;
    for (size_t i = 0; i < list.n; i++) {
        printf("%lld:%lld %.*s %.*s\n", (long long)v[i].row, (long long)v[i].col,
               STR_ARG(v[i].title), STR_ARG(v[i].zh));
        s->after = v[i].row;
    }
    s->n = list.n;
    return true;
}

bool import_show_errors(struct app *app, struct req *r, struct id import, struct err *e)
{
    struct shown s = { .import = import, .n = 500 };
    while (s.n == 500)
        if (!app_read(app, r, show, &s, e))
            return false;
    return true;
}
