/** Patches over tasks, however the pixels are cut: against a walk over the whole grid. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PatchSums } from '../../src/indicators/raster-indicator.ts';
import { patchCounter, patchMerger } from '../../src/run/blocks-patches.ts';
import type { CellBox } from '../../src/run/zonal-shapes.ts';
import type { Spans } from '../../src/science/coverage-tiles.ts';
import type { Neighbours } from '../../src/science/patches.ts';

/** Part of each cell in each zone, 0 for none; and the code of each cell. */
interface Case {
  width: number;
  height: number;
  codes: number[];
  zones: number[][];
  neighbours: Neighbours;
}

const AREA = 10;

function cutAt(
  { width, height, codes, zones, neighbours }: Case,
  columns: number[],
  rows: number[],
  turn: number | null,
): PatchSums {
  const source = { table: 0, code: 1, neighbours };
  const merger = patchMerger([source], { zones: zones.length, width, turn });
  const ends = (cuts: number[], size: number): number[] =>
    [...new Set([...cuts.filter((cut) => cut < size), size])].sort((a, b) => a - b);
  for (const [r, rowTo] of ends(rows, height).entries()) {
    const rowFrom = ends(rows, height)[r - 1] ?? 0;
    for (const [c, columnTo] of ends(columns, width).entries()) {
      const columnFrom = ends(columns, width)[c - 1] ?? 0;
      const box: CellBox = { columnFrom, columnTo, rowFrom, rowTo };
      const counter = patchCounter([source], box);
      const across = columnTo - columnFrom;
      const own = new Int16Array(across * (rowTo - rowFrom));
      for (let i = 0; i < own.length; i++)
        own[i] = codes[(rowFrom + Math.floor(i / across)) * width + columnFrom + (i % across)] ?? 0;
      for (const [z, parts] of zones.entries()) {
        const window = { column: columnFrom, row: rowFrom, width: across, height: rowTo - rowFrom, stride: across };
        counter.add(z, [{ rows: own, columns: null, values: null }], spansOf(parts, box, width), window, {
          rows: new Float64Array(height).fill(AREA),
          cells: null,
        });
      }
      merger.add(Float64Array.from(counter.packed()));
    }
  }
  return merger.sums()[0] as PatchSums;
}

/** Each covered cell as a span of its own. */
function spansOf(parts: number[], { columnFrom, columnTo, rowFrom, rowTo }: CellBox, width: number): Spans {
  const across = columnTo - columnFrom;
  const found: { start: number; row: number; weight: number }[] = [];
  for (let row = rowFrom; row < rowTo; row++)
    for (let column = columnFrom; column < columnTo; column++) {
      const weight = parts[row * width + column] ?? 0;
      if (weight > 0) found.push({ start: (row - rowFrom) * across + column - columnFrom, row: row - rowFrom, weight });
    }
  return {
    count: found.length,
    start: Int32Array.from(found, ({ start }) => start),
    end: Int32Array.from(found, ({ start }) => start + 1),
    row: Int32Array.from(found, ({ row }) => row),
    weight: Float64Array.from(found, ({ weight }) => weight),
  };
}

/** The same by walking from cell to cell over the whole grid. */
function walked({ width, height, codes, zones, neighbours }: Case, isRound: boolean): PatchSums {
  const isPatch = (at: number): boolean => codes[at] === 1 && zones.some((parts) => (parts[at] ?? 0) > 0);
  const seen = new Set<number>();
  const products = new Float64Array(zones.length);
  let patches = 0;
  for (let start = 0; start < width * height; start++) {
    if (seen.has(start) || !isPatch(start)) continue;
    patches += 1;
    const own = new Float64Array(zones.length);
    const open = [start];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      for (const [z, parts] of zones.entries()) own[z] = (own[z] as number) + AREA * (parts[at] ?? 0);
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          if (neighbours === 4 && dx !== 0 && dy !== 0) continue;
          const y = Math.floor(at / width) + dy;
          const x = isRound ? ((at % width) + dx + width) % width : (at % width) + dx;
          if (x >= 0 && x < width && y >= 0 && y < height && isPatch(y * width + x)) open.push(y * width + x);
        }
    }
    const total = own.reduce((sum, area) => sum + area, 0);
    for (const [z, area] of own.entries()) products[z] = (products[z] as number) + area * total;
  }
  return { products, patches };
}

const cases = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })).chain(([width, height]) => {
  const size = { minLength: width * height, maxLength: width * height };
  const parts = fc.array(fc.constantFrom(0, 0.25, 0.5, 1, 1), size);
  return fc.record({
    width: fc.constant(width),
    height: fc.constant(height),
    codes: fc.array(fc.constantFrom(0, 1, 1), size),
    zones: fc.array(parts, { minLength: 1, maxLength: 3 }),
    neighbours: fc.constantFrom<Neighbours>(4, 8),
  });
});
const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 4 });

test.each([false, true])('patches are those of the whole grid wherever it is cut (around the earth: %s)', (isRound) => {
  fc.assert(
    fc.property(cases, cuts, cuts, (own, columns, rows) => {
      const found = cutAt(own, columns, rows, isRound ? own.width : null);
      const truth = walked(own, isRound);
      expect(found.patches).toBe(truth.patches);
      for (const [z, product] of truth.products.entries()) expect(found.products[z]).toBeCloseTo(product, 6);
    }),
    { numRuns: 300 },
  );
});

test('where nothing is cut out the whole is one patch, and four tasks that meet by a corner alone are one under 8 neighbours', () => {
  const full: Case = {
    width: 4,
    height: 4,
    codes: Array.from({ length: 16 }, () => 1),
    zones: [Array.from({ length: 16 }, () => 1)],
    neighbours: 4,
  };
  expect(cutAt(full, [1, 2, 3], [1, 2, 3], null)).toEqual({ products: Float64Array.of((16 * AREA) ** 2), patches: 1 });
  const codes = [1, 0, 0, 1];
  const corner: Case = { width: 2, height: 2, codes, zones: [[1, 1, 1, 1]], neighbours: 8 };
  expect(cutAt(corner, [1], [1], null).patches).toBe(1);
  expect(cutAt({ ...corner, neighbours: 4 }, [1], [1], null).patches).toBe(2);
});
