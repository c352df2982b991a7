#include "sample.h"
#include "tap.h"

struct ring { struct str name; struct list rings; struct list samples; };
static const struct record ring_record;
static const struct field ring_fields[] = {
    FIELD(ring, name,    .doc = "Name", .zh = "名", .en = "Name"),
    FIELD(ring, rings,   .doc = "Inner ones", .zh = "环", .en = "Rings", .sub = &ring_record),
    FIELD(ring, samples, .doc = "Read only", .zh = "样", .en = "Samples", .sub = &sample_record,
          .flags = READONLY),
};
static const struct record ring_record = RECORD(ring, ring_fields);

static struct buf text;
static json_t *schema(bool input)
{
    buf_clear(&text);
    record_schema(&sample_record, input, &text);
    json_error_t je;
    json_t *j = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &je);
    if (!OK(j))
        printf("#   %s\n#   %s\n", je.text, text.p);
    return j;
}

/* What stands at properties.<name>.<key>, as compact JSON; "" for nothing. */
static struct str part(json_t *j, const char *name, const char *key)
{
    static char out[2000];
    json_t *v = json_object_get(json_object_get(json_object_get(j, "properties"), name), key);
    size_t n = v ? json_dumpb(v, out, sizeof out, JSON_COMPACT | JSON_ENCODE_ANY) : 0;
    return (struct str){ out, MIN(n, sizeof out) };
}

static const struct { bool input; const char *name, *key, *want; } parts[] = {
    { true, "title", "type", "\"string\"" }, { true, "title", "minLength", "2" },
    { true, "title", "maxLength", "20" }, { true, "title", "x-zh", "\"标题\"" },
    { true, "title", "x-en", "\"Title\"" }, { true, "title", "description", "\"One line\"" },
    { true, "title", "x-flags", "[\"required\",\"party\"]" },
    { true, "notes", "type", "[\"string\",\"null\"]" }, { true, "phone", "x-format", "\"phone\"" },
    { true, "phone", "maxLength", "200" }, { true, "count", "minimum", "-5" },
    { true, "count", "maximum", "100" }, { true, "count", "type", "[\"integer\",\"null\"]" },
    { true, "free", "maximum", "9007199254740991" }, { true, "mood", "enum",
      "[\"calm\",\"angry\",\"in_tears\",null]" }, { true, "mood", "x-preset", "\"angry\"" },
    { true, "held_at", "format", "\"date-time\"" }, { true, "due", "format", "\"date\"" },
    { true, "org", "pattern", "\"^([1-9][0-9]{0,18})?$\"" },
    { true, "amount", "x-type", "\"fen\"" },
    { true, "tables", "items", "{\"$ref\":\"#/components/schemas/table_input\"}" },
    { true, "tables", "maxItems", "3" }, { true, "id", "type", "" },
    { true, "extra", "x-type", "" },
    { true, "tags", "items", "{\"type\":\"string\",\"minLength\":1,\"maxLength\":200}" },
    { true, "pass", "x-flags", "[\"writeonly\",\"party\"]" },
    { false, "id", "type", "\"string\"" }, { false, "org", "type", "[\"string\",\"null\"]" },
    { false, "held_at", "type", "[\"string\",\"null\"]" }, { false, "title", "maxLength", "" },
    { false, "mood", "type", "\"string\"" }, { false, "mood", "enum",
      "[\"calm\",\"angry\",\"in_tears\"]" },
    { false, "mood", "x-enum", "[{\"value\":\"calm\",\"zh\":\"平静\",\"en\":\"Calm\"},"
      "{\"value\":\"angry\",\"zh\":\"激动\",\"en\":\"Angry\"},"
      "{\"value\":\"in_tears\",\"zh\":\"流泪\",\"en\":\"In tears\"}]" },
    { false, "pass", "type", "" }, { false, "extra", "type", "" },
    { false, "extra", "x-type", "\"raw\"" },
    { false, "tables", "items", "{\"$ref\":\"#/components/schemas/table\"}" },
};

static struct str required(json_t *j)
{
    static char out[500];
    size_t n = json_dumpb(json_object_get(j, "required"), out, sizeof out, JSON_COMPACT);
    return (struct str){ out, n };
}

static void members(void)
{
    json_t *in = schema(true), *out = schema(false);
    for (size_t i = 0; i < COUNT(parts); i++)
        if (!OK_STR(part(parts[i].input ? in : out, parts[i].name, parts[i].key), parts[i].want))
            printf("#   %s.%s\n", parts[i].name, parts[i].key);
    OK_STR(required(in), "[\"title\"]");
    OK_STR(required(out), "[\"id\",\"title\",\"person\"]");  /* what parties see as well */
    json_decref(in);
    json_decref(out);
}

static void components(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct err e = { 0 };
    const struct record_use roots[] = { { &ring_record, true }, { &ring_record, false },
                                        { &ring_record, true }, { &seat_record, false } };
    buf_clear(&text);
    buf_add(&text, STR("{"));
    OK(record_schemas(roots, COUNT(roots), &a, &text, &e));
    buf_add(&text, STR("}"));
    json_t *j = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
    OK(j && json_object_get(j, "ring") && json_object_get(j, "ring_input"));
    OK(json_object_get(j, "sample") && json_object_get(j, "table") && json_object_get(j, "seat"));
    OK(!json_object_get(j, "sample_input"));      /* read only there: nobody sends it */
    OK_INT(json_object_size(j), 5);
    json_decref(j);
    const struct record other = { "ring", sizeof(struct seat), seat_fields, 1 };
    const struct record_use two[] = { { &ring_record, true }, { &other, false } };
    OK(!record_schemas(two, 2, &a, &text, &e) && e.id == ERR_INTERNAL);
    buf_clear(&text);
    err_clear(&e);
    OK(record_schemas(NULL, 0, &a, &text, &e) && text.n == 0);
}

int main(void)
{
    buf_init(&text, 1000000);
    members();
    components();
    buf_done(&text);
    return tap_end();
}
