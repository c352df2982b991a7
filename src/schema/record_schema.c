#include "schema/record_impl.h"
#include "base/vec.h"
#include <inttypes.h>

void record_schema_name(const struct record *r, bool input, struct buf *b)
{
    buf_addf(b, "%s%s", r->name, input ? "_input" : "");
}

void record_schema_ref(const struct record *r, bool input, struct buf *b)
{
    buf_add(b, STR("{\"$ref\":\"#/components/schemas/"));
    record_schema_name(r, input, b);
    buf_add(b, STR("\"}"));
}

static void put_text(struct buf *b, const char *key, const char *value)
{
    if (!value || !value[0])
        return;
    json_put_key(b, ",", key);
    json_put_str(b, str_of(value));
}

static void put_number(struct buf *b, const char *key, int64_t value)
{
    json_put_key(b, ",", key);
    buf_add_i64(b, value);
}

/* Out: zero ids, stamps and days are null (a record's own key never is). In: null
 * means not sent. */
static bool may_be_null(const struct field *f, bool input)
{
    if (f->flags & REQUIRED)
        return false;
    bool zero_is_null = f->type == F_STAMP || f->type == F_DAY || f->type == F_ID;
    return input || (zero_is_null && strcmp(f->name, "id"));
}

static void put_type(const struct field *f, bool input, struct buf *b)
{
    static const char *const types[F__COUNT] = {
        [F_INT] = "integer", [F_BOOL] = "boolean", [F_STR] = "string", [F_ENUM] = "string",
        [F_STAMP] = "string", [F_DAY] = "string", [F_ID] = "string", [F_FEN] = "integer",
        [F_LIST] = "array", [F_STRS] = "array",
    };
    static const char *const formats[F__COUNT] = {
        [F_INT] = "int64", [F_FEN] = "int64", [F_STAMP] = "date-time", [F_DAY] = "date",
    };
    if (!types[f->type])
        return;
    if (may_be_null(f, input))
        buf_addf(b, ",\"type\":[\"%s\",\"null\"]", types[f->type]);
    else
        buf_addf(b, ",\"type\":\"%s\"", types[f->type]);
    put_text(b, "format", formats[f->type]);
}

static void put_enum(const struct field *f, bool input, struct buf *b)
{
    for (size_t i = 0; i < f->names->n; i++) {
        buf_add(b, i ? STR(",") : STR(",\"enum\":["));
        json_put_str(b, str_of(f->names->v[i].slug));
    }
    buf_add(b, may_be_null(f, input) ? STR(",null]") : STR("]"));
    for (size_t i = 0; i < f->names->n; i++) {
        const struct name *n = &f->names->v[i];
        buf_add(b, i ? STR(",{") : STR(",\"x-enum\":[{"));
        json_put_key(b, "", "value");
        json_put_str(b, str_of(n->slug));
        put_text(b, "zh", n->zh);
        put_text(b, "en", n->en);
        buf_add(b, STR("}"));
    }
    buf_add(b, STR("]"));
    put_text(b, "x-names", f->names->name);
}

static void put_limits(const struct field *f, struct buf *b)
{
    bool required = f->flags & REQUIRED, many = f->type == F_LIST || f->type == F_STRS;
    if (f->type == F_INT || f->type == F_FEN) {
        bool limits = f->max > f->min;
        put_number(b, "minimum", limits ? f->min : -EXACT_MAX);
        put_number(b, "maximum", limits ? f->max : EXACT_MAX);
    } else if (f->type == F_STR || many) {
        if (required)
            put_number(b, many ? "minItems" : "minLength", MAX(f->min, (int64_t)1));
        int64_t max = many ? FIELD_LIST_MAX : FIELD_TEXT_MAX;
        put_number(b, many ? "maxItems" : "maxLength", f->max ? f->max : max);
    } else if (f->type == F_ID) {
        put_text(b, "pattern", required ? "^[1-9][0-9]{0,18}$" : "^([1-9][0-9]{0,18})?$");
    }
}

static void put_items(const struct field *f, bool input, struct buf *b)
{
    json_put_key(b, ",", "items");
    if (f->type == F_LIST)
        record_schema_ref(f->sub, input, b);
    else if (input)
        buf_addf(b, "{\"type\":\"string\",\"minLength\":%d,\"maxLength\":%d}", !(f->flags & GAPS),
                 FIELD_TEXT_MAX);
    else
        buf_add(b, STR("{\"type\":\"string\"}"));
}

