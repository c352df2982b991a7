# What time alone changes is told anew: a page that was opened before is not the page of
# today although nobody touched the matter; and a clock that starts while the matter
# stands still stands, too.

as dispatcher.guicheng
GET /api/v1/orgs?q=桂城街道人民调解委员会
200
{ items: […, {id=>O, name: "桂城街道人民调解委员会", …}, …], … }
POST /api/v1/matters
{ "kind": "request", "type": "01", "title": "路面下沉", "source": "hotline", "parties": [ { "role": "applicant", "name": "甲" } ] }
201
{ id=>M, number=>N, … }
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{}
200
POST /api/v1/matters/{M}/actions/pause
If-Match: "v2"
{ "reason": "hearing", "until": "{DAY+2}", "text": "等待听证" }
200
POST /api/v1/matters/{M}/actions/assign
If-Match: "v3"
{ "org": "{O}" }
200
GET /api/v1/matters/{M}
200
Cache-Control: no-store
{ paused_at: "…", deadlines: […, {what: "handle", state: "paused", …}, …, {what: "take", state: "running", …}, …], … }
days 5
wait 10
GET /api/v1/matters/{M}/journal
200
{ items: […, {action: "resume", …}, …], … }
GET /api/v1/matters/{M}
If-None-Match: "v4"
200
{ version: 4, paused_at: null, deadlines: […, {what: "handle", state: "running", …}, …], … }

run verify
exit 0
run check
exit 0
