import { describe, expect, test } from 'vitest';
import {
  columnNamed,
  columnOf,
  DEPTH,
  dayOfYear,
  daysLater,
  numberIn,
  readSeriesTable,
  TEMPERATURE,
  WIND,
} from '../../src/plans/irrigation-columns.ts';
import { compareOptions, spreadOf } from '../../src/plans/irrigation-compare.ts';
import { readCropFile, readIrrigationFile, readSoilFile } from '../../src/plans/irrigation-files.ts';
import { type CropEntry, irrigationTables } from '../../src/plans/irrigation-tables.ts';
import { cropWeather } from '../../src/plans/irrigation-weather.ts';
import { Problem } from '../../src/problems.ts';
import type { CropDay, Soil } from '../../src/science/crop-season.ts';

const file = (text: string, name = 't.csv') => ({ name, bytes: new TextEncoder().encode(text) }) as never;
const told = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof Problem) return `${error.code}: ${error.message}`;
    throw error;
  }
  return '';
};

describe('columns that say their units', () => {
  test.each([
    ['tmin_c', 'tmin', 'c', null],
    ['wind_3m_ms', 'wind', 'ms', 3],
    ['srad_mj_m2_d', 'srad', 'mj_m2_d', null],
    ['Rain [mm]', 'rain', 'mm', null],
    ['wind_10m (km/h)', 'wind', 'km/h', 10],
    ['rhmax', 'rhmax', null, null],
  ])('%s', (field, name, unit, height) => expect(columnNamed(field)).toEqual({ field, name, unit, height }));

  test('are converted, decimal comma and gaps included', () => {
    const table = readSeriesTable(file('date;rain_cm;wind_2m_kmh\n23.04.2013;1,5;36\n24.04.2013;NA;\n'));
    expect(table.dates).toEqual(['2013-04-23', '2013-04-24']);
    expect([...(columnOf(table, ['rain'], DEPTH) ?? [])]).toEqual([15, Number.NaN]);
    expect([...(columnOf(table, ['wind'], WIND) ?? [])]).toEqual([10, Number.NaN]);
    expect(columnOf(table, ['tmin'], TEMPERATURE)).toBeNull();
  });

  test('without a unit, or with a value that cannot be, they are refused with what would do', () => {
    const bare = readSeriesTable(file('date,rain\n2013-04-23,1\n'));
    expect(told(() => columnOf(bare, ['rain'], DEPTH))).toMatch(/water-unit.*"rain".*rain_mm/);
    const cold = readSeriesTable(file('date,tmin_c\n2013-04-23,1\n2013-04-24,-999\n'));
    expect(told(() => columnOf(cold, ['tmin'], TEMPERATURE))).toMatch(/cell-wrong.*line 3.*tmin_c.*-999/);
  });

  test('dates in every shape, and no others', () => {
    const dates = (text: string): string[] => readSeriesTable(file(text)).dates;
    expect(dates('date\n2013-113\n2013-04-24\n2013-04\n1871\n')).toEqual([
      '2013-04-23',
      '2013-04-24',
      '2013-04-01',
      '1871-01-01',
    ]);
    expect(dates('year,month\n2013,5\n')).toEqual(['2013-05-01']);
    expect(dates('year,doy\n2024,366\n')).toEqual(['2024-12-31']);
    for (const wrong of ['2013-366', '2013-02-30', '31.04.2013', 'May 2013', ''])
      expect(told(() => dates(`date,x\n${wrong},1\n`))).toContain('cell-wrong');
    expect(dayOfYear('2024-12-31')).toBe(366);
    expect(daysLater('2024-02-28', 2)).toBe('2024-03-01');
    expect([numberIn('1,5'), numberIn('1.5'), numberIn(''), numberIn('x')]).toEqual([1.5, 1.5, Number.NaN, Number.NaN]);
  });
});

