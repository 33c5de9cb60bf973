/**
 * What stands around the picture of a chart: title and unit above it, what has to be said below it.
 */
import type { Lang } from '../types.ts';
import type { Margins } from './chart-plot.ts';
import { escaped } from './escaped.ts';
import { drawTitle } from './svg-sheet.ts';
import { textWidth, wrapped } from './wrapped-text.ts';
import { INK } from './zone-style.ts';

/** What all charts are asked for. */
export interface ChartOptions {
  /** Above the chart; empty where a caption says it. */
  title: string;
  lang: Lang;
  /** Of the whole drawing [px]. */
  width?: number;
  height?: number;
}

const TITLE_SIZE = 14;
/** Of what is written in and around a picture [px]. */
export const TEXT_SIZE = 11;
const NOTE_SIZE = 9.5;
const NOTE_ROW = 12.5;
/** Width of a chart that nothing else is asked of [px]. */
export const PAPER_WIDTH = 720;
/** Free at the edges of the sheet [px]. */
export const MARGIN = 12;
const GREY = '#46544e';
/** A picture within its margins is so wide and high at least [px]. */
export const LEAST_ROOM = 40;

/** The title of a chart with `unit` below it, and where they end [px]. */
export function drawHead(title: string, unit: string, width: number): { svg: string; bottom: number } {
  const { svg, height } = drawTitle(title, width, { size: TITLE_SIZE, margin: MARGIN });
  const units = wrapped(unit, width - 2 * MARGIN, TEXT_SIZE);
  const top = 4 + height;
  const below = units.map((line, i) => textAt(MARGIN, top + 13 + i * 14, line, { fill: GREY }));
  return { svg: svg + below.join(''), bottom: top + units.length * 14 + (units.length === 0 ? 2 : 8) };
}

/** How high `notes` will be [px]. */
export function notesHeight(notes: string[], width: number): number {
  const rows = notes.flatMap((note) => wrapped(note, width - 2 * MARGIN, NOTE_SIZE)).length;
  return rows === 0 ? 0 : rows * NOTE_ROW + 4;
}

/** `notes` from `top` down. */
export function drawNotes(notes: string[], top: number, width: number): string {
  const rows = notes.flatMap((note) => wrapped(note, width - 2 * MARGIN, NOTE_SIZE));
  return rows.map((row, i) => textAt(MARGIN, top + 10 + i * NOTE_ROW, row, { size: NOTE_SIZE, fill: GREY })).join('');
}

/** A line of text; `end` and `middle` stand before and around x. A `halo` of a colour keeps it readable over lines. */
export function textAt(
  x: number,
  y: number,
  text: string,
  { size = TEXT_SIZE, fill = INK, anchor = 'start', halo = '', bold = false } = {},
): string {
  const more = [
    anchor === 'start' ? '' : ` text-anchor="${anchor}"`,
    halo === '' ? '' : ` stroke="${halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`,
    bold ? ' font-weight="700"' : '',
  ].join('');
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}"${more}>${escaped(text)}</text>`;
}

/** The widest of `texts` [px]. */
export function widest(texts: string[], size = TEXT_SIZE): number {
  return texts.reduce((most, text) => Math.max(most, textWidth(text, size)), 0);
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

/** @throws RangeError when the margins leave no room for the picture. */
export function requireRoom(margins: Margins, width: number, height: number): void {
  const room = Math.min(width - margins.left - margins.right, height - margins.top - margins.bottom);
  if (room < LEAST_ROOM) throw new RangeError(`a chart of ${width} by ${height} pixels has no room for its picture`);
}
