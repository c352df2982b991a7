import type { DoorModule } from '../module';

export const noticeModule: DoorModule = {
  routes: [{ path: '/notices', component: () => import('./NoticePage.vue'), meta: { title: 'door.notices' } }],
};
