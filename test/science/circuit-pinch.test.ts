import { expect, test } from 'vitest';
import { pinchPoints } from '../../src/science/circuit-pinch.ts';

test('the greatest first, apart from each other and from places; cells without current are none', () => {
  const currents = Float64Array.from([9, 1, 2, 5, 4, 1, 0, 3, Number.NaN, 0]);
  expect(pinchPoints(currents, { width: 10, except: [0], apart: 1 })).toEqual([
    { cell: 3, current: 5 },
    { cell: 7, current: 3 },
    { cell: 5, current: 1 },
  ]);
  expect(pinchPoints(currents, { width: 10, except: [], apart: 9 })).toEqual([{ cell: 0, current: 9 }]);
});
