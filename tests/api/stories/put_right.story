# What a clock hangs on is put right: the clock is the one that the right type or source would
# have had, from where its own rule counts; what no rule asks for any more ends.

# Filed without a type, accepted as a wage dispute: fifteen days from the filing (劳动争议调解仲裁法 14),
# not the month of people's mediation from the acceptance.
as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "title": "工资没发", "source": "counter",
  "parties": [ { "role": "applicant", "kind": "person", "name": "韦大勇" },
               { "role": "respondent", "kind": "organisation", "name": "顺兴装饰队" } ] }
201
{ id=>M, … }
GET /api/v1/matters/{M}
200
{ filed_at=>FILED, deadlines: [ {what: "accept", …}, {what: "whole", …} ], … }
days 2
as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{ "type": "10" }
200
GET /api/v1/matters/{M}
200
{ deadlines: […, {what: "handle", state: "running", rule: "mediate.labour", started_at: "{FILED}", …}, …], … }

# It was a quarrel of neighbours: the month, from the acceptance, at the body that leads.
GET /api/v1/orgs?q=桂城街道人民调解委员会
200
{ items: […, {id=>O, name: "桂城街道人民调解委员会", …}, …], … }
POST /api/v1/matters/{M}/actions/assign
If-Match: "v2"
{ "org": "{O}" }
200
GET /api/v1/matters/{M}
200
{ accepted_at=>ACCEPTED, … }
as clerk.guicheng
POST /api/v1/matters/{M}/actions/correct
If-Match: "v3"
{ "type": "2", "reason": "并非劳动关系" }
200
GET /api/v1/matters/{M}
200
{ deadlines: […, {what: "handle", state: "running", org: "{O}", rule: "mediate.people", started_at: "{ACCEPTED}", due_at=>DUE, …}, …], … }
GET /api/v1/matters/{M}
200
{ assignments: [ {due_at: "{DUE}", …} ], … }
# And a court had sent it: thirty days from when the mediator takes it, which has not been yet.
POST /api/v1/matters/{M}/actions/correct
If-Match: "v4"
{ "source": "court", "reason": "系法院委派" }
200
GET /api/v1/matters/{M}
200
{ deadlines: […, {what: "handle", state: "running", rule: "mediate.people", …}, …, {what: "take", state: "running", rule: "online.confirm", …}, …], … }
as mediator.guicheng
POST /api/v1/matters/{M}/actions/take
If-Match: "v5"
{ "disclosed": true }
200
as clerk.guicheng
POST /api/v1/matters/{M}/actions/correct
If-Match: "v6"
{ "source": "counter", "reason": "系自行申请" }
200
GET /api/v1/matters/{M}
200
{ deadlines: […, {what: "handle", state: "running", rule: "mediate.people", started_at: "{ACCEPTED}", due_at: "{DUE}", …}, …], … }

# A letter that is a petition has to be answered within fifteen days whether it is accepted
# (信访工作条例 23); one that is none has not.
POST /api/v1/matters
{ "kind": "request", "title": "路灯不亮", "source": "letter", "parties": [ { "role": "applicant", "name": "黎婆婆" } ] }
201
{ id=>Q, … }
POST /api/v1/matters/{Q}/actions/correct
If-Match: "v1"
{ "source": "petition", "reason": "系信访转送" }
200
GET /api/v1/matters/{Q}
200
{ filed_at=>FILED, … }
GET /api/v1/matters/{Q}
200
{ deadlines: […, {what: "whole", rule: "petition.whole", …}, {what: "first_answer", state: "running", rule: "petition.tell", started_at: "{FILED}", …} ], … }
POST /api/v1/matters/{Q}/actions/correct
If-Match: "v2"
{ "source": "letter", "reason": "系普通来信" }
200
GET /api/v1/matters/{Q}
200
{ deadlines: […, {what: "whole", rule: "product.request.whole", …}, {what: "first_answer", state: "dropped", …} ], … }
run verify
exit 0
run check
exit 0
