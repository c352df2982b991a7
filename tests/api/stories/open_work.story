# What waits in a jurisdiction, for who leads it: as much as in the lists, by body and by
# area, small bodies together; nobody else's area, and nobody who only works there.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "走廊堆物", "parties": [
    { "role": "applicant", "name": "周玉珍" }, { "role": "respondent", "name": "谢秉谦" } ] }
201
{ id=>M, … }
GET /api/v1/work/statistics
403

as leader.guicheng
GET /api/v1/work/statistics
200
statements <= 5
{ area_name: "桂城街道", rows: […, {name: "桂城综治中心", buckets: [ {bucket: "to_accept", count=>N, …}, … ], …}, …,
                               {area: null, org: null, name: "合计", buckets: [ {bucket: "to_accept", …}, … ], …} ], … }
as clerk.guicheng
GET /api/v1/work
200
{ items: […, {bucket: "to_accept", count: {N}, mine: false, …}, … ], … }

# A studio is one person: it has no row of its own, and its town's others are three at least.
as leader.guicheng
GET /api/v1/work/statistics
200
| 其他机构
! 工作室

# It is live: an action moves it on.
as dispatcher.guicheng
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{}
200
as leader.guicheng
GET /api/v1/work/statistics
200
{ rows: […, {name: "桂城综治中心", buckets: […, {bucket: "to_assign", …}, … ], …}, … ], … }

# The district sees its towns, and goes down into one; a town not the one beside it.
as leader.nanhai
GET /api/v1/work/statistics
200
{ area_name: "南海区", rows: […, {area=>A, org: null, name: "桂城街道", …}, …, {name: "合计", …} ], … }
GET /api/v1/work/statistics?area={A}
200
{ area_name: "桂城街道", … }
as leader.guicheng
GET /api/v1/areas?q=大沥镇
200
{ items: [ {id=>DALI, …}, … ], … }
GET /api/v1/work/statistics?area={DALI}
403
GET /api/v1/work/statistics?area=9999999
422
{ field: "area", … }
# A head of a department has a body to lead, not an area.
as head.labour.nanhai
GET /api/v1/work/statistics
403
