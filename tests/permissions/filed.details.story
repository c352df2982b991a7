# From filed: details are wanted.

as clerk.guicheng
POST /api/v1/matters/{MATTER}/actions/ask_details
If-Match: "v1"
{ "text": "请补充材料" }
200
{ version=>V, … }
