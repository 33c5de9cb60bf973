import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BarsChartOptions, barsChart } from '../../src/drawing/chart-bars.ts';
import { elements, expectOnSheet, expectSound, texts } from './svg-elements.ts';

const budget: BarsChartOptions = {
  categories: ['2022', '2023', '2024'],
  series: [
    { name: 'State', values: [120, 131, 140] },
    { name: 'Grants', values: [40, null, 60] },
  ],
  arrangement: 'stacked',
  unit: 'million tenge',
  title: 'Budget by source',
  lang: 'en',
};
const drawn = async (more: Partial<BarsChartOptions> = {}): Promise<string> =>
  (await barsChart({ ...budget, ...more })) ?? 'nothing';
type Box = { y: number; height: number; width: number };

/** Bars of a drawing: rectangles filled with a pattern within a group of Plot, by series. */
const bars = (svg: string): Box[] =>
  elements(svg)
    .filter(({ name, attributes }) => name === 'rect' && attributes.fill === undefined && attributes.height !== undefined)
    .map(({ attributes }) => ({ y: Number(attributes.y), height: Number(attributes.height), width: Number(attributes.width) }));

test('the chart of a budget by year and source', async () => {
  const svg = await drawn();
  expectSound(svg);
  expectOnSheet(svg);
  expect(svg.replaceAll('><', '>\n<')).toMatchSnapshot();
});

test('stacked parts are as high as their values and lie on one another', async () => {
  const all = bars(
    await drawn({
      series: [
        { name: 'a', values: [10, 20, 30] },
        { name: 'b', values: [30, 20, 10] },
      ],
    }),
  );
  expect(all).toHaveLength(6);
  const unit = (all[0]?.height ?? 0) / 10;
  expect(all.map(({ height }) => Math.round(height / unit))).toEqual([10, 20, 30, 30, 20, 10]);
  expect((all[3]?.y ?? 0) + (all[3]?.height ?? 0)).toBeCloseTo(all[0]?.y ?? 0, 1);
});

test('a blank is no bar, is named, and takes away the total of its stack', async () => {
  const svg = await drawn();
  expect(bars(svg)).toHaveLength(5);
  expect(texts(svg)).toContain('No data: Grants (2023).');
  expect(texts(svg)).toContain('160');
  const bold = elements(svg).filter(({ attributes }) => attributes['font-weight'] === '700');
  expect(bold).toHaveLength(3); // the title and two totals
  const grouped = texts(await drawn({ arrangement: 'grouped' }));
  expect(grouped).toContain('–');
  expect(grouped.filter((text) => text === '0')).toHaveLength(1); // of the axis alone
});

test('bars with long names lie, and the drawing is as high as they need', async () => {
  const names = ['March of Parks', 'Open day of the reserve for schools of the district', 'A day'];
  const svg = await drawn({ categories: names, width: 420 });
  expectOnSheet(svg);
  const heights = new Set(bars(svg).map(({ height }) => Math.round(height)));
  expect(heights.size).toBe(1);
  expect(texts(svg).join(' ')).toContain('Open day of the');
});

test('one lying bar has room, however short its name', async () => {
  const svg = await drawn({ categories: ['Day  of birds'], series: [{ name: 'Visitors', values: [12] }] });
  expectOnSheet(svg);
  expect(bars(svg)).toHaveLength(1);
});

test('negative values lie on the other side of zero', async () => {
  const svg = await drawn({ series: [{ name: 'a', values: [-10, 10, 0] }], arrangement: 'grouped' });
  const [below, above] = bars(svg) as [Box, Box];
  expect(below.y).toBeCloseTo(above.y + above.height, 1);
  expect(texts(svg)).toContain('\u221210');
});

test('nothing to draw is null; values that do not match the classes are refused', async () => {
  expect(await barsChart({ ...budget, series: [] })).toBeNull();
  expect(await barsChart({ ...budget, series: [{ name: 'a', values: [null, null, null] }] })).toBeNull();
  await expect(barsChart({ ...budget, series: [{ name: 'Grants', values: [1] }] })).rejects.toThrow(
    'Grants: 1 values for 3 classes',
  );
  await expect(barsChart({ ...budget, series: [{ name: 'Grants', values: [1, Number.NaN, 2] }] })).rejects.toThrow('Grants: NaN');
});

test('any finite data give finite coordinates, in both arrangements', async () => {
  const value = fc.option(
    fc.oneof(
      fc.double({ min: -1e99, max: 1e99, noNaN: true }),
      fc.integer({ min: -50, max: 5000 }),
      fc.constantFrom(0, 5e-324, -1e-9),
    ),
    { nil: null },
  );
  const chart = fc.integer({ min: 1, max: 9 }).chain((count) =>
    fc.record({
      categories: fc.array(fc.string({ maxLength: 60 }), { minLength: count, maxLength: count }),
      series: fc.array(fc.record({ name: fc.string(), values: fc.array(value, { minLength: count, maxLength: count }) }), {
        minLength: 1,
        maxLength: 9,
      }),
      arrangement: fc.constantFrom('stacked' as const, 'grouped' as const),
    }),
  );
  await fc.assert(
    fc.asyncProperty(chart, async (of) => {
      const svg = await barsChart({ ...budget, ...of, height: 480 });
      if (svg !== null) {
        expectSound(svg);
        expectOnSheet(svg);
      }
    }),
    { numRuns: 60 },
  );
});
