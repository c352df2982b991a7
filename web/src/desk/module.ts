import type { RouteRecordRaw } from 'vue-router';
import type { Key } from '@/shared/i18n';

/* A noun of the desk: its pages, its place in the menu and the permission,
 * declared once. The server asks again; this only spares people dead ends. */

export interface MenuEntry {
  to: string;
  text: Key;
  perm: string;
  group: 'daily' | 'exchange' | 'admin' | 'demo';
}
export interface Module {
  routes: RouteRecordRaw[];
  menu: MenuEntry[];
}

declare module 'vue-router' {
  interface RouteMeta {
    perm?: string;
    title?: Key;
    guest?: boolean;
    /** The page whose place in the menu this one has. */
    under?: string;
  }
}
