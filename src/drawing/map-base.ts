/**
 * The ground that a map stands on: land and sea, borders, lakes and rivers, made light for the size of the drawing.
 *
 *     const { ground, countries } = drawBase(base, frame, { home: ['KZ'], id });
 *
 * Lines that countries share are drawn once. The lines of the base are generalised: where that would be seen, borders are
 * bands as broad as their uncertainty, and water, whose shores would be wrong beside the zones, is left out.
 */
import type { Position } from '../types.ts';
import { type Frame, groundLength } from './map-frame.ts';
import { clippedLine, clippedRing, inPixels, lightLine, type Pixel } from './map-light-line.ts';
import { pathOf } from './svg-path.ts';

/** What is needed of a base map: lines, and what is made of them; `~n` is line n backwards. */
export interface Base {
  lines: Position[][];
  countries: { code: string | null; polygons: number[][][] }[];
  lakes: number[][][];
  rivers: number[][];
  disputed: number[][];
}

/** What the frame shows of a country. */
export interface ShownCountry {
  code: string | null;
  rings: Pixel[][];
  /** [px²] */
  area: number;
}

export interface DrawnBase {
  /** Elements below everything else. */
  ground: string;
  countries: ShownCountry[];
  /** What is to be explained below the map. */
  shown: { border: boolean; band: boolean; disputed: boolean };
  /** Borders run through the map but are too uncertain for its scale. */
  tooCoarse: boolean;
}

/** 95 % of the corners of Kazakhstan's border lie within this of Natural Earth 1:10m, those of other countries nearer [m]. */
export const BASE_ERROR = 2600;

export const baseColours = { sea: '#c6dbe7', land: '#efede6', home: '#fffef9', line: '#59615e', water: '#7fa3bb' } as const;

/** Shores and borders are lines where their error is less than this, bands up to that, and left out beyond [px]. */
const LINE_UP_TO = 3;
const BAND_UP_TO = 13;
const TOLERANCE = 0.3;
/** Tangent of half the angle to the antipode beyond which nothing is drawn: 100 degrees from the centre. */
const FARTHEST = 2 * Math.tan((100 * Math.PI) / 360);

/** From this width on `pixels` show borders as lines, with land and water [m]. */
export function leastWidth(pixels: number): number {
  return (BASE_ERROR * pixels) / LINE_UP_TO;
}

/** Draws the part of `base` that the frame shows; countries in `home` are lighter than their neighbours. */
export function drawBase(base: Base, frame: Frame, { home }: { home: string[] }): DrawnBase {
  const lines = lightLines(base, frame);
  const error = (BASE_ERROR * frame.width) / groundLength(frame, frame.width);
  const fine = error <= LINE_UP_TO;
  const countries = base.countries.flatMap(({ code, polygons }): ShownCountry[] => {
    const rings = polygons.flatMap((polygon) => polygon.flatMap((ring) => shownRing(ring, lines, frame)));
    return rings.length === 0 ? [] : [{ code, rings, area: rings.reduce((sum, ring) => sum + areaOf(ring), 0) }];
  });
  const { borders, coasts } = linesByUse(base, lines);
  const disputed = base.disputed.flatMap((ring) => joined(ring, lines));
  const crossing = drawn([...borders, ...disputed], frame);
  const band = !fine && error <= BAND_UP_TO;
  const shown = {
    border: (fine || band) && drawn(borders, frame) !== '',
    band,
    disputed: (fine || band) && drawn(disputed, frame) !== '',
  };
  return {
    ground: (fine ? fineGround : coarseGround)(base, frame, { lines, countries, home, borders, coasts, disputed, error, band }),
    countries,
    shown,
    tooCoarse: !fine && !band && crossing !== '',
  };
}

interface Ground {
  lines: Pixel[][][];
  countries: ShownCountry[];
  home: string[];
  borders: Pixel[][];
  coasts: Pixel[][];
  disputed: Pixel[][];
  error: number;
  band: boolean;
}

