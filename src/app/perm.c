#include "app/perm.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name perm_v[] = { PERMS(X) };
static const struct name role_v[] = { ROLES(X) };
#undef X
const struct names perm_names = NAMES("perm", perm_v);
const struct names role_names = NAMES("role", role_v);

#define P(id) PERM_BIT(PERM_##id)
#define STAFF   (P(PUBLIC) | P(SIGNED_IN) | P(PLACE_READ) | P(RULE_READ) | P(STATISTICS))
#define DESK    (STAFF | P(MATTER_READ) | P(MATTER_ACT) | P(MATTER_FILE) | P(TOKEN_OWN))

static const struct { uint64_t perms; enum reach reach; } roles[ROLE__COUNT] = {
    [ROLE_RESIDENT] = { P(PUBLIC) | P(SIGNED_IN) | P(RESIDENT), REACH_OWN },
    [ROLE_GRID_WORKER] = { DESK, REACH_OWN },
    [ROLE_MEDIATOR] = { DESK | P(MATTER_HANDLE) | P(MATTER_INTAKE) | P(SECRET_REVEAL), REACH_ORG },
    [ROLE_CLERK] = { DESK | P(MATTER_INTAKE) | P(SECRET_REVEAL) | P(IMPORT) | P(EXPORT),
                     REACH_ORG },
    [ROLE_DISPATCHER] = { DESK | P(MATTER_INTAKE) | P(MATTER_ASSIGN) | P(SECRET_REVEAL)
                              | P(IMPORT) | P(EXPORT), REACH_ORG },
    [ROLE_HANDLER] = { DESK | P(MATTER_HANDLE) | P(SECRET_REVEAL), REACH_ORG },
    [ROLE_HEAD] = { DESK | P(MATTER_HANDLE) | P(MATTER_APPROVE) | P(MATTER_SUPERVISE)
                        | P(SECRET_REVEAL) | P(EXPORT),
                    REACH_ORG },
    [ROLE_LEADER] = { STAFF | P(MATTER_READ) | P(MATTER_SUPERVISE) | P(MATTER_APPROVE),
                      REACH_BELOW },
    [ROLE_JUDGE] = { STAFF | P(MATTER_READ) | P(MATTER_ACT) | P(MATTER_HANDLE), REACH_ORG },
    [ROLE_SYSTEM_ADMIN] = { STAFF | P(PLACE_WRITE) | P(RULE_WRITE) | P(SYSTEM), REACH_NO },
    [ROLE_SECURITY_ADMIN] = { STAFF | P(PEOPLE_READ) | P(PEOPLE_WRITE), REACH_NO },
    [ROLE_AUDIT_ADMIN] = { STAFF | P(PEOPLE_READ) | P(AUDIT_READ), REACH_NO },
};
#undef P

uint64_t role_perms(enum role r) { return roles[r].perms; }
enum reach role_reach(enum role r) { return roles[r].reach; }

enum perm perm_of(struct str slug)
{
    for (size_t i = 1; i < PERM__COUNT; i++)
        if (str_is(slug, perm_v[i].slug))
            return (enum perm)i;
    return PERM_NONE;
}
