import { describe, expect, it } from 'vitest';
import { emptyValues, findings, inputs, nearestPath, pathOf, showValue, toJson, valuesFromJson, type Field, type Kind } from './form-model';

const field = (name: string, kind: Kind, more: Partial<Field> = {}): Field => ({
  name, kind, zh: name, en: name, doc: '', required: false, readonly: false, hidden: false, secret: false, empties: false,
  max: null, min: null, format: '', codelist: '', options: [], sub: [], preset: null, ...more,
});
const party = [field('role', 'enum', { required: true, options: [{ value: 'applicant', zh: '申请人', en: 'applicant' }] }), field('name', 'text', { required: true, max: 4 })];
const fields = [
  field('id', 'text', { readonly: true }),
  field('title', 'text', { required: true, max: 5 }),
  field('people', 'number', { min: 1, max: 99, preset: '1' }),
  field('amount', 'money'),
  field('danger', 'bool'),
  field('day', 'day'),
  field('at', 'stamp'),
  field('parties', 'list', { required: true, sub: party, max: 3 }),
  field('tags', 'texts'),
];

describe('a form', () => {
  it('starts from presets and leaves read-only fields out', () => {
    const v = emptyValues(fields);
    expect(v).toEqual({ title: '', people: '1', amount: '', danger: false, day: '', at: '', parties: [], tags: [] });
    expect(inputs(fields).map((f) => f.name)).not.toContain('id');
  });
  it('sends money as fen, numbers as numbers, times with their offset, and no blanks', () => {
    const v = { ...emptyValues(fields), title: ' 漏水 ', amount: '1,200.5', at: '2026-03-01T08:30', parties: [{ role: 'applicant', name: '张三' }], tags: ['甲', ' '] };
    const json = toJson(fields, v);
    expect(json).toMatchObject({ title: '漏水', people: 1, amount: 120050, danger: false, parties: [{ role: 'applicant', name: '张三' }], tags: ['甲'] });
    expect(json.at).toMatch(/^2026-03-01T08:30:00[+-]\d\d:\d\d$/);
    expect('day' in json).toBe(false);
  });
  it('hands on what it cannot read, for the server to refuse', () => {
    expect(toJson(fields, { ...emptyValues(fields), amount: '很多', people: 'x' })).toMatchObject({ amount: '很多', people: 'x' });
  });
  it('takes an answer back into inputs', () => {
    const v = valuesFromJson(fields, { title: 'a', people: 3, amount: 5, danger: true, parties: [{ role: 'applicant', name: '李' }], tags: null });
    expect(v).toMatchObject({ title: 'a', people: '3', amount: '0.05', danger: true, parties: [{ role: 'applicant', name: '李' }], tags: [] });
    expect(valuesFromJson([field('org', 'org')], { org: { id: '7', name: '司法所' } })).toEqual({ org: '7' });
    expect(valuesFromJson(fields, null).title).toBe('');
    expect(valuesFromJson([field('phone', 'text', { secret: true })], { phone: '138****5678' })).toEqual({ phone: '' });
  });
});

describe('a yes or no that must be said', () => {
  const approved = field('approved', 'bool', { required: true });
  it('begins as neither, is asked for, and no is an answer', () => {
    expect(emptyValues([approved])).toEqual({ approved: '' });
    expect(findings([approved], { approved: '' })).toEqual([{ path: 'approved', why: 'required' }]);
    expect(findings([approved], { approved: false })).toEqual([]);
    expect(toJson([approved], { approved: false })).toEqual({ approved: false });
    expect(toJson([approved], { approved: true })).toEqual({ approved: true });
  });
});

describe('findings', () => {
  it('name the path of what is missing or wrong, inside lists too', () => {
    const v = { ...emptyValues(fields), title: '一二三四五六', people: '0', amount: '1.234', day: '2026-02-30', at: 'x', parties: [{ role: 'applicant', name: '' }] };
    expect(findings(fields, v).map((f) => `${f.path} ${f.why}`)).toEqual([
      'title long', 'people small', 'amount money', 'day day', 'at stamp', 'parties[0].name required',
    ]);
  });
  it('count characters as people do', () => {
    expect(findings([field('t', 'text', { max: 2 })], { t: '𠀀𠀁' })).toEqual([]);
  });
  it('ask for a required list', () => {
    expect(findings(fields, { ...emptyValues(fields), title: 'a' })).toEqual([{ path: 'parties', why: 'required' }]);
  });
  it('find nothing in a good form', () => {
    expect(findings(fields, { ...emptyValues(fields), title: 'a', parties: [{ role: 'applicant', name: '王' }] })).toEqual([]);
  });
});

describe('a path of the server', () => {
  it('is read in every spelling', () => {
    for (const p of ['parties[2].name', '/parties/2/name', 'parties.2.name']) expect(pathOf(p)).toBe('parties[2].name');
  });
  it('lights the nearest input there is', () => {
    expect(nearestPath(fields, 'parties[1].name')).toBe('parties[1].name');
    expect(nearestPath(fields, 'parties[1].wrong')).toBe('parties[1]');
    expect(nearestPath(fields, 'parties')).toBe('parties');
    expect(nearestPath(fields, 'nowhere')).toBeNull();
    expect(nearestPath(fields, 'id')).toBeNull();
    expect(nearestPath(fields, '')).toBeNull();
  });
});

describe('a value for reading', () => {
  const words = { lang: 'zh' as const, yes: '是', no: '否' };
  it('follows its kind', () => {
    expect(showValue(field('a', 'money'), 123456, words)).toBe('1,234.56');
    expect(showValue(field('a', 'money'), 123456, { ...words, yuan: '元' })).toBe('1,234.56 元');
    expect(showValue(field('a', 'bool'), false, words)).toBe('否');
    expect(showValue(party[0] as Field, 'applicant', { ...words, lang: 'en' })).toBe('applicant');
    expect(showValue(party[0] as Field, 'other', words)).toBe('other');
    expect(showValue(field('a', 'org'), { id: '1', name: '司法所' }, words)).toBe('司法所');
    expect(showValue(field('a', 'texts'), ['甲', '乙'], words)).toBe('甲、乙');
    expect(showValue(field('a', 'text'), null, words)).toBe('');
  });
});
