/* A browser and what journeys do with it. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PASSWORD } from './program.mjs';

const web = createRequire(new URL('../../../web/package.json', import.meta.url));
const { chromium } = web('playwright-core');
const axe = readFileSync(web.resolve('axe-core/axe.min.js'), 'utf8');
const quiet = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** A refusal that a journey provokes is no fault of the page. */
const provoked = /Failed to load resource: the server responded with a status of (401|403|404|409|412|422|429)/;

export async function open(pictures) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: quiet });
  if (pictures) mkdirSync(pictures, { recursive: true });
  return { ground: (url) => ground(browser, url, pictures), close: () => browser.close() };
}

function ground(browser, url, pictures) {
  const contexts = [];
  const complaints = [];
  let last = null;

  async function page({ width = 1440, height = 900, scale = 1 } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
    context.setDefaultTimeout(8000);
    contexts.push(context);
    const p = await context.newPage();
    last = p;
    p.on('pageerror', (e) => complaints.push(`error in the page: ${e}`));
    p.on('console', (m) => {
      if ((m.type() === 'error' || m.type() === 'warning') && !provoked.test(m.text())) complaints.push(`console: ${m.text()}`);
    });
    p.on('request', (r) => {
      if (!r.url().startsWith(url) && !/^(data|blob|about):/.test(r.url())) complaints.push(`asked another host: ${r.url()}`);
    });
    return p;
  }
  const goto = async (p, address) => {
    await p.goto('about:blank');
    await p.goto(url + address);
    await quietNow(p);
  };
  async function quietNow(p) {
    await p.waitForLoadState('load');
    await p.waitForFunction(() => document.querySelector('h1') && !document.querySelector('.box-loading'));
  }
  async function signIn(p, login, password = PASSWORD) {
    await goto(p, '/#/sign-in');
    await p.fill('#login', login);
    await p.fill('#password', password);
    await p.keyboard.press('Enter');
    await p.waitForSelector('.desk-top');
    await quietNow(p);
  }
  /** As a resident: the code is read from the demo's outbox. */
  async function signInDoor(p, phone) {
    await goto(p, '/door/#/sign-in');
    await p.fill('#phone', phone);
    await p.click('button[type=submit]');
    await p.waitForSelector('#code');
    const box = await (await p.request.get(`${url}/api/v1/demo/outbox`)).json();
    const message = box.items.find((m) => m.template === 'code' && m.to.endsWith(phone.slice(-4)));
    await p.fill('#code', /\b\d{4,8}\b/.exec(message.body)[0]);
    await p.click('button[type=submit]');
    await p.waitForFunction(() => !location.hash.startsWith('#/sign-in'));
    await quietNow(p);
  }
  /** No violation that axe knows of, and nothing that runs out of the window. */
  async function sound(p, what) {
    // Half faded in, everything is pale.
    await p.waitForFunction(() => document.getAnimations().every((a) => a.playState !== 'running' || a.effect?.getTiming().iterations === Infinity));
    await p.evaluate(axe);
    const found = await p.evaluate(async () => {
      const r = await globalThis.axe.run(document, { resultTypes: ['violations'] });
      return r.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')}`);
    });
    assert.deepEqual(found, [], `${what}: axe`);
    const over = await p.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${what}: ${over} px too wide`);
  }
  async function picture(name, p = last) {
    if (pictures && p && !p.isClosed()) await p.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  }
  return {
    page, goto, quietNow, signIn, signInDoor, sound, picture, url,
    async settle() {
      assert.deepEqual(complaints, [], 'the pages complained');
    },
    close: () => Promise.all(contexts.map((c) => c.close())),
  };
}
