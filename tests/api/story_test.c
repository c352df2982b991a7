/* The runner's own parts: a test that cannot fail is worth nothing. */
#include "contract.h"
#include "expect.h"
#include "story.h"
#include "tap.h"

/* ---- patterns ---- */

static const struct { const char *pattern, *got; bool fits; } patterns[] = {
    { "{}", "{}", true },
    { "{}", "{\"a\":1}", false },
    { "{…}", "{\"a\":1}", true },
    { "{a: 1}", "{\"a\":1}", true },
    { "{\"a\": 1}", "{\"a\":1}", true },
    { "{a: 1}", "{\"a\":2}", false },
    { "{a: 1}", "{\"a\":\"1\"}", false },
    { "{a: 1}", "{\"a\":1,\"b\":2}", false },
    { "{a: 1, …}", "{\"a\":1,\"b\":2}", true },
    { "{a: 1, …}", "{\"b\":2}", false },
    { "{a: …}", "{\"a\":[1,2]}", true },
    { "{a: …}", "{}", false },
    { "{!a, …}", "{\"b\":1}", true },
    { "{!a, …}", "{\"a\":null}", false },
    { "{a: \"x…z\"}", "{\"a\":\"xyyz\"}", true },
    { "{a: \"x…z\"}", "{\"a\":\"xyy\"}", false },
    { "{a: \"…y…\"}", "{\"a\":\"xyz\"}", true },
    { "{a: \"…\"}", "{\"a\":7}", false },
    { "{a: null, b: true}", "{\"a\":null,\"b\":true}", true },
    { "{a: null}", "{\"a\":false}", false },
    { "{a: -1.5}", "{\"a\":-1.5}", true },
    { "[]", "[]", true },
    { "[]", "[1]", false },
    { "[1, 2]", "[1,2]", true },
    { "[1, 2]", "[2,1]", false },
    { "[1]", "[1,2]", false },
    { "[1, …]", "[1,2,3]", true },
    { "[…, 3]", "[1,2,3]", true },
    { "[…, 2, …]", "[1,2,3]", true },
    { "[…, 4, …]", "[1,2,3]", false },
    { "[…, 2, …, 2]", "[2,3,2]", true },
    { "[…, {a: 2, …}, …]", "[{\"a\":1},{\"a\":2,\"b\":3}]", true },
    { "[{a: {b: [1]}}]", "[{\"a\":{\"b\":[1]}}]", true },
    { "[{a: {b: [1]}}]", "[{\"a\":{\"b\":[2]}}]", false },
    { "\"a\\\"b\"", "\"a\\\"b\"", true },
    { "{a 1}", "{\"a\":1}", true },
    { "{a: 1", "{\"a\":1}", false },
    { "{} {}", "{}", false },
    { "{a: }", "{\"a\":1}", false },
};

static void test_expect__tells_what_fits(void)
{
    for (size_t i = 0; i < COUNT(patterns); i++) {
        struct arena a = { 0 };
        struct catches c = { 0 };
        struct str why = STR("");
        json_t *j = json_loads(patterns[i].got, JSON_DECODE_ANY, NULL);
        bool fits = expect_json(&a, str_of(patterns[i].pattern), j, &c, &why);
        if (!OK(fits == patterns[i].fits) || (!fits && !OK(why.n > 0)))
            printf("#   %s against %s: %.*s\n", patterns[i].pattern, patterns[i].got,
                   STR_ARG(why));
        json_decref(j);
        arena_done(&a);
    }
}

static void test_expect__catches_values(void)
{
    struct arena a = { 0 };
    struct catches c = { 0 };
    struct str why;
    json_t *j = json_loads("{\"id\":\"12\",\"v\":3,\"l\":[{\"x\":1},{\"x\":2,\"y\":\"b\"}]}", 0, NULL);
    OK(expect_json(&a, STR("{id=>ID, v: =>V, l: […, {x: 2, y=>Y}]}"), j, &c, &why));
    OK_STR(*catch_find(&c, STR("ID")), "12");
    OK_STR(*catch_find(&c, STR("V")), "3");
    OK_STR(*catch_find(&c, STR("Y")), "b");
    OK(!catch_find(&c, STR("Z")));
    OK(expect_text(&a, STR("=>T"), STR("whole"), &c));
    OK_STR(*catch_find(&c, STR("T")), "whole");
    OK(expect_text(&a, STR("/a/…"), STR("/a/7"), &c));
    OK(!expect_text(&a, STR("/a/…"), STR("/b/7"), &c));
    json_decref(j);
    arena_done(&a);
}

/* ---- stories ---- */

