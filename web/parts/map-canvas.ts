/**
 * A map on MapLibre GL, fetched when a screen first shows one: everything it draws comes from our own server.
 *
 *     const canvas = openCanvas(element, { label: 'Map of the reserve', words, names, onPick, onIdle });
 *     canvas.show(layers); canvas.fit([68, 50, 70, 51]);
 */
import 'maplibre-gl/dist/maplibre-gl.css';
import {
  AttributionControl,
  type GeoJSONSource,
  type GeoJSONSourceSpecification,
  Map as LibreMap,
  type MapMouseEvent,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Extent } from '../../src/types.ts';
import { changePattern, markImage, RATIO, zonePattern } from './map-images.ts';
import { boxAround, type Focus, type MapLayer, markOf, type Picked } from './map-layers.ts';
import { absolute, baseLayers, focusLayers, paintOf, sourceOf } from './map-paint.ts';

setWorkerUrl(workerUrl);

export interface CanvasOptions {
  /** What the map is called, for those who do not see it. */
  label: string;
  /** Texts of MapLibre's buttons by its own keys. */
  words: Record<string, string>;
  /** Names of countries by code. */
  names: Record<string, string>;
  attribution: string;
  onPick(picked: Picked | null): void;
  /** Everything that was asked for is drawn. */
  onIdle(): void;
  onError(message: string): void;
}

export interface MapCanvas {
  /** MapLibre's own map, for tools that draw on it. */
  map: LibreMap;
  /** Layers from the lowest to the uppermost. */
  show(layers: readonly MapLayer[]): void;
  focus(focus: Focus | null): void;
  fit(extent: Extent): void;
  close(): void;
}

/** New layers that are begun in one frame; the others follow in the next ones, so that the page answers meanwhile. */
const AT_ONCE = 4;
/** A click may miss a mark by so much [px]. */
const NEAR = 6;
/** No closer than this when something small is shown. */
const CLOSEST = 14;

