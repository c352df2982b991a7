/* Filing: what is refused and where, the number, whose the matter becomes. */
#include "unit/city.h"
#include "crypt/token.h"
#include "matter/matter_pin.h"

static const struct matter_filed *of(struct told t)
{
    static const struct matter_filed none = { 0 };
    return t.e.id ? &none : t.out;
}

static void test_matter_file__twice_files_once(void)
{
    const char *body = NEIGHBOURS ",\"client_ref\":\"phone-1\"";
    struct told one = file_at(DISPATCHER, "440605011001", body),
                two = file_at(DISPATCHER, "440605011001", body),
                other = file_at("clerk.guicheng", "440605011001", body);
    DONE(one);
    DONE(two);
    OK(of(one)->id.v == of(two)->id.v && str_eq(of(one)->number, of(two)->number));
    OK(!of(one)->again && of(two)->again && of(one)->pin.n == 6 && of(two)->pin.n == 0);
    REFUSED(other, ERR_DUPLICATE, "client_ref");
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM matter WHERE client_ref = 'phone-1'")), 1);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM party WHERE matter = $1"), V(of(one)->id)), 2);
}

static void test_matter_file__names_what_is_wrong(void)
{
#define PERSON(more) "\"kind\":\"dispute\",\"title\":\"x\",\"parties\":["                       \
        "{\"role\":\"applicant\",\"name\":\"甲\"},{\"role\":\"respondent\",\"name\":\"乙\"," more "}]"
    static const struct { const char *body; enum err_id id; const char *field; } rows[] = {
        { "\"title\":\"x\",\"kind\":\"quarrel\"", ERR_NOT_A_CHOICE, "kind" },
        { "\"kind\":\"dispute\"", ERR_REQUIRED, "title" },
        { "\"kind\":\"dispute\",\"title\":\"  \"", ERR_REQUIRED, "title" },
        { "\"kind\":\"dispute\",\"title\":\"x\"", ERR_TOO_FEW, "parties" },
        { "\"kind\":\"dispute\",\"title\":\"x\",\"parties\":[{\"role\":\"respondent\","
          "\"name\":\"乙\"}]", ERR_TOO_FEW, "parties" },
        { "\"kind\":\"advice\",\"title\":\"x\",\"type\":\"no such\"", ERR_NO_SUCH_REF, "type" },
        { "\"kind\":\"advice\",\"title\":\"x\",\"source\":\"telepathy\"", ERR_NO_SUCH_REF,
          "source" },
        { "\"kind\":\"advice\",\"title\":\"x\",\"people\":-1", ERR_OUT_OF_RANGE, "people" },
        { "\"kind\":\"advice\",\"title\":\"x\",\"state\":\"closed\"", ERR_UNKNOWN_FIELD, "state" },
        { "\"kind\":\"advice\",\"title\":\"x\",\"claims\":[{\"text\":\"a\",\"amount\":-1}]",
          ERR_OUT_OF_RANGE, "claims[0].amount" },
        { PERSON("\"id_number\":\"440605199001011234\""), ERR_BAD_IDNUM, "parties[1].id_number" },
        { PERSON("\"id_kind\":\"credit_code\",\"id_number\":\"914406000000000000\""),
          ERR_BAD_CREDIT_CODE, "parties[1].id_number" },
        { PERSON("\"phone\":\"12\""), ERR_BAD_PHONE, "parties[1].phone" },
        { PERSON("\"account\":\"7\""), ERR_READONLY, "parties[1].account" },
        { PERSON("\"role\":\"judge\""), ERR_BAD_JSON, "" },
    };
    int64_t before = ASK(SQL("SELECT COUNT(*) FROM matter"));
    for (size_t i = 0; i < COUNT(rows); i++)
        if (!REFUSED(file_at(DISPATCHER, "440605011001", rows[i].body), rows[i].id,
                     rows[i].field))
            printf("#   row %zu\n", i);
    struct told nowhere = call(DISPATCHER, STR("POST /api/v1/matters"),
        "{\"area\":\"987654321\",\"kind\":\"advice\",\"title\":\"x\"}", 0);
    REFUSED(nowhere, ERR_NO_SUCH_REF, "area");
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM matter")), before);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM blind WHERE matter <> 0 AND matter NOT IN"
                   " (SELECT id FROM matter)")), 0);
}

