/**
 * Where the axes of a chart begin and end, and what is written at their ticks.
 *
 *     valueAxis([12, 47], { ticks: 5 })   // { domain: [10, 50], ticks: [10, 20, 30, 40, 50], step: 10 }
 *     tickText('ru', axis, 2_500_000)     // 2,5 млн
 */
import { t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import { textWidth } from './wrapped-text.ts';

interface ValueAxis {
  domain: [low: number, high: number];
  ticks: number[];
  step: number;
}

interface TimeAxis {
  /** Milliseconds of UTC, as all times here. */
  domain: [first: number, last: number];
  ticks: { at: number; text: string }[];
}

/** No measurement is larger; beyond this the arithmetic of a scale would overflow. */
const LARGEST = 1e100;

/** Nothing is smaller but zero; values nearer to it are drawn there. */
const LEAST = 1e-100;

/** A scale narrower than this part of its values would show rounding errors. */
const NARROWEST = 1e-9;

/** Numbers from here on are written short (2.5 million), and from there on as powers of ten. */
const SHORT_FROM = 1e6;
const POWERS_FROM = 1e15;
const POWERS_BELOW = 1e-4;

const YEAR = 31_556_952_000;
const YEAR_STEPS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000];

/** `value` as a chart can draw it. @throws RangeError when it is not finite or beyond all measure; `where` says which. */
export function drawable(value: number, where: string): number {
  if (!Number.isFinite(value) || Math.abs(value) > LARGEST) {
    throw new RangeError(
      `${where}: ${value} cannot be drawn; a chart takes numbers up to ${LARGEST}, and null where there is none`,
    );
  }
  return Math.abs(value) < LEAST ? 0 : value;
}

/** An axis with about `ticks` ticks at round numbers that holds `values`; from zero where `zero` says or they come near it. */
export function valueAxis(values: number[], { ticks: about, zero = false }: { ticks: number; zero?: boolean }): ValueAxis {
  let low = values.reduce((least, value) => Math.min(least, value), Infinity);
  let high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const nearZero = low >= 0 ? low <= high / 2 : high <= 0 && high >= low / 2;
  if (zero || nearZero) [low, high] = [Math.min(low, 0), Math.max(high, 0)];
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high - low <= NARROWEST * size) {
    const room = size === 0 ? 1 : size / 10;
    [low, high] = zero ? [Math.min(0, low), Math.max(0, high, room)] : [low - room, high + room];
  }
  const power = Math.floor(Math.log10((high - low) / about));
  const factor = [1, 2, 5, 10].find((n) => n * 10 ** power * about >= (high - low) * (1 - 1e-12)) ?? 10;
  const at = (i: number): number => (power < 0 ? (i * factor) / 10 ** -power : i * factor * 10 ** power);
  const step = at(1);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => at(first + i) + 0); // no minus zero
  return { domain: [ticks[0] as number, ticks[ticks.length - 1] as number], ticks, step };
}

/** A tick as readers of `lang` write it, with as many decimals as tell it from the next. */
export function tickText(lang: Lang, { domain, step }: ValueAxis, value: number): string {
  const size = Math.max(Math.abs(domain[0]), Math.abs(domain[1]));
  return numberText(lang, value, size, step);
}

/** A value as it stands beside a bar or dot: three digits or whole, short where it is long. */
export function valueText(lang: Lang, value: number): string {
  const size = Math.abs(value);
  if (size < LEAST) return numberText(lang, 0, 0, 1);
  const step = 10 ** (Math.floor(Math.log10(size)) - 2);
  return numberText(lang, value, size, size < SHORT_FROM ? Math.min(step, 1) : step);
}

function numberText(lang: Lang, value: number, size: number, step: number): string {
  return withMinus(shortest(lang, value, size, step));
}

/** A minus sign as long as a plus, not a hyphen. */
export function withMinus(text: string): string {
  return text.replaceAll('-', '\u2212');
}

