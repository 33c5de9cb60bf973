import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Accumulator,
  type AccumulatorSpec,
  type AddOptions,
  addSpans,
  classes,
  clear,
  finish,
  merge,
  mergeParcel,
  newAccumulator,
  newParcel,
  newScratch,
  type Pixels,
  type PixelType,
  pack,
  quantile,
  quantiles,
  quantileWindow,
  rankError,
  sealParcel,
} from '../../src/science/accumulate.ts';
import { coverage, type PolygonRings } from '../../src/science/coverage.ts';
import { newSpans, type Spans, spansInTile } from '../../src/science/coverage-tiles.ts';

const runs = { seed: 20130101, numRuns: 150 };
const ARRAYS = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;
const TYPES = Object.keys(ARRAYS) as PixelType[];
const scratch = newScratch();

/** Spans of row 0, from pairs of length and weight; each begins where the one before ends. */
function spansOf(...parts: [length: number, weight: number][]): Spans {
  const spans = newSpans();
  let at = 0;
  for (const [length, weight] of parts) {
    spans.start[spans.count] = at;
    at += length;
    spans.end[spans.count] = at;
    spans.weight[spans.count++] = weight;
  }
  return spans;
}

function gathered(spec: AccumulatorSpec, values: Pixels, spans: Spans, options: AddOptions = {}): Accumulator {
  const accumulator = newAccumulator(spec);
  addSpans(accumulator, scratch, values, spans, options);
  return accumulator;
}

const ALL = { extremes: true, spread: true, distribution: 'exact' } as const;

describe('2 x 2 cells by hand', () => {
  const grid = { width: 2, height: 2, x0: 0, y0: 2, dx: 1, dy: -1 };
  const zone: PolygonRings = [
    [
      [0.5, 0],
      [2, 0],
      [2, 2],
      [0.5, 2],
    ],
  ];
  const spans = newSpans();
  spansInTile(coverage([zone], grid), 0, { column: 0, row: 0, width: 2, height: 2, stride: 2 }, spans);

  test.each(TYPES)('%s: half-covered cells count half', (type) => {
    const one = gathered({ type, nodata: null, ...ALL }, ARRAYS[type].of(1, 2, 3, 4), spans);
    const summary = finish(one);
    expect(summary).toMatchObject({ count: 3, cells: 3, nodataShare: 0, unweighted: 0, weight: 3, sum: 8, min: 1, max: 4 });
    expect(summary.mean).toBeCloseTo(8 / 3, 15);
    expect(summary.variance).toBeCloseTo((0.5 * 1 + 4 + 0.5 * 9 + 16) / 3 - (8 / 3) ** 2, 14);
    expect(classes(one)).toEqual([1, 2, 3, 4].map((value) => ({ value, weight: value % 2 === 0 ? 1 : 0.5 })));
    expect(quantiles(one, [0, 0.5, 1])).toEqual([1, 2.5, 4]);
  });

  test.each(TYPES)('%s: a cell without a value is left out and its share told', (type) => {
    const one = gathered({ type, nodata: 2, ...ALL }, ARRAYS[type].of(1, 2, 3, 4), spans);
    const summary = finish(one);
    expect(summary).toMatchObject({ count: 2, cells: 3, sum: 6, mean: 3, min: 1, max: 4 });
    expect(summary.nodataShare).toBeCloseTo(1 / 3, 15);
    expect(classes(one).map(({ value }) => value)).toEqual([1, 3, 4]);
  });

  test.each(TYPES)('%s: rows weigh what they are given, and so do cells', (type) => {
    const rowWeights = Float64Array.of(10, 20);
    const values = ARRAYS[type].of(1, 2, 3, 4);
    const byRow = gathered({ type, nodata: 4, ...ALL }, values, spans, { rowWeights });
    expect(finish(byRow)).toMatchObject({ count: 2, cells: 3, weight: 5 + 10 + 10, sum: 5 + 20 + 30, min: 1, max: 3 });
    expect(finish(byRow).nodataShare).toBeCloseTo(20 / 45, 15);
    expect(classes(byRow)).toEqual([
      { value: 1, weight: 5 },
      { value: 2, weight: 10 },
      { value: 3, weight: 10 },
    ]);
    const weights = Float32Array.of(2, 1, Number.NaN, 0);
    const byCell = gathered({ type, nodata: null, ...ALL }, values, spans, { weights });
    expect(finish(byCell)).toMatchObject({
      count: 2.5,
      cells: 3,
      unweighted: 0.5,
      nodataShare: 0,
      weight: 2,
      sum: 3,
      min: 1,
      max: 2,
    });
    expect(classes(byCell)).toEqual([
      { value: 1, weight: 1 },
      { value: 2, weight: 1 },
    ]);
  });

  test.each(TYPES)('%s: a mask is nodata', (type) => {
    const one = gathered({ type, nodata: 4, ...ALL }, ARRAYS[type].of(1, 2, 3, 4), spans, { mask: Uint8Array.of(1, 0, 1, 1) });
    expect(finish(one)).toMatchObject({ count: 1, cells: 3, sum: 2, mean: 2, min: 1, max: 3, weight: 1 });
    expect(finish(one).nodataShare).toBeCloseTo(2 / 3, 15);
  });
});

