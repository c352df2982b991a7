/* The rule tables' columns, and what their words are. */
#include "app/rule.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name certainty_v[] = { CERTAINTIES(X) };
static const struct name relation_v[] = { RELATIONS(X) };
#undef X
static const struct name season_v[] = {
    { "all", "全年", "all the year" }, { "summer", "夏季", "summer" },
};
static const struct name day_kind_v[DAY__COUNT] = {
    [DAY_REST] = { "holiday", "休息", "day off" },
    [DAY_WORK] = { "workday", "上班", "working day" },
    [DAY_MORNING] = { "morning", "上午上班", "works in the morning" },
    [DAY_AFTERNOON] = { "afternoon", "下午上班", "works in the afternoon" },
};
static const struct name limit_unit_v[LIMIT__COUNT] = {
    [LIMIT_WORKING_DAY] = { "working_day", "工作日", "working days" },
    [LIMIT_CALENDAR_DAY] = { "calendar_day", "日", "days" },
    [LIMIT_MONTH] = { "month", "月", "months" },
    [LIMIT_HOUR] = { "hour", "小时", "hours" },
    [LIMIT_WORKING_HOUR] = { "working_hour", "工作小时", "working hours" },
};
static const struct name rule_calendar_v[] = {
    [RULE_NATIONAL] = { "national", "国务院日历", "the nation's" },
    [RULE_ORG] = { "org", "机构日历", "the organisation's" },
    [RULE_NONE] = { "none", "不计节假日", "none" },
};
static const struct name rule_ends_v[] = {
    [ENDS_OFFICE] = { "office", "停止业务活动时", "at the close of business" },
    [ENDS_MIDNIGHT] = { "midnight", "二十四时", "at midnight" },
};
const struct names certainty_names = NAMES("certainty", certainty_v),
                   relation_names = NAMES("relation", relation_v),
                   season_names = NAMES("season", season_v),
                   day_kind_names = NAMES("day_kind", day_kind_v),
                   limit_unit_names = NAMES("limit_unit", limit_unit_v),
                   rule_calendar_names = NAMES("rule_calendar", rule_calendar_v),
                   rule_ends_names = NAMES("rule_ends", rule_ends_v);

enum { NAME_MAX = 100, SOURCE_MAX = 200, NOTE_MAX = 300, WORDS_MAX = 300 };
/* Columns that several tables have. */
#define ORIGIN(T)                                                                            \
    FIELD(T, source, .doc = "The law and article, or who practises it", .zh = "来源",         \
          .en = "Source", .max = SOURCE_MAX),                                                \
    FIELD(T, certainty, .doc = "How much to rely on it", .names = &certainty_names,          \
          .preset = "assumed", .zh = "可靠程度", .en = "Certainty")
#define VALID(T)                                                                             \
    FIELD(T, valid_from, .doc = "First day; none: not known since when", .zh = "起用日期",    \
          .en = "Valid from"),                                                               \
    FIELD(T, valid_to, .doc = "First day on which it no longer holds; none: open",           \
          .zh = "停用日期", .en = "Valid to")
#define KEPT(T)                                                                              \
    FIELD(T, edited, .doc = "An administrator made or changed it", .flags = READONLY,        \
          .zh = "已改", .en = "Edited"),                                                     \
    FIELD(T, version, .doc = "Grows with every change", .flags = READONLY | HIDDEN)
#define NAMED(T)                                                                             \
    FIELD(T, zh, .doc = "Chinese name", .flags = REQUIRED, .max = NAME_MAX, .zh = "名称",     \
          .en = "Chinese name"),                                                             \
    FIELD(T, en, .doc = "English name", .flags = REQUIRED, .max = NAME_MAX,                  \
          .zh = "英文名称", .en = "English name")

