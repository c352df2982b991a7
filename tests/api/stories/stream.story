# Who may listen to what happens: a stream is not for guests.
GET /api/v1/stream
401
as guest
GET /api/v1/stream
Authorization: Bearer fq_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
401
