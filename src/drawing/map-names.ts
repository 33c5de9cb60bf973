/**
 * Names on a map, each where it has room.
 */
import { countryName } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import { textAt } from './chart-sheet.ts';
import type { ShownCountry } from './map-base.ts';
import { type Frame, isInFrame } from './map-frame.ts';
import type { Pixel } from './map-light-line.ts';
import { textWidth, wrapped } from './wrapped-text.ts';

/** A rectangle that is taken: left, top, right, bottom [px]. */
export type Taken = [left: number, top: number, right: number, bottom: number];

/** Whether a point of the frame lies in a country. */
type Mask = (point: Pixel) => boolean;

const SIZE = { home: 13, other: 10.5 };
const INK = '#4d5653';
/** Size of the cells by which is told what lies in a country [px]. */
const CELL = 3;
/** Candidates for the middle of a name lie so far apart [px]. */
const STEP = 7;
/** Smaller countries have no room for a name [px²]. */
const LEAST_AREA = 350;
/** A name lies in its country with this part of it at least. */
const LEAST_INSIDE = 0.75;
/** Distance of names from the frame [px]. */
const EDGE = 5;

/** Names of the countries that have room for them, the largest first; `taken` grows by them. */
export function drawCountryNames(
  countries: ShownCountry[],
  frame: Frame,
  { lang, home, taken }: { lang: Lang; home: string[]; taken: Taken[] },
): string {
  const isHome = ({ code }: ShownCountry): boolean => code !== null && home.includes(code);
  const inOrder = countries.toSorted((a, b) => Number(isHome(b)) - Number(isHome(a)) || b.area - a.area);
  return inOrder
    .map((country) => {
      if (country.code === null || country.area < LEAST_AREA) return '';
      const size = isHome(country) ? SIZE.home : SIZE.other;
      const lines = wrapped(countryName(country.code, lang), 110, size);
      const wide = Math.max(...lines.map((line) => textWidth(line, size))) * 0.92;
      const high = lines.length * (size + 2);
      const at = roomIn(country.rings, frame, { wide, high, taken });
      if (at === null) return '';
      taken.push([at[0] - wide / 2, at[1] - high / 2, at[0] + wide / 2, at[1] + high / 2]);
      return lines
        .map((line, i) =>
          textAt(at[0], at[1] - high / 2 + (i + 1) * (size + 2) - 4, line, {
            size,
            anchor: 'middle',
            fill: INK,
            halo: '#fff',
            bold: isHome(country),
          }),
        )
        .join('');
    })
    .join('');
}

/** The middle of a place for a name of this size: inside as far as can be, then far from the borders; `null` where there is none. */
function roomIn(
  rings: Pixel[][],
  frame: Frame,
  { wide, high, taken }: { wide: number; high: number; taken: Taken[] },
): Pixel | null {
  const isInside = maskOf(rings, frame);
  let best: { at: Pixel; score: number } | null = null;
  for (let y = frame.top + EDGE + high / 2; y <= frame.top + frame.height - EDGE - high / 2; y += STEP) {
    for (let x = frame.left + EDGE + wide / 2; x <= frame.left + frame.width - EDGE - wide / 2; x += STEP) {
      if (!isInside([x, y]) || !isFree([x - wide / 2, y - high / 2, x + wide / 2, y + high / 2], taken)) continue;
      const spots = [-0.5, -0.25, 0.25, 0.5].flatMap((part): Pixel[] =>
        [-0.5, 0.5].map((half) => [x + part * wide, y + half * high]),
      );
      const inside = spots.filter((spot) => isInside(spot)).length / spots.length;
      if (inside < LEAST_INSIDE || (best !== null && inside + 0.5 < best.score)) continue;
      const score = inside + Math.min(0.5, clearance([x, y], rings) / 200);
      if (best === null || score > best.score) best = { at: [x, y], score };
    }
  }
  return best?.at ?? null;
}

/** The part of the frame that rings take, in small boxes. */
export function takenBy(rings: Pixel[][], frame: Frame): Taken[] {
  const isTaken = maskOf(rings, frame);
  const boxes: Taken[] = [];
  for (let y = frame.top; y < frame.top + frame.height; y += STEP) {
    for (let x = frame.left; x < frame.left + frame.width; x += STEP) {
      if (isTaken([x + STEP / 2, y + STEP / 2])) boxes.push([x, y, x + STEP, y + STEP]);
    }
  }
  return boxes;
}

/** Whether nothing taken touches `box`. */
export function isFree([left, top, right, bottom]: Taken, taken: Taken[]): boolean {
  return taken.every(([l, t, r, b]) => right < l || left > r || bottom < t || top > b);
}

/** The first place beside `at` that is free and in the frame, for the lower left corner of a text; `null` where there is none. */
export function roomBeside(
  at: Pixel,
  frame: Frame,
  size: { wide: number; high: number; gap: number },
  taken: Taken[],
): Taken | null {
  const { wide, high, gap } = size;
  const [x, y] = at;
  const boxes: Taken[] = [
    [x + gap, y - high / 2, x + gap + wide, y + high / 2],
    [x - gap - wide, y - high / 2, x - gap, y + high / 2],
    [x - wide / 2, y - gap - high, x + wide / 2, y - gap],
    [x - wide / 2, y + gap, x + wide / 2, y + gap + high],
    [x + gap * 0.7, y - gap * 0.7 - high, x + gap * 0.7 + wide, y - gap * 0.7],
    [x - gap * 0.7 - wide, y + gap * 0.7, x - gap * 0.7, y + gap * 0.7 + high],
  ];
  const fits = ([left, top, right, bottom]: Taken): boolean =>
    isInFrame(frame, [left, top], 2) && isInFrame(frame, [right, bottom], 2);
  return boxes.find((box) => fits(box) && isFree(box, taken)) ?? null;
}

/** Which cells of the frame lie in a country: even-odd, row by row. */
function maskOf(rings: Pixel[][], { left, top, width, height }: Frame): Mask {
  const [columns, rows] = [Math.ceil(width / CELL), Math.ceil(height / CELL)];
  const cells = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const y = top + (row + 0.5) * CELL;
    const crossings = rings.flatMap((ring) =>
      ring.flatMap(([ax, ay], i): number[] => {
        const [bx, by] = ring[(i + 1) % ring.length] as Pixel;
        return ay > y === by > y ? [] : [((bx - ax) * (y - ay)) / (by - ay) + ax];
      }),
    );
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil(((crossings[i] as number) - left) / CELL - 0.5));
      const to = Math.min(columns, Math.ceil(((crossings[i + 1] as number) - left) / CELL - 0.5));
      if (from < to) cells.fill(1, row * columns + from, row * columns + to);
    }
  }
  return ([x, y]) => cells[Math.floor((y - top) / CELL) * columns + Math.floor((x - left) / CELL)] === 1;
}

/** Distance to the nearest corner of a border [px]: near enough for names. */
function clearance([x, y]: Pixel, rings: Pixel[][]): number {
  let least = Infinity;
  for (const ring of rings) for (const [px, py] of ring) least = Math.min(least, Math.hypot(px - x, (py - y) * 1.5));
  return least;
}
