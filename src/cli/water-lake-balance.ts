/**
 * `saryarka water lake --forcing`: any lake on a table of its own, by day, month or year, with every term of its balance told.
 *
 * Columns: `date`, `inflow_km3`, and rain and evaporation as depths (`precipitation_mm`, `evaporation_mm`: over the area of the lake) or as
 * volumes (`precipitation_km3`, `evaporation_km3`); `groundwater_km3`, `ice` (part under ice), `release_km3` (as reported) where known.
 */
import { type CsvTable, readCsv, writeCsv } from '../formats/csv.ts';
import { readSource, writeFile } from '../formats/source-node.ts';
import { number, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { balanceSums, type Lake, type LakeForcing, runLake } from '../science/lake-balance.ts';
import { type CurveRow, type LakeCurve, lakeCurve } from '../science/lake-curve.ts';
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
export function waterLakeBalance(path: string, asked: BalanceAsked): number {
  const { lang, rows, json = false, output } = asked;
  const file = readSource(path);
  const table = readCsv(file);
  const curve = checked(() => lakeCurve(rows), '--curve');
  const forcing = forcingOf(table, path, asked);
  const run = checked(() => runLake(lakeOf(table, path, curve, asked), forcing), path);
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
              river: table.header.includes('river_g_l') ? column(table, path, 'river_g_l') : RIVER,
              ...(asked.saltLimit === undefined ? {} : { limit: asked.saltLimit }),
            }),
          path,
        );
  const sums = balanceSums(run);
  const dates = table.rows.map(({ values }) => values.date ?? '');
  if (json) console.log(JSON.stringify({ sums, closure: run.closure, missing: run.missing, steps: dates.length }, null, 2));
  else {
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
export function readCurve(path: string): CurveRow[] {
  const table = readCsv(readSource(path));
  const [level, area, volume] = ['level_m', 'area_km2', 'volume_km3'].map((name) => column(table, path, name));
  return table.rows.map((_, i) => ({ level: level?.[i] as number, area: area?.[i] as number, volume: volume?.[i] as number }));
}

function forcingOf(table: CsvTable, path: string, { startVolume }: BalanceAsked): LakeForcing {
  const has = (name: string): boolean => table.header.includes(name);
  const depths = has('precipitation_mm') && has('evaporation_mm');
  const metres = (name: string): number[] => column(table, path, name).map((mm) => mm / 1000);
  if (startVolume === undefined) throw new Problem('choice-wrong', { field: '--start-volume', found: '', expected: '23.0' });
  return {
    start: numberIn('--start-volume', startVolume),
    inflow: column(table, path, 'inflow_km3'),
    precipitation: depths ? metres('precipitation_mm') : column(table, path, 'precipitation_km3'),
    evaporation: depths ? metres('evaporation_mm') : column(table, path, 'evaporation_km3'),
    depths,
    ...(has('groundwater_km3') ? { groundwater: column(table, path, 'groundwater_km3') } : {}),
    ...(has('ice') ? { ice: column(table, path, 'ice') } : {}),
  };
}

/** Releases as reported where the table has them; else all above the first `--full` leaves. */
function lakeOf(table: CsvTable, path: string, curve: LakeCurve, { full }: BalanceAsked): Lake {
  if (table.header.includes('release_km3'))
    return { curve, rule: { kind: 'schedule', release: column(table, path, 'release_km3') } };
  const level = numberIn('--full', full.split(',')[0] ?? '');
  return { curve, rule: { kind: 'overflow', full: checked(() => curve.volumeAt(level), '--full') } };
}

function column({ header, rows }: CsvTable, path: string, name: string): number[] {
  if (!header.includes(name)) throw new Problem('choice-wrong', { field: path, found: header.join(', '), expected: name });
  return rows.map(({ line, values }) => {
    const text = values[name] ?? '';
    const value = Number(text);
    if (text === '' || !Number.isFinite(value))
      throw new Problem('choice-wrong', { field: `${path}:${line} ${name}`, found: text, expected: '0.0' });
    return value;
  });
}

function numberIn(field: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new Problem('choice-wrong', { field, found: text, expected: '0.0' });
  return value;
}

/** What the science refuses, as a problem that names the file. */
function checked<Value>(make: () => Value, field: string): Value {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem('choice-wrong', { field, found: error.message, expected: '–' });
  }
}
