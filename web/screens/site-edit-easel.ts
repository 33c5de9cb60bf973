/**
 * Everything that the parts of the editor have in common: the zones on their desk, what is chosen, what is being drawn.
 *
 *     const easel = newEasel(stored, drawing);
 *     easel.act((borders) => removed(borders, vertex));      // told what came of it, drawn anew
 */
import { type Signal, signal } from '@preact/signals';
import { writeGeojson } from '../../src/formats/geojson-writer.ts';
import type { Id, Lang, LocalText, MultiPolygon, Position, ZoneKind } from '../../src/types.ts';
import { type Desk, openDesk, type Plan } from '../../src/zonation/border-desk.ts';
import type { Overlap } from '../../src/zonation/border-overlay.ts';
import { type Borders, type BorderZone, bordersOf, geometryOf, zoneArea } from '../../src/zonation/shared-borders.ts';
import { named, say } from '../words.ts';

export type Mode = 'move' | 'draw' | 'cut' | 'split';

export interface Easel {
  desk: Desk;
  /** Area by zone as it is stored [m2]. */
  stored: ReadonlyMap<Id, number>;
  storedKinds: Readonly<Record<ZoneKind, number>>;
  mode: Signal<Mode>;
  chosen: Signal<Id | null>;
  /** The vertex that is shown large. */
  vertex: Signal<number | null>;
  /** What is being drawn. */
  path: Signal<Position[]>;
  kind: Signal<ZoneKind>;
  overlap: Signal<Overlap>;
  /** Raised by every change of the zones. */
  turn: Signal<number>;
  told: Signal<string>;
  /** Saved or thrown away: nothing is to be kept any more. */
  settled: boolean;
  /** Makes an edit; returns whether it was made, and says why where it was not. */
  act(plan: Plan): boolean;
}

export const KINDS: readonly ZoneKind[] = ['core', 'buffer', 'transition'];

interface Feature {
  geometry: MultiPolygon | { type: 'Polygon'; coordinates: MultiPolygon['coordinates'][number] };
  properties: Record<string, unknown>;
}

export function newEasel(storedText: string, drawnText: string): Easel {
  const stored = bordersOf(zonesOf(storedText));
  const areas = new Map(stored.zones.map((zone) => [zone.id, zoneArea(stored, zone)]));
  const desk = openDesk(zonesOf(drawnText));
  const easel: Easel = {
    desk,
    stored: areas,
    storedKinds: byKind(stored),
    mode: signal('move'),
    chosen: signal(desk.borders.zones[0]?.id ?? null),
    vertex: signal(null),
    path: signal([]),
    kind: signal('core'),
    overlap: signal('strict'),
    turn: signal(0),
    told: signal(''),
    settled: false,
    act(plan) {
      const refused = desk.make(plan);
      easel.told.value = refused === null ? '' : say(`site-edit.refused.${refused}`);
      easel.turn.value += 1;
      if (!desk.borders.zones.some(({ id }) => id === easel.chosen.peek())) easel.chosen.value = null;
      return refused === null;
    },
  };
  return easel;
}

/** The drawing as it is saved, downloaded and kept: it can be handed in as a zone map like any other. */
export function drawingText(borders: Borders): string {
  return writeGeojson(
    borders.zones.map((zone) => {
      const names = Object.fromEntries(Object.entries(zone.name).map(([lang, text]) => [`name_${lang}`, text]));
      return { id: zone.id, geometry: geometryOf(borders, zone), properties: { id: zone.id, zone: zone.kind, ...names } };
    }),
  );
}

export function byKind(borders: Borders): Record<ZoneKind, number> {
  const sums = { core: 0, buffer: 0, transition: 0 };
  for (const zone of borders.zones) sums[zone.kind] += zoneArea(borders, zone);
  return sums;
}

export function chosenZone({ desk, chosen }: Easel): BorderZone | null {
  return desk.borders.zones.find(({ id }) => id === chosen.value) ?? null;
}

/** What a zone is called: by its name, else its kind, with a number where there are several of one kind. */
export function zoneTitle({ desk: { borders } }: Easel, zone: BorderZone): string {
  const name = named(zone.name);
  const alike = borders.zones.filter(({ kind }) => kind === zone.kind);
  const number = alike.length > 1 ? ` ${alike.indexOf(zone) + 1}` : '';
  return name === '' ? `${say(`zone.${zone.kind}`)}${number}` : `${name} (${say(`zone.${zone.kind}`)})`;
}

/** A name that no zone of the drawing has. */
export function newId({ zones }: Borders, from = 1): Id {
  for (let n = from; ; n++) if (!zones.some(({ id }) => id === `new-${n}`)) return `new-${n}`;
}

function zonesOf(text: string): { id: Id; kind: ZoneKind; name: LocalText; geometry: MultiPolygon }[] {
  const { features } = JSON.parse(text) as { features: Feature[] };
  return features.map(({ geometry, properties }, i) => ({
    id: String(properties.id ?? `new-${i + 1}`),
    kind: properties.zone as ZoneKind,
    name: Object.fromEntries(
      (['kk', 'ru', 'en', 'tr'] satisfies Lang[]).flatMap((lang) => {
        const name = properties[`name_${lang}`];
        return typeof name === 'string' ? [[lang, name]] : [];
      }),
    ),
    geometry: geometry.type === 'Polygon' ? { type: 'MultiPolygon', coordinates: [geometry.coordinates] } : geometry,
  }));
}
