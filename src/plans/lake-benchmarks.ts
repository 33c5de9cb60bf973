/**
 * How well the lake's methods do what others published, and where they do better: one row for each claim.
 *
 *     const rows = northBenchmarks(readLakeRecord(readSource('smashi-north-aral-monthly.csv')));
 *     const sea = seaBenchmarks(aralTables());
 *
 * The record of the North Aral does not ship (its source names no licence): `water lake --observed` takes it as a file.
 */
import type { SourceFile } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import { type LakeForcing, type LakeRun, runLake } from '../science/lake-balance.ts';
import { type Fit, fitOf } from '../science/lake-calibration.ts';
import { lakeCurve, soundRows } from '../science/lake-curve.ts';
import { type ErrorBudget, errorBudget } from '../science/lake-error-budget.ts';
import { hindcastLevels, type LeftOut, leaveOut } from '../science/lake-hindcast.ts';
import {
  ensembleIntervals,
  type LakeRecord,
  leadFits,
  leadForecast,
  REGULATED_BOUNDS,
  regulatedEnsemble,
  type SplitHalf,
  splitSample,
} from '../science/lake-regulated.ts';
import type { AralTables } from './aral-tables.ts';
import { dateSteps } from './lake-dates.ts';
import { numbersOf, openLakeTable } from './lake-tables.ts';

/** A published record: `simulated` and `outflow` are those of the model that came with it, where it did. */
export interface PublishedRecord extends LakeRecord {
  dates: string[];
  simulated: number[] | null;
  outflow: number[] | null;
}

/** Volume before January 2006 and the volume above which all leaves, recovered from the published series [km3]. */
export const PUBLISHED_RULE = { start: 23.177, full: 27.9 } as const;
/** Months ahead that a season's forecast looks. */
const HORIZON = 12;
const SEED = 20261123;
/**
 * Standard errors for the budget: gauges and the model give 4.59, 5.74 and 5.81 km3 for 2012 (C4: 13 % about their mean), evaporation
 * differs by 8 % between fits; 0.1 m of altimetry over 3,250 km2 is 0.33 km3.
 */
const ERRORS = { inflow: 0.13, evaporation: 0.08, observation: 0.33 } as const;

/** Months that a record needs: two halves, each with a year to learn from and a year to forecast. */
const LEAST_MONTHS = 48;

/**
 * Reads a monthly record: `Date` (2006-01), `Inflow`, `Prec`, `Evap` (either sign), `Vol_obs`; `Vol_sim` and `Outflow` if there are. km3.
 * @throws Problem with file, line and field: `table-…`, `columns-missing`, `cell-…`, `water-days` for a month that is missing or twice,
 * `lake-rows-few`
 */
export function readLakeRecord(file: Pick<SourceFile, 'name' | 'bytes'>): PublishedRecord {
  const table = openLakeTable(file, ['date', 'inflow', 'prec', 'evap', 'vol_obs']);
  const dates = table.rows.map(({ values }) => values.date ?? '');
  const written = table.rows.map(({ line, values }) => ({
    line,
    text: (values.date ?? '').replace(/^(\d{4}-\d{2})-\d{2}.*$/, '$1'),
  }));
  const { steps, kind } = dateSteps(file.name, written);
  if (kind !== 'month')
    throw new Problem('cell-wrong', {
      ...{ file: file.name, line: String(table.rows[0]?.line), field: 'date', found: dates[0] ?? '', expected: '2006-01' },
    });
  const record = {
    inflow: numbersOf(table, 'inflow', { least: 0 }),
    precipitation: numbersOf(table, 'prec', { least: 0 }),
    evaporation: numbersOf(table, 'evap').map(Math.abs),
    volume: numbersOf(table, 'vol_obs', { least: 0 }),
  };
  if (table.rows.length < LEAST_MONTHS)
    throw new Problem('lake-rows-few', { file: file.name, found: table.rows.length, expected: `≥ ${LEAST_MONTHS}` });
  const known = (field: string): number[] | null => (table.header.includes(field) ? numbersOf(table, field) : null);
  return {
    dates,
    months: steps.map(({ month }) => month),
    ...record,
    before: PUBLISHED_RULE.start,
    simulated: known('vol_sim'),
    outflow: known('outflow'),
  };
}

/** The published rule on a record: all above 27.9 km3 leaves, before evaporation or, as a linear programme caps a storage, after it. */
export function publishedRun(record: LakeRecord, { order }: { order: 'spill-first' | 'evaporation-first' }): LakeRun {
  const forcing: LakeForcing = { ...record, start: record.before };
  return runLake({ rule: { kind: 'overflow', full: PUBLISHED_RULE.full }, order }, forcing);
}

