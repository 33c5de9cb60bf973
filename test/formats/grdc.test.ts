/** Station files in the layout of the Global Runoff Data Centre; figures are made up, the head is that of the export (title, 16 lines, table header). */
import { describe, expect, test } from 'vitest';
import { readWaterSeries } from '../../src/formats/water-open.ts';
import { problemOf } from './expect-problem.ts';

const head = (content: string): string => `# Title:                 GRDC STATION DATA FILE
#                        --------------
# Format:                DOS-ASCII
# Field delimiter:       ;
# missing values are indicated by -999.000
#
# file generation date:  2012-02-01
#
# GRDC-No.:              2316201
# River:                 SYR DARYA
# Station:               KAZALINSK
# Country:               KZ
# Latitude (DD):       45.77
# Longitude (DD):      62.1
# Catchment area (km²):      -999.0
# Altitude (m ASL):        66.0
# Next downstream station:      -
# Remarks:
#************************************************************
#
# Data Set Content:      ${content}
#                        --------------------
# Unit of measure:                   m³/s
# Time series:           1951-01 - 1951-03
#
# Table Header:
#     YYYY-MM-DD - Date
#     hh:mm      - Time
#************************************************************
#
# Data lines: 3
# DATA
`;
/** ISO 8859-1, as the centre writes. */
const latin1 = (text: string) => ({
  name: '2316201_Q_Month.txt',
  bytes: Uint8Array.from([...text].map((letter) => letter.charCodeAt(0))),
});

describe('GRDC', () => {
  const monthly = latin1(
    `${head('MEAN MONTHLY DISCHARGE (Q)')}YYYY-MM-DD;hh:mm; Original; Calculated; Flag\n1951-01-00;--:--;    310.000;    309.500;  100\n1951-02-00;--:--;   -999.000;    298.000;   90\n1951-03-00;--:--;    420.000;   -999.000; -999\n`,
  );

  test('months have day 00; -999 is missing; what was calculated from a part of the days is doubtful', async () => {
    const { format, series } = await readWaterSeries(monthly);
    expect(format).toBe('grdc');
    expect(series.map(({ variant, unit, interval }) => [variant, unit, interval])).toEqual([
      [null, 'm3/s', 'month'],
      ['calculated', 'm3/s', 'month'],
    ]);
    expect(series[0]?.points.map(({ period, value }) => [period.start, period.end, value])).toEqual([
      ['1951-01-01', '1951-02-01', 310],
      ['1951-02-01', '1951-03-01', null],
      ['1951-03-01', '1951-04-01', 420],
    ]);
    expect(series[1]?.points.map(({ value, doubtful }) => [value, doubtful])).toEqual([
      [309.5, false],
      [298, true],
      [null, false],
    ]);
  });

  test('the station has its number, river, country and place', async () => {
    const { series } = await readWaterSeries(monthly);
    expect(series[0]?.station).toEqual({
      name: 'KAZALINSK',
      code: 'GRDC 2316201',
      river: 'SYR DARYA',
      country: 'KZ',
      place: [62.1, 45.77],
    });
  });

  test('days stand in one column of values', async () => {
    const file = latin1(
      `${head('MEAN DAILY DISCHARGE (Q)')}YYYY-MM-DD;hh:mm; Value\n2000-01-01;--:--;    123.000\n2000-01-02;--:--;   -999.000\n2000-01-xx;--:--;    1.000\n`,
    );
    const { series } = await readWaterSeries(file);
    expect(series[0]).toMatchObject({ interval: 'day', variable: 'river-discharge' });
    expect(series[0]?.points.map(({ value, row }) => [value, row])).toEqual([
      [123, '34'],
      [null, '35'],
    ]);
    expect(series[0]?.notes).toEqual([
      { key: 'unreadable', details: { count: 1, row: '36', found: '2000-01-xx;--:--;    1.000' } },
    ]);
  });

  test('a unit that the encoding of others has spoilt is known', async () => {
    const file = latin1(
      `${head('MEAN DAILY DISCHARGE (Q)').replace('m³/s', 'm?s')}YYYY-MM-DD;hh:mm; Value\n2000-01-01;--:--; 1.5\n`,
    );
    expect((await readWaterSeries(file)).series[0]?.points[0]?.value).toBe(1.5);
  });

  test('a head without data is told', async () => {
    expect((await problemOf(() => readWaterSeries(latin1(head('MEAN DAILY DISCHARGE (Q)'))))).code).toBe('series-empty');
  });
});
