/**
 * `saryarka water basins`: lakes that hang together by dikes, sills and canals, with the balance of each and of all. docs/water-basins.md
 *
 *     saryarka water basins great-aral -o steps.csv
 *     saryarka water basins two-level --curve saryshyganak=bay.csv --canal 50
 */
import { writeCsv } from '../formats/csv.ts';
import { readSource, shippedPath, writeFile } from '../formats/source-node.ts';
import { number, pick, t } from '../i18n/index.ts';
import { type BasinFile, readBasinFile, without } from '../plans/lake-basin-file.ts';
import { type BasinOutcome, type BasinsOutcome, runBasinFile } from '../plans/lake-basin-run.ts';
import { Problem } from '../problems.ts';
import type { Lang } from '../types.ts';
import { type BasinGiven, givenBasins } from './water-lake-given.ts';

export interface BasinsAsked extends BasinGiven {
  lang: Lang;
  full?: string[];
  canal?: string;
  without?: string;
  json?: boolean;
  output?: string;
}

/** Files that ship, by the names that the command knows them by. */
export const SHIPPED_BASINS = ['great-aral', 'two-level'] as const;

/** Terms of a basin's balance, in the order they are told. */
const TERMS = [
  'river',
  'received',
  'precipitation',
  'groundwater',
  'exchange',
  'evaporation',
  'release',
  'overflow',
  'gained',
] as const;

/** Reads, runs, prints. @throws Problem that names file and place */
export async function waterBasins(place: string, asked: BasinsAsked): Promise<number> {
  const { lang, json = false, output } = asked;
  const path = (SHIPPED_BASINS as readonly string[]).includes(place)
    ? shippedPath('data', 'aral', 'basins', `${place}.json`)
    : place;
  const name = path === place ? path : `${place}.json`;
  const file = changed(readBasinFile({ ...readSource(path), name }), asked);
  const { given, told } = await givenBasins(file, { path, name, asked });
  const found = runBasinFile(file, { name, given });
  if (json) console.log(JSON.stringify(report(file, found), null, 2));
  else for (const line of [...told, ...linesOf(file, found, lang)]) console.log(line);
  if (output !== undefined) {
    writeFile(output, stepsTable(found));
    if (!json) console.log(t(lang, 'cli.water.written', { file: output }));
  }
  return 0;
}

/** The file with what the options say otherwise. */
function changed(file: BasinFile, { full = [], canal, without: gone }: BasinsAsked): BasinFile {
  const kept = gone === undefined ? file : without(file, gone);
  const ids = kept.basins.map(({ id }) => id);
  const levels = new Map(
    full.map((text) => {
      const [id = '', level = ''] = text.split('=');
      if (!ids.includes(id) || level.trim() === '' || !Number.isFinite(Number(level)))
        throw new Problem('choice-wrong', { field: '--full', found: text, expected: `${ids[0]}=46` });
      return [id, Number(level)] as const;
    }),
  );
  const most = canal === undefined ? undefined : Number(canal);
  if (most !== undefined && (canal?.trim() === '' || !(most >= 0 && Number.isFinite(most))))
    throw new Problem('choice-wrong', { field: '--canal', found: canal ?? '', expected: '0.0' });
  return {
    ...kept,
    basins: kept.basins.map((basin) => {
      const level = levels.get(basin.id);
      if (level === undefined) return basin;
      if (basin.rule.kind !== 'overflow' && basin.rule.kind !== 'gates')
        return { ...basin, rule: { kind: 'overflow', full_m: level } };
      return { ...basin, rule: { ...basin.rule, full_m: level } };
    }),
    canals: (kept.canals ?? []).map((one) => ({
      ...one,
      ...(most === undefined ? {} : { capacity_m3_s: most }),
      full_m: levels.get(one.to) ?? one.full_m,
    })),
  };
}

function linesOf(file: BasinFile, found: BasinsOutcome, lang: Lang): string[] {
  const say = (key: string, values: Record<string, string | number> = {}): string =>
    t(lang, `cli.water.lake.basins.${key}`, values);
  const km3 = (value: number): string => number(lang, Math.round(value * 1e3) / 1e3 + 0, 3);
  const nameOf = (id: string): string => pick(file.basins.find((one) => one.id === id)?.name ?? {}, lang) || id;
  const { steps, basins, links, whole } = found;
  const sources = file.sources ?? [];
  return [
    say('heading', {
      title: pick(file.title ?? {}, lang) || basins.map(({ id }) => nameOf(id)).join(', '),
      steps: steps.length,
      first: steps[0]?.text ?? '',
      last: steps.at(-1)?.text ?? '',
    }),
    ...basins.flatMap((one) => ['', ...basinLines(one, nameOf(one.id), lang)]),
    '',
    ...links.map(({ kind, from, to, km3: water, steps: times }) =>
      say(`link.${kind}`, { from: nameOf(from), to: nameOf(to), water: km3(water), steps: times }),
    ),
    say('whole', {
      inflow: km3(whole.inflow),
      precipitation: km3(whole.precipitation),
      groundwater: km3(whole.groundwater),
      evaporation: km3(whole.evaporation),
      left: km3(whole.left),
      lost: km3(whole.lost),
      gained: km3(whole.gained),
    }),
    say('closed', { closure: found.closure.toExponential(1) }),
    ...(sources.length === 0 ? [] : ['', say('rests')]),
    ...sources.map(({ kind, what, source }) => {
      const words = Object.fromEntries(Object.entries(what).filter(([, text]) => text !== undefined));
      return `  ${say(`kind.${kind}`)}: ${pick(words, lang)}${source === undefined ? '' : ` [${source}]`}`;
    }),
  ];
}

