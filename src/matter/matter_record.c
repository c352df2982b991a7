/* The matter's names and records: what it is called in the database, in JSON and
 * on the screen. */
#include "matter/assignment.h"
#include "matter/claim.h"
#include "matter/deadline.h"
#include "matter/party.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name kind_v[] = { MATTER_KINDS(X) };
static const struct name state_v[] = { MATTER_STATES(X) };
static const struct name action_v[] = { MATTER_ACTIONS(X) };
static const struct name relation_v[] = { MATTER_RELATIONS(X) };
static const struct name fact_v[] = { MATTER_FACTS(X) };
#undef X
const struct names matter_kind_names = NAMES("matter_kind", kind_v);
const struct names matter_state_names = NAMES("matter_state", state_v);
const struct names matter_action_names = NAMES("matter_action", action_v);
const struct names matter_relation_names = NAMES("matter_relation", relation_v);
const struct names matter_fact_names = NAMES("matter_fact", fact_v);

static const struct field matter_offer_fields[] = {
    FIELD(matter_offer, name, .doc = "The action", .flags = PARTY, .zh = "动作", .en = "Action"),
    FIELD(matter_offer, zh, .doc = "Its Chinese name", .flags = HIDDEN | PARTY),
    FIELD(matter_offer, en, .doc = "Its English name", .flags = HIDDEN | PARTY),
    FIELD(matter_offer, record, .doc = "Component whose members it takes; empty for none",
          .flags = HIDDEN | PARTY),
    FIELD(matter_offer, path, .doc = "Where to POST it", .flags = HIDDEN | PARTY),
    FIELD(matter_offer, plain, .doc = "Needs no form: a button with a question is enough",
          .flags = HIDDEN | PARTY),
};
const struct record matter_offer_record = RECORD(matter_offer, matter_offer_fields);

static const struct field matter_moved_fields[] = {
    FIELD(matter_moved, id, .doc = "The matter", .flags = PARTY | HIDDEN),
    FIELD(matter_moved, number, .doc = "Public number", .flags = PARTY, .zh = "编号", .en = "Number"),
    FIELD(matter_moved, state, .doc = "Where it stands now", .names = &matter_state_names,
          .flags = PARTY, .zh = "状态", .en = "State"),
    FIELD(matter_moved, version, .doc = "Send it as If-Match with the next change",
          .flags = PARTY | HIDDEN),
};
const struct record matter_moved_record = RECORD(matter_moved, matter_moved_fields);

/* Envelope first (product.md rule 2): number, kind, type, bodies, states, clocks.
 * What people wrote is CONTENT. */
#define ENVELOPE_FIELDS                                                                      \
    FIELD(matter, id, .doc = "Key", .flags = HIDDEN | PARTY),                                 \
    FIELD(matter, number, .doc = "Public number, for life", .max = 20, .flags = PARTY,        \
          .zh = "编号", .en = "Number"),                                                      \
    FIELD(matter, kind, .doc = "What kind of demand it is", .names = &matter_kind_names,      \
          .flags = PARTY, .zh = "事项类别", .en = "Kind"),                                    \
    FIELD(matter, state, .doc = "Where it stands", .names = &matter_state_names,              \
          .flags = PARTY, .zh = "状态", .en = "State"),                                       \
    FIELD(matter, title, .doc = "One line, as filed", .max = 100, .flags = CONTENT | PARTY,   \
          .zh = "标题", .en = "Title"),                                                       \
    FIELD(matter, type, .doc = "Code in the kind's own list", .format = FORMAT_CODE,          \
          .codelist = "{kind}_type", .flags = PARTY, .zh = "类型", .en = "Type"),             \
    FIELD(matter, area, .doc = "Area it happened in", .format = FORMAT_AREA,                  \
          .flags = HIDDEN),                                                                  \
    FIELD(matter, area_name, .doc = "Name of the area", .flags = PARTY, .zh = "辖区",         \
          .en = "Area"),                                                                     \
    FIELD(matter, owner, .doc = "Body that owns the procedure", .format = FORMAT_ORG,         \
          .flags = HIDDEN),                                                                  \
    FIELD(matter, owner_name, .doc = "Its name", .flags = PARTY, .zh = "受理单位",            \
          .en = "Owner body"),                                                               \
    FIELD(matter, lead, .doc = "Body that owns the substance", .format = FORMAT_ORG,          \
          .flags = HIDDEN),                                                                  \
    FIELD(matter, lead_name, .doc = "Its name", .flags = PARTY, .zh = "主办单位",             \
          .en = "Lead body"),                                                                \
    FIELD(matter, filed_at, .doc = "When it was filed", .flags = PARTY, .zh = "登记时间",     \
          .en = "Filed"),                                                                    \
    FIELD(matter, due_at, .doc = "End of the whole-course clock", .flags = PARTY,             \
          .zh = "办结期限", .en = "Due"),                                                     \
    FIELD(matter, yellow_at, .doc = "From when on it is yellow", .flags = HIDDEN | PARTY),    \
    FIELD(matter, version, .doc = "Send it as If-Match to change the matter",                 \
          .flags = HIDDEN | PARTY)

