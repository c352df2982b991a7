/* What a year brings, drawn with a seed of its own for each matter. All of it is
 * invented. Shares follow the published reports in broad lines (domain research 2.5:
 * half proactive, a third neighbours; seed 004: requests by the hot line). */
#include "app/codebook.h"
#include "base/random.h"
#include "demo/demo_year.h"
#include "handling/visit.h"
#include "matter/conclusion.h"
#include "matter/party.h"
#include "place/place.h"

enum { YEAR_SEED = 20260101 };

struct share { const char *what; uint32_t weight; };
#define PICK(d, table) ((table)[pick(d, table, COUNT(table))].what)
#define ONE_OF(d, words) ((words)[dice_below((d)->dice, COUNT(words))])

static size_t pick(struct demo *d, const struct share *v, size_t n)
{
    uint32_t sum = 0, at;
    for (size_t i = 0; i < n; i++)
        sum += v[i].weight;
    at = dice_below(d->dice, sum);
    for (size_t i = 0; i < n; i++) {
        if (at < v[i].weight)
            return i;
        at -= v[i].weight;
    }
    return 0;
}

/* ---- when ---- */

/* Of a hundred, how busy a day is: days off are quiet, the weeks before the Spring
 * Festival and the summer are not. */
static uint32_t busy(const struct demo *d, struct day day)
{
    struct stamp nine = { stamp_of_day(day).ms + 9 * STAMP_HOUR };
    struct stamp five = { stamp_of_day(day).ms + 17 * STAMP_HOUR };
    bool works = codebook_working_minutes(d->app, ID_NONE, nine, five) > 0;
    int month = civil_of_day(day).month;
    uint32_t season = month == 1 || month == 12 ? 100 : month >= 6 && month <= 8 ? 90
                    : month == 2 ? 55 : 75;
    return works ? season : season / 4;
}

static int64_t draw_day(struct demo *d)
{
    for (int i = 0; i < 100; i++) {
        int64_t day = -1 - (int64_t)dice_below(d->dice, YEAR_DAYS);
        if (dice_below(d->dice, 100) < busy(d, (struct day){ d->today.n + (int32_t)day }))
            return day;
    }
    return -1;
}

/* ---- what ---- */

static const struct share kinds[] = {
    { "dispute", 50 }, { "request", 30 }, { "event", 14 }, { "advice", 6 },
};
static const struct share types[] = {
    { "1", 14 }, { "2", 22 }, { "3", 6 }, { "4", 8 }, { "5", 4 }, { "6", 10 }, { "7", 3 },
    { "8", 3 }, { "9", 2 }, { "10", 6 }, { "11", 6 }, { "12", 1 }, { "13", 4 }, { "14", 4 },
    { "15", 2 }, { "16", 8 }, { "17", 9 }, { "18", 4 },
};
static const struct share dispute_sources[] = {
    { "proactive", 24 }, { "counter", 22 }, { "grid", 12 }, { "online", 8 }, { "hotline", 8 },
    { "phone", 6 }, { "police_110", 6 }, { "police", 4 }, { "court", 4 }, { "petition", 3 },
    { "women", 2 }, { "procuratorate", 1 },
};
static const struct share request_sources[] = {
    { "hotline", 52 }, { "counter", 20 }, { "online", 20 }, { "department", 8 },
};
static const struct share event_sources[] = { { "grid", 82 }, { "police_110", 18 } };
static const struct share advice_sources[] = {
    { "counter", 50 }, { "phone", 30 }, { "online", 20 },
};
static const struct { const struct share *v; size_t n; } sources[MATTER_KIND__COUNT] = {
    { dispute_sources, COUNT(dispute_sources) }, { request_sources, COUNT(request_sources) },
    { event_sources, COUNT(event_sources) }, { advice_sources, COUNT(advice_sources) },
};
static const struct share dispute_outcomes[] = {
    { "settled", 52 }, { "settled_performed", 26 }, { "partly_settled", 7 }, { "failed", 9 },
    { "stopped_by_party", 3 }, { "referred", 2 }, { "not_suitable", 1 },
};
static const struct share request_outcomes[] = {
    { "resolved", 74 }, { "explained", 18 }, { "cannot", 5 }, { "outside_remit", 3 },
};
static const struct share event_outcomes[] = {
    { "removed", 86 }, { "handed_over", 9 }, { "nothing_found", 5 },
};
static const struct share advice_outcomes[] = { { "answered", 94 }, { "referred_on", 6 } };
static const struct { const struct share *v; size_t n; } outcomes[MATTER_KIND__COUNT] = {
    { dispute_outcomes, COUNT(dispute_outcomes) }, { request_outcomes, COUNT(request_outcomes) },
    { event_outcomes, COUNT(event_outcomes) }, { advice_outcomes, COUNT(advice_outcomes) },
};

