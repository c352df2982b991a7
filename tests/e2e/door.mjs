import assert from 'node:assert/strict';
import { ask, press } from './lib/steps.mjs';

const phone = '19900000201';
const field = (name) => `[data-field="${name}"]`;
const seen = (text) => `button:has-text("${text}"):visible`;
const needs = ['POST /api/v1/door/code', 'GET /api/v1/demo/outbox', 'GET /api/v1/areas'];
const small = { width: 390, height: 844 };

async function fileMatter(p, goto, title) {
  await goto(p, '/door/#/file');
  await p.fill(`${field('title')} input`, title);
  await p.fill(`${field('story')} textarea`, '退租后房东不退押金，已经要了三次。');
  await p.click(seen('下一步'));
  await p.waitForSelector(`${field('place')} input:visible`);
  await p.click(`${field('area')} .picker-open`);
  await p.fill(`${field('area')} .picker-search`, '夏西');
  await p.click(`${field('area')} .picker-pick:has-text("夏西")`);
  await p.fill(`${field('place')} input`, '桂城街道某小区');
  await p.click(seen('下一步'));
  await p.waitForSelector(`${field('parties[0].name')} input:visible`);
  await p.fill(`${field('parties[0].name')} input`, '周玉珍');
  await p.fill(`${field('parties[1].name')} input`, '王房东');
  await p.click(seen('下一步'));
  await p.click(seen('添加请求'));
  await p.fill(`${field('claims[0].text')} input, ${field('claims[0].text')} textarea`, '退还押金');
  await p.fill(`${field('claims[0].amount')} input`, '3000');
  await p.click(seen('提交'));
  await p.waitForSelector('.receipt-facts');
  const [number, pin] = await p.locator('.receipt-facts dd').allTextContents();
  return { number, pin };
}

