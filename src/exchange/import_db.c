#include "exchange/import_db.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name state_v[] = { IMPORT_STATES(X) };
#undef X
const struct names import_state_names = NAMES("import_state", state_v);

static const struct field ledger_import_fields[] = {
    FIELD(ledger_import, id, .doc = "Key", .flags = HIDDEN | READONLY),
    FIELD(ledger_import, ledger, .doc = "Name of the source ledger; its rows are known by it",
          .max = 60, .flags = REQUIRED, .zh = "台账名称", .en = "Ledger"),
    FIELD(ledger_import, name, .doc = "File name", .max = 200, .flags = READONLY, .zh = "文件",
          .en = "File"),
    FIELD(ledger_import, sheet, .doc = "Which sheet, from 0", .max = 200, .zh = "工作表",
          .en = "Sheet"),
    FIELD(ledger_import, kind, .doc = "Kind where a row says none", .names = &matter_kind_names,
          .preset = "request", .zh = "事项类别", .en = "Kind"),
    FIELD(ledger_import, source, .doc = "Source where a row says none", .max = 40,
          .format = FORMAT_CODE, .codelist = "source", .preset = "import", .zh = "来源",
          .en = "Source"),
    FIELD(ledger_import, area, .doc = "Area where a row says none", .format = FORMAT_AREA,
          .zh = "辖区", .en = "Area"),
    FIELD(ledger_import, columns, .doc = "The header row", .flags = READONLY, .max = 200,
          .zh = "列", .en = "Columns"),
    FIELD(ledger_import, mapping, .doc = "A field of ledger_row for each column, empty for none",
          .max = 200, .flags = GAPS, .zh = "对应字段", .en = "Mapping"),
    FIELD(ledger_import, state, .doc = "How it stands", .names = &import_state_names,
          .flags = READONLY, .zh = "状态", .en = "State"),
    FIELD(ledger_import, rows, .doc = "Rows read", .flags = READONLY, .zh = "行数", .en = "Rows"),
    FIELD(ledger_import, bad, .doc = "Rows with an error", .flags = READONLY, .zh = "有误",
          .en = "With errors"),
    FIELD(ledger_import, filed, .doc = "Matters filed", .flags = READONLY, .zh = "已登记",
          .en = "Filed"),
    FIELD(ledger_import, same, .doc = "Rows that were in already", .flags = READONLY,
          .zh = "已有", .en = "In already"),
    FIELD(ledger_import, created_at, .doc = "When it was sent", .flags = READONLY,
          .zh = "上传时间", .en = "Sent"),
    FIELD(ledger_import, version, .doc = "For If-Match", .flags = HIDDEN | READONLY),
    FIELD(ledger_import, job, .doc = "The job at work", .flags = HIDDEN | WRITEONLY | READONLY),
    FIELD(ledger_import, columns_json, .doc = "As kept", .flags = HIDDEN | WRITEONLY | READONLY),
    FIELD(ledger_import, mapping_json, .doc = "As kept", .flags = HIDDEN | WRITEONLY | READONLY),
};
const struct record ledger_import_record = RECORD(ledger_import, ledger_import_fields);

static const struct field import_error_fields[] = {
    FIELD(import_error, row, .doc = "Row, as a spreadsheet program numbers it", .zh = "行",
          .en = "Row"),
    FIELD(import_error, col, .doc = "Column from 1, 0 the whole row", .zh = "列", .en = "Column"),
    FIELD(import_error, title, .doc = "The column's header", .zh = "列名", .en = "Header"),
    FIELD(import_error, slug, .doc = "Kind of error", .zh = "代码", .en = "Code"),
    FIELD(import_error, zh, .doc = "In Chinese", .max = 1000, .zh = "说明", .en = "Chinese"),
    FIELD(import_error, en, .doc = "In English", .max = 1000, .zh = "英文说明", .en = "English"),
};
const struct record import_error_record = RECORD(import_error, import_error_fields);

/* ["a","b"] <-> a list of texts. */
static struct str to_json(struct arena *a, struct strs v)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1 << 20);
    buf_add_char(&b, '[');
    for (size_t i = 0; i < v.n; i++) {
        if (i)
            buf_add_char(&b, ',');
        json_put_str(&b, v.v[i]);
    }
    buf_add_char(&b, ']');
    return arena_dup(a, buf_str(&b));
}

static void drop_json(json_t **j)
{
    json_decref(*j);
}

static struct strs from_json(struct arena *a, struct str text)
{
    struct strs v = { 0 };
    AUTO(drop_json) json_t *j = json_loadb(text.p ? text.p : "", text.n, 0, NULL);
    v.v = arena_array(a, struct str, json_array_size(j));
    for (; v.n < json_array_size(j); v.n++) {
        const json_t *s = json_array_get(j, v.n);
        v.v[v.n] = arena_dup(a, (struct str){ json_string_value(s), json_string_length(s) });
    }
    return v;
}

