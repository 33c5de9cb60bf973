/**
 * Human pressure of each zone, and whether it rises from the core area over the buffer zone to the transition area: built-up
 * land, cropland, roads, night lights, people, settlements, as far as they are given. docs/methods/pressure.md
 */
import { Problem } from '../problems.ts';
import {
  integerEdges,
  mergePressureZones,
  newPressureZone,
  type PressureZone,
  pressureEdges,
  pressureOf,
} from '../science/pressure.ts';
import { pressureGradient } from '../science/pressure-gradient.ts';
import type { Period, ZoneKind } from '../types.ts';
import { figure, known } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import { codesOf, numberOf } from './params.ts';
import { settlementsOf } from './population.ts';
import type { Figure } from './raster-indicator.ts';
import { type PressureReading, SITE, type SourceGiven, type SourceIndicator, type SourceLayer } from './source-indicator.ts';
import { dateOf, PEOPLE, SHARES, unitOf } from './source-units.ts';

/** Layers of pressure, as inputs and classes name them. */
export const PRESSURES = ['built-up', 'cropland', 'roads', 'night-lights', 'population'] as const;
type Pressure = (typeof PRESSURES)[number];

/** From the inside out. */
const KINDS: readonly ZoneKind[] = ['core', 'buffer', 'transition'];
/** Parts of a zone without a value that are rounding, and parts with one that are. */
const ROUNDING = 1e-3;
const SLIVER = 1e-6;
const M2_IN_KM2 = 1e6;
const [METRES_IN_KM, PERCENT] = [1000, 100];

/** Bins: the order of values is all that counts, so these only have to be finer than what anybody would tell apart. */
const MASK = integerEdges(0, 1);
const EDGES = {
  part: pressureEdges({ from: 1e-4, to: 1, bins: 200 }),
  percent: pressureEdges({ from: 1e-2, to: 100, bins: 200 }),
  area: pressureEdges({ from: 0.1, to: 1e7, bins: 400 }),
  people: pressureEdges({ from: 1e-3, to: 1e6, bins: 400 }),
  light: pressureEdges({ from: 1e-2, to: 1e4, bins: 300 }),
  roads: pressureEdges({ from: 1e-3, to: 1e3, bins: 300 }),
} as const;

export const pressure: SourceIndicator = {
  id: 'pressure',
  leads: 'pressure-gradient',
  method: 'gradient-superiority',
  version: 1,
  inputs: [
    ...PRESSURES.map((name) => ({ name, kind: name === 'roads' ? ('lines' as const) : ('raster' as const) })),
    { name: 'settlements', kind: 'places' },
  ],
  params: {
    'built-up-codes': '',
    'built-up-unit': '',
    'cropland-codes': '',
    'cropland-unit': '',
    'population-unit': '',
    cell: '1000',
    level: '0.95',
    date: '',
    'name-field': '',
    'people-field': '',
  },
  async compute(given) {
    const inputs = pressure.inputs.map(({ name }) => name);
    if (!inputs.some(given.has))
      throw new Problem('input-missing', { field: '--input', expected: inputs.map((name) => `${name}=FILE`).join(', ') });
    const figures: Figure[] = [];
    for (const name of PRESSURES) {
      if (!given.has(name)) continue;
      figures.push(...(name === 'roads' ? await roadFigures(given) : await rasterFigures(given, name)));
    }
    return given.has('settlements') ? [...figures, ...(await settlementFigures(given))] : figures;
  },
};

/** What the values of a layer mean, and how they are kept. */
interface Meaning extends PressureReading {
  indicator: string;
  unit: string;
  /** The figure of a zone. */
  value: (summary: ReturnType<typeof pressureOf>) => number | null;
}

