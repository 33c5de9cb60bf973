import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GRID, type Line, mapOutlines, type Outline, type Shape, TOLERANCE } from '../../src/drawing/map-outlines.ts';
import type { Position, Ring } from '../../src/types.ts';

/** Pixels as they are. */
const asIs = (position: Position): [number, number] => [position[0], position[1]];
const closed = (ring: Position[]): Ring => [...ring, ring[0] as Position];
const square = (x: number, y: number, size: number): Ring =>
  closed([
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
  ]);
const points = (line: Line): string[] => Array.from({ length: line.length / 2 }, (_, i) => `${line[2 * i]} ${line[2 * i + 1]}`);

/** A crooked line from the top to the bottom. */
const crooked = (seed: number, n = 200): Position[] =>
  Array.from(
    { length: n + 1 },
    (_, i): Position => [50 + (i % n === 0 ? 0 : 2 * Math.sin(i * seed) + 3 * Math.sin(i / 9)), (i * 100) / n],
  );

test('a border that two zones share is drawn with the same positions, whichever way round and from where each ring runs', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 3, noNaN: true }), fc.nat(50), (seed, turn) => {
      const border = crooked(seed);
      const west: Position[] = [...border, [0, 100], [0, 0]];
      const east: Position[] = [...border.toReversed(), [100, 0], [100, 100]];
      const turned = [...east.slice(turn), ...east.slice(0, turn)];
      const [a, b] = mapOutlines(
        [
          { kind: 'core', polygon: [closed(west)] },
          { kind: 'buffer', polygon: [closed(turned)] },
        ],
        asIs,
      ) as [Outline, Outline];
      const onBorder = (outline: Outline): string[] =>
        points(outline.rings[0] ?? [])
          .filter((p) => !/^(0|1000) /.test(p))
          .sort();
      expect(onBorder(a)).toEqual(onBorder(b));
      expect(onBorder(a).length).toBeGreaterThan(4);
    }),
  );
});

test('a core area fills the hole of its buffer zone to the last position', () => {
  const island = closed(
    Array.from({ length: 300 }, (_, i): Position => [50 + 20 * Math.cos(i / 48), 50 + 20 * Math.sin(i / 47.7)]),
  );
  const [core, buffer] = mapOutlines(
    [
      { kind: 'core', polygon: [island] },
      { kind: 'buffer', polygon: [square(0, 0, 100), island.toReversed()] },
    ],
    asIs,
  ) as [Outline, Outline];
  expect(points(buffer.rings[1] ?? []).sort()).toEqual(points(core.rings[0] ?? []).sort());
  expect((core.rings[0] ?? []).length).toBeLessThan(200);
});

test('no position is farther from the line drawn than the tolerance and the rounding', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.double({ min: 0, max: 60, noNaN: true }), fc.double({ min: 0, max: 60, noNaN: true })), {
        minLength: 4,
        maxLength: 40,
      }),
      (ring) => {
        const [outline] = mapOutlines([{ kind: 'core', polygon: [closed([...ring, [0, 0], [90, 0], [90, 90]])] }], asIs) as [
          Outline,
        ];
        const drawn = outline.rings[0] ?? [];
        for (const [x, y] of ring) expect(distance(x * GRID, y * GRID, drawn)).toBeLessThan((TOLERANCE + 0.08) * GRID);
      },
    ),
  );
});

test('a part too small to be seen is a dot, a hole too small to be seen is gone', () => {
  const [part, whole] = mapOutlines(
    [
      { kind: 'core', polygon: [square(200, 0, 0.5)] },
      { kind: 'core', polygon: [square(0, 0, 100), square(50, 50, 0.04)] },
    ],
    asIs,
  ) as [Outline, Outline];
  expect(part).toEqual({ kind: 'core', rings: [], lines: null, dot: [2002.5, 2.5] });
  expect(whole.rings).toHaveLength(1);
});

test('halves of a zone that meet at the antimeridian have no line between them, other borders there have', () => {
  const half = (kind: Shape['kind'], from: number, to: number): Shape => ({
    kind,
    polygon: [
      closed([
        [from, 60],
        [to, 60],
        [to, 62],
        [from, 62],
      ]),
    ],
  });
  const east = ([lon, lat]: Position): [number, number] => [(lon < 0 ? lon + 360 : lon) * 100 - 17_000, lat * 100];
  const lines = (a: Shape, b: Shape) => mapOutlines([a, b], east).map((outline) => outline.lines);
  const [west, rest] = lines(half('buffer', 178, 180), half('buffer', -180, -177));
  expect(west?.flat()).toHaveLength(8);
  expect(rest?.flat()).toHaveLength(8);
  expect(lines(half('core', 178, 180), half('buffer', -180, -177))).toEqual([null, null]);
});

test('a line that goes to a pole and back is not drawn', () => {
  const polar = ([lon, lat]: Position): [number, number] => [
    (90 - lat) * 10 * Math.cos((lon * Math.PI) / 180),
    (90 - lat) * 10 * Math.sin((lon * Math.PI) / 180),
  ];
  const around = Array.from({ length: 37 }, (_, i): Position => [-180 + i * 10, 80]);
  const [outline] = mapOutlines([{ kind: 'core', polygon: [closed([...around, [180, 90], [-180, 90]])] }], polar) as [Outline];
  expect(outline.lines?.flat().some((x, i, line) => i % 2 === 0 && x === 0 && line[i + 1] === 0)).toBe(false);
});

test('a drawing stays light however ragged its lines are', () => {
  const ragged = Array.from({ length: 150_000 }, (_, i): Position => {
    const r = 300 + 40 * Math.sin(i * 12.9898);
    return [400 + r * Math.cos(i / 23_873), 400 + r * Math.sin(i / 23_873)];
  });
  const [outline] = mapOutlines([{ kind: 'core', polygon: [closed(ragged)] }], asIs) as [Outline];
  expect(outline.rings.flat().length / 2).toBeLessThan(45_000);
});

function distance(x: number, y: number, ring: Line): number {
  let least = Infinity;
  for (let i = 0; i < ring.length; i += 2) {
    const [ax, ay] = [ring[i] as number, ring[i + 1] as number];
    const [bx, by] = [ring[(i + 2) % ring.length] as number, ring[(i + 3) % ring.length] as number];
    const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
    const part = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2));
    least = Math.min(least, Math.hypot(x - ax - part * (bx - ax), y - ay - part * (by - ay)));
  }
  return least;
}
