import { keepPreviousData, useQuery, useQueryClient, type UseQueryOptions } from '@tanstack/vue-query';
import { computed, ref, type ComputedRef, type Ref } from 'vue';
import { ApiError, call, keyKeeper, type CallOptions, type Reply } from './client';

/* Reading and sending from pages. A query's key is its address, piece by piece,
 * so that everything below an address is made stale at once. */

export type Query = Record<string, string | number | boolean | null | undefined>;

export const keyOf = (path: string, query?: Query): unknown[] => [
  ...path.replace(/^\/api\/v1\//, '').split('/'),
  ...(query ? [query] : []),
];

export interface Read<T> {
  data: ComputedRef<T | undefined>;
  etag: ComputedRef<string>;
  pending: ComputedRef<boolean>;
  fetching: Ref<boolean>;
  error: ComputedRef<Error | null>;
  again: () => void;
}

/** Reads path() whenever it changes; null reads nothing. */
export function useRead<T>(path: () => string | null, query?: () => Query): Read<T> {
  const options: UseQueryOptions<Reply<T>, Error, Reply<T>, Reply<T>, unknown[]> = {
    queryKey: computed(() => keyOf(path() ?? '-', query?.())),
    queryFn: ({ signal }) => call<T>('GET', path() ?? '', { query: query?.() ?? {}, signal }),
    enabled: computed(() => path() !== null),
    ...(query ? { placeholderData: keepPreviousData } : {}),
  };
  const q = useQuery(options);
  return {
    data: computed(() => q.data.value?.data),
    etag: computed(() => q.data.value?.etag ?? ''),
    pending: computed(() => q.isPending.value && path() !== null),
    fetching: q.isFetching,
    error: computed(() => (q.data.value ? null : q.error.value)),
    again: () => void q.refetch(),
  };
}

export interface Problem { slug: string; field: string; message: string; request: string }
export interface Send {
  busy: Ref<boolean>;
  problem: Ref<Problem | null>;
  send: <T>(method: 'POST' | 'PUT' | 'DELETE', path: string, o?: CallOptions) => Promise<Reply<T> | null>;
  clear: () => void;
}

/** Sends changes one at a time and keeps what the server said against them.
 * After a success everything below the addresses in stale is read again. */
export function useSend(...stale: string[]): Send {
  const client = useQueryClient();
  const keeper = keyKeeper();
  const busy = ref(false);
  const problem = ref<Problem | null>(null);

  async function send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, o: CallOptions = {}): Promise<Reply<T> | null> {
    if (busy.value) return null;
    busy.value = true;
    problem.value = null;
    try {
      const key = method === 'POST' ? keeper.keyFor([path, o.body]) : '';
      const reply = await call<T>(method, path, { ...o, ...(key ? { key } : {}) });
      keeper.done();
      for (const at of stale) void client.invalidateQueries({ queryKey: keyOf(at) });
      return reply;
    } catch (cause) {
      problem.value = problemFrom(cause);
      return null;
    } finally {
      busy.value = false;
    }
  }
  return { busy, problem, send, clear: () => void (problem.value = null) };
}

export function problemFrom(cause: unknown): Problem {
  if (cause instanceof ApiError) {
    return { slug: cause.slug, field: cause.field, message: cause.message, request: cause.request };
  }
  return { slug: 'unknown', field: '', message: cause instanceof Error ? cause.message : String(cause), request: '' };
}
