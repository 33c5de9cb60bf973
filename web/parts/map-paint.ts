/**
 * How layers are drawn: each kind of layer as the style layers of MapLibre that it needs. All colours stand here or in
 * `src/drawing/zone-style.ts`; no style is loaded from anywhere.
 */
import type { ExpressionSpecification, GeoJSONSourceSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { networkStyle } from '../../src/drawing/network-style.ts';
import { INK, zoneStyles } from '../../src/drawing/zone-style.ts';
import type { MapLayer } from './map-layers.ts';

/** Without an address of glyphs, letters are drawn by the browser in these fonts, which must hold Kazakh letters. */
export const FONTS = ['Noto Sans', 'Segoe UI', 'Roboto', 'DejaVu Sans', 'sans-serif'];

const KINDS = ['transition', 'buffer', 'core'] as const;
const SEA = '#d9e6ec';
const WATER = '#a9c9d8';
const LAND = '#f6f5ef';
const SOFT = '#6b756f';

/** Points closer than this are drawn as one with their number [px]. */
const CLUSTER_RADIUS = 44;
const CLUSTER_MAX_ZOOM = 13;

/** Land, water and borders, with the names of countries in `names` (by code). */
export function baseLayers(names: Record<string, string>): LayerSpecification[] {
  const of = (layer: string): ExpressionSpecification => ['==', ['get', 'layer'], layer];
  const source = 'base';
  return [
    { id: 'base-sea', type: 'background', paint: { 'background-color': SEA } },
    { id: 'base-land', type: 'fill', source, filter: of('land'), paint: { 'fill-color': LAND, 'fill-antialias': false } },
    { id: 'base-lake', type: 'fill', source, filter: of('lake'), paint: { 'fill-color': WATER } },
    { id: 'base-river', type: 'line', source, filter: of('river'), paint: { 'line-color': WATER, 'line-width': 1.2 } },
    {
      id: 'base-border',
      type: 'line',
      source,
      filter: of('border'),
      // the lines are true to some kilometres: where that would be seen they become a broad, light band
      paint: {
        'line-color': '#8d8a99',
        'line-width': ['interpolate', ['exponential', 2], ['zoom'], 6, 1, 10, 14],
        'line-opacity': ['interpolate', ['linear'], ['zoom'], 6, 0.9, 9, 0.25, 11, 0],
      },
    },
    {
      id: 'base-disputed',
      type: 'line',
      source,
      filter: of('disputed'),
      paint: { 'line-color': '#8d8a99', 'line-width': 1, 'line-dasharray': [3, 3] },
    },
    {
      id: 'base-name',
      type: 'symbol',
      source,
      filter: of('name'),
      layout: {
        'text-field': ['coalesce', ['get', ['get', 'code'], ['literal', names]], ''],
        'text-font': FONTS,
        'text-size': ['interpolate', ['linear'], ['zoom'], 2, 11, 6, 16],
        'text-max-width': 8,
        'symbol-sort-key': ['-', 0, ['get', 'size']],
      },
      paint: { 'text-color': SOFT, 'text-halo-color': LAND, 'text-halo-width': 1.4 },
    },
  ];
}

export function sourceOf(layer: MapLayer): SourceSpecification {
  const { source, draw } = layer;
  if ('tiles' in source) return { type: 'vector', tiles: [absolute(source.tiles)], maxzoom: 14 };
  const data = 'url' in source ? absolute(source.url) : (source.data as GeoJSONSourceSpecification['data']);
  const clustered = draw === 'places' ? { cluster: true, clusterRadius: CLUSTER_RADIUS, clusterMaxZoom: CLUSTER_MAX_ZOOM } : {};
  return { type: 'geojson', data, ...clustered };
}

export function absolute(path: string): string {
  // the tests have no page
  const { location } = globalThis as { location?: { href: string } };
  return new URL(path, location?.href ?? 'http://localhost').href;
}

/** The style layers of `layer`, from the lowest to the uppermost. */
export function paintOf(layer: MapLayer): LayerSpecification[] {
  const shared = { source: layer.id, ...('tiles' in layer.source ? { 'source-layer': layer.source.layer } : {}) };
  const opacity = layer.opacity ?? 1;
  if (layer.draw === 'zones') return zoneLayers(layer.id, shared, opacity);
  if (layer.draw === 'outline') return KINDS.map((kind) => zoneLine(layer.id, shared, kind, opacity));
  if (layer.draw === 'changes') return changeLayers(layer.id, shared, opacity);
  if (layer.draw === 'sites') return siteLayers(layer.id, shared);
  if (layer.draw === 'dots') return dotLayers(layer.id, shared);
  if (layer.draw === 'network') return networkLayers(layer.id, shared, opacity);
  return placeLayers(layer.id, shared);
}

interface Shared {
  source: string;
  'source-layer'?: string;
}

function ofKind(kind: string): ExpressionSpecification {
  return ['==', ['get', 'kind'], kind];
}

/** Colour and pattern of each kind, then the outlines; strict zones lie over the others. */
function zoneLayers(id: string, shared: Shared, opacity: number): LayerSpecification[] {
  const fills = KINDS.flatMap((kind): LayerSpecification[] => [
    {
      id: `${id}/fill-${kind}`,
      type: 'fill',
      ...shared,
      filter: ofKind(kind),
      paint: { 'fill-color': zoneStyles[kind].fill, 'fill-opacity': 0.85 * opacity },
    },
    {
      id: `${id}/pattern-${kind}`,
      type: 'fill',
      ...shared,
      filter: ofKind(kind),
      paint: { 'fill-pattern': `zone-${kind}`, 'fill-opacity': opacity },
    },
  ]);
  return [...fills, ...KINDS.map((kind) => zoneLine(id, shared, kind, opacity))];
}

function zoneLine(id: string, shared: Shared, kind: (typeof KINDS)[number], opacity: number): LayerSpecification {
  const { outline, dashes } = zoneStyles[kind];
  const dasharray = dashes === null ? {} : { 'line-dasharray': dashes.split(' ').map((n) => Number(n) / outline) };
  return {
    id: `${id}/line-${kind}`,
    type: 'line',
    ...shared,
    filter: ofKind(kind),
    layout: { 'line-join': 'round' },
    paint: { 'line-color': INK, 'line-width': outline, 'line-opacity': opacity, ...dasharray },
  };
}

/** Won ground is drawn with crosses, lost ground with strokes: told apart without colour. */
function changeLayers(id: string, shared: Shared, opacity: number): LayerSpecification[] {
  return (['gained', 'lost'] as const).flatMap((change): LayerSpecification[] => {
    const filter: ExpressionSpecification = ['==', ['get', 'change'], change];
    const color = change === 'gained' ? '#0072b2' : '#b2182b';
    return [
      {
        id: `${id}/${change}`,
        type: 'fill',
        ...shared,
        filter,
        paint: { 'fill-pattern': `change-${change}`, 'fill-opacity': opacity },
      },
      {
        id: `${id}/${change}-line`,
        type: 'line',
        ...shared,
        filter,
        paint: { 'line-color': color, 'line-width': 2, 'line-opacity': opacity },
      },
    ];
  });
}

function placeLayers(id: string, shared: Shared): LayerSpecification[] {
  const isCluster: ExpressionSpecification = ['has', 'point_count'];
  const isPoint: ExpressionSpecification = ['all', ['==', ['geometry-type'], 'Point'], ['!', ['has', 'point_count']]];
  const isGround: ExpressionSpecification = ['!=', ['geometry-type'], 'Point'];
  return [
    { id: `${id}/ground`, type: 'line', ...shared, filter: isGround, paint: { 'line-color': '#8a5a00', 'line-width': 2.5 } },
    {
      id: `${id}/many`,
      type: 'circle',
      ...shared,
      filter: isCluster,
      paint: {
        'circle-color': '#fff',
        'circle-radius': ['step', ['get', 'point_count'], 13, 100, 17, 10_000, 22],
        'circle-stroke-color': INK,
        'circle-stroke-width': 2,
      },
    },
    {
      id: `${id}/number`,
      type: 'symbol',
      ...shared,
      filter: isCluster,
      layout: {
        'text-field': ['get', 'point_count_abbreviated'],
        'text-font': FONTS,
        'text-size': 12,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': INK },
    },
    {
      id: `${id}/point`,
      type: 'symbol',
      ...shared,
      filter: isPoint,
      layout: { 'icon-image': `mark-${id}`, 'icon-allow-overlap': true },
    },
    {
      id: `${id}/name`,
      type: 'symbol',
      ...shared,
      filter: isPoint,
      minzoom: 9,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONTS,
        'text-size': 12,
        'text-offset': [0, 0.9],
        'text-anchor': 'top',
        'text-optional': true,
      },
      paint: { 'text-color': INK, 'text-halo-color': '#fff', 'text-halo-width': 1.5 },
    },
  ];
}

/** Larger where more were seen; an open ring where the place was made coarse. */
function dotLayers(id: string, shared: Shared): LayerSpecification[] {
  const coarse: ExpressionSpecification = ['to-boolean', ['get', 'generalised']];
  return [
    {
      id: `${id}/dot`,
      type: 'circle',
      ...shared,
      paint: {
        'circle-color': '#7b3294',
        'circle-opacity': ['case', coarse, 0, 0.75],
        'circle-radius': [
          'interpolate',
          ['linear'],
          ['log10', ['max', 1, ['to-number', ['get', 'count'], 1]]],
          0,
          4,
          3,
          11,
          6,
          20,
        ],
        'circle-stroke-color': ['case', coarse, '#7b3294', '#fff'],
        'circle-stroke-width': ['case', coarse, 2, 1],
      },
    },
  ];
}

/** Corridors are broad bands with numbers, weak links dashed lines with letters: told apart without colour. */
function networkLayers(id: string, shared: Shared, opacity: number): LayerSpecification[] {
  const of = (part: string): ExpressionSpecification => ['==', ['get', 'part'], part];
  const { neighbour, band, link } = networkStyle;
  const line = (name: string, part: string, paint: Record<string, unknown>): LayerSpecification => ({
    id: `${id}/${name}`,
    type: 'line',
    ...shared,
    filter: of(part),
    layout: { 'line-cap': part === 'band' ? 'round' : 'butt', 'line-join': 'round' },
    paint: { 'line-opacity': opacity, ...paint },
  });
  const label = (part: string, offset: number): LayerSpecification => ({
    id: `${id}/label-${part}`,
    type: 'symbol',
    ...shared,
    filter: of(part),
    layout: {
      'symbol-placement': 'line-center',
      'text-field': ['get', 'label'],
      'text-font': FONTS,
      'text-size': 14,
      'text-offset': [0, offset],
      'text-rotation-alignment': 'viewport',
      'text-allow-overlap': true,
    },
    paint: { 'text-color': part === 'link' ? link : INK, 'text-halo-color': '#fff', 'text-halo-width': 2.2 },
  });
  return [
    {
      id: `${id}/ground`,
      type: 'fill',
      ...shared,
      filter: of('neighbour'),
      paint: { 'fill-color': neighbour, 'fill-opacity': 0.9 * opacity },
    },
    line('ground-line', 'neighbour', { 'line-color': INK, 'line-width': 1.1 }),
    line('band-rim', 'band', { 'line-color': '#fff', 'line-width': 11, 'line-opacity': 0.8 * opacity }),
    line('band', 'band', { 'line-color': band, 'line-width': 8, 'line-opacity': 0.8 * opacity }),
    line('link-rim', 'link', { 'line-color': '#fff', 'line-width': 4, 'line-opacity': 0.75 * opacity }),
    line('link', 'link', { 'line-color': link, 'line-width': 2.4, 'line-dasharray': [2.6, 1.7] }),
    {
      id: `${id}/stone`,
      type: 'circle',
      ...shared,
      filter: of('stone'),
      paint: { 'circle-color': '#fff', 'circle-radius': 6, 'circle-stroke-color': INK, 'circle-stroke-width': 2.4 },
    },
    label('band', -1),
    label('link', 1),
  ];
}

function siteLayers(id: string, shared: Shared): LayerSpecification[] {
  return [
    {
      id: `${id}/point`,
      type: 'symbol',
      ...shared,
      layout: {
        'icon-image': ['concat', 'due-', ['get', 'due']],
        'icon-allow-overlap': true,
        'text-field': ['get', 'name'],
        'text-font': FONTS,
        'text-size': 13,
        'text-variable-anchor': ['top', 'bottom', 'left', 'right'],
        'text-radial-offset': 0.9,
        'text-optional': true,
      },
      paint: { 'text-color': INK, 'text-halo-color': '#fff', 'text-halo-width': 1.6 },
    },
  ];
}

/** What is chosen stands over everything. */
export const focusLayers: LayerSpecification[] = [
  { id: 'focus/halo', type: 'line', source: 'focus', paint: { 'line-color': '#fff', 'line-width': 7 } },
  { id: 'focus/line', type: 'line', source: 'focus', paint: { 'line-color': '#c2185b', 'line-width': 3.5 } },
  {
    id: 'focus/point',
    type: 'circle',
    source: 'focus',
    filter: ['==', ['geometry-type'], 'Point'],
    paint: {
      'circle-radius': 13,
      'circle-color': '#c2185b',
      'circle-opacity': 0.15,
      'circle-stroke-color': '#c2185b',
      'circle-stroke-width': 3.5,
    },
  },
];
