/* sheet_number.h - a number cell of an XLSX as the text a person sees.
 *
 * All arithmetic is on decimal digits: what a cell says never passes through a
 * binary fraction or a locale. */
#ifndef DOC_SHEET_NUMBER_H
#define DOC_SHEET_NUMBER_H
#include "base/str.h"

enum sheet_look { LOOK_NUMBER, LOOK_DATE, LOOK_TIME, LOOK_STAMP, LOOK_ELAPSED };

/* How a number format shows a number. */
struct sheet_style {
    enum sheet_look look;
    unsigned char digits;           /* at least so many before the point */
    unsigned char decimals;         /* at least so many behind it */
};

enum { SHEET_NUMBER_MAX = 64 };

/* Of a format code as in styles.xml, or of one of the built-in formats. */
struct sheet_style sheet_style_of_code(struct str code);
struct sheet_style sheet_style_of_id(unsigned id);

/* Text for the number s into out; returns its length. What is no number, or no
 * date where the style asks for one, comes out as it is (cut at the room).
 * is_1904: the epoch of the workbook. *rounded becomes true for a whole number
 * of over 15 digits. */
size_t sheet_number_format(struct str s, struct sheet_style style, bool is_1904, bool *rounded,
                           char out[SHEET_NUMBER_MAX]);
#endif
