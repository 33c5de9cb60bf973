/**
 * The sheet that a map stands on: title, frame, what lies in it and around it.
 */
import type { Lang } from '../types.ts';
import { angleText } from './angle-text.ts';
import { escaped } from './escaped.ts';
import type { Frame } from './map-frame.ts';
import { wrapped } from './wrapped-text.ts';
import { INK } from './zone-style.ts';

export interface MapSheet {
  id: string;
  frame: Frame;
  lang: Lang;
  title: string;
  /** Of the whole drawing [px]. */
  width: number;
  /** Where the foot ends [px]. */
  bottom: number;
  /** Elements for `<defs>`. */
  defs: string;
  /** What the picture shows, for those who do not see it. */
  description: string;
  /** What is cut off at the frame. */
  map: string;
  /** What is not. */
  around: string;
}

const TITLE_SIZE = 15;

/** Room for labels around the frame [px]. */
export const MARGIN = 18;

/** Where the frame begins, below the title [px]. */
export function titleHeight(title: string, width: number): number {
  return titleLines(title, width).length * (TITLE_SIZE + 4) + MARGIN + 2;
}

/** The whole drawing: no script, no style sheet, no outside address. */
export function drawMapSheet({ id, frame, lang, title, width, bottom, defs, description, map, around }: MapSheet): string {
  const height = Math.ceil(bottom + 4);
  const { left: x, top, height: h, width: w } = frame;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" lang="${lang}" `,
    `aria-labelledby="${id}-title ${id}-desc" font-family="'Noto Sans','Segoe UI','DejaVu Sans',sans-serif">`,
    `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-desc">${escaped(description)}</desc>`,
    `<defs>${defs}<clipPath id="${id}-frame"><rect x="${x}" y="${top}" width="${w}" height="${h}"/></clipPath></defs>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...titleLines(title, width).map(titleLine),
    `<g clip-path="url(#${id}-frame)">${map}</g>`,
    `<rect x="${x}" y="${top}" width="${w}" height="${h}" fill="none" stroke="${INK}"/>`,
    `${around}</svg>`,
  ].join('');
}

/** The centre of a map as its foot and description say it. */
export function centreText(frame: Frame, lang: Lang): string {
  const [lon, lat] = frame.projection.centre;
  return `${angleText(lang, lat, 'lat', 'minutes')}, ${angleText(lang, lon, 'lon', 'minutes')}`;
}

function titleLines(title: string, width: number): string[] {
  return title === '' ? [] : wrapped(title, width - 2 * MARGIN, TITLE_SIZE, 'bold');
}

function titleLine(line: string, i: number): string {
  return `<text x="${MARGIN}" y="${TITLE_SIZE + 3 + i * (TITLE_SIZE + 4)}" font-size="${TITLE_SIZE}" font-weight="700" fill="${INK}">${escaped(line)}</text>`;
}
