import assert from 'node:assert/strict';

/** What a form's field is called in the page. */
const field = (name) => `[data-field="${name}"]`;

async function choose(page, name, words) {
  await page.click(`${field(name)} .el-select`);
  await page.click(`.el-select-dropdown__item:visible >> text="${words}"`);
}
/** Opens the dialog of an action; its form's own button has the same name. */
async function act(page, action, fill = async () => undefined) {
  await page.click(`.action-bar button:has-text("${action}")`);
  await page.waitForSelector('.el-dialog .record-form');
  await fill();
  await page.click('.el-dialog .form-buttons button >> nth=0');
  await page.waitForSelector('.el-dialog', { state: 'hidden' });
}

async function file(page, goto, title) {
  await goto(page, '/#/matters/new');
  await page.click(`${field('kind')} .el-radio:has-text("纠纷")`);
  await page.fill(`${field('title')} input`, title);
  await page.fill(`${field('story')} textarea`, '楼上卫生间漏水，楼下天花板脱落，双方对赔偿没有谈拢。');
  await page.click('button:has-text("添加当事人")');
  await choose(page, 'parties[0].role', '申请人');
  await choose(page, 'parties[0].kind', '自然人');
  await page.fill(`${field('parties[0].name')} input`, '张三妹');
  await page.fill(`${field('parties[0].phone')} input`, '13812345678');
  await page.click('button:has-text("添加请求")');
  await page.fill(`${field('claims[0].text')} input, ${field('claims[0].text')} textarea`, '赔偿天花板和家具损失');
  await page.fill(`${field('claims[0].amount')} input`, '1,280.50');
  await page.click('.record-form > .form-buttons button');
  await page.waitForSelector('.receipt');
  return page.getAttribute('.receipt a >> nth=0', 'href');
}

