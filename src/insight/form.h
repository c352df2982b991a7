/* form.h - the monthly form: which rows and columns it has, what each counts, how a
 * fact is counted in.
 *
 * Rows: the Ministry of Justice's types of dispute (form "mediation"), and the four
 * kinds of matter (form "matters"); the dispute row of the second is the sum of the
 * first. Columns are an additive tree: the parts of a column add up to it, so that
 * what is left out of one can be guarded by the others. Sums of money and of
 * persons lie under the count whose matters they are of. What each column means is
 * told by rules/indicators.csv. Sources: domain research 2.5 (司法部人民调解统计报表).
 * Kept in the database: append only. */
#ifndef INSIGHT_FORM_H
#define INSIGHT_FORM_H
#include "insight/fact.h"
#include "matter/conclusion.h"

enum {
    ROW_UNTYPED,                        /* a dispute of no type of the form */
    ROW_TYPE_1, ROW_TYPE_18 = ROW_TYPE_1 + 17,
    ROW_KIND = 20,                      /* + enum matter_kind: 20 is all disputes */
    ROW_ALL = 24, FORM_ROWS
};
enum form_name { FORM_MEDIATION, FORM_MATTERS, FORM__COUNT };
extern const struct names form_names;

/* A matter counts once, by its first round; rounds after a reopening have columns of
 * their own. When a fact falls into a column: by its day of acceptance, or of its result. */
enum form_window { ON_ACCEPTED, ON_CONCLUDED };
enum form_measure { MEASURE_COUNT, MEASURE_PEOPLE, MEASURE_FEN, MEASURE_PREVENTED };
enum form_by { BY_ALL, BY_WAY, BY_REFERRER, BY_BODY, BY_RESULT, BY_AGREED, BY_AGREEMENT,
               BY_PERFORMED, BY_CONFIRMED, BY_COMPLEX, BY_PREVENTED, BY_AGAIN, BY__COUNT };
/* Rounds after a reopening, which the other columns leave out. */
enum form_again { AGAIN_ALL, AGAIN_IS_AGREED, AGAIN_IS_NOT };

