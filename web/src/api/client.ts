import { langTag, t } from '@/shared/i18n';

/* The one place that talks HTTP. Every failure becomes an ApiError, the same
 * value the server hands up: slug, status, field, sentence. */

export class ApiError extends Error {
  constructor(
    readonly slug: string,
    readonly status: number,
    message: string,
    readonly field = '',
    readonly request = '',
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export interface CallOptions {
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
  form?: FormData;
  ifMatch?: string;
  key?: string;
  signal?: AbortSignal;
}
export interface Reply<T> { data: T; etag: string; location: string }

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

let csrf = '';
let signedOut: () => void = () => undefined;

/** The session's token, sent with every change. */
export function setCsrf(token: string): void {
  csrf = token;
}
/** Called when the server no longer knows us. */
export function onSignedOut(run: () => void): void {
  signedOut = run;
}

export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  // Plain http on an inner network is no secure context: no randomUUID there.
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = ((b[6] ?? 0) & 0x0f) | 0x40;
  b[8] = ((b[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...b].map((n) => n.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function address(path: string, query: CallOptions['query']): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return (path.startsWith('/') ? path : `/api/v1/${path}`) + (text ? `?${text}` : '');
}

function headersOf(method: Method, o: CallOptions, key: string): Headers {
  const h = new Headers({ Accept: 'application/json', 'Accept-Language': langTag.value });
  if (o.body !== undefined) h.set('Content-Type', 'application/json');
  if (method !== 'GET' && csrf) h.set('X-CSRF', csrf);
  if (o.ifMatch) h.set('If-Match', o.ifMatch);
  if (key) h.set('Idempotency-Key', key);
  return h;
}

async function problemOf(answer: Response): Promise<ApiError> {
  const fallback = t(answer.status >= 500 ? 'error.server' : 'error.refused', { status: answer.status });
  try {
    const p = (await answer.json()) as Record<string, unknown>;
    const text = (name: string) => (typeof p[name] === 'string' ? (p[name] as string) : '');
    const slug = text('type').replace(/^.*[/:#]/, '') || 'unknown';
    return new ApiError(slug, answer.status, text('detail') || text('title') || fallback, text('field'), text('request_id'));
  } catch {
    return new ApiError('unknown', answer.status, fallback);
  }
}

async function attempt(method: Method, path: string, o: CallOptions, key: string): Promise<Response> {
  const init: RequestInit = { method, headers: headersOf(method, o, key), credentials: 'same-origin' };
  if (o.form) init.body = o.form;
  else if (o.body !== undefined) init.body = JSON.stringify(o.body);
  if (o.signal) init.signal = o.signal;
  try {
    return await fetch(address(path, o.query), init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError('offline', 0, t('error.offline'));
  }
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/* A lost answer is asked for once more: reading is harmless, and a POST carries
 * a key by which the server knows that it is the same one. */
async function sent(method: Method, path: string, o: CallOptions): Promise<Response> {
  const key = o.key ?? (method === 'POST' ? newKey() : '');
  try {
    return await attempt(method, path, o, key);
  } catch (cause) {
    if (!(cause instanceof ApiError) || (method !== 'GET' && !key)) throw cause;
    await pause(400);
    return attempt(method, path, o, key);
  }
}

export async function call<T>(method: Method, path: string, o: CallOptions = {}): Promise<Reply<T>> {
  const answer = await sent(method, path, o);
  if (!answer.ok) {
    const problem = await problemOf(answer);
    if (problem.slug === 'sign-in') signedOut();
    throw problem;
  }
  const text = answer.status === 204 ? '' : await answer.text();
  let data: unknown = null;
  if (text) {
    try {
      data = JSON.parse(text);
    } catch {
      throw new ApiError('bad-answer', answer.status, t('error.answer'));
    }
  }
  return {
    data: data as T,
    etag: answer.headers.get('ETag') ?? '',
    location: answer.headers.get('Location') ?? '',
  };
}

export const get = async <T>(path: string, query?: CallOptions['query'], signal?: AbortSignal): Promise<T> =>
  (await call<T>('GET', path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) })).data;

/** Gives the same key for the same body until it has been accepted, so that a
 * second click after a lost answer does not file twice; another body gets
 * another key. */
export function keyKeeper(): { keyFor: (body: unknown) => string; done: () => void } {
  let key = '';
  let seen = '';
  return {
    keyFor(body) {
      const now = JSON.stringify(body ?? null);
      if (!key || now !== seen) key = newKey();
      seen = now;
      return key;
    },
    done() {
      key = '';
    },
  };
}
