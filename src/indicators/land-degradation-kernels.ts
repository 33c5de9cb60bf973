/**
 * Kernels of land degradation: what units there are, how their best do, and the classes of every pixel.
 *
 * All settings are in the config, as threads are told it: tables as they stand in `data/land`.
 */
import { type Codes, landCoverDegradation, NODATA, type TransitionTable, transitionMeanings } from '../science/land-cover.ts';
import { type ClassIndex, classIndex } from '../science/land-cover-areas.ts';
import { type Compat, degradationStatusBlock, type Missing, oneOutAllOutBlock } from '../science/land-degradation.ts';
import { degradationClasses, statusClasses } from '../science/land-degradation-areas.ts';
import { meanProductivity, performanceBlock, type UnitBest } from '../science/land-degradation-performance.ts';
import { type CombinationTable, combineProductivityBlock, productivityTable } from '../science/land-degradation-productivity.ts';
import { type SoilFactorTable, soilCarbon, soilChange, soilDegradation, soilFactors } from '../science/land-degradation-soil.ts';
import { stateBlock } from '../science/land-degradation-state.ts';
import { trajectoryBlock } from '../science/land-degradation-trajectory.ts';
import { type CoverCodes, coverSorter } from './land-cover.ts';
import type { BlockKernel, TableCodes } from './raster-indicator.ts';
import { type MeansOptions, yearlyMeans } from './years.ts';

/** Water, which is no land, among the seven classes of UNCCD. */
export const WATER = 7;

/** Recent years that the state compares with those before. */
export const RECENT = 3;

/** Mean productivity is counted in steps of a thousandth of the index, from -1 to 1. */
export const REFERENCE = { low: -1, high: 1, step: 0.001 } as const;

const MEANS = classIndex(Array.from({ length: Math.round((REFERENCE.high - REFERENCE.low) / REFERENCE.step) + 1 }, (_, i) => i));

/** Codes that units may have. */
export const UNITS = classIndex(Array.from({ length: 32_001 }, (_, i) => i));

/** What is looked at for one period. */
export interface PeriodConfig {
  /** Places of its first and last year among the years of productivity, the latter excluded. */
  from: number;
  to: number;
  /** Places of the land cover layers at its start and end. */
  coverFrom: number;
  coverTo: number;
  /** The best of each unit; `null` without performance. */
  best: [unit: number, p90: number, pixels: number][] | null;
}

export interface ProductivityConfig {
  means: MeansOptions;
  years: number[];
}

export interface ClassesConfig extends ProductivityConfig {
  method: 'trends-earth' | 'gpg-v2';
  combination: CombinationTable;
  transitions: TransitionTable;
  /** Land that fell dry counts as land: it is put with what it became. */
  dryLand: boolean;
  cover: CoverCodes;
  covers: number;
  /** Factors of soil carbon and that of the climate; `null` without soil. */
  soil: { table: SoilFactorTable; climate: number } | null;
  periods: PeriodConfig[];
  missing: Missing;
  compat: Compat;
}

/** Tables of each period, in this order; for two periods one of status follows. */
export const PARTS = ['indicator', 'productivity', 'land-cover', 'soil'] as const;

/** What maps show: for the last period the indicator and its parts, for a baseline the indicator. */
export function mappedParts({
  periods,
  soil,
}: Pick<ClassesConfig, 'periods' | 'soil'>): { period: number; part: (typeof PARTS)[number] }[] {
  const last = periods.length - 1;
  const parts = PARTS.filter((part) => part !== 'soil' || soil !== null);
  const baseline = last > 0 ? [{ period: 0, part: PARTS[0] }] : [];
  return [...parts.map((part) => ({ period: last, part })), ...baseline];
}

/** What is no land on a map: a code beside those of degradation and of status. */
export const WATER_ON_MAP = 100;

/** One table: which units there are. */
export function unitsKernel(): BlockKernel {
  let [n, codes]: [number, readonly TableCodes[]] = [0, []];
  return {
    tables: [{ rows: UNITS }],
    begin(count, tables) {
      [n, codes] = [count, tables];
    },
    layer(_, __, values) {
      if (codes[0] !== undefined) unitsInto(values, n, codes[0].rows);
    },
    end: () => {},
  };
}

