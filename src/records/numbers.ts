/**
 * Numbers as people type them: with spaces, a decimal comma, a unit or a currency behind them.
 *
 *     readNumber('12 500,50 тг', ',')   // { value: 12500.5, factor: 1, currency: 'KZT' }
 *     unitOf('Сумма, тыс. тенге')       // { rest: 'Сумма', factor: 1000, currency: 'KZT' }
 */

/** Words for currencies, ISO 4217, with those of our reserves and of their donors. */
const CURRENCIES: readonly [string, RegExp][] = [
  ['KZT', /(?<![\p{L}])(тенге|теңге|тнг|тг|тңг|kzt|tenge)(?![\p{L}])\.?|₸/giu],
  [
    'USD',
    /(?<![\p{L}])(долл(?:ар(?:ов|ы|а)?)?\.? ?(?:сша)?|ақш долл?ары|us dollars?|dollars?|usd|доллар)(?![\p{L}])\.?|us\$|\$/giu,
  ],
  ['EUR', /(?<![\p{L}])(евро|еуро|euros?|eur|avro)(?![\p{L}])\.?|€/giu],
  ['RUB', /(?<![\p{L}])(руб(?:л(?:ей|я|ь))?|росс?\.? руб\w*|rub|roubles?|rubles?|рубль)(?![\p{L}])\.?|₽/giu],
  ['TRY', /(?<![\p{L}])(türk lirası|lira(?:sı)?|try|tl|лира)(?![\p{L}])\.?|₺/giu],
  ['GBP', /(?<![\p{L}])(фунт\w* стерлингов|pounds?|gbp)(?![\p{L}])\.?|£/giu],
  ['CHF', /(?<![\p{L}])(швейцарск\p{L}* франк\p{L}*|chf)(?![\p{L}])\.?/giu],
  ['CNY', /(?<![\p{L}])(юан\p{L}*|cny|rmb)(?![\p{L}])\.?/giu],
];

const FACTORS: readonly [number, RegExp][] = [
  [1e9, /(?<![\p{L}])(млрд|миллиард\p{L}*|billions?|bn|milyar|mlyr)(?![\p{L}])\.?/giu],
  [1e6, /(?<![\p{L}])(млн|миллион\p{L}*|millions?|mln|mio|milyon)(?![\p{L}])\.?/giu],
  [1e3, /(?<![\p{L}])(тыс|тысяч\p{L}*|мың|thousands?|thous|bin)(?![\p{L}])\.?/giu],
];

/** What may stand behind a count and says nothing more. */
const COUNTED =
  /(?<![\p{L}])(чел(?:овек(?:а)?)?|адам|persons?|people|kişi|ед(?:иниц\p{L}*)?|шт(?:ук\p{L}*)?|дана|adet|раз(?:а)?|рет|kez|times?|га|ha|гектар\p{L}*|час(?:ов|а)?|км|экз)(?![\p{L}])\.?/giu;

/** What a text says of the numbers that it stands with. */
interface Unit {
  /** What is left of the text. */
  rest: string;
  factor: number;
  currency: string | null;
}

/** Factor and currency that a header or a number names, and the text without them. */
export function unitOf(text: string): Unit {
  let rest = text.normalize('NFKC');
  let currency: string | null = null;
  let factor = 1;
  for (const [code, pattern] of CURRENCIES) {
    const without = rest.replace(pattern, ' ');
    if (without === rest) continue;
    currency ??= code;
    rest = without;
  }
  for (const [by, pattern] of FACTORS) {
    const without = rest.replace(pattern, ' ');
    if (without === rest) continue;
    factor = by;
    rest = without;
    break;
  }
  rest = rest
    .replace(/\(\s*(?:в|in)?\s*[,.]?\s*\)|\[\s*\]/giu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/[\s,;:]+(в|in)\s*$/iu, '')
    .replace(/^[\s,;:.]+|[\s,;:.]+$/g, '');
  return { rest: /^(в|in)$/i.test(rest) ? '' : rest, factor, currency };
}

/** ISO 4217 for a word or code of a currency; `null` where the text is something else. */
export function currencyOf(text: string): string | null {
  if (/^[A-Z]{3}$/.test(text.trim())) return text.trim();
  const { rest, factor, currency } = unitOf(text);
  return rest === '' && factor === 1 ? currency : null;
}

/** A number with what stood behind it; `null` where the text is none, or where its comma or point can be read in two ways. */
export function readNumber(
  text: string,
  decimal: ',' | '.' | null,
): { value: number; factor: number; currency: string | null } | null {
  const { rest, factor, currency } = unitOf(text);
  const bare = rest
    .replace(COUNTED, ' ')
    .replace(/[*†‡]+$/, '')
    .replace(/[\s\u00A0\u2000-\u200A\u202F'’`]/g, '')
    .replace(/[−‒–—]/g, '-');
  const bracketed = /^\((.+)\)$/.exec(bare);
  const negative = bracketed !== null || bare.startsWith('-');
  const digits = (bracketed?.[1] ?? bare).replace(/^[-+]/, '');
  const value = numberOf(digits, decimal);
  return value === null ? null : { value: negative ? -value : value, factor, currency };
}

function numberOf(digits: string, decimal: ',' | '.' | null): number | null {
  if (/^\d+$/.test(digits)) return Number(digits);
  if (!/^\d[\d.,]*$/.test(digits)) return null;
  const marks = [...digits].filter((sign) => sign === ',' || sign === '.');
  const last = marks.at(-1) ?? '.';
  if (new Set(marks).size === 2) {
    const [whole = '', part = ''] = splitLast(digits, last);
    return isGrouped(whole, last === ',' ? '.' : ',') && /^\d*$/.test(part)
      ? Number(`${whole.replace(/[.,]/g, '')}.${part}`)
      : null;
  }
  if (marks.length > 1) return isGrouped(digits, last) ? Number(digits.replace(/[.,]/g, '')) : null;
  if (isGrouped(digits, last)) {
    // 12,500: thousands or decimals, as the other numbers of the column say
    if (decimal === null) return null;
    return decimal === last ? Number(digits.replace(last, '.')) : Number(digits.replace(last, ''));
  }
  return Number(digits.replace(last, '.'));
}

/** The decimal mark that the numbers of a column tell by themselves; `null` where they do not tell or contradict one another. */
export function decimalMark(texts: string[]): ',' | '.' | null {
  const told = new Set<',' | '.'>();
  for (const text of texts) {
    const bare = text.replace(/[^\d.,]/g, '');
    const marks = [...bare].filter((sign): sign is ',' | '.' => sign === ',' || sign === '.');
    const last = marks.at(-1);
    if (last === undefined) {
      if (/\d[\s\u00A0\u202F]\d{3}(\D|$)/.test(text)) continue;
    } else if (new Set(marks).size === 2) told.add(last);
    else if (marks.length > 1) told.add(last === ',' ? '.' : ',');
    else if (!isGrouped(bare, last)) told.add(last);
    else if (/\d[\s\u00A0\u202F]\d{3}/.test(text)) told.add(last); // 1 234,500
  }
  return told.size === 1 ? ([...told][0] ?? null) : null;
}

function splitLast(text: string, mark: string): [string, string] {
  const at = text.lastIndexOf(mark);
  return [text.slice(0, at), text.slice(at + 1)];
}

function isGrouped(digits: string, mark: string): boolean {
  return new RegExp(`^[1-9]\\d{0,2}(\\${mark}\\d{3})*$`).test(digits);
}
