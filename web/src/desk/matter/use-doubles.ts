import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { call } from '@/api/client';
import type { Row } from '@/api/types';
import type { Json, Values } from '@/shared/form-model';

/* Whether what is being typed is there already, asked a moment after the last key.
 * A hint that cannot be had is no failure of the form: then there is none. */

const PAUSE_MS = 900;
const TEXT_LEAST = 8;
const PHONE_LEAST = 7;
const STORY_MOST = 4000;
const PERSONS_MOST = 20;

const word = (v: unknown): string => (typeof v === 'string' ? v.trim() : '');
const digits = (v: unknown): number => word(v).replace(/\D/g, '').length;

function personsOf(values: Values): { [key: string]: Json }[] {
  const rows = Array.isArray(values.parties) ? (values.parties as Values[]) : [];
  return rows
    .map((row) => ({
      role: word(row.role) || 'applicant',
      ...(digits(row.phone) >= PHONE_LEAST ? { phone: word(row.phone) } : {}),
      ...(digits(row.id_number) >= PHONE_LEAST ? { id_number: word(row.id_number) } : {}),
    }))
    .filter((p) => 'phone' in p || 'id_number' in p)
    .slice(0, PERSONS_MOST);
}

/** What of a form is compared; null while it is too little to tell anything. */
export function probeOf(values: Values): { [key: string]: Json } | null {
  const body: { [key: string]: Json } = {};
  for (const name of ['kind', 'title', 'type', 'area', 'place']) if (word(values[name])) body[name] = word(values[name]);
  const story = word(values.story).slice(0, STORY_MOST);
  if (story) body.story = story;
  const persons = personsOf(values);
  if (persons.length) body.persons = persons;
  const told = `${word(values.title)}${story}`.length >= TEXT_LEAST || (body.place && body.type);
  return told || persons.length ? body : null;
}

export function useDoubles(values: () => Values | undefined): ShallowRef<Row[]> {
  const rows = shallowRef<Row[]>([]);
  let timer = 0;
  let asked = new AbortController();

  async function ask(body: string): Promise<void> {
    asked.abort();
    const mine = (asked = new AbortController());
    try {
      const reply = await call<{ items: Row[] }>('POST', 'matters/doubles', { body: JSON.parse(body), signal: mine.signal });
      if (!mine.signal.aborted) rows.value = reply.data.items;
    } catch {
      if (!mine.signal.aborted) rows.value = [];
    }
  }
  watch(
    () => {
      const now = values();
      return JSON.stringify(now ? probeOf(now) : null);
    },
    (body) => {
      window.clearTimeout(timer);
      if (body !== 'null') {
        timer = window.setTimeout(() => void ask(body), PAUSE_MS);
        return;
      }
      asked.abort();
      rows.value = [];
    },
  );
  onScopeDispose(() => {
    window.clearTimeout(timer);
    asked.abort();
  });
  return rows;
}
