#include "handling/tell_impl.h"
#include "base/identifier.h"
#include "matter/party.h"

enum { READERS_MAX = 200, PARTIES_MAX = 100 };

/* ---- one reader ---- */

struct reader { struct id account; unsigned role, lang; };
static const struct name lang_v[] = { { "zh", "中文", "Chinese" }, { "en", "英文", "English" } };
static const struct names langs = NAMES("told_lang", lang_v);
static const struct field reader_fields[] = {
    FIELD(reader, account, .doc = "Account"),
    FIELD(reader, role, .doc = "In this post", .names = &role_names),
    FIELD(reader, lang, .doc = "Of messages", .names = &langs),
};
static const struct record reader_record = RECORD(reader, reader_fields);

static struct notice_words words_of(const struct telling *t, enum lang lang)
{
    const struct code_entry *what = t->what.n
        ? codebook_code(t->r->app, STR("deadline_what"), t->what, DAY_NONE) : NULL;
    struct str none = lang == LANG_ZH ? STR("时限") : STR("time limit");
    struct str body = lang == LANG_ZH ? STR("本单位") : STR("your body");
    return (struct notice_words){
        .number = t->m.number.n ? t->m.number : body, .due = t->due,
        .what = !what ? none : lang == LANG_ZH ? what->zh : what->en,
    };
}

static struct notice notice_of(const struct telling *t, const struct notice_rule *rule,
                               enum lang lang)
{
    struct notice_words w = words_of(t, lang);
    return (struct notice){
        .matter = t->matter, .task = t->task ? t->task->id : ID_NONE, .cause = t->cause,
        .rule = rule->code, .class = rule->class, .digest = rule->digest, .urgent = rule->urgent,
        .media = t->quietly ? 0 : rule->media, .text = notice_text(t->r->a, rule, lang, &w),
    };
}

static bool tell_account(struct telling *t, const struct notice_rule *rule,
                         const struct reader *who, struct err *e)
{
    struct notice n = notice_of(t, rule, (enum lang)who->lang);
    n.account = who->account;
    return who->account.v == t->actor.v || notice_add(t->r, &n, NULL, e);
}

/* ---- staff ---- */

/* Who holds a post in the body today with one of the permissions (0: in the role that
 * has to approve), and is not absent. */
static bool tell_members(struct telling *t, const struct notice_rule *rule, struct id org,
                         uint64_t perms, struct err *e)
{
    struct list found;
    struct day today = day_of_stamp(t->r->now);
    if (!org.v)
        return true;
    if (!db_all(t->r->c, e, t->r->a, &reader_record, &found,
            SQL("SELECT p.account, p.role, a.lang FROM post p"
                " JOIN account a ON a.home = p.home AND a.id = p.account"
                " WHERE p.home = $1 AND p.org = $2 AND p.valid_from <= $3"
                " AND (p.valid_to = 0 OR p.valid_to > $3) AND a.state = 0"
                " AND (p.absent_from = 0 OR p.absent_from > $3 OR p.absent_to <= $3)"
                " ORDER BY p.id LIMIT $4"),
            V(t->r->app->home), V(org), V(today), V((int64_t)READERS_MAX)))
        return false;
    const struct reader *v = found.v;
    for (size_t i = 0; i < found.n; i++) {
        bool meant = perms ? role_perms((enum role)v[i].role) & perms
                           : v[i].role == t->m.approver_role;
        if (meant && !tell_account(t, rule, &v[i], e))
            return false;
    }
    return true;
}

static bool tell_one(struct telling *t, const struct notice_rule *rule, struct id account,
                     struct err *e)
{
    struct reader who = { 0 };
    bool found;
    return !account.v
        || (db_maybe(t->r->c, e, t->r->a, &reader_record, &who, &found,
                SQL("SELECT id AS account, lang FROM account WHERE home = $1 AND id = $2"
                    " AND state = 0"), V(t->r->app->home), V(account))
            && (!found || tell_account(t, rule, &who, e)));
}

static bool tell_lead(struct telling *t, const struct notice_rule *rule, struct err *e)
{
    if (t->m.handler.v)
        return tell_one(t, rule, t->m.handler, e);
    return tell_members(t, rule, t->m.lead, PERM_BIT(PERM_MATTER_HANDLE), e);
}

/* Who has to meet the clock: the handler, or those of the body who could. */
static bool tell_holder(struct telling *t, const struct notice_rule *rule, struct err *e)
{
    if (t->clock_org.v == t->m.lead.v && t->m.handler.v)
        return tell_one(t, rule, t->m.handler, e);
    uint64_t perms = t->clock_org.v == t->m.owner.v
                   ? PERM_BIT(PERM_MATTER_INTAKE) | PERM_BIT(PERM_MATTER_ASSIGN)
                   : PERM_BIT(PERM_MATTER_HANDLE) | PERM_BIT(PERM_MATTER_APPROVE);
    return tell_members(t, rule, t->clock_org, perms, e);
}

