import type { Module } from '../module';

export const sessionModule: Module = {
  routes: [
    { path: '/sign-in', component: () => import('./SignInPage.vue'), meta: { guest: true, title: 'session.signIn' } },
    { path: '/password', component: () => import('./PasswordPage.vue'), meta: { title: 'session.password' } },
    { path: '/me', component: () => import('./MePage.vue'), meta: { title: 'session.me' } },
  ],
  menu: [],
};
