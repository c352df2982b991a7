#include "lamp.h"
#include "tap.h"

/* Each broken in one way: up to five rows, and the words that tell it. */
static const struct { const char *why; struct step s[5]; size_t n; unsigned start; uint64_t final; }
broken[] = {
    { "break from lit is listed twice",
      { { DARK, LIGHT, LIT, 3 }, { LIT, DIM, DARK, 3 }, { LIT, BREAK, BROKEN, 2 },
        { LIT, BREAK, DARK, 2 } }, 4, DARK, 1 << BROKEN },
    { "broken is never reached",
      { { DARK, LIGHT, LIT, 3 }, { LIT, DIM, DARK, 3 }, { DARK, BREAK, DARK, 3 },
        { BROKEN, LIGHT, LIT, 2 } }, 4, DARK, 1 << DARK },
    { "no way out of lit",
      { { DARK, LIGHT, LIT, 3 }, { DARK, BREAK, BROKEN, 2 }, { LIT, DIM, LIT, 3 } },
      3, DARK, 1 << BROKEN },
    { "no way out of dark",
      { { DARK, LIGHT, LIT, 3 }, { LIT, DIM, DARK, 3 }, { DARK, BREAK, BROKEN, 2 } },
      3, DARK, 0 },
    { "action break is never used",
      { { DARK, LIGHT, LIT, 3 }, { LIT, DIM, BROKEN, 3 } }, 2, DARK, 1 << BROKEN },
    { "relation host may do nothing",
      { { DARK, LIGHT, LIT, 1 }, { LIT, DIM, DARK, 1 }, { LIT, BREAK, BROKEN, 1 } },
      3, DARK, 1 << BROKEN },
    { "nobody known may dim from lit",
      { { DARK, LIGHT, LIT, 3 }, { LIT, DIM, DARK, 0 }, { LIT, BREAK, BROKEN, 3 } },
      3, DARK, 1 << BROKEN },
    { "nobody known may dim from lit",
      { { DARK, LIGHT, LIT, 3 }, { LIT, DIM, DARK, 4 }, { LIT, BREAK, BROKEN, 3 } },
      3, DARK, 1 << BROKEN },
    { "light from dark comes to states that cannot be",
      { { DARK, LIGHT, LIT, 3, 0, 0, 1 << LIT }, { LIT, DIM, DARK, 3 } }, 2, DARK, 1 << BROKEN },
    { "light from dark comes to states that cannot be",
      { { DARK, LIGHT, LIT, 3, 0, 0, 1 << 3 }, { LIT, DIM, DARK, 3 } }, 2, DARK, 1 << BROKEN },
    { "row 1: no such state or action",
      { { DARK, LIGHT, LIT, 3 }, { LIT, DIM, 3, 3 } }, 2, DARK, 1 << BROKEN },
    { "row 0: no such state or action",
      { { 64, LIGHT, LIT, 3 } }, 1, DARK, 1 << BROKEN },
    { "row 0: no such state or action",
      { { DARK, 3, LIT, 3 } }, 1, DARK, 1 << BROKEN },
    { "start or final is no state", { { DARK, LIGHT, LIT, 3 } }, 1, 3, 1 << BROKEN },
    { "start or final is no state", { { DARK, LIGHT, LIT, 3 } }, 1, DARK, 1 << 3 },
    { "rows are missing", { { 0 } }, 0, DARK, 1 << BROKEN },
};

static void broken_flows_are_refused(void)
{
    for (size_t i = 0; i < COUNT(broken); i++) {
        struct flow f = lamp_flow;
        struct err e = { 0 };
        f.s = broken[i].s;
        f.n = broken[i].n;
        f.start = broken[i].start;
        f.final = broken[i].final;
        bool ok = flow_check(&f, &e);
        if (!OK(!ok && e.id == ERR_INTERNAL && strstr(e.detail, broken[i].why)))
            printf("#   wanted %s, got [%s]\n", broken[i].why, e.detail);
    }
    struct flow f = lamp_flow;
    struct err e = { 0 };
    static const struct names many = { "many", lamp_state_rows, 65 };
    f.states = &many;
    OK(!flow_check(&f, &e) && strstr(e.detail, "more names"));
}

