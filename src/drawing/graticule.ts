/**
 * The net of parallels and meridians of a map, at round angles, with its labels outside the frame.
 *
 *     const net = graticule(frame);   // { step: { lat: 0.5, lon: 1 }, lines: [{ axis: 'lat', value: 50, line: [...] }, ...] }
 */
import type { Lang, Position } from '../types.ts';
import { type Axis, angleText, type Precision } from './angle-text.ts';
import { escaped } from './escaped.ts';
import { type Frame, isInFrame } from './map-frame.ts';
import { GRID, type Line } from './map-outlines.ts';
import { pathOf } from './svg-path.ts';
import { textWidth } from './wrapped-text.ts';

type Edge = 'left' | 'right' | 'bottom' | 'top';

export interface GraticuleLine {
  axis: Axis;
  /** [deg] */
  value: number;
  /** In tenths of a pixel; may run out of the frame. */
  line: Line;
  /** Where it leaves the frame [px]; `null` for a parallel that lies wholly in it, around a pole. */
  leaves: { edge: Edge; x: number; y: number } | null;
}

/** Round angles [arc seconds]. */
const STEPS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 18_000, 36_000, 54_000, 72_000, 108_000];

/** Lines are so far apart at least [px]: meridians farther, for their labels stand side by side. */
const APART = { lat: 50, lon: 84 };

/** Meridians that meet at a pole in the map [deg]. */
const AROUND_A_POLE = 30;

/** Positions that a line is drawn with, before those that a straight line can do without are left out. */
const SAMPLES = 96;

const LABEL_SIZE = 10;
const EDGES: Record<Axis, Edge[]> = { lat: ['left', 'right', 'bottom', 'top'], lon: ['bottom', 'top', 'left', 'right'] };

interface Range {
  south: number;
  north: number;
  /** East of the centre of the map [deg]. */
  west: number;
  east: number;
  pole: boolean;
}

/** The parallels and meridians that a frame shows. */
export function graticule(frame: Frame): { step: Record<Axis, number>; lines: GraticuleLine[] } {
  const range = rangeOf(frame);
  const { width, height } = frame;
  const step = {
    lat: stepFor((range.north - range.south) / height, Math.min(APART.lat * 1.8, Math.max(height / 5, APART.lat))),
    lon: range.pole ? AROUND_A_POLE : stepFor((range.east - range.west) / width, Math.max(width / 7, APART.lon)),
  };
  const [lon0] = frame.projection.centre;
  const parallels = multiples(range.south, range.north, step.lat).filter((lat) => Math.abs(lat) < 90);
  const meridians = range.pole ? multiples(-150, 180, step.lon) : multiples(lon0 + range.west, lon0 + range.east, step.lon);
  const margin = { lat: (range.north - range.south) / 10, lon: range.pole ? 0 : (range.east - range.west) / 10 };
  const bounds = {
    lon: [lon0 + range.west - margin.lon, lon0 + range.east + margin.lon] as const,
    lat: [Math.max(-90, range.south - margin.lat), Math.min(90, range.north + margin.lat)] as const,
  };
  const along = ([from, to]: readonly [number, number], at: (angle: number) => Position): [number, number][] =>
    Array.from({ length: SAMPLES + 1 }, (_, i) => frame.toPixels(at(from + ((to - from) * i) / SAMPLES)));
  return {
    step,
    lines: [
      ...parallels.map((lat) =>
        lineAt(
          frame,
          'lat',
          lat,
          along(bounds.lon, (lon) => [lon, lat]),
        ),
      ),
      ...meridians.map((lon) =>
        lineAt(
          frame,
          'lon',
          half(lon),
          along(bounds.lat, (lat) => [lon, lat]),
        ),
      ),
    ],
  };
}

/** Latitudes and longitudes that the frame shows. */
function rangeOf(frame: Frame): Range {
  const { left, top, width, height } = frame;
  const sides = Array.from({ length: 65 }, (_, i) => i / 64).flatMap((part): [number, number][] => [
    [left + part * width, top],
    [left + part * width, top + height],
    [left, top + part * height],
    [left + width, top + part * height],
  ]);
  const positions = sides.map(([x, y]) => frame.toPosition(x, y));
  const lats = positions.map(([, lat]) => lat);
  const lons = positions.map(([lon]) => half(lon - frame.projection.centre[0]));
  const range = { south: Math.min(...lats), north: Math.max(...lats), west: Math.min(...lons), east: Math.max(...lons) };
  for (const pole of [-90, 90]) {
    if (!isInFrame(frame, frame.toPixels([0, pole]))) continue;
    return { south: pole < 0 ? -90 : range.south, north: pole < 0 ? range.north : 90, west: -180, east: 180, pole: true };
  }
  return { ...range, pole: false };
}

/** The least round angle that is `pixels` wide where a pixel is `perPixel` degrees [deg]. */
function stepFor(perPixel: number, pixels: number): number {
  return (STEPS.find((step) => step / 3600 >= perPixel * pixels) ?? 108_000) / 3600;
}

function multiples(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  const parts = Math.round(step * 3600); // whole seconds, so that 50.5 is 50.5
  return Array.from({ length: Math.max(0, count) }, (_, i) => ((first + i) * parts) / 3600);
}

