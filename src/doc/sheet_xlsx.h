/* sheet_xlsx.h - an XLSX file being read: its parts, and the tables that its
 * cells point into. */
#ifndef DOC_SHEET_XLSX_H
#define DOC_SHEET_XLSX_H
#include "base/vec.h"
#include "doc/sheet_number.h"
#include "doc/sheet_xml.h"

/* The strings that cells share, in an unlinked file mapped for reading: there
 * may be as many as the limit on unpacked bytes allows. */
struct sheet_strings {
    FILE *text, *index;             /* bytes; where each string ends, as uint64_t */
    const char *p;
    const uint64_t *ends;
    size_t bytes, n;
};
/* Of the part xl/sharedStrings.xml or how it is called here. */
bool sheet_strings_open(struct sheet_strings *s, struct sheet_reader *r, zip_t *zip,
                        const char *part, struct err *e) MUST_CHECK;
void sheet_strings_done(struct sheet_strings *s);
bool sheet_strings_get(const struct sheet_strings *s, size_t i, struct str *out) MUST_CHECK;

struct sheet_styles { struct sheet_style *v; size_t n, cap; };
/* Of the part xl/styles.xml; the memory is the reader's. */
bool sheet_styles_read(struct sheet_styles *s, struct sheet_reader *r, zip_t *zip,
                       const char *part, struct err *e) MUST_CHECK;

/* What the workbook part and the relations beside it say. */
struct xlsx_sheet { struct str name, relation; const char *part; bool hidden; };
struct xlsx_book {
    VEC(struct xlsx_sheet) sheets;  /* worksheets only, in their order */
    const char *strings, *styles;   /* their parts, or NULL */
    bool is_1904;
};
bool xlsx_book_read(struct xlsx_book *book, struct sheet_reader *r, zip_t *zip,
                    struct err *e) MUST_CHECK;

enum xlsx_type { XLSX_NUMBER, XLSX_SHARED, XLSX_TEXT, XLSX_BOOL, XLSX_DATE };

struct xlsx {
    zip_t *zip;
    struct xlsx_book book;
    struct sheet_strings strings;
    struct sheet_styles styles;
    struct sheet_xml xml;           /* of the sheet being read */
    uint64_t inflated;              /* by the parts read once */
    struct {
        size_t row;                 /* number of the row begun last */
        bool in_data, in_row, in_cell, takes;   /* takes: text is the cell's value */
        unsigned phonetic;          /* depth of rPh, whose text is reading help */
        size_t column, next;        /* of this cell; of a cell that does not say */
        enum xlsx_type type;
        size_t style;
        struct buf value;
    } at;
};

/* The callbacks that turn a worksheet into rows; ctx is struct xlsx. Each row
 * begun fills r->line and pauses at its end when it holds anything. */
extern const struct sheet_xml_on xlsx_cells_on;
#endif
