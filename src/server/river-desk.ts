/** What a visitor is told of ways of sharing the Syr Darya: the shipped options, read once, and one of their own. */
import type { z } from 'zod';
import type { RiverNodeReply, RiverOption, RiverReply, riverQuery } from '../api/river.ts';
import { riverDiagram } from '../drawing/river-diagram.ts';
import { t } from '../i18n/index.ts';
import { figure, PARTIES, type SyrdaryaTables, syrdaryaTables } from '../plans/syrdarya-tables.ts';
import { RULES, USES, type Way, type YearPlan } from '../plans/syrdarya-year.ts';
import { type OptionOutcome, type PeaceOption, peaceOptions, peaceTable, runOption } from '../plans/water-peace.ts';
import { peaceGame } from '../plans/water-peace-game.ts';
import { RIPARIANS, type SharedYear } from '../plans/water-peace-year.ts';
import { Problem } from '../problems.ts';
import type { Lang } from '../types.ts';

type Asked = z.infer<typeof riverQuery>;

interface Shipped {
  tables: SyrdaryaTables;
  options: RiverOption[];
  base: Map<string, number[]>;
  game: RiverReply['game'];
}

let read: Shipped | null = null;
/** The shipped tables and options: they do not change while a server runs. */
function shipped(): Shipped {
  if (read !== null) return read;
  const tables = syrdaryaTables();
  const options = peaceOptions(tables);
  const [first] = options;
  const { plan, runs } = runOption(tables, first as PeaceOption, tables.years);
  read = {
    tables,
    options: peaceTable(tables, { options }).options.map(optionOf),
    base: flowsOf(plan, runs),
    game: gameOf(tables, first as PeaceOption),
  };
  return read;
}

/** What acting together brings, and two ways to divide it. */
function gameOf(tables: SyrdaryaTables, { aral, inflow }: PeaceOption): RiverReply['game'] {
  const { gain, alone, shapley, nucleolus, core } = peaceGame(tables, { aral, inflow });
  return {
    gain,
    stable: core.nucleolus?.inside ?? false,
    parties: PARTIES.map((party, i) => ({
      party,
      alone: alone[i] as number,
      shapley: shapley[i] as number,
      nucleolus: nucleolus?.[i] ?? null,
    })),
  };
}

/** Answers that were given last, by what was asked: a drawing is asked for with every answer. */
const answers = new Map<string, RiverReply>();
const MOST_ANSWERS = 32;

/** Everything the page shows of `asked`, from what was told last or computed. @throws Problem `choice-wrong` for an arrangement that is not there */
export function riverReplyOf(asked: Asked): RiverReply {
  const key = JSON.stringify([asked.goal, asked.aral, asked.rules, asked.inflow]);
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = computed(asked);
  if (answers.size >= MOST_ANSWERS) answers.delete(answers.keys().next().value as string);
  answers.set(key, answer);
  return answer;
}

/** Everything the page shows of `asked`. @throws Problem `choice-wrong` for an arrangement that is not there */
function computed(asked: Asked): RiverReply {
  const { tables, options, base, game } = shipped();
  const option = ownOption(tables, asked);
  const { plan, runs } = runOption(tables, option, tables.years);
  const flows = flowsOf(plan, runs);
  const [first] = peaceOptions(tables);
  const table = peaceTable(tables, { options: [first as PeaceOption, option] });
  const figures = [...tables.figures.values()];
  return {
    years: { first: tables.years[0]?.year ?? 0, last: tables.years.at(-1)?.year ?? 0, count: tables.years.length },
    figures: { all: figures.length, assumed: figures.filter(({ kind }) => kind === 'assumed').length },
    planned: figure(tables, 'aral-winter') + figure(tables, 'aral-growing'),
    arrangements: [...tables.arrangements.values()]
      .filter(({ id }) => id !== 'aral-minimum')
      .map(({ id, value, unit, kind, source }) => ({ id, value, unit, assumed: kind === 'assumed', source })),
    own: optionOf(table.options[1] as OptionOutcome),
    shipped: options,
    game,
    nodes: tables.nodes.map(
      ({ id, kind, party, name }): RiverNodeReply => ({
        id,
        kind,
        party,
        name,
        months: flows.get(id) ?? [],
        before: base.get(id) ?? [],
      }),
    ),
    sources: tables.sources.map(({ id, title, href }) => ({ id, title, href })),
  };
}

