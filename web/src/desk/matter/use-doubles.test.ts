import { describe, expect, it } from 'vitest';
import { probeOf } from './use-doubles';

describe('what is compared while a matter is typed', () => {
  it('is nothing before something is told', () => {
    expect(probeOf({})).toBeNull();
    expect(probeOf({ kind: 'dispute', title: ' leak ', story: '', parties: [] })).toBeNull();
    expect(probeOf({ place: 'Main Road 6' })).toBeNull();
    expect(probeOf({ parties: [{ role: 'applicant', phone: '1390' }, {}] })).toBeNull();
  });
  it('is text, place with type, or numbers', () => {
    expect(probeOf({ title: 'water from above', story: '' })).toEqual({ title: 'water from above' });
    expect(probeOf({ place: 'Main Road 6', type: '2' })).toEqual({ place: 'Main Road 6', type: '2' });
    expect(probeOf({ parties: [{ role: 'respondent', phone: '139 0000 0201', name: 'x', address: 'y' }] })).toEqual({
      persons: [{ role: 'respondent', phone: '139 0000 0201' }],
    });
  });
  it('is bounded', () => {
    const body = probeOf({ story: 'a'.repeat(9000), parties: Array.from({ length: 50 }, () => ({ phone: '13900000201' })) });
    expect(String(body?.story).length).toBe(4000);
    expect((body?.persons as unknown[]).length).toBe(20);
  });
});
