/* ledger_row.h - one row of a ledger: which column is which field, and what the
 * row says as a matter. */
#ifndef EXCHANGE_LEDGER_ROW_H
#define EXCHANGE_LEDGER_ROW_H
#include "doc/sheet.h"
#include "exchange/import.h"
#include "matter/intake.h"

/* Every field a column may be mapped to. */
struct ledger_row {
    struct str ref;
    unsigned kind;
    struct str title, story, type, source, area, place, claim;
    struct stamp filed_at, happened_at;
    int64_t people;
    struct fen amount;
    struct str applicant, applicant_phone, applicant_number, applicant_address;
    struct str respondent, respondent_phone, respondent_address;
};
extern const struct record ledger_row_record;

/* The field for a header, by name, label or a common synonym; NULL for none. */
const struct field *ledger_guess(struct str header);
/* The guesses for a whole header row; the first column of a field has it. */
struct strs ledger_guess_all(struct arena *a, struct strs columns);
/* Fills *out from the cells by the mapping; on failure *col is the column (from 1). */
bool ledger_read(struct arena *a, const struct ledger_import *m, const struct sheet_row *row,
                 struct ledger_row *out, size_t *col, struct err *e) MUST_CHECK;
/* What the row says as a matter; areas and types are looked up. e->field is a
 * field of ledger_row. */
bool ledger_matter(struct req *r, const struct ledger_import *m, const struct ledger_row *row,
                   struct matter_new *out, struct stamp *filed_at, struct err *e) MUST_CHECK;
#endif
