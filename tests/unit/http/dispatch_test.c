/* dispatch_test.c - routes answered through all stages on SQLite. */
#include "toy.h"
#include "base/log.h"

static struct toy t;

static struct wire *ask(const char *method, const char *path, const char *headers, const char *body)
{
    return wire_ask(t.port, method, path, headers, body);
}

static void test_plain__text(void)
{
    struct wire *w = ask("GET", "/plain", "", NULL);
    OK_INT(wire_status(w), 200);
    OK(wire_has(w, "\r\n\r\nhello\n"));
    OK(wire_has(w, "X-Content-Type-Options: nosniff"));
    OK(wire_has(w, "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'"));
    OK(wire_has(w, "Referrer-Policy: same-origin"));
    OK(wire_has(w, "X-Request-Id: "));
    OK(wire_has(w, "Content-Type: text/plain; charset=utf-8"));
}

static void test_write__then_read(void)
{
    struct wire *w = ask("POST", "/api/v1/notes", JSON_HEAD, "{\"text\":\"屋顶漏水\"}");
    OK_INT(wire_status(w), 201);
    OK(wire_has(w, "Location: /api/v1/notes/1\r\n"));
    OK(wire_has(w, "\"text\":\"屋顶漏水\""));
    w = ask("GET", "/api/v1/notes/1", "", NULL);
    OK_INT(wire_status(w), 200);
    OK(wire_has(w, "ETag: \"v1\"\r\n"));
    OK(wire_has(w, "\"id\":\"1\""));
    w = ask("GET", "/api/v1/notes/1", "If-None-Match: \"v0\", \"v1\"\r\n", NULL);
    OK_INT(wire_status(w), 304);
    OK(wire_lacks(w, "屋顶"));
    w = ask("GET", "/api/v1/notes", "", NULL);
    OK(wire_has(w, "{\"items\":[{"));
    OK(wire_has(w, "\"next\":null}"));
}

static void test_put__wants_the_version(void)
{
    struct wire *w = ask("PUT", "/api/v1/notes/1", JSON_HEAD, "{\"text\":\"b\"}");
    OK_INT(wire_status(w), 428);
    w = ask("PUT", "/api/v1/notes/1", JSON_HEAD "If-Match: \"v9\"\r\n", "{\"text\":\"b\"}");
    OK_INT(wire_status(w), 412);
    w = ask("PUT", "/api/v1/notes/1", JSON_HEAD "If-Match: \"v1-4\"\r\n", "{\"text\":\"b\"}");
    OK_INT(wire_status(w), 200);
    OK(wire_has(w, "ETag: \"v2\""));
    w = ask("DELETE", "/api/v1/notes/1", "", NULL);
    OK_INT(wire_status(w), 204);
    w = ask("GET", "/api/v1/notes/1", "", NULL);
    OK_INT(wire_status(w), 404);
}

static void test_replay__same_key_same_answer(void)
{
    int before = atomic_load(&t.app.write_runs);
    struct wire *w = ask("POST", "/api/v1/notes", JSON_HEAD "Idempotency-Key: k-1\r\n", "{\"text\":\"once\"}");
    OK_INT(wire_status(w), 201);
    w = ask("POST", "/api/v1/notes", JSON_HEAD "Idempotency-Key: k-1\r\n", "{\"text\":\"once\"}");
    OK_INT(wire_status(w), 201);
    OK(wire_has(w, "Idempotent-Replayed: true"));
    OK(wire_has(w, "\"text\":\"once\""));
    OK_INT(atomic_load(&t.app.write_runs), before + 1);
    w = ask("POST", "/api/v1/notes", JSON_HEAD "Idempotency-Key: k-1\r\n", "{\"text\":\"other\"}");
    OK_INT(wire_status(w), 422);
    OK(wire_has(w, "/problems/key-reused"));
    w = ask("POST", "/api/v1/notes", JSON_HEAD "Idempotency-Key: "
            "0123456789012345678901234567890123456789012345678901234567890123x\r\n", "{\"text\":\"o\"}");
    OK_INT(wire_status(w), 400);
    w = ask("POST", "/api/v1/notes", JSON_HEAD "Idempotency-Key: a b\r\n", "{\"text\":\"o\"}");
    OK_INT(wire_status(w), 400);
}

static void test_problem__language_field_and_id(void)
{
    struct wire *w = ask("POST", "/api/v1/notes", JSON_HEAD, "{}");
    OK_INT(wire_status(w), 422);
    OK(wire_has(w, "Content-Type: application/problem+json"));
    OK(wire_has(w, "\"detail\":\"内容：必须填写\""));
    OK(wire_has(w, "\"field\":\"text\""));
    OK(wire_has(w, "\"request_id\":\""));
    w = ask("POST", "/api/v1/notes", JSON_HEAD "Accept-Language: fr, en;q=0.8, zh;q=0.3\r\n", "{}");
    OK(wire_has(w, "\"detail\":\"Text is required\""));
    w = ask("GET", "/api/v1/broken", "", NULL);
    OK_INT(wire_status(w), 500);
    OK(wire_lacks(w, "secret detail"));
    w = ask("GET", "/nowhere.txt", "", NULL);
    OK_INT(wire_status(w), 404);
    w = ask("PATCH", "/api/v1/notes/1", "", NULL);
    OK_INT(wire_status(w), 405);
    OK(wire_has(w, "Allow: GET, HEAD, PUT, DELETE\r\n"));
    w = ask("BREW", "/api/v1/notes", "", NULL);
    OK_INT(wire_status(w), 405);
}

