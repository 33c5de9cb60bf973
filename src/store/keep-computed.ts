/**
 * What a computation is made for and what becomes of it: the zones of a site as they are drawn now; its run, figures and pictures,
 * kept together or not at all.
 *
 *     if (keptFigures(db, job.run.id, { pictures: true }) === null) keepComputed(db, 'cli', { run, observations, pictures, prefix });
 */
import { readSource, shippedPath } from '../formats/source-node.ts';
import { readTable } from '../formats/tables.ts';
import type { Picture } from '../indicators/kept-picture.ts';
import { Problem } from '../problems.ts';
import type { DrawnZone, Id, Indicator, Observation, Run } from '../types.ts';
import { isDrawnByParts, ownDrawnZones } from '../zonation/drawn-zones.ts';
import { figuresOfRun, keepRun } from './computed.ts';
import { type Db, transaction } from './db.ts';
import { keepPictures, picturesOfRun } from './pictures.ts';
import { loadSiteFacts } from './site-facts.ts';

export interface Computed {
  run: Run;
  observations: readonly Observation[];
  pictures: readonly Picture[];
  /** What the ids of all pictures begin with that this work may replace. */
  prefix: string;
}

/** The zones of a site that are drawn now. @throws Problem `site-unknown`, `site-in-parts`, `export-no-geometry`. */
export function zonesToCompute(db: Db, site: Id): DrawnZone[] {
  const facts = loadSiteFacts(db, site);
  const zones = ownDrawnZones(facts);
  if (isDrawnByParts(facts))
    throw new Problem('site-in-parts', { site, parts: facts.parts.map((part) => part.site.id).join(', ') });
  if (zones.length === 0) throw new Problem('export-no-geometry', { site });
  return zones;
}

/** How many figures of a run the dossier holds where it needs not be carried out again, else `null`. */
export function keptFigures(db: Db, run: Id, { pictures }: { pictures: boolean }): number | null {
  const known = figuresOfRun(db, run);
  if (known === null || known === 0) return null;
  return pictures && picturesOfRun(db, run) === 0 ? null : known;
}

/** Keeps all of it in one transaction. */
export function keepComputed(db: Db, by: string, { run, observations, pictures, prefix }: Computed): void {
  transaction(db, () => {
    keepRun(db, by, { run, observations, catalogue: shippedIndicators() });
    keepPictures(db, by, { prefix, pictures });
  });
}

let shipped: Indicator[] | undefined;

/** The indicators that ship with Saryarka; read once. */
export function shippedIndicators(): Indicator[] {
  if (shipped !== undefined) return shipped;
  const table = readTable(readSource(shippedPath('data', 'indicators.csv')), '');
  shipped = table.noun === 'indicators' ? table.rows.map(({ row }) => row) : [];
  return shipped;
}