function basinLines({ run, curve, salt, sums, seen }: BasinOutcome, name: string, lang: Lang): string[] {
  const say = (key: string, values: Record<string, string | number> = {}): string =>
    t(lang, `cli.water.lake.basins.${key}`, values);
  const value = (of: number, digits: number): string => number(lang, Math.round(of * 10 ** digits) / 10 ** digits + 0, digits);
  const at = (volume: number): Record<string, string> => ({
    level: value(curve.levelAt(volume), 2),
    area: value(curve.areaOf(volume), 0),
    volume: value(volume, 2),
  });
  const [first, last] = [run.volume[0] as number, run.volume.at(-1) as number];
  const shown = TERMS.filter((term) => sums[term] !== 0 || term === 'evaporation');
  return [
    name,
    `  ${say('from', at(first))}`,
    `  ${say('to', at(last))}`,
    ...shown.map((term) => `  ${say(`term.${term}`)}: ${value(sums[term], 3)} ${t(lang, 'water.unit.km3')}`),
    ...(run.missing === 0 ? [] : [`  ${say('missing', { water: value(run.missing, 3) })}`]),
    ...(salt === null
      ? []
      : [
          `  ${say('salt', {
            salinity: Number.isNaN(salt.salinity.at(-1)) ? '–' : value(salt.salinity.at(-1) ?? 0, 1),
            mass: value(salt.mass.at(-1) ?? 0, 1),
            fallen: value(salt.fallen.at(-1) ?? 0, 1),
          })}`,
        ]),
    ...(seen === null ? [] : [`  ${say('seen', { n: seen.n, bias: value(seen.bias, 0), rmse: value(seen.rmse, 0) })}`]),
  ];
}

/** What the command prints as JSON. */
function report(file: BasinFile, { basins, links, whole, closure, steps }: BasinsOutcome): unknown {
  return {
    steps: { count: steps.length, first: steps[0]?.text, last: steps.at(-1)?.text },
    basins: basins.map(({ id, curve, run, salt, sums, seen }) => {
      const end = run.volume.at(-1) as number;
      return {
        ...{ id, sums, missing: run.missing, closure: run.closure, seen },
        end: { level: curve.levelAt(end), area: curve.areaOf(end), volume: end },
        salt:
          salt === null
            ? null
            : {
                salinity: finite(salt.salinity.at(-1)),
                mass: salt.mass.at(-1),
                fallen: salt.fallen.at(-1),
                ...{ brought: salt.brought, received: salt.received, carried: salt.carried },
              },
      };
    }),
    ...{ links, whole, closure, sources: file.sources ?? [] },
  };
}

const finite = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value);

/** A row for each basin and step; names and units of columns are the same in every language. */
function stepsTable({ steps, basins }: BasinsOutcome): string {
  const header = [
    ...[
      'date',
      'basin',
      'level_m',
      'area_km2',
      'volume_km3',
      'river_km3',
      'received_km3',
      'precipitation_km3',
      'groundwater_km3',
    ],
    ...['evaporation_km3', 'release_km3', 'overflow_km3', 'exchange_km3', 'salinity_g_l', 'salt_mt', 'fallen_salt_mt'],
  ];
  const rows = steps.flatMap(({ text }, i) =>
    basins.map(({ id, curve, run, salt }) => {
      const volume = run.volume[i + 1] as number;
      const at = (values: Float64Array): number => values[i] as number;
      const received = at(run.received) + Math.max(0, at(run.drawn));
      return [
        ...[text, id, curve.levelAt(volume), curve.areaOf(volume), volume, at(run.inflow) - received, received],
        ...[run.precipitation, run.groundwater, run.evaporation, run.release, run.overflow, run.exchange].map(at),
        ...(salt === null ? [null, null, null] : [finite(salt.salinity[i]), at(salt.mass), at(salt.fallen)]),
      ];
    }),
  );
  return writeCsv(header, rows);
}
