import { ref, watch, type Ref } from 'vue';
import { get } from '@/api/client';
import type { Page } from '@/api/types';
import type { Field, Option } from '@/shared/form-model';

/* Whose task it may be and who may be named, as the server says it: of a matter its
 * bodies and their people, else the own body's people alone. */
interface Named { id: string; name: string }
export interface People { orgs: Option[]; people: Option[] }

async function all(path: string, org = ''): Promise<Named[]> {
  const found: Named[] = [];
  let after: string | null = '';
  for (let pages = 0; pages < 10 && after !== null; pages++) {
    const page: Page<Named> = await get<Page<Named>>(path, { ...(org ? { org } : {}), after, limit: 100 });
    found.push(...page.items);
    after = page.next;
  }
  return found;
}
const option = (n: Named, under = ''): Option => ({ value: n.id, zh: n.name, en: n.name, under });

export async function askPeople(matter: string, org: string): Promise<People> {
  if (!matter) return { orgs: [], people: (await all('colleagues')).map((n) => option(n)) };
  const at = `matters/${encodeURIComponent(matter)}`;
  const orgs = org ? [] : await all(`${at}/task-orgs`);
  const of = org ? [org] : orgs.map((n) => n.id);
  const people = await Promise.all(of.map((one) => all(`${at}/task-people`, one)));
  return { orgs: orgs.map((n) => option(n)), people: people.flatMap((list, i) => list.map((n) => option(n, org ? '' : of[i]))) };
}

/** The form's own choices instead of a search over everything. */
export function peopleFields(fields: Field[], { orgs, people }: People): Field[] {
  return fields.flatMap((f) => {
    if (f.name === 'org') return orgs.length > 1 ? [{ ...f, kind: 'enum' as const, options: orgs, required: true }] : [];
    return f.name === 'account' ? [{ ...f, kind: 'enum' as const, options: people, ...(orgs.length > 1 ? { within: 'org' } : {}) }] : [f];
  });
}

/** Asked anew each time the form opens. */
export function usePeople(open: () => boolean, matter: () => string, org: () => string): { people: Ref<People | null>; failed: Ref<boolean> } {
  const people = ref<People | null>(null);
  const failed = ref(false);
  watch(open, async (now) => {
    people.value = null;
    failed.value = false;
    if (!now) return;
    try {
      people.value = await askPeople(matter(), org());
    } catch {
      failed.value = true;
      people.value = { orgs: [], people: [] };
    }
  });
  return { people, failed };
}
