/* perm.h - what may be permitted, and which role may what.
 *
 * A permission is one bit; a role is a row. A route names one permission; a
 * relation to a matter (whose, assigned to whom) is asked on top of it, in
 * matter's flow. The three administrator roles (system, security, audit) are
 * kept apart (GB/T 22239) and see no matter at all. Numbers are kept in the
 * database (post.role): append only. */
#ifndef APP_PERM_H
#define APP_PERM_H
#include "schema/record.h"

#define PERMS(X)                                                                     \
    X(NONE,          "none",           "无",         "nobody")                        \
    X(PUBLIC,        "public",         "公开",       "everybody")                     \
    X(SIGNED_IN,     "signed-in",      "已登录",     "any signed-in account")         \
    X(RESIDENT,      "resident",       "群众",       "a resident's own matters")      \
    X(MATTER_FILE,   "matter.file",    "报单",       "file a matter")                 \
    X(MATTER_READ,   "matter.read",    "查看事项",   "see matters by their sight")    \
    X(MATTER_ACT,    "matter.act",     "办理事项",   "take actions the flow allows")  \
    X(MATTER_INTAKE, "matter.intake",  "受理",       "accept or decline")             \
    X(MATTER_ASSIGN, "matter.assign",  "派单",       "assign to bodies")              \
    X(MATTER_HANDLE, "matter.handle",  "承办",       "take and conclude assignments") \
    X(MATTER_APPROVE, "matter.approve", "审批",      "approve")                       \
    X(MATTER_SUPERVISE, "matter.supervise", "督办",  "supervise, see envelopes below") \
    X(SECRET_REVEAL, "secret.reveal",  "查看敏感信息", "reveal a secret field")       \
    X(EXPORT,        "export",         "导出",       "export lists")                  \
    X(IMPORT,        "import",         "导入",       "import ledgers")                \
    X(PLACE_READ,    "place.read",     "查看辖区机构", "see areas and bodies")        \
    X(PLACE_WRITE,   "place.write",    "管理辖区机构", "change areas and bodies")     \
    X(RULE_READ,     "rule.read",      "查看规则",   "see rules and code lists")      \
    X(RULE_WRITE,    "rule.write",     "管理规则",   "change rules and code lists")   \
    X(PEOPLE_READ,   "people.read",    "查看人员",   "see accounts and posts")        \
    X(PEOPLE_WRITE,  "people.write",   "管理人员",   "change accounts and posts")     \
    X(TOKEN_OWN,     "token.own",      "管理令牌",   "make tokens for oneself")       \
    X(AUDIT_READ,    "audit.read",     "审计",       "read journals and sign-ins")    \
    X(SYSTEM,        "system",         "系统管理",   "jobs, settings, metrics")       \
    X(STATISTICS,    "statistics",     "查看统计",   "read the monthly forms")
#define X(id, slug, zh, en) PERM_##id,
enum perm { PERMS(X) PERM__COUNT };
#undef X
extern const struct names perm_names;
#define PERM_BIT(p) (UINT64_C(1) << (p))

/* reach: which matters a post sees. ORG: those its body holds; OWN: those that
 * name the account; BELOW: envelopes of what its body supervises; NO: none. */
enum reach { REACH_NO, REACH_OWN, REACH_ORG, REACH_BELOW };

#define ROLES(X)                                                      \
    X(RESIDENT,       "resident",       "群众",       "resident")      \
    X(GRID_WORKER,    "grid_worker",    "网格员",     "grid worker")   \
    X(MEDIATOR,       "mediator",       "调解员",     "mediator")      \
    X(CLERK,          "clerk",          "登记员",     "clerk")         \
    X(DISPATCHER,     "dispatcher",     "派单员",     "dispatcher")    \
    X(HANDLER,        "handler",        "承办人",     "handler")       \
    X(HEAD,           "head",           "负责人",     "head")          \
    X(LEADER,         "leader",         "领导",       "leader")        \
    X(JUDGE,          "judge",          "法官",       "judge")         \
    X(SYSTEM_ADMIN,   "system_admin",   "系统管理员", "system administrator")   \
    X(SECURITY_ADMIN, "security_admin", "安全管理员", "security administrator") \
    X(AUDIT_ADMIN,    "audit_admin",    "审计管理员", "audit administrator")
#define X(id, slug, zh, en) ROLE_##id,
enum role { ROLES(X) ROLE__COUNT };
#undef X
extern const struct names role_names;

uint64_t   role_perms(enum role r);
enum reach role_reach(enum role r);
/* The permission a slug names; PERM_NONE for none. */
enum perm  perm_of(struct str slug);
#endif
