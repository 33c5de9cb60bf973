/** Worked examples of FAO Irrigation and Drainage Paper 56, by their numbers there; rounded as printed. */
import { describe, expect, test } from 'vitest';
import * as fao from '../../src/science/evapotranspiration.ts';
import * as sun from '../../src/science/evapotranspiration-sun.ts';
import { hargreaves, thornthwaite } from '../../src/science/evapotranspiration-temperature.ts';
import { drought, expectSeries } from './drought-data.ts';

describe('steps of FAO-56', () => {
  const south = -20;
  test.each([
    ['example 2: pressure at 1800 m', fao.airPressure(1800), 81.8, 1],
    ['example 2: psychrometric constant', fao.psychrometricConstant(81.8), 0.054, 3],
    ['example 3: mean saturation pressure, 15 and 24.5 deg C', fao.meanSaturation(15, 24.5), 2.39, 2],
    ['example 4: psychrometer, 25.6 and 19.5 deg C, 1200 m', fao.vapourFromPsychrometer(25.6, 19.5, 87.9), 1.91, 2],
    ['example 5: humidities of 54 and 82 %', fao.vapourFromHumidities(18, 54, 25, 82), 1.7, 2],
    ['example 5: mean humidity', fao.vapourFromMeanHumidity(18, 25, 68), 1.78, 2],
    ['example 8: inverse distance', sun.inverseDistance(246), 0.985, 3],
    ['example 8: declination', sun.declination(246), 0.12, 3],
    ['example 8: sunset angle', sun.sunsetAngle(south, 246), 1.527, 3],
    ['example 8: radiation on top', sun.extraterrestrialRadiation(south, 246), 32.2, 1],
    ['example 9: daylight', sun.daylightHours(south, 246), 11.7, 1],
    ['example 12: clear sky at 100 m', fao.clearSkyRadiation(41.09, 100), 30.9, 1],
    ['example 13: soil heat of April', fao.soilHeatOfMonth({ before: 14.1, own: 16.1, after: 18.8 }), 0.33, 2],
    ['example 14: wind of 3.2 m/s at 10 m', fao.windAtTwoMetres(3.2, 10), 2.4, 1],
    ['example 15: radiation from temperature', fao.radiationFromTemperature(14.8, 26.6, 40.6), 22.3, 1],
    ['example 20: Hargreaves', hargreaves({ min: 14.8, max: 26.6, radiation: 40.6 }), 5.0, 1],
  ])('%s', (_, found, printed, digits) => expect(Math.abs(found - printed)).toBeLessThanOrEqual(0.5001 * 10 ** -digits));

  test('example 11: net longwave radiation', () =>
    expect(fao.netLongwave({ min: 19.1, max: 25.1, vapourPressure: 2.1, solarRadiation: 14.5, clearSky: 18.8 })).toBeCloseTo(
      3.5,
      1,
    ));
});