static void test_story__reads_every_line(void)
{
    static const char text[] =
        "# a comment\nconfig login_rate=2\n\nas ada\nPOST /x?y=1\nIf-Match: \"v1\"\n{\n\n"
        "  \"a\": \"}\"\n}\n201\nLocation: /x/…\nstatements <= 9\nallocations <= 2\n| words here\n"
        "! secret\n{ id=>M,\n … }\nas guest\nmark here\nwait 3\nGET /y\n200\nPOST /f\npart t: a line\n"
        "file v a.txt text/plain: words\n204\nrestart\ndays 3\nrun verify --all\nexit 1\n| broken\n";
    struct arena a = { 0 };
    struct story s;
    const char *why;
    int line;
    OK(story_parse(&a, str_of(text), &s, &line, &why));
    OK_INT(s.steps.n, 6);
    OK_STR(s.config.v[0], "login_rate=2");
    const struct step *p = s.steps.v;
    OK_STR(p[0].actor, "ada");
    OK_STR(p[0].target, "/x?y=1");
    OK_STR(p[0].headers.v[0].value, "\"v1\"");
    OK_STR(p[0].body, "{\n\n  \"a\": \"}\"\n}");
    OK_INT(p[0].status, 201);
    OK_STR(p[0].want.v[0].name, "Location");
    OK_INT(p[0].statements, 9);
    OK_INT(p[0].allocations, 2);
    OK_STR(p[0].holds.v[0], "words here");
    OK_STR(p[0].lacks.v[0], "secret");
    OK_STR(p[0].expect, "{ id=>M,\n … }");
    OK_STR(p[1].actor, "");
    OK_INT(p[1].wait_s, 3);
    OK_INT(p[1].statements, -1);
    OK_STR(p[1].mark, "here");
    OK_STR(p[2].mark, "");
    OK_STR(p[2].parts.v[0].value, "a line");
    OK_STR(p[2].parts.v[1].file, "a.txt");
    OK_STR(p[2].parts.v[1].media, "text/plain");
    OK_INT(p[2].wait_s, 0);
    OK_INT(p[3].kind, STEP_RESTART);
    OK_INT(p[3].days, 0);
    OK_INT(p[4].kind, STEP_RESTART);
    OK_INT(p[4].days, 3);
    OK_STR(p[5].target, "verify --all");
    OK_INT(p[5].status, 1);
    arena_done(&a);
}

static void test_story__refuses_what_it_does_not_know(void)
{
    static const char *const texts[] = {
        "", "# only words\n", "GET /x\n", "get /x\n200\n", "GET /x\n200\n{ a: 1\n", "sign in ada\n",
        "GET /x\n200\nconfig a=b\nGET /y\n200\n", "GET /x\n200\nstatements 9\n", "run x\n200\n",
        "POST /x\nfile v: a\n200\n", "GET /x\nnonsense\n200\n", "wait long\nGET /x\n200\n",
        "GET /x\n200\n{}\n{}\n", "GET /x\n700\n", "days\nGET /x\n200\n",
        "days -1\nGET /x\n200\n", "days many\nGET /x\n200\n",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct arena a = { 0 };
        struct story s;
        const char *why;
        int line;
        if (!OK(!story_parse(&a, str_of(texts[i]), &s, &line, &why)))
            printf("#   %s\n", texts[i]);
        arena_done(&a);
    }
}

/* ---- the description ---- */

static const char description[] =
    "{\"paths\":{\"/a/{id}\":{\"get\":{\"responses\":{\"200\":{\"content\":{\"application/json\":"
    "{\"schema\":{\"$ref\":\"#/components/schemas/lamp\"}}}}}}},\"/a/new\":{\"get\":{\"responses\":"
    "{\"204\":{\"description\":\"Done\"}}}}},\"components\":{\"responses\":{\"problem\":{\"content\":"
    "{\"application/problem+json\":{\"schema\":{\"type\":\"object\",\"required\":[\"type\",\"status\"],"
    "\"properties\":{\"status\":{\"type\":\"integer\"}}}}}}},\"schemas\":{\"lamp\":{\"type\":\"object\","
    "\"additionalProperties\":false,\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":\"string\","
    "\"pattern\":\"^[1-9][0-9]*$\"},\"watts\":{\"type\":[\"integer\",\"null\"],\"minimum\":0,"
    "\"maximum\":100},\"state\":{\"type\":\"string\",\"enum\":[\"on\",\"off\"]},\"at\":{\"type\":"
    "\"string\",\"format\":\"date-time\"},\"name\":{\"type\":\"string\",\"maxLength\":2},\"tags\":"
    "{\"type\":\"array\",\"maxItems\":2,\"items\":{\"$ref\":\"#/components/schemas/tag\"}},"
    "\"odd\":{\"oneOf\":[]}}},\"tag\":{\"type\":\"string\",\"minLength\":1,\"x-zh\":\"签\"}}}}";

