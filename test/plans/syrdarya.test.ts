/** The tables of the Syr Darya, the programme of a year and the model of the engine that is built from them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runForesight } from '../../src/plans/river-foresight.ts';
import { openRiver } from '../../src/plans/river-model.ts';
import { runScenario } from '../../src/plans/river-run.ts';
import { syrdaryaModel } from '../../src/plans/syrdarya-model.ts';
import { figure, figureOf, syrdaryaTables, withFigures } from '../../src/plans/syrdarya-tables.ts';
import { demands, setYear, USES, yearPlan } from '../../src/plans/syrdarya-year.ts';
import { optionYear, RIPARIANS, yearProved } from '../../src/plans/water-peace-year.ts';
import { proves } from '../../src/science/allocation-certificate.ts';

const tables = syrdaryaTables();
const MODEL = join(import.meta.dirname, '..', '..', 'data', 'syrdarya', 'model.json');
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe('the tables of the Syr Darya', () => {
  test('every figure has a source that is listed, or is an assumption with a range', () => {
    const known = new Set(tables.sources.map(({ id }) => id));
    for (const { id, kind, source, low, high } of [...tables.figures.values(), ...tables.arrangements.values()]) {
      const named = source.split(';').map((one) => one.trim());
      expect([id, named.filter((one) => one !== '' && !known.has(one))]).toEqual([id, []]);
      expect([id, kind !== 'assumed' || low < high]).toEqual([id, true]);
    }
  });

  test('a figure without a source that is no assumption is refused, with its row', () => {
    const row = { id: 'x', value: '1', low: '0', high: '2', unit: '1', kind: 'published', source: '' };
    expect(() => figureOf(row)).toThrow(/figures\.csv: x\.source/);
    expect(() => figureOf({ ...row, source: 'bwo', value: 'many' })).toThrow(/x\.value/);
    expect(() => figureOf({ ...row, kind: 'assumed', low: '1', high: '1' })).toThrow(/low, high/);
    expect(() => withFigures(tables, { 'price-of-tea': 1 })).toThrow(/price-of-tea/);
    expect(withFigures(tables, { 'basin-flow': 40 }).fergana).toBeCloseTo(tables.fergana + 3, 9);
    expect(() => withFigures(tables, { 'basin-flow': 10 })).toThrow(/basin-flow.*≥ 20/);
  });

  test('limits are those of Protocol 413: 37.19 km3, not the printed 31.79; demands sum to them', () => {
    expect(sum(Object.values(tables.limits))).toBeCloseTo(37.19, 9);
    expect(sum(USES.flatMap((use) => demands(tables)[use]))).toBeCloseTo(37.19, 9);
  });

  test('rivers have the mean of the basin, months sum to one year, and the Naryn has 75 to 77 % in April to September (75 % in 2023: yearbook)', () => {
    const all = tables.years.map(({ naryn, chirchik, index }) => naryn + chirchik + index * tables.fergana);
    expect(sum(all) / all.length + figure(tables, 'arys-flow')).toBeCloseTo(37, 2);
    for (const part of ['naryn', 'chirchik', 'fergana', 'evaporation'] as const)
      expect(sum(tables.months.map((month) => month[part]))).toBeCloseTo(1, 4);
    const growing = sum(tables.months.filter(({ season }) => season === 'growing').map(({ naryn }) => naryn));
    expect(growing).toBeGreaterThan(0.75);
    expect(growing).toBeLessThan(0.77);
    for (const season of ['winter', 'growing'])
      expect(sum(tables.months.filter((one) => one.season === season).map(({ demand }) => demand))).toBeCloseTo(1, 9);
  });
});

describe('a year of the Syr Darya', () => {
  test('water closes: what comes in is taken, evaporates, is stored, goes to the Aral or is lost', () => {
    const plan = yearPlan(tables, { aral: 2.597 });
    for (const year of tables.years) {
      setYear(plan, year);
      const found = optionYear(plan, 'together');
      expect(yearProved(found)).toBe(true);
      const come = sum([...plan.inflow.toktogul, ...plan.inflow.fergana, ...plan.inflow.chirchik, ...plan.inflow.lower]);
      const stores = ['toktogul', 'kayrakkum', 'shardara'] as const;
      const kept = sum(stores.map((store) => (found.x[plan.at(store, 11)] as number) - figure(tables, `${store}-start`)));
      const lost = sum(stores.map((store) => figure(tables, `${store}-area`) * 1e-3));
      const taken = (uses: readonly (typeof USES)[number][]): number =>
        sum(
          uses.flatMap((use) =>
            Array.from(
              { length: 12 },
              (_, t) => (found.x[plan.at(`${use}/1`, t)] as number) + (found.x[plan.at(`${use}/2`, t)] as number),
            ),
          ),
        );
      const above = taken(['kg', 'uz-upper', 'tj', 'uz-lower', 'dustlik']);
      const back = (above * 6.7) / sum(['kg', 'uz-upper', 'tj', 'uz-lower', 'dustlik'].flatMap((use) => plan.asked[use as 'kg']));
      const gone = above - back + taken(['kz']) + found.aral / figure(tables, 'delta') + found.arnasay;
      expect(come - lost - kept - gone).toBeCloseTo(0, 4); // shares of evaporation are kept to five places
    }
  });

  test('together is never worse for the sum than each for itself, and nobody gets more than its limit', () => {
    for (const goal of ['alone', 'together'] as const) {
      const plan = yearPlan(tables);
      setYear(plan, tables.years[19] as (typeof tables.years)[number]); // 1965, the driest
      const { parties } = optionYear(plan, goal);
      for (const party of RIPARIANS) expect(parties[party].given).toBeLessThanOrEqual(tables.limits[party] + 1e-9);
    }
    const plan = yearPlan(tables);
    for (const year of tables.years) {
      setYear(plan, year);
      const alone = sum(RIPARIANS.map((party) => optionYearOf(plan, year, 'alone').parties[party].money));
      const together = sum(RIPARIANS.map((party) => optionYearOf(plan, year, 'together').parties[party].money));
      expect(together).toBeGreaterThanOrEqual(alone - 1e-6);
    }
  });
});

function optionYearOf(plan: ReturnType<typeof yearPlan>, year: (typeof tables.years)[number], goal: 'alone' | 'together') {
  setYear(plan, year);
  return optionYear(plan, goal);
}

describe('the model of the engine', () => {
  test('the shipped file is what the tables make', () => {
    expect(JSON.parse(readFileSync(MODEL, 'utf8'))).toEqual(syrdaryaModel(tables));
  });

  test('it runs step by step over 336 months, and with the future known it costs less; both proved', async () => {
    const model = await openRiver(MODEL);
    const run = runScenario(model, 0, { series: true });
    expect(run.notes).toEqual([]);
    expect(model.calendar.count).toBe(336);
    expect(proves(run.certificate)).toBe(true);
    // a canal's fields keep what does not return
    const [fields, back] = [run.totals.get('KG')?.total ?? 0, run.totals.get('KG return')?.total ?? 0];
    expect(back / (fields + back)).toBeCloseTo(6.7 / (37.19 - demandOf('kz')), 4);
    const ahead = await runForesight(model);
    expect(proves(ahead.certificate)).toBe(true);
    expect(ahead.foresight).toBeLessThan(ahead.stepwise);
  });
});

const demandOf = (use: (typeof USES)[number]): number => sum(demands(tables)[use]);
