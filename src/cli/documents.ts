/** `saryarka documents`: texts and references into the dossier. */
import { readReferences } from '../formats/reference.ts';
import type { WrongIdentifier } from '../formats/reference-identifiers.ts';
import { readSource, type SourceFile } from '../formats/source-node.ts';
import { t } from '../i18n/index.ts';
import { Problem, Problems, problemText } from '../problems.ts';
import { removeDocument } from '../store/code-passages.ts';
import type { Db } from '../store/db.ts';
import { closeDossier, openDossier } from '../store/dossier.ts';
import { changeDocument, type DocumentFacts, type KeptDocument, keepDocument, keepReference } from '../store/keep-document.ts';
import { listDocumentLines } from '../store/source-texts.ts';
import type { Id, Lang, Source } from '../types.ts';
import { columns, short } from './columns.ts';

interface FactOptions {
  lang: Lang;
  title?: string;
  kind?: Source['kind'];
  licence?: string;
  href?: string;
  textLang?: string;
  date?: string;
  mayQuote?: 'yes' | 'no';
  mayStore?: 'yes' | 'no';
}

interface ImportOptions extends FactOptions {
  id?: string;
  json?: boolean;
}

/** Exit status 1: a file was not taken. */
const REFUSED = 1;

/** Passages that are named one by one. */
const MOST_TOLD = 50;

/** What became of one file. */
type Told =
  | {
      file: string;
      references: { id: Id; outcome: string }[];
      skipped: { line: number; found: string }[];
      wrong: WrongIdentifier[];
    }
  | ({ file: string; notes: string[] } & Pick<KeptDocument, 'id' | 'outcome' | 'by'> & {
        length: number | null;
        pages: number | null;
        lang: string | null;
        passages: { id: Id; outcome: string; quote: string; page: number | null }[];
      })
  | { file: string; problem: string };

/** Documents and lists of references into a dossier, each told; one that cannot be read does not hinder the others. */
export async function importDocuments(dossier: string, paths: string[], options: ImportOptions): Promise<number> {
  const { lang, json = false } = options;
  if (paths.length > 1 && (options.id !== undefined || options.title !== undefined))
    throw new Problem('choice-wrong', {
      field: options.id === undefined ? '--title' : '--id',
      found: `${paths.length}`,
      expected: '1',
    });
  const db = openDossier(dossier);
  try {
    const told: Told[] = [];
    for (const path of paths) {
      told.push(await importOne(db, path, options));
      const last = told.at(-1) as Told;
      if (!json) for (const line of toldLines(last, lang)) console.log(line);
    }
    if (json) console.log(JSON.stringify(told, null, 2));
    return told.some((one) => 'problem' in one) ? REFUSED : 0;
  } finally {
    closeDossier(db);
  }
}

async function importOne(db: Db, path: string, options: ImportOptions): Promise<Told> {
  const { lang } = options;
  try {
    const file = readSource(path);
    const list = isBinary(file) ? null : readReferences(file);
    if (list !== null) {
      const { checkReference } = await import('../formats/reference-identifiers.ts');
      const checked = list.references.map(checkReference);
      return {
        file: file.name,
        references: checked.map(({ item }) => keepReference(db, 'cli', item)),
        skipped: list.skipped,
        wrong: checked.flatMap(({ wrong }) => wrong),
      };
    }
    const { readDocument } = await import('../formats/document.ts');
    const read = await readDocument(file);
    const kept = keepDocument(
      db,
      'cli',
      { file, read },
      { ...factsOf(options), ...(options.id !== undefined && { id: options.id }) },
    );
    return {
      file: file.name,
      id: kept.id,
      outcome: kept.outcome,
      by: kept.by,
      length: kept.text.length,
      pages: read.pages?.length ?? null,
      lang: kept.text.lang,
      notes: read.notes.map(({ code, details }) => t(lang, `evidence.note.${code}`, details)),
      passages: kept.passages.map(({ outcome, passage }) => ({
        id: passage.id,
        outcome,
        quote: passage.quote,
        page: passage.page,
      })),
    };
  } catch (error) {
    const problems = error instanceof Problems ? error.list : error instanceof Problem ? [error] : null;
    if (problems === null) throw error;
    return { file: path, problem: problems.map((problem) => problemText(problem, lang)).join('\n') };
  }
}

const isBinary = ({ bytes }: SourceFile): boolean =>
  /^(%PDF|PK|\xD0\xCF)/.test(new TextDecoder('latin1').decode(bytes.subarray(0, 4)));

