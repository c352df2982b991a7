import { shallowRef } from 'vue';
import type { RouteLocationNormalized } from 'vue-router';
import { hasKey, type Key } from '@/shared/i18n';

/* The list a matter was opened from, as it was narrowed and paged: back leads there. */
export const cameFrom = shallowRef<{ to: string; title: Key }>({ to: '/matters', title: 'matter.list' });
const lists = ['work.title', 'matter.list', 'task.title', 'ledgers.title', 'statistics.title', 'notice.title'];

export function rememberList(from: RouteLocationNormalized): void {
  const title = String(from.meta.title ?? '');
  if (lists.includes(title) && hasKey(title)) cameFrom.value = { to: from.fullPath, title };
}
