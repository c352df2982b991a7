#include "base/mask.h"
#include "base/buf.h"
#include "base/utf8.h"

enum { MASK_MAX = 200 };            /* characters looked at; no name is longer */

struct text { uint32_t c[MASK_MAX]; size_t n; };

static void take(struct str s, struct text *t)
{
    for (s = str_trim(s), t->n = 0; s.n && t->n < MASK_MAX;)
        t->c[t->n++] = utf8_next(&s);
}

static void put(struct buf *b, const struct text *t, size_t from, size_t to)
{
    for (char c[4]; from < to && from < t->n; from++) {
        size_t n = utf8_put(t->c[from], c);
        buf_add(b, (struct str){ c, n });
    }
}

static void stars(struct buf *b, size_t n)
{
    while (n--)
        buf_add_char(b, '*');
}

static struct str done(struct arena *a, struct buf *b)
{
    struct str s = arena_dup(a, buf_str(b));
    buf_done(b);
    return s;
}

/* The first head and the last tail characters, stars for the rest. */
static struct str ends(struct arena *a, const struct text *t, size_t head, size_t tail, size_t n)
{
    struct buf b;
    buf_init(&b, 8 * MASK_MAX);
    put(&b, t, 0, head);
    stars(&b, n);
    put(&b, t, t->n - tail, t->n);
    return done(a, &b);
}

/* An extension follows the second hyphen, or the first of a number without an
 * area code; only what looks like one is cut. */
static void drop_extension(struct text *t)
{
    size_t at = t->n;
    for (size_t i = 8; i < t->n; i++)
        if (t->c[i] == '-' && t->n - i <= 7)
            at = i;
    t->n = at;
}

struct str mask_phone(struct arena *a, struct str s)
{
    struct text t;
    take(s, &t);
    drop_extension(&t);
    return t.n >= 11 ? ends(a, &t, 3, 4, 4) : ends(a, &t, 0, t.n >= 7 ? 2 : 0, 4);
}

struct str mask_idnum(struct arena *a, struct str s)
{
    struct text t;
    take(s, &t);
    return t.n >= 6 ? ends(a, &t, 1, 1, t.n - 2) : ends(a, &t, 0, 0, 4);
}

static bool is_compound(uint32_t x, uint32_t y)
{
    static const char names[] = "欧阳司马上官诸葛东方皇甫尉迟公孙慕容令狐司徒夏侯独孤南宫端木长孙"
        "宇文轩辕申屠司空太史淳于单于公冶钟离闻人濮阳澹台拓跋百里呼延东郭西门";
    struct str s = str_of(names);
    while (s.n) {
        uint32_t first = utf8_next(&s), second = utf8_next(&s);
        if (first == x && second == y)
            return true;
    }
    return false;
}

/* Names in letters: each word's first. */
static struct str words(struct arena *a, const struct text *t)
{
    struct buf b;
    buf_init(&b, 8 * MASK_MAX);
    for (size_t i = 0; i < t->n; i++) {
        if (t->c[i] == ' ')
            buf_add_char(&b, ' ');
        else if (i == 0 || t->c[i - 1] == ' ')
            put(&b, t, i, i + 1);
        else
            buf_add_char(&b, '*');
    }
    return done(a, &b);
}

struct str mask_name(struct arena *a, struct str s)
{
    struct text t;
    take(s, &t);
    if (t.n == 0)
        return STR_NONE;
    if (t.c[0] < 0x2E80)
        return words(a, &t);
    if (t.n == 1)
        return ends(a, &t, 0, 0, 1);
    size_t head = t.n > 2 && is_compound(t.c[0], t.c[1]) ? 2 : 1;
    size_t tail = t.n - head >= 2 ? 1 : 0;
    return ends(a, &t, head, tail, MIN(t.n - head - tail, (size_t)2));
}

/* The levels of an address in their order, with what ends the name of each. */
enum { ADDRESS_COUNTY = 2, ADDRESS_TOWN = 3, ADDRESS_VILLAGE = 4, ADDRESS_LEVELS };
enum { NAME_MAX = 12 };
static const char *const suffixes[ADDRESS_LEVELS][5] = {
    { "省", "自治区", "特别行政区" }, { "市", "自治州", "地区", "盟" },
    { "区", "县", "旗", "市" }, { "街道", "镇", "乡", "苏木" },
    { "社区", "村", "居委会", "嘎查" },
};

static size_t match_any(struct str s, const char *const *list)
{
    for (; *list; list++)
        if (str_starts(s, str_of(*list)))
            return strlen(*list);
    return 0;
}

/* 小区, 园区 and the like are where somebody lives, not who governs there. */
static bool ends_compound(struct str before)
{
    static const char *const kinds[] = { "小", "园", "社", "校", "厂", "片", "库", "景", NULL };
    return before.n >= 3 && match_any(str_sub(before, before.n - 3, 3), kinds);
}

/* The level whose name ends at the start of rest, from level on; -1 for none.
 * The 镇 of 景德镇市 ends nothing, and a village is named only under its town. */
static int suffix_level(struct str name, struct str rest, int level, size_t *n)
{
    for (int i = level; i < ADDRESS_LEVELS; i++) {
        *n = match_any(rest, suffixes[i]);
        struct str after = str_sub(rest, *n, rest.n);
        bool is_name = (i == ADDRESS_TOWN && (match_any(after, suffixes[ADDRESS_COUNTY])
                                              || match_any(after, suffixes[1])))
            || (i == ADDRESS_COUNTY && ends_compound(name))
            || (i == ADDRESS_VILLAGE && level != ADDRESS_VILLAGE);
        if (*n && !is_name)
            return i;
    }
    return -1;
}

/* Roads and house numbers end what is looked at. */
static bool is_over(struct str rest)
{
    static const char *const marks[] = { "路", "巷", "弄", "栋", "号", "座", "楼", "室", NULL };
    return (rest.p[0] >= '0' && rest.p[0] <= '9') || match_any(rest, marks);
}

struct str mask_address(struct arena *a, struct str s)
{
    struct str at = str_trim(s), rest = at;         /* at: where the present name begins */
    const char *start = at.p, *shown = start;
    int level = 0;
    for (size_t characters = 0, n; rest.n && characters <= NAME_MAX; characters++) {
        struct str name = str_sub(at, 0, at.n - rest.n);
        int found = characters ? suffix_level(name, rest, level, &n) : -1;
        if (found >= 0) {
            rest = at = str_sub(rest, n, rest.n);
            characters = SIZE_MAX;                  /* counts on from 0 */
            level = found + 1;
            shown = found >= ADDRESS_COUNTY ? at.p : shown;
        } else if (characters && is_over(rest)) {
            break;
        } else {
            utf8_next(&rest);
        }
    }
    return arena_printf(a, "%.*s****", (int)(shown - start), start ? start : "");
}
