import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isOperational,
  type Operationality,
  type TransboundaryBasin,
  transboundaryShare,
} from '../../src/science/transboundary-arrangement.ts';

const all = (value: boolean | null): Operationality => ({ jointBody: value, meetings: value, plan: value, exchange: value });
const basin = (area: number, criteria: Operationality, rest: Partial<TransboundaryBasin> = {}): TransboundaryBasin => ({
  kind: 'river-lake',
  area,
  covered: null,
  criteria,
  ...rest,
});

test('an arrangement is operational only with all four criteria: metadata 6.5.2, step 4', () => {
  expect(isOperational(all(true))).toBe(true);
  for (const one of Object.keys(all(true))) {
    expect(isOperational({ ...all(true), [one]: false })).toBe(false);
    expect(isOperational({ ...all(true), [one]: null })).toBeNull();
    expect(isOperational({ ...all(null), [one]: false })).toBe(false);
  }
});

test('area under operational arrangements by area of all basins, aquifers added: metadata 6.5.2, steps 2 and 5', () => {
  const found = transboundaryShare([
    basin(300, all(true)),
    basin(100, all(true), { covered: 40 }), // the arrangement is of a border section only: step 3
    basin(100, { ...all(true), plan: false }),
    basin(500, all(false), { kind: 'aquifer' }),
  ]);
  expect(found.all).toEqual({ value: 34, low: 34, high: 34, operational: 340, total: 1000, basins: 4, undecided: 0 });
  expect(found['river-lake']).toMatchObject({ value: 68, total: 500 });
  expect(found.aquifer).toMatchObject({ value: 0, total: 500 });
});

test('what nobody says is not a no: it widens the bounds', () => {
  const { all: found } = transboundaryShare([basin(60, all(true)), basin(40, all(null))]);
  expect(found).toMatchObject({ value: 60, low: 60, high: 100, undecided: 1 });
});

test('without basins there is no share, and a part is no larger than its whole', () => {
  expect(transboundaryShare([]).all).toMatchObject({ value: null, low: null, high: null });
  expect(() => transboundaryShare([basin(10, all(true), { covered: 11 })])).toThrow('covered 11');
  expect(() => transboundaryShare([basin(-1, all(true))])).toThrow('area -1');
});

test('the bounds hold whatever the unknown criteria turn out to be', () => {
  const state = fc.constantFrom(true, false, null);
  const one = fc.record({ jointBody: state, meetings: state, plan: state, exchange: state });
  const basins = fc.array(fc.record({ area: fc.integer({ min: 1, max: 1000 }), criteria: one }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(basins, fc.boolean(), (list, truth) => {
      const { low, high } = transboundaryShare(list.map(({ area, criteria }) => basin(area, criteria))).all;
      const known = list.map(({ area, criteria }) => {
        const told = Object.entries(criteria).map(([name, is]) => [name, is ?? truth]);
        return basin(area, Object.fromEntries(told) as unknown as Operationality);
      });
      const { value } = transboundaryShare(known).all;
      expect(value).toBeGreaterThanOrEqual((low ?? 0) - 1e-9);
      expect(value).toBeLessThanOrEqual((high ?? 0) + 1e-9);
    }),
  );
});