function meaningOf(name: Exclude<Pressure, 'roads'>, layer: SourceLayer, params: Record<string, string>): Meaning {
  if (name === 'night-lights') {
    // VIIRS and its like state nanowatts by square centimetre and steradian; nothing here depends on it
    return { codes: null, edges: EDGES.light, indicator: name, unit: 'nW/cm2/sr', value: ({ mean }) => mean };
  }
  if (name === 'population') {
    const per = unitOf(layer, params, name, PEOPLE);
    const value: Meaning['value'] = per === 'count' ? ({ perKm2 }) => perKm2 : ({ mean }) => mean;
    return { codes: null, edges: EDGES.people, indicator: 'population-density', unit: '{person}/km2', value };
  }
  const codes = codesOf(params, `${name}-codes`);
  const about = { indicator: `${name}-share`, unit: '%' };
  if (codes.length > 0) return { ...about, codes, edges: MASK, value: ({ mean }) => times(mean, PERCENT) };
  const unit = unitOf(layer, params, name, SHARES);
  const value: Meaning['value'] = ({ mean, total, area }) =>
    unit === 'area' ? times(area > 0 ? total / area : null, PERCENT) : times(mean, unit === 'part' ? PERCENT : 1);
  return { ...about, codes: null, edges: EDGES[unit], value };
}

function times(value: number | null, factor: number): number | null {
  return value === null ? null : value * factor;
}

async function rasterFigures(given: SourceGiven, name: Exclude<Pressure, 'roads'>): Promise<Figure[]> {
  const { params } = given;
  const layers = await given.pressure(name, (layer) => meaningOf(name, layer, params));
  return layers.flatMap(({ layer, zones: read }) => {
    const zones = read.map((zone, place) => withoutSlivers(zone, given.zones[place]?.area ?? 1));
    const { indicator, unit, value } = meaningOf(name, layer, params);
    const period = dateOf(layer.date, params);
    const own = zones.map((zone, place) => {
      const summary = pressureOf(zone);
      const missing = 1 - summary.area / (given.zones[place]?.area ?? 1);
      return figure({
        indicator,
        zone: place,
        period,
        unit,
        value: known(value(summary)),
        n: Math.round(summary.cells),
        note: noteOf(
          missing > ROUNDING ? note('unseen', PERCENT * missing) : null,
          name === 'population' ? note('people-modelled') : null,
        ),
      });
    });
    return [...own, ...gradientFigures(given, name, zones, period)];
  });
}

/** Nothing is known of a zone that reaches over the border of a known cell by rounding alone. */
function withoutSlivers(zone: PressureZone, area: number): PressureZone {
  return pressureOf(zone).area > SLIVER * area ? zone : newPressureZone(zone.edges);
}

async function roadFigures(given: SourceGiven): Promise<Figure[]> {
  const cell = numberOf(given.params, 'cell', { low: 50, high: 50_000 });
  const { lengths, zones } = await given.lines('roads', { cell, edges: EDGES.roads });
  const period = dateOf(null, given.params);
  const own = given.zones.map(({ area }, zone) =>
    figure({
      indicator: 'road-density',
      zone,
      period,
      unit: 'km/km2',
      value: known((lengths[zone] as number) / METRES_IN_KM / (area / M2_IN_KM2)),
    }),
  );
  return [...own, ...gradientFigures(given, 'roads', zones, period)];
}

async function settlementFigures(given: SourceGiven): Promise<Figure[]> {
  const { places } = await settlementsOf(given);
  const period = dateOf(null, given.params);
  return given.zones.map((_, zone) => {
    const value = places.filter(({ parts }) => (parts[zone] ?? 0) > 0).length;
    return figure({ indicator: 'settlements', zone, period, unit: '{settlement}', value });
  });
}

/** Probability that a place of the outer kind of zone is under more pressure than one of the inner kind, step by step and over all. */
function gradientFigures(given: SourceGiven, name: Pressure, zones: readonly PressureZone[], period: Period): Figure[] {
  const level = numberOf(given.params, 'level', { low: 0.5, high: 0.999 });
  const kinds = KINDS.filter((kind) => given.zones.some((zone) => zone.kind === kind));
  const together = kinds.map((kind) => {
    const own = zones.filter((_, place) => given.zones[place]?.kind === kind);
    return own.reduce(mergePressureZones, newPressureZone(own[0]?.edges ?? MASK));
  });
  const { steps, whole } = pressureGradient(together, { level });
  const all = kinds.length > 2 && whole !== null ? [...steps, whole] : steps;
  return all.map(({ inner, outer, superiority, low, high }) =>
    figure({
      indicator: 'pressure-gradient',
      zone: SITE,
      class: `${name}:${kinds[inner]}-${kinds[outer]}`,
      period,
      unit: '1',
      value: superiority,
      low,
      high,
      level: superiority === null ? null : level,
    }),
  );
}
