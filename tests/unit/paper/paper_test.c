/* Every paper, blank and filled from matters that strain it: ten parties with long
 * names and rare characters, twenty claims, a story of pages. What is printed is
 * read back and looked at. FENGQIAO_PICTURES=DIR keeps the PDFs. */
#include "doc/press.h"
#include "paper/paper_type.h"
#include "tap.h"
#include "unit/city.h"
#include "unit/doc/pdf.h"

#define MATTER(c) (long long)(c)->id.v

/* ---- making them ---- */

static void keep(const char *name, struct str pdf)
{
    const char *dir = getenv("FENGQIAO_PICTURES");
    FILE *f = dir ? fopen(text("%s/%s.pdf", dir, name).p, "wb") : NULL;
    if (f) {
        OK(fwrite(pdf.p, 1, pdf.n, f) == pdf.n);
        fclose(f);
    }
}

static struct told paper_of(const struct case_file *c, const char *login, const char *slug,
                            const char *query)
{
    return get(login, text("/api/v1/%smatters/%lld/papers/%s?%s",
                           login && is_resident(login) ? "door/" : "", MATTER(c), slug, query));
}

/* Pages end with a form feed. */
static unsigned pages_of(struct pdf *x)
{
    struct str s = pdf_read(x, text("%s/x.txt", x->dir).p);
    unsigned n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\f';
    return n;
}

/* The text of a PDF answered, squeezed; checks that nothing was missing and nothing
 * lies outside the margins. */
static struct str looked_at(struct told t, const char *name)
{
    enum { DPI = 40 };
    struct pdf x;
    struct ink k = { 0 };
    if (!DONE(t))
        return STR("");
    keep(name, t.r.text);
    pdf_put(&x, &town.a, t.r.text);
    struct str s = squeeze(&town.a, pdf_text(&x));
    OK(str_find(s, STR("〓")) == s.n);
    for (unsigned page = 1; page <= pages_of(&x) && pdf_ink(&x, page, DPI, &k); page++) {
        OK_INT(ink_dark(&k, DPI, 0, 0, 60, 842), 0);
        OK_INT(ink_dark(&k, DPI, 595 - 58, 0, 58, 842), 0);
        OK_INT(ink_dark(&k, DPI, 0, 800, 595, 42), 0);
        OK(ink_dark(&k, DPI, 60, 36, 470, 760) > 20);
    }
    OK(k.width > 0);
    pdf_done(&x);
    return s;
}
#define SAYS(s, part) OK(str_find(s, STR(part)) < (s).n)
#define SILENT(s, part) OK(str_find(s, STR(part)) == (s).n)

static const char *const strange[] = {
    "𠮷田㐂雄", "䶮淼镕", "𬱟喆珺", "阿卜杜热合曼·买买提江·吐尔逊尼亚孜·艾合买提",
    "佛山市南海区桂城街道办事处下属某某股份合作经济联合社（普通合伙）第三经营管理中心",
    "Alexandra Konstantinova-Петров", "欧阳堃翀", "司马𬭎滘", "〇二", "婳𫖯",
};

static struct str big_body(void)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    buf_addf(&b, "{\"area\":\"%lld\",", (long long)area_of("440605011001").v);
    buf_add(&b, STR("\"kind\":\"dispute\",\"type\":\"2\",\"title\":\"十户业主与物业及楼上住户因外墙渗水、"
                    "公共通道被占用和电梯停运引起的赔偿纠纷\",\"story\":\""));
    for (int i = 0; i < 60; i++)
        buf_addf(&b, "%d日，外墙渗水，天花发霉；电梯停运三天，老人上下楼困难。", i % 30 + 1);
    buf_add(&b, STR("\",\"parties\":["));
    for (size_t i = 0; i < COUNT(strange); i++)
        buf_addf(&b, "%s{\"role\":\"%s\",\"name\":\"%s\",\"phone\":\"1381234%04zu\",\"address\":"
                 "\"广东省佛山市南海区桂城街道叠南社区东三巷%zu号\"}", i ? "," : "",
                 i < 6 ? "applicant" : "respondent", strange[i], 5000 + i, i + 1);
    buf_add(&b, STR("],\"claims\":["));
    for (int i = 0; i < 20; i++)
        buf_addf(&b, "%s{\"text\":\"第%d项请求：修复外墙并赔偿墙面、家具和误工损失\",\"amount\":%d}",
                 i ? "," : "", i + 1, i % 3 ? 123456700 + i : 0);
    buf_add(&b, STR("]}"));
    struct str s = arena_dup(&town.a, buf_str(&b));
    buf_done(&b);
    return s;
}

