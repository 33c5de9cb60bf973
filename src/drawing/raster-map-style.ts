/**
 * How the classes of a raster map are told apart: by their colours, and where two would be alike in grey print, by a pattern.
 *
 *     rasterStyles([{ color: '#787f1b', hatch: false, share: 0.4 }, …])
 *
 * Colours of legends come as they are. The pattern "hatch" means one thing only: not certain.
 */
import { INK } from './zone-style.ts';

/** What a style is made for. */
export interface Painted {
  /** `#rrggbb` */
  color: string;
  hatch: boolean;
  share: number | null;
}

export interface RasterStyle {
  color: string;
  /** Of the marks of the pattern. */
  ink: string;
  pattern: RasterPattern;
}

export type RasterPattern = 'none' | 'hatch' | 'dots' | 'back' | 'level' | 'upright' | 'grid';

/** A pattern repeats every so many pixels of the drawing. */
export const PATTERN_TILE = 8;

/** Whether a mark is at x, y [px], and the same as a path in a tile. */
const PATTERNS: Record<RasterPattern, { isMark(x: number, y: number): boolean; path: string }> = {
  none: { isMark: () => false, path: '' },
  hatch: { isMark: (x, y) => mod(x + y) < 1.5, path: 'M0 0h1.5l-1.5 1.5zM8 0v1.5l-6.5 6.5h-1.5z' },
  dots: { isMark: (x, y) => dot(x - 1, y - 1) || dot(x - 5, y - 5), path: 'M1 1h1.5v1.5h-1.5zM5 5h1.5v1.5h-1.5z' },
  back: { isMark: (x, y) => mod(x - y) < 1, path: 'M0 0h1l7 7v1zM0 7v1h1z' },
  level: { isMark: (_, y) => mod(y) < 1 || mod(y - 4) < 1, path: 'M0 0h8v1h-8zM0 4h8v1h-8z' },
  upright: { isMark: (x) => mod(x) < 1 || mod(x - 4) < 1, path: 'M0 0v8h1v-8zM4 0v8h1v-8z' },
  grid: { isMark: (x, y) => mod(x) < 1 || mod(y) < 1, path: 'M0 0h8v1h-7v7h-1z' },
};

const IN_TURN: readonly RasterPattern[] = ['none', 'dots', 'level', 'back', 'upright', 'grid'];

/** Lightnesses closer than this look alike in grey [L* of CIELAB]. */
const ALIKE = 10;
/** How much of the ink is in a mark. */
const MARK = 0.42;

/** A style for each class, in their order; the classes with most of the area keep plain colours. */
export function rasterStyles(classes: readonly Painted[]): RasterStyle[] {
  const order = classes.map((_, i) => i).sort((a, b) => (classes[b]?.share ?? 0) - (classes[a]?.share ?? 0) || a - b);
  const chosen: (RasterPattern | undefined)[] = classes.map(({ hatch }) => (hatch ? 'hatch' : undefined));
  const light = classes.map(({ color }) => lightness(color));
  for (const i of order) {
    if (chosen[i] !== undefined) continue;
    const nearest = (pattern: RasterPattern): number =>
      Math.min(...light.map((other, j) => (chosen[j] === pattern ? Math.abs(other - (light[i] as number)) : Infinity)));
    const apart = IN_TURN.find((pattern) => nearest(pattern) >= ALIKE);
    chosen[i] = apart ?? IN_TURN.reduce((best, pattern) => (nearest(pattern) > nearest(best) ? pattern : best));
  }
  return classes.map(({ color }, i): RasterStyle => {
    const over = (light[i] as number) < 55 ? '#ffffff' : INK;
    return { color, ink: mixed(color, over), pattern: chosen[i] ?? 'none' };
  });
}

/** Whether a pattern has a mark at x, y [px of the drawing]. */
export function isMark(pattern: RasterPattern, x: number, y: number): boolean {
  return PATTERNS[pattern].isMark(x, y);
}

/** The marks of a style for the legend, to be laid over its colour as `url(#id)`; empty for a plain one. */
export function stylePattern({ ink, pattern }: RasterStyle, id: string): string {
  const { path } = PATTERNS[pattern];
  if (path === '') return '';
  return `<pattern id="${id}" width="${PATTERN_TILE}" height="${PATTERN_TILE}" patternUnits="userSpaceOnUse"><path d="${path}" fill="${ink}"/></pattern>`;
}

/** Red, green and blue, 0-255. */
export function channels(color: string): [red: number, green: number, blue: number] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) as [number, number, number];
}

/** L* of CIELAB, 0-100, for sRGB and the white of D65 (IEC 61966-2-1; CIE 15). */
export function lightness(color: string): number {
  const [red, green, blue] = channels(color).map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const y = 0.2126729 * red + 0.7151522 * green + 0.072175 * blue;
  return y > 216 / 24389 ? 116 * Math.cbrt(y) - 16 : (24389 / 27) * y;
}

function mixed(color: string, over: string): string {
  const [a, b] = [channels(color), channels(over)];
  const parts = a.map((channel, i) => Math.round(channel * (1 - MARK) + (b[i] as number) * MARK));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function mod(value: number): number {
  return value - PATTERN_TILE * Math.floor(value / PATTERN_TILE);
}

function dot(x: number, y: number): boolean {
  return mod(x) < 1.5 && mod(y) < 1.5;
}
