/**
 * Indicators of living things as jobs: who may ask for which, what a thread is handed, and how it reads and computes.
 *
 *     const order = lifeOrder(context, visitor, lifeComputable('species-richness'), { site: 'korgalzhyn', params, tables });
 *     await carryOutLife(order, { onProgress })          // in the thread
 */
import { readSource } from '../formats/source-node.ts';
import { CONNECTIVITY } from '../indicators/connectivity.ts';
import { PROTECTED_CONNECTIVITY } from '../indicators/protected-connectivity.ts';
import { Problem } from '../problems.ts';
import { computeLife, type LifeComputable, type LifeComputed, type LifeGiven } from '../run/compute-life.ts';
import { lifeTableKind, readLifeTable } from '../run/life-tables.ts';
import type { Db } from '../store/db.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { zonesToCompute } from '../store/keep-computed.ts';
import { listCores } from '../store/keep-corridors.ts';
import { countOccurrences, listOccurrences, listTaxa, type ShownOccurrence } from '../store/occurrences.ts';
import { reserveCores } from '../store/reserve-cores.ts';
import { expectSite } from '../store/roles.ts';
import { speciesGround } from '../store/species-work.ts';
import { type KeptGround, openGround, tableGround } from '../store/table-ground.ts';
import type { Id } from '../types.ts';
import type { ServerContext } from './context.ts';
import type { Visitor } from './visitor.ts';

/** What a thread is to compute. Plain data. */
export interface LifeOrder {
  indicator: Id;
  site: Id;
  of: LifeComputable['of'];
  /** Parameters that differ from the defaults. */
  params: Record<string, string>;
  /** Path of the table, for those that are computed of one. */
  table: string | null;
  /** Of the dossier, to be read in the thread; `null` for one in memory, which no thread can open. */
  path: string | null;
  /** What its table is held against, for those that are computed of one. */
  ground: KeptGround | null;
  /** Whether a plan of corridors goes with it: whoever asks may read the cores of every reserve. */
  corridors: boolean;
  /** What was read of a dossier in memory. */
  given: LifeGiven | null;
}

/** How far a job is when everything is read: of 200,000 records, reading took two thirds of the time. */
const READ = 0.7;
/** Records that are read between two words of how far it is. */
const SLICE = 10_000;

type OnProgress = (part: number) => void;

/**
 * @throws Problem `site-unknown`, `export-no-geometry`, `life-none-kept`, `table-needed`, `not-allowed` and `cores-not-readable`:
 * what can be told at once.
 */
export function lifeOrder(
  { db }: Pick<ServerContext, 'db'>,
  visitor: Visitor,
  { id, of, columns }: LifeComputable,
  { site, params, table }: { site: Id; params: Record<string, string>; table: string | null },
): LifeOrder {
  if (!visitor.may('contributor', site)) throw new Problem('not-allowed');
  expectSite(db, site);
  if (of === 'cores') zonesToCompute(db, site);
  if (of === 'records') {
    const { sites } = speciesGround(db, site); // a whole counts what its parts have
    if (!sites.every((one) => visitor.may('reader', one))) throw new Problem('not-allowed');
    if (sites.every((one) => countOccurrences(db, one) === 0)) throw new Problem('life-none-kept', { site });
  }
  const readsAll = visitor.may('reader', null);
  if (id === PROTECTED_CONNECTIVITY.id && !readsAll) throw new Problem('cores-not-readable', { site });
  if (of === 'table' && table === null)
    throw new Problem('table-needed', { found: id, expected: [...columns.required, ...columns.optional].join(', ') });
  const ground = of === 'table' ? tableGround(db, site) : null;
  const corridors = id === CONNECTIVITY.id && readsAll;
  return { indicator: id, site, of, params, table, ground, corridors, path: db.location(), given: null };
}

/** The order with what a thread could not read for itself. */
export function withGiven(db: Db, order: LifeOrder): LifeOrder {
  return order.path !== null || order.of === 'table' ? order : { ...order, given: givenOf(db, order) };
}

/** Reads and computes; it never writes. @throws as `computeLife` and reading do. */
export async function carryOutLife(order: LifeOrder, { onProgress }: { onProgress: OnProgress }): Promise<LifeComputed> {
  const reading: OnProgress = (part) => onProgress(READ * part);
  const given = order.given ?? (order.of === 'table' ? await tableOf(order) : read(order, reading));
  onProgress(READ);
  return computeLife({ ...order, given }, { onProgress: (part) => onProgress(READ + (1 - READ) * part) });
}

/** In one transaction: what somebody writes meanwhile is in all that is read, or in nothing of it. */
function read(order: LifeOrder, onProgress: OnProgress): LifeGiven {
  const db = openDossier(order.path ?? '', { readOnly: true });
  try {
    db.exec('begin');
    return givenOf(db, order, onProgress);
  } finally {
    closeDossier(db);
  }
}

/** Records as anybody may see them: figures by zone must not tell more of a sensitive species than a map does. */
function givenOf(db: Db, { of, site, indicator, corridors }: LifeOrder, onProgress: OnProgress = () => {}): LifeGiven {
  if (of === 'records') {
    const { zones, sites, byParts } = speciesGround(db, site);
    return { of, zones, byParts, occurrences: recordsOf(db, sites, onProgress), taxa: listTaxa(db) };
  }
  const { zones, own, others } = reserveCores(db, site, 'en');
  const readsAll = corridors || indicator === PROTECTED_CONNECTIVITY.id;
  return { of: 'cores', zones, own, others: readsAll ? others : [], reserves: corridors ? listCores(db) : null };
}

/** Of a site and of its parts. */
function recordsOf(db: Db, sites: readonly Id[], onProgress: OnProgress): ShownOccurrence[] {
  const total = sites.reduce((sum, site) => sum + countOccurrences(db, site), 0);
  const records: ShownOccurrence[] = [];
  for (const site of sites)
    for (let after = 0, isMore = true; isMore; ) {
      const slice = listOccurrences(db, { site, exact: false, after, limit: SLICE });
      for (const { fid, ...one } of slice) {
        records.push(one);
        after = fid;
      }
      onProgress(total === 0 ? 1 : Math.min(1, records.length / total));
      isMore = slice.length === SLICE;
    }
  return records;
}

/** Of a sensitive species no zone is read, as no map shows more than the reserve. */
async function tableOf({ indicator, table, ground }: LifeOrder): Promise<LifeGiven> {
  const kind = lifeTableKind(indicator);
  if (kind === null || table === null || ground === null) throw new Problem('table-needed', { found: indicator, expected: '–' });
  const { site, zones } = ground;
  return { of: 'table', ...(await readLifeTable(kind, readSource(table), openGround(ground))), ground: { site, zones } };
}
