/**
 * A text as its words are read, whatever a file made of it: one space for any run of white space, one form of quotes and dashes, words that were
 * broken at line ends joined, letters composed; and from each place of it the way back to the text as it is.
 *
 *     foldText('bio-\nsphere  «ядро»').text   // 'biosphere "ядро"'
 */

/** The folded text, and for each of its UTF-16 units the code points of the original that it stands for. */
export interface FoldedText {
  text: string;
  /** First code point, and the one after the last. */
  from: Int32Array;
  to: Int32Array;
}

const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/u;
const SPACE = /\s/u;
const MARK = /\p{M}/u;
const LETTER = /\p{L}/u;
const DASH = /[-\u2010-\u2015\u2212]/u;
const QUOTES: Readonly<Record<string, string>> = Object.fromEntries([
  ...[...'«»„“”‟″'].map((quote) => [quote, '"']),
  ...[...'‘’‚‛′ʼ`´'].map((quote) => [quote, "'"]),
]);

/**
 * Folds a text. A hyphen between two letters is dropped, with the line break behind it if there is one, so that "well-known" and a
 * "well-known" broken after its hyphen are alike; a hyphen with spaces round it stays. Ligatures and composed letters by NFKC.
 */
export function foldText(original: string): FoldedText {
  const points = Array.from(original);
  const out: string[] = [];
  const [from, to]: [number[], number[]] = [[], []];
  const put = (text: string, start: number, end: number): void => {
    out.push(text);
    for (let i = 0; i < text.length; i++) {
      from.push(start);
      to.push(end);
    }
  };
  for (let i = 0; i < points.length; ) {
    const point = points[i] as string;
    let next = i + 1;
    if (INVISIBLE.test(point)) {
      i = next;
      continue;
    }
    if (SPACE.test(point)) {
      while (next < points.length && (SPACE.test(points[next] as string) || INVISIBLE.test(points[next] as string))) next++;
      if (out.length > 0 && next < points.length) put(' ', i, next);
    } else if (DASH.test(point)) {
      const over = breakAfter(points, next);
      if (LETTER.test(lastLetter(out)) && LETTER.test(points[over] ?? '')) next = over;
      else put('-', i, next);
    } else {
      while (next < points.length && MARK.test(points[next] as string)) next++;
      const cluster = points.slice(i, next).join('');
      put(QUOTES[cluster] ?? cluster.normalize('NFKC'), i, next);
    }
    i = next;
  }
  return { text: out.join(''), from: Int32Array.from(from), to: Int32Array.from(to) };
}

const lastLetter = (out: readonly string[]): string => Array.from(out.at(-1) ?? '')[0] ?? '';

/** The place behind a line break (with the spaces round it) that begins at `i`; `i` itself where there is none. */
function breakAfter(points: readonly string[], i: number): number {
  let at = i;
  let broken = false;
  while (at < points.length && (SPACE.test(points[at] as string) || INVISIBLE.test(points[at] as string))) {
    broken ||= /[\n\r\u2028\u2029]/.test(points[at] as string);
    at++;
  }
  return broken ? at : i;
}
