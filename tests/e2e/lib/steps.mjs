/* Steps that several journeys take. */
import { createHmac } from 'node:crypto';

/** What a form's field is called in the page. */
export const field = (name) => `[data-field="${name}"]`;

export async function choose(page, name, words) {
  await page.click(`${field(name)} .el-select`);
  await page.click(`.el-select-dropdown__item:visible >> text="${words}"`);
}
/** Presses the button of exactly that name in a page or a part of it. */
export const press = (scope, name) => scope.getByRole('button', { name, exact: true }).click();
/** Opens the dialog of an action; its form's own button has the same name. */
export async function act(page, action, fill = async () => undefined) {
  await press(page.locator('.action-bar'), action);
  await page.waitForSelector('.el-dialog .record-form');
  await fill();
  await send(page);
}
/** Sends the form of the open dialog, which then closes. */
export async function send(page) {
  await page.click('.el-dialog:visible .form-buttons button >> nth=0');
  await page.waitForSelector('.el-dialog', { state: 'hidden' });
}
/** Asks the program itself as whoever is signed in on the page. */
export async function ask(page, method, path, body, version) {
  const api = `${new URL(page.url()).origin}/api/v1/`;
  const { csrf } = await (await page.request.get(`${api}session`)).json();
  const answer = await page.request.fetch(api + path, {
    method, headers: { 'X-CSRF': csrf, ...(version ? { 'If-Match': `"v${version}"` } : {}) }, ...(body ? { data: body } : {}),
  });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}

/** The code of a second factor (RFC 6238: SHA-1, six digits, thirty seconds). */
export function totp(secret, now = Date.now()) {
  const bits = [...secret.replace(/=+$/, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const mac = createHmac('sha1', key).update(step).digest();
  const from = mac[19] & 15;
  return String((mac.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Hands an accepted matter to the body of that name; asked of the program, not of the pages. */
export async function assignTo(p, id, body, version = 2) {
  const { items } = await ask(p, 'GET', `orgs?q=${encodeURIComponent(body)}`);
  return ask(p, 'POST', `matters/${id}/actions/assign`, { org: items[0].id }, version);
}
