import type { QueryClient } from '@tanstack/vue-query';
import { ref } from 'vue';

/* Live updates: the feed says what changed, the pages read it again. Where the
 * stream cannot be held open (an old proxy), everything shown is asked again
 * once a minute instead. */

export type LiveState = 'off' | 'stream' | 'poll';
export const live = ref<LiveState>('off');

const pollEvery = 60_000;
const retryAfter = 20_000;
const gather = 400;
/** Notices follow what happened a moment later. */
const toldAfter = 2000;

export function startLive(client: QueryClient): () => void {
  let stream: EventSource | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let told: ReturnType<typeof setTimeout> | undefined;
  let fails = 0;
  const matters = new Set<string>();

  function flush(): void {
    soon = undefined;
    void client.invalidateQueries({ queryKey: ['work'] });
    void client.invalidateQueries({ queryKey: ['tasks'] });
    clearTimeout(told);
    told = setTimeout(() => void client.invalidateQueries({ queryKey: ['notices'] }), toldAfter);
    void client.invalidateQueries({ predicate: (q) => q.queryKey[0] === 'matters' && typeof q.queryKey[1] !== 'string' });
    for (const id of matters) void client.invalidateQueries({ queryKey: ['matters', id] });
    matters.clear();
  }
  function onFeed(event: MessageEvent<string>): void {
    try {
      const told = JSON.parse(event.data) as { matter?: unknown };
      if (typeof told.matter === 'string') matters.add(told.matter);
    } catch {
      // A line that is no JSON still says that something changed.
    }
    soon ??= setTimeout(flush, gather);
  }
  function poll(): void {
    live.value = 'poll';
    timer ??= setInterval(() => void client.invalidateQueries({ refetchType: 'active' }), pollEvery);
  }
  function open(): void {
    if (typeof EventSource === 'undefined') {
      poll();
      return;
    }
    stream = new EventSource('/api/v1/stream');
    stream.addEventListener('feed', onFeed);
    stream.onopen = () => {
      fails = 0;
      live.value = 'stream';
      clearInterval(timer);
      timer = undefined;
    };
    stream.onerror = () => {
      fails++;
      // A stream that was refused stays closed: it is asked for again.
      if (stream?.readyState === 2) again = setTimeout(open, retryAfter);
      if (fails >= 3) poll();
    };
  }
  open();
  return () => {
    stream?.close();
    clearInterval(timer);
    clearTimeout(soon);
    clearTimeout(again);
    clearTimeout(told);
    live.value = 'off';
  };
}
