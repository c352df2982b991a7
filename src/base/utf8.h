/* utf8.h - UTF-8 and what Chinese text needs of it. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H
#include "base/arena.h"

/* Decodes the character at *s and moves past it; 0xFFFD for a bad byte (which
 * is skipped alone). s must not be empty. */
uint32_t utf8_next(struct str *s);
/* Appends the character to out (at least 4 bytes); returns its length. */
size_t   utf8_put(uint32_t c, char out[4]);
/* Shortest form, no surrogates, no U+0000, at most U+10FFFF. */
bool     utf8_valid(struct str s);
/* Characters (code points), for limits shown to people. */
size_t   utf8_count(struct str s);
/* The longest beginning of at most max bytes that cuts no character. */
struct str utf8_cut(struct str s, size_t max);
/* The first n characters. */
struct str utf8_first(struct str s, size_t n);

/* A Han ideograph (with 〇 and the compatibility block) or kana: what is
 * searched by pairs. Latin letters and digits are words. */
bool     utf8_is_han(uint32_t c);
bool     utf8_is_word(uint32_t c);
/* For comparing and searching: full-width ASCII to half-width, ideographic
 * space to space, ASCII letters lower-case, control characters to space. */
struct str utf8_fold(struct arena *a, struct str s);
/* Removes control characters (but line feed and tab), bidi overrides, BOM and what
 * has no width or hides text (U+200B, U+2060, tags); trims, wide blanks as well.
 * What a person typed, made safe to show. */
struct str utf8_clean(struct arena *a, struct str s);

/* Calls fn for each search term of folded text: every pair of neighbouring Han
 * characters, each run's single character when the run is one long, and each
 * word (cut at 64 bytes). "漏水abc" -> 漏水, abc. With singles, every Han
 * character alone as well (so that one-character queries find it). */
void utf8_terms(struct str folded, bool singles, void (*fn)(void *ctx, struct str term),
                void *ctx);
#endif
