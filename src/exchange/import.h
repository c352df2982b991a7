/* import.h - ledgers 台账 from CSV and XLSX files become matters.
 *
 * Upload → the columns are guessed and may be mapped by hand → check (every row
 * and column, nothing written) → run. A row is known by its ledger and its own
 * reference (or by its content): a second import changes nothing. Each row is in
 * or has its error; rows are filed one by one, so a bad one stops no other. */
#ifndef EXCHANGE_IMPORT_H
#define EXCHANGE_IMPORT_H
#include "app/job.h"
#include "matter/matter.h"

#define IMPORT_STATES(X)                                                                   \
    X(DRAFT, "draft", "待检查", "draft") X(CHECKING, "checking", "检查中", "checking")      \
    X(CHECKED, "checked", "已检查", "checked") X(RUNNING, "running", "导入中", "running")   \
    X(DONE, "done", "已完成", "done") X(FAILED, "failed", "失败", "failed")
#define X(id, slug, zh, en) IMPORT_##id,
enum import_state { IMPORT_STATES(X) IMPORT_STATE__COUNT };
#undef X
extern const struct names import_state_names;

struct ledger_import {
    struct id id;
    struct str ledger, name, source;
    int64_t sheet;
    unsigned kind, state;
    struct id area, job;
    struct raw columns_json, mapping_json;
    struct strs columns, mapping;
    int64_t rows, bad, filed, same;
    struct stamp created_at;
    int64_t version;
};
extern const struct record ledger_import_record;

bool import_run(struct app *app, struct req *r, struct job *job, struct buf *result,
                struct err *e) MUST_CHECK;
/* A chore: removes ledgers sent more than a week ago. They hold telephone and
 * identity numbers in clear, which rest sealed once they are in. */
bool import_tidy(struct app *app, bool *more, struct err *e) MUST_CHECK;
extern const struct route_table import_table;
#endif
