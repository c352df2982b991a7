import assert from 'node:assert/strict';
import { act, ask, assignTo, choose, field, press, send, totp } from './lib/steps.mjs';

/* What the desk shows beside the loop itself: ties, views across the work, people of
 * the own body, sealed places, rules, and one's own account. */

const PARTIES = [
  { role: 'applicant', kind: 'person', name: '周玉珍', phone: '13812340001' },
  { role: 'respondent', kind: 'person', name: '谢秉谦' },
];
/** A dispute of two claims, accepted; asked of the program, not of the pages. */
async function accepted(p, title) {
  const filed = await ask(p, 'POST', 'matters', {
    kind: 'dispute', type: '2', title, story: `${title}：装修没有做防水，协商时又动了手。`, parties: PARTIES,
    claims: [{ text: '修复防水', amount: 100000 }, { text: '赔偿医药费', amount: 50000 }],
  });
  await ask(p, 'POST', `matters/${filed.id}/actions/accept`, {}, 1);
  return filed;
}
const count = async (p, view) => Number(await p.textContent(`.pill:has-text("${view}") strong >> nth=0`));

export default [
  {
    name: 'a matter is parted: the codes of the parts are told once and open their road',
    async run({ page, goto, signIn, signInDoor, quietNow, sound, picture }) {
      const p = await page();
      await signIn(p, 'dispatcher.guicheng');
      const { id, number: whole, pin: wholePin } = await accepted(p, '漏水又打人');
      const party = await page({ width: 390, height: 844 });
      await signInDoor(party, PARTIES[0].phone);
      await ask(party, 'POST', 'door/links', { number: whole, pin: wholePin });
      await goto(p, `/#/matters/${id}`);
      await press(p.locator('.action-bar'), '拆单');
      await p.waitForSelector(field('parts[1].title'));
      for (const [i, [title, claim]] of [['装修漏水', '修复防水'], ['打人赔偿', '赔偿医药费']].entries()) {
        await p.fill(`${field(`parts[${i}].title`)} input`, title);
        await p.check(`.form-entry >> nth=${i} >> label:has-text("${claim}") input`);
      }
      await p.fill(`${field('reason')} :is(input, textarea)`, '两个部门分别办理');
      await sound(p, 'the form of a split');
      await picture('split-form', p);
      await send(p);
      await p.waitForSelector('.part-pins');
      const pins = await p.locator('.part-pins .pin').allTextContents();
      assert.equal(pins.length, 2);
      for (const pin of pins) assert.match(pin, /^\d{6}$/);
      const number = await p.textContent('.part-pins .matter-number >> nth=0');
      const card = 'section[aria-label="并案与拆单"]';
      await p.waitForSelector(`${card} li >> nth=1`);
      assert.match(await p.textContent(card), /装修漏水[\s\S]*子事项[\s\S]*两个部门分别办理/);
      await quietNow(p);
      await sound(p, 'a parted matter');
      await picture('split-pins', p);
      await p.click('.part-pins button');
      await p.waitForSelector('.part-pins', { state: 'detached' });
      await p.reload();
      await p.waitForSelector(`${card} li`);
      assert.ok(!(await p.content()).includes(pins[0]), 'told once');
      await p.click(`${card} a:has-text("装修漏水")`);
      await p.waitForSelector(`${card}:has-text("拆自此事项")`);

      const guest = await page({ width: 390, height: 844 });
      await goto(guest, '/door/#/status');
      await guest.fill(`${field('number')} input`, number);
      await guest.fill(`${field('pin')} input`, pins[0]);
      await guest.click('button:has-text("查进度"):visible');
      await guest.waitForSelector('.road');

      await goto(party, `/door/#/mine/${id}`);
      await party.click('.door-card:has-text("并案与拆单") a:has-text("装修漏水")');
      await party.waitForSelector('.door-card:has-text("拆自此事项")');
      await sound(party, 'a part at the door');
      await picture('door-part', party);
    },
  },
  {
    name: 'a lost slip: who asks is looked at, and another pin handed out on paper',
    async run({ page, goto, signIn, quietNow, sound, picture }) {
      const p = await page();
      await signIn(p, 'dispatcher.guicheng');
      const { id, number, pin } = await accepted(p, '丢了查询单的纠纷');
      await goto(p, `/#/matters/${id}`);
      await press(p.locator('.page-head'), '补发查询码');
      await p.waitForSelector('.el-dialog .record-form');
      await sound(p, 'the form of another pin');
      await picture('pin-form', p);
      await p.click('.el-dialog .record-form button[type="submit"]');
      await p.waitForSelector(`${field('reason')} .form-error`);
      await p.fill(`${field('reason')} textarea`, '本人持身份证到窗口，与登记电话核对一致');
      await send(p);
      const slip = p.locator('.receipt');
      await slip.waitFor();
      const fresh = (await slip.locator('dd').allTextContents())[1];
      assert.match(fresh, /^\d{6}$/);
      await p.waitForSelector('.timeline:has-text("补发查询码")');
      await quietNow(p);
      await sound(p, 'another pin');
      await picture('pin-new', p);
      await p.emulateMedia({ media: 'print' });
      assert.equal(await p.locator('.page > :visible').count(), 1, 'nothing but the slip');
      await p.setViewportSize({ width: 720, height: 500 });
      await picture('pin-slip', p);
      await p.setViewportSize({ width: 390, height: 844 });
      await p.emulateMedia({ media: null });
      await picture('pin-new-phone', p);
      await press(slip, '已交给申请人');
      await slip.waitFor({ state: 'detached' });
      assert.ok(!(await p.content()).includes(fresh), 'told once');

      const guest = await page({ width: 390, height: 844 });
      const look = async (code) => {
        await goto(guest, '/door/#/status');
        await guest.reload();
        await guest.fill(`${field('number')} input`, number);
        await guest.fill(`${field('pin')} input`, code);
        await guest.click('button:has-text("查进度"):visible');
      };
      await look(pin);
      await guest.waitForSelector('[role="alert"]:has-text("查询码")');
      await look(fresh);
      await guest.waitForSelector('.road');
    },
  },
  {
    name: 'two matters become one and are taken apart again',
    async run({ page, goto, signIn, sound, picture }) {
      const p = await page();
      await signIn(p, 'dispatcher.guicheng');
      const head = await accepted(p, '同一楼道漏水');
      const { id } = await accepted(p, '同一楼道再漏水');
      await goto(p, `/#/matters/${id}`);
      await act(p, '并案', async () => {
        await p.fill(`${field('number')} input`, head.number);
        await p.fill(`${field('reason')} :is(input, textarea)`, '同一根水管');
      });
      await p.waitForSelector('.matter-state .tag:has-text("已并案")');
      const card = 'section[aria-label="并案与拆单"]';
      await p.waitForSelector(`${card}:has-text("并入此事项")`);
      await sound(p, 'a merged matter');
      await picture('merged', p);
      await goto(p, `/#/matters/${head.id}`);
      await p.waitForSelector(`${card}:has-text("已并入本事项")`);
      await p.waitForSelector('.timeline:has-text("其他事项并入")');
      await goto(p, `/#/matters/${id}`);
      await p.click('.action-bar button:has-text("撤销并案")');
      await p.waitForSelector('.el-dialog .record-form');
      const reason = p.locator(`.el-dialog ${field('reason')} :is(input, textarea)`);
      if (await reason.count()) await reason.fill('不是同一根水管');
      await send(p);
      await p.waitForSelector('.matter-state .tag:has-text("已受理")');
      await p.waitForSelector(`${card}:has-text("撤销")`);
    },
  },
  {
    name: 'who decides an objection, or a void, reads what was said; back leads to the list it came from',
    async run({ page, goto, signIn, sound, picture }) {
      const p = await page();
      await signIn(p, 'dispatcher.guicheng');
      const { id } = await accepted(p, '有异议的纠纷');
      await assignTo(p, id, '桂城街道人民调解');
      const m = await page();
      await signIn(m, 'mediator.guicheng');
      await ask(m, 'POST', `matters/${id}/actions/object`, { reason: '应由社区调委会先行调解' }, 3);
      await goto(p, '/#/work/objected');
      await p.click(`.table a[href$="${id}"]`);
      await press(p.locator('.action-bar'), '处理异议');
      await p.waitForSelector('.el-dialog .about:has-text("应由社区调委会先行调解"):has-text("桂城街道人民调解委员会")');
      await picture('objection', p);
      await p.click(`${field('stands')} .el-radio:has-text("否")`);
      await p.fill(`.el-dialog ${field('text')} textarea`, '由街道调委会办理');
      await send(p);
      await p.waitForFunction(() => document.activeElement?.textContent === '可办理');
      await p.waitForSelector('.timeline:has-text("异议不成立")');
      await ask(p, 'POST', `matters/${id}/actions/ask_void`, { reason: '同一纠纷重复登记' }, 5);
      await p.click('.page-back:has-text("我的工作")');
      await p.waitForFunction(() => location.hash === '#/work/objected');
      const clerk = await page();
      await signIn(clerk, 'clerk.guicheng');
      await goto(clerk, `/#/matters/${id}`);
      await press(clerk.locator('.action-bar'), '复核作废');
      await clerk.waitForSelector('.el-dialog .about:has-text("同一纠纷重复登记"):has-text("关颖仪")');
      await sound(clerk, 'what is to be void, and why');
    },
  },
  {
    name: 'what is late and what was done: each count is its list',
    async run({ page, goto, signIn, sound, picture }) {
      const p = await page();
      await signIn(p, 'dispatcher.guicheng');
      for (const [view, title] of [['over', '已超期'], ['nearly', '将超期']]) {
        await goto(p, `/#/work/${view}`);
        const n = await count(p, title);
        await p.waitForFunction((t) => document.querySelector('.card-title')?.textContent === t, title);
        assert.equal(await p.locator('.table tbody tr').count(), Math.min(n, 20), title);
        if (view === 'over' && n) assert.doesNotMatch(await p.textContent('.table'), /剩余/, 'nothing is left of what is over');
        await sound(p, view);
      }
      await goto(p, '/#/work/done');
      const before = await count(p, '今日已办');
      const { number } = await accepted(p, '今天受理的一件');
      await p.waitForFunction((n) => Number(document.querySelector('.pill[aria-current] strong')?.textContent) > n, before);
      await p.waitForSelector(`.table tbody tr:first-child:has-text("${number}"):has-text("受理")`);
      await sound(p, 'done');
      await picture('work-done', p);
      await p.setViewportSize({ width: 390, height: 844 });
      await sound(p, 'done, narrow');
      await picture('work-done-narrow', p);
    },
  },
  {
    name: 'a task names a colleague; who has no part in a matter is not offered to tie it',
    async run({ page, goto, signIn, picture }) {
      const p = await page();
      await signIn(p, 'dispatcher.guicheng');
      const { id } = await accepted(p, '给同事的任务');
      await goto(p, `/#/matters/${id}`);
      await p.waitForSelector('section[aria-label="关联事项"] button');
      await p.click('button:has-text("新任务")');
      await p.waitForSelector(`.el-dialog ${field('title')}`);
      await p.fill(`.el-dialog ${field('title')} input`, '打电话约时间');
      await choose(p, 'account', '霍志强');
      await picture('task-colleague', p);
      await send(p);
      await p.waitForSelector('.task-row:has-text("打电话约时间"):has-text("霍志强")');

      const head = await page();
      await signIn(head, 'head.guicheng');
      await goto(head, `/#/matters/${id}`);
      await head.waitForSelector('.task-row:has-text("打电话约时间")');
      assert.equal(await head.locator('section[aria-label="关联事项"] button').count(), 0);
    },
  },
  {
    name: 'a sealed place: made, written, opened, granted, destroyed',
    async run({ page, goto, signIn, sound, picture }) {
      const p = await page();
      await signIn(p, 'dispatcher.guicheng');
      const { id } = await accepted(p, '要背靠背谈的纠纷');
      await assignTo(p, id, '桂城街道人民调解');
      const m = await page();
      await signIn(m, 'mediator.guicheng');
      await ask(m, 'POST', `matters/${id}/actions/take`, { disclosed: true }, 3);
      await goto(m, `/#/matters/${id}`);
      await m.click('.page-head a:has-text("密封区")');
      await m.click('.page-head button:has-text("建立密封区")');
      await m.click(`${field('kind')} .el-radio:has-text("背靠背")`);
      await send(m);
      const card = 'section[aria-label="背靠背"]';
      await press(m.locator(card), '写入');
      await m.fill(`.el-dialog ${field('text')} textarea`, '甲方私下愿意让到八百元');
      await send(m);
      await m.waitForSelector(`${card} .entries:has-text("八百元")`);
      await sound(m, 'an open compartment');
      await picture('sealed', m);

      const other = await page();
      await signIn(other, 'mediator2.guicheng');
      await goto(other, `/#/matters/${id}/sealed`);
      await other.waitForSelector(`${card}:has-text("未授权给您")`);
      assert.equal(await other.locator(`${card} button`).count(), 0);

      await press(m.locator(card), '授权');
      await choose(m, 'account', '冼佩雯');
      await send(m);
      await goto(other, `/#/matters/${id}/sealed`);
      await press(other.locator(card), '打开');
      await other.waitForSelector(`${card} .entries:has-text("八百元")`);

      await press(m.locator(card), '销毁');
      await send(m);
      await m.waitForSelector(`${card}:has-text("已销毁")`);
      assert.ok(!(await m.content()).includes('八百元'));
      await m.setViewportSize({ width: 390, height: 844 });
      await sound(m, 'compartments, narrow');
    },
  },
  {
    name: 'a rule is changed and one is added; messages that failed have a page',
    async run({ page, goto, signIn, sound, picture }) {
      const p = await page();
      await signIn(p, 'sysadmin');
      await goto(p, '/#/admin/rules/limits');
      const name = (await p.textContent('.table tbody tr:first-child .link-button')).trim();
      await p.click('.table tbody tr:first-child .link-button');
      await p.waitForSelector('.el-dialog .record-form');
      await p.fill(`.el-dialog ${field('note')} :is(input, textarea)`, '按本市实施办法核对');
      // Lists that are still asked for show that they are empty.
      await p.waitForSelector('.el-select-dropdown__empty:visible', { state: 'hidden' });
      await sound(p, 'the form of a rule');
      await picture('rule-form', p);
      await send(p);
      await p.click(`.table tbody .link-button:text-is("${name}")`);
      assert.equal(await p.inputValue(`.el-dialog ${field('note')} :is(input, textarea)`), '按本市实施办法核对');
      assert.match(await p.textContent(`.el-dialog ${field('channel')}`), /不限/, 'codes are told and chosen by their words');
      // The first field is a list that is folded up: the key is the dialog's.
      await p.focus(`.el-dialog ${field('rule_set')} input`);
      await p.keyboard.press('Escape');
      await p.waitForSelector('.el-dialog', { state: 'hidden' });
      await goto(p, '/#/admin/rules/mappings');
      await p.waitForSelector('.table tbody tr:first-child:has-text("法院案由"):has-text("人格权纠纷")');
      await goto(p, '/#/admin/rules/days');
      await p.waitForSelector('.table tbody tr');
      const days = await p.locator('.table tbody tr td:first-child').allTextContents();
      assert.deepEqual(days, [...days].sort().reverse(), 'the newest first');
      await p.click('.page-head button:has-text("新增")');
      await p.fill(`.el-dialog ${field('day')} input`, '2031-05-05');
      await p.keyboard.press('Enter');
      await choose(p, 'kind', '休息');
      await p.fill(`.el-dialog ${field('name_zh')} input`, '测试放假');
      await send(p);
      await goto(p, '/#/admin/rules/sets');
      await sound(p, 'sets');
      const q = await page();
      await signIn(q, 'dispatcher.guicheng');
      await goto(q, '/#/admin/rules/limits');
      assert.equal(await q.locator('.table tbody .link-button, .page-head button').count(), 0, 'read only');

      await goto(p, '/#/admin/outbox');
      await p.waitForSelector('text=没有发送失败的消息');
      await sound(p, 'no message failed');
      await picture('outbox', p);
    },
  },
  {
    name: 'a second factor is set up, asked for, and ended',
    async run({ page, goto, signIn, sound, picture }) {
      const p = await page();
      await signIn(p, 'handler.labour.nanhai');
      await goto(p, '/#/me');
      await press(p, '启用');
      const secret = (await p.textContent('.totp code')).trim();
      await sound(p, 'a drawn secret');
      await picture('totp', p);
      await p.fill('#totp-code', '000000');
      await p.click('.totp button');
      await p.waitForSelector('.card [role=alert]');
      await p.fill('#totp-code', totp(secret));
      await p.click('.totp button');
      await p.getByRole('button', { name: '停用', exact: true }).waitFor();
      await p.click('button:has-text("退出")');
      await p.waitForSelector('#login');
      await p.fill('#login', 'handler.labour.nanhai');
      await p.fill('#password', 'fengqiao-2026');
      await p.keyboard.press('Enter');
      await p.waitForSelector('#totp');
      await sound(p, 'asked for a code');
      // Each code is good once: the next one is drawn a step ahead.
      await p.fill('#totp', totp(secret, Date.now() + 30_000));
      await p.keyboard.press('Enter');
      await p.waitForSelector('.desk-top');
      await goto(p, '/#/me');
      await press(p, '停用');
      await ask(p, 'DELETE', 'session/totp', { password: 'fengqiao-2026' });
      await p.reload();
      await p.getByRole('button', { name: '启用', exact: true }).waitFor();
    },
  },
  {
    name: 'who holds two posts acts in one at a time',
    async run({ page, signIn, quietNow, sound }) {
      const p = await page();
      await signIn(p, 'handler.police.guicheng');
      const posts = p.locator('.post-switch select');
      const names = await posts.locator('option').allTextContents();
      assert.equal(names.length, 2);
      const now = await posts.inputValue();
      const other = (await posts.locator('option').evaluateAll((all) => all.map((o) => o.value))).find((v) => v !== now);
      await posts.selectOption(other);
      await p.waitForFunction(async (want) => (await (await fetch('/api/v1/session')).json()).post === want, other);
      await quietNow(p);
      assert.match(p.url(), /#\/work/);
      assert.equal(await posts.inputValue(), other);
      await sound(p, 'another post');
      await posts.selectOption(now);
    },
  },
  {
    name: 'a resident links a matter filed at the counter by number and pin',
    async run({ page, goto, signIn, signInDoor, sound, picture }) {
      const clerk = await page();
      await signIn(clerk, 'clerk.guicheng');
      const { number, pin } = await ask(clerk, 'POST', 'matters', { kind: 'dispute', type: '2', title: '窗口登记的邻里纠纷', parties: [{ ...PARTIES[0], name: '吴𬍛', phone: '19900000203' }] });
      const p = await page({ width: 390, height: 844 });
      await signInDoor(p, '19900000203');
      await goto(p, '/door/#/link');
      await p.fill(`${field('number')} input`, number);
      await p.fill(`${field('pin')} input`, pin === '000000' ? '111111' : '000000');
      await p.click('button:has-text("关联已有事项"):visible');
      await p.waitForSelector('[role=alert], .form-error');
      await p.fill(`${field('pin')} input`, pin);
      await p.click('button:has-text("关联已有事项"):visible');
      await p.waitForSelector('a:has-text("窗口登记的邻里纠纷")');
      await sound(p, 'linked');
      await picture('door-linked', p);
    },
  },
  {
    name: 'a resident whose number both sides gave says for which one',
    async run({ page, goto, signIn, signInDoor, sound, picture }) {
      const clerk = await page();
      await signIn(clerk, 'clerk.guicheng');
      const { id, number, pin } = await ask(clerk, 'POST', 'matters', {
        kind: 'dispute',
        type: '1',
        title: '一个电话两方当事人',
        parties: [
          { role: 'applicant', name: '吴𬍛', phone: '19900000203' },
          { role: 'respondent', name: '吴大成', phone: '19900000203' },
        ],
      });
      const p = await page({ width: 390, height: 844 });
      await signInDoor(p, '19900000203');
      await goto(p, '/door/#/link');
      await p.fill(`${field('number')} input`, number);
      await p.fill(`${field('pin')} input`, pin);
      assert.equal(await p.locator(field('side')).count(), 0);
      await p.click('button:has-text("关联已有事项"):visible');
      await p.waitForSelector(field('side'));
      await sound(p, 'which side');
      await picture('door-link-side', p);
      await p.click(`${field('side')} .van-radio:has-text("被申请人")`);
      await p.click('button:has-text("关联已有事项"):visible');
      await p.waitForSelector('a:has-text("一个电话两方当事人")');
      const { state } = await ask(p, 'POST', `door/matters/${id}/actions/stop`, {}, (await ask(p, 'GET', `door/matters/${id}`)).version);
      assert.equal(state, 'concluded');
      const { parties } = await ask(clerk, 'GET', `matters/${id}`);
      assert.deepEqual(parties.map((x) => Boolean(x.left_at)), [false, true]);
    },
  },
];
