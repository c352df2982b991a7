/* demo_matter.h - a matter of matters.json, and how it is brought to its state. */
#ifndef DEMO_MATTER_H
#define DEMO_MATTER_H
#include "demo/demo_time.h"

struct demo_party {
    unsigned role, kind, channel;
    struct str name, phone, note, id_kind, id_number;
};
struct demo_claim { int64_t party, yuan, settled_yuan; struct str text, outcome; };
struct demo_obligation { int64_t from, to, yuan, due_day; struct str text, state; };

enum { DEMO_MANY = 16 };                /* parties or claims of one matter */
struct demo_matter {
    unsigned kind;
    struct str ref, type, type_name, title, story, area, place, source, state, lead, handler,
               reason, merged_into;
    int64_t filed_day, people;
    bool danger;
    /* what a conclusion, the answers to it and a visit say */
    bool oral, complex, denied, confirmed;
    unsigned prevented;                 /* enum prevention */
    int64_t prevented_people;
    unsigned performance;               /* enum performance */
    struct strs assist;
    struct list parties, claims, obligations;
    /* as it is loaded */
    const struct demo_area *at;
    const struct demo_org *centre;      /* the owner body */
    const struct way *way;
    struct course course;
    struct who filer, handling;
    struct id id, party[DEMO_MANY], claim[DEMO_MANY];
    int64_t version;
};
/* By which actions a matter comes to a state. */
struct way { const char *state; enum matter_action actions[COURSE_MAX - 1]; size_t n; };

/* A post of that role in the body on that day (from the load day); a stand-in while
 * one was named. NULL for none. */
const struct demo_post *demo_post_of(const struct demo *d, const struct demo_org *body,
                                     enum role role, int64_t day);
/* Who files it, whose it is and who handles it; its area and course are known. */
bool demo_matter_cast(struct demo *d, struct demo_matter *m, struct err *e) MUST_CHECK;
/* Whether what comes this way comes in working time only. */
bool demo_source_rests(struct str source);
/* demo_send.c: files the matter, or takes step i of its way. */
bool demo_matter_file(struct demo *d, struct demo_matter *m, struct err *e) MUST_CHECK;
bool demo_matter_step(struct demo *d, struct demo_matter *m, size_t i, struct err *e) MUST_CHECK;
#endif