static void close_big(struct case_file *c)
{
    struct buf says;
    int64_t n = 0;
    advance(c, 0, 5);
    buf_init(&says, 1 << 16);
    buf_add(&says, STR("{\"answers\":["));
    for (int64_t id = 1; id; n++) {
        id = ASK(SQL("SELECT id FROM party WHERE matter = $1 AND no = $2"), V(c->id), V(n + 1));
        if (id)
            buf_addf(&says, "%s{\"party\":\"%lld\",\"answer\":\"%s\"}", n ? "," : "", (long long)id,
                     n % 3 ? "yes" : "no");
    }
    buf_add(&says, STR("]}"));
    DONE(act(c, DISPATCHER, "close", arena_dup(&town.a, buf_str(&says)).p));
    buf_done(&says);
}

static void test_paper__all_of_a_large_matter(void)
{
    struct told filing = call("clerk.guicheng", STR("POST /api/v1/matters"), big_body().p, 0);
    DONE(filing);
    struct case_file c = case_of(filing);
    close_big(&c);
    struct told list = get("clerk.guicheng", text("/api/v1/matters/%lld/papers", MATTER(&c)));
    DONE(list);
    for (size_t i = 0; i < paper_types_n; i++) {
        const struct paper_type *t = &paper_types[i];
        bool made = !str_is(str_of(t->action), "decline") && !str_is(str_of(t->action), "ask_details")
                 && !str_is(str_of(t->action), "stop");
        OK(has(list.json, text("\"slug\":\"%s\"", t->slug).p) == made);
        struct told x = paper_of(&c, "clerk.guicheng", t->slug, "as=pdf");
        if (!made) {
            REFUSED(x, ERR_PAPER_NOT_YET, "");
            continue;
        }
        struct str s = looked_at(x, text("big-%s", t->slug).p);
        OK(has(s, squeeze(&town.a, str_of(t->zh)).p));
        OK(has(s, squeeze(&town.a, c.number).p));
        SAYS(s, "𠮷田㐂雄");
        SILENT(s, "13812345000");
        SILENT(s, "东三巷");
    }
}

static void test_paper__all_blank(void)
{
    for (size_t i = 0; i < paper_types_n; i++) {
        const struct paper_type *t = &paper_types[i];
        for (unsigned k = 0; k < AUDIENCE__COUNT; k++) {
            if (!(t->audiences >> k & 1))
                continue;
            struct told x = get("clerk.guicheng", text("/api/v1/papers/%s?as=pdf&audience=%s", t->slug,
                                                       paper_audience_names.v[k].slug));
            struct str s = looked_at(x, text("blank-%s-%s", t->slug,
                                             paper_audience_names.v[k].slug).p);
            OK(has(s, squeeze(&town.a, str_of(t->zh)).p));
            SILENT(s, "1970");
        }
    }
    REFUSED(get("clerk.guicheng", STR("/api/v1/papers/nonsense")), ERR_NOT_FOUND, "");
    REFUSED(get("clerk.guicheng", STR("/api/v1/papers/receipt?as=docx")), ERR_NOT_A_CHOICE, "as");
}

/* ---- an ordinary matter ---- */

static void test_paper__receipt_states_facts(void)
{
    struct case_file c = filed("clerk.guicheng", NEIGHBOURS);
    struct str s = looked_at(paper_of(&c, "clerk.guicheng", "receipt", "as=pdf&audience=applicant"), "receipt");
    SAYS(s, "周玉珍");
    SAYS(s, "谢秉谦");
    SAYS(s, "楼上漏水");
    SAYS(s, "2.赔偿（2,600.00元）");
    SAYS(s, "诉讼时效从提出请求之日起中断");
    SAYS(s, "不表示事项已经受理");
    struct told page = paper_of(&c, "clerk.guicheng", "receipt", "as=page&audience=applicant");
    DONE(page);
    SAYS(page.r.text, "<title>登记回执</title>");
    SAYS(page.r.text, "周玉珍");
    SILENT(page.r.text, "138");
    REFUSED(paper_of(&c, "clerk.guicheng", "receipt", "audience=respondent"), ERR_NOT_A_CHOICE, "audience");
    REFUSED(paper_of(&c, "clerk.guicheng", "acceptance", ""), ERR_PAPER_NOT_YET, "");
    REFUSED(paper_of(&c, "clerk.guicheng", "nonsense", ""), ERR_NOT_FOUND, "");
    REFUSED(paper_of(&c, "dispatcher.dali", "receipt", ""), ERR_NOT_FOUND, "");
    /* A request is no dispute: nothing about limitation. */
    struct case_file q = filed("clerk.guicheng", "\"kind\":\"request\",\"title\":\"路灯不亮\","
        "\"parties\":[{\"role\":\"applicant\",\"name\":\"周玉珍\"}]");
    s = looked_at(paper_of(&q, "clerk.guicheng", "receipt", "as=pdf"), "receipt-request");
    SILENT(s, "诉讼时效");
}

