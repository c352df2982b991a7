import type { RouteRecordRaw } from 'vue-router';
import type { Key } from '@/shared/i18n';

/* A noun of the door: its pages, declared once. */
export interface DoorModule { routes: RouteRecordRaw[] }

declare module 'vue-router' {
  interface RouteMeta {
    perm?: string;
    title?: Key;
    guest?: boolean;
  }
}
