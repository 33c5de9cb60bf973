/**
 * How much of each zone, and of the reserve, is natural ground, and how much of it is under little human pressure as well.
 * docs/methods/ecosystem-intactness.md
 *
 * @see Williams et al. 2020, Change in terrestrial human footprint drives continued loss of intact ecosystems, One Earth 3, 371-382,
 *   doi 10.1016/j.oneear.2020.08.009
 */
import { NODATA } from '../science/land-cover.ts';
import { type AreaTable, areaOf, classIndex, pixelsOf, totalArea } from '../science/land-cover-areas.ts';
import type { Period } from '../types.ts';
import { naturalCodes, type Place, placesOf } from './ecosystem-natural.ts';
import { fewNote, figure, known } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import { type CoverCodes, coverCodes, coverSorter } from './land-cover.ts';
import { numberOf } from './params.ts';
import { type Painted, pictureOf, pictures } from './picture.ts';
import {
  type BlockKernel,
  type Figure,
  type Given,
  type RasterIndicator,
  type TableCodes,
  UNLISTED,
} from './raster-indicator.ts';

/** What ground is: made or tilled; natural under little pressure; natural under more; natural under pressure that is not known, or off its scale. */
const [MADE, INTACT, PRESSED, UNTOLD, OFF_SCALE] = [0, 1, 2, 3, 4] as const;
const STATES = classIndex([MADE, INTACT, PRESSED, UNTOLD, OFF_SCALE]);
const PERCENT = 100;
/** A part of a zone that is rounding and nothing else. */
const ROUNDING = 1e-6;

interface Config {
  codes: CoverCodes;
  natural: readonly number[];
  /** Ground under less pressure than this is intact. */
  threshold: number;
  /** Values above are none of the scale. */
  most: number;
  /** For each date of land cover the layer of pressure that is taken; -1 where there is none. */
  layers: readonly number[];
}

export const ecosystemIntactness: RasterIndicator = {
  id: 'ecosystem-intactness',
  method: 'natural-low-pressure',
  version: 1,
  inputs: [
    { name: 'land-cover', least: 1, once: true },
    { name: 'human-pressure', least: 1, once: true, optional: true },
  ],
  // below 4 on the scale of the human footprint, 0 to 50: Williams et al. 2020
  params: { legend: 'unccd', natural: '', 'pressure-below': '4', 'pressure-most': '50' },
  kernels: { sort: (config) => sorting(config as Config) },
  async compute(given, pass) {
    const dates = given.dates['land-cover'] ?? [];
    const { codes, legend } = coverCodes({ legend: given.params.legend ?? '' });
    const config: Config = {
      codes,
      natural: naturalCodes(given.params),
      threshold: numberOf(given.params, 'pressure-below'),
      most: numberOf(given.params, 'pressure-most'),
      layers: pressureLayers(given),
    };
    const tables = await pass('sort', config);
    return placesOf(given, tables).flatMap((place) =>
      dates.flatMap((period, date) => {
        const layer = given.dates['human-pressure']?.[config.layers[date] ?? -1] ?? null;
        const natural = share(place, period, { date, name: `${legend.id}:natural`, layer: null });
        return layer === null ? [natural] : [natural, share(place, period, { date, name: `${legend.id}:intact`, layer })];
      }),
    );
  },
  pictures: {
    kernel: 'sort',
    of(given, maps, tables) {
      const period = given.dates['land-cover']?.at(-1);
      const [map] = maps;
      if (period === undefined || map === undefined) return [];
      const isPressed = (pressureLayers(given).at(-1) ?? -1) >= 0;
      return pictures(pictureOf({ name: 'ecosystem-intactness', period, map, tables, classes: isPressed ? PAINTS : PLAIN }));
    },
  },
};

/** Colours are those of Tol, apart from one another for colour-blind readers. */
const MADE_GROUND: Painted = { code: MADE, class: 'made-ground', color: '#ddaa33' };
const PAINTS: readonly Painted[] = [
  { code: INTACT, class: 'intact', color: '#117733' },
  { code: PRESSED, class: 'natural-pressed', color: '#bbcc66' },
  MADE_GROUND,
  { code: UNTOLD, class: 'natural-untold', color: '#dcd3bd' },
  { code: OFF_SCALE, class: 'natural-off-scale', color: '#c9c9c9' },
];
const PLAIN: readonly Painted[] = [{ code: UNTOLD, class: 'natural', color: '#117733' }, MADE_GROUND];

