import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EdgeRun, effectiveMesh, joinTouching, labelPatches } from '../../src/science/patches.ts';

const maskOf = (...rows: string[]): [Uint8Array, number, number] => [
  Uint8Array.from(rows.join(''), (cell) => (cell === '#' ? 1 : 0)),
  rows[0]?.length ?? 0,
  rows.length,
];

describe('patches of a grid', () => {
  test('corners join under 8 neighbours and not under 4', () => {
    const grid = maskOf('#..', '.#.', '..#');
    expect(labelPatches(...grid, 8).count).toBe(1);
    expect(labelPatches(...grid, 4).count).toBe(3);
  });

  test('arms that meet below are one patch, numbered from the top', () => {
    const { labels, count } = labelPatches(...maskOf('#.#', '#.#', '###', '...', '.#.'), 4);
    expect(count).toBe(2);
    expect([...labels]).toEqual([1, 0, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 2, 0]);
  });

  test('are those of a walk from pixel to pixel', () => {
    const walked = (mask: Uint8Array, width: number, height: number, corners: boolean): Int32Array => {
      const labels = new Int32Array(mask.length);
      let count = 0;
      for (let start = 0; start < mask.length; start++) {
        if (mask[start] === 0 || labels[start] !== 0) continue;
        count += 1;
        const open = [start];
        for (let at = open.pop(); at !== undefined; at = open.pop()) {
          if (labels[at] !== 0) continue;
          labels[at] = count;
          for (let dy = -1; dy <= 1; dy++)
            for (let dx = -1; dx <= 1; dx++) {
              const [x, y] = [(at % width) + dx, Math.floor(at / width) + dy];
              const isNear = corners || dx === 0 || dy === 0;
              if (isNear && x >= 0 && x < width && y >= 0 && y < height && mask[y * width + x] === 1) open.push(y * width + x);
            }
        }
      }
      return labels;
    };
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 9 })
          .chain((width) =>
            fc.tuple(fc.constant(width), fc.array(fc.integer({ min: 0, max: 1 }), { minLength: width, maxLength: 9 * width })),
          ),
        fc.constantFrom(4 as const, 8 as const),
        ([width, cells], neighbours) => {
          const height = Math.floor(cells.length / width);
          const mask = Uint8Array.from(cells.slice(0, width * height));
          expect([...labelPatches(mask, width, height, neighbours).labels]).toEqual([
            ...walked(mask, width, height, neighbours === 8),
          ]);
        },
      ),
    );
  });
});

test('across a line runs join where they lie side by side, and by their ends under 8 neighbours', () => {
  const runs = (...list: [number, number, number][]): EdgeRun[] => list.map(([from, to, label]) => ({ from, to, label }));
  const joined = (neighbours: 4 | 8): string[] => {
    const pairs: string[] = [];
    joinTouching(runs([0, 2, 1], [4, 6, 2], [9, 10, 3]), runs([2, 4, 11], [5, 9, 12]), neighbours, (a, b) => {
      pairs.push(`${a}-${b}`);
    });
    return pairs;
  };
  expect(joined(4)).toEqual(['2-12']);
  expect(joined(8)).toEqual(['1-11', '2-11', '2-12', '3-12']);
});

test('patches of a half and two quarters of a zone make a mesh of three eighths of it', () => {
  // Jaeger 2000, eq. 8: A ((1/2)² + (1/4)² + (1/4)²)
  expect(effectiveMesh(400 ** 2 + 200 ** 2 + 200 ** 2, 800)).toBe(300);
  expect(effectiveMesh(0, 0)).toBeNaN();
});
