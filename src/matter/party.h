/* party.h - a party 当事人: who is in a matter, on which side. Telephone number,
 * identity number and address are secret fields: sealed at rest, masked on
 * screen, revealed one at a time with a reason the party can see. */
#ifndef MATTER_PARTY_H
#define MATTER_PARTY_H
#include "matter/matter.h"

/* Kept in the database: append only. */
#define PARTY_ROLES(X)                                                     \
    X(APPLICANT, "applicant", "申请人", "applicant")                        \
    X(RESPONDENT, "respondent", "被申请人", "respondent")                   \
    X(THIRD, "third", "第三人", "third party")
#define PARTY_KINDS(X)                                                     \
    X(PERSON, "person", "自然人", "person")                                 \
    X(ORGANISATION, "organisation", "法人或组织", "organisation")
#define PARTY_CHANNELS(X)                                                  \
    X(ONLINE, "online", "网上", "online") X(SMS, "sms", "短信", "text message") \
    X(PHONE, "phone", "电话", "telephone") X(COUNTER, "counter", "窗口", "counter") \
    X(LETTER, "letter", "书面", "letter")
#define PARTY_ANSWERS(X)                                                   \
    X(NONE, "none", "未答复", "not answered") X(YES, "yes", "认可", "agrees") \
    X(NO, "no", "不认可", "does not agree") X(UNREACHED, "unreached", "联系不上", "not reached") \
    X(SILENT, "silent", "未表态", "gave no answer")                        \
    X(GIVEN, "given", "已答复", "answered")    /* what the other side is shown */
#define X(id, slug, zh, en) PARTY_##id,
enum party_role { PARTY_ROLES(X) PARTY_ROLE__COUNT };
enum party_kind { PARTY_KINDS(X) PARTY_KIND__COUNT };
#undef X
#define X(id, slug, zh, en) CHANNEL_##id,
enum party_channel { PARTY_CHANNELS(X) CHANNEL__COUNT };
#undef X
#define X(id, slug, zh, en) ANSWER_##id,
enum party_answer { PARTY_ANSWERS(X) ANSWER__COUNT };
#undef X
extern const struct names party_role_names, party_kind_names, party_channel_names,
                          party_answer_names;

/* In one matter, with those who left: every list of them is whole. */
enum { PARTY_ROWS_MAX = 100 };

struct party {
    struct id id;
    int64_t no;
    unsigned role, kind;
    struct str name, phone;
    struct str id_kind, id_number;
    struct str address;
    unsigned channel;
    struct id account;
    unsigned answer;
    struct stamp answered_at, left_at;
};
extern const struct record party_record;

/* The parties of a matter, secret fields opened for masking (r->sight decides
 * what leaves). */
bool party_list(struct req *r, struct id matter, struct list *out, struct err *e) MUST_CHECK;
/* The same without what is secret, for rules that only ask who is in it. */
bool party_sides(struct req *r, struct id matter, struct list *out, struct err *e) MUST_CHECK;
/* Whether the party of the list is the account's. */
bool party_is_own(struct list parties, struct id party, struct id account);
/* On which side the account stands: enum party_role, PARTY_ROLE__COUNT for none. */
unsigned party_side_of(struct list parties, struct id account);
/* Rows that name a party each: how large a row is, where the party's id lies in it, and
 * whether rows that name nobody are for all. */
struct party_row { size_t size, party; bool common; };
#define PARTY_ROW(T, for_all) \
    ((struct party_row){ sizeof(struct T), offsetof(struct T, party), for_all })
/* Leaves in rows what is the account's own (and for all): what another was told or said
 * stays with it. */
void party_keep_own(struct list parties, struct id account, struct party_row row,
                    struct list *rows);
/* The same where r->sight shows what is for parties; nothing where it shows more. */
bool party_show_own(struct req *r, struct id matter, struct list *rows, struct party_row row,
                    struct err *e) MUST_CHECK;
/* What others answered becomes that they answered. */
void party_keep_own_answer(struct list parties, struct id account);
/* One secret field in clear; writes the access row and the journal entry. */
bool party_reveal(struct req *r, const struct matter *m, struct id party, struct str field,
                  struct str reason, struct str *out, struct err *e) MUST_CHECK;
/* Each party's own answer to the outcome, given at at. */
bool party_answer_set(struct req *r, struct id matter, struct id party, enum party_answer answer,
                      struct stamp at, struct err *e) MUST_CHECK;
/* Nobody has answered: a new round. */
bool party_answers_clear(struct req *r, struct id matter, struct err *e) MUST_CHECK;
/* Links the account to the parties of one side whose telephone number is the account's,
 * under whichever key either was indexed; *n gets how many. side: enum party_role, or
 * PARTY_ROLE__COUNT when none was named. An account acts for one side of a matter, the one
 * it was linked to first: nobody answers for both. ERR_WHICH_SIDE where the number is given
 * on several and none is named, ERR_OTHER_SIDE. */
bool party_link(struct req *r, struct id matter, struct id account, unsigned side, int64_t *n,
                struct err *e) MUST_CHECK;
#endif
