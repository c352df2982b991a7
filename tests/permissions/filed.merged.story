# From filed: merged into another.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "title": "另一处", "parties": [ { "role": "applicant", "name": "黎婆婆" } ] }
201
{ number=>TWIN, … }
POST /api/v1/matters/{MATTER}/actions/merge
If-Match: "v1"
{ "number": "{TWIN}", "reason": "同一处漏水" }
200
{ version=>V, … }
