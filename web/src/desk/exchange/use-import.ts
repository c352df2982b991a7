import { computed, ref, type ComputedRef, type Ref } from 'vue';
import { get } from '@/api/client';
import { useSend, type Send } from '@/api/use-api';

/* An import in its four steps: file, columns, check, run. */

export interface ImportColumn { name: string; field?: string | null }
export interface RowError { row: number; column: string; message: string }
export interface ImportJob {
  id: string;
  state: string;
  name?: string;
  columns?: (string | ImportColumn)[];
  mapping?: Record<string, string> | null;
  fields?: { name: string; zh: string; en: string }[];
  sample?: string[][];
  errors?: RowError[];
  total?: number;
  done?: number;
  created?: number;
  skipped?: number;
}
export type Step = 'file' | 'columns' | 'check' | 'run';

export function useImport(): Pick<Send, 'busy' | 'problem'> & {
  step: Ref<Step>;
  job: Ref<ImportJob | null>;
  mapping: Ref<Record<string, string>>;
  columns: ComputedRef<string[]>;
  upload: (file: File) => Promise<void>;
  map: () => Promise<void>;
  run: () => Promise<void>;
  restart: () => void;
} {
  const { busy, problem, send } = useSend('matters', 'work');
  const step = ref<Step>('file');
  const job = ref<ImportJob | null>(null);
  const mapping = ref<Record<string, string>>({});
  const columns = computed(() => (job.value?.columns ?? []).map((c) => (typeof c === 'string' ? c : c.name)));
  const at = () => `imports/${job.value?.id ?? ''}`;

  async function upload(file: File): Promise<void> {
    const form = new FormData();
    form.append('file', file, file.name);
    const reply = await send<ImportJob>('POST', 'imports', { form });
    if (!reply) return;
    job.value = reply.data;
    const guessed = Object.fromEntries(
      (reply.data.columns ?? []).flatMap((c) => (typeof c === 'string' || !c.field ? [] : [[c.name, c.field]])),
    );
    mapping.value = { ...guessed, ...(reply.data.mapping ?? {}) };
    step.value = 'columns';
  }
  async function map(): Promise<void> {
    if (!(await send('PUT', `${at()}/mapping`, { body: { mapping: mapping.value } }))) return;
    const reply = await send<ImportJob>('POST', `${at()}/check`);
    if (!reply) return;
    job.value = { ...job.value, ...reply.data };
    step.value = 'check';
  }
  async function run(): Promise<void> {
    if (!(await send('POST', `${at()}/run`))) return;
    step.value = 'run';
    await follow();
  }
  /** Asks how far it is until it ends. */
  async function follow(): Promise<void> {
    for (let i = 0; i < 600 && step.value === 'run' && job.value; i++) {
      job.value = { ...job.value, ...(await get<ImportJob>(at()).catch(() => job.value ?? { id: '', state: '' })) };
      if (['done', 'failed', 'ended'].includes(job.value.state)) return;
      await new Promise((next) => setTimeout(next, 1000));
    }
  }
  function restart(): void {
    step.value = 'file';
    job.value = null;
    mapping.value = {};
  }
  return { busy, problem, step, job, mapping, columns, upload, map, run, restart };
}
