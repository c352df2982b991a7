import type { Key } from '@/shared/i18n';

/* What administrators keep: one row a noun; lists and forms come from the schema. */
export interface Noun { name: string; text: Key; read: string; write: string; columns: string[] }
export const nouns: Noun[] = [
  { name: 'accounts', text: 'admin.accounts', read: 'people.read', write: 'people.write', columns: ['login', 'name', 'state', 'kind', 'phone'] },
  { name: 'posts', text: 'admin.posts', read: 'people.read', write: 'people.write', columns: ['account', 'org', 'role', 'valid_from', 'valid_to'] },
  { name: 'orgs', text: 'admin.orgs', read: 'place.read', write: 'place.write', columns: ['name', 'short', 'kind', 'area', 'phone'] },
  { name: 'areas', text: 'admin.areas', read: 'place.read', write: 'place.write', columns: ['name', 'level', 'code', 'parent'] },
  { name: 'tokens', text: 'admin.tokens', read: 'token.own', write: 'token.own', columns: ['name', 'scopes', 'created_at', 'expires_at', 'revoked_at'] },
];
export const nounOf = (name: string): Noun | undefined => nouns.find((n) => n.name === name);
