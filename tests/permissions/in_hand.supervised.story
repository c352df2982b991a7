# From in hand: the owner's leader supervises the lead body.

as leader.guicheng
POST /api/v1/matters/{MATTER}/actions/supervise
If-Match: "v{V}"
{ "text": "请加快办理" }
200
{ version=>V, … }
