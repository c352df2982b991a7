import { computed, type ComputedRef } from 'vue';
import { may } from '@/api/session';
import type { Page, WorkCount } from '@/api/types';
import { useRead, type Read } from '@/api/use-api';
import { useSchema } from '@/api/use-schema';

/* What waits: every bucket there is, for my body and for me by name. */

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
