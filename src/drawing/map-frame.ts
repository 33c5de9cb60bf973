/**
 * The window that a map looks through: which part of the projection falls on which pixel.
 */
import { geodesicDistance } from '../science/distances.ts';
import type { Position } from '../types.ts';
import type { Projection } from './map-projection.ts';

export interface Frame {
  /** Upper left corner and size [px]. */
  left: number;
  top: number;
  width: number;
  height: number;
  projection: Projection;
  /** Pixels for one unit of the projection. */
  scale: number;
  toPixels(position: Position): [x: number, y: number];
  toPosition(x: number, y: number): Position;
}

/** Free space around what is shown, as a part of the frame. */
const PADDING = 0.05;

/** A frame is at least so high and at most so high, in widths. */
const SHAPE = { least: 0.45, most: 1.2 };

/** Nothing is drawn larger than this: 200 m across the frame, in units of the projection. */
const SMALLEST = 200 / 6_371_000;

/** Half of the width and height that `positions` take around the centre of `projection`. */
export function reach(projection: Projection, positions: Iterable<Position>): [x: number, y: number] {
  let [x, y] = [0, 0];
  for (const position of positions) {
    const [px, py] = projection.project(position);
    x = Math.max(x, Math.abs(px));
    y = Math.max(y, Math.abs(py));
  }
  return [x, y];
}

/** The frame at `left`, `top`, `width` wide and at most `maxHeight` high, that shows `half` to all sides of the centre [px]. */
export function frameAround(
  projection: Projection,
  half: [x: number, y: number],
  at: { left: number; top: number; width: number; maxHeight: number },
): Frame {
  const { left, top, width } = at;
  const [halfX, halfY] = half.map((length) => Math.max(length, SMALLEST / 2) / (0.5 - PADDING) / 2) as [number, number];
  const height = Math.round(Math.min(Math.max((width * halfY) / halfX, SHAPE.least * width), SHAPE.most * width, at.maxHeight));
  const scale = Math.min(width / halfX, height / halfY) / 2;
  const [x0, y0] = [left + width / 2, top + height / 2];
  return {
    left,
    top,
    width,
    height,
    projection,
    scale,
    toPixels(position) {
      const [x, y] = projection.project(position);
      return [x0 + x * scale, y0 - y * scale];
    },
    toPosition: (x, y) => projection.unproject((x - x0) / scale, (y0 - y) / scale),
  };
}

/** How many metres on the ground lie in `pixels` to the east and west of the map's centre, as a geodesic. */
export function groundLength(frame: Frame, pixels: number): number {
  const [x, y] = [frame.left + frame.width / 2, frame.top + frame.height / 2];
  return geodesicDistance(frame.toPosition(x - pixels / 2, y), frame.toPosition(x + pixels / 2, y));
}

/** Whether x, y lies in the frame, `margin` from its edge at least [px]. */
export function isInFrame({ left, top, width, height }: Frame, [x, y]: readonly [number, number], margin = 0): boolean {
  return x >= left + margin && x <= left + width - margin && y >= top + margin && y <= top + height - margin;
}
