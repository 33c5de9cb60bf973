/** `saryarka water allocate`: who gets how much water in a model of a river, what it would be worth to have more, with proofs. */
import { writeCsv } from '../formats/csv.ts';
import { writeFile } from '../formats/source-node.ts';
import { number, t } from '../i18n/index.ts';
import { isoDay } from '../plans/river-calendar.ts';
import { type ForesightRun, runForesight } from '../plans/river-foresight.ts';
import { combinationName, openRiver, type RiverModel } from '../plans/river-model.ts';
import { type AnyRun, longTable, type NodeOutcome, type OutcomeTable, outcomeTable } from '../plans/river-outcomes.ts';
import type { ScenarioRun } from '../plans/river-run.ts';
import { Problem } from '../problems.ts';
import { threads } from '../run/pool.ts';
import { worst } from '../science/allocation-certificate.ts';
import type { Lang } from '../types.ts';
import { runScenarios } from './water-allocate-task.ts';

interface Options {
  lang: Lang;
  scenarios: string;
  foresight?: boolean;
  end: 'kept' | 'free';
  jobs?: string;
  json?: boolean;
  output?: string;
}

/** Points that are told of, of those where water is worth something. */
const MOST_POINTS = 12;
/** Steps times scenarios from which another thread is worth its start. */
const WORTH_THREADS = 50_000;
const MOST_JOBS = 256;

export async function waterAllocate(path: string, options: Options): Promise<number> {
  const { lang } = options;
  const model = await openRiver(path);
  const combinations = chosen(options.scenarios, model.combinations.length);
  const series = options.output !== undefined;
  const ahead: ForesightRun[] = [];
  let runs: ScenarioRun[];
  if (options.foresight) {
    for (const combination of combinations) ahead.push(await runForesight(model, combination, { end: options.end }));
    runs = ahead.map(({ steps }) => steps);
  } else runs = await runScenarios(model, { path, combinations, series }, { jobs: jobsOf(options, model, combinations.length) });
  const told: AnyRun[] = options.foresight ? ahead : runs;
  const table = outcomeTable(model, told);
  if (options.json) console.log(JSON.stringify(jsonOf(model, table, runs, ahead), null, 2));
  else for (const line of linesOf(model, table, runs, ahead, lang)) console.log(line);
  if (options.output !== undefined) {
    const { header, rows } = longTable(model, told);
    writeFile(options.output, writeCsv(header, rows));
    if (!options.json) console.log(t(lang, 'cli.water.allocate.written', { file: options.output }));
  }
  return table.proved ? 0 : 1;
}