static const struct field code_entry_fields[] = {
    FIELD(code_entry, list, .doc = "Its list", .flags = PARTY, .zh = "代码表", .en = "List"),
    FIELD(code_entry, code, .doc = "Its name for ever", .flags = PARTY, .zh = "代码", .en = "Code"),
    FIELD(code_entry, parent, .doc = "The code it lies under", .flags = PARTY, .zh = "上级",
          .en = "Parent"),
    FIELD(code_entry, zh, .doc = "Chinese name", .flags = PARTY, .zh = "名称",
          .en = "Chinese name"),
    FIELD(code_entry, en, .doc = "English name", .flags = PARTY, .zh = "英文名称",
          .en = "English name"),
    FIELD(code_entry, extra, .doc = "The list's own columns", .flags = PARTY | HIDDEN),
    FIELD(code_entry, valid_from, .doc = "First day; none: not known since when", .flags = PARTY,
          .zh = "起用日期", .en = "Valid from"),
    FIELD(code_entry, valid_to, .doc = "First day on which it no longer holds", .flags = PARTY,
          .zh = "停用日期", .en = "Valid to"),
};
const struct record code_entry_record = RECORD(code_entry, code_entry_fields);

#define CODE_MEMBERS                                                                        \
    FIELD(code_entry, list, .doc = "Its list", .flags = REQUIRED, .max = 64, .zh = "代码表",   \
          .en = "List"),                                                                    \
    FIELD(code_entry, code, .doc = "Its name for ever", .flags = REQUIRED, .max = 64,       \
          .zh = "代码", .en = "Code"),                                                        \
    FIELD(code_entry, parent, .doc = "The code it lies under", .max = 64, .zh = "上级",       \
          .en = "Parent"),                                                                  \
    NAMED(code_entry),                                                                      \
    FIELD(code_entry, sort, .doc = "Place in the list", .min = 0, .max = 1000000, .zh = "次序",\
          .en = "Order"),                                                                   \
    ORIGIN(code_entry), VALID(code_entry), KEPT(code_entry)
static const struct field code_row_fields[] = {
    CODE_MEMBERS,
    FIELD(code_entry, extra, .doc = "The list's own columns, as a JSON object of texts",
          .flags = HIDDEN),
};
const struct record code_row_record = { .name = "code_row", .size = sizeof(struct code_entry),
                                        .f = code_row_fields, .n = COUNT(code_row_fields) };

static const struct field code_column_fields[] = {
    FIELD(code_column, name, .doc = "Column of the list", .flags = REQUIRED, .max = 64,
          .zh = "栏目", .en = "Column"),
    FIELD(code_column, value, .doc = "What stands in it", .max = 300, .zh = "内容",
          .en = "Value"),
};
static const struct record code_column_record = RECORD(code_column, code_column_fields);
/* The row is the struct's first member, so its offsets hold. */
static const struct field code_put_fields[] = {
    CODE_MEMBERS,
    FIELD(code_put, columns, .doc = "The list's own columns; none sent: as they were", .max = 20,
          .sub = &code_column_record, .zh = "其他栏目", .en = "Other columns"),
};
const struct record code_put_record = RECORD(code_put, code_put_fields);

static const struct field code_map_fields[] = {
    FIELD(code_map, from_list, .doc = "List", .flags = REQUIRED, .max = 64, .zh = "代码表",
          .en = "List"),
    FIELD(code_map, from_code, .doc = "Code of it", .flags = REQUIRED, .max = 64, .zh = "代码",
          .en = "Code"),
    FIELD(code_map, to_list, .doc = "The other list", .flags = REQUIRED, .max = 64,
          .zh = "对照代码表", .en = "Other list"),
    FIELD(code_map, to_code, .doc = "What the code is in it", .flags = REQUIRED, .max = 64,
          .zh = "对照代码", .en = "Other code"),
    FIELD(code_map, relation, .doc = "How the first lies to the second",
          .names = &relation_names, .zh = "关系", .en = "Relation"),
    ORIGIN(code_map), VALID(code_map), KEPT(code_map),
};
const struct record code_map_record = RECORD(code_map, code_map_fields);

