/**
 * `saryarka import`: tables and zone maps into a dossier, each file wholly or not at all; and files of IATI, SDMX and Open SDG, of
 * which what cannot be taken is told.
 */
import { fileState, readHead, readMapFiles, readSource, type SourceFile } from '../formats/source-node.ts';
import { readTable, type TableNoun, tableNouns } from '../formats/tables.ts';
import { pick, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { refreshAreas } from '../store/computed.ts';
import type { Db } from '../store/db.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import type { Changes } from '../store/import-table.ts';
import { importTableFile } from '../store/import-table-file.ts';
import { acceptZoneMap, type PreparedZoneMap, prepareZoneMap } from '../store/import-zone-map.ts';
import { getSite, listSites } from '../store/sites.ts';
import type { Id, Lang } from '../types.ts';
import { zoneWords } from '../zonation/intake.ts';
import { importExchangeFile, isExchange } from './exchange.ts';
import { dateOf, todayOf } from './options.ts';
import { progress } from './progress.ts';
import { toldFinding, toldNotes } from './zone-map.ts';

export { importTableFile };

interface Options {
  lang: Lang;
  site?: string;
  validFrom?: string;
  map?: string;
  crs?: string;
  today?: string;
}

/** Exit status: a part of a file was not taken. */
const REFUSED = 1;

export async function importFiles(dossier: string, paths: string[], options: Options): Promise<number> {
  const { lang } = options;
  const exchanged = paths.filter(isExchange);
  const tables = tablesInOrder(paths.filter((path) => !exchanged.includes(path)));
  const maps = paths.filter((path) => !exchanged.includes(path) && !tables.some((table) => table.path === path));
  let refused = 0;
  const db = openDossier(dossier);
  const bar = progress(t(lang, 'cli.importing'), paths.length);
  try {
    for (const [i, { file }] of tables.entries()) {
      const changes = importTableFile(db, file, 'cli');
      bar.step(i + 1);
      console.log(told(file.name, changes, lang));
    }
    for (const path of exchanged) {
      const done = importExchangeFile(db, path, { lang, site: options.site, today: todayOf(options.today) });
      refused += done.refused;
      for (const line of done.lines) console.log(line);
    }
    for (const path of maps) for (const line of await importMap(db, path, options)) console.log(line);
    refreshAreas(db, 'cli', new Date().toISOString()); // zones may have been drawn anew in another program
  } finally {
    bar.end();
    closeDossier(db);
  }
  return refused > 0 ? REFUSED : 0;
}

/** Zones of a map in any format, mended; what was assumed and changed is told line by line. */
async function importMap(db: Db, path: string, { lang, site: given, validFrom, map, crs }: Options): Promise<string[]> {
  const site = siteOf(db, path, given);
  const bar = progress(t(lang, 'cli.reading'), 1);
  let prepared: PreparedZoneMap;
  try {
    prepared = await prepareZoneMap(db, site, readMapFiles(path), {
      validFrom: validFrom === undefined ? null : dateOf('--valid-from', validFrom),
      words: map === undefined ? new Map() : zoneWords(map),
      ...(crs === undefined ? {} : { crs }),
      onProgress: (done, total) => bar.step(total === 0 ? 0 : done / total),
    });
  } finally {
    bar.end();
  }
  const changes = acceptZoneMap(db, 'cli', site, prepared, new Date().toISOString());
  return [
    ...toldNotes(prepared.read.notes, lang),
    ...prepared.repairs.map((repair) => `  ${pick(repair.text, lang)}`),
    ...prepared.unresolved.map((finding) => toldFinding(finding, lang)),
    told(prepared.read.files[0]?.name ?? path, changes, lang),
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
