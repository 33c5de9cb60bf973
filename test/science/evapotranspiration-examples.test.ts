/** Examples 17, 18 and 20 of FAO-56 step by step to more digits than the paper prints, and single steps of it and of ASCE 2005. */
import { describe, expect, test } from 'vitest';
import * as fao from '../../src/science/evapotranspiration.ts';
import { actualVapour, asceReference, vapourRules } from '../../src/science/evapotranspiration-asce.ts';
import { icidMonths, icidRadiation, middleOfMonth } from '../../src/science/evapotranspiration-icid.ts';
import * as sun from '../../src/science/evapotranspiration-sun.ts';
import { hargreaves, thornthwaite } from '../../src/science/evapotranspiration-temperature.ts';

/** As many digits as are given, half of the last one either way. */
const to = (found: number, given: string): void => {
  const digits = (given.split('.')[1] ?? '').length;
  expect(Math.abs(found - Number(given)), `${found} for ${given}`).toBeLessThanOrEqual(0.5000001 * 10 ** -digits);
};

interface Example {
  weather: fao.Weather;
  hours: number | null;
  expected: Record<
    'P' | 'gamma' | 'Delta' | 'es' | 'ea' | 'dr' | 'delta' | 'omega' | 'Ra' | 'N' | 'Rs' | 'Rso' | 'Rns' | 'Rnl' | 'Rn' | 'ETo',
    string
  >;
}

const bangkok = { latitude: 13 + 44 / 60, elevation: 2, day: 105 };
const uccle = { latitude: 50 + 48 / 60, elevation: 100, day: 187 };
const lyon = { latitude: 45.72, elevation: 200, day: 196 };

const examples: Record<string, Example> = {
  'example 17: Bangkok, mean of April': {
    weather: {
      ...{ ...bangkok, min: 25.6, max: 34.8, vapourPressure: 2.85, wind: 2 },
      solarRadiation: fao.radiationFromSunshine(8.5, bangkok.latitude, 105),
      soilHeat: fao.soilHeatOfMonth({ before: 29.2, own: 30.2 }),
    },
    hours: 8.5,
    expected: {
      ...{
        P: '101.276',
        gamma: '0.06735',
        Delta: '0.24580',
        es: '4.4218',
        ea: '2.85',
        dr: '0.99226',
        delta: '0.16584',
        omega: '1.61171',
      },
      ...{
        Ra: '38.0577',
        N: '12.3126',
        Rs: '22.6510',
        Rso: '28.5448',
        Rns: '17.4413',
        Rnl: '3.1086',
        Rn: '14.3327',
        ETo: '5.71612',
      },
    },
  },
  'example 18: Uccle on 6 July': {
    weather: {
      ...{
        ...uccle,
        min: 12.3,
        max: 21.5,
        vapourPressure: actualVapour('humidities', { min: 12.3, max: 21.5, highest: 84, lowest: 63 }),
      },
      ...{ wind: fao.windAtTwoMetres(2.78, 10), solarRadiation: fao.radiationFromSunshine(9.25, uccle.latitude, 187) },
    },
    hours: 9.25,
    expected: {
      ...{
        P: '100.124',
        gamma: '0.06658',
        Delta: '0.12211',
        es: '1.9975',
        ea: '1.40862',
        dr: '0.96710',
        delta: '0.39544',
        omega: '2.10809',
      },
      ...{
        Ra: '41.0884',
        N: '16.1046',
        Rs: '22.0721',
        Rso: '30.8985',
        Rns: '16.9955',
        Rnl: '3.7123',
        Rn: '13.2832',
        ETo: '3.88050',
      },
    },
  },
  'example 20: near Lyon, nothing but temperatures': {
    weather: {
      ...{
        ...lyon,
        min: 14.8,
        max: 26.6,
        vapourPressure: actualVapour('least-temperature', { min: 14.8 }, { offset: 0 }),
        wind: 2,
      },
      solarRadiation: fao.radiationFromTemperature(14.8, 26.6, 40.6),
    },
    hours: null,
    expected: {
      ...{
        P: '98.958',
        gamma: '0.06581',
        Delta: '0.15031',
        es: '2.5830',
        ea: '1.6835',
        dr: '0.96789',
        delta: '0.37458',
        omega: '1.98575',
      },
      ...{
        Ra: '40.5546',
        N: '15.170',
        Rs: '22.3145',
        Rso: '30.5781',
        Rns: '17.1822',
        Rnl: '3.6862',
        Rn: '13.4960',
        ETo: '4.56343',
      },
    },
  },
};