static void test_paper__notices_say_what_was_decided(void)
{
    struct case_file c = filed("clerk.guicheng", NEIGHBOURS);
    DONE(act(&c, DISPATCHER, "ask_details", "{\"text\":\"请补充房产证复印件\"}"));
    struct str s = looked_at(paper_of(&c, "clerk.guicheng", "details", "as=pdf"), "details");
    SAYS(s, "请补充房产证复印件");
    DONE(act(&c, "clerk.guicheng", "add_details", "{\"text\":\"已交\"}"));
    DONE(act(&c, DISPATCHER, "decline", "{\"reason\":\"administrative\",\"text\":\"属于对行政处罚不服\"}"));
    s = looked_at(paper_of(&c, "clerk.guicheng", "refusal", "as=pdf&audience=applicant"), "refusal");
    SAYS(s, "理由：属于行政争议。");
    SAYS(s, "属于对行政处罚不服");
    SAYS(s, "自知道行政行为之日起六十日内");
    SAYS(s, "日前（含当日）向南海区");
    SAYS(s, "申请复核");
    SILENT(s, "谢秉谦");
    struct case_file d = filed("clerk.guicheng", NEIGHBOURS);
    advance(&d, 0, 6);
    s = looked_at(paper_of(&d, "clerk.guicheng", "acceptance", "as=pdf&audience=respondent"), "acceptance-respondent");
    SAYS(s, "不参加无须说明理由");
    SILENT(s, "2600");
    s = looked_at(paper_of(&d, "clerk.guicheng", "acceptance", "as=pdf&audience=applicant"), "acceptance");
    SAYS(s, "决定自");
    s = looked_at(paper_of(&d, "clerk.guicheng", "reply", "as=pdf&audience=applicant"), "reply");
    SAYS(s, "已有结果");
    s = looked_at(paper_of(&d, "clerk.guicheng", "closing", "as=pdf"), "closing");
    SAYS(s, "谈妥");
    SAYS(s, "不认可");
    for (size_t i = 0; i < paper_types_n; i++)
        if (paper_types[i].audiences == AUDIENCE_BIT(FILE))
            (void)looked_at(paper_of(&d, "clerk.guicheng", paper_types[i].slug, "as=pdf"), paper_types[i].slug);
}

static void test_paper__a_stop_names_nobody(void)
{
    struct case_file c = filed("clerk.guicheng", NEIGHBOURS);
    advance(&c, 0, 3);
    DONE(act(&c, HANDLER, "stop", text("{\"party\":\"%lld\"}", (long long)c.party[1].v).p));
    struct str s = looked_at(paper_of(&c, "clerk.guicheng", "termination", "as=pdf&audience=applicant"),
                             "termination");
    SAYS(s, "周玉珍");
    SILENT(s, "谢秉谦");
    SAYS(s, "终止调解不需要说明理由");
    SAYS(s, "向人民法院起诉");
    SAYS(looked_at(paper_of(&c, "clerk.guicheng", "termination", "as=pdf"), "termination-file"), "谢秉谦");
}

/* ---- whose copy shows what ---- */

static struct paper_fact sides(enum paper_audience audience)
{
    static struct party v[2];
    v[0] = (struct party){ .role = PARTY_APPLICANT, .name = STR("甲"), .phone = STR("13812345678"),
                           .address = STR("佛山市南海区桂城街道叠南社区东三巷1号") };
    v[1] = v[0];
    v[1].role = PARTY_RESPONDENT;
    struct paper_fact f = { .audience = audience, .parties = { v, 2 } };
    f.r = arena_new(&town.a, struct req);
    *f.r = as("clerk.guicheng");
    return f;
}

static void test_paper__a_side_never_gets_the_others_address(void)
{
    for (unsigned k = 0; k < AUDIENCE__COUNT; k++) {
        struct paper_fact f = sides((enum paper_audience)k);
        const struct party *v = f.parties.v;
        for (size_t i = 0; i < 2; i++) {
            bool own = k == AUDIENCE_FILE || (k == AUDIENCE_APPLICANT) == (i == 0);
            OK((paper_phone(&f, &v[i]).n > 0) == own);
            OK((paper_address(&f, &v[i]).n > 0) == own);
            SILENT(paper_phone(&f, &v[i]), "1234");
            SILENT(paper_address(&f, &v[i]), "东三巷");
        }
    }
}

