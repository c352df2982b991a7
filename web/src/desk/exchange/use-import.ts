import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue';
import { call, get } from '@/api/client';
import type { Page } from '@/api/types';
import { useSend, type Send } from '@/api/use-api';
import type { Json } from '@/shared/form-model';

/* An import in its four steps: file, columns, check, run. Checking and running
 * are jobs of the server; this follows them. */

export interface ImportJob {
  [key: string]: Json;
  id: string;
  ledger: string;
  name: string;
  columns: string[];
  mapping: string[];
  state: string;
  rows: number;
  bad: number;
  filed: number;
  same: number;
}
export interface ImportError { row: number; col: number; title: string; zh: string; en: string }
export type Step = 'file' | 'columns' | 'check' | 'run';

export interface Importing extends Pick<Send, 'busy' | 'problem'> {
  step: Ref<Step>;
  job: Ref<ImportJob | null>;
  samples: Ref<string[][]>;
  errors: Ref<ImportError[]>;
  working: ComputedRef<boolean>;
  upload: (file: File, ledger: string) => Promise<void>;
  check: (settings: { [key: string]: Json }, mapping: string[]) => Promise<void>;
  run: () => Promise<void>;
  restart: () => void;
}

export function useImport(): Importing {
  const { busy, problem, send } = useSend('matters', 'work', 'imports');
  const step = ref<Step>('file');
  const job = shallowRef<ImportJob | null>(null);
  const samples = ref<string[][]>([]);
  const errors = ref<ImportError[]>([]);
  const working = computed(() => ['checking', 'running'].includes(job.value?.state ?? ''));
  let etag = '';
  const at = () => `imports/${job.value?.id ?? ''}`;

  async function upload(file: File, ledger: string): Promise<void> {
    const form = new FormData();
    form.append('ledger', ledger);
    form.append('file', file, file.name);
    const reply = await send<ImportJob>('POST', 'imports', { form });
    if (!reply) return;
    job.value = reply.data;
    etag = reply.etag;
    samples.value = (await get<Page<{ cells: string[] }>>(`${at()}/sample`)).items.map((r) => r.cells);
    step.value = 'columns';
  }
  async function check(settings: { [key: string]: Json }, mapping: string[]): Promise<void> {
    const body = { ...settings, mapping };
    const changed = await send<ImportJob>('PUT', at(), { body, ifMatch: etag });
    if (!changed) return;
    job.value = changed.data;
    const begun = await send<ImportJob>('POST', `${at()}/check`);
    if (!begun) return;
    step.value = 'check';
    job.value = begun.data;
    await follow();
    errors.value = job.value?.bad ? (await get<Page<ImportError>>(`${at()}/errors`, { limit: 100 })).items : [];
  }
  async function run(): Promise<void> {
    const begun = await send<ImportJob>('POST', `${at()}/run`);
    if (!begun) return;
    step.value = 'run';
    job.value = begun.data;
    await follow();
  }
  /** Asks how far it is until it rests. */
  async function follow(): Promise<void> {
    const mine = job.value?.id;
    while (working.value && job.value?.id === mine) {
      await new Promise((next) => setTimeout(next, 700));
      const reply = await call<ImportJob>('GET', at()).catch(() => null);
      if (!reply || job.value?.id !== mine) continue;
      job.value = reply.data;
      etag = reply.etag;
    }
  }
  function restart(): void {
    step.value = 'file';
    job.value = null;
    errors.value = [];
    samples.value = [];
  }
  return { busy, problem, step, job, samples, errors, working, upload, check, run, restart };
}
