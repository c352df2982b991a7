/* str.h - a borrowed run of bytes, by value. Not NUL-terminated; lives as long
 * as its owner. Text is UTF-8 unless a name says otherwise. */
#ifndef BASE_STR_H
#define BASE_STR_H
#include "base/defs.h"
#include <string.h>

struct str { const char *p; size_t n; };

/* Takes a literal only: a variable does not compile. */
#define STR(lit) ((struct str){ "" lit "", sizeof(lit) - 1 })
/* The same as the initializer of a static table's member. */
#define STR_INIT(lit) { "" lit "", sizeof(lit) - 1 }
#define STR_NONE ((struct str){ NULL, 0 })
/* For printf: "%.*s" with STR_ARG(s). */
#define STR_ARG(s) (int)(s).n, (s).p ? (s).p : ""

static inline struct str str_of(const char *c) { return (struct str){ c, c ? strlen(c) : 0 }; }
static inline bool str_empty(struct str s) { return s.n == 0; }

bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *b);
/* ASCII letters compare without case; other bytes exactly. */
bool str_eq_nocase(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* As memcmp, then by length. */
int  str_cmp(struct str a, struct str b);
/* The bytes from at (clamped) for at most n. */
struct str str_sub(struct str s, size_t at, size_t n);
/* Offset of the first needle, or s.n. */
size_t str_find(struct str s, struct str needle);
/* Without ASCII blanks, tabs and line ends at both ends. */
struct str str_trim(struct str s);
/* Splits at the first sep: *head gets what stands before it, *rest what
 * follows; false (and *rest empty) when there is none. */
bool str_cut(struct str s, char sep, struct str *head, struct str *rest);
/* Whether word is one of words, which stand by blanks. */
bool str_has_word(struct str words, struct str word);
/* A whole decimal number, optional sign, nothing else; false on overflow. */
bool str_to_i64(struct str s, int64_t *out) MUST_CHECK;
/* Writes v in decimal at p, without an end; the place behind it. At most 20 bytes. */
char *str_put_i64(char *p, int64_t v);
/* Two digits of 0 … 99 at p; the place behind them. */
char *str_put_two(char *p, unsigned v);
/* The time taken depends on the lengths only. For secrets. */
bool str_eq_secret(struct str a, struct str b);
#endif