function factsOf({ title, kind, licence, href, textLang, date, mayQuote, mayStore }: FactOptions): DocumentFacts {
  if (date !== undefined && !/^\d{4}(-\d\d(-\d\d)?)?$/.test(date))
    throw new Problem('choice-wrong', { field: '--date', found: date, expected: '2019, 2019-05, 2019-05-30' });
  if (textLang !== undefined && !/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(textLang))
    throw new Problem('choice-wrong', { field: '--text-lang', found: textLang, expected: 'kk, ru, en, tr, …' });
  return {
    ...(title !== undefined && { title }),
    ...(kind !== undefined && { kind }),
    ...(licence !== undefined && { licence }),
    ...(href !== undefined && { href }),
    ...(textLang !== undefined && { lang: textLang }),
    ...(date !== undefined && { date }),
    ...(mayQuote !== undefined && { mayQuote: mayQuote === 'yes' }),
    ...(mayStore !== undefined && { mayStore: mayStore === 'yes' }),
  };
}

function toldLines(told: Told, lang: Lang): string[] {
  if ('problem' in told) return [told.problem];
  const { file } = told;
  if ('references' in told) {
    const count = (outcome: string): number => told.references.filter((one) => one.outcome === outcome).length;
    const counts = { file, added: count('added'), changed: count('changed'), same: count('same') };
    return [
      t(lang, 'cli.documents.references', counts),
      ...told.wrong.map(({ id, field, found, expected }) => t(lang, 'cli.documents.identifier', { id, field, found, expected })),
      ...told.skipped.map(({ line, found }) => t(lang, 'cli.documents.skipped', { file, line, found: short(found, 60) })),
    ];
  }
  const { id, outcome, by, length, pages, passages, notes } = told;
  const what = outcome === 'duplicate' ? `duplicate-${by}` : outcome;
  return [
    t(lang, `cli.documents.${what}`, { file, id }),
    ...(outcome === 'duplicate'
      ? []
      : [t(lang, 'cli.documents.read', { length: length ?? 0, pages: pages ?? '–', lang: told.lang ?? '–' })]),
    ...notes.map((note) => `  ${note}`),
    ...passages
      .slice(0, MOST_TOLD)
      .map(
        (one) => `  ${t(lang, `cli.documents.passage.${one.outcome}`, { quote: short(one.quote, 60), page: one.page ?? '–' })}`,
      ),
    ...(passages.length > MOST_TOLD ? [`  ${t(lang, 'cli.documents.more', { count: passages.length - MOST_TOLD })}`] : []),
  ];
}

/** Every document with its rights and how much of it is coded. */
export function listDocuments(dossier: string, { lang, json = false }: { lang: Lang; json?: boolean }): number {
  const db = openDossier(dossier, { readOnly: true });
  try {
    const lines = listDocumentLines(db);
    if (json) console.log(JSON.stringify(lines, null, 2));
    else if (lines.length === 0) console.log(t(lang, 'cli.documents.none'));
    else {
      const say = (key: string): string => t(lang, `cli.documents.column.${key}`);
      const answer = (yes: boolean): string => t(lang, `cli.documents.${yes ? 'yes' : 'no'}`);
      const header = [
        'id',
        'title',
        'date',
        'language',
        'kind',
        'pages',
        'text',
        'quote',
        'store',
        'passages',
        'lost',
        'codings',
      ].map(say);
      const rows = lines.map((one) => [
        one.id,
        short(one.title, 40),
        one.date ?? '–',
        one.lang ?? '–',
        one.kind,
        String(one.pageCount ?? '–'),
        one.hasText ? String(one.length) : '–',
        answer(one.mayQuote),
        answer(one.mayStore),
        String(one.passages),
        String(one.lost),
        String(one.codings),
      ]);
      for (const line of columns([header, ...rows])) console.log(line);
    }
    return 0;
  } finally {
    closeDossier(db);
  }
}

/** What a person says of a document that is there. */
export function changeFacts(dossier: string, id: Id, options: FactOptions): number {
  const db = openDossier(dossier);
  try {
    changeDocument(db, 'cli', id, factsOf(options));
    console.log(t(options.lang, 'cli.documents.facts', { id }));
    return 0;
  } finally {
    closeDossier(db);
  }
}

/** A document with its passages out of the dossier. */
export function dropDocument(dossier: string, id: Id, { lang, force = false }: { lang: Lang; force?: boolean }): number {
  const db = openDossier(dossier);
  try {
    const { passages, codings, kept } = removeDocument(db, 'cli', id, { force });
    console.log(t(lang, 'cli.documents.removed', { id, passages, codings }));
    if (kept) console.log(t(lang, 'cli.documents.source-kept', { id }));
    return 0;
  } finally {
    closeDossier(db);
  }
}
