# Case numbers of a people's mediation: given when a committee accepts or takes, in order,
# in a register that is its own.

as mediator.guicheng
GET /api/v1/dockets
200
{ items: [], next: null }

# Its own matter: the number comes with the acceptance.
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "院墙漏雨", "parties": [
    { "role": "applicant", "kind": "person", "name": "周玉珍" },
    { "role": "respondent", "kind": "person", "name": "谢秉谦" } ] }
201
{ id=>A, number=>NA, … }
GET /api/v1/matters/{A}
200
{ docket: "", … }
POST /api/v1/matters/{A}/actions/accept
If-Match: "v1"
{}
200
GET /api/v1/matters/{A}
200
{ docket=>FIRST, … }

# A centre's: it comes with the taking, and the register counts on.
as dispatcher.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "树根拱墙", "parties": [
    { "role": "applicant", "kind": "person", "name": "吴𬍛" } ] }
201
{ id=>B, … }
POST /api/v1/matters/{B}/actions/accept
If-Match: "v1"
{}
200
GET /api/v1/matters/{B}
200
{ docket: "", … }
GET /api/v1/orgs?q=桂城街道人民调解
200
{ items: […, {id=>O, name: "桂城街道人民调解委员会", …}, …], … }
POST /api/v1/matters/{B}/actions/assign
If-Match: "v2"
{ "org": "{O}" }
200
as mediator.guicheng
POST /api/v1/matters/{B}/actions/take
If-Match: "v3"
{ "disclosed": true }
200

GET /api/v1/dockets?limit=1
200
statements <= 4
{ items: [ {no: 1, label: "{FIRST}", number: "{NA}", title: "院墙漏雨", state: "accepted", voided_at: null, …} ],
  next: "1" }
GET /api/v1/dockets?limit=1&after=1
200
{ items: [ {no: 2, matter: "{B}", state: "in_hand", …} ], next: … }
GET /api/v1/matters/{B}/journal
200
{ items: […, {action: "take", payload: {docket: …, …}, …} ], … }

# Another body's register is not there; a leader reads it without what people wrote.
as dispatcher.guicheng
GET /api/v1/dockets?org={O}
404
GET /api/v1/dockets
200
{ items: [], … }
