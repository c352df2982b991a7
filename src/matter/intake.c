#include "matter/intake.h"
#include "app/codebook.h"
#include "app/journal.h"
#include "matter/claim.h"
#include "matter/deadline.h"
#include "matter/matter_impl.h"
#include "matter/matter_pin.h"
#include "matter/party_draft.h"
#include "matter/worklist.h"
#include "place/place.h"

static const struct field matter_new_fields[] = {
    FIELD(matter_new, kind, .doc = "What kind of demand it is", .names = &matter_kind_names,
          .flags = REQUIRED, .zh = "事项类别", .en = "Kind"),
    FIELD(matter_new, title, .doc = "One line", .max = 100, .flags = REQUIRED, .zh = "标题",
          .en = "Title"),
    FIELD(matter_new, story, .doc = "What happened, as told", .max = 20000, .flags = LINES,
          .zh = "情况", .en = "What happened"),
    FIELD(matter_new, type, .doc = "Code in the kind's own list", .max = 40,
          .format = FORMAT_CODE, .codelist = "{kind}_type", .zh = "类型", .en = "Type"),
    FIELD(matter_new, area, .doc = "Where it happened; the body's own area when not sent",
          .format = FORMAT_AREA, .zh = "辖区", .en = "Area"),
    FIELD(matter_new, place, .doc = "Where exactly", .max = 200, .zh = "地点", .en = "Place"),
    FIELD(matter_new, happened_at, .doc = "When it happened", .zh = "发生时间", .en = "Happened"),
    FIELD(matter_new, source, .doc = "How it came in", .max = 40, .format = FORMAT_CODE,
          .codelist = "source", .preset = "counter", .zh = "来源", .en = "Source"),
    FIELD(matter_new, people, .doc = "Persons involved", .min = 0, .max = 100000, .zh = "涉及人数",
          .en = "Persons"),
    FIELD(matter_new, danger, .doc = "Risk of escalation was seen", .zh = "有激化风险",
          .en = "Danger"),
    FIELD(matter_new, parties, .doc = "Who is in it", .sub = &party_record, .max = 50,
          .zh = "当事人", .en = "Parties"),
    FIELD(matter_new, claims, .doc = "What is asked; the title when none is sent",
          .sub = &claim_record, .max = 50, .zh = "请求", .en = "Claims"),
    FIELD(matter_new, for_another, .doc = "Filed for somebody else", .flags = HIDDEN),
    FIELD(matter_new, type_raw, .doc = "The type as the source spelled it", .max = 100,
          .flags = HIDDEN),
    FIELD(matter_new, client_ref, .doc = "The client's own key: filing twice files once",
          .max = 64, .flags = HIDDEN),
};
const struct record matter_new_record = RECORD(matter_new, matter_new_fields);

static const struct field matter_filed_fields[] = {
    FIELD(matter_filed, id, .doc = "Key", .flags = HIDDEN | PARTY),
    FIELD(matter_filed, number, .doc = "Public number, for life", .flags = PARTY, .zh = "编号",
          .en = "Number"),
    FIELD(matter_filed, pin, .doc = "Query pin; shown this once", .flags = PARTY, .zh = "查询码",
          .en = "Query pin"),
    FIELD(matter_filed, state, .doc = "Where it stands", .names = &matter_state_names,
          .flags = PARTY, .zh = "状态", .en = "State"),
    FIELD(matter_filed, filed_at, .doc = "When it was filed", .flags = PARTY, .zh = "登记时间",
          .en = "Filed"),
    FIELD(matter_filed, due_at, .doc = "End of the whole-course clock", .flags = PARTY,
          .zh = "办结期限", .en = "Due"),
    FIELD(matter_filed, owner_name, .doc = "Body that has it", .flags = PARTY, .zh = "受理单位",
          .en = "Owner body"),
    FIELD(matter_filed, version, .doc = "For If-Match", .flags = HIDDEN | PARTY),
    FIELD(matter_filed, again, .doc = "It had been filed before under this client_ref",
          .flags = HIDDEN | PARTY),
};
const struct record matter_filed_record = RECORD(matter_filed, matter_filed_fields);

/* Luhn's digit: catches one wrong digit and most swaps when read aloud. */
static char check_digit(struct str digits)
{
    int sum = 0;
    for (size_t i = 0; i < digits.n; i++) {
        int d = digits.p[digits.n - 1 - i] - '0';
        if (i % 2 == 0)
            d = d * 2 > 9 ? d * 2 - 9 : d * 2;
        sum += d;
    }
    return (char)('0' + (10 - sum % 10) % 10);
}

