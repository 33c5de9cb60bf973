import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { circuitGrid, joinedGroups } from '../../src/science/circuit-grid.ts';
import { circuitNetwork, networkCurrents, networkResistances, networkVoltages } from '../../src/science/circuit-network.ts';
import { conjugateGradients } from '../../src/science/conjugate-gradients.ts';
import { advanced, allToOne, focalPlaces, oneToAll, pairwise, placesOf } from '../../src/science/resistance.ts';

const N = Number.NaN;
const row = (values: number[], options: { average?: 'conductance' | 'resistance'; polygons?: number[] } = {}) =>
  circuitGrid(values, { width: values.length, kind: 'resistance', neighbours: 4, average: 'resistance', ...options });

describe('by hand', () => {
  test('cells in a row: resistances between centres add up', () => {
    const grid = row([1, 3, 5]);
    const { resistances, cumulative } = pairwise(grid, focalPlaces([1, 0, 2], grid), { maps: true });
    expect(resistances[1]).toBeCloseTo(2 + 4, 12);
    expect([...(cumulative ?? [])].map((current) => Number(current.toFixed(10)))).toEqual([1, 1, 1]);
  });

  test('joined by the mean of conductances, a step from 1 to 3 costs 1.5', () => {
    const grid = row([1, 3], { average: 'conductance' });
    expect(pairwise(grid, focalPlaces([1, 2], grid)).resistances[1]).toBeCloseTo(1.5, 12);
  });

  test('two ways side by side halve the resistance; each carries half', () => {
    const grid = circuitGrid([1, 1, 1, 1, N, 1, 1, 1, 1], { width: 3, kind: 'resistance', neighbours: 4 });
    const found = pairwise(grid, focalPlaces([1, 0, 0, 0, 0, 0, 0, 0, 2], grid), { maps: true });
    expect(found.resistances[1]).toBeCloseTo(2, 12);
    expect(found.cumulative?.[1]).toBeCloseTo(0.5, 12);
    expect(found.cumulative?.[4]).toBeNaN();
  });

  test('over a corner it is √2 as far', () => {
    const grid = circuitGrid([1, N, N, 1], { width: 2, kind: 'resistance' });
    expect(pairwise(grid, focalPlaces([1, 0, 0, 2], grid)).resistances[1]).toBeCloseTo(Math.SQRT2, 12);
  });

  test('a short circuit is passed for nothing, also where its cells do not touch', () => {
    const grid = row([1, 1, 1, 1, 1], { polygons: [0, 7, 0, 7, 0] });
    expect(pairwise(grid, focalPlaces([1, 0, 0, 0, 2], grid)).resistances[1]).toBeCloseTo(2, 12);
  });

  test('a cell that nothing but a short circuit joins is a place as others are', () => {
    // Three cells in a row, a hole, and one alone that is one node with the third.
    const grid = row([1, 1, 1, N, 1], { polygons: [0, 0, 7, 0, 7] });
    const { resistances, cumulative } = pairwise(grid, focalPlaces([1, 0, 0, 0, 2], grid), { maps: true });
    expect(resistances[1]).toBeCloseTo(2, 12);
    expect(cumulative?.[4]).toBeCloseTo(1, 12);
    const { voltages } = advanced(grid, { sources: [N, N, N, N, 1], grounds: [0, N, N, N, N], groundsAre: 'resistance' });
    expect(voltages[4]).toBeCloseTo(2, 12);
  });

  test('two places in one cell are both told, without resistance between them', () => {
    const grid = row([1, 1, 1]);
    const places = placesOf(
      [
        { id: 5, cell: 0 },
        { id: 2, cell: 2 },
        { id: 9, cell: 0 },
      ],
      grid,
    );
    const { ids, resistances } = pairwise(grid, places);
    expect(ids).toEqual([2, 5, 9]);
    [0, 2, 2, 2, 0, 0, 2, 0, 0].forEach((expected, k) => {
      expect(resistances[k]).toBeCloseTo(expected, 12);
    });
    expect([...oneToAll(grid, places).resistances]).toEqual([2, 2, 2].map((value) => expect.closeTo(value, 12)));
  });

  test('all to one: a place left out sends nothing; in Circuitscape.jl it sends one ampere', () => {
    const grid = row([1, 1, 1]);
    const places = focalPlaces([1, 2, 3], grid);
    const into = (leftOut: 'silent' | 'circuitscape'): (number | undefined)[] => {
      const found: number[] = [];
      const pairs = (a: number, b: number): boolean => a + b === 3;
      const strengths = new Map([
        [2, 0.5],
        [3, 0.25],
      ]);
      allToOne(grid, places, {
        pairs,
        strengths,
        leftOut,
        onMap: ({ place, currents }) => found.push(place, currents[place - 1] as number),
      });
      return found;
    };
    expect(into('silent')).toEqual([1, expect.closeTo(0.5, 12), 2, expect.closeTo(1, 12)]);
    expect(into('circuitscape')).toEqual([1, expect.closeTo(1.5, 12), 2, expect.closeTo(2, 12)]);
  });

  test('a region counts as one place in its own pairs, and as land in others', () => {
    const grid = row([1, 1, 1, 1, 1]);
    const { resistances } = pairwise(grid, focalPlaces([1, 3, 3, 0, 2], grid));
    expect(resistances[1]).toBeCloseTo(4, 12);
    expect(resistances[2]).toBeCloseTo(1, 12);
    expect(resistances[5]).toBeCloseTo(2, 12);
  });

  test('islands cannot be reached; a place in the water has no resistance', () => {
    const grid = row([1, N, 1, 1]);
    const { resistances } = pairwise(grid, focalPlaces([1, 4, 2, 3], grid));
    expect(resistances[1]).toBeNaN();
    expect(resistances[3]).toBeNaN();
    expect(resistances[1 * 4 + 2]).toBeCloseTo(1, 12);
  });

  test('one to all and all to one: current parts by what it meets', () => {
    const grid = row([1, 1, 1, 1]);
    const places = focalPlaces([1, 0, 2, 3], grid);
    const found = oneToAll(grid, places);
    expect(found.resistances[1]).toBeCloseTo(2 / 3, 12);
    expect(allToOne(grid, places, { strengths: new Map([[3, 2]]) }).cumulative[0]).toBeCloseTo(3 + 1 + 1, 10);
  });

  test('sources and grounds: a ground of one ohm takes what is left', () => {
    const grid = row([1, 1, 1]);
    const { voltages, currents } = advanced(grid, { sources: [1, N, N], grounds: [N, N, 1], groundsAre: 'resistance' });
    expect([...voltages].map((v) => Number(v.toFixed(10)))).toEqual([3, 2, 1]);
    expect(currents[2]).toBeCloseTo(1, 12);
    const direct = advanced(grid, { sources: [1, N, N], grounds: [N, N, 0], groundsAre: 'resistance' });
    expect(direct.voltages[0]).toBeCloseTo(2, 12);
    const dry = advanced(row([1, N, 1]), { sources: [1, N, N], grounds: [N, N, 0], groundsAre: 'resistance' });
    expect([...dry.voltages].map((v) => v || 0)).toEqual([0, 0, 0]);
  });

  test.each([
    ['keep-both', 1],
    ['remove-source', 0],
    ['remove-both', 0],
  ] as const)('a cell with source and ground: %s', (conflict, current) => {
    const { voltages } = advanced(row([1, 1]), { sources: [1, N], grounds: [1, N], groundsAre: 'resistance', conflict });
    expect(voltages[0]).toBeCloseTo(current, 12);
  });
});

