#include "lamp.h"
#include "tap.h"

int main(void)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 10000);
    flow_table(&lamp_flow, LANG_ZH, &b);
    OK_STR(buf_str(&b), "状态  动作  之后  谁可以\n"
                        "熄灭  开灯  点亮  客人、主人\n"
                        "点亮  关灯  熄灭  客人、主人\n"
                        "点亮  开灯  点亮  主人\n"
                        "点亮  打破  已坏  主人\n");
    buf_clear(&b);
    flow_table(&lamp_flow, LANG_EN, &b);
    OK_STR(buf_str(&b), "state  action  then    who may\n"
                        "dark   Light   lit     guest, host\n"
                        "lit    Dim     dark    guest, host\n"
                        "lit    Light   lit     host\n"
                        "lit    Break   broken  host\n");
    buf_clear(&b);
    flow_dot(&lamp_flow, LANG_ZH, &b);
    OK_STR(buf_str(&b), "digraph \"lamp\" {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n"
                        "  \"dark\" [label=\"熄灭\"];\n  \"lit\" [label=\"点亮\"];\n"
                        "  \"broken\" [label=\"已坏\", peripheries=2];\n"
                        "  \"\" [shape=point];\n  \"\" -> \"dark\";\n"
                        "  \"dark\" -> \"lit\" [label=\"开灯\"];\n"
                        "  \"lit\" -> \"dark\" [label=\"关灯\"];\n"
                        "  \"lit\" -> \"lit\" [label=\"开灯\"];\n"
                        "  \"lit\" -> \"broken\" [label=\"打破\"];\n}\n");
    /* What may stay, or come to another state, says so. */
    static const struct step twice[] = { { LIT, BREAK, BROKEN, HOST, 0, 0, 1 << DARK | 1 << LIT } };
    struct flow both = lamp_flow;
    both.s = twice;
    both.n = 1;
    buf_clear(&b);
    flow_table(&both, LANG_EN, &b);
    OK_STR(buf_str(&b), "state  action  then               who may\n"
                        "lit    Break   dark, lit, broken  host\n");
    buf_clear(&b);
    flow_dot(&both, LANG_ZH, &b);
    OK(str_find(buf_str(&b), STR("  \"lit\" -> \"dark\" [label=\"打破\"];\n"
                                "  \"lit\" -> \"lit\" [label=\"打破\"];\n"
                                "  \"lit\" -> \"broken\" [label=\"打破\"];\n")) < b.n);
    /* A label of both widths, and one that must be escaped. */
    static const struct name rows[] = { { "dark", "暗 dark", "\"dark\"" }, { "lit", "亮", "l\\t" },
                                        { "broken", "坏", "b" } };
    static const struct names odd = NAMES("odd", rows);
    struct flow f = lamp_flow;
    f.states = &odd;
    f.n = 1;
    buf_clear(&b);
    flow_table(&f, LANG_ZH, &b);
    OK_STR(buf_str(&b), "状态     动作  之后  谁可以\n暗 dark  开灯  亮    客人、主人\n");
    buf_clear(&b);
    flow_dot(&f, LANG_EN, &b);
    OK(str_find(buf_str(&b), STR("[label=\"\\\"dark\\\"\"]")) < b.n);
    OK(str_find(buf_str(&b), STR("[label=\"l\\\\t\"]")) < b.n);
    return tap_end();
}
