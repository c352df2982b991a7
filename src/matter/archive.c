#include "matter/archive.h"
#include "app/codebook.h"
#include "matter/claim.h"
#include "matter/matter_act.h"

static const struct field matter_archive_fields[] = {
    FIELD(matter_archive, oral, .doc = "The agreement was oral, and is written down here",
          .zh = "协议为口头达成，在此记明", .en = "Oral agreement, noted here"),
    FIELD(matter_archive, note, .doc = "Note for the file", .max = 500, .flags = LINES,
          .zh = "备注", .en = "Note"),
};
static const struct record matter_archive_record = RECORD(matter_archive, matter_archive_fields);

/* What is in the dossier. */
struct dossier {
    int64_t unanswered, attachments, refusals, complex, confirmed;
    struct list claims;                 /* of struct claim */
    bool oral, replied;
};
static const struct field dossier_fields[] = {
    FIELD(dossier, unanswered, .doc = "Parties who did not answer"),
    FIELD(dossier, attachments, .doc = "Files"), FIELD(dossier, refusals, .doc = "Refusals"),
    FIELD(dossier, complex, .doc = "Rounds that were hard and complex"),
    FIELD(dossier, confirmed, .doc = "Visits that found a court’s confirmation"),
};
static const struct record dossier_record = RECORD(dossier, dossier_fields);

static bool read_dossier(struct req *r, const struct matter *m, struct dossier *d, struct err *e)
{
    return db_one(r->c, e, r->a, &dossier_record, d,
            SQL("SELECT (SELECT COUNT(*) FROM party WHERE home = $1 AND matter = $2"
                " AND left_at = 0 AND answer = 0 AND (role = 0 OR (role = 1"
                " AND CAST($3 AS BIGINT) = 0))) AS unanswered,"
                " (SELECT COUNT(*) FROM (SELECT 1 FROM attachment WHERE home = $1 AND matter = $2"
                " AND removed_at = 0 LIMIT 1) f) AS attachments,"
                " (SELECT COUNT(*) FROM refusal WHERE home = $1 AND matter = $2) AS refusals,"
                " (SELECT COUNT(*) FROM conclusion WHERE home = $1 AND matter = $2"
                " AND complex = 1) AS complex,"
                " (SELECT COUNT(*) FROM visit WHERE home = $1 AND matter = $2"
                " AND confirmed = 1) AS confirmed"),
            V(m->home), V(m->id), V(m->kind))
        && claim_list(r, m->id, &d->claims, e);
}

static bool every_outcome(const struct dossier *d)
{
    const struct claim *c = d->claims.v;
    for (size_t i = 0; i < d->claims.n; i++)
        if (!c[i].outcome.n)
            return false;
    return true;
}

/* By the word of the rule's "proof". A word that is not known here proves nothing. */
static bool proven(const struct dossier *d, struct str proof)
{
    const struct { const char *word; bool is; } all[] = {
        { "registered", true }, { "outcomes", every_outcome(d) }, { "replied", d->replied },
        { "answers", d->unanswered == 0 }, { "agreement", d->oral || d->attachments > 0 },
        { "refusal", d->refusals > 0 },
    };
    for (size_t i = 0; i < COUNT(all); i++)
        if (str_is(proof, all[i].word))
            return all[i].is;
    return false;
}

static bool has(struct str words, struct str word)
{
    return str_is(words, "*") || str_has_word(words, word);
}

static bool any_outcome(const struct dossier *d, struct str words)
{
    const struct claim *c = d->claims.v;
    bool found = str_is(words, "*");
    for (size_t i = 0; i < d->claims.n; i++)
        found |= str_has_word(words, c[i].outcome);
    return found;
}

static bool complete(struct req *r, const struct matter *m, enum matter_state was,
                     const struct dossier *d, struct err *e)
{
    struct list items = codebook_list(r->app, r->a, STR("dossier"), DAY_NONE);
    struct str missing = STR("");
    const struct code_entry *v = items.v;
    for (size_t i = 0; i < items.n; i++) {
        if (!has(code_extra(&v[i], r->a, "kinds"), str_of(matter_kind_names.v[m->kind].slug))
            || !has(code_extra(&v[i], r->a, "states"), str_of(matter_state_names.v[was].slug))
            || !any_outcome(d, code_extra(&v[i], r->a, "outcomes"))
            || proven(d, code_extra(&v[i], r->a, "proof")))
            continue;
        missing = arena_printf(r->a, "%.*s%s%.*s", STR_ARG(missing), missing.n ? "、" : "",
                               STR_ARG(r->lang == LANG_ZH ? v[i].zh : v[i].en));
    }
    return !missing.n || err_setf(e, ERR_DOSSIER, "%.*s", STR_ARG(missing));
}

