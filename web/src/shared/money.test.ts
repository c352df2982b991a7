import { describe, expect, it } from 'vitest';
import { fenFromYuan, showFen, yuanFromFen } from './money';

describe('money', () => {
  it('reads yuan as people type them', () => {
    expect(fenFromYuan('0.1')).toBe(10);
    expect(fenFromYuan('12')).toBe(1200);
    expect(fenFromYuan(' 1,234.5 ')).toBe(123450);
    expect(fenFromYuan('￥8 元')).toBe(800);
    expect(fenFromYuan('-3.07')).toBe(-307);
    expect(fenFromYuan('-0')).toBe(0);
    expect(fenFromYuan('90071992547409.92')).toBeNull();
    expect(fenFromYuan('9007199254740.99')).toBe(900719925474099);
  });
  it('refuses what is no amount', () => {
    for (const text of ['', '.', '1.234', 'abc', '1e5', '0x10', '--1', '1.2.3', '十元', '9'.repeat(40)]) {
      expect(fenFromYuan(text), text).toBeNull();
    }
  });
  it('goes there and back for every fen', () => {
    for (const fen of [0, 1, 9, 10, 99, 100, 101, -1, -100, 4503599627370495]) {
      expect(fenFromYuan(yuanFromFen(fen))).toBe(fen);
    }
  });
  it('groups thousands for reading', () => {
    expect(showFen(123456789)).toBe('1,234,567.89');
    expect(showFen(-100000)).toBe('-1,000.00');
    expect(showFen(5)).toBe('0.05');
  });
});
