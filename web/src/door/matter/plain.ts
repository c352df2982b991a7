import { hasKey, t } from '@/shared/i18n';

/* Where a matter stands, in the words of everyday. */
export function standing(state: string): string {
  const key = `standing.${state}`;
  return hasKey(key) ? t(key) : '';
}

/** The road every matter takes, and how far this one is on it. */
export const road = ['filed', 'accepted', 'in_hand', 'concluded', 'replied', 'closed'] as const;
export const reached = (state: string): number => (road as readonly string[]).indexOf(state);