describe('weather', () => {
  const day =
    'date,srad_mj,tmax_c,tmin_c,tdew_c,rhmax_pct,rhmin_pct,wind_3m_ms,rain_mm\n2003-001,12.48,17.5,-0.5,-0.1,95.4,24.9,1,0\n';
  const where = { latitude: 33.069, elevation: 361 };

  test('the reference is that of the method and of the vapour rule named', () => {
    const of = (options: object) =>
      cropWeather(readSeriesTable(file(day)), { method: 'asce-short', ...where, ...options }).days[0]?.reference;
    expect(of({ vapour: 'dew-point' })).toBeCloseTo(1.453125694, 8);
    expect(of({ vapour: 'humidities' })).not.toBeCloseTo(1.453125694, 2);
    expect(of({ method: 'hargreaves' })).toBeGreaterThan(1);
  });

  test('without a rule, a place, a height of the wind or a column nothing is guessed', () => {
    const table = readSeriesTable(file(day));
    expect(told(() => cropWeather(table, { method: 'fao-56', ...where }))).toContain('--vapour');
    expect(told(() => cropWeather(table, { method: 'fao-56', vapour: 'dew-point' }))).toContain('--latitude');
    expect(told(() => cropWeather(table, { method: 'given' }))).toMatch(/columns-missing.*eto_mm/);
    expect(told(() => cropWeather(table, { method: 'fao-56', vapour: 'vapour-pressure', ...where }))).toContain('ea_kpa');
    const bare = readSeriesTable(file(day.replace('wind_3m_ms', 'wind_ms')));
    expect(told(() => cropWeather(bare, { method: 'hargreaves', ...where }))).toContain('wind_2m_ms');
    expect(cropWeather(bare, { method: 'hargreaves', ...where, windHeight: 3 }).days).toHaveLength(1);
  });

  test('days that are missing or come twice are refused with their line', () => {
    const gap = readSeriesTable(file('date,eto_mm,rain_mm,wind_2m_ms,rhmin_pct\n2013-01-01,1,0,2,40\n2013-01-03,1,0,2,40\n'));
    expect(told(() => cropWeather(gap, { method: 'given' }))).toMatch(/water-days.*line 3.*2013-01-03.*2013-01-02/);
  });
});

describe('crops, soils, irrigations of a user', () => {
  const crop = {
    id: 'c',
    stages_d: [10, 20, 30, 10],
    kc: [0.3, 1.1, 0.5],
    kcb: [0.15, 1, 0.4],
    height_m: [0.05, 1],
    roots_m: [0.3, 1],
    depletion: 0.5,
  };
  const soil = { field_capacity: 0.25, wilting_point: 0.12, initial: 0.25, evaporation_depth_m: 0.12, ready_evaporation_mm: 9 };

  test('are read, and what is missing, unknown or impossible is named', () => {
    expect(readCropFile(file(JSON.stringify(crop), 'c.json'))).toMatchObject({
      id: 'c',
      response: null,
      salt: null,
      crop: { depletion: 0.5 },
    });
    expect(readSoilFile(file(JSON.stringify(soil), 's.json'))).toMatchObject({ fieldCapacity: 0.25, readyEvaporation: 9 });
    expect(told(() => readCropFile(file(JSON.stringify({ ...crop, kcb: [0.15, 1] }), 'c.json')))).toContain('c.json, field kcb');
    expect(told(() => readCropFile(file('{', 'c.json')))).toContain('c.json');
    expect(told(() => readSoilFile(file(JSON.stringify({ ...soil, wilting_point: 0.3 }), 's.json')))).toContain('wilting_point');
    expect(told(() => readSoilFile(file(JSON.stringify({ ...soil, colour: 'red' }), 's.json')))).toContain('s.json');
  });

  test('irrigations by date; a wetted part of 35 % is 0.35', () => {
    const events = readIrrigationFile(file('date,depth_mm,wetted_pct\n2013-115,33,35\n'));
    expect(events.get('2013-04-25')).toMatchObject({ depth: 33, efficiency: 1 });
    expect(events.get('2013-04-25')?.wetted).toBeCloseTo(0.35, 12);
    expect(told(() => readIrrigationFile(file('date,depth_mm\n2013-115,33\n')))).toContain('wetted_1');
    expect(told(() => readIrrigationFile(file('date,depth_mm,wetted_1\n2013-115,33,0\n')))).toContain('line 2');
  });
});

describe('the tables that ship', () => {
  const tables = irrigationTables();

  test('every figure has a source, in four languages', () => {
    for (const { source, name } of [...tables.crops.values(), ...tables.soils.values()]) {
      expect(source).not.toBe('');
      expect(Object.values(name).every((text) => text !== '')).toBe(true);
    }
    for (const { factors } of tables.options.values())
      for (const { source } of factors) expect(source.length).toBeGreaterThan(10);
  });

  test('figures lie in order: wilting below field capacity, parts in 0 to 1, seasons of a year at most', () => {
    for (const { soil } of tables.soils.values()) expect(soil.wiltingPoint).toBeLessThan(soil.fieldCapacity);
    for (const { crop } of tables.crops.values()) {
      expect(crop.basal[1]).toBeLessThan(crop.single[1]);
      expect(crop.roots[0]).toBeLessThan(crop.roots[1]);
    }
    for (const { factors } of tables.options.values())
      for (const { quantity, values } of factors)
        if (quantity !== 'less-applied') expect(values.every((value) => value > 0 && value <= 1)).toBe(true);
  });

  test('cotton is that of FAO-56, tables 12, 17, 22, 23 and 24', () => {
    const { crop, response, salt } = tables.crops.get('cotton') as CropEntry;
    expect([crop.single[0], crop.basal[0], crop.depletion, response, salt]).toEqual([
      0.35,
      0.15,
      0.65,
      0.85,
      { threshold: 7.7, slope: 5.2 },
    ]);
  });
});

