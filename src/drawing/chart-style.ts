/**
 * How lines and bars of a chart are told apart: by colour, by dash and shape of the mark (lines), by tint and pattern (bars).
 *
 * Zones keep the fill that they have on maps. All lines are dark enough for a line on white (three to one).
 */
import type { ZoneKind } from '../types.ts';
import { INK, TILE, zoneStyles } from './zone-style.ts';

type Mark = 'circle' | 'square' | 'triangle' | 'diamond' | 'wye';

export interface LineStyle {
  stroke: string;
  dashes: string | null;
  mark: Mark;
  /** Of the mark. */
  fill: string;
}

export interface BarStyle {
  fill: string;
  /** Too dark for dark letters. */
  dark: boolean;
  /** Drawn over the fill in each tile of `TILE` pixels; empty where there is none. */
  pattern: string;
}

/** What is drawn as a line or a bar: a zone, or anything else by its place in the list. */
interface Styled {
  zone?: ZoneKind | null;
}

export const zoneLines: Record<ZoneKind, LineStyle> = {
  core: { stroke: '#1f625d', dashes: null, mark: 'circle', fill: zoneStyles.core.fill },
  buffer: { stroke: '#3d7d50', dashes: '9 3', mark: 'square', fill: zoneStyles.buffer.fill },
  transition: { stroke: '#9a6b1a', dashes: '2 3', mark: 'triangle', fill: zoneStyles.transition.fill },
};

/** Of what is no zone; dashes and marks differ where colours do not, as in grey print. */
export const otherLines: readonly LineStyle[] = [
  { stroke: INK, dashes: null, mark: 'diamond', fill: '#fff' },
  { stroke: '#9b3d1f', dashes: '7 3', mark: 'square', fill: '#fff' },
  { stroke: '#2f5f99', dashes: '2 3', mark: 'circle', fill: '#fff' },
  { stroke: '#6d3f86', dashes: '10 3 2 3', mark: 'triangle', fill: '#fff' },
  { stroke: '#5b6b1c', dashes: '5 2', mark: 'wye', fill: '#fff' },
  { stroke: '#555f5c', dashes: '1 2', mark: 'diamond', fill: '#555f5c' },
  { stroke: '#9b3d1f', dashes: '14 4', mark: 'circle', fill: '#9b3d1f' },
  { stroke: '#2f5f99', dashes: '6 2 2 2 2 2', mark: 'square', fill: '#2f5f99' },
];

const stripes = (d: string, colour: string, opacity: number): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-opacity="${opacity}"/>`;

/** From dark to light and back, so that bars beside or above one another differ in grey print too. */
const barStyles: readonly BarStyle[] = [
  { fill: '#1f625d', dark: true, pattern: '' },
  { fill: '#e9d9a6', dark: false, pattern: stripes('M-2 2l4-4M0 8l8-8M6 10l4-4', INK, 0.5) },
  { fill: '#8cc09a', dark: false, pattern: '' },
  { fill: '#a4512f', dark: true, pattern: stripes('M2 0v8M6 0v8', '#fff', 0.55) },
  {
    fill: '#f3f1ea',
    dark: false,
    pattern: `<circle cx="2" cy="2" r="1" fill="${INK}"/><circle cx="6" cy="6" r="1" fill="${INK}"/>`,
  },
  { fill: '#7f96b8', dark: false, pattern: stripes('M-2 6l4 4M0 0l8 8M6-2l4 4', INK, 0.6) },
  { fill: '#4b4f58', dark: true, pattern: stripes('M0 2h8M0 6h8', '#fff', 0.5) },
  { fill: '#d7b9cf', dark: false, pattern: stripes('M0 0l8 8M0 8l8-8', INK, 0.4) },
];

/** A style for each of `series`, in their order; zones have their own, the rest take the list in turn. */
export function lineStyles(series: Styled[]): LineStyle[] {
  let other = 0;
  return series.map(({ zone }) => (zone ? zoneLines[zone] : (otherLines[other++ % otherLines.length] as LineStyle)));
}

/** A style for each of `series`, in their order; a zone looks as on a map. */
export function barStylesOf(series: Styled[]): BarStyle[] {
  let other = 0;
  return series.map(({ zone }) => {
    if (!zone) return barStyles[other++ % barStyles.length] as BarStyle;
    const { fill, pattern } = zoneStyles[zone];
    return { fill, dark: zone === 'core', pattern };
  });
}

/** The fill of `style` with its pattern, as `url(#id)`. */
export function barPattern({ fill, pattern }: BarStyle, id: string): string {
  const ground = `<rect width="${TILE}" height="${TILE}" fill="${fill}"/>`;
  return `<pattern id="${id}" width="${TILE}" height="${TILE}" patternUnits="userSpaceOnUse">${ground}${pattern}</pattern>`;
}

/** A mark around 0, 0 that is about 8 pixels large, as the `d` of a path. */
const MARKS: Record<Mark, string> = {
  circle: 'M3.6 0a3.6 3.6 0 1 1-7.2 0a3.6 3.6 0 1 1 7.2 0z',
  square: 'M-3.3-3.3h6.6v6.6h-6.6z',
  triangle: 'M0-4.6l4.4 7.6h-8.8z',
  diamond: 'M0-4.8l4.2 4.8l-4.2 4.8l-4.2-4.8z',
  wye: 'M-3.4-3.4l6.8 6.8M3.4-3.4l-6.8 6.8',
};

/** The mark of a line at x, y [px]. */
export function drawMark({ mark, stroke, fill }: LineStyle, x: number, y: number): string {
  const place = `translate(${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10})`;
  return `<path d="${MARKS[mark]}" transform="${place}" fill="${fill}" stroke="${stroke}" stroke-width="1.4"/>`;
}

/** A piece of the line with its mark, around x, y [px]. */
export function drawSample(style: LineStyle, x: number, y: number, half = 13): string {
  const dashes = style.dashes === null ? '' : ` stroke-dasharray="${style.dashes}"`;
  const line = `<path d="M${x - half} ${y}h${2 * half}" fill="none" stroke="${style.stroke}" stroke-width="2"${dashes}/>`;
  return line + drawMark(style, x, y);
}
