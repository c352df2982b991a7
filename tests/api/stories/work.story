# A matter waits in exactly one list at a time, for whoever is to act.

as grid.guicheng
POST /api/v1/matters
{ "kind": "event", "title": "树枝压线", "source": "grid" }
201
{ id=>M, owner_name: …, … }
# Who filed in the field may follow it, and has nothing to do in it.
GET /api/v1/matters/{M}
200
{ title: "树枝压线", actions: [], … }
GET /api/v1/work
200
{ items: [], … }

as clerk.guicheng
GET /api/v1/work/items?bucket=to_accept&limit=100
200
statements <= 5
{ items: […, {matter: "{M}", title: "树枝压线", state: "filed", …}, …], … }
GET /api/v1/work/items?bucket=to_assign&limit=100
200
! 树枝压线
GET /api/v1/work/items?bucket=no_such
422
GET /api/v1/work/items?bucket=to_accept&after=1-x
400

POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{}
200
GET /api/v1/work/items?bucket=to_accept&limit=100
200
! 树枝压线
GET /api/v1/work/items?bucket=to_assign&limit=100
200
{ items: […, {matter: "{M}", …}, …], … }

# Two people at once: the second is told that somebody was faster.
as dispatcher.guicheng
GET /api/v1/orgs?q=桂城派出所
200
{ items: […, {id=>POLICE, …}, …], … }
POST /api/v1/matters/{M}/actions/assign
If-Match: "v2"
{ "org": "{POLICE}" }
200
{ version: 3, … }
POST /api/v1/matters/{M}/actions/withdraw
If-Match: "v2"
{ "party": "1" }
412

as handler.police.guicheng
GET /api/v1/work/items?bucket=to_take&limit=100
200
{ items: […, {matter: "{M}", …}, …], … }
POST /api/v1/matters/{M}/actions/take
If-Match: "v3"
{ "disclosed": true }
200
GET /api/v1/work/items?bucket=in_hand&mine=true&limit=100
200
{ items: […, {matter: "{M}", …}, …], … }
as clerk.guicheng
GET /api/v1/work/items?bucket=to_assign&limit=100
200
! 树枝压线

# What is derived agrees with the facts.
run check
exit 0
