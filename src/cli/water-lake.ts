/** `saryarka water lake`: the North Aral under decisions to 2060, as a table with intervals; how well the method does on a record. */
import { writeCsv } from '../formats/csv.ts';
import { readSource, writeFile } from '../formats/source-node.ts';
import { number, pick, t } from '../i18n/index.ts';
import { type AralTables, aralTables } from '../plans/aral-tables.ts';
import type { BedFile } from '../plans/lake-bathymetry.ts';
import { type Outcome, outcomes } from '../plans/lake-outcomes.ts';
import { type Interval, intervalOf, type ScenarioOption, type ScenarioRuns, termIn } from '../plans/lake-scenarios.ts';
import { Problem } from '../problems.ts';
import { distanceAt } from '../science/lake-bed.ts';
import { stateChanges } from '../science/lake-state.ts';
import type { Lang } from '../types.ts';
import { readCurve, waterLakeBalance } from './water-lake-balance.ts';
import { bedLines, readBed } from './water-lake-bed.ts';
import { waterLakeRecord } from './water-lake-record.ts';

interface Options {
  lang: Lang;
  full: string;
  inflow: string;
  rule: string;
  saved: string;
  evaporation: string;
  capacity?: string;
  startVolume?: string;
  startSalinity?: string;
  until: string;
  runs: string;
  seed: string;
  observed?: string;
  json?: boolean;
  output?: string;
  chart?: string;
  since?: string;
  ice?: string;
  saltLimit?: string;
  bathymetry?: string;
  levelField?: string;
  depthsBelow?: string;
  bedStep?: string;
  bedOutput?: string;
  place?: string[];
  forcing?: string;
  curve?: string;
}

/** Conflicts of the sources that bear on the scenarios. */
const SHOWN = ['C3', 'C4', 'C5', 'C9'];
/** Options that one chart keeps apart. */
const MOST_LINES = 8;
const MOST_RUNS = 100_000;
const FIRST_YEAR = 2026;
const LAST_YEAR = 2200;
const MONTHS = 12;

export async function waterLake(options: Options): Promise<number> {
  const { lang } = options;
  const bed = options.bathymetry === undefined ? null : await readBed({ ...options, bathymetry: options.bathymetry });
  if (bed !== null && !options.json) for (const line of bedLines(bed, lang)) console.log(line);
  if (options.forcing !== undefined) {
    const { forcing, full, startVolume, startSalinity, json, output } = options;
    if (bed === null && options.curve === undefined)
      throw new Problem('choice-wrong', { field: '--forcing', found: forcing, expected: '--curve, --bathymetry' });
    return waterLakeBalance(forcing, {
      lang,
      full,
      rows: bed?.curve ?? (await readCurve(options.curve ?? '')),
      ...(startVolume === undefined ? {} : { startVolume }),
      ...(startSalinity === undefined ? {} : { startSalinity }),
      ...(options.saltLimit === undefined
        ? {}
        : { saltLimit: amount('--salt-limit', options.saltLimit, { least: 1, most: 400 }) }),
      ...(json === undefined ? {} : { json }),
      ...(output === undefined ? {} : { output }),
    });
  }
  const tables = withBed(aralTables(), bed);
  if (options.observed !== undefined) return waterLakeRecord(readSource(options.observed), tables, options);
  const list = optionsOf(options);
  if (options.chart !== undefined && list.length > MOST_LINES)
    throw new Problem('choice-wrong', { field: '--chart', found: String(list.length), expected: `1 – ${MOST_LINES}` });
  const settings = {
    tables,
    runs: counted('--runs', options.runs, 1, MOST_RUNS),
    seed: counted('--seed', options.seed, 0, 2 ** 32 - 1),
    to: counted('--until', options.until, 2027, LAST_YEAR),
    ...(options.startVolume === undefined
      ? {}
      : { startVolume: amount('--start-volume', options.startVolume, { least: 1, most: 50 }) }),
    ...(options.startSalinity === undefined
      ? {}
      : { startSalinity: amount('--start-salinity', options.startSalinity, { most: 100 }) }),
  };
  const drawn: ScenarioRuns[] = [];
  const found = onBed(options.bathymetry, () =>
    outcomes(list, settings, (runs) => {
      if (options.chart !== undefined) drawn.push(runs);
    }),
  );
  if (options.json) {
    const conflicts = tables.conflicts.filter(({ id }) => SHOWN.includes(id));
    console.log(
      JSON.stringify({ outcomes: found, parameters: tables.north.parameters, curve: tables.north.curve, conflicts }, null, 2),
    );
  } else for (const line of told(found, tables, options, bed)) console.log(line);
  if (options.output !== undefined) {
    writeFile(options.output, tableOf(found));
    if (!options.json) console.log(t(lang, 'cli.water.written', { file: options.output }));
  }
  if (options.chart !== undefined) {
    writeFile(options.chart, await chartOf(drawn, lang));
    if (!options.json) console.log(t(lang, 'cli.water.written', { file: options.chart }));
  }
  return 0;
}

