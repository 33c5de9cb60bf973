/** Every screen by its address. Each is fetched when it is first opened. */
import type { ComponentType } from 'preact';

export interface Screen {
  /** `:name` stands for one part, `:name?` for one that may be missing. */
  path: string;
  /** Key of its title in the menu; none where it is not in the menu of a reserve. */
  title?: string;
  /** Given the named parts of the address. */
  load(): Promise<ComponentType<Record<string, string>>>;
}

export const screens: readonly Screen[] = [
  { path: '/', load: async () => (await import('./screens/country.tsx')).Country },
  { path: '/sites/:site', title: 'web.site', load: async () => (await import('./screens/site.tsx')).Site },
];
