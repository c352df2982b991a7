import type { Module } from '../module';

export const insightModule: Module = {
  routes: [
    { path: '/statistics/:month(\\d{6})?', component: () => import('./StatisticsPage.vue'), meta: { perm: 'statistics', title: 'statistics.title' } },
    { path: '/work-statistics', component: () => import('./OpenWorkPage.vue'), meta: { perm: 'matter.supervise', title: 'open.title' } },
    { path: '/ledgers/:source?', component: () => import('./LedgerPage.vue'), meta: { perm: 'matter.read', title: 'ledgers.title' } },
  ],
  menu: [
    { to: '/statistics', text: 'statistics.title', perm: 'statistics', group: 'daily' },
    { to: '/work-statistics', text: 'open.title', perm: 'matter.supervise', group: 'daily' },
    { to: '/ledgers', text: 'ledgers.title', perm: 'matter.read', group: 'daily' },
  ],
};
