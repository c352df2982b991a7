# From filed: withdrawn, as said at the counter.

as clerk.guicheng
POST /api/v1/matters/{MATTER}/actions/withdraw
If-Match: "v1"
{ "party": "{PARTY}" }
200
{ version=>V, … }
