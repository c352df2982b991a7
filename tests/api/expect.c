/* A pattern is matched while it is read: one walk over pattern and answer. */
#include "expect.h"
#include <ctype.h>

#define ANYTHING STR("…")

struct walk {
    struct arena *a;
    struct str p;                       /* what is left of the pattern */
    struct catches *c;
    struct str why, path;
    bool broken;                        /* the pattern itself */
};

const struct str *catch_find(const struct catches *c, struct str name)
{
    for (size_t i = c->v.n; i-- > 0;)
        if (str_eq(c->v.v[i].name, name))
            return &c->v.v[i].value;
    return NULL;
}

void catch_put(struct arena *a, struct catches *c, struct str name, struct str value)
{
    struct caught x = { arena_dup(a, name), arena_dup(a, value) };
    vec_push(a, &c->v, x);
}

/* ---- texts ---- */

static bool fits(struct str pattern, struct str got)
{
    size_t at = str_find(pattern, ANYTHING);
    if (at == pattern.n)
        return str_eq(pattern, got);
    if (!str_starts(got, str_sub(pattern, 0, at)))
        return false;
    struct str rest = str_sub(pattern, at + ANYTHING.n, pattern.n);
    for (size_t i = at; i <= got.n; i++)
        if (fits(rest, str_sub(got, i, got.n)))
            return true;
    return false;
}

bool expect_text(struct arena *a, struct str pattern, struct str got, struct catches *c)
{
    if (str_starts(pattern, STR("=>"))) {
        catch_put(a, c, str_sub(pattern, 2, pattern.n), got);
        return true;
    }
    return fits(pattern, got);
}

/* ---- reading the pattern ---- */

static void blanks(struct walk *w)
{
    while (w->p.n && isspace((unsigned char)w->p.p[0]))
        w->p = str_sub(w->p, 1, w->p.n);
}

static bool sees(struct walk *w, struct str token)
{
    blanks(w);
    if (!str_starts(w->p, token))
        return false;
    w->p = str_sub(w->p, token.n, w->p.n);
    return true;
}

static struct str word(struct walk *w)
{
    size_t n = 0;
    blanks(w);
    while (n < w->p.n && (isalnum((unsigned char)w->p.p[n]) || strchr("_.-+", w->p.p[n])))
        n++;
    struct str s = str_sub(w->p, 0, n);
    w->p = str_sub(w->p, n, w->p.n);
    return s;
}

static bool differs(struct walk *w, const char *what)
{
    if (!w->why.n)
        w->why = arena_printf(w->a, "%.*s: %s", STR_ARG(w->path), what);
    return false;
}

static bool broken(struct walk *w, const char *what)
{
    w->broken = true;
    return differs(w, arena_printf(w->a, "the pattern: %s, at \"%.*s\"", what,
                                   (int)MIN(w->p.n, (size_t)30), w->p.p).p);
}

