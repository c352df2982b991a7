#include "schema/record_impl.h"

const struct field *record_field(const struct record *r, struct str name)
{
    for (size_t i = 0; i < r->n; i++)
        if (str_is(name, r->f[i].name))
            return &r->f[i];
    return NULL;
}

const char *field_format_slug(enum field_format f)
{
    static const char *const slugs[] = {
#define X(id, slug) slug,
        FIELD_FORMATS(X)
#undef X
    };
    return (unsigned)f < COUNT(slugs) ? slugs[f] : "";
}

const char *field_type_slug(enum field_type t)
{
    static const char *const slugs[] = {
        [F_INT] = "int", [F_BOOL] = "bool", [F_STR] = "text", [F_ENUM] = "choice",
        [F_STAMP] = "stamp", [F_DAY] = "day", [F_ID] = "id", [F_FEN] = "fen",
        [F_LIST] = "list", [F_STRS] = "texts", [F_RAW] = "raw",
    };
    return (unsigned)t < COUNT(slugs) ? slugs[t] : "";
}

bool record_preset(const struct record *r, struct arena *a, void *out, struct err *e)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct field *f = &r->f[i];
        if (f->preset && !field_from_text(f, str_of(f->preset), a, out, e))
            return false;
    }
    return true;
}

static bool list_complete(const struct field *f, const struct list *l, struct err *e)
{
    for (size_t i = 0; i < l->n; i++)
        if (!record_complete(f->sub, (const char *)l->v + i * f->sub->size, e)) {
            err_at(e, f->name, i);
            return false;
        }
    return true;
}

bool record_complete(const struct record *r, const void *in, struct err *e)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct field *f = &r->f[i];
        const void *at = field_in(f, in);
        if (f->flags & REQUIRED && field_is_blank(f, at))
            return err_field(e, ERR_REQUIRED, f->name);
        if (f->type == F_LIST && !list_complete(f, at, e))
            return false;
    }
    return true;
}

static bool is_name(const char *s)
{
    if (!s || s[0] < 'a' || s[0] > 'z' || strlen(s) > 40)
        return false;
    return s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_")] == 0;
}

static bool is_slug(const char *s)
{
    return s && s[0] && s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-.")] == 0;
}

static bool has_text(const char *s)
{
    return s && s[0];
}

/* What is wrong with an enumeration, or NULL. */
static const char *names_fault(const struct names *names)
{
    if (!names || names->n == 0 || !has_text(names->name))
        return "no names";
    for (size_t i = 0; i < names->n; i++) {
        unsigned first;
        if (!is_slug(names->v[i].slug) || !has_text(names->v[i].zh) || !has_text(names->v[i].en))
            return "a choice without slug or label";
        if (!names_find(names, str_of(names->v[i].slug), &first) || first != i)
            return "a slug twice";
    }
    return NULL;
}

static const char *label_fault(const struct field *f)
{
    if (!is_name(f->name))
        return "a name must be lower-case words";
    if (f->name_n != strlen(f->name))
        return "name_n is not the name's length";
    if (!has_text(f->doc))
        return "no doc";
    return f->flags & HIDDEN || (has_text(f->zh) && has_text(f->en)) ? NULL : "no label";
}

static const char *flag_fault(const struct field *f)
{
    unsigned both = READONLY | WRITEONLY;
    bool text = f->type == F_STR || f->type == F_STRS;
    /* Both is what a record keeps for the program alone: then nobody sees its name either. */
    if (((f->flags & both) == both && !(f->flags & HIDDEN))
        || (f->flags & REQUIRED && f->flags & (READONLY | EMPTIES)))
        return "flags that exclude each other";
    if (f->flags & NULLS && (f->type != F_STRS || (f->flags & both) != both))
        return "NULLS on what is not a list of texts for the program alone";
    if (f->flags & (SECRET | LINES) && !text)
        return "SECRET or LINES on what is no text";
    if ((f->format || f->check) && !text && f->type != F_ID)
        return "a format or check on what is no text";
    /* One code, or several by blanks. */
    return (f->format == FORMAT_CODE || f->format == FORMAT_CODES) == has_text(f->codelist) ? NULL
        : "FORMAT_CODE and codelist go together";
}

static const char *type_fault(const struct field *f)
{
    bool number = f->type == F_INT || f->type == F_FEN;
    if (f->type == F_ENUM && names_fault(f->names))
        return names_fault(f->names);
    if ((f->type == F_LIST) != (f->sub != NULL) || (f->type != F_ENUM && f->names))
        return "sub belongs to lists, names to choices";
    if (f->max < f->min && f->max != 0)
        return "max below min";
    if (!number && (f->min < 0 || f->max < 0))
        return "a negative length";
    bool spelled = f->type != F_LIST && f->type != F_RAW;
    return f->preset && !spelled ? "a preset no text can tell" : NULL;
}

static const char *place_fault(const struct record *r, const struct field *f)
{
    if (f->offset >= r->size)
        return "outside the struct";
    for (const struct field *g = r->f; g < f; g++)
        if (!strcmp(g->name, f->name) || g->offset == f->offset)
            return "listed twice";
    for (size_t i = 0; i < r->n; i++)
        if (r->f[i].flags & NULLS)
            return NULL;
    return f->flags & EMPTIES ? "EMPTIES in a record without NULLS" : NULL;
}

static bool check_field(const struct record *r, const struct field *f, struct err *e)
{
    const char *fault = label_fault(f);
    if (!fault)
        fault = type_fault(f);
    if (!fault)
        fault = flag_fault(f);
    if (!fault)
        fault = place_fault(r, f);
    return !fault || err_internal(e, "record %s, field %s: %s", r->name, f->name, fault);
}

static bool check_presets(const struct record *r, struct err *e)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct err why = { 0 };
    if (record_preset(r, &a, arena_alloc(&a, r->size), &why))
        return true;
    return err_internal(e, "record %s, field %s: preset refused (%s)", r->name, why.field,
                        err_slug(why.id));
}

/* Records may hold themselves: no deeper than JSON may be. */
static bool check_depth(const struct record *r, unsigned depth, struct err *e)
{
    if (!is_name(r->name) || r->n == 0 || r->size == 0)
        return err_internal(e, "record %s: no name or no fields", r->name ? r->name : "?");
    for (size_t i = 0; i < r->n; i++) {
        const struct field *f = &r->f[i];
        if (!check_field(r, f, e))
            return false;
        if (f->sub && f->sub != r && depth < JSON_DEPTH_MAX && !check_depth(f->sub, depth + 1, e))
            return false;
    }
    return check_presets(r, e);
}

bool record_check(const struct record *r, struct err *e)
{
    return check_depth(r, 1, e);
}
