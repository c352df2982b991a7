import { createRouter, createWebHashHistory } from 'vue-router';
import { session } from '@/api/session';
import { matterModule } from '@/door/matter/module';
import { noticeModule } from '@/door/notice/module';
import { sessionModule } from '@/door/session/module';
import { startModule } from '@/door/start/module';
import { t } from '@/shared/i18n';

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    ...[startModule, sessionModule, matterModule, noticeModule].flatMap((m) => m.routes),
    { path: '/:rest(.*)*', redirect: '/' },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

router.beforeEach((to) => {
  if (to.meta.guest || session.value) return true;
  return { path: '/sign-in', query: { back: to.fullPath } };
});
router.afterEach((to, from) => {
  document.title = `${to.meta.title ? `${t(to.meta.title)} · ` : ''}${t('app.name')}`;
  if (from.matched.length && to.path !== from.path) document.getElementById('main')?.focus({ preventScroll: true });
});
