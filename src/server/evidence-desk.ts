/** Documents and coding as a caller may see them. */
import type { z } from 'zod';
import type { codingReply, comparisonReply, documentLine, documentShown } from '../api/evidence.ts';
import { activeCoders, type Coefficients, type ComparedUnit, compareCoders } from '../evidence/comparison.ts';
import { Problem } from '../problems.ts';
import { loadAnalysis } from '../store/analysis.ts';
import { listCoders, listCodings, listMemos, listPassages } from '../store/coding.ts';
import type { Db } from '../store/db.ts';
import { getSourceText, listDocumentLines } from '../store/source-texts.ts';
import type { Id } from '../types.ts';
import type { Visitor } from './visitor.ts';

type Line = z.infer<typeof documentLine>;
type Passage = z.infer<typeof codingReply>;

/** Every document as a list shows it. */
export function documentLines(db: Db): Line[] {
  return listDocumentLines(db).map(
    ({ file: _, mayStore: __, digest: ___, hasBytes: ____, mediaType: _____, format: ______, ...line }) => line,
  );
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

/** How far coders agree. @throws Problem `coders-few` */
export function comparison(
  db: Db,
  { unit, coders, seed }: { unit: ComparedUnit; coders: Id[] | null; seed: number },
): z.infer<typeof comparisonReply> {
  const analysis = loadAnalysis(db);
  const known = new Set(analysis.coders.map(({ id }) => id));
  const compared = coders ?? activeCoders(analysis);
  const unknown = compared.find((id) => !known.has(id));
  if (unknown !== undefined) throw new Problem('coder-unknown', { found: unknown, known: [...known].join(', ') || '–' });
  if (new Set(compared).size < 2) throw new Problem('coders-few', { found: compared.join(', ') || '–' });
  const { overall, codes, differences, units, documents, skipped } = compareCoders(analysis, { unit, coders: compared, seed });
  return {
    coders: compared.map((id) => ({ id, name: analysis.coders.find((one) => one.id === id)?.name ?? id })),
    units,
    documents,
    skipped,
    overall: values(overall),
    codes: codes.map((one) => ({ code: one.code, given: one.given, ...values(one) })),
    differences: differences.map(({ unit: { start, end }, ...rest }) => ({ ...rest, start, end })),
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
