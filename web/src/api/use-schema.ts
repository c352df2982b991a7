import { useQuery } from '@tanstack/vue-query';
import { computed, ref, watchEffect, type ComputedRef } from 'vue';
import type { Field, Json } from '@/shared/form-model';
import { lang, say } from '@/shared/i18n';
import { fieldsOf, filtersOf, formOf, inputOf, loadSchema, outputOf, type OpenApi } from './schema';
import { sources } from './sources';

export interface SchemaUse {
  pending: ComputedRef<boolean>;
  error: ComputedRef<Error | null>;
  doc: ComputedRef<OpenApi | undefined>;
  /** Fields of a record by its name. */
  fields: (name: string) => Field[];
  /** Fields to fill in for a record. */
  form: (name: string) => Field[];
  /** Fields a list can be narrowed by. */
  filters: (path: string) => Field[];
  /** Fields of what an operation takes, and of what it answers. */
  taken: (method: string, path: string) => Field[];
  answered: (method: string, path: string) => Field[];
  has: (method: string, path: string) => boolean;
}

export function useSchema(): SchemaUse {
  const q = useQuery({ queryKey: ['openapi'], queryFn: loadSchema, staleTime: Infinity, gcTime: Infinity });
  const doc = computed(() => q.data.value);
  const of = (name: string) => (doc.value && name ? fieldsOf(doc.value, name) : []);
  return {
    pending: computed(() => q.isPending.value),
    error: computed(() => q.error.value),
    doc,
    fields: of,
    form: (name) => (doc.value && name ? formOf(doc.value, name) : []),
    filters: (path) => (doc.value ? filtersOf(doc.value, path) : []),
    taken: (method, path) => of(doc.value ? inputOf(doc.value, method, path) : ''),
    answered: (method, path) => of(doc.value ? outputOf(doc.value, method, path) : ''),
    has: (method, path) => Boolean(doc.value?.paths?.[path]?.[method.toLowerCase()]),
  };
}

/** Labels for codes in lists and views: asks a code list when first met. */
export function useNames(): (field: Field, value: Json, row?: { [key: string]: Json }) => string | undefined {
  const labels = ref(new Map<string, Map<string, { zh: string; en: string }>>());
  const wanted = ref(new Set<string>());
  watchEffect(() => {
    for (const list of wanted.value) {
      if (labels.value.has(list)) continue;
      labels.value.set(list, new Map());
      sources.codes(list).then(
        (all) => void labels.value.set(list, new Map(all.map((c) => [c.value, c]))),
        () => undefined,
      );
    }
  });
  return (field, value, row) => {
    const named = row?.[`${field.name}_name`];
    if (typeof named === 'string' && named) return named;
    // "{kind}_type": which list it is stands in the row itself.
    const list = field.codelist.replace(/\{(\w+)\}/g, (_, of: string) => String(row?.[of] ?? ''));
    if (!list || typeof value !== 'string') return undefined;
    if (!wanted.value.has(list)) queueMicrotask(() => wanted.value.add(list));
    const known = labels.value.get(list);
    const told = value.split(' ').map((code) => known?.get(code));
    return told.every((label) => label !== undefined) ? told.map((label) => say(label)).join(lang.value === 'zh' ? '；' : '; ') : undefined;
  };
}
