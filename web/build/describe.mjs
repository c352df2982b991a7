/* Writes docs/openapi.json as the program describes itself, one line a member so
 * that a change can be read. Then: npm run types. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const program = process.argv[2] ?? here('../../build/src/main/fengqiao');
const told = execFileSync(program, ['openapi'], { maxBuffer: 64 << 20 });
writeFileSync(here('../../docs/openapi.json'), `${JSON.stringify(JSON.parse(told), null, 1)}\n`);
