/**
 * Numbered circles at the places of findings and repairs, moved aside where they would cover one another.
 */
import { representativePoint } from '../science/representative-point.ts';
import type { Geometry, Position } from '../types.ts';
import { escaped } from './escaped.ts';
import { type Frame, isInFrame } from './map-frame.ts';

/** A numbered place; the number stands in a list beside the map. */
export interface Mark {
  label: string;
  kind: 'repair' | 'finding' | 'site';
  place: Geometry;
  /** Of a site; stands in the legend. */
  name?: string;
  /** Of a site: the themes of a map have a sign each. */
  sign?: number;
}

export interface PlacedMark {
  mark: Mark;
  /** Where its circle stands [px]. */
  x: number;
  y: number;
  /** The place itself, in the frame [px]. */
  at: [number, number];
  /** The place lies beyond the frame. */
  beyond: boolean;
}

export const RADIUS = 8.5;

/** Circles keep this distance from the edge of the frame and from one another [px]. */
const GAP = 2;

/** A circle is moved by this much at most [px]. */
const FARTHEST = 90;

/** More circles than this hide the map. */
const MOST_MARKS = 150;

/** One position that stands for a place: inside a polygon, in the middle of a line. */
export function placeOf(geometry: Geometry): Position | null {
  switch (geometry.type) {
    case 'Point':
      return geometry.coordinates;
    case 'LineString':
      return geometry.coordinates[geometry.coordinates.length >> 1] ?? null;
    case 'Polygon':
    case 'MultiPolygon':
      return placeInside(geometry);
  }
}

/** A ring that crosses itself or has no area has perhaps no inside: its first position stands for it. */
function placeInside(geometry: Extract<Geometry, { type: 'Polygon' | 'MultiPolygon' }>): Position | null {
  try {
    return representativePoint(geometry);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return (geometry.type === 'Polygon' ? geometry.coordinates[0] : geometry.coordinates[0]?.[0])?.[0] ?? null;
  }
}

/** Finds room for each mark, in their order; marks without a place or for which there is no room left are counted. */
export function placeMarks(marks: Mark[], frame: Frame): { placed: PlacedMark[]; left: number } {
  const placed: PlacedMark[] = [];
  for (const mark of marks.slice(0, MOST_MARKS)) {
    const position = placeOf(mark.place);
    if (position === null || !position.every(Number.isFinite)) continue;
    const pixels = frame.toPixels(position);
    const at = held(frame, pixels);
    const room = roomNear(at, frame, placed);
    if (room !== null) placed.push({ mark, x: room[0], y: room[1], at, beyond: !isInFrame(frame, pixels) });
  }
  return { placed, left: marks.length - placed.length };
}

/** The nearest point of the frame. */
function held({ left, top, width, height }: Frame, [x, y]: [number, number]): [number, number] {
  return [Math.min(Math.max(x, left), left + width), Math.min(Math.max(y, top), top + height)];
}

/** The free place nearest to `at` on rings around it. */
function roomNear(at: [number, number], frame: Frame, placed: PlacedMark[]): [number, number] | null {
  const margin = RADIUS + GAP;
  for (let radius = 0; radius <= FARTHEST; radius += 4) {
    const steps = radius === 0 ? 1 : Math.max(8, Math.round(radius / 2));
    for (let i = 0; i < steps; i++) {
      const angle = (2 * Math.PI * i) / steps - Math.PI / 4; // first to the upper right
      const [x, y] = [at[0] + radius * Math.cos(angle), at[1] + radius * Math.sin(angle)];
      const free = placed.every((other) => Math.hypot(other.x - x, other.y - y) >= 2 * RADIUS + GAP);
      if (free && isInFrame(frame, [x, y], margin)) return [x, y];
    }
  }
  return null;
}

