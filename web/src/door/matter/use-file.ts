import { computed, ref, type ComputedRef, type Ref } from 'vue';
import { useSend, type Send } from '@/api/use-api';
import { useSchema } from '@/api/use-schema';
import { nearestPath, type Field, type Json } from '@/shared/form-model';

/* Filing in short steps: the record's fields dealt out to questions. */

export type Ask = 'what' | 'where' | 'who' | 'claim';
export interface Step { ask: Ask; fields: Field[] }
export interface Filed { id: string; number: string; pin: string }

/** What is for staff to say, or said by coming through this door; identity
 * papers are never asked for here. */
const unasked = new Set(['source', 'danger', 'people', 'id_kind', 'id_number', 'channel']);
const asked = (fields: Field[]): Field[] =>
  fields.filter((f) => !f.readonly && !f.hidden && !unasked.has(f.name)).map((f) => ({ ...f, sub: asked(f.sub) }));

const dealt: Record<Ask, string[]> = {
  what: ['kind', 'type', 'title', 'story', 'happened_at'],
  where: ['area', 'place'],
  who: ['parties'],
  claim: ['claims'],
};

export function stepsOf(fields: Field[]): Step[] {
  const asks = Object.keys(dealt) as Ask[];
  const of = (f: Field): Ask => asks.find((ask) => dealt[ask].includes(f.name)) ?? 'claim';
  const place = (ask: Ask, f: Field) => dealt[ask].indexOf(f.name) + (dealt[ask].includes(f.name) ? 0 : 99);
  return asks
    .map((ask) => ({ ask, fields: fields.filter((f) => of(f) === ask).sort((a, b) => place(ask, a) - place(ask, b)) }))
    .filter((s) => s.fields.length);
}

export function useFile(): Pick<Send, 'busy' | 'problem'> & {
  schema: ReturnType<typeof useSchema>;
  steps: ComputedRef<Step[]>;
  at: Ref<number>;
  filed: Ref<Filed | null>;
  self: Ref<boolean>;
  answer: (step: number, body: { [key: string]: Json }) => Promise<void>;
  problemIn: (step: number) => { field: string; message: string } | null;
} {
  const schema = useSchema();
  const { busy, problem, send } = useSend('door/matters');
  const at = ref(0);
  const filed = ref<Filed | null>(null);
  /** Whoever files is one side of it, unless the matter is somebody else's. */
  const self = ref(true);
  const bodies: { [key: string]: Json }[] = [];
  const steps = computed(() => stepsOf(asked(schema.taken('POST', '/api/v1/door/matters'))));
  const guilty = computed(() => {
    const field = problem.value?.field;
    if (!field) return steps.value.length - 1;
    const i = steps.value.findIndex((s) => nearestPath(s.fields, field) !== null);
    return i < 0 ? steps.value.length - 1 : i;
  });

  async function answer(step: number, body: { [key: string]: Json }): Promise<void> {
    bodies[step] = body;
    if (step + 1 < steps.value.length) {
      at.value = step + 1;
      return;
    }
    const reply = await send<Filed>('POST', 'door/matters', { body: { ...Object.assign({}, ...bodies), source: 'online', for_another: !self.value } });
    if (reply) filed.value = reply.data;
    else at.value = guilty.value;
  }
  return {
    schema, steps, at, filed, self, busy, problem, answer,
    problemIn: (step) => (problem.value && step === guilty.value ? problem.value : null),
  };
}
