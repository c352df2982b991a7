# Files of a matter: kept by content, told apart by what they are, read by who may.

as clerk.guicheng
POST /api/v1/matters
{ "kind": "request", "title": "路灯不亮" }
201
{ id=>M, … }

POST /api/v1/matters/{M}/attachments
file file 现场.txt text/plain: 路灯杆号 A-17
part note: 拍摄于当晚
200
{ id=>F, name: "现场.txt", media: "text/plain", size: 17, note: "拍摄于当晚", added_name: "区敏华", … }

GET /api/v1/matters/{M}/attachments
200
statements <= 9
{ items: [ {id: "{F}", …} ], … }

# Never as a page of ours: what it is was looked at, not believed.
GET /api/v1/attachments/{F}
200
Content-Type: text/plain…
X-Content-Type-Options: nosniff
Content-Disposition: …
Content-Security-Policy: default-src 'none'…
| 路灯杆号 A-17

# A part of it.
GET /api/v1/attachments/{F}
Range: bytes=0-5
206
Content-Range: bytes 0-5/17
GET /api/v1/attachments/{F}
Range: bytes=100-
416

# A page or a program in disguise.
POST /api/v1/matters/{M}/attachments
file file photo.jpg image/jpeg: <html><script>alert(1)</script></html>
415
{ type: "/problems/file-kind", … }

# No file, two names, a name that climbs.
POST /api/v1/matters/{M}/attachments
part note: 没有文件
422
POST /api/v1/matters/{M}/attachments
file file ../../etc/passwd text/plain: 你好，这是一段文字
200
{ name: "…passwd", … }

# Others do not learn of it.
as dispatcher.dali
GET /api/v1/attachments/{F}
404
as 19900000203
GET /api/v1/attachments/{F}
403
as guest
GET /api/v1/attachments/{F}
401

# A party sees what it brought itself, not what the other side or the counter keeps.
as 19900000203
GET /api/v1/areas?q=440605011001
200
{ items: [ {id=>AREA, …}, … ], … }
POST /api/v1/door/matters
{ "kind": "dispute", "area": "{AREA}", "title": "邻居装修砸坏外墙", "parties": [ { "role": "applicant", "name": "吴某" } ] }
201
{ id=>D, … }
POST /api/v1/door/matters/{D}/attachments
file file 外墙.txt text/plain: 外墙照片两张
200
{ id=>OWN, … }
GET /api/v1/door/matters/{D}/attachments
200
{ items: [ {id: "{OWN}", …} ], … }
GET /api/v1/door/attachments/{OWN}
200
| 外墙照片两张
GET /api/v1/door/attachments/{F}
404
