/**
 * Latitudes and longitudes as people read them.
 *
 *     angleText('en', 50.5, 'lat', 'minutes')          // 50°30′ N
 *     angleText('en', -69.50417, 'lon', 'seconds')     // 69°30′15.0″ W
 *     decimalText('en', 50.5, 'lat')                   // 50.500000° N
 */
import { t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';

export type Axis = 'lat' | 'lon';
export type Precision = 'degrees' | 'minutes' | 'whole-seconds' | 'seconds';

/** Parts of a degree that each precision rounds to; the decimals of its last part; how many parts are written. */
const PRECISIONS: Record<Precision, { perDegree: number; decimals: number; parts: number }> = {
  degrees: { perDegree: 1, decimals: 0, parts: 1 },
  minutes: { perDegree: 60, decimals: 0, parts: 2 },
  'whole-seconds': { perDegree: 3600, decimals: 0, parts: 3 },
  seconds: { perDegree: 36_000, decimals: 1, parts: 3 },
};

/** Decimals of a degree that name a place to some 0.1 m. */
export const EXACT = 6;

/** `value` [deg] in degrees, minutes and seconds with its hemisphere; rounded as a whole, so that no part reads 60. */
export function angleText(lang: Lang, value: number, axis: Axis, precision: Precision): string {
  const { perDegree, decimals, parts } = PRECISIONS[precision];
  const units = Math.round(Math.abs(value) * perDegree);
  const degrees = Math.floor(units / perDegree);
  const minutes = Math.floor((units - degrees * perDegree) / (perDegree / 60));
  const seconds = (units - degrees * perDegree - minutes * (perDegree / 60)) / (perDegree / 3600);
  const written = [
    `${degrees}°`,
    `${String(minutes).padStart(2, '0')}′`,
    `${fixed(lang, seconds, decimals).padStart(decimals === 0 ? 2 : 3 + decimals, '0')}″`,
  ];
  return withHemisphere(lang, written.slice(0, parts).join(''), units === 0 ? 0 : value, axis);
}

/** `value` [deg] in decimal degrees with its hemisphere. */
export function decimalText(lang: Lang, value: number, axis: Axis, decimals = EXACT): string {
  return withHemisphere(lang, `${fixed(lang, Math.abs(value), decimals)}°`, value, axis);
}

function withHemisphere(lang: Lang, text: string, value: number, axis: Axis): string {
  if (value === 0 || (axis === 'lon' && Math.abs(value) === 180)) return text;
  const keys = axis === 'lat' ? (['atNorth', 'atSouth'] as const) : (['atEast', 'atWest'] as const);
  const words = t(lang, `rules.words.${keys[value > 0 ? 0 : 1]}`, { value: text });
  return words.replaceAll(' ', '\u00a0'); // stays on one line
}

function fixed(lang: Lang, value: number, decimals: number): string {
  return new Intl.NumberFormat(lang, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
}
