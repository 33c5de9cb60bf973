/** `saryarka life import` and `undo`: records of species into a dossier, each with its dataset and row, and out of it again. */

import { type LifeFile, openLifeFile } from '../formats/life-file.ts';
import { digestOf, digestOfSource, fileState, listFiles } from '../formats/source-node.ts';
import { number, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { geodesicArea } from '../science/areas.ts';
import { zoneIndex } from '../science/zone-probability.ts';
import type { Db } from '../store/db.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { attributionOf, importOccurrences, type OccurrenceImport } from '../store/occurrence-import.ts';
import { listOccurrenceDatasets, removeOccurrences } from '../store/occurrence-undo.ts';
import { listTaxa } from '../store/occurrences.ts';
import { loadSiteFacts } from '../store/site-facts.ts';
import { type MatchedNames, matchNames } from '../store/taxa-match.ts';
import type { Id, Lang } from '../types.ts';
import { drawnZones } from '../zonation/drawn-zones.ts';
import {
  categoriesOf,
  checklistOf,
  contextOf,
  namesOf,
  type ReadingOptions,
  toldFlags,
  toldIssues,
  toldNames,
} from './life-read-file.ts';

interface Options extends ReadingOptions {
  site: Id;
  accept?: string;
  licence?: string;
  attribution?: string;
  outside?: boolean;
  preview?: boolean;
}

/** Exit status: a part of the file could not be taken. */
const REFUSED = 1;

export async function lifeImport(dossier: string, path: string, options: Options): Promise<number> {
  const { lang, site, preview = false } = options;
  const accept = scoreOf(options.accept);
  const db = openDossier(dossier, preview ? { readOnly: true } : {});
  try {
    loadSiteFacts(db, site); // an unknown site is told with those there are
    const file = await openLifeFile(path);
    try {
      const written = await namesOf(file);
      const checklist = await checklistOf(options, written.values());
      const { categories, issues } = await categoriesOf(options);
      const names = matchNames(listTaxa(db), checklist, written.values(), { accept });
      const zones = zonesOf(db, site);
      const done = await importOccurrences(db, 'cli', file, {
        site,
        digest: await digestOfPath(path),
        context: contextOf(options, zones === null ? null : zones.radiusM),
        names,
        categories,
        zones: zones?.index ?? null,
        outside: options.outside === true,
        preview,
        ...(options.licence === undefined ? {} : { licence: options.licence }),
        ...(options.attribution === undefined ? {} : { attribution: options.attribution }),
      });
      const unlisted = done.unlisted === 0 ? [] : [`  ${t(lang, 'life.records.unlisted', { count: done.unlisted })}`];
      for (const line of [...told(file, done, names, options), ...unlisted, ...toldIssues(issues, lang)]) console.log(line);
      return file.issues.counts.critical + issues.counts.critical > 0 ? REFUSED : 0;
    } finally {
      file.close();
    }
  } finally {
    closeDossier(db);
  }
}

function scoreOf(given: string | undefined): number | null {
  if (given === undefined) return null;
  const score = Number(given);
  if (!(score > 0 && score <= 1)) throw new Problem('choice-wrong', { field: '--accept', found: given, expected: '0.9' });
  return score;
}

/** The zones that are drawn now, of a whole without a map those of its parts, and the radius of a circle as large as the smallest. */
function zonesOf(db: Db, site: Id): { index: ReturnType<typeof zoneIndex>; radiusM: number } | null {
  const mapped = drawnZones(loadSiteFacts(db, site));
  if (mapped.length === 0) return null;
  const smallest = Math.min(...mapped.map(({ geometry }) => geodesicArea(geometry)));
  return { index: zoneIndex(mapped), radiusM: Math.sqrt(smallest / Math.PI) };
}

/** SHA-256 of a file; of a folder that of the digests of its files by name. */
async function digestOfPath(path: string): Promise<string> {
  if (fileState(path) !== 'folder') return await digestOfSource(path);
  const lines: string[] = [];
  for (const name of listFiles(path, ''))
    if (fileState(`${path}/${name}`) !== 'folder') lines.push(`${name} ${await digestOfSource(`${path}/${name}`)}`);
  return digestOf(new TextEncoder().encode(lines.join('\n')));
}

function told(
  file: LifeFile,
  done: OccurrenceImport,
  names: MatchedNames,
  { lang, site, preview = false, licence, attribution }: Options,
): string[] {
  const { kept, outside, nameless, taxa, dataset, reading, changes } = done;
  const lines = [
    t(lang, preview ? 'life.records.previewed' : 'life.records.imported', {
      file: file.name,
      rows: reading.rows,
      kept,
      taxa,
      dataset,
      site,
    }),
    ...(preview
      ? []
      : [
          `  ${t(lang, 'cli.imported', { file: file.name, added: changes.added, changed: changes.changed, same: changes.same })}`,
        ]),
  ];
  if (outside > 0) lines.push(`  ${t(lang, 'life.records.outside', { count: outside })}`);
  if (nameless > 0) lines.push(`  ${t(lang, 'life.records.nameless', { count: nameless })}`);
  for (const [why, count] of Object.entries(reading.skipped))
    lines.push(`  ${number(lang, count)} · ${t(lang, `life.records.skipped.${why}`)}`);
  if (licence === undefined && reading.datasets.some((one) => one.licence === null))
    lines.push(`  ${t(lang, 'life.records.no-licence')}`);
  if (attribution === undefined && reading.datasets.some((one) => attributionOf(one) === null))
    lines.push(`  ${t(lang, 'life.records.no-citation')}`);
  if (done.flags.size > 0) lines.push(t(lang, 'life.records.flagged'), ...toldFlags(done.flags, lang));
  lines.push(
    t(lang, 'life.records.matched', { sure: names.decisions.length - names.list.length, open: names.list.length }),
    ...toldNames(names.list, lang),
  );
  return [...lines, ...toldIssues(file.issues, lang)];
}

/** Takes back what a dataset brought; without one the datasets that stand are listed. */
export function lifeUndo(dossier: string, dataset: string | undefined, { lang }: { lang: Lang }): number {
  const db = openDossier(dossier, dataset === undefined ? { readOnly: true } : {});
  try {
    if (dataset === undefined) {
      const known = listOccurrenceDatasets(db);
      for (const { id, href, occurrences, licence } of known)
        console.log(`${id}  ${href}  ${number(lang, occurrences)}  ${licence}`);
      if (known.length === 0) console.log(t(lang, 'life.records.none'));
      return 0;
    }
    const removed = removeOccurrences(db, 'cli', dataset);
    console.log(t(lang, 'life.records.undone', { dataset, rows: removed.occurrences, taxa: removed.taxa }));
    return 0;
  } finally {
    closeDossier(db);
  }
}
