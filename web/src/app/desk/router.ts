import { ElMessage } from 'element-plus';
import { createRouter, createWebHashHistory } from 'vue-router';
import { adminModule } from '@/desk/admin/module';
import { demoModule } from '@/desk/demo/module';
import { rememberList } from '@/desk/came-from';
import { exchangeModule } from '@/desk/exchange/module';
import { insightModule } from '@/desk/insight/module';
import { matterModule } from '@/desk/matter/module';
import type { Module } from '@/desk/module';
import { noticeModule } from '@/desk/notice/module';
import { sessionModule } from '@/desk/session/module';
import { taskModule } from '@/desk/task/module';
import { workModule } from '@/desk/work/module';
import { may, session } from '@/api/session';
import { t } from '@/shared/i18n';

export const modules: Module[] = [workModule, matterModule, taskModule, insightModule, exchangeModule, adminModule, demoModule, sessionModule, noticeModule];

/* Addresses live behind the #: the server serves two plain files, and what one
 * looks for never stands in an access log. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    ...modules.flatMap((m) => m.routes),
    { path: '/:rest(.*)*', component: () => import('./LostPage.vue') },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

router.beforeEach((to) => {
  if (to.meta.guest) return true;
  if (!session.value) return { path: '/sign-in', query: to.fullPath === '/' ? {} : { back: to.fullPath } };
  if (session.value.must_change_password && to.path !== '/password') return '/password';
  if (to.meta.perm && !may(to.meta.perm)) {
    ElMessage({ type: 'warning', message: t('state.denied'), grouping: true });
    return '/work';
  }
  return true;
});
router.afterEach((to, from) => {
  rememberList(from);
  document.title = `${to.meta.title ? `${t(to.meta.title)} · ` : ''}${t('app.name')}`;
  if (from.matched.length && to.path !== from.path) document.getElementById('main')?.focus({ preventScroll: true });
});
