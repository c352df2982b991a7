/* intake.h - filing 报单: how a matter comes in, from whichever side. */
#ifndef MATTER_INTAKE_H
#define MATTER_INTAKE_H
#include "app/journal.h"
#include "matter/matter.h"

/* What a filing asks of nobody: its key and pin, its first journal entry, the parties with
 * their secrets sealed. Made outside the transaction where that can be: the one writer
 * hashes and seals for nobody then. */
struct matter_draft {
    struct id id;
    struct str pin, pin_hash;
    struct journal_entry entry;
    struct list parties;                /* struct party_draft */
};

/* What is sent to file a matter; parties and claims as their records. */
struct matter_new {
    unsigned kind;
    struct str title, story, source, type, type_raw, place, client_ref;
    struct id area;
    struct stamp happened_at;
    int64_t people;
    bool danger, for_another;
    struct list parties, claims;
    const struct matter_draft *draft;   /* NULL: made when it is filed */
};
extern const struct record matter_new_record;

/* What the filer gets: the pin is shown this once. */
struct matter_filed {
    struct id id;
    struct str number, pin;
    unsigned state;
    struct stamp filed_at, due_at;
    struct str owner_name;
    int64_t version;
    bool again;                         /* this client_ref was filed before */
};
extern const struct record matter_filed_record;

/* Fills a draft of in, for r->who and the same at; numbers and links in's parties.
 * ERR_TOO_LARGE; the errors of party_draft_all. */
bool matter_draft(struct req *r, const struct matter_new *in, struct stamp at,
                  struct matter_draft *out, struct err *e) MUST_CHECK;
/* Files a matter as r->who: a resident's goes to the nearest centre, a clerk's
 * stays with the own body. filed_at is r->now unless at says an earlier time
 * (imports, records made afterwards). */
bool matter_file(struct req *r, const struct matter_new *in, struct stamp at,
                 struct matter_filed *out,
                 struct err *e) MUST_CHECK;
#endif