/* Wages come up before the Spring Festival, travel with the holidays. */
static struct str draw_type(struct demo *d, unsigned kind, int month)
{
    static const char *const lists[] = { "", "request_type", "event_type", "advice_type" };
    if (kind == MATTER_DISPUTE) {
        bool wages = (month == 12 || month <= 2) && dice_below(d->dice, 100) < 14;
        bool travel = (month == 2 || month == 10) && dice_below(d->dice, 100) < 3;
        return str_of(wages ? "10" : travel ? "12" : PICK(d, types));
    }
    struct list codes = codebook_list(d->app, d->a, str_of(lists[kind]), DAY_NONE);
    const struct code_entry *c = codes.v;
    return codes.n ? c[dice_below(d->dice, (uint32_t)codes.n)].code : STR("");
}

/* ---- where, and whose ---- */

/* Towns, and the body and account that lead an ordinary dispute there. */
static const struct { const char *town; uint32_t weight; const char *lead, *handler; } towns[] = {
    { "440605011", 22, "committee-440605011", "mediator.guicheng" },
    { "440605011", 8, "committee-440605011001", "mediator.guiyi" },
    { "440605011", 5, "committee-440605011020", "mediator.denghu" },
    { "440605125", 22, "committee-440605125", "mediator.dali" },
    { "440605125", 6, "committee-440605125035", "mediator.huangqi" },
    { "440605124", 22, "committee-440605124", "mediator.shishan" },
    { "440605121", 13, "committee-440605121", "mediator.jiujiang" },
    { "440605122", 12, "committee-440605122", "mediator.xiqiao" },
    { "440605123", 9, "committee-440605123", "mediator.danzao" },
    { "440605126", 16, "committee-440605126", "mediator.lishui" },
};
/* Types that the district's own bodies lead. */
static const struct { const char *type, *lead, *handler; } special[] = {
    { "10", "labour-440605", "handler.labour.nanhai" },
    { "11", "arbitration-440605", "handler.arbitration.nanhai" },
    { "13", "market-440605", "handler.market.nanhai" },
    { "14", "market-440605", "handler.market.nanhai" },
    { "16", "committee-440605-traffic", "mediator.traffic.nanhai" },
    { "17", "committee-440605-property", "mediator.property.nanhai" },
};
static const struct { const char *lead, *handler; } others[] = {
    { "housing-440605", "handler.housing.nanhai" }, { "market-440605", "handler.market.nanhai" },
    { "labour-440605", "handler.labour.nanhai" }, { "legal_aid-440605", "handler.legalaid.nanhai" },
};

static size_t draw_town(struct demo *d)
{
    uint32_t sum = 0, at;
    for (size_t i = 0; i < COUNT(towns); i++)
        sum += towns[i].weight;
    at = dice_below(d->dice, sum);
    for (size_t i = 0; i < COUNT(towns); i++) {
        if (at < towns[i].weight)
            return i;
        at -= towns[i].weight;
    }
    return 0;
}

/* A village of the town. */
static const struct demo_area *draw_area(struct demo *d, const char *town)
{
    const struct demo_area *v = d->t.areas.v, *chosen = NULL;
    uint32_t n = 0;
    for (size_t i = 0; i < d->t.areas.n; i++)
        if (str_starts(v[i].key, str_of(town)) && v[i].level == AREA_VILLAGE
            && dice_below(d->dice, ++n) == 0)
            chosen = &v[i];
    return chosen;
}

static void draw_lead(struct demo *d, struct demo_matter *m, size_t town)
{
    size_t k = dice_below(d->dice, COUNT(others));
    m->lead = str_of(m->kind == MATTER_DISPUTE ? towns[town].lead : others[k].lead);
    m->handler = str_of(m->kind == MATTER_DISPUTE ? towns[town].handler : others[k].handler);
    for (size_t i = 0; m->kind == MATTER_DISPUTE && i < COUNT(special); i++)
        if (str_is(m->type, special[i].type)) {
            m->lead = str_of(special[i].lead);
            m->handler = str_of(special[i].handler);
        }
}

/* ---- who, and what for ---- */

static const char *const family[] = { "陈", "李", "黄", "张", "梁", "林", "何", "吴", "谭", "冯",
                                      "霍", "关", "区", "麦", "招", "邓" };