static void steps(void)
{
    const struct step *s = NULL;
    struct err e = { 0 };
    OK(flow_find(&lamp_flow, LIT, DIM)->to == DARK && !flow_find(&lamp_flow, DARK, DIM));
    OK(flow_allow(&lamp_flow, LIT, BREAK, HOST, 0, &s, &e) && s->to == BROKEN);
    const struct step *was = s;
    OK(!flow_allow(&lamp_flow, LIT, BREAK, GUEST, 0, &s, &e) && e.id == ERR_DENIED && s == was);
    err_clear(&e);
    OK(!flow_allow(&lamp_flow, LIT, BREAK, 0, 0, &s, &e) && e.id == ERR_DENIED);
    err_clear(&e);
    OK(!flow_allow(&lamp_flow, 9, BREAK, HOST, 0, &s, &e) && e.id == ERR_INTERNAL);
    err_clear(&e);
    OK(!flow_allow(&lamp_flow, BROKEN, DIM, HOST, 0, &s, &e) && e.id == ERR_WRONG_STATE);
    AUTO(buf_done) struct buf b;
    buf_init(&b, 200);
    err_text(&e, LANG_ZH, &b);
    OK_STR(buf_str(&b), "当前状态（已坏）不能执行此操作");
    buf_clear(&b);
    err_text(&e, LANG_EN, &b);
    OK_STR(buf_str(&b), "this cannot be done while it is broken");
    OK_INT(flow_actions(&lamp_flow, LIT, GUEST, 0), 1 << DIM);
    OK_INT(flow_actions(&lamp_flow, LIT, HOST, 0), 1 << LIGHT | 1 << DIM | 1 << BREAK);
    OK_INT(flow_actions(&lamp_flow, BROKEN, HOST, 0), 0);
    OK_INT(flow_actions(&lamp_flow, LIT, 0, 0), 0);
}

/* A row that needs one fact and is barred by another. */
static void facts(void)
{
    enum { OIL, WIND };
    static const struct name rows[] = { { "oil", "有油", "oil" }, { "wind", "有风", "wind" } };
    static const struct names names = { "fact", rows, 2 };
    struct step s[4];
    const struct step *found;
    struct err e = { 0 };
    struct flow f = lamp_flow;
    OK_INT(lamp_flow.n, 4);
    memcpy(s, lamp_flow.s, sizeof *s * lamp_flow.n);
    f.s = s;
    s[0].needs = 1 << OIL;
    s[0].bars = 1 << WIND;
    OK(!flow_check(&f, &e) && strstr(e.detail, "facts that cannot be"));
    f.facts = &names;
    err_clear(&e);
    OK(flow_check(&f, &e));
    OK(flow_allow(&f, DARK, LIGHT, HOST, 1 << OIL, &found, &e));
    OK(!flow_allow(&f, DARK, LIGHT, HOST, 0, &found, &e) && e.id == ERR_NEEDS_FACT);
    err_clear(&e);
    OK(!flow_allow(&f, DARK, LIGHT, HOST, 3, &found, &e) && e.id == ERR_HAS_FACT);
    AUTO(buf_done) struct buf b;
    buf_init(&b, 200);
    err_text(&e, LANG_EN, &b);
    OK_STR(buf_str(&b), "this cannot be done now: wind");
    OK_INT(flow_actions(&f, DARK, HOST, 0), 0);
    OK_INT(flow_actions(&f, DARK, HOST, 1 << OIL), 1 << LIGHT);
    OK_INT(flow_actions(&f, DARK, HOST, 3), 0);
    s[0].bars = 1 << OIL;
    err_clear(&e);
    OK(!flow_check(&f, &e) && strstr(e.detail, "facts that cannot be"));
}

/* The guest may dim with oil only, the host always: two rows of one action. */
static void rows_for_others(void)
{
    enum { OIL };
    static const struct name rows[] = { { "oil", "有油", "oil" } };
    static const struct names names = { "fact", rows, 1 };
    struct step s[5] = { { LIT, DIM, DARK, GUEST, 1 << OIL, 0 } };
    struct flow f = lamp_flow;
    const struct step *found = NULL;
    struct err e = { 0 };
    memcpy(s + 1, lamp_flow.s, sizeof *s * lamp_flow.n);
    for (size_t i = 1; i < COUNT(s); i++)
        if (s[i].from == LIT && s[i].action == DIM)
            s[i].who = HOST;
    f.s = s, f.n = COUNT(s), f.facts = &names;
    OK(flow_check(&f, &e));
    OK(flow_allow(&f, LIT, DIM, HOST, 0, &found, &e) && found != s);
    OK(!flow_allow(&f, LIT, DIM, GUEST, 0, &found, &e) && e.id == ERR_NEEDS_FACT);
    err_clear(&e);
    OK(flow_allow(&f, LIT, DIM, GUEST, 1 << OIL, &found, &e) && found == s);
    OK(flow_allow(&f, LIT, DIM, GUEST | HOST, 0, &found, &e) && found != s && e.id == ERR_OK);
    OK_INT(flow_actions(&f, LIT, GUEST, 0) >> DIM & 1, 0);
    s[0].who = GUEST | HOST;
    OK(!flow_check(&f, &e) && strstr(e.detail, "listed twice"));
}

int main(void)
{
    struct err e = { 0 };
    if (!OK(flow_check(&lamp_flow, &e)))
        printf("#   %s\n", e.detail);
    broken_flows_are_refused();
    steps();
    facts();
    rows_for_others();
    return tap_end();
}