/** Numbers of scenarios: "all", or "0,2-4". */
function chosen(text: string, count: number): number[] {
  if (text === 'all') return Array.from({ length: count }, (_, i) => i);
  return text.split(',').flatMap((part) => {
    const match = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part);
    const from = Number(match?.[1]);
    const to = Number(match?.[2] ?? match?.[1]);
    if (match === null || to < from || to >= count)
      throw new Problem('choice-wrong', { field: '--scenarios', found: part, expected: `all, 0 – ${count - 1}` });
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

function jobsOf({ jobs }: Options, { calendar }: RiverModel, scenarios: number): number {
  if (jobs === undefined) return calendar.count * scenarios < WORTH_THREADS ? 1 : threads();
  const value = Number(jobs);
  if (!/^\d+$/.test(jobs) || value < 1 || value > MOST_JOBS)
    throw new Problem('choice-wrong', { field: '--jobs', found: jobs, expected: `1 – ${MOST_JOBS}` });
  return value;
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function jsonOf(model: RiverModel, table: OutcomeTable, runs: readonly ScenarioRun[], ahead: readonly ForesightRun[]): unknown {
  const { document, calendar } = model;
  return {
    title: document.title,
    start: isoDay(calendar.start[0] as number),
    end: isoDay(calendar.start[calendar.count] as number),
    steps: calendar.count,
    scenarios: runs.map(({ combination, cost, losses, certificate }, i) => ({
      number: combination,
      name: combinationName(model, combination),
      cost,
      losses: Object.fromEntries(losses),
      certificate,
      ...(ahead[i] === undefined ? {} : { foresight: { cost: ahead[i].foresight, certificate: ahead[i].certificate } }),
    })),
    nodes: table.nodes.map(({ node, kind, scenarios }) => ({
      node,
      kind,
      scenarios: scenarios.map((one) => ({
        ...one,
        deficit: finite(one.deficit),
        volume: finite(one.volume),
        leastVolume: finite(one.leastVolume),
      })),
    })),
    recorders: table.recorders.map((one) => ({ ...one, values: one.values.map(finite) })),
    proved: table.proved,
    notUsed: runs[0]?.notes ?? [],
  };
}

function linesOf(
  model: RiverModel,
  table: OutcomeTable,
  runs: readonly ScenarioRun[],
  ahead: readonly ForesightRun[],
  lang: Lang,
): string[] {
  const { document, calendar } = model;
  const say = (key: string, values: Record<string, string | number> = {}): string => t(lang, `cli.water.allocate.${key}`, values);
  const told: readonly AnyRun[] = ahead.length > 0 ? ahead : runs;
  return [
    document.title,
    say('span', {
      steps: calendar.count,
      start: isoDay(calendar.start[0] as number),
      end: isoDay((calendar.start[calendar.count] as number) - 1),
      scenarios: runs.length,
    }),
    ...(ahead.length > 0 ? ['', ...ahead.map((one) => aheadLine(one, lang))] : []),
    '',
    ...table.nodes.flatMap(({ node, kind, scenarios }) => {
      if (kind === 'use') return [say(scenarios[0]?.share === null ? 'use-open' : 'use', { node, ...useWords(scenarios, lang) })];
      if (kind === 'store' || kind === 'licence')
        return [
          say(kind, {
            node,
            end: spread(scenarios, ({ volume }) => volume, lang),
            least: spread(scenarios, ({ leastVolume }) => leastVolume, lang),
          }),
        ];
      return [];
    }),
    ...lossLines(runs, lang),
    ...(table.recorders.length === 0 ? [] : ['', say('recorders')]),
    ...table.recorders.map(({ name, values, together }) => `  ${name}: ${plain(together ?? values[0] ?? Number.NaN, lang)}`),
    '',
    ...worthLines(told, lang),
    '',
    proofLine(told, table.proved, lang),
    ...(runs[0]?.notes ?? []).map(({ place, fields }) => say('unused', { place, fields: fields.join(', ') })),
  ];
}

/** What canals lost, in the runs step by step. */
function lossLines(runs: readonly ScenarioRun[], lang: Lang): string[] {
  const names = [...(runs[0]?.losses.keys() ?? [])];
  return names
    .map((node) => ({ node, lost: runs.reduce((sum, { losses }) => sum + (losses.get(node) ?? 0), 0) / runs.length }))
    .filter(({ lost }) => lost > 0)
    .map(({ node, lost }) => t(lang, 'cli.water.allocate.loss', { node, lost: plain(lost, lang) }));
}

function aheadLine({ name, stepwise, foresight }: ForesightRun, lang: Lang): string {
  return t(lang, 'cli.water.allocate.ahead', {
    name: name === '' ? '—' : name,
    stepwise: plain(stepwise, lang),
    foresight: plain(foresight, lang),
    gain: plain(stepwise - foresight, lang),
  });
}

/** Six digits that count, rounded first so that nothing reads "-0". */
function plain(value: number, lang: Lang): string {
  if (!Number.isFinite(value)) return '—';
  const rounded = Math.round(Number(value.toPrecision(6)) * 1e8) / 1e8 + 0;
  return number(lang, rounded, rounded !== 0 && Math.abs(rounded) < 1 ? 8 : 4);
}

/** One number, or the mean over scenarios with the least and the most. */
function spread(
  scenarios: readonly NodeOutcome[],
  of: (one: NodeOutcome) => number,
  lang: Lang,
  shown: (value: number) => string = (value) => plain(value, lang),
): string {
  const values = scenarios.map(of);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.length === 1 || least === most ? shown(mean) : `${shown(mean)} (${shown(least)} … ${shown(most)})`;
}

function useWords(scenarios: readonly NodeOutcome[], lang: Lang): Record<string, string> {
  const percent = (value: number): string => `${number(lang, value * 100, 1)} %`;
  return {
    mean: spread(scenarios, ({ mean }) => mean, lang),
    share: spread(scenarios, ({ share }) => share ?? 0, lang, percent),
    deficit: spread(scenarios, ({ deficit }) => deficit, lang),
  };
}

/** What one unit of water more would have saved, at the points where it would have saved most. */
function worthLines(runs: readonly AnyRun[], lang: Lang): string[] {
  const [first] = runs;
  if (first === undefined) return [];
  const names = Map.groupBy(first.pointOf.keys(), (name) => first.pointOf.get(name));
  const found = [...names]
    .map(([point, nodes]) => ({
      nodes: nodes.join(', '),
      worth: runs.reduce((sum, { meanWorth }) => sum + (meanWorth[point as number] as number), 0) / runs.length,
    }))
    .filter(({ worth }) => Math.abs(worth) > 1e-9)
    .sort((a, b) => b.worth - a.worth);
  if (found.length === 0) return [t(lang, 'plans.river.worth.none')];
  return [
    t(lang, 'plans.river.worth.heading'),
    ...found
      .slice(0, MOST_POINTS)
      .map(
        ({ nodes, worth }) =>
          `  ${t(lang, worth > 0 ? 'plans.river.worth.more' : 'plans.river.worth.less', { nodes, worth: plain(Math.abs(worth), lang) })}`,
      ),
    ...(found.length > MOST_POINTS ? [`  ${t(lang, 'plans.river.worth.others', { count: found.length - MOST_POINTS })}`] : []),
  ];
}

function proofLine(runs: readonly AnyRun[], proved: boolean, lang: Lang): string {
  const found = worst(runs.map(({ certificate }) => certificate));
  const tiny = (value: number): string => (value === 0 ? '0' : Math.abs(value).toExponential(1));
  return t(lang, proved ? 'plans.river.proved' : 'plans.river.unproved', {
    primal: tiny(found.primal),
    dual: tiny(found.dual),
    gap: tiny(found.gap),
  });
}
