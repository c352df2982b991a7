/* load.h - a client that only sends and reads: one kept connection, no library
 * between, so that what is measured or killed is the server. */
#ifndef TESTS_LOAD_H
#define TESTS_LOAD_H
#include "base/str.h"

enum { LOAD_ANSWER_MAX = 1 << 20, LOAD_HEAD_MAX = 2048 };

/* Zeroed with port set; one thread's. */
struct load {
    unsigned port;
    int fd;                             /* 0: not connected */
    char auth[512];                     /* headers of the signed-in, "\r\n" after each */
    char *answer;                       /* as read; the last one's */
    struct str body;
};
/* The status; -1 when no whole answer came (the connection is closed then).
 * more: further headers, "" or each with "\r\n". */
int load_ask(struct load *x, const char *method, const char *target, const char *more,
             struct str body);
/* Status of the session's answer; keeps cookie and CSRF token in auth. */
int load_sign_in(struct load *x, const char *login, const char *password);
/* The text or number after "name": in a JSON text, as it stands there. */
struct str load_member(struct str json, const char *name);
void load_close(struct load *x);
#endif
