import { describe, expect, it } from 'vitest';
import type { Field } from '@/shared/form-model';
import { clockOf, startOf, tieFields } from './matter';

const field = (name: string, more: Partial<Field> = {}): Field => ({
  name, kind: 'text', zh: name, en: name, doc: '', required: false, readonly: false, hidden: false, secret: false, empties: false,
  max: null, min: null, format: '', codelist: '', options: [], sub: [], preset: null, ...more,
});
const m = {
  id: '1', kind: 'dispute',
  claims: [{ id: '11', no: 1, text: '修复', outcome: '' }, { id: '12', no: 2, text: '赔偿', outcome: 'settled' }],
  parties: [{ id: '21', no: 1, name: '张*', left_at: null }],
};
const fields = [field('outcomes', { kind: 'list', sub: [field('claim'), field('outcome')] }), field('summary'), field('party'), field('channel', { preset: 'phone' })];

describe('a form about a matter', () => {
  it('offers its claims and parties instead of keys', () => {
    const [outcomes, , party] = tieFields(fields, m);
    expect(outcomes?.sub[0]).toMatchObject({ kind: 'enum', options: [{ value: '11', zh: '1. 修复', en: '1. 修复' }, { value: '12', zh: '2. 赔偿', en: '2. 赔偿' }] });
    expect(party).toMatchObject({ kind: 'enum', options: [{ value: '21', zh: '1 张*', en: '1 张*' }] });
  });
  it('starts with an entry for each claim that is open', () => {
    expect(startOf(fields, m)).toEqual({ outcomes: [{ claim: '11' }], channel: 'phone' });
  });
});

describe('a clock', () => {
  const now = new Date('2026-11-21T12:00:00+08:00').getTime();
  it('is red when late, yellow when warned, and still when all is over', () => {
    expect(clockOf({ state: 'filed', due_at: '2026-11-21T11:00:00+08:00' }, now).colour).toBe('red');
    expect(clockOf({ state: 'filed', due_at: '2026-11-22T11:00:00+08:00', yellow_at: '2026-11-20T11:00:00+08:00' }, now).colour).toBe('yellow');
    expect(clockOf({ state: 'closed', due_at: '2026-11-20T11:00:00+08:00' }, now)).toMatchObject({ colour: 'none', over: true });
    expect(clockOf({ state: 'filed', due_at: null }, now)).toEqual({ colour: 'none', due: '', remaining: null, over: false });
    expect(clockOf({ state: 'filed', overdue: true, due_at: '2026-11-22T11:00:00+08:00', left_minutes: -5 }, now)).toMatchObject({ colour: 'red', remaining: -5 });
  });
});
