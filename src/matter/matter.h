/* matter.h - a matter 事项: what somebody brought to a centre, from the day it is
 * filed to the day it is closed. Two owners: the owner body has the procedure and
 * the whole-course clock, the lead body the substance and its assignment's clock.
 *
 * Everything that changes a matter goes through a move: move_begin() locks the
 * row, asks the flow, counts the journal on; the action does its own work;
 * move_end() writes state, journal, clocks and worklist. Nothing else updates
 * the table. (The noun is "matter" because case is a word of C.) */
#ifndef MATTER_MATTER_H
#define MATTER_MATTER_H
#include "app/app.h"
#include "schema/flow.h"

/* Kept in the database: append only. */
#define MATTER_KINDS(X)                                                 \
    X(DISPUTE, "dispute", "纠纷", "dispute") X(REQUEST, "request", "诉求", "request") \
    X(EVENT, "event", "事件", "event")       X(ADVICE, "advice", "咨询", "advice")
#define MATTER_STATES(X)                                                \
    X(FILED,     "filed",     "已登记",   "filed")                        \
    X(ACCEPTED,  "accepted",  "已受理",   "accepted")                     \
    X(IN_HAND,   "in_hand",   "办理中",   "in hand")                      \
    X(CONCLUDED, "concluded", "已有结果", "concluded")                     \
    X(REPLIED,   "replied",   "已答复",   "replied")                      \
    X(CLOSED,    "closed",    "已办结",   "closed")                       \
    X(WITHDRAWN, "withdrawn", "已撤回",   "withdrawn")                    \
    X(DETAILS,   "details",   "待补正",   "details wanted")               \
    X(DECLINED,  "declined",  "不予受理", "declined")                      \
    X(VOID,      "void",      "已作废",   "void")                         \
    X(MERGED,    "merged",    "已并案",   "merged")                       \
    X(ARCHIVED,  "archived",  "已归档",   "archived")
#define MATTER_ACTIONS(X)                                               \
    X(ACCEPT,   "accept",   "受理", "accept")                            \
    X(ASSIGN,   "assign",   "派单", "assign")                            \
    X(TAKE,     "take",     "接单", "take")                              \
    X(CONCLUDE, "conclude", "登记结果", "record the outcome")              \
    X(REPLY,    "reply",    "答复", "reply")                             \
    X(CLOSE,    "close",    "办结", "close")                             \
    X(WITHDRAW, "withdraw", "撤回", "withdraw")                          \
    X(ASK_DETAILS, "ask_details", "要求补正", "ask for details")           \
    X(ADD_DETAILS, "add_details", "补正", "add details")                 \
    X(DECLINE,  "decline",  "不予受理", "decline")                         \
    X(ASK_REVIEW, "ask_review", "申请复核", "ask for review")              \
    X(REVIEW,   "review",   "复核", "review")                            \
    X(OBJECT,   "object",   "提出异议", "object")                          \
    X(DECIDE_OBJECTION, "decide_objection", "处理异议", "decide the objection") \
    X(RULE_OBJECTION, "rule_objection", "裁定异议", "rule on the objection") \
    X(RECALL,   "recall",   "收回", "recall")                            \
    X(TRANSFER, "transfer", "转办", "transfer")                          \
    X(ASK_APPROVAL, "ask_approval", "报批", "ask for approval")          \
    X(DECIDE_APPROVAL, "decide_approval", "审批", "approve or send back") \
    X(NOTE_LEADER, "note_leader", "登记领导批示", "record a leader’s note")  \
    X(REPORT_UP, "report_up", "上报", "report upward")                   \
    X(REPORT_DANGER, "report_danger", "报警处置", "report the danger")     \
    X(PAUSE,    "pause",    "中止", "pause")                             \
    X(RESUME,   "resume",   "恢复", "resume")                            \
    X(EXTEND,   "extend",   "延期", "extend")                            \
    X(STOP,     "stop",     "终止", "stop")                              \
    X(ASK_VOID, "ask_void", "申请作废", "ask to make void")                \
    X(DECIDE_VOID, "decide_void", "复核作废", "decide whether it is void") \
    X(CORRECT,  "correct",  "更正", "correct")                           \
    X(ADD_PARTY, "add_party", "追加当事人", "add a party")                 \
    X(APPOINT,  "appoint",  "指定承办人", "appoint a handler")              \
    X(RECORD_ATTEMPT, "record_attempt", "联系记录", "record an attempt")   \
    X(ANSWER,   "answer",   "本人意见", "own answer")                      \
    X(URGE,     "urge",     "催办", "urge")                              \
    X(ANSWER_URGE, "answer_urge", "回应催办", "answer who urged")          \
    X(SUPERVISE, "supervise", "督办", "supervise")                       \
    X(ANSWER_SUPERVISION, "answer_supervision", "答复督办", "answer the supervision") \
    X(VISIT,    "visit",    "回访", "visit")                             \
    X(RATE,     "rate",     "评价", "rate")                              \
    X(REOPEN,   "reopen",   "重启", "reopen")                            \
    X(ARCHIVE,  "archive",  "归档", "archive")                           \
    X(MERGE,    "merge",    "并案", "merge")                             \
    X(UNMERGE,  "unmerge",  "撤销并案", "undo merging")                    \
    X(SPLIT,    "split",    "拆单", "split")                             \
    X(JOIN_PARTS, "join_parts", "汇总结果", "sum up the parts")        \
    X(GO_ON,    "go_on",    "按现有材料办理", "go on with what there is")
