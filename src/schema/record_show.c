#include "schema/record_impl.h"
#include "base/utf8.h"
#include <inttypes.h>

/* The first n characters, and what follows them. */
static struct str first_chars(struct str s, size_t n, struct str *rest)
{
    *rest = s;
    while (n-- && rest->n)
        utf8_next(rest);
    return str_sub(s, 0, s.n - rest->n);
}

static struct str last_chars(struct str s, size_t n)
{
    size_t all = utf8_count(s);
    struct str rest;
    first_chars(s, all > n ? all - n : 0, &rest);
    return rest;
}

static void put_stars(size_t n, struct buf *b)
{
    while (n--)
        buf_add(b, STR("*"));
}

static void mask_phone(struct str s, struct buf *b)
{
    size_t n = utf8_count(s);
    struct str rest;
    if (n >= 11)
        buf_add(b, first_chars(s, 3, &rest));
    put_stars(n >= 7 ? 4 : 3, b);
    if (n >= 7)
        buf_add(b, last_chars(s, 4));
}

static void mask_idnum(struct str s, struct buf *b)
{
    size_t n = utf8_count(s);
    struct str rest;
    if (n < 10) {
        put_stars(3, b);
        return;
    }
    buf_add(b, first_chars(s, 3, &rest));
    put_stars(MIN(n - 7, (size_t)11), b);
    buf_add(b, last_chars(s, 4));
}

/* Family names of two characters in use today (Report on Names 2021, Ministry of
 * Public Security, and the Hundred Family Surnames). */
static const char *const compound[] = {
    "欧阳", "上官", "皇甫", "令狐", "诸葛", "司徒", "司马", "申屠", "夏侯", "贺兰", "完颜",
    "慕容", "尉迟", "长孙", "东方", "西门", "南宫", "公孙", "轩辕", "宇文", "端木", "呼延",
    "独孤", "闻人", "澹台", "濮阳", "淳于", "单于", "太史", "司空", "钟离", "赫连", "百里",
    "第五", "东郭", "南门", "拓跋", "万俟", "司寇", "公冶", "宗政", "鲜于", "闾丘", "子车",
    "亓官", "梁丘", "左丘", "东门", "公羊", "谷梁", "段干", "纳兰", "爱新觉罗", "叶赫那拉",
};

static size_t surname_chars(struct str s)
{
    for (size_t i = 0; i < COUNT(compound); i++)
        if (str_starts(s, str_of(compound[i])) && s.n > strlen(compound[i]))
            return utf8_count(str_of(compound[i]));
    return 1;
}

/* At most two stars, so that a long name does not show its length. */
static void mask_person(struct str s, struct buf *b)
{
    struct str rest, shown = first_chars(s, surname_chars(s), &rest);
    if (rest.n == 0) {
        put_stars(1, b);
        return;
    }
    buf_add(b, shown);
    put_stars(MIN(utf8_count(rest), (size_t)2), b);
}

/* Where the first of these words ends in s, 0 when none is there. */
static size_t end_of_first(struct str s, const char *const *words, size_t n)
{
    size_t best = 0;
    for (size_t i = 0; i < n; i++) {
        struct str w = str_of(words[i]);
        size_t at = str_find(s, w);
        if (at < s.n && (best == 0 || at + w.n < best))
            best = at + w.n;
    }
    return best;
}

/* Town, street office or village; for lack of one the county, then the city. */
static void mask_address(struct str s, struct buf *b)
{
    static const char *const near[] = { "镇", "乡", "街道", "村" };
    static const char *const county[] = { "区", "县", "旗" };
    static const char *const city[] = { "市", "州", "盟" };
    size_t n = end_of_first(s, near, COUNT(near));
    if (n == 0)
        n = end_of_first(s, county, COUNT(county));
    if (n == 0)
        n = end_of_first(s, city, COUNT(city));
    buf_add(b, str_sub(s, 0, n));
    put_stars(4, b);
}

void field_mask(enum field_format format, struct str value, struct buf *b)
{
    if (str_empty(value))
        return;
    switch (format) {
    case FORMAT_PHONE:   mask_phone(value, b); break;
    case FORMAT_IDNUM:   mask_idnum(value, b); break;
    case FORMAT_PERSON:  mask_person(value, b); break;
    case FORMAT_ADDRESS: mask_address(value, b); break;
    default:             put_stars(3, b);
    }
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
