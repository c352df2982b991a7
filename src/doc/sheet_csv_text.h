/* sheet_csv_text.h - a CSV's bytes as UTF-8 characters, a buffer at a time.
 *
 * The hard thing is that a CSV does not say its encoding. The whole file is
 * looked at once before: UTF-8 when all of it is UTF-8, or nearly all of it
 * (then the few bad bytes are reported rather than read as Chinese nobody
 * wrote); GB 18030 else, decoded strictly. Short Chinese in GB 18030 can be good
 * UTF-8 by chance (two accented letters for one character): a file without a
 * byte order mark in which every foreign character could be such a pair is
 * taken for Chinese. */
#ifndef DOC_SHEET_CSV_TEXT_H
#define DOC_SHEET_CSV_TEXT_H
#include "doc/sheet_impl.h"
#include <iconv.h>

struct csv_text {
    struct sheet_reader *reader;
    iconv_t cd;                     /* from what the file is in */
    bool converts;                  /* false: UTF-8 that was checked already */
    bool bad;                       /* undecodable bytes follow what is in out */
    bool ended;                     /* nothing follows what is in out */
    size_t kept;                    /* bytes of a cut character at the start of raw */
    char raw[16 << 10];
    size_t at, n;                   /* of out: next byte, end */
    char out[64 << 10];
};

enum csv_next { CSV_BYTES, CSV_BAD, CSV_END, CSV_FAILED };

/* Finds the encoding and starts at the first character after a BOM. */
bool csv_text_open(struct csv_text *t, struct sheet_reader *r, struct err *e) MUST_CHECK;
void csv_text_done(struct csv_text *t);
bool csv_text_rewind(struct csv_text *t, struct err *e) MUST_CHECK;
/* CSV_BYTES: out[at] is there. CSV_BAD: the next bytes are in no encoding we
 * know. CSV_FAILED: e says why. */
enum csv_next csv_text_next(struct csv_text *t, struct err *e) MUST_CHECK;
#endif
