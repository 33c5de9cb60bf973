import fc from 'fast-check';
import { expect, test } from 'vitest';
import { impossibleVolumes } from '../../src/science/series-volumes.ts';

/** Levels and areas of the North Aral: data/aral/north-curve.csv. */
const curve = [
  { level: 37.75, area: 2550 },
  { level: 40, area: 2800 },
  { level: 42, area: 3300 },
  { level: 44, area: 3913 },
];

test('40.42 m with 18.5 km3 and 42 m with 27 km3 ask for 5,380 km2, which the lake does not have (conflict C3)', () => {
  const found = impossibleVolumes(
    [
      { level: 42, volume: 27 },
      { level: 40.42, volume: 18.5 },
    ],
    curve,
  );
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ one: 1, other: 0 });
  expect(found[0]?.area).toBeCloseTo(8.5e3 / 1.58, 6);
  expect(Math.round((found[0]?.area ?? 0) / 10) * 10).toBe(5380);
});

test('42 m with 27 km3 and 44 m with 34 km3 are of one lake', () => {
  const rows = [
    { level: 42, volume: 27 },
    { level: 44, volume: 34 },
  ];
  expect(impossibleVolumes(rows, curve)).toEqual([]);
});

test('outside of the curve nothing can be said', () => {
  const rows = [
    { level: 20, volume: 1 },
    { level: 42, volume: 500 },
  ];
  expect(impossibleVolumes(rows, curve)).toEqual([]);
  expect(impossibleVolumes(rows, [])).toEqual([]);
});

test('volumes of the curve itself never contradict it, in any order', () => {
  const volumeAt = (level: number): number => {
    let volume = 0;
    for (let h = 37.75; h < level; h += 0.001) {
      const above = curve.findIndex((one) => one.level >= h);
      const [a, b] = [curve[Math.max(0, above - 1)], curve[above]];
      if (a === undefined || b === undefined) continue;
      const area = a === b ? a.area : a.area + ((b.area - a.area) * (h - a.level)) / (b.level - a.level);
      volume += (area * 0.001) / 1e3;
    }
    return volume;
  };
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 38, max: 43 }), { minLength: 2, maxLength: 5 }), (levels) => {
      const rows = levels.map((level) => ({ level, volume: volumeAt(level) }));
      expect(impossibleVolumes(rows, curve)).toEqual([]);
      const halved = rows.map((row) => ({ ...row, volume: row.volume / 2 }));
      const apart = Math.max(...levels) - Math.min(...levels) >= 1;
      expect(impossibleVolumes(halved, curve).length > 0).toBe(apart);
    }),
    { numRuns: 30 },
  );
});
