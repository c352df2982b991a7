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
export interface WorkCount { bucket: string; count: number; overdue: number; mine: boolean }
export interface Attachment {
  id: string;
  name: string;
  media: string;
  size: number;
  note?: string;
  added_name?: string;
  added_at: string;
}
export interface Login {
  id: string;
  remote: string;
  agent: string;
  created_at: string;
  seen_at: string;
  current: boolean;
}
