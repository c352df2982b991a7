# From in hand: its clocks stand.

as clerk.guicheng
POST /api/v1/matters/{MATTER}/actions/pause
If-Match: "v{V}"
{ "reason": "appraisal", "text": "等待鉴定" }
200
{ version=>V, … }