/* Who somebody is to a matter; several may hold at once. */
#define MATTER_RELATIONS(X)                                             \
    X(PARTY,      "party",      "当事人",   "party")                      \
    X(INTAKE,     "intake",     "受理人",   "intake of the owner body")   \
    X(DISPATCHER, "dispatcher", "派单人",   "dispatcher of the owner body") \
    X(LEAD,       "lead",       "主办单位", "member of the lead body")     \
    X(HANDLER,    "handler",    "承办人",   "the handler named")          \
    X(REVIEWER,   "reviewer",   "复核人",   "head of the reviewing body") \
    X(APPROVER,   "approver",   "审批人",   "who has to approve now")     \
    X(REPLIER,    "replier",    "答复人",   "the handler; intake where nobody leads") \
    X(LEAD_HEAD,  "lead_head",  "主办单位负责人", "head of the lead body")    \
    X(SUPERVISOR, "supervisor", "督办人",   "head or leader of the level above") \
    X(SUPERVISED, "supervised", "被督办单位", "member of the body supervised")

/* What holds beside the state. Kept in the database as bits of matter.facts, but for
 * those that matter_facts() reads off other members: append only. */
#define MATTER_FACTS(X)                                                 \
    X(LEAD,       "lead",       "已派单",     "assigned to a body")       \
    X(REVIEW,     "review",     "复核中",     "under review")             \
    X(REVIEWED,   "reviewed",   "已复核",     "reviewed")                 \
    X(REVIEW_OPEN, "review_open", "在申请复核期内", "within the time to ask for review") \
    X(OBJECT_OPEN, "object_open", "在提出异议期内", "within the time to object") \
    X(OBJECTED,   "objected",   "有异议",   "objected to")                \
    X(THIRD_REFUSAL, "third_refusal", "已报上一级裁定", "put before the body above") \
    X(RULED,      "ruled",      "异议已裁定", "the objection was ruled on") \
    X(APPROVAL,   "approval",   "审批中",   "waiting for approval")       \
    X(REPLY_APPROVAL, "reply_approval", "答复须先审批", "the reply needs approval") \
    X(DANGER,     "danger",     "危险待报告", "danger to be reported")      \
    X(PAUSED,     "paused",     "时限已中止", "the clocks are stopped")     \
    X(DISPUTE,    "dispute",    "纠纷",     "a dispute")                 \
    X(VOID_ASKED, "void_asked", "申请作废中", "asked to be made void")      \
    X(ORAL,       "oral",       "口头协议",   "an oral agreement")         \
    X(REPORTED,   "reported",   "口头协议待核实", "an oral agreement not yet confirmed") \
    X(DENIED,     "denied",     "有一方不认可", "one side does not agree")   \
    X(UNREACHED,  "unreached",  "有一方未联系上", "one side was not reached") \
    X(URGED,      "urged",      "已催办",   "urged")                      \
    X(SUPERVISED, "supervised", "督办中",   "supervised")                 \
    X(TO_VISIT,   "to_visit",   "待回访",     "to be visited")            \
    X(RATE_OPEN,  "rate_open",  "在评价期内", "within the time to rate")    \
    X(REOPEN_OPEN, "reopen_open", "在申请重启期内", "within the time to ask to reopen") \
    X(PARTS,      "parts",      "等待子事项", "waiting for its parts")     \
    X(VOID_ABOVE, "void_above", "由上级复核作废", "the body above is the second") \
    X(DETAILS_OPEN, "details_open", "在补正期内", "within the time to give details") \
    X(MERGED,     "merged",     "已并案",     "merged into another")
