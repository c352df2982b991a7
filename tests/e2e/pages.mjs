import assert from 'node:assert/strict';

/* Every page as somebody who may see it, looked at by axe: wide, on a telephone,
 * and at twice the size (half as many pixels). */
const desk = [
  ['dispatcher.guicheng', ['/work', '/matters', '/matters?q=没有这样的事项', '/matters/new', '/matters/1', '/imports', '/exports', '/admin/tokens', '/admin/tokens/new', '/me', '/password', '/nowhere']],
  ['secadmin', ['/work', '/admin/accounts', '/admin/accounts/new', '/admin/posts', '/admin/posts/new']],
  ['sysadmin', ['/work', '/admin/orgs', '/admin/orgs/new', '/admin/areas', '/admin/rules']],
  ['audit', ['/admin/journal', '/admin/accounts']],
  ['leader.foshan', ['/work', '/matters', '/work-statistics']],
  ['leader.nanhai', ['/work-statistics', '/statistics']],
];
const sizes = [
  { name: 'wide', width: 1440, height: 900 },
  { name: 'double', width: 720, height: 450, scale: 2 },
  { name: 'phone', width: 390, height: 844 },
];
const slug = (text) => text.replace(/[^\w]+/g, '-').replace(/^-/, '');

const pages = sizes.flatMap((size) =>
  desk.map(([login, list]) => ({
    name: `pages of ${login}, ${size.name}`,
    async run({ page, goto, signIn, sound, picture }) {
      const p = await page(size);
      await signIn(p, login);
      for (const address of list) {
        await goto(p, `/#${address}`);
        assert.ok(await p.textContent('h1'), address);
        await sound(p, address);
        await picture(`${login}-${slug(address)}-${size.name}`, p);
      }
    },
  })),
);

const matter = sizes.map((size) => ({
  name: `one matter, ${size.name}`,
  async run({ page, goto, signIn, quietNow, sound, picture }) {
    const p = await page(size);
    await signIn(p, 'dispatcher.guicheng');
    await goto(p, '/#/matters');
    const links = await p.locator('a[data-row]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    assert.ok(links.length > 3, 'the demo has matters');
    for (const [i, at] of links.slice(0, 4).entries()) {
      await goto(p, `/${at}`);
      await quietNow(p);
      await sound(p, at);
      await picture(`matter-${i}-${size.name}`, p);
    }
    if (size.name === 'phone') {
      await p.click('.menu-button');
      await sound(p, 'menu');
      await picture('menu-phone', p);
    }
  },
}));

export default [...pages, ...matter];