describe('Penman-Monteith', () => {
  test('example 17: Bangkok in April, 5.72 mm a day', () => {
    const latitude = 13 + 44 / 60;
    const found = fao.penmanMonteith({
      min: 25.6,
      max: 34.8,
      vapourPressure: 2.85,
      wind: 2,
      solarRadiation: fao.radiationFromSunshine(8.5, latitude, 105),
      latitude,
      elevation: 2,
      day: 105,
      soilHeat: fao.soilHeatOfMonth({ before: 29.2, own: 30.2 }),
    });
    expect(found.toFixed(2)).toBe('5.72');
  });

  test('example 18: Uccle on 6 July, 3.9 mm a day', () => {
    const found = fao.penmanMonteith({
      min: 12.3,
      max: 21.5,
      vapourPressure: fao.vapourFromHumidities(12.3, 63, 21.5, 84),
      wind: fao.windAtTwoMetres(10 / 3.6, 10),
      solarRadiation: fao.radiationFromSunshine(9.25, 50.8, 187),
      latitude: 50.8,
      elevation: 100,
      day: 187,
    });
    expect(found.toFixed(2)).toBe('3.88');
  });

  test('example 20: near Lyon without humidity, wind and sun, about 4.56 mm a day', () => {
    const found = fao.penmanMonteith({
      min: 14.8,
      max: 26.6,
      vapourPressure: fao.saturationPressure(14.8),
      wind: 2,
      solarRadiation: fao.radiationFromTemperature(14.8, 26.6, 40.6),
      latitude: 45.72,
      elevation: 200,
      day: 196,
    });
    expect(found.toFixed(2)).toBe('4.56');
  });

  test('eighty days of two hemispheres: that of pyet', () => {
    for (const { latitude, day, min, max, elevation, rs, wind, ea, radiation, daylight, penmanMonteith } of drought.days) {
      const found = fao.penmanMonteith({ min, max, vapourPressure: ea, wind, solarRadiation: rs, latitude, elevation, day });
      // pi and some constants have fewer digits there
      expect(Math.abs(found - penmanMonteith)).toBeLessThan(0.002);
      expect(Math.abs(sun.extraterrestrialRadiation(latitude, day) - radiation)).toBeLessThan(1e-8);
      expect(Math.abs(sun.daylightHours(latitude, day) - daylight)).toBeLessThan(1e-8);
    }
  });

  test('what is missing is not made up, and the polar night has no clear sky to tell it by', () => {
    const weather = { min: -20, max: -10, vapourPressure: 0.1, wind: 2, solarRadiation: 0, latitude: 50, elevation: 0, day: 10 };
    expect(fao.penmanMonteith({ ...weather, wind: Number.NaN })).toBeNaN();
    expect(fao.penmanMonteith({ ...weather, latitude: 80 })).toBeNaN();
    expect(fao.penmanMonteith(weather)).toBeGreaterThanOrEqual(0);
  });
});

describe('from temperature', () => {
  test('Thornthwaite: forty years are those of climate_indices', () =>
    expectSeries(thornthwaite(drought.warmth, { latitude: drought.latitude, year: drought.start }), drought.pet, 1e-9));

  test('Thornthwaite: hot months by the curve of Willmott do not depend on the place', () => {
    const hot = Array.from({ length: 12 }, (_, month) => 18 + 12 * Math.sin((month / 12) * Math.PI));
    const found = thornthwaite(hot, { latitude: 0, year: 2001, hot: 'willmott' });
    const days = sun.monthDays(2001)[6] as number;
    expect(found[6]).toBeCloseTo((-415.85 + 32.24 * 30 - 0.43 * 900) * (days / 30), 9);
    expect(found[0]).toBe(thornthwaite(hot, { latitude: 0, year: 2001 })[0]);
  });

  test('Thornthwaite: a missing month is missing, a calendar month never known leaves nothing', () => {
    const gap = drought.warmth.map((t, i) => (i === 17 ? Number.NaN : t));
    const found = thornthwaite(gap, { latitude: 50, year: 1981 });
    expect([found[17], Number.isNaN(found[18])]).toEqual([Number.NaN, false]);
    expect(thornthwaite(drought.warmth.slice(0, 11), { latitude: 50, year: 1981 }).every(Number.isNaN)).toBe(true);
    expect(Array.from(thornthwaite(Array(12).fill(-5), { latitude: 80, year: 1981 }))).toEqual(Array(12).fill(0));
  });

  test('Hargreaves: a year of days is that of climate_indices', () => {
    const { min, max } = drought.year;
    const found = min.map((low, i) =>
      hargreaves({ min: low, max: max[i] as number, radiation: sun.extraterrestrialRadiation(drought.latitude, i + 1) }),
    );
    expectSeries(
      found,
      drought.year.hargreaves.map((mm) => Math.max(0, mm)),
      1e-9,
    );
    expect(hargreaves({ min: 10, max: 5, radiation: 30 })).toBeNaN();
  });

  test('the sun of the polar circles does not set, or does not rise', () => {
    expect(sun.daylightHours(80, 172)).toBe(24);
    expect(sun.daylightHours(80, 355)).toBe(0);
    expect(sun.extraterrestrialRadiation(80, 355)).toBeCloseTo(0, 12);
    expect([1900, 2000, 2023, 2024].map((year) => sun.monthDays(year)[1])).toEqual([28, 29, 28, 29]);
  });
});
