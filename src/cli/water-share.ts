/** `saryarka water share`: what ways of sharing the Syr Darya cost and bring each country, as words, JSON or a table. */
import { writeCsv } from '../formats/csv.ts';
import { writeFile } from '../formats/source-node.ts';
import { number, pick, t } from '../i18n/index.ts';
import { PARTIES, type SyrdaryaTables, syrdaryaTables } from '../plans/syrdarya-tables.ts';
import {
  type OptionOutcome,
  type PeaceOption,
  type PeaceTable,
  peaceTable,
  SHIPPED_OPTIONS,
  type Spread,
  type Worth,
} from '../plans/water-peace.ts';
import { type Front, peaceFront } from '../plans/water-peace-front.ts';
import { type PeaceGame, peaceGame } from '../plans/water-peace-game.ts';
import { RIPARIANS } from '../plans/water-peace-year.ts';
import { Problem } from '../problems.ts';
import { worst } from '../science/allocation-certificate.ts';
import { membersOf } from '../science/cooperative-game.ts';
import type { Lang } from '../types.ts';
import { givenOptions, givenYears } from './water-share-options.ts';

interface Options {
  lang: Lang;
  options?: string;
  scenarios: string;
  seed: string;
  json?: boolean;
  output?: string;
}

export async function waterShare({ lang, options: file, scenarios, seed, json, output }: Options): Promise<number> {
  const { tables, options } = givenOptions(syrdaryaTables(), file);
  const years = givenYears(tables, scenarios);
  if (!/^\d{1,9}$/.test(seed)) throw new Problem('choice-wrong', { field: '--seed', found: seed, expected: '1, 2, 3 …' });
  const table = peaceTable(tables, { options, years, seed: Number(seed) });
  const [first] = options;
  const game = peaceGame(tables, { years, aral: first?.aral ?? 0, inflow: first?.inflow ?? 1 });
  const front = peaceFront(tables, { years, aral: first?.aral ?? 0, inflow: first?.inflow ?? 1 });
  const proved = table.options.every((one) => one.proved) && game.proved && front.points.every((one) => one.proved);
  if (json) console.log(JSON.stringify(jsonOf(tables, table, game, front), null, 2));
  else for (const line of linesOf(tables, table, game, front, proved, lang)) console.log(line);
  if (output !== undefined) {
    writeFile(output, writeCsv(HEADER, rowsOf(table)));
    if (!json) console.log(t(lang, 'cli.water.share.written', { file: output }));
  }
  return proved ? 0 : 1;
}

const HEADER = ['option', 'party', 'quantity', 'unit', 'mean', 'low', 'high'];

function rowsOf({ options }: PeaceTable): (string | number)[][] {
  return options.flatMap(({ option: { id }, parties, all, aral, arnasay }) => {
    const row = (party: string, quantity: string, unit: string, { mean, low, high }: Spread): (string | number)[] => [
      id,
      party,
      quantity,
      unit,
      mean,
      low,
      high,
    ];
    return [
      ...RIPARIANS.flatMap((party) => [
        row(party, 'given', 'km3', parties[party].given),
        row(party, 'shortage', '1', parties[party].shortage),
        row(party, 'energy', 'GW.h', parties[party].energy),
        row(party, 'money', 'million [USD]', parties[party].money),
        row(party, 'change', 'million [USD]', parties[party].change),
      ]),
      row('', 'money', 'million [USD]', all.money),
      row('', 'change', 'million [USD]', all.change),
      row('', 'aral', 'km3', aral),
      row('', 'arnasay', 'km3', arnasay),
    ];
  });
}

function jsonOf(tables: SyrdaryaTables, table: PeaceTable, game: PeaceGame, front: Front): unknown {
  return {
    ...table,
    game: {
      players: PARTIES,
      coalitions: [...game.game.values].map((value, coalition) => ({
        members: membersOf(coalition, PARTIES.length).map((i) => PARTIES[i]),
        value,
      })),
      alone: game.alone,
      gain: game.gain,
      shapley: game.shapley,
      nucleolus: game.nucleolus,
      core: game.core,
      quarrels: game.quarrels,
      proved: game.proved,
    },
    front,
    figures: [...tables.figures.values()],
    sources: tables.sources,
  };
}

function linesOf(
  tables: SyrdaryaTables,
  table: PeaceTable,
  game: PeaceGame,
  front: Front,
  proved: boolean,
  lang: Lang,
): string[] {
  const say = (key: string, values: Record<string, string | number> = {}): string => t(lang, `water.peace.${key}`, values);
  const figures = [...tables.figures.values()];
  const all = worst([
    ...table.options.map(({ certificate }) => certificate),
    ...front.points.map(({ certificate }) => certificate),
  ]);
  const tiny = (value: number): string => (value === 0 ? '0' : Math.abs(value).toExponential(1));
  return [
    say('title', { count: table.years.length, first: String(table.years[0]), last: String(table.years.at(-1)) }),
    say('assumed', { assumed: figures.filter(({ kind }) => kind === 'assumed').length, count: figures.length }),
    ...table.options.flatMap((one, i) => ['', ...optionLines(one, i, table, lang)]),
    '',
    ...regretLine(table, lang),
    '',
    ...gameLines(game, table, lang),
    '',
    say('front.heading'),
    ...front.points.map(
      ({ aral, irrigation, energy }) =>
        `  ${say('front.line', { aral: plain(aral, lang), irrigation: plain(irrigation, lang), energy: number(lang, Math.round(energy), 0) })}`,
    ),
    '',
    say(proved ? 'proved' : 'unproved', { primal: tiny(all.primal), gap: tiny(all.gap) }),
  ];
}

