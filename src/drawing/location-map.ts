/**
 * Where a reserve lies: its country with the neighbours, other reserves, graticule and scale, as one SVG drawing.
 *
 *     const svg = drawLocationMap({ base, name: 'Қорғалжын', point: [69.5, 50.4], countries: ['KZ'], others: [], lang: 'kk', title, date, source, width: 720 });
 *
 * A reserve of several countries is shown with the region around it. Like all maps: no script, no style sheet, no outside
 * address.
 */
import { countryName, number, t } from '../i18n/index.ts';
import type { Lang, Position } from '../types.ts';
import { textAt } from './chart-sheet.ts';
import { fingerprint } from './fingerprint.ts';
import { drawGraticule } from './graticule.ts';
import type { MapZone } from './map.ts';
import { type Base, type DrawnBase, drawBase, leastWidth } from './map-base.ts';
import { baseItems } from './map-base-items.ts';
import { countryRings } from './map-extent.ts';
import type { LegendItem } from './map-foot.ts';
import { type Frame, frameAround, groundLength, isInFrame, reach } from './map-frame.ts';
import type { Pixel } from './map-light-line.ts';
import { drawCountryNames, roomBeside, type Taken } from './map-names.ts';
import { mapOutlines } from './map-outlines.ts';
import { localProjection } from './map-projection.ts';
import { drawMapSheet, groundText, roomForFrame } from './map-sheet.ts';
import { pathOf, pixels } from './svg-path.ts';
import { textWidth, wrapped } from './wrapped-text.ts';
import { INK, zoneStyles } from './zone-style.ts';

export interface LocationMapOptions {
  base: Base;
  /** Of the reserve, as it stands beside it. */
  name: string;
  /** Its zones; `point` is used where none has a geometry. */
  zones?: MapZone[];
  /** Its declared centre. */
  point?: Position | null;
  /** ISO 3166-1 alpha-2; several for a reserve across a border. */
  countries: string[];
  /** Other reserves of the country, as small dots. */
  others?: { name: string; point: Position }[];
  lang: Lang;
  title: string;
  /** ISO 8601. */
  date: string;
  source: string;
  /** Of the whole drawing [px]. */
  width: number;
  /** Of the map within its frame [px]. */
  maxHeight?: number;
}

/** Room for the neighbours, as a part of what the country takes. */
const AROUND = 1.08;
/** Around a reserve of several countries: so far to east and west at least, and so many times its own reach [km]. */
const REGION = { least: 600, times: 4, shape: 0.66 };
const EARTH_KM = 6371;
/** A reserve smaller than this has a ring around it [px]. */
const SEEN = 14;
/** Dots of other reserves: what they are drawn with, and how far around them nothing else may stand [px]. */
const OTHER = { radius: 2.6, room: 4, size: 9.5 };
const NAME_SIZE = 12;

/**
 * The map as SVG.
 * @throws RangeError when there is neither a geometry nor a point, or a position is not a longitude and latitude.
 */
export function drawLocationMap(options: LocationMapOptions): string {
  const { base, countries, others = [], lang, title, date, source, width, maxHeight = Infinity } = options;
  const zones = (options.zones ?? []).flatMap(({ geometry }) => geometry?.coordinates ?? []);
  const outer = zones.flatMap((polygon) => polygon.slice(0, 1)).filter(({ length }) => length > 0);
  const places = outer.length > 0 ? outer : options.point ? [[options.point]] : [];
  if (places.length === 0)
    throw new RangeError('the reserve has neither zones with a geometry nor a point: there is no place to show');
  const frame = frameOf(places, options, roomForFrame(title, width, maxHeight));

  const id = `map-${fingerprint(`location ${title} ${source} ${lang} ${width} ${frame.projection.centre} ${others.length}`)}`;
  const ground = drawBase(base, frame, { home: countries });
  const net = drawGraticule(frame, lang, INK);
  const taken: Taken[] = [];
  const reserve = outer.length > 0 ? drawOutline(zones, frame, taken) : drawPoint(places, frame, taken);
  const dots = others.map(({ name, point }) => ({ name, at: frame.toPixels(point) })).filter(({ at }) => isInFrame(frame, at, 3));
  taken.push(...dots.map(({ at }) => otherRoom(at)));
  const label = nameBeside(options.name, reserve.middle, frame, taken);
  const othersDrawn = dots.map(({ name, at }) => drawOther(name, at, frame, taken));
  const names = drawCountryNames(ground.countries, frame, { lang, home: countries, taken });
  const unnamed = othersDrawn.filter(({ named }) => !named).length;

  const legend: LegendItem[] = [
    { text: t(lang, 'map.this-reserve'), picture: reserve.picture },
    ...(dots.length === 0 ? [] : [{ text: t(lang, 'map.other-reserves'), picture: (x: number, y: number) => otherDot([x, y]) }]),
    ...baseItems(ground, lang),
  ];
  const notes = [
    t(lang, 'map.no-opinion'),
    ...(others.length > dots.length ? [t(lang, 'map.others-beyond', { count: others.length - dots.length })] : []),
    ...(unnamed > 0 ? [t(lang, 'map.names-left', { count: unnamed })] : []),
  ];
  return drawMapSheet({
    id,
    frame,
    lang,
    title,
    width,
    defs: '',
    description: describe(options, frame, ground, dots.length),
    map: ground.ground + net.net + reserve.drawn,
    around: net.labels + names + othersDrawn.map(({ svg }) => svg).join('') + label,
    legend,
    source,
    date,
    notes,
  });
}

