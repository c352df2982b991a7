/* migrate_translate.c - a step's text as one engine gets it.
 *
 * A walk over the text that knows comments, quoted strings, words and
 * parentheses, no more. Everything it does not know passes through. */
#include "db/migrate.h"

struct walk {
    enum db_engine engine;
    struct str in;                      /* what is left */
    struct buf *out;
    int depth;                          /* of parentheses */
    unsigned words;                     /* of this statement, 1: CREATE, 2: CREATE TABLE */
    bool is_table, has_id, has_key;     /* of this statement */
    size_t comma;                       /* where out holds the last item's comma */
};

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static struct str take(struct walk *w, size_t n)
{
    struct str s = str_sub(w->in, 0, n);
    w->in = str_sub(w->in, s.n, w->in.n);
    return s;
}

static struct str take_word(struct walk *w)
{
    size_t n = 0;
    while (n < w->in.n && is_word(w->in.p[n]))
        n++;
    return take(w, n);
}

static bool on_id(struct walk *w, struct err *e)
{
    if (!w->is_table || w->depth != 1 || w->has_id)
        return err_setf(e, ERR_DATA, "@ID");
    w->has_id = true;
    buf_add(w->out, w->engine == DB_SQLITE ? STR("PRIMARY KEY") : STR("NOT NULL"));
    return true;
}

/* On SQLite a table with @ID drops the whole item, and the comma before it. */
static bool on_key(struct walk *w, struct err *e)
{
    size_t end = str_find(w->in, STR(")"));
    if (!w->is_table || w->depth != 1 || w->has_key || !w->comma || end == w->in.n
        || w->in.p[0] != '(')
        return err_setf(e, ERR_DATA, "@KEY");
    struct str columns = take(w, end + 1);
    w->has_key = true;
    if (w->engine == DB_SQLITE && w->has_id) {
        if (buf_ok(w->out))
            w->out->p[w->comma] = ' ';
        return true;
    }
    buf_addf(w->out, "PRIMARY KEY %.*s", STR_ARG(columns));
    return true;
}

static bool on_section(struct walk *w, enum db_engine engine, struct err *e)
{
    size_t end = str_find(w->in, STR("@END"));
    if (end == w->in.n || w->depth)
        return err_setf(e, ERR_DATA, "@END");
    struct str section = take(w, end);
    take(w, 4);
    if (engine == w->engine)
        buf_add(w->out, section);
    return true;
}

static bool on_mark(struct walk *w, struct err *e)
{
    take(w, 1);
    struct str mark = take_word(w);
    if (str_is(mark, "ID"))
        return on_id(w, e);
    if (str_is(mark, "KEY"))
        return on_key(w, e);
    if (str_is(mark, "SQLITE"))
        return on_section(w, DB_SQLITE, e);
    if (str_is(mark, "PGSQL"))
        return on_section(w, DB_PGSQL, e);
    return err_setf(e, ERR_DATA, "@%.*s", (int)MIN(mark.n, 40u), mark.p ? mark.p : "");
}

static void on_word(struct walk *w)
{
    struct str word = take_word(w);
    bool lite = w->engine == DB_SQLITE;
    if (w->depth == 0) {
        w->words++;
        if (w->words == 1 && !str_eq_nocase(word, STR("CREATE")))
            w->words = 100;             /* another statement */
        if (w->words == 2 && str_eq_nocase(word, STR("TABLE")))
            w->is_table = true;
    }
    if (lite && str_is(word, "BIGINT"))
        word = STR("INTEGER");
    else if (!lite && str_is(word, "BLOB"))
        word = STR("BYTEA");
    buf_add(w->out, word);
}

static bool on_table_end(struct walk *w, struct err *e)
{
    if (w->has_id && !w->has_key)
        return err_setf(e, ERR_DATA, "@ID without @KEY");
    if (w->engine == DB_SQLITE)
        buf_add(w->out, w->has_key && !w->has_id ? STR(" STRICT, WITHOUT ROWID") : STR(" STRICT"));
    w->is_table = false;
    return true;
}

static bool on_sign(struct walk *w, struct err *e)
{
    char c = take(w, 1).p[0];
    if (c == ',' && w->depth == 1)
        w->comma = w->out->n;
    buf_add_char(w->out, c);
    if (c == '(')
        w->depth++;
    if (c == ')' && --w->depth < 0)
        return err_setf(e, ERR_DATA, ")");
    if (c == ')' && w->depth == 0 && w->is_table)
        return on_table_end(w, e);
    if (c == ';' && w->depth == 0) {
        w->words = 0;
        w->is_table = w->has_id = w->has_key = false;
        w->comma = 0;
    }
    return true;
}

/* Up to and with the closing mark; a comment may end with the text. */
static bool pass_until(struct walk *w, size_t from, struct str end, bool must, struct err *e)
{
    size_t at = str_find(str_sub(w->in, from, w->in.n), end) + from;
    if (at >= w->in.n && must)
        return err_setf(e, ERR_DATA, "%.*s", STR_ARG(end));
    buf_add(w->out, take(w, at + end.n));
    return true;
}

static bool walk_one(struct walk *w, struct err *e)
{
    char c = w->in.p[0];
    if (str_starts(w->in, STR("--")))
        return pass_until(w, 2, STR("\n"), false, e);
    if (c == '\'')
        return pass_until(w, 1, STR("'"), true, e);
    if (c == '"')
        return pass_until(w, 1, STR("\""), true, e);
    if (c == '@')
        return on_mark(w, e);
    if (!is_word(c))
        return on_sign(w, e);
    on_word(w);
    return true;
}

bool migrate_translate(enum db_engine engine, struct str text, struct buf *out, struct err *e)
{
    struct walk w = { .engine = engine, .in = text, .out = out };
    while (w.in.n)
        if (!walk_one(&w, e))
            return false;
    if (w.depth)
        return err_setf(e, ERR_DATA, "(");
    return buf_ok(out) || err_setf(e, ERR_TOO_LARGE, "8 MB");
}
