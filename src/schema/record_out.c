#include "schema/record_impl.h"
#include "base/utf8.h"

/* Length of the character at p when it is the common three-byte kind (all of
 * everyday Han) and well-formed; 0 when somebody should look closer. */
static size_t han_len(const unsigned char *p, size_t n)
{
    bool lead = (p[0] & 0xF0) == 0xE0 && p[0] != 0xE0 && p[0] != 0xED;
    return lead && n >= 3 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80 ? 3 : 0;
}

/* Of ASCII. */
static const bool must_escape[0x80] = {
    [0] = true, true, true, true, true, true, true, true, true, true, true, true, true, true, true,
    true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true,
    true, ['"'] = true, ['\\'] = true,
};

/* How many bytes of s can stand in JSON as they are. */
static size_t plain_run(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t i = 0;
    while (i < s.n) {
        if (p[i] < 0x80) {
            if (must_escape[p[i]])
                break;
            i++;
            continue;
        }
        size_t n = han_len(p + i, s.n - i);
        if (n == 0) {
            struct str rest = str_sub(s, i, s.n);
            if (utf8_next(&rest) == 0xFFFD)
                break;
            n = s.n - i - rest.n;
        }
        i += n;
    }
    return i;
}

/* One byte that cannot stand as it is: escaped, or U+FFFD for a broken one. */
static void put_special(unsigned char c, struct buf *b)
{
    static const char hex[] = "0123456789abcdef";
    char esc[6] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };
    switch (c) {
    case '"':
    case '\\': esc[1] = (char)c; buf_add(b, (struct str){ esc, 2 }); return;
    case '\n': buf_add(b, STR("\\n")); return;
    case '\t': buf_add(b, STR("\\t")); return;
    case '\r': buf_add(b, STR("\\r")); return;
    default: buf_add(b, c < 0x20 ? (struct str){ esc, 6 } : STR("\xEF\xBF\xBD"));
    }
}

/* Plain bytes between quotes: one reservation, one copy. */
static void put_quoted(struct buf *b, struct str plain)
{
    char *p = buf_room(b, plain.n + 2);
    if (!p)
        return;
    p[0] = '"';
    if (plain.n)
        memcpy(p + 1, plain.p, plain.n);
    memcpy(p + 1 + plain.n, "\"", 2);
    buf_took(b, plain.n + 2);
}

void json_put_str(struct buf *b, struct str s)
{
    size_t plain = plain_run(s);
    if (plain == s.n) {
        put_quoted(b, s);
        return;
    }
    buf_add(b, STR("\""));
    while (s.n) {
        size_t n = plain_run(s);
        buf_add(b, (struct str){ s.p, n });
        s = str_sub(s, n, s.n);
        if (s.n) {
            put_special((unsigned char)s.p[0], b);
            s = str_sub(s, 1, s.n);
        }
    }
    buf_add(b, STR("\""));
}

void json_put_key(struct buf *b, const char *sep, const char *key)
{
    size_t ns = strlen(sep), nk = strlen(key);
    char *p = buf_room(b, ns + nk + 3);
    if (!p)
        return;
    memcpy(p, sep, ns);
    p[ns] = '"';
    memcpy(p + ns + 1, key, nk);
    memcpy(p + ns + 1 + nk, "\":", sizeof "\":");
    buf_took(b, ns + nk + 3);
}

static void put_null(struct buf *b)
{
    buf_add(b, STR("null"));
}

/* ---- what has a bound is written where it goes, with its key, after one look for
 * room: a list of a hundred rows is thousands of these ---- */

enum { SHORT_MAX = 48 };                /* of a value that is no text */

static char *copy(char *p, const char *s, size_t n)
{
    return (char *)memcpy(p, s, n) + n;
}

static char *write_null(char *p)
{
    return copy(p, "null", 4);
}

/* "p" with quotes round what was written behind its first byte. */
static char *close_quotes(char *p, char *end)
{
    *p = '"';
    *end = '"';
    return end + 1;
}

static char *write_stamp(char *p, struct stamp t)
{
    return t.ms ? close_quotes(p, p + 1 + stamp_format(t, p + 1)) : write_null(p);
}

static char *write_day(char *p, struct day d)
{
    return d.n ? close_quotes(p, p + 1 + day_format(d, p + 1)) : write_null(p);
}

static char *write_id(char *p, struct id id)
{
    return id.v ? close_quotes(p, str_put_i64(p + 1, id.v)) : write_null(p);
}

static bool is_short(enum field_type type)
{
    return type == F_INT || type == F_FEN || type == F_BOOL || type == F_ID || type == F_STAMP
        || type == F_DAY;
}