export function openCanvas(element: HTMLElement, options: CanvasOptions): MapCanvas {
  const map = new LibreMap({
    container: element,
    style: {
      version: 8,
      sources: {
        base: { type: 'geojson', data: absolute('/api/basemap'), maxzoom: 9, attribution: options.attribution },
        focus: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
      },
      layers: [...baseLayers(options.names), ...focusLayers],
    },
    attributionControl: false,
    locale: { ...options.words, 'Map.Title': options.label },
    cooperativeGestures: matchMedia('(pointer: coarse)').matches,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxPitch: 0,
    maxZoom: 18,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(new ScaleControl({ unit: 'metric' }), 'top-left');
  map.addControl(new AttributionControl({ compact: false }), 'bottom-right');
  const wanted = latest(map);
  map.on('idle', options.onIdle);
  map.on('error', ({ error }) => options.onError(error.message));
  map.on('click', (event) => void pick(map, event, wanted.layers(), options.onPick));
  return {
    map,
    show: wanted.show,
    focus: (focus) => {
      whenLoaded(map, () => setFocus(map, focus));
    },
    fit: (extent) => zoomTo(map, extent, { animate: false }),
    close: () => map.remove(),
  };
}

/**
 * Brings the map in step with the last list it was given, once its style is there. A layer is fetched when it is first to be
 * seen, and stays: with fifty of them, a map of all would be slow for everybody who looks at three.
 */
function latest(map: LibreMap): { show(layers: readonly MapLayer[]): void; layers(): readonly MapLayer[] } {
  let [ready, layers] = [false, [] as readonly MapLayer[]];
  let shown: readonly MapLayer[] = [];
  let waiting = 0;
  const apply = (): void => {
    const known = new Set(shown.map(({ id }) => id));
    const fresh = layers.filter(({ id, visible }) => visible && !known.has(id)).map(({ id }) => id);
    const begun = new Set(fresh.slice(0, AT_ONCE));
    const drawn = layers.filter(({ id }) => known.has(id) || begun.has(id));
    arrange(map, drawn, shown);
    shown = drawn;
    cancelAnimationFrame(waiting);
    if (fresh.length > AT_ONCE) waiting = requestAnimationFrame(apply);
  };
  map.on('remove', () => cancelAnimationFrame(waiting));
  whenLoaded(map, () => {
    void addImages(map).then(() => {
      ready = true;
      apply();
    });
  });
  return {
    show(next) {
      layers = next;
      if (ready) apply();
    },
    layers: () => layers,
  };
}

function whenLoaded(map: LibreMap, work: () => void): void {
  if (map.isStyleLoaded() === true) work();
  else map.once('load', work);
}

async function addImages(map: LibreMap): Promise<void> {
  for (const kind of ['core', 'buffer', 'transition'] as const) {
    map.addImage(`zone-${kind}`, await zonePattern(kind), { pixelRatio: RATIO });
  }
  for (const change of ['gained', 'lost'] as const)
    map.addImage(`change-${change}`, changePattern(change), { pixelRatio: RATIO });
  const dues = {
    overdue: { shape: 'triangle', color: '#a4262c' },
    soon: { shape: 'square', color: '#8a5a00' },
    later: { shape: 'circle', color: '#0b5d4b' },
    unknown: { shape: 'diamond', color: '#53615a' },
  } as const;
  for (const [due, mark] of Object.entries(dues)) map.addImage(`due-${due}`, markImage(mark), { pixelRatio: RATIO });
}

/** From the layers that are drawn to those that are wanted: what is gone is removed, what is new added, all put in order. */
function arrange(map: LibreMap, wanted: readonly MapLayer[], shown: readonly MapLayer[]): void {
  const drawn = new Map(shown.map((layer) => [layer.id, layer]));
  const kept = new Set<string>();
  for (const layer of wanted) if (drawn.get(layer.id)?.draw === layer.draw) kept.add(layer.id);
  for (const old of shown) {
    if (kept.has(old.id)) continue;
    for (const { id } of paintOf(old)) if (map.getLayer(id)) map.removeLayer(id);
    map.removeSource(old.id);
  }
  let above = focusLayers[0]?.id;
  for (const layer of wanted.toReversed()) {
    const old = kept.has(layer.id) ? drawn.get(layer.id) : undefined;
    if (old === undefined) add(map, layer, above);
    else change(map, layer, old);
    above = paintOf(layer)[0]?.id ?? above;
  }
  const order = (list: readonly MapLayer[]): string => list.flatMap(({ id }) => (kept.has(id) ? [id] : [])).join();
  if (order(wanted) !== order(shown)) for (const { id } of [...wanted.flatMap(paintOf), ...focusLayers]) map.moveLayer(id);
}

/** @param above the style layer that it is to lie under */
function add(map: LibreMap, layer: MapLayer, above: string | undefined): void {
  const image = `mark-${layer.id}`;
  if (layer.draw === 'places' && !map.hasImage(image)) map.addImage(image, markImage(markOf(layer.id)), { pixelRatio: RATIO });
  map.addSource(layer.id, sourceOf(layer));
  for (const style of paintOf(layer)) map.addLayer(style, above);
  if (!layer.visible) setVisible(map, layer);
}

function change(map: LibreMap, layer: MapLayer, old: MapLayer): void {
  if (layer === old) return;
  if (JSON.stringify(old.source) !== JSON.stringify(layer.source)) renew(map, layer);
  if (old.visible !== layer.visible) setVisible(map, layer);
  if (old.opacity !== layer.opacity) for (const style of paintOf(layer)) setPaint(map, style);
}

function setVisible(map: LibreMap, layer: MapLayer): void {
  for (const { id } of paintOf(layer)) map.setLayoutProperty(id, 'visibility', layer.visible ? 'visible' : 'none');
}

function renew(map: LibreMap, { id, source }: MapLayer): void {
  const known = map.getSource<GeoJSONSource>(id);
  if ('url' in source) void known?.setData(absolute(source.url));
  else if ('data' in source) void known?.setData(source.data as GeoJSONSourceSpecification['data']);
}

function setPaint(map: LibreMap, style: ReturnType<typeof paintOf>[number]): void {
  for (const [name, value] of Object.entries(style.paint ?? {})) {
    if (name.endsWith('-opacity')) map.setPaintProperty(style.id, name as 'fill-opacity', value as number);
  }
}

function setFocus(map: LibreMap, focus: Focus | null): void {
  const features = focus === null ? [] : [{ type: 'Feature' as const, properties: {}, geometry: focus.geometry }];
  void map.getSource<GeoJSONSource>('focus')?.setData({ type: 'FeatureCollection', features });
  const box = focus?.move ? boxAround(focus.geometry) : null;
  if (box !== null) zoomTo(map, box, { animate: true });
}

function zoomTo(map: LibreMap, [west, south, east, north]: Extent, { animate }: { animate: boolean }): void {
  const across = east < west ? east + 360 : east;
  const bounds: [[number, number], [number, number]] = [
    [west, south],
    [across, north],
  ];
  map.fitBounds(bounds, { padding: 48, maxZoom: CLOSEST, animate, linear: true, duration: animate ? 400 : 0 });
}

/** What lies under a click: the uppermost place, else the zone; points that were gathered open up. */
async function pick(
  map: LibreMap,
  { point }: MapMouseEvent,
  layers: readonly MapLayer[],
  onPick: CanvasOptions['onPick'],
): Promise<void> {
  const ids = layers
    .filter(({ visible }) => visible)
    .flatMap(paintOf)
    .map(({ id }) => id);
  const box: [[number, number], [number, number]] = [
    [point.x - NEAR, point.y - NEAR],
    [point.x + NEAR, point.y + NEAR],
  ];
  const [found] = map.queryRenderedFeatures(box, { layers: ids.filter((id) => map.getLayer(id)) });
  if (found === undefined) return onPick(null);
  const cluster = found.properties.cluster_id as number | undefined;
  if (cluster !== undefined && found.geometry.type === 'Point') {
    const zoom = (await map.getSource<GeoJSONSource>(found.source)?.getClusterExpansionZoom(cluster)) ?? map.getZoom() + 2;
    map.easeTo({ center: found.geometry.coordinates as [number, number], zoom });
    return;
  }
  onPick({ layer: found.source, properties: { ...found.properties, ...(found.id === undefined ? {} : { id: found.id }) } });
}