describe('values', () => {
  test('scale and offset are applied to all statistics, turned round by a negative scale', () => {
    const values = Int16Array.of(1, 2, 3, 10);
    const spans = spansOf([4, 1]);
    const raw = gathered({ type: 'int16', nodata: null, ...ALL }, values, spans);
    const scaled = gathered({ type: 'int16', nodata: null, scale: -2, offset: 1, ...ALL }, values, spans);
    const [a, b] = [finish(raw), finish(scaled)];
    expect(b).toMatchObject({ sum: -2 * 16 + 4, mean: -7, min: -19, max: -1, count: 4 });
    expect(b.variance).toBeCloseTo(4 * (a.variance as number), 12);
    expect(quantiles(scaled, [0, 0.25, 1])).toEqual([-19, -12, -1]);
    expect(() => newAccumulator({ type: 'int16', nodata: null, scale: 0 })).toThrow('scale 0');
    expect(() => newAccumulator({ type: 'int16', nodata: null, offset: Number.NaN })).toThrow('offset NaN');
  });

  test('nodata of a float raster is compared as a float; NaN is always missing', () => {
    const spec = { type: 'float32', nodata: -3.4e38 } as const;
    const summary = finish(gathered(spec, Float32Array.of(-3.4e38, 5, Number.NaN), spansOf([3, 1])));
    expect(summary).toMatchObject({ count: 1, mean: 5 });
  });

  test('a zone without values has null where nothing is known, and zero cells where none are', () => {
    const missing = gathered({ type: 'uint8', nodata: 0, ...ALL }, new Uint8Array(9), spansOf([9, 1]));
    expect(finish(missing)).toMatchObject({
      count: 0,
      cells: 9,
      nodataShare: 1,
      sum: null,
      mean: null,
      variance: null,
      min: null,
    });
    expect([quantile(missing, 0.5), classes(missing)]).toEqual([null, []]);
    const none = newAccumulator({ type: 'float32', nodata: null, ...ALL });
    addSpans(none, scratch, new Float32Array(4), spansOf());
    expect(finish(none)).toMatchObject({ count: 0, cells: 0, nodataShare: null, mean: null, max: null });
    expect(quantileWindow(none, 0.5)).toBeNull();
  });

  test('what was not asked for is null or refused', () => {
    const one = gathered({ type: 'float32', nodata: null }, Float32Array.of(1, 2), spansOf([2, 1]));
    expect(finish(one)).toMatchObject({ mean: 1.5, variance: null, min: null });
    expect(() => quantile(one, 0.5)).toThrow('no distribution was kept');
  });

  test('the greatest and least of each type have bins and keys of their own', () => {
    const ends: Record<PixelType, number[]> = {
      uint8: [0, 255],
      int8: [-128, 127],
      uint16: [0, 65535],
      int16: [-32768, 32767],
      uint32: [0, 4294967295],
      int32: [-2147483648, -1, 0, 2147483647],
      float32: [-3.4028234663852886e38, -1.5, -1e-45, 0, 1e-45, 2, 3.4028234663852886e38],
      float64: [-1.7976931348623157e308, -1.5, -5e-324, 0, 5e-324, 1 + 2 ** -52, 1 + 2 ** -51, 1e300],
    };
    for (const type of TYPES) {
      const values = ARRAYS[type].from(ends[type].toReversed());
      const found = classes(gathered({ type, nodata: null, distribution: 'exact' }, values, spansOf([values.length, 1])));
      expect(found.map(({ value }) => value)).toEqual([...values].toSorted((a, b) => a - b));
    }
    const zeros = gathered({ type: 'float32', nodata: null, distribution: 'exact' }, Float32Array.of(-0, 0, -0), spansOf([3, 1]));
    expect(classes(zeros)).toEqual([{ value: 0, weight: 3 }]);
  });

  test('arrays that do not fit are refused', () => {
    const one = newAccumulator({ type: 'float32', nodata: null });
    const spans = spansOf([4, 1]);
    expect(() => addSpans(one, scratch, new Float64Array(4), spans)).toThrow('Float64Array; expected float32');
    expect(() => addSpans(one, scratch, new Float32Array(3), spans)).toThrow('a tile of 3 values');
    expect(() => addSpans(one, scratch, new Float32Array(4), spans, { mask: new Uint8Array(3) })).toThrow('mask of 3');
    expect(() => addSpans(one, scratch, new Float32Array(4), spans, { rowWeights: new Float64Array(0) })).toThrow(
      'row 0 has none',
    );
  });
});

