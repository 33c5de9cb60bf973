/**
 * `saryarka water lake --forcing`: any lake on a table of its own, by day, decade, month or year, with every term of its balance told.
 *
 * Columns: `date`, `inflow_km3` (or `_hm3`, `_m3_s`), and rain and evaporation as depths (`precipitation_mm`, `evaporation_mm`: over the
 * area of the lake) or as volumes (`precipitation_km3`, `evaporation_km3`); `groundwater_km3`, `ice` (part under ice), `release_km3` (as
 * reported), `river_g_l` where known.
 */
import { writeCsv } from '../formats/csv.ts';
import { readSource, writeFile } from '../formats/source-node.ts';
import { plainTable } from '../formats/water-table.ts';
import { number, t } from '../i18n/index.ts';
import { beyond, withinCurve } from '../plans/lake-basin-run.ts';
import {
  areDepths,
  type ForcingTable,
  type ReadAs,
  readCurveTable,
  readForcingTable,
  unusedColumns,
} from '../plans/lake-tables.ts';
import { Problem } from '../problems.ts';
import { balanceSums, checkReach, type Lake, type LakeForcing, runLake, StepRefused } from '../science/lake-balance.ts';
import { BeyondCurve, type CurveRow, type LakeCurve, lakeCurve } from '../science/lake-curve.ts';
import { saltBalance } from '../science/salinity.ts';
import type { Lang } from '../types.ts';

export interface BalanceAsked {
  lang: Lang;
  /** Of the bed that was read, or of `--curve`. */
  rows: readonly CurveRow[];
  full: string;
  startVolume?: string;
  startSalinity?: string;
  saltLimit?: number;
  json?: boolean;
  output?: string;
}

/** Salinity of rivers where the table does not say [g/L]: the middle of what is used for the North Aral. */
const RIVER = 1.5;

/** Runs the lake, prints its balance, writes every step where asked. @throws Problem that names file, row and column */
export async function waterLakeBalance(path: string, asked: BalanceAsked): Promise<number> {
  const { lang, rows, json = false, output } = asked;
  const table = readForcingTable(await plainTable(readSource(path)));
  const curve = checked(() => lakeCurve(rows), { file: '--curve', table });
  const forcing = forcingOf(table, curve, asked);
  const run = checked(() => runLake(lakeOf(table, curve, asked), forcing), { file: path, table });
  checked(() => checkReach(run, curve), { file: path, table });
  const released = run.release.map((release, i) => release + (run.overflow[i] as number));
  const salt =
    asked.startSalinity === undefined
      ? null
      : checked(
          () =>
            saltBalance({
              start: numberIn('--start-salinity', asked.startSalinity ?? ''),
              volume: run.volume,
              inflow: run.inflow,
              release: released,
              river: table.has('river') ? table.column('river') : RIVER,
              ...(asked.saltLimit === undefined ? {} : { limit: asked.saltLimit }),
            }),
          { file: path, table },
        );
  const sums = balanceSums(run);
  const dates = table.steps.map(({ text }) => text);
  if (json) console.log(JSON.stringify({ sums, closure: run.closure, missing: run.missing, steps: dates.length }, null, 2));
  else {
    const unused = unusedColumns(table);
    for (const line of readLines(path, table.readAs, lang)) console.log(line);
    if (unused.length > 0) console.log(t(lang, 'cli.water.lake.unused', { file: path, columns: unused.join(', ') }));
    const heading = { file: path, steps: dates.length, first: dates[0] ?? '', last: dates.at(-1) ?? '' };
    console.log(t(lang, 'plans.lake.balance', heading));
    for (const [term, value] of Object.entries(sums))
      console.log(`  ${t(lang, `plans.lake.term.${term}`)}: ${number(lang, value, 6)}`);
    console.log(t(lang, 'plans.lake.closed', { closure: run.closure.toExponential(1), missing: number(lang, run.missing, 6) }));
  }
  if (output !== undefined) {
    const header = [
      'date',
      'level_m',
      'area_km2',
      'volume_km3',
      'inflow_km3',
      'precipitation_km3',
      'groundwater_km3',
      'evaporation_km3',
    ];
    const cells = dates.map((date, i) => {
      const volume = run.volume[i + 1] as number;
      const flows = [run.inflow, run.precipitation, run.groundwater, run.evaporation, run.release, run.overflow].map(
        (one) => one[i] as number,
      );
      return [
        date,
        curve.levelAt(volume),
        curve.areaOf(volume),
        volume,
        ...flows,
        salt?.salinity[i] ?? null,
        salt?.fallen[i] ?? null,
      ];
    });
    writeFile(output, writeCsv([...header, 'release_km3', 'overflow_km3', 'salinity_g_l', 'fallen_salt_mt'], cells));
    if (!json) console.log(t(lang, 'cli.water.written', { file: output }));
  }
  return 0;
}

/** Rows of a table `level_m, area_km2, volume_km3`. @throws Problem */
export async function readCurve(path: string): Promise<CurveRow[]> {
  return readCurveTable(await plainTable(readSource(path))).rows;
}

/** What was assumed in reading a table, where it is not what is usual. */
export function readLines(file: string, { encoding, decimal }: ReadAs, lang: Lang): string[] {
  return [
    ...(encoding === 'utf-8' || encoding === 'ascii' ? [] : [t(lang, 'cli.water.lake.read-as', { file, encoding })]),
    ...(decimal === ',' ? [t(lang, 'cli.water.lake.read-decimal', { file })] : []),
  ];
}

function forcingOf(table: ForcingTable, curve: LakeCurve, { startVolume }: BalanceAsked): LakeForcing {
  if (startVolume === undefined) throw new Problem('option-needed', { field: '--start-volume', expected: '23.0' });
  const start = numberIn('--start-volume', startVolume);
  const [first, last] = [curve.rows[0] as CurveRow, curve.rows.at(-1) as CurveRow];
  if (!(start >= first.volume && start <= last.volume))
    throw beyond(new BeyondCurve('volume', start, { low: first.volume, high: last.volume }), {
      file: table.file,
      place: '--start-volume',
    });
  return {
    start,
    inflow: table.column('inflow'),
    precipitation: table.column('precipitation'),
    evaporation: table.column('evaporation'),
    depths: areDepths(table),
    months: table.steps.map(({ month }) => month),
    ...(table.has('groundwater') ? { groundwater: table.column('groundwater', { empty: 0 }) } : {}),
    ...(table.has('ice') ? { ice: table.column('ice', { empty: 0 }) } : {}),
  };
}

/** Releases as reported where the table has them; else all above the first `--full` leaves. */
function lakeOf(table: ForcingTable, curve: LakeCurve, { full }: BalanceAsked): Lake {
  if (table.has('release')) return { curve, rule: { kind: 'schedule', release: table.column('release', { empty: 0 }) } };
  const level = numberIn('--full', full.split(',')[0] ?? '');
  return { curve, rule: { kind: 'overflow', full: withinCurve(curve, level, { file: '--curve', place: '--full' }) } };
}

function numberIn(field: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new Problem('choice-wrong', { field, found: text, expected: '0.0' });
  return value;
}

/** What the science refuses, as a problem that names the file, and the date of a step that did not run. */
function checked<Value>(make: () => Value, { file, table }: { file: string; table: ForcingTable }): Value {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    if (error instanceof StepRefused && error.cause instanceof BeyondCurve) {
      const { text = '' } = table.steps[error.step] ?? {};
      throw beyond(error.cause, { file, place: `${table.rows[error.step]?.line ?? ''}, ${text}` });
    }
    throw new Problem('basins-refused', { file, found: error.message }, { cause: error });
  }
}
