/** `saryarka import`: tables and zone maps into a dossier; each file wholly or not at all. */
import { readGeojson } from '../formats/geojson.ts';
import { readShipped, readSource, type SourceFile } from '../formats/source-node.ts';
import { readTable, tableNouns } from '../formats/tables.ts';
import { t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { putDataset } from '../store/catalogue.ts';
import { refreshAreas } from '../store/computed.ts';
import { type Db, transaction } from '../store/db.ts';
import { putDocument } from '../store/documents.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { type Changes, importTable } from '../store/import-table.ts';
import { getSite, listSites } from '../store/sites.ts';
import { importZones } from '../store/zones.ts';
import type { Dataset, Id, Lang } from '../types.ts';
import { intake, type ZoneNames } from '../zonation/intake.ts';
import { dateOf } from './options.ts';
import { progress } from './progress.ts';

interface Options {
  lang: Lang;
  site?: string;
  validFrom?: string;
}

export async function importFiles(dossier: string, paths: string[], { lang, site, validFrom }: Options): Promise<number> {
  const validity = validFrom === undefined ? null : dateOf('--valid-from', validFrom);
  const files = paths.map((path) => readSource(path));
  const db = openDossier(dossier);
  const bar = progress(t(lang, 'cli.importing'), files.length);
  try {
    for (const [i, file] of inOrder(files).entries()) {
      const changes = isMap(file) ? importMap(db, file, siteOf(db, file, site), validity) : importTableFile(db, file, 'cli');
      bar.step(i + 1);
      console.log(told(file.name, changes, lang));
    }
  } finally {
    bar.end();
    closeDossier(db);
  }
  return 0;
}

/** A CSV table into the dossier, with the file itself described as the dataset its rows come from. */
export function importTableFile(db: Db, file: SourceFile, by: string, described: Partial<Dataset> = {}): Changes {
  return transaction(db, () => {
    const id = described.id ?? `table/${file.name}`;
    const table = readTable(file, id);
    putDataset(db, by, { ...ofFile(file, 'text/csv', 'table'), ...described, id });
    const changes = importTable(db, by, file.name, table);
    return changes;
  });
}

/** What one file did, in a line. */
export function told(file: string, changes: Changes, lang: Lang): string {
  return t(lang, 'cli.imported', { file, added: changes.added, changed: changes.changed, same: changes.same });
}

function importMap(db: Db, file: SourceFile, site: Id, validFrom: string | null): Changes {
  const names = JSON.parse(readShipped('data', 'zone-names.json')) as ZoneNames;
  const layer = readGeojson(file);
  return transaction(db, () => {
    const dataset = `map/${file.digest.slice(7, 19)}`;
    putDataset(db, 'cli', { ...ofFile(file, 'application/geo+json', 'vector'), id: dataset, crs: layer.crs });
    putDocument(db, 'cli', {
      id: dataset,
      site,
      kind: 'zone-map',
      title: file.name,
      lang: null,
      mediaType: 'application/geo+json',
      digest: file.digest,
      bytes: file.bytes,
    });
    const { zones } = intake(layer, names, { site, from: { dataset, row: '*' }, validFrom });
    const changes = importZones(db, 'cli', site, zones);
    refreshAreas(db, 'cli', new Date().toISOString());
    return changes;
  });
}

function ofFile(file: SourceFile, mediaType: string, kind: Dataset['kind']): Omit<Dataset, 'id'> {
  return {
    title: { en: file.name },
    kind,
    href: file.name,
    mediaType,
    digest: file.digest,
    crs: null,
    period: null,
    licence: 'not stated',
    attribution: 'not stated',
  };
}

function siteOf(db: Db, file: SourceFile, given: string | undefined): Id {
  const known = listSites(db, 'biosphere-reserve').map((site) => site.id);
  if (given === undefined) throw new Problem('site-needed', { file: file.name, known: known.join(', ') || '–' });
  if (getSite(db, given) === null) throw new Problem('site-unknown', { found: given, known: known.join(', ') || '–' });
  return given;
}

/** A map begins with a brace, with or without a byte order mark; a table does not. */
function isMap(file: SourceFile): boolean {
  return /^\uFEFF?\s*[{[]/.test(new TextDecoder().decode(file.bytes.subarray(0, 64)));
}

/** Tables in the order in which their rows point to one another, then maps. */
function inOrder(files: SourceFile[]): SourceFile[] {
  const rank = (file: SourceFile): number => (isMap(file) ? tableNouns.length : tableNouns.indexOf(readTable(file, '').noun));
  return files
    .map((file) => ({ file, rank: rank(file) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ file }) => file);
}