/** What an option is called: words of the user, those of the messages, or its id. */
export function optionName({ id, name }: PeaceOption, lang: Lang): string {
  if (name !== undefined) return pick(name, lang);
  return SHIPPED_OPTIONS.some((shipped) => shipped === id) ? t(lang, `water.peace.option.${id}`) : id;
}

function optionLines(one: OptionOutcome, i: number, { years }: PeaceTable, lang: Lang): string[] {
  const say = (key: string, values: Record<string, string | number> = {}): string => t(lang, `water.peace.${key}`, values);
  const change = (spread: Spread): string => (i === 0 ? '' : `; ${say('change', { change: changeOf(spread, lang) })}`);
  return [
    `${i + 1}. ${optionName(one.option, lang)}`,
    `  ${say('aral', { aral: spread(one.aral, lang), kept: one.kept, count: years.length })}`,
    ...RIPARIANS.map((party) => {
      const { given, asked, shortage, energy, money, change: own } = one.parties[party];
      const line = say('line', {
        party: say(`party.${party}`),
        given: plain(given.mean, lang),
        asked: plain(asked, lang),
        shortage: percent(shortage, lang),
        energy: number(lang, Math.round(energy.mean), 0),
        money: plain(money.mean, lang),
      });
      return `  ${line}${change(own)}`;
    }),
    `  ${say('all', { money: plain(one.all.money.mean, lang) })}${change(one.all.change)}`,
    `  ${say('even', { gini: number(lang, one.fairness.gini, 3), jain: number(lang, one.fairness.jain, 3) })}`,
    ...worthLines(one, lang),
  ];
}

function worthLines({ worth }: OptionOutcome, lang: Lang): string[] {
  if (worth.length === 0) return [];
  const say = (key: string, values: Record<string, string | number> = {}): string => t(lang, `water.peace.${key}`, values);
  const told = worth.filter(({ median, high }) => median > 0.5 || high === null || high > 0.5);
  const text = ({ median, low, high }: Worth): string =>
    `${plain(median, lang)} ${high === null ? `(${plain(low, lang)} …; ${say('worth.unpriced')})` : `(${plain(low, lang)} … ${plain(high, lang)})`}`;
  const lines = [...Map.groupBy(told, ({ place }) => place)].flatMap(([place, seasons]) => {
    const same = seasons.length === 2 && text(seasons[0] as Worth) === text(seasons[1] as Worth);
    return (same ? seasons.slice(0, 1) : seasons).map((one) =>
      say(place === 'aral' ? 'worth.aral' : 'worth.line', {
        place: say(`place.${place}`),
        season: say(`season.${same ? 'year' : one.season}`),
        worth: text(one),
      }),
    );
  });
  return [`  ${say('worth.heading')}`, ...lines.map((line) => `    ${line}`)];
}

function regretLine({ regret, options }: PeaceTable, lang: Lang): string[] {
  const chosen = options[regret.choice];
  if (chosen === undefined || options.length < 2) return [];
  return [
    t(lang, 'water.peace.regret', {
      option: optionName(chosen.option, lang),
      worst: plain(regret.worst[regret.choice] as number, lang),
    }),
  ];
}

function gameLines(game: PeaceGame, { options }: PeaceTable, lang: Lang): string[] {
  const say = (key: string, values: Record<string, string | number> = {}): string => t(lang, `water.peace.${key}`, values);
  const common = options.find(({ option }) => option.id === 'together');
  const above = (division: readonly number[] | null, i: number): string =>
    division === null ? '—' : plain(Math.max(0, (division[i] as number) - (game.alone[i] as number)), lang);
  const group = (coalition: number): string =>
    membersOf(coalition & 15, PARTIES.length)
      .map((i) => say(`party.${PARTIES[i]}`))
      .join(', ');
  const core = (['shapley', 'nucleolus'] as const).flatMap((method) => {
    const test = game.core[method];
    if (test === null) return [say('game.empty')];
    const [blocking] = test.blocking;
    if (blocking === undefined) return [say('game.inside', { method: say(`game.${method}`) })];
    return [
      say('game.outside', { method: say(`game.${method}`), group: group(blocking.coalition), more: plain(blocking.more, lang) }),
    ];
  });
  return [
    say('game.heading', { gain: plain(game.gain, lang) }),
    ...PARTIES.map((party, i) => {
      const own = party === 'TM' ? undefined : common?.parties[party].change;
      return `  ${say('game.line', {
        party: say(`party.${party}`),
        alone: plain(game.alone[i] as number, lang),
        shapley: above(game.shapley, i),
        nucleolus: above(game.nucleolus, i),
        common: own === undefined ? '—' : changeOf(own, lang),
      })}`;
    }),
    ...core.map((line) => `  ${line}`),
  ];
}

/** Two places where they count, none above a hundred; never "-0". */
function plain(value: number, lang: Lang): string {
  const places = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return number(lang, Number(value.toFixed(places)) + 0, places);
}

const spread = ({ mean, low, high }: Spread, lang: Lang): string =>
  `${plain(mean, lang)} (${plain(low, lang)} … ${plain(high, lang)})`;

const percent = ({ mean, low, high }: Spread, lang: Lang): string => {
  const whole = (value: number): string => number(lang, Math.round(value * 100) + 0, 0);
  return `${whole(mean)} (${whole(low)} … ${whole(high)})`;
};

function changeOf({ mean, low, high }: Spread, lang: Lang): string {
  const signed = (value: number): string => `${value > 0 ? '+' : ''}${plain(value, lang)}`;
  return `${signed(mean)} (${signed(low)} … ${signed(high)})`;
}
