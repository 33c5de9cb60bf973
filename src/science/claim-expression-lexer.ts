/**
 * The words of an expression: numbers as printed, units, dates, texts, references, names and signs, each with its place.
 *
 *     wordsOf('sum(@area[year=2012], 5 har)')
 */
import { ExpressionError, type Span } from './claim-expression-types.ts';

export type Word = Span & {
  kind: 'number' | 'unit' | 'date' | 'text' | 'reference' | 'name' | 'sign' | 'end';
  text: string;
  /** What a number is worth, with a following thousand, million, billion or trillion. */
  value?: number;
};

/** Longest expression that is read. */
export const MOST_CHARACTERS = 10_000;

const MULTIPLES: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 };
const KEYWORDS: ReadonlySet<string> = new Set(['in', 'and', 'or', 'not']);

const SPACE = /[^\S\u00a0\u202f]+/y;
const DATE = /\d{4}-\d{2}(?:-\d{2})?(?![\d-])/y;
/** Digits, grouped by a low line or a no-break space or not at all, a point before decimals. */
const NUMBER = /(?:\d{1,3}(?:[_\u00a0\u202f]\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** A unit behind a number: per cent, letters with digits, points and strokes, a count in braces, a currency in brackets, anything in backquotes. */
const UNIT =
  /[^\S\n]*(%|`[^`\n]*`|(?:\{[^}\n]*\}|\[[A-Z]{3}\]|[A-Za-zµ][A-Za-z\d.]*)(?:\/(?:\{[^}\n]*\}|[A-Za-zµ][A-Za-z\d.]*))*)/y;
const REFERENCE = /@(?:\{[^}\n]*\}|[\p{L}\p{N}_](?:[\p{L}\p{N}_.:/-]*[\p{L}\p{N}_])?)/uy;
const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const SIGN = /!=|<=|>=|≤|≥|≠|[-+*/()=<>,[\]−×÷·]/uy;
const SIGNS: Readonly<Record<string, string>> = { '≤': '<=', '≥': '>=', '≠': '!=', '−': '-', '×': '*', '·': '*', '÷': '/' };

/** Splits an expression. The last word is `end`. @throws ExpressionError at what cannot be read */
export function wordsOf(source: string): Word[] {
  if (source.length > MOST_CHARACTERS)
    throw new ExpressionError(
      'too-long',
      { at: MOST_CHARACTERS, length: 1 },
      `${source.length} characters`,
      `${MOST_CHARACTERS} at most`,
    );
  const words: Word[] = [];
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  const push = (kind: Word['kind'], text: string, length: number, value?: number): void => {
    words.push({ kind, text, at, length, ...(value === undefined ? {} : { value }) });
    at += length;
  };
  while (at < source.length) {
    const space = match(SPACE);
    if (space !== null) {
      at += space[0].length;
      continue;
    }
    const date = match(DATE);
    const number = match(NUMBER);
    const reference = match(REFERENCE);
    const name = match(NAME);
    const sign = match(SIGN);
    if (source[at] === '"') {
      const end = source.indexOf('"', at + 1);
      if (end === -1) throw new ExpressionError('text-open', { at, length: source.length - at }, 'a text without an end', '"');
      push('text', source.slice(at + 1, end), end + 1 - at);
    } else if (date !== null) push('date', date[0], date[0].length);
    else if (number !== null) pushNumber(source, at, number[0], match, push, () => at);
    else if (reference !== null) push('reference', reference[0].slice(1).replace(/^\{|\}$/g, ''), reference[0].length);
    else if (name !== null) {
      push('name', name[0], name[0].length);
      const unit = name[0] === 'in' ? match(UNIT) : null;
      if (unit !== null) push('unit', bare(unit), unit[0].length);
    } else if (sign !== null) push('sign', SIGNS[sign[0]] ?? sign[0], sign[0].length);
    else {
      const found = String.fromCodePoint(source.codePointAt(at) as number);
      throw new ExpressionError(
        'character',
        { at, length: found.length },
        `"${found}"`,
        'a number, a name, @reference, "text" or a sign',
      );
    }
  }
  words.push({ kind: 'end', text: '', at: source.length, length: 0 });
  return words;
}

/** A number, the multiple behind it, and its unit. */
function pushNumber(
  source: string,
  start: number,
  printed: string,
  match: (pattern: RegExp) => RegExpExecArray | null,
  push: (kind: Word['kind'], text: string, length: number, value?: number) => void,
  place: () => number,
): void {
  if (/^,\d{3}(?!\d)/.test(source.slice(start + printed.length)))
    throw new ExpressionError(
      'grouping',
      { at: start, length: printed.length + 4 },
      `"${source.slice(start, start + printed.length + 4)}"`,
      `${printed}_${source.slice(start + printed.length + 1, start + printed.length + 4)} for one number, or a space behind the comma for two`,
    );
  const plain = printed.replace(/[_\u00a0\u202f]/gu, '');
  const behind = /^[^\S\n]*(thousand|million|billion|trillion)\b/.exec(source.slice(start + printed.length));
  const times = MULTIPLES[behind?.[1] ?? ''] ?? 1;
  push(
    'number',
    behind === null ? plain : `${plain} ${behind[1]}`,
    printed.length + (behind?.[0].length ?? 0),
    Number(plain) * times,
  );
  const unit = match(UNIT);
  const word = unit?.[1] ?? '';
  const isCall = unit !== null && source[place() + unit[0].length] === '(';
  if (unit !== null && !KEYWORDS.has(word) && !isCall) push('unit', bare(unit), unit[0].length);
}

const bare = (unit: RegExpExecArray): string => (unit[1] ?? '').replace(/^`|`$/g, '');
