import type { Module } from '../module';

export const noticeModule: Module = {
  routes: [
    { path: '/notices', component: () => import('./NoticePage.vue'), meta: { title: 'notice.title' } },
    { path: '/notices/settings', component: () => import('./SettingsPage.vue'), meta: { title: 'notice.settings' } },
  ],
  menu: [],
};
