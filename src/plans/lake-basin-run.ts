/**
 * Connected basins from their file and tables to a balance that closes: water and salt of each, flows between them, areas that were seen.
 *
 *     const found = runBasinFile(file, { name: 'basins.json', curves, tables });
 *     found.basins[0]?.sums.evaporation       // km3
 *
 * @see docs/methods/lake.md: the methods; docs/water-basins.md: the file
 */
import { Problem } from '../problems.ts';
import { balanceSums, checkReach, type Lake, type LakeForcing, StepRefused } from '../science/lake-balance.ts';
import { type BasinSalt, connectedSalts } from '../science/lake-basin-salt.ts';
import {
  type Basin,
  type BasinLinks,
  type BasinRun,
  type ConnectedRuns,
  type ConnectedSums,
  connectedSums,
  runConnected,
} from '../science/lake-basins.ts';
import { BeyondCurve, type CurveRow, type LakeCurve, lakeCurve } from '../science/lake-curve.ts';
import type { BasinEntry, BasinFile } from './lake-basin-file.ts';
import { areDepths, type ForcingTable } from './lake-tables.ts';
import { wrongField } from './water-json.ts';

/** A basin with its curve and table, as its file was read. */
export interface GivenBasin {
  curve: readonly CurveRow[];
  table: ForcingTable;
}

export interface BasinOutcome {
  id: string;
  curve: LakeCurve;
  run: BasinRun;
  salt: BasinSalt | null;
  /** Sums of all steps [km3]; `river` is what came without other basins, `received` what these sent. */
  sums: ReturnType<typeof balanceSums> & { river: number; received: number; exchange: number };
  /** Areas of the table's `seen_area_km2` against ours at the end of the step: how many, mean difference, root mean square [km2]. */
  seen: { n: number; bias: number; rmse: number } | null;
}

export interface BasinsOutcome {
  steps: ForcingTable['steps'];
  basins: BasinOutcome[];
  links: { kind: 'spill' | 'sill' | 'canal'; from: string; to: string; km3: number; steps: number }[];
  connected: ConnectedRuns;
  whole: ConnectedSums;
  /** The largest closure of all steps and basins. */
  closure: number;
}

const SECONDS_OF_DAY = 86_400;
const M3_OF_KM3 = 1e9;
/** The last halving of an area's level is finer than anybody reads [m]. */
const HALVINGS = 60;

/**
 * @param name of the file, for messages
 * @throws Problem `profile-field`, `lake-beyond`, `basins-refused`, `water-days` where tables are not of the same steps
 */
export function runBasinFile(
  file: BasinFile,
  { name, given }: { name: string; given: ReadonlyMap<string, GivenBasin> },
): BasinsOutcome {
  const first = given.get(file.basins[0]?.id ?? '') as GivenBasin;
  for (const { table } of given.values()) sameSteps(first.table, table);
  const curves = new Map([...given].map(([id, { curve }]) => [id, refused(name, () => lakeCurve(curve))] as const));
  const basins = file.basins.map((entry, i) => basinOf(entry, { name, i, given, curves }));
  const links = linksOf(file, { name, curves, days: first.table.days });
  const connected = refused(name, () => runConnected(basins, links), { basins, table: first.table });
  for (const [id, run] of connected.runs)
    refused(name, () => checkReach(run, curves.get(id) as LakeCurve), { basins, table: first.table, id });
  const whole = refused(name, () => connectedSums(connected, links));
  const salts = saltsOf(file, { name, connected, links });
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  return {
    steps: first.table.steps,
    connected,
    whole,
    closure: Math.max(whole.closure, ...[...connected.runs.values()].map(({ closure }) => closure)),
    basins: basins.map(({ id }) => {
      const run = connected.runs.get(id) as BasinRun;
      const curve = curves.get(id) as LakeCurve;
      const received = sum(run.received) + Math.max(0, sum(run.drawn));
      const sums = balanceSums(run);
      return {
        ...{ id, curve, run, salt: salts?.get(id) ?? null, seen: seenOf(given.get(id) as GivenBasin, run, curve) },
        sums: { ...sums, river: sums.inflow - received, received, exchange: sum(run.exchange) },
      };
    }),
    links: [
      ...(file.spills ?? []).map(({ from, to, part = 1 }) => {
        const run = connected.runs.get(from) as BasinRun;
        const flow = run.release.map((value, i) => (value + (run.overflow[i] as number)) * part);
        return { kind: 'spill' as const, from, to, km3: sum(flow), steps: flow.filter((value) => value > 0).length };
      }),
      ...(file.sills ?? []).map(({ between: [from, to] }, k) => {
        const flow = connected.across[k] as Float64Array;
        return { kind: 'sill' as const, from, to, km3: sum(flow), steps: flow.filter((value) => value !== 0).length };
      }),
      ...(file.canals ?? []).map(({ river, to }, k) => {
        const flow = connected.drawn[k] as Float64Array;
        return { kind: 'canal' as const, from: river, to, km3: sum(flow), steps: flow.filter((value) => value > 0).length };
      }),
    ],
  };
}

