/* conclusion.h - a conclusion 结果: how a matter ended in one round, its outcomes,
 * the agreement's form, the routes that were told and what is still to be done. A
 * later round has its own; the earlier ones stay.
 *
 * An oral agreement is "reported" until each party that has to answer has said yes
 * by its own channel, to somebody else than who concluded (answer.h). */
#ifndef MATTER_CONCLUSION_H
#define MATTER_CONCLUSION_H
#include "matter/matter.h"

/* Kept in the database: append only. */
#define AGREEMENT_FORMS(X)                                              \
    X(NONE, "none", "无协议", "no agreement")                            \
    X(WRITTEN, "written", "书面协议", "written") X(ORAL, "oral", "口头协议", "oral")
#define X(id, slug, zh, en) AGREEMENT_##id,
enum agreement_form { AGREEMENT_FORMS(X) AGREEMENT_FORM__COUNT };
#undef X
extern const struct names agreement_form_names;

/* What would have come of a dispute, had it not been settled. Kept: append only. */
#define PREVENTIONS(X)                                                  \
    X(NONE, "none", "无", "nothing of the kind")                         \
    X(CRIME, "crime", "民间纠纷转化为刑事案件", "a crime")                    \
    X(PETITION, "petition", "群体性上访", "a petition in a crowd")          \
    X(FIGHT, "fight", "群体性械斗", "a fight of many") X(SUICIDE, "suicide", "自杀", "a suicide")
#define X(id, slug, zh, en) PREVENTED_##id,
enum prevention { PREVENTIONS(X) PREVENTION__COUNT };
#undef X
extern const struct names prevention_names;

/* What is to be done by a day, as agreed. */
struct instalment { struct day due_on; struct fen amount; struct str note; };
extern const struct record instalment_record;

struct matter_conclude {
    struct list outcomes;               /* of claim_outcome */
    unsigned form;
    struct str routes, summary;
    struct list instalments;
    bool complex;                       /* 疑难复杂, as the form of the Ministry asks it */
    unsigned prevented;                 /* enum prevention */
    int64_t prevented_people;
};
extern const struct record matter_conclude_record;

struct conclusion {
    struct id id;
    int64_t round;
    unsigned form;
    struct str routes, summary;         /* routes: codes by blanks */
    struct id concluded_by;
    struct str author_name;
    struct stamp at;
    struct list outcomes, instalments;  /* of outcome, of instalment */
    bool complex;
    unsigned prevented;
    int64_t prevented_people;
};
extern const struct record conclusion_record;

/* Writes the conclusion of m's round as of at: outcomes, claims, instalments, and
 * the facts of m that follow (ORAL, REPORTED). The rules of the outcomes are kept:
 * routes told (ERR_NEED_ROUTES), a form, persons where something was prevented
 * (ERR_REQUIRED), tries enough (ERR_NEED_ATTEMPTS); and the failures of
 * outcome_spread(). */
bool conclusion_put(struct req *r, struct matter *m, const struct matter_conclude *x,
                    struct stamp at, struct err *e) MUST_CHECK;
/* What the journal's entry of it says. */
void conclusion_note(struct move *mv, const struct matter_conclude *x);
/* The conclusion of what the parties stopped, whose outcomes are written: nobody
 * concluded it, and no summary is asked. */
bool conclusion_of_stop(struct req *r, const struct matter *m, struct str routes,
                        struct stamp at, struct err *e) MUST_CHECK;
/* Of m's round, without its lists; found false for none. */
bool conclusion_now(struct req *r, const struct matter *m, struct conclusion *out, bool *found,
                    struct err *e) MUST_CHECK;
/* Every round's, oldest first, with their lists. */
bool conclusion_list(struct req *r, struct id matter, struct list *out, struct err *e) MUST_CHECK;
/* The first instalment of m's round that falls due after the day; DAY_NONE for none. */
bool conclusion_next_due(struct req *r, const struct matter *m, struct day after,
                         struct day *out, struct err *e) MUST_CHECK;

extern const struct route_table conclusion_table;
#endif