describe('any values and weights', () => {
  const weight = fc.oneof(fc.constant(1), fc.double({ min: 0.001, max: 0.999, noNaN: true }));
  const parts = fc.array(fc.tuple(fc.integer({ min: 1, max: 700 }), weight), { minLength: 1, maxLength: 8 });
  const seeds = fc.integer({ min: 1, max: 2 ** 31 });

  /** Whole numbers 0 to 99, and nodata (99) in a tenth of them. */
  function some(count: number, seed: number): number[] {
    let state = seed;
    return Array.from({ length: count }, () => {
      state = (1664525 * state + 1013904223) % 2 ** 32;
      return Math.floor((state / 2 ** 32) * 100);
    });
  }

  /** Two passes over everything, as a textbook has it. */
  function plainly(values: readonly number[], weights: readonly number[]): Record<string, number> {
    const kept = values.flatMap((value, i) => (value === 99 || weights[i] === 0 ? [] : [[value, weights[i] as number] as const]));
    const total = kept.reduce((sum, [, own]) => sum + own, 0);
    const sum = kept.reduce((all, [value, own]) => all + own * value, 0);
    const mean = sum / total;
    const variance = kept.reduce((all, [value, own]) => all + own * (value - mean) ** 2, 0) / total;
    const sorted = kept.map(([value]) => value).toSorted((a, b) => a - b);
    return { weight: total, sum, mean, variance, min: sorted[0] as number, max: sorted.at(-1) as number };
  }

  const near = (a: number | null, b: number | undefined): boolean =>
    a !== null && b !== undefined && Math.abs(a - b) <= 1e-11 * Math.max(1, Math.abs(b));

  test.each(TYPES)('%s: all ways lead to what two plain passes give', (type) => {
    fc.assert(
      fc.property(parts, seeds, (spanParts, seed) => {
        const spans = spansOf(...spanParts);
        const length = spans.end[spans.count - 1] as number;
        const numbers = some(length, seed);
        const values = ARRAYS[type].from(numbers);
        const shares = spanParts.flatMap(([cells, share]) => Array(cells).fill(share) as number[]);
        const weights = Float64Array.from(some(length, seed + 1), (each) => each / 7);
        const heavy = shares.map((share, i) => share * (weights[i] as number));
        for (const distribution of ['none', 'exact', 'sketch'] as const) {
          const spec = { type, nodata: 99, extremes: true, spread: true, distribution };
          for (const [options, expected] of [
            [{}, plainly(numbers, shares)],
            [{ mask: new Uint8Array(length).fill(1) }, plainly(numbers, shares)],
            [
              { rowWeights: Float64Array.of(3) },
              plainly(
                numbers,
                shares.map((share) => 3 * share),
              ),
            ],
            [{ weights }, plainly(numbers, heavy)],
          ] as const) {
            const one = gathered(spec, values, spans, options);
            const found = finish(one) as unknown as Record<string, number>;
            if (expected.weight === 0) continue;
            for (const [name, number] of Object.entries(expected)) {
              if (!near(found[name] as number, number))
                throw new Error(`${name}: ${found[name]}, expected ${number} (${distribution})`);
            }
            if (distribution === 'none') continue;
            const sum = classes(one).reduce((all, each) => all + each.weight, 0);
            if (!near(sum, expected.weight)) throw new Error(`classes sum to ${sum}, expected ${expected.weight}`);
          }
        }
      }),
      { ...runs, numRuns: 25 },
    );
  });

  test('a large offset leaves the spread alone', () => {
    const noise = some(5000, 3);
    const spans = spansOf([3000, 1], [2000, 0.25]);
    const [near0, far] = [0, 1e9].map((offset) => {
      const values = Float64Array.from(noise, (value) => value / 100 + offset);
      return finish(gathered({ type: 'float64', nodata: null, spread: true }, values, spans)).variance as number;
    }) as [number, number];
    expect(Math.abs(far / near0 - 1)).toBeLessThan(1e-6); // values of 1e9 have 1e-7 left
  });

  test('the sum of floats loses less than 6e-14 of what is added', () => {
    const values = Float32Array.from(some(200_000, 9), (value, i) => (value - 49.5) * 10 ** (i % 7));
    const spans = spansOf([values.length, 1]);
    let exact = 0n; // in units of 2 ** -40: each value is a whole number of them
    let sizes = 0;
    for (const value of values) {
      exact += BigInt(value * 2 ** 20) * 2n ** 20n;
      sizes += Math.abs(value);
    }
    const { sum } = finish(gathered({ type: 'float32', nodata: null }, values, spans));
    expect(Math.abs((sum as number) - Number(exact) / 2 ** 40)).toBeLessThan(6e-14 * sizes);
  });

  test('what a sum rounds off is kept, from span to span and from tile to tile', () => {
    const spans = spansOf([1, 1], [1, 1], [1, 1], [1, 1]);
    const spec = { type: 'float64', nodata: null } as const;
    const one = gathered(spec, Float64Array.of(1, 1e20, 1, -1e20), spans);
    expect(finish(one).sum).toBe(2);
    merge(one, gathered(spec, Float64Array.of(1e20, 0, 3, 0), spans));
    merge(one, gathered(spec, Float64Array.of(0, 5, 0, -1e20), spans));
    expect(finish(one).sum).toBe(10);
  });

  test('merging is associative up to rounding, and an empty part changes no bit', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(parts, seeds), { minLength: 3, maxLength: 3 }), fc.constantFrom(...TYPES), (three, type) => {
        const spec = { type, nodata: 99, ...ALL };
        const make = (): Accumulator[] =>
          three.map(([spanParts, seed]) => {
            const spans = spansOf(...spanParts);
            return gathered(spec, ARRAYS[type].from(some(spans.end[spans.count - 1] as number, seed)), spans);
          });
        const [a, b, c] = make() as [Accumulator, Accumulator, Accumulator];
        merge(a, b);
        merge(a, c);
        const [d, e, f] = make() as [Accumulator, Accumulator, Accumulator];
        merge(e, f);
        merge(d, e);
        const [left, right] = [finish(a), finish(d)];
        for (const name of ['count', 'cells', 'weight', 'sum', 'mean', 'variance', 'min', 'max'] as const) {
          if (left[name] !== null && !near(left[name], right[name] ?? undefined))
            throw new Error(`${name}: ${left[name]} and ${right[name]}`);
        }
        const before = a.moments.slice();
        merge(a, newAccumulator(spec));
        expect(a.moments).toEqual(before);
        const fresh = newAccumulator(spec);
        merge(fresh, a);
        expect(finish(fresh)).toEqual(finish(a));
        expect(classes(fresh)).toEqual(classes(a));
      }),
      runs,
    );
  });

  test('scratch buffers carry nothing over, and parcels arrive as they left', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(parts, seeds, fc.constantFrom(...TYPES)), { minLength: 1, maxLength: 5 }), (tiles) => {
        const used = newScratch();
        const parcel = newParcel();
        const totals = new Map<number, [viaParcel: Accumulator, direct: Accumulator]>();
        for (const [spanParts, seed, type] of tiles) {
          const spec = { type, nodata: 99, ...ALL };
          const spans = spansOf(...spanParts);
          const values = ARRAYS[type].from(some(spans.end[spans.count - 1] as number, seed));
          const key = TYPES.indexOf(type);
          const both = totals.get(key) ?? [newAccumulator(spec), newAccumulator(spec)];
          totals.set(key, both);
          const partial = newAccumulator(spec);
          addSpans(partial, used, values, spans);
          clear(partial);
          addSpans(partial, used, values, spans);
          pack(partial, key, parcel);
          pack(newAccumulator(spec), 77, parcel);
          merge(both[1], gathered(spec, values, spans));
        }
        const numbers = sealParcel(parcel);
        expect(parcel.length).toBe(0);
        mergeParcel(numbers, (key) => (totals.get(key) as [Accumulator, Accumulator])[0]);
        for (const [viaParcel, direct] of totals.values()) {
          expect(viaParcel.moments).toEqual(direct.moments);
          expect(classes(viaParcel)).toEqual(classes(direct));
        }
      }),
      { ...runs, numRuns: 60 },
    );
  });

  test('accumulators that gather different things do not merge', () => {
    const float = newAccumulator({ type: 'float32', nodata: null });
    expect(() => merge(float, newAccumulator({ type: 'int16', nodata: null }))).toThrow('do not gather the same');
    expect(() => merge(float, newAccumulator({ type: 'float32', nodata: null, distribution: 'exact' }))).toThrow('do not gather');
  });
});