function unitsInto(values: Float64Array, n: number, into: Int16Array): void {
  for (let i = 0; i < n; i++) {
    const value = values[i] as number;
    into[i] = Number.isInteger(value) && value >= 0 && value < UNITS.codes.length ? value : NODATA;
  }
}

/** A table for each period: mean productivity by unit. */
export function referenceKernel({
  means: options,
  units,
  periods,
}: ProductivityConfig & { units: number[]; periods: Pick<PeriodConfig, 'from' | 'to'>[] }): BlockKernel {
  const means = yearlyMeans(options);
  const unitIndex = classIndex(units);
  let [n, codes, unit]: [number, readonly TableCodes[], Int16Array] = [0, [], new Int16Array(0)];
  return {
    tables: periods.map(() => ({ rows: MEANS, columns: unitIndex })),
    begin(count, tables) {
      [n, codes] = [count, tables];
      if (unit.length < n) unit = new Int16Array(n);
      means.begin(n);
    },
    layer(input, index, values) {
      if (input === 'units') unitsInto(values, n, unit);
      else means.add(index, values);
    },
    end() {
      const layers = layersOf(means.end(), n, options.years);
      for (const [p, { from, to }] of periods.entries()) {
        const mean = meanProductivity(layers.slice(from, to));
        const own = codes[p];
        for (let i = 0; i < n && own !== undefined; i++) {
          const value = mean[i] as number;
          // exactly 0 is left out, as Trends.Earth does
          own.rows[i] = value >= -1 && value <= 1 && value !== 0 ? Math.round((value - REFERENCE.low) / REFERENCE.step) : NODATA;
          if (own.columns !== null) own.columns[i] = unit[i] as number;
        }
      }
    },
  };
}

/** Tables by `PARTS` and period, each by land cover at the start; and the status; then what maps show, water apart. */
export function classesKernel(config: ClassesConfig): BlockKernel {
  const { periods, covers, soil } = config;
  const means = yearlyMeans(config.means);
  const { index: coverIndex, sort } = coverSorter(config.cover);
  const meanings = transitionMeanings(config.transitions);
  const combination = productivityTable(config.combination);
  const factors = soil === null ? null : soilFactors(soil.table);
  const degradation = degradationClasses();
  const shape = { rows: degradation, columns: coverIndex };
  const parts = mappedParts(config);
  const isTwo = periods.length > 1;
  const firstMap = periods.length * PARTS.length + (isTwo ? 1 : 0);
  let [n, codes]: [number, readonly TableCodes[]] = [0, []];
  let [stock, unit] = [new Float64Array(0), new Int16Array(0)];
  let cover: Int16Array[] = [];

  return {
    tables: [
      ...periods.flatMap(() => PARTS.map(() => shape)),
      ...(isTwo ? [{ rows: statusClasses(), columns: coverIndex }] : []),
      ...parts.map(() => ({ rows: withWater(degradation) })),
      ...(isTwo ? [{ rows: withWater(statusClasses()) }] : []),
    ],
    maps: [...parts, ...(isTwo ? [0] : [])].map((_, i) => ({ table: firstMap + i, take: 'most' })),
    begin(count, tables) {
      [n, codes] = [count, tables];
      means.begin(n);
      if (unit.length !== n) {
        [stock, unit] = [new Float64Array(n), new Int16Array(n)];
        cover = Array.from({ length: covers }, () => new Int16Array(n));
      }
    },
    layer(input, index, values) {
      if (input === 'ndvi') means.add(index, values);
      else if (input === 'units') unitsInto(values, n, unit);
      else if (input === 'soc') stock.set(values);
      else if (cover[index] !== undefined) sort(values, n, cover[index]);
    },
    end() {
      const layers = layersOf(means.end(), n, config.means.years);
      const stocks = soil === null || factors === null ? null : soilCarbon(stock, cover, soil.climate, factors);
      const found = periods.map((period) => classesOf(period, { config, layers, cover, unit, stocks, meanings, combination }));
      const columns = found[0]?.land ?? new Int16Array(n);
      for (const [p, { parts, land }] of found.entries()) {
        for (const [k, part] of PARTS.entries()) {
          const own = codes[p * PARTS.length + k];
          own?.rows.set(parts[part]);
          own?.columns?.set(land);
        }
      }
      for (const [m, { period, part }] of parts.entries()) {
        const own = found[period];
        if (own !== undefined) drawn(own.parts[part], own.land, codes[firstMap + m]?.rows);
      }
      const status = codes[periods.length * PARTS.length];
      const [baseline, period] = found;
      if (!isTwo || status === undefined || baseline === undefined || period === undefined) return;
      status.rows.set(degradationStatusBlock(baseline.parts.indicator, period.parts.indicator));
      status.columns?.set(columns);
      drawn(status.rows, columns, codes[firstMap + parts.length]?.rows);
    },
  };
}

