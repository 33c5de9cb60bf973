/** Documents and coding as a caller may see them. */
import type { z } from 'zod';
import type { codingReply, comparisonReply, documentLine, documentShown } from '../api/evidence.ts';
import type { Analysis } from '../evidence/analysis.ts';
import { activeCoders, type Coefficients, type ComparedUnit, type Comparison, compareCoders } from '../evidence/comparison.ts';
import { Problem } from '../problems.ts';
import { indexText, type TextIndex, textAt } from '../science/text-anchor.ts';
import { loadAnalysis } from '../store/analysis.ts';
import { decideCodings } from '../store/code-passages.ts';
import { listCoders, listCodings, listMemos, listPassages } from '../store/coding.ts';
import { type Db, transaction } from '../store/db.ts';
import { getSourceText, listDocumentLines } from '../store/source-texts.ts';
import type { Id } from '../types.ts';
import type { Visitor } from './visitor.ts';

type Line = z.infer<typeof documentLine>;
type Passage = z.infer<typeof codingReply>;

/** Every document as a list shows it. */
export function documentLines(db: Db): Line[] {
  return listDocumentLines(db).map(({ file: _, digest: __, hasBytes: ___, mediaType: ____, ...line }) => line);
}

/** Whether a caller may read sentences of a source: those who work on it may, others where it may be quoted. */
export function mayRead(visitor: Visitor, { mayQuote }: { mayQuote: boolean }): boolean {
  return mayQuote || visitor.may('contributor', null);
}

/** One document with its passages. @throws Problem `not-found` */
export function shownDocument(db: Db, visitor: Visitor, id: Id): z.infer<typeof documentShown> {
  const [line, text] = [documentLines(db).find((one) => one.id === id), getSourceText(db, id)];
  if (line === undefined || text === null) throw new Problem('not-found');
  const open = mayRead(visitor, text);
  return {
    ...line,
    text: open ? text.text : null,
    pages: text.pages,
    headings: open ? text.headings : [],
    marked: shownPassages(db, id, open),
    coders: listCoders(db).map(({ id: coder, name }) => ({ id: coder, name })),
  };
}

/** The passages of a document with who gave them which code. */
export function shownPassages(db: Db, source: Id, open: boolean): Passage[] {
  const codings = Map.groupBy(listCodings(db, source), ({ passage }) => passage);
  const memos = listMemos(db);
  return listPassages(db, source).map(({ id, quote, start, end, page, anchored }) => ({
    id,
    quote: open ? quote : '',
    start,
    end,
    page,
    anchored,
    codings: (codings.get(id) ?? []).map(({ id: coding, code, coder, status }) => ({ id: coding, code, coder, status })),
    memos: open ? memos.filter(({ about }) => about.some((one) => one.id === id)).map(({ text }) => text) : [],
  }));
}

interface Compared {
  unit: ComparedUnit;
  /** `null` for all who coded. */
  coders: Id[] | null;
  seed: number;
}

/** How far coders agree, and where they differ. @throws Problem `coder-unknown`, `coders-few` */
export function comparison(db: Db, visitor: Visitor, wanted: Compared): z.infer<typeof comparisonReply> {
  const analysis = loadAnalysis(db);
  const { overall, codes, differences, units, documents, skipped, coders, agreed } = compared(analysis, wanted);
  const quote = quotesOf(analysis, visitor);
  return {
    coders: coders.map((id) => ({ id, name: analysis.coders.find((one) => one.id === id)?.name ?? id })),
    units,
    documents,
    skipped,
    overall: values(overall),
    codes: codes.map((one) => ({ code: one.code, given: one.given, ...values(one) })),
    differences: differences.map(({ unit: { start, end }, ...rest }) => ({
      ...rest,
      title: analysis.sources.find(({ id }) => id === rest.source)?.title ?? rest.source,
      quote: quote(rest.source, start, end),
      start,
      end,
    })),
    settles: draftsAmong(analysis, agreed).length,
  };
}

function compared(analysis: Analysis, { unit, coders, seed }: Compared): Comparison {
  const known = new Set(analysis.coders.map(({ id }) => id));
  const wanted = coders ?? activeCoders(analysis);
  const unknown = wanted.find((id) => !known.has(id));
  if (unknown !== undefined) throw new Problem('coder-unknown', { found: unknown, known: [...known].join(', ') || '–' });
  if (new Set(wanted).size < 2) throw new Problem('coders-few', { found: wanted.join(', ') || '–' });
  return compareCoders(analysis, { unit, coders: wanted, seed });
}

function draftsAmong({ codings }: Analysis, ids: readonly Id[]): Id[] {
  const wanted = new Set(ids);
  return codings.filter(({ id, status }) => status === 'draft' && wanted.has(id)).map(({ id }) => id);
}

/** Says of the drafts that all agree on that they are agreed. Returns how many. @throws as `comparison` */
export function settleAgreed(db: Db, by: string, { unit, coders }: Omit<Compared, 'seed'>): number {
  return transaction(db, () => {
    const analysis = loadAnalysis(db);
    const { agreed } = compared(analysis, { unit, coders, seed: 1 });
    return decideCodings(db, by, draftsAmong(analysis, agreed), { as: 'agreed', coder: null });
  });
}

/** Characters of a unit that are shown. */
const SHOWN = 300;

/** The beginning of a unit, where the caller may read it. */
function quotesOf({ texts }: Analysis, visitor: Visitor): (source: Id, start: number, end: number) => string {
  const indexes = new Map<Id, TextIndex>();
  return (source, start, end) => {
    const text = texts.find(({ id }) => id === source);
    if (text === undefined || text.text === null || !mayRead(visitor, text)) return '';
    const index = indexes.get(source) ?? indexText(text.text);
    indexes.set(source, index);
    const last = Math.min(end, start + SHOWN);
    return `${textAt(index, start, last).replace(/\s+/g, ' ').trim()}${last < end ? '…' : ''}`;
  };
}

function values({ percentage, cohen, fleiss, alpha, interval }: Coefficients): z.infer<typeof comparisonReply>['overall'] {
  return {
    percentage: percentage.value,
    cohen: cohen?.value ?? null,
    fleiss: fleiss.value,
    alpha: alpha.value,
    low: interval.low,
    high: interval.high,
  };
}
