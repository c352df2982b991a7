import type { DoorModule } from '../module';

export const startModule: DoorModule = {
  routes: [{ path: '/', component: () => import('./StartPage.vue'), meta: { guest: true, title: 'door.title' } }],
};
