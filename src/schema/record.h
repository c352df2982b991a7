/* record.h - a table that says what a struct's members are.
 *
 * One FIELD row per member drives JSON in and out, validation, SQL columns,
 * OpenAPI, CSV and XLSX columns, query strings and configuration, so a field is
 * named in exactly two places: the struct and its row. The member's type decides
 * the field's type: they cannot disagree.
 *
 *     struct claim { struct id id; struct str text; struct fen amount; unsigned outcome; };
 *     static const struct field claim_fields[] = {
 *         FIELD(claim, id,     .doc = "Key", .flags = READONLY),
 *         FIELD(claim, text,   .doc = "What is asked", .zh = "请求", .en = "Claim",
 *               .flags = REQUIRED | CONTENT, .max = 500),
 *         ...
 *     };
 *     const struct record claim_record = RECORD(claim, claim_fields);
 */
#ifndef SCHEMA_RECORD_H
#define SCHEMA_RECORD_H
#include "base/arena.h"
#include "base/err.h"
#include "base/id.h"
#include "base/stamp.h"
#include <jansson.h>

struct name  { const char *slug, *zh, *en; };
/* An enumeration's spellings; the index is the value kept in the database, so
 * rows are only ever appended. */
struct names { const char *name; const struct name *v; size_t n; };
#define NAMES(id, table) { .name = id, .v = (table), .n = COUNT(table) }

struct fen  { int64_t v; };                         /* money, 1/100 yuan */
struct list { void *v; size_t n; };                 /* of the struct that field.sub tells */
struct strs { struct str *v; size_t n; };           /* plain texts */
struct raw  { struct str json; };                   /* JSON as it stands (out only) */

enum field_type {
    F_INT, F_BOOL, F_STR, F_ENUM, F_STAMP, F_DAY, F_ID, F_FEN, F_LIST, F_STRS, F_RAW,
    F__COUNT
};
#define FIELD_TYPE(x) _Generic((x), int64_t: F_INT, bool: F_BOOL, struct str: F_STR,          \
    unsigned: F_ENUM, struct stamp: F_STAMP, struct day: F_DAY, struct id: F_ID,                \
    struct fen: F_FEN, struct list: F_LIST, struct strs: F_STRS, struct raw: F_RAW)
#define FIELD(T, m, ...)                                                                       \
    { .name = #m, .name_n = sizeof #m - 1, .type = FIELD_TYPE(((struct T *)0)->m),              \
      .offset = offsetof(struct T, m), __VA_ARGS__ }
