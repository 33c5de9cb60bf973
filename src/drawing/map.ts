/**
 * The map of a zonation as one SVG drawing: for the review, the certificate and the web page alike.
 *
 *     const svg = drawMap({ zones, marks: [], lang: 'kk', title, date: '2026-11-23', source, width: 720 });
 *
 * Zones can be told by colour, by pattern and by outline; no script, no style sheet, no outside address.
 */
import { date as dateText, number, t } from '../i18n/index.ts';
import type { Lang, MultiPolygon, ZoneKind } from '../types.ts';
import { angleText } from './angle-text.ts';
import { escaped } from './escaped.ts';
import { drawGraticule } from './graticule.ts';
import { areaText, drawFoot, type LegendItem, markItems, zoneItems } from './map-foot.ts';
import { type Frame, frameAround, groundLength, reach } from './map-frame.ts';
import { drawMarks, type Mark, placeMarks } from './map-marks.ts';
import { localProjection } from './map-projection.ts';
import { drawingOrder, drawZones } from './map-zones.ts';
import { wrapped } from './wrapped-text.ts';
import { INK } from './zone-style.ts';

export interface MapZone {
  kind: ZoneKind;
  geometry: MultiPolygon | null;
  /** Shown in the legend, added up by kind where each zone of the kind has one [ha]. */
  areaHa?: number | null;
}

export interface MapOptions {
  zones: MapZone[];
  marks?: Mark[];
  lang: Lang;
  title: string;
  /** Of the zonation or of the drawing, ISO 8601. */
  date: string;
  /** Where the zones come from: a file, a decision. */
  source: string;
  /** Of the whole drawing [px]. */
  width: number;
  /** Of the map within its frame [px]. */
  maxHeight?: number;
}

const TITLE_SIZE = 15;
/** Room for labels around the frame [px]. */
const MARGIN = 18;

/**
 * The zones with graticule, legend, scale bar, north arrow, marks, date and source.
 * @throws RangeError when no zone has a geometry, a position is not a longitude and latitude, or the zones are spread
 * around the earth.
 */
export function drawMap(options: MapOptions): string {
  const { zones, marks = [], lang, title, date, source, width, maxHeight = Infinity } = options;
  const shapes = zones.flatMap(({ kind, geometry }) => (geometry?.coordinates ?? []).map((polygon) => ({ kind, polygon })));
  const outer = shapes.flatMap(({ polygon }) => polygon.slice(0, 1));
  if (!outer.some((ring) => ring.length > 0)) throw new RangeError('no zone has a geometry: there is nothing to draw a map of');
  const projection = localProjection(outer);
  const titleLines = title === '' ? [] : wrapped(title, width - 2 * MARGIN, TITLE_SIZE, 'bold');
  const top = titleLines.length * (TITLE_SIZE + 4) + MARGIN + 2;
  const frame = frameAround(projection, reach(projection, outer.flat()), {
    left: MARGIN,
    top,
    width: width - 2 * MARGIN,
    maxHeight,
  });

  const id = `map-${fingerprint(`${title} ${source} ${lang} ${width} ${projection.centre}`)}`;
  const { defs, drawn, dots } = drawZones(shapes, frame.toPixels, id);
  const net = drawGraticule(frame, lang, INK);
  const { placed, left } = placeMarks(marks, frame);
  const areas = areasByKind(zones);
  const items = [
    ...zoneItems(areas, lang, id),
    ...markItems(
      placed.map(({ mark }) => mark),
      lang,
    ),
    ...dotItem(dots, lang),
  ];
  const lines = [
    t(lang, 'map.source', { source, date: dateText(lang, date) }),
    t(lang, 'map.projection', { centre: centreText(frame, lang) }),
    ...(left > 0 ? [t(lang, 'map.marks-left', { count: left })] : []),
  ];
  const foot = drawFoot(frame, items, lines, { top: frame.top + frame.height + MARGIN + 8, width, lang });
  const height = Math.ceil(foot.bottom + 4);
  const { left: x, height: h, width: w } = frame;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" lang="${lang}" `,
    `aria-labelledby="${id}-title ${id}-desc" font-family="'Noto Sans','Segoe UI','DejaVu Sans',sans-serif">`,
    `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-desc">${escaped(description(frame, areas, placed.length, lang))}</desc>`,
    `<defs>${defs}<clipPath id="${id}-frame"><rect x="${x}" y="${top}" width="${w}" height="${h}"/></clipPath></defs>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...titleLines.map((line, i) => titleLine(line, i)),
    `<g clip-path="url(#${id}-frame)">${drawn}${net.net}</g>`,
    `<rect x="${x}" y="${top}" width="${w}" height="${h}" fill="none" stroke="${INK}"/>`,
    `${net.labels}${drawMarks(placed, INK)}${foot.svg}</svg>`,
  ].join('');
}

/** Kinds that are drawn, strictest first, with the sum of their areas where each is known [ha]. */
function areasByKind(zones: MapZone[]): [ZoneKind, number | null][] {
  return drawingOrder.toReversed().flatMap((kind): [ZoneKind, number | null][] => {
    const drawn = zones.filter((zone) => zone.kind === kind && zone.geometry !== null && zone.geometry.coordinates.length > 0);
    if (drawn.length === 0) return [];
    return [
      [kind, drawn.reduce<number | null>((sum, { areaHa = null }) => (sum === null || areaHa === null ? null : sum + areaHa), 0)],
    ];
  });
}

function dotItem(dots: number, lang: Lang): LegendItem[] {
  if (dots === 0) return [];
  const picture: LegendItem['picture'] = (x, y) => `<circle cx="${x}" cy="${y}" r="1.8" fill="#fff" stroke="${INK}"/>`;
  return [{ text: t(lang, 'map.dots', { count: dots }), picture }];
}

/** What the picture shows, for those who do not see it. */
function description(frame: Frame, areas: [ZoneKind, number | null][], marks: number, lang: Lang): string {
  const zones = areas.map(([kind, areaHa]) => t(lang, `zone.${kind}`) + (areaHa === null ? '' : ` (${areaText(lang, areaHa)})`));
  return t(lang, 'map.description', {
    zones: new Intl.ListFormat(lang, { type: 'unit' }).format(zones),
    centre: centreText(frame, lang),
    width: t(lang, 'map.kilometres', { value: number(lang, Number((groundLength(frame, frame.width) / 1000).toPrecision(2))) }),
    marks: number(lang, marks),
  });
}

function centreText(frame: Frame, lang: Lang): string {
  const [lon, lat] = frame.projection.centre;
  return `${angleText(lang, lat, 'lat', 'minutes')}, ${angleText(lang, lon, 'lon', 'minutes')}`;
}

function titleLine(line: string, i: number): string {
  return `<text x="${MARGIN}" y="${TITLE_SIZE + 3 + i * (TITLE_SIZE + 4)}" font-size="${TITLE_SIZE}" font-weight="700" fill="${INK}">${escaped(line)}</text>`;
}

/** Eight characters that differ for different maps on a page (FNV-1a). */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
