import type { Choice, Sources } from '@/shared/choices';
import { get } from './client';
import type { Page } from './types';

/* Code lists, areas, bodies and accounts for forms and labels. */

interface Coded { code: string; parent?: string | null; zh: string; en: string; ended?: boolean }
interface Named {
  id: string;
  name: string;
  en?: string;
  login?: string;
  level?: string;
  more?: boolean;
  has_children?: boolean;
  full_name?: string;
  area_name?: string;
}

const lists = new Map<string, Promise<Choice[]>>();

function codes(list: string): Promise<Choice[]> {
  if (!list) return Promise.resolve([]);
  let asked = lists.get(list);
  if (!asked) {
    asked = get<Page<Coded>>(`codes/${encodeURIComponent(list)}`).then((page) =>
      page.items.map((c) => ({ value: c.code, parent: c.parent ?? '', zh: c.zh, en: c.en })),
    );
    asked.catch(() => lists.delete(list));
    lists.set(list, asked);
  }
  return asked;
}

function choice(n: Named): Choice {
  const where = n.full_name ?? n.area_name ?? n.login ?? '';
  return { value: n.id, zh: n.name, en: n.en || n.name, where, more: n.more ?? n.has_children ?? n.level !== 'micro' };
}
const listed = (path: string, query: Record<string, string | number>) =>
  get<Page<Named>>(path, query).then((page) => page.items.map(choice));

const kinds: Record<string, string> = { area: 'areas', org: 'orgs', account: 'accounts' };

export const sources: Sources = {
  codes,
  areas: (parent) => listed('areas', parent ? { parent, limit: 100 } : { limit: 100 }),
  findAreas: (q) => listed('areas', { q, limit: 20 }),
  findOrgs: (q) => listed('orgs', { q, limit: 20 }),
  findAccounts: (q) => listed('accounts', { q, limit: 20 }),
  async named(kind, key) {
    const at = kinds[kind];
    return at ? choice(await get<Named>(`${at}/${encodeURIComponent(key)}`)) : null;
  },
};
