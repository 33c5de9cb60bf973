import { describe, expect, test } from 'vitest';
import { NODATA } from '../../src/science/land-cover.ts';
import { addValueSpan, areaOf, classIndex, newAreaTable } from '../../src/science/land-cover-areas.ts';
import { NO_COMPAT, PUBLISHED_COMPAT, TRENDS_EARTH_COMPAT } from '../../src/science/land-degradation.ts';
import { climateFactors, soilCarbon, soilChange, soilDegradation, soilFactors } from '../../src/science/land-degradation-soil.ts';
import { golden, soilTable } from './land-data.ts';

const factors = soilFactors(soilTable);
const { soil } = golden<{ soil: { stock: number; cover: number[]; f: number; stocks: number[] }[] }>('rules');
const pixel = (cover: readonly number[]): Int16Array[] => cover.map((code) => Int16Array.of(code));

describe('soil organic carbon', () => {
  test.each(soil)('case %#: stocks of 26 years are those of the loop', ({ stock, cover, f, stocks }) => {
    const found = soilCarbon(Float64Array.of(stock), pixel(cover), f, factors);
    for (const [k, expected] of stocks.entries()) expect((found[k]?.[0] ?? Number.NaN) / expected).toBeCloseTo(1, 12);
  });

  test('grassland to cropland in a dry temperate climate loses a hundredth of 100 t/ha a year', () => {
    const stockAfter = (steps: number): number | undefined => {
      const cover = [2, ...new Array<number>(steps).fill(3)];
      return soilCarbon(Float64Array.of(100), pixel(cover), 0.8, factors).at(-1)?.[0];
    };
    expect(stockAfter(15)).toBeCloseTo(85, 12);
    expect(stockAfter(9)).toBeCloseTo(91, 12);
    expect(stockAfter(20)).toBeCloseTo(80, 12);
    expect(stockAfter(30)).toBeCloseTo(80, 12); // twenty years and no more
  });

  test('what is not known from a year on is not known, and nothing before is lost', () => {
    const found = soilCarbon(
      Float64Array.of(100, NODATA, 50),
      [
        [2, 2, 2],
        [0, 2, 3],
        [2, 2, 3],
      ].map((list) => Int16Array.from(list)),
      0.8,
      factors,
    );
    expect(found.map((layer) => layer[0])).toEqual([100, Number.NaN, Number.NaN]);
    expect(found.map((layer) => layer[1])).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(found.map((layer) => layer[2])).toEqual([50, 49.5, 49]);
  });

  test('where the climate is not known only changes that need it are not known', () => {
    const zones = climateFactors(Uint8Array.of(0, 2, 11), factors);
    expect([...zones]).toEqual([Number.NaN, 0.8, 0.48]);
    const found = soilCarbon(
      Float64Array.of(100, 100),
      [
        [2, 2],
        [3, 5],
      ].map((list) => Int16Array.from(list)),
      Float64Array.of(Number.NaN, Number.NaN),
      factors,
    );
    expect([...(found[1] ?? [])]).toEqual([Number.NaN, 95.5]);
  });

  test('the quirk takes an unknown climate for a factor of 0, both ways', () => {
    const zones = climateFactors(Uint8Array.of(0, 0), factors, { compat: TRENDS_EARTH_COMPAT });
    const found = soilCarbon(
      Float64Array.of(100, 100),
      [
        [2, 3],
        [3, 2],
      ].map((list) => Int16Array.from(list)),
      zones,
      factors,
    );
    expect([...(found[1] ?? [])]).toEqual([95, 95]);
  });

  test('a table with a factor that is none is refused with its cell', () => {
    const rows = soilTable.factor.map((row) => [...row]);
    (rows[2] ?? [])[4] = 0;
    expect(() => soilFactors({ ...soilTable, factor: rows })).toThrow('"ipcc-2006", 3 to 5: 0; expected a number above zero');
    expect(() => soilFactors({ ...soilTable, factor: rows.slice(1) })).toThrow('have 6 rows: expected 7');
  });
});

describe('degradation by soil', () => {
  const classOf = (initial: number, final: number, compat = PUBLISHED_COMPAT): number | undefined =>
    soilDegradation(soilChange(Float64Array.of(initial), Float64Array.of(final), { compat }), { compat })[0];

  test('ten per cent counts, both ways; a stock of 0 is not known', () => {
    expect([classOf(100, 90), classOf(100, 91), classOf(100, 109), classOf(100, 110)]).toEqual([-1, 0, 0, 1]);
    expect([classOf(0, 10), classOf(NODATA, 10), classOf(10, Number.NaN)]).toEqual([NODATA, NODATA, NODATA]);
  });

  test('the quirk cuts stocks to whole numbers first: 100 to 90.4 is degraded then', () => {
    expect([classOf(100, 90.4), classOf(100, 90.4, TRENDS_EARTH_COMPAT)]).toEqual([0, -1]);
  });

  test('the quirk hands a loss beyond -101 % on; without it it is degraded', () => {
    const percent = Int16Array.of(-102, -101, -10, -9);
    expect([...soilDegradation(percent, { compat: TRENDS_EARTH_COMPAT })]).toEqual([-102, -1, -1, 0]);
    expect([...soilDegradation(percent, { compat: NO_COMPAT })]).toEqual([-1, -1, -1, 0]);
  });

  test('the soil under water at the start does not count', () => {
    expect([...soilDegradation(Float64Array.of(-50, -50), { water: Uint8Array.of(1, 0) })]).toEqual([NODATA, -1]);
  });

  test('stocks become tonnes by class: t/ha times hectares', () => {
    const table = newAreaTable(classIndex([1, 2, 3, 4, 5, 6, 7]));
    addValueSpan(table, Int16Array.of(2, 2, 3), null, Float64Array.of(80, Number.NaN, 60), 0, 3, 6.25);
    expect([areaOf(table, 2), areaOf(table, 3)]).toEqual([500, 375]);
  });
});
