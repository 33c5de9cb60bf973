/**
 * The mosaic of ecosystems in each zone and the reserve: the effective number of classes of land cover, and how large the pieces
 * are that natural ground is in. docs/methods/ecosystem-mosaic.md
 */
import { hillNumber } from '../science/hill.ts';
import { NODATA } from '../science/land-cover.ts';
import { classIndex } from '../science/land-cover-areas.ts';
import { effectiveMesh, type Neighbours } from '../science/patches.ts';
import type { Period } from '../types.ts';
import { knownGround, naturalCodes, type Place, placesOf } from './ecosystem-natural.ts';
import { fewNote, figure, known, rowSums } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import { type CoverCodes, coverCodes, coverSorter } from './land-cover.ts';
import { choiceOf } from './params.ts';
import {
  type BlockKernel,
  type Figure,
  type PatchSums,
  type RasterIndicator,
  type TableCodes,
  UNLISTED,
} from './raster-indicator.ts';
import { SITE } from './source-indicator.ts';

/** Orders of the Hill numbers that are told: how many classes, how many common ones, how many that prevail. */
const ORDERS = [0, 1, 2] as const;
const [NOT_NATURAL, NATURAL] = [0, 1] as const;
const PERCENT = 100;
/** A part of a zone whose class is not known that is rounding and nothing else. */
const ROUNDING = 1e-6;

interface Config {
  dates: number;
  /** Of the legend of the figures. */
  shown: CoverCodes;
  /** Of the legend of the rasters. */
  given: CoverCodes;
  natural: readonly number[];
  neighbours: Neighbours;
}

export const ecosystemMosaic: RasterIndicator = {
  id: 'ecosystem-mosaic',
  method: 'hill-and-mesh',
  version: 1,
  inputs: [{ name: 'land-cover', least: 1, once: true }],
  params: { legend: 'unccd', nested: '', nesting: '', natural: '', neighbours: '8' },
  kernels: { mosaic: (config) => sorting(config as Config) },
  async compute(given, pass) {
    const dates = given.dates['land-cover'] ?? [];
    const { codes: shown, legend } = coverCodes(given.params);
    const { codes: own } = coverCodes({ legend: given.params.legend ?? '' });
    const neighbours = choiceOf(given.params, 'neighbours', ['4', '8']) === '4' ? 4 : 8;
    const config: Config = { dates: dates.length, shown, given: own, natural: naturalCodes(given.params), neighbours };
    let patches: PatchSums[] = [];
    const tables = await pass('mosaic', config, {
      onPatches(sums) {
        patches = sums;
      },
    });
    return placesOf(given, tables).flatMap((place) =>
      dates.flatMap((period, date) => [
        ...diversity(place, period, { date, legend: legend.id }),
        mesh(place, period, { date: dates.length + date, products: patches[date]?.products ?? new Float64Array(0) }),
      ]),
    );
  },
};

/** For each date a table of classes, then for each date one of natural ground, whose patches are found. */
function sorting({ dates, shown, given, natural, neighbours }: Config): BlockKernel {
  const classes = coverSorter(shown);
  const raw = coverSorter(given);
  const isNatural = new Set(natural);
  const listed = new Set(given.classes);
  const two = classIndex([NOT_NATURAL, NATURAL]);
  const each = Array.from({ length: dates }, (_, date) => date);
  let [n, own]: [number, readonly TableCodes[]] = [0, []];
  return {
    tables: [...each.map(() => ({ rows: classes.index })), ...each.map(() => ({ rows: two }))],
    patches: each.map((date) => ({ table: dates + date, code: NATURAL, neighbours })),
    begin(count, tables) {
      [n, own] = [count, tables];
    },
    layer(_, date, values) {
      const [into, ground] = [own[date]?.rows, own[dates + date]?.rows];
      if (into === undefined || ground === undefined) return;
      classes.sort(values, n, into);
      raw.sort(values, n, ground);
      for (let i = 0; i < n; i++) {
        const code = ground[i] as number;
        if (code === NODATA || code === UNLISTED) continue;
        ground[i] = isNatural.has(code) ? NATURAL : listed.has(code) ? NOT_NATURAL : UNLISTED;
      }
    },
    end() {},
  };
}

/** Hill numbers of the areas of the classes; no interval: that of a map without a sample of reference is not known. */
function diversity(
  { zone, tables, outside, isOutside }: Place,
  period: Period,
  { date, legend }: { date: number; legend: string },
): Figure[] {
  const table = tables[date];
  const { area, pixels, unknown } = table === undefined ? { area: 0, pixels: 0, unknown: 0 } : knownGround(table);
  const about = { indicator: 'ecosystem-mosaic', zone, period, unit: '1', n: Math.round(pixels) } as const;
  const remarks = noteOf(outside, unknown > ROUNDING ? note('unseen', PERCENT * unknown) : null, fewNote(pixels));
  return ORDERS.map((order) =>
    figure({
      ...about,
      class: `${legend}:order-${order}`,
      value: table === undefined || isOutside || area === 0 ? null : known(hillNumber(rowSums(table).areas, order)),
      note: remarks,
    }),
  );
}

/** Effective mesh size of natural ground: the borders between zones cut nothing, that of the reserve does. */
function mesh(
  { zone, tables, outside, isOutside }: Place,
  period: Period,
  { date, products }: { date: number; products: Float64Array },
): Figure {
  const table = tables[date];
  const { area, pixels, unknown } = table === undefined ? { area: 0, pixels: 0, unknown: 0 } : knownGround(table);
  const own = zone === SITE ? products.reduce((sum, product) => sum + product, 0) : (products[zone] ?? 0);
  return figure({
    indicator: 'ecosystem-mesh-size',
    zone,
    period,
    unit: 'm2',
    n: Math.round(pixels),
    value: isOutside ? null : known(effectiveMesh(own, area)),
    note: noteOf(outside, unknown > ROUNDING ? note('unseen', PERCENT * unknown) : null, fewNote(pixels)),
  });
}
