# What each side sees of the other, and that every look is told.

as clerk.guicheng
GET /api/v1/areas?q=桂城
200
{ items: […, {id=>AREA, name: "桂城街道", …}, …], … }

# An area must be one.
as 19900000202
POST /api/v1/door/matters
{ "kind": "request", "title": "楼道堆物", "area": "999999999" }
422
{ field: "area", … }

POST /api/v1/door/matters
{ "kind": "dispute", "type": "2", "title": "楼道堆物", "story": "邻居长期占用楼道", "area": "{AREA}",
  "parties": [
    { "role": "applicant", "kind": "person", "name": "阿依古丽·买买提", "phone": "19900000202",
      "address": "映荷路66号302房" },
    { "role": "respondent", "kind": "person", "name": "谢秉谦", "phone": "19900003001",
      "address": "映荷路66号301房" } ] }
201
{ id=>M, number=>N, pin=>PIN, owner_name: "桂城街道社会治安综合治理中心", … }

# A party sees who is in it, never anybody's telephone, papers or address.
GET /api/v1/door/matters/{M}
200
! 19900003001
! 映荷路66号301
{ title: "楼道堆物", parties: [ {name: "阿依古丽·买买提", !phone, !address, !id_number, …},
                                 {name: "谢秉谦", !phone, !address, !id_number, …} ],
  actions: [ {name: "withdraw", plain: true, …}, … ], !danger,
  deadlines: [ {what: "accept", colour: "green", !org, !yellow_at, …}, {what: "whole", …} ], … }

# Staff sees them masked, in lists not at all.
as clerk.guicheng
GET /api/v1/matters/{M}
200
! 19900003001
! 301房
{ parties: [ {…}, {id=>B, phone: "199****3001", address: "…*…", …} ], … }

# Three of them only on a connection that has learned nobody and no name yet.
GET /api/v1/matters?q=楼道堆物
200
statements <= 9
! 1990000
{ items: [ {id: "{M}", title: "楼道堆物", !parties, …} ], … }

# In clear one by one, with a reason.
POST /api/v1/matters/{M}/reveal
{ "party": "{B}", "field": "phone" }
422
{ field: "reason", … }
POST /api/v1/matters/{M}/reveal
{ "party": "{B}", "field": "password", "reason": "看看" }
400
POST /api/v1/matters/{M}/reveal
{ "party": "{B}", "field": "phone", "reason": "通知到会" }
200
Cache-Control: no-store
{ value: "19900003001" }
POST /api/v1/matters/{M}/reveal
{ "party": "{B}", "field": "phone", "reason": "改期再通知" }
200

# The party reads who looked, and why; a second resident reads nothing.
as 19900000202
GET /api/v1/door/matters/{M}/access
200
{ items: […, {reason: "改期再通知", …}, …, {name: "区敏华", org_name: "…桂城…", reason: "通知到会", …}, …], … }
GET /api/v1/door/matters/{M}/access
200
{ items: […, {name: "区敏华", what: "read", …}, …], … }
as 19900000203
GET /api/v1/door/matters/{M}
404
GET /api/v1/door/matters/{M}/access
404
GET /api/v1/door/matters/not-an-id
404

# A wrong pin does not link; the right one does, for whoever holds the receipt.
POST /api/v1/door/links
{ "number": "{N}", "pin": "0" }
422
POST /api/v1/door/links
{ "number": "4406000000000000", "pin": "{PIN}" }
422
{ type: "/problems/bad-pin", … }
POST /api/v1/door/links
{ "number": "{N}", "pin": "{PIN}" }
200

# Leaving is one act without a reason; nobody is left to ask, so it ends.
as 19900000202
POST /api/v1/door/matters/{M}/actions/withdraw
If-Match: "v1"
{}
200
{ state: "withdrawn", … }
