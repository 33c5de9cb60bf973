/**
 * Outputs of Trends.Earth's own kernels, kept beside the project: every one is met.
 *
 * The folder is `../shared/golden`, or what `SARYARKA_GOLDEN` names. Tolerances: none for classes; 1e-10 for areas of cells, as
 * Trends.Earth rounds the semi-minor axis; 1e-5 for probabilities, which are printed so.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { boxArea } from '../../src/science/areas.ts';
import {
  degradationStatus,
  landCoverProgress,
  NO_COMPAT,
  oneOutAllOut,
  statusClass,
  TRENDS_EARTH_COMPAT,
} from '../../src/science/land-degradation.ts';
import { kendallCritical, kendallTail } from '../../src/science/land-degradation-kendall.ts';
import {
  combineProductivity,
  productivityDegradation,
  productivityTable,
} from '../../src/science/land-degradation-productivity.ts';
import { soilChange, soilDegradation } from '../../src/science/land-degradation-soil.ts';
import { stateDegradation } from '../../src/science/land-degradation-state.ts';
import { criticalValues, trajectoryDegradation } from '../../src/science/land-degradation-trajectory.ts';
import { combinationTable, nesting, transitionTable } from './land-data.ts';

const golden = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'golden'), 'raster');
const present = existsSync(join(golden, 'land-degradation'));
if (!present) console.warn(`no golden data at ${golden}: Trends.Earth is not compared in this run (set SARYARKA_GOLDEN)`);
const read = (...path: string[]): unknown => (present ? JSON.parse(readFileSync(join(golden, ...path), 'utf8')) : undefined);

type Row = Record<string, number>;
const te = (read('land-degradation', 'te_golden.json') ?? {}) as Record<string, Row[]> & { slice_area_pi_2: number };
const rows = (name: string, least: number): Row[] => {
  const found = te[name] ?? [];
  expect(found.length).toBeGreaterThanOrEqual(least);
  return found;
};
const number = (row: Row, key: string): number => row[key] ?? Number.NaN;

describe.skipIf(!present)('Trends.Earth', () => {
  test('productivity of 48 combinations, five classes and three', () => {
    const table = productivityTable(combinationTable('trends-earth'));
    for (const row of rows('prod5', 48)) {
      const found = combineProductivity(number(row, 'traj'), number(row, 'state'), number(row, 'perf'), table);
      expect([found, productivityDegradation(found)], JSON.stringify(row)).toEqual([row.lp5, row.lp3]);
    }
  });

  test('one out, all out of 64 combinations', () => {
    for (const row of rows('sdg', 64)) {
      expect(oneOutAllOut(number(row, 'prod'), number(row, 'lc'), number(row, 'soc')), JSON.stringify(row)).toBe(row.sdg);
    }
  });

  test('trajectory, state and soil as classes', () => {
    for (const row of rows('recode_traj', 8)) expect(trajectoryDegradation(number(row, 'x'))).toBe(row.y);
    for (const row of rows('recode_state', 23)) expect(stateDegradation(number(row, 'x'))).toBe(row.y);
    for (const row of rows('recode_deg_soc_pct', 12)) {
      expect(soilDegradation(Int16Array.of(number(row, 'pct')), { compat: TRENDS_EARTH_COMPAT })[0], JSON.stringify(row)).toBe(
        row.y,
      );
    }
    for (const row of rows('calc_deg_soc', 11)) {
      const change = soilChange(Int16Array.of(number(row, 'bl')), Int16Array.of(number(row, 'tg')), {
        compat: TRENDS_EARTH_COMPAT,
      });
      expect(soilDegradation(change, { compat: TRENDS_EARTH_COMPAT })[0], JSON.stringify(row)).toBe(row.y);
    }
  });

  test('status of 16 combinations, and progress of land cover of 9', () => {
    for (const row of rows('status7', 16)) {
      const status = degradationStatus(number(row, 'bl'), number(row, 'tg'));
      expect([status, statusClass(status)], JSON.stringify(row)).toEqual([row.s7, row.s3]);
    }
    for (const row of rows('progress_lc', 9)) expect(landCoverProgress(number(row, 'bl'), number(row, 'tg'))).toBe(row.y);
  });

  test('areas of cells', () => {
    for (const row of rows('cell_area_m2', 6)) {
      const area = boxArea([0, number(row, 'ymin'), number(row, 'xwidth'), number(row, 'ymax')]);
      expect(Math.abs(area / number(row, 'area') - 1), JSON.stringify(row)).toBeLessThan(1e-10);
    }
    expect(Math.abs(boxArea([-180, 0, 180, 90]) / te.slice_area_pi_2 - 1)).toBeLessThan(1e-10);
  });

  test('every critical value of S for 4 to 60 years follows from the exact distribution', () => {
    const lists = read('land-degradation', 'kendall_S_table_n4plus.json') as Record<'90' | '95' | '99', number[]>;
    for (const [i, k90] of lists['90'].entries()) {
      const [own90, own95, own99] = criticalValues(i + 4, TRENDS_EARTH_COMPAT);
      expect([own90, own95], `n = ${i + 4}`).toEqual([k90, lists['95'][i]]);
      if (i < lists['99'].length) expect(own99, `n = ${i + 4}`).toBe(lists['99'][i]);
    }
    expect(lists['99'].length).toBe(56);
    expect(criticalValues(7, NO_COMPAT)[2]).toBe(kendallCritical(7, 0.01)); // 15, listed as 18
  });

  test('exact probabilities of the critical values', () => {
    type Level = { S: number; one_sided_p_ge: number; one_sided_p_gt: number };
    const cases = read('land-degradation', 'kendall_critical.json') as ({ n: number } & Record<'90' | '95' | '99', Level>)[];
    expect(cases.length).toBeGreaterThan(8);
    for (const { n, ...levels } of cases) {
      for (const { S, one_sided_p_ge, one_sided_p_gt } of Object.values(levels)) {
        expect(kendallTail(n, S), `n = ${n}, S = ${S}`).toBeCloseTo(one_sided_p_ge, 5);
        expect(kendallTail(n, S + 1), `n = ${n}, S > ${S}`).toBeCloseTo(one_sided_p_gt, 5);
      }
    }
  });

  test('nesting of ESA CCI and transition matrix are theirs', () => {
    const theirs = (read('trends.earth', 'land_cover_nesting_unccd_esa.json') as { nesting: Record<string, number[]> }).nesting;
    const ours = new Map(nesting('esa-cci-unccd').classes.map(({ from, to }) => [from, to]));
    for (const [to, codes] of Object.entries(theirs)) {
      for (const code of codes) if (code > 0) expect(ours.get(code), String(code)).toBe(Number(to));
    }
    type Meaning = { initial: { code: number }; final: { code: number }; meaning: 'stable' | 'improvement' | 'degradation' };
    const { definitions } = read('trends.earth', 'land_cover_transition_matrix_unccd.json') as {
      definitions: { transitions: Meaning[] };
    };
    expect(definitions.transitions.length).toBe(49);
    const table = transitionTable('unccd');
    const value = { stable: 0, improvement: 1, degradation: -1 };
    for (const { initial, final, meaning } of definitions.transitions) {
      expect(table.meaning[initial.code - 1]?.[final.code - 1], `${initial.code} to ${final.code}`).toBe(value[meaning]);
    }
  });
});
