/**
 * The Syr Darya of `data/syrdarya/` as a model of the allocation engine, step by step by priorities over all years on end:
 * `data/syrdarya/model.json` is what this writes, and `saryarka water allocate` runs it.
 *
 *     const run = runScenario(riverFrom(syrdaryaModel(syrdaryaTables())), 0, { series: true });
 *
 * Priorities: the Aral's minimum, then Kyrgyzstan and Tajikistan, Uzbekistan, the need of energy, Kazakhstan (those of the small
 * example that the engine is held to, with energy between the last two). Flows are km3 a day, volumes km3.
 */
import type { Json } from '../formats/pywr-document.ts';
import { figure, type SyrdaryaTables } from './syrdarya-tables.ts';
import { aralMinimum, demands, USES, type Use } from './syrdarya-year.ts';

type Node = { name: string; type: string } & Record<string, unknown>;

/** Priorities: what a unit of flow is worth. */
const WORTH = { aral: 1000, evaporation: 5000, kg: 300, tj: 300, uz: 200, energy: 150, kz: 100, shardara: 2, toktogul: 1 };
/** Names of canals, where they begin, and where what returns comes back. */
const CANALS: Record<Use, { name: string; worth: number; from: string; back: string | null }> = {
  kg: { name: 'KG', worth: WORTH.kg, from: 'Fergana', back: 'Kayrakkum inflow' },
  'uz-upper': { name: 'UZ upper', worth: WORTH.uz, from: 'Fergana', back: 'Kayrakkum inflow' },
  tj: { name: 'TJ', worth: WORTH.tj, from: 'Kayrakkum inflow', back: 'Chirchik mouth' },
  'uz-lower': { name: 'UZ lower', worth: WORTH.uz, from: 'Chirchik mouth', back: 'Shardara inflow' },
  dustlik: { name: 'KZ Dustlik', worth: WORTH.kz, from: 'Chirchik mouth', back: 'Shardara inflow' },
  kz: { name: 'KZ', worth: WORTH.kz, from: 'Lower river', back: null },
};