function fineGround(
  { lakes, rivers }: Base,
  frame: Frame,
  { lines, countries, home, borders, coasts, disputed }: Ground,
): string {
  const { left, top, width, height } = frame;
  const rings = (list: ShownCountry[]): string => list.flatMap(({ rings }) => rings.map((ring) => closed(ring))).join('');
  const isHome = ({ code }: ShownCountry): boolean => code !== null && home.includes(code);
  const { sea, land, home: homeFill, line, water } = baseColours;
  const lakeRings = lakes.flatMap((polygon) =>
    polygon.flatMap((ring) => shownRing(ring, lines, frame).map((points) => closed(points))),
  );
  return [
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${sea}"/>`,
    path(rings(countries.filter((country) => !isHome(country))), `fill="${land}" fill-rule="evenodd"`),
    path(rings(countries.filter(isHome)), `fill="${homeFill}" fill-rule="evenodd"`),
    path(
      drawn(
        rivers.flatMap((river) => joined(river, lines)),
        frame,
      ),
      `fill="none" stroke="${water}" stroke-width=".7" stroke-linejoin="round"`,
    ),
    path(lakeRings.join(''), `fill="${sea}" stroke="${water}" stroke-width=".5" fill-rule="evenodd"`),
    path(drawn(coasts, frame), `fill="none" stroke="${water}" stroke-width=".8" stroke-linejoin="round"`),
    path(drawn(borders, frame), `fill="none" stroke="${line}" stroke-width="1.1" stroke-linejoin="round"`),
    path(drawn(disputed, frame), `fill="none" stroke="${land}" stroke-width="1.5"`),
    path(drawn(disputed, frame), `fill="none" stroke="${line}" stroke-width="1.1" stroke-dasharray="3 2.5"`),
  ].join('');
}

/** Nothing but bands where borders run. */
function coarseGround(_: Base, frame: Frame, { borders, disputed, error, band }: Ground): string {
  if (!band) return '';
  const stroke = `fill="none" stroke="${baseColours.line}" stroke-opacity=".2" stroke-width="${(2 * error).toFixed(1)}" stroke-linejoin="round"`;
  return path(drawn(borders, frame), stroke) + path(drawn(disputed, frame), `${stroke} stroke-dasharray="10 6"`);
}

/** Around a line: its first position, and how far it goes from there at most [rad]. */
interface Reach {
  from: Position;
  radius: number;
}

const reaches = new WeakMap<Base, Reach[]>();

/** A line is farther from the frame than this before only every so many of its positions are taken. */
const SPARSE = 16;
const RADIANS = Math.PI / 180;

function reachesOf(base: Base): Reach[] {
  const known =
    reaches.get(base) ??
    base.lines.map((line) => ({
      from: line[0] ?? [0, 0],
      radius: Math.max(0, ...line.map((to) => angle(line[0] as Position, to))),
    }));
  reaches.set(base, known);
  return known;
}

