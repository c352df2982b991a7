/* req.c - what handlers ask of their request. */
#include "http/route.h"

bool req_id(const struct req *r, size_t i, struct id *out, struct err *e)
{
    int64_t v;
    struct str s = i < REQ_PARAMS ? r->param[i] : STR_NONE;
    bool digits = s.n > 0 && s.n <= 19;
    for (size_t k = 0; k < s.n; k++)
        digits = digits && s.p[k] >= '0' && s.p[k] <= '9';
    if (!digits || s.p[0] == '0' || !str_to_i64(s, &v))
        return err_set(e, ERR_NOT_FOUND);
    *out = (struct id){ v };
    return true;
}

/* "v12" of "\"v12\"" and of "\"v12-4\"": the sight is no matter when writing. */
static struct str version_of(struct str tag)
{
    tag = str_trim(tag);
    if (tag.n < 3 || tag.p[0] != '"' || tag.p[tag.n - 1] != '"')
        return STR_NONE;
    tag = str_sub(tag, 1, tag.n - 2);
    return str_sub(tag, 0, str_find(tag, STR("-")));
}

bool req_match(const struct req *r, int64_t version, struct err *e)
{
    char want[32];
    snprintf(want, sizeof want, "v%lld", (long long)version);
    struct str list = r->if_match, one;
    if (list.n == 0)
        return err_set(e, ERR_NEED_VERSION);
    for (bool more = true; more; ) {
        more = str_cut(list, ',', &one, &list);
        if (str_is(version_of(one), want))
            return true;
    }
    return err_set(e, ERR_PRECONDITION);
}

struct str req_cookie(const struct req *r, const char *name)
{
    struct str rest = r->cookie, one, key, value;
    while (rest.n) {
        str_cut(rest, ';', &one, &rest);
        if (str_cut(str_trim(one), '=', &key, &value) && str_is(key, name))
            return value;
    }
    return STR_NONE;
}