#define X(id, slug, zh, en) MATTER_##id,
enum matter_kind { MATTER_KINDS(X) MATTER_KIND__COUNT };
enum matter_state { MATTER_STATES(X) MATTER_STATE__COUNT };
#undef X
#define X(id, slug, zh, en) MATTER_DO_##id,
enum matter_action { MATTER_ACTIONS(X) MATTER_ACTION__COUNT };
#undef X
#define X(id, slug, zh, en) REL_##id,
enum matter_relation { MATTER_RELATIONS(X) MATTER_RELATION__COUNT };
#undef X
#define X(id, slug, zh, en) FACT_##id,
enum matter_fact { MATTER_FACTS(X) MATTER_FACT__COUNT };
#undef X
#define REL_BIT(r) (1u << REL_##r)
#define FACT_BIT(f) (INT64_C(1) << FACT_##f)
/* Facts read off the clocks. */
#define MATTER_WINDOWS ((uint64_t)(FACT_BIT(REVIEW_OPEN) | FACT_BIT(OBJECT_OPEN) \
                                   | FACT_BIT(RATE_OPEN) | FACT_BIT(REOPEN_OPEN) \
                                   | FACT_BIT(DETAILS_OPEN)))
/* While one of these holds, a matter counts as a success in no number. */
#define MATTER_DOUBTS (FACT_BIT(REPORTED) | FACT_BIT(DENIED) | FACT_BIT(UNREACHED))
extern const struct names matter_kind_names, matter_state_names, matter_action_names,
                          matter_relation_names, matter_fact_names;
extern const struct flow matter_flow;

/* Grades of sight (product.md rule 2); statistics are not a row's business. */
enum grade { GRADE_NOTHING, GRADE_STATISTICS, GRADE_ENVELOPE, GRADE_CONTENT };
enum sight_why { WHY_OWNER, WHY_LEAD, WHY_ASSIST, WHY_FILER, WHY_HANDLER, WHY_PARTY,
                 WHY_SUPERVISION, WHY_JOINED, WHY_REVIEW, WHY_REPORTED };

struct matter {
    struct id id;
    struct str number;
    unsigned kind, state;
    struct str source, type, type_raw;
    struct str title, story;
    struct id area;
    struct str area_name, path, place;
    int64_t people;
    struct fen amount;
    bool danger;
    struct id filed_by, filed_org, owner, lead, handler;
    struct id reviewer;                 /* body above that reviews, rules or seconds, 0 none */
    struct id approver;                 /* body that has to approve now, 0 none */
    int64_t approver_role;              /* enum role of who approves in it */
    struct id supervised;               /* body that has to answer a supervision, 0 none */
    int64_t facts;                      /* stored bits of MATTER_FACTS */
    struct str retention;               /* how long it is kept, "" not put away */
    struct stamp archived_at, keep_until;
    struct str docket;                  /* case number of a people's mediation, "" none */
    struct stamp sight_until;           /* when the reader's next sight ends, 0: none ends */
    bool handler_gone;                  /* the handler holds no post in the lead body now */
    bool reported, denied;              /* of the facts, for the page */
    bool working;                       /* matter_works() of the reader */
    struct str owner_name, lead_name, handler_name;
    int64_t round;
    struct stamp happened_at, filed_at, accepted_at, concluded_at, replied_at, closed_at;
    struct stamp due_at, yellow_at, paused_at;
    struct id home;
    int64_t journal_seq;
    struct str journal_head;
    int64_t version;
    int64_t grade;                      /* the reader's, from the sight row */
    int64_t why;                        /* enum sight_why of that row */
    struct id party_account;            /* reader's account when it is a party's */
    /* for one matter, not for lists */
    struct list parties, claims, assignments, deadlines, actions;
};
extern const struct record matter_record, matter_envelope_record;

/* An action the reader may take now: the front end makes its button and form. */
struct matter_offer { struct str name, zh, en, record, path; bool plain; };
extern const struct record matter_offer_record;

/* What an action answers with. */
struct matter_moved { struct id id; struct str number; unsigned state; int64_t version; };
extern const struct record matter_moved_record;

/* Who r->who is to m, as a mask of REL_BIT. */
unsigned matter_relations(const struct who *w, const struct matter *m);
/* Whether w has a part in its work, not only sight of it: may tie it to others. */
bool matter_works(const struct who *w, const struct matter *m);
/* All facts that hold at now: the stored ones, and those of other members. The
 * windows of time among them need m->deadlines. */
uint64_t matter_facts(const struct matter *m, struct stamp now);
/* The body whose turn it is: the lead's with the substance, else the owner's. */
struct id matter_turn(const struct matter *m);
/* The substance is at rest: its clocks stop when the state is entered. */
bool matter_at_rest(unsigned state);
/* The actions r->who may take on m now, as a list of matter_offer. */
struct list matter_offers(const struct req *r, const struct matter *m);

