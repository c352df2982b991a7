# From accepted: parted into two.

as dispatcher.guicheng
POST /api/v1/matters/{MATTER}/actions/split
If-Match: "v{V}"
{ "reason": "两个部门", "parts": [ { "title": "秘密一", "claims": [ { "claim": "{CLAIM}" } ] }, { "title": "秘密二" } ] }
200
{ version=>V, … }
