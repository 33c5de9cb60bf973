/** What the map of a reserve shows: its zones with layers over them, a map that waits beside them, or two zonations. */
import type { SiteDetail } from '../../src/api/sites.ts';
import type { ReadyZoneMap } from '../../src/api/zone-maps.ts';
import type { Geometry } from '../../src/types.ts';
import { writes } from '../api.ts';
import type { MapLayer } from '../parts/map-layers.ts';
import { lang, named, say } from '../words.ts';
import { firstShown, isPoint } from './site-layers-first.ts';

export type Shown =
  | { mode: 'now' }
  | { mode: 'proposal'; proposal: ReadyZoneMap; when: 'before' | 'after' | 'present' }
  /** `fade`: 0 shows the earlier zonation alone, 1 the present one. */
  | { mode: 'compare'; until: string; fade: number };

export function siteLayers(detail: SiteDetail, shown: Shown): MapLayer[] {
  if (shown.mode === 'proposal') return proposalLayers(detail, shown);
  const zones: MapLayer = { ...zoneLayer(detail, 'zones'), opacity: shown.mode === 'compare' ? shown.fade : 1 };
  const first = firstShown(detail);
  const places = detail.layers.map(
    ({ id, title, count }): MapLayer => ({
      id,
      title: named(title),
      draw: 'places',
      source: { url: address(detail, 'places.geojson', { layer: id }) },
      visible: shown.mode === 'now' && first.has(id),
      count,
    }),
  );
  if (shown.mode === 'now')
    return [...(detail.site.mapped ? [zones] : centre(detail)), ...network(detail), ...occurrences(detail), ...places];
  const earlier: MapLayer = {
    id: `earlier-${shown.until}`,
    title: say('site.layer.earlier'),
    draw: 'zones',
    source: { url: address(detail, 'zones.geojson', { until: shown.until }) },
    visible: true,
    opacity: 1 - shown.fade,
  };
  const changes: MapLayer = {
    id: `changes-${shown.until}`,
    title: say('site.layer.changes'),
    draw: 'changes',
    source: { url: address(detail, 'changes.geojson', { until: shown.until }) },
    visible: true,
  };
  return [zones, earlier, changes, ...places];
}

function zoneLayer(detail: SiteDetail, id: string): MapLayer {
  return {
    id,
    title: say('site.layer.zones'),
    draw: 'zones',
    source: { url: address(detail, 'zones.geojson', {}) },
    visible: true,
    count: detail.zones.length,
  };
}

/** The declared central point of a reserve without a map. */
function centre({ extent, site }: SiteDetail): MapLayer[] {
  if (extent === null || !isPoint(extent)) return [];
  const geometry: Geometry = { type: 'Point', coordinates: [extent[0], extent[1]] };
  const point = { type: 'Feature' as const, geometry, properties: { name: named(site.name) } };
  return [
    {
      id: 'centre',
      title: say('site.layer.centre'),
      draw: 'places',
      source: { data: { type: 'FeatureCollection', features: [point] } },
      visible: true,
      count: 1,
    },
  ];
}

/** The plan of corridors with the cores of neighbours, where somebody made one. */
function network(detail: SiteDetail): MapLayer[] {
  if (detail.corridors === 0) return [];
  return [
    {
      id: 'corridors',
      title: say('map.corridor.layer'),
      draw: 'network',
      source: { url: address(detail, 'corridors.geojson', {}) },
      visible: true,
      count: detail.corridors,
    },
  ];
}

/** Sightings of species, as tiles: there may be a million. What is not for everybody is left out or made coarse there. */
function occurrences(detail: SiteDetail): MapLayer[] {
  if (detail.occurrences === 0) return [];
  return [
    {
      id: 'occurrences',
      title: say('site.layer.occurrences'),
      draw: 'dots',
      source: { tiles: '/tiles/occurrences/{z}/{x}/{y}', layer: 'occurrences' },
      visible: false,
      count: detail.occurrences,
    },
  ];
}

function proposalLayers(detail: SiteDetail, { proposal, when }: Extract<Shown, { mode: 'proposal' }>): MapLayer[] {
  const of = (file: string): { url: string } => ({ url: address(detail, `zone-map/${proposal.id}/${file}`, {}) });
  const present = detail.site.mapped
    ? [{ ...zoneLayer(detail, 'zones'), title: say('site.layer.present'), visible: when === 'present' }]
    : [];
  const places = proposal.result.repairs.flatMap(({ place }, i) =>
    place === null
      ? []
      : [{ type: 'Feature' as const, geometry: place as unknown as Geometry, properties: { name: String(i + 1) } }],
  );
  return [
    ...present,
    {
      id: `after-${proposal.id}`,
      title: say('site.layer.after'),
      draw: 'zones',
      source: of('after.geojson'),
      visible: when === 'after',
    },
    {
      id: `before-${proposal.id}`,
      title: say('site.layer.before'),
      draw: 'zones',
      source: of('before.geojson'),
      visible: when === 'before',
    },
    {
      id: `repaired-${proposal.id}`,
      title: say('site.layer.repairs'),
      draw: 'places',
      source: { data: { type: 'FeatureCollection', features: places } },
      visible: true,
      count: places.length,
    },
  ];
}

/** An address below the site's; a write of ours gives it another end, so that what was drawn is fetched again. */
function address({ site }: SiteDetail, file: string, query: Record<string, string>): string {
  const search = new URLSearchParams({ ...query, lang: lang.value, at: String(writes.value) });
  return `/api/sites/${encodeURIComponent(site.id)}/${file}?${search}`;
}
