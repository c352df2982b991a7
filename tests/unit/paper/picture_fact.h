/* picture_fact.h - a matter as papers see it, made by hand: the same today and in a year,
 * so that its papers look the same. */
#ifndef TEST_PICTURE_FACT_H
#define TEST_PICTURE_FACT_H
#include "paper/paper_type.h"
#include "unit/city.h"

enum { BIG_PARTIES = 10, BIG_CLAIMS = 20, DAY_MS = 86400000 };
/* 2026-03-05 09:30 in China. */
static const struct stamp picture_now = { INT64_C(1772674200000) };

static inline struct stamp picture_day(int n)
{
    return (struct stamp){ picture_now.ms + n * INT64_C(86400000) };
}

static const char *const picture_names[BIG_PARTIES] = {
    "𠮷田㐂雄", "䶮淼镕", "𬱟喆珺", "阿卜杜热合曼·买买提江·吐尔逊尼亚孜·艾合买提",
    "佛山市南海区桂城街道办事处下属某某股份合作经济联合社（普通合伙）第三经营管理中心",
    "Alexandra Konstantinova-Петров", "欧阳堃翀", "司马𬭎滘", "〇二", "婳𫖯",
};

static inline struct list picture_parties(bool big)
{
    static struct party v[BIG_PARTIES];
    size_t n = big ? BIG_PARTIES : 2;
    for (size_t i = 0; i < n; i++)
        v[i] = (struct party){
            .id = { (int64_t)i + 1 }, .no = (int64_t)i + 1,
            .role = i < n - n / 2 ? PARTY_APPLICANT : PARTY_RESPONDENT,
            .name = big ? str_of(picture_names[i]) : i ? STR("谢秉谦") : STR("周玉珍"),
            .phone = STR("13812345678"), .address = STR("佛山市南海区桂城街道叠南社区东三巷1号"),
            .answer = i % 3 == 2 ? ANSWER_UNREACHED : ANSWER_YES, .answered_at = picture_day(12),
        };
    return (struct list){ v, n };
}

static inline struct list picture_claims(bool big)
{
    static struct claim v[BIG_CLAIMS];
    size_t n = big ? BIG_CLAIMS : 2;
    for (size_t i = 0; i < n; i++)
        v[i] = (struct claim){
            .id = { (int64_t)i + 1 }, .no = (int64_t)i + 1,
            .text = i ? STR("赔偿墙面、家具和误工损失") : STR("修复外墙防水"),
            .amount = { i ? 12345600 : 0 }, .outcome = i == 1 ? STR("failed") : STR("settled"),
            .settled = { i > 1 ? 10000000 : 0 }, .note = i == 1 ? STR("误工天数各执一词") : STR(""),
        };
    return (struct list){ v, n };
}

static inline struct list picture_entries(void)
{
    static const struct { const char *action, *json; int day; } said[] = {
        { "file", "{}", 0 }, { "ask_details", "{\"text\":\"请补充房产证复印件和漏水部位照片\"}", 1 },
        { "decline", "{}", 1 }, { "accept", "{}", 2 }, { "assign", "{}", 2 }, { "take", "{}", 3 },
        { "conclude", "{\"summary\":\"双方到场查看，同意先修后赔，其余请求未谈成\"}", 10 },
        { "reply", "{\"text\":\"修复外墙一项已达成协议；误工费可向法院起诉。\"}", 11 },
        { "close", "{}", 12 },
        { "visit", "{\"channel\":\"phone\",\"reached\":\"yes\",\"parties\":[{\"party\":\"1\","
          "\"reached\":true,\"satisfaction\":\"satisfied\",\"note\":\"墙面已修好\"},{\"party\":\"2\","
          "\"reached\":true,\"satisfaction\":\"satisfied\"}],\"performance\":\"part\","
          "\"help\":\"想了解司法确认\",\"note\":\"第二期尚未到期\"}", 30 },
        { "stop", "{\"left\":1,\"routes\":\"court arbitration legal_aid\"}", 10 },
    };
    static struct paper_entry v[COUNT(said)];
    for (size_t i = 0; i < COUNT(said); i++)
        v[i] = (struct paper_entry){
            .seq = (int64_t)i + 1, .action = str_of(said[i].action),
            .hash = { "0123456789abcdefghijklmnopqrstuv", 32 }, .actor_name = STR("关颖仪"),
            .happened_at = picture_day(said[i].day), .recorded_at = picture_day(said[i].day),
            .payload = { str_of(said[i].json) },
        };
    return (struct list){ v, COUNT(said) };
}

static inline struct matter picture_matter(bool big)
{
    static struct deadline clock;
    struct str story = STR("外墙渗水，天花发霉；电梯停运三天，老人上下楼困难。");
    struct str title = STR("楼上漏水");
    clock = (struct deadline){ .what = STR("decline_review_apply"), .due_at = picture_day(16) };
    for (int i = 0; big && i < 25; i++)
        story = text("%.*s%d日，外墙渗水，天花发霉；多次沟通未果。", STR_ARG(story), i + 1);
    if (big)
        title = STR("十户业主与物业及楼上住户因外墙渗水、公共通道被占用和电梯停运引起的赔偿纠纷");
    return (struct matter){
        .id = { 7 }, .number = STR("4406260305000017"), .kind = MATTER_DISPUTE,
        .state = MATTER_CLOSED, .source = STR("counter"), .type = STR("2"), .title = title,
        .story = story, .area_name = STR("桂一社区"), .docket = STR("〔2026〕桂城人调字第7号"),
        .handler_name = STR("陈伯均"), .retention = STR("dossier_agreement"),
        .filed_at = picture_day(0), .accepted_at = picture_day(2),
        .concluded_at = picture_day(10), .replied_at = picture_day(11),
        .closed_at = picture_day(12), .due_at = picture_day(60), .grade = GRADE_CONTENT,
        .deadlines = { &clock, 1 },
    };
}

static inline struct paper_fact picture_fact(const char *kind)
{
    static struct assignment lead;
    bool blank = !strcmp(kind, "blank"), big = !strcmp(kind, "big");
    struct req *r = arena_new(&town.a, struct req);
    struct paper_fact f = { .r = r, .blank = blank };
    *r = as("clerk.guicheng");
    r->now = picture_day(35);
    if (blank)
        return f;
    lead = (struct assignment){ .no = 1, .state = ASSIGNMENT_DONE, .part = PART_LEAD,
        .org_name = STR("桂城调委会"), .handler_name = STR("陈伯均"),
        .reason = STR("属邻里纠纷，双方同意调解"), .offered_at = picture_day(2),
        .taken_at = picture_day(3), .ended_at = picture_day(10), .due_at = picture_day(32) };
    f.m = picture_matter(big);
    f.parties = picture_parties(big);
    f.claims = picture_claims(big);
    f.assignments = (struct list){ &lead, 1 };
    f.entries = picture_entries();
    f.refusal = (struct refusal){ .reason = STR("administrative"), .routes = STR("court petition"),
                                  .text = STR("属于对行政处罚不服"), .at = picture_day(1) };
    f.owner = (struct org){ .id = { 1 }, .name = STR("桂城街道社会治安综合治理中心"),
        .above_name = STR("南海区社会治安综合治理中心"), .phone = STR("0757-81234567"),
        .address = STR("佛山市南海区桂城街道南新三路1号"), .hours = STR("周一至周五 8:30-17:30") };
    f.lead = (struct org){ .id = { 2 }, .name = STR("桂城街道人民调解委员会") };
    return f;
}
#endif
