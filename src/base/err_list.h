/* err_list.h - every failure a user can meet: X(ID, HTTP status, slug, zh-CN, en).
 *
 * The slug is stable for ever (clients compare it); sentences may be improved.
 * {} is filled with the argument. The field's label is put in front by whoever
 * shows the sentence. Keep the groups. */
#ifndef BASE_ERR_LIST_H
#define BASE_ERR_LIST_H
#define ERR_LIST(X)                                                                              \
    X(OK,             200, "ok",              "成功", "no error")                                 \
    /* the shape of the request */                                                               \
    X(INVALID,        400, "invalid",         "请求格式不正确：{}", "the request is malformed: {}") \
    X(BAD_JSON,       400, "bad-json",        "内容不是有效的 JSON：{}", "the body is not valid JSON: {}") \
    X(TOO_DEEP,       400, "too-deep",        "内容嵌套过深", "the body is nested too deeply")      \
    X(BAD_TEXT,       400, "bad-text",        "含有无法识别的字符", "contains text that is not valid UTF-8") \
    X(UNKNOWN_FIELD,  400, "unknown-field",   "没有这个字段", "there is no such field")             \
    X(BAD_ID,         400, "bad-id",          "编号格式不正确", "is not an id")                     \
    X(BAD_CURSOR,     400, "bad-cursor",      "翻页位置无效，请从第一页开始", "the page position is not valid, start from the first page") \
    X(BAD_QUERY,      400, "bad-query",       "查询条件不正确", "is not a valid filter")           \
    /* one field */                                                                              \
    X(REQUIRED,       422, "required",        "必须填写", "is required")                           \
    X(WRONG_TYPE,     422, "wrong-type",      "类型不正确，应为{}", "must be {}")                   \
    X(TOO_LONG,       422, "too-long",        "不能超过 {} 个字", "must be at most {} characters") \
    X(TOO_SHORT,      422, "too-short",       "至少要有 {} 个字", "must be at least {} characters") \
    X(TOO_MANY,       422, "too-many",        "不能超过 {} 项", "must have at most {} entries")     \
    X(TOO_FEW,        422, "too-few",         "至少要有 {} 项", "must have at least {} entries")    \
    X(OUT_OF_RANGE,   422, "out-of-range",    "超出范围：{}", "is out of range: {}")               \
    X(NOT_A_CHOICE,   422, "not-a-choice",    "不是可选的值：{}", "is not one of the choices: {}")  \
    X(BAD_DATE,       422, "bad-date",        "不是有效的日期", "is not a valid date")              \
    X(IN_FUTURE,      422, "in-future",       "不能晚于现在", "cannot lie in the future")         \
    X(BAD_TIME,       422, "bad-time",        "不是有效的时间", "is not a valid time")              \
    X(BAD_IDNUM,      422, "bad-idnum",       "身份证号码校验不通过，请核对", "is not a valid identity number, please check it") \
    X(BAD_CREDIT_CODE, 422, "bad-credit-code", "统一社会信用代码校验不通过，请核对", "is not a valid unified social credit code") \
    X(BAD_PHONE,      422, "bad-phone",       "不是有效的电话号码", "is not a valid telephone number") \
    X(BAD_VALUE,      422, "bad-value",       "不能这样填写：{}", "cannot be accepted: {}")         \
    X(NOT_DISCLOSED,  422, "not-disclosed",   "请先如实申报有无利害关系，再勾选", "must be ticked: tell first whether you have an interest in it") \
    X(READONLY,       422, "read-only",       "不能由您填写", "cannot be set from outside")          \
    X(NO_SUCH_REF,    422, "no-such-reference", "所指的记录不存在或已停用", "refers to something that does not exist or has ended") \
    /* who */                                                                                    \
    X(SIGN_IN,        401, "sign-in",         "请先登录", "please sign in")                        \
    X(BAD_LOGIN,      401, "bad-login",       "账号、密码或验证码不正确", "the account, password or code is not right") \
    X(NEED_TOTP,      401, "need-totp",       "请输入动态验证码", "please enter the code of your authenticator") \
    X(LOCKED,         429, "locked",          "尝试次数过多，请 {} 分钟后再试", "too many attempts, try again in {} minutes") \
    X(MUST_CHANGE_PASSWORD, 403, "must-change-password", "首次登录，请先修改密码", "please change your password first") \
    X(WEAK_PASSWORD,  422, "weak-password",   "密码太简单：至少 10 个字符，不能是常见密码或账号名", "the password is too weak: at least 10 characters, not a common one, not the account's name") \
    X(WRONG_PASSWORD, 422, "wrong-password",  "密码不正确", "is not right")                              \
    X(SAME_PASSWORD,  422, "same-password",   "新密码不能与原密码相同", "the new password must differ from the present one") \
    X(TOTP_ON,        409, "totp-on",         "动态验证码已启用", "the second factor is on already")      \
    X(TOTP_OFF,       409, "totp-off",        "动态验证码尚未启用", "the second factor is not on")          \
    X(BAD_CSRF,       403, "bad-csrf",        "页面已过期，请刷新后重试", "the page is out of date, reload it and try again") \
    X(DENIED,         403, "denied",          "您没有此项权限", "you are not allowed to do this")    \
    X(TOKEN_SCOPE,    403, "token-scope",     "该令牌的授权范围不包括此操作", "the token's scope does not cover this") \
    X(BAD_CODE,       422, "bad-code",        "验证码不正确或已过期", "the code is wrong or has expired") \
    X(BAD_PIN,        422, "bad-pin",         "编号或查询码不正确", "the number or the query pin is not right") \
    X(NO_POST,        403, "no-post",         "您目前没有有效的任职，请联系管理员", "you hold no post at present, please ask your administrator") \
    X(BAD_LOGIN_NAME, 422, "bad-login-name",  "账号名只能用小写字母、数字、点和连字符，以字母或数字开头，2 至 40 个字符，且不以 r- 开头", "a login has 2 to 40 lower-case letters, digits, dots and hyphens, begins with a letter or digit and not with r-") \
    X(ADMIN_ROLES,    409, "admin-roles",     "三类管理员不能由同一账号兼任，安全管理员不能兼任业务岗位", "one account cannot hold two administrator roles, nor security administrator and a post with matters") \
    X(LAST_ADMIN,     409, "last-admin",      "这是最后一名安全管理员，不能停用", "this is the last security administrator") \
    /* the thing itself */                                                                       \
    X(NOT_FOUND,      404, "not-found",       "没有找到，或您无权查看", "not found, or not yours to see") \
    X(NO_ROUTE,       404, "no-route",        "没有这个地址", "there is nothing at this address")  \
    X(BAD_METHOD,     405, "bad-method",      "该地址不支持此方法", "this address does not take that method") \
    X(CONFLICT,       409, "conflict",        "刚刚被别人修改过，请刷新后重试", "somebody else changed it meanwhile, reload and try again") \
    X(PRECONDITION,   412, "precondition",    "内容已有新版本，请刷新后重试", "there is a newer version, reload and try again") \
    X(NEED_VERSION,   428, "need-version",    "请带上版本号（If-Match）再提交", "send the version you saw (If-Match)") \
    X(WRONG_STATE,    409, "wrong-state",     "当前状态（{}）不能执行此操作", "this cannot be done while it is {}") \
    X(NEEDS_FACT,     409, "needs-fact",      "须先满足：{}", "this has to be so first: {}")        \
    X(HAS_FACT,       409, "has-fact",        "当前不能执行此操作：{}", "this cannot be done now: {}") \
    X(HAS_PARTS,      409, "has-parts",       "还有未结束的：{}", "something of it has not ended: {}") \
    X(WHICH_SIDE,     422, "which-side",      "您的手机号登记在双方名下，请选择您代表哪一方", "your telephone number is given on both sides: say for which you act") \
    X(OTHER_SIDE,     409, "other-side",      "您在本事项中已是{}，不能同时代表另一方；请到窗口办理", "you act as {} in this matter and cannot act for the other side; please go to the counter") \
    X(HEAD_VOID,      409, "head-void",       "所并入的事项 {} 已作废，请先撤销并案", "{}, which it was merged into, is void: undo the merging first") \
    X(DUPLICATE,      409, "duplicate",       "已经存在：{}", "exists already: {}")               \
    X(KEY_REUSED,     422, "key-reused",      "幂等键已用于另一次不同的请求", "the idempotency key was used for a different request") \
    X(IN_PROGRESS,    409, "in-progress",     "同一请求正在处理中", "the same request is being worked on") \
    X(EXPIRED,        409, "expired",         "已过期限：{}", "the time for this has passed: {}")   \
    /* limits */                                                                                 \
    X(TOO_LARGE,      413, "too-large",       "内容过大，上限为 {}", "too large, the limit is {}")   \
    X(BAD_RANGE,      416, "bad-range",       "文件没有这一段", "the file has no such range")          \
    X(BAD_MEDIA,      415, "bad-media",       "不接受这种类型的内容：{}", "this kind of content is not accepted: {}") \
    X(TOO_OFTEN,      429, "too-often",       "操作过于频繁，请稍后再试", "too many requests, please wait a little") \
    X(UNAVAILABLE,    503, "unavailable",     "服务暂时不可用，请稍后再试", "the service is not available just now, try again soon") \
    X(NODE_LOST,      503, "node-lost",       "本机编号租约已失效，正在重新取得，暂不能保存，请稍后再试", "this server lost its lease on numbering and is taking another: nothing can be saved just now, try again soon") \
    X(INTERNAL,       500, "internal",        "系统内部错误，已记录，请稍后再试", "something went wrong on our side; it has been recorded") \
    /* matters */                                                                                \
    X(NO_OUTCOME,     422, "no-outcome",      "每一项请求都要有结果：{}", "every claim needs an outcome: {}") \
    X(WHICH_CLAIM,    422, "which-claim",     "请把金额填在各项请求里，合计须与此处一致", "please put the money to each claim; it has to add up to this") \
    X(NO_ANSWER,      422, "no-answer",       "还缺一方的意见：{}", "somebody's own answer is missing: {}") \
    X(NEED_ROUTES,    422, "need-routes",     "这一结果须告知其他途径", "this outcome needs the other ways that were told") \
    X(NEED_ATTEMPTS,  422, "need-attempts",   "按规定还须继续联系：{}", "has to be tried more often first: {}") \
    X(OUTCOME_KIND,   422, "outcome-kind",    "该结果不适用于这类事项", "this outcome does not fit this kind of matter") \
    X(CONFLICT_OF_INTEREST, 409, "conflict-of-interest", "已申报回避，不能办理", "a conflict of interest was declared") \
    X(SECOND_PERSON,  403, "second-person",   "须由另一人办理此步骤", "a second person must do this") \
    X(NO_ABOVE,       409, "no-above",        "没有可以复核或审批的上一级机构", "there is no body above that could review or approve it") \
    X(NOT_AS_APPROVED, 409, "not-as-approved", "与审批通过的内容不一致，请留空按审批内容发送，或重新报批", "this is not what was approved: leave it empty to send that, or ask again") \
    X(DOSSIER,        409, "dossier-incomplete", "卷宗还缺：{}", "the dossier still lacks: {}") \
    X(NEED_REASON,    422, "need-reason",     "请说明理由", "please give a reason")                 \
    X(NO_CONSENT,     422, "no-consent",      "还缺当事人的同意：{}", "somebody's own consent is missing: {}") \
    X(URGED_TODAY,    409, "urged-today",     "今天已经催办过，请下一个工作日再催", "it was urged already; please wait for the next working day") \
    X(NO_CLOCK,       409, "no-clock",        "没有可以这样处理的时限：{}", "there is no clock to which this can be done: {}") \
    X(PAUSED,         409, "paused",          "时限已中止，不能重复中止", "the clock is stopped already") \
    X(IN_GROUP,       409, "in-group",        "事项 {} 已归入一个系列，请先解除", "matter {} is in a group already, end that link first") \
    X(GROUP_HEAD,     409, "group-head",      "事项 {} 是系列的牵头事项，不能归入另一系列", "matter {} heads a group and cannot be put into another") \
    /* files */                                                                                  \
    X(BAD_FILE,       422, "bad-file",        "文件无法读取：{}", "the file cannot be read: {}")     \
    X(BAD_ENCODING,   422, "bad-encoding",    "第 {} 行的编码无法识别，请用 UTF-8 或 GB 18030", "the encoding of row {} is not known, use UTF-8 or GB 18030") \
    X(FILE_KIND,      415, "file-kind",       "不接受这种文件：{}", "this kind of file is not accepted: {}") \
    X(ROW_CHANGED,    409, "row-changed",     "该行此前已导入，内容有变化，未作修改", "this row was imported before with other content; nothing was changed") \
    X(TABLE_ROW,      422, "table-row",       "表格有误，行与列：{}", "the table is wrong at row and column: {}")     \
    X(SHEET_ROWS,     413, "sheet-rows",      "表格超过 {} 行", "the table has more than {} rows")  \
    X(SHEET_COLUMNS,  413, "sheet-columns",   "表格超过 {} 列", "the table has more than {} columns") \
    X(SHEET_CELL,     422, "sheet-cell",      "单元格 {} 的内容过长", "cell {} is too long")        \
    X(SHEET_QUOTE,    422, "sheet-quote",     "第 {} 行的引号没有成对", "a quote opened in row {} is never closed") \
    X(SHEET_TEXT,     422, "sheet-text",      "第 {} 行含有不能使用的字符", "row {} contains a character that cannot be used") \
    X(PAPER_FONT,     503, "paper-font",      "服务器未安装打印字体（fonts-noto-cjk），请改用打印页，并告知管理员", "the server has no fonts for papers (fonts-noto-cjk); use the print page and tell your administrator") \
    X(PAPER_NOT_YET,  409, "paper-not-yet",   "还没有可以出具这份文书的事实", "what this paper states has not happened yet") \
    /* start-up and tools */                                                                     \
    X(CONFIG,         500, "config",          "配置有误：{}", "the configuration is wrong: {}")      \
    X(DATA,           500, "data",            "数据有误：{}", "the data is wrong: {}") \
    X(NEWER_DATABASE, 500, "newer-database",  "数据库已由更新版本的程序升级（步骤 {}），本程序版本较旧，未作任何改动；请改用不低于该版本的程序", "a newer program has brought the database further (step {}); this program is too old for it and changed nothing: use the newer one") \
    X(NO_FILE,        500, "no-file",         "无法读写文件 {}", "the file {} cannot be read or written") \
    /* keys kept outside the database */                                                         \
    X(KEY_FILE,       500, "key-file",        "密钥文件第 {} 行有误", "line {} of the key file is wrong") \
    X(KEY_FILE_MODE,  500, "key-file-mode",   "密钥文件 {} 必须是本账号所有、权限为 0600 的普通文件", "the key file {} must be a plain file of this account with mode 0600") \
    X(KEY_FILE_EXISTS, 409, "key-file-exists", "文件 {} 已存在，不会覆盖", "the file {} exists already and is not overwritten") \
    X(ESCROW_LINE,    422, "escrow-line",     "第 {} 行缺失或抄写有误，请核对", "line {} is missing or was not copied correctly, please check it") \
    X(ESCROW_PASSPHRASE, 422, "escrow-passphrase", "口令不正确，或内容不是密钥托管件", "the passphrase is wrong, or this is no key escrow") \
    X(SECRET_OPEN,    500, "secret-open",     "加密内容无法解开：密钥缺失，或数据被改动", "encrypted content cannot be opened: its key is missing, or it was changed")
#endif