export interface NorthBenchmarks {
  /** Largest difference from the published volumes and releases [km3]; `null` where the record has none. */
  ruleOff: number | null;
  /** Of the published model against what was observed. */
  published: Fit;
  /** One run through the half that was not fitted, both ways. */
  free: { halves: [SplitHalf, SplitHalf]; pooled: Fit };
  /** Forecasts of 1 to 12 months, parameters from the other half, started from the last observation. */
  season: { all: Fit; half: Fit; leads: { lead: number; fit: Fit; persistence: Fit }[]; halves: Fit[] };
  /** Part of the months of the other half that lie within the 90 % interval of an ensemble, and its mean width [km3]. */
  interval: { coverage: number; width: number };
  budget: ErrorBudget;
}

/** Everything that a record of the North Aral lets us say. */
export function northBenchmarks(record: PublishedRecord): NorthBenchmarks {
  const run = publishedRun(record, { order: 'spill-first' });
  const volume = run.volume.subarray(1);
  const off = (own: ArrayLike<number>, theirs: readonly number[] | null): number =>
    theirs === null ? 0 : Math.max(...theirs.map((value, i) => Math.abs(value - (own[i] as number))));
  const free = splitSample(record, REGULATED_BOUNDS, { seed: SEED });
  const short = splitSample(record, REGULATED_BOUNDS, { seed: SEED, horizon: HORIZON });
  const leads = Array.from({ length: HORIZON }, (_, i) => i + 1);
  const byHalf = short.halves.map(
    ({ set, tried: [from, to] }) => leadForecast(record, set, { from, to, leads, window: HORIZON }).pairs,
  );
  const pairs = byHalf.flat();
  const { all, leads: fits } = leadFits(pairs);
  return {
    ruleOff: record.simulated === null ? null : Math.max(off(volume, record.simulated), off(run.release, record.outflow)),
    published: fitOf(record.simulated ?? volume, record.volume),
    free,
    season: {
      all,
      half: leadFits(pairs.filter(({ lead }) => lead <= HORIZON / 2)).all,
      leads: fits,
      halves: byHalf.map((own) => leadFits(own).all),
    },
    interval: intervalCheck(record, free.halves),
    budget: errorBudget(record, free, { ...ERRORS, seed: SEED }),
  };
}

function intervalCheck(record: LakeRecord, halves: readonly SplitHalf[]): NorthBenchmarks['interval'] {
  let [inside, width, n] = [0, 0, 0];
  for (const half of halves) {
    const ensemble = regulatedEnsemble(record, half, REGULATED_BOUNDS, { seed: SEED });
    const { low, high } = ensembleIntervals(record, ensemble, half.tried, { observation: ERRORS.observation });
    for (let i = 0; i < low.length; i++) {
      const seen = record.volume[half.tried[0] + i] as number;
      if (seen >= (low[i] as number) && seen <= (high[i] as number)) inside++;
      width += (high[i] as number) - (low[i] as number);
      n++;
    }
  }
  return { coverage: inside / n, width: width / n };
}

/** What the constant loss of the published hindcast is [km3 a year]. */
export const PUBLISHED_LOSS = 4.2;

export interface SeaBenchmarks {
  /** 1960-1989 with one constant loss, fitted on all years. */
  published: Fit;
  /** Decades left out in turn. */
  ours: LeftOut;
  /** Salt in the water, first and last year [Mt]. */
  salt: { first: number; last: number };
  /** Rows of the curve that were averaged or left out because they contradict others. */
  averaged: number;
  dropped: number;
}

/** The whole sea 1960-1989 by years. */
export function seaBenchmarks({ whole }: AralTables): SeaBenchmarks {
  const { rows, averaged, dropped } = soundRows(whole.curve);
  const curve = lakeCurve(rows, { interpolation: 'linear' });
  const years = whole.years.filter(({ year }) => year >= 1960 && year <= 1989);
  const [first, last] = [years[0] as (typeof years)[number], years.at(-1) as (typeof years)[number]];
  const levels = hindcastLevels(
    years,
    curve,
    { loss: PUBLISHED_LOSS, evaporation: 1 },
    { fluxes: 'year-before', surface: 'as-tabled' },
  );
  return {
    published: fitOf(
      levels.subarray(1),
      years.slice(1).map(({ level }) => level),
    ),
    ours: leaveOut(years, curve, (year) => Math.floor(year / 10) * 10, { seed: SEED }),
    salt: { first: first.salinity * first.volume, last: last.salinity * last.volume },
    averaged: averaged.length,
    dropped: dropped.length,
  };
}
