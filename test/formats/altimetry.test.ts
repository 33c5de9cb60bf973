/**
 * HydroWeb: data file format of the lake product, (1) decimal year to (8) flag, undefined 999.999, and the head of river products with `#NAME:: value`;
 * DAHITI: `date, height, error` of version 1 of its interface, `datetime, wse, wse_u` of version 2. Figures are made up.
 */
import { describe, expect, test } from 'vitest';
import { readWaterSeries } from '../../src/formats/water-open.ts';
import { problemOf } from './expect-problem.ts';

const file = (text: string) => ({ name: 'a.txt', bytes: new TextEncoder().encode(text) });
const lake = `lake=Aral_north;country=Kazakhstan;basin=Aral;lat=46.50;lon=60.60;date=2013/05/20;type=research;diff=public
#
# surface of reference: GGMO2C; high resolution global gravity model
# data file format
# (1): decimal year (2) date = yyyy/mm/dd (3): time = hh:mm
# (4): height above surface of ref (m), (5): standard deviation from height (m)
# (6): area (km2), (7): volume with respect to volume of first date (km3)
# (8): flag, (9): number of sample
#
1992.7370 ; 1992/09/26 ; 16:50 ; 39.92 ; 0.04 ; 2800.0 ; 0.00 ; 0 ; 12
1992.7642 ; 1992/10/06 ; 16:50 ; 999.999 ; 999.999 ; 2810.0 ; 0.10 ; 0 ; 12
`;

describe('altimetry', () => {
  test('a lake of HydroWeb whose first line stands behind a # is one, too', async () => {
    const { format, series } = await readWaterSeries(file(`#${lake}`));
    expect(format).toBe('hydroweb');
    expect(series[0]?.station).toMatchObject({ name: 'Aral north', place: [60.6, 46.5] });
  });

  test('a lake of HydroWeb: level with its error, area, and no volume of a first date', async () => {
    const { format, series } = await readWaterSeries(file(lake));
    expect(format).toBe('hydroweb');
    expect(series.map(({ variable, datum }) => [variable, datum])).toEqual([
      ['lake-level', 'ggm02c'],
      ['lake-area', null],
    ]);
    expect(series[0]?.station).toMatchObject({ name: 'Aral north', place: [60.6, 46.5] });
    expect(series[0]?.points[0]).toMatchObject({
      value: 39.92,
      low: 39.88,
      high: 39.96,
      period: { start: '1992-09-26T16:50:00Z' },
    });
    expect(series[0]?.points[1]).toMatchObject({ value: null, low: null, high: null, marks: ['missing'] });
    expect(series[0]?.notes.map(({ key }) => key)).toEqual(['first-date-volume']);
  });

  test('a river of HydroWeb', async () => {
    const { series } = await readWaterSeries(
      file(
        `#BASIN:: SYR-DARYA\n#RIVER:: SYR-DARYA\n#ID:: R_SYR_0001\n#REFERENCE LONGITUDE:: 62.1\n#REFERENCE LATITUDE:: 45.77\n#GEOID MODEL:: EGM2008\n2008-01-15 12:30 56.23 0.15\n`,
      ),
    );
    expect(series[0]).toMatchObject({
      variable: 'river-level',
      datum: 'egm2008',
      station: { code: 'R_SYR_0001', river: 'SYR-DARYA', place: [62.1, 45.77] },
    });
    expect(series[0]?.points[0]).toMatchObject({ value: 56.23, low: 56.08, high: 56.38 });
  });

  test('DAHITI does not name its zero: it is asked for', async () => {
    const one = JSON.stringify([{ date: '2002-07-23', height: '42.100', error: '0.020' }]);
    expect((await problemOf(() => readWaterSeries(file(one)))).code).toBe('series-datum');
    const { format, series } = await readWaterSeries(file(one), { datum: 'eigen-6c' });
    expect(format).toBe('dahiti');
    expect(series[0]?.points[0]).toMatchObject({ value: 42.1, low: 42.08, high: 42.12, row: 'data 1' });
  });

  test('DAHITI of version 2, with the name and place of its target', async () => {
    const text = JSON.stringify({
      dahiti_id: 79,
      target_name: 'Aral Sea, North',
      longitude: 60.9,
      latitude: 46.4,
      data: [
        { datetime: '2002-07-23 12:31:02', wse: 42.1, wse_u: 0.02 },
        { datetime: 'soon', wse: 1 },
      ],
    });
    const { series } = await readWaterSeries(file(text), { datum: 'eigen-6c' });
    expect(series[0]).toMatchObject({ station: { name: 'Aral Sea, North', code: '79', place: [60.9, 46.4] } });
    expect(series[0]?.points).toHaveLength(1);
    expect(series[0]?.notes[0]).toMatchObject({ key: 'unreadable', details: { count: 1 } });
  });

  test('DAHITI as text', async () => {
    const { series } = await readWaterSeries(
      file('# DAHITI-ID : 79\n# Target name : Aral Sea, North\n# datum : EGM2008\n2002-07-23;42.10;0.02\n'),
    );
    expect(series[0]).toMatchObject({ variable: 'lake-level', datum: 'egm2008', station: { name: 'Aral Sea, North' } });
    expect(series[0]?.points[0]?.value).toBe(42.1);
  });

  test('a head without a measurement is told', async () => {
    expect((await problemOf(() => readWaterSeries(file('lake=A;country=B;lat=1;lon=2\n# nothing\n')))).code).toBe('series-empty');
  });
});
