/**
 * Indicators of living things that are computed of what a dossier holds, its records of species and its core areas, or of one
 * table: by one name and shape, for whoever offers them to be computed.
 *
 *     lifeComputable('species-richness')                       // { id, of: 'records', inputs: [], columns: NO_COLUMNS, params: { effort: 'year', … }, … }
 *     computeLife({ indicator: 'species-richness', site, params: {}, given: { of: 'records', zones, occurrences, taxa } })
 */
import { CONNECTIVITY } from '../indicators/connectivity.ts';
import { PROTECTED_CONNECTIVITY } from '../indicators/protected-connectivity.ts';
import { speciesIndicator, speciesIndicators } from '../indicators/species-indicators.ts';
import { EFFORTS } from '../indicators/species-records.ts';
import type { TableIndicator } from '../indicators/table-indicator.ts';
import type { Taxon } from '../life-types.ts';
import { planCorridors } from '../plans/corridors.ts';
import { Problem } from '../problems.ts';
import type { DrawnZone, Id, Observation, Run } from '../types.ts';
import { connectivityRuns, coreNetwork, type ReserveCore } from './compute-connectivity.ts';
import { type CoresOfReserve, type CorridorsMade, corridorsMade } from './compute-corridors.ts';
import { computeSpecies, type OpenOccurrence, type SpeciesJob } from './compute-species.ts';
import { tableFigures } from './compute-tables.ts';
import { LIFE_TABLES, type LifeTable, lifeParams } from './life-tables.ts';
import type { SheetTold } from './sheet-told.ts';
import { type TableGround, zoneIn } from './zone-placing.ts';

export interface LifeComputable {
  /** As a request names it; its page is docs/methods/<id>.md. */
  id: Id;
  method: string;
  version: number;
  /** What it is computed of: occurrences, core areas of the dossier; a table that somebody has. */
  of: 'records' | 'cores' | 'table';
  /** Its table, where it is of one. */
  inputs: readonly { name: string; kind: 'table' }[];
  /** Of its table: those that must be there, and those that may. */
  columns: { required: readonly string[]; optional: readonly string[] };
  /** Parameters with their defaults. */
  params: Readonly<Record<string, string>>;
  /** Parameters of which there are only a few. */
  choices: Readonly<Record<string, readonly string[]>>;
}

/** As `saryarka life indicators` and `life connect reserve` have them. */
const OF_RECORDS = { effort: 'year', list: 'iucn', from: '', to: '' };
const OF_CORES = { distance: '10000', within: '100000' };
/** With connectivity goes the plan of corridors. */
const OF_CORRIDORS = { ...OF_CORES, width: '1000' };

const NO_COLUMNS = { required: [], optional: [] };

/** Each with its defaults, by name. */
export const lifeComputables: readonly LifeComputable[] = [
  ...speciesIndicators.map(
    ({ id, method, version }): LifeComputable => ({
      ...{ id, method, version, of: 'records', inputs: [], columns: NO_COLUMNS, params: OF_RECORDS },
      choices: { effort: EFFORTS },
    }),
  ),
  ...[CONNECTIVITY, PROTECTED_CONNECTIVITY].map(
    ({ id, method, version }): LifeComputable => ({
      ...{ id, method, version, of: 'cores', inputs: [], columns: NO_COLUMNS, choices: {} },
      params: id === CONNECTIVITY.id ? OF_CORRIDORS : OF_CORES,
    }),
  ),
  ...Object.entries<readonly TableIndicator[]>(LIFE_TABLES).flatMap(([name, list]) =>
    list.map(
      ({ id, method, version, params, required, optional }): LifeComputable => ({
        ...{ id, method, version, of: 'table', inputs: [{ name, kind: 'table' }], params, choices: {} },
        columns: { required, optional },
      }),
    ),
  ),
].toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** The indicator `id`, or `null`. */
export const lifeComputable = (id: Id): LifeComputable | null => lifeComputables.find((one) => one.id === id) ?? null;

/** What an indicator is computed of, as it was read. Plain data. */
export type LifeGiven = RecordsGiven | CoresGiven | TableGiven;

interface RecordsGiven {
  of: 'records';
  zones: readonly DrawnZone[];
  /** They are those of the parts of a whole. */
  byParts?: boolean;
  occurrences: readonly OpenOccurrence[];
  taxa: readonly Taxon[];
}

interface CoresGiven {
  of: 'cores';
  zones: readonly DrawnZone[];
  own: readonly ReserveCore[];
  /** Of other reserves, near or far; none where only the reserve's own are read. */
  others: readonly ReserveCore[];
  /** Every reserve, where a plan of corridors is to be made; else `null`. */
  reserves: readonly CoresOfReserve[] | null;
}

