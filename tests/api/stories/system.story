# What anybody gets from the program itself, and what nobody gets.

GET /healthz
200
Cache-Control: no-store
X-Content-Type-Options: nosniff
Content-Security-Policy: default-src 'none'…
| ok

GET /readyz
200
statements <= 1
| ok

HEAD /healthz
200

GET /api/v1/openapi.json
200
{ openapi: "3.1.0", info: {title: "Fengqiao", …}, … }

GET /api/v1/codes/dispute_type
200
{ items: [{code: "1", zh: "婚姻家庭", …}, …], next: null }

GET /api/v1/codes/no_such_list
404
{ type: "/problems/not-found", status: 404, title: "Not Found", detail: …, request_id: … }

# The language asked for.
GET /api/v1/codes/no_such_list
Accept-Language: en
404
Content-Language: en

# Counters are not for guests, a wrong session, or a wrong token.
GET /metrics
401
WWW-Authenticate: Bearer…

GET /metrics
Cookie: fq=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
401

GET /metrics
Authorization: Bearer fq_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
401

GET /metrics
Authorization: Basic YTpi
401

# No such address, no such method, no such file.
GET /api/v1/nothing
404

GET /api/v1/../../etc/passwd
404

GET /api/v1/codes/%00
404

GET /api/v1/codes/%2e%2e%2f
404

POST /healthz
405
Allow: …GET…

DELETE /api/v1/codes/dispute_type
405

# What a body may not be.
POST /api/v1/door/status
text not json
400

POST /api/v1/door/status
{ "number": "1", "pin": "2", "number": "3" }
400

POST /api/v1/door/status
[]
422

POST /api/v1/door/status
{ "number": "1" }
422
{ field: "pin", … }

POST /api/v1/door/status
{ "number": 1, "pin": "2" }
422
{ field: "number", … }

POST /api/v1/door/status
{ "number": "1", "pin": "2", "admin": true }
400
{ field: "admin", … }

POST /api/v1/door/status
{ "number": "{HUGE 31}", "pin": "2" }
422
{ field: "number", … }

POST /api/v1/door/status
{ "number": "{HUGE 70000}", "pin": "2" }
413

POST /api/v1/door/status
Content-Type: text/xml
text <a/>
415