/* Loads what r->who may see of the matter (at least its envelope), with names of
 * bodies; ERR_NOT_FOUND for one that is not there or not theirs. */
bool matter_load(struct req *r, struct id id, struct matter *m, struct err *e) MUST_CHECK;
/* The same for who may see its content; ERR_NOT_FOUND for all others. */
bool matter_load_content(struct req *r, struct id id, struct matter *m, struct err *e) MUST_CHECK;
/* The matter of the path, where its content may be seen; ERR_NOT_FOUND for others. */
bool matter_reach(struct req *r, struct matter *m, struct err *e) MUST_CHECK;
/* The same for a page of what is in it: sets r->sight (a resident sees what is for
 * parties), and asks for the access record of the look. */
bool matter_open(struct req *r, struct matter *m, struct err *e) MUST_CHECK;

/* ---- moves ---- */

struct move {
    struct req *r;
    struct matter m;                    /* as it becomes */
    enum matter_state was;
    enum matter_action action;
    uint64_t ends;                      /* mask of the states it may come to */
    struct id subject;                  /* of the journal entry; none: the matter */
    struct id lent[2];                  /* bodies lent sight for a decision that was waited for */
    const char *event;                  /* for the clocks; NULL: the action's slug */
    struct stamp happened_at;           /* now, unless the action says an earlier time */
    struct stamp starts_at;             /* of the clocks it starts; none: happened_at */
    struct buf *payload;                /* JSON members without braces: "reason":"…" */
};
/* Loads, asks sight, flow and If-Match, then locks: after it the row is ours.
 * ERR_NOT_FOUND, ERR_WRONG_STATE, ERR_DENIED, ERR_PRECONDITION, ERR_CONFLICT. */
bool move_begin(struct move *mv, struct req *r, enum matter_action action,
                struct err *e) MUST_CHECK;
/* Writes mv->m, its journal entry, feed row, clocks and worklist; fills *out. */
bool move_end(struct move *mv, struct matter_moved *out, struct err *e) MUST_CHECK;
/* A matter made in this very transaction goes on by several steps: made, then step and
 * step_end for each, then save. Whoever calls has asked who may; the flow is asked at
 * each step as if everybody could. ERR_WRONG_STATE, ERR_NEEDS_FACT, ERR_HAS_FACT. */
bool move_made(struct move *mv, struct req *r, struct id id, struct err *e) MUST_CHECK;
bool move_step(struct move *mv, enum matter_action action, struct stamp at,
               struct err *e) MUST_CHECK;
bool move_step_end(struct move *mv, struct err *e) MUST_CHECK;
bool move_save(struct move *mv, struct matter_moved *out, struct err *e) MUST_CHECK;
/* Adds a member to the payload. */
void move_note(struct move *mv, const char *key, struct str value);
void move_note_int(struct move *mv, const char *key, int64_t value);
void move_note_list(struct move *mv, const char *key, const struct record *rec,
                    struct list list);

/* An entry that is no step of the flow (a file added, a field revealed, a clock
 * run out): locks, counts on, writes; the version stays. m needs home and id. */
bool matter_log(struct req *r, struct matter *m, struct str action, struct id subject,
                struct str payload, struct err *e) MUST_CHECK;

/* Gives holder sight of the matter, or raises its grade; who turns out to be a party
 * is one from then on. */
bool sight_give(struct req *r, struct id matter, struct id holder, enum grade grade,
                enum sight_why why, struct err *e) MUST_CHECK;
/* The same until a day (now: only while its decision is waited for); what the holder has
 * for good stays as it is. */
bool sight_lend(struct req *r, struct id matter, struct id holder, enum grade grade,
                enum sight_why why, struct stamp until, struct err *e) MUST_CHECK;
/* The decision a holder was lent the matter for is waited for no more: the loan, which had
 * no day of its own, tells until when it was. One that has a day runs on. */
bool sight_over(struct req *r, struct id matter, struct id holder, struct err *e) MUST_CHECK;
/* Content that was given to lead or to review goes back to the envelope, where the
 * holder has to see it for the sake of supervision or review as well. */
bool sight_lower(struct req *r, struct id matter, struct id holder, struct err *e) MUST_CHECK;
/* Ends what the holder sees for that reason, from now on. */
bool sight_end(struct req *r, struct id matter, struct id holder, enum sight_why why,
               struct err *e) MUST_CHECK;

extern const struct route_table matter_table;
#endif
