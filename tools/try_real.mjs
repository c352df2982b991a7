// try_real FILE - real letters through the program as a town would see them.
//
// Loads the demo city into a fresh data directory, imports FILE (a CSV, TSV or
// XLSX ledger, .gz unpacked here) twice as 12345 requests, searches it by words of
// two characters and compares with a plain scan of the file, asks for hints, and takes
// every letter to its end through the interface, on the roads of try_roads.mjs (--close N:
// only N of them). Nothing of the file is kept.
//
//   node tools/try_real.mjs FILE [--database URL] [--close N] [--ask N] [--show 0]
//
// Also asks for the doubles of every letter and compares with each against each;
// --ask N asks for N of them only, --show N prints N of the pairs, to be judged by eye.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { prepare, roadOf, walk } from './try_roads.mjs';

const args = process.argv.slice(2);
const option = (name, preset) => (args.includes(name) ? args[args.indexOf(name) + 1] : preset);
const file = args[0];
const binary = option('--binary', 'build/src/main/fengqiao');
if (!file) {
  console.error('usage: node tools/try_real.mjs FILE [--database URL] [--close N]');
  process.exit(2);
}

let passed = 0, failed = 0;
function ok(good, what) {
  console.log(`${good ? 'ok' : 'not ok'} - ${what}`);
  good ? passed++ : failed++;
}