describe('options side by side', () => {
  const tables = irrigationTables();
  const year = (dry: number): CropDay[] =>
    Array.from({ length: 185 }, (_, i) => ({
      reference: 4 + dry + 2 * Math.sin((i / 185) * Math.PI),
      rain: i % 40 === 7 ? 12 : 0,
      wind: 2.5,
      lowestHumidity: 30,
    }));
  const settings = {
    ...{
      tables,
      seasons: [year(0), year(1), year(0.5)],
      entry: tables.crops.get('cotton') as CropEntry,
      soil: tables.soils.get('loam')?.soil as Soil,
    },
    ...{ canal: 'earth-loam-medium', runs: 60, seed: 5, salinity: 1.2 },
  };
  const of = (...ids: string[]) => compareOptions(ids, settings).outcomes;

  test('the same seed gives the same table, and the first option saves nothing', () => {
    expect(compareOptions(['furrow', 'drip'], settings)).toEqual(compareOptions(['furrow', 'drip'], settings));
    expect(of('furrow')[0]?.saved).toEqual({ low: 0, mid: 0, high: 0 });
  });

  test('lining takes 0.75 by 0.95 of the water, run by run, and consumes as much', () => {
    const [furrow, lining] = of('furrow', 'lining');
    expect((lining?.withdrawal.mid ?? 0) / (furrow?.withdrawal.mid ?? 1)).toBeCloseTo(0.75 / 0.95, 10);
    expect(lining?.savedConsumption).toEqual({ low: 0, mid: 0, high: 0 });
  });

  test('drip takes and evaporates less, and leaves more salt', () => {
    const [furrow, drip] = of('furrow', 'drip');
    expect(drip?.saved.low).toBeGreaterThan(0);
    expect(drip?.savedConsumption.low).toBeGreaterThan(0);
    expect(drip?.salt?.mid).toBeGreaterThan(furrow?.salt?.mid ?? Infinity);
    expect(drip?.saltBrought?.mid).toBeLessThan(furrow?.saltBrought?.mid ?? 0);
  });

  test('levelling saves what was published, in mm of the field: 33.3, 59.3 or 150.9', () => {
    const [furrow, levelling] = of('furrow', 'levelling');
    const saved = (furrow?.applied.mid ?? 0) - (levelling?.applied.mid ?? 0);
    expect(saved).toBeGreaterThan(33);
    expect(saved).toBeLessThan(151);
    expect(levelling?.sources.join()).toContain('10.1007/s10795-007-9034-2');
  });

  test('deficit gives 70 % of the water and costs yield; parts of options go together', () => {
    const [furrow, deficit, both] = of('furrow', 'deficit', 'drip+lining');
    expect((deficit?.applied.mid ?? 0) / (furrow?.applied.mid ?? 1)).toBeLessThan(0.72);
    expect(deficit?.yield?.mid).toBeLessThan((furrow?.yield?.mid ?? 0) - 0.05);
    expect(deficit?.leaching).toBe(0);
    expect((both?.withdrawal.mid ?? 0) * 0.95).toBeCloseTo(both?.applied.mid ?? 0, 8);
  });

  test('another crop is compared by its own yield', () => {
    const other = { entry: tables.crops.get('sunflower') as CropEntry, seasons: settings.seasons };
    const [, crop] = compareOptions(['furrow', 'crop'], { ...settings, other }).outcomes;
    expect(crop).toMatchObject({ crop: 'sunflower', leaching: 0 });
    expect(crop?.saved.mid).toBeGreaterThan(0);
    expect(told(() => of('crop'))).toContain('--instead');
    expect(told(() => of('flood'))).toContain('--compare');
  });

  test('without salinity nothing is said of salt', () => {
    const { salinity: _, ...fresh } = settings;
    expect(compareOptions(['furrow'], fresh).outcomes[0]).toMatchObject({
      salt: null,
      saltBrought: null,
      unleached: 0,
      leaching: 0,
    });
  });

  test('a spread lies between the runs', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ low: 1.1, mid: 2, high: 2.9 });
    expect(spreadOf([4])).toEqual({ low: 4, mid: 4, high: 4 });
  });
});
