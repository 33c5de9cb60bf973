/** Replies in the shape of OGC SensorThings 1.1 (OGC 18-088, clause 8 and 9.3 `$expand`). */
import { describe, expect, test } from 'vitest';
import { readWaterSeries } from '../../src/formats/water-open.ts';
import { problemOf } from './expect-problem.ts';

const file = (value: unknown) => ({
  name: 'a.json',
  bytes: new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)),
});
const stream = (observations: unknown, more: object = {}) => ({
  '@iot.id': 7,
  name: 'Discharge at Kazalinsk',
  description: 'mean of a day',
  observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
  unitOfMeasurement: { name: 'cubic metre per second', symbol: 'm3/s', definition: 'http://unitsofmeasure.org/ucum.html#m3/s' },
  Observations: observations,
  ...more,
});
const observed = (phenomenonTime: string, result: unknown) => ({ '@iot.id': 1, phenomenonTime, resultTime: null, result });

describe('SensorThings', () => {
  test('things with datastreams and observations are series of stations, the earliest first', async () => {
    const reply = {
      value: [
        {
          '@iot.id': 1,
          name: 'Kazalinsk',
          Locations: [{ location: { type: 'Point', coordinates: [62.1, 45.77] } }],
          Datastreams: [
            stream([
              observed('2020-01-02T00:00:00Z/2020-01-03T00:00:00Z', 12.5),
              observed('2020-01-01T00:00:00Z/2020-01-02T00:00:00Z', '11.5'),
            ]),
          ],
        },
      ],
    };
    const { format, series } = await readWaterSeries(file(reply));
    expect(format).toBe('sensorthings');
    expect(series[0]).toMatchObject({
      variable: 'river-discharge',
      unit: 'm3/s',
      interval: 'day',
      station: { name: 'Kazalinsk', place: [62.1, 45.77] },
    });
    expect(series[0]?.points.map(({ period, value }) => [period.start, value])).toEqual([
      ['2020-01-01', 11.5],
      ['2020-01-02', 12.5],
    ]);
  });

  test('a page that goes on elsewhere is told', async () => {
    const { series } = await readWaterSeries(
      file(stream([observed('2020-01-01T00:00:00Z', 1)], { 'Observations@iot.nextLink': 'https://example.org/2' })),
      { station: 'A' },
    );
    expect(series[0]?.notes).toEqual([{ key: 'more-pages', details: { count: 1 } }]);
  });

  test('observations as an array of rows', async () => {
    const reply = {
      ...stream(undefined),
      Observations: undefined,
      value: [{ components: ['phenomenonTime', 'result'], dataArray: [['2020-01-01T06:00:00Z', 3.5]] }],
    };
    const { series } = await readWaterSeries(file(reply));
    expect(series[0]?.points[0]).toMatchObject({ value: 3.5, period: { start: '2020-01-01T06:00:00Z' } });
  });

  test('a list of observations without its stream has no unit: it is asked for', async () => {
    const reply = { value: [observed('2020-01-01T00:00:00Z', 1)] };
    expect((await problemOf(() => readWaterSeries(file(reply), { variable: 'river-discharge' }))).code).toBe('series-unit');
  });

  test('results that are no numbers are counted, null is missing', async () => {
    const reply = stream([
      observed('2020-01-01T00:00:00Z', 'ice'),
      observed('2020-01-02T00:00:00Z', null),
      observed('2020-01-03T00:00:00Z', { a: 1 }),
    ]);
    const { series } = await readWaterSeries(file(reply));
    expect(series[0]?.points.map(({ value, marks }) => [value, marks])).toEqual([[null, ['missing']]]);
    expect(series[0]?.notes[0]).toMatchObject({ key: 'unreadable', details: { count: 2 } });
  });

  test('JSON that is cut off is told', async () => {
    expect((await problemOf(() => readWaterSeries(file('{"value": [')))).code).toBe('series-json');
  });
});
