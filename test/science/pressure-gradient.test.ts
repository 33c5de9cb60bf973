import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addPressure, integerEdges, newPressureZone, type PressureZone } from '../../src/science/pressure.ts';
import { jonckheere, pressureGradient, superiorityInterval, superiorityOf } from '../../src/science/pressure-gradient.ts';

const rows = readFileSync(join(import.meta.dirname, '..', 'golden', 'pressure', 'pressure.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [kind = '', groups = '', a = '', , level = '', first = '', second = ''] = line.split(',');
    return { kind, groups, a: Number(a), level: Number(level), first: Number(first), second: Number(second) };
  });

/** Groups as cells by bin, one bin for each distinct value. */
function binned(groups: readonly (readonly number[])[]): Float64Array[] {
  const values = [...new Set(groups.flat())].sort((a, b) => a - b);
  return groups.map((group) => {
    const cells = new Float64Array(values.length);
    for (const value of group) cells[values.indexOf(value)] = (cells[values.indexOf(value)] as number) + 1;
    return cells;
  });
}

/** All the ways to deal values to groups of given sizes. */
function deals(values: readonly number[], sizes: readonly number[]): number[][][] {
  const [size = 0, ...rest] = sizes;
  if (rest.length === 0) return [[[...values]]];
  const choose = (from: number, n: number): number[][] =>
    n === 0
      ? [[]]
      : Array.from({ length: values.length - from }, (_, i) => from + i).flatMap((i) =>
          choose(i + 1, n - 1).map((more) => [i, ...more]),
        );
  return choose(0, size).flatMap((picked) =>
    deals(
      values.filter((_, i) => !picked.includes(i)),
      rest,
    ).map((others) => [picked.map((i) => values[i] as number), ...others]),
  );
}

describe('the trend over ordered groups', () => {
  test.each(rows.filter(({ kind }) => kind === 'trend').map((row, i) => ({ ...row, i })))(
    'z and p are those of Kendall in R ($i)',
    ({ groups, first, second }) => {
      const found = jonckheere(binned(groups.split('|').map((group) => group.split(' ').map(Number))));
      expect(found.z).toBeCloseTo(first, 11);
      expect(found.p).toBeCloseTo(second, 11);
    },
  );

  test('mean and variance are those over every way to deal the values, ties or none', () => {
    for (const [values, sizes] of [
      [
        [1, 2, 3, 4, 5, 6, 7],
        [2, 2, 3],
      ],
      [
        [1, 1, 2, 3, 3, 3, 4],
        [2, 2, 3],
      ],
      [
        [0, 0, 0, 0, 0, 5],
        [3, 3],
      ],
      [
        [1, 2, 2, 2, 3, 3],
        [1, 2, 3],
      ],
    ] as [number[], number[]][]) {
      const all = deals(values, sizes).map((groups) => jonckheere(binned(groups)));
      const mean = all.reduce((sum, { j }) => sum + j, 0) / all.length;
      const variance = all.reduce((sum, { j }) => sum + (j - mean) ** 2, 0) / all.length;
      expect(all[0]?.expected).toBeCloseTo(mean, 10);
      expect(all[0]?.variance).toBeCloseTo(variance, 10);
    }
  });

  test('turns round when the order of the groups does', () => {
    const group = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(fc.array(group, { minLength: 2, maxLength: 4 }), (groups) => {
        const [up, down] = [jonckheere(binned(groups)), jonckheere(binned(groups.toReversed()))];
        expect(up.z).toBeCloseTo(-down.z, 9);
        expect(up.variance).toBeCloseTo(down.variance, 9);
      }),
    );
  });

  test('of groups without a difference or without cells is none', () => {
    expect(
      jonckheere(
        binned([
          [3, 3],
          [3, 3, 3],
        ]),
      ),
    ).toMatchObject({ z: 0, p: 0.5 });
    expect(jonckheere([])).toMatchObject({ j: 0, z: 0 });
  });
});

