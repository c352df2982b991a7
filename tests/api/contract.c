/* The part of JSON Schema that the program's own tables speak. */
#include "contract.h"
#include <regex.h>

struct judge { const struct contract *c; struct arena *a; struct str why, path; };

static bool wrong(struct judge *j, const char *what, json_t *value)
{
    char *p = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
    if (!j->why.n)
        j->why = arena_printf(j->a, "%.*s: %s%s%.200s", STR_ARG(j->path), what, p ? ": " : "",
                              p ? p : "");
    free(p);
    return false;
}

/* "#/components/schemas/matter" */
static json_t *follow(const struct contract *c, const char *ref)
{
    struct str rest = str_of(ref), part;
    json_t *at = c->root;
    str_cut(rest, '/', &part, &rest);
    while (at && rest.n) {
        str_cut(rest, '/', &part, &rest);
        at = json_object_getn(at, part.p, part.n);
    }
    return at;
}

/* ---- keywords ---- */

static bool is_type(json_t *v, const char *name)
{
    return (!strcmp(name, "string") && json_is_string(v))
        || (!strcmp(name, "integer") && json_is_integer(v))
        || (!strcmp(name, "number") && json_is_number(v))
        || (!strcmp(name, "boolean") && json_is_boolean(v))
        || (!strcmp(name, "array") && json_is_array(v))
        || (!strcmp(name, "object") && json_is_object(v))
        || (!strcmp(name, "null") && json_is_null(v));
}

static bool key_type(struct judge *j, json_t *want, json_t *v, json_t *schema UNUSED)
{
    if (json_is_string(want))
        return is_type(v, json_string_value(want)) || wrong(j, "has another type", v);
    for (size_t i = 0; i < json_array_size(want); i++)
        if (is_type(v, json_string_value(json_array_get(want, i))))
            return true;
    return wrong(j, "has another type", v);
}

static bool key_enum(struct judge *j, json_t *want, json_t *v, json_t *schema UNUSED)
{
    for (size_t i = 0; i < json_array_size(want); i++)
        if (json_equal(json_array_get(want, i), v))
            return true;
    return wrong(j, "is none of the choices", v);
}

static int64_t characters(json_t *v)
{
    int64_t n = 0;
    const char *p = json_string_value(v);
    for (size_t i = 0; i < json_string_length(v); i++)
        n += (p[i] & 0xc0) != 0x80;
    return n;
}

static bool key_limit(struct judge *j, const char *key, json_t *want, json_t *v)
{
    int64_t limit = json_integer_value(want), n;
    if (json_is_string(v) && strstr(key, "Length"))
        n = characters(v);
    else if (json_is_array(v) && strstr(key, "Items"))
        n = (int64_t)json_array_size(v);
    else if (json_is_integer(v) && strstr(key, "imum"))
        n = json_integer_value(v);
    else
        return true;
    return (key[1] == 'i' ? n >= limit : n <= limit) || wrong(j, key, v);
}

static bool has_form(const char *pattern, const char *text)
{
    regex_t re;
    if (regcomp(&re, pattern, REG_EXTENDED | REG_NOSUB))
        return false;
    bool ok = !regexec(&re, text, 0, NULL, 0);
    regfree(&re);
    return ok;
}

static bool key_pattern(struct judge *j, json_t *want, json_t *v, json_t *schema UNUSED)
{
    return !json_is_string(v) || has_form(json_string_value(want), json_string_value(v))
        || wrong(j, "has another form", v);
}

#define DAY_FORM "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
static bool key_format(struct judge *j, json_t *want, json_t *v, json_t *schema UNUSED)
{
    const char *name = json_string_value(want), *form = NULL;
    if (!strcmp(name, "date-time"))
        form = "^" DAY_FORM "T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$";
    else if (!strcmp(name, "date"))
        form = "^" DAY_FORM "$";
    else if (strcmp(name, "int64") && strcmp(name, "binary"))
        return wrong(j, "a format this test does not know", want);
    return !form || !json_is_string(v) || has_form(form, json_string_value(v))
        || wrong(j, name, v);
}

