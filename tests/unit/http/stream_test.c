/* stream_test.c - live events, and a stop with streams, parked and running work. */
#include "toy.h"
#include "base/log.h"
#include "http/stream.h"
#include <pthread.h>

static struct toy t;

static struct wire *listen_on(size_t i, const char *headers)
{
    char text[256];
    struct wire *w = wire_open_at(i, t.port);
    snprintf(text, sizeof text, "GET /api/v1/stream HTTP/1.1\r\nHost: h\r\n%s\r\n", headers);
    wire_put(w, text);
    return w;
}

static bool file_note(const char *text)
{
    char body[100];
    snprintf(body, sizeof body, "{\"text\":\"%s\"}", text);
    return wire_status(wire_ask(t.port, "POST", "/api/v1/notes", JSON_HEAD, body)) == 201;
}

static void test_stream__tells_what_is_new(void)
{
    OK(file_note("before"));
    struct wire *w = listen_on(1, "");
    OK(wire_until(w, "retry: 2000", 2000));
    OK(wire_has(w, "Content-Type: text/event-stream"));
    usleep(100 * 1000);
    OK(file_note("after"));
    OK(wire_until(w, "data: after", 2000));
    OK(wire_lacks(w, "data: before"));
    wire_close(w);
}

static void test_stream__resumes(void)
{
    for (int i = 0; i < 7; i++)         /* more than the hook tells at once */
        OK(file_note(i == 6 ? "seventh" : "more"));
    struct wire *w = listen_on(1, "Last-Event-ID: 1\r\n");
    OK(wire_until(w, "data: seventh", 3000));
    OK(wire_has(w, "id: 2\ndata: after"));
    OK(wire_lacks(w, "data: before"));
    wire_close(w);
    w = listen_on(1, "Last-Event-ID: x\r\n");
    OK(wire_until(w, "problem", 2000));
    OK_INT(wire_status(w), 400);
    wire_close(w);
}

static void test_stream__capped_by_account(void)
{
    int fds[STREAM_ACCOUNT_MAX];
    for (size_t i = 0; i < STREAM_ACCOUNT_MAX; i++) {
        struct wire *w = listen_on(1, "Cookie: sid=good\r\n");
        OK(wire_until(w, "retry:", 2000));
        fds[i] = w->fd;
    }
    struct wire *w = listen_on(1, "Cookie: sid=good\r\n");
    OK(wire_until(w, "too-often", 2000));
    OK_INT(wire_status(w), 429);
    wire_close(w);
    w = listen_on(2, "");               /* somebody else is not concerned */
    OK(wire_until(w, "retry:", 2000));
    wire_close(w);
    for (size_t i = 0; i < STREAM_ACCOUNT_MAX; i++)
        close(fds[i]);
}

static void *ask_late(void *arg)
{
    struct wire *w = arg;
    wire_put(w, "POST /api/v1/late HTTP/1.1\r\nHost: h\r\n" JSON_HEAD "Content-Length: 15\r\n\r\n"
                "{\"text\":\"late\"} ");
    wire_ends(w, 5000);
    return NULL;
}

/* In flight at the stop: two writes parked behind each other, a stream, an idle
 * connection, a client that never finishes its head. */
static void test_stop__answers_what_is_in_flight(void)
{
    pthread_t th[2];
    struct wire *stream = listen_on(2, "");
    OK(wire_until(stream, "retry:", 2000));
    struct wire *half = wire_open_at(3, t.port);
    wire_put(half, "GET /plain HTT");
    for (size_t i = 0; i < 2; i++)
        pthread_create(&th[i], NULL, ask_late, wire_open_at(i, t.port));
    usleep(200 * 1000);
    int64_t from = clock_us();
    toy_stop(&t);
    int64_t took = clock_us() - from;
    printf("# stopped after %lld ms\n", (long long)(took / 1000));
    OK(took < 4500000);
    for (size_t i = 0; i < 2; i++) {
        pthread_join(th[i], NULL);
        OK_INT(wire_status(&wires[i]), 201);
        OK(wire_has(&wires[i], "Connection: close"));
        wire_close(&wires[i]);
    }
    OK(wire_ends(stream, 1000));
    OK(wire_has(stream, "\r\n0\r\n\r\n"));
    OK(wire_ends(half, 1000));
    wire_close(stream);
    wire_close(half);
}

int main(void)
{
    log_start(getenv("LOUD") ? LOG_DEBUG : LOG_NONE);
    if (!OK(toy_start(&t, (struct http_options){ .threads = 2 })))
        return tap_end();
    test_stream__tells_what_is_new();
    test_stream__resumes();
    test_stream__capped_by_account();
    test_stop__answers_what_is_in_flight();
    return tap_end();
}
