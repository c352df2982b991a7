# From filed: asked to be made void, where a second of the same body is there: the clerk,
# for the dispatcher is away.

as dispatcher.guicheng
POST /api/v1/matters/{MATTER}/actions/ask_void
If-Match: "v1"
{ "reason": "重复登记" }
200
{ version=>V, … }
