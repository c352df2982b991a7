# From replied: closed, each side having answered.

as clerk.guicheng
POST /api/v1/matters/{MATTER}/actions/close
If-Match: "v{V}"
{ "answers": [ { "party": "{PARTY}", "answer": "yes" }, { "party": "{OTHER}", "answer": "yes" } ] }
200
{ version=>V, … }
