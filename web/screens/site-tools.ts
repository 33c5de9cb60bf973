/**
 * Tools that work on the map of a reserve: a button each, fetched when it is first pressed.
 *
 *     { title: 'site-edit.open', role: 'editor', load: async () => (await import('./site-edit.tsx')).EditZones }
 */
import type { ComponentType } from 'preact';
import type { Role } from '../../src/api/roles.ts';
import type { SiteDetail } from '../../src/api/sites.ts';
import type { MapCanvas } from '../parts/map-canvas.ts';

export interface SiteToolProps {
  detail: SiteDetail;
  /** The open map; what a tool adds to it, it takes away again. */
  canvas: MapCanvas;
  onClose(): void;
}

export interface SiteTool {
  /** Key of what stands on the button. */
  title: string;
  /** Who may use it. */
  role: Role;
  load(): Promise<ComponentType<SiteToolProps>>;
}

export const siteTools: readonly SiteTool[] = [
  { title: 'site-edit.open', role: 'editor', load: async () => (await import('./site-edit.tsx')).EditZones },
];
