import { computed, type ComputedRef } from 'vue';
import { may } from '@/api/session';
import type { Page, WorkCount } from '@/api/types';
import { useRead, type Query, type Read } from '@/api/use-api';
import { useSchema } from '@/api/use-schema';
import type { Key } from '@/shared/i18n';

/* What waits: every bucket there is, for my body and for me by name; across them what
 * is late and what was done. */

export interface Bucket extends Omit<WorkCount, 'bucket'> { bucket: string; zh: string; en: string; to: string }

export function useWork(): Read<Page<WorkCount>> & { buckets: ComputedRef<Bucket[]>; waiting: ComputedRef<number> } {
  const schema = useSchema();
  const read = useRead<Page<WorkCount>>(() => (may('matter.read') ? 'work' : null));
  const counts = computed(() => read.data.value?.items ?? []);
  const words = computed(() => schema.fields('work_count').find((f) => f.name === 'bucket')?.options ?? []);
  const buckets = computed(() =>
    [false, true].flatMap((mine) =>
      words.value.flatMap((w) => {
        const found = counts.value.find((c) => c.bucket === w.value && c.mine === mine);
        // What is mine by name is shown when there is some; my body's always.
        if (!found && mine) return [];
        return [{ bucket: w.value, zh: w.zh, en: w.en, mine, count: found?.count ?? 0, overdue: found?.overdue ?? 0, yellow: found?.yellow ?? 0, to: w.value === 'tasks' ? `/tasks${mine ? '/mine' : ''}` : `/work/${w.value}${mine ? '/mine' : ''}` }];
      }),
    ),
  );
  return { ...read, buckets, waiting: computed(() => counts.value.filter((c) => !c.mine).reduce((sum, c) => sum + c.count, 0)) };
}

/** A view across the buckets: its list, its count, the colour of it. */
export interface View {
  name: string;
  text: Key;
  mine: boolean;
  to: string;
  count: number;
  tone: 'yellow' | 'red' | 'none';
  path: string;
  query: Query;
}
interface DoneToday { body: number; mine: number }

export function useViews(buckets: () => Bucket[]): ComputedRef<View[]> {
  const done = useRead<DoneToday>(() => (may('matter.read') ? 'work/done/today' : null));
  /** Tasks have a list of their own. */
  const sum = (mine: boolean, of: 'yellow' | 'overdue') =>
    buckets().filter((b) => b.mine === mine && b.bucket !== 'tasks').reduce((all, b) => all + b[of], 0);
  return computed(() =>
    [false, true].flatMap((mine) => {
      const view = (name: string, text: Key, count: number, tone: View['tone'], path: string, query: Query): View =>
        ({ name, text, mine, count, tone, path, query: { ...query, mine: mine || undefined }, to: `/work/${name}${mine ? '/mine' : ''}` });
      return [
        view('nearly', 'work.nearly', sum(mine, 'yellow'), 'yellow', 'work/late', { colour: 'yellow' }),
        view('over', 'work.over', sum(mine, 'overdue'), 'red', 'work/late', { colour: 'red' }),
        view('done', 'work.done', (mine ? done.data.value?.mine : done.data.value?.body) ?? 0, 'none', 'work/done', {}),
      ];
    }),
  );
}
