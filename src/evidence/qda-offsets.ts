/**
 * Places that another program counted, read as code points of our text: by which of its ways of counting the quotes stand there.
 *
 *     const counting = countingOf(raw, index, selections);            // { unit: 'utf-16', lines: 'crlf', … }
 *     placedSelection(raw, index, counting, selection)                // { start: 21, end: 52, how: 'given' }
 *
 * Programs count code points (as the standard asks) or UTF-16 units, line ends as one sign or two, with a byte order mark or without,
 * and some name the last sign in place of the one behind it. The name of a selection is mostly its quote, often cut after some
 * signs; where it is not, nothing can be compared, and the answer says so.
 */
import { plainLines } from '../formats/document-text.ts';
import { anchor, indexText, type TextIndex, textAt } from '../science/text-anchor.ts';
import { foldText } from '../science/text-fold.ts';

export interface Counting {
  unit: 'code-point' | 'utf-16';
  lines: 'as-is' | 'lf' | 'crlf';
  /** Whether a byte order mark counts. */
  mark: boolean;
  /** Whether the end is the last sign rather than the one behind it. */
  lastIncluded: boolean;
}

/** What another program says of a selection. */
export interface ForeignSelection {
  start: number;
  end: number;
  /** Its name or description: a quote, the beginning of one, or a label. */
  quote: string | null;
}

/**
 * `given`: the quote stands at the offsets; `recounted`: it does by another way of counting; `found`: it stands elsewhere;
 * `unconfirmed`: nothing to compare, or only a label; `contradicted`: the quote stands nowhere, the offsets are taken; `outside`:
 * there is no such place.
 */
export type Placing = 'given' | 'recounted' | 'found' | 'unconfirmed' | 'contradicted' | 'outside';

export interface PlacedSelection {
  how: Placing;
  /** [code points of our text]; `null` where it is outside. */
  place: { start: number; end: number } | null;
}

/** Signs from which the beginning of a quote tells something. */
const TELLING = 8;

/** Signs of a quote from which it is looked for with changed letters, too: labels are mostly shorter. */
const SEARCHED = 20;

/** A text of another program with every way of counting it. */
export interface ForeignText {
  index: TextIndex;
  countings: { counting: Counting; at: Int32Array }[];
}

/** Makes a text ready. @param raw as it is in the file, with its byte order mark and line ends */
export function foreignText(raw: string): ForeignText {
  const text = plainLines(raw);
  const units = ['code-point', 'utf-16'] as const;
  const marks = raw.startsWith('\uFEFF') ? [true, false] : [false];
  const lines = raw.includes('\r')
    ? (['as-is', 'lf'] as const)
    : text.includes('\n')
      ? (['as-is', 'crlf'] as const)
      : (['as-is'] as const);
  const body = raw.replace(/^\uFEFF/, '');
  const hasPairs = /[\u{10000}-\u{10FFFF}]/u.test(text);
  const countings = marks.flatMap((mark) =>
    lines.flatMap((line) =>
      units
        .filter((unit) => unit === 'code-point' || hasPairs)
        .map((unit) => ({
          counting: { unit, lines: line, mark, lastIncluded: false },
          at: placesOf(line === 'as-is' ? body : line === 'crlf' ? text.replaceAll('\n', '\r\n') : text, { unit, mark }),
        })),
    ),
  );
  // the ways that programs use most come first: without the mark, lines as they are, code points
  countings.sort((a, b) => Number(a.counting.mark) - Number(b.counting.mark));
  const both = countings.flatMap((one) => [one, { counting: { ...one.counting, lastIncluded: true }, at: one.at }]);
  return {
    index: indexText(text),
    countings: both.sort((a, b) => Number(a.counting.lastIncluded) - Number(b.counting.lastIncluded)),
  };
}

/** From places of a text as it is counted to code points with LF as line end. */
function placesOf(text: string, { unit, mark }: Pick<Counting, 'unit' | 'mark'>): Int32Array {
  const at: number[] = mark ? [0] : [];
  let point = 0;
  for (let i = 0; i < text.length; ) {
    const size = (text.codePointAt(i) as number) > 0xffff ? 2 : 1;
    for (let k = 0; k < (unit === 'utf-16' ? size : 1); k++) at.push(point);
    const isFirstOfBreak = text[i] === '\r' && text[i + 1] === '\n';
    if (!isFirstOfBreak) point++;
    i += size;
  }
  at.push(point);
  return Int32Array.from(at);
}

