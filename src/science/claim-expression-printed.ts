/**
 * Numbers as sentences print them: how exact they are, what was said before them ("about", "more than"), and their unit.
 *
 *     printedNumbers('About 2,500 MW in 2022', { lang: 'en' })
 *     // [{ value: 2500, step: 100, hedge: 'about', unit: 'MW', … }, { value: 2022, isYear: true, … }]
 *
 * English, Russian, Kazakh and Turkish: each has its words, and its own comma.
 */

export type PrintedLang = 'en' | 'ru' | 'kk' | 'tr';

/** What a sentence says of a number; `exactly` where it says nothing. */
export type Hedge = 'exactly' | 'about' | 'almost' | 'more-than' | 'less-than' | 'at-least' | 'at-most';

export interface PrintedNumber {
  /** As it stands in the text, with its multiple; its place [UTF-16 units]. */
  text: string;
  at: number;
  value: number;
  /** Place of the last digit that counts: 1000 for 672,000; 0.1 for 3.6. */
  step: number;
  /** Whether `step` rests on zeros at the end of a whole number, which may be rounding or not. */
  zeros: boolean;
  hedge: Hedge;
  /** The word or sign behind it, without a hedge: `ha`, `%`, `MW`; `null` at the end of a sentence. */
  unit: string | null;
  /** Whether it is a year by its form and what stands round it. */
  isYear: boolean;
}