/** For each date of land cover the layer of pressure whose middle is nearest in time, of two the earlier; -1 where none is given. */
function pressureLayers({ dates }: Given): number[] {
  const pressures = (dates['human-pressure'] ?? []).map(middle);
  return (dates['land-cover'] ?? []).map((period) => {
    const at = middle(period);
    let best = -1;
    for (const [i, time] of pressures.entries())
      if (best < 0 || Math.abs(time - at) < Math.abs((pressures[best] as number) - at)) best = i;
    return best;
  });
}

function middle({ start, end }: Period): number {
  return (Date.parse(start) + Date.parse(end)) / 2;
}

/** A table of states for each date. */
function sorting({ codes, natural, threshold, most, layers }: Config): BlockKernel {
  const cover = coverSorter(codes);
  const isNatural = new Set(natural);
  const listed = new Set(codes.classes);
  let [n, own]: [number, readonly TableCodes[]] = [0, []];
  const stateOf = (code: number): number => {
    if (code === NODATA || code === UNLISTED) return code;
    return isNatural.has(code) ? UNTOLD : listed.has(code) ? MADE : UNLISTED;
  };
  const press = (state: Int16Array, values: Float64Array): void => {
    for (let i = 0; i < n; i++) {
      const value = values[i] as number;
      if (state[i] !== UNTOLD || Number.isNaN(value)) continue;
      state[i] = value < 0 || value > most ? OFF_SCALE : value < threshold ? INTACT : PRESSED;
    }
  };
  return {
    tables: layers.map(() => ({ rows: STATES })),
    maps: [{ table: layers.length - 1, take: 'most' }],
    begin(count, tables) {
      [n, own] = [count, tables];
    },
    layer(input, index, values) {
      if (input === 'land-cover') {
        const into = own[index]?.rows;
        if (into === undefined) return;
        cover.sort(values, n, into);
        for (let i = 0; i < n; i++) into[i] = stateOf(into[i] as number);
        return;
      }
      for (const [date, layer] of layers.entries()) {
        const state = own[date]?.rows;
        if (layer === index && state !== undefined) press(state, values);
      }
    },
    end() {},
  };
}

/**
 * Natural or intact ground as a share of the ground of which it is known [%].
 *
 * No interval: errors of the map are not known without a sample, and none is published for the threshold.
 */
function share(
  { zone, tables, outside, isOutside }: Place,
  period: Period,
  { date, name, layer }: { date: number; name: string; layer: Period | null },
): Figure {
  const table = tables[date] as AreaTable;
  const states = layer === null ? [INTACT, PRESSED, UNTOLD, OFF_SCALE] : [INTACT];
  const decided = layer === null ? STATES.codes : [MADE, INTACT, PRESSED];
  const sum = (codes: readonly number[], of: typeof areaOf): number => codes.reduce((all, code) => all + of(table, code), 0);
  const [area, pixels] = [sum(decided, areaOf), sum(decided, pixelsOf)];
  const all = totalArea(table);
  const unseen = all > 0 ? 1 - area / all : 0;
  const offScale = layer !== null && all > 0 ? areaOf(table, OFF_SCALE) / all : 0;
  const remarks = noteOf(
    outside,
    unseen > ROUNDING ? note('unseen', PERCENT * unseen) : null,
    offScale > ROUNDING ? note('pressure-off-scale', PERCENT * offScale) : null,
    layer !== null && !(layer.start < period.end && period.start < layer.end)
      ? note('pressure-year', layer.start.slice(0, 4))
      : null,
    fewNote(pixels),
  );
  const value = isOutside || area === 0 ? null : known((PERCENT * sum(states, areaOf)) / area);
  return figure({
    indicator: 'ecosystem-intactness',
    zone,
    class: name,
    period,
    unit: '%',
    value,
    n: Math.round(pixels),
    note: remarks,
  });
}