/* id, slug (of the indicator), the column it is a part of, window, measure, by, value */
#define FORM_COLUMNS(X)                                                                      \
    X(ACCEPTED,     "accepted",      NONE,     ACCEPTED,  COUNT,  ALL,      0)               \
    X(PROACTIVE,    "proactive",     ACCEPTED, ACCEPTED,  COUNT,  WAY,      FACT_WAY_PROACTIVE) \
    X(APPLIED,      "applied",       ACCEPTED, ACCEPTED,  COUNT,  WAY,      FACT_WAY_APPLIED) \
    X(REFERRED,     "referred",      ACCEPTED, ACCEPTED,  COUNT,  WAY,      FACT_WAY_REFERRED) \
    X(WAY_UNKNOWN,  "way_unknown",   ACCEPTED, ACCEPTED,  COUNT,  WAY,      FACT_WAY_UNKNOWN) \
    X(FROM_COURT,   "from_court",    REFERRED, ACCEPTED,  COUNT,  REFERRER, FACT_REFERRER_COURT) \
    X(FROM_PROCURATORATE, "from_procuratorate", REFERRED, ACCEPTED, COUNT, REFERRER,          \
      FACT_REFERRER_PROCURATORATE)                                                           \
    X(FROM_POLICE,  "from_police",   REFERRED, ACCEPTED,  COUNT,  REFERRER, FACT_REFERRER_POLICE) \
    X(FROM_PETITION, "from_petition", REFERRED, ACCEPTED, COUNT,  REFERRER,                   \
      FACT_REFERRER_PETITION)                                                                \
    X(FROM_OTHER,   "from_other",    REFERRED, ACCEPTED,  COUNT,  REFERRER, FACT_REFERRER_OTHER) \
    X(BODY_VILLAGE, "body_village",  ACCEPTED, ACCEPTED,  COUNT,  BODY,     FACT_BODY_VILLAGE) \
    X(BODY_RESIDENTS, "body_residents", ACCEPTED, ACCEPTED, COUNT, BODY,    FACT_BODY_RESIDENTS) \
    X(BODY_TOWN,    "body_town",     ACCEPTED, ACCEPTED,  COUNT,  BODY,     FACT_BODY_TOWN)  \
    X(BODY_STREET,  "body_street",   ACCEPTED, ACCEPTED,  COUNT,  BODY,     FACT_BODY_STREET) \
    X(BODY_ENTERPRISE, "body_enterprise", ACCEPTED, ACCEPTED, COUNT, BODY,                    \
      FACT_BODY_ENTERPRISE)                                                                  \
    X(BODY_ASSOCIATION, "body_association", ACCEPTED, ACCEPTED, COUNT, BODY,                  \
      FACT_BODY_ASSOCIATION)                                                                 \
    X(BODY_OTHER,   "body_other",    ACCEPTED, ACCEPTED,  COUNT,  BODY,     FACT_BODY_OTHER) \
    X(CONCLUDED,    "concluded",     NONE,     CONCLUDED, COUNT,  ALL,      0)               \
    X(AGREED,       "agreed",        CONCLUDED, CONCLUDED, COUNT, AGREED,   0)               \
    X(FAILED,       "failed",        CONCLUDED, CONCLUDED, COUNT, RESULT,   FACT_RESULT_FAILED) \
    X(STOPPED,      "stopped",       CONCLUDED, CONCLUDED, COUNT, RESULT,   FACT_RESULT_STOPPED) \
    X(UNREACHABLE,  "unreachable",   CONCLUDED, CONCLUDED, COUNT, RESULT,                     \
      FACT_RESULT_UNREACHABLE)                                                               \
    X(SENT_ON,      "sent_on",       CONCLUDED, CONCLUDED, COUNT, RESULT,   FACT_RESULT_REFERRED) \
    X(ENDED_OTHERWISE, "ended_otherwise", CONCLUDED, CONCLUDED, COUNT, RESULT,                \
      FACT_RESULT_OTHER)                                                                     \
    X(SETTLED,      "settled",       AGREED,   CONCLUDED, COUNT,  RESULT,   FACT_RESULT_SETTLED) \
    X(PARTLY,       "partly",        AGREED,   CONCLUDED, COUNT,  RESULT,   FACT_RESULT_PARTLY) \
    X(WRITTEN,      "written",       AGREED,   CONCLUDED, COUNT,  AGREEMENT,                  \
      FACT_AGREEMENT_WRITTEN)                                                                \
    X(ORAL,         "oral",          AGREED,   CONCLUDED, COUNT,  AGREEMENT, FACT_AGREEMENT_ORAL) \
    X(FORM_UNKNOWN, "form_unknown",  AGREED,   CONCLUDED, COUNT,  AGREEMENT,                  \
      FACT_AGREEMENT_UNKNOWN)                                                                \
    X(PERFORMED,    "performed",     AGREED,   CONCLUDED, COUNT,  PERFORMED, 1)              \
    X(UNPERFORMED,  "unperformed",   AGREED,   CONCLUDED, COUNT,  PERFORMED, 0)              \
    X(PEOPLE,       "people",        ACCEPTED, ACCEPTED,  PEOPLE, ALL,      0)               \
    X(AMOUNT,       "amount",        AGREED,   CONCLUDED, FEN,    AGREED,   0)               \
    X(UNCONFIRMED,  "unconfirmed",   CONCLUDED, CONCLUDED, COUNT, RESULT,                     \
      FACT_RESULT_UNCONFIRMED)                                                               \
    X(CONFIRMED,    "confirmed",     AGREED,   CONCLUDED, COUNT,  CONFIRMED, 1)              \
    X(NOT_CONFIRMED, "not_confirmed", AGREED,  CONCLUDED, COUNT,  CONFIRMED, 0)              \
    X(COMPLEX,      "complex",       CONCLUDED, CONCLUDED, COUNT, COMPLEX,  1)               \
    X(NOT_COMPLEX,  "not_complex",   CONCLUDED, CONCLUDED, COUNT, COMPLEX,  0)               \
    X(PREVENTED_CRIME, "prevented_crime", CONCLUDED, CONCLUDED, COUNT, PREVENTED,             \
      PREVENTED_CRIME)                                                                       \
    X(PREVENTED_PETITION, "prevented_petition", CONCLUDED, CONCLUDED, COUNT, PREVENTED,       \
      PREVENTED_PETITION)                                                                    \
    X(PREVENTED_FIGHT, "prevented_fight", CONCLUDED, CONCLUDED, COUNT, PREVENTED,             \
      PREVENTED_FIGHT)                                                                       \
    X(PREVENTED_SUICIDE, "prevented_suicide", CONCLUDED, CONCLUDED, COUNT, PREVENTED,         \
      PREVENTED_SUICIDE)                                                                     \
    X(PREVENTED_NOTHING, "prevented_nothing", CONCLUDED, CONCLUDED, COUNT, PREVENTED,         \
      PREVENTED_NONE)                                                                        \
    X(CRIME_PEOPLE, "crime_people",  PREVENTED_CRIME, CONCLUDED, PREVENTED, PREVENTED,        \
      PREVENTED_CRIME)                                                                       \
    X(PETITION_PEOPLE, "petition_people", PREVENTED_PETITION, CONCLUDED, PREVENTED, PREVENTED, \
      PREVENTED_PETITION)                                                                    \
    X(SUICIDE_PEOPLE, "suicide_people", PREVENTED_SUICIDE, CONCLUDED, PREVENTED, PREVENTED,   \
      PREVENTED_SUICIDE)                                                                     \
    X(REOPENED,     "reopened",      NONE,     ACCEPTED,  COUNT,  AGAIN,    AGAIN_ALL)       \
    X(AGAIN,        "again",         NONE,     CONCLUDED, COUNT,  AGAIN,    AGAIN_ALL)       \
    X(AGAIN_AGREED, "again_agreed",  AGAIN,    CONCLUDED, COUNT,  AGAIN,    AGAIN_IS_AGREED) \
    X(AGAIN_OTHER,  "again_other",   AGAIN,    CONCLUDED, COUNT,  AGAIN,    AGAIN_IS_NOT)