const dir = mkdtempSync(join(tmpdir(), 'fengqiao-try-'));
const ledger = join(dir, 'ledger');
const bytes = readFileSync(file);
writeFileSync(ledger, file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
const sets = ['--set', `data=${dir}/data`, '--set', 'demo=true', '--set', 'login_rate=1000', '--set', 'rate_factor=1000'];
if (option('--database')) sets.push('--set', `database=${option('--database')}`);
const run = (...a) => execFileSync(binary, [...a, ...sets], { encoding: 'utf8', maxBuffer: 1 << 28 });

const freePort = () =>
  new Promise((done) => {
    const s = createServer().listen(0, '127.0.0.1', () => {
      const { port } = s.address();
      s.close(() => done(port));
    });
  });

// ---- the ledger, in and again ----
const summary = (text) => JSON.parse(text.split('\n').find((l) => l.startsWith('{"rows"')));
function importTwice() {
  const how = ['import', ledger, '--as', 'clerk.guicheng', '--ledger', '12345', '--source', 'hotline'];
  let began = Date.now();
  const first = summary(run(...how));
  console.log(`# ${first.rows} rows in ${(Date.now() - began) / 1000} s`);
  ok(first.rows > 0 && first.filed + first.bad === first.rows, `every row is in or reported (${first.filed} in, ${first.bad} reported)`);
  began = Date.now();
  const second = summary(run(...how));
  console.log(`# again in ${(Date.now() - began) / 1000} s`);
  ok(second.filed === 0 && second.same === first.filed, 'the second import changes nothing');
  return first;
}

// ---- talking to it ----
class Person {
  constructor(base) { this.base = base; }
  async send(method, path, body, version) {
    const headers = { 'accept-language': 'zh-CN' };
    if (this.cookie) headers.cookie = this.cookie;
    if (this.csrf) headers['x-csrf'] = this.csrf;
    if (version) headers['if-match'] = `"v${version}"`;
    if (body) headers['content-type'] = 'application/json';
    const r = await fetch(this.base + path, { method, headers, body: body && JSON.stringify(body) });
    const set = r.headers.get('set-cookie');
    if (set) this.cookie = set.split(';')[0];
    const text = await r.text();
    const json = text ? JSON.parse(text) : null;
    if (!r.ok) throw new Error(`${method} ${path.split('?')[0]}: ${r.status} ${json?.type} ${json?.field ?? ''}`);
    return json;
  }
  get(path) { return this.send('GET', path); }
  async signIn(login) {
    const s = await this.send('POST', '/api/v1/session', { login, password: 'fengqiao-2026' });
    this.csrf = s.csrf;
    return this;
  }
}

// ---- words of two characters, against a plain scan ----
function plainRows() {
  const [head, ...rows] = readFileSync(ledger, 'utf8').split(/\r?\n/).filter(Boolean);
  const sep = head.includes('\t') ? '\t' : ',';
  const names = head.split(sep).map((s) => s.trim().toLowerCase());
  const title = names.indexOf('title'), body = names.indexOf('body');
  return rows.map((l) => l.split(sep)).map((c) => `${c[title] ?? ''} ${c[body] ?? ''}`);
}
function someWords(texts) {
  const seen = new Map();
  for (const t of texts)
    for (const run of t.match(/\p{Script=Han}{2,}/gu) ?? [])
      for (let i = 0; i + 1 < run.length; i++) {
        const w = run.slice(i, i + 2);
        seen.set(w, (seen.get(w) ?? 0) + 1);
      }
  const words = [...seen].filter(([, n]) => n > 4 && n < 900).sort((a, b) => b[1] - a[1]);
  return [0, 40, 400, 1500, 4000].map((i) => words[Math.min(i, words.length - 1)][0]);
}
async function countAll(who, word) {
  let n = 0, after = '';
  do {
    const page = await who.get(`/api/v1/matters?q=${encodeURIComponent(word)}&limit=100${after}`);
    n += page.items.length;
    after = page.next ? `&after=${page.next}` : '';
  } while (after);
  return n;
}
async function searches(clerk) {
  const texts = plainRows();
  for (const [i, w] of someWords(texts).entries()) {
    const want = texts.filter((t) => t.includes(w)).length;
    const began = performance.now();
    await clerk.get(`/api/v1/matters?q=${encodeURIComponent(w)}&limit=20`);
    const ms = performance.now() - began;
    const got = await countAll(clerk, w);
    // the demo's own matters may hold the word as well
    ok(got >= want && got <= want + 60, `word ${i + 1} of two characters: ${got} found, ${want} in the file, first page ${ms.toFixed(1)} ms`);
  }
}

// ---- doubles, against a comparison of each with each ----
const DOUBLE_PERCENT = 60, DOUBLE_MOST = 5, TERMS = 256, CHARS = 4000;
function termsOf(title, story) {
  const found = new Set();
  const add = (term) => found.size < TERMS && found.add(term);
  for (const text of [title, [...story].slice(0, CHARS).join('')]) {
    const folded = text.normalize('NFC').replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
      .replace(/[A-Z]/g, (c) => c.toLowerCase());
    for (const [run] of folded.matchAll(/[\p{Script=Han}\u3041-\u30ff]+|[\p{L}\p{N}]+?(?=[\p{Script=Han}\u3041-\u30ff]|[^\p{L}\p{N}]|$)/gu)) {
      const chars = [...run];
      const han = /[\p{Script=Han}\u3041-\u30ff]/u.test(chars[0]);
      if (!han || chars.length === 1) add(run);
      else for (let i = 0; i + 1 < chars.length; i++) add(chars[i] + chars[i + 1]);
    }
  }
  return [...found];
}
/** For each letter the likenesses of the others that reach the limit, highest first. */
function eachWithEach(letters) {
  const sketches = letters.map((l) => termsOf(l.title, l.story));
  const where = new Map();
  sketches.forEach((terms, i) => terms.forEach((t) => (where.get(t) ?? where.set(t, []).get(t)).push(i)));
  return sketches.map((terms, i) => {
    const both = new Map();
    for (const t of terms) for (const k of where.get(t)) if (k !== i) both.set(k, (both.get(k) ?? 0) + 1);
    return [...both].map(([k, n]) => ({ k, percent: Math.floor((100 * n) / (terms.length + sketches[k].length - n)) }))
      .filter((x) => x.percent >= DOUBLE_PERCENT && terms.length >= 8).sort((a, b) => b.percent - a.percent);
  });
}
async function inTurns(list, width, fn) {
  const out = new Array(list.length);
  let at = 0;
  await Promise.all(Array.from({ length: width }, async () => {
    for (let i = at++; i < list.length; i = at++) out[i] = await fn(list[i]);
  }));
  return out;
}
async function doubles(clerk) {
  const ids = [];
  for (let after = ''; after !== null;) {
    const page = await clerk.get(`/api/v1/matters?limit=100${after}`);
    ids.push(...page.items.map((m) => m.id));
    after = page.next ? `&after=${page.next}` : null;
  }
  const letters = await inTurns(ids, 4, (id) => clerk.get(`/api/v1/matters/${id}`));
  const want = eachWithEach(letters.map((m) => ({ title: m.title, story: m.story ?? '' })));
  const began = performance.now();
  const times = [];
  const most = Number(option('--ask', ids.length));
  const got = await inTurns(ids.slice(0, most), 1, async (id) => {
    const start = performance.now();
    const list = (await clerk.get(`/api/v1/matters/${id}/doubles`)).items.filter((h) => h.percent > 0);
    times.push(performance.now() - start);
    return list;
  });
  times.sort((a, b) => a - b);
  const spell = (list) => list.map((x) => x.percent).sort((a, b) => b - a).slice(0, DOUBLE_MOST).join(' ');
  const wrong = ids.slice(0, most).filter((_, i) => spell(got[i]) !== spell(want[i]));
  const pairs = want.flatMap((list, i) => list.filter((x) => x.k > i).map((x) => ({ i, ...x })));
  const from = (p) => pairs.filter((x) => x.percent >= p).length;
  console.log(`# doubles of ${got.length} in ${((performance.now() - began) / 1000).toFixed(1)} s: median ${times[times.length >> 1].toFixed(1)} ms, 99 % ${times[Math.floor(times.length * 0.99)].toFixed(1)} ms`);
  console.log(`# pairs alike from 60 %: ${from(60)}, from 70 %: ${from(70)}, from 80 %: ${from(80)}, from 90 %: ${from(90)}; letters with a double: ${want.filter((l) => l.length).length}`);
  ok(!wrong.length && pairs.length > 0, `the hints are those of each against each (${wrong.length} differ)`);
  for (let n = 0; n < Number(option('--show', 0)); n++) {
    const x = pairs[Math.floor((n * pairs.length) / Number(option('--show', 0)))];
    for (const k of [x.i, x.k]) console.log(`# ${x.percent} % | ${letters[k].title} | ${(letters[k].story ?? '').slice(0, 70)}`);
  }
}

// ---- each letter along its road, to its end ----
async function lettersOf(clerk) {
  const ids = [];
  for (let after = ''; after !== null;) {
    const page = await clerk.get(`/api/v1/work/items?bucket=to_accept&limit=100${after}`);
    ids.push(...page.items.filter((i) => i.kind === 'request').map((i) => i.matter));
    after = page.next ? `&after=${page.next}` : null;
  }
  return ids;
}
async function toTheEnd(p, filed) {
  const all = await lettersOf(p.clerk);
  const ids = all.slice(0, Number(option('--close', all.length)));
  await prepare(p);
  const ends = new Map(), wrong = [];
  const began = Date.now();
  await inTurns(ids.map((id, i) => [id, roadOf(i)]), 4, async ([id, road]) => {
    const end = await walk(p, id, road).catch((e) => e.message);
    if (end !== road.end) wrong.push(`${road.name}: ${end.replace(/\d{6,}/, '…')}`);
    ends.set(end, (ends.get(end) ?? 0) + 1);
  });
  const seconds = (Date.now() - began) / 1000;
  console.log(`# ${p.sent} actions of ${p.steps.size} kinds in ${seconds} s, ${(p.sent / seconds).toFixed(0)} a second with 4 at a time`);
  console.log(`# ended: ${[...ends].map(([k, n]) => `${k} ${n}`).join(', ')}`);
  for (const w of new Set(wrong)) console.log(`# ${w}`);
  ok(!wrong.length && ids.length > 0, `${ids.length} letters each came to the end of its road`);
  const left = (await lettersOf(p.clerk)).filter((id) => ids.includes(id));
  ok(!left.length && (option('--close') || ids.length >= filed), `none of them waits to be accepted, ${ids.length} of ${filed} gone through`);
}
/** Every badge is the length of its list. */
async function badges(p) {
  const wrong = [];
  for (const who of ['clerk', 'dispatcher', 'handler', 'police', 'above'])
    for (const b of (await p[who].get('/api/v1/work')).items.filter((x) => x.bucket !== 'tasks')) {
      let n = 0, after = '';
      do {
        const page = await p[who].get(`/api/v1/work/items?bucket=${b.bucket}&mine=${b.mine}&limit=100${after}`);
        n += page.items.length;
        after = page.next ? `&after=${page.next}` : '';
      } while (after);
      if (n !== b.count) wrong.push(`${who} ${b.bucket}: ${b.count} told, ${n} there`);
    }
  for (const w of wrong) console.log(`# ${w}`);
  ok(!wrong.length, 'every badge is as long as its list');
}

async function main() {
  run('demo');
  const first = importTwice();
  const port = await freePort();
  const server = spawn(binary, ['serve', ...sets, '--set', `desk=127.0.0.1:${port}`, '--set', 'log=warn'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const base = `http://127.0.0.1:${port}`;
  try {
    for (let i = 0; i < 100; i++) {
      if (await fetch(`${base}/readyz`).then((r) => r.ok, () => false)) break;
      await new Promise((r) => setTimeout(r, 100));
    }
    const p = {
      clerk: await new Person(base).signIn('clerk.guicheng'),
      dispatcher: await new Person(base).signIn('dispatcher.guicheng'),
      handler: await new Person(base).signIn('head.guicheng'),
      above: await new Person(base).signIn('head.nanhai'),
      police: await new Person(base).signIn('handler.police.guicheng'),
    };
    const session = await p.handler.get('/api/v1/session');
    const work = await p.clerk.get('/api/v1/work');
    const waiting = work.items.find((b) => b.bucket === 'to_accept')?.count ?? 0;
    ok(waiting >= first.filed, `${waiting} wait to be accepted`);
    await searches(p.clerk);
    await doubles(p.clerk);
    p.own = session.posts.find((x) => x.id === session.post)?.org.name;
    await toTheEnd(p, first.filed);
    await badges(p);
  } finally {
    server.kill('SIGTERM');
    await new Promise((r) => server.on('exit', r));
  }
  const verified = run('verify');
  ok(/whole/.test(verified), verified.trim().split('\n').pop());
  const checked = run('check');
  ok(/: 0 worklists, 0 badges/.test(checked), checked.trim().split('\n').pop());
}

try {
  await main();
} catch (e) {
  ok(false, e.message);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
