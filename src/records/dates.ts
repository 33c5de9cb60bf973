/**
 * Days, months, years and spans of them, as people write them in four languages.
 *
 *     dateOf('12 мая 2023 г.')              // '2023-05-12'
 *     periodTextOf('12-14.05.2023')         // '2023-05-12/2023-05-14'
 *
 * Numbers stand day first (`05/12/2023` is the fifth of December), unless no such day can be.
 */
import { periodOf } from '../periods.ts';
import type { Period } from '../types.ts';
import { plain } from './words.ts';

/** Beginnings of the names of months: Russian, Kazakh, Turkish, English; the full list is in CLDR. */
const MONTHS: readonly string[][] = [
  ['январ', 'янв', 'қаңтар', 'қаң', 'ocak', 'oca', 'januar', 'jan'],
  ['феврал', 'фев', 'ақпан', 'ақп', 'şubat', 'şub', 'februar', 'feb'],
  ['март', 'мар', 'наурыз', 'нау', 'mart', 'march', 'mar'],
  ['апрел', 'апр', 'сәуір', 'сәу', 'nisan', 'nis', 'april', 'apr'],
  ['май', 'мая', 'мае', 'мамыр', 'мам', 'mayıs', 'mayis', 'may'],
  ['июн', 'маусым', 'мау', 'haziran', 'haz', 'june', 'jun'],
  ['июл', 'шілде', 'шіл', 'temmuz', 'tem', 'july', 'jul'],
  ['август', 'авг', 'тамыз', 'там', 'ağustos', 'ağu', 'august', 'aug'],
  ['сентябр', 'сен', 'қыркүйек', 'қыр', 'eylül', 'eyl', 'september', 'sep'],
  ['октябр', 'окт', 'қазан', 'қаз', 'ekim', 'eki', 'october', 'oct'],
  ['ноябр', 'ноя', 'қараша', 'қар', 'kasım', 'kas', 'november', 'nov'],
  ['декабр', 'дек', 'желтоқсан', 'жел', 'aralık', 'ara', 'december', 'dec'],
];

/** What stands beside a year or a date and means nothing more. */
const AROUND = /(?<![\p{L}])(года|году|год|гг|г|жылғы|жылы|жыл|жж|ж|yılı|yılında|yıl|year|y|от|күні|с|from)(?![\p{L}])\.?/giu;

const two = (n: number): string => String(n).padStart(2, '0');

/** ISO 8601 as exact as `text`: a day, a month or a year; `null` where it is none, or no such day is. */
export function dateOf(text: string): string | null {
  const clean = cleaned(text);
  const iso = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[t ]\d{1,2}:\d{2}.*)?$/i.exec(clean);
  if (iso !== null) return valid(Number(iso[1]), Number(iso[2]), iso[3] === undefined ? null : Number(iso[3]));
  if (/^\d{4}$/.test(clean)) return valid(Number(clean), null, null);
  const dotted = /^(\d{1,2})[./\-\s](\d{1,2})[./\-\s](\d{4}|\d{2})(?:\s\d{1,2}:\d{2}.*)?$/.exec(clean);
  if (dotted !== null) return dayFirst(Number(dotted[1]), Number(dotted[2]), fullYear(dotted[3] ?? ''));
  const yearFirst = /^(\d{4})[./](\d{1,2})[./](\d{1,2})$/.exec(clean);
  if (yearFirst !== null) return valid(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]));
  const month = /^(\d{1,2})[./](\d{4})$/.exec(clean);
  if (month !== null) return valid(Number(month[2]), Number(month[1]), null);
  return named(clean);
}

/** One date or a pair `a/b` with b included, as `periodOf` reads it; `null` where the text is neither. */
export function periodTextOf(text: string): string | null {
  const one = dateOf(text);
  if (one !== null) return one;
  const pair = pairOf(cleaned(text));
  if (pair === null) return null;
  const both = `${pair[0]}/${pair[1]}`;
  return periodOf(both) === null ? null : shortened(both);
}

/** The shortest text for the same period: `2023-01-01/2023-12-31` is `2023`. */
export function shortened(text: string): string {
  const period = periodOf(text);
  return period === null ? text : periodText(period);
}

