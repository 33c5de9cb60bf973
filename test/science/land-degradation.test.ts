import { describe, expect, test } from 'vitest';
import { boxArea } from '../../src/science/areas.ts';
import { landCoverDegradation, NODATA, transitionMeanings } from '../../src/science/land-cover.ts';
import { addClassSpan, classIndex, newAreaTable } from '../../src/science/land-cover-areas.ts';
import {
  correctErrors,
  degradationStatus,
  degradationStatusBlock,
  landCoverProgress,
  oneOutAllOut,
  oneOutAllOutBlock,
  statusClass,
  statusClassBlock,
} from '../../src/science/land-degradation.ts';
import { degradationClasses, degradedShare, landNeutrality, statusClasses } from '../../src/science/land-degradation-areas.ts';
import { golden, transitionTable } from './land-data.ts';

const values = [-1, 0, 1, NODATA];

describe('one out, all out', () => {
  test('degraded if one is, else improved if one is, else stable; not known if one is not', () => {
    for (const a of values) {
      for (const b of values) {
        for (const c of values) {
          const all = [a, b, c];
          const expected = all.includes(NODATA) ? NODATA : all.includes(-1) ? -1 : all.includes(1) ? 1 : 0;
          expect(oneOutAllOut(a, b, c), `${a} ${b} ${c}`).toBe(expected);
          const lenient = all.includes(-1) ? -1 : expected;
          expect(oneOutAllOut(a, b, c, { missing: 'known-degradation' }), `${a} ${b} ${c}`).toBe(lenient);
        }
      }
    }
  });

  test('a lake that fell dry shows only with the matrix for it and degradation that is known', () => {
    const [initial, final] = [new Int16Array([7]), new Int16Array([6])];
    const productivity = new Int16Array([NODATA]); // water has none
    const soil = new Int16Array([NODATA]);
    const by = (id: string): Int16Array => landCoverDegradation(initial, final, transitionMeanings(transitionTable(id)));
    const known = { missing: 'known-degradation' } as const;
    expect([...oneOutAllOutBlock(productivity, by('unccd'), soil)]).toEqual([NODATA]);
    expect([...oneOutAllOutBlock(productivity, by('unccd'), soil, undefined, known)]).toEqual([NODATA]);
    expect([...oneOutAllOutBlock(productivity, by('unccd-desiccation'), soil)]).toEqual([NODATA]);
    expect([...oneOutAllOutBlock(productivity, by('unccd-desiccation'), soil, undefined, known)]).toEqual([-1]);
  });
});

describe('status', () => {
  test('nine combinations have seven classes and three', () => {
    const pairs = [-1, 0, 1].flatMap((baseline) => [-1, 0, 1].map((period) => [baseline, period] as const));
    const status = pairs.map(([baseline, period]) => degradationStatus(baseline, period));
    expect(status).toEqual([1, 3, 6, 2, 4, 6, 2, 5, 7]);
    expect(status.map(statusClass)).toEqual([-1, -1, 1, -1, 0, 1, -1, 1, 1]);
  });

  test('is not known where either is not, or is no class', () => {
    expect([degradationStatus(NODATA, 0), degradationStatus(0, NODATA), degradationStatus(-102, 0)]).toEqual([
      NODATA,
      NODATA,
      NODATA,
    ]);
    expect([statusClass(0), statusClass(8), statusClass(NODATA)]).toEqual([NODATA, NODATA, NODATA]);
    const block = degradationStatusBlock(new Int16Array([-1, 0, NODATA]), new Int16Array([1, -1, 0]));
    expect([...block]).toEqual([6, 2, NODATA]);
    expect([...statusClassBlock(block)]).toEqual([1, -1, NODATA]);
  });

  test('the older progress of land cover forgives what improves', () => {
    expect([landCoverProgress(-1, 1), landCoverProgress(0, 1), landCoverProgress(1, 0), landCoverProgress(1, -1)]).toEqual([
      0, 1, 1, -1,
    ]);
  });
});

describe('corrections', () => {
  const rules = [
    { polygon: 1, degraded: 0, stable: null, improved: null, periods: 1 },
    { polygon: 2, degraded: null, stable: NODATA, improved: -1, periods: 6 },
  ];

  test('apply to the pixels of their polygon and to the periods they name', () => {
    const polygons = new Int16Array([1, 1, 2, 2, 2, 0]);
    const values1 = new Int16Array([-1, 1, -1, 0, 1, -1]);
    expect(correctErrors(values1, polygons, rules, 1)).toBe(1);
    expect([...values1]).toEqual([0, 1, -1, 0, 1, -1]);
    const values2 = new Int16Array([-1, 1, -1, 0, 1, -1]);
    expect(correctErrors(values2, polygons, rules, 2)).toBe(2);
    expect([...values2]).toEqual([-1, 1, -1, NODATA, -1, -1]);
  });
});

describe('share of degraded land', () => {
  const indicator = new Int16Array([-1, -1, 0, 1, NODATA, -1, NODATA]);
  const cover = new Int16Array([1, 2, 3, 2, 2, 7, 7]);
  const table = newAreaTable(degradationClasses(), classIndex([1, 2, 3, 4, 5, 6, 7]));
  addClassSpan(table, indicator, cover, 0, 7, 100);

  test('leaves water out, keeps the unknown in the denominator, and says how far it could reach', () => {
    expect(degradedShare(table, { exclude: [7] })).toEqual({
      share: 0.4,
      low: 0.4,
      high: 0.6,
      degraded: 200,
      stable: 100,
      improved: 100,
      unknown: 100,
      land: 500,
      excluded: 200,
      pixels: 5,
      coarse: true,
    });
  });

  test('is not a number where there is no land', () => {
    expect(degradedShare(newAreaTable(degradationClasses())).share).toBeNaN();
    expect(() => degradedShare(newAreaTable(degradationClasses()), { exclude: [7] })).toThrow('no column of class 7');
  });

  test('neutrality is missed by growth, kept without, and open where the unknown could turn it', () => {
    const share = (degraded: number, unknown: number): ReturnType<typeof degradedShare> => {
      const of = newAreaTable(degradationClasses());
      const layer = new Int16Array(100)
        .fill(0)
        .fill(-1, 0, degraded)
        .fill(NODATA, degraded, degraded + unknown);
      addClassSpan(of, layer, null, 0, 100, 1);
      return degradedShare(of);
    };
    expect(landNeutrality(share(20, 0), share(25, 0))).toMatchObject({ change: 5, target: 'missed' });
    expect(landNeutrality(share(20, 0), share(20, 0)).target).toBe('kept');
    expect(landNeutrality(share(20, 0), share(15, 4)).target).toBe('kept');
    expect(landNeutrality(share(20, 0), share(15, 6)).target).toBe('unknown');
    expect(landNeutrality(share(20, 6), share(25, 0)).target).toBe('unknown');
    expect(landNeutrality(share(20, 0), share(25, 0)).changeOfShare).toBeCloseTo(0.05, 12);
  });

  test('the seven classes of status are rows as well', () => expect(statusClasses().codes).toEqual([1, 2, 3, 4, 5, 6, 7]));
});

/** Trends.Earth's semi-minor axis of 6356752.3142 m is 7e-12 shorter than that of WGS 84. */
test('areas of cells are those of Trends.Earth to 1e-10', () => {
  const { published } = golden<{ published: { cellAreas: [number, number, number, number][] } }>('rules');
  for (const [south, north, width, area] of published.cellAreas) {
    expect(Math.abs(boxArea([0, south, width, north]) / area - 1)).toBeLessThan(1e-10);
  }
});