/* Luhn by its definition: with the check digit the doubled sum ends in 0. */
static bool adds_up(struct str s)
{
    int sum = 0;
    for (size_t i = 0; i < s.n; i++) {
        int d = s.p[s.n - 1 - i] - '0';
        d = i % 2 ? d * 2 : d;
        sum += d / 10 + d % 10;
    }
    return sum % 10 == 0;
}

static void test_number__is_city_day_count_and_check_digit(void)
{
    struct case_file a = filed(DISPATCHER, NEIGHBOURS), b = filed("clerk.dali", NEIGHBOURS);
    struct civil d = civil_of_day(day_of_stamp(town_now));
    struct str head = text("4406%02d%02d%02d", d.year % 100, d.month, d.day);
    OK_INT(a.number.n, 16);
    OK(str_starts(a.number, head) && str_starts(b.number, head));
    OK(adds_up(a.number) && adds_up(b.number) && !str_eq(a.number, b.number));
    int64_t x = 0, y = 0;
    OK(str_to_i64(str_sub(a.number, 10, 5), &x) && str_to_i64(str_sub(b.number, 10, 5), &y));
    OK_INT(y, x + 1);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM matter GROUP BY number ORDER BY COUNT(*) DESC LIMIT 1")),
           1);
}

static void test_owner__is_the_own_body_or_the_nearest_centre(void)
{
    static const struct { const char *who, *area, *owner; } rows[] = {
        { "clerk.guicheng", "440605011001", "桂城综治中心" },
        { "clerk.dali", "440605011001", "大沥综治中心" },      /* whoever is asked has it */
        { "mediator.guiyi", "440605011001", "桂一社区调委会" },
        { "grid.guicheng", "440605011001", "桂城综治中心" },
        { "grid.guicheng", "440605125000", "大沥综治中心" },
        { "handler.police.guicheng", "440605011000", "桂城综治中心" },
        { RESIDENT, "440605011001", "桂城综治中心" },
        { RESIDENT, "440605000000", "南海区综治中心" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct told t = file_at(rows[i].who, rows[i].area, NEIGHBOURS);
        DONE(t);
        struct str owner = ASK_TEXT(SQL("SELECT o.short_name FROM matter m JOIN org o"
            " ON o.id = m.owner WHERE m.id = $1"), V(of(t)->id));
        OK_STR(owner, rows[i].owner);
    }
}

/* Without an area it is the body's own; a resident has no body. */
static void test_area__is_the_bodys_own_when_not_sent(void)
{
    struct told t = call(DISPATCHER, STR("POST /api/v1/matters"), "{" NEIGHBOURS "}", 0);
    DONE(t);
    OK_INT(ASK(SQL("SELECT area FROM matter WHERE id = $1"), V(of(t)->id)),
           area_of("440605011000").v);
    REFUSED(call(RESIDENT, STR("POST /api/v1/door/matters"), "{" NEIGHBOURS "}", 0),
            ERR_NO_SUCH_REF, "area");
}

static void test_resident__is_the_first_applicant_unless_for_another(void)
{
    struct case_file self = filed(RESIDENT, NEIGHBOURS),
                     other = filed(RESIDENT, NEIGHBOURS ",\"for_another\":true");
    int64_t me = who_of(RESIDENT)->account.v;
    OK_INT(ASK(SQL("SELECT account FROM party WHERE id = $1"), V(self.party[0])), me);
    OK_INT(ASK(SQL("SELECT account FROM party WHERE id = $1"), V(self.party[1])), 0);
    OK_INT(ASK(SQL("SELECT account FROM party WHERE id = $1"), V(other.party[0])), 0);
    OK_INT(ASK(SQL("SELECT why FROM sight WHERE matter = $1 AND holder = $2"), V(self.id), V(me)),
           WHY_PARTY);
    OK_INT(ASK(SQL("SELECT why FROM sight WHERE matter = $1 AND holder = $2"), V(other.id),
               V(me)), WHY_FILER);
    DONE(get(RESIDENT, text("/api/v1/door/matters/%lld", (long long)other.id.v)));
    REFUSED(get(NEIGHBOUR, text("/api/v1/door/matters/%lld", (long long)self.id.v)),
            ERR_NOT_FOUND, "");
    REFUSED(act(&other, RESIDENT, "withdraw", "{}"), ERR_DENIED, "");
}

/* Who filed for another and turns out to be the one: number and pin make a party. */
static void test_link__makes_a_party_of_who_filed_for_another(void)
{
    struct case_file c = filed(RESIDENT, NEIGHBOURS ",\"for_another\":true");
    struct str body = text("{\"number\":\"%.*s\",\"pin\":\"%.*s\"}", STR_ARG(c.number),
                           STR_ARG(c.pin));
    DONE(call(RESIDENT, STR("POST /api/v1/door/links"), body.p, 0));
    OK_INT(ASK(SQL("SELECT account FROM party WHERE id = $1"), V(c.party[0])),
           who_of(RESIDENT)->account.v);
    DONE(act(&c, RESIDENT, "withdraw", "{}"));
}

static void test_pin__fits_its_matter_only(void)
{
    struct case_file a = filed(DISPATCHER, NEIGHBOURS), b = filed(DISPATCHER, NEIGHBOURS);
    struct req r = as(DISPATCHER);
    struct str kept = ASK_TEXT(SQL("SELECT pin FROM matter WHERE id = $1"), V(a.id));
    OK(matter_pin_fits(&r, a.id, a.pin, kept));
    OK(!matter_pin_fits(&r, b.id, a.pin, kept));
    OK(!matter_pin_fits(&r, a.id, str_eq(a.pin, STR("000000")) ? STR("000001") : STR("000000"),
                        kept));
    OK(!matter_pin_fits(&r, a.id, STR(""), kept) && !matter_pin_fits(&r, a.id, kept, kept));
    OK(!matter_pin_fits(&r, ID_NONE, STR(""), STR("")));
    OK(!has(kept, a.pin.p));
    struct str spaced = text("{\"number\":\"%.*s %.*s\",\"pin\":\"%.*s\"}", 4, a.number.p, 12,
                             a.number.p + 4, STR_ARG(a.pin));
    struct told t = call(NULL, STR("POST /api/v1/door/status"), spaced.p, 0);
    DONE(t);
    OK(has(t.json, "楼上漏水") == false && has(t.json, "\"state\":\"filed\""));
    REFUSED(call(NULL, STR("POST /api/v1/door/status"), "{\"number\":\"1\",\"pin\":\"1\"}", 0),
            ERR_BAD_PIN, "");
}

/* What was told stands in the journal, without what is sealed elsewhere. */
static void test_journal__has_no_secret_in_clear(void)
{
    struct case_file c = filed(DISPATCHER, "\"kind\":\"advice\",\"title\":\"问\",\"parties\":["
        "{\"role\":\"applicant\",\"name\":\"甲\",\"phone\":\"13911112222\","
        "\"address\":\"映荷路66号听荷苑3座502房\"}]");
    struct str payload = ASK_TEXT(SQL("SELECT body FROM journal_payload WHERE chain = $1"),
                                  V(c.id));
    OK(payload.n > 20 && has(payload, "问"));
    OK(!has(payload, "13911112222") && !has(payload, "502"));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM party WHERE matter = $1 AND phone LIKE '%1391111%'"),
               V(c.id)), 0);
}

int main(void)
{
    town_open();
    test_matter_file__twice_files_once();
    test_matter_file__names_what_is_wrong();
    test_number__is_city_day_count_and_check_digit();
    test_owner__is_the_own_body_or_the_nearest_centre();
    test_area__is_the_bodys_own_when_not_sent();
    test_resident__is_the_first_applicant_unless_for_another();
    test_link__makes_a_party_of_who_filed_for_another();
    test_pin__fits_its_matter_only();
    test_journal__has_no_secret_in_clear();
    return town_close();
}
