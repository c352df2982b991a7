import assert from 'node:assert/strict';

/* Papers of a matter: listed, opened as a page that prints, saved as PDF; the code
 * on one opens in any browser. */
const part = 'section:has(> h2:text-is("文书"))';
const small = { width: 390, height: 844 };

const site = (p) => new URL(p.url()).origin;

async function file(p, body) {
  const me = await (await p.request.get(site(p) + '/api/v1/session')).json();
  const reply = await p.request.post(site(p) + '/api/v1/matters', { data: body, headers: { 'X-CSRF': me.csrf } });
  assert.equal(reply.status(), 201, await reply.text());
  return reply.json();
}
const dispute = {
  kind: 'dispute', type: '2', title: '楼上漏水损坏天花板和家具', story: '楼上卫生间漏水两个月，楼下天花板发霉脱落。',
  parties: [
    { role: 'applicant', name: '周玉珍', phone: '19900000201', address: '佛山市南海区桂城街道叠南社区三巷1号' },
    { role: 'respondent', name: '𠮷㐂䶮', phone: '13900001111', address: '佛山市南海区桂城街道叠北社区五巷2号' },
  ],
  claims: [{ text: '修好防水' }, { text: '赔偿天花板和家具损失', amount: 128050 }],
};

/** Labels of four characters that do not stand in one line. */
function brokenLabels() {
  const lines = (cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
  };
  return [...document.querySelectorAll('tbody th')].filter((th) => th.textContent.length <= 4 && lines(th) > 1).map((th) => th.textContent);
}

export default [
  {
    name: 'the desk lists them, opens one as a page, saves one as PDF, checks its code',
    needs: ['GET /api/v1/matters/{id}/papers'],
    async run({ page, goto, signIn, sound, picture }) {
      const p = await page();
      await signIn(p, 'clerk.guicheng');
      const m = await file(p, dispute);
      await goto(p, `/#/matters/${m.id}`);
      await p.waitForSelector(`${part} li`);
      assert.match(await p.textContent(part), /登记回执.*人民调解受理登记表/s);
      await sound(p, 'papers');
      await p.locator(part).scrollIntoViewIfNeeded();
      await picture('papers-desk', p);
      const [paper] = await Promise.all([p.waitForEvent('popup'), p.click(`${part} li:has-text("登记回执") a:text-is("打开") >> nth=1`)]);
      await paper.waitForLoadState();
      assert.equal(await paper.textContent('h1'), '登记回执');
      assert.match(await paper.textContent('article'), /申请人联/);
      assert.equal(await paper.evaluate(() => getComputedStyle(document.querySelector('td')).borderTopStyle), 'solid', 'the stylesheet is let in');
      await sound(paper, 'print page');
      await picture('papers-page', paper);
      const [pdf] = await Promise.all([p.waitForEvent('download'), p.click(`${part} li:has-text("登记回执") a:text-is("PDF") >> nth=0`)]);
      assert.equal(pdf.suggestedFilename(), '登记回执.pdf');
      await p.click(`${part} li:has-text("登记回执") button >> nth=0`);
      await p.waitForFunction(() => document.querySelector('iframe')?.contentDocument?.querySelector('h1')?.textContent === '登记回执');

      const receipt = await (await p.request.get(site(p) + `/api/v1/matters/${m.id}/receipt`)).json();
      const phone = await page(small);
      await phone.goto('about:blank');
      await phone.goto(`${site(p)}/verify?number=${m.number}&hash=${receipt.hash}`);
      assert.match(await phone.textContent('h1'), /真实/);
      assert.doesNotMatch(await phone.textContent('body'), /漏水|周玉珍/);
      await sound(phone, 'verify');
      await picture('papers-verify', phone);
    },
  },
  {
    name: 'every paper, blank, as a page on paper and on a telephone',
    needs: ['GET /api/v1/papers'],
    async run({ page, goto, signIn, sound, picture }) {
      const p = await page();
      const phone = await page(small);
      await signIn(p, 'clerk.guicheng');
      await signIn(phone, 'clerk.guicheng');
      const { items } = await (await p.request.get(site(p) + '/api/v1/papers')).json();
      assert.equal(items.length, 11);
      for (const { slug, zh, path } of items) {
        await goto(p, path);
        assert.equal(await p.textContent('h1'), zh);
        await sound(p, slug);
        await picture(`blank-${slug}`, p);
        if (!['closing', 'registration', 'refusal'].includes(slug)) continue;
        await goto(phone, path);
        await picture(`blank-${slug}-390`, phone);
        assert.deepEqual(await phone.evaluate(brokenLabels), [], `${slug}: labels in one line on a telephone`);
      }
    },
  },
  {
    name: 'the door shows a party its own receipt',
    needs: ['GET /api/v1/door/matters/{id}/papers'],
    async run({ page, goto, signInDoor, sound, picture }) {
      const p = await page(small);
      await signInDoor(p, '19900000201');
      const { items } = await (await p.request.get(site(p) + '/api/v1/door/matters')).json();
      await goto(p, `/door/#/mine/${items[0].id}`);
      await p.waitForSelector(`${part} li`);
      assert.match(await p.textContent(part), /登记回执/);
      assert.doesNotMatch(await p.textContent(part), /转办单|登记表/);
      await sound(p, 'papers at the door');
      await p.locator(part).scrollIntoViewIfNeeded();
      await picture('papers-door', p);
    },
  },
];