static bool judge_value(struct judge *j, json_t *schema, json_t *v);

static bool key_properties(struct judge *j, json_t *want, json_t *v, json_t *schema UNUSED)
{
    struct str above = j->path;
    const char *name;
    json_t *one;
    json_object_foreach(v, name, one) {
        json_t *sub = json_object_get(want, name);
        j->path = arena_printf(j->a, "%.*s.%s", STR_ARG(above), name);
        if (sub && !judge_value(j, sub, one))
            return false;
    }
    j->path = above;
    return true;
}

static bool key_additional(struct judge *j, json_t *want, json_t *v, json_t *schema)
{
    json_t *known = json_object_get(schema, "properties"), *one;
    const char *name;
    json_object_foreach(v, name, one) {
        if (json_object_get(known, name))
            continue;
        if (json_is_false(want))
            return wrong(j, arena_printf(j->a, "has a member %s that it must not have", name).p,
                         NULL);
        if (json_is_object(want) && !judge_value(j, want, one))
            return false;
    }
    return true;
}

static bool key_required(struct judge *j, json_t *want, json_t *v, json_t *schema UNUSED)
{
    for (size_t i = 0; json_is_object(v) && i < json_array_size(want); i++) {
        const char *name = json_string_value(json_array_get(want, i));
        if (!json_object_get(v, name))
            return wrong(j, arena_printf(j->a, "lacks its member %s", name).p, NULL);
    }
    return true;
}

static bool key_items(struct judge *j, json_t *want, json_t *v, json_t *schema UNUSED)
{
    struct str above = j->path;
    for (size_t i = 0; i < json_array_size(v); i++) {
        j->path = arena_printf(j->a, "%.*s[%zu]", STR_ARG(above), i);
        if (!judge_value(j, want, json_array_get(v, i)))
            return false;
    }
    j->path = above;
    return true;
}

static const struct {
    const char *name;
    bool (*judge)(struct judge *j, json_t *want, json_t *v, json_t *schema);
} keys[] = {
    { "type", key_type }, { "enum", key_enum }, { "pattern", key_pattern },
    { "format", key_format }, { "properties", key_properties }, { "required", key_required },
    { "additionalProperties", key_additional }, { "items", key_items },
};

static bool is_limit(const char *key)
{
    static const char *const names[] = { "minLength", "maxLength", "minItems", "maxItems",
                                         "minimum", "maximum" };
    for (size_t i = 0; i < COUNT(names); i++)
        if (!strcmp(key, names[i]))
            return true;
    return false;
}

static bool judge_key(struct judge *j, json_t *schema, const char *key, json_t *want, json_t *v)
{
    for (size_t i = 0; i < COUNT(keys); i++)
        if (!strcmp(key, keys[i].name))
            return keys[i].judge(j, want, v, schema);
    if (is_limit(key))
        return key_limit(j, key, want, v);
    return !strncmp(key, "x-", 2) || !strcmp(key, "description") || !strcmp(key, "default")
        || wrong(j, arena_printf(j->a, "keyword %s is not known to this test", key).p, NULL);
}

static bool judge_value(struct judge *j, json_t *schema, json_t *v)
{
    json_t *ref = json_object_get(schema, "$ref"), *want;
    const char *key;
    if (ref) {
        json_t *there = follow(j->c, json_string_value(ref));
        return there ? judge_value(j, there, v) : wrong(j, "leads nowhere", ref);
    }
    json_object_foreach(schema, key, want) {
        if (!judge_key(j, schema, key, want, v))
            return false;
    }
    return true;
}

bool contract_valid(const struct contract *c, struct arena *a, json_t *schema, json_t *value,
                    struct str *why)
{
    struct judge j = { .c = c, .a = a, .path = STR("body") };
    bool ok = judge_value(&j, schema, value);
    *why = j.why;
    return ok;
}

