/* Sending, mapping, checking and running an import. */
#include "app/codebook.h"
#include "base/utf8.h"
#include "exchange/import_db.h"
#include "exchange/import_file.h"
#include "exchange/ledger_row.h"

struct import_new {
    struct str ledger;
    struct id id;                       /* the rest is put in by prepare */
    struct str name;
    struct strs columns, mapping;
};
static const struct field import_new_fields[] = {
    FIELD(import_new, ledger, .doc = "Name of the source ledger; its rows are known by it",
          .max = 60, .flags = REQUIRED, .zh = "台账名称", .en = "Ledger"),
};
static const struct record import_new_record = RECORD(import_new, import_new_fields);

static bool before_send(struct req *r, void *in, struct err *e)
{
    struct import_new *x = in;
    if (r->uploads.n != 1)
        return err_field(e, ERR_REQUIRED, "file");
    x->id = id_make();
    x->name = utf8_first(utf8_clean(r->a, r->uploads.v[0].name), 200);
    if (!import_file_take(r->app, r->a, x->id, r->uploads.v[0].path, e)
        || !import_file_header(r->app, r->a, x->id, 0, &x->columns, e))
        return false;
    x->mapping = ledger_guess_all(r->a, x->columns);
    return true;
}

static bool on_send(struct req *r, const void *in, void *out, struct err *e)
{
    const struct import_new *x = in;
    struct ledger_import *m = out;
    *m = (struct ledger_import){
        .id = x->id, .ledger = x->ledger, .name = x->name, .source = STR("import"),
        .kind = MATTER_REQUEST, .columns = x->columns, .mapping = x->mapping,
        .created_at = r->now, .version = 1,
    };
    if (!codebook_code(r->app, STR("source"), m->source, DAY_NONE))
        m->source = STR("hotline");
    r->sight = SIGHT_ALL;
    r->version = 1;
    r->location = arena_printf(r->a, "/api/v1/imports/%lld", (long long)m->id.v);
    return import_db_insert(r, m, e);
}

static bool check_mapping(const struct ledger_import *m, struct err *e)
{
    if (m->mapping.n != m->columns.n)
        return err_fieldf(e, ERR_OUT_OF_RANGE, "mapping", "%zu", m->columns.n);
    for (size_t i = 0; i < m->mapping.n; i++) {
        bool known = !m->mapping.v[i].n || record_field(&ledger_row_record, m->mapping.v[i]);
        for (size_t k = 0; known && k < i && m->mapping.v[i].n; k++)
            known = !str_eq(m->mapping.v[k], m->mapping.v[i]);
        if (!known) {
            err_fieldf(e, ERR_NOT_A_CHOICE, "", "%.*s", STR_ARG(m->mapping.v[i]));
            err_at(e, "mapping", i);
            return false;
        }
    }
    return true;
}

static bool is_busy(const struct ledger_import *m)
{
    return m->state == IMPORT_CHECKING || m->state == IMPORT_RUNNING;
}

/* A job that could not even begin, or was given up, leaves its import at work. */
static bool see_job(struct req *r, struct ledger_import *m, struct err *e)
{
    int64_t at_work = 0;
    if (!is_busy(m))
        return true;
    if (!db_int(r->c, e, &at_work,
            SQL("SELECT 1 FROM job WHERE home = $1 AND id = $2 AND state IN (0, 1)"),
            V(r->who->home), V(m->job)))
        return false;
    if (!at_work)
        m->state = IMPORT_FAILED;
    return true;
}

static bool load(struct req *r, struct ledger_import *m, bool idle, struct err *e)
{
    struct id id;
    r->sight = SIGHT_ALL;
    if (!req_id(r, 0, &id, e) || !import_db_get(r, id, m, e) || !see_job(r, m, e))
        return false;
    r->version = m->version;
    return !idle || !is_busy(m)
        || err_setf(e, ERR_WRONG_STATE, "%s" ERR_OR "%s", import_state_names.v[m->state].zh,
                    import_state_names.v[m->state].en);
}

static bool on_change(struct req *r, const void *in, void *out, struct err *e)
{
    const struct ledger_import *x = in;
    struct ledger_import *m = out;
    if (!load(r, m, true, e) || !req_match(r, m->version, e))
        return false;
    m->ledger = x->ledger;
    m->sheet = x->sheet;
    m->kind = x->kind;
    m->source = x->source;
    m->area = x->area;
    if (x->mapping.n)
        m->mapping = x->mapping;
    m->state = IMPORT_DRAFT;
    r->version = ++m->version;
    return check_mapping(m, e) && import_db_save(r, m, e);
}

