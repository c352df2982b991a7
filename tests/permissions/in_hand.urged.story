# From in hand: a party urged.

as 19900000201
POST /api/v1/door/matters/{MATTER}/actions/urge
If-Match: "v{V}"
{ "text": "请抓紧" }
200
{ version=>V, … }
