import type { InjectionKey } from 'vue';
import type { Json } from '@/shared/form-model';

/** A form that puts right what stands: what that was, by the path of a field, and
 * which secret values are to be emptied. */
export interface Change {
  was: (path: string) => Json | undefined;
  cleared: Set<string>;
  toggle: (path: string) => void;
}
export const changeKey: InjectionKey<Change | null> = Symbol('change');
