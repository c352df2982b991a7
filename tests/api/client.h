/* client.h - requests over libcurl, one cookie jar an actor. */
#ifndef TESTS_CLIENT_H
#define TESTS_CLIENT_H
#include "story.h"

struct client;                          /* several actors towards one server */

struct answer {
    int status;
    VEC(struct pair) headers;           /* names as sent */
    struct str body;
};
struct ask {
    struct str actor;                   /* "" or a signed-in login */
    struct str method, target;
    const struct pair *headers;
    size_t headers_n;
    const struct form_part *parts;
    size_t parts_n;
    struct str body;
    bool has_body;
};

struct client *client_open(unsigned port);
/* Everybody stays signed in, the server is elsewhere now (restart). */
void client_move(struct client *c, unsigned port);
void client_close(struct client *c);
/* false with *why: the transfer itself failed. Changes carry the actor's CSRF
 * token unless a header of that name is among the headers. */
bool client_ask(struct client *c, struct arena *a, const struct ask *q, struct answer *out,
                struct str *why);
/* The actor signs in anew when asked for next. */
void client_forget(struct client *c, struct str login);
void client_forget_all(struct client *c);
/* A value of the answer; empty when it is not there. */
struct str answer_header(const struct answer *x, const char *name);
/* Signs in unless done before: staff by password, a resident (a telephone
 * number) by the code in the demo's outbox. */
bool client_sign_in(struct client *c, struct arena *a, struct str login, struct str *why);
#endif