static void test_paper__residents_get_their_own_copy(void)
{
    struct case_file c = filed(RESIDENT, "\"kind\":\"dispute\",\"title\":\"漏水\",\"parties\":["
        "{\"role\":\"applicant\",\"name\":\"周玉珍\",\"phone\":\"19900000201\"},"
        "{\"role\":\"respondent\",\"name\":\"谢秉谦\"}]");
    struct told list = get(RESIDENT, text("/api/v1/door/matters/%lld/papers", MATTER(&c)));
    DONE(list);
    OK(has(list.json, "\"slug\":\"receipt\""));
    OK(has(list.json, "\"audiences\":[\"applicant\"]"));
    OK(!has(list.json, "registration"));
    SAYS(looked_at(paper_of(&c, RESIDENT, "receipt", "as=pdf&audience=file"), "receipt-door"), "申请人联");
    REFUSED(paper_of(&c, RESIDENT, "registration", ""), ERR_NOT_FOUND, "");
    REFUSED(paper_of(&c, NEIGHBOUR, "receipt", ""), ERR_NOT_FOUND, "");
}

/* ---- what printing leaves ---- */

static int64_t prints(const struct case_file *c)
{
    return ASK(SQL("SELECT COUNT(*) FROM journal WHERE chain = $1 AND action = 'print'"), V(c->id));
}

static void test_paper__printing_leaves_its_trace(void)
{
    struct case_file c = filed("clerk.guicheng", NEIGHBOURS);
    DONE(paper_of(&c, "clerk.guicheng", "receipt", "as=page"));
    OK_INT(prints(&c), 1);
    DONE(paper_of(&c, "clerk.guicheng", "receipt", "as=pdf"));
    OK_INT(prints(&c), 1);              /* the same paper, by the same person */
    DONE(paper_of(&c, "clerk.guicheng", "receipt", "as=pdf&audience=applicant"));
    OK_INT(prints(&c), 2);
    DONE(paper_of(&c, DISPATCHER, "receipt", "as=pdf&audience=applicant"));
    OK_INT(prints(&c), 3);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM access WHERE matter = $1 AND what = 'print:receipt'"), V(c.id)), 2);
    /* The version stays: nobody who has the matter open loses it. */
    DONE(act(&c, DISPATCHER, "accept", "{}"));
}

static void test_paper__code_is_true_and_tells_nothing(void)
{
    struct case_file c = filed("clerk.guicheng", NEIGHBOURS);
    struct told json = get("clerk.guicheng", text("/api/v1/matters/%lld/receipt", MATTER(&c)));
    DONE(json);
    size_t at = str_find(json.json, STR("\"hash\":\"")) + 8;
    struct str hash = str_sub(json.json, at, 64);
    struct told page = get(NULL, text("/verify?number=%.*s&hash=%.*s", STR_ARG(c.number), STR_ARG(hash)));
    DONE(page);
    SAYS(page.r.text, "真实");
    SAYS(page.r.text, "登记");
    SILENT(page.r.text, "漏水");
    SILENT(page.r.text, "周玉珍");
    char forged[65];
    memcpy(forged, hash.p, 64);
    forged[64] = 0;
    forged[10] = forged[10] == '0' ? '1' : '0';
    page = get(NULL, text("/verify?number=%.*s&hash=%s", STR_ARG(c.number), forged));
    SAYS(page.r.text, "未找到");
    page = get(NULL, text("/verify?number=1&hash=%.*s", STR_ARG(hash)));
    SAYS(page.r.text, "未找到");
    page = get(NULL, STR("/verify"));
    SAYS(page.r.text, "未找到");
    page = get(NULL, STR("/verify?number=%3Cscript%3E&hash=%27"));
    SILENT(page.r.text, "<script");
    /* The code on the paper is that address. */
    struct told paper = paper_of(&c, "clerk.guicheng", "receipt", "as=page");
    SAYS(paper.r.text, "<svg");
    OK(has(paper.r.text, text("校验码 %.16s", hash.p).p));
}

int main(void)
{
    town_open();
    test_paper__all_of_a_large_matter();
    test_paper__all_blank();
    test_paper__receipt_states_facts();
    test_paper__notices_say_what_was_decided();
    test_paper__a_stop_names_nobody();
    test_paper__a_side_never_gets_the_others_address();
    test_paper__residents_get_their_own_copy();
    test_paper__printing_leaves_its_trace();
    test_paper__code_is_true_and_tells_nothing();
    return town_close();
}
