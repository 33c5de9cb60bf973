import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ABSENT, PRESENT, UNSEEN } from '../../src/science/presence.ts';
import { newSnowBlock, type SnowBlock, snowBlock } from '../../src/science/snow.ts';
import { addSnow, mergeSnowZones, newSnowZone, snowOfZone } from '../../src/science/snow-zone.ts';

const STATES: Record<string, number> = { s: PRESENT, b: ABSENT, '?': UNSEEN };

/** A winter of one cell, written as s snow, b bare, ? not seen; a step lasts `days`. */
function winter(text: string, days = 1): Record<keyof SnowBlock, [value: number, low: number, high: number]> {
  const masks = [...text].map((letter) => Uint8Array.of(STATES[letter] as number));
  const block = newSnowBlock(1);
  snowBlock(masks, { starts: masks.map((_, i) => i * days), end: masks.length * days }, block);
  const figures = Object.entries(block).map(([key, { value, low, high }]) => [key, [value[0], low[0], high[0]]]);
  return Object.fromEntries(figures);
}

describe('a winter', () => {
  test('all seen: every figure is exact', () =>
    expect(winter('bbsbsssbb')).toEqual({ coverDays: [4, 4, 4], first: [2, 2, 2], last: [7, 7, 7], meltOut: [7, 7, 7] }));

  test('steps of eight days', () =>
    expect(winter('bssb', 8)).toMatchObject({ coverDays: [16, 16, 16], first: [8, 8, 8], last: [24, 24, 24] }));

  test('cloud between snow and snow is snow, between bare and bare is bare, and either is a guess', () => {
    expect(winter('bs??sb').coverDays).toEqual([4, 2, 4]);
    expect(winter('b??b').coverDays).toEqual([0, 0, 2]);
    expect(winter('b??b').first).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  test('a change under cloud is put in the middle of the gap, with its ends as limits', () =>
    expect(winter('b??ss????b')).toEqual({ coverDays: [5, 2, 8], first: [2, 1, 3], last: [7, 5, 9], meltOut: [7, 5, 9] }));

  test('at the ends of the year the nearest seen date goes on', () =>
    expect(winter('?sb?s?')).toMatchObject({ coverDays: [4.5, 2, 5], first: [0, 0, 1], last: [6, 5, 6] }));

  test('melt-out is the end of the longest cover, not of the last snow', () =>
    expect(winter('bsssbbsb')).toMatchObject({ meltOut: [4, 4, 4], last: [7, 7, 7], first: [1, 1, 1] }));

  test('no date seen: nothing is known, and all days may have had snow', () =>
    expect(winter('???')).toMatchObject({ coverDays: [Number.NaN, 0, 3], first: [Number.NaN, Number.NaN, Number.NaN] }));

  test('dates that do not increase, or other than the masks, are refused', () => {
    const mask = new Uint8Array(1);
    expect(() => snowBlock([mask], { starts: [0, 1], end: 2 }, newSnowBlock(1))).toThrow('1 masks for 2 dates');
    expect(() => snowBlock([mask, mask], { starts: [0, 0], end: 2 }, newSnowBlock(1))).toThrow('day 0, which is not after day 0');
  });

  test('the days with snow lie within bounds that hold the truth, whatever cloud hides', () => {
    const letter = fc.constantFrom('s', 'b');
    fc.assert(
      fc.property(fc.array(fc.tuple(letter, fc.boolean()), { minLength: 1, maxLength: 20 }), (steps) => {
        const truth = winter(steps.map(([state]) => state).join(''));
        const seen = winter(steps.map(([state, hidden]) => (hidden ? '?' : state)).join(''));
        const [value, low, high] = seen.coverDays;
        expect(low <= truth.coverDays[0] && truth.coverDays[0] <= high).toBe(true);
        if (!Number.isNaN(value)) expect(low <= value && value <= high).toBe(true);
        for (const key of ['first', 'last', 'meltOut'] as const) {
          const [day, from, to] = seen[key];
          if (!Number.isNaN(day)) expect(from <= day && day <= to).toBe(true);
        }
        if (!Number.isNaN(seen.first[0])) expect(seen.first[0]).toBeLessThan(seen.last[0]);
      }),
    );
  });
});

describe('snow of a zone', () => {
  const figure = {
    value: Float32Array.of(10, 20, 40, Number.NaN),
    low: Float32Array.of(8, 20, 30, 0),
    high: Float32Array.of(12, 20, 60, 90),
  };

  test('means by area, the median by whole days, and what has no figure apart', () => {
    const zone = newSnowZone(90);
    addSnow(zone, figure, 0, 4, 2);
    expect(snowOfZone(zone)).toMatchObject({ median: 20, area: 6, without: 2 });
    const { mean } = snowOfZone(zone);
    expect([mean?.value, mean?.low, mean?.high].map((days) => days?.toFixed(3))).toEqual(['23.333', '19.333', '30.667']);
    expect(snowOfZone(newSnowZone(90))).toEqual({ mean: null, median: null, area: 0, without: 0 });
  });

  test('blocks merge', () => {
    const [whole, left, right] = [newSnowZone(90), newSnowZone(90), newSnowZone(90)];
    addSnow(whole, figure, 0, 4, 2);
    addSnow(left, figure, 0, 1, 2);
    addSnow(right, figure, 1, 4, 2);
    expect(mergeSnowZones(left, right)).toEqual(whole);
    expect(() => mergeSnowZones(left, newSnowZone(91))).toThrow('different length');
  });
});
