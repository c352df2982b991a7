#include "schema/record_impl.h"
#include "base/utf8.h"
#include "base/vec.h"

static bool take_char(struct str *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    *s = str_sub(*s, 1, s->n);
    return true;
}

static bool take_word(struct str *s, struct str word)
{
    if (!str_starts(*s, word))
        return false;
    *s = str_sub(*s, word.n, s->n);
    return true;
}

/* least to most digits at *s; -1 when there are not so many. */
static int take_digits(struct str *s, size_t least, size_t most)
{
    int v = 0;
    size_t n = 0;
    for (; n < most && n < s->n && s->p[n] >= '0' && s->p[n] <= '9'; n++)
        v = v * 10 + (s->p[n] - '0');
    *s = str_sub(*s, n, s->n);
    return n < least ? -1 : v;
}

/* 2026-1-5, 2026/01/05, 2026.1.5, 2026年1月5日. */
static bool take_date(struct str *s, struct day *out)
{
    int year = take_digits(s, 4, 4), month, day;
    if (take_word(s, STR("年"))) {
        month = take_digits(s, 1, 2);
        if (!take_word(s, STR("月")))
            return false;
        day = take_digits(s, 1, 2);
        if (!take_word(s, STR("日")))
            return false;
    } else {
        char sep = s->n ? s->p[0] : 0;
        if (!sep || !strchr("-/.", sep) || !take_char(s, sep))
            return false;
        month = take_digits(s, 1, 2);
        if (!take_char(s, sep))
            return false;
        day = take_digits(s, 1, 2);
    }
    if (!civil_exists(year, month, day))
        return false;
    *out = day_of_civil(year, month, day);
    return true;
}

/* 9:30, 09:30:05, 9时30分; milliseconds since midnight. */
static bool take_time(struct str *s, int64_t *ms)
{
    int hour = take_digits(s, 1, 2), second = 0;
    bool han = take_word(s, STR("时"));
    if (!han && !take_char(s, ':'))
        return false;
    int minute = take_digits(s, 2 - han, 2);
    if (han ? !take_word(s, STR("分")) : take_char(s, ':')) {
        if (han)
            return false;
        second = take_digits(s, 2, 2);
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
        return false;
    *ms = (int64_t)hour * STAMP_HOUR + (int64_t)minute * STAMP_MINUTE
        + (int64_t)second * STAMP_SECOND;
    return true;
}

/* A date, or a date and a time, in the zone of the law. */
static bool take_moment(struct str s, struct day *day, int64_t *ms)
{
    *ms = 0;
    if (!take_date(&s, day))
        return false;
    s = str_trim(s);
    return s.n == 0 || (take_time(&s, ms) && s.n == 0);
}

static bool day_from_text(struct str s, struct day *out, struct err *e)
{
    struct day d;
    int64_t ms;
    if (!take_moment(s, &d, &ms) || ms != 0)
        return err_set(e, ERR_BAD_DATE);
    return field_take_day(d, out, e);
}

static bool stamp_from_text(struct str s, struct stamp *out, struct err *e)
{
    struct stamp t;
    struct day d;
    int64_t ms;
    if (stamp_parse(s, &t))
        return field_take_stamp(t, out, e);
    if (!take_moment(s, &d, &ms))
        return err_set(e, ERR_BAD_TIME);
    return field_take_stamp((struct stamp){ stamp_of_day(d).ms + ms }, out, e);
}

/* Whole yuan, commas only where thousands part; false when it is no such number
 * or beyond what any sum of money is. */
static bool take_yuan(struct str *s, int64_t *yuan)
{
    int64_t v = 0;
    size_t digits = 0, group = 0;
    bool commas = false;
    for (; s->n; *s = str_sub(*s, 1, s->n)) {
        char c = s->p[0];
        if (c == ',' && digits && (commas ? group == 3 : digits <= 3)) {
            commas = true;
            group = 0;
        } else if (c >= '0' && c <= '9') {
            v = v * 10 + (c - '0');
            group++;
            if (++digits > 15)
                return false;
        } else {
            break;
        }
    }
    *yuan = v;
    return digits && (!commas || group == 3);
}

/* What follows the point: two digits count, any more must be zeros. */
static bool take_cents(struct str *s, int64_t *fen)
{
    *fen = 0;
    if (!take_char(s, '.'))
        return true;
    size_t n = 0;
    for (; s->n && s->p[0] >= '0' && s->p[0] <= '9'; n++) {
        int digit = s->p[0] - '0';
        if (n >= 2 && digit)
            return false;
        *fen += n == 0 ? digit * 10 : n == 1 ? digit : 0;
        *s = str_sub(*s, 1, s->n);
    }
    return n > 0;
}

static bool fen_from_text(const struct field *f, struct str s, struct fen *out, struct err *e)
{
    int64_t yuan, fen;
    bool minus = take_char(&s, '-');
    if (!take_word(&s, STR("¥")))
        take_word(&s, STR("￥"));
    if (!minus)
        minus = take_char(&s, '-');
    if (!take_yuan(&s, &yuan) || !take_cents(&s, &fen))
        return field_wrong(f, true, e);
    s = str_trim(s);
    take_word(&s, STR("元"));
    if (s.n)
        return field_wrong(f, true, e);
    fen += yuan * 100;
    return field_take_number(f, minus ? -fen : fen, &out->v, e);
}

static bool int_from_text(const struct field *f, struct str s, int64_t *out, struct err *e)
{
    int64_t v;
    if (!str_to_i64(s, &v))
        return field_wrong(f, true, e);
    return field_take_number(f, v, out, e);
}

static bool bool_from_text(const struct field *f, struct str s, bool *out, struct err *e)
{
    static const struct { const char *word; bool value; } words[] = {
        { "是", true }, { "true", true }, { "1", true }, { "yes", true }, { "on", true },
        { "否", false }, { "false", false }, { "0", false }, { "no", false }, { "off", false },
    };
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_is(s, words[i].word)) {
            *out = words[i].value;
            return true;
        }
    return field_wrong(f, true, e);
}

