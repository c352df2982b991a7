import type { Module } from '../module';

export const exchangeModule: Module = {
  routes: [
    { path: '/imports', component: () => import('./ImportPage.vue'), meta: { perm: 'import', title: 'import.title' } },
    { path: '/exports', component: () => import('./ExportPage.vue'), meta: { perm: 'export', title: 'export.title' } },
  ],
  menu: [
    { to: '/imports', text: 'import.title', perm: 'import', group: 'exchange' },
    { to: '/exports', text: 'export.title', perm: 'export', group: 'exchange' },
  ],
};
