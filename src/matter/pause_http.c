/* Pause, resume and extend as actions, and the list of a matter's pauses. */
#include "app/codebook.h"
#include "matter/approval.h"
#include "matter/consent.h"
#include "matter/deadline_change.h"
#include "matter/matter_act.h"
#include "matter/message.h"
#include "matter/pause.h"

static const struct field matter_pause_fields[] = {
    FIELD(matter_pause, reason, .doc = "Why the clocks may stand", .max = 40,
          .format = FORMAT_CODE, .codelist = "pause_reason", .flags = REQUIRED, .zh = "中止理由",
          .en = "Reason"),
    FIELD(matter_pause, until, .doc = "Last day, where it is known; at most as the reason allows",
          .zh = "中止到", .en = "Until"),
    FIELD(matter_pause, text, .doc = "As the parties are told", .min = 2, .max = 1000,
          .flags = REQUIRED | LINES, .zh = "告知当事人的内容", .en = "As the parties are told"),
    FIELD(matter_pause, consents, .doc = "Each side's own consent, where the reason asks for it",
          .sub = &party_consent_record, .max = 50, .zh = "各方同意", .en = "Consents"),
};
static const struct record matter_pause_record = RECORD(matter_pause, matter_pause_fields);

static const struct field matter_resume_fields[] = {
    FIELD(matter_resume, text, .doc = "As the parties are told", .min = 2, .max = 1000,
          .flags = REQUIRED | LINES, .zh = "告知当事人的内容", .en = "As the parties are told"),
};
static const struct record matter_resume_record = RECORD(matter_resume, matter_resume_fields);

static const struct field matter_extend_fields[] = {
    FIELD(matter_extend, what, .doc = "Which clock", .max = 40, .format = FORMAT_CODE,
          .codelist = "deadline_what", .flags = REQUIRED, .zh = "时限", .en = "Deadline"),
    FIELD(matter_extend, amount, .doc = "How much, in the unit of its rule", .min = 1, .max = 366,
          .flags = REQUIRED, .zh = "延长", .en = "By how much"),
    FIELD(matter_extend, text, .doc = "Why, as the applicant is told", .min = 2, .max = 1000,
          .flags = REQUIRED | LINES, .zh = "告知申请人的理由", .en = "Reason as told"),
    FIELD(matter_extend, consents, .doc = "Each side's own consent, where the rule asks for it",
          .sub = &party_consent_record, .max = 50, .zh = "各方同意", .en = "Consents"),
};
static const struct record matter_extend_record = RECORD(matter_extend, matter_extend_fields);

/* What a rule or a reason asks for before a clock may end later. An approval is used
 * up by what it was given for. */
static bool agreed(struct move *mv, struct str by, enum consent_purpose purpose,
                   struct id subject, struct list consents, struct err *e)
{
    const struct name *approved = &approval_state_names.v[APPROVAL_APPROVED];
    enum approval_action what = purpose == CONSENT_PAUSE ? APPROVAL_OF_PAUSE : APPROVAL_OF_EXTEND;
    struct str text;
    bool found, everybody = str_is(by, "all_parties");
    if (everybody || str_is(by, "both_parties"))
        return consent_keep(mv->r, &mv->m, purpose, subject, consents, everybody, e);
    if (str_is(by, "owner"))
        return matter_relations(mv->r->who, &mv->m) & REL_BIT(INTAKE) || err_set(e, ERR_DENIED);
    return approval_use(mv->r, &mv->m, what, &text, &found, e)
        && (found || err_setf(e, ERR_NEEDS_FACT, "%s" ERR_OR "%s", approved->zh, approved->en));
}

static void note_consents(struct move *mv, struct list consents)
{
    const struct party_consent *v = consents.v;
    if (!consents.n)
        return;
    json_put_key(mv->payload, mv->payload->n ? "," : "", "consents");
    for (size_t i = 0; i < consents.n; i++) {
        buf_add_char(mv->payload, i ? ',' : '[');
        record_to_json(&party_consent_record, &v[i], SIGHT_ALL, mv->payload);
    }
    buf_add_char(mv->payload, ']');
}

