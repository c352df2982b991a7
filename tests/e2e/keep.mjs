import assert from 'node:assert/strict';
import { startMail, textOf } from './lib/mail.mjs';
import { ask, assignTo, choose, field, press, send } from './lib/steps.mjs';

/* What keeps a house in order: what was written wrong is put right, rules are taken back,
 * messages that failed go out again, the auditor sees who may open what. */

const BODY = '桂城街道人民调解委员会';
const PARTIES = [
  { role: 'applicant', kind: 'person', name: '周玉珍', phone: '13812340001', address: '桂城街道一号楼' },
  { role: 'respondent', kind: 'person', name: '谢秉谦' },
];
const dispute = (title) => ({
  kind: 'dispute', type: '2', title, story: '天花发霉', place: '一号楼', parties: PARTIES, claims: [{ text: '修复防水', amount: 100000 }],
});
/** Accepted and offered to the committee. */
async function assigned(p, title) {
  const filed = await ask(p, 'POST', 'matters', dispute(title));
  await ask(p, 'POST', `matters/${filed.id}/actions/accept`, {}, 1);
  await assignTo(p, filed.id, BODY);
  return filed;
}
const input = (name) => `.el-dialog ${field(name)} :is(input, textarea)`;

export default [
  {
    name: 'what is wrong is put right: untouched stays, emptied is told and is empty',
    async run({ page, goto, signIn, sound, picture }) {
      const p = await page();
      await signIn(p, 'clerk.guicheng');
      const { id } = await ask(p, 'POST', 'matters', dispute('楼上露水'));
      await goto(p, `/#/matters/${id}`);
      await press(p.locator('.action-bar'), '更正');
      await p.waitForSelector(input('title'));
      assert.equal(await p.inputValue(input('title')), '楼上露水', 'it begins with what stands');
      assert.equal(await p.inputValue(input('claims[0].amount')), '1000.00');
      assert.equal(await p.inputValue(input('parties[0].phone')), '', 'a secret is not shown');
      assert.match(await p.textContent(`.el-dialog ${field('parties[0].phone')}`), /138\*{4}0001/);
      await p.fill(input('reason'), '登记时听错');
      await press(p.locator('.el-dialog'), '更正');
      await p.waitForSelector('.el-dialog [role=alert]:has-text("没有任何改动")');
      await p.fill(input('title'), '楼上漏水');
      await p.fill(input('place'), '');
      await p.waitForSelector(`.el-dialog ${field('place')} .form-emptied:has-text("一号楼")`);
      await press(p.locator(`.el-dialog ${field('parties[0].phone')}`), '清空联系电话');
      await p.waitForSelector('.form-emptied-all:has-text("地点、当事人 1 · 联系电话")');
      const side = `.el-dialog ${field('parties[1].role')}`;
      assert.match(await p.textContent(`${side} .el-select`), /被申请人/, 'the side as it stands');
      await p.click(`${side} .el-select`);
      assert.equal(await p.locator('.el-select-dropdown__item:visible:has-text("不变")').count(), 0);
      await p.click('.el-select-dropdown__item:visible >> text="第三人"');
      await p.waitForSelector(`${side} .form-was:has-text("被申请人")`);
      await sound(p, 'the form of a correction');
      await picture('correct-form', p);
      await p.setViewportSize({ width: 390, height: 844 });
      await sound(p, 'the form of a correction, narrow');
      await picture('correct-form-narrow', p);
      await p.setViewportSize({ width: 1440, height: 900 });
      await send(p);
      const m = await ask(p, 'GET', `matters/${id}`);
      assert.deepEqual([m.title, m.place, m.amount, m.parties[0].phone], ['楼上漏水', '', 100000, '']);
      assert.match(m.parties[0].address, /\*/, 'what was not touched is as it was');
      assert.deepEqual(m.parties.map((x) => x.role), ['applicant', 'third']);
      await p.waitForSelector('h1:has-text("楼上漏水")');
    },
  },
  {
    name: 'who was not known at the filing comes in as a party',
    async run({ page, goto, signIn, sound, picture }) {
      const p = await page();
      await signIn(p, 'clerk.guicheng');
      const { id } = await ask(p, 'POST', 'matters', { ...dispute('高空坠物'), parties: [PARTIES[0]] });
      await goto(p, `/#/matters/${id}`);
      await press(p.locator('.action-bar'), '追加当事人');
      await p.waitForSelector(input('parties[0].name'));
      assert.match(await p.textContent(`.el-dialog ${field('parties[0].role')} .el-radio.is-checked, .el-dialog ${field('parties[0].role')} .el-select`), /被申请人/);
      await p.fill(input('parties[0].name'), '𠮷㐂䶮');
      await p.fill(input('parties[0].phone'), '13912340002');
      await p.fill(input('reason'), '查明了坠物的住户');
      await sound(p, 'the form of another party');
      await picture('add-party', p);
      await p.setViewportSize({ width: 390, height: 844 });
      await picture('add-party-narrow', p);
      await p.setViewportSize({ width: 1440, height: 900 });
      await send(p);
      await p.waitForSelector('.party-head:has-text("𠮷㐂䶮"):has-text("被申请人")');
      await p.waitForSelector('.timeline:has-text("追加当事人")');
    },
  },
  {
    name: 'a task is the body’s that has the matter; only its people are offered',
    async run({ page, goto, signIn, sound, picture }) {
      const p = await page();
      await signIn(p, 'dispatcher.guicheng');
      const { id } = await assigned(p, '给委员会的任务');
      await goto(p, `/#/matters/${id}`);
      await press(p.locator('section[aria-label="任务"]'), '新任务');
      await p.fill(input('title'), '联系双方');
      await choose(p, 'account', '霍志强');
      await p.click(`${field('org')} .el-radio:has-text("${BODY}")`);
      assert.doesNotMatch(await p.textContent(`.el-dialog ${field('account')}`), /霍志强/, 'not of that body');
      await p.click(`${field('account')} .el-select`);
      assert.equal(await p.locator('.el-select-dropdown__item:visible:has-text("霍志强")').count(), 0);
      await p.click('.el-select-dropdown__item:visible >> nth=0');
      await sound(p, 'a task of another body');
      await picture('task-body', p);
      await send(p);
      await p.waitForSelector(`.task-row:has-text("联系双方"):has-text("桂城调委会")`);
    },
  },
  {
    name: 'the auditor sees who may open a sealed place; the party learns of it',
    async run({ page, goto, signIn, sound, picture }) {
      const p = await page();
      await signIn(p, 'dispatcher.guicheng');
      const { id, number } = await assigned(p, '要背靠背谈的另一件');
      const m = await page();
      await signIn(m, 'mediator.guicheng');
      await ask(m, 'POST', `matters/${id}/actions/take`, { disclosed: true }, 3);
      await ask(m, 'POST', `matters/${id}/compartments`, { kind: 'offer' });
      const a = await page();
      await signIn(a, 'audit');
      await goto(a, '/#/admin/grants');
      await a.waitForSelector('text=请填写事项编号');
      await a.fill('#filter-number', number);
      await a.keyboard.press('Enter');
      await a.waitForSelector('.table tbody tr:has-text("方案")');
      await sound(a, 'grants');
      await picture('audit-grants', a);
      await goto(p, `/#/matters/${id}`);
      await p.click('section:has(h2:has-text("查阅记录")) button');
      await p.waitForSelector('text=核查密封区授权');
      await goto(a, '/#/admin/looks');
      await a.waitForSelector('text=请选择人员');
      await sound(a, 'looks');
    },
  },
  {
    name: 'a day off is taken back; a body gets hours of its own',
    async run({ page, goto, signIn, sound, picture }) {
      const p = await page();
      await signIn(p, 'sysadmin');
      await goto(p, '/#/admin/rules/days');
      await p.click('.filters .el-select');
      await p.fill('#rules-of', '桂城街道社会治安');
      await p.click('.el-select-dropdown__item:visible:has-text("桂城街道社会治安")');
      await p.waitForURL(/of=\d+/);
      await press(p, '新增');
      await p.fill(input('day'), '2031-05-06');
      await p.keyboard.press('Enter');
      await choose(p, 'kind', '休息');
      await p.fill(input('name_zh'), '本街道放假');
      await p.fill(input('source'), '街道通知');
      await choose(p, 'certainty', '地方法规');
      await send(p);
      await p.waitForSelector('.table tbody tr:has-text("2031-05-06")');
      await sound(p, 'days of a body');
      await picture('rules-days', p);
      await press(p, '取消安排：2031-05-06');
      await p.waitForSelector('.el-dialog:has-text("恢复为通常")');
      await sound(p, 'taking a day back');
      await send(p);
      await p.waitForSelector('.table tbody tr:has-text("2031-05-06"):has-text("已取消")');

      await goto(p, '/#/admin/rules/org-hours');
      await press(p, '新增');
      await p.click(`.el-dialog ${field('org')} .el-select`);
      await p.fill(`.el-dialog ${field('org')} input`, '桂城街道社会治安');
      await p.click('.el-select-dropdown__item:visible:has-text("桂城街道社会治安")');
      await choose(p, 'hours', '标准作息');
      await picture('rules-hours-form', p);
      await send(p);
      await p.waitForSelector('.table tbody tr:has-text("桂城街道社会治安综合治理中心")');
      await sound(p, 'hours of bodies');
      await picture('rules-hours', p);
      await p.click('.table tbody .link-button:has-text("桂城街道")');
      await p.waitForSelector(`.el-dialog ${field('hours')}`);
      assert.equal(await p.locator(`.el-dialog ${field('org')}`).count(), 0, 'the body stays');
      await send(p);
    },
  },
  {
    name: 'a message that failed is seen, and goes out again',
    async run({ elsewhere }) {
      const mail = await startMail();
      try {
        const { page, goto, signIn, sound, picture } = await elsewhere(`smtp_url=${mail.url}`, 'smtp_from=centre@example.org');
        const clerk = await page();
        await signIn(clerk, 'clerk.guicheng');
        await ask(clerk, 'PUT', 'notices/email', { email: 'clerk@example.org' });
        for (let i = 0; i < 100 && !mail.taken.length; i++) await clerk.waitForTimeout(100);
        await ask(clerk, 'POST', 'notices/email/confirm', { code: /\d{6}/.exec(textOf(mail.taken[0]))[0] });
        mail.refuse = true;
        const grid = await page();
        await signIn(grid, 'grid.guicheng');
        await ask(grid, 'POST', 'matters', { ...dispute('楼上漏水'), danger: true });
        for (let i = 0; i < 200 && !mail.refused; i++) await grid.waitForTimeout(100);
        const p = await page();
        await signIn(p, 'sysadmin');
        await goto(p, '/#/admin/outbox');
        const row = '.split-row:has-text("c***@example.org")';
        for (let i = 0; i < 20 && !(await p.locator(row).count()); i++) {
          await p.waitForTimeout(250);
          await goto(p, '/#/admin/outbox');
        }
        assert.match(await p.textContent(row), /邮件[\s\S]*发送失败[\s\S]*通知/);
        assert.doesNotMatch(await p.textContent('main'), /漏水|example\.org.*clerk@/, 'no text, no whole address');
        await sound(p, 'a failed message');
        assert.match(await p.textContent('.outbox-why >> nth=0'), /^邮件服务器没有接收（代码 smtp-550）$/);
        await picture('outbox-failed', p);
        await p.setViewportSize({ width: 390, height: 844 });
        await sound(p, 'a failed message, narrow');
        await picture('outbox-failed-narrow', p);
        mail.refuse = false;
        await p.click(`${row} button`);
        await p.waitForSelector('text=没有发送失败的消息');
        for (let i = 0; i < 200 && mail.taken.length < 2; i++) await p.waitForTimeout(100);
        await goto(p, '/#/admin/outbox?state=sent');
        await p.waitForSelector(`${row}:has-text("已发送"):has-text("通知")`);
      } finally {
        mail.stop();
      }
    },
  },
];
