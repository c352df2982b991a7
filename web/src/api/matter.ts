import type { Field, Json } from '@/shared/form-model';
import type { Action, Row } from './types';

/* A matter as the pages read it, and its forms tied to what it holds. */

export interface Matter extends Row {
  id: string;
  number: string;
  kind: string;
  state: string;
  title: string;
}
export const rowsOf = (m: Row, name: string): Row[] => {
  const list = m[name];
  return Array.isArray(list) ? list.filter((x): x is Row => typeof x === 'object' && x !== null && !Array.isArray(x)) : [];
};
export const actionsOf = (m: Row): Action[] => rowsOf(m, 'actions') as unknown as Action[];
export const textOf = (row: Row, name: string): string => {
  const v = row[name];
  return typeof v === 'string' || typeof v === 'number' ? String(v) : '';
};

/* A form may name a claim or a party of the matter: choices, never keys to type. */
const partyWord = (row: Row) => `${textOf(row, 'no')} ${textOf(row, 'name')}`.trim();
const owned: Record<string, { list: string; word: (row: Row) => string }> = {
  claim: { list: 'claims', word: (row) => `${textOf(row, 'no')}. ${textOf(row, 'text')}` },
  party: { list: 'parties', word: partyWord },
  side: { list: 'parties', word: partyWord },
};

export function tieFields(fields: Field[], m: Row): Field[] {
  return fields.map((f) => {
    const own = owned[f.name];
    if (own && f.kind !== 'list') {
      const options = rowsOf(m, own.list).map((row) => ({ value: textOf(row, 'id'), zh: own.word(row), en: own.word(row) }));
      return { ...f, kind: 'enum', options };
    }
    return f.sub.length ? { ...f, sub: tieFields(f.sub, m) } : f;
  });
}

/** Who comes first asks, whoever comes after is the other side; most are people. */
export const withSides = (fields: Field[]): Field[] =>
  fields.map((f) => (f.name === 'parties' ? { ...f, entries: ['applicant', 'respondent'].map((role) => ({ role, kind: 'person' })) } : f));

/** What a form about a matter starts from: an entry for each of its open claims
 * (or parties) where the form lists them. */
export function startOf(fields: Field[], m: Row): { [key: string]: Json } {
  const out: { [key: string]: Json } = {};
  for (const f of fields) {
    if (f.kind !== 'list') {
      // One party, or one claim, is the one that is meant.
      if (f.name in owned && f.options.length === 1) out[f.name] = f.options[0]?.value ?? '';
      if (f.preset !== null) out[f.name] = f.kind === 'bool' ? f.preset === 'true' : f.preset;
      continue;
    }
    // Who comes in later is the other side, where nobody is it yet.
    if (f.name === 'parties' && f.sub.some((s) => s.name === 'role')) {
      const other = rowsOf(m, 'parties').some((row) => row.role === 'respondent') ? 'third' : 'respondent';
      out[f.name] = [{ role: other, kind: 'person' }];
      continue;
    }
    // A matter is parted into two at least.
    if (f.name === 'parts') out[f.name] = [{}, {}];
    // Consent is never a default: an entry is made by who has it.
    const key = f.name === 'consents' ? undefined : f.sub.find((s) => s.name in owned);
    const own = key && owned[key.name];
    if (!own) continue;
    const open = rowsOf(m, own.list).filter((row) => !textOf(row, 'outcome') && !textOf(row, 'left_at'));
    out[f.name] = open.map((row) => ({ [key.name]: textOf(row, 'id') }));
  }
  return out;
}

/** How the clock of a matter, or of a row of a work list, stands. */
export interface Clock { colour: 'none' | 'yellow' | 'red'; due: string; remaining: number | null; over: boolean }
const ended = new Set(['closed', 'archived', 'withdrawn', 'declined', 'merged', 'void']);

export function clockOf(row: Row, now = Date.now()): Clock {
  const due = textOf(row, 'due_at');
  const passed = (name: string) => Boolean(textOf(row, name)) && new Date(textOf(row, name)).getTime() < now;
  const over = ended.has(textOf(row, 'state'));
  const red = row.overdue === true || passed('due_at');
  const colour = over ? 'none' : red ? 'red' : passed('yellow_at') ? 'yellow' : 'none';
  return { colour, due, remaining: typeof row.left_minutes === 'number' ? row.left_minutes : null, over };
}