static bool enum_from_text(const struct field *f, struct str s, unsigned *out, struct err *e)
{
    for (size_t i = 0; i < f->names->n; i++) {
        const struct name *n = &f->names->v[i];
        if (str_is(s, n->zh) || str_eq_nocase(s, str_of(n->slug))
            || str_eq_nocase(s, str_of(n->en))) {
            *out = (unsigned)i;
            return true;
        }
    }
    return field_no_choice(f->names, true, e);
}

/* Bytes of the separator s begins with; 0 for none. */
static size_t separator(struct str s)
{
    static const char *const seps[] = { ",", ";", "\n", "、", "，", "；" };
    for (size_t i = 0; i < COUNT(seps); i++)
        if (s.p[0] == seps[i][0] && str_starts(s, str_of(seps[i])))
            return strlen(seps[i]);
    return 0;
}

/* Up to the next separator, trimmed; false at the end. One pass: a cell may be
 * nothing but separators. */
static bool next_part(struct str *rest, struct str *part)
{
    size_t n = 0, sep = 0;
    if (rest->n == 0)
        return false;
    while (n < rest->n && (sep = separator(str_sub(*rest, n, rest->n))) == 0)
        n++;
    *part = str_trim(str_sub(*rest, 0, n));
    *rest = str_sub(*rest, n + sep, rest->n);
    return true;
}

static bool strs_from_text(const struct field *f, struct str s, struct arena *a,
                           struct strs *out, struct err *e)
{
    VEC(struct str) v = { 0 };
    struct str part, entry;
    while (next_part(&s, &part)) {
        if (part.n == 0)
            continue;
        if (v.n >= FIELD_LIST_MAX && !field_take_count(f, v.n + 1, e))
            return false;
        if (!field_take_str(f, part, a, &entry, e))
            return false;
        if (entry.n)
            vec_push(a, &v, entry);
    }
    if (!field_take_count(f, v.n, e))
        return false;
    *out = (struct strs){ v.v, v.n };
    return true;
}

/* The types whose spelling needs no case, width or blanks. */
static bool plain_from_text(const struct field *f, struct str s, struct arena *a, void *out,
                            struct err *e)
{
    s = str_trim(utf8_fold(a, s));
    switch (f->type) {
    case F_INT:   return int_from_text(f, s, out, e);
    case F_BOOL:  return bool_from_text(f, s, out, e);
    case F_STAMP: return stamp_from_text(s, out, e);
    case F_DAY:   return day_from_text(s, out, e);
    case F_ID:    return field_take_id(s, out, e);
    case F_FEN:   return fen_from_text(f, s, out, e);
    default:      return field_wrong(f, true, e);
    }
}

bool field_from_text(const struct field *f, struct str text, struct arena *a, void *out,
                     struct err *e)
{
    void *at = field_at(f, out);
    bool ok, is_text = f->type == F_STR || f->type == F_STRS;
    text = str_trim(text);
    if (text.n == 0)
        return true;
    if (!is_text && text.n > FIELD_TEXT_MAX)
        ok = field_wrong(f, true, e);
    else if (!utf8_valid(text))
        ok = err_set(e, ERR_BAD_TEXT);
    else if (f->type == F_STR)
        ok = field_take_str(f, text, a, at, e);
    else if (f->type == F_STRS)
        ok = strs_from_text(f, text, a, at, e);
    else if (f->type == F_ENUM)
        ok = enum_from_text(f, text, at, e);
    else
        ok = plain_from_text(f, text, a, at, e);
    return ok || field_blame(f, e);
}