static const struct { int status; const char *path, *media, *body; bool keeps; } answers[] = {
    { 200, "/a/1", "application/json", "{\"id\":\"7\"}", true },
    { 200, "/a/1", "application/json", "{\"id\":\"07\"}", false },
    { 200, "/a/1", "application/json", "{\"id\":7}", false },
    { 200, "/a/1", "application/json", "{}", false },
    { 200, "/a/1", "application/json", "[]", false },
    { 200, "/a/1", "text/plain", "{\"id\":\"7\"}", false },
    { 200, "/a/1", "application/json", "{\"id\":\"7\",\"id\":\"8\"}", false },
    { 200, "/a/1", "application/json", "{\"id\":\"7\",\"more\":1}", false },
    { 200, "/a/1", "application/json", "{\"id\":\"7\",\"watts\":null}", true },
    { 200, "/a/1", "application/json", "{\"id\":\"7\",\"watts\":100}", true },
    { 200, "/a/1", "application/json", "{\"id\":\"7\",\"watts\":101}", false },
    { 200, "/a/1", "application/json", "{\"id\":\"7\",\"watts\":-1}", false },
    { 200, "/a/1", "application/json", "{\"id\":\"7\",\"state\":\"off\"}", true },
    { 200, "/a/1", "application/json", "{\"id\":\"7\",\"state\":\"dim\"}", false },
    { 200, "/a/1", "application/json", "{\"id\":\"7\",\"at\":\"2026-01-05T09:30:00.000+08:00\"}", true },
    { 200, "/a/1", "application/json", "{\"id\":\"7\",\"at\":\"2026-01-05 09:30\"}", false },
    { 200, "/a/1", "application/json", "{\"id\":\"7\",\"name\":\"枫桥\"}", true },
    { 200, "/a/1", "application/json", "{\"id\":\"7\",\"name\":\"枫桥镇\"}", false },
    { 200, "/a/1", "application/json", "{\"id\":\"7\",\"tags\":[\"a\"]}", true },
    { 200, "/a/1", "application/json", "{\"id\":\"7\",\"tags\":[\"\"]}", false },
    { 200, "/a/1", "application/json", "{\"id\":\"7\",\"tags\":[\"a\",\"b\",\"c\"]}", false },
    { 200, "/a/1", "application/json", "{\"id\":\"7\",\"odd\":1}", false },
    { 201, "/a/1", "application/json", "{\"id\":\"7\"}", false },
    { 204, "/a/new", "", "", true },
    { 204, "/a/new", "application/json", "{}", false },
    { 304, "/a/1", "", "", true },
    { 304, "/a/1", "", "{}", false },
    { 404, "/a/1", "application/problem+json", "{\"type\":\"x\",\"status\":404}", true },
    { 404, "/none", "application/problem+json", "{\"type\":\"x\",\"status\":404}", true },
    { 404, "/a/1", "application/problem+json", "{\"type\":\"x\",\"status\":400}", false },
    { 404, "/a/1", "application/json", "{\"type\":\"x\",\"status\":404}", false },
    { 404, "/a/1", "application/problem+json", "{\"status\":404}", false },
    { 500, "/a/1", "text/plain", "oops", false },
};

static void test_contract__judges_answers(void)
{
    struct contract c = { json_loads(description, 0, NULL) };
    OK(c.root != NULL);
    OK(!contract_find(&c, STR("POST"), STR("/a/1")));
    OK(!contract_find(&c, STR("GET"), STR("/a/")));
    OK(!contract_find(&c, STR("GET"), STR("/a/1/b")));
    for (size_t i = 0; i < COUNT(answers); i++) {
        struct arena a = { 0 };
        struct str why = STR("");
        json_t *op = contract_find(&c, STR("GET"), str_of(answers[i].path));
        bool keeps = contract_answer(&c, &a, op, answers[i].status, str_of(answers[i].media),
                                     str_of(answers[i].body), &why);
        if (!OK(keeps == answers[i].keeps))
            printf("#   %d %s %s: %.*s\n", answers[i].status, answers[i].path, answers[i].body,
                   STR_ARG(why));
        arena_done(&a);
    }
    json_decref(c.root);
}

int main(void)
{
    test_expect__tells_what_fits();
    test_expect__catches_values();
    test_story__reads_every_line();
    test_story__refuses_what_it_does_not_know();
    test_contract__judges_answers();
    return tap_end();
}
