/**
 * Drought indices that others computed, kept beside the project: SPEI 1.8.1 (R) on Wichita, climate_indices on a gauge, and a station's
 * reference evapotranspiration. The folder is `../shared/golden`, or what `SARYARKA_GOLDEN` names.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clearSkyRadiation, penmanMonteith, saturationPressure, windAtTwoMetres } from '../../src/science/evapotranspiration.ts';
import { extraterrestrialRadiation } from '../../src/science/evapotranspiration-sun.ts';
import { thornthwaite } from '../../src/science/evapotranspiration-temperature.ts';
import { spei } from '../../src/science/spei.ts';
import { spi } from '../../src/science/spi.ts';

const golden = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'golden'), 'water');
const present = existsSync(golden);
if (!present) console.warn(`no golden data at ${golden}: drought indices of others are not compared (set SARYARKA_GOLDEN)`);

function columns(file: string): Record<string, number[]> {
  const [head = [], ...rows] = readFileSync(join(golden, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(','));
  const cell = (text = ''): number => (text === '' || text === 'NA' ? Number.NaN : Number(text.replace(/^(\d{4})-/, '$1')));
  return Object.fromEntries(head.map((name, i) => [name, rows.map((row) => cell(row[i]))]));
}

/** Largest difference where something is expected, and how many values are. */
function largest(found: ArrayLike<number>, expected: readonly number[] | undefined): { off: number; n: number } {
  const known = (expected ?? [])
    .map((value, i) => ({ value, own: found[i] as number }))
    .filter(({ value }) => Number.isFinite(value));
  return {
    off: Math.max(...known.map(({ value, own }) => (Number.isNaN(own) ? Infinity : Math.abs(own - value)))),
    n: known.length,
  };
}

describe.skipIf(!present)('golden drought indices', () => {
  const limit = Infinity;

  test('Wichita: SPI and SPEI of the R package, and what it makes of months without rain', () => {
    const {
      prcp_mm: rain = [],
      pet_thornthwaite_mm: pet = [],
      tmed_c: warmth = [],
      ...expected
    } = columns('wichita-spi-spei.csv');
    const cases: [found: Float64Array, column: string, tolerance: number][] = [
      [spi(rain, { fit: 'l-moments', limit }).values, 'spi1_zero_mixture', 1e-13],
      [spi(rain, { fit: 'l-moments', zeros: 'omit', limit }).values, 'spi1_R_1.8.1_fixture', 1e-7],
      [spi(rain, { fit: 'l-moments', scale: 12, limit }).values, 'spi12', 1e-7],
      [spei(rain, pet, { limit }).values, 'spei1', 1e-12],
      [spei(rain, pet, { scale: 12, limit }).values, 'spei12', 1e-12],
    ];
    for (const [found, column, tolerance] of cases) {
      const { off, n } = largest(found, expected[column]);
      expect(n, column).toBeGreaterThan(365);
      expect(off, column).toBeLessThan(tolerance);
    }
    // the R package takes the declination of one day for the month, and another formula for it
    expect(largest(thornthwaite(warmth, { latitude: 37.6475, year: 1980 }), pet).off).toBeLessThan(1.7);
  });

  test('a gauge of 123 years: SPI of climate_indices, and its evapotranspiration', () => {
    const { precip_mm: rain = [], temp_c: warmth = [], ...expected } = columns('climate_indices-monthly.csv');
    expect(largest(spi(rain).values, expected.spi1_gamma).off).toBeLessThan(2e-4); // their input has four digits
    expect(largest(spi(rain, { scale: 6 }).values, expected.spi6_gamma).off).toBeLessThan(5e-6);
    expect(largest(thornthwaite(warmth, { latitude: 25.2292, year: 1895 }), expected.pet_thornthwaite_mm).off).toBeLessThan(2e-3);
  });

  test('Maricopa, three years: the grass reference of pyfao56, from dew point', () => {
    const rows = columns('azmet-maricopa-eto-2003-2005.csv');
    const dark: number[] = [];
    const found = (rows.date_doy ?? []).map((date, i) => {
      const at = (name: string): number => rows[name]?.[i] as number;
      const clear = clearSkyRadiation(extraterrestrialRadiation(33.069, date % 1000), 361);
      if (at('srad_mj') < 0.3 * clear) dark.push(i);
      return penmanMonteith({
        min: at('tmin_c'),
        max: at('tmax_c'),
        vapourPressure: saturationPressure(at('tdew_c')),
        wind: windAtTwoMetres(at('wind_3m_ms'), 3),
        solarRadiation: at('srad_mj'),
        latitude: 33.069,
        elevation: 361,
        day: date % 1000,
      });
    });
    // on dark days ASCE holds Rs/Rso at 0.3, FAO-56 does not
    const expected = (rows.eto_pyfao56_mm ?? []).map((mm, i) => (dark.includes(i) ? Number.NaN : mm));
    const { off, n } = largest(found, expected);
    expect(n).toBe(1096 - dark.length);
    expect(dark.length).toBeLessThan(40);
    expect(off).toBeLessThan(0.01); // ASCE's constants have other last digits than FAO's
  });
});
