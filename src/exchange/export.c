#include "exchange/export.h"
#include "app/access.h"
#include "app/tidy.h"
#include "doc/sheet.h"
#include "http/path.h"
#include "matter/matter.h"
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE = 100, COLUMNS_MAX = 64, ROWS_MAX = 1000000, KEPT_SECONDS = 86400 };

static const struct name format_v[] = { { "csv", "CSV", "CSV" }, { "xlsx", "XLSX", "XLSX" } };
static const struct names format_names = NAMES("sheet_format", format_v);

struct export_new { struct str list, filter; unsigned format, lang; };
static const struct name lang_v[] = { { "zh", "中文", "Chinese" }, { "en", "英文", "English" } };
static const struct names lang_names = NAMES("lang", lang_v);
static const struct field export_new_fields[] = {
    FIELD(export_new, list, .doc = "Address of the list: /api/v1/matters", .max = 200,
          .flags = REQUIRED, .zh = "列表", .en = "List"),
    FIELD(export_new, filter, .doc = "Its query: kind=dispute&state=filed", .max = 1000,
          .zh = "筛选", .en = "Filter"),
    FIELD(export_new, format, .doc = "csv or xlsx", .names = &format_names, .preset = "xlsx",
          .zh = "格式", .en = "Format"),
    FIELD(export_new, lang, .doc = "Language of headers and names", .names = &lang_names,
          .zh = "语言", .en = "Language"),
};
static const struct record export_new_record = RECORD(export_new, export_new_fields);

/* The list's route, if the asker may read it and it is a list. */
static bool find_list(struct req *r, const struct export_new *x, struct err *e)
{
    struct str param[REQ_PARAMS] = { 0 };
    struct err inner = { 0 };
    const struct route *t = route_find(r->app->routes, r->app->routes_n, SITE_DESK, STR("GET"),
                                       x->list, r->a, param, &inner);
    if (!t || t->reply != REPLY_LIST || t->mode != ROUTE_READ || t->prepare)
        return err_field(e, ERR_NO_SUCH_REF, "list");
    if (!who_may(r->who, (enum perm)t->perm))
        return err_set(e, ERR_DENIED);
    r->route = t;
    memcpy(r->param, param, sizeof param);
    return query_read(r, x->filter, e);
}

static bool on_ask(struct req *r, const void *in, void *out, struct err *e)
{
    const struct export_new *x = in;
    struct req trial = *r;
    AUTO(buf_done) struct buf b;
    if (!find_list(&trial, x, e))
        return false;
    buf_init(&b, 8192);
    record_to_json(&export_new_record, x, SIGHT_ALL, &b);
    r->sight = SIGHT_ALL;
    return job_add(r, STR("export"), arena_dup(r->a, buf_str(&b)), out, e);
}

/* ---- the job ---- */

struct export {
    struct app *app;
    struct req *r;
    struct export_new ask;
    const struct field *fields[COLUMNS_MAX];
    struct sheet_column columns[COLUMNS_MAX];
    size_t n;
    struct sheet_writer *w;
    struct list page;
    const struct field *matter;         /* names a row's matter, where rows hold content */
};

static enum sheet_kind kind_of(const struct field *f)
{
    switch (f->type) {
    case F_INT:   return SHEET_INT;
    case F_FEN:   return SHEET_FEN;
    case F_DAY:   return SHEET_DAY;
    case F_STAMP: return SHEET_STAMP;
    default:      return SHEET_TEXT;
    }
}

static void choose_columns(struct export *x)
{
    const struct record *rec = x->r->route->out;
    for (size_t i = 0; i < rec->n && x->n < COLUMNS_MAX; i++) {
        const struct field *f = &rec->f[i];
        if (f->flags & (HIDDEN | WRITEONLY) || f->type == F_RAW || f->type == F_LIST)
            continue;
        const char *title = x->ask.lang == LANG_ZH ? f->zh : f->en;
        x->columns[x->n] = (struct sheet_column){ f->name, str_of(title), kind_of(f), 0 };
        x->fields[x->n++] = f;
    }
}