function shortest(lang: Lang, value: number, size: number, step: number): string {
  if (value === 0) return new Intl.NumberFormat(lang).format(0);
  const decimals = (unit: number): number => Math.min(20, Math.max(0, Math.ceil(Math.log10(unit / step) - 1e-9)));
  if (size >= POWERS_FROM || size < POWERS_BELOW) {
    const power = Math.floor(Math.log10(Math.abs(value)) + 1e-12);
    return new Intl.NumberFormat(lang, {
      notation: 'scientific',
      maximumFractionDigits: Math.min(6, decimals(10 ** power)),
    }).format(value);
  }
  if (size < SHORT_FROM) return new Intl.NumberFormat(lang, { maximumFractionDigits: decimals(1) }).format(value);
  const unit = 1000 ** Math.floor(Math.log10(Math.abs(value)) / 3 + 1e-12);
  return new Intl.NumberFormat(lang, { notation: 'compact', maximumFractionDigits: decimals(unit) }).format(value);
}

/** The time that an ISO 8601 year, month or day begins. @throws RangeError; `where` says which series. */
export function timeOf(iso: string, where: string): number {
  const time = /^\d{4}(-\d{2}(-\d{2}(T.*)?)?)?$/.test(iso) ? Date.parse(iso) : Number.NaN;
  if (Number.isNaN(time)) throw new RangeError(`${where}: "${iso}" is not a date; expected a year, or a day as 2024-07-31`);
  return time;
}

/** Ticks at the beginnings of years, at months where `times` lie within two years; labels fit into `width` [px]. */
export function timeAxis(times: number[], { width, size, lang }: { width: number; size: number; lang: Lang }): TimeAxis {
  const least = times.reduce((first, time) => Math.min(first, time), Infinity);
  const most = times.reduce((last, time) => Math.max(last, time), -Infinity);
  const [first, last] = least === most ? [least - YEAR / 2, most + YEAR / 2] : [least, most];
  const [from, to] = [new Date(least).getUTCFullYear(), new Date(most).getUTCFullYear()];
  const mostLabels = Math.max(1, Math.floor(width / (textWidth('2000', size) + 10)));
  const wholeYears = times.every((time) => time === beginningOf(new Date(time).getUTCFullYear()));
  if (!wholeYears && last - first < 2 * YEAR) return { domain: [first, last], ticks: monthTicks(times, width, size, lang) };
  const step = YEAR_STEPS.find((years) => (to - from) / years < mostLabels) ?? 5000;
  const start = wholeYears && step === 1 ? from : Math.ceil(from / step) * step;
  const years = Array.from({ length: Math.max(0, Math.floor((to - start) / step) + 1) }, (_, i) => start + i * step);
  const ticks = years
    .map((year) => ({ at: beginningOf(year), text: String(year) }))
    .filter(({ at }) => at >= first && at <= last);
  return { domain: [first, last], ticks };
}

/** The dates themselves, as many as there is room for. */
function monthTicks(times: number[], width: number, size: number, lang: Lang): TimeAxis['ticks'] {
  const format = new Intl.DateTimeFormat(lang, { year: 'numeric', month: 'short', timeZone: 'UTC' });
  const months = [...new Set(times.map((time) => `${new Date(time).toISOString().slice(0, 7)}`))].sort();
  const all = months.map((month) => ({
    at: Math.max(Date.parse(month), Math.min(...times)),
    text: format.format(Date.parse(month)),
  }));
  const longest = Math.max(...all.map(({ text }) => textWidth(text, size))) + 10;
  const every = Math.max(1, Math.ceil((all.length * longest) / width));
  return all.filter((_, i) => i % every === 0);
}

function beginningOf(year: number): number {
  return Date.parse(`${String(year).padStart(4, '0')}-01-01`);
}

/** Names in one line, the first few of many. */
export function someOf(lang: Lang, names: string[], { most = 12, separator = ', ' } = {}): string {
  const list = names.slice(0, most).join(separator);
  return names.length <= most ? list : t(lang, 'chart.and-more', { names: list, count: names.length - most });
}
