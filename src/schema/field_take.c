#include "schema/record_impl.h"
#include "base/utf8.h"
#include <inttypes.h>

/* What each type wants, for people: in JSON, and as a cell or query spells it. */
#define TEXT_WANTED "文本" ERR_OR "a text"
static const char *const wanted[F__COUNT][2] = {
    [F_INT]   = { "整数" ERR_OR "a whole number", "整数" ERR_OR "a whole number" },
    [F_BOOL]  = { "true 或 false" ERR_OR "true or false", "是或否" ERR_OR "yes or no" },
    [F_STR]   = { TEXT_WANTED, TEXT_WANTED },
    [F_ENUM]  = { TEXT_WANTED, TEXT_WANTED },
    [F_STAMP] = { TEXT_WANTED, TEXT_WANTED },
    [F_DAY]   = { TEXT_WANTED, TEXT_WANTED },
    [F_ID]    = { TEXT_WANTED, TEXT_WANTED },
    [F_FEN]   = { "整数（分）" ERR_OR "a whole number of fen",
                  "金额（元，如 1234.50）" ERR_OR "an amount in yuan, such as 1234.50" },
    [F_LIST]  = { "列表" ERR_OR "a list", "列表" ERR_OR "a list" },
    [F_STRS]  = { "文本列表" ERR_OR "a list of texts", "文本列表" ERR_OR "a list of texts" },
    [F_RAW]   = { "列表" ERR_OR "a list", "列表" ERR_OR "a list" },
};

bool field_blame(const struct field *f, struct err *e)
{
    if (!e->field[0])
        snprintf(e->field, sizeof e->field, "%s", f->name);
    return false;
}

bool field_wrong(const struct field *f, bool as_text, struct err *e)
{
    return err_setf(e, ERR_WRONG_TYPE, "%s", wanted[f->type][as_text]);
}

/* Whole names only, and "…" when some are left out. */
static void put_choices(const struct names *names, size_t which, struct buf *b)
{
    for (size_t i = 0; i < names->n; i++) {
        const struct name *n = &names->v[i];
        const char *v = which == 0 ? n->slug : which == 1 ? n->zh : n->en;
        if (b->n + strlen(v) + sizeof ", , …" > b->max) {
            buf_add(b, STR(", …"));
            return;
        }
        buf_addf(b, "%s%s", i ? ", " : "", v);
    }
}

bool field_no_choice(const struct names *names, bool labels, struct err *e)
{
    AUTO(buf_done) struct buf zh, en;
    size_t room = labels ? sizeof e->arg / 2 - 1 : sizeof e->arg - 1;
    buf_init(&zh, room);
    buf_init(&en, room);
    put_choices(names, labels ? 1 : 0, &zh);
    if (labels)
        put_choices(names, 2, &en);
    return err_setf(e, ERR_NOT_A_CHOICE, "%.*s%s%.*s", STR_ARG(buf_str(&zh)),
                    labels ? ERR_OR : "", STR_ARG(buf_str(&en)));
}

bool field_is_zero(const struct field *f, const void *at)
{
    switch (f->type) {
    case F_INT:   return *(const int64_t *)at == 0;
    case F_BOOL:  return !*(const bool *)at;
    case F_STR:   return ((const struct str *)at)->n == 0;
    case F_ENUM:  return *(const unsigned *)at == 0;
    case F_STAMP: return ((const struct stamp *)at)->ms == 0;
    case F_DAY:   return ((const struct day *)at)->n == 0;
    case F_ID:    return ((const struct id *)at)->v == 0;
    case F_FEN:   return ((const struct fen *)at)->v == 0;
    case F_LIST:  return ((const struct list *)at)->n == 0;
    case F_STRS:  return ((const struct strs *)at)->n == 0;
    case F_RAW:   return ((const struct raw *)at)->json.n == 0;
    case F__COUNT: break;
    }
    return true;
}

