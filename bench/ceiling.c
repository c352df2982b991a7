/* What libmicrohttpd alone can do: ceiling bare, or ceiling DATABASE ID for one
 * prepared SELECT of that matter's row an answer ("sqlite:PATH" or "postgresql://…").
 * Prints its port; ends with its standard input. The same threads and options as the
 * program's own server. */
#include "base/defs.h"
#include <arpa/inet.h>
#include <libpq-fe.h>
#include <microhttpd.h>
#include <pthread.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

static const char *database;
static const char *id;

#define ROW "SELECT number, title, story, place, state, filed_at, due_at, owner, version" \
    " FROM matter WHERE home = 1 AND id = $1"

/* Each event thread has a connection of its own. */
static sqlite3_stmt *statement(void)
{
    static _Thread_local sqlite3_stmt *st;
    sqlite3 *db;
    if (st)
        return st;
    if (sqlite3_open_v2(database + strlen("sqlite:"), &db,
                        SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK
        || sqlite3_prepare_v2(db, ROW, -1, &st, NULL) != SQLITE_OK)
        abort();
    return st;
}

static PGconn *connection(void)
{
    static _Thread_local PGconn *c;
    if (c)
        return c;
    c = PQconnectdb(database);
    PGresult *r = PQprepare(c, "row", ROW, 1, NULL);
    if (PQresultStatus(r) != PGRES_COMMAND_OK)
        abort();
    PQclear(r);
    return c;
}

static size_t body_pgsql(char *out, size_t size)
{
    PGresult *r = PQexecPrepared(connection(), "row", 1, &id, NULL, NULL, 0);
    size_t n = 1;
    out[0] = '{';
    if (PQntuples(r) != 1)
        abort();
    for (int i = 0; i < PQnfields(r); i++)
        n += (size_t)snprintf(out + n, size - n, "\"%s\":\"%s\",", PQfname(r, i),
                              PQgetvalue(r, 0, i));
    PQclear(r);
    out[n - 1] = '}';
    return n;
}

static size_t body(char *out, size_t size)
{
    if (!database)
        return (size_t)snprintf(out, size, "{\"ok\":true}");
    if (!strncmp(database, "postgresql:", 11))
        return body_pgsql(out, size);
    sqlite3_stmt *st = statement();
    size_t n = 1;
    out[0] = '{';
    sqlite3_bind_int64(st, 1, strtoll(id, NULL, 10));
    if (sqlite3_step(st) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(st); i++)
            n += (size_t)snprintf(out + n, size - n, "\"%s\":\"%s\",", sqlite3_column_name(st, i),
                                  (const char *)sqlite3_column_text(st, i));
    sqlite3_reset(st);
    out[n - 1] = '}';
    return n;
}

static enum MHD_Result on_request(void *cls UNUSED, struct MHD_Connection *c,
                                  const char *url UNUSED, const char *method UNUSED,
                                  const char *version UNUSED, const char *data UNUSED,
                                  size_t *size UNUSED, void **state)
{
    static int begun;
    char text[8192];
    if (!*state) {
        *state = &begun;
        return MHD_YES;
    }
    struct MHD_Response *r = MHD_create_response_from_buffer(body(text, sizeof text), text,
                                                             MHD_RESPMEM_MUST_COPY);
    MHD_add_response_header(r, "Content-Type", "application/json");
    enum MHD_Result ok = MHD_queue_response(c, 200, r);
    MHD_destroy_response(r);
    return ok;
}

int main(int argc, char **argv)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    char end;
    if (argc == 3) {
        database = argv[1];
        id = argv[2];
    }
    struct MHD_Daemon *d = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL, on_request, NULL,
        MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&at,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)sysconf(_SC_NPROCESSORS_ONLN), MHD_OPTION_END);
    if (!d)
        return 1;
    printf("http://127.0.0.1:%d\n", MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    while (read(0, &end, 1) > 0)
        ;
    MHD_stop_daemon(d);
    return 0;
}
