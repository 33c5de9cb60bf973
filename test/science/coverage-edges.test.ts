import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addRing, type CellEvents, newEvents, QUANTUM, quantised } from '../../src/science/coverage-edges.ts';

const number = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
const ring = fc.array(fc.tuple(number(-2, 14), number(-2, 11)), { minLength: 3, maxLength: 20 });

function eventsOf(positions: readonly (readonly [number, number])[], width = 12, height = 9): CellEvents {
  const events = newEvents(width, height);
  const columns = Float64Array.from(positions, ([x]) => x);
  addRing(
    events,
    columns,
    Float64Array.from(positions, ([, y]) => quantised(y)),
    positions.length,
    1,
  );
  return events;
}

test('heights are whole multiples of the quantum, so that those of a row sum to 0 in any order, to the last bit', () => {
  fc.assert(
    fc.property(ring, fc.boolean(), (positions, backwards) => {
      const inside = positions.map(([x, y]): [number, number] => [Math.min(Math.max(x, 0), 11.999), y]);
      const { count, row, cover } = eventsOf(inside);
      const sums = new Float64Array(9);
      for (let i = 0; i < count; i++) {
        const at = backwards ? count - 1 - i : i;
        const height = cover[at] as number;
        expect(Number.isInteger(height / QUANTUM)).toBe(true);
        sums[row[at] as number] = (sums[row[at] as number] as number) + height;
      }
      return sums.every((sum) => sum === 0);
    }),
    { seed: 20130101, numRuns: 300 },
  );
});

test('a height is moved by half a quantum at most, and not at all from 256 rows on', () => {
  fc.assert(
    fc.property(number(-300, 300), (y) => Math.abs(quantised(y) - y) <= QUANTUM / 2),
    { seed: 20130101, numRuns: 1000 },
  );
  expect(quantised(1000 + 2 ** -43)).toBe(1000 + 2 ** -43);
});

test('cells lie within the rows and columns that are told', () => {
  fc.assert(
    fc.property(ring, (positions) => {
      const events = eventsOf(positions);
      for (let i = 0; i < events.count; i++) {
        const [row, column] = [events.row[i] as number, events.column[i] as number];
        if (!(row >= events.rowFrom && row < events.rowTo && column >= events.columnFrom && column < events.columnTo))
          return false;
      }
      return events.rowFrom >= 0 && events.columnFrom >= 0 && events.rowTo <= 9 && events.columnTo <= 12;
    }),
    { seed: 20130101, numRuns: 300 },
  );
  expect(
    eventsOf([
      [3, -5],
      [5, -5],
      [5, -1],
    ]),
  ).toMatchObject({ count: 0, rowFrom: 9, rowTo: 0, columnFrom: 12, columnTo: 0 });
});
