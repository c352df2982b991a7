#include "schema/record_impl.h"
#include "base/utf8.h"

static bool json_text(const struct field *f, json_t *v, struct str *s, struct err *e)
{
    if (!json_is_string(v))
        return field_wrong(f, false, e);
    *s = (struct str){ json_string_value(v), json_string_length(v) };
    return true;
}

static bool number_from_json(const struct field *f, json_t *v, int64_t *out, struct err *e)
{
    if (!json_is_integer(v))
        return field_wrong(f, false, e);
    return field_take_number(f, json_integer_value(v), out, e);
}

static bool stamp_from_json(struct str s, struct stamp *out, struct err *e)
{
    struct stamp t = { 0 };
    if (!str_empty(s) && (!stamp_parse(s, &t) || !field_take_stamp(t, &t, e)))
        return err_set(e, ERR_BAD_TIME);
    *out = t;
    return true;
}

static bool day_from_json(struct str s, struct day *out, struct err *e)
{
    struct day d = DAY_NONE;
    if (!str_empty(s) && (!day_parse(s, &d) || !field_take_day(d, &d, e)))
        return err_set(e, ERR_BAD_DATE);
    *out = d;
    return true;
}

static bool id_from_json(struct str s, struct id *out, struct err *e)
{
    struct id id = ID_NONE;
    if (!str_empty(s) && !field_take_id(s, &id, e))
        return false;
    *out = id;
    return true;
}

/* The types that JSON spells as a text. */
static bool text_from_json(const struct field *f, json_t *v, struct arena *a, void *at,
                           struct err *e)
{
    struct str s;
    if (!json_text(f, v, &s, e))
        return false;
    switch (f->type) {
    case F_STAMP: return stamp_from_json(s, at, e);
    case F_DAY:   return day_from_json(s, at, e);
    case F_ID:    return id_from_json(s, at, e);
    case F_ENUM:  return names_find(f->names, s, at) || field_no_choice(f->names, false, e);
    default:      return field_take_str(f, s, a, at, e);
    }
}

static bool list_from_json(const struct field *f, json_t *v, struct arena *a, struct list *out,
                           struct err *e)
{
    size_t n = json_array_size(v);
    if (!json_is_array(v))
        return field_wrong(f, false, e);
    if (!field_take_count(f, n, e))
        return false;
    char *entries = arena_alloc_array(a, f->sub->size, n);
    for (size_t i = 0; i < n; i++) {
        void *at = entries + i * f->sub->size;
        if (!record_preset(f->sub, a, at, e)
            || !record_from_json(f->sub, json_array_get(v, i), a, at, e)) {
            err_at(e, f->name, i);
            return false;
        }
    }
    *out = (struct list){ entries, n };
    return true;
}

static bool entry_from_json(const struct field *f, json_t *v, struct arena *a, struct str *out,
                            struct err *e)
{
    struct str s;
    if (!json_is_string(v))
        return err_setf(e, ERR_WRONG_TYPE, "文本" ERR_OR "a text");
    return json_text(f, v, &s, e) && field_take_str(f, s, a, out, e)
        && (out->n || f->flags & GAPS || err_set(e, ERR_REQUIRED));
}

static bool strs_from_json(const struct field *f, json_t *v, struct arena *a, struct strs *out,
                           struct err *e)
{
    size_t n = json_array_size(v);
    if (!json_is_array(v))
        return field_wrong(f, false, e);
    if (!field_take_count(f, n, e))
        return false;
    struct str *entries = arena_array(a, struct str, n);
    for (size_t i = 0; i < n; i++)
        if (!entry_from_json(f, json_array_get(v, i), a, &entries[i], e)) {
            err_at(e, f->name, i);
            return false;
        }
    *out = (struct strs){ entries, n };
    return true;
}

static bool field_from_json(const struct field *f, json_t *v, struct arena *a, void *at,
                            struct err *e)
{
    switch (f->type) {
    case F_INT:
    case F_FEN:  return number_from_json(f, v, at, e);
    case F_BOOL:
        if (!json_is_boolean(v))
            return field_wrong(f, false, e);
        *(bool *)at = json_is_true(v);
        return true;
    case F_LIST: return list_from_json(f, v, a, at, e);
    case F_STRS: return strs_from_json(f, v, a, at, e);
    case F_RAW:
    case F__COUNT: return err_set(e, ERR_READONLY);
    default:     return text_from_json(f, v, a, at, e);
    }
}