describe('a sketch of many floats', () => {
  const tiles = Array.from({ length: 20 }, (_, tile) => {
    let state = tile + 1;
    return Float32Array.from({ length: 20_000 }, () => {
      state = (1664525 * state + 1013904223) % 2 ** 32;
      return Math.sin(tile) + (state / 2 ** 32) ** 2;
    });
  });
  const spans = spansOf([15_000, 1], [5000, 0.37]);
  const total = (spec: AccumulatorSpec): Accumulator => {
    const into = newAccumulator(spec);
    for (const values of tiles) merge(into, gathered(spec, values, spans));
    return into;
  };
  const spec = { type: 'float32', nodata: null } as const;
  const exact = total({ ...spec, distribution: 'exact' });
  const sketch = total({ ...spec, distribution: 'sketch' });
  const shares = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99];

  test('has its quantiles within the bound of ranks that it states', () => {
    const error = rankError(sketch);
    expect(rankError(exact)).toBe(0);
    expect(error).toBeGreaterThan(0);
    expect(error).toBeLessThan(0.001);
    for (const p of shares) {
      const [low, high] = quantiles(exact, [p - error, p + error]) as [number, number];
      const found = quantile(sketch, p) as number;
      expect(found >= low && found <= high).toBe(true);
    }
    expect(() => classes(sketch)).toThrow('not every value was kept');
  });

  test('says where a second pass finds them exactly', () => {
    const windows = shares.map((p) => quantileWindow(sketch, p) as readonly [number, number]);
    const second = total({ ...spec, distribution: 'exact', windows });
    expect(quantiles(second, shares)).toEqual(quantiles(exact, shares));
    expect(second.distribution?.levels.flat().reduce((sum, run) => sum + run.count, 0)).toBeLessThan(20_000);
    expect(() => quantile(second, 0.4)).toThrow('outside the windows');
  });
});
