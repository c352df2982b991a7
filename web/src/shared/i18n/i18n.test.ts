import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from './en';
import { zh } from './zh';

const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

function files(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory() ? files(join(dir, e.name)) : /\.(vue|ts)$/.test(e.name) && !/\.test\.ts$/.test(e.name) ? [join(dir, e.name)] : [],
  );
}
const root = join(__dirname, '../..');
const code = files(root)
  .filter((f) => !/i18n\/(zh|en)(-desk)?\.ts$/.test(f))
  .map((f) => ({ f, text: readFileSync(f, 'utf8') }));

describe('texts', () => {
  it('exist in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    for (const [key, text] of [...Object.entries(zh), ...Object.entries(en)]) expect(text.trim(), key).not.toBe('');
  });
  it('have the same holes in both', () => {
    for (const key of Object.keys(zh) as (keyof typeof zh)[]) expect(holes(en[key]), key).toEqual(holes(zh[key]));
  });
  it('are in the right language', () => {
    for (const [key, text] of Object.entries(en)) expect(/[\u4e00-\u9fff]/.test(text), key).toBe(false);
    for (const [key, text] of Object.entries(zh)) expect(/[\u4e00-\u9fff]/.test(text), key).toBe(true);
  });
  it('are all used', () => {
    const all = code.map((c) => c.text).join('\n');
    const families = [...all.matchAll(/`(\w+)\.\$\{/g)].map((m) => m[1]);
    const unused = Object.keys(zh).filter((key) => !all.includes(`'${key}'`) && !families.includes(key.split('.')[0]));
    expect(unused).toEqual([]);
  });
  it('stand nowhere but here', () => {
    const allowed = /LangSwitch\.vue$/;
    const found = code.filter((c) => !allowed.test(c.f)).flatMap((c) =>
      c.text.split('\n').filter((line) => /[\u4e00-\u9fff]/.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line) && !/replace\(/.test(line)).map((line) => `${c.f}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });
});
