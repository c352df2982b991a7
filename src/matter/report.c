#include "matter/report.h"
#include "app/codebook.h"
#include "matter/matter_act.h"
#include "place/place.h"

enum { DAYS_ROOM = 3660 };                /* rules/numbers.csv says how many it may be */

struct matter_note_leader   { struct str leader, text; struct day on; };
struct matter_report_up     { struct str text; bool content; int64_t days; };
struct matter_report_danger { struct str told, text; struct stamp at; };

static const struct field matter_note_leader_fields[] = {
    FIELD(matter_note_leader, leader, .doc = "Whose note, and in which office", .max = 60,
          .flags = REQUIRED, .zh = "批示领导及职务", .en = "Leader"),
    FIELD(matter_note_leader, text, .doc = "What it says", .max = 1000,
          .flags = REQUIRED | LINES, .zh = "批示内容", .en = "Note"),
    FIELD(matter_note_leader, on, .doc = "When it was written", .zh = "批示日期", .en = "Day"),
};
static const struct record matter_note_leader_record =
    RECORD(matter_note_leader, matter_note_leader_fields);

static const struct field matter_report_up_fields[] = {
    FIELD(matter_report_up, text, .doc = "What is reported and why it is major or sensitive",
          .min = 2, .max = 1000, .flags = REQUIRED | LINES, .zh = "上报内容", .en = "Report"),
    FIELD(matter_report_up, content, .doc = "The body above may read the matter meanwhile",
          .zh = "允许上一级查看内容", .en = "May read the content"),
    FIELD(matter_report_up, days,
          .doc = "For how many days it sees the matter; as the rules say when not sent",
          .max = DAYS_ROOM, .zh = "查看天数", .en = "Days"),
};
static const struct record matter_report_up_record =
    RECORD(matter_report_up, matter_report_up_fields);

static const struct field matter_report_danger_fields[] = {
    FIELD(matter_report_danger, told, .doc = "Who was told: 110, station, name or number",
          .max = 100, .flags = REQUIRED, .zh = "报告对象", .en = "Who was told"),
    FIELD(matter_report_danger, at, .doc = "When it was reported; now when not sent",
          .zh = "报告时间", .en = "When"),
    FIELD(matter_report_danger, text, .doc = "What was seen and done", .max = 1000,
          .flags = REQUIRED | LINES, .zh = "情况和处置", .en = "What was done"),
};
static const struct record matter_report_danger_record =
    RECORD(matter_report_danger, matter_report_danger_fields);

static bool on_note_leader(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_note_leader *x = in;
    struct move mv;
    if (x->on.n > day_of_stamp(r->now).n)
        return err_field(e, ERR_IN_FUTURE, "on");
    if (!move_begin(&mv, r, MATTER_DO_NOTE_LEADER, e))
        return false;
    if (x->on.n)
        mv.happened_at = stamp_of_day(x->on);
    move_note(&mv, "leader", x->leader);
    move_note(&mv, "text", x->text);
    return move_end(&mv, out, e);
}

/* As many as asked for, within what the rules allow. */
static bool grant_days(const struct req *r, int64_t asked, int64_t *out, struct err *e)
{
    int64_t most = codebook_number(r->app, "report_days_most", 180);
    *out = asked ? asked : MIN(codebook_number(r->app, "report_days", 30), most);
    return *out <= most || err_fieldf(e, ERR_OUT_OF_RANGE, "days", "1–%lld", (long long)most);
}

/* A grant with a day on which it ends; the parties find it in who may see. */
static bool on_report_up(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_report_up *x = in;
    struct id above = ID_NONE;
    struct move mv;
    int64_t days;
    if (!grant_days(r, x->days, &days, e) || !move_begin(&mv, r, MATTER_DO_REPORT_UP, e)
        || !org_above(r, mv.m.owner, &above, e))
        return false;
    if (!above.v)
        return err_set(e, ERR_NO_ABOVE);
    struct stamp until = { r->now.ms + days * STAMP_DAY };
    mv.subject = above;
    move_note(&mv, "text", x->text);
    move_note_int(&mv, "content", x->content);
    move_note_int(&mv, "until", until.ms);
    return sight_lend(r, mv.m.id, above, x->content ? GRADE_CONTENT : GRADE_ENVELOPE, WHY_REPORTED,
                      until, e)
        && move_end(&mv, out, e);
}

static bool on_report_danger(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_report_danger *x = in;
    struct move mv;
    if (x->at.ms > r->now.ms)
        return err_field(e, ERR_IN_FUTURE, "at");
    if (!move_begin(&mv, r, MATTER_DO_REPORT_DANGER, e)
        || !db_exec(r->c, e, NULL,
            SQL("UPDATE matter SET danger = 1 WHERE home = $1 AND id = $2"), V(mv.m.home),
            V(mv.m.id)))
        return false;
    if (x->at.ms)
        mv.happened_at = x->at;
    mv.m.facts &= ~FACT_BIT(DANGER);
    move_note(&mv, "told", x->told);
    move_note(&mv, "text", x->text);
    return move_end(&mv, out, e);
}

static const struct route report_routes[] = {
    MATTER_ACTION("note_leader", MATTER_INTAKE, on_note_leader, matter_note_leader_record,
                  "Record a leader's note"),
    MATTER_ACTION("report_up", MATTER_INTAKE, on_report_up, matter_report_up_record,
                  "Report a major or sensitive matter to the body above: a dated grant"),
    MATTER_ACTION("report_danger", MATTER_ACT, on_report_danger, matter_report_danger_record,
                  "Danger was reported to the police or others: to whom, when, what was done"),
};
const struct route_table report_table = ROUTES("report", report_routes);
