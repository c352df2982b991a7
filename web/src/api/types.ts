import type { Json } from '@/shared/form-model';

/* What the pages read of the server's answers. */

export interface Label { zh: string; en: string }
export interface Page<T> { items: T[]; next: string | null }
export type Row = { [key: string]: Json };

export interface Post { id: string; role: string; role_zh?: string; role_en?: string; org: { id: string; name: string } }
export interface Session {
  account: { id: string; login: string; name: string };
  posts: Post[];
  post: string | null;
  perms: string[];
  csrf: string;
  must_change_password: boolean;
  totp?: boolean;
}
export interface Action {
  name: string;
  zh: string;
  en: string;
  record: string;
  path: string;
  /** Needs nothing but a click. */
  plain?: boolean;
  danger?: boolean;
}
export interface Bucket { bucket: string; zh: string; en: string; count: number; overdue: number }
export interface Entry {
  id: string;
  action: string;
  zh: string;
  en: string;
  actor: string;
  org?: string;
  happened_at: string;
  recorded_at: string;
  note?: string;
}
export interface Attachment {
  id: string;
  name: string;
  media: string;
  size: number;
  added_by?: string;
  added_at: string;
}
export interface Hint {
  org: { id: string; name: string };
  score?: number;
  reasons: Label[];
}
export interface Login {
  id: string;
  remote: string;
  agent: string;
  created_at: string;
  seen_at: string;
  current: boolean;
}
