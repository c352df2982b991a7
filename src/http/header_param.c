/* header_param.c - parameters of header values and the file names in them. */
#include "http/multipart.h"
#include "http/path.h"
#include "base/utf8.h"

/* One "; name=value" off the front of *rest; quotes are taken off. Browsers send
 * a backslash as it is and a quote as %22, so there are no escapes to undo. */
static bool param_next(struct str *rest, struct str *name, struct str *value)
{
    struct str s = str_trim(*rest), after;
    if (s.n == 0 || s.p[0] != ';')
        return false;
    s = str_trim(str_sub(s, 1, s.n));
    size_t eq = str_find(s, STR("="));
    if (eq == s.n)
        return false;
    *name = str_trim(str_sub(s, 0, eq));
    s = str_trim(str_sub(s, eq + 1, s.n));
    if (s.n && s.p[0] == '"') {
        if (!str_cut(str_sub(s, 1, s.n), '"', value, rest))
            return false;
        return true;
    }
    size_t end = str_find(s, STR(";"));
    after = str_sub(s, end, s.n);
    *value = str_trim(str_sub(s, 0, end));
    *rest = after;
    return true;
}

static bool star_decode(struct arena *a, struct str value, struct str *out)
{
    struct str charset, lang, rest;
    if (!str_cut(value, '\'', &charset, &rest) || !str_cut(rest, '\'', &lang, &rest))
        return false;
    return str_eq_nocase(charset, STR("utf-8")) && !memchr(rest.p, '+', rest.n) &&
           query_decode(a, rest, out);
}

struct str header_param(struct arena *a, struct str value, const char *name, bool *found)
{
    struct str rest = str_sub(value, str_find(value, STR(";")), value.n), key, v;
    struct str got = STR_NONE, star = arena_printf(a, "%s*", name);
    bool plain = false, starred = false;
    while (param_next(&rest, &key, &v)) {
        if (!plain && !starred && str_eq_nocase(key, str_of(name))) {
            got = v;
            plain = true;
        } else if (!starred && str_eq_nocase(key, star)) {
            starred = star_decode(a, v, &got);
        }
    }
    if (found)
        *found = plain || starred;
    return got;
}

/* Cleaned text may still hold line feeds and tabs. */
static struct str one_line(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x20)
            p[n++] = s.p[i];
    return (struct str){ p, n };
}

struct str header_filename(struct arena *a, struct str name)
{
    for (size_t i = name.n; i-- > 0; ) {
        if (name.p[i] == '/' || name.p[i] == '\\') {
            name = str_sub(name, i + 1, name.n);
            break;
        }
    }
    if (!utf8_valid(name))
        return STR_NONE;
    name = one_line(a, utf8_clean(a, name));
    if (str_is(name, ".") || str_is(name, ".."))
        return STR_NONE;
    struct str rest = name;
    for (size_t i = 0; i < 200 && rest.n; i++)
        utf8_next(&rest);
    return str_sub(name, 0, name.n - rest.n);
}
