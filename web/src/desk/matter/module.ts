import type { Module } from '../module';

export const matterModule: Module = {
  routes: [
    { path: '/matters', component: () => import('./MatterListPage.vue'), meta: { perm: 'matter.read', title: 'matter.list' } },
    { path: '/matters/new', component: () => import('./MatterFilePage.vue'), props: { way: 'file' }, meta: { perm: 'matter.file', title: 'matter.file' } },
    { path: '/matters/spot', component: () => import('./MatterFilePage.vue'), props: { way: 'spot' }, meta: { perm: 'matter.intake', title: 'matter.spot', under: '/matters/new' } },
    { path: '/matters/advice', component: () => import('./MatterFilePage.vue'), props: { way: 'advice' }, meta: { perm: 'matter.intake', title: 'matter.advice', under: '/matters/new' } },
    { path: '/matters/:id/sealed', component: () => import('./SealedPage.vue'), props: true, meta: { perm: 'matter.read', title: 'sealed.title' } },
    { path: '/matters/:id', component: () => import('./MatterPage.vue'), props: true, meta: { perm: 'matter.read', title: 'matter.one' } },
  ],
  menu: [
    { to: '/matters', text: 'matter.list', perm: 'matter.read', group: 'daily' },
    { to: '/matters/new', text: 'matter.file', perm: 'matter.file', group: 'daily' },
  ],
};
