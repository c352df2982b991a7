# Guessing is slow: codes and pins, sign-ins.
config code_rate=3
config behind_proxy=true

POST /api/v1/door/status
{ "number": "4406000000000000", "pin": "1" }
422
POST /api/v1/door/status
{ "number": "4406000000000000", "pin": "2" }
422
POST /api/v1/door/status
{ "number": "4406000000000000", "pin": "3" }
422
POST /api/v1/door/status
{ "number": "4406000000000000", "pin": "4" }
429
Retry-After: …
{ type: "/problems/too-often", … }

# Other requests are not held up by it.
GET /healthz
200

# One account's wrong passwords close it for a while, told by a sentence that fits
# every name, there or not.
POST /api/v1/session
{ "login": "clerk.guicheng", "password": "wrong-password-1" }
401
{ type: "/problems/bad-login", … }
POST /api/v1/session
{ "login": "no.such.login", "password": "wrong-password-1" }
401
{ type: "/problems/bad-login", … }
POST /api/v1/session
{ "login": "clerk.guicheng", "password": "wrong-password-1" }
401
POST /api/v1/session
{ "login": "clerk.guicheng", "password": "wrong-password-1" }
401
POST /api/v1/session
{ "login": "clerk.guicheng", "password": "wrong-password-1" }
401
POST /api/v1/session
{ "login": "clerk.guicheng", "password": "wrong-password-1" }
401
POST /api/v1/session
{ "login": "clerk.guicheng", "password": "fengqiao-2026" }
429
{ type: "/problems/locked", … }

# It is closed to where they came from, and to nobody else: not to another network, nor to
# the browser the account signed in from before, which keeps that beyond signing out.
POST /api/v1/session
X-Forwarded-For: 198.51.100.9
{ "login": "clerk.guicheng", "password": "wrong-password-1" }
401
as dispatcher.guicheng
GET /api/v1/session
200
{ account: { id=>DISPATCHER, … }, … }
DELETE /api/v1/session
204
as guest
POST /api/v1/session
{ "login": "dispatcher.guicheng", "password": "wrong-password-1" }
401
! fqb
POST /api/v1/session
{ "login": "dispatcher.guicheng", "password": "wrong-password-2" }
401
POST /api/v1/session
{ "login": "dispatcher.guicheng", "password": "wrong-password-3" }
401
POST /api/v1/session
{ "login": "dispatcher.guicheng", "password": "wrong-password-4" }
401
POST /api/v1/session
{ "login": "dispatcher.guicheng", "password": "wrong-password-5" }
401
POST /api/v1/session
{ "login": "dispatcher.guicheng", "password": "fengqiao-2026" }
429
{ type: "/problems/locked", … }
as dispatcher.guicheng
POST /api/v1/session
{ "login": "dispatcher.guicheng", "password": "fengqiao-2026" }
200
Set-Cookie: …
{ account: { login: "dispatcher.guicheng", … }, csrf=>FORM, … }
DELETE /api/v1/session
X-CSRF: {FORM}
204
# That browser guesses no longer than any other.
POST /api/v1/session
{ "login": "dispatcher.guicheng", "password": "wrong-password-1" }
401
POST /api/v1/session
{ "login": "dispatcher.guicheng", "password": "wrong-password-2" }
401
POST /api/v1/session
{ "login": "dispatcher.guicheng", "password": "wrong-password-3" }
401
POST /api/v1/session
{ "login": "dispatcher.guicheng", "password": "wrong-password-4" }
401
POST /api/v1/session
{ "login": "dispatcher.guicheng", "password": "wrong-password-5" }
401
POST /api/v1/session
{ "login": "dispatcher.guicheng", "password": "fengqiao-2026" }
429
{ type: "/problems/locked", … }

# The security administrator opens a login to everybody.
as secadmin
GET /api/v1/accounts/{DISPATCHER}
200
{ locked_until: "…", … }
POST /api/v1/accounts/{DISPATCHER}/unlock
204
GET /api/v1/accounts/{DISPATCHER}
200
{ locked_until: null, … }
as dispatcher.guicheng
POST /api/v1/session
{ "login": "dispatcher.guicheng", "password": "fengqiao-2026" }
200
as guest
POST /api/v1/session
{ "login": "dispatcher.guicheng", "password": "wrong-password-1" }
401
