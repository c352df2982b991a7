import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query';
import { createApp, type Component } from 'vue';
import type { Router } from 'vue-router';
import { ApiError } from '@/api/client';
import { loadSession } from '@/api/session';
import { sources } from '@/api/sources';
import { buttonKey, inputKey, sourcesKey } from '@/ui/sources';

/* What both entry pages do: one query cache, one session, their own inputs. */
export async function start(root: Component, router: Router, input: Component, button: Component): Promise<void> {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // A refusal stays one; only what may be chance is asked again.
        retry: (count, cause) => count < 2 && (!(cause instanceof ApiError) || cause.status >= 500),
        retryDelay: 800,
      },
    },
  });
  const app = createApp(root);
  app.use(VueQueryPlugin, { queryClient: client });
  app.provide(sourcesKey, sources).provide(inputKey, input).provide(buttonKey, button);
  // Without a server the sign-in page says what is wrong when it is used.
  await loadSession().catch(() => undefined);
  app.use(router);
  await router.isReady().catch(() => undefined);
  app.mount('#app');
}