export default [
  {
    name: 'pages for guests, also at 320 px and in large type',
    async run({ page, goto, sound, picture }) {
      for (const size of [{ width: 1440, height: 900 }, small, { width: 320, height: 640 }]) {
        const p = await page(size);
        for (const at of ['/', '/sign-in', '/status']) {
          await goto(p, `/door/#${at}`);
          await sound(p, `${at} at ${size.width}`);
          await picture(`door-${at.slice(1) || 'start'}-${size.width}`, p);
        }
        await p.click('button:has-text("大字")');
        await goto(p, '/door/#/');
        assert.equal(await p.getAttribute('html', 'data-type'), 'large');
        await sound(p, `large type at ${size.width}`);
        await picture(`door-large-${size.width}`, p);
      }
    },
  },
  {
    name: 'a resident files, follows it by number and pin, and withdraws',
    needs,
    async run({ page, goto, signInDoor, quietNow, sound, picture }) {
      const p = await page(small);
      await signInDoor(p, phone);
      const { number, pin } = await fileMatter(p, goto, '房东不退押金');
      await sound(p, 'receipt');
      await picture('door-receipt', p);
      const guest = await page(small);
      await goto(guest, '/door/#/status');
      await guest.fill(`${field('number')} input`, number);
      await guest.fill(`${field('pin')} input`, '000000');
      await guest.click(seen('查进度'));
      await guest.waitForSelector('[role=alert], .form-error');
      await guest.fill(`${field('pin')} input`, pin);
      await guest.click(seen('查进度'));
      await guest.waitForSelector('.road');
      assert.match(await guest.textContent('.door-standing'), /已登记/);
      assert.ok(!(await guest.textContent('main')).includes('周玉珍'), 'no names without an account');
      await sound(guest, 'status');
      await picture('door-status-found', guest);
      await goto(p, '/door/#/mine');
      await sound(p, 'my matters');
      await picture('door-mine', p);
      await p.click('a:has-text("房东不退押金")');
      await p.waitForSelector('.door-actions');
      await quietNow(p);
      await p.waitForSelector('section:has(h2:text-is("谁能看")) li:has-text("受理单位")');
      const looked = await p.locator('section:has(h2:text-is("谁看过")) .row-title').allTextContents();
      assert.ok(looked.every((name) => name.trim()), 'nobody who looked is without a name');
      await sound(p, 'one of my matters');
      await picture('door-one', p);
      await p.click('.door-actions button:has-text("撤回")');
      await p.click('.form-buttons button >> nth=0');
      await p.waitForSelector('.door-done');
      assert.match(await p.textContent('.door-standing'), /已撤回/);
    },
  },
  {
    name: 'a party reads what is wanted, brings it, and reads what came of each claim',
    needs,
    async run({ page, goto, signIn, signInDoor, quietNow, sound, picture }) {
      const staff = await page();
      await signIn(staff, 'dispatcher.guicheng');
      const { id, number, pin } = await ask(staff, 'POST', 'matters', {
        kind: 'dispute', type: '2', title: '阳台漏水', story: '楼上阳台漏水，家具发霉。',
        parties: [{ role: 'applicant', name: '周玉珍', phone }, { role: 'respondent', name: '谢秉谦' }],
        claims: [{ text: '修复防水' }, { text: '赔偿家具', amount: 200000 }],
      });
      const move = async (p, name, body) => ask(p, 'POST', `matters/${id}/actions/${name}`, body, (await ask(p, 'GET', `matters/${id}`)).version);
      await move(staff, 'ask_details', { text: '请补充受损家具的照片' });
      const p = await page(small);
      await signInDoor(p, phone);
      await ask(p, 'POST', 'door/links', { number, pin });
      await goto(p, `/door/#/mine/${id}`);
      await p.waitForSelector('.door-wait:has-text("请补充受损家具的照片"):has-text("以前")');
      assert.match(await p.textContent('.door-standing'), /待补正.*补充/s);
      await sound(p, 'details wanted at the door');
      await picture('door-wanted', p);
      await press(p, '补正');
      await p.waitForFunction(() => document.activeElement?.textContent === '补正');
      await p.fill(`${field('text')} textarea`, '照片已交到窗口');
      await press(p, '补正');
      await p.waitForFunction(() => document.activeElement?.classList.contains('door-done'));
      await p.waitForSelector('section[aria-label="告知和答复"] li:has-text("照片已交到窗口")');
      assert.equal(await p.locator('.door-wait').count(), 0);

      await move(staff, 'accept', {});
      const { items } = await ask(staff, 'GET', `orgs?q=${encodeURIComponent('桂城街道人民调解')}`);
      await move(staff, 'assign', { org: items[0].id });
      const m = await page();
      await signIn(m, 'mediator.guicheng');
      await move(m, 'take', { disclosed: true });
      const { claims } = await ask(m, 'GET', `matters/${id}`);
      await move(m, 'conclude', {
        outcomes: [{ claim: claims[0].id, outcome: 'failed' }, { claim: claims[1].id, outcome: 'settled', settled: 150000 }],
        form: 'written', routes: 'court', summary: '赔偿谈成，防水没有谈成', instalments: [{ due_on: '2099-01-31', amount: 150000 }],
      });
      await goto(p, `/door/#/mine/${id}`);
      await p.waitForSelector('section[aria-label="结果"]:has-text("2099-01-31"):has-text("向人民法院起诉")');
      await p.waitForSelector('.claim:has-text("修复防水"):has-text("未达成协议")');
      await p.waitForSelector('.claim:has-text("赔偿家具"):has-text("1,500.00")');
      await quietNow(p);
      await sound(p, 'an outcome at the door');
      await picture('door-outcome', p);
      await goto(m, `/#/matters/${id}`);
      await m.waitForSelector('section[aria-label="结果"]:has-text("2099-01-31")');
    },
  },
  {
    name: 'steps of filing are sound, at 320 px too',
    needs,
    async run({ page, goto, signInDoor, sound, picture }) {
      const p = await page({ width: 320, height: 640 });
      await signInDoor(p, '19900000202');
      await goto(p, '/door/#/file');
      await p.click(seen('下一步'));
      await p.waitForSelector('.form-error:visible');
      await sound(p, 'missing');
      await picture('door-file-missing', p);
      await p.fill(`${field('title')} input`, '测试');
      await p.click(seen('下一步'));
      await sound(p, 'where');
      await p.click(seen('下一步'));
      await sound(p, 'who');
      await picture('door-file-who', p);
      await p.click(seen('上一步'));
      await p.click(seen('上一步'));
      assert.equal(await p.inputValue(`${field('title')} input`), '测试', 'what was typed is kept');
      await goto(p, '/door/#/link');
      await sound(p, 'link');
    },
  },
];
