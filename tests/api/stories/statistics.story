# The month before is closed by itself; who is inside the body has it exactly, others
# with small cells left out; every cell opens to its definition, and to its matters for
# who sees them.

as guest
GET /api/v1/indicators
200
| 受理件数
| numerator_zh
GET /api/v1/editions
401

as dispatcher.nanhai
wait 20
GET /api/v1/editions?after=3
200
{ items: [ { no: 2, month=>MONTH, hash=>HASH, … }, … ], … }

GET /api/v1/editions/{MONTH}/table
200
{ exact: true, area_name: "南海区", rows: [ { row: "1", name: "婚姻家庭", … }, … ], … }

# A body of another town gets what is published, and no way behind it.
as dispatcher.dali
GET /api/v1/areas?q=桂城街道
200
{ items: [ { id=>TOWN, … }, … ], … }
GET /api/v1/editions/{MONTH}/table?area={TOWN}
200
{ exact: false, corrections: 0, … }
GET /api/v1/editions/{MONTH}/table?area={TOWN}&year=true&form=matters
200
{ exact: false, … }
GET /api/v1/editions/{MONTH}/matters?area={TOWN}&column=accepted
403
GET /api/v1/editions/{MONTH}/corrections?area={TOWN}
403
GET /api/v1/editions/{MONTH}/areas?form=matters
200
GET /api/v1/editions/{MONTH}/print?area={TOWN}
200
| —
GET /api/v1/editions/{MONTH}/file?area={TOWN}
200

# A department of the town is no part of the procedure.
as handler.police.guicheng
GET /api/v1/editions/{MONTH}/table
200
{ exact: false, … }

# The town's own: exact, down to the matters it holds; published when it asks so.
as dispatcher.guicheng
GET /api/v1/editions/{MONTH}/table?form=matters
200
{ exact: true, area: "{TOWN}", rows: [ { row: "dispute", … }, { row: "request", … }, { row: "event", … }, { row: "advice", … }, { row: "sum", … } ], … }
GET /api/v1/editions/{MONTH}/matters?form=matters&column=accepted
200
{ items: [ … ], … }
GET /api/v1/editions/{MONTH}/table?published=true
200
{ exact: false, … }
GET /api/v1/editions/{MONTH}/corrections
200
{ items: [], … }
GET /api/v1/editions/{MONTH}/file
200
GET /api/v1/editions/{MONTH}/print
200
| {HASH}

# A leader sees the numbers of the area, and of the matters envelopes at most.
as leader.guicheng
GET /api/v1/editions/{MONTH}/table
200
{ exact: true, … }
GET /api/v1/editions/{MONTH}/matters?form=matters&column=accepted
200

# Wrong questions.
as dispatcher.guicheng
GET /api/v1/editions/{MONTH}/table?form=nonsense
422
GET /api/v1/editions/{MONTH}/matters?column=handler
422
{ field: "column", … }
GET /api/v1/editions/{MONTH}/matters?column=accepted&row=19
422
{ field: "row", … }
GET /api/v1/editions/{MONTH}/matters?column=accepted&row=request&form=mediation
422
{ field: "row", … }
GET /api/v1/editions/{MONTH}/table?area=999999999
422
{ field: "area", … }
GET /api/v1/editions/209912/table
404
GET /api/v1/editions/202613/table
404
GET /api/v1/editions/x/table
404

# Nothing is counted anew, and the chain of hashes holds.
run check
exit 0
| 0 differ

# Ledgers: what one's body holds, by source; who read the names is told.
as clerk.guicheng
GET /api/v1/ledgers/counter
200
{ items: [ { matter=>M, source: "counter", number=>K, … }, … ], … }
| applicants
GET /api/v1/ledgers/all?kind=advice
200
GET /api/v1/ledgers/nonsense
404
GET /api/v1/ledgers/counter?area=999999999
422
GET /api/v1/matters/{M}/access
200
| ledger
POST /api/v1/exports
{ "list": "/api/v1/ledgers/counter", "format": "xlsx" }
200
{ id=>JOB, … }
wait 20
GET /api/v1/exports/{JOB}
200
{ state: "done", … }
GET /api/v1/exports/{JOB}/file
200

# A leader has no content, so no ledger; a stranger's ledger holds nothing of ours.
as leader.guicheng
GET /api/v1/ledgers/counter
200
{ items: [], … }
as clerk.dali
GET /api/v1/ledgers/counter
200
! {K}
