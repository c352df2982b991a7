import { inject, type Component, type InjectionKey } from 'vue';
import type { Sources } from '@/shared/choices';

/* What the app gives to everything drawn here: choices, and the components of
 * the library in use. */
export const sourcesKey: InjectionKey<Sources> = Symbol('sources');
export const inputKey: InjectionKey<Component> = Symbol('input');
export const buttonKey: InjectionKey<Component> = Symbol('button');

export function need<T>(key: InjectionKey<T>): T {
  const found = inject(key);
  if (!found) throw new Error('the app has not given what a form needs');
  return found;
}
