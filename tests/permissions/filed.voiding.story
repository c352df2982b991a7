# From filed: asked to be made void.

as clerk.guicheng
POST /api/v1/matters/{MATTER}/actions/ask_void
If-Match: "v1"
{ "reason": "重复登记" }
200
{ version=>V, … }
