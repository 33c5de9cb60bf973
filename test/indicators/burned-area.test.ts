import fc from 'fast-check';
import { expect, test } from 'vitest';
import { burnedArea } from '../../src/indicators/burned-area.ts';
import { boxArea } from '../../src/science/areas.ts';
import { yearOfBurns } from '../../src/science/fire.ts';
import { figuresOf, only, put, zone } from './rasters.ts';

const all = zone('all', [0, 0, 40, 30]);
const columns = (from: number, to: number): number => boxArea([70 + from / 100, 49.7, 70 + to / 100, 50]);
const layer = (name: string, value: (column: number, row: number) => number): string =>
  put(`burned_${name}`, { type: 'int16', value });

test('a pixel burns once a year; what was not mapped widens the bounds, water is no ground', async () => {
  // 0-4 burn in June, 3-7 in July, 20-29 unmapped in July, 35-39 water
  const june = layer('2020-06', (c) => (c < 5 ? 160 : c >= 35 ? -2 : 0));
  const july = layer('2020-07', (c) => (c >= 3 && c < 8 ? 190 : c >= 35 ? -2 : c >= 20 && c < 30 ? -1 : 0));
  const found = only(await figuresOf(burnedArea, { zones: [all], inputs: { burned: [june, july] } }), {
    indicator: 'burned-area',
  });
  expect(found.value).toBeCloseTo(columns(0, 8), 3);
  expect(found.low).toBe(found.value);
  expect(found.high).toBeCloseTo(columns(0, 8) + columns(20, 30), 3);
  expect(found).toMatchObject({ n: 1050, unit: 'm2', level: null, period: { start: '2020-01-01', end: '2021-01-01' } });
  expect(found.note).toBe('unseen=28.57; as-mapped; bounds');
});

test('a year with fewer layers than others has no upper bound, and says so', async () => {
  const layers = ['2019-06', '2019-07', '2020-06'].map((name) => layer(name, (c) => (c < 5 ? 160 : 0)));
  const [, second] = await figuresOf(burnedArea, { zones: [all], inputs: { burned: layers } });
  expect(second).toMatchObject({ high: null, note: 'as-mapped; layers-missing=1' });
});

test('means of five years and the time in which as much as the zone burns', async () => {
  // a tenth burns in each of ten years
  const layers = Array.from({ length: 10 }, (_, i) => layer(`${2001 + i}`, (c) => (c >= 4 * i && c < 4 * i + 4 ? 200 : 0)));
  const figures = await figuresOf(burnedArea, { zones: [all], inputs: { burned: layers } });
  const means = figures.filter(({ indicator }) => indicator === 'burned-area-mean');
  expect(means.map(({ period }) => period.start)).toEqual(['2001-01-01', '2006-01-01']);
  for (const { value } of means) expect(value).toBeCloseTo(columns(0, 4), 3);
  expect(only(figures, { indicator: 'fire-rotation' }).value).toBeCloseTo(10, 9);
  expect(only(figures, { indicator: 'fire-rotation' })).toMatchObject({
    unit: 'a',
    period: { start: '2001-01-01', end: '2011-01-01' },
  });
  const none = Array.from({ length: 5 }, (_, i) => layer(`${2001 + i}`, () => 0));
  const calm = await figuresOf(burnedArea, { zones: [all], inputs: { burned: none } });
  expect(only(calm, { indicator: 'fire-rotation' })).toMatchObject({ value: null, note: 'as-mapped; nothing-burned' });
});

test('month after month gives the year that all months together give', () => {
  const code = fc.constantFrom(-2, -1, 0, 40, 170, 300, Number.NaN);
  fc.assert(
    fc.property(fc.array(code, { minLength: 1, maxLength: 12 }), (codes) => {
      const together = new Int16Array(1);
      yearOfBurns(
        codes.map((own) => [own]),
        together,
      );
      let before = new Int16Array(1);
      for (const [i, own] of codes.entries()) {
        const now = new Int16Array(1);
        yearOfBurns(i === 0 ? [[own]] : [before, [own]], now);
        before = now;
      }
      expect(before[0]).toBe(together[0]);
    }),
  );
});
