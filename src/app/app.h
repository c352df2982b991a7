/* app.h - what lives as long as the process, handed to every request. */
#ifndef APP_APP_H
#define APP_APP_H
#include "app/config.h"
#include "app/secret.h"
#include "app/who.h"
#include "http/server.h"

struct codebook;                        /* app/codebook.h: codes, calendars, limits in memory */

struct app {
    struct config config;
    struct db *db;
    struct keys keys;
    struct secrets secrets;             /* how secret fields are sealed */
    struct http_server *http;           /* NULL in tools */
    struct codebook *codes;
    struct id home;                     /* the city's area id */
    const struct route_table *routes;
    size_t routes_n;
    struct stamp started_at;
    struct arena *a;                    /* process lifetime */
};

/* Opens data directory, keys, database (migrated), code book. What it opened is
 * closed by app_close, also after a failure. */
bool app_open(struct app *app, struct arena *a, struct err *e) MUST_CHECK;
void app_close(struct app *app);
/* A path inside the data directory. */
const char *app_path(struct app *app, struct arena *a, const char *name);
#endif