bool import_db_insert(struct req *r, const struct ledger_import *m, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO ledger_import (id, home, owner, ledger, name, sheet, kind, source, area,"
            " columns, mapping, state, rows, bad, filed, same, job, created_at, version)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, 0, 0, 0, 0, $12, 1)"),
        V(m->id), V(r->who->home), V(r->who->account), V(m->ledger), V(m->name), V(m->sheet),
        V(m->kind), V(m->source), V(m->area), V(to_json(r->a, m->columns)),
        V(to_json(r->a, m->mapping)), V(r->now));
}

bool import_db_get(struct req *r, struct id id, struct ledger_import *out, struct err *e)
{
    if (!db_one(r->c, e, r->a, &ledger_import_record, out,
            SQL("SELECT id, ledger, name, sheet, kind, source, area, columns AS columns_json,"
                " mapping AS mapping_json, state, rows, bad, filed, same, job, created_at, version"
                " FROM ledger_import WHERE home = $1 AND id = $2 AND owner = $3"),
            V(r->who->home), V(id), V(r->who->account)))
        return false;
    out->columns = from_json(r->a, out->columns_json.json);
    out->mapping = from_json(r->a, out->mapping_json.json);
    return true;
}

bool import_db_list(struct req *r, struct list *out, struct err *e)
{
    struct id before = { INT64_MAX };
    if (r->cursor.n && !str_to_i64(r->cursor, &before.v))
        return err_field(e, ERR_BAD_CURSOR, "after");
    if (!db_all(r->c, e, r->a, &ledger_import_record, out,
            SQL("SELECT id, ledger, name, sheet, kind, source, area, state, rows, bad, filed,"
                " same, created_at, version FROM ledger_import"
                " WHERE owner = $1 AND home = $2 AND id < $3 ORDER BY id DESC LIMIT $4"),
            V(r->who->account), V(r->who->home), V(before), V(r->limit)))
        return false;
    const struct ledger_import *v = out->v;
    if (out->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld", (long long)v[out->n - 1].id.v);
    return true;
}

bool import_db_save(struct req *r, const struct ledger_import *m, struct err *e)
{
    int64_t changed = 0;
    return db_exec(r->c, e, &changed,
        SQL("UPDATE ledger_import SET ledger = $3, sheet = $4, kind = $5, source = $6, area = $7,"
            " columns = $8, mapping = $9, state = $10, rows = $11, bad = $12, filed = $13,"
            " same = $14, job = $15, version = $16 WHERE home = $1 AND id = $2"
            " AND version = $16 - 1"),
        V(r->who->home), V(m->id), V(m->ledger), V(m->sheet), V(m->kind), V(m->source),
        V(m->area), V(to_json(r->a, m->columns)), V(to_json(r->a, m->mapping)), V(m->state),
        V(m->rows), V(m->bad), V(m->filed), V(m->same), V(m->job), V(m->version))
        && (changed == 1 || err_set(e, ERR_CONFLICT));
}

bool import_db_error(struct req *r, struct id import, const struct import_error *x, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO import_error (home, import, row, col, title, slug, zh, en)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
            " ON CONFLICT (home, import, row, col) DO NOTHING"),
        V(r->who->home), V(import), V(x->row), V(x->col), V(x->title), V(x->slug), V(x->zh),
        V(x->en));
}

bool import_db_errors(struct req *r, struct id import, struct list *out, struct err *e)
{
    int64_t after = 0;
    if (r->cursor.n && !str_to_i64(r->cursor, &after))
        return err_field(e, ERR_BAD_CURSOR, "after");
    if (!db_all(r->c, e, r->a, &import_error_record, out,
            SQL("SELECT row, col, title, slug, zh, en FROM import_error"
                " WHERE home = $1 AND import = $2 AND row > $3 ORDER BY row, col LIMIT $4"),
            V(r->who->home), V(import), V(after), V(r->limit)))
        return false;
    const struct import_error *v = out->v;
    if (out->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld", (long long)v[out->n - 1].row);
    return true;
}

bool import_db_forget_errors(struct req *r, struct id import, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("DELETE FROM import_error WHERE home = $1 AND import = $2"), V(r->who->home),
        V(import));
}

static const struct field import_known_fields[] = {
    FIELD(import_known, hash, .doc = "Of the row"), FIELD(import_known, matter, .doc = "Matter"),
};
static const struct record import_known_record = RECORD(import_known, import_known_fields);

bool import_db_known(struct req *r, struct str ledger, struct str key, struct import_known *out,
                     bool *found, struct err *e)
{
    return db_maybe(r->c, e, r->a, &import_known_record, out, found,
        SQL("SELECT hash, matter FROM import_row WHERE home = $1 AND ledger = $2 AND key = $3"),
        V(r->who->home), V(ledger), V(key));
}

bool import_db_remember(struct req *r, struct str ledger, struct str key,
                        const struct import_known *x, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO import_row (home, ledger, key, hash, matter)"
            " VALUES ($1, $2, $3, $4, $5)"),
        V(r->who->home), V(ledger), V(key), V(x->hash), V(x->matter));
}