/* City, day, number of the day, check digit: 4406 261121 00017 3. */
static bool make_number(struct req *r, struct id home, struct stamp at, struct str *out,
                        struct err *e)
{
    struct civil d = civil_of_day(day_of_stamp(at));
    struct str day = arena_printf(r->a, "%02d%02d%02d", d.year % 100, d.month, d.day);
    int64_t n = 0;
    if (!db_int(r->c, e, &n,
            SQL("INSERT INTO counter (home, name, value) VALUES ($1, $2, 1)"
                " ON CONFLICT (home, name) DO UPDATE SET value = counter.value + 1"
                " RETURNING value"),
            V(home), V(arena_printf(r->a, "number:%s", day.p))))
        return false;
    struct str body = arena_printf(r->a, "%.*s%s%05lld", STR_ARG(r->app->config.home_code), day.p,
                                   (long long)n);
    *out = arena_printf(r->a, "%s%c", body.p, check_digit(body));
    return true;
}

static bool check_codes(struct req *r, const struct matter_new *in, struct err *e)
{
    struct str list = arena_printf(r->a, "%s_type", matter_kind_names.v[in->kind].slug);
    if (in->type.n && !codebook_code(r->app, list, in->type, DAY_NONE))
        return err_field(e, ERR_NO_SUCH_REF, "type");
    if (!codebook_code(r->app, STR("source"), in->source, DAY_NONE))
        return err_field(e, ERR_NO_SUCH_REF, "source");
    return true;
}

/* A dispute needs somebody who asks; a resident is that somebody. */
static bool check_parties(const struct matter_new *in, struct err *e)
{
    const struct party *v = in->parties.v;
    for (size_t i = 0; i < in->parties.n; i++)
        if (v[i].role == PARTY_APPLICANT)
            return true;
    return in->kind != MATTER_DISPUTE || err_fieldf(e, ERR_TOO_FEW, "parties", "%d", 1);
}

/* Whose the procedure is: the filer's own body if it does intake, else the
 * nearest centre over the place. */
static bool find_owner(struct req *r, struct matter *m, struct err *e)
{
    struct org_brief o;
    bool own = who_may(r->who, PERM_MATTER_INTAKE);
    if (own && r->who->org_name.n) {    /* known since the sign-in was looked at */
        m->owner = r->who->org;
        m->owner_name = r->who->org_name;
        return true;
    }
    if (!(own ? org_brief(r, r->who->org, &o, e) : org_centre_over(r, m->path, &o, e)))
        return false;
    m->owner = o.id;
    m->owner_name = o.name;
    return true;
}

/* Where it is: what was said, else the area of the filer's body. */
static bool find_area(struct req *r, struct id said, struct matter *m, struct err *e)
{
    struct area_brief area = { .id = r->who->area, .path = r->who->path };
    bool found = said.v ? area_brief(r, said, &area, e)
                        : area.id.v || area_of_path(r, r->who->path, &area, e);
    if (!found) {
        if (e->id == ERR_NOT_FOUND) {
            err_clear(e);
            err_field(e, ERR_NO_SUCH_REF, "area");
        }
        return false;
    }
    m->area = area.id;
    m->path = area.path;
    return true;
}

static bool fill(struct req *r, const struct matter_new *in, struct stamp at, struct matter *m,
                 struct err *e)
{
    *m = (struct matter){
        .home = r->who->home, .kind = in->kind, .state = MATTER_FILED,
        .source = in->source, .type = in->type, .type_raw = in->type_raw, .title = in->title,
        .story = in->story, .place = in->place, .people = in->people, .danger = in->danger,
        .filed_by = r->who->account, .filed_org = r->who->org, .round = 1, .filed_at = at,
        .happened_at = in->happened_at.ms ? in->happened_at : at, .version = 1,
        .facts = in->danger ? FACT_BIT(DANGER) : 0,
        .journal_seq = 1,
    };
    const struct claim *claims = in->claims.v;
    for (size_t i = 0; i < in->claims.n; i++)
        m->amount.v += claims[i].amount.v;
    return find_area(r, in->area, m, e) && find_owner(r, m, e);
}