/** The rows of `whole` without those of a basin that was part of it, at the levels of both. @throws Problem where `part` ends below `whole` */
export function lessPart(whole: readonly CurveRow[], part: readonly CurveRow[], field: string, file: string): CurveRow[] {
  const [all, own] = [lakeCurve(whole, { interpolation: 'linear' }), lakeCurve(part, { interpolation: 'linear' })];
  const [low, high] = [own.rows[0] as CurveRow, own.rows.at(-1) as CurveRow];
  const [floor, roof] = [all.rows[0] as CurveRow, all.rows.at(-1) as CurveRow];
  const levels = [...new Set([...all.rows, ...own.rows].map(({ level }) => level))]
    .filter((level) => level >= floor.level && level <= Math.min(roof.level, high.level))
    .sort((a, b) => a - b);
  const rows = levels.map((level) => {
    const below = level < low.level;
    return {
      level,
      area: all.areaAt(level) - (below ? 0 : own.areaAt(level)),
      volume: all.volumeAt(level) - (below ? 0 : own.volumeAt(level)),
    };
  });
  const fallen = rows.find((row, i) => {
    const before = rows[i - 1];
    return row.area < 0 || (before !== undefined && (row.area < before.area || row.volume <= before.volume));
  });
  if (fallen !== undefined)
    throw wrongField(
      file,
      field,
      `${fallen.level} m: ${fallen.area.toFixed(1)} km2, ${fallen.volume.toFixed(3)} km3`,
      'A₁ ≤ A₂, V₁ < V₂',
    );
  return rows;
}

function sameSteps(first: ForcingTable, other: ForcingTable): void {
  const i = other.steps.findIndex(({ year, month, days }, k) => {
    const own = first.steps[k];
    return own === undefined || own.year !== year || own.month !== month || own.days !== days;
  });
  const at = i >= 0 ? i : other.steps.length < first.steps.length ? other.steps.length : -1;
  if (at < 0) return;
  throw new Problem('water-days', {
    file: other.file,
    line: String(other.rows[at]?.line ?? other.rows.at(-1)?.line ?? 1),
    found: other.steps[at]?.text ?? '–',
    expected: `${first.steps[at]?.text ?? '–'} (${first.file})`,
  });
}

function basinOf(
  entry: BasinEntry,
  {
    name,
    i,
    given,
    curves,
  }: { name: string; i: number; given: ReadonlyMap<string, GivenBasin>; curves: ReadonlyMap<string, LakeCurve> },
): Basin {
  const { id, rule, dike, capacity_m3_s: capacity, order } = entry;
  const { table } = given.get(id) as GivenBasin;
  const curve = curves.get(id) as LakeCurve;
  const depths = areDepths(table);
  const at = (field: string): string => `basins.${i} (${id}) ${field}`;
  const volumeAt = (level: number, field: string): number => withinCurve(curve, level, { file: name, place: at(field) });
  const lake: Lake = {
    curve,
    rule:
      rule.kind === 'overflow'
        ? { kind: 'overflow', full: volumeAt(rule.full_m, 'rule.full_m') }
        : rule.kind === 'gates'
          ? {
              kind: 'gates',
              full: volumeAt(rule.full_m, 'rule.full_m'),
              share: rule.share,
              swing: rule.swing_km3,
              peak: rule.peak_month - 1,
            }
          : rule.kind === 'schedule'
            ? { kind: 'schedule', release: table.column('release', { empty: 0 }) }
            : { kind: 'closed' },
    ...(dike === undefined ? {} : { dike: { crest: volumeAt(dike.crest_m, 'dike.crest_m') } }),
    // gates have one capacity for all steps: that of the shortest, so that none lets through more than it can
    ...(typeof capacity === 'number' ? { capacity: flow(capacity, Math.min(...table.days)) } : {}),
    ...(order === undefined ? {} : { order }),
  };
  const forcing: LakeForcing = {
    start: startVolume(entry, curve, { file: name, place: at('start') }),
    inflow: table.column('inflow'),
    precipitation: table.column('precipitation'),
    evaporation: table.column('evaporation'),
    depths,
    months: table.steps.map(({ month }) => month),
    ...(table.has('groundwater') ? { groundwater: table.column('groundwater', { empty: 0 }) } : {}),
    ...(table.has('ice') ? { ice: table.column('ice', { empty: 0 }) } : {}),
  };
  return { id, lake, forcing };
}

const flow = (m3PerSecond: number, days: number): number => (m3PerSecond * days * SECONDS_OF_DAY) / M3_OF_KM3;

