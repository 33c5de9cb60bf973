/**
 * Passages of a text by quote and by position, and how they are found again when the text has changed.
 *
 *     const index = indexText(text);
 *     const selector = selectorsAt(index, 120, 160);       // { exact, prefix, suffix, start: 120, end: 160 }
 *     anchor(indexText(changed), selector)                 // { found: true, how: 'exact', start: 131, end: 171, score: 1, sure: true, … }
 *
 * Offsets count Unicode code points, as the W3C asks. A quote is looked for as it is, then with white space, hyphenation, quotes and
 * dashes folded, then within a bounded number of changed letters. Where several places would do as well, or none is near enough, the
 * answer is that it was not found, with the candidates: never a wrong place in silence. A place whose figures differ from those of
 * the quote is never sure.
 *
 * @see W3C 2017, Web Annotation Data Model, sections 4.2.4 TextQuoteSelector and 4.2.5 TextPositionSelector, w3.org/TR/annotation-model
 * @see Brush, Bargeron, Gupta & Cadiz 2001, Robust annotation positioning in digital documents, CHI 2001, 285-292, doi 10.1145/365024.365117
 */
import { approximate, distanceToStart } from './text-distance.ts';
import { type FoldedText, foldText } from './text-fold.ts';

/** Code points of context on each side that a selector keeps. */
export const CONTEXT = 32;

/** Least score of a place that is taken, and of one that is sure. */
export const ACCEPT = 0.75;
export const SURE = 0.9;

/** By how much the best place must be ahead of the next. */
export const MARGIN = 0.1;

/** Changed letters as a share of the quote, and at most, within which a place is looked for. */
export const CHANGES = 0.25;
const MOST_CHANGES = 120;

/** Length of a quote at which it says as much as its context does. */
const SPEAKING = 16;

/** Near places that are compared by their context, the nearest first. */
const MOST_PLACES = 200;

/** TextQuoteSelector, and TextPositionSelector where `start` and `end` are given [code points, end excluded]. */
export interface TextSelector {
  exact: string;
  prefix?: string;
  suffix?: string;
  start?: number;
  end?: number;
}

/** A text made ready: make it once for many passages. */
export interface TextIndex {
  text: string;
  /** UTF-16 place of each code point, and the length behind the last. */
  places: Int32Array;
  folded: FoldedText;
}

export type AnchorMethod = 'exact' | 'normalised' | 'fuzzy';

export interface AnchorPlace {
  start: number;
  end: number;
  /** The text that stands there. */
  text: string;
  /** 1 where quote and context are the same; see docs/claims.md. */
  score: number;
  /** Changed letters between the quote and what stands there, both folded. */
  errors: number;
  /** Whether the figures in it are others than those of the quote. */
  figuresDiffer: boolean;
}

/**
 * `absent`: nothing is near; `weak`: what is near does not reach the score; `ambiguous`: several places would do; `empty`: no quote.
 */
export type Anchoring =
  | ({ found: true; how: AnchorMethod; sure: boolean } & AnchorPlace)
  | { found: false; why: 'absent' | 'weak' | 'ambiguous' | 'empty'; candidates: AnchorPlace[] };

/** Makes a text ready to find passages in. */
export function indexText(text: string): TextIndex {
  const places: number[] = [];
  for (let at = 0; at < text.length; at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1) places.push(at);
  return { text, places: Int32Array.from([...places, text.length]), folded: foldText(text) };
}

/** The text from one code point up to, not including, another. */
export function textAt({ text, places }: TextIndex, start: number, end: number): string {
  return text.slice(places[start] ?? text.length, places[end] ?? text.length);
}