function lineAt(frame: Frame, axis: Axis, value: number, points: [number, number][]): GraticuleLine {
  const leavings = points.slice(1).flatMap((to, i) => crossing(frame, points[i] as [number, number], to));
  const leaves = EDGES[axis]
    .map((edge) => leavings.find((leaving) => leaving.edge === edge))
    .find((found) => found !== undefined);
  return {
    axis,
    value,
    line: straightened(points)
      .flat()
      .map((pixel) => Math.round(pixel * GRID)),
    leaves: leaves ?? null,
  };
}

/** Where a step crosses the frame. */
function crossing(frame: Frame, from: [number, number], to: [number, number]): NonNullable<GraticuleLine['leaves']>[] {
  if (isInFrame(frame, from) === isInFrame(frame, to)) return [];
  const { left, top, width, height } = frame;
  const sides: [Edge, 0 | 1, number][] = [
    ['left', 0, left],
    ['right', 0, left + width],
    ['top', 1, top],
    ['bottom', 1, top + height],
  ];
  return sides.flatMap(([edge, axis, at]) => {
    const part = (at - from[axis]) / (to[axis] - from[axis]);
    if (!(part >= 0 && part <= 1)) return [];
    const [x, y] = [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
    return isInFrame(frame, [x, y], -1e-6) ? [{ edge, x, y }] : [];
  });
}

/** Leaves out positions that lie within a twentieth of a pixel of the line between those kept. */
function straightened(points: [number, number][]): [number, number][] {
  const [first, last] = [points[0], points[points.length - 1]];
  if (first === undefined || last === undefined || points.length < 3) return points;
  const [dx, dy] = [last[0] - first[0], last[1] - first[1]];
  const length = Math.hypot(dx, dy);
  const off = points.map(([x, y]) =>
    length < 1 ? Math.hypot(x - first[0], y - first[1]) : Math.abs((x - first[0]) * dy - (y - first[1]) * dx) / length,
  );
  const far = off.reduce((best, distance, i) => (distance > (off[best] as number) ? i : best), 0);
  if ((off[far] as number) < 0.05) return [first, last];
  return [...straightened(points.slice(0, far + 1)), ...straightened(points.slice(far)).slice(1)];
}

/** The net, to be laid over the zones, and its labels around the frame. */
export function drawGraticule(frame: Frame, lang: Lang, ink: string): { net: string; labels: string } {
  const { step, lines } = graticule(frame);
  const taken: Record<Edge, [number, number][]> = { left: [], right: [], bottom: [], top: [] };
  const labels = fromTheMiddle(frame, lines).map(({ axis, value, leaves }) => {
    const text = angleText(lang, value, axis, precisionOf(step[axis]));
    if (leaves !== null) return label(frame, leaves, text, taken);
    return axis === 'lat' ? labelInside(frame, value, text) : '';
  });
  return {
    net: `<path d="${lines.map(({ line }) => pathOf(line)).join('')}" fill="none" stroke="${ink}" stroke-width=".6" stroke-opacity=".45"/>`,
    labels: `<g font-size="${LABEL_SIZE}" fill="${ink}" text-anchor="middle">${labels.join('')}</g>`,
  };
}

/** Labels near a corner are moved towards the middle and should yield to those that stand where they belong. */
function fromTheMiddle({ left, top, width, height }: Frame, lines: GraticuleLine[]): GraticuleLine[] {
  const distance = ({ leaves }: GraticuleLine): number => {
    if (leaves === null) return 0;
    const upright = leaves.edge === 'left' || leaves.edge === 'right';
    return upright ? Math.abs(leaves.y - top - height / 2) : Math.abs(leaves.x - left - width / 2);
  };
  return lines.toSorted((a, b) => distance(a) - distance(b));
}

/** A label outside the frame; none where it would run into another. */
function label(
  frame: Frame,
  leaves: NonNullable<GraticuleLine['leaves']>,
  text: string,
  taken: Record<Edge, [number, number][]>,
): string {
  const { edge, x, y } = leaves;
  const upright = edge === 'left' || edge === 'right';
  const room = textWidth(text, LABEL_SIZE) / 2;
  const [low, high] = upright ? [frame.top, frame.top + frame.height] : [frame.left, frame.left + frame.width];
  const at = Math.min(Math.max(upright ? y : x, low + room - 12), high - room + 12);
  if (taken[edge].some(([from, to]) => at + room > from && at - room < to)) return '';
  taken[edge].push([at - room, at + room]);
  if (!upright) return textAt(at, edge === 'bottom' ? frame.top + frame.height + 12 : frame.top - 5, text);
  const side = edge === 'left' ? frame.left - 5 : frame.left + frame.width + 12;
  return textAt(side, at, text, ` transform="rotate(-90 ${side.toFixed(1)} ${at.toFixed(1)})"`);
}

/** The label of a parallel around a pole stands on it, below the pole. */
function labelInside(frame: Frame, lat: number, text: string): string {
  const [x, y] = frame.toPixels([half(frame.projection.centre[0]), lat]);
  return textAt(x, y - 3, text, ' stroke="#fff" stroke-width="3" paint-order="stroke"');
}

function textAt(x: number, y: number, text: string, more = ''): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}"${more}>${escaped(text)}</text>`;
}

function precisionOf(step: number): Precision {
  const seconds = Math.round(step * 3600);
  return seconds % 3600 === 0 ? 'degrees' : seconds % 60 === 0 ? 'minutes' : 'whole-seconds';
}

/** An angle in -180 to 180 [deg]. */
function half(angle: number): number {
  return angle > 180 ? angle - 360 : angle <= -180 ? angle + 360 : angle;
}