static void test_allow__guest_and_account(void)
{
    struct wire *w = ask("GET", "/api/v1/secret", "", NULL);
    OK_INT(wire_status(w), 401);
    OK(wire_has(w, "WWW-Authenticate: Bearer"));
    w = ask("GET", "/api/v1/secret", "Cookie: a=b; sid=bad\r\n", NULL);
    OK_INT(wire_status(w), 401);
    w = ask("GET", "/api/v1/secret", "Cookie: a=b; sid=good\r\n", NULL);
    OK_INT(wire_status(w), 200);
    w = ask("GET", "/api/v1/secret", "Authorization: Bearer good\r\n", NULL);
    OK_INT(wire_status(w), 200);
    w = ask("GET", "/api/v1/door", "", NULL);       /* another site's route is no route here */
    OK_INT(wire_status(w), 404);
}

static void test_query__checked(void)
{
    OK_INT(wire_status(ask("GET", "/api/v1/big?count=2&word=%E6%BC%8F", "", NULL)), 200);
    OK(wire_has(&wires[0], "漏"));
    OK(wire_has(&wires[0], "\"next\":\"more\""));
    OK_INT(wire_status(ask("GET", "/api/v1/big?count=2&nope=1", "", NULL)), 400);
    OK(wire_has(&wires[0], "\"field\":\"nope\""));
    OK_INT(wire_status(ask("GET", "/api/v1/big?count=99999", "", NULL)), 422);
    OK_INT(wire_status(ask("GET", "/api/v1/big?count=2&count=3", "", NULL)), 400);
    OK_INT(wire_status(ask("GET", "/api/v1/big?count=2&word=%00", "", NULL)), 400);
    OK_INT(wire_status(ask("GET", "/api/v1/notes?limit=101", "", NULL)), 422);
    OK_INT(wire_status(ask("GET", "/api/v1/notes?limit=1&after=x", "", NULL)), 200);
}

static void test_gzip__when_accepted_and_large(void)
{
    struct wire *w = ask("GET", "/api/v1/big?count=200", "Accept-Encoding: br, gzip\r\n", NULL);
    OK(wire_has(w, "Content-Encoding: gzip"));
    OK(w->n < 4000);
    w = ask("GET", "/api/v1/big?count=200", "Accept-Encoding: gzip;q=0\r\n", NULL);
    OK(wire_lacks(w, "Content-Encoding"));
    w = ask("GET", "/api/v1/big?count=2", "Accept-Encoding: gzip\r\n", NULL);
    OK(wire_lacks(w, "Content-Encoding"));
}

static void test_head__no_body(void)
{
    struct wire *w = ask("HEAD", "/plain", "", NULL);
    OK_INT(wire_status(w), 200);
    OK(wire_has(w, "Content-Length: 6"));
    OK(wire_lacks(w, "hello"));
}

static void test_then_write__before_the_answer(void)
{
    OK_INT(wire_status(ask("GET", "/api/v1/look", "", NULL)), 204);
    OK(wire_has(ask("GET", "/api/v1/notes?limit=100", "", NULL), "looked"));
    OK_INT(wire_status(ask("GET", "/api/v1/heavy", "", NULL)), 200);
    OK(wire_has(&wires[0], "looked"));
}

static void test_rate__per_address(void)
{
    for (int i = 0; i < 3; i++)
        OK_INT(wire_status(ask("POST", "/api/v1/login", "", NULL)), 200);
    OK_INT(wire_status(ask("POST", "/api/v1/login", "", NULL)), 429);
    OK(wire_has(&wires[0], "Retry-After: "));
    OK_INT(wire_status(ask("POST", "/api/v1/login", "Cookie: sid=good\r\n", NULL)), 429);
    OK_INT(wire_status(ask("GET", "/plain", "", NULL)), 200);
}

/* Reads go on; a write begins only where it may, and is done once it may again. */
static void test_write__waits_for_leave(void)
{
    toy_lost = true;
    struct wire *w = ask("POST", "/api/v1/notes", JSON_HEAD, "{\"text\":\"lost\"}");
    OK_INT(wire_status(w), 503);
    OK(wire_has(w, "node-lost"));
    OK_INT(wire_status(ask("GET", "/api/v1/notes", "", NULL)), 200);
    toy_lost = false;
    OK_INT(wire_status(ask("POST", "/api/v1/notes", JSON_HEAD, "{\"text\":\"found\"}")), 201);
}

int main(void)
{
    log_start(getenv("LOUD") ? LOG_DEBUG : LOG_NONE);
    if (!OK(toy_start(&t, (struct http_options){ .threads = 2 })))
        return tap_end();
    test_plain__text();
    test_write__then_read();
    test_put__wants_the_version();
    test_replay__same_key_same_answer();
    test_problem__language_field_and_id();
    test_allow__guest_and_account();
    test_query__checked();
    test_gzip__when_accepted_and_large();
    test_head__no_body();
    test_then_write__before_the_answer();
    test_write__waits_for_leave();
    test_rate__per_address();
    toy_stop(&t);
    return tap_end();
}
