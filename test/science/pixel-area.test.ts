/** Expected areas: `cell_area` of te_golden.json, recorded from trends.earth, and areas.json, printed by an integration with 40 digits. */
import { expect, test } from 'vitest';
import { boxArea } from '../../src/science/areas.ts';
import { rowAreas } from '../../src/science/pixel-area.ts';

/** Their semi-minor axis is rounded to 6356752.3142, which is 7e-12 short and makes areas short by twice that. */
const relative = 1.5e-11;

test.each([
  ['0 to 1 N', { x0: 0, y0: 1, dx: 1, dy: -1 }, 12308463893.800426],
  ['45 to 46 N', { x0: 70, y0: 46, dx: 1, dy: -1 }, 8686494956.672136],
  ['a cell of 0.00025 at 45 N', { x0: 70, y0: 45.00025, dx: 0.00025, dy: -0.00025 }, 547.6481292534722],
  ['89 to 90 N', { x0: 0, y0: 90, dx: 1, dy: -1 }, 108866681.63776042],
  ['a hemisphere', { x0: 0, y0: 0, dx: 360, dy: 90 }, 255032810860838.0],
])('a cell from %s is as large as others have it', (name, place, area) => {
  const [found = 0] = rowAreas({ width: 1, height: 1, ...place });
  expect(Math.abs(found / area - 1)).toBeLessThan(name.startsWith('a cell') ? 1e-9 : relative); // 0.00025 degrees lose digits in theirs
});

test('the rows of the world make the earth, from either side', () => {
  const grid = { width: 720, height: 360, x0: -180, y0: 90, dx: 0.5, dy: -0.5 };
  const areas = rowAreas(grid);
  const whole = areas.reduce((sum, area) => sum + area * 720, 0);
  expect(Math.abs(whole / boxArea([-180, -90, 180, 90]) - 1)).toBeLessThan(1e-14);
  const upward = rowAreas({ ...grid, y0: -90, dy: 0.5 });
  areas.forEach((area, row) => {
    expect(Math.abs((upward[359 - row] as number) / area - 1)).toBeLessThan(1e-12);
  });
});

test('a corner that a header rounded beyond the pole is at the pole; rows off the earth are refused', () => {
  const grid = { width: 1, height: 180, x0: 0, y0: 90.0000001, dx: 1, dy: -1 };
  expect(Math.abs((rowAreas(grid)[0] as number) / 108866681.63776042 - 1)).toBeLessThan(1e-6);
  expect(() => rowAreas({ ...grid, y0: 91 })).toThrow(RangeError);
});
