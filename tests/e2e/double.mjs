import assert from 'node:assert/strict';

/* The same letter twice: hinted at while it is typed and on its page, tied by a person. */

const field = (name) => `[data-field="${name}"]`;
const LETTER = '本人家住虹岭花园七栋，楼上七零三房装修时没有做防水，卫生间的水一直滴到我家客厅，天花板和地板都泡坏了，多次上门协商都没有结果，请求尽快调解处理。';

async function type(page, goto, title, story) {
  await goto(page, '/#/matters/new');
  await page.click(`${field('kind')} .el-radio:has-text("诉求")`);
  await page.fill(`${field('title')} input`, title);
  await page.fill(`${field('story')} textarea`, story);
}
async function send(page) {
  await page.click('.record-form > .form-buttons button');
  await page.waitForSelector('.receipt');
  return page.getAttribute('.receipt a >> nth=0', 'href');
}

export default [
  {
    name: 'a double is hinted at while it is typed, and tied on its page',
    needs: ['POST /api/v1/matters/doubles', 'POST /api/v1/matters/{id}/links'],
    async run({ page, goto, signIn, sound, picture, quietNow }) {
      const p = await page();
      await signIn(p, 'clerk.guicheng');
      await type(p, goto, '虹岭花园楼上漏水', LETTER);
      await send(p);
      await type(p, goto, '虹岭花园七栋楼上漏水没人管', `您好，${LETTER}`);
      await p.waitForSelector('.file-doubles .plain-list li');
      assert.match(await p.textContent('.file-doubles'), /可能重复[\s\S]*虹岭花园楼上漏水[\s\S]*内容相近 \d+ %/);
      await sound(p, 'typing a double');
      await picture('double-typing', p);
      await p.setViewportSize({ width: 390, height: 844 });
      await sound(p, 'typing a double, narrow');
      await picture('double-typing-narrow', p);
      await p.setViewportSize({ width: 1440, height: 900 });
      const second = await send(p);

      await goto(p, `/${second}`);
      await p.waitForSelector('.double-card li');
      await picture('double-matter', p);
      await sound(p, 'a matter with a double');
      await p.click('.double-card button');
      await p.waitForSelector('.el-dialog .record-form');
      assert.match(await p.inputValue(`.el-dialog ${field('number')} input`), /^\d{10,}$/);
      await sound(p, 'the dialog of a link');
      await picture('double-dialog', p);
      await p.click('.el-dialog .form-buttons button >> nth=0');
      await p.waitForSelector('.el-dialog', { state: 'hidden' });
      await p.waitForSelector('.double-card', { state: 'detached' });
      const card = 'section[aria-label="关联事项"]';
      await p.waitForSelector(`${card} li`);
      assert.match(await p.textContent(card), /同一事项[\s\S]*内容相近/);
      await quietNow(p);
      await p.waitForFunction(() => /关联事项/.test(document.querySelector('.timeline')?.textContent ?? ''));
      await picture('double-linked', p);
      await p.setViewportSize({ width: 390, height: 844 });
      await sound(p, 'a linked matter, narrow');
      await picture('double-linked-narrow', p);
      await p.click(`${card} li button`);
      await p.fill(`.el-dialog ${field('reason')} :is(input, textarea)`, '经核对并非同一件');
      await p.click('.el-dialog .form-buttons button >> nth=0');
      await p.waitForSelector(`${card} li`, { state: 'detached' });
    },
  },
];
