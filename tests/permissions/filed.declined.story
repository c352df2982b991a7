# From filed: declined.

as clerk.guicheng
POST /api/v1/matters/{MATTER}/actions/decline
If-Match: "v1"
{ "reason": "refused", "text": "对方明确拒绝调解" }
200
{ version=>V, … }
