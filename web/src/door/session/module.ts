import type { DoorModule } from '../module';

export const sessionModule: DoorModule = {
  routes: [{ path: '/sign-in', component: () => import('./SignInPage.vue'), meta: { guest: true, title: 'session.signIn' } }],
};
