/* server_test.c - a real server against clients that mean it ill, or are slow, or
 * gone; and its end with work in flight. */
#include "toy.h"
#include "base/log.h"
#include <pthread.h>

static struct toy t;

static struct wire *ask(const char *method, const char *path, const char *headers, const char *body)
{
    return wire_ask(t.port, method, path, headers, body);
}

/* Sends bytes as they are; what comes back until the server closes or ms pass. */
static struct wire *raw(const char *text, int ms)
{
    struct wire *w = wire_open(t.port);
    wire_put(w, text);
    wire_ends(w, ms);
    wire_close(w);
    return w;
}

static void test_pipelining__answers_in_order(void)
{
    struct wire *w = wire_open(t.port);
    wire_put(w, "GET /plain HTTP/1.1\r\nHost: h\r\n\r\nGET /nowhere.x HTTP/1.1\r\nHost: h\r\n\r\n"
                "GET /plain HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    OK(wire_ends(w, 3000));
    wire_close(w);
    OK_INT(wire_status(w), 200);
    size_t count = 0;
    for (const char *p = w->in; (p = memmem(p, w->n - (size_t)(p - w->in), "HTTP/1.1 ", 9)); p++)
        count++;
    OK_INT(count, 3);
    OK(wire_has(w, "HTTP/1.1 404"));
}

static void test_smuggling__refused(void)
{
    static const struct { const char *name, *text; } rows[] = {
        { "both lengths", "POST /api/v1/notes HTTP/1.1\r\nHost: h\r\n" JSON_HEAD
          "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /plain HTTP/1.1\r\nHost: h\r\n\r\n" },
        { "two lengths", "POST /api/v1/notes HTTP/1.1\r\nHost: h\r\n" JSON_HEAD
          "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}GET /plain HTTP/1.1\r\nHost: h\r\n\r\n" },
        { "coding unknown", "POST /api/v1/notes HTTP/1.1\r\nHost: h\r\n" JSON_HEAD
          "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nGET /plain HTTP/1.1\r\nHost: h\r\n\r\n" },
        { "two hosts", "GET /plain HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\nGET /plain HTTP/1.1\r\nHost: h\r\n\r\n" },
        { "no host", "GET /plain HTTP/1.1\r\n\r\nGET /plain HTTP/1.1\r\nHost: h\r\n\r\n" },
        { "bad host", "GET /plain HTTP/1.1\r\nHost: a/b<c>\r\n\r\nGET /plain HTTP/1.1\r\nHost: h\r\n\r\n" },
        { "bad chunk", "POST /api/v1/notes HTTP/1.1\r\nHost: h\r\n" JSON_HEAD
          "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n" },
        { "signed length", "POST /api/v1/notes HTTP/1.1\r\nHost: h\r\n" JSON_HEAD
          "Content-Length: +2\r\n\r\n{}GET /plain HTTP/1.1\r\nHost: h\r\n\r\n" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct wire *w = raw(rows[i].text, 2000);
        printf("# %s: %d\n", rows[i].name, wire_status(w));
        OK(w->ended);
        OK(wire_status(w) == 0 || wire_status(w) == 400 || wire_status(w) == 413);
        OK(wire_lacks(w, "hello"));
    }
}

static void test_header__limits(void)
{
    static char big[110 * 1024];
    memset(big, 'a', sizeof big - 1);
    struct wire *w = wire_open(t.port);
    wire_put(w, "GET /plain HTTP/1.1\r\nHost: h\r\nX-Big: ");
    wire_put(w, big);
    wire_put(w, "\r\n\r\n");
    OK(wire_ends(w, 3000));
    OK(wire_status(w) == 431 || wire_status(w) == 0);
    OK(wire_lacks(w, "hello"));
    wire_close(w);
    w = wire_open(t.port);
    static const char nul[] = "GET /pl\0ain HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    wire_send(w, nul, sizeof nul - 1);
    OK(wire_ends(w, 3000));
    wire_close(w);
    OK(wire_lacks(w, "hello"));
}

static void test_body__refused_at_the_head(void)
{
    struct wire *w = raw("POST /api/v1/notes HTTP/1.1\r\nHost: h\r\n" JSON_HEAD
                         "Content-Length: 1073741824\r\n\r\n", 3000);
    OK_INT(wire_status(w), 413);
    OK(w->ended);
    OK(wire_has(w, "64 KiB"));
    w = raw("POST /api/v1/notes HTTP/1.1\r\nHost: h\r\n" JSON_HEAD
            "Expect: 100-continue\r\nContent-Length: 1073741824\r\n\r\n", 3000);
    OK_INT(wire_status(w), 413);
    w = raw("POST /api/v1/notes HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\n"
            "Content-Length: 11\r\n\r\n{\"text\":\"\"}", 3000);
    OK_INT(wire_status(w), 415);
    w = raw("GET /plain HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello", 3000);
    OK_INT(wire_status(w), 413);
    OK_INT(wire_status(ask("POST", "/api/v1/notes", JSON_HEAD, "{\"text\":")), 400);
    OK_INT(wire_status(ask("POST", "/api/v1/notes", JSON_HEAD, "{\"text\":\"a\",\"text\":\"b\"}")), 400);
    OK_INT(wire_status(ask("POST", "/api/v1/notes", JSON_HEAD, "{\"text\":\"\xff\"}")), 400);
}

static void test_body__chunked_over_the_limit(void)
{
    static char piece[32 * 1024 + 16];
    memset(piece, ' ', sizeof piece);
    memcpy(piece, "8000\r\n", 6);
    memcpy(piece + 6 + 32768, "\r\n", 2);
    struct wire *w = wire_open(t.port);
    wire_put(w, "POST /api/v1/notes HTTP/1.1\r\nHost: h\r\n" JSON_HEAD
                "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 3; i++)
        wire_send(w, piece, 6 + 32768 + 2);
    wire_put(w, "0\r\n\r\n");
    OK(wire_until(w, "too-large", 3000));
    OK_INT(wire_status(w), 413);
    wire_close(w);
    w = wire_open(t.port);              /* without end: hung up on */
    wire_put(w, "POST /api/v1/notes HTTP/1.1\r\nHost: h\r\n" JSON_HEAD
                "Transfer-Encoding: chunked\r\n\r\n");
    bool sent = true;
    for (int i = 0; i < 200 && sent; i++)
        sent = wire_send(w, piece, 6 + 32768 + 2);
    OK(!sent || wire_ends(w, 2000));
    wire_close(w);
}

static void test_continue__asked_for(void)
{
    struct wire *w = wire_open(t.port);
    wire_put(w, "POST /api/v1/notes HTTP/1.1\r\nHost: h\r\n" JSON_HEAD
                "Expect: 100-continue\r\nConnection: close\r\nContent-Length: 14\r\n\r\n");
    OK(wire_until(w, "100 Continue", 2000));
    wire_put(w, "{\"text\":\"ok!\"}");
    OK(wire_until(w, "HTTP/1.1 4", 1000) || wire_until(w, "HTTP/1.1 201", 2000));
    wire_close(w);
}

static void test_drip__is_ended(void)
{
    struct wire *w = wire_open(t.port), *idle = wire_open_at(1, t.port);
    const char *text = "GET /plain HTTP/1.1\r\nHost: hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh";
    int64_t from = clock_us();
    bool sent = true;
    for (size_t i = 0; sent && clock_us() - from < 6000000; i++) {
        sent = wire_send(w, text + MIN(i, (size_t)60), 1) && !wire_ends(w, 200);
    }
    int64_t took = clock_us() - from;
    printf("# drip ended after %lld ms\n", (long long)(took / 1000));
    OK(!sent && took < 5000000);
    OK(wire_ends(idle, 3000));
    wire_close(w);
    wire_close(idle);
}

static void *ask_slow(void *arg)
{
    struct wire *w = arg;
    wire_put(w, "POST /api/v1/slow HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    wire_ends(w, 5000);
    return NULL;
}

static void test_slow__blocks_nobody(void)
{
    pthread_t th[3];
    for (size_t i = 0; i < 3; i++)
        pthread_create(&th[i], NULL, ask_slow, wire_open_at(1 + i, t.port));
    usleep(100 * 1000);
    int done = atomic_load(&t.app.slow_runs);
    for (int i = 0; i < 10; i++)
        OK_INT(wire_status(ask("GET", "/plain", "", NULL)), 200);
    OK_INT(atomic_load(&t.app.slow_runs), done);    /* all answered while the slow ones waited */
    for (size_t i = 0; i < 3; i++) {
        pthread_join(th[i], NULL);
        OK_INT(wire_status(&wires[1 + i]), 200);
        wire_close(&wires[1 + i]);
    }
}

/* Until the count is reached, or five seconds: a loaded machine is no failure. */
static void await_count(atomic_int *count, int want)
{
    for (int i = 0; i < 500 && atomic_load(count) < want; i++)
        usleep(10 * 1000);
}

static void test_gone__while_suspended(void)
{
    int before = atomic_load(&t.app.write_runs), begun = atomic_load(&t.app.late_begun);
    struct wire *w = wire_open(t.port);
    wire_put(w, "POST /api/v1/late HTTP/1.1\r\nHost: h\r\n" JSON_HEAD "Content-Length: 15\r\n\r\n"
                "{\"text\":\"gone\"} ");
    await_count(&t.app.late_begun, begun + 1);
    struct linger hard = { 1, 0 };
    setsockopt(w->fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    wire_close(w);
    await_count(&t.app.write_runs, before + 1);
    OK_INT(atomic_load(&t.app.write_runs), before + 1);
    OK_INT(wire_status(ask("GET", "/plain", "", NULL)), 200);
}

static void test_upload__spooled_and_removed(void)
{
    const char *form = "--XX\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n漏水\r\n"
        "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\dir\\证据.jpg\"\r\n"
        "Content-Type: image/jpeg\r\n\r\n\r\n--X\r\n-bytes\r\n--XX--\r\n";
    const char *type = "Content-Type: multipart/form-data; boundary=XX\r\nCookie: sid=good\r\n";
    struct wire *w = ask("POST", "/api/v1/files", type, form);
    OK_INT(wire_status(w), 200);
    OK(wire_has(w, "证据.jpg"));
    OK_INT(atomic_load(&t.app.uploads_seen), 1);
    OK_INT(t.app.upload_bytes, 13);
    OK_STR(str_of(t.app.form), "漏水");
    w = ask("POST", "/api/v1/files", "Content-Type: multipart/form-data; boundary=XX\r\n", form);
    OK_INT(wire_status(w), 401);
    w = ask("POST", "/api/v1/files", "Cookie: sid=good\r\nContent-Type: image/png\r\n"
            "Content-Disposition: attachment; filename*=UTF-8''%E8%AF%81.png\r\n", "raw bytes");
    OK_INT(wire_status(w), 200);
    OK(wire_has(w, "证.png"));
    OK_INT(atomic_load(&t.app.uploads_seen), 2);
    w = ask("POST", "/api/v1/files", "Cookie: sid=good\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n", "a=b");
    OK_INT(wire_status(w), 415);
    w = ask("POST", "/api/v1/files", type, "--XX\r\nContent-Disposition: form-data; name=\"file\"; "
            "filename=\"a\"\r\n\r\ncut");
    OK_INT(wire_status(w), 400);
    w = ask("POST", "/api/v1/files", type, "--XX\r\nContent-Disposition: form-data; name=\"no\"\r\n"
            "\r\nx\r\n--XX--");
    OK_INT(wire_status(w), 400);
    OK(wire_has(w, "unknown-field"));
    OK_INT(toy_files(), 0);
}

static void test_file__ranges(void)
{
    char path[128];
    snprintf(path, sizeof path, "%s/file.bin", toy_folder);
    FILE *f = fopen(path, "w");
    OK(f && fputs("0123456789", f) > 0);
    if (f)
        fclose(f);
    struct wire *w = ask("GET", "/api/v1/file", "", NULL);
    OK_INT(wire_status(w), 200);
    OK(wire_has(w, "\r\n\r\n0123456789"));
    OK(wire_has(w, "Content-Type: application/octet-stream"));
    OK(wire_has(w, "Content-Disposition: attachment; filename=\"____1_.html\"; "
                   "filename*=UTF-8''%E8%AF%81%E6%8D%AE%20%221%22.html"));
    static const struct { const char *range; int status; const char *has; } rows[] = {
        { "bytes=2-4", 206, "\r\n\r\n234" }, { "bytes=7-", 206, "\r\n\r\n789" },
        { "bytes=-2", 206, "Content-Range: bytes 8-9/10" }, { "bytes=5-99", 206, "\r\n\r\n56789" },
        { "bytes=10-", 416, "bad-range" }, { "bytes=4-2", 416, "bad-range" },
        { "bytes=a-b", 200, "0123456789" }, { "bytes=0-1,3-4", 200, "0123456789" },
        { "lines=1-2", 200, "0123456789" }, { "bytes=-0", 416, "bad-range" },
        { "bytes=99999999999999999999-", 200, "0123456789" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char head[80];
        snprintf(head, sizeof head, "Range: %s\r\n", rows[i].range);
        w = ask("GET", "/api/v1/file", head, NULL);
        OK_INT(wire_status(w), rows[i].status);
        OK(wire_has(w, rows[i].has));
    }
}

static void test_metrics__counted(void)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 100000);
    http_metrics(t.s, &b);
    OK(buf_ok(&b));
    OK(str_find(buf_str(&b), STR("fengqiao_http_requests_total{class=\"normal\",status=\"2xx\"} ")) < b.n);
    OK(str_find(buf_str(&b), STR("fengqiao_http_reaped_total 2")) < b.n);
    OK(str_find(buf_str(&b), STR("le=\"+Inf\"")) < b.n);
}

int main(void)
{
    log_start(getenv("LOUD") ? LOG_DEBUG : LOG_NONE);
    if (!OK(toy_start(&t, (struct http_options){ .threads = 2, .head_seconds = 2 })))
        return tap_end();
    test_pipelining__answers_in_order();
    test_smuggling__refused();
    test_header__limits();
    test_body__refused_at_the_head();
    test_body__chunked_over_the_limit();
    test_continue__asked_for();
    test_drip__is_ended();
    test_slow__blocks_nobody();
    test_gone__while_suspended();
    test_upload__spooled_and_removed();
    test_file__ranges();
    test_metrics__counted();
    toy_stop(&t);
    return tap_end();
}
