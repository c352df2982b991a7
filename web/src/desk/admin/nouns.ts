import type { Key } from '@/shared/i18n';

/* What administrators keep: one row a noun; lists and forms come from the schema. */
export interface Noun { name: string; text: Key; read: string; write: string; columns: string[] }
export const nouns: Noun[] = [
  { name: 'accounts', text: 'admin.accounts', read: 'people.read', write: 'people.write', columns: ['login', 'name', 'state', 'phone', 'totp_on', 'created_at'] },
  { name: 'posts', text: 'admin.posts', read: 'people.read', write: 'people.write', columns: ['account_name', 'org_name', 'role', 'valid_from', 'valid_to', 'holds'] },
  { name: 'orgs', text: 'admin.orgs', read: 'place.read', write: 'place.write', columns: ['name', 'short_name', 'kind', 'area_name', 'phone'] },
  { name: 'areas', text: 'admin.areas', read: 'place.read', write: 'place.write', columns: ['name', 'level', 'code', 'parent_name'] },
  { name: 'tokens', text: 'admin.tokens', read: 'token.own', write: 'token.own', columns: ['name', 'scopes', 'created_at', 'expires_at', 'seen_at', 'revoked_at'] },
];
export const nounOf = (name: string): Noun | undefined => nouns.find((n) => n.name === name);

/** Further acts on one of them, by the last part of their address. */
export const acts: Record<string, Key> = {
  unlock: 'admin.unlock',
  password: 'admin.password',
  substitute: 'admin.substitute',
  end: 'admin.end',
};
