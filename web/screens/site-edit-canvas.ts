/** The drawing on the map: zones, handles, the line being drawn, faults; and what the pointer does there. */
import { effect } from '@preact/signals';
import type { GeoJSONSource, MapMouseEvent, MapTouchEvent } from 'maplibre-gl';
import { pointInPolygon } from '../../src/science/point-in-polygon.ts';
import type { Position } from '../../src/types.ts';
import type { Plan } from '../../src/zonation/border-desk.ts';
import { besideOf, inserted, joined, moved, putOnEdge } from '../../src/zonation/border-edits.ts';
import { type BorderZone, type Corners, geometryOf, positionOf } from '../../src/zonation/shared-borders.ts';
import type { MapCanvas } from '../parts/map-canvas.ts';
import type { MapFeatures } from '../parts/map-layers.ts';
import { paintOf } from '../parts/map-paint.ts';
import { chosenZone, type Easel, KINDS } from './site-edit-easel.ts';
import { chosenLine, markLayers } from './site-edit-paint.ts';
import { REACH, snapped } from './site-edit-snap.ts';

/** More handles than this are not drawn: the map is to be moved closer. */
export const MOST_HANDLES = 600;

/** Maps of more vertices than this are drawn anew when nothing has changed for a while. */
const DRAWN_AT_ONCE = 8000;
const PAUSE = 300;

const ZONES = 'edit';
const MARKS = 'edit-marks';

type Pointer = MapMouseEvent | MapTouchEvent;

export interface EditCanvas {
  close(): void;
}

