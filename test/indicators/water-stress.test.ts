import { expect, test } from 'vitest';
import { readCsv } from '../../src/formats/csv.ts';
import type { TableIndicator } from '../../src/indicators/table-indicator.ts';
import { waterStress } from '../../src/indicators/water-stress.ts';
import { waterUseEfficiency } from '../../src/indicators/water-use-efficiency.ts';
import { tableFigures } from '../../src/run/compute-tables.ts';

function computed(indicator: TableIndicator, csv: string) {
  const table = readCsv({ name: 't.csv', bytes: new TextEncoder().encode(csv) });
  const { observations } = tableFigures(indicator, {
    name: 't.csv',
    table,
    inputs: [{ href: 't.csv', digest: 'sha256:0' }],
    feature: 'kz',
    params: {},
  });
  return observations.map(({ period, by, value, unit }) => [period?.start.slice(0, 4), by.class ?? null, value, unit]);
}

test('a level of stress for each year, and for each basin that is named', () => {
  const head = 'year,withdrawal_km3,resources_km3,environment_km3,part\n';
  expect(computed(waterStress, `${head}2022,24,108,36,\n2022,5,20,10,Syr Darya\n`)).toEqual([
    ['2022', null, 100 / 3, '%'],
    ['2022', 'Syr Darya', 50, '%'],
  ]);
});

test('rivers that need all there is, a year twice and a negative volume are faults with line and field', () => {
  const head = 'year,withdrawal_km3,resources_km3,environment_km3\n';
  expect(() => computed(waterStress, `${head}2022,24,36,36\n`)).toThrow(/line 2.*environment_km3.*< 36/);
  expect(() => computed(waterStress, `${head}2022,24,108,36\n2022,25,108,36\n`)).toThrow(/line 3.*year/);
  expect(() => computed(waterStress, `${head}2022,-1,108,36\n`)).toThrow(/withdrawal_km3/);
  expect(() => computed(waterStress, 'year,withdrawal\n2022,24\n')).toThrow(/withdrawal_km3/);
});

test('efficiency of each sector, and of all where all three are there', () => {
  const head = 'year,sector,value_usd,withdrawal_m3,rainfed\n';
  const rows = '2022,agriculture,10,15,0.4\n2022,industry,60,4,\n2022,services,90,1,\n';
  const [whole, ...sectors] = computed(waterUseEfficiency, head + rows);
  expect(whole?.slice(0, 2)).toEqual(['2022', null]);
  expect(whole?.[2]).toBeCloseTo(156 / 20, 10);
  expect(whole?.[3]).toBe('[USD]/m3');
  expect(sectors.map(([, sector]) => sector)).toEqual(['agriculture', 'industry', 'services']);
  expect(computed(waterUseEfficiency, `${head}2022,industry,60,4,\n`)).toEqual([['2022', 'industry', 15, '[USD]/m3']]);
  expect(() => computed(waterUseEfficiency, `${head}2022,agriculture,10,15,\n`)).toThrow(/rainfed/);
});