/** The model over the years that have rivers, in the shape of Pywr's JSON. */
export function syrdaryaModel(tables: SyrdaryaTables): Json {
  const value = (id: string): number => figure(tables, id);
  const first = tables.years[0]?.year ?? 0;
  const last = tables.years.at(-1)?.year ?? 0;
  /** Months as the calendar has them, January first. */
  const profile = (of: (t: number) => number): Json => ({
    type: 'monthlyprofile',
    values: Array.from({ length: 12 }, (_, i) => rounded(of((i + 3) % 12) / daysOf(1946, i + 1))),
  });
  const series = (of: (year: SyrdaryaTables['years'][number], t: number) => number): Json => ({
    type: 'arrayindexed',
    values: tables.years.flatMap((year) =>
      tables.months.map(({ month }, t) => rounded(of(year, t) / daysOf(month >= 10 ? year.year - 1 : year.year, month))),
    ),
  });
  const asked = demands(tables);
  const back =
    value('return-flow') /
    USES.filter((use) => use !== 'kz').reduce((sum, use) => sum + asked[use].reduce((a, b) => a + b, 0), 0);
  const perCubic = value('turbine-energy') * value('cascade-factor') * 1000;
  const turbine = (value('turbine-most') * 86_400) / 1e9;
  const store = (name: string, id: string, cost: number): Node => ({
    name,
    type: 'storage',
    max_volume: value(`${id}-full`),
    min_volume: rounded(value(`${id}-full`) - value(`${id}-useful`)),
    initial_volume: value(`${id}-start`),
    cost,
  });
  const nodes: Node[] = [
    { name: 'Naryn', type: 'catchment', flow: 'naryn' },
    { name: 'Fergana rivers', type: 'catchment', flow: 'fergana' },
    { name: 'Chirchik', type: 'catchment', flow: 'chirchik' },
    { name: 'Arys', type: 'catchment', flow: rounded(value('arys-flow') / 365.25) },
    store('Toktogul', 'toktogul', -WORTH.toktogul),
    store('Kayrakkum', 'kayrakkum', -WORTH.shardara),
    store('Shardara', 'shardara', -WORTH.shardara),
    { name: 'Turbines, needed', type: 'link', max_flow: 'need', cost: -WORTH.energy },
    { name: 'Turbines, more', type: 'link', max_flow: rounded(turbine), cost: 0 },
    { name: 'Toktogul spill', type: 'link', cost: 1 },
    ...['Fergana', 'Kayrakkum inflow', 'Chirchik mouth', 'Shardara inflow', 'Lower river'].map(
      (name): Node => ({ name, type: 'link' }),
    ),
    { name: 'Shardara outlet', type: 'link', max_flow: 'outlet' },
    { name: 'Arnasay', type: 'output', cost: 1 },
    { name: 'Delta', type: 'losslink', loss_factor: rounded(1 / value('delta') - 1) },
    { name: 'To the Aral', type: 'rivergauge', mrf: 'aral', mrf_cost: -WORTH.aral, cost: 0 },
    { name: 'North Aral', type: 'output' },
  ];
  const edges: [string, string][] = [
    ['Naryn', 'Toktogul'],
    ['Toktogul', 'Turbines, needed'],
    ['Toktogul', 'Turbines, more'],
    ['Toktogul', 'Toktogul spill'],
    ['Turbines, needed', 'Fergana'],
    ['Turbines, more', 'Fergana'],
    ['Toktogul spill', 'Fergana'],
    ['Fergana rivers', 'Fergana'],
    ['Fergana', 'Kayrakkum inflow'],
    ['Kayrakkum inflow', 'Kayrakkum'],
    ['Kayrakkum', 'Chirchik mouth'],
    ['Chirchik', 'Chirchik mouth'],
    ['Chirchik mouth', 'Shardara inflow'],
    ['Shardara inflow', 'Shardara'],
    ['Shardara', 'Shardara outlet'],
    ['Shardara', 'Arnasay'],
    ['Shardara outlet', 'Lower river'],
    ['Arys', 'Lower river'],
    ['Lower river', 'Delta'],
    ['Delta', 'To the Aral'],
    ['To the Aral', 'North Aral'],
  ];
  const parameters: Record<string, Json> = {
    naryn: series((year, t) => year.naryn * (tables.months[t]?.naryn ?? 0)),
    fergana: series((year, t) => year.index * tables.fergana * (tables.months[t]?.fergana ?? 0)),
    chirchik: series((year, t) => year.chirchik * (tables.months[t]?.chirchik ?? 0)),
    need: profile((t) => value(tables.months[t]?.season === 'winter' ? 'energy-need-winter' : 'energy-need-growing') / perCubic),
    outlet: {
      type: 'monthlyprofile',
      values: Array.from({ length: 12 }, (_, i) =>
        [11, 0, 1, 2].includes(i) ? rounded((value('channel-winter') * 86_400) / 1e9) : 100,
      ),
    },
    aral: profile((t) => aralMinimum(tables, t, value('aral-winter') + value('aral-growing'))),
  };
  for (const [name, id] of [
    ['Toktogul', 'toktogul'],
    ['Kayrakkum', 'kayrakkum'],
    ['Shardara', 'shardara'],
  ] as const) {
    nodes.push({ name: `${name} evaporation`, type: 'output', max_flow: `${id}-evaporation`, cost: -WORTH.evaporation });
    edges.push([name, `${name} evaporation`]);
    const lost = value(`${id}-area`) * value('evaporation-depth') * 1e-3;
    parameters[`${id}-evaporation`] = profile((t) => lost * (tables.months[t]?.evaporation ?? 0));
  }
  for (const use of USES) {
    const { name, worth, from, back: to } = CANALS[use];
    nodes.push({ name: `${name} canal`, type: 'link', max_flow: `${use}-asked`, cost: -worth });
    nodes.push({ name, type: 'output' });
    edges.push([from, `${name} canal`], [`${name} canal`, name]);
    parameters[`${use}-asked`] = profile((t) => asked[use][t] as number);
    if (to === null) continue;
    nodes.push({ name: `${name} return`, type: 'link' });
    nodes.push({
      name: `${name} parts`,
      type: 'aggregatednode',
      nodes: [name, `${name} return`],
      factors: [rounded(1 - back), rounded(back)],
    });
    edges.push([`${name} canal`, `${name} return`], [`${name} return`, to]);
  }
  return {
    metadata: {
      title: 'Syr Darya by priority',
      description: 'Built from the tables of data/syrdarya; km3 a day and km3. Sources and assumptions: docs/water-peace.md',
      minimum_version: '1.0',
    },
    timestepper: { start: `${first - 1}-10-01`, end: `${last}-09-30`, timestep: 'M' },
    nodes,
    edges,
    parameters,
  };
}

/** Nine digits that count: what the file holds and what is computed are the same. */
const rounded = (value: number): number => Number(value.toPrecision(9));

const daysOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
