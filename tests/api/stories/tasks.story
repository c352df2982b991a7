# A task in a matter and one of a body: made, ticked, changed, ended; who sees it.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "dispute", "type": "2", "title": "围墙越界", "story": "新砌的围墙压了我家的界",
  "parties": [ { "role": "applicant", "kind": "person", "name": "周玉珍", "phone": "19900000201" },
               { "role": "respondent", "kind": "person", "name": "谢秉谦" } ] }
201
{ id=>M, number=>N, … }

# Who is to do it must be of that body; a day must not be past; a task has a title.
GET /api/v1/session
200
{ account: {id=>CLERK, …}, … }
GET /api/v1/colleagues
200
{ items: […, {id: "{CLERK}", name: "区敏华", role: "clerk"}, …], next: null }
GET /api/v1/colleagues?limit=1
200
{ items: [ {…} ], next: … }
GET /api/v1/colleagues?after=x
400
{ field: "after", … }
POST /api/v1/matters/{M}/tasks
{ "title": "" }
422
{ field: "title", … }
POST /api/v1/matters/{M}/tasks
{ "title": "看现场", "due": "2020-01-01" }
422
{ field: "due", … }
POST /api/v1/matters/{M}/tasks
{ "title": "看现场", "account": "1" }
422
{ field: "account", … }
POST /api/v1/matters/{M}/tasks
{ "title": "看现场", "org": "1" }
422
{ field: "org", … }
POST /api/v1/matters/{M}/tasks
{ "title": "看现场", "items": ["{HUGE 101}"] }
422

POST /api/v1/matters/{M}/tasks
{ "title": "看现场", "note": "带卷尺", "due": "{DAY}", "account": "{CLERK}", "items": ["量墙", "拍照"] }
201
ETag: "v1"
{ id=>T, title: "看现场", state: "open", due: "{DAY}", yellow: true, overdue: false, mine: true, matter: "{M}",
  matter_number: "{N}", account_name: "区敏华", made_by_name: "区敏华",
  items: [ {no: 1, text: "量墙", done_at: null, …}, {no: 2, …} ], … }
GET /api/v1/work
200
{ items: […, {bucket: "tasks", count: 1, mine: true, …}, …], … }
GET /api/v1/work/items?bucket=tasks
422
GET /api/v1/tasks?mine=true
200
{ items: [ {id: "{T}", …} ], next: null }

# A tick counts with the version seen, once.
PUT /api/v1/tasks/{T}/items/1
{ "done": true }
428
PUT /api/v1/tasks/{T}/items/1
If-Match: "v1"
{ "done": true }
200
{ items: [ {no: 1, done_at: "20…", …}, {no: 2, done_at: null, …} ], version: 2, … }
PUT /api/v1/tasks/{T}/items/1
If-Match: "v1"
{ "done": true }
412
PUT /api/v1/tasks/{T}/items/9
If-Match: "v2"
{ "done": true }
404
PUT /api/v1/tasks/{T}/items/x
If-Match: "v2"
{ "done": true }
404

# Changing keeps the ticks of what stays.
PUT /api/v1/tasks/{T}
If-Match: "v2"
{ "title": "再看现场", "due": "{DAY+9}", "items": ["量墙", "画图"] }
200
{ title: "再看现场", yellow: false, account: null, items: [ {text: "量墙", done_at: "20…", …}, {text: "画图", done_at: null, …} ], … }

# A colleague sees it and may end it; another town's does not even learn of it.
as dispatcher.dali
GET /api/v1/tasks/{T}
404
GET /api/v1/matters/{M}/tasks
404
POST /api/v1/matters/{M}/tasks
{ "title": "x" }
404
as dispatcher.guicheng
GET /api/v1/matters/{M}/tasks
200
{ items: [ {id: "{T}", title: "再看现场", mine: true, …} ], … }
POST /api/v1/tasks/{T}/done
If-Match: "v3"
{ "note": "墙已量" }
200
{ state: "done", ended_at: "20…", mine: false, … }
POST /api/v1/tasks/{T}/cancel
If-Match: "v4"
{}
409
GET /api/v1/matters/{M}/journal
200
{ items: […, {action: "task.add", …}, {action: "task.change", …}, {action: "task.done", …}], … }

# Whose task it may be, and who may be named: the bodies that have it in their hands, and no other.
GET /api/v1/matters/{M}/task-orgs
200
{ items: [ {id=>G, name: "桂城街道社会治安综合治理中心"} ], next: null }
GET /api/v1/orgs?q=桂城街道人民调解
200
{ items: [ {id=>O, …}, … ], … }
GET /api/v1/matters/{M}/task-people?org={O}
422
{ field: "org", … }
POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{}
200
POST /api/v1/matters/{M}/actions/assign
If-Match: "v2"
{ "org": "{O}" }
200
GET /api/v1/matters/{M}/task-orgs
200
{ items: [ {id: "{G}", …}, {id: "{O}", name: "桂城街道人民调解委员会"} ], next: null }
GET /api/v1/matters/{M}/task-people
200
{ items: […, {id: "{CLERK}", name: "区敏华", …}, …], … }
GET /api/v1/matters/{M}/task-people?org={O}
200
{ items: [ {id=>P, name: …, role: "mediator"}, … ], … }
GET /api/v1/matters/{M}/task-people?org={O}&limit=1
200
{ items: [ {id: "{P}", …} ], next: "{P}" }
POST /api/v1/matters/{M}/tasks
{ "title": "联系双方", "org": "{O}", "account": "{CLERK}" }
422
{ field: "account", … }
POST /api/v1/matters/{M}/tasks
{ "title": "联系双方", "org": "{O}", "account": "{P}" }
201
{ org: "{O}", account: "{P}", … }
as dispatcher.dali
GET /api/v1/matters/{M}/task-people
404

# The clerk, who made it, is told.
as clerk.guicheng
wait 10
GET /api/v1/notices
200
{ items: […, {rule: "task_done", task: "{T}", matter: "{M}", text: "…{N}…", …}, …], … }
GET /api/v1/notices
200
! 看现场

# A body's own task, for anybody of it; a leader makes none.
as dispatcher.guicheng
POST /api/v1/tasks
{ "title": "月度例会材料", "items": [] }
201
{ id=>B, matter: null, matter_number: "", due: null, overdue: false, … }
as clerk.guicheng
GET /api/v1/tasks
200
{ items: […, {id: "{B}", title: "月度例会材料", …}, …], … }
POST /api/v1/tasks/{B}/cancel
If-Match: "v1"
{ "note": "改期" }
200
{ state: "cancelled", … }
GET /api/v1/tasks
200
! 月度例会材料
GET /api/v1/tasks?state=cancelled
200
{ items: […, {id: "{B}", …}, …], … }
GET /api/v1/tasks?after=x
400
as leader.guicheng
POST /api/v1/tasks
{ "title": "x" }
403
GET /api/v1/tasks/{B}
404

run verify
exit 0
run check
exit 0
