import { describe, expect, test } from 'vitest';
import {
  landCoverDegradation,
  NODATA,
  recode,
  recoder,
  strangeCodes,
  transitionCode,
  transitionMeanings,
  withTransitions,
} from '../../src/science/land-cover.ts';
import { legend, nesting, performanceUnits, transitionTable } from './land-data.ts';

const products = ['esa-cci', 'esa-worldcover', 'modis-igbp'];

describe('data/land', () => {
  test.each([...products, 'unccd'])(
    'the legend of %s names every class in four languages, in Cyrillic where it should be',
    (id) => {
      const { classes } = legend(id);
      expect(classes.length).toBeGreaterThan(6);
      for (const { code, name, color } of classes) {
        expect(Object.keys(name), String(code)).toEqual(['en', 'ru', 'kk', 'tr']);
        for (const lang of ['ru', 'kk']) expect(name[lang], String(code)).not.toMatch(/[a-z]/i);
        expect(color).toMatch(/^#[0-9a-f]{6}$/);
      }
      expect(new Set(classes.map(({ code }) => code)).size).toBe(classes.length);
    },
  );

  test.each(products)('every class of %s nests in one of the seven', (id) => {
    const codes = legend(id).classes.map(({ code }) => code);
    const { classes } = nesting(`${id}-unccd`);
    expect(classes.map(({ from }) => from)).toEqual(codes);
    const seven = legend('unccd').classes.map(({ code }) => code);
    expect(classes.filter(({ to }) => !seven.includes(to))).toEqual([]);
  });

  test('the units of performance number 36 classes of ESA CCI once each', () => {
    expect(performanceUnits.classes.map(({ to }) => to).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 36 }, (_, i) => i + 1),
    );
    const codes = legend('esa-cci').classes.map(({ code }) => code);
    expect(performanceUnits.classes.filter(({ from }) => !codes.includes(from))).toEqual([]);
  });

  test('the two matrices differ in one cell: a lake that falls dry', () => {
    const [plain, lakes] = [transitionTable('unccd'), transitionTable('unccd-desiccation')];
    expect(withTransitions(plain, lakes.id, [{ from: 7, to: 6, meaning: -1 }]).meaning).toEqual(lakes.meaning);
    expect(plain.meaning[6]?.[5]).toBe(0);
  });
});

describe('recode', () => {
  test('takes classes of ESA CCI to the seven, and what is in no legend to NODATA', () => {
    const codes = new Uint8Array([10, 50, 130, 180, 190, 200, 210, 220, 0, 99]);
    expect([...recode(codes, recoder(nesting('esa-cci-unccd')))]).toEqual([3, 1, 2, 4, 5, 6, 7, 6, NODATA, NODATA]);
  });

  test('takes no value beyond 16 bits and no fraction for a class', () => {
    const codes = new Float64Array([10, 10.5, Number.NaN, 70000, -70000, Number.POSITIVE_INFINITY]);
    expect([...recode(codes, recoder(nesting('esa-cci-unccd')))]).toEqual([3, NODATA, NODATA, NODATA, NODATA, NODATA]);
  });

  test('strange codes are counted, nodata is not strange', () => {
    expect(strangeCodes(new Uint8Array([10, 0, 99, 77, 99]), legend('esa-cci'))).toEqual([
      [99, 2],
      [77, 1],
    ]);
  });
});

describe('transitions', () => {
  const matrix = transitionMeanings(transitionTable('unccd'));

  test('have the code initial x 10 + final, and x 100 beyond nine classes', () => {
    expect(transitionCode(1, 3, matrix)).toBe(13);
    expect(transitionCode(0, 3, matrix)).toBe(NODATA);
    const ten = Array.from({ length: 10 }, (_, i) => (i + 1) * 10);
    const wide = transitionMeanings({ id: 'ten', classes: ten, meaning: ten.map(() => ten.map(() => 0)) });
    expect(transitionCode(20, 30, wide)).toBe(203); // ranks, not codes
  });

  test('forest to cropland degrades, the way back improves, water to other land is stable by default', () => {
    const initial = new Int16Array([1, 3, 7, 2]);
    const final = new Int16Array([3, 1, 6, 2]);
    expect([...landCoverDegradation(initial, final, matrix)]).toEqual([-1, 1, 0, 0]);
    expect([...landCoverDegradation(initial, final, transitionMeanings(transitionTable('unccd-desiccation')))]).toEqual([
      -1, 1, -1, 0,
    ]);
  });

  test('an unlisted class is not known, and stable only where asked for', () => {
    const initial = new Int16Array([0, 8, NODATA, 1]);
    const final = new Int16Array([1, 1, 1, NODATA]);
    expect([...landCoverDegradation(initial, final, matrix)]).toEqual([NODATA, NODATA, NODATA, NODATA]);
    const compat = landCoverDegradation(initial, final, matrix, undefined, { unlistedStable: true });
    expect([...compat]).toEqual([0, 0, NODATA, NODATA]);
  });

  test('a table that is not square, or has another meaning, is refused with its cell', () => {
    const table = transitionTable('unccd');
    expect(() => transitionMeanings({ ...table, meaning: table.meaning.slice(1) })).toThrow('"unccd" has 6 rows; expected 7');
    expect(() => transitionMeanings(withTransitions(table, 'mine', [{ from: 2, to: 3, meaning: 4 }]))).toThrow(
      '2 to 3: 4; expected -1, 0 or 1',
    );
    expect(() => withTransitions(table, 'mine', [{ from: 2, to: 9, meaning: 1 }])).toThrow('no transition from 2 to 9');
  });
});