static const char *const given[] = { "志明", "婉仪", "伟强", "丽华", "子轩", "嘉欣", "国栋", "秀珍",
                                     "浩然", "美玲", "建辉", "少芬", "俊杰", "燕玲" };
static const char *const streets[] = { "涌尾新街", "望岗直街", "锦鲤巷", "龙舟街", "麦香街", "石鼓里",
                                       "醒狮大道", "云岫路", "映荷路" };
static const char *const firms[] = { "顺达五金厂", "新岭建筑劳务公司", "和盛物业服务中心", "好邻超市",
                                     "永利陶瓷经营部" };

static struct str person(struct demo *d)
{
    return arena_printf(d->a, "%s%s", ONE_OF(d, family), ONE_OF(d, given));
}

static bool against_firm(struct str type)
{
    static const char *const v[] = { "5", "10", "11", "12", "13", "14", "15", "17" };
    for (size_t i = 0; i < COUNT(v); i++)
        if (str_is(type, v[i]))
            return true;
    return false;
}

static void draw_parties(struct demo *d, struct demo_matter *m)
{
    struct demo_party *v = arena_array(d->a, struct demo_party, 3);
    size_t n = 0;
    bool firm = against_firm(m->type);
    if (m->kind == MATTER_EVENT)
        return;
    v[n++] = (struct demo_party){ .role = PARTY_APPLICANT, .name = person(d),
                                  .channel = CHANNEL_PHONE };
    if (m->kind == MATTER_DISPUTE) {
        v[n++] = (struct demo_party){ .role = PARTY_RESPONDENT, .channel = CHANNEL_PHONE,
            .kind = firm ? PARTY_ORGANISATION : PARTY_PERSON,
            .name = firm ? str_of(ONE_OF(d, firms)) : person(d) };
        if (dice_below(d->dice, 12) == 0)
            v[n++] = (struct demo_party){ .role = PARTY_APPLICANT, .name = person(d),
                                          .channel = CHANNEL_PHONE };
    }
    m->parties = (struct list){ v, n };
}

static bool is_settled(struct str outcome)
{
    return str_starts(outcome, STR("settled")) || str_is(outcome, "partly_settled");
}

static void draw_claims(struct demo *d, struct demo_matter *m)
{
    struct demo_claim *v = arena_array(d->a, struct demo_claim, 2);
    size_t n = m->kind == MATTER_DISPUTE && dice_below(d->dice, 5) == 0 ? 2 : 1;
    for (size_t i = 0; i < n; i++) {
        bool money = m->kind == MATTER_DISPUTE && dice_below(d->dice, 10) < 6;
        size_t k = pick(d, outcomes[m->kind].v, outcomes[m->kind].n);
        v[i].text = money ? STR("赔偿或支付欠款") : STR("解决所述问题");
        v[i].outcome = str_of(outcomes[m->kind].v[k].what);
        v[i].yuan = money ? 200 + (int64_t)dice_below(d->dice, 300) * 100 : 0;
        v[i].settled_yuan = is_settled(v[i].outcome)
                          ? v[i].yuan * (6 + dice_below(d->dice, 5)) / 10 : 0;
    }
    m->claims = (struct list){ v, n };
}

static void draw_texts(struct demo *d, int64_t i, struct demo_matter *m)
{
    static const char *const what[MATTER_KIND__COUNT] = { "纠纷", "诉求", "事件", "咨询" };
    m->place = arena_printf(d->a, "%s%u号", ONE_OF(d, streets), 1 + dice_below(d->dice, 220));
    m->ref = arena_printf(d->a, "year-%lld", (long long)i);
    m->title = arena_printf(d->a, "%.*s%s（%lld）", STR_ARG(m->place), what[m->kind], (long long)i);
    m->story = arena_printf(d->a, "在%.*s发生的%s，双方说法不一，请求协助处理。第 %lld 件。",
                            STR_ARG(m->place), what[m->kind], (long long)i);
}

/* ---- how it ends, and when ---- */

#define A(x) MATTER_DO_##x
#define HANDLED A(TAKE), A(CONCLUDE), A(REPLY), A(CLOSE)
static const struct { uint32_t weight; struct way way; } ways[] = {
    { 700, { "closed", { A(ACCEPT), A(ASSIGN), HANDLED }, 6 } },
    { 190, { "closed", { A(ACCEPT), A(ASSIGN), HANDLED, A(VISIT) }, 7 } },
    { 40, { "closed", { A(ACCEPT), A(ASSIGN), HANDLED, A(REOPEN), HANDLED }, 11 } },
    { 20, { "withdrawn", { A(ACCEPT), A(WITHDRAW) }, 2 } },
    { 15, { "withdrawn", { A(ACCEPT), A(ASSIGN), A(TAKE), A(WITHDRAW) }, 4 } },
    { 20, { "declined", { A(DECLINE) }, 1 } },
    { 10, { "in_hand", { A(ACCEPT), A(ASSIGN), A(TAKE) }, 3 } },
    { 5, { "replied", { A(ACCEPT), A(ASSIGN), A(TAKE), A(CONCLUDE), A(REPLY) }, 5 } },
};
#undef HANDLED
#undef A