describe('superiority', () => {
  test.each(rows.filter(({ kind }) => kind === 'interval'))(
    'of $a in samples of $groups at $level has the limits of method 5',
    ({ groups, a, level, first, second }) => {
      const [m = 0, n = 0] = groups.split(' ').map(Number);
      const [low, high] = superiorityInterval(a, m, n, level);
      expect(low).toBeCloseTo(first, 10);
      expect(high).toBeCloseTo(second, 10);
    },
  );

  test('is the share of pairs, ties counting half', () => {
    const group = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(group, group, (a, b) => {
        const pairs = a.flatMap((x) => b.map((y): number => (y > x ? 1 : y === x ? 0.5 : 0)));
        const [first, second] = binned([a, b]) as [Float64Array, Float64Array];
        expect(superiorityOf(first, second)).toBeCloseTo(pairs.reduce((sum, one) => sum + one, 0) / pairs.length, 12);
        expect((superiorityOf(first, second) ?? 0) + (superiorityOf(second, first) ?? 0)).toBeCloseTo(1, 12);
      }),
    );
  });

  test('of an empty zone is not known', () => expect(superiorityOf(Float64Array.of(0, 0), Float64Array.of(1, 0))).toBeNull());
});

describe('the gradient', () => {
  /** Cells in no pattern: value (i * 7919) mod 5, and `more`. */
  const zone = (cells: number, more: number): PressureZone => {
    const own = newPressureZone(integerEdges(0, 20));
    for (let i = 0; i < cells; i++) addPressure(own, [((i * 7919) % 5) + more], 0, 1, { share: 1, area: 1, stride: 0 });
    return own;
  };

  test('pressure that rises from zone to zone rises', () => {
    const { verdict, steps, trend, whole } = pressureGradient([zone(300, 0), zone(300, 2), zone(300, 5)]);
    expect(verdict).toBe('rises');
    expect(trend?.p).toBeLessThan(1e-10);
    expect(whole).toMatchObject({ superiority: 1, cliffsDelta: 1, high: 1 });
    for (const { superiority, low, high } of steps)
      expect((low ?? 0) <= (superiority ?? 0) && (superiority ?? 0) <= (high ?? 0)).toBe(true);
  });

  test('more in the core than in the buffer falls, whatever the transition has', () =>
    expect(pressureGradient([zone(300, 3), zone(300, 0), zone(300, 9)]).verdict).toBe('falls'));

  test('core and buffer alike, the transition with more: it rises over all', () =>
    expect(pressureGradient([zone(300, 0), zone(300, 0), zone(300, 3)]).verdict).toBe('rises-overall'));

  test('few cells show nothing, a zone without values or a single zone is not known', () => {
    expect(pressureGradient([zone(3, 0), zone(3, 1), zone(3, 2)]).verdict).toBe('not-shown');
    expect(pressureGradient([zone(300, 0), zone(0, 0)])).toMatchObject({ verdict: 'unknown', trend: null });
    expect(pressureGradient([zone(300, 0)])).toMatchObject({ verdict: 'unknown', whole: null });
    expect(pressureGradient([]).verdict).toBe('unknown');
  });

  test('a broad pattern makes a zone few cells, and the interval wide', () => {
    const smooth = (more: number): PressureZone => {
      const own = newPressureZone(integerEdges(0, 20));
      const values = Array.from({ length: 900 }, (_, i) => Math.floor((i % 30) / 6) + more);
      for (let row = 0; row < 30; row++) addPressure(own, values, row * 30, (row + 1) * 30, { share: 1, area: 1, stride: 30 });
      return own;
    };
    const { zones, verdict, steps } = pressureGradient([smooth(0), smooth(1)]);
    expect(zones[0]?.effective).toBeLessThan(30);
    expect(verdict).toBe('not-shown');
    const apart = pressureGradient([zone(900, 0), zone(900, 1)]);
    expect(apart.steps[0]?.superiority).toBeCloseTo(steps[0]?.superiority ?? 0, 12);
    expect(apart.verdict).toBe('rises');
  });

  test('zones with other bins are not compared', () =>
    expect(() => pressureGradient([zone(3, 0), newPressureZone(integerEdges(0, 3))])).toThrow('different bins'));
});