/** Small landscapes of contrasts up to 10,000, with holes. */
const landscape = fc
  .record({
    width: fc.integer({ min: 2, max: 24 }),
    height: fc.integer({ min: 2, max: 24 }),
    seeds: fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 30, maxLength: 30 }),
    holes: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ width, height, seeds, holes }) => {
    const values = Array.from({ length: width * height }, (_, i) =>
      (i * 7919) % 10 < holes && i > 0 && i < width * height - 1 ? N : 10 ** ((seeds[(i * 31 + (i >> 3)) % 30] as number) / 2),
    );
    return { width, height, values };
  });

/** Voltages by elimination, of the same circuit written down as a full matrix. */
function dense(grid: ReturnType<typeof circuitGrid>, source: number, ground: number): number {
  const { operator, width, height } = grid;
  const cells: number[] = [];
  for (let r = 0; r < height; r++)
    for (let c = 0; c < width; c++)
      if ((grid.conductance[r * width + c] as number) > 0) cells.push((r + 1) * operator.stride + c + 1);
  const nodes = cells.filter((cell) => cell !== ground);
  const place = new Map(nodes.map((cell, k) => [cell, k]));
  const matrix: Float64Array[] = nodes.map((cell, k) => {
    const line = new Float64Array(nodes.length + 1);
    line[k] = operator.diagonal[cell] as number;
    for (const [there, weight] of [
      [cell + 1, operator.east[cell]],
      [cell - 1, operator.east[cell - 1]],
      [cell + operator.stride, operator.south[cell]],
      [cell - operator.stride, operator.south[cell - operator.stride]],
      [cell + operator.stride + 1, operator.southeast[cell]],
      [cell - operator.stride - 1, operator.southeast[cell - operator.stride - 1]],
      [cell + operator.stride - 1, operator.southwest[cell]],
      [cell - operator.stride + 1, operator.southwest[cell - operator.stride + 1]],
    ] as const) {
      const k2 = place.get(there);
      if (k2 !== undefined) line[k2] = (line[k2] as number) - (weight as number);
    }
    line[nodes.length] = cell === source ? 1 : 0;
    return line;
  });
  // Gauss-Jordan with pivots; islands leave zero rows, which do not matter.
  for (let k = 0; k < nodes.length; k++) {
    const pivot = matrix
      .slice(k)
      .reduce((best, line, i) => (Math.abs(line[k] as number) > Math.abs(matrix[best]?.[k] as number) ? k + i : best), k);
    [matrix[k], matrix[pivot]] = [matrix[pivot] as Float64Array, matrix[k] as Float64Array];
    const line = matrix[k] as Float64Array;
    if (Math.abs(line[k] as number) < 1e-14) continue;
    for (const other of matrix) {
      if (other === line || other[k] === 0) continue;
      const share = (other[k] as number) / (line[k] as number);
      for (let c = k; c <= nodes.length; c++) other[c] = (other[c] as number) - share * (line[c] as number);
    }
  }
  const k = place.get(source) as number;
  return (matrix[k]?.[nodes.length] as number) / (matrix[k]?.[k] as number);
}