export default [
  {
    name: 'a wrong password is told, the right one opens my work, signing out closes it',
    async run({ page, goto, signIn, sound }) {
      const p = await page();
      await goto(p, '/#/matters');
      assert.match(p.url(), /sign-in/, 'a guest is asked to sign in');
      await p.fill('#login', 'clerk.guicheng');
      await p.fill('#password', 'not-the-password');
      await p.keyboard.press('Enter');
      await p.waitForSelector('[role=alert]');
      await sound(p, 'refused sign-in');
      await signIn(p, 'clerk.guicheng');
      assert.equal(await p.textContent('h1'), '我的工作');
      await p.click('button:has-text("退出")');
      await p.waitForSelector('#login');
      await goto(p, '/#/work');
      assert.match(p.url(), /sign-in/);
    },
  },
  {
    name: 'the keyboard alone signs in, reaches a matter and opens an action',
    async run({ page, goto, quietNow }) {
      const p = await page();
      await goto(p, '/#/sign-in');
      await p.focus('#login');
      await p.keyboard.type('dispatcher.guicheng');
      await p.keyboard.press('Tab');
      await p.keyboard.type('fengqiao-2026');
      await p.keyboard.press('Enter');
      await p.waitForSelector('.desk-top');
      await goto(p, '/#/matters?state=filed');
      await p.waitForSelector('a[data-row]');
      for (let i = 0; i < 80 && !(await p.evaluate(() => document.activeElement?.hasAttribute('data-row'))); i++) await p.keyboard.press('Tab');
      assert.ok(await p.evaluate(() => document.activeElement?.hasAttribute('data-row')), 'Tab reaches a row');
      await p.keyboard.press('Enter');
      await p.waitForSelector('.matter-state');
      await quietNow(p);
      await p.focus('.action-bar button');
      await p.keyboard.press('Enter');
      await p.waitForSelector('.el-dialog .record-form');
      await p.keyboard.press('Escape');
      await p.waitForSelector('.el-dialog', { state: 'hidden' });
      await p.waitForFunction(() => document.activeElement?.closest('.action-bar'));
    },
  },
  {
    name: 'a dispute goes all its way: filed, accepted, assigned, taken, concluded, replied, closed',
    async run({ page, goto, signIn, quietNow, sound, picture }) {
      const clerk = await page();
      await signIn(clerk, 'dispatcher.guicheng');
      const at = await file(clerk, goto, '楼上漏水损坏天花板');
      await sound(clerk, 'receipt');
      await goto(clerk, `/${at}`);
      assert.match(await clerk.textContent('.matter-main'), /1,280\.50/, 'money came through without a loss');
      await act(clerk, '受理');
      await clerk.waitForSelector('.tag:has-text("已受理")');
      await clerk.click('.action-bar button:has-text("派单")');
      await clerk.waitForSelector('.hints li button');
      await sound(clerk, 'hints');
      await picture('hints', clerk);
      await clerk.click('.hints li:has-text("桂城街道人民调解委员会") button');
      await clerk.waitForSelector('.hint-chosen:has-text("桂城街道人民调解委员会")');
      await clerk.click('.el-dialog .form-buttons button >> nth=0');
      await clerk.waitForSelector('.el-dialog', { state: 'hidden' });
      await clerk.waitForSelector('.matter-main .entries:has-text("桂城街道人民调解委员会")');

      const mediator = await page();
      await signIn(mediator, 'mediator.guicheng');
      await goto(mediator, `/${at}`);
      await act(mediator, '接单', () => mediator.click(`${field('disclosed')} .el-checkbox`));
      await mediator.waitForSelector('.matter-state .tag:has-text("办理中")');
      await mediator.click('.action-bar button:has-text("登记结果")');
      await mediator.waitForSelector(field('outcomes[0].claim'));
      assert.match(await mediator.textContent(field('outcomes[0].claim')), /赔偿天花板/, 'the claim is named, not its key');
      await choose(mediator, 'outcomes[0].outcome', '达成协议');
      assert.equal(await mediator.locator('.el-select-dropdown__item:has-text("已解决")').count(), 0, 'no outcome of another kind');
      await mediator.fill(`${field('outcomes[0].settled')} input`, '1000');
      await mediator.fill(`${field('summary')} textarea`, '双方到场，楼上赔偿一千元并修好防水。');
      await sound(mediator, 'outcome form');
      await picture('outcome', mediator);
      await mediator.click('.el-dialog .form-buttons button >> nth=0');
      await mediator.waitForSelector('.matter-state .tag:has-text("已有结果")');
      await act(mediator, '答复', () => mediator.fill(`${field('text')} textarea`, '已达成协议。'));
      await mediator.waitForSelector('.matter-state .tag:has-text("已答复")');

      await goto(clerk, `/${at}`);
      await act(clerk, '办结', async () => {
        await choose(clerk, 'answers[0].answer', '认可');
      });
      await clerk.waitForSelector('.matter-state .tag:has-text("已办结")');
      await quietNow(clerk);
      const journal = await clerk.locator('.timeline .row-title').allTextContents();
      for (const step of ['报单', '受理', '派单', '接单', '登记结果', '答复', '办结']) assert.ok(journal.includes(step), `${step} is in the journal`);
      await sound(clerk, 'closed');
      await picture('closed', clerk);
    },
  },
  {
    name: 'a refused form keeps what was typed and points at the nested field',
    async run({ page, goto, signIn }) {
      const p = await page();
      await signIn(p, 'clerk.guicheng');
      await goto(p, '/#/matters/new');
      await p.click('.record-form > .form-buttons button');
      await p.waitForSelector(`${field('title')} .form-error`);
      await p.click(`${field('kind')} .el-radio:has-text("诉求")`);
      await p.fill(`${field('title')} input`, '路灯不亮');
      await p.click('button:has-text("添加当事人")');
      await p.fill(`${field('parties[0].name')} input`, '李四');
      await p.fill(`${field('parties[0].phone')} input`, '12ab');
      await p.click('.record-form > .form-buttons button');
      await p.waitForSelector(`${field('parties[0].phone')} .form-error`);
      assert.equal(await p.inputValue(`${field('title')} input`), '路灯不亮');
      assert.equal(await p.inputValue(`${field('parties[0].phone')} input`), '12ab');
      assert.equal(await p.getAttribute(`${field('parties[0].phone')} input`, 'aria-invalid'), 'true');
      await p.fill(`${field('parties[0].phone')} input`, '13800138000');
      await p.click('.record-form > .form-buttons button');
      await p.waitForSelector('.receipt');
    },
  },
  {
    name: 'a secret is shown for a reason, and the look is in the access record',
    async run({ page, goto, signIn, sound, quietNow, picture }) {
      const p = await page();
      await signIn(p, 'dispatcher.guicheng');
      await goto(p, `/${await file(p, goto, '邻里噪音')}`);
      assert.ok(!(await p.textContent('.matter-main')).includes('13812345678'), 'masked at first');
      await p.click('.record-view button:has-text("显示") >> nth=0');
      await p.waitForSelector('.el-dialog textarea');
      await sound(p, 'asking for the reason');
      await p.fill('.el-dialog textarea', '约当事人到场');
      await p.click('.el-dialog .form-buttons button >> nth=0');
      await p.waitForSelector('text=13812345678');
      await p.click('button:has-text("查看") >> nth=-1');
      await p.waitForSelector('text=约当事人到场');
      await quietNow(p);
      assert.match(await p.textContent('section:has(h2:text-is("查阅记录"))'), /显示联系电话/);
      await sound(p, 'access record');
      await picture('staff-access', p);
    },
  },
  {
    name: 'an attachment goes up and comes down unchanged',
    async run({ page, goto, signIn }) {
      const p = await page();
      await signIn(p, 'dispatcher.guicheng');
      await goto(p, `/${await file(p, goto, '附件')}`);
      await p.setInputFiles('#upload', { name: '说明 材料.txt', mimeType: 'text/plain', buffer: Buffer.from('第一行\n第二行\n') });
      const link = p.locator('a:has-text("说明 材料.txt")');
      await link.waitFor();
      const answer = await p.request.get(new URL(await link.getAttribute('href'), p.url()).href);
      assert.equal(await answer.text(), '第一行\n第二行\n');
    },
  },
  {
    name: 'a session that ends under a form loses nothing of it',
    async run({ page, goto, signIn }) {
      const p = await page();
      await signIn(p, 'clerk.guicheng');
      await goto(p, '/#/matters/new');
      await p.click(`${field('kind')} .el-radio:has-text("咨询")`);
      await p.fill(`${field('title')} input`, '咨询社保转移');
      await p.context().clearCookies();
      await p.click('.record-form > .form-buttons button');
      await p.waitForSelector('.el-dialog #password');
      await p.fill('.el-dialog #password', 'fengqiao-2026');
      await p.keyboard.press('Enter');
      await p.waitForSelector('.el-dialog', { state: 'hidden' });
      assert.equal(await p.inputValue(`${field('title')} input`), '咨询社保转移');
      await p.click('.record-form > .form-buttons button');
      await p.waitForSelector('.receipt');
    },
  },
  {
    name: 'a count changes on an open page when somebody else files',
    async run({ page, goto, signIn }) {
      const watcher = await page();
      await signIn(watcher, 'dispatcher.guicheng');
      await goto(watcher, '/#/work/to_accept');
      const before = Number(await watcher.textContent('.bucket[aria-current] .bucket-count'));
      const other = await page();
      await signIn(other, 'clerk.guicheng');
      await file(other, goto, '实时更新');
      await watcher.waitForFunction((n) => Number(document.querySelector('.bucket[aria-current] .bucket-count')?.textContent) === n, before + 1);
      await watcher.waitForSelector('td:has-text("实时更新")');
    },
  },
  {
    name: 'a list is exported as a file',
    needs: ['POST /api/v1/exports'],
    async run({ page, goto, signIn, sound }) {
      const p = await page();
      await signIn(p, 'dispatcher.guicheng');
      await goto(p, '/#/matters?state=filed');
      await p.click('.page-head a:has-text("导出")');
      await p.waitForSelector('.record-form');
      await sound(p, 'export form');
      await p.click('.form-buttons button');
      const link = p.locator('a:has-text("下载")');
      await link.waitFor();
      const answer = await p.request.get(new URL(await link.getAttribute('href'), p.url()).href);
      assert.equal(answer.status(), 200);
      assert.equal((await answer.body()).subarray(0, 2).toString(), 'PK', 'a workbook');
    },
  },
  {
    name: 'a ledger is imported: matched, checked, run, and once only',
    needs: ['POST /api/v1/imports'],
    async run({ page, goto, signIn, sound, picture }) {
      const p = await page();
      await signIn(p, 'dispatcher.guicheng');
      const bytes = Buffer.from('工单编号,诉求标题,诉求内容,姓名,电话\nA-1,路灯不亮,夏西社区路灯三天不亮,陈一,13800000001\nA-2,垃圾未清,菜市场后门垃圾,李二,13800000002\n');
      for (const filed of [2, 0]) {
        await goto(p, '/#/imports');
        await p.fill('#ledger', '热线台账');
        await p.setInputFiles('#ledger-file', { name: '热线.csv', mimeType: 'text/csv', buffer: bytes });
        await p.waitForSelector('select.plain-select');
        await p.selectOption('select >> nth=0', 'ref');
        await p.selectOption('select >> nth=1', 'title');
        await p.selectOption('select >> nth=2', 'story');
        await p.selectOption('select >> nth=3', 'applicant');
        await p.selectOption('select >> nth=4', 'applicant_phone');
        await sound(p, 'columns');
        await picture('import-columns', p);
        await p.click('.record-form button[type=submit]');
        await p.waitForSelector('text=全部通过检查', { timeout: 20_000 });
        await sound(p, 'checked');
        await p.click('button:has-text("执行导入")');
        await p.waitForSelector(`text=已登记 ${filed} 件`, { timeout: 20_000 });
      }
    },
  },
  {
    name: 'an administrator makes an account and a post; the first password is shown once',
    needs: ['POST /api/v1/accounts', 'POST /api/v1/posts'],
    async run({ page, goto, signIn, sound, picture }) {
      const p = await page();
      await signIn(p, 'secadmin');
      await goto(p, '/#/admin/accounts/new');
      await p.fill(`${field('login')} input`, 'clerk.test');
      await p.fill(`${field('name')} input`, '钱小燕');
      await p.click('.form-buttons button');
      await p.waitForSelector('.receipt code');
      const password = (await p.textContent('.receipt code')).trim();
      await sound(p, 'first password');
      const q = await page();
      await goto(q, '/#/sign-in');
      await q.fill('#login', 'clerk.test');
      await q.fill('#password', password);
      await q.keyboard.press('Enter');
      await q.waitForSelector('text=首次登录');
      assert.match(q.url(), /password/, 'must be changed first');
      await q.fill(`${field('old')} input`, password);
      await q.fill(`${field('new')} input`, 'a-long-new-word-7');
      await q.fill(`${field('again')} input`, 'a-long-other-word');
      await q.click('.form-buttons button');
      await q.waitForSelector(`${field('again')} .form-error`);
      await q.fill(`${field('again')} input`, 'a-long-new-word-7');
      await q.click('.form-buttons button');
      await q.waitForFunction(() => /work|sign-in/.test(location.hash));
      await picture('first-password', p);
    },
  },
  {
    name: 'English is a click away and is kept',
    async run({ page, goto, signIn }) {
      const p = await page();
      await signIn(p, 'clerk.guicheng');
      await p.click('button:has-text("English")');
      assert.equal(await p.textContent('h1'), 'My work');
      await goto(p, '/#/matters');
      assert.equal(await p.textContent('h1'), 'Matters');
      assert.equal(await p.getAttribute('html', 'lang'), 'en');
      await p.click('button:has-text("中文")');
      assert.equal(await p.textContent('h1'), '事项');
    },
  },
];
