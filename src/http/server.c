/* server.c - starting and stopping: one libmicrohttpd daemon a listener, an epoll
 * pool in each, and the order in which all of it ends. */
#include "http/call.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SLOW_QUEUE = 64, RATE_SETS = 2048, STREAMS_MAX = 2048, BACKLOG = 1024,
       PAUSE_US = 5000, MEMORY_BYTES = 32 * 1024 };

/* ---- options ---- */

static unsigned or_default(unsigned v, unsigned otherwise)
{
    return v ? v : otherwise;
}

static bool options_fill(struct http_options *o, struct err *e)
{
    const struct http_hooks *h = &o->hooks;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    o->threads = or_default(o->threads, cores > 0 ? (unsigned)MIN(cores, 64) : 1);
    o->slow_threads = or_default(o->slow_threads, 2);
    o->connections_max = or_default(o->connections_max, 4096);
    o->per_address_max = or_default(o->per_address_max, 256);
    o->head_seconds = or_default(o->head_seconds, 30);
    o->idle_seconds = or_default(o->idle_seconds, 60);
    if (o->listeners == 0 || o->listeners > COUNT(o->listen))
        return err_setf(e, ERR_CONFIG, "listen");
    if (!h->authenticate || !h->allow || !h->may_write || !h->replay_find || !h->replay_keep ||
        !h->events_after || !h->rate_limit || !o->spool || !o->db)
        return err_internal(e, "http: a hook, the spool or the database is missing");
    return route_check(o->tables, o->tables_n, e);
}

/* ---- connections come and go ---- */

