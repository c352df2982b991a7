import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError, call, keyKeeper, onSignedOut, setCsrf } from './client';

type Answer = Response | Error;
const asked: { url: string; init: RequestInit }[] = [];
let answers: Answer[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    asked.push({ url, init });
    const next = answers.shift() ?? new Response('{}', { status: 200 });
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  answers = [];
  setCsrf('');
});
const header = (i: number, name: string) => new Headers(asked[i]?.init.headers).get(name);
const problem = (body: unknown, status: number) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json' } });
const caught = (p: Promise<unknown>) => p.then(() => null, (e: unknown) => e as ApiError);

describe('call', () => {
  it('sends token, key and version with a change, and none of them with a look', async () => {
    setCsrf('tok');
    await call('POST', 'matters', { body: { a: 1 }, ifMatch: '"v7"' });
    await call('GET', 'matters', { query: { q: '噪音', after: null, kind: '' } });
    expect(header(0, 'X-CSRF')).toBe('tok');
    expect(header(0, 'If-Match')).toBe('"v7"');
    expect(header(0, 'Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
    expect(header(1, 'X-CSRF')).toBeNull();
    expect(header(1, 'Idempotency-Key')).toBeNull();
    expect(asked[1]?.url).toBe(`/api/v1/matters?q=${encodeURIComponent('噪音')}`);
  });
  it('keeps the key when the answer was lost', async () => {
    answers = [new TypeError('gone')];
    await call('POST', 'matters', { body: {} });
    expect(asked).toHaveLength(2);
    expect(header(0, 'Idempotency-Key')).toBe(header(1, 'Idempotency-Key'));
  });
  it('does not repeat a change that has no key', async () => {
    answers = [new TypeError('gone')];
    const e = await caught(call('PUT', 'x', { body: {} }));
    expect(e?.slug).toBe('offline');
    expect(asked).toHaveLength(1);
  });
  it('reads a problem', async () => {
    answers = [problem({ type: '/problems/required', title: 'Unprocessable', detail: '必须填写', field: 'parties[2].name', request_id: 'r1' }, 422)];
    const e = await caught(call('POST', 'matters', { body: {} }));
    expect(e).toBeInstanceOf(ApiError);
    expect(e).toMatchObject({ slug: 'required', status: 422, message: '必须填写', field: 'parties[2].name', request: 'r1' });
  });
  it('survives an answer that is no problem and one that is no JSON', async () => {
    answers = [new Response('<html>bad gateway', { status: 502 }), new Response('{"half":', { status: 200 })];
    expect(await caught(call('GET', 'x'))).toMatchObject({ slug: 'unknown', status: 502 });
    expect(await caught(call('GET', 'x'))).toMatchObject({ slug: 'bad-answer' });
  });
  it('tells that nobody is signed in any more, but not for a wrong password', async () => {
    const out = vi.fn();
    onSignedOut(out);
    answers = [problem({ type: '/problems/bad-login' }, 401)];
    await caught(call('POST', 'session', { body: {} }));
    expect(out).not.toHaveBeenCalled();
    answers = [problem({ type: '/problems/sign-in' }, 401)];
    await caught(call('GET', 'work'));
    expect(out).toHaveBeenCalledOnce();
  });
  it('answers 204 with nothing, and hands on the ETag', async () => {
    answers = [new Response(null, { status: 204 }), new Response('{"id":"1"}', { headers: { ETag: '"v3"' } })];
    expect((await call('DELETE', 'x')).data).toBeNull();
    expect(await call('GET', 'x')).toMatchObject({ data: { id: '1' }, etag: '"v3"' });
  });
});

describe('a kept key', () => {
  it('is the same for the same body until it was taken', () => {
    const k = keyKeeper();
    const first = k.keyFor({ a: 1 });
    expect(k.keyFor({ a: 1 })).toBe(first);
    expect(k.keyFor({ a: 2 })).not.toBe(first);
    const again = k.keyFor({ a: 2 });
    k.done();
    expect(k.keyFor({ a: 2 })).not.toBe(again);
  });
});
