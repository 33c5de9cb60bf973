import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AreaTable, addClassSpan, classIndex, newAreaTable } from '../../src/science/land-cover-areas.ts';
import { changeOf, expectedByGain, expectedByLoss, landTransitions } from '../../src/science/land-cover-change.ts';
import { golden } from './land-data.ts';

interface Golden {
  matrix: number[][];
  classes: Record<'gain' | 'loss' | 'net' | 'swap' | 'quantity' | 'exchange' | 'shift', number>[];
  overall: Record<'change' | 'quantity' | 'allocation' | 'exchange' | 'shift', number>;
  byGain: number[][];
  byLoss: number[][];
}

function tableOf(matrix: readonly (readonly number[])[]): AreaTable {
  const index = classIndex(matrix.map((_, i) => i + 1));
  const table = newAreaTable(index, index);
  for (const [i, row] of matrix.entries()) {
    for (const [j, area] of row.entries()) addClassSpan(table, new Uint8Array([i + 1]), new Uint8Array([j + 1]), 0, 1, area);
  }
  return table;
}

const square = fc
  .integer({ min: 2, max: 6 })
  .chain((k) => fc.array(fc.array(fc.nat(1000), { minLength: k, maxLength: k }), { minLength: k, maxLength: k }));

describe('change of land cover', () => {
  test.each(golden<Golden[]>('change'))('case %#: gains, losses and components are those of the definitions', (expected) => {
    const found = changeOf(tableOf(expected.matrix));
    for (const [j, own] of expected.classes.entries()) expect(found.classes[j]).toMatchObject(own);
    expect(found).toMatchObject(expected.overall);
  });

  test.each(golden<Golden[]>('change'))('case %#: expected transitions by gain and by loss', (expected) => {
    const table = tableOf(expected.matrix);
    const [gain, loss] = [expectedByGain(table), expectedByLoss(table)];
    for (const [i, value] of expected.byGain.flat().entries()) expect(gain[i]).toBeCloseTo(value, 9);
    for (const [i, value] of expected.byLoss.flat().entries()) expect(loss[i]).toBeCloseTo(value, 9);
  });

  test('a class that moves without changing its area has no net change and a swap', () => {
    const { classes, quantity, allocation } = changeOf(
      tableOf([
        [30, 10],
        [10, 50],
      ]),
    );
    expect(classes[0]).toMatchObject({ initial: 40, final: 40, persistence: 30, gain: 10, loss: 10, net: 0, swap: 20 });
    expect([quantity, allocation]).toEqual([0, 20]);
  });

  test('what is not known at one date is in no class', () => {
    const index = classIndex([1, 2]);
    const table = newAreaTable(index, index);
    addClassSpan(table, new Uint8Array([1, 1, 0, 9]), new Int16Array([2, -32768, 1, 1]), 0, 4, 5);
    const { known, unknown, classes } = changeOf(table);
    expect([known, unknown]).toEqual([5, 15]);
    expect(classes[0]).toMatchObject({ initial: 5, final: 0, loss: 5 });
    expect(landTransitions(table)).toEqual([{ from: 1, to: 2, area: 5 }]);
  });

  test('quantity and allocation make up the change, exchange and shift the allocation', () => {
    fc.assert(
      fc.property(square, (matrix) => {
        const { change, quantity, allocation, exchange, shift, known, persistence, classes } = changeOf(tableOf(matrix));
        expect(quantity + allocation).toBe(change);
        expect(exchange + shift).toBe(allocation);
        expect(persistence + change).toBe(known);
        expect(classes.reduce((sum, { net }) => sum + net, 0)).toBe(0);
        for (const row of classes) {
          expect(row.final - row.initial).toBe(row.net);
          expect(row.gain + row.loss).toBe(row.quantity + row.swap);
        }
      }),
    );
  });

  test('the other way round in time, gains are losses', () => {
    fc.assert(
      fc.property(square, (matrix) => {
        const back = matrix.map((_, i) => matrix.map((row) => row[i] ?? 0));
        const [a, b] = [changeOf(tableOf(matrix)), changeOf(tableOf(back))];
        expect(a.classes.map(({ gain }) => gain)).toEqual(b.classes.map(({ loss }) => loss));
        expect([a.quantity, a.exchange, a.shift]).toEqual([b.quantity, b.exchange, b.shift]);
      }),
    );
  });

  test('rows and columns of different classes are no transitions', () => {
    expect(() => changeOf(newAreaTable(classIndex([1]), classIndex([1, 2])))).toThrow('expected the same classes');
  });
});
