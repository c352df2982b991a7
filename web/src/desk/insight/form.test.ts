import { describe, expect, it } from 'vitest';
import { monthText, openCell, openColumns, parts, shownOf } from './form';

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

describe('what waits in a jurisdiction', () => {
  const bucket = (name: 'to_accept' | 'in_hand', count: number) => ({ bucket: name, count, yellow: 0, overdue: 1 });
  const rows = [
    { area: null, org: '1', name: 'a', buckets: [bucket('in_hand', 2)] },
    { area: null, org: null, name: 'all', buckets: [bucket('in_hand', 2)] },
  ];
  it('shows the buckets that the sum has, in the order of the work', () => {
    expect(openColumns(rows, [{ value: 'to_accept' }, { value: 'in_hand' }])).toEqual([{ value: 'in_hand' }]);
    expect(openColumns([], [{ value: 'in_hand' }])).toEqual([]);
  });
  it('tells nothing as nought', () => {
    expect(openCell({ area: null, org: '1', name: 'a', buckets: [] }, 'in_hand').count).toBe(0);
    expect(openCell({ area: null, org: '1', name: 'a', buckets: [bucket('in_hand', 2)] }, 'in_hand').overdue).toBe(1);
  });
});
