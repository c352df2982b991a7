/* Whether the codes that a rule names exist. */
#include "app/rule_load.h"

static bool no_such(struct err *e, const char *field, struct str word)
{
    return err_fieldf(e, ERR_NOT_A_CHOICE, field, "%.*s", STR_ARG(str_sub(word, 0, 80)));
}

/* "a b c", each a code of the list; "*" only where it may stand. */
static bool words_known(const struct app *app, struct str words, const char *list, bool star,
                        const char *field, struct err *e)
{
    struct str word, named, code;
    if (star && str_is(words, "*"))
        return true;
    if (star && !words.n)
        return err_field(e, ERR_REQUIRED, field);
    for (bool more = words.n > 0; more;) {
        more = str_cut(words, ' ', &word, &words);
        bool apart = str_is(str_of(list), "dispute_type") && str_cut(word, ':', &named, &code);
        if (!codebook_code(app, apart ? named : str_of(list), apart ? code : word, DAY_NONE))
            return no_such(e, field, word);
    }
    return true;
}

static bool kinds_known(struct str words, struct err *e)
{
    static const char *const kinds[] = { "dispute", "request", "event", "advice" };
    struct str word;
    if (str_is(words, "*"))
        return true;
    for (bool more = true; more;) {
        size_t i = 0;
        more = str_cut(words, ' ', &word, &words);
        while (i < COUNT(kinds) && !str_is(word, kinds[i]))
            i++;
        if (i == COUNT(kinds))
            return no_such(e, "kind", word);
    }
    return true;
}

static bool code_known(const struct app *app, const char *list, struct str code,
                       const char *field, struct err *e)
{
    return codebook_code(app, str_of(list), code, DAY_NONE) || no_such(e, field, code);
}

static bool limit_known(const struct app *app, const struct limit_rule *x, struct err *e)
{
    return code_known(app, "rule_set", x->rule_set, "rule_set", e)
        && code_known(app, "deadline_what", x->what, "what", e)
        && code_known(app, "deadline_event", x->starts_at, "starts_at", e)
        && code_known(app, "who", x->who, "who", e) && kinds_known(x->kind, e)
        && words_known(app, x->type, "dispute_type", true, "type", e)
        && words_known(app, x->channel, "source", true, "channel", e)
        && words_known(app, x->body, "org_kind", true, "body", e)
        && words_known(app, x->level, "level", true, "level", e)
        && words_known(app, x->extend_by, "extend_by", false, "extend_by", e)
        && words_known(app, x->pauses, "pause_reason", false, "pauses", e);
}

/* An outcome's parent is a kind of matter, no code of its list. */
static bool code_refs(const struct app *app, const struct code_entry *x, struct err *e)
{
    if (!x->parent.n || str_is(x->list, "outcome"))
        return true;
    if (codebook_under(app, x->list, x->parent, x->code))
        return no_such(e, "parent", x->parent);
    return codebook_code(app, x->list, x->parent, DAY_NONE) || no_such(e, "parent", x->parent);
}

bool rule_refs(const struct app *app, enum rule_kind kind, const void *row, struct err *e)
{
    const struct code_map *map = row;
    if (kind == RULE_CODE)
        return code_refs(app, row, e);
    if (kind == RULE_LIMIT)
        return limit_known(app, row, e);
    if (kind != RULE_MAPPING)
        return true;
    return (codebook_code(app, map->from_list, map->from_code, DAY_NONE)
            || no_such(e, "from_code", map->from_code))
        && (codebook_code(app, map->to_list, map->to_code, DAY_NONE)
            || no_such(e, "to_code", map->to_code));
}
