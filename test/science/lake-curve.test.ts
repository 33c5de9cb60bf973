import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CurveRow, lakeCurve, slopeConflicts, soundRows, tabulated } from '../../src/science/lake-curve.ts';

const north: CurveRow[] = [
  { level: 40, area: 2800, volume: 21 },
  { level: 42, area: 3300, volume: 27 },
  { level: 44, area: 3913, volume: 34 },
];

/** Tables that grow, of 2 to 12 rows. */
const tables = fc
  .array(
    fc.record({
      up: fc.double({ min: 0.01, max: 5, noNaN: true }),
      wide: fc.double({ min: 0, max: 900, noNaN: true }),
      fill: fc.double({ min: 0.001, max: 40, noNaN: true }),
    }),
    { minLength: 2, maxLength: 12 },
  )
  .map((steps) => {
    let [level, area, volume] = [-12.5, 0, 0];
    return steps.map(({ up, wide, fill }): CurveRow => {
      level += up;
      area += wide;
      volume += fill;
      return { level, area, volume };
    });
  });

describe('lake curve', () => {
  test('goes through its rows, straight between them where asked', () => {
    const curve = lakeCurve(north, { interpolation: 'linear' });
    expect(curve.volumeAt(42)).toBe(27);
    expect(curve.volumeAt(43)).toBeCloseTo(30.5, 12);
    expect(curve.areaAt(41)).toBeCloseTo(3050, 12);
    expect(curve.levelAt(24)).toBeCloseTo(41, 12);
  });

  test('property: the level of a volume has that volume, either way of interpolation', () => {
    fc.assert(
      fc.property(
        tables,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom('linear' as const, 'monotone' as const),
        (rows, part, interpolation) => {
          const curve = lakeCurve(rows, { interpolation });
          const [low, high] = [rows[0] as CurveRow, rows.at(-1) as CurveRow];
          const volume = Math.min(high.volume, low.volume + part * (high.volume - low.volume));
          const level = curve.levelAt(volume);
          expect(Math.abs(curve.volumeAt(level) - volume)).toBeLessThanOrEqual(1e-12 * high.volume);
          expect(level).toBeGreaterThanOrEqual(low.level);
          expect(level).toBeLessThanOrEqual(high.level);
        },
      ),
    );
  });

  test('property: volume and area never fall as the level rises', () => {
    fc.assert(
      fc.property(tables, (rows) => {
        const curve = lakeCurve(rows);
        const [low, high] = [rows[0] as CurveRow, rows.at(-1) as CurveRow];
        let before = [-Infinity, -Infinity];
        for (let i = 0; i <= 60; i++) {
          const level = i === 60 ? high.level : low.level + ((high.level - low.level) * i) / 60;
          const now = [curve.volumeAt(level), curve.areaAt(level)];
          expect(now[0]).toBeGreaterThanOrEqual((before[0] as number) - 1e-9);
          expect(now[1]).toBeGreaterThanOrEqual((before[1] as number) - 1e-9);
          before = now;
        }
      }),
    );
  });

  test('nothing is extrapolated: the message names the ends of the table', () => {
    const curve = lakeCurve(north);
    expect(() => curve.volumeAt(44.01)).toThrow(/44.01 m lies outside the table \(40 to 44 m\)/);
    expect(() => curve.levelAt(20.9)).toThrow(/20.9 km3 lies outside/);
    expect(() => tabulated(curve).areaOf(40)).toThrow(/outside/);
    expect(() => curve.areaAt(Number.NaN)).toThrow(/outside/);
  });

  test('rows that contradict each other are refused, and sorted out with a count where asked', () => {
    const rows = [...north, { level: 42, area: 3290, volume: 26.8 }, { level: 43, area: 3200, volume: 26 }];
    expect(() => lakeCurve(rows)).toThrow(/must grow with the level/);
    const sound = soundRows(rows);
    expect(sound.rows).toHaveLength(3);
    expect(sound.averaged).toHaveLength(2);
    expect(sound.dropped).toEqual([{ level: 43, area: 3200, volume: 26 }]);
    expect(lakeCurve(sound.rows).volumeAt(42)).toBeCloseTo(26.9, 12);
  });

  test('C3: 18.5 km3 at 40.42 m and 27 km3 at 42 m ask for an area of 5,380 km2', () => {
    const found = slopeConflicts([{ level: 40.42, area: 2850, volume: 18.5 }, ...north.slice(1)]);
    expect(found).toHaveLength(2);
    expect(found[0]?.needed).toBeCloseTo(5380, -1);
    expect(slopeConflicts(north)).toEqual([]);
  });

  test('the quick form of a curve is off by less than 1e-5 of the area', () => {
    const curve = lakeCurve(north);
    const quick = tabulated(curve);
    for (let volume = 21; volume <= 34; volume += 0.0137)
      expect(Math.abs(quick.areaOf(volume) / curve.areaOf(volume) - 1)).toBeLessThan(1e-5);
  });
});