static const struct field calendar_row_fields[] = {
    FIELD(calendar_row, org, .doc = "Whose day; none: the nation's", .format = FORMAT_ORG,
          .zh = "机构", .en = "Body"),
    FIELD(calendar_row, day, .doc = "The day", .flags = REQUIRED, .zh = "日期", .en = "Day"),
    FIELD(calendar_row, kind, .doc = "What it is", .names = &day_kind_names, .zh = "安排",
          .en = "Kind"),
    FIELD(calendar_row, in_lieu, .doc = "Off because another day is worked", .zh = "调休",
          .en = "In lieu"),
    FIELD(calendar_row, name_zh, .doc = "Chinese name", .max = NAME_MAX, .zh = "名称",
          .en = "Chinese name"),
    FIELD(calendar_row, name_en, .doc = "English name", .max = NAME_MAX, .zh = "英文名称",
          .en = "English name"),
    ORIGIN(calendar_row),
    FIELD(calendar_row, ended, .doc = "No longer an exception", .flags = READONLY, .zh = "已停用",
          .en = "Ended"),
    KEPT(calendar_row),
};
const struct record calendar_row_record = RECORD(calendar_row, calendar_row_fields);

static const struct field year_row_fields[] = {
    FIELD(year_row, year, .doc = "Year of the notice", .min = 1900, .max = 2199, .zh = "年份",
          .en = "Year"),
    FIELD(year_row, known_from, .doc = "First day it covers", .flags = REQUIRED, .zh = "自",
          .en = "From"),
    FIELD(year_row, known_to, .doc = "Last day it covers", .flags = REQUIRED, .zh = "至",
          .en = "To"),
    FIELD(year_row, address, .doc = "Where the notice stands", .zh = "网址", .en = "Address"),
    ORIGIN(year_row),
    FIELD(year_row, ended, .doc = "Taken back", .flags = READONLY, .zh = "已停用", .en = "Ended"),
    KEPT(year_row),
};
const struct record year_row_record = RECORD(year_row, year_row_fields);

static const struct field hours_row_fields[] = {
    FIELD(hours_row, code, .doc = "Name of these hours", .flags = REQUIRED, .max = 64,
          .zh = "代码", .en = "Code"),
    NAMED(hours_row),
    FIELD(hours_row, season, .doc = "When in the year", .names = &season_names, .zh = "季节",
          .en = "Season"),
    FIELD(hours_row, from_day, .doc = "First day of the summer, MM-DD", .max = 5, .zh = "夏季自",
          .en = "Summer from"),
    FIELD(hours_row, to_day, .doc = "Last day of the summer, MM-DD", .max = 5, .zh = "夏季至",
          .en = "Summer to"),
    FIELD(hours_row, weekdays, .doc = "Weekdays, 1 is Monday: 1-5, or 6", .flags = REQUIRED,
          .max = 3, .zh = "星期", .en = "Weekdays"),
    FIELD(hours_row, spans, .doc = "HH:MM-HH:MM, parted by blanks", .flags = REQUIRED, .max = 60,
          .zh = "时段", .en = "Hours"),
    FIELD(hours_row, noon, .doc = "HH:MM, parts the halves of a half day", .flags = REQUIRED,
          .max = 5, .zh = "上下午分界", .en = "Noon"),
    ORIGIN(hours_row), VALID(hours_row),
    FIELD(hours_row, note, .doc = "Note", .max = NOTE_MAX, .zh = "备注", .en = "Note"),
    KEPT(hours_row),
};
const struct record hours_row_record = RECORD(hours_row, hours_row_fields);

static const struct field org_hours_fields[] = {
    FIELD(org_hours, org, .doc = "Body", .flags = READONLY, .format = FORMAT_ORG, .zh = "机构",
          .en = "Body"),
    FIELD(org_hours, org_name, .doc = "Its name", .flags = READONLY | HIDDEN),
    FIELD(org_hours, hours, .doc = "Its hours of business; empty: the installation's", .max = 64,
          .format = FORMAT_CODE, .codelist = "work_hours", .zh = "作息", .en = "Hours"),
    FIELD(org_hours, version, .doc = "Grows with every change", .flags = READONLY | HIDDEN),
};
const struct record org_hours_record = RECORD(org_hours, org_hours_fields);