static const struct field envelope_fields[] = { ENVELOPE_FIELDS };
const struct record matter_envelope_record = {
    .name = "matter_envelope", .size = sizeof(struct matter), .f = envelope_fields,
    .n = COUNT(envelope_fields),
};

static const struct field matter_fields[] = {
    ENVELOPE_FIELDS,
    FIELD(matter, archived_at, .doc = "When it was put away", .flags = PARTY, .zh = "归档时间",
          .en = "Archived"),
    FIELD(matter, retention, .doc = "How long it is kept", .format = FORMAT_CODE,
          .codelist = "retention", .zh = "保管期限", .en = "Kept as"),
    FIELD(matter, keep_until, .doc = "Until when; none is for ever", .zh = "保管至",
          .en = "Kept until"),
    FIELD(matter, docket, .doc = "Case number of a people's mediation", .flags = PARTY,
          .zh = "案号", .en = "Case number"),
    FIELD(matter, source, .doc = "How it came in", .format = FORMAT_CODE, .codelist = "source",
          .zh = "来源", .en = "Source"),
    FIELD(matter, type_raw, .doc = "The type as the source spelled it", .flags = CONTENT,
          .zh = "原类型", .en = "Type as sent"),
    FIELD(matter, story, .doc = "What happened, as told", .max = 20000,
          .flags = CONTENT | PARTY | LINES, .zh = "情况", .en = "What happened"),
    FIELD(matter, place, .doc = "Where exactly", .max = 200, .flags = CONTENT | PARTY,
          .zh = "地点", .en = "Place"),
    FIELD(matter, people, .doc = "Persons involved", .max = 100000, .zh = "涉及人数",
          .en = "Persons"),
    FIELD(matter, amount, .doc = "Sum of the claims", .flags = CONTENT | PARTY,
          .zh = "涉及金额", .en = "Amount"),
    FIELD(matter, danger, .doc = "Risk of escalation was seen", .flags = CONTENT,
          .zh = "有激化风险", .en = "Danger"),
    FIELD(matter, handler, .doc = "Account in charge", .format = FORMAT_ACCOUNT, .flags = HIDDEN),
    FIELD(matter, handler_name, .doc = "His or her name", .flags = PARTY, .zh = "承办人",
          .en = "Handler"),
    FIELD(matter, round, .doc = "1, grows with each reopening", .zh = "轮次", .en = "Round"),
    FIELD(matter, reported, .doc = "An oral agreement that not every side has confirmed",
          .flags = PARTY, .zh = "口头协议待核实", .en = "Reported only"),
    FIELD(matter, denied, .doc = "One side does not agree with the outcome", .flags = CONTENT,
          .zh = "有一方不认可", .en = "Denied"),
    FIELD(matter, working, .doc = "You have a part in its work: may tie it to others",
          .flags = HIDDEN),
    FIELD(matter, happened_at, .doc = "When it happened", .flags = CONTENT | PARTY,
          .zh = "发生时间", .en = "Happened"),
    FIELD(matter, accepted_at, .doc = "When it was accepted", .flags = PARTY, .zh = "受理时间",
          .en = "Accepted"),
    FIELD(matter, concluded_at, .doc = "When the outcome was recorded", .flags = PARTY,
          .zh = "出结果时间", .en = "Concluded"),
    FIELD(matter, replied_at, .doc = "When the applicant was answered", .flags = PARTY,
          .zh = "答复时间", .en = "Replied"),
    FIELD(matter, closed_at, .doc = "When it was closed", .flags = PARTY, .zh = "办结时间",
          .en = "Closed"),
    FIELD(matter, paused_at, .doc = "Since when its clocks stand", .flags = PARTY,
          .zh = "中止时间", .en = "Paused"),
    FIELD(matter, parties, .doc = "Who is in it", .sub = &party_record,
          .flags = CONTENT | PARTY, .zh = "当事人", .en = "Parties"),
    FIELD(matter, claims, .doc = "What is asked", .sub = &claim_record, .flags = CONTENT | PARTY,
          .zh = "请求", .en = "Claims"),
    FIELD(matter, assignments, .doc = "Bodies at work", .sub = &assignment_record,
          .zh = "工单", .en = "Assignments"),
    FIELD(matter, deadlines, .doc = "Its clocks", .sub = &deadline_record, .flags = PARTY,
          .zh = "时限", .en = "Deadlines"),
    FIELD(matter, actions, .doc = "What you may do now", .sub = &matter_offer_record,
          .flags = PARTY, .zh = "可办动作", .en = "Actions"),
    /* kept for the program */
    FIELD(matter, home, .doc = "City", .flags = HIDDEN | WRITEONLY),
    FIELD(matter, facts, .doc = "What holds beside the state", .flags = HIDDEN | WRITEONLY),
    FIELD(matter, sight_until, .doc = "When the next sight ends", .flags = HIDDEN | WRITEONLY),
    FIELD(matter, handler_gone, .doc = "The handler left", .flags = HIDDEN | WRITEONLY),
    FIELD(matter, reviewer, .doc = "Body that reviews or rules", .flags = HIDDEN | WRITEONLY),
    FIELD(matter, approver, .doc = "Body that has to approve", .flags = HIDDEN | WRITEONLY),
    FIELD(matter, supervised, .doc = "Body that has to answer a supervision",
          .flags = HIDDEN | WRITEONLY),
    FIELD(matter, why, .doc = "Why you see it", .flags = HIDDEN | WRITEONLY),
    FIELD(matter, approver_role, .doc = "In which role", .flags = HIDDEN | WRITEONLY),
    FIELD(matter, path, .doc = "The area's path", .flags = HIDDEN | WRITEONLY),
    FIELD(matter, filed_by, .doc = "Account that filed it", .flags = HIDDEN | WRITEONLY),
    FIELD(matter, filed_org, .doc = "Body at whose counter", .flags = HIDDEN | WRITEONLY),
    FIELD(matter, journal_seq, .doc = "Last entry", .flags = HIDDEN | WRITEONLY),
    FIELD(matter, journal_head, .doc = "Its hash", .flags = HIDDEN | WRITEONLY),
    FIELD(matter, grade, .doc = "Your grade of sight: 2 envelope, 3 content",
          .flags = HIDDEN | PARTY),
    FIELD(matter, party_account, .doc = "Yours, when you are a party", .flags = HIDDEN | WRITEONLY),
};
const struct record matter_record = RECORD(matter, matter_fields);
