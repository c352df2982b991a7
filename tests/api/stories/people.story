# Accounts, posts, sign-ins and tokens, as the people concerned use them.
config login_rate=1000

# Nothing tells an existing login from another.
POST /api/v1/session
{ "login": "dispatcher.guicheng", "password": "wrong" }
401
{ type: "/problems/bad-login", … }

POST /api/v1/session
{ "login": "nobody.at.all", "password": "wrong" }
401
{ type: "/problems/bad-login", … }

POST /api/v1/session
{ "login": "' OR 1=1 --", "password": "' OR 1=1 --" }
401

POST /api/v1/session
{ "login": "{HUGE 61}", "password": "x" }
422

GET /api/v1/accounts
401

# A dispatcher sees who he is, and no accounts.
as dispatcher.guicheng
GET /api/v1/session
200
Cache-Control: no-store
{ account: {login: "dispatcher.guicheng", …}, posts: [{role: "dispatcher", …}, …], … }

GET /api/v1/accounts
403

GET /api/v1/posts
403

GET /api/v1/session/logins
200
{ items: [{current: true, id=>L, …}, …], next: null }

PUT /api/v1/session/post
{ "post": "1" }
422
{ field: "post", … }

PUT /api/v1/session/password
{ "old": "wrong", "new": "Xin-mima-2026-ok" }
422
{ type: "/problems/wrong-password", field: "old", … }

PUT /api/v1/session/password
{ "old": "wrong", "new": "1234567890" }
422
{ type: "/problems/weak-password", field: "new", … }

DELETE /api/v1/session
X-CSRF: stale
403
{ type: "/problems/bad-csrf", … }

# His token may what he asked for, within what he may.
POST /api/v1/tokens
{ "name": "ledger", "scopes": ["matter.read"], "expires_on": "{DAY+30}" }
201
{ id=>T, token=>S, scopes: "matter.read", … }

POST /api/v1/tokens
{ "name": "ledger", "scopes": ["system"], "expires_on": "{DAY+30}" }
403

POST /api/v1/tokens
{ "name": "ledger", "scopes": ["people.write"], "expires_on": "{DAY+30}" }
422

POST /api/v1/tokens
{ "name": "ledger", "scopes": ["matter.read"], "expires_on": "{DAY+400}" }
422
{ field: "expires_on", … }

as guest
GET /api/v1/work
Authorization: Bearer {S}
200

GET /api/v1/tokens
Authorization: Bearer {S}
403
{ type: "/problems/token-scope", … }

GET /api/v1/session/logins
Authorization: Bearer {S}
403

as dispatcher.guicheng
DELETE /api/v1/tokens/{T}
204

as guest
GET /api/v1/work
Authorization: Bearer {S}
401

# The security administrator makes an account, appoints, changes and ends.
as secadmin
POST /api/v1/accounts
{ "login": "Bad Login", "name": "x" }
422
{ type: "/problems/bad-login-name", field: "login", … }

POST /api/v1/accounts
{ "login": "New.Clerk", "name": "新登记员", "phone": "19900000999" }
201
Cache-Control: no-store
{ id=>A, login: "new.clerk", password=>P }

POST /api/v1/accounts
{ "login": "new.clerk", "name": "again" }
409
{ type: "/problems/duplicate", field: "login", … }

GET /api/v1/accounts?q=new.cl
200
{ items: [{id: "{A}", phone: "199****0999", must_change: true, …}], next: null }
! 19900000999

GET /api/v1/accounts?limit=2
200
{ items: [{…}, {…}], next=>N }

PUT /api/v1/accounts/{A}
{ "name": "改名" }
428

PUT /api/v1/accounts/{A}
If-Match: "v1"
{ "name": "改名" }
200
{ name: "改名", version: 2, … }

PUT /api/v1/accounts/{A}
If-Match: "v1"
{ "name": "再改" }
412

GET /api/v1/posts?role=clerk&limit=1
200
{ items: [{org=>O, …}], … }

POST /api/v1/posts
{ "account": "{A}", "org": "{O}", "role": "clerk" }
201
{ id=>Q, holds: true, … }

POST /api/v1/posts
{ "account": "{A}", "org": "{O}", "role": "audit_admin", "valid_to": "{DAY+9}" }
201

POST /api/v1/posts
{ "account": "{A}", "org": "{O}", "role": "system_admin" }
409
{ type: "/problems/admin-roles", … }

POST /api/v1/posts
{ "account": "{A}", "org": "{O}", "role": "security_admin" }
409

as guest
POST /api/v1/session
{ "login": "new.clerk", "password": "{P}" }
200
{ must_change_password: true, … }

as secadmin
PUT /api/v1/posts/{Q}
If-Match: "v1"
{ "valid_from": "{DAY-3}", "valid_to": "{DAY}" }
200
{ holds: false, … }

DELETE /api/v1/accounts/{A}
204

as guest
POST /api/v1/session
{ "login": "new.clerk", "password": "{P}" }
401

# She cannot end herself, or appoint herself.
as secadmin
GET /api/v1/accounts?q=secadmin
200
{ items: [{id=>ME, …}], … }

DELETE /api/v1/accounts/{ME}
403
{ type: "/problems/second-person", … }

POST /api/v1/posts
{ "account": "{ME}", "org": "{O}", "role": "security_admin" }
403

# Auditors see people and change none.
as audit
GET /api/v1/accounts
200

POST /api/v1/accounts
{ "login": "by.audit", "name": "x" }
403

# Residents have no business here.
as 19900000201
GET /api/v1/session
200
{ kind: "resident", posts: [], post: null, … }

GET /api/v1/accounts
403

PUT /api/v1/session/profile
{ "name": "周玉珍", "lang": "zh" }
200

as guest
POST /api/v1/door/code
{ "phone": "0757-83281234" }
422
{ field: "phone", … }

POST /api/v1/door/session
{ "phone": "19900000201", "code": "000000" }
422
{ type: "/problems/bad-code", field: "code", … }

# What is not sent of one's profile stays.
as 19900000202
PUT /api/v1/session/profile
{ "lang": "en" }
200
{ lang: "en", … }

PUT /api/v1/session/profile
{ "name": "阿依古丽" }
200
{ lang: "en", account: {name: "阿依古丽", …}, … }

GET /api/v1/session/logins
200
{ items: [{id=>L, current: true, …}, …], next: null }

as 19900000201
DELETE /api/v1/session/logins/{L}
404

as 19900000202
DELETE /api/v1/session/logins/{L}
204

GET /api/v1/session
401