static bool start(struct req *r, struct ledger_import *m, enum import_state state, struct err *e)
{
    struct job job;
    if (!load(r, m, true, e))
        return false;
    struct str params = arena_printf(r->a, "{\"import\":\"%lld\",\"run\":%s}", (long long)m->id.v,
                          state == IMPORT_RUNNING ? "true" : "false");
    if (!job_add(r, STR("import"), params, &job, e))
        return false;
    m->state = state;
    m->job = job.id;
    r->version = ++m->version;
    return import_db_save(r, m, e);
}

static bool on_check(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    return start(r, out, IMPORT_CHECKING, e);
}

static bool on_run(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    return start(r, out, IMPORT_RUNNING, e);
}

static bool on_read(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    return load(r, out, false, e);
}

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    r->sight = SIGHT_ALL;
    return import_db_list(r, out, e);
}

static bool on_errors(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct ledger_import m = { 0 };
    return load(r, &m, false, e) && import_db_errors(r, m.id, out, e);
}

/* The first rows as they are, for mapping by eye. */
struct sample_row { int64_t row; struct strs cells; };
static const struct field sample_row_fields[] = {
    FIELD(sample_row, row, .doc = "Row", .zh = "行", .en = "Row"),
    FIELD(sample_row, cells, .doc = "Its cells", .max = 200, .zh = "单元格", .en = "Cells"),
};
static const struct record sample_row_record = RECORD(sample_row, sample_row_fields);

static bool on_sample(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    enum { SAMPLE = 10 };
    struct ledger_import m = { 0 };
    struct list *list = out;
    struct sample_row *v = arena_array(r->a, struct sample_row, SAMPLE);
    struct sheet_reader *sheet;
    struct sheet_row row;
    if (!load(r, &m, false, e) || !import_file_open(r->app, r->a, m.id, m.sheet, &sheet, e))
        return false;
    *list = (struct list){ v, 0 };
    while (list->n < SAMPLE && sheet_read_row(sheet, r->a, &row, e))
        v[list->n++] = (struct sample_row){ (int64_t)row.number, { row.cells, row.n } };
    return !err_is_set(e);
}

static const struct route import_routes[] = {
    { "POST", "/api/v1/imports", PERM_IMPORT, ROUTE_WRITE, .prepare = before_send, .slow = true,
      .apply = on_send, .in = &import_new_record, .out = &ledger_import_record,
      .body = BODY_FILE, .rate = RATE_FILE, .doc = "Send a ledger; its columns are guessed" },
    { "GET", "/api/v1/imports", PERM_IMPORT, ROUTE_READ, .apply = on_list,
      .out = &ledger_import_record, .reply = REPLY_LIST, .doc = "My imports, newest first" },
    { "GET", "/api/v1/imports/{id}", PERM_IMPORT, ROUTE_READ, .apply = on_read,
      .out = &ledger_import_record, .doc = "How an import stands" },
    { "PUT", "/api/v1/imports/{id}", PERM_IMPORT, ROUTE_WRITE, .apply = on_change,
      .in = &ledger_import_record, .out = &ledger_import_record, .body = BODY_JSON,
      .doc = "Map columns, name the ledger, choose what rows do not say" },
    { "GET", "/api/v1/imports/{id}/sample", PERM_IMPORT, ROUTE_READ, .apply = on_sample,
      .out = &sample_row_record, .reply = REPLY_LIST, .rate = RATE_FILE, .slow = true,
      .doc = "Its first rows" },
    { "GET", "/api/v1/imports/{id}/errors", PERM_IMPORT, ROUTE_READ, .apply = on_errors,
      .out = &import_error_record, .reply = REPLY_LIST,
      .doc = "What stands in the way, by row and column" },
    { "POST", "/api/v1/imports/{id}/check", PERM_IMPORT, ROUTE_WRITE, .apply = on_check,
      .out = &ledger_import_record, .rate = RATE_HEAVY,
      .doc = "Check every row; nothing is written" },
    { "POST", "/api/v1/imports/{id}/run", PERM_IMPORT, ROUTE_WRITE, .apply = on_run,
      .out = &ledger_import_record, .rate = RATE_HEAVY,
      .doc = "File what is not in yet; each row is in or has its error" },
};
const struct route_table import_table = ROUTES("import", import_routes);
