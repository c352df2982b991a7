# Guessing is slow: codes and pins, sign-ins.
config code_rate=3

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
