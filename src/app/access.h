/* access.h - the access record 查阅记录: who looked at a matter's content. The
 * parties can read it. One row an account, matter, kind of look and ten minutes;
 * the first look of a slot is on the disk before its answer leaves. */
#ifndef APP_ACCESS_H
#define APP_ACCESS_H
#include "app/app.h"

struct access_entry {
    struct stamp at;
    struct str name, org_name, what, reason;
    struct id account;
};
extern const struct record access_entry_record;

/* Records a look inside a write ("reveal:phone:1", "export"), with its reason. */
bool access_note(struct req *r, struct id home, struct id matter, struct str what,
                 struct str reason,
                 struct err *e) MUST_CHECK;
/* Inside a read: if this slot has no row yet, asks the dispatcher to write it
 * before answering (r->then_write). Guests leave none. */
bool access_look(struct req *r, struct id home, struct id matter, struct str what,
                 struct err *e) MUST_CHECK;
/* The same for a look into one compartment. */
bool access_look_into(struct req *r, struct id home, struct id matter, struct id compartment,
                      struct str what, struct err *e) MUST_CHECK;
/* Looks at a matter, newest first, after the one in r->cursor. Those at a
 * safety compartment only the party it protects is shown (product.md rule 5). */
bool access_list(struct req *r, struct id home, struct id matter, struct list *out,
                 struct err *e) MUST_CHECK;
#endif