/** The window on the country with its neighbours, or on the region around the reserve; never so small that the base fails. */
function frameOf(
  places: Position[][],
  { base, countries }: LocationMapOptions,
  at: { left: number; top: number; width: number; maxHeight: number },
): Frame {
  const own = localProjection(places);
  const rings = countries.length === 1 ? countryRings(base, countries, own.centre) : [];
  const region = Math.max(REGION.least / EARTH_KM, REGION.times * Math.max(...reach(own, places.flat())));
  const projection = rings.length === 0 ? own : localProjection([...rings, ...places]);
  const [x, y] = rings.length === 0 ? [region, region * REGION.shape] : reach(projection, [...rings, ...places].flat());
  const frame = frameAround(projection, [x * AROUND, y * AROUND], at);
  const wider = (1.01 * leastWidth(frame.width)) / groundLength(frame, frame.width);
  return wider <= 1
    ? frame
    : frameAround(projection, [frame.width, frame.height].map((side) => (side * wider * 0.45) / frame.scale) as Pixel, at);
}

interface DrawnReserve {
  drawn: string;
  /** Its middle [px], and how far its name stays from it. */
  middle: { at: Pixel; gap: number };
  picture: LegendItem['picture'];
}

/** All zones as one shape: at this size they cannot be told apart. */
function drawOutline(polygons: Position[][][], frame: Frame, taken: Taken[]): DrawnReserve {
  const outlines = mapOutlines(
    polygons.map((polygon) => ({ kind: 'core', polygon })),
    frame.toPixels,
  );
  const rings = outlines.flatMap(({ rings }) => rings);
  const dots = outlines.flatMap(({ dot }) => (dot === null ? [] : [dot]));
  const d =
    rings.map((ring) => pathOf(ring, { closed: true })).join('') + dots.map(([x, y]) => `M${pixels(x)} ${pixels(y)}h.1`).join('');
  const { fill } = zoneStyles.core;
  const line = `stroke-linejoin="round" stroke-linecap="round" fill-rule="nonzero"`;
  const drawn = `<path d="${d}" fill="${INK}" stroke="${INK}" stroke-width="2.6" ${line}/><path d="${d}" fill="${fill}" stroke="${fill}" stroke-width=".8" ${line}/>`;
  const all = polygons.flat(2).map((position) => frame.toPixels(position));
  const [left, right] = [Math.min(...all.map(([x]) => x)), Math.max(...all.map(([x]) => x))];
  const [top, bottom] = [Math.min(...all.map(([, y]) => y)), Math.max(...all.map(([, y]) => y))];
  const at: Pixel = [(left + right) / 2, (top + bottom) / 2];
  const size = Math.max(right - left, bottom - top);
  const ring = size < SEEN ? ringAround(at) : '';
  const half = Math.max(size < SEEN ? SEEN * 0.75 : 0, size / 2);
  taken.push([
    at[0] - Math.max(half, 3),
    Math.min(top, at[1] - (ring === '' ? 0 : half)),
    at[0] + Math.max(half, 3),
    Math.max(bottom, at[1] + (ring === '' ? 0 : half)),
  ]);
  const picture: LegendItem['picture'] = (x, y) =>
    `<rect x="${x - 9}" y="${y - 5.5}" width="18" height="11" rx="2" fill="${fill}" stroke="${INK}" stroke-width="1"/>`;
  return { drawn: drawn + ring, middle: { at, gap: (ring === '' ? (right - left) / 2 : half) + 5 }, picture };
}