static bool tell_above(struct telling *t, const struct notice_rule *rule, struct err *e)
{
    struct id above = ID_NONE;
    return db_int(t->r->c, e, &above.v, SQL("SELECT above FROM org WHERE home = $1 AND id = $2"),
                  V(t->r->app->home), V(t->clock_org.v ? t->clock_org : t->m.owner))
        && tell_members(t, rule, above, PERM_BIT(PERM_MATTER_ASSIGN), e);
}

static bool tell_assignee(struct telling *t, const struct notice_rule *rule, struct err *e)
{
    if (!t->task)
        return true;
    if (t->task->account.v)
        return tell_one(t, rule, t->task->account, e);
    return tell_members(t, rule, t->task->org, PERM_BIT(PERM_MATTER_INTAKE)
                        | PERM_BIT(PERM_MATTER_HANDLE), e);
}

/* ---- parties ---- */

struct told_party { struct id id, account; unsigned role, channel, lang; struct str name; };
static const struct field told_party_fields[] = {
    FIELD(told_party, id, .doc = "Party"), FIELD(told_party, account, .doc = "Linked account"),
    FIELD(told_party, role, .doc = "Role", .names = &party_role_names),
    FIELD(told_party, channel, .doc = "Own channel", .names = &party_channel_names),
    FIELD(told_party, lang, .doc = "Of messages", .names = &langs),
};
static const struct record told_party_record = RECORD(told_party, told_party_fields);

/* The second working day from now. */
static struct day in_two_days(const struct req *r)
{
    struct day d = day_of_stamp(r->now);
    int64_t left = codebook_number(r->app, "tell_days", 2);
    for (int i = 0; left > 0 && i < 60; i++) {
        d.n++;
        left -= codebook_is_working(r->app, d);
    }
    return d;
}

/* A person tells whom no message reaches: the owner body's task. */
static bool tell_by_person(struct telling *t, const struct notice_rule *rule,
                           const struct told_party *p, struct err *e)
{
    struct req *r = t->r;
    struct notice_words w = words_of(t, LANG_ZH);
    struct task task = {
        .matter = t->matter, .org = t->m.owner, .due = in_two_days(r),
        .cause = arena_printf(r->a, "%.*s.%.*s.%lld", STR_ARG(t->cause), STR_ARG(rule->code),
                              (long long)p->id.v),
        .title = arena_printf(r->a, "%s告知%s", party_channel_names.v[p->channel].zh,
                              party_role_names.v[p->role].zh),
        .note = notice_text(r->a, rule, LANG_ZH, &w),
    };
    return t->quietly || task_add(r, NULL, &task, e);
}

static bool tell_party(struct telling *t, const struct notice_rule *rule,
                       const struct told_party *p, struct err *e)
{
    bool person = p->channel == CHANNEL_PHONE || p->channel == CHANNEL_LETTER;
    bool message = p->channel == CHANNEL_SMS || p->channel == CHANNEL_ONLINE;
    struct notice n = notice_of(t, rule, (enum lang)p->lang);
    n.party = p->id;
    n.account = p->account;
    n.neutral = t->m.danger || t->m.sealed;
    if (!message)
        n.media = 0;
    if (p->account.v && p->account.v == t->actor.v)
        return true;
    if ((n.account.v || n.media) && !notice_add(t->r, &n, NULL, e))
        return false;
    return !person || !rule->task || tell_by_person(t, rule, p, e);
}

static bool tell_parties(struct telling *t, const struct notice_rule *rule, bool all,
                         struct err *e)
{
    struct list found;
    if (!db_all(t->r->c, e, t->r->a, &told_party_record, &found,
            SQL("SELECT p.id, p.account, p.role, p.channel, COALESCE(a.lang, 0) AS lang"
                " FROM party p LEFT JOIN account a ON a.home = p.home AND a.id = p.account"
                " WHERE p.home = $1 AND p.matter = $2 AND p.left_at = 0 ORDER BY p.no LIMIT $3"),
            V(t->r->app->home), V(t->matter), V((int64_t)PARTIES_MAX)))
        return false;
    const struct told_party *v = found.v;
    for (size_t i = 0; i < found.n; i++)
        if ((all || v[i].role == PARTY_APPLICANT) && !tell_party(t, rule, &v[i], e))
            return false;
    return true;
}

/* ---- by the rules ---- */

