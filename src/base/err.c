#include "base/err.h"
#include <stdarg.h>

static const struct { int status; const char *slug, *text[LANG__COUNT]; } rows[] = {
#define X(id, status, slug, zh, en) { status, slug, { zh, en } },
    ERR_LIST(X)
#undef X
};

static bool claim(struct err *e, enum err_id id)
{
    if (e->id != ERR_OK)
        return false;
    e->id = id;
    return true;
}

bool err_set(struct err *e, enum err_id id)
{
    claim(e, id);
    return false;
}

bool err_setf(struct err *e, enum err_id id, const char *arg, ...)
{
    if (!claim(e, id))
        return false;
    va_list ap;
    va_start(ap, arg);
    vsnprintf(e->arg, sizeof e->arg, arg, ap);
    va_end(ap);
    return false;
}

static void put_field(struct err *e, const char *field)
{
    snprintf(e->field, sizeof e->field, "%s", field);
}

bool err_field(struct err *e, enum err_id id, const char *field)
{
    if (claim(e, id))
        put_field(e, field);
    return false;
}

bool err_fieldf(struct err *e, enum err_id id, const char *field, const char *arg, ...)
{
    if (!claim(e, id))
        return false;
    put_field(e, field);
    va_list ap;
    va_start(ap, arg);
    vsnprintf(e->arg, sizeof e->arg, arg, ap);
    va_end(ap);
    return false;
}

static void put_detail(struct err *e, const char *fmt, va_list ap) PRINTF(2, 0);
static void put_detail(struct err *e, const char *fmt, va_list ap)
{
    vsnprintf(e->detail, sizeof e->detail, fmt, ap);
}

bool err_internal(struct err *e, const char *detail, ...)
{
    if (!claim(e, ERR_INTERNAL))
        return false;
    va_list ap;
    va_start(ap, detail);
    put_detail(e, detail, ap);
    va_end(ap);
    return false;
}

bool err_detail(struct err *e, enum err_id id, const char *detail, ...)
{
    if (!claim(e, id))
        return false;
    va_list ap;
    va_start(ap, detail);
    put_detail(e, detail, ap);
    va_end(ap);
    return false;
}

void err_at(struct err *e, const char *prefix, size_t index)
{
    char inner[sizeof e->field];
    memcpy(inner, e->field, sizeof inner);
    snprintf(e->field, sizeof e->field, "%.24s[%zu]%s%.30s", prefix, index, inner[0] ? "." : "",
             inner);
}

void err_clear(struct err *e)
{
    *e = (struct err){ 0 };
}

int err_status(enum err_id id) { return rows[id].status; }
const char *err_slug(enum err_id id) { return rows[id].slug; }

/* An argument in one spelling serves every language. */
static struct str arg_in(const struct err *e, enum lang lang)
{
    struct str zh, en;
    bool both = str_cut(str_of(e->arg), ERR_OR[0], &zh, &en);
    return both && lang == LANG_EN ? en : zh;
}

void err_text(const struct err *e, enum lang lang, struct buf *b)
{
    struct str text = str_of(rows[e->id].text[lang]), head, rest;
    size_t hole = str_find(text, STR("{}"));
    head = str_sub(text, 0, hole);
    rest = str_sub(text, hole + 2, text.n);
    buf_add(b, head);
    if (hole < text.n)
        buf_add(b, arg_in(e, lang));
    buf_add(b, rest);
}