/* How long it is kept: the row of rules/retention.csv; of several that fit, the one that
 * keeps it longest. */
static const char *retention_of(const struct matter *m, enum matter_state was,
                                const struct dossier *d)
{
    if (was != MATTER_CLOSED)
        return "dossier_declined";
    if (d->complex)
        return "dossier_major";
    if (m->kind != MATTER_DISPUTE)
        return "dossier_request";
    if (!any_outcome(d, STR("settled_performed settled partly_settled")))
        return "dossier_failed";
    if (d->confirmed)
        return "dossier_confirmed";
    return d->oral ? "dossier_oral" : "dossier_agreement";
}

/* None for what is kept for ever. */
static struct stamp kept_until(struct req *r, const char *retention)
{
    const struct code_entry *x = codebook_code(r->app, STR("retention"), str_of(retention),
                                               DAY_NONE);
    int64_t amount = 0;
    if (!x || !str_to_i64(code_extra(x, r->a, "amount"), &amount) || amount <= 0 || amount > 200)
        return (struct stamp){ 0 };
    struct str unit = code_extra(x, r->a, "unit");
    struct day d = day_of_stamp(r->now);
    if (str_is(unit, "day"))
        d.n += (int32_t)amount;
    else
        d = day_add_months(d, (int)amount * (str_is(unit, "year") ? 12 : 1));
    return stamp_of_day(d);
}

bool archive_undo(struct req *r, const struct matter *m, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE matter SET archived_at = 0, retention = '', keep_until = 0"
            " WHERE home = $1 AND id = $2 AND archived_at > 0"), V(m->home), V(m->id));
}

/* What was merged into a matter that never was has no end there: it is to go its own way. */
static bool head_stands(struct req *r, const struct matter *m, struct err *e)
{
    struct str head = STR("");
    return db_text(r->c, e, r->a, &head,
            SQL("SELECT h.number FROM tie t JOIN matter h ON h.home = t.home AND h.id = t.other"
                " WHERE t.home = $1 AND t.matter = $2 AND t.relation = 0 AND t.ended_at = 0"
                " AND h.state = $3"), V(m->home), V(m->id), V((unsigned)MATTER_VOID))
        && (!head.n || err_setf(e, ERR_HEAD_VOID, "%.*s", STR_ARG(head)));
}

static bool on_archive(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_archive *x = in;
    struct move mv;
    struct dossier d = { 0 };
    if (!move_begin(&mv, r, MATTER_DO_ARCHIVE, e)
        || (mv.was == MATTER_MERGED && !head_stands(r, &mv.m, e))
        || !read_dossier(r, &mv.m, &d, e))
        return false;
    d.oral = x->oral || mv.m.facts & FACT_BIT(ORAL);
    d.replied = mv.m.replied_at.ms > 0;
    if (!complete(r, &mv.m, mv.was, &d, e))
        return false;
    const char *retention = retention_of(&mv.m, mv.was, &d);
    struct stamp until = kept_until(r, retention);
    if (d.oral)
        move_note(&mv, "oral", STR("true"));
    if (x->note.n)
        move_note(&mv, "note", x->note);
    move_note(&mv, "retention", str_of(retention));
    return db_exec(r->c, e, NULL,
            SQL("UPDATE matter SET archived_at = $3, retention = $4, keep_until = $5"
                " WHERE home = $1 AND id = $2"),
            V(mv.m.home), V(mv.m.id), V(r->now), V(str_of(retention)), V(until))
        && move_end(&mv, out, e);
}

static const struct route archive_routes[] = {
    MATTER_ACTION("archive", MATTER_INTAKE, on_archive, matter_archive_record,
                  "Put it away, with its dossier complete"),
};
const struct route_table archive_table = ROUTES("archive", archive_routes);
