import type { Module } from '../module';

export const demoModule: Module = {
  routes: [{ path: '/demo/outbox', component: () => import('./OutboxPage.vue'), meta: { guest: true, title: 'demo.outbox' } }],
  menu: [],
};
