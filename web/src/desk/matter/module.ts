import type { Module } from '../module';

export const matterModule: Module = {
  routes: [
    { path: '/matters', component: () => import('./MatterListPage.vue'), meta: { perm: 'matter.read', title: 'matter.list' } },
    { path: '/matters/new', component: () => import('./MatterFilePage.vue'), meta: { perm: 'matter.file', title: 'matter.file' } },
    { path: '/matters/:id', component: () => import('./MatterPage.vue'), props: true, meta: { perm: 'matter.read', title: 'matter.one' } },
  ],
  menu: [
    { to: '/matters', text: 'matter.list', perm: 'matter.read', group: 'daily' },
    { to: '/matters/new', text: 'matter.file', perm: 'matter.file', group: 'daily' },
  ],
};
