import { expect, test } from 'vitest';
import { snowCover, snowYears } from '../../src/indicators/snow-cover.ts';
import { figuresOf, only, put, scatter, zone } from './rasters.ts';

const all = zone('all', [0, 0, 40, 30]);
const [SNOW, BARE, CLOUD] = [200, 25, 50];
const day = (days: number): string => new Date(Date.UTC(2019, 7, 1 + days)).toISOString().slice(0, 10);
/** 46 layers of eight days from 1 August 2019. */
const winter = (value: (span: number, column: number, row: number) => number): string[] =>
  Array.from({ length: 46 }, (_, span) => put(`snow_${day(8 * span)}`, { type: 'uint8', value: (c, r) => value(span, c, r) }));

test('days with snow are the spans of the layers that show it', async () => {
  const layers = winter((span, c) => (span >= 12 && span < (c < 20 ? 32 : 22) ? SNOW : BARE));
  const zones = [zone('west', [0, 0, 20, 30]), zone('east', [20, 0, 40, 30]), all];
  const figures = await figuresOf(snowCover, { zones, inputs: { snow: layers } });
  expect(figures.map(({ value }) => Math.round(100 * (value ?? 0)) / 100)).toEqual([160, 80, 120]);
  expect(figures[0]).toMatchObject({
    unit: 'd',
    n: 600,
    level: null,
    period: { start: '2019-08-01', end: '2020-08-01' },
    note: 'days-covered=366',
  });
  expect(figures[0]?.low).toBeCloseTo(160, 6);
  expect(figures[0]?.high).toBeCloseTo(160, 6);
});

test('cloud widens the bounds, and the figure fills it from before and after', async () => {
  const truth = (span: number): number => (span >= 12 && span < 32 ? SNOW : BARE);
  const layers = winter((span, c, r) => (scatter(span, 10)(c, r) < 3 ? CLOUD : truth(span)));
  const found = only(await figuresOf(snowCover, { zones: [all], inputs: { snow: layers } }), {});
  expect(found.value).toBeGreaterThan(157);
  expect(found.value).toBeLessThan(163);
  expect(found.low).toBeLessThan(160 * 0.72);
  expect(found.high).toBeGreaterThan(160 + 206 * 0.28);
  expect(found.note).toBe('days-covered=366; bounds');
});

test('an index of snow is parted at the threshold, codes above its range are not known', async () => {
  const layers = winter((span, c) => (c < 20 ? (span < 10 ? 70 : 30) : span < 10 ? 250 : 0));
  const figures = await figuresOf(snowCover, {
    zones: [zone('west', [0, 0, 20, 30]), zone('east', [20, 0, 40, 30])],
    inputs: { snow: layers },
    params: { threshold: '40' },
  });
  expect(figures[0]?.value).toBeCloseTo(80, 6);
  expect(figures[1]).toMatchObject({ value: 0, low: 0 });
  expect(figures[1]?.high).toBeCloseTo(80, 6);
});

test('a year of which layers cover less than half has no figure', async () => {
  const layers = winter(() => SNOW).slice(0, 20);
  const [found] = await figuresOf(snowCover, { zones: [all], inputs: { snow: layers } });
  expect(found).toMatchObject({ value: null, note: 'days-covered=160' });
});

test('a layer stands for the usual time to the next one; longer gaps were not seen', () => {
  const starts = [0, 8, 16, 40, 48, 364].map((days) => ({ start: day(days), end: '' }));
  const [year, next] = snowYears(starts, '08-01');
  expect(year).toMatchObject({ starts: [0, 8, 16, 24, 40, 48, 56, 364], layers: [0, 1, 2, -1, 3, 4, -1, 5], end: 366 });
  expect(next).toBeUndefined();
  const [, after] = snowYears([...starts, { start: day(366 + 30), end: '' }], '08-01');
  expect(after).toMatchObject({ starts: [0, 6, 30, 38], layers: [5, -1, 6, -1], end: 365 });
  expect(() => snowYears(starts, '13-01')).toThrow(expect.objectContaining({ code: 'param-wrong' }));
});