static void put_flags(const struct field *f, struct buf *b)
{
    static const struct { unsigned flag; const char *slug; } flags[] = {
        { REQUIRED, "required" }, { READONLY, "readonly" }, { WRITEONLY, "writeonly" },
        { CONTENT, "content" }, { SECRET, "secret" }, { LINES, "lines" }, { PARTY, "party" },
        { HIDDEN, "hidden" }, { GAPS, "gaps" }, { EMPTIES, "empties" },
    };
    const char *sep = ",\"x-flags\":[";
    for (size_t i = 0; i < COUNT(flags); i++)
        if (f->flags & flags[i].flag) {
            buf_addf(b, "%s\"%s\"", sep, flags[i].slug);
            sep = ",";
        }
    if (f->flags)
        buf_add(b, STR("]"));
}

void field_schema(const struct field *f, bool input, struct buf *b)
{
    json_put_key(b, "{", "description");
    json_put_str(b, str_of(f->doc));
    put_type(f, input, b);
    if (f->type == F_ENUM)
        put_enum(f, input, b);
    if (f->type == F_LIST || f->type == F_STRS)
        put_items(f, input, b);
    if (input)
        put_limits(f, b);
    put_text(b, "x-type", field_type_slug(f->type));
    put_text(b, "x-zh", f->zh);
    put_text(b, "x-en", f->en);
    put_text(b, "x-format", field_format_slug(f->format));
    put_text(b, "x-codelist", f->codelist);
    put_text(b, "x-preset", f->preset);
    put_flags(f, b);
    buf_add(b, STR("}"));
}

/* Out, a member is always there unless some reader's sight leaves it out. */
static bool is_required(const struct record *r, const struct field *f, bool input)
{
    if (input)
        return f->flags & REQUIRED && !f->preset;
    bool for_parties = false;
    for (size_t i = 0; i < r->n; i++)
        for_parties |= (r->f[i].flags & PARTY) != 0;
    return !(f->flags & CONTENT) && (!for_parties || f->flags & PARTY);
}

static bool is_part(const struct field *f, bool input)
{
    return !(f->flags & (input ? READONLY : WRITEONLY)) && !(input && f->type == F_RAW);
}

void record_schema(const struct record *r, bool input, struct buf *b)
{
    const char *sep = "";
    buf_add(b, STR("{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{"));
    for (size_t i = 0; i < r->n; i++)
        if (is_part(&r->f[i], input)) {
            json_put_key(b, sep, r->f[i].name);
            field_schema(&r->f[i], input, b);
            sep = ",";
        }
    sep = "},\"required\":[";
    for (size_t i = 0; i < r->n; i++)
        if (is_part(&r->f[i], input) && is_required(r, &r->f[i], input)) {
            buf_addf(b, "%s\"%s\"", sep, r->f[i].name);
            sep = ",";
        }
    buf_add(b, sep[0] == ',' ? STR("]}") : STR("}}"));
}

struct uses { VEC(struct record_use) v; };

/* Puts the use on the list unless it stands there. */
static bool add_use(struct uses *u, struct record_use use, struct arena *a, struct err *e)
{
    for (size_t i = 0; i < u->v.n; i++) {
        const struct record_use *old = &u->v.v[i];
        if (old->r == use.r && old->input == use.input)
            return true;
        if (old->r != use.r && !strcmp(old->r->name, use.r->name))
            return err_internal(e, "two records are named %s", use.r->name);
    }
    vec_push(a, &u->v, use);
    return true;
}

static bool add_subs(struct uses *u, struct record_use use, struct arena *a, struct err *e)
{
    for (size_t i = 0; i < use.r->n; i++) {
        const struct field *f = &use.r->f[i];
        if (f->sub && is_part(f, use.input)
            && !add_use(u, (struct record_use){ f->sub, use.input }, a, e))
            return false;
    }
    return true;
}

bool record_schemas(const struct record_use *roots, size_t n, struct arena *a, struct buf *b,
                    struct err *e)
{
    struct uses u = { 0 };
    for (size_t i = 0; i < n; i++)
        if (!add_use(&u, roots[i], a, e))
            return false;
    for (size_t i = 0; i < u.v.n; i++)            /* grows while it is walked */
        if (!add_subs(&u, u.v.v[i], a, e))
            return false;
    for (size_t i = 0; i < u.v.n; i++) {
        buf_add(b, i ? STR(",\"") : STR("\""));
        record_schema_name(u.v.v[i].r, u.v.v[i].input, b);
        buf_add(b, STR("\":"));
        record_schema(u.v.v[i].r, u.v.v[i].input, b);
    }
    return true;
}