static void address_put(struct link *k, struct MHD_Connection *conn)
{
    const union MHD_ConnectionInfo *i =
        MHD_get_connection_info(conn, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *sa = i ? i->client_addr : NULL;
    struct sockaddr_in6 v6;
    struct sockaddr_in v4;
    k->address[0] = '\0';
    if (sa && sa->sa_family == AF_INET) {
        memcpy(&v4, sa, sizeof v4);
        inet_ntop(AF_INET, &v4.sin_addr, k->address, sizeof k->address);
    } else if (sa && sa->sa_family == AF_INET6) {
        memcpy(&v6, sa, sizeof v6);
        inet_ntop(AF_INET6, &v6.sin6_addr, k->address, sizeof k->address);
    }
}

static void on_connection(void *cls, struct MHD_Connection *conn, void **context,
                          enum MHD_ConnectionNotificationCode what)
{
    struct http_server *s = ((struct listener *)cls)->s;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        if (*context)
            link_close(&s->links, *context);
        *context = NULL;
        return;
    }
    const union MHD_ConnectionInfo *i =
        MHD_get_connection_info(conn, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct link *k = i ? link_open(&s->links, i->connect_fd) : NULL;
    if (k) {
        address_put(k, conn);
        link_phase(k, LINK_READING, s->o.head_seconds);
    }
    *context = k;
}

static void on_log(void *cls, const char *fmt, va_list ap) PRINTF(2, 0);
static void on_log(void *cls UNUSED, const char *fmt, va_list ap)
{
    char text[300];
    vsnprintf(text, sizeof text, fmt, ap);
    text[strcspn(text, "\r\n")] = '\0';
    log_event(LOG_DEBUG, "http.library", "%s", text);
}

/* ---- listeners ---- */

static int socket_listen(const struct addrinfo *ai)
{
    int on = 1, off = 0;
    int fd = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (ai->ai_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (bind(fd, ai->ai_addr, ai->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

static bool listener_bind(struct listener *l, const char *address, unsigned port, struct err *e)
{
    struct addrinfo hint = { .ai_flags = AI_NUMERICHOST | AI_PASSIVE, .ai_socktype = SOCK_STREAM },
                    *ai = NULL;
    char service[16];
    snprintf(service, sizeof service, "%u", port);
    if (port > 65535 || getaddrinfo(address ? address : "127.0.0.1", service, &hint, &ai) || !ai)
        return err_setf(e, ERR_CONFIG, "listen %s:%u", address ? address : "127.0.0.1", port);
    l->fd = socket_listen(ai);
    freeaddrinfo(ai);
    if (l->fd < 0)
        return err_setf(e, ERR_CONFIG, "listen %s:%u: %s", address ? address : "127.0.0.1", port,
                        strerror(errno));
    struct sockaddr_storage got;
    socklen_t n = sizeof got;
    struct sockaddr_in v4;
    if (getsockname(l->fd, (struct sockaddr *)&got, &n))
        return err_internal(e, "getsockname: %s", strerror(errno));
    memcpy(&v4, &got, sizeof v4);       /* the port stands at the same place in both families */
    l->port = ntohs(v4.sin_port);
    return true;
}

static bool listener_start(struct listener *l, struct err *e)
{
    const struct http_options *o = &l->s->o;
    unsigned per_address = o->behind_proxy ? 0 : o->per_address_max;
    l->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_ERROR_LOG,
        0, NULL, NULL, call_access, l, MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL,
        MHD_OPTION_LISTEN_SOCKET, l->fd, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_CONNECTION_LIMIT, o->connections_max,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, per_address,
        MHD_OPTION_CONNECTION_TIMEOUT, o->idle_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_BYTES,
        MHD_OPTION_THREAD_POOL_SIZE, o->threads,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, l,
        MHD_OPTION_NOTIFY_COMPLETED, call_close, l,
        MHD_OPTION_URI_LOG_CALLBACK, call_open, l, MHD_OPTION_END);
    return l->daemon || err_internal(e, "libmicrohttpd did not start");
}

static bool listeners_start(struct http_server *s, struct err *e)
{
    for (size_t i = 0; i < s->o.listeners; i++) {
        struct listener *l = &s->listener[i];
        l->s = s;
        l->site = s->o.listen[i].site ? s->o.listen[i].site : SITE_DESK;
        if (!listener_bind(l, s->o.listen[i].address, s->o.listen[i].port, e))
            return false;
    }
    for (size_t i = 0; i < s->o.listeners; i++)
        if (!listener_start(&s->listener[i], e))
            return false;
    return true;
}

/* ---- start ---- */

static bool parts_start(struct http_server *s, struct err *e)
{
    s->trie = route_trie_make(&s->a, s->o.tables, s->o.tables_n);
    links_init(&s->links, &s->a, (size_t)s->o.connections_max * s->o.listeners);
    s->rate = rate_make(&s->a, RATE_SETS);
    s->streams = streams_make(&s->a, STREAMS_MAX);
    s->slow = slow_start(&s->a, s->o.slow_threads, SLOW_QUEUE, prepare_slow, e);
    return s->slow && keeper_start(&s->keeper, &s->links, s->streams, e) && listeners_start(s, e);
}

struct http_server *http_start(const struct http_options *o, struct err *e)
{
    struct arena a = { 0 };
    struct http_server *s = arena_new(&a, struct http_server);
    s->o = *o;
    for (size_t i = 0; i < COUNT(s->listener); i++)
        s->listener[i].fd = -1;
    if (!options_fill(&s->o, e)) {
        arena_done(&a);
        return NULL;
    }
    s->a = a;
    if (parts_start(s, e))
        return s;
    http_close(s);
    return NULL;
}

unsigned http_port(const struct http_server *s, size_t i)
{
    return i < s->o.listeners ? s->listener[i].port : 0;
}

void http_wake(struct http_server *s)
{
    keeper_wake(&s->keeper);
}

void http_metrics(struct http_server *s, struct buf *b)
{
    struct metrics_now now = {
        .links = (int64_t)links_used(&s->links),
        .accepted = atomic_load(&s->links.accepted),
        .reaped = atomic_load(&s->links.reaped),
        .parked = atomic_load(&s->parked),
        .streams = (int64_t)streams_count(s->streams),
        .slow = (int64_t)slow_waiting(s->slow),
    };
    metrics_text(&s->metrics, &now, b);
}

/* ---- stop ---- */

/* No new connections. The socket is ours again, but its number may be at hand in a
 * thread of the daemon: it is shut now and closed when they have ended. */
static void quiesce(struct http_server *s)
{
    for (size_t i = 0; i < s->o.listeners; i++) {
        struct listener *l = &s->listener[i];
        if (l->daemon)
            MHD_quiesce_daemon(l->daemon);
        if (l->fd >= 0)
            shutdown(l->fd, SHUT_RDWR);
    }
}

static void listeners_end(struct http_server *s)
{
    for (size_t i = 0; i < s->o.listeners; i++) {
        struct listener *l = &s->listener[i];
        if (l->daemon)
            MHD_stop_daemon(l->daemon);
        if (l->fd >= 0)
            close(l->fd);
        l->fd = -1;
    }
}

static void pause_us(int64_t us)
{
    struct timespec t = { us / 1000000, us % 1000000 * 1000 };
    nanosleep(&t, NULL);
}

/* Idle connections go at once, the others when they have their answer, all of them
 * at the end. A parked call is always waited for: its memory is in use. */
static void drain(struct http_server *s, unsigned seconds)
{
    enum { IDLE = 1 << LINK_WAITING,
           ALL = IDLE | 1 << LINK_READING | 1 << LINK_ANSWERING | 1 << LINK_STREAMING };
    int64_t end = clock_us() + (int64_t)seconds * 1000000;
    while (links_used(&s->links)) {
        bool late = clock_us() >= end;
        streams_stop(s->streams);
        links_shut(&s->links, late ? ALL : IDLE);
        if (late && atomic_load(&s->parked) == 0 && streams_count(s->streams) == 0)
            break;
        pause_us(PAUSE_US);
    }
    while (atomic_load(&s->parked))
        pause_us(PAUSE_US);
}

void http_stop(struct http_server *s, unsigned seconds)
{
    if (!s || atomic_exchange(&s->stopping, true))
        return;
    quiesce(s);
    if (s->streams)
        drain(s, seconds);
    listeners_end(s);
    keeper_stop(&s->keeper);
    slow_stop(s->slow);
}

void http_close(struct http_server *s)
{
    if (!s)
        return;
    http_stop(s, 0);
    keeper_done(&s->keeper);
    slow_done(s->slow);
    streams_done(s->streams);
    rate_done(s->rate);
    if (s->links.v)
        links_done(&s->links);
    struct arena a = s->a;
    arena_done(&a);
}