bool field_is_blank(const struct field *f, const void *at)
{
    bool value = f->type == F_INT || f->type == F_BOOL || f->type == F_ENUM || f->type == F_FEN;
    return !value && field_is_zero(f, at);
}

/* A text of one line: what breaks or tabs becomes a space. */
static void one_line(struct arena *a, struct str *s)
{
    char *p = arena_alloc(a, s->n + 1);
    for (size_t i = 0; i < s->n; i++)
        p[i] = s->p[i] == '\n' || s->p[i] == '\t' ? ' ' : s->p[i];
    s->p = p;
}

bool field_take_str(const struct field *f, struct str s, struct arena *a, struct str *out,
                    struct err *e)
{
    bool many = f->type == F_STRS;
    int64_t max = many || f->max == 0 ? FIELD_TEXT_MAX : f->max;
    /* Nothing is copied of a text that is hopeless even after cleaning. */
    if (s.n > (size_t)max * 4 + 1024)
        return err_setf(e, ERR_TOO_LONG, "%" PRId64, max);
    if (!utf8_valid(s))
        return err_set(e, ERR_BAD_TEXT);
    s = utf8_clean(a, s);
    if (!(f->flags & LINES) && (memchr(s.p, '\n', s.n) || memchr(s.p, '\t', s.n)))
        one_line(a, &s);
    size_t n = utf8_count(s);
    if (n > (size_t)max)
        return err_setf(e, ERR_TOO_LONG, "%" PRId64, max);
    if (n && !many && n < (size_t)MAX(f->min, 0))
        return err_setf(e, ERR_TOO_SHORT, "%" PRId64, f->min);
    if (n && f->check && !f->check(a, &s, e))
        return false;
    *out = s;
    return true;
}

bool field_take_number(const struct field *f, int64_t v, int64_t *out, struct err *e)
{
    bool limits = f->max > f->min;
    int64_t min = limits ? f->min : -EXACT_MAX, max = limits ? f->max : EXACT_MAX;
    if (v >= min && v <= max) {
        *out = v;
        return true;
    }
    if (f->type == F_INT || !limits)
        return err_setf(e, ERR_OUT_OF_RANGE, "%" PRId64 " … %" PRId64, min, max);
    return err_setf(e, ERR_OUT_OF_RANGE, "%" PRId64 ".%02d … %" PRId64 ".%02d", min / 100,
                    abs((int)(min % 100)), max / 100, abs((int)(max % 100)));
}

bool field_take_count(const struct field *f, size_t n, struct err *e)
{
    int64_t max = f->max ? f->max : FIELD_LIST_MAX;
    if (n > (size_t)max)
        return err_setf(e, ERR_TOO_MANY, "%" PRId64, max);
    if (n && n < (size_t)MAX(f->min, 0))
        return err_setf(e, ERR_TOO_FEW, "%" PRId64, f->min);
    return true;
}

bool field_take_id(struct str s, struct id *out, struct err *e)
{
    int64_t v;
    if (s.n == 0 || s.p[0] < '1' || s.p[0] > '9' || !str_to_i64(s, &v))
        return err_set(e, ERR_BAD_ID);
    out->v = v;
    return true;
}

bool field_take_day(struct day d, struct day *out, struct err *e)
{
    struct civil c = civil_of_day(d);
    if (d.n == 0 || !civil_exists(c.year, c.month, c.day))
        return err_set(e, ERR_BAD_DATE);
    *out = d;
    return true;
}

bool field_take_stamp(struct stamp t, struct stamp *out, struct err *e)
{
    struct civil c = civil_of_day(day_of_stamp(t));
    if (t.ms == 0 || !civil_exists(c.year, c.month, c.day))
        return err_set(e, ERR_BAD_TIME);
    *out = t;
    return true;
}

bool names_find(const struct names *names, struct str slug, unsigned *out)
{
    for (size_t i = 0; i < names->n; i++)
        if (str_is(slug, names->v[i].slug)) {
            *out = (unsigned)i;
            return true;
        }
    return false;
}