test.each(Object.entries(examples))('%s, every step', (_, { weather, expected }) => {
  const { min, max, latitude, elevation, day, vapourPressure, solarRadiation } = weather;
  const radiation = sun.extraterrestrialRadiation(latitude, day);
  const clearSky = fao.clearSkyRadiation(radiation, elevation);
  const pressure = fao.airPressure(elevation);
  to(pressure, expected.P);
  to(fao.psychrometricConstant(pressure), expected.gamma);
  to(fao.vapourPressureSlope((min + max) / 2), expected.Delta);
  to(fao.meanSaturation(min, max), expected.es);
  to(vapourPressure, expected.ea);
  to(sun.inverseDistance(day), expected.dr);
  to(sun.declination(day), expected.delta);
  to(sun.sunsetAngle(latitude, day), expected.omega);
  to(radiation, expected.Ra);
  to(sun.daylightHours(latitude, day), expected.N);
  to(solarRadiation, expected.Rs);
  to(clearSky, expected.Rso);
  to(0.77 * solarRadiation, expected.Rns);
  to(fao.netLongwave({ min, max, vapourPressure, solarRadiation, clearSky }), expected.Rnl);
  to(fao.netRadiation(weather), expected.Rn);
  to(fao.penmanMonteith(weather), expected.ETo);
});

test('wind of Uccle, soil heat of Bangkok, Hargreaves near Lyon', () => {
  to(10 / 3.6, '2.78');
  to(fao.windAtTwoMetres(2.78, 10), '2.07930'); // of the printed, rounded 2.78
  to(fao.soilHeatOfMonth({ before: 29.2, own: 30.2 }), '0.14');
  to(hargreaves({ min: 14.8, max: 26.6, radiation: sun.extraterrestrialRadiation(lyon.latitude, 196) }), '5.03303');
});

test.each([
  ['example 2: pressure at 1800 m', fao.airPressure(1800), '81.8'],
  ['example 2: psychrometric constant', fao.psychrometricConstant(fao.airPressure(1800)), '0.054'],
  ['example 3: mean saturation', fao.meanSaturation(15, 24.5), '2.39'],
  ['example 5: range of humidity', actualVapour('humidities', { min: 18, max: 25, highest: 82, lowest: 54 }), '1.70'],
  ['example 5: mean humidity', actualVapour('mean-humidity', { min: 18, max: 25, mean: 68 }), '1.78'],
  ['example 4: psychrometer', fao.vapourFromPsychrometer(25.6, 19.5, 87.9), '1.91'],
  ['example 8: radiation on top, to more digits', sun.extraterrestrialRadiation(-20, 246), '32.1940'],
  ['example 8: inverse distance', sun.inverseDistance(246), '0.985'],
  ['example 8: declination', sun.declination(246), '0.120'],
  ['example 8: sunset', sun.sunsetAngle(-20, 246), '1.527'],
  ['example 9: length of day, to more digits', sun.daylightHours(-20, 246), '11.6656'],
  ['example 10: Rs of 7.1 hours', (0.25 + (0.5 * 7.1) / 10.9) * 25.1, '14.45'],
  [
    'example 11: longwave',
    fao.netLongwave({ min: 19.1, max: 25.1, vapourPressure: 2.1, solarRadiation: 14.5, clearSky: 18.8 }),
    '3.5',
  ],
  ['example 13: soil heat', fao.soilHeatOfMonth({ before: 14.1, own: 16.1, after: 18.8 }), '0.33'],
  ['example 14: wind', fao.windAtTwoMetres(3.2, 10), '2.4'],
  ['example 15: Rs of temperature', fao.radiationFromTemperature(14.8, 26.6, 40.6), '22.3'],
])('%s', (_, found, printed) => to(found, printed));

test('slope of the vapour curve: table C-3 of ASCE 2005, as in the tests of pyet', () => {
  const temperatures = [21.65, 22.9, 23.7, 22.8, 24.3, 26.0, 26.1, 26.4, 23.9, 24.2];
  const slopes = [0.1585, 0.1692, 0.1762, 0.1684, 0.182, 0.199, 0.1996, 0.2027, 0.1781, 0.1809];
  for (const [i, t] of temperatures.entries())
    expect(Math.abs(fao.vapourPressureSlope(t) - (slopes[i] as number)), String(t)).toBeLessThan(4e-4);
});

