import { expect, test } from 'vitest';
import { columnOf, gridFrom, rowOf, sameGrid } from '../../src/science/grid.ts';

const grid = gridFrom(100, 50, [75, 0.25, 0, 47.5, 0, -0.25]);

test('columns and rows are counted from the outer corner', () => {
  expect(columnOf(grid, 75.5)).toBe(2);
  expect(rowOf(grid, 47.375)).toBe(0.5);
});

test('grids are the same up to the rounding of a header', () => {
  expect(sameGrid(grid, { ...grid, x0: 75.0001 })).toBe(true);
  expect(sameGrid(grid, { ...grid, dx: 0.25000001 })).toBe(true);
  expect(sameGrid(grid, { ...grid, dx: 0.2501 })).toBe(false); // 0.04 of a cell off at the far side
  expect(sameGrid(grid, { ...grid, x0: 75.1 })).toBe(false);
  expect(sameGrid(grid, { ...grid, y0: 35, dy: 0.25 })).toBe(false);
  expect(sameGrid(grid, { ...grid, width: 99 })).toBe(false);
});

test('a rotated grid, one without size and one of fractions are refused', () => {
  expect(() => gridFrom(2, 2, [0, 1, 0.1, 0, 0, -1])).toThrow('rotated');
  expect(() => gridFrom(2, 2.5, [0, 1, 0, 0, 0, -1])).toThrow('2 x 2.5');
  expect(() => gridFrom(2, 2, [Number.NaN, 1, 0, 0, 0, -1])).toThrow('begins at NaN');
  expect(() => gridFrom(2, 2, [0, 1, 0, 0, 0, 0])).toThrow('1 x 0');
});
