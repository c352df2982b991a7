import { computed, ref } from 'vue';
import { ApiError, call, onSignedOut, setCsrf } from './client';
import type { Post, Session } from './types';

/* Who is signed in, in which post, and what that permits. */

export const session = ref<Session | null>(null);
/** True when a session ended under an open page: what is typed stays, and the
 * app asks to sign in again above it. */
export const lost = ref(false);

/** True while nobody could say whether somebody is signed in. */
export const unreachable = ref(false);

export const may = (perm: string): boolean => session.value?.perms.includes(perm) ?? false;
export const post = computed<Post | null>(() => session.value?.posts.find((p) => p.id === session.value?.post) ?? null);

function keep(next: Session | null): void {
  session.value = next;
  unreachable.value = false;
  setCsrf(next?.csrf ?? '');
  if (next) lost.value = false;
}
onSignedOut(() => {
  if (session.value) lost.value = true;
});

export async function loadSession(): Promise<void> {
  try {
    keep((await call<Session>('GET', 'session')).data);
  } catch (cause) {
    if (!(cause instanceof ApiError) || cause.status !== 401) {
      unreachable.value = true;
      throw cause;
    }
    keep(null);
  }
}
export async function signIn(login: string, password: string, totp: string): Promise<void> {
  const body = { login, password, ...(totp ? { totp } : {}) };
  keep((await call<Session>('POST', 'session', { body })).data);
}
export async function signInDoor(phone: string, code: string): Promise<void> {
  keep((await call<Session>('POST', 'door/session', { body: { phone, code } })).data);
}
export async function signOut(): Promise<void> {
  try {
    await call('DELETE', 'session');
  } catch (cause) {
    // A session that is gone already is what was wanted.
    if (!(cause instanceof ApiError) || cause.status !== 401) throw cause;
  }
  keep(null);
}
export async function switchPost(id: string): Promise<void> {
  await call('PUT', 'session/post', { body: { post: id } });
  await loadSession();
}
