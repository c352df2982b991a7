import { computed, ref, watch, type ComputedRef } from 'vue';
import type { Page, Row } from './types';
import { useRead, type Query, type Read } from './use-api';

export interface List<T> extends Omit<Read<Page<T>>, 'data'> {
  items: ComputedRef<T[]>;
  hasNext: ComputedRef<boolean>;
  hasPrevious: ComputedRef<boolean>;
  next: () => void;
  previous: () => void;
}

/** A list by cursor. Going back walks the cursors already seen; another filter
 * starts from the first page. */
export function useList<T = Row>(path: () => string | null, filter: () => Query = () => ({}), limit = 20): List<T> {
  const seen = ref<string[]>([]);
  const read = useRead<Page<T>>(path, () => ({ ...filter(), after: seen.value[seen.value.length - 1], limit }));
  watch([path, () => JSON.stringify(filter())], () => {
    seen.value = [];
  });
  return {
    ...read,
    items: computed(() => read.data.value?.items ?? []),
    hasNext: computed(() => Boolean(read.data.value?.next)),
    hasPrevious: computed(() => seen.value.length > 0),
    next() {
      const cursor = read.data.value?.next;
      if (cursor) seen.value = [...seen.value, cursor];
    },
    previous() {
      seen.value = seen.value.slice(0, -1);
    },
  };
}
