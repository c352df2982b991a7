# From filed: declined, and the party asked the body above.

as clerk.guicheng
POST /api/v1/matters/{MATTER}/actions/decline
If-Match: "v1"
{ "reason": "refused", "text": "对方明确拒绝调解" }
200
{ version=>V, … }

as 19900000201
POST /api/v1/door/matters/{MATTER}/actions/ask_review
If-Match: "v{V}"
{}
200
{ version=>V, … }
