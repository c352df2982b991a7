import type { OpenApi } from '@/api/schema';
import type { Row } from '@/api/types';

/* The tables of rules: every list below /rules, and what changes one of its rows. */
export interface RuleTable { name: string; path: string; asks: string; put: string; keys: string[]; first: string[] }

/** What a row is known by: it stays as it is when the row is changed. */
const keys: Record<string, string[]> = {
  codes: ['list', 'code', 'valid_from'],
  mappings: ['from_list', 'from_code', 'to_list', 'to_code', 'valid_from'],
  days: ['org', 'day'],
  years: ['year'],
  hours: ['code', 'season', 'weekdays', 'valid_from'],
  limits: ['id', 'valid_from'],
  sets: ['code'],
};

/** What tells most of a row, where that does not stand first in its record. */
const first: Record<string, string[]> = {
  limits: ['zh', 'what', 'amount', 'unit', 'source', 'article', 'kind', 'valid_from', 'valid_to'],
  codes: ['zh', 'code', 'parent', 'source', 'valid_from', 'valid_to'],
};

export function ruleTables(doc: OpenApi | undefined): RuleTable[] {
  const paths = doc?.paths ?? {};
  return Object.entries(paths).flatMap(([path, of]) => {
    const found = /^\/api\/v1\/rules\/([\w-]+)(?:\/\{(\w+)\})?$/.exec(path);
    if (!found || !of.get) return [];
    const name = found[1] ?? '';
    const put = [`/api/v1/rules/${name}`, `/api/v1/rules/${name}/{set}`].find((at) => paths[at]?.put) ?? '';
    return [{ name, path, asks: found[2] ?? '', put, keys: keys[name] ?? [], first: first[name] ?? [] }];
  });
}

/** Where a row is put: some addresses name it. */
export const putPath = (table: RuleTable, row: Row | null): string =>
  table.put.replace('/api/v1/', '').replace(/\{\w+\}/, encodeURIComponent(String(row?.code ?? '')));
/** A row is made where its address does not name it. */
export const mayMake = (table: RuleTable): boolean => table.put !== '' && !table.put.includes('{');