static char *write_short(char *p, enum field_type type, const void *at)
{
    switch (type) {
    case F_INT:   return str_put_i64(p, *(const int64_t *)at);
    case F_FEN:   return str_put_i64(p, ((const struct fen *)at)->v);
    case F_BOOL:  return *(const bool *)at ? copy(p, "true", 4) : copy(p, "false", 5);
    case F_ID:    return write_id(p, *(const struct id *)at);
    case F_STAMP: return write_stamp(p, *(const struct stamp *)at);
    case F_DAY:   return write_day(p, *(const struct day *)at);
    default:      return write_null(p);
    }
}

/* Room for the key and more bytes, the key written; where to go on, or NULL. */
static char *open_member(struct buf *b, char sep, const struct field *f, size_t more)
{
    char *p = buf_room(b, f->name_n + 4 + more);
    if (!p)
        return NULL;
    *p++ = sep;
    *p++ = '"';
    return copy(copy(p, f->name, f->name_n), "\":", 2);
}

static void close_member(struct buf *b, const char *end)
{
    b->n = (size_t)(end - b->p);
    b->p[b->n] = 0;
}

static void put_short(struct buf *b, char sep, const struct field *f, const void *at)
{
    char *p = open_member(b, sep, f, SHORT_MAX);
    if (p)
        close_member(b, write_short(p, f->type, at));
}

static void put_secret(const struct field *f, struct str s, struct buf *b)
{
    AUTO(buf_done) struct buf shown;
    buf_init(&shown, 4 * FIELD_TEXT_MAX);
    field_mask(f->format, s, &shown);
    json_put_str(b, buf_ok(&shown) ? buf_str(&shown) : STR("***"));
}

static void put_strs(const struct field *f, const struct strs *v, bool masked, struct buf *b)
{
    buf_add(b, STR("["));
    for (size_t i = 0; i < v->n; i++) {
        if (i)
            buf_add(b, STR(","));
        if (masked)
            put_secret(f, v->v[i], b);
        else
            json_put_str(b, v->v[i]);
    }
    buf_add(b, STR("]"));
}

static void put_list(const struct field *f, const struct list *v, struct sight sight,
                     struct buf *b)
{
    buf_add(b, STR("["));
    for (size_t i = 0; i < v->n; i++) {
        if (i)
            buf_add(b, STR(","));
        record_to_json(f->sub, (const char *)v->v + i * f->sub->size, sight, b);
    }
    buf_add(b, STR("]"));
}

/* A value no row of the names tells (kept by a newer version) is null. */
static void put_enum(const struct names *names, unsigned v, struct buf *b)
{
    if (v < names->n)
        put_quoted(b, str_of(names->v[v].slug));
    else
        put_null(b);
}

static void put_plain(const struct field *f, const void *at, struct sight sight, struct buf *b)
{
    const struct raw *raw = at;
    switch (f->type) {
    case F_STR:   json_put_str(b, *(const struct str *)at); break;
    case F_ENUM:  put_enum(f->names, *(const unsigned *)at, b); break;
    case F_LIST:  put_list(f, at, sight, b); break;
    case F_STRS:  put_strs(f, at, false, b); break;
    case F_RAW:   buf_add(b, raw->json.n ? raw->json : STR("null")); break;
    default:      put_null(b); break;
    }
}

/* A secret of a type that has no mask is not shown at all. */
static void put_masked(const struct field *f, const void *at, struct buf *b)
{
    if (f->type == F_STR)
        put_secret(f, *(const struct str *)at, b);
    else if (f->type == F_STRS)
        put_strs(f, at, true, b);
    else
        put_null(b);
}

static bool is_seen(const struct field *f, struct sight sight)
{
    if (f->flags & WRITEONLY || (f->flags & CONTENT && !sight.content))
        return false;
    return !sight.party || f->flags & PARTY;
}

static void put_member(const struct field *f, char sep, const void *at, struct sight sight,
                       struct buf *b)
{
    bool masked = f->flags & SECRET && !sight.secrets;
    if (!masked && is_short(f->type)) {
        put_short(b, sep, f, at);
        return;
    }
    char *p = open_member(b, sep, f, 0);
    if (!p)
        return;
    close_member(b, p);
    if (masked)
        put_masked(f, at, b);
    else
        put_plain(f, at, sight, b);
}

void record_to_json(const struct record *r, const void *in, struct sight sight, struct buf *b)
{
    char sep = '{';
    for (size_t i = 0; i < r->n; i++) {
        const struct field *f = &r->f[i];
        if (!is_seen(f, sight))
            continue;
        put_member(f, sep, field_in(f, in), sight, b);
        sep = ',';
    }
    buf_add(b, sep == '{' ? STR("{}") : STR("}"));
}