/** The circles, with a line to the place where a circle stands aside, and an arrow where the place lies beyond the frame. */
export function drawMarks(placed: PlacedMark[], ink: string): string {
  if (placed.length === 0) return '';
  const moved = placed.filter(({ x, y, at }) => Math.hypot(x - at[0], y - at[1]) > RADIUS);
  const leader = (width: number, colour: string): string =>
    `<path d="${moved.map(({ x, y, at }) => `M${fixed(x)} ${fixed(y)}L${fixed(at[0])} ${fixed(at[1])}`).join('')}" fill="none" stroke="${colour}" stroke-width="${width}"/>`;
  const ends = moved.map(({ x, y, at, beyond }) => (beyond ? arrow([x, y], at, ink) : dot(at, ink))).join('');
  const leaders = moved.length === 0 ? '' : leader(3, '#fff') + leader(1.2, ink) + ends;
  return `<g>${leaders}${placed.map(({ mark, x, y }) => signOf(mark, x, y, ink)).join('')}</g>`;
}

/** Signs of sites: circle, square, diamond, hexagon, triangle; filled in the second round. Around 0, 0, to stand in `RADIUS`. */
const SIGNS = [
  'M8.5 0a8.5 8.5 0 1 1-17 0a8.5 8.5 0 1 1 17 0z',
  'M-7.8-7.8h15.6v15.6h-15.6z',
  'M0-10.6l10.6 10.6l-10.6 10.6l-10.6-10.6z',
  'M-4.8-8.3h9.6l4.8 8.3l-4.8 8.3h-9.6l-4.8-8.3z',
  'M0-11.5l11.2 18.6h-22.4z',
];

/** A mark at x, y: a circle, or the sign of a site's theme, with its number. */
export function signOf({ kind, label, sign = 0 }: Mark, x: number, y: number, ink: string): string {
  if (kind !== 'site') return circle(kind, label, x, y, ink);
  const filled = Math.floor(sign / SIGNS.length) % 2 === 1;
  const [fill, text] = filled ? [ink, '#fff'] : ['#fff', ink];
  const size = label.length > 2 ? 7.5 : 9.5;
  const low = sign % SIGNS.length === SIGNS.length - 1 ? 1.6 : 0; // a triangle is broad below
  return (
    `<path d="${SIGNS[sign % SIGNS.length]}" transform="translate(${fixed(x)} ${fixed(y)})" fill="${fill}" stroke="${ink}" stroke-width="1.6"/>` +
    `<text x="${fixed(x)}" y="${fixed(y + size * 0.36 + low)}" font-size="${size}" font-weight="700" text-anchor="middle" fill="${text}">${escaped(label)}</text>`
  );
}

/** A circle with its number: filled for what was changed, open for what is asked. */
export function circle(kind: 'repair' | 'finding', label: string, x: number, y: number, ink: string): string {
  const [fill, text] = kind === 'repair' ? [ink, '#fff'] : ['#fff', ink];
  const size = label.length > 2 ? 8 : 10.5;
  return (
    `<circle cx="${fixed(x)}" cy="${fixed(y)}" r="${RADIUS + 1.2}" fill="#fff"/>` +
    `<circle cx="${fixed(x)}" cy="${fixed(y)}" r="${RADIUS}" fill="${fill}" stroke="${ink}" stroke-width="1.6"/>` +
    `<text x="${fixed(x)}" y="${fixed(y + size * 0.36)}" font-size="${size}" font-weight="700" text-anchor="middle" fill="${text}">${escaped(label)}</text>`
  );
}

function dot([x, y]: [number, number], ink: string): string {
  return `<circle cx="${fixed(x)}" cy="${fixed(y)}" r="2.4" fill="${ink}" stroke="#fff"/>`;
}

/** A wedge at the edge of the frame, pointing away from the circle. */
function arrow([x, y]: [number, number], at: [number, number], ink: string): string {
  const angle = (Math.atan2(at[1] - y, at[0] - x) * 180) / Math.PI;
  return `<path d="M0 0l-7-4v8z" fill="${ink}" transform="translate(${fixed(at[0])} ${fixed(at[1])}) rotate(${fixed(angle)})"/>`;
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
