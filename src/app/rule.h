/* rule.h - a rule 规则: one row of a rule table, as loaded from rules/ or edited.
 *
 * What the reader of the files, the routes of the administrator and the code book
 * share. codebook.h has the two rows that others use (code_entry, limit_rule).
 * Rows are ended, never deleted. edited: somebody made or changed it here, so
 * loading the files leaves it alone. */
#ifndef APP_RULE_H
#define APP_RULE_H
#include "app/codebook.h"
#include "app/worktime.h"

/* How the first code lies to the second; by closeness. Kept: append only. */
#define RELATIONS(X)                                                              \
    X(EXACT, "exact", "相同", "exact") X(NARROWER, "narrower", "是其一部分", "narrower") \
    X(BROADER, "broader", "包含它", "broader") X(RELATED, "related", "相关", "related")
#define X(id, slug, zh, en) RELATION_##id,
enum relation { RELATIONS(X) RELATION__COUNT };
#undef X
enum season { SEASON_ALL, SEASON_SUMMER };

/* A code as an administrator sends it: extra comes as columns. */
struct code_column { struct str name, value; };
struct code_put { struct code_entry row; struct list columns; };
struct code_map {
    struct str from_list, from_code, to_list, to_code;
    unsigned relation;
    struct str source;
    unsigned certainty;
    struct day valid_from, valid_to;
    bool edited;
    int64_t version;
};
struct calendar_row {
    struct id org;                      /* none: the nation's */
    struct day day;
    unsigned kind;                      /* enum day_kind */
    bool in_lieu;                       /* off because another day is worked */
    struct str name_zh, name_en, source;
    unsigned certainty;
    bool ended;
    bool edited;
    int64_t version;
};
struct year_row {
    int64_t year;
    struct day known_from, known_to;    /* both included */
    struct str source, address;
    unsigned certainty;
    bool ended;
    bool edited;
    int64_t version;
};
struct hours_row {
    struct str code, zh, en;
    unsigned season;                    /* enum season */
    struct str from_day, to_day;        /* MM-DD, of the summer */
    struct str weekdays, spans, noon;   /* "1-5", "08:30-12:00 14:00-17:30", "12:00" */
    struct str source;
    unsigned certainty;
    struct day valid_from, valid_to;
    struct str note;
    bool edited;
    int64_t version;
};
struct org_hours { struct id org; struct str org_name, hours; int64_t version; };

extern const struct names relation_names, season_names, day_kind_names, limit_unit_names,
                          rule_calendar_names, rule_ends_names;
/* All columns, for SQL, files and the administrator. */
extern const struct record code_row_record, code_map_record, calendar_row_record, year_row_record,
                           hours_row_record, org_hours_record, code_put_record;

/* The kinds of row, for what is done to all of them alike. */
enum rule_kind { RULE_CODE, RULE_MAPPING, RULE_DAY, RULE_YEAR, RULE_HOURS, RULE_LIMIT,
                 RULE_KIND__COUNT };
struct rule_type {
    const char *slug;                   /* in the journal's action: "rule.code" */
    const struct record *record;
    /* By the row's name (its key in the table). */
    int (*cmp)(const void *x, const void *y);
    /* All rows, one at a time. */
    bool (*each)(struct db_conn *c, db_row_fn *fn, void *ctx, struct err *e);
    /* Inserts the row, or overwrites the one of its name. */
    bool (*put)(struct db_conn *c, const void *row, struct err *e);
    /* Makes it hold no longer from today on; false when it does not hold anyway. */
    bool (*end)(void *row, struct day today);
};
extern const struct rule_type rule_types[RULE_KIND__COUNT];

/* Whether two rows say the same, whoever wrote them: READONLY members aside. */
bool rule_same(const struct record *rec, const void *x, const void *y);
/* A row of hours into hours of one day, and the weekdays it is for as bits.
 * ERR_BAD_VALUE (field "spans", "weekdays", "noon", "from_day", "to_day"). */
bool hours_parse(const struct hours_row *x, struct work_day *day, unsigned *weekdays, int *noon,
                 struct err *e) MUST_CHECK;
/* "06-01" as 601; false when there is no such day. */
bool month_day_parse(struct str s, int *out) MUST_CHECK;
#endif
