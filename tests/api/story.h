/* story.h - an API test as a text file: requests, and what must come back.
 *
 * A story is read line by line; # begins a comment, blank lines part things.
 *
 *     config login_rate=2               a setting of the server for this file
 *     as clerk.guicheng                 who asks from here on; guest for nobody
 *     POST /api/v1/matters              a request,
 *     If-Match: "v1"                    its headers,
 *     { "kind": "request" }             its body (JSON, or: text BODY), or instead
 *     part title: a line                a form's field, or
 *     file v a.txt text/plain: words    a form's file (@NAME: from the folder files);
 *     201                               the status wanted, after it:
 *     Location: /api/v1/matters/…       headers wanted,
 *     statements <= 12                  the most it may cost (also: allocations),
 *     | words                           what the body holds,
 *     ! words                           what it must not hold,
 *     { id=>M, state: "filed", … }      the JSON wanted (expect.h)
 *     wait 5                            the next request is repeated until it fits
 *     mark accepted                     names the point before the next request
 *     restart                           the server is stopped and started again
 *     days 3                            the same, that many days later
 *     run verify --all                  a command of the program on the same data;
 *     exit 0                            its exit code, then | and ! lines
 *
 * {M} anywhere is replaced by what M caught; {DAY} {DAY+3} {DAY-3} by a day,
 * {HUGE 7000} by that many letters, {NEW} by a text never used before. */
#ifndef TESTS_STORY_H
#define TESTS_STORY_H
#include "base/vec.h"

struct pair { struct str name, value; };
struct form_part { struct str name, file, media, value; };  /* file "": a plain field */

enum step_kind { STEP_REQUEST, STEP_RUN, STEP_RESTART };
struct step {
    enum step_kind kind;
    int line;
    struct str actor, mark;
    struct str method, target;          /* RUN: target is the command line */
    VEC(struct pair) headers;
    VEC(struct form_part) parts;
    struct str body;
    bool has_body;
    int status;                         /* RUN: exit code */
    VEC(struct pair) want;
    VEC(struct str) holds, lacks;
    int64_t statements, allocations;    /* the most; -1: any */
    struct str expect;                  /* a pattern; empty: any body */
    int64_t wait_s;
    int64_t days;                       /* RESTART: the clock goes on by them */
};
struct story {
    VEC(struct step) steps;
    VEC(struct str) config;             /* "name=value" */
};

/* Reads text into *out, in a. On failure *line and *why tell what is wrong. */
bool story_parse(struct arena *a, struct str text, struct story *out, int *line,
                 const char **why) MUST_CHECK;
#endif
