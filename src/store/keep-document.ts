/**
 * A document that was read, into the dossier: as a new source, as the text of one that is known, or not at all where it is there
 * already. Passages of an older text are looked for in the new one.
 *
 *     const read = await readDocument(file);
 *     const kept = keepDocument(db, 'cli', { file, read }, { kind: 'official' });
 *     kept.outcome;    // 'added', 'changed', 'same' or 'duplicate'
 *     kept.passages;   // what became of those that were coded
 */

import type { SourceText } from '../evidence/coding-nouns.ts';
import { keptQuote, type Reanchored, reanchored } from '../evidence/passages.ts';
import { wordsDigest } from '../evidence/qda-import.ts';
import { guessLanguage, langOfTag } from '../evidence/text-language.ts';
import type { DocumentText } from '../formats/document-text.ts';
import { type CslItem, isoOfCsl } from '../formats/reference-csl.ts';
import type { SourceFile } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import { slug } from '../records/words.ts';
import { indexText } from '../science/text-anchor.ts';
import type { Id, Source } from '../types.ts';
import { putSource } from './catalogue.ts';
import { listPassages, putPassage } from './coding.ts';
import { all, type Db, get, transaction } from './db.ts';
import { nouns } from './schema.ts';
import { getSource, getSourceText, putSourceText, sameText, sourceByHref } from './source-texts.ts';

/** What a person says of a document; what is left out stays as it is, or as the file says. */
export interface DocumentFacts {
  id?: Id;
  title?: string;
  kind?: Source['kind'];
  /** `null`: it is not known after all. */
  licence?: string | null;
  href?: string | null;
  lang?: string | null;
  date?: string | null;
  mayQuote?: boolean;
  mayStore?: boolean;
}

export interface KeptDocument {
  id: Id;
  /** `duplicate`: the same file or the same words are there under this id, and nothing was changed. */
  outcome: 'added' | 'changed' | 'same' | 'duplicate';
  /** By what a duplicate was told. */
  by: 'digest' | 'text' | null;
  text: SourceText;
  passages: Reanchored[];
}

/** Keeps a document. @throws Problem `text-name-taken` where another text came from a file of this name */
export function keepDocument(
  db: Db,
  by: string,
  { file, read }: { file: SourceFile; read: DocumentText },
  facts: DocumentFacts = {},
): KeptDocument {
  return transaction(db, () => {
    const textDigest = wordsDigest(read.text);
    const same = sameText(db, { digest: file.digest, textDigest });
    if (facts.id === undefined && same !== null)
      return { id: same.id, outcome: 'duplicate', by: same.by, text: getSourceText(db, same.id) as SourceText, passages: [] };
    const id = facts.id ?? slug(file.name.replace(/\.\w{1,8}$/, ''));
    const before = getSourceText(db, id);
    if (facts.id === undefined && (before !== null || getSource(db, id) !== null))
      throw new Problem('text-name-taken', { file: file.name, found: id });
    const lang = facts.lang ?? before?.lang ?? guessLanguage(read.text) ?? langOfTag(read.lang) ?? read.lang;
    const source = changedSource(db, id, { title: read.title ?? file.name.replace(/\.\w{1,8}$/, ''), lang }, facts);
    const text: SourceText = {
      id,
      lang,
      date: facts.date ?? before?.date ?? (read.format === 'html' || read.format === 'markdown' ? read.date : null),
      mayQuote: facts.mayQuote ?? before?.mayQuote ?? true,
      mayStore: facts.mayStore ?? before?.mayStore ?? true,
      csl: before?.csl ?? null,
      file: file.name,
      format: read.format,
      mediaType: read.mediaType,
      hasBytes: true,
      digest: file.digest,
      textDigest,
      text: read.text,
      length: Array.from(read.text).length,
      pages: read.pages,
      headings: read.headings,
      exchange: before?.exchange ?? null,
    };
    const changes = [putSource(db, by, source), putSourceText(db, by, text, file.bytes)];
    const passages = replaced(db, by, text);
    const outcome =
      before === null ? 'added' : changes.every((change) => change === 'same') && passages.length === 0 ? 'same' : 'changed';
    return { id, outcome, by: null, text, passages };
  });
}

function changedSource(
  db: Db,
  id: Id,
  read: Pick<Source, 'title' | 'lang'>,
  { title, kind, licence, href, lang }: DocumentFacts,
): Source {
  const before = getSource(db, id);
  return {
    id,
    title: title ?? before?.title ?? read.title,
    href: href === undefined ? (before?.href ?? null) : href,
    lang: lang ?? before?.lang ?? read.lang,
    kind: kind ?? before?.kind ?? 'primary',
    licence: licence === undefined ? (before?.licence ?? null) : licence,
    note: before?.note ?? null,
  };
}

