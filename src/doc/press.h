/* press.h - the press: papers as PDF, by Pango and Cairo.
 *
 * It uses the fonts it is told and no others, whatever else the machine has, so
 * that a paper looks the same everywhere: Noto Serif CJK SC (Debian's
 * fonts-noto-cjk), then, where they are there, fonts with rarer characters. What
 * lies in the folder given comes first when it is a FangSong (body) or Xiaobiaosong
 * (title), else last. Noto Sans CJK SC Regular is left out on purpose:
 * Cairo 1.16 draws its 如 blank.
 *
 * A character that no font has is never a silent box: it is printed as 〓, the
 * printers' mark for a missing type, told at the paper's end with its code, and
 * reported. Fonts are opened with the first paper (60 ms); a page takes 10 to
 * 40 ms of one core, by its different characters, a one-page PDF 70 to 140 KB, and the
 * shapes kept some 55 MB once many characters were seen. One paper at a time:
 * Pango's state is not for two threads. */
#ifndef DOC_PRESS_H
#define DOC_PRESS_H
#include "doc/paper.h"

struct press;
struct press_report {
    size_t pages;
    struct str missing;                 /* "U+2B740 U+…", empty when every glyph was there */
};
enum { PRESS_PAGES = 120, PRESS_BYTES = 8 << 20 };

/* folder: more fonts, "" for none. Ends with the arena. */
struct press *press_make(struct arena *a, struct str folder);
/* The PDF of p into b; any thread. The same paper gives the same bytes.
 * ERR_PAPER_FONT when the fonts are not installed, ERR_TOO_LARGE. */
bool press_pdf(struct press *x, const struct paper *p, struct buf *b, struct press_report *report,
               struct err *e) MUST_CHECK;
#endif
