import type { OpenApi, Property } from '@/api/schema';
import type { Row } from '@/api/types';
import type { Option } from '@/shared/form-model';
import { hasKey, t } from '@/shared/i18n';

/* The tables of rules: every list below /rules, and what changes one of its rows. */
export interface RuleTable { name: string; path: string; asks: string; put: string; end: string; keys: string[]; first: string[] }

/** What a row is known by: it stays as it is when the row is changed. */
const keys: Record<string, string[]> = {
  codes: ['list', 'code', 'valid_from'],
  mappings: ['from_list', 'from_code', 'to_list', 'to_code', 'valid_from'],
  days: ['org', 'day'],
  years: ['year'],
  hours: ['code', 'season', 'weekdays', 'valid_from'],
  limits: ['id', 'valid_from'],
  sets: ['code'],
  'org-hours': ['org'],
};

/** What tells most of a row, where that does not stand first in its record. */
const first: Record<string, string[]> = {
  limits: ['zh', 'what', 'amount', 'unit', 'source', 'article', 'kind', 'valid_from', 'valid_to'],
  days: ['day', 'name_zh', 'kind', 'in_lieu', 'ended', 'source'],
  codes: ['zh', 'code', 'parent', 'source', 'valid_from', 'valid_to', 'en'],
};

export function ruleTables(doc: OpenApi | undefined): RuleTable[] {
  const paths = doc?.paths ?? {};
  return Object.entries(paths).flatMap(([path, of]) => {
    const found = /^\/api\/v1\/rules\/([\w-]+)(?:\/\{(\w+)\})?$/.exec(path);
    if (!found || !of.get) return [];
    const name = found[1] ?? '';
    const below = Object.keys(paths).filter((at) => at === `/api/v1/rules/${name}` || at.startsWith(`/api/v1/rules/${name}/{`));
    const having = (method: string) => below.find((at) => paths[at]?.[method]) ?? '';
    return [{ name, path, asks: found[2] ?? '', put: having('put'), end: having('delete'), keys: keys[name] ?? [], first: first[name] ?? [] }];
  });
}

/** An address with what it names of a row; a set is named by its code, and what is
 * nobody's own is the nation's. */
export const addressOf = (path: string, row: Row): string =>
  path.replace('/api/v1/', '').replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String((name === 'set' ? row.code : row[name]) ?? '0')));
/** What an address names and its form does not hold is asked for beside it. */
export const namedBy = (table: RuleTable): string => (/\{(org)\}/.exec(table.put)?.[1] ?? '');
/** A row is made where its address names nothing, or a body that can be chosen. */
export const mayMake = (table: RuleTable): boolean => table.put !== '' && (!table.put.includes('{') || namedBy(table) !== '');

/** Lists that no record names: what codes are there is told by the mappings. */
const apart = ['court_cause', 'dispute_type_b', 'dispute_type_a13', 'dispute_type_a15'];

/** The lists of codes that the program's records name. A list we have no word for is told
 * by what it is asked as. */
export function codeLists(doc: OpenApi | undefined): Option[] {
  const found = new Map<string, Option>();
  for (const kind of ['dispute', 'request', 'event', 'advice']) keepList(found, `${kind}_type`, {});
  for (const list of apart) keepList(found, list, {});
  for (const record of Object.values(doc?.components?.schemas ?? {}))
    for (const p of Object.values(record.properties ?? {})) {
      const list = p['x-codelist'];
      if (list && !list.includes('{') && !found.has(list)) keepList(found, list, p);
    }
  return [...found.values()];
}
function keepList(found: Map<string, Option>, list: string, p: Property): void {
  const key = `list.${list}`;
  const word = hasKey(key) ? t(key) : '';
  found.set(list, { value: list, zh: word || `${p['x-zh'] ?? ''} ${list}`.trim(), en: word || `${p['x-en'] ?? ''} ${list}`.trim() });
}