function withWater({ codes }: ClassIndex): ClassIndex {
  return classIndex([...codes, WATER_ON_MAP]);
}

/** Classes with water as a class of its own. */
function drawn(classes: Int16Array, land: Int16Array, into: Int16Array | undefined): void {
  for (let i = 0; i < land.length && into !== undefined; i++) {
    into[i] = land[i] === WATER ? WATER_ON_MAP : (classes[i] as number);
  }
}

interface Pixels {
  config: ClassesConfig;
  layers: readonly Float64Array[];
  cover: readonly Int16Array[];
  unit: Int16Array;
  stocks: readonly Float64Array[] | null;
  meanings: ReturnType<typeof transitionMeanings>;
  combination: ReturnType<typeof productivityTable>;
}

function classesOf({ from, to, coverFrom, coverTo, best }: PeriodConfig, pixels: Pixels) {
  const { config, layers, cover, unit, stocks, meanings, combination } = pixels;
  const { method, years, compat, missing } = config;
  const own: readonly Codes[] = layers.slice(from, to);
  const size = own[0]?.length ?? 0;
  const trajectory = trajectoryBlock(years.slice(from, to), own, { method, scale: 1, compat }).degradation;
  const state = stateBlock(own.slice(0, -RECENT), own.slice(-RECENT), { method, scale: 1 }).degradation;
  const performance =
    best === null ? new Int16Array(size) : performanceBlock(meanProductivity(own), unit, unitsBest(best), { compat }).degradation;
  const productivity = combineProductivityBlock(trajectory, state, performance, combination).degradation;
  const [initial, final] = [cover[coverFrom], cover[coverTo]] as [Int16Array, Int16Array];
  const landCover = landCoverDegradation(initial, final, meanings, new Int16Array(size), compat);
  const water = Uint8Array.from(initial, (code) => (code === WATER ? 1 : 0));
  const soil = stocks === null ? new Int16Array(size) : soilClasses(stocks, coverFrom, coverTo, water, compat);
  const indicator = oneOutAllOutBlock(productivity, landCover, soil, new Int16Array(size), { missing });
  const land = config.dryLand ? initial.map((code, i) => (code === WATER ? (final[i] as number) : code)) : initial;
  return { parts: { indicator, productivity, 'land-cover': landCover, soil }, land };
}

function soilClasses(stocks: readonly Float64Array[], from: number, to: number, water: Uint8Array, compat: Compat): Int16Array {
  const [initial, final] = [stocks[from], stocks[to]] as [Float64Array, Float64Array];
  return soilDegradation(soilChange(initial, final, { compat }), { water, compat });
}

function unitsBest(best: NonNullable<PeriodConfig['best']>): Map<number, UnitBest> {
  return new Map(best.map(([unit, p90, pixels]) => [unit, { p90, pixels }]));
}

function layersOf(values: Float64Array, n: number, years: number): Float64Array[] {
  return Array.from({ length: years }, (_, year) => values.subarray(year * n, (year + 1) * n));
}
