import type { Module } from '../module';
import { nouns } from './nouns';

export const adminModule: Module = {
  routes: [
    ...nouns.flatMap((n) => [
      { path: `/admin/${n.name}`, component: () => import('./AdminListPage.vue'), props: { noun: n.name }, meta: { perm: n.read, title: n.text } },
      { path: `/admin/${n.name}/:id`, component: () => import('./AdminEditPage.vue'), props: (to: { params: Record<string, unknown> }) => ({ noun: n.name, id: String(to.params.id) }), meta: { perm: n.read, title: n.text } },
    ]),
    { path: '/admin/rules/:table?', component: () => import('./RulesPage.vue'), meta: { perm: 'rule.read', title: 'admin.rules' } },
    { path: '/admin/outbox', component: () => import('./FailedPage.vue'), meta: { perm: 'system', title: 'outbox.title' } },
    { path: '/admin/journal', component: () => import('./SystemJournalPage.vue'), meta: { perm: 'audit.read', title: 'admin.journal' } },
    { path: '/admin/looks', component: () => import('./AuditListPage.vue'), props: { of: 'looks' }, meta: { perm: 'audit.read', title: 'audit.looks' } },
    { path: '/admin/grants', component: () => import('./AuditListPage.vue'), props: { of: 'grants' }, meta: { perm: 'audit.read', title: 'audit.grants' } },
  ],
  menu: [
    ...nouns.map((n) => ({ to: `/admin/${n.name}`, text: n.text, perm: n.read, group: 'admin' as const })),
    { to: '/admin/rules', text: 'admin.rules', perm: 'rule.read', group: 'admin' },
    { to: '/admin/outbox', text: 'outbox.title', perm: 'system', group: 'admin' },
    { to: '/admin/journal', text: 'admin.journal', perm: 'audit.read', group: 'admin' },
    { to: '/admin/looks', text: 'audit.looks', perm: 'audit.read', group: 'admin' },
    { to: '/admin/grants', text: 'audit.grants', perm: 'audit.read', group: 'admin' },
  ],
};