/** The last day of a period that ends before `end`, ISO 8601. */
export function lastDay(end: string): string {
  return new Date(Date.parse(`${end}T00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** The shortest text that `periodOf` reads as `period`, as exact as its ends: a year, month or day, or a pair of them. */
export function periodText(period: Period): string {
  const [start, end] = [period.start, lastDay(period.end)];
  for (const length of [4, 7, 10]) {
    const whole = start.slice(0, length);
    const span = periodOf(whole);
    if (span?.start === period.start && span.end === period.end) return whole;
  }
  const years = start.endsWith('-01-01') && end.endsWith('-12-31');
  if (years) return `${start.slice(0, 4)}/${end.slice(0, 4)}`;
  const months = start.endsWith('-01') && periodOf(end.slice(0, 7))?.end === period.end;
  return months ? `${start.slice(0, 7)}/${end.slice(0, 7)}` : `${start}/${end}`;
}

function cleaned(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u200B-\u200D\u2060\uFEFF\u00AD«»"“”]/g, '')
    .replace(/[‐-―−]/g, '-')
    .replace(AROUND, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\s*-\s*/g, '-')
    .replace(/^[\s,;(]+|[\s,;.)]+$/g, '');
}

function pairOf(text: string): [string, string] | null {
  const days = /^(\d{1,2})-(\d{1,2})[. ](.+)$/.exec(text); // 12-14.05.2023, 12-14 мая 2023
  if (days !== null)
    return ends(
      dateOf(`${days[1]}.${days[3]}`) ?? dateOf(`${days[1]} ${days[3]}`),
      dateOf(`${days[2]}.${days[3]}`) ?? dateOf(`${days[2]} ${days[3]}`),
    );
  const english = /^(\p{L}+) (\d{1,2})-(\d{1,2}),? (\d{4})$/u.exec(text); // May 12-14, 2023
  if (english !== null)
    return ends(dateOf(`${english[1]} ${english[2]} ${english[4]}`), dateOf(`${english[1]} ${english[3]} ${english[4]}`));
  const parts = text.split(/\s(?:по|до|to|until|дейін|бастап|ve)\s|\//u);
  const whole = parts.length === 2 ? parts : halves(text);
  if (whole === null) return null;
  const [first = '', second = ''] = whole.map((part) => part.trim());
  const end = dateOf(second);
  if (end === null) return null;
  const year = end.slice(0, 4);
  return ends(dateOf(first) ?? dateOf(`${first}.${year}`) ?? dateOf(`${first} ${year}`), end); // 28.04 - 02.05.2023, апрель-май 2023
}

/** The two sides of the hyphen by which a text falls into halves: the only one, or the middle one. */
function halves(text: string): [string, string] | null {
  const parts = text.split('-');
  if (parts.length < 2 || parts.length % 2 === 1) return null;
  const middle = parts.length / 2;
  return [parts.slice(0, middle).join('-'), parts.slice(middle).join('-')];
}

function ends(start: string | null, end: string | null): [string, string] | null {
  return start === null || end === null ? null : [start, end];
}

/** `12 мая 2023`, `2023 12 мамыр`, `May 12, 2023`, `май 2023`: one name of a month, a year, perhaps a day. */
function named(text: string): string | null {
  const words = plain(text)
    .replace(/(\d+)(st|nd|rd|th)\b/g, '$1')
    .split(' ');
  const names = words.filter((word) => !/^\d+$/.test(word));
  const numbers = words.filter((word) => /^\d+$/.test(word));
  const years = numbers.filter((number) => number.length === 4);
  const days = numbers.filter((number) => number.length <= 2);
  const [year] = years;
  if (names.length !== 1 || year === undefined || years.length > 1 || days.length > 1) return null;
  const month = MONTHS.findIndex((beginnings) => beginnings.some((beginning) => isMonth(names[0] ?? '', plain(beginning))));
  return month === -1 ? null : valid(Number(year), month + 1, days[0] === undefined ? null : Number(days[0]));
}

/** A name of a month may have an ending; a short form may not be the beginning of another word. */
function isMonth(word: string, beginning: string): boolean {
  return (
    word === beginning ||
    (beginning.length >= 4 && word.startsWith(beginning) && word.length <= beginning.length + 4) ||
    (beginning.length === 3 && /^(июн|июл)/.test(beginning) && word.startsWith(beginning) && word.length <= 4)
  );
}

function dayFirst(a: number, b: number, year: number): string | null {
  return valid(year, b, a) ?? valid(year, a, b);
}

/** Two digits of a year: of this century up to 49, else of the last. */
function fullYear(text: string): number {
  const year = Number(text);
  return text.length === 4 ? year : year < 50 ? 2000 + year : 1900 + year;
}

function valid(year: number, month: number | null, day: number | null): string | null {
  if (year < 1700 || year > 2200) return null;
  const iso = `${year}${month === null ? '' : `-${two(month)}`}${day === null ? '' : `-${two(day)}`}`;
  return periodOf(iso) === null ? null : iso;
}
