import { describe, expect, it } from 'vitest';
import { monthText, parts, shownOf } from './form';

describe('the monthly form', () => {
  const row = { row: '1', name: '', area: null, cells: [{ column: 'accepted', value: 0, hidden: false }, { column: 'failed', value: 0, hidden: true }, { column: 'amount', value: 123450, hidden: false }] };
  it('tells zero and what is left out apart', () => {
    expect(shownOf(row, 'accepted', 'matter')).toBe('0');
    expect(shownOf(row, 'failed', 'matter')).toBe('—');
    expect(shownOf(row, 'absent', 'matter')).toBe('—');
  });
  it('tells money in yuan', () => expect(shownOf(row, 'amount', 'fen')).toBe('1234.50'));
  it('tells a month', () => expect(monthText(202601)).toBe('2026-01'));
  it('has no column twice in a part', () => {
    for (const p of parts) expect(new Set(p.columns).size).toBe(p.columns.length);
  });
});