static struct sheet_cell cell_of(struct arena *a, const struct field *f, const void *row,
                                 enum lang lang, struct sight sight)
{
    const char *at = (const char *)row + f->offset;
    if (f->flags & CONTENT && !sight.content)
        return (struct sheet_cell){ .none = true };
    switch (f->type) {
    case F_INT:   return (struct sheet_cell){ .n = *(const int64_t *)(const void *)at };
    case F_FEN:   return (struct sheet_cell){ .n = ((const struct fen *)(const void *)at)->v };
    case F_DAY:   return (struct sheet_cell){ .day = *(const struct day *)(const void *)at };
    case F_STAMP: return (struct sheet_cell){ .stamp = *(const struct stamp *)(const void *)at };
    default:      break;
    }
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1 << 20);
    field_to_text(f, row, lang, &b);
    return (struct sheet_cell){ .text = arena_dup(a, buf_str(&b)) };
}

static bool write_rows(struct export *x, struct arena *a, struct err *e)
{
    size_t size = x->r->route->out->size;
    for (size_t i = 0; i < x->page.n; i++) {
        const char *row = (const char *)x->page.v + i * size;
        struct sheet_cell cells[COLUMNS_MAX];
        for (size_t k = 0; k < x->n; k++)
            cells[k] = cell_of(a, x->fields[k], row, (enum lang)x->ask.lang, x->r->sight);
        if (!sheet_write_row(x->w, cells, e))
            return false;
    }
    return true;
}

/* What no browser may keep (a compartment, what is told once) goes into no file. */
static bool read_page(struct req *r, void *ctx, struct err *e)
{
    struct export *x = ctx;
    x->page = (struct list){ 0 };
    r->next = STR_NONE;
    return r->route->apply(r, NULL, &x->page, e) && (!r->no_store || err_set(e, ERR_DENIED));
}

static const struct field *matter_of(const struct record *rec)
{
    bool content = false;
    for (size_t i = 0; i < rec->n; i++)
        content |= (rec->f[i].flags & CONTENT) != 0;
    bool own = rec == &matter_envelope_record;
    const struct field *f = content ? record_field(rec, own ? STR("id") : STR("matter")) : NULL;
    return f && f->type == F_ID ? f : NULL;
}

/* What left with content stands in each matter's access record before the file
 * can be fetched, as does the look that a reader of the page would leave. */
static bool note_page(struct req *r, void *ctx, struct err *e)
{
    struct export *x = ctx;
    const char *row = x->page.v;
    if (r->then_write && !r->then_write(r, e))
        return false;
    for (size_t i = 0; x->matter && r->sight.content && i < x->page.n; i++) {
        const struct id *id = (const void *)(row + i * r->route->out->size + x->matter->offset);
        if (!access_note(r, r->who->home, *id, STR("export"), STR(""), e))
            return false;
    }
    return true;
}

static bool walk(struct export *x, struct job *job, int64_t *rows, struct err *e)
{
    struct arena page = { 0 };
    struct req *r = x->r, at = *r;
    char cursor[1024] = "";
    bool ok = true, more = true;
    int64_t pages = 0;
    for (*rows = 0; ok && more && *rows < ROWS_MAX; *rows += (int64_t)x->page.n) {
        *r = at;
        r->a = &page;
        r->cursor = str_of(cursor);
        r->limit = PAGE;
        ok = app_read(x->app, r, read_page, x, e)
            && ((!x->matter && !r->then_write) || app_write(x->app, r, note_page, x, e))
            && write_rows(x, &page, e);
        more = ok && r->next.n > 0;
        snprintf(cursor, sizeof cursor, "%.*s", STR_ARG(r->next));
        arena_clear(&page);
        if (ok && ++pages % 20 == 0)    /* pages of a filtered list may be short */
            ok = job_progress(x->app, job, *rows, 0, e);
    }
    *r = at;
    arena_done(&page);
    return ok;
}

const char *export_path(const struct app *app, struct arena *a, struct id job,
                        struct str format)
{
    return app_path(app, a, arena_printf(a, "exports/%lld.%.*s", (long long)job.v,
                                         STR_ARG(format)).p);
}

