import assert from 'node:assert/strict';

/* Who is told reads it: the bell, the list, the settings; a task is made in a matter,
 * ticked and done; a resident reads the messages at the door. */
const small = { width: 390, height: 844 };
const site = (p) => new URL(p.url()).origin;

async function change(p, method, path, data, version) {
  const me = await (await p.request.get(site(p) + '/api/v1/session')).json();
  const headers = { 'X-CSRF': me.csrf, ...(version ? { 'If-Match': `"v${version}"` } : {}) };
  const reply = await p.request.fetch(site(p) + '/api/v1' + path, { method, data, headers });
  assert.ok(reply.ok(), `${path}: ${reply.status()} ${await reply.text()}`);
  return reply.status() === 204 ? null : reply.json();
}
const dispute = {
  kind: 'dispute', type: '2', title: '楼上漏水', story: '天花发霉', danger: true,
  parties: [
    { role: 'applicant', name: '周玉珍', phone: '19900000201', channel: 'sms' },
    { role: 'respondent', name: '谢秉谦' },
  ],
};

export default [
  {
    name: 'the bell rings, the list is read, the settings are kept',
    needs: ['GET /api/v1/notices'],
    async run({ page, goto, signIn, sound, picture }) {
      const grid = await page();
      await signIn(grid, 'grid.guicheng');
      const p = await page();
      await signIn(p, 'clerk.guicheng');
      await goto(p, '/#/work');
      const before = Number(/\d+/.exec(await p.getAttribute('a.bell', 'aria-label'))?.[0] ?? 0);
      const m = await change(grid, 'POST', '/matters', dispute);
      await p.waitForFunction((n) => Number(/\d+/.exec(document.querySelector('a.bell')?.getAttribute('aria-label') ?? '0')[0]) > n, before, { timeout: 20000 });
      await p.click('a.bell');
      const line = `.notice-list li:has-text("${m.number}")`;
      await p.waitForSelector(line);
      assert.match(await p.textContent(line), /风险/);
      assert.doesNotMatch(await p.textContent('.notice-list'), /漏水|周玉珍/);
      await sound(p, 'notices');
      await picture('notices-desk', p);
      await p.click(`${line} a`);
      await p.waitForSelector(`.matter-number:has-text("${m.number}")`);
      await goto(p, '/#/notices');
      await p.click('button:has-text("全部标为已读")');
      await p.waitForFunction(() => !document.querySelector('.notice-new'));
      await goto(p, '/#/notices/settings');
      await p.waitForSelector('.notice-choice');
      await sound(p, 'notice settings');
      await picture('notices-settings', p);
      await p.fill('.notice-times input >> nth=0', '22:15');
      await p.click('button:has-text("保存")');
      await p.waitForSelector('.notice-said:has-text("已保存")');
      await p.reload();
      await p.waitForSelector('.notice-choice');
      assert.equal(await p.inputValue('.notice-times input >> nth=0'), '22:15');
      await p.setViewportSize(small);
      await sound(p, 'notice settings, phone');
      await picture('notices-settings-phone', p);
      await goto(p, '/#/notices');
      await p.waitForSelector('.notice-list');
      await picture('notices-phone', p);
    },
  },
  {
    name: 'a task of a matter is made, ticked and done',
    needs: ['POST /api/v1/matters/{id}/tasks'],
    async run({ page, goto, signIn, sound, picture }) {
      const p = await page();
      await signIn(p, 'clerk.guicheng');
      const m = await change(p, 'POST', '/matters', { ...dispute, danger: false });
      await change(p, 'POST', `/matters/${m.id}/tasks`, { title: '看现场', due: new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10), items: ['量墙', '拍照'] });
      await goto(p, `/#/matters/${m.id}`);
      const part = 'section[aria-label="任务"]';
      await p.waitForSelector(`${part} a:has-text("看现场")`);
      await p.locator(part).scrollIntoViewIfNeeded();
      await sound(p, 'tasks of a matter');
      await picture('tasks-matter', p);
      await p.click(`${part} button:has-text("新任务")`);
      await p.fill('.el-dialog input >> nth=0', '打电话给对方');
      await picture('tasks-form', p);
      await p.click('.el-dialog button:has-text("保存")');
      await p.waitForSelector(`${part} a:has-text("打电话给对方")`);
      await goto(p, '/#/tasks');
      await p.waitForSelector('a:has-text("看现场")');
      await sound(p, 'tasks');
      await picture('tasks-desk', p);
      await p.click('a:has-text("看现场") >> nth=0');
      await p.check('.task-items input >> nth=0');
      await p.waitForSelector('.task-ticked:has-text("量墙")');
      await sound(p, 'one task');
      await picture('tasks-one', p);
      await p.setViewportSize(small);
      await picture('tasks-one-phone', p);
      await p.click('button:has-text("完成")');
      await p.waitForSelector('.tag:has-text("已完成")');
      await goto(p, '/#/tasks');
      await p.waitForSelector('a:has-text("打电话给对方")');
      assert.doesNotMatch(await p.textContent('main'), /看现场/);
      await sound(p, 'tasks, phone');
      await picture('tasks-phone', p);
      await goto(p, '/#/work');
      await p.waitForSelector('a.bucket:has-text("待办任务")');
      await picture('tasks-work-phone', p);
    },
  },
  {
    name: 'a resident reads the messages at the door',
    needs: ['GET /api/v1/notices'],
    async run({ page, goto, signIn, signInDoor, sound, picture }) {
      const staff = await page();
      await signIn(staff, 'clerk.guicheng');
      const m = await change(staff, 'POST', '/matters', { ...dispute, danger: false });
      const p = await page(small);
      await signInDoor(p, '19900000201');
      await change(p, 'POST', '/door/links', { number: m.number, pin: m.pin });
      await change(staff, 'POST', `/matters/${m.id}/actions/accept`, {}, 1);
      await staff.waitForTimeout(3000);
      await goto(p, '/door.html#/notices');
      await p.waitForSelector(`.notice-list li:has-text("${m.number}")`, { timeout: 20000 });
      await sound(p, 'messages');
      await picture('notices-door', p);
      await p.click('summary');
      await p.waitForSelector('.notice-choice');
      await sound(p, 'settings at the door');
      await picture('notices-door-settings', p);
      await p.click(`.notice-list li:has-text("${m.number}") a`);
      await p.waitForFunction((n) => document.body.textContent.includes(n), m.number);
    },
  },
];