#define CONDITION(m, text, chinese, english, ...)                                            \
    FIELD(limit_rule, m, .doc = text ", or *", .max = WORDS_MAX, .preset = "*",              \
          .zh = chinese, .en = english, __VA_ARGS__)
#define CODED(list) .format = FORMAT_CODES, .codelist = list
static const struct field limit_rule_fields[] = {
    FIELD(limit_rule, id, .doc = "Its name for ever", .flags = REQUIRED, .max = 64, .zh = "编号",
          .en = "Id"),
    FIELD(limit_rule, rule_set, .doc = "The set it is switched on with", .flags = REQUIRED,
          .max = 64, .format = FORMAT_CODE, .codelist = "rule_set", .zh = "规则集",
          .en = "Rule set"),
    FIELD(limit_rule, what, .doc = "What is due", .flags = REQUIRED, .max = 64,
          .format = FORMAT_CODE, .codelist = "deadline_what", .zh = "事项", .en = "What"),
    CONDITION(kind, "Kinds of matter", "事项类别", "Kinds", .flags = 0),
    CONDITION(type, "Dispute types with what is below them; list:code for another list",
              "类型", "Types", CODED("dispute_type")),
    CONDITION(channel, "Sources", "来源渠道", "Sources", CODED("source")),
    CONDITION(body, "Kinds of body", "机构类别", "Bodies", CODED("org_kind")),
    CONDITION(level, "Levels of area", "层级", "Levels", CODED("level")),
    FIELD(limit_rule, starts_at, .doc = "Event that starts it", .flags = REQUIRED, .max = 64,
          .format = FORMAT_CODE, .codelist = "deadline_event", .zh = "起算", .en = "Starts at"),
    FIELD(limit_rule, who, .doc = "Who has to act", .flags = REQUIRED, .max = 64,
          .format = FORMAT_CODE, .codelist = "who", .zh = "责任方", .en = "Who"),
    FIELD(limit_rule, amount, .doc = "How long", .min = 1, .max = 100000, .zh = "期限",
          .en = "Amount"),
    FIELD(limit_rule, unit, .doc = "Of what", .names = &limit_unit_names, .zh = "单位",
          .en = "Unit"),
    FIELD(limit_rule, calendar, .doc = "Whose days off", .names = &rule_calendar_names,
          .zh = "日历", .en = "Calendar"),
    FIELD(limit_rule, ends, .doc = "When on the last day", .names = &rule_ends_names,
          .zh = "届满时刻", .en = "Ends"),
    FIELD(limit_rule, roll, .doc = "A last day off moves to the next working day",
          .zh = "末日顺延", .en = "Rolls on"),
    FIELD(limit_rule, yellow, .doc = "Yellow so much before the end", .min = 0, .max = 100000,
          .zh = "预警", .en = "Yellow"),
    FIELD(limit_rule, yellow_unit, .doc = "Of what", .names = &limit_unit_names,
          .zh = "预警单位", .en = "Yellow unit"),
    FIELD(limit_rule, extend, .doc = "Length of one extension; 0: none, or case by case",
          .min = 0, .max = 100000, .zh = "延长", .en = "Extend"),
    FIELD(limit_rule, extend_by, .doc = "Who may extend it", .max = 64,
          CODED("extend_by"), .zh = "延长须经", .en = "Extended by"),
    FIELD(limit_rule, pauses, .doc = "Reasons that may stop it", .max = WORDS_MAX,
          CODED("pause_reason"), .zh = "中止事由", .en = "Pauses"),
    FIELD(limit_rule, priority, .doc = "The highest wins", .min = 0, .max = 1000,
          .preset = "100", .zh = "优先级", .en = "Priority"),
    NAMED(limit_rule),
    FIELD(limit_rule, article, .doc = "Article", .max = 100, .zh = "条", .en = "Article"),
    ORIGIN(limit_rule), VALID(limit_rule),
    FIELD(limit_rule, note, .doc = "Note", .max = NOTE_MAX, .zh = "备注", .en = "Note"),
    KEPT(limit_rule),
};
const struct record limit_rule_record = RECORD(limit_rule, limit_rule_fields);