/** Between two places, on a sphere [rad]. */
function angle([lon, lat]: Position, [toLon, toLat]: Position): number {
  const half =
    Math.sin(((toLat - lat) * RADIANS) / 2) ** 2 +
    Math.cos(lat * RADIANS) * Math.cos(toLat * RADIANS) * Math.sin(((toLon - lon) * RADIANS) / 2) ** 2;
  return 2 * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** The lines of a base, those that the frame does not show with few positions: they only close rings. */
function linesNear(base: Base, frame: Frame): Position[][] {
  const { left, top, width, height, projection } = frame;
  const corners = [left, left + width].flatMap((x) =>
    [top, top + height].map((y) => angle(projection.centre, frame.toPosition(x, y))),
  );
  const radius = Math.max(...corners) * 1.1 + 0.01;
  const around = reachesOf(base);
  return base.lines.map((line, i) => {
    const reach = around[i] as Reach;
    if (angle(projection.centre, reach.from) - reach.radius < radius) return line;
    return line.filter((_, k) => k % SPARSE === 0 || k === line.length - 1);
  });
}

/** Each line in pixels and light, in pieces where parts of it are only cuts along the antimeridian or around a pole. */
function lightLines(base: Base, frame: Frame): Pixel[][][] {
  const project = (position: Position): Pixel => {
    const pixel = frame.toPixels(position);
    return pixel.every(Number.isFinite) ? pixel : [1e7, 1e7]; // the other end of the earth
  };
  const light = (line: Position[]): Pixel[] => lightLine(inPixels(line, project), TOLERANCE);
  return linesNear(base, frame).map((line) => [light(line), ...withoutSeams(line).map(light)]);
}

/** The pieces of a line between its cuts, or the line itself. */
function withoutSeams(line: Position[]): Position[][] {
  const onCut = ([a, b]: Position, [c, d]: Position): boolean =>
    (Math.abs(a) > 179.99 && Math.abs(c) > 179.99) || (Math.abs(b) > 89.9 && Math.abs(d) > 89.9);
  if (!line.some((to, i) => i > 0 && onCut(line[i - 1] as Position, to))) return [];
  const pieces: Position[][] = [];
  for (const [i, to] of line.entries()) {
    const from = line[i - 1];
    if (from === undefined || onCut(from, to)) pieces.push([to]);
    else pieces[pieces.length - 1]?.push(to);
  }
  return pieces.map((piece) => (piece.length > 1 ? piece : []));
}

/** The pixels of a ring or line that is made of lines. */
function ringOf(numbers: number[], lines: Pixel[][][]): Pixel[] {
  return numbers.flatMap((number, i) => {
    const whole = lines[number < 0 ? ~number : number]?.[0] ?? [];
    const line = number < 0 ? whole.toReversed() : whole;
    return i === 0 ? line : line.slice(1);
  });
}

/** Pieces of lines to be stroked. */
function joined(numbers: number[], lines: Pixel[][][]): Pixel[][] {
  return numbers.flatMap((number) => piecesOf(lines[number < 0 ? ~number : number] ?? []));
}

const piecesOf = ([whole, ...pieces]: Pixel[][]): Pixel[][] =>
  pieces.length > 0 ? pieces.filter((piece) => piece.length > 1) : whole === undefined ? [] : [whole];

/** What the frame shows of a ring: none or one; a ring on the far side of the earth would turn inside out. */
function shownRing(numbers: number[], lines: Pixel[][][], frame: Frame): Pixel[][] {
  const ring = ringOf(numbers, lines);
  const [x0, y0] = [frame.left + frame.width / 2, frame.top + frame.height / 2];
  const far = FARTHEST * frame.scale;
  if (ring.every(([x, y]) => Math.hypot(x - x0, y - y0) > far)) return [];
  const shown = clippedRing(ring, frame);
  return shown.length < 3 ? [] : [shown];
}

/** Lines between two countries, and those with a country on one side only. */
function linesByUse({ countries }: Base, lines: Pixel[][][]): { borders: Pixel[][]; coasts: Pixel[][] } {
  const users = new Map<number, number[]>();
  for (const [c, { polygons }] of countries.entries()) {
    for (const number of polygons.flat(2)) {
      const line = number < 0 ? ~number : number;
      users.set(line, [...(users.get(line) ?? []), c]);
    }
  }
  const [borders, coasts]: [Pixel[][], Pixel[][]] = [[], []];
  for (const [line, [one, two]] of users) {
    if (one === two) continue; // between two parts of one country
    (two === undefined ? coasts : borders).push(...piecesOf(lines[line] ?? []));
  }
  return { borders, coasts };
}

function drawn(lines: Pixel[][], frame: Frame): string {
  return lines
    .flatMap((line) => clippedLine(line, frame))
    .map((line) => pathOf(tenths(line)))
    .join('');
}

const closed = (ring: Pixel[]): string => pathOf(tenths(ring), { closed: true });
const tenths = (line: Pixel[]): number[] => line.flat().map((pixel) => Math.round(pixel * 10));
const path = (d: string, attributes: string): string => (d === '' ? '' : `<path d="${d}" ${attributes}/>`);

function areaOf(ring: Pixel[]): number {
  return Math.abs(
    ring.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = ring[(i + 1) % ring.length] as Pixel;
      return sum + (x * nextY - nextX * y) / 2;
    }, 0),
  );
}
