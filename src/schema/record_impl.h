/* record_impl.h - what the files of this room share: taking one value into a
 * member with the limits of its row. Not for other rooms.
 *
 * These functions set no field name in a failure; field_blame() puts it in the
 * one place that knows the path. */
#ifndef SCHEMA_RECORD_IMPL_H
#define SCHEMA_RECORD_IMPL_H
#include "schema/record.h"

/* The largest whole number that every JSON client reads exactly. */
#define EXACT_MAX INT64_C(9007199254740991)

static inline void *field_at(const struct field *f, void *record)
{
    return (char *)record + f->offset;
}
static inline const void *field_in(const struct field *f, const void *record)
{
    return (const char *)record + f->offset;
}

/* Names the field at fault unless a path stands there already; returns false. */
bool field_blame(const struct field *f, struct err *e);
/* ERR_WRONG_TYPE with what the type wants; as_text: as a cell spells it. */
bool field_wrong(const struct field *f, bool as_text, struct err *e);
/* ERR_NOT_A_CHOICE with the choices there are, as many as fit: slugs, or labels. */
bool field_no_choice(const struct names *names, bool labels, struct err *e);

/* All bits of meaning zero: an empty text, no id, 0, false, the first choice. */
bool field_is_zero(const struct field *f, const void *at);
/* Zero, and of a type whose zero means "nothing was given". */
bool field_is_blank(const struct field *f, const void *at);

/* ERR_TOO_LONG, ERR_TOO_SHORT and what f->check says. */
bool field_take_str(const struct field *f, struct str s, struct arena *a, struct str *out,
                    struct err *e) MUST_CHECK;
/* ERR_OUT_OF_RANGE. For F_INT and F_FEN. */
bool field_take_number(const struct field *f, int64_t v, int64_t *out, struct err *e) MUST_CHECK;
/* ERR_TOO_MANY, ERR_TOO_FEW. */
bool field_take_count(const struct field *f, size_t n, struct err *e) MUST_CHECK;
/* Decimal digits without sign or leading zero; ERR_BAD_ID. */
bool field_take_id(struct str s, struct id *out, struct err *e) MUST_CHECK;
/* Days and stamps that can be shown again; zero means none and is refused. */
bool field_take_day(struct day d, struct day *out, struct err *e) MUST_CHECK;
bool field_take_stamp(struct stamp t, struct stamp *out, struct err *e) MUST_CHECK;
/* The choice with that slug. */
bool names_find(const struct names *names, struct str slug, unsigned *out) MUST_CHECK;
#endif
