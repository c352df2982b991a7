import type { Ref } from 'vue';

/** A list by cursor as it is shown: the rows of this page and the ways to the others. */
export interface Pages {
  hasNext: Ref<boolean>;
  hasPrevious: Ref<boolean>;
  next: () => void;
  previous: () => void;
}
export interface Rows<T> extends Pages { items: Ref<T[]> }