function linksOf(
  file: BasinFile,
  { name, curves, days }: { name: string; curves: ReadonlyMap<string, LakeCurve>; days: readonly number[] },
): BasinLinks {
  const capacityOf = (m3: number | null | undefined): { capacity?: number[] } =>
    typeof m3 === 'number' ? { capacity: days.map((own) => flow(m3, own)) } : {};
  return {
    spills: (file.spills ?? []).map(({ from, to, part }) => ({ from, to, ...(part === undefined ? {} : { part }) })),
    sills: (file.sills ?? []).map(({ between, level_m: level, capacity_m3_s: m3 }, i) => {
      for (const id of between)
        withinCurve(curves.get(id) as LakeCurve, level, { file: name, place: `sills.${i}.level_m (${id})` });
      return { between, level, ...capacityOf(m3) };
    }),
    canals: (file.canals ?? []).map(({ river, to, full_m: level, capacity_m3_s: m3, part }, i) => ({
      ...{ river, to, ...capacityOf(m3), ...(part === undefined ? {} : { part }) },
      full: withinCurve(curves.get(to) as LakeCurve, level, { file: name, place: `canals.${i}.full_m (${to})` }),
    })),
  };
}

/** The volume at a level that the curve knows. @throws Problem `lake-beyond` */
export function withinCurve(curve: LakeCurve, level: number, at: { file: string; place: string }): number {
  try {
    return curve.volumeAt(level);
  } catch (error) {
    throw error instanceof BeyondCurve ? beyond(error, at) : error;
  }
}

function startVolume({ start }: BasinEntry, curve: LakeCurve, at: { file: string; place: string }): number {
  if ('level_m' in start) return withinCurve(curve, start.level_m, at);
  const [first, last] = [curve.rows[0] as CurveRow, curve.rows.at(-1) as CurveRow];
  const [found, field, unit] =
    'volume_km3' in start ? ([start.volume_km3, 'volume', 'km3'] as const) : ([start.area_km2, 'area', 'km2'] as const);
  const [low, high] = [first[field], last[field]];
  if (!(found >= low && found <= high))
    throw new Problem('lake-beyond', { ...at, found: `${found} ${unit}`, low: `${low}`, high: `${high} ${unit}` });
  return field === 'volume' ? found : volumeOfArea(curve, found);
}

/** The volume with which the water covers so much; the least where several do. */
function volumeOfArea(curve: LakeCurve, area: number): number {
  let [low, high] = [curve.rows[0]?.level ?? 0, curve.rows.at(-1)?.level ?? 0];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (curve.areaAt(middle) < area) low = middle;
    else high = middle;
  }
  return curve.volumeAt(high);
}

function saltsOf(
  file: BasinFile,
  { name, connected, links }: { name: string; connected: ConnectedRuns; links: BasinLinks },
): Map<string, BasinSalt> | null {
  const { salt } = file;
  if (salt === undefined) return null;
  const start: Record<string, number> = {};
  const river: Record<string, number> = {};
  for (const [i, entry] of file.basins.entries()) {
    if (entry.start_salinity_g_l === undefined)
      throw wrongField(name, `basins.${i} (${entry.id}) start_salinity_g_l`, '–', '≥ 0');
    start[entry.id] = entry.start_salinity_g_l;
    river[entry.id] = entry.river_g_l ?? salt.river_g_l;
  }
  const { limit_g_l: limit, bed } = salt;
  return refused(name, () =>
    connectedSalts(connected, links, {
      ...{ start, river },
      ...(limit === undefined ? {} : { limit }),
      ...(bed === undefined ? {} : { bed }),
    }),
  );
}

function seenOf({ table }: GivenBasin, run: BasinRun, curve: LakeCurve): BasinOutcome['seen'] {
  if (!table.has('seen_area')) return null;
  const off = table
    .column('seen_area', { empty: Number.NaN })
    .flatMap((seen, i) => (Number.isNaN(seen) ? [] : [curve.areaOf(run.volume[i + 1] as number) - seen]));
  if (off.length === 0) return null;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { n: off.length, bias: mean(off), rmse: Math.sqrt(mean(off.map((value) => value * value))) };
}

/** What the science refuses, as a problem that names the file, and basin and date where a step did not run. */
function refused<Value>(
  file: string,
  make: () => Value,
  run?: { basins: readonly Basin[]; table: ForcingTable; id?: string },
): Value {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    if (error instanceof StepRefused && error.cause instanceof BeyondCurve) {
      const id = run?.id ?? run?.basins.find((basin) => error.message.includes(`: ${basin.id}: `))?.id;
      throw beyond(error.cause, { file, place: `${id ?? ''}, ${run?.table.steps[error.step]?.text ?? ''}` });
    }
    throw new Problem('basins-refused', { file, found: error.message }, { cause: error });
  }
}

/** A level or volume that a curve does not reach, with where it was asked for. */
export function beyond({ what, found, low, high }: BeyondCurve, at: { file: string; place: string }): Problem {
  const unit = what === 'level' ? 'm' : 'km3';
  return new Problem('lake-beyond', {
    ...at,
    found: `${Number(found.toPrecision(9))} ${unit}`,
    low: `${low}`,
    high: `${high} ${unit}`,
  });
}
