#include "schema/record_impl.h"
#include "base/mask.h"
#include <inttypes.h>

void field_mask(enum field_format format, struct str value, struct buf *b)
{
    struct arena a = { 0 };
    if (str_empty(value))
        return;
    switch (format) {
    case FORMAT_PHONE:   buf_add(b, mask_phone(&a, value)); break;
    case FORMAT_IDNUM:   buf_add(b, mask_idnum(&a, value)); break;
    case FORMAT_PERSON:  buf_add(b, mask_name(&a, value)); break;
    case FORMAT_ADDRESS: buf_add(b, mask_address(&a, value)); break;
    default:             buf_add(b, STR("***"));
    }
    arena_done(&a);
}

static void show_fen(int64_t v, struct buf *b)
{
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    buf_addf(b, "%s%" PRIu64 ".%02u", v < 0 ? "-" : "", u / 100, (unsigned)(u % 100));
}

static void show_stamp(struct stamp t, struct buf *b)
{
    char text[32];
    if (t.ms == 0)
        return;
    stamp_format(t, text);
    buf_addf(b, "%.10s %.5s", text, text + 11);
}

static void show_day(struct day d, struct buf *b)
{
    char text[16];
    if (d.n)
        buf_add(b, (struct str){ text, day_format(d, text) });
}

static void show_text(const struct field *f, struct str s, struct buf *b)
{
    if (f->flags & SECRET)
        field_mask(f->format, s, b);
    else
        buf_add(b, s);
}

static void show_strs(const struct field *f, const struct strs *v, enum lang lang, struct buf *b)
{
    for (size_t i = 0; i < v->n; i++) {
        if (i)
            buf_add(b, lang == LANG_ZH ? STR("、") : STR(", "));
        show_text(f, v->v[i], b);
    }
}

static void show_enum(const struct names *names, unsigned v, enum lang lang, struct buf *b)
{
    if (v < names->n)
        buf_add(b, str_of(lang == LANG_ZH ? names->v[v].zh : names->v[v].en));
}

static struct str yes_or_no(bool v, enum lang lang)
{
    if (lang == LANG_ZH)
        return v ? STR("是") : STR("否");
    return v ? STR("yes") : STR("no");
}

static void show_id(struct id id, struct buf *b)
{
    if (id.v)
        buf_add_i64(b, id.v);
}

void field_to_text(const struct field *f, const void *in, enum lang lang, struct buf *b)
{
    const void *at = field_in(f, in);
    if (f->flags & WRITEONLY)
        return;
    switch (f->type) {
    case F_INT:   buf_add_i64(b, *(const int64_t *)at); break;
    case F_BOOL:  buf_add(b, yes_or_no(*(const bool *)at, lang)); break;
    case F_STR:   show_text(f, *(const struct str *)at, b); break;
    case F_ENUM:  show_enum(f->names, *(const unsigned *)at, lang, b); break;
    case F_STAMP: show_stamp(*(const struct stamp *)at, b); break;
    case F_DAY:   show_day(*(const struct day *)at, b); break;
    case F_ID:    show_id(*(const struct id *)at, b); break;
    case F_FEN:   show_fen(((const struct fen *)at)->v, b); break;
    case F_LIST:  buf_add_i64(b, (int64_t)((const struct list *)at)->n); break;
    case F_STRS:  show_strs(f, at, lang, b); break;
    case F_RAW:   buf_add(b, ((const struct raw *)at)->json); break;
    case F__COUNT: break;
    }
}
