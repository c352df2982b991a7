#include "load.h"
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WAIT_SECONDS = 30 };

void load_close(struct load *x)
{
    if (x->fd)
        close(x->fd);
    free(x->answer);
    x->fd = 0;
    x->answer = NULL;
}

static bool hang_up(struct load *x)
{
    close(x->fd);
    x->fd = 0;
    return false;
}

static bool dial(struct load *x)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)x->port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct timeval wait = { .tv_sec = WAIT_SECONDS };
    int on = 1;
    if (!x->answer && !(x->answer = malloc(LOAD_ANSWER_MAX)))
        abort();
    if (x->fd)
        return true;
    x->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (x->fd <= 0)
        return false;
    setsockopt(x->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(x->fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    return connect(x->fd, (struct sockaddr *)&to, sizeof to) == 0 || hang_up(x);
}

static bool put(struct load *x, const char *head, size_t n, struct str body)
{
    struct iovec v[2] = { { (void *)(uintptr_t)head, n }, { (void *)(uintptr_t)body.p, body.n } };
    struct msghdr m = { .msg_iov = v, .msg_iovlen = body.n ? 2 : 1 };
    return sendmsg(x->fd, &m, MSG_NOSIGNAL) == (ssize_t)(n + body.n) || hang_up(x);
}

/* A header's value in the answer's head; empty when it is not there. */
static struct str header(struct str head, const char *name)
{
    struct str line;
    size_t n = strlen(name);
    while (str_cut(head, '\n', &line, &head))
        if (line.n > n && !strncasecmp(line.p, name, n) && line.p[n] == ':')
            return str_trim(str_sub(line, n + 1, line.n));
    return STR("");
}

/* Reads until the head and the body it announces are there. */
static int take(struct load *x)
{
    size_t n = 0, want = 0;
    const char *end = NULL;
    while (!end || n < want) {
        ssize_t got = n < LOAD_ANSWER_MAX - 1 ? read(x->fd, x->answer + n, LOAD_ANSWER_MAX - 1 - n)
                                              : 0;
        if (got <= 0) {
            hang_up(x);
            return -1;
        }
        n += (size_t)got;
        x->answer[n] = '\0';
        if (end || !(end = strstr(x->answer, "\r\n\r\n")))
            continue;
        struct str head = { x->answer, (size_t)(end + 2 - x->answer) };
        int64_t length = 0;
        if (!str_to_i64(header(head, "Content-Length"), &length))
            length = 0;
        want = head.n + 2 + (size_t)length;
    }
    x->body = (struct str){ end + 4, want - (size_t)(end + 4 - x->answer) };
    return (int)strtol(x->answer + 9, NULL, 10);
}

int load_ask(struct load *x, const char *method, const char *target, const char *more,
             struct str body)
{
    char head[LOAD_HEAD_MAX];
    int n = snprintf(head, sizeof head, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s%s", method, target,
                     x->auth, more);
    if (body.n)
        n += snprintf(head + n, sizeof head - (size_t)n,
                      "Content-Type: application/json\r\nContent-Length: %zu\r\n", body.n);
    n += snprintf(head + n, sizeof head - (size_t)n, "\r\n");
    if ((size_t)n >= sizeof head)
        abort();
    return dial(x) && put(x, head, (size_t)n, body) ? take(x) : -1;
}

struct str load_member(struct str json, const char *name)
{
    char key[80];
    snprintf(key, sizeof key, "\"%s\":", name);
    size_t at = str_find(json, str_of(key));
    if (at >= json.n)
        return STR("");
    struct str rest = str_sub(json, at + strlen(key), json.n);
    bool text = rest.n && rest.p[0] == '"';
    size_t n = text;
    while (n < rest.n && (text ? rest.p[n] != '"' : rest.p[n] != ',' && rest.p[n] != '}'))
        n++;
    return str_sub(rest, text, n - text);
}

int load_sign_in(struct load *x, const char *login, const char *password)
{
    char body[300];
    struct str cookie;
    snprintf(body, sizeof body, "{\"login\":\"%s\",\"password\":\"%s\"}", login, password);
    x->auth[0] = '\0';
    int status = load_ask(x, "POST", "/api/v1/session", "", str_of(body));
    if (status != 200)
        return status;
    struct str head = { x->answer, (size_t)(x->body.p - x->answer) };
    str_cut(header(head, "Set-Cookie"), ';', &cookie, &head);
    struct str csrf = load_member(x->body, "csrf");
    snprintf(x->auth, sizeof x->auth, "Cookie: %.*s\r\nX-CSRF: %.*s\r\n", STR_ARG(cookie),
             STR_ARG(csrf));
    return status;
}
