/**
 * The shipped tables of the Aral in any dossier: its waters as sites, the sources, and every figure as an observation with its source.
 * What `start` builds has them already; here the same rows come under the same ids, so that doing both changes nothing.
 *
 *     importAral(db, 'cli');   // { added: 812, changed: 0, same: 0 }
 */
import { readSource, type SourceFile, shippedPath } from '../formats/source-node.ts';
import { readTable, type Table } from '../formats/tables.ts';
import type { Id, Observation, Site, Source } from '../types.ts';
import { datasetDigest } from './catalogue.ts';
import { type Db, transaction } from './db.ts';
import { type Changes, importTable } from './import-table.ts';
import { importTableFile } from './import-table-file.ts';

const OBSERVATIONS = 'kazakhstan/observations-aral.csv';
const ATTRIBUTION = 'Saryarka contributors, from the sources named in each row';

/** Brings indicators, sources, waters and figures; rows that are there stay as they are. */
export function importAral(db: Db, by: string): Changes {
  const file = (name: string): SourceFile => readSource(shippedPath('data', name));
  const observations = readTable(file(OBSERVATIONS), '');
  const rows = observations.noun === 'observations' ? observations.rows.map(({ row }) => row) : [];
  const total: Changes = { added: 0, changed: 0, same: 0 };
  const add = (changes: Changes): void => {
    for (const change of ['added', 'changed', 'same'] as const) total[change] += changes[change];
  };
  transaction(db, () => {
    add(importTableFile(db, file('indicators.csv'), by, shipped('indicators.csv')));
    for (const [name, wanted] of [
      ['kazakhstan/sources.csv', sourcesOf(rows)],
      ['kazakhstan/sites.csv', sitesOf(rows, file('kazakhstan/sites.csv'))],
    ] as const)
      add(importTable(db, by, name, chosen(readTable(file(name), ''), wanted)));
    if (datasetDigest(db, `shipped/${OBSERVATIONS}`) === file(OBSERVATIONS).digest) total.same += rows.length;
    else add(importTableFile(db, file(OBSERVATIONS), by, shipped(OBSERVATIONS)));
  });
  return total;
}

/** As `start` describes it. */
function shipped(name: string) {
  return { id: `shipped/${name}`, href: `data/${name}`, licence: 'CC-BY-4.0', attribution: ATTRIBUTION };
}

/** Rows of a table by their ids. */
function chosen(table: Table, wanted: ReadonlySet<Id>): Table {
  const rows = table.rows as { line: number; row: { id?: Id } }[];
  return { ...table, rows: rows.filter(({ row }) => wanted.has(row.id ?? '')) } as Table;
}

function sourcesOf(rows: readonly Observation[]): Set<Source['id']> {
  return new Set(rows.flatMap(({ from }) => ('source' in from && from.source !== undefined ? [from.source] : [])));
}

/** The waters that figures are of, and what these are parts of. */
function sitesOf(rows: readonly Observation[], file: SourceFile): Set<Id> {
  const table = readTable(file, '');
  const sites = new Map(table.noun === 'sites' ? table.rows.map(({ row }): [Id, Site] => [row.id, row]) : []);
  const wanted = new Set(rows.map(({ feature }) => feature));
  for (const id of wanted) {
    const parent = sites.get(id)?.parent ?? null;
    if (parent !== null) wanted.add(parent); // a set that grows is walked to its end
  }
  return wanted;
}
