import { describe, expect, it } from 'vitest';
import { changeFields, changes, changeStart, emptiedIn, isChange, markOf } from './change-model';
import { inputs, type Field, type Kind } from './form-model';

const field = (name: string, kind: Kind = 'text', more: Partial<Field> = {}): Field => ({
  name, kind, zh: name, en: name, doc: '', required: false, readonly: false, hidden: false, secret: false, empties: false,
  max: null, min: null, format: '', codelist: '', options: [], sub: [], preset: null, ...more,
});
const party = [field('id', 'text', { required: true }), field('name'), field('phone', 'text', { secret: true, empties: true })];
const claim = [field('id', 'text', { required: true }), field('text'), field('amount', 'money', { empties: true })];
const fields = changeFields([
  field('title'), field('place', 'text', { empties: true }), field('people', 'number', { empties: true }),
  field('parties', 'list', { sub: party }), field('claims', 'list', { sub: claim }), field('reason', 'lines', { required: true }),
]);
const was = {
  title: '漏水', place: '一号楼', people: 0, state: 'filed',
  parties: [{ id: '1', name: '张三', phone: '138****0001' }, { id: '2', name: '李四', phone: '' }],
  claims: [{ id: '7', text: '修复', amount: 100000 }],
};
const none = new Set<string>();
const typed = (more: object) => ({ ...changeStart(fields, was), reason: '笔误', ...more });
const parties = (first: object) => ({ parties: [{ name: '张三', phone: '', ...first }, { name: '李四', phone: '' }] });

describe('a form that puts right', () => {
  it('is one whose record takes null for empty', () => {
    expect(isChange(fields)).toBe(true);
    expect(isChange([field('title')])).toBe(false);
  });
  it('begins with what stands, without keys, secrets and the zero of nothing', () => {
    expect(changeStart(fields, was)).toEqual({
      title: '漏水', place: '一号楼', people: '', reason: '',
      parties: [{ name: '张三', phone: '' }, { name: '李四', phone: '' }], claims: [{ text: '修复', amount: '1000.00' }],
    });
    expect(inputs(fields[3]?.sub ?? []).map((f) => f.name)).toEqual(['name', 'phone']);
  });
  it('sends nothing that was not touched', () => {
    expect(changes(fields, typed({}), was, none)).toEqual({ reason: '笔误' });
    expect(changes(fields, typed({ title: ' 漏水 ' }), was, none)).toEqual({ reason: '笔误' });
  });
  it('sends null for what was emptied, and what must be there never', () => {
    expect(changes(fields, typed({ place: ' ', title: '' }), was, none)).toEqual({ place: null, reason: '笔误' });
    expect(markOf(fields[0] as Field, '', '漏水', false)).toBe('kept');
    expect(changes(fields, typed({ claims: [{ text: '修复', amount: '' }] }), was, none)).toEqual({ claims: [{ id: '7', amount: null }], reason: '笔误' });
  });
  it('sends an entry with its key when something in it changed', () => {
    expect(changes(fields, typed(parties({ name: '张叁' })), was, none)).toEqual({ parties: [{ id: '1', name: '张叁' }], reason: '笔误' });
  });
  it('leaves a masked value alone unless it is typed anew or emptied by name', () => {
    expect(changes(fields, typed(parties({ phone: '13800000009' })), was, none)).toMatchObject({ parties: [{ id: '1', phone: '13800000009' }] });
    expect(changes(fields, typed({}), was, new Set(['parties[0].phone']))).toEqual({ parties: [{ id: '1', phone: null }], reason: '笔误' });
    expect(changes(fields, typed({}), was, new Set(['parties[1].phone']))).toEqual({ reason: '笔误' });
  });
  it('tells what will be emptied', () => {
    const told = emptiedIn(fields, typed({ place: '' }), was, new Set(['parties[0].phone']));
    expect(told.map((x) => [x.field.name, x.entry?.no ?? 0])).toEqual([['place', 0], ['phone', 1]]);
  });
});
