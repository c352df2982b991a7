import type { DoorModule } from '../module';

export const matterModule: DoorModule = {
  routes: [
    { path: '/file', component: () => import('./FilePage.vue'), meta: { title: 'door.file' } },
    { path: '/status', component: () => import('./StatusPage.vue'), meta: { guest: true, title: 'door.status' } },
    { path: '/mine', component: () => import('./MinePage.vue'), meta: { title: 'door.mine' } },
    { path: '/mine/:id', component: () => import('./OnePage.vue'), props: true, meta: { title: 'matter.one' } },
    { path: '/link', component: () => import('./LinkPage.vue'), meta: { title: 'door.link' } },
  ],
};
