/* The program under test: a fresh demo city, served on a free port. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PASSWORD = 'fengqiao-2026';

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

async function ready(url, child) {
  for (let i = 0; i < 100; i++) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}`);
    if (await fetch(`${url}/readyz`).then((r) => r.ok, () => false)) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error('the program is not ready after ten seconds');
}

/** A fresh demo city, served; more: settings as "name=value". */
export async function startProgram(path, more = []) {
  if (!existsSync(path)) throw new Error(`no program at ${path}: build it first`);
  const folder = mkdtempSync(join(tmpdir(), 'fengqiao-e2e-'));
  /* Sixty journeys come from one address; what it may ask a minute has a story of its own. */
  const sets = ['--set', `data=${join(folder, 'data')}`, '--set', 'log=error', '--set', 'code_rate=1000', ...more.flatMap((one) => ['--set', one])];
  execFileSync(path, ['demo', ...sets], { stdio: 'ignore', timeout: 120_000 });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(path, ['serve', ...sets, '--set', 'demo=true', '--set', `desk=127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  await ready(url, child);
  const description = await (await fetch(`${url}/api/v1/openapi.json`)).json();
  return {
    url,
    description,
    /** "POST /api/v1/door/code" */
    offers(address) {
      const [method, at] = address.split(' ');
      return Boolean(description.paths[at]?.[method.toLowerCase()]);
    },
    async stop() {
      child.kill('SIGTERM');
      await Promise.race([once(child, 'exit'), new Promise((next) => setTimeout(next, 8000))]);
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