/** Every full level with every part of the river and every rule; the first is what the others are compared with. */
function optionsOf({ full, inflow, rule, saved, evaporation, capacity, since, ice, saltLimit }: Options): ScenarioOption[] {
  const rules = rule.split(',').map((one): ScenarioOption['rule'] => {
    if (one !== 'overflow' && one !== 'gates')
      throw new Problem('choice-wrong', { field: '--rule', found: one, expected: 'overflow, gates' });
    return one;
  });
  const shared = {
    saved: amount('--saved', saved),
    evaporation: amount('--evaporation', evaporation),
    ...(capacity === undefined ? {} : { capacity: amount('--capacity', capacity) }),
    ...(since === undefined ? {} : { since: counted('--since', since, FIRST_YEAR, LAST_YEAR) }),
    ...(ice === undefined ? {} : { ice: iceOf(ice) }),
    ...(saltLimit === undefined ? {} : { saltLimit: amount('--salt-limit', saltLimit) }),
  };
  return numbers('--full', full).flatMap((level) =>
    numbers('--inflow', inflow).flatMap((part) => rules.map((one) => ({ full: level, inflow: part, rule: one, ...shared }))),
  );
}

/** A bed that the user gave may end below what a run asks of it: the science refuses, and the user is told where. */
function onBed<Value>(bathymetry: string | undefined, make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    if (bathymetry === undefined || !(error instanceof RangeError)) throw error;
    throw new Problem('choice-wrong', {
      field: `--bathymetry ${bathymetry}`,
      found: error.message,
      expected: '--full, --start-volume',
    });
  }
}

/** Twelve parts of the lake, January first. */
function iceOf(text: string): number[] {
  const parts = text.split(',').map((one) => amount('--ice', one, { most: 1 }));
  if (parts.length !== MONTHS)
    throw new Problem('choice-wrong', { field: '--ice', found: String(parts.length), expected: String(MONTHS) });
  return parts;
}

/** The tables with the curve of a bed that the user gave. */
function withBed(tables: AralTables, bed: BedFile | null): AralTables {
  if (bed === null) return tables;
  const curve = bed.curve.map((row) => ({ ...row, kind: 'bathymetry', source: bed.source, note: '', conflicts: [] }));
  return { ...tables, north: { ...tables.north, curve } };
}

/** Distances of the shore where a bed was given, else why there are none. */
function shoreLines({ level }: Outcome, bed: BedFile | null, lang: Lang): string[] {
  if (bed === null || bed.places.length === 0) return [`  ${t(lang, 'plans.lake.shore-refused')}`];
  return bed.places.map((place) => {
    const km = (at: number): string => number(lang, distanceAt(place, at), 1);
    const told = `${km(level.mid)} (${km(level.high)} … ${km(level.low)}) ${t(lang, 'plans.lake.km')}`;
    return `  ${t(lang, 'plans.lake.shore', { place: place.name })}: ${told}`;
  });
}

