/** `saryarka cooperation import`: tables of CSV or Excel row by row, and networks of GEXF or GraphML. */
import { readGraph } from '../formats/graph-files.ts';
import { readHead, readSource, type SourceFile } from '../formats/source-node.ts';
import { readTableSheet } from '../formats/table-sheet.ts';
import type { TableNoun } from '../formats/tables.ts';
import { t } from '../i18n/index.ts';
import { type Problem, problemText } from '../problems.ts';
import type { Db } from '../store/db.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { COOPERATION_TABLES, type TakenIn, takeGraph, takeTable } from '../store/import-cooperation.ts';
import type { ActivityKind, Lang } from '../types.ts';
import { toldIssues } from './exchange.ts';

interface Options {
  lang: Lang;
  preview?: boolean;
  strict?: boolean;
  ties?: ActivityKind;
}

/** Exit status: a part of a file was not taken. */
const REFUSED = 1;
/** Faults that are printed of one file; beyond, they are counted. */
const SHOWN = 50;

export async function cooperationImport(dossier: string, paths: string[], options: Options): Promise<number> {
  const { lang } = options;
  const graphs = paths.filter(isGraph);
  const tables = await Promise.all(
    paths
      .filter((path) => !graphs.includes(path))
      .map(async (path) => ({ file: readSource(path), sheet: await readTableSheet(readSource(path)) })),
  );
  const db = openDossier(dossier);
  let refused = 0;
  try {
    for (const { file, sheet } of tables.toSorted((a, b) => rank(a.sheet.header) - rank(b.sheet.header))) {
      const taken = takeTable(db, 'cli', file, sheet, options);
      refused += taken.refused;
      for (const line of told(file, taken, options)) console.log(line);
    }
    for (const path of graphs) refused += graph(db, path, options);
    if (options.preview === true) console.log(t(lang, 'cli.cooperation.preview'));
  } finally {
    closeDossier(db);
  }
  return refused > 0 ? REFUSED : 0;
}

function graph(db: Db, path: string, options: Options): number {
  const { lang, ties = null } = options;
  const file = readSource(path);
  const reading = readGraph(file);
  const taken = takeGraph(db, 'cli', file, reading, { ...options, ties });
  const { organisations, activities, participations, known, losses, modes } = taken.found;
  const say = (key: string, values: Record<string, string | number>): string => t(lang, `cli.cooperation.graph.${key}`, values);
  const list = (names: readonly string[]): string =>
    names.length > 10 ? `${names.slice(0, 10).join('; ')} …` : names.join('; ');
  console.log(say('read', { file: file.name, nodes: reading.graph.nodes.length, edges: reading.graph.edges.length }));
  console.log(modes === null ? say('one-mode', {}) : say('two-mode', { attribute: modes }));
  console.log(
    say('organisations', {
      known: known.organisations.length,
      added: organisations.length,
      list: list(organisations.flatMap(({ name }) => name.en ?? [])),
    }),
  );
  console.log(
    say('activities', {
      known: new Set(known.activities).size,
      added: activities.length,
      list: list(activities.flatMap(({ title }) => title.en ?? [])),
    }),
  );
  console.log(say('participations', { count: participations.length }));
  for (const [why, count] of Object.entries(losses)) console.log(`  ${say(`loss.${why}`, { count })}`);
  for (const line of [...toldIssues(reading.issues, lang), ...told(file, taken, options)]) console.log(line);
  return taken.refused;
}

/** What was taken, what was not and why, and how to take it back. */
function told(
  file: SourceFile,
  { changes, refused, problems, changeset }: TakenIn,
  { lang, preview, strict }: Options,
): string[] {
  const lines = problems.slice(0, SHOWN).map((problem: Problem) => `  ${problemText(problem, lang)}`);
  const rest = problems.length - lines.length;
  const stopped = strict === true && refused > 0;
  return [
    t(lang, preview === true ? 'cli.cooperation.would' : 'cli.imported', { file: file.name, ...changes }),
    ...(problems.length > 0
      ? [t(lang, stopped ? 'cli.cooperation.refused-all' : 'cli.cooperation.refused', { count: refused })]
      : []),
    ...lines,
    ...(rest > 0 ? [`  ${t(lang, 'cli.cooperation.issues.more', { count: rest })}`] : []),
    ...(changeset === null || changes.added + changes.changed === 0 ? [] : [t(lang, 'cli.cooperation.take-back', { changeset })]),
  ];
}

/** A network is XML; a workbook is packed, and a table begins with names. */
function isGraph(path: string): boolean {
  return /^\uFEFF?\s*</.test(new TextDecoder().decode(readHead(path, 200)));
}

/** Tables in the order in which their rows point to one another, told by a column that only one has. */
function rank(header: readonly string[]): number {
  const signs: Partial<Record<TableNoun, string>> = {
    organisations: 'aliases',
    people: 'consent',
    activities: 'title_en',
    participations: 'role',
    aims: 'sdg_targets',
    headcounts: 'measure',
    money: 'currency',
  };
  return COOPERATION_TABLES.findIndex((noun) => header.includes(signs[noun] ?? ''));
}
