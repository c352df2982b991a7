# Matters tied together by a person, with a reason, told to who may open both.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "映荷苑一栋漏水", "parties": [ { "role": "applicant", "name": "周玉珍", "phone": "19900000201" } ] }
201
{ id=>A, number=>NA, pin=>PINA, … }
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "映荷苑二栋漏水", "parties": [ { "role": "applicant", "name": "谢秉谦" } ] }
201
{ id=>B, number=>NB, … }
POST /api/v1/matters
{ "kind": "request", "title": "映荷苑三栋漏水" }
201
{ id=>C, number=>NC, … }
POST /api/v1/matters
{ "kind": "request", "title": "映荷苑四栋漏水" }
201
{ id=>D, number=>ND, … }
as clerk.dali
POST /api/v1/matters
{ "kind": "request", "title": "别处的漏水" }
201
{ id=>FAR, number=>NFAR, … }

as clerk.guicheng
POST /api/v1/matters/{A}/links
{ "number": "{NB}", "relation": "same", "reason": "同一根水管" }
200
{ id=>LINK, matter: "{B}", number: "{NB}", title: "映荷苑二栋漏水", relation: "same", head: false, own: true, reason: "同一根水管", made_by_name: …, … }

# Who may tie is told with the matter: nobody finds out by a refusal.
GET /api/v1/matters/{A}
200
{ working: true, … }

# From both sides alike, and in both chains, of which neither names the other.
GET /api/v1/matters/{A}/links
200
{ items: [ {id: "{LINK}", matter: "{B}", relation: "same", …} ], next: null }
GET /api/v1/matters/{B}/links
200
{ items: [ {id: "{LINK}", matter: "{A}", relation: "same", own: true, …} ], next: null }
GET /api/v1/matters/{B}/journal
200
! {NA}
{ items: [ {…}, {action: "link_add", payload: {relation: "same", reason: "同一根水管"}, …} ], … }

# Not twice, from neither side; not with itself, nothing, or what is not mine to open.
POST /api/v1/matters/{B}/links
{ "number": "{NA}", "relation": "same", "reason": "再来一次" }
409
{ type: "…duplicate", … }
POST /api/v1/matters/{B}/links
{ "number": "{NA}", "relation": "related", "reason": "也有关系" }
200
POST /api/v1/matters/{A}/links
{ "number": "{NA}", "relation": "related", "reason": "自己" }
422
{ field: "number", … }
POST /api/v1/matters/{A}/links
{ "number": "{NFAR}", "relation": "related", "reason": "看看" }
422
{ field: "number", … }
POST /api/v1/matters/{A}/links
{ "number": "440699999999999", "relation": "related", "reason": "看看" }
422
{ field: "number", … }
POST /api/v1/matters/{A}/links
{ "number": "' OR 1=1 --", "relation": "related", "reason": "看看" }
422
POST /api/v1/matters/{A}/links
{ "number": "{NB}", "relation": "enemy", "reason": "看看" }
422
{ field: "relation", … }
POST /api/v1/matters/{A}/links
{ "number": "{NB}", "relation": "related" }
422
{ field: "reason", … }
POST /api/v1/matters/{FAR}/links
{ "number": "{NA}", "relation": "related", "reason": "看看" }
404
GET /api/v1/matters/{A}/journal
200
{ items: [ {…}, {…}, {…} ], … }

# A group: one head, and nobody in two.
POST /api/v1/matters/{B}/links
{ "number": "{NC}", "relation": "group", "reason": "同一开发商" }
200
{ id=>MEMBER, matter: "{C}", relation: "group", head: true, … }
POST /api/v1/matters/{D}/links
{ "number": "{NC}", "relation": "group", "reason": "同一开发商" }
200
GET /api/v1/matters/{C}/links
200
{ items: [ {matter: "{B}", head: false, own: true, …}, {matter: "{D}", head: false, own: true, …} ], … }
GET /api/v1/matters/{D}/links
200
{ items: [ {matter: "{B}", relation: "group", head: false, own: false, …}, {matter: "{C}", head: true, own: true, …} ], … }
GET /api/v1/matters/{D}/links?limit=1
200
{ items: [ {matter: "{B}", …} ], next=>NEXT }
GET /api/v1/matters/{D}/links?limit=1&after={NEXT}
200
{ items: [ {matter: "{C}", …} ], … }
POST /api/v1/matters/{B}/links
{ "number": "{ND}", "relation": "group", "reason": "换一个" }
409
{ type: "…in-group", … }
POST /api/v1/matters/{A}/links
{ "number": "{NB}", "relation": "group", "reason": "成员不能牵头" }
409
{ type: "…in-group", … }
POST /api/v1/matters/{C}/links
{ "number": "{NA}", "relation": "group", "reason": "牵头不能入组" }
409
{ type: "…group-head", … }

# A link is ended from either side, its own, once; what was stays in the chains.
POST /api/v1/matters/{D}/links/{MEMBER}/end
{ "reason": "不是自己的" }
404
POST /api/v1/matters/{C}/links/{MEMBER}/end
{ "reason": "另有原因" }
204
POST /api/v1/matters/{C}/links/{MEMBER}/end
{ "reason": "另有原因" }
404
POST /api/v1/matters/{B}/links/{LINK}/end
{}
422
GET /api/v1/matters/{D}/links
200
{ items: [ {matter: "{C}", …} ], … }
POST /api/v1/matters/{B}/links
{ "number": "{NC}", "relation": "group", "reason": "又归入" }
200

# Who may open one side only is told of none: the lead body has B, not A and not C.
POST /api/v1/matters/{B}/actions/accept
If-Match: "v1"
{}
200
{ version=>V, … }
as dispatcher.guicheng
GET /api/v1/matters/{B}/hint
200
{ items: […, {org=>LEAD, name: "桂城街道人民调解委员会", …}, …], … }
POST /api/v1/matters/{B}/actions/assign
If-Match: "v{V}"
{ "org": "{LEAD}" }
200
as mediator.guicheng
GET /api/v1/matters/{B}/links
200
{ items: [], next: null }
POST /api/v1/matters/{B}/links
{ "number": "{NA}", "relation": "related", "reason": "看看" }
422
{ field: "number", … }
POST /api/v1/matters/{B}/links/{LINK}/end
{ "reason": "看不到的" }
404
# A grid worker may have filed it, and ties nothing.
as grid.guicheng
POST /api/v1/matters
{ "kind": "event", "title": "树枝压线" }
201
{ id=>G, … }
POST /api/v1/matters/{G}/links
{ "number": "{NA}", "relation": "related", "reason": "看看" }
403
# The parties' door knows of no link.
as 19900000201
POST /api/v1/door/links
{ "number": "{NA}", "pin": "{PINA}" }
200
GET /api/v1/door/matters/{A}
200
! link
! {NB}

run verify
exit 0
run check
exit 0
