/**
 * How each kind of zone looks on a map: colour, pattern and outline, any one of which is enough to tell it.
 *
 * The colours go from dark to light with the strictness of protection. Their order stays under each kind of colour
 * blindness and in grey print (tests hold them apart); in a bad copy the patterns do.
 */
import type { ZoneKind } from '../types.ts';

export interface ZoneStyle {
  fill: string;
  /** What is drawn over the fill in each tile of `TILE` pixels. */
  pattern: string;
  /** Width of the outline [px], and its dashes. */
  outline: number;
  dashes: string | null;
}

/** Outlines, letters and marks. */
export const INK = '#12302c';

/** Size of a tile of a pattern [px]. */
export const TILE = 8;

export const zoneStyles: Record<ZoneKind, ZoneStyle> = {
  core: {
    fill: '#1f625d',
    pattern: `<path d="M-2 2l4-4M0 8l8-8M6 10l4-4M-2 6l4 4M0 0l8 8M6-2l4 4" stroke="#fff" stroke-opacity=".3" stroke-width=".8"/>`,
    outline: 1.8,
    dashes: null,
  },
  buffer: {
    fill: '#8cc09a',
    pattern: `<path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke="${INK}" stroke-opacity=".55" stroke-width=".8"/>`,
    outline: 1.3,
    dashes: null,
  },
  transition: {
    fill: '#f6efd0',
    pattern: `<circle cx="2" cy="2" r=".7" fill="${INK}" fill-opacity=".5"/><circle cx="6" cy="6" r=".7" fill="${INK}" fill-opacity=".5"/>`,
    outline: 1.1,
    dashes: '6 2',
  },
};

/** The pattern of a kind of zone, to be filled over its colour as `url(#id)`. */
export function patternOf(kind: ZoneKind, id: string): string {
  return `<pattern id="${id}" width="${TILE}" height="${TILE}" patternUnits="userSpaceOnUse">${zoneStyles[kind].pattern}</pattern>`;
}
