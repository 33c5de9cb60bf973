/**
 * The scale bar: a round length that is true at the centre of the map.
 *
 *     scaleBar(frame, 200)   // { metres: 20000, pixels: 151.3 }
 */
import { number, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import { type Frame, groundLength } from './map-frame.ts';

export interface ScaleBar {
  /** 1, 2 or 5 times a power of ten [m]. */
  metres: number;
  pixels: number;
}

/** The longest round length that fits in `mostPixels`; measured on the ellipsoid through the map's centre. */
export function scaleBar(frame: Frame, mostPixels: number): ScaleBar {
  const metres = roundBelow(groundLength(frame, mostPixels));
  let pixels = (mostPixels * metres) / groundLength(frame, mostPixels);
  pixels *= metres / groundLength(frame, pixels); // a long bar is not quite in proportion
  return { metres, pixels };
}

/** 1, 2 or 5 times a power of ten, the largest up to `length`. */
function roundBelow(length: number): number {
  const power = 10 ** Math.floor(Math.log10(length));
  return power * (length >= 5 * power ? 5 : length >= 2 * power ? 2 : 1);
}

/** The bar with 0, half and the whole length written above it; its upper left corner at x, y [px]. */
export function drawScaleBar(bar: ScaleBar, [x, y]: [number, number], lang: Lang, ink: string): string {
  const unit = bar.metres >= 1000 ? 1000 : 1;
  const half = bar.pixels / 2;
  const at = (part: number): string => (x + part).toFixed(1);
  const label = (part: number, text: string): string => `<text x="${at(part)}" y="${y + 9}" text-anchor="middle">${text}</text>`;
  const whole = t(lang, unit === 1000 ? 'map.kilometres' : 'map.metres', { value: number(lang, bar.metres / unit) });
  return [
    `<g fill="${ink}" font-size="11">`,
    label(0, '0'),
    label(half, number(lang, bar.metres / unit / 2)),
    label(bar.pixels, whole),
    `<rect x="${at(0)}" y="${y + 14}" width="${half.toFixed(2)}" height="5" stroke="${ink}"/>`,
    `<rect x="${at(half)}" y="${y + 14}" width="${half.toFixed(2)}" height="5" fill="#fff" stroke="${ink}"/>`,
    '</g>',
  ].join('');
}
