/* sample.h - a record with a member of every type, and a list in a list. */
#ifndef SAMPLE_H
#define SAMPLE_H
#include "schema/record.h"

struct seat { struct str label; int64_t row; bool taken; };
static const struct field seat_fields[] = {
    FIELD(seat, label, .doc = "What it is called", .zh = "座位", .en = "Seat",
          .flags = REQUIRED, .max = 10),
    FIELD(seat, row,   .doc = "Counted from the door", .zh = "排", .en = "Row", .min = 1,
          .max = 99, .preset = "7"),
    FIELD(seat, taken, .doc = "Somebody sits there", .zh = "已坐", .en = "Taken"),
};
static const struct record seat_record = RECORD(seat, seat_fields);

struct table { struct str name; struct list seats; };
static const struct field table_fields[] = {
    FIELD(table, name,  .doc = "What it is called", .zh = "名称", .en = "Name"),
    FIELD(table, seats, .doc = "Around it", .zh = "座位", .en = "Seats", .sub = &seat_record,
          .max = 4),
};
static const struct record table_record = RECORD(table, table_fields);

static const struct name mood_rows[] = {
    { "calm", "平静", "Calm" }, { "angry", "激动", "Angry" }, { "in_tears", "流泪", "In tears" },
};
static const struct names mood_names = NAMES("mood", mood_rows);

struct sample {
    struct id id;
    struct str title, notes, phone, idnum, person, address, pass;
    int64_t count, free;
    bool urgent;
    unsigned mood;
    struct stamp held_at;
    struct day due;
    struct id org;
    struct fen amount;
    struct list tables;
    struct strs tags;
    struct raw extra;
};
static bool no_zebra(struct arena *a UNUSED, struct str *s, struct err *e)
{
    return !str_is(*s, "zebra") || err_setf(e, ERR_BAD_VALUE, "zebra");
}
static const struct field sample_fields[] = {
    FIELD(sample, id,      .doc = "Key", .flags = READONLY | HIDDEN | PARTY),
    FIELD(sample, title,   .doc = "One line", .zh = "标题", .en = "Title",
          .flags = REQUIRED | PARTY, .min = 2, .max = 20, .check = no_zebra),
    FIELD(sample, notes,   .doc = "Several lines", .zh = "说明", .en = "Notes",
          .flags = LINES | CONTENT | PARTY, .max = 2000),
    FIELD(sample, phone,   .doc = "Where to call", .zh = "电话", .en = "Telephone",
          .flags = SECRET, .format = FORMAT_PHONE),
    FIELD(sample, idnum,   .doc = "Identity number", .zh = "身份证号", .en = "Identity number",
          .flags = SECRET, .format = FORMAT_IDNUM),
    FIELD(sample, person,  .doc = "Name", .zh = "姓名", .en = "Name", .flags = SECRET | PARTY,
          .format = FORMAT_PERSON),
    FIELD(sample, address, .doc = "Where", .zh = "住址", .en = "Address",
          .flags = SECRET | CONTENT, .format = FORMAT_ADDRESS),
    FIELD(sample, pass,    .doc = "Password", .zh = "密码", .en = "Password",
          .flags = WRITEONLY | PARTY, .format = FORMAT_PASSWORD),
    FIELD(sample, count,   .doc = "How many", .zh = "数量", .en = "Count", .min = -5, .max = 100),
    FIELD(sample, free,    .doc = "Any number", .zh = "数", .en = "Number"),
    FIELD(sample, urgent,  .doc = "At once", .zh = "紧急", .en = "Urgent", .preset = "是"),
    FIELD(sample, mood,    .doc = "How they feel", .zh = "情绪", .en = "Mood",
          .names = &mood_names, .preset = "angry"),
    FIELD(sample, held_at, .doc = "When", .zh = "时间", .en = "Held at"),
    FIELD(sample, due,     .doc = "Until", .zh = "期限", .en = "Due"),
    FIELD(sample, org,     .doc = "By whom", .zh = "机构", .en = "Body", .format = FORMAT_ORG),
    FIELD(sample, amount,  .doc = "How much", .zh = "金额", .en = "Amount", .max = 100000000,
          .preset = "12.5"),
    FIELD(sample, tables,  .doc = "Tables", .zh = "桌", .en = "Tables", .sub = &table_record,
          .max = 3),
    FIELD(sample, tags,    .doc = "Words", .zh = "标签", .en = "Tags", .max = 5),
    FIELD(sample, extra,   .doc = "Computed", .flags = READONLY | HIDDEN),
};
static const struct record sample_record = RECORD(sample, sample_fields);
#endif
