#include "doc/sheet_csv_text.h"
#include "base/utf8.h"
#include <errno.h>

static const char bom[] = "\xEF\xBB\xBF";
enum { BOM_BYTES = 3 };

/* What a look at the whole file finds: characters of several bytes in good
 * UTF-8, those of them that could be a common Chinese character in GB 18030,
 * and bytes that are no UTF-8. */
struct census { uint64_t good, doubtful, bad; bool bom; };

/* Level 1 of GB 2312: B0A1 to D7FE. */
static bool is_common_gb(struct str c)
{
    unsigned char a = (unsigned char)c.p[0], b = (unsigned char)c.p[c.n - 1];
    return c.n == 2 && a >= 0xB0 && a <= 0xD7 && b >= 0xA1 && b <= 0xFE;
}

static struct str skip_ascii(struct str s)
{
    size_t i = 0;
    while (i < s.n && (unsigned char)s.p[i] < 0x80)
        i++;
    return str_sub(s, i, s.n);
}

/* Counts s; at the end of the file also a cut character. Returns the bytes
 * left over because their character goes on behind s. */
static size_t census_take(struct census *c, struct str s, bool last)
{
    for (s = skip_ascii(s); s.n; s = skip_ascii(s)) {
        struct str before = s;
        utf8_next(&s);
        size_t n = before.n - s.n;
        if (n == 1 && before.n < 4 && !last)
            return before.n;
        c->bad += n == 1;
        c->good += n > 1;
        c->doubtful += is_common_gb(str_sub(before, 0, n));
    }
    return 0;
}

static bool census_run(struct csv_text *t, struct census *c, struct err *e)
{
    struct sheet_source *s = &t->reader->source;
    size_t kept = 0, got;
    bool first = true;
    do {
        if (!sheet_source_read(s, t->raw + kept, sizeof t->raw - kept, &got, e))
            return false;
        struct str have = { t->raw, kept + got };
        if (first)
            c->bom = str_starts(have, (struct str){ bom, BOM_BYTES });
        first = false;
        kept = census_take(c, have, got == 0);
        memmove(t->raw, have.p + have.n - kept, kept);
    } while (got);
    return true;
}

bool csv_text_rewind(struct csv_text *t, struct err *e)
{
    char skipped[BOM_BYTES];
    size_t got;
    sheet_source_rewind(&t->reader->source);
    t->bad = t->ended = false;
    t->kept = t->at = t->n = 0;
    t->reader->inflated = 0;
    if (!sheet_source_read(&t->reader->source, skipped, sizeof skipped, &got, e))
        return false;
    if (got != BOM_BYTES || memcmp(skipped, bom, BOM_BYTES) != 0)
        sheet_source_rewind(&t->reader->source);
    return true;
}

/* The name of an encoding to convert from, or NULL for UTF-8 that is good. */
static const char *encoding_of(const struct census *c)
{
    bool chinese_by_chance = c->good && c->doubtful == c->good && !c->bom;
    if (c->bad == 0)
        return chinese_by_chance ? "GB18030" : NULL;
    return c->bom || c->good > c->bad * 8 ? "UTF-8" : "GB18030";
}

bool csv_text_open(struct csv_text *t, struct sheet_reader *r, struct err *e)
{
    struct census c = { 0 };
    t->reader = r;
    t->cd = (iconv_t)-1;
    if (r->source.size > r->limits.inflated)
        return sheet_count_bytes(r, r->source.size, e);
    if (!census_run(t, &c, e))
        return false;
    const char *from = encoding_of(&c);
    t->converts = from != NULL;
    if (t->converts) {
        t->cd = iconv_open("UTF-8", from);
        if (t->cd == (iconv_t)-1)
            return err_internal(e, "this system's iconv cannot read %s", from);
    }
    return csv_text_rewind(t, e);
}

void csv_text_done(struct csv_text *t)
{
    if (t->cd != (iconv_t)-1)
        iconv_close(t->cd);
    t->cd = (iconv_t)-1;
}

/* Decodes raw[0..have) into out as far as it is good. */
static void convert(struct csv_text *t, size_t have)
{
    char *in = t->raw, *out = t->out;
    size_t in_left = have, out_left = sizeof t->out;
    iconv(t->cd, NULL, NULL, NULL, NULL);
    size_t rc = iconv(t->cd, &in, &in_left, &out, &out_left);
    if (rc == (size_t)-1 && (errno != EINVAL || t->ended))
        t->bad = true;
    t->n = (size_t)(out - t->out);
    t->kept = in_left;
    memmove(t->raw, in, in_left);
}

static bool fill(struct csv_text *t, struct err *e)
{
    struct sheet_reader *r = t->reader;
    size_t got;
    t->at = t->n = 0;
    if (!t->converts) {
        if (!sheet_source_read(&r->source, t->out, sizeof t->out, &t->n, e))
            return false;
        t->ended = t->n == 0;
        return sheet_count_bytes(r, t->n, e);
    }
    if (!sheet_source_read(&r->source, t->raw + t->kept, sizeof t->raw - t->kept, &got, e))
        return false;
    t->ended = got == 0;
    convert(t, t->kept + got);
    return sheet_count_bytes(r, t->n, e);
}

enum csv_next csv_text_next(struct csv_text *t, struct err *e)
{
    while (t->at == t->n) {
        if (t->bad)
            return CSV_BAD;
        if (t->ended)
            return CSV_END;
        if (!fill(t, e))
            return CSV_FAILED;
    }
    return CSV_BYTES;
}