/** @param onCrowd told whether there are more vertices in view than handles can be drawn for */
export function openEditCanvas(canvas: MapCanvas, easel: Easel, onCrowd: (crowded: boolean) => void): EditCanvas {
  const { map } = canvas;
  const zonePaint = paintOf({ id: ZONES, title: '', draw: 'zones', source: { data: empty() }, visible: true });
  const paint = [...zonePaint, chosenLine(ZONES), ...markLayers(MARKS)];
  const clear = (): void => {
    for (const { id } of paint) if (map.getLayer(id)) map.removeLayer(id);
    for (const id of [ZONES, MARKS]) if (map.getSource(id)) map.removeSource(id);
  };
  clear(); // of an editor that could not be closed
  map.addSource(ZONES, { type: 'geojson', data: empty() as never });
  map.addSource(MARKS, { type: 'geojson', data: empty() as never });
  for (const style of paint) map.addLayer(style);
  let dragged: { vertex: number | null; moved: boolean } | null = null;

  const drawZones = (): void => {
    hideStored(canvas, true);
    const { borders } = easel.desk;
    const features = borders.zones.map((zone) => ({
      type: 'Feature' as const,
      properties: { kind: zone.kind, chosen: zone.id === easel.chosen.peek() },
      geometry: geometryOf(borders, zone),
    }));
    void map.getSource<GeoJSONSource>(ZONES)?.setData({ type: 'FeatureCollection', features } as never);
  };
  let handles: Features = [];
  let [later, drawn] = [0 as ReturnType<typeof setTimeout> | number, false];
  const drawMarks = (): void => {
    if (dragged === null || easel.desk.borders.lon.length <= DRAWN_AT_ONCE) {
      const found = handlesOf(canvas, easel);
      onCrowd(found === null);
      handles = found ?? [];
    }
    const features = [...handles, ...marksOf(easel)];
    void map.getSource<GeoJSONSource>(MARKS)?.setData({ type: 'FeatureCollection', features } as never);
  };
  const stops = [
    effect(() => {
      void [easel.turn.value, easel.chosen.value];
      clearTimeout(later);
      if (easel.desk.borders.lon.length <= DRAWN_AT_ONCE || !drawn) drawZones();
      else later = setTimeout(drawZones, PAUSE);
      drawn = true;
    }),
    effect(() => {
      void [easel.turn.value, easel.path.value, easel.vertex.value, easel.chosen.value];
      drawMarks();
    }),
    effect(() => {
      const drawing = easel.mode.value !== 'move';
      map.getCanvas().style.cursor = drawing ? 'crosshair' : '';
      if (drawing) map.doubleClickZoom.disable();
      else map.doubleClickZoom.enable();
    }),
  ];

  const take = (event: Pointer): void => {
    if (easel.mode.peek() !== 'move' || ('touches' in event.originalEvent && event.originalEvent.touches.length > 1)) return;
    const grip = gripAt(canvas, easel, event);
    if (grip === null) return;
    event.preventDefault(); // the map itself stays where it is
    easel.vertex.value = grip.vertex;
    dragged = { vertex: grip.vertex, moved: false };
    const onMove = (next: Pointer): void => {
      if (dragged === null || Math.hypot(next.point.x - event.point.x, next.point.y - event.point.y) < 3) return;
      dragged.moved = true;
      easel.desk.show(planOf(canvas, easel, grip, next));
      easel.turn.value += 1;
    };
    const release = (keep: boolean): void => {
      for (const name of ['mousemove', 'touchmove'] as const) map.off(name, onMove);
      for (const name of ['mouseup', 'touchend'] as const) map.off(name, onUp);
      removeEventListener('keydown', onKey);
      if (keep && dragged?.moved) easel.desk.keep();
      else easel.desk.cancel();
      dragged = null;
      easel.turn.value += 1;
    };
    const onUp = (): void => release(true);
    const onKey = (key: KeyboardEvent): void => {
      if (key.key === 'Escape') release(false);
    };
    for (const name of ['mousemove', 'touchmove'] as const) map.on(name, onMove);
    for (const name of ['mouseup', 'touchend'] as const) map.on(name, onUp);
    addEventListener('keydown', onKey);
  };
  const click = (event: MapMouseEvent): void => {
    const at: Position = [event.lngLat.lng, event.lngLat.lat];
    if (easel.mode.peek() !== 'move') {
      easel.path.value = [...easel.path.peek(), snapped(easel.desk, at, { pixel: pixelAt(canvas, event) }).at];
      return;
    }
    if (gripAt(canvas, easel, event) !== null) return;
    const found = zoneAt(easel, at);
    if (found === null) return;
    easel.vertex.value = null;
    easel.chosen.value = found.id;
  };
  map.on('mousedown', take);
  map.on('touchstart', take);
  map.on('click', click);
  map.on('moveend', drawMarks);
  return {
    close() {
      for (const stop of stops) stop();
      clearTimeout(later);
      map.off('mousedown', take);
      map.off('touchstart', take);
      map.off('click', click);
      map.off('moveend', drawMarks);
      if (!map.getSource(ZONES)) return; // the map itself is gone
      clear();
      map.getCanvas().style.cursor = '';
      map.doubleClickZoom.enable();
      hideStored(canvas, false);
    },
  };
}

/** The vertex or the border of the chosen zone that the pointer is on. */
function gripAt(
  canvas: MapCanvas,
  easel: Easel,
  event: Pointer,
): { vertex: number; edge: null } | { vertex: null; edge: [number, number] } | null {
  // biome-ignore format: one thought
  const zone = chosenZone(easel);
  if (zone === null) return null;
  const isOwn = ([a, b]: [number, number]): boolean => hasVertex(zone, a) && hasVertex(zone, b);
  const { vertex, edge } = snapped(
    { ...easel.desk, edgesNear: (box) => easel.desk.edgesNear(box).filter(isOwn) },
    [event.lngLat.lng, event.lngLat.lat],
    { pixel: pixelAt(canvas, event) },
  );
  if (vertex !== undefined) return { vertex, edge: null };
  return edge === undefined ? null : { vertex: null, edge };
}