/** Number, with no-break and thin spaces, points, commas or apostrophes as groups, and the multiple behind. */
const NUMBER =
  /(?<![\p{L}\p{N}.,])(?:\d{1,3}(?:[.,'’\u00a0\u202f\u2009 ]\d{3}(?!\d))+|\d+)(?:[.,]\d+)?(?:[\u00a0\u202f ]?(thousand|million|billion|trillion|bn|mn|mln|тысяч\p{L}*|тыс\.?|миллион\p{L}*|млн\.?|миллиард\p{L}*|млрд\.?|трлн\.?|мың|bin|milyon|milyar|trilyon)(?!\p{L}))?/giu;

const MULTIPLES: readonly [pattern: RegExp, times: number][] = [
  [/^(thousand|тыс|мың|bin$)/iu, 1e3],
  [/^(billion|bn|миллиард|млрд|milyar)/iu, 1e9],
  [/^(trillion|трлн|trilyon)/iu, 1e12],
  [/^(million|mn|mln|миллион|млн|milyon)/iu, 1e6],
];

/** Words before a number, the longer ones first: "no more than" is not "more than". */
const BEFORE: readonly [Hedge, RegExp][] = [
  ['at-most', /(?<!\p{L})(?:no more than|not more than|at most|up to|не более(?: чем)?|не больше|до|en fazla|ең көбі)\s*$/iu],
  ['at-least', /(?<!\p{L})(?:no less than|no fewer than|not less than|at least|не менее(?: чем)?|не меньше|en az|кемінде)\s*$/iu],
  ['almost', /(?<!\p{L})(?:almost|nearly|close to|just under|почти|без малого|neredeyse|дерлік)\s*$/iu],
  [
    'more-than',
    /(?<!\p{L})(?:more than|over|above|exceed(?:s|ed|ing)?|greater than|более(?: чем)?|больше|свыше|превы\p{L}+|>)\s*$/iu,
  ],
  ['less-than', /(?<!\p{L})(?:less than|fewer than|under|below|менее(?: чем)?|меньше|<)\s*$/iu],
  [
    'about',
    /(?:about|around|approximately|approx\.?|roughly|some|circa|ca\.|c\.|~|≈|около|примерно|приблизительно|порядка|yaklaşık|civarında|takriben|шамамен|жуық)\s*$/iu,
  ],
];

/** Endings and words behind a number, as Turkish and Kazakh say it. */
const BEHIND: readonly [Hedge, RegExp][] = [
  ['more-than', /^[-'’]?\p{L}{0,3}\s+(?:fazla|çok|üzeri\p{L}*|астам|артық|көп)/iu],
  ['less-than', /^[-'’]?\p{L}{0,3}\s+(?:az\b|аз(?!\p{L})|кем)/iu],
  ['almost', /^[-'’]?\p{L}{0,3}\s+yakın/iu],
  ['about', /^[-'’]?\p{L}{0,3}\s+(?:жуық|civarında|kadar|шамасында)/iu],
];

/** Numbers of a sentence in their order. @param options `lang`: how its commas are read, English where it is not given */
export function printedNumbers(text: string, { lang = 'en' }: { lang?: PrintedLang } = {}): PrintedNumber[] {
  return [...text.matchAll(NUMBER)].map((match) => {
    const [whole, multiple] = match;
    const digits = multiple === undefined ? whole : whole.slice(0, whole.length - multiple.length).trimEnd();
    const [before, behind] = [text.slice(0, match.index), text.slice(match.index + whole.length)];
    const times = MULTIPLES.find(([pattern]) => multiple !== undefined && pattern.test(multiple))?.[1] ?? 1;
    const { value, decimals, zeros } = numberOf(digits, lang);
    const unit = /^[\u00a0\u202f ]?(%|[°$€₸]|[\p{L}][\p{L}\d²³./]*)/u.exec(behind)?.[1]?.replace(/[.]$/u, '') ?? null;
    const hedge = BEFORE.find(([, pattern]) => pattern.test(before)) ?? BEHIND.find(([, pattern]) => pattern.test(behind));
    return {
      text: whole,
      at: match.index,
      value: Number(`${value}`) * times,
      step: Number(`${times}e${zeros - decimals}`),
      zeros: zeros > 0,
      hedge: hedge?.[0] ?? 'exactly',
      unit,
      isYear: times === 1 && isYear(digits, before, behind, unit),
    };
  });
}

/** The first number of what a claim states, such as "about 2,500 MW", "≥ 1" or ">= 61.1 %"; `null` where it states none. */
export function printedNumber(text: string, options: { lang?: PrintedLang } = {}): PrintedNumber | null {
  const sign = /^\s*(>=|≥|<=|≤|>|<|=)\s*/u.exec(text);
  const hedges: Readonly<Record<string, Hedge>> = {
    '>=': 'at-least',
    '≥': 'at-least',
    '<=': 'at-most',
    '≤': 'at-most',
    '>': 'more-than',
    '<': 'less-than',
  };
  const [first] = printedNumbers(sign === null ? text : text.slice(sign[0].length), options);
  if (first === undefined) return null;
  const negative = /[-−]\s*$/u.test(text.slice(0, (sign?.[0].length ?? 0) + first.at));
  return { ...first, value: negative ? -first.value : first.value, hedge: hedges[sign?.[1] ?? ''] ?? first.hedge };
}

/** The number that digits with separators stand for, its decimals and the zeros at the end of a whole number. */
function numberOf(digits: string, lang: PrintedLang): { value: number; decimals: number; zeros: number } {
  const plain = digits.replace(/['’\u00a0\u202f\u2009 ]/gu, '');
  const [comma, point] = [plain.split(',').length - 1, plain.split('.').length - 1];
  let decimal = '';
  if (comma > 0 && point > 0) decimal = plain.lastIndexOf(',') > plain.lastIndexOf('.') ? ',' : '.';
  else if (comma === 1) decimal = lang === 'en' && /,\d{3}$/u.test(plain) && !/^0,/u.test(plain) ? '' : ',';
  else if (point === 1) decimal = lang === 'tr' && /\.\d{3}$/u.test(plain) && !/^0\./u.test(plain) ? '' : '.';
  const [whole = '', part = ''] = decimal === '' ? [plain] : plain.split(decimal);
  const bare = whole.replace(/[.,]/gu, '');
  const zeros = part === '' && Number(bare) !== 0 ? (/0*$/.exec(bare)?.[0].length ?? 0) : 0;
  return { value: Number(`${bare}${part === '' ? '' : `.${part}`}`), decimals: part.length, zeros };
}

/** Four digits from 1800 to 2100 without separator, behind a word of time or before one, or with nothing that is counted behind. */
function isYear(digits: string, before: string, behind: string, unit: string | null): boolean {
  if (!/^(?:1[89]\d\d|20\d\d|2100)$/u.test(digits)) return false;
  if (
    /(?:\b(?:in|since|by|of|from|until|till|to|between|and|year|during|after|before|end|mid)|(?:^|[^\p{L}])(?:в|с|к|до|по|за|год\p{L}*)|\d{4}\s*[-–—]|\()\s*$/iu.test(
      before,
    )
  )
    return true;
  return (
    unit === null ||
    /^(?:г|гг|год\p{L}*|ж|жыл\p{L}*|yıl\p{L}*|and|to|was|were|the)$/iu.test(unit) ||
    /^\s*[-–—]\s*\d{4}/u.test(behind)
  );
}
