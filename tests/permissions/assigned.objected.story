# From assigned: the lead body objects.

as mediator.guicheng
POST /api/v1/matters/{MATTER}/actions/object
If-Match: "v{V}"
{ "reason": "不属本会辖区" }
200
{ version=>V, … }
