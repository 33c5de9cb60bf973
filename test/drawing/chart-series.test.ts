import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Series, type SeriesChartOptions, seriesChart } from '../../src/drawing/chart-series.ts';
import { languages } from '../../src/i18n/index.ts';
import { elements, expectOnSheet, expectSound, texts } from './svg-elements.ts';

const options = (series: Series[], more: Partial<SeriesChartOptions> = {}): SeriesChartOptions => ({
  series,
  unit: 'species',
  title: 'Breeding birds',
  lang: 'en',
  ...more,
});
const drawn = async (...args: Parameters<typeof options>): Promise<string> => (await seriesChart(options(...args))) ?? 'nothing';
const yearly = (name: string, values: (number | null)[], more: Partial<Series> = {}): Series => ({
  name,
  points: values.map((value, i) => ({ date: String(2014 + i), value })),
  ...more,
});
/** Lines of data; marks and ticks have a place of their own. */
const lines = (svg: string): string[] =>
  elements(svg).flatMap(({ name, attributes }) =>
    name === 'path' && attributes.transform === undefined && attributes.d?.includes('L') && !attributes.d.includes('Z')
      ? [attributes.d]
      : [],
  );

test('the chart of three zones over ten years', async () => {
  const zone = (kind: 'core' | 'buffer' | 'transition', from: number): Series => ({
    name: kind,
    zone: kind,
    points: Array.from({ length: 10 }, (_, i) => ({
      date: String(2014 + i),
      value: from + i,
      low: from + i - 3,
      high: from + i + 2,
    })),
  });
  const svg = await drawn([zone('core', 60), zone('buffer', 48), zone('transition', 31)], { level: 0.95 });
  expectSound(svg);
  expectOnSheet(svg);
  expect(svg.replaceAll('><', '>\n<')).toMatchSnapshot();
});

test('a line is broken at a blank and where a year is missing, and this is said', async () => {
  expect(lines(await drawn([yearly('a', [1, 2, 3, 4, 5])]))).toHaveLength(1);
  const broken = await drawn([yearly('a', [1, 2, null, 4, 5])]);
  expect(lines(broken)).toHaveLength(2);
  expect(texts(broken)).toContain('A line is broken where there are no data.');
  const missing = yearly('a', [1, 2, 3, 4, 5, 6]);
  missing.points.splice(2, 1);
  expect(lines(await drawn([missing]))).toHaveLength(2);
  const everyFourYears = ['2010', '2014', '2018', '2022'].map((date) => ({ date, value: 3 }));
  expect(lines(await drawn([{ name: 'a', points: everyFourYears }]))).toHaveLength(1);
});

test('one or two values are dots without a line', async () => {
  for (const values of [[3], [3, 5]]) {
    const svg = await drawn([yearly('a', values)]);
    expect(lines(svg)).toEqual([]);
    expect(
      elements(svg).filter(({ attributes }) => attributes.transform !== undefined && attributes['stroke-width'] === '1.4'),
    ).toHaveLength(values.length);
  }
});

test('intervals are a band where they follow one another, else bars', async () => {
  const with3 = yearly('a', [1, 2, 3]);
  with3.points = with3.points.map((point) => ({ ...point, low: 0, high: 4 }));
  expect(await drawn([with3])).toContain('fill-opacity="0.17"');
  const with2 = { ...with3, points: with3.points.slice(0, 2) };
  const svg = await drawn([with2]);
  expect(svg).not.toContain('fill-opacity="0.17"');
  expect(elements(svg).filter(({ name, attributes }) => name === 'line' && attributes.x1 === attributes.x2)).toHaveLength(2);
});

test('each of several lines has its own dash and mark, and its name; series without a value are named below', async () => {
  const svg = await drawn([
    yearly('Core', [1, 2, 3], { zone: 'core' }),
    yearly('Buffer', [4, 5, 6], { zone: 'buffer' }),
    yearly('Whole', [7, 8, 9]),
    yearly('Lost', [null, null]),
  ]);
  const groups = elements(svg).filter(
    ({ attributes }) => attributes['stroke-width'] === '2' && attributes['stroke-linejoin'] === 'round',
  );
  expect(new Set(groups.map(({ attributes }) => attributes.stroke)).size).toBe(3);
  expect(texts(svg)).toEqual(expect.arrayContaining(['Core', 'Buffer', 'Whole', 'No data: Lost.']));
  const many = await drawn(Array.from({ length: 12 }, (_, i) => yearly(`series ${i}`, [i, i + 1, i])));
  expect(texts(many).filter((text) => text.startsWith('series'))).toHaveLength(12);
  expectOnSheet(many);
});

test.each(languages)('in %s the words and numbers are in that language, years are years', async (lang) => {
  const svg = await drawn([yearly('a', [1500.5, null, 2500, 3500])], { lang });
  expect(elements(svg)[0]?.attributes.lang).toBe(lang);
  expect(texts(svg)).toContain('2014');
  if (lang === 'ru' || lang === 'kk') expect(texts(svg).join()).toMatch(/Линия прервана|сызық үзіледі/);
});

test('nothing to draw is null; a bad date or number is refused with the name of its series', async () => {
  expect(await seriesChart(options([]))).toBeNull();
  expect(await seriesChart(options([yearly('a', [null, null])]))).toBeNull();
  await expect(seriesChart(options([{ name: 'Saiga', points: [{ date: 'spring', value: 1 }] }]))).rejects.toThrow(
    'Saiga: "spring"',
  );
  await expect(seriesChart(options([yearly('Saiga', [Number.POSITIVE_INFINITY])]))).rejects.toThrow('Saiga: Infinity');
  await expect(seriesChart(options([yearly('a', [1])], { width: 60 }))).rejects.toThrow('no room');
});

test('text is never taken for markup, and the same data give the same bytes', async () => {
  const evil = `</text><script>alert(1)</script>" onload='x' & \u0000`;
  const list = [yearly(evil, [1, 2, 3]), yearly('b', [null])];
  const svg = await drawn([...list, yearly(evil, [])], { title: evil, unit: evil });
  expectSound(svg);
  expect(svg).not.toContain('<script');
  expect(await drawn(list)).toBe(await drawn(list));
});

test('any finite data give finite coordinates on the sheet', async () => {
  const value = fc.oneof(
    fc.double({ min: -1e100, max: 1e100, noNaN: true }),
    fc.integer({ min: -1000, max: 1000 }),
    fc.constantFrom(0, -0, 1e-300, 5e-324, 1e100, -1e100, 1e9, 0.1),
  );
  const optional = fc.option(value, { nil: null });
  const date = fc
    .date({ min: new Date('0100-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10));
  const points = fc.array(fc.record({ date, value: optional, low: optional, high: optional }), { maxLength: 12 });
  const series = fc.array(fc.record({ name: fc.string({ maxLength: 30 }), points }), { minLength: 1, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(series, async (list) => {
      const svg = await seriesChart(options(list));
      if (svg === null) expect(list.every(({ points }) => points.every(({ value }) => value === null))).toBe(true);
      else {
        expectSound(svg);
        expectOnSheet(svg);
      }
    }),
    { numRuns: 60 },
  );
});
