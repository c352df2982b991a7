import type { Module } from '../module';

export const workModule: Module = {
  routes: [
    { path: '/', redirect: '/work' },
    { path: '/work/:bucket?/:mine(mine)?', component: () => import('./WorkPage.vue'), meta: { title: 'work.title' } },
  ],
  menu: [{ to: '/work', text: 'work.title', perm: 'matter.read', group: 'daily' }],
};
