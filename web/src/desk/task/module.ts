import type { Module } from '../module';

export const taskModule: Module = {
  routes: [
    { path: '/tasks/:mine(mine)?', component: () => import('./TaskPage.vue'), meta: { perm: 'matter.read', title: 'task.title' } },
    { path: '/tasks/one/:id', component: () => import('./OneTaskPage.vue'), props: true, meta: { perm: 'matter.read', title: 'task.title' } },
  ],
  menu: [{ to: '/tasks', text: 'task.title', perm: 'matter.read', group: 'daily' }],
};
