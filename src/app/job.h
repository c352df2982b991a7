/* job.h - long work that outlives its request: imports, exports.
 *
 * A job is a row; a chore takes the waiting ones under a lease and runs them by
 * their kind. A kind's run() works in pieces, tells its progress and may be
 * started again from the beginning after a crash: it must be able to. It acts as
 * its owner in the owner's post, as they are when it runs. */
#ifndef APP_JOB_H
#define APP_JOB_H
#include "app/app.h"

#define JOB_STATES(X)                                                          \
    X(WAITING, "waiting", "等待中", "waiting") X(RUNNING, "running", "进行中", "running") \
    X(DONE, "done", "已完成", "done") X(FAILED, "failed", "失败", "failed")
#define X(id, slug, zh, en) JOB_##id,
enum job_state { JOB_STATES(X) JOB_STATE__COUNT };
#undef X
extern const struct names job_state_names;

struct job {
    struct id id;
    struct str kind;
    unsigned state;
    struct id owner, post;
    struct str params;                  /* JSON of the kind's own record */
    struct raw result;                  /* JSON; of a failure: {"error":slug,"text":…} */
    int64_t done, total;                /* total 0: not known */
    int64_t tries;
    struct stamp created_at, ended_at;
};
extern const struct record job_record;

struct job_kind {
    const char *name;
    /* r acts as the owner; r->a lives as long as the job. result gets JSON. */
    bool (*run)(struct app *app, struct req *r, struct job *job, struct buf *result, struct err *e);
};

/* Queues a job of the request's account and post. ERR_TOO_MANY beside ten of its
 * own that wait or run. */
bool job_add(struct req *r, struct str kind, struct str params, struct job *out,
             struct err *e) MUST_CHECK;
/* The reader's own job. ERR_NOT_FOUND. */
bool job_get(struct req *r, struct id id, struct job *out, struct err *e) MUST_CHECK;
bool job_list(struct req *r, struct str kind, struct list *out, struct err *e) MUST_CHECK;
/* From run(): so far. Also prolongs the lease; ERR_CONFLICT when it was lost. */
bool job_progress(struct app *app, const struct job *job, int64_t done, int64_t total,
                  struct err *e) MUST_CHECK;
/* The chore; app->jobs says the kinds. */
bool jobs_run(struct app *app, bool *more, struct err *e) MUST_CHECK;
#endif