static bool draft_entry(struct req *r, const struct matter_new *in, struct stamp at,
                        struct matter_draft *d, struct err *e)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1 << 20);
    record_to_json(&matter_new_record, in, SIGHT_ALL, &b);
    if (!buf_ok(&b))
        return err_setf(e, ERR_TOO_LARGE, "1 MiB");
    d->entry = (struct journal_entry){
        .home = r->who->home, .chain = d->id, .seq = 1, .action = STR("file"),
        .actor = r->who->account, .post = r->who->post, .happened_at = at,
        .recorded_at = r->now, .prev = journal_first_prev,
        .payload = { arena_dup(r->a, buf_str(&b)) },
    };
    journal_seal(r->a, &d->entry);
    return true;
}

/* The resident who files for him- or herself is the first applicant. */
static void link_self(struct req *r, const struct matter_new *in, struct list parties)
{
    struct party *v = parties.v;
    if (r->who->kind != ACCOUNT_RESIDENT || in->for_another)
        return;
    for (size_t i = 0; i < parties.n; i++)
        if (v[i].role == PARTY_APPLICANT) {
            v[i].account = r->who->account;
            return;
        }
}

bool matter_draft(struct req *r, const struct matter_new *in, struct stamp at,
                  struct matter_draft *out, struct err *e)
{
    *out = (struct matter_draft){ .id = id_make() };
    out->pin = matter_pin_make(r, out->id, &out->pin_hash);
    link_self(r, in, in->parties);
    return draft_entry(r, in, at, out, e) && party_draft_all(r, in->parties, 0, &out->parties, e);
}

static bool give_sights(struct req *r, const struct matter *m, bool as_party, struct err *e)
{
    if (!sight_give(r, m->id, m->owner, GRADE_CONTENT, WHY_OWNER, e))
        return false;
    /* A grid worker sees what names the account, not what the body holds. */
    bool own = m->filed_org.v == m->owner.v && who_holder(r->who).v == m->owner.v;
    return own || sight_give(r, m->id, r->who->account, GRADE_CONTENT,
                             as_party ? WHY_PARTY : WHY_FILER, e);
}

static bool filed_before(struct req *r, const struct matter_new *in, struct matter_filed *out,
                         bool *found, struct err *e)
{
    struct matter m = { 0 };
    *found = false;
    if (!in->client_ref.n)
        return true;
    if (!matter_db_by_ref(r->c, r->a, r->who->home, in->client_ref, &m, found, e))
        return false;
    if (*found && m.filed_by.v != r->who->account.v)
        return err_fieldf(e, ERR_DUPLICATE, "client_ref", "%.*s", STR_ARG(in->client_ref));
    if (*found)
        *out = (struct matter_filed){ m.id, m.number, STR(""), m.state, m.filed_at, m.due_at,
                                      STR(""), m.version, true };
    return true;
}

/* The number is one row's for the whole city and day, and the badge one row's for the
 * body: on PostgreSQL the next filing waits for both until this one has committed, so
 * they come last. */
static bool add_matter(struct req *r, struct matter *m, struct str pin_hash, struct str client_ref,
                       struct err *e)
{
    return make_number(r, m->home, m->filed_at, &m->number, e)
        && matter_db_insert(r->c, m, pin_hash, client_ref, e);
}

static bool put(struct req *r, const struct matter_new *in, const struct matter_draft *d,
                struct matter *m, struct err *e)
{
    bool as_party = r->who->kind == ACCOUNT_RESIDENT && !in->for_another;
    m->id = d->id;
    m->journal_head = d->entry.hash;
    return deadline_event(r, m, STR("file"), ID_NONE, m->owner, m->filed_at, e)
        && (!in->danger
            || deadline_event(r, m, STR("discover"), ID_NONE, m->owner, m->filed_at, e))
        && journal_put(r->c, &d->entry, e) && party_add_all(r, m, d->parties, e)
        && claim_add_all(r, m, in->claims, e) && give_sights(r, m, as_party, e)
        && add_matter(r, m, d->pin_hash, in->client_ref, e) && worklist_put(r, m, false, e);
}

bool matter_file(struct req *r, const struct matter_new *in, struct stamp at,
                 struct matter_filed *out, struct err *e)
{
    bool found;
    struct matter m;
    struct matter_draft made;
    const struct matter_draft *d = in->draft ? in->draft : &made;
    if (!filed_before(r, in, out, &found, e))
        return false;
    if (found)
        return true;
    if (!check_codes(r, in, e) || !check_parties(in, e) || !fill(r, in, at, &m, e)
        || (d == &made && !matter_draft(r, in, at, &made, e)) || !put(r, in, d, &m, e))
        return false;
    *out = (struct matter_filed){ m.id, m.number, d->pin, m.state, m.filed_at, m.due_at,
                                  m.owner_name, 1, false };
    return true;
}