/** Years in which the class of salinity or the fish that bear it change. */
function stateLine({ states }: Outcome, lang: Lang): string {
  const told = stateChanges(states).map((state) =>
    t(lang, 'plans.lake.state', {
      year: String(state.year),
      state: t(lang, `water.state.${state.class}`),
      fit: state.fit.length,
      known: state.fit.length + state.unfit.length,
    }),
  );
  return `  ${t(lang, 'plans.lake.states')}: ${told.join('; ')}`;
}

const numbers = (field: string, text: string): number[] => text.split(',').map((one) => amount(field, one));

function amount(field: string, text: string, { least = 0, most = Infinity }: { least?: number; most?: number } = {}): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < least || value > most)
    throw new Problem('choice-wrong', { field, found: text, expected: most === Infinity ? '0.0' : `${least} – ${most}` });
  return value;
}

function counted(field: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new Problem('choice-wrong', { field, found: text, expected: `${least} – ${most}` });
  return value;
}

/** The name of an option: "44 m, inflow 80 %, gates". */
function nameOf({ full, inflow, rule }: ScenarioOption, lang: Lang): string {
  return t(lang, 'water.option', {
    full: number(lang, full),
    inflow: number(lang, inflow * 100, 0),
    rule: t(lang, `water.rule.${rule}`),
  });
}

function told(found: readonly Outcome[], tables: AralTables, { lang }: Options, bed: BedFile | null): string[] {
  const [{ runs, year } = { runs: 0, year: 0 }] = found;
  const unit = (name: string): string => t(lang, `water.unit.${name}`);
  const highest = Math.max(...tables.north.curve.map(({ level }) => level));
  /** Rounded first, so that nothing reads "-0". */
  const plain = (value: number, digits: number): string =>
    number(lang, Math.round(value * 10 ** digits) / 10 ** digits + 0, digits);
  const interval = ({ low, mid, high }: Interval, digits: number): string =>
    `${plain(mid, digits)} (${plain(low, digits)} … ${plain(high, digits)})`;
  const part = (value: number): string => `${number(lang, value * 100, 0)} %`;
  const blocks = found.flatMap((one, i) => {
    const line = (key: string, value: string): string => `  ${t(lang, `water.term.${key}`)}: ${value}`;
    return [
      '',
      nameOf(one.option, lang),
      line('level', `${interval(one.level, 2)} ${unit('m')}`),
      line('area', `${interval(one.area, 0)} ${unit('km2')}`),
      line('volume', `${interval(one.volume, 1)} ${unit('km3')}`),
      line('salinity', `${interval(one.salinity, 1)} ${unit('g-l')} · ${t(lang, `water.state.${one.state}`)}`),
      line('inflow', `${interval(one.inflow, 2)} ${unit('km3')}`),
      line('evaporation', `${interval(one.evaporation, 2)} ${unit('km3')}`),
      line('released', `${interval(one.released, 2)} ${unit('km3')}`),
      `  ${t(lang, 'plans.lake.exposed-below', { level: highest })}: ${interval(one.exposed, 0)} ${unit('km2')}`,
      `  ${t(lang, 'plans.lake.dry')}: ${interval(one.dry, 0)} ${unit('km2')}`,
      ...(one.option.saltLimit === undefined
        ? []
        : [`  ${t(lang, 'plans.lake.fallen')}: ${interval(one.fallen, 1)} ${t(lang, 'plans.lake.mt')}`]),
      ...shoreLines(one, bed, lang),
      stateLine(one, lang),
      line(
        'full',
        one.fullBy === null ? part(one.full) : `${part(one.full)} · ${t(lang, 'water.full-by', { year: String(one.fullBy) })}`,
      ),
      ...one.fish.map(({ id, part: share }) => {
        const limit = tables.fish.find((fish) => fish.id === id);
        const name = limit === undefined ? id : pick(limit.name, lang);
        return `  ${name}: ${share === null ? t(lang, 'water.fish-unknown') : t(lang, 'water.fish', { part: part(share), limit: number(lang, limit?.below ?? 0) })}`;
      }),
      ...(i === 0
        ? []
        : [
            line('cost-great-aral', `${interval(one.cost.greatAral, 2)} ${unit('km3')}`),
            line('cost-evaporation', `${interval(one.cost.evaporation, 2)} ${unit('km3')}`),
          ]),
      ...(one.cost.upstream < 0 ? [line('cost-upstream-less', `${number(lang, -one.cost.upstream, 2)} ${unit('km3')}`)] : []),
      ...(one.cost.upstream <= 0
        ? []
        : [
            line(
              'cost-upstream',
              `${number(lang, one.cost.upstream, 2)} ${unit('km3')} (${one.cost.shares.map((share) => `${t(lang, `water.party.${share.party}`)} ${part(share.part)}`).join(', ')})`,
            ),
          ]),
      ...(one.assumedBed && bed === null ? [`  ${t(lang, 'water.assumed-bed')}`] : []),
    ];
  });
  return [
    t(lang, 'cli.water.heading', { runs, year: String(year) }),
    ...blocks,
    '',
    ...(found.some(({ option }) => option.capacity === undefined) ? [t(lang, 'water.capacity-unknown')] : []),
    t(lang, 'water.river-record'),
    t(lang, 'cli.water.conflicts'),
    ...tables.conflicts.filter(({ id }) => SHOWN.includes(id)).map(({ id, text }) => `  ${id} ${pick(text, lang)}`),
  ];
}

