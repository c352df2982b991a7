# Areas, bodies, competences and rosters, as an administrator keeps them.
config login_rate=1000

GET /api/v1/areas
401

# Residents find where something happened; they change nothing.
as dispatcher.guicheng
GET /api/v1/areas?q=440605011001
200
statements <= 4
{ items: [{id=>V, parent=>T, name: "桂一社区居委会", short_name: "桂一社区", code: "440605011001", level: "village", …}], next: null }

GET /api/v1/areas?q=%E6%A1%82%E4%B8%80%E7%A4%BE%E5%8C%BA&limit=1
200
{ items: [{id: "{V}", …}], next=>N }

GET /api/v1/areas?q=%E6%A1%82%E4%B8%80%E7%A4%BE%E5%8C%BA&limit=1&after={N}
200
{ items: [{level: "grid", parent: "{V}", …}], … }

GET /api/v1/areas?q=gysq&under={T}
200
{ items: [{id: "{V}", …}, …], … }

GET /api/v1/areas?q=%27%20OR%201%3D1%20--
200
{ items: [], next: null }

GET /api/v1/areas?q={HUGE 51}
422

GET /api/v1/areas?after=-1
400
{ type: "/problems/bad-cursor", … }

GET /api/v1/areas?under=999999999
422
{ field: "under", … }

GET /api/v1/areas/999999999
404

POST /api/v1/areas
{ "parent": "{T}", "level": "grid", "kind": "grid", "name": "不许" }
403

GET /api/v1/areas/{V}/duty
200
{ items: [{role: "cadre", …}, {role: "grid_worker", …}, {role: "police", …}, {role: "counsel", …}, {role: "mediation_team", …}, {role: "on_duty", from_minute: 1050, to_minute: 510, …}], … }

GET /api/v1/areas/{V}/duty?day={DAY+300}
200
{ items: [{…}, {…}, {…}, {…}, {…}], … }

GET /api/v1/competences?kind=dispute&type=2&area={V}
200
{ items: [{part: "lead", rank: 20, org=>C, …}, …], … }

GET /api/v1/competences?kind=dispute&type=2
422
{ field: "area", … }

# A village is renamed, gets another code and comes under another town; all of it is kept.
as sysadmin
GET /api/v1/areas?q=440604012000
200
{ items: [{id=>Z, …}], … }

PUT /api/v1/areas/{V}
{ "parent": "{Z}", "level": "village", "kind": "community", "name": "桂一新社区居委会", "code": "440604012901" }
428

PUT /api/v1/areas/{V}
If-Match: "v1"
{ "parent": "{Z}", "level": "village", "kind": "community", "name": "桂一新社区居委会", "code": "440604012052" }
409
{ type: "/problems/duplicate", field: "code", … }

PUT /api/v1/areas/{V}
If-Match: "v1"
{ "parent": "{V}", "level": "village", "kind": "community", "name": "圈", "code": "440604012901" }
422
{ field: "parent", … }

PUT /api/v1/areas/{V}
If-Match: "v1"
{ "parent": "{Z}", "level": "village", "kind": "community", "name": "桂一新社区居委会", "code": "440604012901" }
200
ETag: "v2…
{ parent: "{Z}", code: "440604012901", version: 2, past: [{name: "桂一社区居委会", valid_to: "{DAY}", …}, …], … }

# Its former code still finds it.
GET /api/v1/areas?q=440605011001
200
{ items: [{id: "{V}", code: "440604012901", …}], … }

# What lay below moved along.
GET /api/v1/areas?parent={V}&limit=1
200
{ items: [{parent: "{V}", parent_name: "桂一新社区居委会", …}], … }

POST /api/v1/areas/{V}/end
If-Match: "v2"
{ }
409
{ type: "/problems/has-parts", … }

POST /api/v1/areas
{ "parent": "{Z}", "level": "grid", "kind": "grid", "name": "新网格", "pinyin": "XWG" }
422
{ field: "pinyin", … }

