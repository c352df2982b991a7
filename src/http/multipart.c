/* multipart.c - the streaming reader: a small state machine over the delimiter.
 *
 * A delimiter is CR LF "--" boundary, and CR stands nowhere in it but first: when
 * a match breaks off, what had matched is content and the search starts afresh
 * with the byte at hand. */
#include "http/multipart.h"

enum state { AT_DATA, AT_MARK, AT_HEAD, AT_END };

struct multipart {
    struct arena *a;
    struct multipart_sink sink;
    enum state state;
    bool in_part;
    size_t matched, parts;
    char delim[BOUNDARY_MAX + 4], mark[2], head[MULTIPART_HEAD_MAX];
    size_t delim_n, mark_n, head_n;
};

static bool bad(struct err *e)
{
    return err_setf(e, ERR_INVALID, "multipart");
}

static bool boundary_ok(struct str b)
{
    static const char marks[] = "'()+_,-./:=? ";
    if (b.n == 0 || b.n > BOUNDARY_MAX || b.p[b.n - 1] == ' ')
        return false;
    for (size_t i = 0; i < b.n; i++) {
        char c = b.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!plain && !memchr(marks, c, sizeof marks - 1))
            return false;
    }
    return true;
}

struct multipart *multipart_open(struct arena *a, struct str boundary,
                                 const struct multipart_sink *sink, struct err *e)
{
    if (!boundary_ok(boundary)) {
        bad(e);
        return NULL;
    }
    struct multipart *m = arena_new(a, struct multipart);
    m->a = a;
    m->sink = *sink;
    m->matched = 2;                     /* the first delimiter has no line end before it */
    memcpy(m->delim, "\r\n--", 4);
    memcpy(m->delim + 4, boundary.p, boundary.n);
    m->delim_n = boundary.n + 4;
    return m;
}

/* ---- the head of a part ---- */

static void head_line(struct multipart *m, struct str line, struct part *p, bool *named)
{
    struct str name, value;
    str_cut(line, ':', &name, &value);
    value = str_trim(value);
    if (str_eq_nocase(name, STR("content-disposition"))) {
        p->name = header_param(m->a, value, "name", named);
        p->filename = header_param(m->a, value, "filename", &p->is_file);
        *named = *named && str_eq_nocase(str_sub(value, 0, 9), STR("form-data"));
    } else if (str_eq_nocase(name, STR("content-type"))) {
        p->media = str_trim(str_sub(value, 0, str_find(value, STR(";"))));
    }
}

static bool head_done(struct multipart *m, struct err *e)
{
    struct part p = { 0 };
    bool named = false;
    struct str rest = arena_dup(m->a, (struct str){ m->head, m->head_n }), line;
    while (rest.n) {
        size_t end = str_find(rest, STR("\r\n"));
        line = str_sub(rest, 0, end);
        rest = str_sub(rest, end + 2, rest.n);
        head_line(m, line, &p, &named);
    }
    if (!named || p.name.n == 0 || m->parts++ == MULTIPART_PARTS_MAX)
        return bad(e);
    m->state = AT_DATA;
    m->in_part = true;
    return m->sink.begin(m->sink.ctx, &p, e);
}

/* One byte of a head; the empty line ends it. */
static bool head_byte(struct multipart *m, char c, struct err *e)
{
    if (m->head_n == sizeof m->head || c == '\0')
        return bad(e);
    m->head[m->head_n++] = c;
    if (m->head_n == 2 && memcmp(m->head, "\r\n", 2) == 0)
        return bad(e);                  /* a part without a head has no name */
    if (m->head_n < 4 || memcmp(m->head + m->head_n - 4, "\r\n\r\n", 4))
        return true;
    return head_done(m, e);
}

/* ---- content and delimiters ---- */

static bool emit(struct multipart *m, struct str s, struct err *e)
{
    if (s.n == 0)
        return true;
    if (!m->in_part)
        return bad(e);
    return m->sink.data(m->sink.ctx, s, e);
}

static bool delim_done(struct multipart *m, struct err *e)
{
    bool was = m->in_part;
    m->in_part = false;
    m->matched = 0;
    m->mark_n = 0;
    m->state = AT_MARK;
    return !was || m->sink.end(m->sink.ctx, e);
}

/* Takes what it can off the front of *s. */
static bool data_bytes(struct multipart *m, struct str *s, struct err *e)
{
    if (m->matched == 0) {
        const char *cr = memchr(s->p, '\r', s->n);
        size_t plain = cr ? (size_t)(cr - s->p) : s->n;
        struct str head = str_sub(*s, 0, plain);
        *s = str_sub(*s, plain, s->n);
        m->matched = cr ? 1 : 0;
        *s = str_sub(*s, cr ? 1 : 0, s->n);
        return emit(m, head, e);
    }
    if (s->p[0] == m->delim[m->matched]) {
        *s = str_sub(*s, 1, s->n);
        return ++m->matched < m->delim_n || delim_done(m, e);
    }
    struct str back = { m->delim, m->matched };
    m->matched = 0;
    return emit(m, back, e);
}

/* After a delimiter: a line end opens a part, "--" ends the body. */
static bool mark_byte(struct multipart *m, char c, struct err *e)
{
    m->mark[m->mark_n++] = c;
    if (m->mark_n < 2)
        return true;
    m->head_n = 0;
    if (memcmp(m->mark, "--", 2) == 0)
        m->state = AT_END;
    else if (memcmp(m->mark, "\r\n", 2) == 0)
        m->state = AT_HEAD;
    else
        return bad(e);
    return true;
}

static bool byte_of(struct multipart *m, struct str *s, struct err *e)
{
    char c = s->p[0];
    *s = str_sub(*s, 1, s->n);
    return m->state == AT_MARK ? mark_byte(m, c, e) : head_byte(m, c, e);
}

bool multipart_feed(struct multipart *m, struct str s, struct err *e)
{
    while (s.n && m->state != AT_END) {
        bool ok = m->state == AT_DATA ? data_bytes(m, &s, e) : byte_of(m, &s, e);
        if (!ok)
            return false;
    }
    return true;
}

bool multipart_end(struct multipart *m, struct err *e)
{
    return m->state == AT_END || bad(e);
}