/** The declared centre, where there is no map. */
function drawPoint(places: Position[][], frame: Frame, taken: Taken[]): DrawnReserve {
  const at = frame.toPixels(places[0]?.[0] as Position);
  const [x, y] = at;
  taken.push([x - 9, y - 9, x + 9, y + 9]);
  const picture = (px: number, py: number): string =>
    `<circle cx="${fixed(px)}" cy="${fixed(py)}" r="4" fill="${zoneStyles.core.fill}" stroke="#fff" stroke-width="1.2"/>${ringAround([px, py], 7.5)}`;
  return { drawn: picture(x, y), middle: { at, gap: 12 }, picture };
}

function ringAround([x, y]: Pixel, radius = SEEN * 0.75): string {
  const circle = `<circle cx="${fixed(x)}" cy="${fixed(y)}" r="${radius}" fill="none"`;
  return `${circle} stroke="#fff" stroke-width="3.4"/>${circle} stroke="${INK}" stroke-width="1.5"/>`;
}

/** The name of the reserve beside it. */
function nameBeside(name: string, { at, gap }: DrawnReserve['middle'], frame: Frame, taken: Taken[]): string {
  const lines = wrapped(name, 190, NAME_SIZE, 'bold');
  if (lines.length === 0) return '';
  const wide = Math.max(...lines.map((line) => textWidth(line, NAME_SIZE, 'bold')));
  const high = lines.length * (NAME_SIZE + 3);
  const size = { wide, high, gap };
  const room = roomBeside(at, frame, size, taken.slice(1)) ?? roomBeside(at, frame, size, []);
  if (room === null) return '';
  taken.push(room);
  const { x, anchor } = textIn(room, at);
  const style = { size: NAME_SIZE, bold: true, halo: '#fff', anchor };
  return lines.map((line, i) => textAt(x, room[1] + (i + 1) * (NAME_SIZE + 3) - 4, line, style)).join('');
}

/** A small dot with its name, where there is room for one. */
function drawOther(name: string, at: Pixel, frame: Frame, taken: Taken[]): { svg: string; named: boolean } {
  const size = { wide: textWidth(name, OTHER.size) * 0.92, high: OTHER.size + 2, gap: 6 };
  const own = otherRoom(at);
  const around = taken.filter((box) => !box.every((side, i) => side === own[i]));
  const room = roomBeside(at, frame, size, around);
  if (room === null) return { svg: otherDot(at), named: false };
  taken.push(room);
  const { x, anchor } = textIn(room, at);
  return { svg: otherDot(at) + textAt(x, room[3] - 2.5, name, { size: OTHER.size, halo: '#fff', anchor }), named: true };
}

/** How a text stands in the `room` that was found for it beside `at`: towards it, or in the middle above or below it. */
function textIn([left, , right]: Taken, [x]: Pixel): { x: number; anchor: 'start' | 'end' | 'middle' } {
  if (left >= x) return { x: left, anchor: 'start' };
  return right <= x ? { x: right, anchor: 'end' } : { x: (left + right) / 2, anchor: 'middle' };
}

function otherRoom([x, y]: Pixel): Taken {
  return [x - OTHER.room, y - OTHER.room, x + OTHER.room, y + OTHER.room];
}

function otherDot([x, y]: Pixel): string {
  return `<circle cx="${fixed(x)}" cy="${fixed(y)}" r="${OTHER.radius}" fill="${zoneStyles.buffer.fill}" stroke="${INK}"/>`;
}

/** What the picture shows, for those who do not see it. */
function describe({ name, countries, lang }: LocationMapOptions, frame: Frame, ground: DrawnBase, others: number): string {
  const list = (codes: string[]): string =>
    new Intl.ListFormat(lang, { type: 'conjunction' }).format(codes.map((code) => countryName(code, lang)));
  const around = ground.countries.flatMap(({ code }) => (code === null || countries.includes(code) ? [] : [code]));
  return t(lang, 'map.location-description', {
    name,
    countries: countries.length === 0 ? '–' : list(countries),
    neighbours: around.length === 0 ? '–' : list(around),
    width: groundText(frame, lang),
    others: number(lang, others),
  });
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
