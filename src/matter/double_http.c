/* Hints of doubles over HTTP: while a matter is typed, and beside one that is there.
 * What is typed is neither kept nor logged. */
#include "matter/double.h"
#include "matter/party.h"

static const struct field person_fields[] = {
    FIELD(double_person, role, .doc = "On which side", .names = &party_role_names, .zh = "身份",
          .en = "Side"),
    FIELD(double_person, phone, .doc = "Telephone number as far as it is typed", .max = 40,
          .flags = SECRET, .format = FORMAT_PHONE, .zh = "联系电话", .en = "Telephone"),
    FIELD(double_person, id_number, .doc = "Identity number as far as it is typed", .max = 40,
          .flags = SECRET, .format = FORMAT_IDNUM, .zh = "证件号码", .en = "Identity number"),
};
const struct record double_person_record = RECORD(double_person, person_fields);

static const struct field probe_fields[] = {
    FIELD(double_probe, kind, .doc = "What kind of demand it is", .names = &matter_kind_names,
          .zh = "事项类别", .en = "Kind"),
    FIELD(double_probe, title, .doc = "One line", .max = 100, .zh = "标题", .en = "Title"),
    FIELD(double_probe, story, .doc = "What happened, as far as it is told", .max = 20000,
          .flags = LINES, .zh = "情况", .en = "What happened"),
    FIELD(double_probe, type, .doc = "Code in the kind's own list", .max = 40,
          .format = FORMAT_CODE, .codelist = "{kind}_type", .zh = "类型", .en = "Type"),
    FIELD(double_probe, area, .doc = "Where it happened", .format = FORMAT_AREA, .zh = "辖区",
          .en = "Area"),
    FIELD(double_probe, place, .doc = "Where exactly", .max = 200, .zh = "地点", .en = "Place"),
    FIELD(double_probe, persons, .doc = "Who is in it", .sub = &double_person_record,
          .max = DOUBLE_PERSONS, .zh = "当事人", .en = "Parties"),
};
const struct record double_probe_record = RECORD(double_probe, probe_fields);

static const struct field hint_fields[] = {
    FIELD(double_hint, matter, .doc = "The matter that may be the same",
          .format = FORMAT_MATTER, .flags = HIDDEN),
    FIELD(double_hint, number, .doc = "Its public number", .zh = "编号", .en = "Number"),
    FIELD(double_hint, title, .doc = "One line", .zh = "标题", .en = "Title"),
    FIELD(double_hint, kind, .doc = "What kind of demand it is", .names = &matter_kind_names,
          .zh = "事项类别", .en = "Kind"),
    FIELD(double_hint, type, .doc = "Code in the kind's own list", .format = FORMAT_CODE,
          .codelist = "{kind}_type", .zh = "类型", .en = "Type"),
    FIELD(double_hint, state, .doc = "Where it stands", .names = &matter_state_names,
          .zh = "状态", .en = "State"),
    FIELD(double_hint, filed_at, .doc = "When it was filed", .zh = "登记时间", .en = "Filed"),
    FIELD(double_hint, owner_name, .doc = "Body that has the procedure", .zh = "受理单位",
          .en = "Owner body"),
    FIELD(double_hint, percent, .doc = "How alike the texts are; 0 when not alike",
          .zh = "相近度", .en = "Alike"),
    FIELD(double_hint, reasons, .doc = "Why, in words", .zh = "理由", .en = "Reasons"),
};
const struct record double_hint_record = RECORD(double_hint, hint_fields);

static bool on_typing(struct req *r, const void *in, void *out, struct err *e)
{
    struct double_probe p = *(const struct double_probe *)in;
    p.filed_at = r->now;
    r->sight = SIGHT_ALL;
    r->no_store = true;
    return double_list(r, &p, out, e);
}

static struct list persons_of(struct req *r, struct list parties)
{
    const struct party *v = parties.v;
    struct double_person *to = arena_array(r->a, struct double_person, parties.n);
    for (size_t i = 0; i < parties.n; i++)
        to[i] = (struct double_person){ v[i].role, v[i].phone, v[i].id_number };
    return (struct list){ to, parties.n };
}

static bool on_doubles(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m = { 0 };
    struct list parties;
    r->sight = SIGHT_ALL;
    r->no_store = true;
    if (!matter_reach(r, &m, e) || !party_list(r, m.id, &parties, e))
        return false;
    struct double_probe p = { .self = m.id, .kind = m.kind, .title = m.title, .story = m.story,
        .type = m.type, .place = m.place, .area = m.area, .filed_at = m.filed_at,
        .persons = persons_of(r, parties) };
    return double_list(r, &p, out, e);
}

static const struct route double_routes[] = {
    { "POST", "/api/v1/matters/doubles", PERM_MATTER_FILE, ROUTE_READ, .apply = on_typing,
      .in = &double_probe_record, .out = &double_hint_record, .reply = REPLY_LIST,
      .body = BODY_JSON, .body_max = 128 << 10, .rate = RATE_SEARCH,
      .doc = "Matters I may open that may be the one being typed; nothing is kept" },
    { "GET", "/api/v1/matters/{id}/doubles", PERM_MATTER_READ, ROUTE_READ, .apply = on_doubles,
      .out = &double_hint_record, .reply = REPLY_LIST, .rate = RATE_SEARCH,
      .doc = "Matters I may open that may be the same as this one, with the reasons" },
};
const struct route_table double_table = ROUTES("double", double_routes);
