/* task.h - a task 任务: something to be done by a day, in a matter or in a body.
 *
 * It is a body's, and may be somebody's of that body. Its checklist helps who does
 * it; nobody is counted by it. In a matter its making, change and end stand in the
 * journal. It waits in the work lists of the body and of the person. */
#ifndef HANDLING_TASK_H
#define HANDLING_TASK_H
#include "matter/matter.h"

/* Kept in the database: append only. */
#define TASK_STATES(X)                                                  \
    X(OPEN, "open", "待办", "open") X(DONE, "done", "已完成", "done")     \
    X(CANCELLED, "cancelled", "已取消", "cancelled")
#define X(id, slug, zh, en) TASK_##id,
enum task_state { TASK_STATES(X) TASK_STATE__COUNT };
#undef X
extern const struct names task_state_names;
enum { TASK_ITEMS_MAX = 20 };

struct task_item { int64_t no; struct str text; struct id done_by; struct stamp done_at; };
struct task {
    struct id id, matter, org, account;
    struct str matter_number, org_name, account_name, made_by_name;
    unsigned state;
    struct str title, note;
    struct day due;                     /* none: when it suits */
    struct stamp due_at, yellow_at;     /* due_at none: no clock */
    bool yellow, overdue;
    struct id made_by;                  /* none: a rule */
    struct stamp made_at, ended_at;
    struct str cause;                   /* what a rule made it of */
    int64_t version;
    bool mine;                          /* the reader may change and end it */
    struct list items;
};
extern const struct record task_record;

/* What a person writes. */
struct task_put {
    struct str title, note;
    struct day due;
    struct id org, account;             /* none: the writer's body; anybody of it */
    struct strs items;
};
extern const struct record task_put_record;

/* Inside a write, with its work-list rows and, in a matter (m not NULL), its journal
 * entry; who is to do it is told. t: matter, org, account, title, note, due, made_by,
 * cause, items (structs task_item: their texts). Of one cause there is one task:
 * another is not made, and t->id stays none. */
bool task_add(struct req *r, struct matter *m, struct task *t, struct err *e) MUST_CHECK;
/* One that the reader may see. ERR_NOT_FOUND. */
bool task_load(struct req *r, struct id id, struct task *out, struct err *e) MUST_CHECK;
/* Ends an open one. ERR_WRONG_STATE, ERR_DENIED, ERR_PRECONDITION. */
bool task_end(struct req *r, struct task *t, enum task_state state, struct str note,
              struct err *e) MUST_CHECK;
/* Overwrites title, note, due, account and the checklist (ticks of texts that stay are
 * kept). */
bool task_change(struct req *r, struct task *t, const struct task_put *x,
                 struct err *e) MUST_CHECK;
/* Ticks an item, or takes the tick back. ERR_NOT_FOUND. */
bool task_tick(struct req *r, struct task *t, int64_t no, bool done, struct err *e) MUST_CHECK;

struct task_filter { unsigned state; bool mine; };
/* The reader's body's tasks, or only the reader's own, by due time after the cursor;
 * without checklists. */
bool task_page(struct req *r, const struct task_filter *f, struct list *out,
               struct err *e) MUST_CHECK;
/* Those of a matter, the newest first. */
bool task_of_matter(struct req *r, struct id matter, struct list *out, struct err *e) MUST_CHECK;

extern const struct route_table task_table;
#endif