/** Passages of a source in its new text; those that stay where they are are not listed. */
function replaced(db: Db, by: string, text: SourceText): Reanchored[] {
  const passages = listPassages(db, text.id);
  if (passages.length === 0 || text.text === null) return [];
  const index = indexText(text.text);
  const found = passages.map((passage) => reanchored(index, text, passage));
  for (const { passage } of found) putPassage(db, by, passage);
  return found.filter(({ outcome }) => outcome !== 'same');
}

/** Rights and facts of a document that is there, without reading it again. @throws Problem `text-unknown` */
export function changeDocument(db: Db, by: string, id: Id, facts: DocumentFacts): void {
  const before = getSourceText(db, id);
  if (before === null) throw new Problem('text-unknown', { found: id, known: '' });
  transaction(db, () => {
    putSource(db, by, changedSource(db, id, { title: id, lang: before.lang }, facts));
    putSourceText(db, by, {
      ...before,
      lang: facts.lang === undefined ? before.lang : facts.lang,
      date: facts.date === undefined ? before.date : facts.date,
      mayQuote: facts.mayQuote ?? before.mayQuote,
      mayStore: facts.mayStore ?? before.mayStore,
    });
    const mayStore = facts.mayStore ?? before.mayStore;
    for (const passage of listPassages(db, id)) putPassage(db, by, { ...passage, quote: keptQuote(passage.quote, { mayStore }) });
  });
}

/** Kinds of source by the type of a reference. */
const KINDS: Record<string, Source['kind']> = {
  'article-journal': 'peer-reviewed',
  'paper-conference': 'peer-reviewed',
  'article-newspaper': 'press',
  'article-magazine': 'press',
  'post-weblog': 'press',
  'entry-encyclopedia': 'encyclopedia',
  dataset: 'dataset',
  webpage: 'web',
  post: 'web',
  report: 'official',
  legislation: 'official',
  bill: 'official',
  treaty: 'official',
};

/** Keeps a reference as a source without a text. One that is known, by its id, DOI or address, keeps what was said of it by hand. */
export function keepReference(db: Db, by: string, item: CslItem): { id: Id; outcome: 'added' | 'changed' | 'same' } {
  const doi = typeof item.DOI === 'string' ? item.DOI.replace(/^https?:\/\/(dx\.)?doi\.org\//i, '').trim() : '';
  const href =
    doi !== '' ? `https://doi.org/${doi}` : typeof item.URL === 'string' && item.URL.trim() !== '' ? item.URL.trim() : null;
  return transaction(db, () => {
    const id = sourceByHref(db, href) ?? referenceId(db, item);
    const [before, text] = [getSource(db, id), getSourceText(db, id)];
    const lang = before?.lang ?? langOfTag(item.language) ?? guessLanguage(item.title ?? '');
    const changes = [
      putSource(db, by, {
        id,
        title: before?.title ?? item.title ?? id,
        href: before?.href ?? href,
        lang,
        kind: before?.kind ?? KINDS[item.type] ?? 'primary',
        licence: before?.licence ?? null,
        note: before?.note ?? null,
      }),
      putSourceText(db, by, {
        ...(text ?? emptyText(id)),
        lang: text?.lang ?? lang,
        date: text?.date ?? isoOfCsl(item.issued),
        csl: { ...item },
      }),
    ];
    return { id, outcome: text === null ? 'added' : changes.includes('changed') ? 'changed' : 'same' };
  });
}

/** The key of a reference where it tells one; a number is none: then author, year and title. */
function referenceId(db: Db, item: CslItem): Id {
  const author = item.author?.[0];
  const told = [author?.family ?? author?.literal ?? '', isoOfCsl(item.issued)?.slice(0, 4) ?? '', item.title ?? '']
    .filter((part) => part !== '')
    .join(' ');
  const own = /[a-z]/i.test(item.id) && !/^https?:/.test(item.id) ? slug(item.id) : slug(told);
  const taken = getSource(db, own);
  const isOther = taken !== null && taken.title !== item.title;
  return isOther ? slug(told) : own;
}

/** A source of which no text is known. */
export function emptyText(id: Id): SourceText {
  return {
    id,
    lang: null,
    date: null,
    mayQuote: true,
    mayStore: true,
    csl: null,
    file: null,
    format: null,
    mediaType: null,
    hasBytes: false,
    digest: null,
    textDigest: null,
    text: null,
    length: null,
    pages: null,
    headings: [],
    exchange: null,
  };
}

/** Whether anything but its text rests on a source. */
export function isCited(db: Db, id: Id): boolean {
  return nouns.some((noun) => {
    const columns = all<{ name: string }>(db, `select name from pragma_table_info('${noun}')`).map(({ name }) => name);
    const column = columns.find((name) => name === 'from_source') ?? (noun === 'claims' ? 'source' : undefined);
    return column !== undefined && get(db, `select 1 from ${noun} where ${column} = ?`, [id]) !== undefined;
  });
}
