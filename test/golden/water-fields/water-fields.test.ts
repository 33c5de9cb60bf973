/**
 * Fields, drought, trend and change of level against numbers of others; README.md says whose. The golden folder is
 * `../shared/golden`, or what `SARYARKA_GOLDEN` names.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSource } from '../../../src/formats/source-node.ts';
import { daysLater, readSeriesTable } from '../../../src/plans/irrigation-columns.ts';
import { readCropFile, readIrrigationFile, readSoilFile } from '../../../src/plans/irrigation-files.ts';
import { cropWeather } from '../../../src/plans/irrigation-weather.ts';
import { cropSeason, type Season } from '../../../src/science/crop-season.ts';
import { windAtTwoMetres } from '../../../src/science/evapotranspiration.ts';
import { actualVapour, asceReference } from '../../../src/science/evapotranspiration-asce.ts';
import { thornthwaite } from '../../../src/science/evapotranspiration-temperature.ts';
import { buishandRange, pettitt, snht } from '../../../src/science/homogeneity.ts';
import { mannKendall } from '../../../src/science/mann-kendall.ts';
import { seasonalMannKendall, seasonalTheilSen } from '../../../src/science/mann-kendall-seasonal.ts';
import { trendFree, vonStorch } from '../../../src/science/prewhitening.ts';
import { spei } from '../../../src/science/spei.ts';
import { spi } from '../../../src/science/spi.ts';
import { speiPearson, spiPearson } from '../../../src/science/spi-pearson.ts';
import { theilSen } from '../../../src/science/theil-sen.ts';
import { hamedRao } from '../../../src/science/trend-variance.ts';

const here = import.meta.dirname;
const golden = join(process.env.SARYARKA_GOLDEN ?? join(here, '..', '..', '..', '..', 'shared', 'golden'), 'water');
const present = existsSync(golden);
if (!present) console.warn(`no golden data at ${golden}: drought, trend and evapotranspiration of others are not compared (set SARYARKA_GOLDEN)`);

const file = (name: string) => readSource(join(here, name));

function cotton(treatment: 'dry' | 'wet'): Season {
  const { days } = cropWeather(readSeriesTable(file('cotton2013-weather.csv')), { method: 'given' });
  const events = readIrrigationFile(file(`cotton2013-${treatment}.csv`));
  const { crop } = readCropFile(file('cotton2013-crop.json'));
  return cropSeason(days, crop, readSoilFile(file('cotton2013-soil.json')), {
    irrigation: (day) => events.get(daysLater('2013-04-23', day)) ?? null,
  });
}

describe('cotton at Maricopa, 23 April to 8 November 2013: totals of pyfao56 to its three decimals', () => {
  const shared = { reference: '1352.490', rain: '49.270', runoff: '0.000', lost: '0.000', beyond: '0.000' };
  test.each([
    ['dry', { potential: '1062.597', actual: '887.088', evaporation: '96.761', transpiration: '790.327', percolation: '49.790', irrigation: '754.400' }, '208.208'],
    ['wet', { potential: '1060.831', actual: '1049.731', evaporation: '94.995', transpiration: '954.736', percolation: '57.708', irrigation: '945.700' }, '187.469'],
  ] as const)('%s', (treatment, own, after) => {
    const { totals, depletion, closure, days, missing } = cotton(treatment);
    for (const [name, given] of Object.entries({ ...shared, ...own })) expect(totals[name as keyof typeof totals].toFixed(3), name).toBe(given);
    expect([depletion.before.toFixed(3), depletion.after.toFixed(3)]).toEqual(['75.000', after]);
    expect(closure).toBeLessThan(1e-12);
    expect([days.length, missing]).toEqual([200, 0]);
    const { irrigation, rain, actual, percolation } = totals;
    expect(Math.abs(depletion.before + actual + percolation - irrigation - rain - depletion.after)).toBeLessThan(1e-9);
  });

  test('with the single coefficient the season takes 1037.566 mm', () => {
    const { days } = cropWeather(readSeriesTable(file('cotton2013-weather.csv')), { method: 'given' });
    const { crop } = readCropFile(file('cotton2013-crop.json'));
    const { totals } = cropSeason(days, crop, readSoilFile(file('cotton2013-soil.json')), { coefficients: 'single' });
    expect(totals.potential.toFixed(3)).toBe('1037.566');
  });

  test('three days as they stand in the daily output of pyfao56', () => {
    const { days } = cotton('dry');
    // cottondry2013.out: days 2013-116, 2013-117 and 2013-312
    const shown = (i: number): string[] => {
      const day = days[i] as Season['days'][number];
      return [day.greatest, day.bareWet, day.surfaceDepletion, day.evaporating, day.evaporation, day.potential, day.ready, day.stress, day.actual, day.depletion].map((value) => value.toFixed(3));
    };
    expect(shown(3)).toEqual(['1.220', '0.500', '7.063', '0.610', '3.532', '4.400', '50.550', '1.000', '4.400', '46.400']);
    expect(shown(4)).toEqual(['1.223', '0.500', '15.185', '0.612', '4.061', '5.057', '48.580', '1.000', '5.057', '51.457']);
    expect(shown(199).slice(6)).toEqual(['169.593', '0.104', '0.163', '208.208']);
  });
});

const r = JSON.parse(readFileSync(join(here, '..', 'trend', 'r.json'), 'utf8')) as Record<'yuepilon' | 'nottem', { values: number[] }>;
const [nile, nottem] = [r.yuepilon.values, r.nottem.values];
// Page 1955, as in Pettitt 1979, table 1
const page = [
  ...[-1.05, 0.96, 1.22, 0.58, -0.98, -0.03, -1.54, -0.71, -0.35, 0.66, 0.44, 0.91, -0.02, -1.42, 1.26, -1.02, -0.81, 1.66, 1.05, 0.97],
  ...[2.14, 1.22, -0.24, 1.6, 0.72, -0.12, 0.44, 0.03, 0.66, 0.56, 1.37, 1.66, 0.1, 0.8, 1.29, 0.49, -0.07, 1.18, 3.29, 1.84],
];
// Rhine at Maxau, mean discharge of 1965 to 2009 [m3/s]: German Federal Institute of Hydrology
const maxau = [
  ...[1649.3534246575, 1585.2684931507, 1370.1123287671, 1520.9016393443, 1255.7260273973, 1808.3424657534, 864.1068493151],
  ...[959.306010929, 1141.5534246575, 1216.2328767123, 1344.4246575342, 861.9098360656, 1402.9232876712, 1415.8383561644],
  ...[1349.797260274, 1419.0995081967, 1523.753690411, 1535.4712328767, 1365.4520547945, 1228.2486338798, 1114.0136986301],
  ...[1339.9178082192, 1537.3315068493, 1448.2595628415, 1000.7863013699, 1095.2136986301, 1055.3150684932, 1208.9726775956],
  ...[1174.0082191781, 1356.6410958904, 1565.4739726027, 1112.543715847, 1163.9205479452, 1143.304109589, 1723.8328767123],
  ...[1400.8661994536, 1632.9890410959, 1495.701369863, 915.7534246575, 1062.4226775956, 1048.9845394737, 1263.6547945205],
  ...[1286.6739726027, 1205.0519125683, 1112.3863013699],
];

describe('series as in the R package trend 1.1.6', () => {
  test('Nile: a change after 1898 by all tests', () => {
    expect(pettitt(nile)).toMatchObject({ n: 100, statistic: 1617, k: 28, at: 27 });
    expect(pettitt(nile).p / 3.591022e-7).toBeCloseTo(1, 6);
    expect(snht(nile, { draws: 0 }).statistic).toBeCloseTo(43.218865, 6);
    expect(snht(nile, { draws: 0 }).k).toBe(28);
    expect(buishandRange(nile, { draws: 0 }).statistic).toBeCloseTo(2.9517661, 7);
    expect(buishandRange(nile, { draws: 0 }).k).toBe(28);
  });

  test('Nile: Mann-Kendall and Sen', () => {
    const { s, variance, z, p, tau } = mannKendall(nile);
    expect(s).toBe(-1387);
    expect(variance).toBeCloseTo(112728.3333, 4);
    expect(z).toBeCloseTo(-4.12806652, 8);
    expect(p / 3.658263e-5).toBeCloseTo(1, 6);
    expect(tau).toBeCloseTo(-0.2807413, 7);
    expect(s / 4950).toBeCloseTo(-0.280202, 6); // what pymannkendall reports as tau: ties count as pairs there
    const { slope, low, high } = theilSen(nile, { places: 'nearest' });
    expect(slope).toBeCloseTo(-2.6, 10);
    expect(Math.abs(low - -3.627907)).toBeLessThan(1e-6);
    expect(Math.abs(high - -1.428571)).toBeLessThan(1e-6);
  });

  test('Nottingham, 240 months: seasonal Mann-Kendall and Sen', () => {
    const found = seasonalMannKendall(nottem, { period: 12 });
    expect([found.s, found.variance]).toEqual([224, 11364]);
    expect(found.z).toBeCloseTo(2.091892, 6);
    expect(found.p).toBeCloseTo(0.03644818, 8);
    expect(seasonalTheilSen(nottem, { period: 12 }).slope).toBeCloseTo(0.05, 10);
    const correlated = seasonalMannKendall(nottem, { period: 12, dependence: 'correlated', continuity: 'none' });
    expect(correlated.variance).toBeCloseTo(19663.3333, 4);
    expect(correlated.z).toBeCloseTo(1.5974212, 7);
    expect(correlated.p).toBeCloseTo(0.1101718, 7);
  });

  test('Page: Pettitt finds 17 with p 0.0145556 (0.014 in his paper)', () => {
    const found = pettitt(page);
    expect(found).toMatchObject({ n: 40, statistic: 232, k: 17 });
    expect(found.p).toBeCloseTo(0.0145556, 7);
  });

  test('Rhine at Maxau: Pettitt, Mann-Kendall, Sen', () => {
    expect(pettitt(maxau)).toMatchObject({ n: 45, statistic: 162, k: 24 });
    expect(pettitt(maxau).p).toBeCloseTo(0.3688786, 7);
    const { s, variance, z, p, tau } = mannKendall(maxau);
    expect([s, variance]).toEqual([-144, 10450]);
    expect(z).toBeCloseTo(-1.3988717, 7);
    expect(p).toBeCloseTo(0.1618515, 7);
    expect(tau).toBeCloseTo(-0.1454545, 7);
    const { slope, low, high } = theilSen(maxau, { places: 'nearest' });
    expect(slope).toBeCloseTo(-3.913032, 6);
    expect(low).toBeCloseTo(-9.892674, 6);
    expect(high).toBeCloseTo(2.190572, 6);
  });
});

function columns(name: string): Record<string, number[]> {
  const [head = [], ...rows] = readFileSync(join(golden, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(','));
  const cell = (text = ''): number => (text === '' || text === 'NA' ? Number.NaN : Number(text.replace(/^(\d{4})-/, '$1')));
  return Object.fromEntries(head.map((field, i) => [field, rows.map((row) => cell(row[i]))]));
}

function largest(found: ArrayLike<number>, expected: readonly number[] = []): { off: number; n: number } {
  const known = expected.flatMap((value, i) => (Number.isFinite(value) ? [Math.abs((found[i] as number) - value)] : []));
  return { off: known.some(Number.isNaN) ? Infinity : Math.max(...known), n: known.length };
}

describe.skipIf(!present)('golden folder', () => {
  test('Maricopa, 1,096 days: the standardised reference from the dew point, every digit of the file', () => {
    const rows = columns('azmet-maricopa-eto-2003-2005.csv');
    const of = (rule: 'dew-point' | 'humidities'): number[] =>
      (rows.date_doy ?? []).map((date, i) => {
        const at = (name: string): number => rows[name]?.[i] as number;
        return asceReference({
          ...{ min: at('tmin_c'), max: at('tmax_c'), solarRadiation: at('srad_mj'), wind: windAtTwoMetres(at('wind_3m_ms'), 3) },
          vapourPressure: actualVapour(rule, { dewPoint: at('tdew_c'), min: at('tmin_c'), max: at('tmax_c'), highest: at('rhmax'), lowest: at('rhmin') }),
          ...{ latitude: 33.069, elevation: 361, day: date % 1000 },
        });
      });
    const found = largest(of('dew-point'), rows.eto_pyfao56_mm);
    expect(found.n).toBe(1096);
    expect(found.off).toBeLessThan(1e-9); // the file has nine decimals
    const other = of('humidities').map((mm, i) => Math.abs(mm - (rows.eto_pyfao56_mm?.[i] as number)));
    expect(other.reduce((sum, gap) => sum + gap, 0) / other.length).toBeCloseTo(0.055, 3); // 0.046 over all of 2003 to 2020
  });

  test('Wichita: Thornthwaite of 382 months by a day in the middle', () => {
    const { tmed_c: warmth = [], pet_thornthwaite_mm: pet } = columns('wichita-spi-spei.csv');
    const found = thornthwaite(warmth, { latitude: 37.6475, year: 1980, daylight: 'middle' });
    expect(largest(found, pet)).toMatchObject({ n: 382 });
    expect(largest(found, pet).off).toBeLessThan(1e-11);
    expect([...found.slice(0, 12)].map((mm) => mm.toFixed(4))).toEqual([
      ...['0.0000', '0.0000', '10.8386', '44.1925', '84.7300', '164.8886', '229.0428', '185.6411', '117.7380', '51.7668', '18.1411', '3.0973'],
    ]);
  });

  test('Wichita: January parameters of SPEI, and how far the two rules for months without rain are apart', () => {
    const { prcp_mm: rain = [], pet_thornthwaite_mm: pet = [], spi1_zero_mixture: right = [] } = columns('wichita-spi-spei.csv');
    const january = spei(rain, pet, { limit: Infinity }).fits[0]?.distribution;
    expect(january?.location).toBeCloseTo(17.16773, 5);
    expect(january?.scale).toBeCloseTo(9.98561, 5);
    expect(january?.shape).toBeCloseTo(-0.188291, 6);
    const omitted = spi(rain, { fit: 'l-moments', zeros: 'omit', limit: Infinity }).values;
    const apart = right.map((value, i) => Math.abs(value - (omitted[i] as number)));
    expect(apart.filter((gap) => gap > 0.001)).toHaveLength(95);
    expect(Math.max(...apart.filter(Number.isFinite))).toBeCloseTo(0.72, 2);
  });

  test('a gauge of 123 years: SPEI by the shifted gamma of climate_indices', () => {
    const { precip_mm: rain = [], pet_thornthwaite_mm: pet = [], spei6_gamma: expected } = columns('climate_indices-monthly.csv');
    const { off, n } = largest(spei(rain, pet, { scale: 6, distribution: 'shifted-gamma' }).values, expected);
    expect(n).toBeGreaterThan(1400);
    expect(off).toBeLessThan(7e-6);
  });

  test('the same gauge: Pearson III of climate_indices, SPI calibrated 1981-2010, SPEI over the whole record', () => {
    const { precip_mm: rain = [], pet_thornthwaite_mm: pet = [], ...expected } = columns('climate_indices-monthly.csv');
    const calibration = { from: (1981 - 1895) * 12, to: (2011 - 1895) * 12 };
    expect(largest(spiPearson(rain, { scale: 6, calibration }).values, expected.spi6_pearson3)).toMatchObject({ n: 1461 });
    expect(largest(spiPearson(rain, { scale: 6, calibration }).values, expected.spi6_pearson3).off).toBeLessThan(4e-6);
    expect(largest(speiPearson(rain, pet, { scale: 6 }).values, expected.spei6_pearson3).off).toBeLessThan(6e-4); // theirs asks for 0.01
  });

  test('360 months with seven gaps: the Mann-Kendall family of pymannkendall', () => {
    const { x } = JSON.parse(readFileSync(join(golden, 'mann-kendall.json'), 'utf8')) as { x: (number | null)[] };
    const values = x.map((value) => value ?? Number.NaN);
    const closed = values.filter(Number.isFinite); // gaps closed, as it does
    expect(mannKendall(values)).toMatchObject({ n: 353, s: -1959 });
    expect(mannKendall(values).variance).toBeCloseTo(4889800.3333, 4);
    expect(mannKendall(values).z).toBeCloseTo(-0.8854562842589916, 12);
    expect(mannKendall(values).p).toBeCloseTo(0.37591058740506833, 12);
    expect(theilSen(values).slope).toBeCloseTo(-0.006369426751592357, 14);
    const seasonal = seasonalMannKendall(values, { period: 12 });
    expect(seasonal.s).toBe(-399);
    expect(seasonal.variance).toBeCloseTo(34702.3333, 4);
    expect(seasonal.z).toBeCloseTo(-2.136504114534638, 12);
    expect(seasonal.p).toBeCloseTo(0.03263834596177739, 12);
    expect(seasonalTheilSen(values, { period: 12 }).slope).toBeCloseTo(-0.08695652173913043, 14);
    const cycles = Array.from({ length: 30 }, (_, i) => values.slice(12 * i, 12 * i + 12)).filter((year) => year.every(Number.isFinite));
    const correlated = seasonalMannKendall(cycles.flat(), { period: 12, dependence: 'correlated', continuity: 'none' });
    expect(correlated.s).toBe(-333);
    expect(correlated.variance).toBeCloseTo(31427.6667, 4);
    expect(correlated.p).toBeCloseTo(0.06032641537423844, 12);
    const whitened = mannKendall(vonStorch(closed).values);
    expect(whitened.s).toBe(-219);
    expect(whitened.p).toBeCloseTo(0.9212742990272651, 10);
    expect(mannKendall(trendFree(closed, theilSen(values).slope).values).s).toBe(-630);
    const lagged = hamedRao(closed, { lags: 3, slope: theilSen(values).slope }) // the line through values at their own times;
    expect(lagged.variance / 14228919.889).toBeCloseTo(1, 9);
    expect(lagged.p).toBeCloseTo(0.60371, 5);
  });
});
