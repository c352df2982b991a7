#include "place/area.h"

static bool check_code(struct arena *a UNUSED, struct str *s, struct err *e)
{
    bool digits = s->n == 12;
    for (size_t i = 0; i < s->n; i++)
        digits = digits && s->p[i] >= '0' && s->p[i] <= '9';
    return digits || err_setf(e, ERR_BAD_VALUE, "%.*s", STR_ARG(str_sub(*s, 0, 20)));
}

static bool check_slug(struct arena *a UNUSED, struct str *s, struct err *e)
{
    for (size_t i = 0; i < s->n; i++)
        if (!(s->p[i] >= 'a' && s->p[i] <= 'z') && !(s->p[i] >= '0' && s->p[i] <= '9')
            && s->p[i] != '_')
            return err_setf(e, ERR_BAD_VALUE, "%.*s", STR_ARG(str_sub(*s, 0, 40)));
    return true;
}

static const struct field area_past_fields[] = {
    FIELD(area_past, name, .doc = "What it was called", .max = 100, .zh = "名称", .en = "Name"),
    FIELD(area_past, short_name, .doc = "As people said it", .max = 100, .zh = "简称",
          .en = "Short name"),
    FIELD(area_past, code, .doc = "Its statistical code", .max = 12, .zh = "代码", .en = "Code"),
    FIELD(area_past, valid_from, .doc = "Since when", .zh = "自", .en = "From"),
    FIELD(area_past, valid_to, .doc = "First day it no longer held", .zh = "至", .en = "To"),
};
const struct record area_past_record = RECORD(area_past, area_past_fields);

static const struct field area_fields[] = {
    FIELD(area, id, .doc = "Key", .flags = HIDDEN),
    FIELD(area, parent, .doc = "The area above, none at a root", .flags = HIDDEN),
    FIELD(area, parent_name, .doc = "Its short name", .zh = "上级", .en = "Above"),
    FIELD(area, level, .doc = "Level", .names = &area_level_names, .zh = "层级", .en = "Level"),
    FIELD(area, kind, .doc = "street, town, village, community, grid …", .max = 40, .zh = "类别",
          .en = "Kind"),
    FIELD(area, name, .doc = "Name as published", .max = 100, .zh = "名称", .en = "Name"),
    FIELD(area, short_name, .doc = "As people say it", .max = 100, .zh = "简称",
          .en = "Short name"),
    FIELD(area, pinyin, .doc = "Initials, for finding", .max = 100, .zh = "拼音首字母",
          .en = "Initials"),
    FIELD(area, code, .doc = "Statistical code, 12 digits, or none", .max = 12, .zh = "代码",
          .en = "Code"),
    FIELD(area, path, .doc = "Ids of the areas above and its own", .max = 400, .flags = HIDDEN),
    FIELD(area, valid_from, .doc = "Since when; none: since ever", .zh = "自", .en = "From"),
    FIELD(area, valid_to, .doc = "First day it no longer holds", .zh = "至", .en = "To"),
    FIELD(area, successor, .doc = "What it was merged into", .format = FORMAT_AREA, .zh = "并入",
          .en = "Merged into"),
    FIELD(area, version, .doc = "For If-Match", .flags = HIDDEN),
    FIELD(area, past, .doc = "Former names, and its codes", .sub = &area_past_record, .zh = "沿革",
          .en = "History"),
};
const struct record area_record = RECORD(area, area_fields);

static const struct field area_put_fields[] = {
    FIELD(area_put, parent, .doc = "The area above; none makes a root", .format = FORMAT_AREA,
          .zh = "上级", .en = "Above"),
    FIELD(area_put, level, .doc = "Level", .names = &area_level_names, .flags = REQUIRED,
          .zh = "层级", .en = "Level"),
    FIELD(area_put, kind, .doc = "street, town, village, community, grid …", .max = 40,
          .flags = REQUIRED, .check = check_slug, .zh = "类别", .en = "Kind"),
    FIELD(area_put, name, .doc = "Name as published", .max = 100, .flags = REQUIRED, .zh = "名称",
          .en = "Name"),
    FIELD(area_put, short_name, .doc = "As people say it; the name when not sent", .max = 100,
          .zh = "简称", .en = "Short name"),
    FIELD(area_put, pinyin, .doc = "Initials of the short name", .max = 100, .check = check_slug,
          .zh = "拼音首字母", .en = "Initials"),
    FIELD(area_put, code, .doc = "Statistical code, 12 digits, or none", .max = 12,
          .check = check_code, .zh = "代码", .en = "Code"),
};
const struct record area_put_record = RECORD(area_put, area_put_fields);