describe('ASCE 2005', () => {
  // Maricopa, Arizona (AZMET, public data): 1 to 3 January 2003; expected by pyfao56 1.4.3 from the dew point
  const days = [
    { min: -0.5, max: 17.5, dewPoint: -0.1, highest: 95.4, lowest: 24.9, wind: 1, solarRadiation: 12.48, expected: 1.453125694 },
    { min: 0.4, max: 21.9, dewPoint: -2.5, highest: 81.9, lowest: 14.1, wind: 2, solarRadiation: 12.68, expected: 2.711765859 },
    { min: 1, max: 24, dewPoint: -0.2, highest: 83, lowest: 13.8, wind: 1.1, solarRadiation: 12.77, expected: 2.015769209 },
  ];
  const found = (day: (typeof days)[number], i: number, rule: (typeof vapourRules)[number]): number =>
    asceReference({
      ...{ min: day.min, max: day.max, solarRadiation: day.solarRadiation, wind: fao.windAtTwoMetres(day.wind, 3) },
      ...{ vapourPressure: actualVapour(rule, day), latitude: 33.069, elevation: 361, day: i + 1 },
    });

  test('three days from the dew point', () => {
    for (const [i, day] of days.entries()) expect(Math.abs(found(day, i, 'dew-point') - day.expected)).toBeLessThan(1e-9);
  });

  test('another rule for the vapour pressure is another figure, so the rule is named', () => {
    for (const [i, day] of days.entries()) expect(Math.abs(found(day, i, 'humidities') - day.expected)).toBeGreaterThan(0.005);
    expect(actualVapour('dew-point', {})).toBeNaN();
    expect(actualVapour('vapour-pressure', { vapourPressure: 1.2 })).toBe(1.2);
    expect(actualVapour('least-temperature', { min: 12 })).toBe(fao.saturationPressure(10));
    expect(actualVapour('highest-humidity', { min: 12, highest: 90 })).toBeCloseTo(0.9 * fao.saturationPressure(12), 12);
    expect(actualVapour('lowest-humidity', { max: 25, lowest: 30 })).toBeCloseTo(0.3 * fao.saturationPressure(25), 12);
    expect(vapourRules).toHaveLength(7);
  });

  test('the tall crop takes more than the short one when it is dry and windy', () => {
    const dry = { min: 15, max: 35, vapourPressure: 0.8, wind: 4, solarRadiation: 25, latitude: 45, elevation: 100, day: 190 };
    expect(asceReference(dry, { crop: 'tall' })).toBeGreaterThan(1.2 * asceReference(dry));
    expect(Math.abs(asceReference(dry) - fao.penmanMonteith(dry))).toBeLessThan(0.01);
    expect(asceReference({ ...dry, wind: Number.NaN })).toBeNaN();
  });
});

describe('as the R package SPEI', () => {
  // Means of the months at Cabinda, Angola (CLIMWAT, FAO): least and greatest temperature, humidity, wind, radiation; ETo of FAO
  const cabinda = [
    [22.8, 29.6, 81, 0.903, 15.7, 105.4],
    [22.7, 30.3, 82, 0.799, 16.9, 103.6],
    [23, 30.6, 80, 0.903, 17.4, 117.8],
    [23, 30.2, 82, 0.799, 16.4, 105],
    [22, 28.6, 84, 0.799, 13.5, 89.9],
    [19.2, 26.5, 81, 0.799, 12.2, 78],
    [17.6, 25.1, 78, 0.903, 12.3, 80.6],
    [18.6, 25.3, 78, 0.903, 12.4, 80.6],
    [20.5, 26.5, 78, 1.204, 12.4, 84],
    [22.5, 28, 79, 1.505, 12.9, 96.1],
    [23, 28.7, 80, 1.203, 14.4, 99],
    [23, 29.1, 82, 1.1, 15.2, 105.4],
  ] as const;
  const months = cabinda.map(([min, max, humidity, wind, solarRadiation]) => ({ min, max, humidity, wind, solarRadiation }));
  const expected = [
    '106.324',
    '101.890',
    '117.631',
    '105.737',
    '90.047',
    '77.028',
    '78.281',
    '79.695',
    '83.626',
    '95.173',
    '97.964',
    '103.835',
  ];

  test('twelve months of Cabinda: its function penman to the digits given', () => {
    const found = icidMonths(months, { latitude: -5.33, elevation: 20 });
    for (const [i, mm] of expected.entries()) to(found[i] as number, mm);
    for (const [i, [, , , , , mm]] of cabinda.entries()) expect(Math.abs((found[i] as number) / mm - 1)).toBeLessThan(0.03);
  });

  test('Hargreaves at Wichita in 1980, from its radiation of a day in the middle of the month', () => {
    // greatest and least temperatures of Wichita (GHCN), deg C
    const max = [4.16, 3.04, 10.96, 19.24, 23.58, 33.22, 40.48, 36.3, 30.63, 22.7, 15.12, 8.55];
    const min = [-4.91, -7.33, -0.45, 5.48, 11.33, 19.99, 24.45, 22.84, 17.33, 7, 1.43, -3.14];
    const mm = [
      '25.1319',
      '28.7560',
      '64.1223',
      '111.0875',
      '143.1303',
      '189.9358',
      '239.1386',
      '187.5842',
      '132.4062',
      '89.4760',
      '48.1171',
      '30.6901',
    ];
    for (const [i, given] of mm.entries()) {
      const radiation = icidRadiation(37.6475, middleOfMonth(i));
      to(hargreaves({ min: min[i] as number, max: max[i] as number, radiation }) * (sun.monthDays(2001)[i] as number), given);
    }
  });

  test('Thornthwaite by a day in the middle differs from the mean of the month, most far from the equator', () => {
    const means = [-0.38, -2.14, 5.26, 12.36, 17.46, 26.61, 32.46, 29.57, 23.98, 14.85, 8.28, 2.71];
    const middle = thornthwaite(means, { latitude: 37.6475, year: 1980, daylight: 'middle' });
    const mean = thornthwaite(means, { latitude: 37.6475, year: 1980 });
    expect(middle[6]).not.toBe(mean[6]);
    for (const [i, own] of middle.entries()) expect(Math.abs(own - (mean[i] as number))).toBeLessThan(2.5);
  });
});