/** What dragging a grip to the pointer would do: on a vertex the two become one, on a border it becomes part of it. */
function planOf(canvas: MapCanvas, easel: Easel, { vertex, edge }: NonNullable<ReturnType<typeof gripAt>>, event: Pointer): Plan {
  // biome-ignore format: one thought
  const at: Position = [event.lngLat.lng, event.lngLat.lat];
  const pixel = pixelAt(canvas, event);
  easel.desk.cancel(); // what lies near is told of the zones as they were
  if (vertex === null) {
    const goal = snapped(easel.desk, at, { pixel }).at;
    return (borders) => inserted(borders, edge, goal);
  }
  const goal = snapped(easel.desk, at, { pixel, except: vertex });
  return (borders) => {
    const { vertex: other, edge: along } = goal;
    const plain = moved(borders, vertex, goal.at);
    if (other !== undefined) {
      const edit = joined(borders, vertex, other);
      return 'refused' in edit ? plain : edit;
    }
    return along === undefined ? plain : putOnEdge(borders, vertex, along, goal.at);
  };
}

/** The strictest zone at a place. */
function zoneAt({ desk: { borders } }: Easel, at: Position): BorderZone | null {
  const under = borders.zones.filter((zone) => pointInPolygon(at, geometryOf(borders, zone)) !== 'outside');
  return under.toSorted((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))[0] ?? null;
}

const known = new WeakMap<Corners, Set<number>>();

/** Whether a zone has a vertex. */
export function hasVertex(zone: BorderZone, vertex: number): boolean {
  return zone.parts.some(({ rings }) =>
    rings.some((corners) => {
      const own = known.get(corners) ?? new Set(corners);
      known.set(corners, own);
      return own.has(vertex);
    }),
  );
}

/** Size of a pixel under the pointer [deg]. */
function pixelAt({ map }: MapCanvas, { point }: Pointer): [number, number] {
  const [a, b] = [map.unproject([point.x, point.y]), map.unproject([point.x + REACH, point.y + REACH])];
  return [Math.abs(b.lng - a.lng) / REACH, Math.abs(b.lat - a.lat) / REACH];
}

type Features = MapFeatures['features'];

/** The vertices of the chosen zone that are in view; `null` where they are too many. */
function handlesOf({ map }: MapCanvas, easel: Easel): Features | null {
  const zone = chosenZone(easel);
  if (zone === null) return [];
  const { borders } = easel.desk;
  const bounds = map.getBounds();
  const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  const ends = new Set<number>();
  for (const end of zone.parts.flatMap(({ rings }) => rings.flat())) {
    const [lon, lat] = [borders.lon[end] as number, borders.lat[end] as number];
    if (lon >= west && lon <= east && lat >= south && lat <= north) ends.add(end);
    if (ends.size > MOST_HANDLES) return null;
  }
  return Array.from(ends, (end) => point('handle', positionOf(borders, end)));
}

/** What is drawn over the zones: the vertex that is worked on with its edges, the path, faults. */
function marksOf({ desk, path, vertex }: Easel): Features {
  const { borders } = desk;
  const active = vertex.value;
  const line = (what: string, coordinates: Position[]): Features[number] => ({ type: 'Feature', properties: { what }, geometry: { type: 'LineString', coordinates } }); // biome-ignore format: one thought
  const around = active === null ? [] : besideOf(borders, active);
  return [
    ...around.map((other) => line('border', [positionOf(borders, active ?? other), positionOf(borders, other)])),
    ...(active === null ? [] : [point('vertex', positionOf(borders, active))]),
    ...(path.value.length > 1 ? [line('path', path.value)] : []),
    ...path.value.map((at) => point('handle', at)),
    ...desk.faults().map(({ at }) => point('fault', at)),
  ];
}

function point(what: string, coordinates: Position): Features[number] {
  return { type: 'Feature', properties: { what }, geometry: { type: 'Point', coordinates } };
}

/** The zones as they are stored lie under the drawing: they are shown again when it is closed. */
function hideStored({ map }: MapCanvas, hide: boolean): void {
  for (const { id } of map.getStyle().layers) {
    if (id.startsWith('zones/')) map.setLayoutProperty(id, 'visibility', hide ? 'none' : 'visible');
  }
}

function empty(): MapFeatures {
  return { type: 'FeatureCollection', features: [] };
}