/** One row for each option; names and units of columns are the same in every language. */
function tableOf(found: readonly Outcome[]): string {
  const terms = {
    level: 'm',
    area: 'km2',
    volume: 'km3',
    salinity: 'g_l',
    exposed: 'km2',
    dry: 'km2',
    inflow: 'km3_a',
    evaporation: 'km3_a',
    released: 'km3_a',
  } as const;
  const names = Object.keys(terms) as (keyof typeof terms)[];
  const spread = (name: string, unit: string): string[] => ['p05', 'p50', 'p95'].map((part) => `${name}_${part}_${unit}`);
  const header = [
    ...['full_m', 'inflow_part', 'rule', 'saved_km3_a', 'evaporation_part', 'capacity_m3_s', 'runs', 'year'],
    ...names.flatMap((name) => spread(name, terms[name])),
    ...['full_part', 'full_by', 'state'],
    ...(found[0]?.fish ?? []).map(({ id }) => `fish_${id.replaceAll('-', '_')}_part`),
    ...spread('less_for_great_aral', 'km3_a'),
    ...spread('more_evaporation', 'km3_a'),
    ...['left_upstream_km3_a', 'bed_assumed'],
  ];
  const values = ({ low, mid, high }: Interval): number[] => [low, mid, high];
  const rows = found.map((one) => [
    ...[one.option.full, one.option.inflow, one.option.rule, one.option.saved ?? 0, one.option.evaporation ?? 1],
    ...[one.option.capacity ?? null, one.runs, one.year],
    ...names.flatMap((name) => values(one[name])),
    ...[one.full, one.fullBy, one.state],
    ...one.fish.map(({ part }) => part),
    ...values(one.cost.greatAral),
    ...values(one.cost.evaporation),
    ...[one.cost.upstream, one.assumedBed],
  ]);
  return writeCsv(header, rows);
}

/** Highest levels of the years, a line with its interval for each option. */
async function chartOf(drawn: readonly ScenarioRuns[], lang: Lang): Promise<string> {
  const { seriesChart } = await import('../drawing/chart-series.ts');
  const svg = await seriesChart({
    title: t(lang, 'water.chart-title'),
    unit: t(lang, 'water.chart-unit'),
    lang,
    level: 0.9,
    height: 420,
    series: drawn.map((runs) => ({
      name: nameOf(runs.option, lang),
      points: runs.years.map((year) => {
        const { low, mid, high } = intervalOf(termIn(runs, 'highest', year));
        return { date: String(year), value: mid, low, high };
      }),
    })),
  });
  if (svg === null) throw new Problem('choice-wrong', { field: '--chart', found: '0', expected: '--full' });
  return svg;
}