#define RECORD(T, table)                                                                       \
    { .name = #T, .size = sizeof(struct T), .f = (table), .n = COUNT(table) }

enum {                                              /* field.flags */
    REQUIRED  = 1 << 0,                             /* must be sent, not empty */
    READONLY  = 1 << 1,                             /* never read from a client */
    WRITEONLY = 1 << 2,                             /* never sent to one: a password */
    CONTENT   = 1 << 3,                             /* only at the grade "content" */
    SECRET    = 1 << 4,                             /* kept encrypted, shown masked */
    LINES     = 1 << 5,                             /* several lines of text */
    PARTY     = 1 << 6,                             /* parties see it too (door) */
    HIDDEN    = 1 << 7,                             /* not a column of lists or forms */
    GAPS      = 1 << 8,                             /* F_STRS: entries may be empty */
    NULLS     = 1 << 9,                             /* F_STRS of the program: what came as null */
    EMPTIES   = 1 << 10,                            /* null empties it: its name is in NULLS */
};

/* How a text is shown, entered and checked, beyond its type. The number of a
 * format is of no meaning; the front end picks the widget by its slug. */
#define FIELD_FORMATS(X)                                                                       \
    X(NONE, "") X(PHONE, "phone") X(IDNUM, "idnum") X(CREDIT, "credit-code")                   \
    X(PASSWORD, "password") X(CODE, "code") X(AREA, "area") X(ORG, "org")                      \
    X(ACCOUNT, "account") X(ADDRESS, "address") X(PERSON, "person-name") X(URL, "url")         \
    X(COLOUR, "colour") X(MATTER, "matter") X(CODES, "codes")
#define X(id, slug) FORMAT_##id,
enum field_format { FIELD_FORMATS(X) FORMAT__COUNT };
#undef X

struct field {
    const char *name;                               /* member = column = JSON key */
    size_t name_n;                                  /* its length */
    enum field_type type;
    size_t offset;
    const char *doc;                                /* English sentence for OpenAPI */
    const char *zh, *en;                            /* label on screen and in errors */
    unsigned flags;
    /* Text: characters (0 max means FIELD_TEXT_MAX). Numbers: value, when max > min.
     * Lists: entries (0 max means FIELD_LIST_MAX). */
    int64_t min, max;
    const struct names *names;                      /* F_ENUM */
    const struct record *sub;                       /* F_LIST */
    const char *codelist;                           /* FORMAT_CODE, CODES: their list */
    enum field_format format;
    const char *preset;                             /* default, as text */
    /* Checks and may normalise a text after its limits were checked. */
    bool (*check)(struct arena *a, struct str *s, struct err *e);
};
enum { FIELD_TEXT_MAX = 200, FIELD_LIST_MAX = 100, JSON_DEPTH_MAX = 16 };

struct record { const char *name; size_t size; const struct field *f; size_t n; };

const struct field *record_field(const struct record *r, struct str name);
const char *field_format_slug(enum field_format f);
const char *field_type_slug(enum field_type t);

/* Fills *out (zeroed by the caller, or holding what stays) from a JSON object.
 * Unknown, READONLY, missing, mistyped, too long, out of range: ERR_ of that name
 * with the field's path ("parties[2].name"). null means not sent, but that a member
 * marked NULLS gets the names of those EMPTIES that came so; what is not sent stays, and a
 * REQUIRED member that stays non-zero is not missing. An empty text clears an id, a
 * day or a stamp. A list sent replaces the list; its entries start
 * from their presets. Texts are cleaned (utf8_clean; LINES keeps line feeds) and
 * copied into a. Numbers and money keep within 2^53 so that every client reads
 * them exactly. On failure *out is not to be used. */
bool record_from_json(const struct record *r, json_t *j, struct arena *a, void *out,
                      struct err *e) MUST_CHECK;
/* Bytes of a request: UTF-8, depth at most JSON_DEPTH_MAX, no duplicate keys,
 * then as above. */
bool record_from_bytes(const struct record *r, struct str body, struct arena *a, void *out,
                       struct err *e) MUST_CHECK;
/* One field from text, as a cell, a query value or a configuration line spells
 * it. Empty text leaves the member as it is. Enumerations take slug or label,
 * money takes yuan ("1,234.5", "12元"), days and stamps several common spellings
 * ("2026/1/5", "2026年1月5日", "2026-01-05 09:30" in local time), texts of a F_STRS
 * are parted by , ; or 、. Full-width digits and signs count as half-width. out is
 * the struct, not the member (so is in of field_to_text). */
bool field_from_text(const struct field *f, struct str text, struct arena *a, void *out,
                     struct err *e) MUST_CHECK;
/* Sets presets in *out. */
bool record_preset(const struct record *r, struct arena *a, void *out, struct err *e) MUST_CHECK;
/* Checks required members of a struct filled by hand or by field_from_text. A
 * number, a choice and a bool are always there. */
bool record_complete(const struct record *r, const void *in, struct err *e) MUST_CHECK;
/* The table itself, run by a test over every record there is: unique names, a doc,
 * labels unless HIDDEN, names for choices, sub for lists (which are checked too),
 * limits and flags that make sense, presets that can be read. ERR_INTERNAL tells
 * the row in its detail. */
bool record_check(const struct record *r, struct err *e) MUST_CHECK;

/* What a reader may see of a record. */
struct sight { bool content, secrets, party; };
#define SIGHT_ALL ((struct sight){ .content = true })

/* Appends the object. WRITEONLY members never; CONTENT members only with
 * content; SECRET members only masked by their format unless secrets; with
 * party set, only PARTY members. Zero ids, stamps and days are null. */
void record_to_json(const struct record *r, const void *in, struct sight sight, struct buf *b);
/* One member as a person reads it in lang (label of an enumeration, yuan, local
 * time to the minute, the number of a list's entries), for CSV, XLSX and print.
 * A SECRET is masked and a WRITEONLY member empty: who may show one in full takes
 * it from the struct. */
void field_to_text(const struct field *f, const void *in, enum lang lang, struct buf *b);
/* A secret as shown: 138****5678, 张*, … by format. */
void field_mask(enum field_format format, struct str value, struct buf *b);
/* JSON Schema 2020-12, as OpenAPI 3.1 wants it, with x-type, x-zh, x-en, x-format,
 * x-codelist, x-enum, x-preset and x-flags for the front end. Input leaves READONLY
 * out and has the limits; output leaves WRITEONLY out and requires every member that
 * each reader gets. Lists refer to the component of their record. */
void record_schema(const struct record *r, bool input, struct buf *b);
/* One member's, for a parameter of a query. */
void field_schema(const struct field *f, bool input, struct buf *b);
/* The name of the record's component: "claim", "claim_input". */
void record_schema_name(const struct record *r, bool input, struct buf *b);
/* {"$ref":"#/components/schemas/claim"} */
void record_schema_ref(const struct record *r, bool input, struct buf *b);
/* A record as it is used by a route: read from a client or sent to one. */
struct record_use { const struct record *r; bool input; };
/* Every record the roots reach, once each: "claim":{…},"claim_input":{…} without
 * outer braces. ERR_INTERNAL when two records have one name. */
bool record_schemas(const struct record_use *roots, size_t n, struct arena *a, struct buf *b,
                    struct err *e) MUST_CHECK;

/* Writing JSON. */
void json_put_str(struct buf *b, struct str s);
void json_put_key(struct buf *b, const char *sep, const char *key);   /* sep "key": */
#endif
