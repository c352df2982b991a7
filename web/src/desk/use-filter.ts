import { computed, type ComputedRef } from 'vue';
import { useRoute } from 'vue-router';

/** What the address bar narrows a list by. */
export function useFilter(): { filter: ComputedRef<Record<string, string>>; filtered: ComputedRef<boolean> } {
  const route = useRoute();
  const filter = computed(() => Object.fromEntries(Object.entries(route.query).filter((e): e is [string, string] => typeof e[1] === 'string' && e[1] !== '')));
  return { filter, filtered: computed(() => Object.keys(filter.value).length > 0) };
}
/** Where the list at path is exported, narrowed as it stands. */
export const exportOf = (path: string, filter: Record<string, string>): string =>
  `#/exports?${new URLSearchParams({ list: path, filter: new URLSearchParams(filter).toString() })}`;
