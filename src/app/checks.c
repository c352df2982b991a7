#include "app/checks.h"
#include "base/identifier.h"

bool check_phone(struct arena *a, struct str *s, struct err *e)
{
    struct phone p;
    if (!s->n)
        return true;
    if (!phone_parse(*s, &p))
        return err_set(e, ERR_BAD_PHONE);
    *s = arena_dup(a, str_of(p.text));
    return true;
}

bool check_idnum(struct arena *a, struct str *s, struct err *e)
{
    struct idnum n;
    if (!s->n)
        return true;
    if (!idnum_parse(*s, day_today(), &n))
        return err_set(e, ERR_BAD_IDNUM);
    *s = arena_dup(a, str_of(n.text));
    return true;
}

bool check_credit(struct arena *a, struct str *s, struct err *e)
{
    char code[19];
    if (!s->n)
        return true;
    if (!credit_code_parse(*s, code))
        return err_set(e, ERR_BAD_CREDIT_CODE);
    *s = arena_dup(a, str_of(code));
    return true;
}
