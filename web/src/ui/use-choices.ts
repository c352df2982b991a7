import { ref, type Ref } from 'vue';
import type { Field } from '@/shared/form-model';
import type { Choice } from '@/shared/choices';
import { below, fitting } from '@/shared/code-tree';
import { need, sourcesKey } from './sources';

/* The choices behind a field that names something elsewhere. */
export function useChoices(field: () => Field, scope: () => string[] = () => []): {
  choices: Ref<Choice[]>;
  busy: Ref<boolean>;
  find: (q: string) => Promise<void>;
  load: () => Promise<void>;
  children: (parent: string) => Promise<Choice[]>;
  search: (q: string) => Promise<Choice[]>;
  named: (key: string) => Promise<Choice | null>;
} {
  const sources = need(sourcesKey);
  const choices = ref<Choice[]>([]) as Ref<Choice[]>;
  const busy = ref(false);

  const codes = () => (field().options.length ? Promise.resolve<Choice[]>(field().options) : sources.codes(field().codelist)).then((all) => fitting(all, scope()));

  function asked(q: string): Promise<Choice[]> {
    const f = field();
    if (f.kind === 'org') return sources.findOrgs(q);
    if (f.kind === 'account') return sources.findAccounts(q);
    if (f.kind === 'area') return sources.findAreas(q);
    return codes().then((all) => all.filter((c) => !q || `${c.zh}${c.en}${c.value}`.toLowerCase().includes(q.toLowerCase())));
  }
  async function find(q: string): Promise<void> {
    busy.value = true;
    try {
      choices.value = await asked(q);
    } catch {
      choices.value = [];
    } finally {
      busy.value = false;
    }
  }
  async function children(parent: string): Promise<Choice[]> {
    if (field().kind === 'area') return sources.areas(parent);
    return below(await codes(), parent);
  }
  async function named(key: string): Promise<Choice | null> {
    if (field().kind !== 'code') return sources.named(field().kind, key);
    return (await sources.codes(field().codelist)).find((c) => c.value === key) ?? null;
  }
  return { choices, busy, find, load: () => find(''), children, search: asked, named };
}