static bool member_from_json(const struct field *f, json_t *v, struct arena *a, void *at,
                             struct err *e)
{
    bool required = f->flags & REQUIRED;
    if (!v || json_is_null(v))
        return !required || !field_is_zero(f, at) || err_set(e, ERR_REQUIRED);
    if (f->flags & READONLY)
        return err_set(e, ERR_READONLY);
    if (!field_from_json(f, v, a, at, e))
        return false;
    return !required || !field_is_blank(f, at) || err_set(e, ERR_REQUIRED);
}

/* Names the member the record does not have. The name is the sender's: only what
 * a member's name could be is repeated, and not much of it. */
static bool unknown_member(const struct record *r, json_t *j, struct err *e)
{
    char name[31] = "";
    const char *key;
    json_t *v;
    json_object_foreach (j, key, v) {
        if (record_field(r, str_of(key)))
            continue;
        size_t n = 0;
        for (; key[n] && n < sizeof name - 1; n++)
            name[n] = key[n] > ' ' && key[n] < 0x7F ? key[n] : '?';
        name[n] = 0;
        break;
    }
    return err_field(e, ERR_UNKNOWN_FIELD, name);
}

/* For a record that tells what is to be emptied from what stays. */
static void note_nulls(const struct record *r, json_t *j, struct arena *a, void *out)
{
    for (size_t i = 0; i < r->n; i++) {
        if (!(r->f[i].flags & NULLS))
            continue;
        struct strs *nulls = field_at(&r->f[i], out);
        *nulls = (struct strs){ arena_array(a, struct str, r->n), 0 };
        for (size_t k = 0; k < r->n; k++)
            if (r->f[k].flags & EMPTIES && json_is_null(json_object_get(j, r->f[k].name)))
                nulls->v[nulls->n++] = (struct str){ r->f[k].name, r->f[k].name_n };
    }
}

bool record_from_json(const struct record *r, json_t *j, struct arena *a, void *out,
                      struct err *e)
{
    if (!json_is_object(j))
        return err_setf(e, ERR_WRONG_TYPE, "对象" ERR_OR "an object");
    size_t seen = 0;
    for (size_t i = 0; i < r->n; i++) {
        const struct field *f = &r->f[i];
        json_t *v = json_object_get(j, f->name);
        seen += v != NULL;
        if (!member_from_json(f, v, a, field_at(f, out), e))
            return field_blame(f, e);
    }
    note_nulls(r, j, a, out);
    return seen == json_object_size(j) || unknown_member(r, j, e);
}

/* The deepest nesting of brackets outside strings. The library's own limit (2048)
 * is compiled in, and each level costs it a stack frame. */
static size_t json_depth(struct str s)
{
    size_t depth = 0, deepest = 0;
    bool quoted = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '['))
            depth++;
        else if (!quoted && (c == '}' || c == ']'))
            depth -= depth > 0;
        deepest = MAX(deepest, depth);
    }
    return deepest;
}

/* Where and why, without a byte of the sender's own text. */
static bool bad_json(const json_error_t *je, struct err *e)
{
    const char *why = "syntax";
    switch (json_error_code(je)) {
    case json_error_duplicate_key:       why = "duplicate key"; break;
    case json_error_numeric_overflow:    why = "number too large"; break;
    case json_error_null_character:
    case json_error_null_byte_in_key:    why = "U+0000"; break;
    case json_error_premature_end_of_input: why = "ends too early"; break;
    case json_error_end_of_input_expected:  why = "goes on after its end"; break;
    default: break;
    }
    return err_setf(e, ERR_BAD_JSON, "%d:%d %s", je->line, je->column, why);
}

bool record_from_bytes(const struct record *r, struct str body, struct arena *a, void *out,
                       struct err *e)
{
    if (!utf8_valid(body))
        return err_set(e, ERR_BAD_TEXT);
    if (json_depth(body) > JSON_DEPTH_MAX)
        return err_set(e, ERR_TOO_DEEP);
    json_error_t je;
    json_t *j = json_loadb(body.p ? body.p : "", body.n, JSON_REJECT_DUPLICATES, &je);
    if (!j)
        return bad_json(&je, e);
    bool ok = record_from_json(r, j, a, out, e);
    json_decref(j);
    return ok;
}