describe('any landscape', () => {
  test('resistances are those of elimination, contrasts of 10,000 and holes included', () => {
    fc.assert(
      fc.property(landscape, ({ width, height, values }) => {
        fc.pre(width * height <= 200);
        const grid = circuitGrid(values, { width, kind: 'resistance' });
        const map = values.map((_, i) => (i === 0 ? 1 : i === values.length - 1 ? 2 : 0));
        const [from, to] = focalPlaces(map, grid).map(({ cells }) => cells[0] as number);
        const ours = pairwise(grid, focalPlaces(map, grid)).resistances[1] as number;
        if (Number.isNaN(ours)) return;
        const exact = dense(grid, from as number, to as number);
        expect(Math.abs(ours / exact - 1)).toBeLessThan(1e-7);
      }),
      { numRuns: 40 },
    );
  });

  test('what flows in flows out, pairs agree with places alone, and a further way never resists more', () => {
    fc.assert(
      fc.property(landscape, ({ width, height, values }) => {
        const grid = circuitGrid(values, { width, kind: 'resistance', neighbours: 4 });
        const wider = circuitGrid(values, { width, kind: 'resistance', neighbours: 8 });
        const last = width * height - 1;
        const map = values.map((_, i) => (i === 0 ? 1 : i === last ? 2 : i === Math.floor(last / 2) ? 3 : 0));
        const places = focalPlaces(map, grid);
        const all = pairwise(grid, places);
        const two = pairwise(
          grid,
          places.filter(({ id }) => id < 3),
        );
        const [r, wide] = [all.resistances[1] as number, pairwise(wider, places).resistances[1] as number];
        if (Number.isNaN(r)) return;
        expect(two.resistances[1]).toBeCloseTo(r, 6);
        expect(wide).toBeLessThanOrEqual(r * (1 + 1e-9));
        // A metric: no detour by the third place is shorter.
        const [a, b] = [all.resistances[2] as number, all.resistances[5] as number];
        if (!Number.isNaN(a) && !Number.isNaN(b)) expect(r).toBeLessThanOrEqual((a + b) * (1 + 1e-9));
      }),
      { numRuns: 40 },
    );
  });
});

