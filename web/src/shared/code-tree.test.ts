import { describe, expect, it } from 'vitest';
import { below, fitting, isTree } from './code-tree';

const code = (value: string, parent = '') => ({ value, parent, zh: value, en: value });
const tree = [code('01'), code('0101', '01'), code('0102', '01'), code('02')];
const dealt = [code('settled', 'dispute'), code('failed', 'dispute'), code('resolved', 'request')];

describe('a code list', () => {
  it('that is a tree is walked level by level', () => {
    expect(isTree(tree)).toBe(true);
    expect(below(tree, '').map((c) => [c.value, c.more])).toEqual([['01', true], ['02', false]]);
    expect(below(tree, '01').map((c) => c.value)).toEqual(['0101', '0102']);
    expect(fitting(tree, ['dispute'])).toHaveLength(4);
  });
  it('dealt out to cases shows those of the case at hand', () => {
    expect(isTree(dealt)).toBe(false);
    expect(fitting(dealt, ['dispute']).map((c) => c.value)).toEqual(['settled', 'failed']);
    expect(fitting(dealt, []).map((c) => c.value)).toEqual(['settled', 'failed', 'resolved']);
    expect(below(dealt, '')).toHaveLength(3);
  });
});