static const struct way *draw_way(struct demo *d, const struct demo_matter *m)
{
    uint32_t at = dice_below(d->dice, 1000);
    size_t i = 0;
    while (i + 1 < COUNT(ways) && at >= ways[i].weight)
        at -= ways[i++].weight;
    /* an event has nobody to withdraw, and only what was asked for can be declined */
    bool asked = m->kind == MATTER_DISPUTE || m->kind == MATTER_REQUEST;
    bool reopened = ways[i].way.n > 7;  /* and only a dispute flares up again */
    return asked && (!reopened || m->kind == MATTER_DISPUTE) ? &ways[i].way : &ways[0].way;
}

/* The steps that have happened by now: a matter of last week is still in hand. */
static void draw_course(struct demo *d, struct demo_matter *m)
{
    const struct way *whole = draw_way(d, m);
    struct way *way = arena_new(d->a, struct way);
    struct req later = *d->r;
    struct demo then = *d;
    then.r = &later;
    later.now.ms += 300 * STAMP_DAY;
    course_draw(&then, (enum matter_kind)m->kind, m->filed_day, !demo_source_rests(m->source),
                whole->actions, whole->n, &m->course);
    *way = *whole;
    for (way->n = 0; way->n < whole->n && m->course.at[way->n + 1].ms < d->r->now.ms; way->n++)
        ;
    m->way = way;
}

/* What a conclusion, the answers and a visit say beside the outcomes. */
static void draw_ending(struct demo *d, struct demo_matter *m)
{
    static const unsigned found[] = { PERFORMANCE_DONE, PERFORMANCE_DONE, PERFORMANCE_DONE,
                                      PERFORMANCE_PART, PERFORMANCE_NONE, PERFORMANCE_NOT_DUE };
    bool dispute = m->kind == MATTER_DISPUTE;
    m->performance = ONE_OF(d, found);
    m->oral = dispute && dice_below(d->dice, 100) < 30;
    m->complex = dispute && dice_below(d->dice, 100) < 6;
    m->denied = dice_below(d->dice, 100) < 3;
    m->confirmed = dispute && dice_below(d->dice, 100) < 25;
    if (dispute && dice_below(d->dice, 100) < 3) {
        m->prevented = 1 + dice_below(d->dice, PREVENTION__COUNT - 1);
        m->prevented_people = 2 + dice_below(d->dice, 30);
    }
}

static void seed(struct demo *d, int64_t i)
{
    d->dice->s = YEAR_SEED + (uint64_t)i * UINT64_C(0x9e3779b97f4a7c15);
}

/* Now and then the people of the matter before come back with the same trouble. */
static bool comes_back(int64_t i)
{
    return i % 50 == 49;
}

bool year_draw(struct demo *d, int64_t i, struct demo_matter *m, struct err *e)
{
    d->dice = arena_new(d->a, struct dice);
    seed(d, comes_back(i) ? i - 1 : i);
    size_t town = draw_town(d);
    m->kind = (unsigned)pick(d, kinds, COUNT(kinds));
    m->filed_day = draw_day(d);
    struct day day = { d->today.n + (int32_t)m->filed_day };
    m->type = draw_type(d, m->kind, civil_of_day(day).month);
    m->source = str_of(sources[m->kind].v[pick(d, sources[m->kind].v, sources[m->kind].n)].what);
    m->people = m->kind == MATTER_DISPUTE ? 2 + dice_below(d->dice, 5) : 1;
    m->at = draw_area(d, towns[town].town);
    if (!m->at)
        return err_setf(e, ERR_DATA, "demo year: no village in %s", towns[town].town);
    draw_lead(d, m, town);
    draw_parties(d, m);
    if (comes_back(i)) {
        seed(d, i);
        m->filed_day = MIN(m->filed_day + 20 + (int64_t)dice_below(d->dice, 70), INT64_C(-1));
    }
    draw_claims(d, m);
    draw_ending(d, m);
    draw_texts(d, i, m);
    draw_course(d, m);
    return true;
}
