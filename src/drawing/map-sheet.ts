/**
 * The sheet that a map stands on: title, frame, what lies in it and around it, legend, scale and source below.
 */
import { date as dateText, number, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import { angleText } from './angle-text.ts';
import { drawFoot, type LegendItem } from './map-foot.ts';
import { type Frame, groundLength } from './map-frame.ts';
import { drawTitle, svgSheet } from './svg-sheet.ts';
import { INK } from './zone-style.ts';

interface MapSheet {
  id: string;
  frame: Frame;
  lang: Lang;
  title: string;
  /** Of the whole drawing [px]. */
  width: number;
  /** Elements for `<defs>`. */
  defs: string;
  /** What the picture shows, for those who do not see it. */
  description: string;
  /** What is cut off at the frame. */
  map: string;
  /** What is not. */
  around: string;
  legend: LegendItem[];
  source: string;
  /** Of the source or of the drawing, ISO 8601. */
  date: string;
  /** What else is to be said below the map. */
  notes: string[];
}

const TITLE = { size: 15, margin: 18 };

/** Room for labels around the frame [px]. */
const MARGIN = TITLE.margin;

/** Where the frame of a map may stand: below the title, with room for labels around it [px]. */
export function roomForFrame(title: string, width: number, maxHeight: number) {
  return { left: MARGIN, top: drawTitle(title, width, TITLE).height + MARGIN + 2, width: width - 2 * MARGIN, maxHeight };
}

/** The whole drawing, as high as its foot needs. */
export function drawMapSheet({ id, frame, lang, title, width, defs, description, map, around, ...below }: MapSheet): string {
  const lines = [
    t(lang, 'map.source', { source: below.source, date: dateText(lang, below.date) }),
    t(lang, 'map.projection', { centre: centreText(frame, lang) }),
    ...below.notes,
  ];
  const foot = drawFoot(frame, below.legend, lines, { top: frame.top + frame.height + MARGIN + 8, width, lang });
  const window = `x="${frame.left}" y="${frame.top}" width="${frame.width}" height="${frame.height}"`;
  return svgSheet({
    id,
    title,
    lang,
    width,
    height: Math.ceil(foot.bottom + 4),
    defs: `${defs}<clipPath id="${id}-frame"><rect ${window}/></clipPath>`,
    description,
    body: [
      drawTitle(title, width, TITLE).svg,
      `<g clip-path="url(#${id}-frame)">${map}</g>`,
      `<rect ${window} fill="none" stroke="${INK}"/>`,
      around,
      foot.svg,
    ].join(''),
  });
}

/** The centre of a map as its foot and description say it. */
export function centreText(frame: Frame, lang: Lang): string {
  const [lon, lat] = frame.projection.centre;
  return `${angleText(lang, lat, 'lat', 'minutes')}, ${angleText(lang, lon, 'lon', 'minutes')}`;
}

/** How wide the ground is that a map shows, in round numbers. */
export function groundText(frame: Frame, lang: Lang): string {
  const kilometres = groundLength(frame, frame.width) / 1000;
  return t(lang, 'map.kilometres', { value: number(lang, Number(kilometres.toPrecision(2))) });
}