/** The way of counting by which most quotes stand where they should; `null` where no quote does by any. */
export function countingOf(text: ForeignText, selections: readonly ForeignSelection[]): Counting | null {
  const scores = text.countings.map((one) => selections.reduce((sum, selection) => sum + likeness(text, one, selection), 0));
  const best = Math.max(0, ...scores);
  return best === 0 ? null : (text.countings[scores.indexOf(best)]?.counting ?? null);
}

type Counted = ForeignText['countings'][number];

function placeBy({ counting, at }: Counted, { start, end }: ForeignSelection): { start: number; end: number } | null {
  const last = counting.lastIncluded ? end + 1 : end;
  if (!Number.isInteger(start) || !Number.isInteger(last) || start < 0 || last < start || last > at.length - 1) return null;
  const place = { start: at[start] as number, end: at[last] as number };
  return place.end > place.start ? place : null;
}

/** 2 where the quote is what stands there, 1 where it is its beginning, else 0. */
function likeness(text: ForeignText, counted: Counted, selection: ForeignSelection): 0 | 1 | 2 {
  const place = placeBy(counted, selection);
  if (place === null || selection.quote === null) return 0;
  const there = foldText(textAt(text.index, place.start, place.end)).text;
  const quote = foldText(selection.quote).text.replace(/\s*(…|\.\.\.)$/, '');
  if (quote === '') return 0;
  if (there === quote || there === foldText(selection.quote).text) return 2;
  return quote.length >= TELLING && there.startsWith(quote) ? 1 : 0;
}

/** Where a selection lies, by the text's way of counting, by another, or by its quote. */
export function placedSelection(
  text: ForeignText,
  selection: ForeignSelection,
  { counting, namesAreQuotes }: { counting: Counting | null; namesAreQuotes: boolean },
): PlacedSelection {
  const own =
    text.countings.find((one) => counting !== null && sameCounting(one.counting, counting)) ?? (text.countings[0] as Counted);
  const given = placeBy(own, selection);
  if (given !== null && likeness(text, own, selection) > 0) return { how: 'given', place: given };
  const others = text.countings.filter((one) => one !== own && likeness(text, one, selection) > 0);
  const [other] = others.sort((a, b) => likeness(text, b, selection) - likeness(text, a, selection));
  if (other !== undefined) return { how: 'recounted', place: placeBy(other, selection) };
  const found = selection.quote === null ? null : foundByQuote(text, selection, given);
  if (found !== null) return { how: 'found', place: found };
  if (given === null) return { how: 'outside', place: null };
  return { how: namesAreQuotes && selection.quote !== null ? 'contradicted' : 'unconfirmed', place: given };
}

/** The place of a quote that does not stand where the offsets say; as long as they say where it was cut. */
function foundByQuote(
  { index }: ForeignText,
  { quote, start, end }: ForeignSelection,
  given: { start: number; end: number } | null,
): { start: number; end: number } | null {
  const exact = (quote ?? '').replace(/\s*(…|\.\.\.)\s*$/, '');
  const folded = foldText(exact).text;
  if (folded.length < TELLING || (folded.length < SEARCHED && !index.folded.text.includes(folded))) return null;
  const found = anchor(index, { exact, ...(given !== null && { start: given.start }) });
  if (!found.found || !found.sure) return null;
  const points = Array.from(exact);
  // what other ways of counting may make of the whole quote; a name that says less is the beginning of one
  const most = points.length + points.filter((point) => point === '\n' || point.length > 1).length + 1;
  if (exact === quote && end - start <= most) return { start: found.start, end: found.end };
  return { start: found.start, end: Math.min(index.places.length - 1, Math.max(found.end, found.start + end - start)) };
}

export function sameCounting(a: Counting, b: Counting): boolean {
  return a.unit === b.unit && a.lines === b.lines && a.mark === b.mark && a.lastIncluded === b.lastIncluded;
}
