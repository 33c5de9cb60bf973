import { expect, test } from 'vitest';
import { drought } from '../../src/review/drought.ts';
import { indicatorTables } from '../../src/review/indicator-tables.ts';
import type { Observation } from '../../src/types.ts';
import { contentOf, indicatorOf, observationOf, runOf, wordsOf, zoneOf } from './content-fixture.ts';

const computed = { role: 'computed', from: { run: 'run-1' } } as const;
const year = (zone: string, of: number, months: number, name = 'spi-12'): Observation =>
  observationOf('drought-months', months, 'mo', { ...computed, zone, year: of, by: { class: name } });
const month = (zone: string, at: number, value: number): Observation => {
  const start = (i: number): string => `${2010 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`;
  const period = { start: start(at), end: start(at + 1) };
  return { ...observationOf('spi', value, '1', { ...computed, zone, by: { class: 'months-12' } }), id: `${zone}-${at}`, period };
};
const content = (observations: Observation[], previous: string | null = '2014-06-30') =>
  contentOf({
    indicators: [indicatorOf('drought-months', { title: { en: 'Months in drought' } }), indicatorOf('spi')],
    runs: [runOf('run-1', { indicator: 'drought-months', method: 'spi-spei' })],
    facts: { observations, zones: [zoneOf('core'), zoneOf('buffer')] },
    dates: { previous },
  });

test('years in drought, the worst of them, and months since the report before', async () => {
  const years = [2012, 2013, 2014, 2015, 2016].map((of, i) => year('core', of, [0, 7, 3, 0, 12][i] ?? 0));
  const words = wordsOf(await drought(content(years)));
  expect(words).toContain('core area | SPI, 12 months | 3 of 5 | 12 months (2016) | 15 of 36');
  const without = wordsOf(await drought(content(years, null)));
  expect(without).toContain('Months in drought in the last ten years');
  expect(without).toContain('core area | SPI, 12 months | 3 of 5 | 12 months (2016) | 15 of 36');
});

test('zones of which the same is known stand together; a chart of the index has the limits of its classes', async () => {
  const zones = ['core', 'buffer'];
  const years = zones.flatMap((zone) => [year(zone, 2014, 2), year(zone, 2015, 0)]);
  const months = zones.flatMap((zone) => Array.from({ length: 24 }, (_, i) => month(zone, i, Math.sin(i))));
  const blocks = await drought(content([...years, ...months]));
  expect(wordsOf(blocks)).toContain('all zones | SPI, 12 months | 1 of 2 | 2 months (2014) | 2 of 24');
  const chart = blocks?.find((block) => block.kind === 'figure');
  expect(chart?.kind === 'figure' && chart.svg).toContain('−1.5: severely dry');
  expect(chart?.kind === 'figure' && chart.svg).toContain('all zones');
});

test('months of an index fill no general table; without a drought index there is nothing to tell', async () => {
  expect(await drought(content([]))).toBeNull();
  expect(await indicatorTables(content([month('core', 0, -1), year('core', 2014, 2)]))).toBeNull();
});
