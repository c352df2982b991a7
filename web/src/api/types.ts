import type { Json } from '@/shared/form-model';
import type { components } from './schema.d';

/* What the pages read of the server's answers: the generated types, with the
 * members that are JSON as it stands told in full. */

type Schemas = components['schemas'];
type Told<T, More> = Omit<T, keyof More> & More;

export interface Label { zh: string; en: string }
export interface Page<T> { items: T[]; next: string | null }
export type Row = { [key: string]: Json };

export type Post = Told<Schemas['session_post'], { id: string; org: { id: string; name: string } }>;
export type Session = Told<Schemas['session'], { account: { id: string; login: string; name: string }; posts: Post[] }>;
export type Action = Schemas['matter_offer'];
export type WorkCount = Schemas['work_count'];
export type OpenTable = Schemas['open_table'];
export type OpenRow = Schemas['open_row'];
export type Attachment = Schemas['attachment'];
export type Paper = Schemas['paper_offer'];
export type Login = Schemas['sign_in_place'];
