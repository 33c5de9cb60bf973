/**
 * Values as observers write them: with a decimal comma, a dash or a word instead of a number, a sign of ice or of doubt beside it.
 *
 *     waterValue('12,3*', { decimal: ',' })    // { value: 12.3, low: null, high: null, marks: ['noted'] }
 *     waterValue('<0.5', { decimal: '.' })     // { value: null, low: 0, high: 0.5, marks: ['below'] }
 *     waterValue('сухо', { decimal: ',' })     // { value: null, …, marks: ['dry'] }: no water, but 0 only where the user says so
 */
import type { Mark, SeriesPoint } from './water-series.ts';

type Read = Pick<SeriesPoint, 'value' | 'low' | 'high' | 'marks'>;

/** Numbers that stand for "nothing": GRDC, WMO and the like. */
const SENTINELS = new Set([-999, -9999, -99.9, -99.99, -999.9, -999.99, -9999.9, -99999, 9999.999, 999.999, 99999, 1e20, -32768]);

const MISSING =
  /^(?:[-–—_.…]+|н\.?\s?[/.]?\s?д\.?|б\s?\/\s?д|нет(?:\s+(?:данных|св(?:едений|\.)?|наблюдений|набл\.?))?|не\s+набл\.?(?:юдал[а-я]*)?|пропуск|деректер\s+жоқ|дерек\s+жоқ|м\/ж|жоқ|veri\s+yok|yok|x|х|\*+|\?+|#n\/a|n\.?\s?[/.]?\s?a\.?|nan|null|none|nd|n\.d\.|no\s+data|missing|m)$/iu;
const DRY = /^(?:сух(?:о|ое)?|пересох(?:ла|ло)?|прсх\.?|құрғақ|құрғаған|kuru|dry|d)$/iu;
const FROZEN = /^(?:прмз\.?|промерз(?:ла|ло)?|мұз\s*қатқан|donmuş|frozen)$/iu;

/** Signs of ice beside a number: words of Russian and Kazakh tables, `B` of Canadian ones, `I` and `)` of Soviet yearbooks. */
const ICE =
  /(?:^|(?<=[\d\s.,]))(?:ледостав|лдст?\.?|лд\.?|лед|лёд|шуга|шугоход|ледоход|лдх\.?|забереги|заб\.?|сало|мұз|сең|buz|ice|ist|b|i|л|ш|з)$/iu;
const APPROXIMATE =
  /^(?:~|≈|ок\.?\s*|около\s+|примерно\s+|шамамен\s+|yaklaşık\s+|ca\.?\s*|about\s+)|(?:\?|\s*e|\s*прибл\.?|\s*расч\.?)$/iu;
const NOTED = /[*†‡¹²³⁾⁺#]+\)?$/u;

/** A number with one mark for decimals, spaces or the other mark between thousands; `null` where it is none. */
export function plainNumber(text: string, decimal: ',' | '.'): number | null {
  const bare = text.replace(/[\s\u00A0\u2009\u202F']/g, '').replace(/^[−‒–—]/, '-');
  if (!/^[-+]?[\d.,]+(?:e[-+]?\d{1,3})?$/i.test(bare)) return null;
  const other = decimal === ',' ? '.' : ',';
  const [mantissa = '', exponent] = bare.split(/e/i);
  const [whole = '', part, more] = mantissa.split(decimal);
  if (more !== undefined || part?.includes(other)) return null;
  if (whole.includes(other) && !new RegExp(`^[-+]?\\d{1,3}(\\${other}\\d{3})+$`).test(whole)) return null;
  const digits = `${whole.replaceAll(other, '')}${part === undefined ? '' : `.${part}`}`;
  const value = Number(exponent === undefined ? digits : `${digits}e${exponent}`);
  return digits === '' || !Number.isFinite(value) ? null : value;
}

/** What a cell says; `null` where it is neither a number nor one of the known words. An empty cell is missing. */
export function waterValue(
  written: string,
  { decimal = '.', dry = 'missing' }: { decimal?: ',' | '.'; dry?: 'missing' | 'zero' } = {},
): Read | null {
  const none = (mark: Mark, bounds: Partial<Read> = {}): Read => ({
    value: null,
    low: null,
    high: null,
    marks: [mark],
    ...bounds,
  });
  let text = written.trim();
  if (text === '' || MISSING.test(text)) return none('missing');
  if (DRY.test(text)) return dry === 'zero' ? none('dry', { value: 0 }) : none('dry');
  if (FROZEN.test(text)) return none('frozen');
  const limit = /^([<>≤≥]|менее|меньше|ниже|более|больше|выше|less than|more than)\s*(.+)$/iu.exec(text);
  if (limit !== null) {
    const bound = plainNumber(limit[2] ?? '', decimal);
    if (bound === null) return null;
    const below = /^(?:[<≤]|менее|меньше|ниже|less)/iu.test(text);
    return below ? none('below', { low: Math.min(0, bound), high: bound }) : none('above', { low: bound });
  }
  const marks = new Set<Mark>();
  const take = (pattern: RegExp, mark: Mark): void => {
    const rest = text.replace(pattern, '').trim();
    if (rest === text || rest === '') return;
    marks.add(mark);
    text = rest;
  };
  const bracketed = /^[([]\s*(.+?)\s*[)\]]$/u.exec(text); // brackets are doubt, never a minus: yearbooks of the USSR
  if (bracketed !== null) {
    text = bracketed[1] ?? '';
    marks.add('approximate');
  }
  take(/\s*[(:)Z]+$/u, 'ice'); // sludge, ice cover and drift of ice in the yearbooks
  take(NOTED, 'noted');
  take(ICE, 'ice');
  take(APPROXIMATE, 'approximate');
  take(NOTED, 'noted');
  const value = plainNumber(text, decimal);
  if (value === null) return null;
  if (SENTINELS.has(value)) return none('missing');
  return { value, low: null, high: null, marks: [...marks] };
}

/**
 * The decimal mark that the numbers of a table tell by themselves: `12,5` a comma, `1,234.5` a point. `null` where nothing but numbers
 * such as `1,234` is there, which can be read in two ways; `'.'` where no mark is there at all.
 */
export function decimalOf(texts: Iterable<string>): ',' | '.' | null {
  let [comma, dot, open] = [0, 0, 0];
  for (const text of texts) {
    const digits = /^[^\d]*([\d\s\u00A0.,]*\d)/u.exec(text)?.[1]?.replace(/[\s\u00A0]/g, '') ?? '';
    const marks = [...digits].filter((sign) => sign === ',' || sign === '.');
    const last = marks.at(-1);
    if (last === undefined) continue;
    if (new Set(marks).size === 2) last === ',' ? comma++ : dot++;
    else if (marks.length > 1) last === ',' ? dot++ : comma++;
    else if (/^[1-9]\d{0,2},\d{3}$/.test(digits)) open++;
    else if (last === ',') comma++;
    else dot++;
  }
  if (comma > 0 && dot > 0) return comma > dot ? ',' : '.'; // the few that fit not are told as unreadable
  if (comma > 0) return ',';
  return dot > 0 ? '.' : open > 0 ? null : '.';
}
