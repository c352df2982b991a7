/* lamp.h - a small flow that is sound, for breaking it in one place at a time. */
#ifndef LAMP_H
#define LAMP_H
#include "schema/flow.h"

static const struct name lamp_state_rows[] = {
    { "dark", "熄灭", "dark" }, { "lit", "点亮", "lit" }, { "broken", "已坏", "broken" },
};
static const struct name lamp_action_rows[] = {
    { "light", "开灯", "Light" }, { "dim", "关灯", "Dim" }, { "break", "打破", "Break" },
};
static const struct name lamp_who_rows[] = { { "guest", "客人", "guest" }, { "host", "主人", "host" } };
static const struct names lamp_states = NAMES("lamp_state", lamp_state_rows);
static const struct names lamp_actions = NAMES("lamp_action", lamp_action_rows);
static const struct names lamp_who = NAMES("lamp_who", lamp_who_rows);
enum { DARK, LIT, BROKEN };
enum { LIGHT, DIM, BREAK };
enum { GUEST = 1, HOST = 2 };

static const struct step lamp_steps[] = {
    { DARK, LIGHT, LIT,    GUEST | HOST },
    { LIT,  DIM,   DARK,   GUEST | HOST },
    { LIT,  LIGHT, LIT,    HOST },
    { LIT,  BREAK, BROKEN, HOST },
};
static const struct flow lamp_flow = {
    .name = "lamp", .states = &lamp_states, .actions = &lamp_actions, .relations = &lamp_who,
    .start = DARK, .final = 1 << BROKEN, .s = lamp_steps, .n = COUNT(lamp_steps),
};
#endif