static bool tell(struct move *mv, struct str text, struct err *e)
{
    move_note(mv, "text", text);
    return message_put(mv->r, &mv->m, MESSAGE_NOTICE, ID_NONE, CHANNEL_ONLINE, text, e);
}

static bool on_pause(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_pause *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_PAUSE, e))
        return false;
    const struct code_entry *why = codebook_code(r->app, STR("pause_reason"), x->reason, DAY_NONE);
    if (!why || !str_has_word(code_extra(why, r->a, "kinds"),
                              str_of(matter_kind_names.v[mv.m.kind].slug)))
        return err_field(e, ERR_NO_SUCH_REF, "reason");
    if (!pause_begin(r, &mv.m, x->reason, x->until, x->text, &mv.subject, e))
        return false;
    if (!mv.subject.v)
        return err_fieldf(e, ERR_NO_CLOCK, "reason", "%.*s" ERR_OR "%.*s", STR_ARG(why->zh),
                          STR_ARG(why->en));
    move_note(&mv, "reason", x->reason);
    if (!agreed(&mv, code_extra(why, r->a, "agreed_by"), CONSENT_PAUSE, mv.subject, x->consents, e)
        || !tell(&mv, x->text, e))
        return false;
    note_consents(&mv, x->consents);
    return move_end(&mv, out, e);
}

static bool on_resume(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_resume *x = in;
    struct move mv;
    return move_begin(&mv, r, MATTER_DO_RESUME, e) && pause_end(r, &mv.m, r->now, e)
        && tell(&mv, x->text, e) && move_end(&mv, out, e);
}

static struct deadline *running_clock(struct list clocks, struct str what)
{
    struct deadline *d = clocks.v;
    for (size_t i = 0; i < clocks.n; i++)
        if (d[i].state == DEADLINE_RUNNING && str_eq(d[i].what, what))
            return &d[i];
    return NULL;
}

/* A rule that names who agrees but no amount leaves it to them (people's mediation); one
 * with an amount is for once. The body that has to meet the clock asks, in its time. */
static bool may_extend(const struct req *r, const struct deadline *d,
                       const struct limit_rule *rule, int64_t amount, struct err *e)
{
    if (!rule || !rule->extend_by.n)
        return err_fieldf(e, ERR_NO_CLOCK, "what", "%.*s", STR_ARG(d->what));
    if (d->org.v != r->who->org.v)
        return err_set(e, ERR_DENIED);
    if (d->due_at.ms < r->now.ms)
        return err_fieldf(e, ERR_EXPIRED, "what", "%.*s" ERR_OR "%.*s", STR_ARG(rule->zh),
                          STR_ARG(rule->en));
    if (rule->extend && d->extended)
        return err_fieldf(e, ERR_NO_CLOCK, "what", "%.*s" ERR_OR "%.*s", STR_ARG(rule->zh),
                          STR_ARG(rule->en));
    if (rule->extend && amount > rule->extend)
        return err_fieldf(e, ERR_OUT_OF_RANGE, "amount", "1–%lld", (long long)rule->extend);
    return true;
}

/* A clock whose rule goes with the one that was extended gets as much, in its own time
 * and at most what its rule gives (信访工作条例 34). */
static bool extend_with(struct move *mv, struct list open, const struct matter_extend *x,
                        struct err *e)
{
    struct req *r = mv->r;
    struct deadline *d = open.v;
    struct str with = STR("");
    for (size_t i = 0; i < open.n; i++) {
        const struct limit_rule *rule = codebook_rule(r->app, d[i].rule,
                                                      day_of_stamp(d[i].started_at));
        if (!rule || !str_has_word(rule->extend_by, x->what) || d[i].due_at.ms < r->now.ms
            || d[i].extended >= rule->extend)
            continue;
        d[i].extended += MIN(x->amount, rule->extend - d[i].extended);
        with = arena_printf(r->a, "%.*s%s%.*s", STR_ARG(with), with.n ? " " : "",
                            STR_ARG(d[i].what));
        if (!deadline_count(r, &mv->m, &d[i], e))
            return false;
    }
    if (with.n)
        move_note(mv, "with", with);
    return true;
}