static bool apply(struct telling *t, const struct notice_rule *rule, struct err *e)
{
    const struct told_matter *m = &t->m;
    switch (rule->to) {
    case TO_LEAD:       /* without a handler they are the same */
    case TO_HANDLER:    return tell_lead(t, rule, e);
    case TO_INTAKE:     return tell_members(t, rule, m->owner, PERM_BIT(PERM_MATTER_INTAKE), e);
    case TO_DISPATCHER: return tell_members(t, rule, m->owner, PERM_BIT(PERM_MATTER_ASSIGN), e);
    case TO_APPROVER:   return tell_members(t, rule, m->approver, 0, e);
    case TO_REVIEWER:   return tell_members(t, rule, m->reviewer,
                                            PERM_BIT(PERM_MATTER_APPROVE)
                                            | PERM_BIT(PERM_MATTER_INTAKE), e);
    case TO_HOLDER:     return tell_holder(t, rule, e);
    case TO_ABOVE:      return tell_above(t, rule, e);
    case TO_APPLICANT:  return tell_parties(t, rule, false, e);
    case TO_PARTY:      return tell_parties(t, rule, true, e);
    case TO_ASSIGNEE:   return tell_assignee(t, rule, e);
    case TO_MAKER:      return !t->task || tell_one(t, rule, t->task->made_by, e);
    case NOTICE_TO__COUNT: break;
    }
    return err_internal(e, "nobody to tell");
}

static bool fits(const struct notice_rule *x, struct str event, bool danger)
{
    return str_eq(x->event, event)
        && (x->only == ONLY_ALL || (x->only == ONLY_DANGER) == danger);
}

bool telling_any(const struct list *rules, struct str event)
{
    const struct notice_rule *v = rules->v;
    for (size_t i = 0; i < rules->n; i++)
        if (str_eq(v[i].event, event))
            return true;
    return false;
}

bool telling_fits(const struct telling *t)
{
    const struct notice_rule *v = t->rules.v;
    for (size_t i = 0; i < t->rules.n; i++)
        if (fits(&v[i], t->event, t->m.danger))
            return true;
    return false;
}

static bool has_place(const struct notice_rule *x, struct str place)
{
    return str_find(x->zh, place) < x->zh.n || str_find(x->en, place) < x->en.n;
}

bool telling_times(const struct telling *t)
{
    const struct notice_rule *v = t->rules.v;
    for (size_t i = 0; i < t->rules.n; i++)
        if (fits(&v[i], t->event, t->m.danger)
            && (v[i].to == TO_HOLDER || v[i].to == TO_ABOVE || has_place(&v[i], STR("{due}"))
                || has_place(&v[i], STR("{what}"))))
            return true;
    return false;
}

bool telling_do(struct telling *t, struct err *e)
{
    const struct notice_rule *v = t->rules.v;
    for (size_t i = 0; i < t->rules.n; i++)
        if (fits(&v[i], t->event, t->m.danger) && !apply(t, &v[i], e))
            return false;
    return true;
}

static const struct field told_matter_fields[] = {
    FIELD(told_matter, number, .doc = "Number"), FIELD(told_matter, danger, .doc = "Danger"),
    FIELD(told_matter, sealed, .doc = "Safety compartment"),
    FIELD(told_matter, owner, .doc = "Body"), FIELD(told_matter, lead, .doc = "Body"),
    FIELD(told_matter, handler, .doc = "Account"), FIELD(told_matter, reviewer, .doc = "Body"),
    FIELD(told_matter, approver, .doc = "Body"),
    FIELD(told_matter, approver_role, .doc = "In which role", .names = &role_names),
};
static const struct record told_matter_record = RECORD(told_matter, told_matter_fields);

bool telling_matter(struct telling *t, bool *found, struct err *e)
{
    return db_maybe(t->r->c, e, t->r->a, &told_matter_record, &t->m, found,
        SQL("SELECT number, danger, owner, lead, reviewer, approver, approver_role,"
            /* who left the body leaves the work, and what is told of it, to the others */
            " CASE WHEN EXISTS (SELECT 1 FROM post p WHERE p.home = m.home AND p.org = m.lead"
            " AND p.account = m.handler AND p.valid_from <= $3"
            " AND (p.valid_to = 0 OR p.valid_to > $3)) THEN m.handler ELSE 0 END AS handler,"
            " CASE WHEN EXISTS (SELECT 1 FROM compartment c WHERE c.home = m.home"
            " AND c.matter = m.id AND c.kind = 0 AND c.destroyed_at = 0)"
            " THEN 1 ELSE 0 END AS sealed"
            " FROM matter m WHERE m.home = $1 AND m.id = $2"),
        V(t->r->app->home), V(t->matter), V(day_of_stamp(t->r->now)));
}

bool tell_task(struct req *r, const struct task *task, const char *event, struct err *e)
{
    bool found;
    struct telling t = {
        .r = r, .rules = notice_rules(r->app), .event = str_of(event), .task = task,
        .matter = task->matter, .actor = r->who->account,
        .cause = arena_printf(r->a, "k%lld.%lld.%s", (long long)task->id.v,
                              (long long)task->version, event),
        .due = task->due.n ? (struct stamp){ task->due_at.ms - STAMP_MINUTE } : (struct stamp){ 0 },
    };
    return !telling_any(&t.rules, t.event)
        || ((!task->matter.v || telling_matter(&t, &found, e)) && telling_do(&t, e));
}