#define X(id, slug, parent, window, measure, by, value) COLUMN_##id,
enum form_col { FORM_COLUMNS(X) FORM_COLUMNS_N, COLUMN_NONE = FORM_COLUMNS_N };
#undef X
struct form_column {
    const char *slug;
    enum form_col parent;            /* of a count: it is a part; of a sum: it lies under */
    enum form_window window;
    enum form_measure measure;
    enum form_by by;
    unsigned value;
};
extern const struct form_column form_columns[FORM_COLUMNS_N];

/* Parts of one parent that are counted by the same thing add up to it. */
bool form_is_part(enum form_col part, enum form_col whole, enum form_by by);
/* What the fact adds to the column; 0 when it is not counted there. */
int64_t form_value(const struct fact *f, enum form_col c);
/* The rows a fact stands in: its own, and the kind's (*kind_row; the same for what is
 * no dispute). */
unsigned form_row(const struct fact *f, unsigned *kind_row);
/* Whether the row belongs to the form, without its sum. */
bool form_has_row(enum form_name form, unsigned row);
/* The row that is the form's sum. */
unsigned form_sum_row(enum form_name form);

/* ---- counting ---- */

/* Counts of one unit in one month. */
struct form_sheet {
    int64_t month;
    struct id unit;
    struct str path;
    int64_t v[FORM_ROWS][FORM_COLUMNS_N];   /* ROW_ALL stays empty */
};
/* Sheets by month and unit, in that order. */
struct form_count { struct arena *a; struct form_sheet **v; size_t n, cap, last; };
/* Adds sign times the fact to the columns of that window in its month's sheet. */
void form_count_add(struct form_count *c, const struct fact *f, enum form_window w, int64_t sign);
/* The month a day is in: year * 100 + month. */
int64_t    form_month(struct day d);
struct day form_month_first(int64_t month);
int64_t    form_month_next(int64_t month, int n);
/* Whether month is one: 190001 … 219912. */
bool       form_month_is(int64_t month);
#endif