/* A quoted text with its escapes undone. */
static bool quoted(struct walk *w, struct str *out)
{
    size_t n = 1;
    while (n < w->p.n && w->p.p[n] != '"')
        n += w->p.p[n] == '\\' ? 2 : 1;
    if (n >= w->p.n)
        return broken(w, "a text that does not end");
    json_t *j = json_loadb(w->p.p, n + 1, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    if (!j)
        return broken(w, "a text that is none");
    *out = arena_dup(w->a, (struct str){ json_string_value(j), json_string_length(j) });
    json_decref(j);
    w->p = str_sub(w->p, n + 1, w->p.n);
    return true;
}

static struct str text_of(struct arena *a, json_t *j)
{
    if (json_is_string(j))
        return (struct str){ json_string_value(j), json_string_length(j) };
    char *p = j ? json_dumps(j, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
    struct str s = arena_dup(a, str_of(p ? p : "nothing"));
    free(p);
    return s;
}

/* ---- matching: the first difference ends it, so a pattern is not read on ---- */

static bool match(struct walk *w, json_t *got);

static bool unlike(struct walk *w, struct str want, json_t *got)
{
    struct str g = text_of(w->a, got);
    return differs(w, arena_printf(w->a, "wanted %.*s, got %.*s", STR_ARG(want),
                                   (int)MIN(g.n, (size_t)300), g.p).p);
}

static bool key_of(struct walk *w, struct str *key)
{
    blanks(w);
    if (w->p.n && w->p.p[0] == '"')
        return quoted(w, key);
    *key = word(w);
    return key->n || broken(w, "no key");
}

static bool member(struct walk *w, json_t *got, size_t *known)
{
    struct str key, above = w->path;
    bool absent = sees(w, STR("!"));
    if (!key_of(w, &key))
        return false;
    json_t *value = json_object_get(got, arena_cstr(w->a, key));
    w->path = arena_printf(w->a, "%.*s.%.*s", STR_ARG(above), STR_ARG(key));
    if (absent ? value != NULL : !value)
        return differs(w, absent ? "must not be there" : "is missing");
    *known += value != NULL;
    if (!absent) {
        sees(w, STR(":"));              /* "key=>NAME" has none */
        if (!match(w, value))
            return false;
    }
    w->path = above;
    return true;
}

static bool match_object(struct walk *w, json_t *got)
{
    bool open = false;
    size_t known = 0;
    if (!json_is_object(got))
        return unlike(w, STR("an object"), got);
    while (!sees(w, STR("}"))) {
        if (sees(w, ANYTHING))
            open = true;
        else if (!member(w, got, &known))
            return false;
        if (!sees(w, STR(",")) && !(w->p.n && w->p.p[0] == '}'))
            return broken(w, "no comma");
    }
    return open || json_object_size(got) == known
        || unlike(w, STR("no other members"), got);
}

/* The entries left of the pattern against got from i on. */
static bool entries(struct walk *w, json_t *got, size_t i)
{
    struct str above = w->path;
    size_t n = json_array_size(got);
    if (sees(w, STR("]")))
        return i == n || differs(w, arena_printf(w->a, "%zu entries, wanted %zu", n, i).p);
    if (!sees(w, ANYTHING)) {
        w->path = arena_printf(w->a, "%.*s[%zu]", STR_ARG(above), i);
        if (i >= n)
            return differs(w, "is missing");
        if (!match(w, json_array_get(got, i)))
            return false;
        w->path = above;
        sees(w, STR(","));
        return entries(w, got, i + 1);
    }
    sees(w, STR(","));
    for (struct walk from = *w; i <= n; i++) {
        *w = from;
        if (entries(w, got, i) || w->broken)
            return !w->broken;
    }
    return false;
}

static bool match_text(struct walk *w, json_t *got)
{
    struct str want;
    if (!quoted(w, &want))
        return false;
    return (json_is_string(got) && fits(want, text_of(w->a, got))) || unlike(w, want, got);
}

static bool match_scalar(struct walk *w, json_t *got)
{
    struct str want = word(w);
    json_t *j = want.n ? json_loadb(want.p, want.n, JSON_DECODE_ANY, NULL) : NULL;
    if (!j)
        return broken(w, "no value");
    bool same = json_equal(j, got);
    json_decref(j);
    return same || unlike(w, want, got);
}

static bool match(struct walk *w, json_t *got)
{
    if (sees(w, ANYTHING))
        return true;
    if (sees(w, STR("=>"))) {
        struct str name = word(w);
        catch_put(w->a, w->c, name, text_of(w->a, got));
        return name.n || broken(w, "no name");
    }
    if (sees(w, STR("{")))
        return match_object(w, got);
    if (sees(w, STR("[")))
        return json_is_array(got) ? entries(w, got, 0) : unlike(w, STR("an array"), got);
    blanks(w);
    return w->p.n && w->p.p[0] == '"' ? match_text(w, got) : match_scalar(w, got);
}

bool expect_json(struct arena *a, struct str pattern, json_t *got, struct catches *c,
                 struct str *why)
{
    struct walk w = { .a = a, .p = pattern, .c = c, .path = STR("answer") };
    bool ok = match(&w, got);
    blanks(&w);
    if (ok && w.p.n)
        ok = broken(&w, "more than one value");
    *why = w.why;
    return ok;
}
