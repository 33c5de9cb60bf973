/** `saryarka import`: tables and zone maps into a dossier; each file wholly or not at all. */
import { fileState, readHead, readSource, type SourceFile } from '../formats/source-node.ts';
import { readTable, type TableNoun, tableNouns } from '../formats/tables.ts';
import { pick, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { putDataset } from '../store/catalogue.ts';
import { refreshAreas } from '../store/computed.ts';
import { type Db, transaction } from '../store/db.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { type Changes, importTable } from '../store/import-table.ts';
import { placeOfSite } from '../store/site-place.ts';
import { getSite, listSites } from '../store/sites.ts';
import { importZoneMap, mapDataset, rememberedWords, rememberWords } from '../store/zonations.ts';
import type { Dataset, Id, Lang } from '../types.ts';
import { mend } from '../zonation/examine.ts';
import { zoneWords } from '../zonation/intake.ts';
import { dateOf } from './options.ts';
import { progress } from './progress.ts';
import { readZoneMap, toldFinding, toldNotes } from './zone-map.ts';

interface Options {
  lang: Lang;
  site?: string;
  validFrom?: string;
  map?: string;
  crs?: string;
}

export async function importFiles(dossier: string, paths: string[], options: Options): Promise<number> {
  const { lang } = options;
  const tables = tablesInOrder(paths);
  const maps = paths.filter((path) => !tables.some((table) => table.path === path));
  const db = openDossier(dossier);
  const bar = progress(t(lang, 'cli.importing'), paths.length);
  try {
    for (const [i, { file }] of tables.entries()) {
      const changes = importTableFile(db, file, 'cli');
      bar.step(i + 1);
      console.log(told(file.name, changes, lang));
    }
    for (const path of maps) for (const line of await importMap(db, path, options)) console.log(line);
    refreshAreas(db, 'cli', new Date().toISOString()); // zones may have been drawn anew in another program
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
    putDataset(db, by, {
      title: { en: file.name },
      kind: 'table',
      href: file.name,
      mediaType: 'text/csv',
      digest: file.digest,
      crs: null,
      period: null,
      licence: 'not stated',
      attribution: 'not stated',
      ...described,
      id,
    });
    return importTable(db, by, file.name, table);
  });
}

/** Zones of a map in any format, mended; what was assumed and changed is told line by line. */
async function importMap(db: Db, path: string, { lang, site: given, validFrom, map, crs }: Options): Promise<string[]> {
  const site = siteOf(db, path, given);
  const words = map === undefined ? new Map() : zoneWords(map);
  const near = placeOfSite(db, site);
  const read = await readZoneMap(path, {
    lang,
    site,
    dataset: mapDataset,
    validFrom: validFrom === undefined ? null : dateOf('--valid-from', validFrom),
    words: new Map([...rememberedWords(db), ...words]),
    ...(crs === undefined ? {} : { crs }),
    ...(near === null ? {} : { near }),
  });
  const { zones, repairs, unresolved } = await mend(read.drawn);
  const changes = transaction(db, () => {
    rememberWords(db, words);
    return importZoneMap(db, 'cli', site, { ...read, zones, repairs }, new Date().toISOString());
  });
  return [
    ...toldNotes(read.notes, lang),
    ...repairs.map((repair) => `  ${pick(repair.text, lang)}`),
    ...unresolved.map((finding) => toldFinding(finding, lang)),
    told(read.files[0]?.name ?? path, changes, lang),
  ];
}

/** What one file did, in a line. */
export function told(file: string, changes: Changes, lang: Lang): string {
  return t(lang, 'cli.imported', { file, added: changes.added, changed: changes.changed, same: changes.same });
}

function siteOf(db: Db, path: string, given: string | undefined): Id {
  const known = listSites(db, 'biosphere-reserve').map((site) => site.id);
  if (given === undefined) throw new Problem('site-needed', { file: path, known: known.join(', ') || '–' });
  if (getSite(db, given) === null) throw new Problem('site-unknown', { found: given, known: known.join(', ') || '–' });
  return given;
}

/** The tables among the files, in the order in which their rows point to one another. What is no text is a map. */
function tablesInOrder(paths: string[]): { path: string; file: SourceFile }[] {
  const found = paths.flatMap((path) => {
    if (!looksLikeTable(path)) return [];
    const file = readSource(path);
    return [{ path, file, noun: readTable(file, '').noun }];
  });
  const rank = (noun: TableNoun): number => tableNouns.indexOf(noun);
  return found.toSorted((a, b) => rank(a.noun) - rank(b.noun));
}

/** A table begins with the names of its columns: letters, with or without a byte order mark; maps begin otherwise. */
function looksLikeTable(path: string): boolean {
  if (fileState(path) === 'folder') return false;
  return /\.csv$/i.test(path) || /^\uFEFF?"?[a-z_]+"?[,;\t]/i.test(new TextDecoder().decode(readHead(path, 200)));
}
