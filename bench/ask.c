#include "city.h"

static bool found(struct load *x, const char *path, const char *more)
{
    return load_ask(x, "GET", path, more, STR("")) == 200;
}

bool ask_create(struct load *x, void *ctx, int64_t i)
{
    struct city *c = ctx;
    char body[600];
    int64_t id;
    snprintf(body, sizeof body, "{\"kind\":\"dispute\",\"title\":\"楼上漏水 %lld\",\"story\":"
             "\"本人住在桂花园小区3栋，楼上漏水多次协商没有结果，希望有人上门查看。\",\"parties\":"
             "[{\"role\":\"applicant\",\"kind\":\"person\",\"name\":\"张三\"},"
             "{\"role\":\"respondent\",\"kind\":\"person\",\"name\":\"李四\"}],"
             "\"claims\":[{\"text\":\"赔偿\",\"amount\":100000}]}", (long long)i);
    if (load_ask(x, "POST", "/api/v1/matters", "", str_of(body)) != 201
        || !str_to_i64(load_member(x->body, "id"), &id))
        return false;
    int64_t at = c->made_n++;
    if (at < IDS_MAX)
        c->made[at] = id;
    return true;
}

static bool read_one(struct load *x, int64_t id, const char *more)
{
    char path[80];
    snprintf(path, sizeof path, "/api/v1/matters/%lld", (long long)id);
    return found(x, path, more);
}

bool ask_again(struct load *x, void *ctx, int64_t i)
{
    const struct city *c = ctx;
    return read_one(x, c->ids[i % MIN(c->ids_n, (int64_t)AGAIN)], "");
}

bool ask_anew(struct load *x, void *ctx, int64_t i)
{
    const struct city *c = ctx;
    return read_one(x, c->ids[i % MIN(c->ids_n, (int64_t)AGAIN)], "Cache-Control: no-cache\r\n");
}

bool ask_first(struct load *x, void *ctx, int64_t i)
{
    const struct city *c = ctx;
    return read_one(x, c->ids[c->seen + i], "");
}

bool ask_list(struct load *x, void *ctx UNUSED, int64_t i UNUSED)
{
    return found(x, "/api/v1/work/items?bucket=to_accept&limit=20", "");
}

bool ask_newest(struct load *x, void *ctx UNUSED, int64_t i UNUSED)
{
    return found(x, "/api/v1/matters?limit=20", "");
}

bool ask_badges(struct load *x, void *ctx UNUSED, int64_t i UNUSED)
{
    return found(x, "/api/v1/work", "");
}

bool ask_search(struct load *x, void *ctx UNUSED, int64_t i)
{
    static const char *const words[] = { "%E6%BC%8F%E6%B0%B4", "%E5%8E%8B%E9%87%91",
                                         "%E8%B7%AF%E7%81%AF", "%E5%A9%9A%E5%A7%BB" };
    char path[100];
    snprintf(path, sizeof path, "/api/v1/matters?limit=20&q=%s", words[i % 4]);
    return found(x, path, "");
}

bool ask_doubles(struct load *x, void *ctx, int64_t i)
{
    const struct city *c = ctx;
    char path[80];
    snprintf(path, sizeof path, "/api/v1/matters/%lld/doubles",
             (long long)c->ids[i % MIN(c->ids_n, (int64_t)AGAIN)]);
    return found(x, path, "");
}

bool ask_form(struct load *x, void *ctx, int64_t i UNUSED)
{
    const struct city *c = ctx;
    char path[100];
    snprintf(x->auth, sizeof x->auth, "%s", c->auth[DISTRICT]);
    snprintf(path, sizeof path, "/api/v1/editions/%s/table?form=matters", c->month);
    return found(x, path, "");
}

bool ask_accept(struct load *x, void *ctx, int64_t i)
{
    const struct city *c = ctx;
    char path[100];
    snprintf(path, sizeof path, "/api/v1/matters/%lld/actions/accept", (long long)c->made[i]);
    return load_ask(x, "POST", path, "If-Match: \"v1\"\r\n", STR("{}")) == 200;
}

bool ask_root(struct load *x, void *ctx UNUSED, int64_t i UNUSED)
{
    return found(x, "/", "");
}
