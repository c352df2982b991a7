# From filed: beside another matter of the same body.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "title": "另一处", "parties": [ { "role": "applicant", "name": "黎婆婆" } ] }
201
{ number=>TWIN, … }
