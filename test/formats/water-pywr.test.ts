/** Tables of Pywr: the long results of version 2 (`time_start,time_end,…,value`) and columns under scenarios of version 1. */
import { expect, test } from 'vitest';
import { readWaterSeries, readWrittenSeries } from '../../src/formats/water-open.ts';
import { problemOf } from './expect-problem.ts';

const file = (text: string) => ({ name: 'out.csv', bytes: new TextEncoder().encode(text) });
const results = file(
  'time_start,time_end,simulation_id,label,metric_set,name,attribute,value\n' +
    '2015-01-01T00:00:00,2015-01-02T00:00:00,0,,nodes,toktogul,Volume,8.5\n2015-01-02T00:00:00,2015-01-03T00:00:00,0,,nodes,toktogul,Volume,8.25\n' +
    '2015-01-01T00:00:00,2015-01-02T00:00:00,0,,nodes,aral,Inflow,0.12\n',
);

test('results are a series for each node and attribute, and have no unit', async () => {
  const { format, series } = await readWrittenSeries(results);
  expect(format).toBe('pywr');
  expect(
    series.map(({ station, title, variable, unit, interval, points }) => [
      station?.name,
      title,
      variable,
      unit,
      interval,
      points.length,
    ]),
  ).toEqual([
    ['toktogul', 'toktogul · Volume', 'lake-volume', null, 'day', 2],
    ['aral', 'aral · Inflow', 'inflow', null, 'day', 1],
  ]);
  expect((await problemOf(() => readWaterSeries(results))).code).toBe('series-unit');
  const { series: volumes } = await readWaterSeries(results, { variable: 'lake-volume', unit: 'km3' });
  expect(volumes.map(({ points }) => points.map(({ value }) => value))).toEqual([[8.5, 8.25]]);
});

test('columns under scenarios are a series each', async () => {
  const { series } = await readWrittenSeries(
    file('node,reservoir,reservoir\nscenario A,0,1\n2015-01-31,1.5,2.5\n2015-02-28,1.25,2.25\n'),
  );
  expect(series.map(({ variant, points }) => [variant, points.map(({ value }) => value)])).toEqual([
    ['reservoir · scenario A 0', [1.5, 1.25]],
    ['reservoir · scenario A 1', [2.5, 2.25]],
  ]);
});