POST /api/v1/areas
{ "parent": "{Z}", "level": "grid", "kind": "grid", "name": "新网格", "pinyin": "xwg" }
201
Location: /api/v1/areas/…
{ id=>G, level: "grid", valid_from: "{DAY}", version: 1, … }

POST /api/v1/areas/{G}/end
If-Match: "v1"
{ "successor": "{G}" }
422
{ field: "successor", … }

POST /api/v1/areas/{G}/end
If-Match: "v1"
{ "successor": "{V}", "day": "{DAY+4000}" }
422
{ field: "day", … }

POST /api/v1/areas/{G}/end
If-Match: "v1"
{ "successor": "{V}" }
200
{ valid_to: "{DAY}", successor: "{V}", … }

PUT /api/v1/areas/{G}
If-Match: "v2"
{ "parent": "{Z}", "level": "grid", "kind": "grid", "name": "又来" }
409
{ type: "/problems/wrong-state", … }

GET /api/v1/areas/{G}
200
{ name: "新网格", … }

# A body with its competence and roster, from its founding to its end.
POST /api/v1/orgs
{ "kind": "no.such.kind", "name": "某会", "area": "{Z}" }
422
{ field: "kind", … }

POST /api/v1/orgs
{ "kind": "committee.street", "name": "某街道人民调解委员会", "short_name": "某调委会", "area": "{Z}" }
201
{ id=>O, valid_from: "{DAY}", open_load: 0, … }

GET /api/v1/orgs?kind=committee&under={Z}&q=%E6%9F%90%E8%B0%83
200
{ items: [{id: "{O}", …}], next: null }

GET /api/v1/committees?org={O}
200
{ items: [{members: 0, fits: false, …}], … }

POST /api/v1/rosters
{ "org": "{O}", "area": "{Z}", "role": "head", "person": "某主任", "woman": true, "valid_to": "{DAY+1000}" }
201
{ id=>R, valid_from: "{DAY}", version: 1, … }

POST /api/v1/rosters
{ "org": "{O}", "area": "{Z}", "role": "emperor", "person": "某主任" }
422
{ field: "role", … }

PUT /api/v1/rosters/{R}
If-Match: "v1"
{ "org": "{O}", "area": "{Z}", "role": "head", "person": "某主任", "woman": true, "valid_to": "{DAY-1}" }
422
{ field: "valid_to", … }

POST /api/v1/competences
{ "org": "{O}", "kind": "dispute", "type": "99", "part": "lead" }
422
{ field: "type", … }

POST /api/v1/competences
{ "org": "{O}", "kind": "dispute", "type": "2", "part": "lead", "rank": 1, "source": "试点" }
201
{ id=>K, … }

GET /api/v1/competences?kind=dispute&type=2&area={V}
200
{ items: [{org: "{O}", source: "试点", …}, …], … }

POST /api/v1/competences/{K}/end
{ }
200
{ valid_to: "{DAY}", … }

POST /api/v1/competences/{K}/end
{ }
409

PUT /api/v1/orgs/{O}
If-Match: "v1"
{ "kind": "committee.street", "name": "改名调委会", "area": "{Z}", "parent": "{O}" }
422
{ field: "parent", … }

PUT /api/v1/orgs/{O}
If-Match: "v1"
{ "kind": "committee.street", "name": "改名调委会", "area": "{Z}" }
200
{ version: 2, past: [{name: "某街道人民调解委员会", …}], … }

POST /api/v1/orgs/{O}/end
If-Match: "v2"
{ "successor": "{C}" }
200
{ valid_to: "{DAY}", successor: "{C}", … }

GET /api/v1/orgs?q=%E6%94%B9%E5%90%8D%E8%B0%83
200
{ items: [], … }

GET /api/v1/orgs?q=%E6%94%B9%E5%90%8D%E8%B0%83&ended=true
200
{ items: [{id: "{O}", …}], … }

# The auditor reads every change in the system's chain.
run verify
exit 0