/** The code point at a UTF-16 place; a place within a pair counts as its beginning. */
export function codePointAt({ places }: TextIndex, utf16: number): number {
  let [low, high] = [0, places.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((places[middle] as number) <= utf16) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Both selectors of a passage. @throws RangeError where the place is not within the text */
export function selectorsAt(index: TextIndex, start: number, end: number, { context = CONTEXT } = {}): Required<TextSelector> {
  const length = index.places.length - 1;
  if (!(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start < end && end <= length))
    throw new RangeError(`${start} to ${end} is no passage of a text of ${length} code points`);
  return {
    exact: textAt(index, start, end),
    prefix: textAt(index, Math.max(0, start - context), start),
    suffix: textAt(index, end, Math.min(length, end + context)),
    start,
    end,
  };
}

/**
 * Offsets of another program read as code points or as UTF-16 units, by which of them the quote stands there.
 * `null` where it is neither: the quote has to be looked for.
 */
export function readOffsets(
  index: TextIndex,
  { exact, start, end }: { exact: string; start: number; end: number },
): { start: number; end: number; unit: 'code-point' | 'utf-16' } | null {
  const quote = foldText(exact).text;
  if (quote === '') return null;
  if (foldText(textAt(index, start, end)).text === quote) return { start, end, unit: 'code-point' };
  if (foldText(index.text.slice(start, end)).text !== quote) return null;
  return { start: codePointAt(index, start), end: codePointAt(index, end), unit: 'utf-16' };
}

/** Finds a passage in a text that may have changed. */
export function anchor(index: TextIndex, selector: TextSelector): Anchoring {
  const quote = foldText(selector.exact).text;
  if (quote === '') return { found: false, why: 'empty', candidates: [] };
  const most = Math.min(MOST_CHANGES, Math.floor(CHANGES * quote.length));
  const ways: { how: AnchorMethod; places: () => AnchorPlace[] }[] = [
    { how: 'exact', places: () => exactPlaces(index, selector, quote) },
    { how: 'normalised', places: () => foldedPlaces(index, quote).map((at) => placeOf(index, selector, quote, at, 0)) },
    {
      how: 'fuzzy',
      places: () =>
        approximate(quote, index.folded.text, most)
          .slice(0, MOST_PLACES)
          .map((at) => placeOf(index, selector, quote, at, at.errors)),
    },
  ];
  let candidates: AnchorPlace[] = [];
  for (const { how, places } of ways) {
    const found = places().sort((a, b) => b.score - a.score || awayFrom(selector, a) - awayFrom(selector, b));
    const [best, next] = found;
    if (best === undefined) continue;
    candidates = found;
    if (best.score < ACCEPT) continue;
    const there = found.find(({ start, score }) => start === selector.start && best.score - score < MARGIN);
    const ahead = best.score - (next?.score ?? 0) >= MARGIN;
    if (!ahead && there === undefined) return { found: false, why: 'ambiguous', candidates: found };
    const taken = there ?? best;
    return { found: true, how, sure: taken.score >= SURE && !taken.figuresDiffer, ...taken };
  }
  return { found: false, why: candidates.length > 0 ? 'weak' : 'absent', candidates: candidates.slice(0, 10) };
}

const awayFrom = ({ start }: TextSelector, place: AnchorPlace): number =>
  start === undefined ? 0 : Math.abs(place.start - start);

/** Places of the quote as it is. */
function exactPlaces(index: TextIndex, selector: TextSelector, quote: string): AnchorPlace[] {
  return occurrences(index.text, selector.exact).map((at) => {
    const [start, end] = [codePointAt(index, at), codePointAt(index, at + selector.exact.length)];
    const [from, to] = [firstFrom(index.folded, start), firstFrom(index.folded, end)];
    return scored(index, selector, quote, { start, end, from, to, errors: 0 });
  });
}

/** Places of the folded quote in the folded text [UTF-16 units of it]. */
function foldedPlaces({ folded }: TextIndex, quote: string): { start: number; end: number }[] {
  return occurrences(folded.text, quote).map((start) => ({ start, end: start + quote.length }));
}

function placeOf(
  index: TextIndex,
  selector: TextSelector,
  quote: string,
  { start: from, end: to }: { start: number; end: number },
  errors: number,
): AnchorPlace {
  const { folded } = index;
  return scored(index, selector, quote, { start: folded.from[from] ?? 0, end: folded.to[to - 1] ?? 0, from, to, errors });
}

/**
 * A place with its score: quote and context as far as each is the same, the quote weighing its length against SPEAKING; a side
 * without context says nothing.
 */
function scored(
  index: TextIndex,
  { prefix, suffix }: TextSelector,
  quote: string,
  { start, end, from, to, errors }: { start: number; end: number; from: number; to: number; errors: number },
): AnchorPlace {
  const folded = index.folded.text;
  const sides = [
    likeness(backwards(foldText(prefix ?? '').text), backwards(folded.slice(Math.max(0, from - 2 * CONTEXT), from).trimEnd())),
    likeness(foldText(suffix ?? '').text, folded.slice(to, to + 2 * CONTEXT).trimStart()),
  ].filter((side) => side !== null);
  const same = 1 - errors / quote.length;
  const weight = quote.length / (quote.length + SPEAKING);
  const score = sides.length === 0 ? same : weight * same + (1 - weight) * (sides.reduce((a, b) => a + b, 0) / sides.length);
  const text = textAt(index, start, end);
  return { start, end, text, score, errors, figuresDiffer: figuresOf(foldText(text).text) !== figuresOf(quote) };
}

/** How far the beginning of a text is like a context [1]; `null` without one. */
function likeness(context: string, text: string): number | null {
  if (context === '') return null;
  return 1 - Math.min(context.length, distanceToStart(context, text)) / context.length;
}

const backwards = (text: string): string => Array.from(text).reverse().join('');
const figuresOf = (text: string): string => (text.match(/\d+/gu) ?? []).join(' ');

/** All places of a part, overlapping ones too. */
function occurrences(text: string, part: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) found.push(at);
  return found;
}

/** The first unit of a folded text that stands for a code point or a later one. */
function firstFrom({ from }: FoldedText, point: number): number {
  let [low, high] = [0, from.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((from[middle] as number) < point) low = middle + 1;
    else high = middle;
  }
  return low;
}