/** The river as a drawing, with the mean flows of `asked`. */
export function riverSvg(asked: Asked, lang: Lang): string {
  const { tables } = shipped();
  const { nodes } = riverReplyOf(asked);
  return riverDiagram(
    tables.nodes.map(({ id, kind, column, row, name }) => {
      const months = nodes.find((one) => one.id === id)?.months ?? [];
      const sum = months.reduce((all, value) => all + value, 0);
      return { id, kind, column, row, name, amount: kind === 'store' ? sum / 12 : sum };
    }),
    {
      lang,
      title: t(lang, 'web.river.drawing'),
      description: t(lang, 'web.river.drawing-described', { nodes: tables.nodes.length }),
      unit: t(lang, 'web.river.km3'),
    },
  );
}

function ownOption(tables: SyrdaryaTables, { goal, aral, rules, inflow }: Asked): PeaceOption {
  const chosen = rules.split(',').filter((id) => id !== '');
  const known = [...tables.arrangements.keys()].filter((id) => id !== 'aral-minimum');
  for (const id of chosen)
    if (!known.includes(id)) throw new Problem('choice-wrong', { field: 'rules', found: id, expected: known.join(', ') });
  return {
    id: 'own',
    goal,
    aral: aral ?? figure(tables, 'aral-winter') + figure(tables, 'aral-growing'),
    rules: Object.fromEntries(
      RULES.filter((rule) => chosen.includes(rule)).map((rule) => [rule, tables.arrangements.get(rule)?.value ?? 0]),
    ),
    equal: goal === 'together' && chosen.includes('equal-shortage'),
    inflow,
    figures: {},
  };
}

function optionOf({ option, parties, all, aral, kept, fairness, worth, proved }: OptionOutcome): RiverOption {
  return {
    id: option.id,
    goal: option.goal,
    aralAsked: option.aral,
    parties: RIPARIANS.map((party) => ({ party, ...parties[party] })),
    all: all.money,
    allChange: all.change,
    aral,
    kept,
    gini: fairness.gini,
    worth,
    proved,
  };
}

/** Means of the years by node and month. */
function flowsOf(plan: YearPlan, runs: readonly SharedYear[]): Map<string, number[]> {
  const of = (...ways: Way[]): number[] =>
    Array.from(
      { length: 12 },
      (_, t) =>
        runs.reduce((sum, { x }) => sum + ways.reduce((all, way) => all + (x[plan.at(way, t)] as number), 0), 0) / runs.length,
    );
  const rivers = (part: (year: SyrdaryaTables['years'][number]) => number, share: (t: number) => number): number[] => {
    const { years } = plan.tables;
    const mean = years.reduce((sum, year) => sum + part(year), 0) / years.length;
    return Array.from({ length: 12 }, (_, t) => mean * share(t));
  };
  const { months } = plan.tables;
  const delta = figure(plan.tables, 'delta');
  return new Map<string, number[]>([
    [
      'naryn',
      rivers(
        ({ naryn }) => naryn,
        (t) => months[t]?.naryn ?? 0,
      ),
    ],
    [
      'fergana',
      rivers(
        ({ index }) => index * plan.tables.fergana,
        (t) => months[t]?.fergana ?? 0,
      ),
    ],
    [
      'chirchik',
      rivers(
        ({ chirchik }) => chirchik,
        (t) => months[t]?.chirchik ?? 0,
      ),
    ],
    [
      'arys',
      rivers(
        () => figure(plan.tables, 'arys-flow'),
        () => 1 / 12,
      ),
    ],
    ['toktogul', of('toktogul')],
    ['kayrakkum', of('kayrakkum')],
    ['shardara', of('shardara')],
    ['arnasay', of('arnasay')],
    ['aral', of('aral').map((value) => value * delta)],
    ...USES.map((use): [string, number[]] => [use, of(`${use}/1`, `${use}/2`)]),
  ]);
}
