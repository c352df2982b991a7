/* wire.h - a raw client: bytes out, bytes in, with a time limit. */
#ifndef WIRE_H
#define WIRE_H
#include "tap.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <unistd.h>

struct wire { int fd; char in[1 << 20]; size_t n; bool ended; };
static struct wire wires[4];

static inline struct wire *wire_open_at(size_t i, unsigned port)
{
    struct wire *w = &wires[i];
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    w->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    w->n = 0;
    w->ended = connect(w->fd, (struct sockaddr *)&a, sizeof a) != 0;
    return w;
}
static inline struct wire *wire_open(unsigned port) { return wire_open_at(0, port); }
static inline void wire_close(struct wire *w) { close(w->fd); }

static inline bool wire_send(struct wire *w, const char *p, size_t n)
{
    while (n) {
        ssize_t sent = send(w->fd, p, n, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        p += sent;
        n -= (size_t)sent;
    }
    return true;
}
static inline bool wire_put(struct wire *w, const char *text) { return wire_send(w, text, strlen(text)); }

/* Reads until text has come, the other side ended, or ms passed. */
static inline bool wire_until(struct wire *w, const char *text, int ms)
{
    struct pollfd p = { .fd = w->fd, .events = POLLIN };
    while (true) {
        if (text && w->n && memmem(w->in, w->n, text, strlen(text)))
            return true;
        if (w->ended || w->n == sizeof w->in || poll(&p, 1, ms) <= 0)
            return false;
        ssize_t n = recv(w->fd, w->in + w->n, sizeof w->in - w->n, 0);
        if (n <= 0)
            w->ended = true;
        else
            w->n += (size_t)n;
    }
}
static inline bool wire_ends(struct wire *w, int ms) { wire_until(w, NULL, ms); return w->ended; }
static inline bool wire_has(const struct wire *w, const char *text)
{
    bool has = w->n && memmem(w->in, w->n, text, strlen(text)) != NULL;
    if (!has)
        printf("# not [%s] in [%.*s]\n", text, (int)MIN(w->n, (size_t)600), w->in);
    return has;
}
static inline bool wire_lacks(const struct wire *w, const char *text)
{
    return !w->n || memmem(w->in, w->n, text, strlen(text)) == NULL;
}
/* The first answer's status; 0 for none. */
static inline int wire_status(const struct wire *w)
{
    int status = 0;
    if (w->n < 12 || memcmp(w->in, "HTTP/1.1 ", 9))
        return 0;
    for (size_t i = 9; i < 12; i++)
        status = status * 10 + (w->in[i] - '0');
    return status;
}

/* One request on a connection of its own, closed by the server after the answer. */
static inline struct wire *wire_ask(unsigned port, const char *method, const char *path,
                                    const char *headers, const char *body)
{
    static char text[1 << 17];
    struct wire *w = wire_open(port);
    int n = snprintf(text, sizeof text, "%s %s HTTP/1.1\r\nHost: h\r\nConnection: close\r\n%s", method, path,
                     headers);
    if (body)
        n += snprintf(text + n, sizeof text - (size_t)n, "Content-Length: %zu\r\n\r\n%s", strlen(body), body);
    else
        n += snprintf(text + n, sizeof text - (size_t)n, "\r\n");
    wire_send(w, text, (size_t)n);
    wire_ends(w, 5000);
    wire_close(w);
    return w;
}
#define JSON_HEAD "Content-Type: application/json\r\n"
#endif
