import type { Choice, Sources } from '@/shared/choices';
import { get } from './client';
import { may } from './session';
import type { Page } from './types';

/* Code lists, areas, bodies and accounts for forms and labels. */

interface Coded { code: string; parent?: string | null; zh: string; en: string; ended?: boolean }
interface Named { id: string; name: string; login?: string; level?: string; parent_name?: string; area_name?: string; org_name?: string }

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
  const where = n.parent_name || n.area_name || n.login || '';
  return { value: n.id, zh: n.name, en: n.name, where, more: n.level !== 'micro_grid' };
}
const listed = (path: string, query: Record<string, string | number>) =>
  get<Page<Named>>(path, query).then((page) => page.items.map(choice));

/** One level of the tree, whole: a town may have more villages than a page holds. */
async function level(parent: string): Promise<Choice[]> {
  const all: Choice[] = [];
  let after: string | null = '';
  for (let pages = 0; pages < 10 && after !== null; pages++) {
    const page: Page<Named> = await get<Page<Named>>('areas', { parent, after, limit: 100 });
    all.push(...page.items.map((n) => ({ ...choice(n), where: '' })));
    after = page.next;
  }
  return all;
}

/** Whoever may not search all people names one of the own body. */
async function colleagues(): Promise<Choice[]> {
  const all: Choice[] = [];
  let after: string | null = '';
  for (let pages = 0; pages < 10 && after !== null; pages++) {
    const page: Page<Named> = await get<Page<Named>>('colleagues', { after, limit: 100 });
    all.push(...page.items.map(choice));
    after = page.next;
  }
  return all;
}
const anybody = () => may('people.read');

const kinds: Record<string, string> = { area: 'areas', org: 'orgs', account: 'accounts' };

export const sources: Sources = {
  codes,
  areas: level,
  findAreas: (q) => listed('areas', { q, limit: 20 }),
  findOrgs: (q) => listed('orgs', { q, limit: 20 }),
  findAccounts: async (q) => (anybody() ? listed('accounts', { q, limit: 20 }) : (await colleagues()).filter((c) => c.zh.includes(q.trim()))),
  async named(kind, key) {
    if (kind === 'account' && !anybody()) return (await colleagues()).find((c) => c.value === key) ?? null;
    const at = kinds[kind];
    return at ? choice(await get<Named>(`${at}/${encodeURIComponent(key)}`)) : null;
  },
};
