# Matters that may be the same: hints with reasons, for those who may open them.

as clerk.guicheng
GET /api/v1/areas?q=桂城
200
{ items: […, {id=>AREA, name: "桂城街道", …}, …], … }
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "映荷苑三栋楼上装修漏水", "area": "{AREA}", "place": "映荷苑3栋402房",
  "story": "本人家住映荷苑三栋，楼上五零二房去年年底装修，卫生间没有做防水，水从天花一直滴下来，家具和地板都泡坏了。多次上门协商，对方都不肯维修，也不愿赔偿，请求社区出面调解。",
  "parties": [
    { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "13900000201", "id_number": "110101199003078355" },
    { "role": "respondent", "kind": "person", "name": "谢秉谦", "phone": "13900003001" } ] }
201
{ id=>FIRST, number=>N, … }

# At once, before any index: the same letter by another way in, a little changed.
POST /api/v1/matters
{ "kind": "request", "title": "映荷苑三栋楼上装修漏水无人管", "area": "{AREA}",
  "story": "我家住映荷苑三栋，楼上五零二房去年年底装修，卫生间没有做防水，水从天花一直滴下来，家具和地板都泡坏了。多次上门协商，对方都不肯维修，也不愿意赔偿，请求社区出面处理。" }
201
{ id=>SECOND, … }
GET /api/v1/matters/{SECOND}/doubles
200
statements <= 20
Cache-Control: no-store
! 13900000201
! 110101199003078355
{ items: [ {matter: "{FIRST}", number: "{N}", title: "映荷苑三栋楼上装修漏水", reasons: ["内容相近 …"], …} ], next: null }

# While it is typed: by the telephone as it was written, on its side.
POST /api/v1/matters/doubles
{ "persons": [ { "role": "applicant", "phone": "139 0000 0201" } ] }
200
{ items: [ {matter: "{FIRST}", percent: 0, reasons: ["同一申请人电话"], …} ], … }
POST /api/v1/matters/doubles
Accept-Language: en
{ "persons": [ { "role": "respondent", "phone": "13900000201", "id_number": "110101199003078355" } ] }
200
{ items: [ {matter: "{FIRST}", reasons: ["same telephone, on another side", "same identity number, on another side"], …} ], … }
# By its place and type.
POST /api/v1/matters/doubles
{ "kind": "dispute", "type": "2", "place": "映荷苑 3栋402房", "area": "{AREA}" }
200
{ items: [ {matter: "{FIRST}", reasons: ["同一地点、同类事项，相隔 0 天"], …} ], … }
POST /api/v1/matters/doubles
{ "kind": "dispute", "type": "3", "place": "映荷苑3栋402房", "area": "{AREA}" }
200
{ items: [], … }

# Too little to tell anything, or something else.
POST /api/v1/matters/doubles
{}
200
{ items: [], … }
POST /api/v1/matters/doubles
{ "title": "漏水", "persons": [ { "phone": "110" }, { "phone": "…" }, { "phone": "1390000" } ] }
200
{ items: [], … }
POST /api/v1/matters/doubles
{ "title": "' OR 1=1 --", "story": "\" AND _1f NEAR( * ) {x} $1 %s \\u0041 ' | 'a & !b <-> :* 漏水 OR 天花 NOT 电梯", "place": "'; DROP" }
200
{ items: [], … }
POST /api/v1/matters/doubles
{ "title": "漏水", "story": "{HUGE 20001}" }
422
{ field: "story", … }
POST /api/v1/matters/doubles
{ "story": "{HUGE 20000}" }
200
POST /api/v1/matters/doubles
{ "persons": [ {},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{} ] }
422
{ field: "persons", … }
POST /api/v1/matters/doubles
{ "sight": "all" }
400

# Somebody else's counter learns nothing, not even that there is one.
as clerk.dali
POST /api/v1/matters/doubles
{ "title": "映荷苑三栋楼上装修漏水",
  "story": "本人家住映荷苑三栋，楼上五零二房去年年底装修，卫生间没有做防水，水从天花一直滴下来，家具和地板都泡坏了。多次上门协商，对方都不肯维修，也不愿赔偿，请求社区出面调解。",
  "persons": [ { "role": "applicant", "phone": "13900000201", "id_number": "110101199003078355" } ] }
200
{ items: [], next: null }
GET /api/v1/matters/{FIRST}/doubles
404
as leader.guicheng
GET /api/v1/matters/{FIRST}/doubles
404
as guest
POST /api/v1/matters/doubles
{}
401

# The index says the same; closing and finding again changes nothing.
as clerk.guicheng
restart
wait 10
GET /api/v1/matters?q=映荷苑三栋
200
{ items: [ {…}, {…} ], … }
GET /api/v1/matters/{FIRST}/doubles
200
{ items: [ {matter: "{SECOND}", …} ], … }
# Somebody decided: what is tied is hinted at no more.
POST /api/v1/matters/{SECOND}/links
{ "number": "{N}", "relation": "same", "reason": "同一封来信" }
200
GET /api/v1/matters/{FIRST}/doubles
200
{ items: [], … }
GET /api/v1/matters/{SECOND}/doubles
200
{ items: [], … }
run check
exit 0
