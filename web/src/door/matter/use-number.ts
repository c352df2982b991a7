import type { Field } from '@/shared/form-model';
import { t, type Key } from '@/shared/i18n';

/** The two things on a receipt. */
export function numberFields(): Field[] {
  const field = (name: string, key: Key, max: number): Field => ({
    name, kind: 'text', zh: t(key), en: t(key), doc: '', required: true, readonly: false, hidden: false, secret: false, empties: false,
    max, min: null, format: '', codelist: '', options: [], sub: [], preset: null,
  });
  return [field('number', 'matter.number', 40), field('pin', 'matter.pin', 20)];
}