describe('networks', () => {
  const ring = circuitNetwork([
    { from: 0, to: 1, conductance: 1 },
    { from: 1, to: 2, conductance: 1 },
    { from: 2, to: 3, conductance: 1 },
    { from: 3, to: 0, conductance: 1 },
    { from: 5, to: 6, conductance: 2 },
  ]);

  test('a ring of four: across 1 ohm, along a side 3/4; another part cannot be reached', () => {
    const { resistances } = networkResistances(ring, [0, 2, 1, 5]);
    expect(resistances[1]).toBeCloseTo(1, 12);
    expect(resistances[2]).toBeCloseTo(0.75, 12);
    expect(resistances[3]).toBeNaN();
  });

  test('one ampere parts in two', () => {
    const grounds = new Map([[2, Number.POSITIVE_INFINITY]]);
    const voltages = networkVoltages(ring, { sources: new Map([[0, 1]]), grounds });
    const { nodes, branches } = networkCurrents(ring, voltages, grounds);
    expect(nodes[1]).toBeCloseTo(0.5, 12);
    expect(branches[3]).toBeCloseTo(-0.5, 12);
    expect(voltages[5]).toBeNaN();
  });

  test.each([
    [() => circuitNetwork([{ from: 0, to: 1, conductance: 0 }]), 'branch 1 has conductance 0'],
    [() => circuitNetwork([{ from: 0.5, to: 1, conductance: 1 }]), 'branch 1 joins 0.5'],
    [() => networkResistances(ring, [9]), 'place 9 is no node'],
  ])('%#: refused', (act, message) => {
    expect(act).toThrow(message);
  });
});

describe('what cannot be', () => {
  test.each([
    [() => row([1, 0]), 'row 1, column 2: resistance 0'],
    [() => circuitGrid([1, 1, 1], { width: 2, kind: 'resistance' }), '3 values do not fill rows of 2'],
    [() => row([1, 1], { polygons: [1] }), 'polygons: 1 cells for 2 values'],
    [
      () =>
        conjugateGradients(Float64Array.of(1, 2), {
          apply: (x, y) => y.set([x[0] as number, 3 * (x[1] as number)]),
          precondition: (r, z) => z.set(r),
          mostSteps: 1,
        }),
      'in 1 steps',
    ],
  ])('%#', (act, message) => {
    expect(act).toThrow(message);
  });

  test('a computation that is called off stops', () => {
    const grid = row([1, 1, 1]);
    expect(() => pairwise(grid, focalPlaces([1, 0, 2], grid), { signal: AbortSignal.abort() })).toThrow('abort');
  });

  test('groups that share a cell are one', () => {
    expect(joinedGroups([[1, 2], [5, 6], [2, 5], [9]]).map((group) => [...group])).toEqual([[1, 2, 5, 6]]);
  });
});