/* ---- operations ---- */

/* Whether path is of the form template; *literals counts its plain segments. */
static bool path_fits(struct str template, struct str path, int *literals)
{
    struct str t, p;
    *literals = 0;
    do {
        bool more_t = str_cut(template, '/', &t, &template);
        bool more_p = str_cut(path, '/', &p, &path);
        bool open = t.n && t.p[0] == '{';
        if (more_t != more_p || (open ? !p.n : !str_eq(t, p)))
            return false;
        *literals += !open;
    } while (template.n || path.n);
    return true;
}

json_t *contract_find(const struct contract *c, struct str method, struct str path)
{
    json_t *paths = json_object_get(c->root, "paths"), *item, *best = NULL;
    const char *name;
    char lower[16] = { 0 };
    int most = -1, literals;
    for (size_t i = 0; i < method.n && i < sizeof lower - 1; i++)
        lower[i] = (char)(method.p[i] | 0x20);
    json_object_foreach(paths, name, item) {
        if (!path_fits(str_of(name), path, &literals) || literals <= most)
            continue;
        most = literals;
        best = item;
    }
    return json_object_get(best, lower);
}

static bool tell(struct str *why, const char *what)
{
    *why = str_of(what);
    return false;
}

static bool check_problem(const struct contract *c, struct arena *a, int status, struct str media,
                          json_t *body, struct str *why)
{
    json_t *problem = follow(c, "#/components/responses/problem");
    json_t *content = json_object_get(problem, "content");
    json_t *schema = json_object_get(json_object_get(content, "application/problem+json"),
                                     "schema");
    if (!schema)
        return tell(why, "the description has no problem");
    if (!str_is(media, "application/problem+json"))
        return tell(why, "a failure is not application/problem+json");
    if (json_integer_value(json_object_get(body, "status")) != status)
        return tell(why, "the problem tells another status");
    return contract_valid(c, a, schema, body, why);
}

static bool check_success(const struct contract *c, struct arena *a, json_t *response,
                          struct str media, json_t *body, struct str bytes, struct str *why)
{
    json_t *content = json_object_get(response, "content");
    json_t *json = json_object_get(content, "application/json");
    if (!content)
        return !bytes.n || tell(why, "it has a body although none is promised");
    if (!json)
        return true;
    if (!str_is(media, "application/json"))
        return tell(why, "it is not application/json");
    if (!body)
        return tell(why, "the body is no JSON");
    return contract_valid(c, a, json_object_get(json, "schema"), body, why);
}

bool contract_answer(const struct contract *c, struct arena *a, json_t *op, int status,
                     struct str media, struct str body, struct str *why)
{
    char key[8];
    json_error_t error;
    if (status == 304)
        return !body.n || tell(why, "a 304 with a body");
    snprintf(key, sizeof key, "%d", status);
    json_t *response = json_object_get(json_object_get(op, "responses"), key);
    json_t *j = json_loadb(body.p, body.n, JSON_REJECT_DUPLICATES, &error);
    bool ok = status < 400
        ? (response || tell(why, "the description does not have this status"))
            && check_success(c, a, response, media, j, body, why)
        : check_problem(c, a, status, media, j, why);
    json_decref(j);
    return ok;
}

bool contract_request(const struct contract *c, struct arena *a, json_t *op, struct str body,
                      struct str *why)
{
    json_t *content = json_object_get(json_object_get(op, "requestBody"), "content");
    json_t *schema = json_object_get(json_object_get(content, "application/json"), "schema");
    json_t *j = schema ? json_loadb(body.p, body.n, JSON_ALLOW_NUL, NULL) : NULL;
    if (!j)
        return true;
    bool ok = contract_valid(c, a, schema, j, why);
    json_decref(j);
    return ok;
}
