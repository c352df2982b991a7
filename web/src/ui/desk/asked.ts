import type { Field, Json } from '@/shared/form-model';

/** What a dialog asks: the form of a record and what it begins with. */
export interface Asked {
  title: string;
  fields: Field[];
  start?: { [key: string]: Json };
  /** What stands and is put right. */
  was?: { [key: string]: Json };
  context?: Record<string, string>;
  note?: string;
  /** The word on the button where it is not the title. */
  submit?: string;
  danger?: boolean;
}
