/** Every screen by its address. Each is fetched when it is first opened. */
import type { ComponentType } from 'preact';

export interface Screen {
  /** `:name` stands for one part, `:name?` for one that may be missing. */
  path: string;
  /** Key of its title in the menu; none where it is not in the menu of a reserve. */
  title?: string;
  /** Whether it can be seen without being let in. */
  open?: true;
  /** Given the named parts of the address. */
  load(): Promise<ComponentType<Record<string, string>>>;
}

export const screens: readonly Screen[] = [
  { path: '/', load: async () => (await import('./screens/country.tsx')).Country },
  { path: '/sites/:site', title: 'web.site', load: async () => (await import('./screens/site.tsx')).Site },
  {
    path: '/sites/:site/indicators/:indicator?',
    title: 'web.indicators',
    load: async () => (await import('./screens/indicators.tsx')).Indicators,
  },
  {
    path: '/sites/:site/records/:kind?',
    title: 'web.records',
    load: async () => (await import('./screens/records.tsx')).Records,
  },
  {
    path: '/sites/:site/review/:section?',
    title: 'web.review',
    load: async () => (await import('./screens/review.tsx')).Review,
  },
  { path: '/sites/:site/data', title: 'web.data', load: async () => (await import('./screens/data.tsx')).Data },
  { path: '/sign-in', open: true, load: async () => (await import('./screens/sign-in.tsx')).SignIn },
  { path: '/invitation/:token', open: true, load: async () => (await import('./screens/invitation.tsx')).Invitation },
  { path: '/account', load: async () => (await import('./screens/account.tsx')).Account },
  { path: '/outbox', load: async () => (await import('./screens/outbox.tsx')).Outbox },
  { path: '/documents/:document?', load: async () => (await import('./screens/documents.tsx')).Documents },
  { path: '/codes', load: async () => (await import('./screens/codes.tsx')).Codes },
  { path: '/coding/:view?', load: async () => (await import('./screens/coding.tsx')).Coding },
  { path: '/claims/:view?', load: async () => (await import('./screens/claims.tsx')).Claims },
  { path: '/cooperation/:view?', load: async () => (await import('./screens/cooperation.tsx')).Cooperation },
  { path: '/water/:view?', load: async () => (await import('./screens/water.tsx')).Water },
  { path: '/admin/:part?', load: async () => (await import('./screens/admin.tsx')).Admin },
];
