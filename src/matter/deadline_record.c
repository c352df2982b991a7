/* What a clock is called, and what a person asks of it: its rule in words, its
 * colour, the time left, when it stood. */
#include "app/codebook.h"
#include "app/rule.h"
#include "matter/deadline.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name state_v[] = { DEADLINE_STATES(X) };
#undef X
const struct names deadline_state_names = NAMES("deadline_state", state_v);

/* In the order of enum light. */
static const struct name colour_v[] = {
    { "green", "正常", "in time" }, { "yellow", "将超期", "nearly over" },
    { "red", "已超期", "over" },
};
const struct names deadline_colour_names = NAMES("deadline_colour", colour_v);

static const struct field deadline_stop_fields[] = {
    FIELD(deadline_stop, from, .doc = "Since when it stood", .flags = PARTY, .zh = "中止",
          .en = "Stopped"),
    FIELD(deadline_stop, to, .doc = "Until when; null: it stands still", .flags = PARTY,
          .zh = "恢复", .en = "Went on"),
};
static const struct record deadline_stop_record = RECORD(deadline_stop, deadline_stop_fields);

static const struct field deadline_fields[] = {
    FIELD(deadline, id, .doc = "Key", .flags = HIDDEN),
    FIELD(deadline, what, .doc = "What is due", .flags = PARTY, .format = FORMAT_CODE,
          .codelist = "deadline_what", .zh = "事项", .en = "What"),
    FIELD(deadline, state, .doc = "How it stands", .names = &deadline_state_names, .flags = PARTY,
          .zh = "状态", .en = "State"),
    FIELD(deadline, colour, .doc = "Green, yellow when it is nearly over, red when it is over",
          .names = &deadline_colour_names, .flags = PARTY, .zh = "预警", .en = "Colour"),
    FIELD(deadline, org, .doc = "Body that has to act", .flags = HIDDEN),
    FIELD(deadline, started_at, .doc = "When it started", .flags = PARTY, .zh = "起算",
          .en = "Started"),
    FIELD(deadline, due_at, .doc = "When it ends", .flags = PARTY, .zh = "期限", .en = "Due"),
    FIELD(deadline, left_minutes, .doc = "Working minutes left, negative when late, 0 when ended",
          .flags = PARTY, .zh = "剩余工作分钟", .en = "Working minutes left"),
    FIELD(deadline, yellow_at, .doc = "From when on it is yellow", .flags = HIDDEN),
    FIELD(deadline, ended_at, .doc = "When it was met or dropped", .flags = PARTY, .zh = "完成",
          .en = "Ended"),
    FIELD(deadline, paused_at, .doc = "Since when it stands still", .flags = PARTY,
          .zh = "中止时间", .en = "Paused"),
    FIELD(deadline, stops, .doc = "When it stood", .sub = &deadline_stop_record, .flags = PARTY,
          .zh = "中止记录", .en = "Pauses"),
    FIELD(deadline, extended, .doc = "How much was added, in unit", .flags = PARTY,
          .zh = "已延长", .en = "Extended by"),
    FIELD(deadline, unit, .doc = "The unit the rule counts in", .names = &limit_unit_names,
          .flags = PARTY, .zh = "单位", .en = "Unit"),
    FIELD(deadline, provisional, .doc = "Reaches past the known calendar", .flags = PARTY,
          .zh = "暂定", .en = "Provisional"),
    FIELD(deadline, rule, .doc = "The rule it follows", .flags = HIDDEN | PARTY),
    FIELD(deadline, rule_name, .doc = "The rule by its name", .flags = PARTY, .zh = "规则",
          .en = "Rule"),
    FIELD(deadline, source, .doc = "Where the rule stands: law and article", .flags = PARTY,
          .zh = "依据", .en = "Source"),
    FIELD(deadline, pauses, .doc = "When it stood, as kept", .flags = HIDDEN | WRITEONLY),
};
const struct record deadline_record = RECORD(deadline, deadline_fields);

static struct list stops_of(struct arena *a, struct str pauses)
{
    struct deadline_stop *v = arena_array(a, struct deadline_stop, PAUSES_MAX);
    struct str one, from, to;
    size_t n = 0;
    for (bool more = pauses.n > 0; more && n < PAUSES_MAX;) {
        more = str_cut(pauses, ' ', &one, &pauses);
        if (!str_cut(one, '-', &from, &to) || !str_to_i64(from, &v[n].from.ms))
            continue;
        if (!to.n || !str_to_i64(to, &v[n].to.ms))
            v[n].to.ms = 0;
        n++;
    }
    return (struct list){ v, n };
}

/* A clock that stands has the colour and the time it had when it was stopped. */
static void tell_time(const struct req *r, struct deadline *d)
{
    struct stamp at = d->state == DEADLINE_PAUSED ? d->paused_at : r->now;
    if (d->state == DEADLINE_LATE)
        d->colour = LIGHT_RED;
    if (d->state != DEADLINE_RUNNING && d->state != DEADLINE_PAUSED)
        return;
    d->colour = d->due_at.ms < at.ms ? LIGHT_RED
              : d->yellow_at.ms <= at.ms ? LIGHT_YELLOW : LIGHT_GREEN;
    d->left_minutes = codebook_working_minutes(r->app, d->org, at, d->due_at);
}

static bool is_bare(struct str article)
{
    return article.p[0] >= '0' && article.p[0] <= '9';
}

static void tell_rule(const struct req *r, struct deadline *d)
{
    const struct limit_rule *rule = codebook_rule(r->app, d->rule, day_of_stamp(d->started_at));
    if (!rule)
        return;
    d->rule_name = r->lang == LANG_EN ? rule->en : rule->zh;
    d->source = rule->source;
    if (rule->article.n)                /* a bare number is told as what it is */
        d->source = arena_printf(r->a, is_bare(rule->article) ? "%.*s 第%.*s条" : "%.*s %.*s",
                                 STR_ARG(rule->source), STR_ARG(rule->article));
    d->unit = rule->unit;
}

void deadline_tell(struct req *r, struct list clocks)
{
    struct deadline *d = clocks.v;
    for (size_t i = 0; i < clocks.n; i++) {
        tell_time(r, &d[i]);
        tell_rule(r, &d[i]);
        if (d[i].pauses.n)
            d[i].stops = stops_of(r->a, d[i].pauses);
    }
}

struct stamp deadline_next_turn(struct list clocks, struct stamp now)
{
    const struct deadline *d = clocks.v;
    int64_t at = DEADLINE_NEVER;
    for (size_t i = 0; i < clocks.n; i++) {
        int64_t red = d[i].due_at.ms + 1, yellow = d[i].yellow_at.ms;
        if (d[i].state != DEADLINE_RUNNING)
            continue;
        at = yellow > now.ms ? MIN(at, yellow) : red > now.ms ? MIN(at, red) : at;
    }
    return (struct stamp){ at };
}

static const char *const inside[] = { "duty_report", "approve", "void" };

void deadline_for_parties(struct list *clocks)
{
    struct deadline *d = clocks->v;
    size_t kept = 0;
    for (size_t i = 0; i < clocks->n; i++) {
        bool shown = true;
        for (size_t k = 0; k < COUNT(inside); k++)
            shown &= !str_is(d[i].what, inside[k]);
        if (shown)
            d[kept++] = d[i];
    }
    clocks->n = kept;
}
