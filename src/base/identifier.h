/* identifier.h - numbers that people and bodies carry, checked and brought to one form.
 *
 * A number that passes is well-formed; it proves nobody's identity, and having
 * none at all is always allowed (homeless people, foreigners, children). What a
 * person types is taken with blanks, full-width digits and either case; text
 * gets the one form that is stored and compared. Every parser returns false and
 * leaves out alone for anything else; any bytes may be handed in. */
#ifndef BASE_IDENTIFIER_H
#define BASE_IDENTIFIER_H
#include "base/stamp.h"

/* GB 11643-1999: 18 characters with a check digit. The 15 digits of before 1999
 * are read as well and brought to 18. Also the residence permits of Hong Kong,
 * Macau and Taiwan (81, 82, 83) and of foreigners (9…), built the same way. */
struct idnum {
    char text[19];                  /* 18 characters, X upper-case */
    char area[7];                   /* where the number was given out, 6 digits */
    struct day born;
    bool male;
    bool was_short;                 /* typed as 15 digits: had no check digit */
};
/* Nobody is born after today; DAY_NONE does not ask. */
bool idnum_parse(struct str s, struct day today, struct idnum *out) MUST_CHECK;
/* Whole years lived on that day; a birthday on 29 February counts on 1 March. */
int  age_on(struct day born, struct day on);

/* GB 32100-2015, 18 characters, upper-case. */
bool credit_code_parse(struct str s, char out[19]) MUST_CHECK;

enum phone_kind {
    PHONE_MOBILE,                   /* 13812345678 */
    PHONE_LANDLINE,                 /* 0757-83281234, 010-66554433-801 */
    PHONE_SERVICE,                  /* 12345, 95588, 4008001234 */
    PHONE_HONGKONG, PHONE_MACAU, PHONE_TAIWAN,      /* +852…, +853…, +886… */
    PHONE_FOREIGN,                  /* + and 7 to 15 digits */
    PHONE_KIND__COUNT
};
struct phone { enum phone_kind kind; char text[56]; };
/* A landline needs its area code, whatever lies outside the mainland its + (or
 * 00). Extensions: 转, #, x or a hyphen after the whole number, 1 to 6 digits. */
bool phone_parse(struct str s, struct phone *out) MUST_CHECK;

enum permit_kind {
    PERMIT_PASSPORT,                /* 5 to 15 letters and digits */
    PERMIT_HONGKONG_MACAU,          /* 港澳居民来往内地通行证: H or M and 8 or 10 digits */
    PERMIT_TAIWAN,                  /* 台湾居民来往大陆通行证: 8 or 10 digits, a letter */
    PERMIT_OTHER,                   /* 4 to 30 letters, digits, hyphens or Han */
    PERMIT_KIND__COUNT
};
struct permit { char text[96]; };
bool permit_parse(enum permit_kind kind, struct str s, struct permit *out) MUST_CHECK;

/* The level a 12-digit statistical code speaks of: its last part that is not
 * zero. Some cities have no counties, so a middle part may be zero. */
enum area_code_level {
    AREA_CODE_PROVINCE, AREA_CODE_CITY, AREA_CODE_COUNTY, AREA_CODE_TOWN, AREA_CODE_VILLAGE,
};
/* Its shape only: which codes exist is data. */
bool area_code_parse(struct str s, enum area_code_level *out) MUST_CHECK;
#endif