/** The table as every way of asking reads it, so that the same work is the same run. */
interface TableGiven extends Omit<LifeTable, 'told'> {
  of: 'table';
  /** The zones that it names, and what is to be told of it. */
  ground: Pick<TableGround, 'site' | 'zones'>;
  told: SheetTold | null;
}

export interface LifeWork {
  indicator: Id;
  site: Id;
  /** Parameters that differ from the defaults. */
  params: Readonly<Record<string, string>>;
  given: LifeGiven;
}

export interface LifeComputed {
  /** Without its times. */
  run: Run;
  observations: Observation[];
  /** Records that no figure rests on, by why; `null` where none are read. */
  skipped: SpeciesJob['skipped'] | null;
  /** Of a table: what of it was left out, and how its sites were placed. */
  told?: SheetTold | null;
  /** The plan that goes with the figure; without times. */
  corridors?: CorridorsMade | null;
}

/**
 * @throws Problem `not-found`, `param-unknown`, `choice-wrong`; `life-records-unused`, `no-figures` where nothing came of it;
 * `columns-missing` and Problems of the table's cells.
 */
export function computeLife(work: LifeWork, { onProgress }: { onProgress?: (part: number) => void } = {}): LifeComputed {
  const found = computed(work, onProgress ?? (() => {}));
  if (found === null || found.observations.length === 0) throw new Problem('no-figures', { found: work.indicator });
  return found;
}

function computed({ indicator: id, site, params, given }: LifeWork, onProgress: (part: number) => void): LifeComputed | null {
  if (given.of === 'records') {
    const indicator = speciesIndicator(id);
    if (indicator === null) throw new Problem('not-found');
    const job = computeSpecies(indicator, { ...given, site, params });
    const { outside, undated, notSpecies, absent } = job.skipped;
    if (job.figures.length === 0) throw new Problem('life-records-unused', { site, outside, undated, other: notSpecies, absent });
    return { run: job.run, observations: job.figures.map(job.observation), skipped: job.skipped };
  }
  return given.of === 'cores' ? ofCores({ id, site, params }, given, onProgress) : ofTable({ id, site, params }, given);
}

interface Asked {
  id: Id;
  site: Id;
  params: Readonly<Record<string, string>>;
}

function ofCores({ id, site, params }: Asked, given: CoresGiven, onProgress: (part: number) => void): LifeComputed | null {
  const defaults: Readonly<Record<string, string>> = id === CONNECTIVITY.id ? OF_CORRIDORS : OF_CORES;
  const unknown = Object.keys(params).find((name) => !(name in defaults));
  if (unknown !== undefined) throw new Problem('param-unknown', { found: unknown, expected: Object.keys(defaults).join(', ') });
  const asked = { ...OF_CORRIDORS, ...params };
  const [distance, within, width] = [
    metres('distance', asked.distance, { zero: false }),
    metres('within', asked.within, { zero: true }),
    metres('width', asked.width, { zero: false }),
  ];
  const network = coreNetwork(given.own, given.others, { within, onProgress: (done, total) => onProgress(done / total) });
  const runs = connectivityRuns({ site, zones: given.zones, network }, { distance, within });
  const own = runs.find(({ run }) => run.indicator === id);
  if (own === undefined) return null;
  if (given.reserves === null) return { ...own, skipped: null };
  const { patches, links } = network;
  const found = planCorridors({ patches, links, distance, width, longest: within });
  return { ...own, skipped: null, corridors: corridorsMade(found, { site, patches, within, reserves: given.reserves }) };
}

function ofTable({ id, site, params }: Asked, { name, inputs, table, ground, told }: TableGiven): LifeComputed {
  const indicator = Object.values<readonly TableIndicator[]>(LIFE_TABLES)
    .flat()
    .find((one) => one.id === id);
  if (indicator === undefined) throw new Problem('not-found');
  for (const [field, [least, most]] of Object.entries(LIMITS)) {
    const value = params[field];
    if (value !== undefined && value !== '' && !(/^\d+$/.test(value) && Number(value) >= least && Number(value) <= most))
      throw new Problem('choice-wrong', { field, found: value, expected: `${least} – ${most}` });
  }
  const work = { name, table, inputs, feature: site, params: lifeParams(params, ground) };
  const made = tableFigures(indicator, { ...work, zoneOf: (zone) => zoneIn(ground, zone) });
  return { ...made, skipped: null, told };
}

/** Of parameters that are whole numbers. */
const LIMITS: Readonly<Record<string, readonly [number, number]>> = {
  base: [1, 9999],
  since: [1, 9999],
  draws: [2, 1e5],
  seed: [0, 2 ** 32 - 1],
};

function metres(field: string, text: string, { zero }: { zero: boolean }): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && (value > 0 || (zero && value === 0))) return value;
  throw new Problem('choice-wrong', { field, found: text, expected: zero ? '≥ 0' : '> 0' });
}
