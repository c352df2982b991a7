/* Journeys through the pages in a real browser, against the real program with
 * the demo city in a directory of its own.
 *
 *     node tests/e2e/run.mjs [--program PATH] [--pictures DIR] [NAME]
 *
 * Prints one line a journey and "N passed, N failed". A journey that needs an
 * address this program does not have is told as such and is not counted. */
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { open } from './lib/browser.mjs';
import { startProgram } from './lib/program.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const { values, positionals } = parseArgs({
  options: {
    program: { type: 'string', default: fileURLToPath(new URL('../../build/src/main/fengqiao', import.meta.url)) },
    pictures: { type: 'string', default: '' },
  },
  allowPositionals: true,
});
const wanted = positionals[0] ?? '';

const files = readdirSync(here).filter((f) => f.endsWith('.mjs') && f !== 'run.mjs').sort();
const journeys = [];
for (const file of files) {
  const { default: list } = await import(`./${file}`);
  for (const j of list) journeys.push({ ...j, name: `${basename(file, '.mjs')}: ${j.name}` });
}

const program = await startProgram(values.program);
const browser = await open(values.pictures);
let passed = 0;
let failed = 0;
let absent = 0;
try {
  for (const j of journeys.filter((x) => x.name.includes(wanted))) {
    const missing = (j.needs ?? []).filter((address) => !program.offers(address));
    if (missing.length) {
      absent++;
      console.log(`not offered  ${j.name} (${missing.join(', ')})`);
      continue;
    }
    const began = Date.now();
    const ground = browser.ground(program.url);
    const others = [];
    /** A program of the journey's own, with other settings. */
    const elsewhere = async (...sets) => {
      const other = await startProgram(values.program, sets);
      const there = { ...browser.ground(other.url), program: other };
      others.push(there);
      return there;
    };
    try {
      await j.run({ ...ground, program, elsewhere });
      for (const one of [ground, ...others]) await one.settle();
      passed++;
      console.log(`ok           ${j.name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    } catch (cause) {
      failed++;
      console.log(`FAILED       ${j.name}\n${String(cause?.message ?? cause).replace(/^/gm, '    ')}`);
      await ground.picture(`failed-${failed}`);
    } finally {
      for (const one of [ground, ...others]) await one.close();
      for (const one of others) await one.program.stop();
    }
  }
} finally {
  await browser.close();
  await program.stop();
}
console.log(`${passed} passed, ${failed} failed${absent ? ` (${absent} not offered by this program)` : ''}`);
process.exit(failed || !passed ? 1 : 0);
