/**
 * The sheet that a chart stands on: title, unit, the picture itself, what has to be said below it.
 */
import type { Lang } from '../types.ts';
import { escaped } from './escaped.ts';
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

export interface Sheet {
  id: string;
  title: string;
  lang: Lang;
  width: number;
  height: number;
  /** Elements for `<defs>`. */
  defs: string;
  body: string;
  /** What the picture shows, for those who do not see it. */
  description: string;
}

export const TITLE_SIZE = 14;
export const TEXT_SIZE = 11;
export const NOTE_SIZE = 9.5;
export const PAPER_WIDTH = 720;
export const MARGIN = 12;
const GREY = '#46544e';
const NOTE_ROW = 12.5;

/** Lines of text from `top` down: the title, and `unit` below it; and where they end [px]. */
export function drawHead(title: string, unit: string, width: number): { svg: string; bottom: number } {
  const titles = title === '' ? [] : wrapped(title, width - 2 * MARGIN, TITLE_SIZE, 'bold');
  const units = unit === '' ? [] : wrapped(unit, width - 2 * MARGIN, TEXT_SIZE);
  const top = 4 + titles.length * (TITLE_SIZE + 4);
  const lines = titles.map(
    (line, i) =>
      `<text x="${MARGIN}" y="${TITLE_SIZE + 3 + i * (TITLE_SIZE + 4)}" font-size="${TITLE_SIZE}" font-weight="700" fill="${INK}">${escaped(line)}</text>`,
  );
  const below = units.map((line, i) => textAt(MARGIN, top + 13 + i * 14, line, { fill: GREY }));
  return { svg: lines.join('') + below.join(''), bottom: top + units.length * 14 + (units.length === 0 ? 2 : 8) };
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

/** The whole drawing: no script, no style sheet, no outside address. */
export function sheet({ id, title, lang, width, height, defs, body, description }: Sheet): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" lang="${lang}" `,
    `aria-labelledby="${id}-title ${id}-desc" font-family="'Noto Sans','Segoe UI','DejaVu Sans',sans-serif">`,
    `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-desc">${escaped(description)}</desc>`,
    defs === '' ? '' : `<defs>${defs}</defs>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>${body}</svg>`,
  ].join('');
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

/** @throws RangeError when margins leave no room for the picture. */
export function requireRoom(
  box: { left: number; right: number; top: number; bottom: number },
  width: number,
  height: number,
): void {
  if (width - box.left - box.right < 40 || height - box.top - box.bottom < 40) {
    throw new RangeError(`a chart of ${width} by ${height} pixels has no room for its picture`);
  }
}
