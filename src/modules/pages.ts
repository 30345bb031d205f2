// Every screen of every module in one explicit list, in the order of the navigation, and the words they use.
import type { PageEntry, TextLoader } from '../web/page-registry.ts';

export const pages: readonly PageEntry[] = [
  {
    path: 'overview',
    title: 'nav.overview',
    group: 'measure',
    permission: 'analytics:read',
    load: () => import('./analytics/ui/overview.tsx'),
  },
  {
    path: 'costs',
    title: 'nav.costs',
    group: 'measure',
    permission: 'costs:read',
    load: () => import('./costs/ui/costs.tsx'),
  },
  {
    path: 'notes',
    title: 'nav.notes',
    group: 'measure',
    permission: 'analytics:read',
    load: () => import('./annotations/ui/notes.tsx'),
  },
  {
    path: 'segments',
    title: 'nav.segments',
    group: 'measure',
    permission: 'analytics:read',
    load: () => import('./analytics/ui/segments/segments.tsx'),
  },
  {
    path: 'start',
    title: 'nav.start',
    permission: 'workspace:read',
    load: () => import('./analytics/ui/start.tsx'),
  },
  {
    path: 'settings/sites',
    title: 'nav.sites',
    group: 'setup',
    permission: 'analytics:read',
    load: () => import('./analytics/ui/sites.tsx'),
  },
  {
    path: 'settings/people',
    title: 'nav.people',
    group: 'setup',
    permission: 'members:read',
    load: () => import('../platform/workspaces/ui/people.tsx'),
  },
  {
    path: 'settings/connections',
    title: 'nav.connections',
    group: 'setup',
    permission: 'connections:read',
    load: () => import('../platform/providers/ui/connections.tsx'),
  },
  {
    path: 'settings/mail',
    title: 'nav.mail',
    group: 'setup',
    permission: 'connections:read',
    load: () => import('../platform/mail/ui/mail.tsx'),
  },
  {
    path: 'settings/keys',
    title: 'nav.keys',
    group: 'setup',
    permission: 'keys:manage',
    load: () => import('../platform/workspaces/ui/keys.tsx'),
  },
  {
    path: 'settings/audit',
    title: 'nav.audit',
    group: 'setup',
    permission: 'audit:read',
    load: () => import('../platform/workspaces/ui/audit.tsx'),
  },
  {
    path: 'settings/company',
    title: 'nav.company',
    group: 'setup',
    permission: 'workspace:read',
    load: () => import('../platform/workspaces/ui/company.tsx'),
  },
];

export const texts: Readonly<Record<'en' | 'ru', readonly TextLoader[]>> = {
  en: [
    () => import('../web/i18n/en.json', { with: { type: 'json' } }),
    () => import('../platform/workspaces/ui/en.json', { with: { type: 'json' } }),
    () => import('../platform/providers/ui/en.json', { with: { type: 'json' } }),
    () => import('../platform/mail/ui/en.json', { with: { type: 'json' } }),
    () => import('./analytics/ui/en.json', { with: { type: 'json' } }),
    () => import('./analytics/ui/segments/en.json', { with: { type: 'json' } }),
    () => import('./costs/ui/en.json', { with: { type: 'json' } }),
    () => import('./annotations/ui/en.json', { with: { type: 'json' } }),
  ],
  ru: [
    () => import('../web/i18n/ru.json', { with: { type: 'json' } }),
    () => import('../platform/workspaces/ui/ru.json', { with: { type: 'json' } }),
    () => import('../platform/providers/ui/ru.json', { with: { type: 'json' } }),
    () => import('../platform/mail/ui/ru.json', { with: { type: 'json' } }),
    () => import('./analytics/ui/ru.json', { with: { type: 'json' } }),
    () => import('./analytics/ui/segments/ru.json', { with: { type: 'json' } }),
    () => import('./costs/ui/ru.json', { with: { type: 'json' } }),
    () => import('./annotations/ui/ru.json', { with: { type: 'json' } }),
  ],
};
