import { QueryClient } from '@tanstack/vue-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { live, startLive } from './live';

class FakeStream {
  static all: FakeStream[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  feed: ((e: MessageEvent<string>) => void) | null = null;
  closed = false;
  constructor() {
    FakeStream.all.push(this);
  }
  addEventListener(_name: string, run: (e: MessageEvent<string>) => void): void {
    this.feed = run;
  }
  close(): void {
    this.closed = true;
  }
  refuse(): void {
    this.readyState = 2;
    this.onerror?.();
  }
}
const latest = (): FakeStream => FakeStream.all[FakeStream.all.length - 1] as FakeStream;

describe('live updates', () => {
  const client = new QueryClient();
  let stop = (): void => undefined;
  beforeEach(() => {
    vi.useFakeTimers();
    FakeStream.all = [];
    vi.stubGlobal('EventSource', FakeStream);
    stop = startLive(client);
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it('make stale what the feed tells, once for a burst', () => {
    const stale = vi.spyOn(client, 'invalidateQueries');
    latest().onopen?.();
    expect(live.value).toBe('stream');
    for (let i = 0; i < 5; i++) latest().feed?.(new MessageEvent('feed', { data: '{"seq":1,"matter":"7"}' }));
    latest().feed?.(new MessageEvent('feed', { data: 'no json' }));
    vi.advanceTimersByTime(500);
    const keys = stale.mock.calls.map(([o]) => JSON.stringify((o as { queryKey?: unknown } | undefined)?.queryKey));
    expect(keys).toEqual(['["work"]', '["tasks"]', undefined, '["matters","7"]']);
    vi.advanceTimersByTime(2000);
    expect(JSON.stringify(stale.mock.calls.at(-1)?.[0])).toBe('{"queryKey":["notices"]}');
    expect(stale).toHaveBeenCalledTimes(keys.length + 1);
  });
  it('ask again for a stream that was refused, and poll meanwhile', () => {
    for (let i = 0; i < 3; i++) {
      latest().refuse();
      vi.advanceTimersByTime(20_000);
    }
    expect(FakeStream.all).toHaveLength(4);
    expect(live.value).toBe('poll');
    const stale = vi.spyOn(client, 'invalidateQueries');
    vi.advanceTimersByTime(60_000);
    expect(stale).toHaveBeenCalled();
    latest().onopen?.();
    expect(live.value).toBe('stream');
  });
  it('end with the session', () => {
    stop();
    expect(latest().closed).toBe(true);
    expect(live.value).toBe('off');
  });
});
