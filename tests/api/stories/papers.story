# Papers: what there is, blank ones, those of a matter; who gets which copy; what
# making one leaves; the code on it.

as clerk.guicheng
GET /api/v1/papers
200
{ items: [ {slug: "receipt", zh: "登记回执", audiences: ["file", "applicant"], path: "/api/v1/papers/receipt", …}, … ], next: null }

GET /api/v1/papers/registration?as=pdf
200
Content-Type: application/pdf
Content-Disposition: attachment; filename=…
Cache-Control: no-store
| %PDF-1.5

GET /api/v1/papers/registration
200
Content-Type: text/html; charset=utf-8
Content-Security-Policy: default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'
| 人民调解受理登记表
! <script

GET /api/v1/papers/registration?as=docx
422
{ field: "as", … }
GET /api/v1/papers/registration?audience=everybody
422
GET /api/v1/papers/..%2f..%2fetc
404
GET /api/v1/papers/nothing
404
GET /api/v1/areas?q=桂城
200
{ items: […, {id=>AREA, name: "桂城街道", …}, …], … }
as guest
GET /api/v1/papers/registration
401

# Filed by a resident: the receipt is there at once, and only it.
as 19900000201
POST /api/v1/door/matters
{ "kind": "dispute", "title": "<img src=x>楼上漏水", "area": "{AREA}",
  "parties": [ { "role": "applicant", "name": "周玉珍", "phone": "19900000201", "address": "佛山市南海区桂城街道叠南社区三巷1号" },
               { "role": "respondent", "name": "𠮷㐂䶮", "phone": "13900001111", "address": "佛山市南海区桂城街道叠北社区五巷2号" } ],
  "claims": [ { "text": "修好", "amount": 123400 } ] }
201
{ id=>M, number=>N, … }

GET /api/v1/door/matters/{M}/papers
200
{ items: [ {slug: "receipt", audiences: ["applicant"], …} ], next: null }

GET /api/v1/door/matters/{M}/papers/receipt
200
| 申请人联
| &lt;img src=x&gt;楼上漏水
| 𠮷㐂䶮
| 诉讼时效从提出请求之日起中断
! <img
! 13900001111
! 叠北
! 三巷

# The copy asked for makes no difference: it is the own side's.
GET /api/v1/door/matters/{M}/papers/receipt?audience=file
200
| 申请人联
! 存档联
GET /api/v1/door/matters/{M}/papers/registration
404
GET /api/v1/door/matters/{M}/papers/acceptance
409
as 19900000203
GET /api/v1/door/matters/{M}/papers/receipt
404
GET /api/v1/door/matters/{M}/papers
404

# At the desk: more, and notices only once they are true.
as clerk.guicheng
GET /api/v1/matters/{M}/papers
200
{ items: […, {slug: "registration", …}, …], … }
GET /api/v1/matters/{M}/papers/acceptance
409
{ type: "/problems/paper-not-yet", … }
GET /api/v1/matters/{M}/papers/receipt?audience=respondent
422
{ field: "audience", … }
GET /api/v1/matters/{M}/papers/registration
200
| 139****1111
| 佛山市南海区桂城街道叠北社区****
! 13900001111
! 五巷
GET /api/v1/matters/{M}/papers/registration?as=pdf
200
Content-Type: application/pdf

POST /api/v1/matters/{M}/actions/accept
If-Match: "v1"
{}
200
GET /api/v1/matters/{M}/papers/acceptance?audience=respondent
200
| 𠮷㐂䶮
| 不参加无须说明理由
! 1,234.00

as dispatcher.dali
GET /api/v1/matters/{M}/papers
404
GET /api/v1/matters/{M}/papers/receipt
404
as leader.guicheng
GET /api/v1/matters/{M}/papers/receipt
404
as sysadmin
GET /api/v1/matters/{M}/papers/receipt
403

# Who made a paper stands in the list of looks, and in the journal once.
as 19900000201
GET /api/v1/door/matters/{M}/access
200
{ items: […, {what: "print:registration", name: "区敏华", …}, …], … }
as clerk.guicheng
GET /api/v1/matters/{M}/journal
200
{ items: [ {action: "file", …}, {action: "print", …}, {action: "print", payload: {paper: "registration", name: "人民调解受理登记表", audience: "file", hash: …}, …},
  {action: "accept", …}, {action: "print", payload: {paper: "acceptance", …}, …} ], … }

# The code is true for its number alone, and tells nothing of the matter.
GET /api/v1/matters/{M}/receipt
200
{ hash=>H, … }
as guest
GET /verify?number={N}&hash={H}
200
| 真实
| {N}
! 漏水
! 周玉珍
GET /verify?number={N}&hash=00{H}
422
GET /verify?number=4406000000000&hash={H}
200
| 未找到
GET /verify
200
| 未找到
GET /api/v1/papers.css
200
Content-Type: text/css; charset=utf-8
run verify --all
exit 0