static const char *file_path(const struct app *app, struct arena *a, struct id job,
                             unsigned format)
{
    return export_path(app, a, job, str_of(format_v[format].slug));
}

bool export_run(struct app *app, struct req *r, struct job *job, struct buf *result,
                struct err *e)
{
    struct export x = { .app = app, .r = r };
    struct sheet_about about = { .name = STR("Fengqiao"), .bom = true };
    int64_t rows;
    if (!record_from_bytes(&export_new_record, job->params, r->a, &x.ask, e)
        || !find_list(r, &x.ask, e))
        return false;
    if (!who_may(r->who, PERM_EXPORT))
        return err_set(e, ERR_DENIED);
    const char *path = file_path(app, r->a, job->id, x.ask.format);
    if (mkdir(app_path(app, r->a, "exports"), 0700) != 0 && errno != EEXIST)
        return err_detail(e, ERR_UNAVAILABLE, "exports: %s", strerror(errno));
    x.matter = matter_of(r->route->out);
    r->lang = (enum lang)x.ask.lang;
    choose_columns(&x);
    if (!sheet_create(r->a, (enum sheet_format)x.ask.format, path, &about, x.columns, x.n, &x.w, e)
        || !walk(&x, job, &rows, e) || !sheet_finish(x.w, e))
        return false;
    buf_addf(result, "{\"rows\":%lld,\"format\":\"%s\",\"whole\":%s}", (long long)rows,
             format_v[x.ask.format].slug, rows < ROWS_MAX ? "true" : "false");
    return job_progress(app, job, rows, rows, e);
}

/* ---- reading ---- */

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    r->sight = SIGHT_ALL;
    return job_list(r, STR("export"), out, e);
}

static bool on_read(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct id id;
    r->sight = SIGHT_ALL;
    return req_id(r, 0, &id, e) && job_get(r, id, out, e);
}

static bool on_file(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    struct job job = { 0 };
    struct export_new x = { 0 };
    struct id id;
    if (!req_id(r, 0, &id, e) || !job_get(r, id, &job, e)
        || !record_from_bytes(&export_new_record, job.params, r->a, &x, e))
        return false;
    if (job.post.v != r->who->post.v)   /* made by the sight of another post */
        return err_set(e, ERR_NOT_FOUND);
    if (job.state != JOB_DONE)
        return err_setf(e, ERR_WRONG_STATE, "%s", job_state_names.v[job.state].zh);
    r->file.path = file_path(r->app, r->a, id, x.format);
    if (access(r->file.path, R_OK) != 0)
        return err_set(e, ERR_NOT_FOUND);
    r->file.name = arena_printf(r->a, "fengqiao-%lld.%s", (long long)id.v, format_v[x.format].slug);
    r->file.media = x.format == SHEET_CSV ? STR("text/csv; charset=utf-8")
        : STR("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    r->file.attachment = true;
    return true;
}

bool export_tidy(struct app *app, bool *more, struct err *e UNUSED)
{
    *more = false;
    tidy_folder(app, "exports", KEPT_SECONDS);
    return true;
}

static const struct route export_routes[] = {
    { "POST", "/api/v1/exports", PERM_EXPORT, ROUTE_WRITE, .apply = on_ask,
      .in = &export_new_record, .out = &job_record, .body = BODY_JSON, .rate = RATE_HEAVY,
      .doc = "Ask for a list as a file; a job makes it" },
    { "GET", "/api/v1/exports", PERM_EXPORT, ROUTE_READ, .apply = on_list, .out = &job_record,
      .reply = REPLY_LIST, .doc = "My exports, newest first" },
    { "GET", "/api/v1/exports/{id}", PERM_EXPORT, ROUTE_READ, .apply = on_read,
      .out = &job_record, .doc = "How an export stands" },
    { "GET", "/api/v1/exports/{id}/file", PERM_EXPORT, ROUTE_READ, .apply = on_file,
      .reply = REPLY_FILE, .rate = RATE_FILE, .doc = "The file" },
};
const struct route_table export_table = ROUTES("export", export_routes);
