#include "schema/flow.h"
#include "base/utf8.h"

static const char *label(const struct names *names, unsigned i, enum lang lang)
{
    return lang == LANG_ZH ? names->v[i].zh : names->v[i].en;
}

/* The names of a mask, as "a, b". */
static void put_mask(const struct names *names, uint64_t mask, enum lang lang, struct buf *b)
{
    const char *sep = "";
    for (unsigned i = 0; names && i < names->n; i++)
        if (mask >> i & 1) {
            buf_addf(b, "%s%s", sep, label(names, i, lang));
            sep = lang == LANG_ZH ? "、" : ", ";
        }
}

/* The facts a row needs, then those that bar it. */
static void put_facts(const struct flow *f, const struct step *s, enum lang lang, struct buf *b)
{
    put_mask(f->facts, s->needs, lang, b);
    if (s->bars) {
        buf_addf(b, "%s%s", s->needs ? (lang == LANG_ZH ? "；" : "; ") : "",
                 lang == LANG_ZH ? "非 " : "not ");
        put_mask(f->facts, s->bars, lang, b);
    }
}

static void put_dot_text(const char *text, struct buf *b)
{
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            buf_add_char(b, '\\');
        buf_add_char(b, *text);
    }
}

static void put_dot_states(const struct flow *f, enum lang lang, struct buf *b)
{
    for (unsigned i = 0; i < f->states->n; i++) {
        buf_addf(b, "  \"%s\" [label=\"", f->states->v[i].slug);
        put_dot_text(label(f->states, i, lang), b);
        buf_addf(b, "\"%s];\n", f->final >> i & 1 ? ", peripheries=2" : "");
    }
    buf_addf(b, "  \"\" [shape=point];\n  \"\" -> \"%s\";\n", f->states->v[f->start].slug);
}

static void put_dot_step(const struct flow *f, const struct step *s, unsigned to, enum lang lang,
                         struct buf *b)
{
    buf_addf(b, "  \"%s\" -> \"%s\" [label=\"", f->states->v[s->from].slug,
             f->states->v[to].slug);
    put_dot_text(label(f->actions, s->action, lang), b);
    buf_add(b, STR("\"];\n"));
}

void flow_dot(const struct flow *f, enum lang lang, struct buf *b)
{
    buf_addf(b, "digraph \"%s\" {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n", f->name);
    put_dot_states(f, lang, b);
    for (size_t i = 0; i < f->n; i++)
        for (unsigned to = 0; to < f->states->n; to++)
            if (flow_ends(&f->s[i]) >> to & 1)
                put_dot_step(f, &f->s[i], to, lang, b);
    buf_add(b, STR("}\n"));
}

/* Columns of a terminal: a Han character, its punctuation and full-width signs
 * take two (East Asian Width W and F of Unicode UAX #11, the blocks in use). */
static size_t columns(struct str s)
{
    size_t n = 0;
    while (s.n) {
        uint32_t c = utf8_next(&s);
        bool wide = utf8_is_han(c) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF01 && c <= 0xFF60)
            || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x1F300 && c <= 0x1FAFF);
        n += wide ? 2 : 1;
    }
    return n;
}

enum { CELLS = 5 };
static const char *const heads[LANG__COUNT][CELLS] = {
    [LANG_ZH] = { "状态", "动作", "之后", "条件", "谁可以" },
    [LANG_EN] = { "state", "action", "then", "when", "who may" },
};

/* The text of cell k of row i; row 0 is the head. */
static struct str cell(const struct flow *f, size_t i, size_t k, enum lang lang, struct buf *made)
{
    if (i == 0)
        return str_of(heads[lang][k]);
    const struct step *s = &f->s[i - 1];
    if (k == 0)
        return str_of(label(f->states, s->from, lang));
    if (k == 1)
        return str_of(label(f->actions, s->action, lang));
    buf_clear(made);
    if (k == 2)
        put_mask(f->states, flow_ends(s), lang, made);
    else if (k == 3)
        put_facts(f, s, lang, made);
    else
        put_mask(f->relations, s->who, lang, made);
    return buf_str(made);
}

static void put_row(const struct flow *f, size_t i, const size_t width[CELLS], enum lang lang,
                    struct buf *b)
{
    AUTO(buf_done) struct buf made;
    buf_init(&made, 4000);
    for (size_t k = 0; k < CELLS; k++) {
        if (k == 3 && !f->facts)
            continue;
        struct str text = cell(f, i, k, lang, &made);
        buf_add(b, text);
        for (size_t n = columns(text); k + 1 < CELLS && n < width[k] + 2; n++)
            buf_add_char(b, ' ');
    }
    buf_add_char(b, '\n');
}

void flow_table(const struct flow *f, enum lang lang, struct buf *b)
{
    size_t width[CELLS] = { 0 };
    AUTO(buf_done) struct buf made;
    buf_init(&made, 4000);
    for (size_t i = 0; i <= f->n; i++)
        for (size_t k = 0; k + 1 < CELLS; k++)
            width[k] = MAX(width[k], columns(cell(f, i, k, lang, &made)));
    for (size_t i = 0; i <= f->n; i++)
        put_row(f, i, width, lang, b);
}
