/* codebook_impl.h - how the book lies in memory. Only for codebook*.c.
 *
 * Rows are immortal: each is kept once in a pool by its content, for as long as
 * the process lives, and what a caller holds is a pointer into the pool. A reload
 * finds the rows that did not change there again and adds those that did (half a
 * kilobyte each), so a row is never freed under a reader, readers count no
 * references, and a request may keep a row over all its stages and threads. What
 * a reload replaces is the index (sorted arrays of pointers, calendars): it is
 * only used inside a call, under a read lock, for microseconds. */
#ifndef APP_CODEBOOK_IMPL_H
#define APP_CODEBOOK_IMPL_H
#include "app/rule.h"
#include <pthread.h>

/* Bytes kept once each. Growing leaves the smaller table behind in the arena. */
struct pool_item { uint64_t hash; size_t n; const void *p; };
struct pool { struct arena a; struct pool_item *v; size_t n, cap; };
struct str  pool_str(struct pool *p, struct str s);
/* A row with its texts; rows that are the same are one. */
const void *pool_row(struct pool *p, const struct record *rec, const void *row);

/* A condition's words; any: it was "*". */
struct words { const struct str *v; size_t n; bool any; };
/* A rule whose set is on, with its conditions taken apart. */
struct limit_index {
    const struct limit_rule *rule;
    struct words kind, type, channel, body, level;
    int exact;                          /* which conditions it has: more exact is greater */
};
/* The time a body keeps: its own days, over the nation's. */
struct org_time {
    int64_t org;
    const struct calendar_day *own;
    size_t own_n;
    const struct worktime *hours;       /* NULL: the installation's */
    bool always;                        /* open every day: no days off at all */
};
struct hours_index { struct str code; struct worktime time; bool always; };

struct book {
    struct arena a;
    int64_t seq;                        /* counter 'book' when it was read */
    struct day day;                     /* on which it was read */
    const struct code_entry **codes;    /* by list, code, valid_from */
    const struct code_entry **order;    /* by list, sort, code */
    size_t codes_n;
    const struct code_map **maps;       /* by from_list, from_code, to_list, to_code */
    size_t maps_n;
    const struct limit_rule **rules;    /* by id, valid_from */
    size_t rules_n;
    struct limit_index *limits;         /* by starts_at */
    size_t limits_n;
    struct calendar national;
    struct hours_index *hours;
    size_t hours_n;
    const struct hours_index *usual;    /* the installation's hours */
    struct org_time *orgs;              /* by org */
    size_t orgs_n;
    struct list notices;                /* struct notice_rule, in the pool */
};

struct codebook {
    pthread_mutex_t loading;            /* guards pool; one reload at a time */
    pthread_rwlock_t lock;              /* guards book */
    struct pool pool;
    struct book *book;
};

static inline struct day day_or_today(struct day d)
{
    return d.n ? d : day_today();
}
static inline bool holds_on(struct day from, struct day to, struct day d)
{
    return from.n <= d.n && (!to.n || d.n < to.n);
}
/* The row of list and code that holds on d, in a book that is locked. */
const struct code_entry *book_code(const struct book *b, struct str list, struct str code,
                                   struct day d);
/* code and what it lies under, nearest first; at most max. */
size_t book_above(const struct book *b, struct str list, struct str code, struct day d,
                  struct str *out, size_t max);
enum { CODE_DEPTH = 8 };

const struct book *book_lock(const struct app *app);
void               book_unlock(const struct app *app);
/* Reads every table through c into a new book, whose rows are in pool. */
bool book_read(struct db_conn *c, struct pool *pool, struct book **out, struct err *e) MUST_CHECK;
/* Calendars, hours and limits of a book whose rows were read; h are its hours. */
struct book_rows;
/* codebook_notice.c: takes the rules of notices apart, of a book whose codes were read. */
void book_index_notices(struct book *b, struct pool *pool);
void book_free(struct book *b);
#endif
