/**
 * Monthly record, salinity and daily forcing of the North Aral as others keep them (SMASHI, and the same for pywr): read from
 * `../shared/golden/water`, or from where `SARYARKA_GOLDEN` names; skipped, and said so, where they are absent.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSource } from '../../src/formats/source-node.ts';
import { readWaterSeries } from '../../src/formats/water-open.ts';

const golden = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'golden'), 'water');
const present = existsSync(golden);
if (!present) console.warn(`no golden data at ${golden}: the series of others are not read in this run (set SARYARKA_GOLDEN)`);

describe.skipIf(!present)('series that others keep', () => {
  test('135 months of volume, of which the first follows from 23.177 km3 and the terms of January 2006', async () => {
    const file = readSource(join(golden, 'smashi-north-aral-monthly.csv'));
    const { series } = await readWaterSeries(file, { column: 'Vol_sim', variable: 'lake-volume', unit: 'km3' });
    expect(series).toHaveLength(1);
    const points = series[0]?.points ?? [];
    expect(points).toHaveLength(135);
    expect(points.at(-1)?.period).toEqual({ start: '2017-03-01', end: '2017-04-01' });
    expect(points[0]?.value).toBeCloseTo(23.177 + 1.20761884558 + 0.0205577117642 - 0.00634858088162, 9);
  });

  test('salinity falls from 17.17 to 8.64 g/L', async () => {
    const file = readSource(join(golden, 'smashi-north-aral-salinity.csv'));
    const { series } = await readWaterSeries(file, { variable: 'salinity', unit: 'g/L' });
    const values = (series[0]?.points ?? []).map(({ value }) => value ?? Number.NaN);
    expect([values[0]?.toFixed(2), values.at(-1)?.toFixed(2)]).toEqual(['17.17', '8.64']);
  });

  test('rates of days under the first of each month are the volumes of the months', async () => {
    const daily = await readWaterSeries(readSource(join(golden, 'north-aral-forcing-per-day.csv')), {
      column: 'inflow',
      variable: 'river-discharge',
      unit: 'km3',
      station: 'A',
    });
    const monthly = await readWaterSeries(readSource(join(golden, 'smashi-north-aral-monthly.csv')), {
      column: 'Inflow',
      variable: 'river-discharge',
      unit: 'km3',
      station: 'A',
    });
    const [days, months] = [daily.series[0]?.points ?? [], monthly.series[0]?.points ?? []];
    expect(days).toHaveLength(135);
    for (const [i, { value }] of days.entries()) expect((value ?? 0) / (months[i]?.value ?? 1)).toBeCloseTo(1, 9);
  });
});
