/* fact.h - what is counted: one row a matter and round, made from the matter itself.
 *
 * A follower of the feed makes them; nobody types one. A fact that changes keeps its
 * old version with the place in the feed at which it ended, so that every count of
 * the past can be made again as it was. A fact names no person, no studio and no
 * single body: type, source, kind of body and area are all it can be counted by
 * (product rule 7). `fengqiao check` makes every fact anew and compares. */
#ifndef INSIGHT_FACT_H
#define INSIGHT_FACT_H
#include "app/app.h"

/* How a matter came, as the form of the Ministry asks it. Kept: append only. */
#define FACT_WAYS(X)                                                            \
    X(UNKNOWN, "unknown", "未注明", "not told") X(PROACTIVE, "proactive", "主动", "proactive") \
    X(APPLIED, "applied", "依申请", "applied for") X(REFERRED, "referred", "接受移送", "referred")
#define FACT_REFERRERS(X)                                                       \
    X(NONE, "none", "无", "none") X(COURT, "court", "法院", "court")             \
    X(PROCURATORATE, "procuratorate", "检察院", "procuratorate")                \
    X(POLICE, "police", "公安", "police") X(PETITION, "petition", "信访", "petition office") \
    X(OTHER, "other", "其他", "other")
/* The kinds of organisation; zh is what org_kinds.csv says in form_kind. */
#define FACT_BODIES(X)                                                          \
    X(OTHER, "other", "其他", "other") X(VILLAGE, "village", "村", "village")     \
    X(RESIDENTS, "residents", "居", "residents") X(TOWN, "town", "乡镇", "town") \
    X(STREET, "street", "街道", "street")                                       \
    X(ENTERPRISE, "enterprise", "企事业单位", "enterprise")                     \
    X(ASSOCIATION, "association", "社会团体和其他组织", "association")
/* What a round came to; outcomes.csv maps each outcome by form_result. */
#define FACT_RESULTS(X)                                                         \
    X(NONE, "none", "未有结果", "none yet") X(SETTLED, "settled", "成功", "settled") \
    X(PARTLY, "partly", "部分成功", "partly settled") X(FAILED, "failed", "未成", "failed") \
    X(STOPPED, "stopped", "当事人终止", "stopped by a party")                   \
    X(UNREACHABLE, "unreachable", "无法联系", "unreachable")                    \
    X(REFERRED, "referred", "移送", "referred") X(OTHER, "other", "其他", "other")   \
    X(UNCONFIRMED, "unconfirmed", "待核实", "agreed, not confirmed by each side")
#define FACT_AGREEMENTS(X)                                                      \
    X(UNKNOWN, "unknown", "未注明", "not told") X(WRITTEN, "written", "书面", "written") \
    X(ORAL, "oral", "口头", "oral")
#define X(id, slug, zh, en) FACT_WAY_##id,
enum fact_way { FACT_WAYS(X) FACT_WAY__COUNT };
#undef X
#define X(id, slug, zh, en) FACT_REFERRER_##id,
enum fact_referrer { FACT_REFERRERS(X) FACT_REFERRER__COUNT };
#undef X
#define X(id, slug, zh, en) FACT_BODY_##id,
enum fact_body { FACT_BODIES(X) FACT_BODY__COUNT };
#undef X
#define X(id, slug, zh, en) FACT_RESULT_##id,
enum fact_result { FACT_RESULTS(X) FACT_RESULT__COUNT };
#undef X
#define X(id, slug, zh, en) FACT_AGREEMENT_##id,
enum fact_agreement { FACT_AGREEMENTS(X) FACT_AGREEMENT__COUNT };
#undef X
extern const struct names fact_way_names, fact_referrer_names, fact_body_names,
                          fact_result_names, fact_agreement_names;

struct fact {
    struct id home, matter;
    int64_t round;
    int64_t since_seq, until_seq;       /* of the feed; until 0: still so */
    bool counts;                        /* false: void, merged into another, split up */
    unsigned kind;                      /* enum matter_kind */
    int64_t type;                       /* 1…18 of the Ministry's form, 0 not one of them */
    unsigned way, referrer, body, result, agreement;
    bool performed, confirmed, complex;
    unsigned prevented;                 /* enum prevention */
    int64_t prevented_people, people;
    struct fen settled;
    struct day accepted;                /* real days, of the zone of the law; a later
                                         * round's is that of the reopening */
    struct day concluded, closed;
    struct id unit;                     /* the town it lies in, or what is above it */
    struct str path;                    /* of the unit */
};
extern const struct record fact_record;

/* The fact of a matter's round (0: the present one) as its rows say now. ERR_NOT_FOUND. */
bool fact_make(struct req *r, struct id matter, int64_t round, struct fact *out,
               struct err *e) MUST_CHECK;
/* Makes the facts of all rounds of the matter and keeps from seq on what differs from
 * the one that is kept; *changed tells. */
bool fact_keep(struct req *r, struct id matter, int64_t seq, bool *changed,
               struct err *e) MUST_CHECK;
/* A chore: follows the feed. */
bool fact_follow(struct app *app, bool *more, struct err *e) MUST_CHECK;
/* The same to the end of the feed, beside the chore. */
bool fact_catch_up(struct app *app, struct err *e) MUST_CHECK;
/* How far it has come. */
bool fact_seq(struct db_conn *c, int64_t *out, struct err *e) MUST_CHECK;

/* Every fact made anew and compared; repair keeps what differs. */
struct fact_check { bool repair; int64_t facts, differ; };
bool fact_check_all(struct app *app, struct fact_check *out, struct err *e) MUST_CHECK;
#endif