static bool on_extend(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_extend *x = in;
    struct move mv;
    struct list open;
    if (!move_begin(&mv, r, MATTER_DO_EXTEND, e) || !deadline_open(r, &mv.m, &open, e))
        return false;
    struct deadline *d = running_clock(open, x->what);
    if (!d)
        return err_fieldf(e, ERR_NO_CLOCK, "what", "%.*s", STR_ARG(x->what));
    const struct limit_rule *rule = codebook_rule(r->app, d->rule, day_of_stamp(d->started_at));
    if (!may_extend(r, d, rule, x->amount, e)
        || !agreed(&mv, rule->extend_by, CONSENT_EXTEND, d->id, x->consents, e))
        return false;
    mv.subject = d->id;
    d->extended += x->amount;
    move_note(&mv, "what", x->what);
    move_note_int(&mv, "amount", x->amount);
    note_consents(&mv, x->consents);
    return deadline_count(r, &mv.m, d, e) && tell(&mv, x->text, e) && extend_with(&mv, open, x, e)
        && move_end(&mv, out, e);
}

/* ---- reading ---- */

struct pause_entry {
    struct str reason, text, paused_by_name;
    struct stamp at, until, ended_at;
};
static const struct field pause_entry_fields[] = {
    FIELD(pause_entry, reason, .doc = "Why", .format = FORMAT_CODE, .codelist = "pause_reason",
          .flags = PARTY, .zh = "中止理由", .en = "Reason"),
    FIELD(pause_entry, at, .doc = "Since when", .flags = PARTY, .zh = "中止时间", .en = "Paused"),
    FIELD(pause_entry, until, .doc = "When it ends by itself", .flags = PARTY, .zh = "最迟恢复",
          .en = "At the latest until"),
    FIELD(pause_entry, ended_at, .doc = "When the clocks went on", .flags = PARTY,
          .zh = "恢复时间", .en = "Resumed"),
    FIELD(pause_entry, text, .doc = "As the parties were told", .flags = CONTENT | PARTY | LINES,
          .zh = "告知内容", .en = "As told"),
    FIELD(pause_entry, paused_by_name, .doc = "Who decided it", .zh = "办理人", .en = "By"),
};
static const struct record pause_entry_record = RECORD(pause_entry, pause_entry_fields);

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    return matter_open(r, &m, e)
        && db_all(r->c, e, r->a, &pause_entry_record, out,
            SQL("SELECT p.reason, p.text, p.at, p.until, p.ended_at,"
                " COALESCE(a.name, '') AS paused_by_name FROM pause p"
                " LEFT JOIN account a ON a.home = p.home AND a.id = p.paused_by"
                " WHERE p.home = $1 AND p.matter = $2 ORDER BY p.id LIMIT 100"),
            V(m.home), V(m.id));
}

static const struct route pause_routes[] = {
    MATTER_ACTION("pause", MATTER_ACT, on_pause, matter_pause_record,
                  "Stop the clocks, for a reason that a rule knows and at most as long"),
    MATTER_ACTION("resume", MATTER_ACT, on_resume, matter_resume_record,
                  "Let the clocks go on"),
    MATTER_ACTION("extend", MATTER_ACT, on_extend, matter_extend_record,
                  "Give a clock more time, as its rule allows"),
    { "GET", "/api/v1/matters/{id}/pauses", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .out = &pause_entry_record, .reply = REPLY_LIST, .doc = "When and why its clocks stood" },
    { "GET", "/api/v1/door/matters/{id}/pauses", PERM_RESIDENT, ROUTE_READ, .apply = on_list,
      .out = &pause_entry_record, .reply = REPLY_LIST, .sites = SITE_BOTH,
      .doc = "When and why the clocks of my matter stood" },
};
const struct route_table pause_table = ROUTES("pause", pause_routes);
