/** `saryarka water crop --compare`: ways to save water side by side, with intervals over years of weather. */
import { writeCsv } from '../formats/csv.ts';
import { writeFile } from '../formats/source-node.ts';
import { number, pick, t } from '../i18n/index.ts';
import { type Comparison, compareOptions, type OptionOutcome, type Spread } from '../plans/irrigation-compare.ts';
import type { CropEntry, IrrigationTables } from '../plans/irrigation-tables.ts';
import type { CropWeather } from '../plans/irrigation-weather.ts';
import { seasonLength } from '../science/crop-coefficients.ts';
import type { CropDay } from '../science/crop-season.ts';
import type { Lang } from '../types.ts';

import { amountIn, dateIn, partIn } from './water-crop-options.ts';
import { type CropOptions, type CropWork, cropOf, outside } from './water-crop-work.ts';

export function waterCropOptions(work: CropWork, options: CropOptions): number {
  const { lang } = options;
  const { tables, entry, soil, weather, planting } = work;
  const seasons = seasonsFrom(weather, planting, entry);
  if (seasons.length === 0) throw outside('--planting', planting, weather);
  const other = options.instead === undefined ? undefined : otherOf(options, work);
  const found = compareOptions((options.compare ?? '').split(','), {
    ...{ tables, seasons, entry, soil, canal: options.canal, season: work.season },
    ...(other === undefined ? {} : { other }),
    ...(options.deficit === undefined ? {} : { deficit: partIn('--deficit', options.deficit) }),
    ...(options.salinity === undefined ? {} : { salinity: amountIn('--salinity', options.salinity, 0, 60) }),
    runs: amountIn('--runs', options.runs, 1, 10_000, { whole: true }),
    seed: amountIn('--seed', options.seed, 0, 2 ** 32 - 1, { whole: true }),
  });
  if (options.json) console.log(JSON.stringify(found, null, 2));
  else for (const line of told(found, work, options)) console.log(line);
  if (options.output !== undefined) {
    writeFile(options.output, tableOf(found, amountIn('--area', options.area, 0.0001, 1e8)));
    if (!options.json) console.log(t(lang, 'cli.water.written', { file: options.output }));
  }
  return 0;
}

/** Weather of every year that has all days of a season from the day of planting on. */
function seasonsFrom({ days }: CropWeather, planting: string, { crop }: CropEntry): CropDay[][] {
  const length = seasonLength(crop.stages);
  return days.flatMap(({ date }, i) => {
    if (date.slice(5) !== planting.slice(5)) return [];
    const own = days.slice(i, i + length);
    const whole =
      own.length === length && own.every((day) => [day.reference, day.rain, day.wind, day.lowestHumidity].every(Number.isFinite));
    return whole ? [own] : [];
  });
}

function otherOf(options: CropOptions, { tables, weather, planting }: CropWork): { entry: CropEntry; seasons: CropDay[][] } {
  const entry = cropOf('--instead', options.instead as string, tables);
  const day = options.insteadPlanting === undefined ? planting : dateIn('--instead-planting', options.insteadPlanting);
  const seasons = seasonsFrom(weather, day, entry);
  if (seasons.length === 0) throw outside('--instead-planting', day, weather);
  return { entry, seasons };
}

/** The name of an option: "Drip + Lined canals". */
function nameOf(id: string, { options }: IrrigationTables, lang: Lang): string {
  return id
    .split('+')
    .map((part) => pick(options.get(part)?.name ?? { en: part }, lang))
    .join(' + ');
}

function told(found: Comparison, { tables, entry, planting }: CropWork, options: CropOptions): string[] {
  const { lang } = options;
  const say = (key: string, values: Record<string, string | number> = {}): string => t(lang, `plans.irrigation.${key}`, values);
  const hectares = amountIn('--area', options.area, 0.0001, 1e8);
  const plain = (value: number, digits: number): string =>
    number(lang, Math.round(value * 10 ** digits) / 10 ** digits + 0, digits);
  const spread = ({ low, mid, high }: Spread, digits = 0): string =>
    `${plain(mid, digits)} (${plain(low, digits)} … ${plain(high, digits)})`;
  const volume = (of: Spread): string =>
    `${spread(of)} ${t(lang, 'water.fields.unit.mm')} · ${plain(of.mid * 10 * hectares, 0)} ${t(lang, 'water.fields.unit.m3')}`;
  const percent = (of: Spread): string => `${spread({ low: of.low * 100, mid: of.mid * 100, high: of.high * 100 }, 1)} %`;
  const greatest = options.yield === undefined ? null : amountIn('--yield', options.yield, 0, 1000);
  const line = (key: string, value: string): string => `  ${say(`term.${key}`)}: ${value}`;
  const blocks = found.outcomes.flatMap((one, i) => [
    '',
    one.crop === entry.id
      ? nameOf(one.id, tables, lang)
      : `${nameOf(one.id, tables, lang)}: ${pick(tables.crops.get(one.crop)?.name ?? { en: one.crop }, lang)}`,
    line('withdrawal', volume(one.withdrawal)),
    line('applied', volume(one.applied)),
    line('entered', volume(one.entered)),
    line('consumed', `${spread(one.consumed)} ${t(lang, 'water.fields.unit.mm')}`),
    ...(one.evaporation === null ? [] : [line('evaporation', `${spread(one.evaporation)} ${t(lang, 'water.fields.unit.mm')}`)]),
    line('percolation', `${spread(one.percolation)} ${t(lang, 'water.fields.unit.mm')}`),
    ...(i === 0 ? [] : [line('saved', volume(one.saved)), line('saved-consumption', volume(one.savedConsumption))]),
    line(
      'yield',
      one.yield === null
        ? say('yield-unknown')
        : `${percent(one.yield)}${greatest === null || one.crop !== entry.id ? '' : ` · ${plain(one.yield.mid * greatest, 2)} ${t(lang, 'water.fields.unit.t-ha')}`}`,
    ),
    ...(one.doubtful > 0 ? [`  ${say('doubtful', { part: `${plain(one.doubtful * 100, 0)} %` })}`] : []),
    ...saltLines(one),
  ]);
  function saltLines(one: OptionOutcome): string[] {
    if (options.salinity === undefined) return [];
    return [
      line('salt', one.salt === null ? say('salt-unknown') : `${spread(one.salt, 2)} ${t(lang, 'water.fields.unit.ds-m')}`),
      ...(one.saltBrought === null
        ? []
        : [line('salt-brought', `${spread(one.saltBrought, 1)} ${t(lang, 'water.fields.unit.t-ha')}`)]),
      ...(one.leaching > 0 ? [line('leaching', `${plain(one.leaching * 100, 1)} %`)] : []),
      ...(one.unleached > 0 ? [`  ${say('unleached', { part: `${plain(one.unleached * 100, 0)} %` })}`] : []),
    ];
  }
  return [
    say('heading', { crop: pick(entry.name, lang), day: planting.slice(5), years: found.years, runs: found.runs }),
    say('canal', { canal: nameOf(options.canal, tables, lang) }),
    ...blocks,
    '',
    say('two-savings'),
    ...(options.salinity === undefined ? [] : [say('through-unknown')]),
    ...(found.leachingUnreachable ? [say('leaching-unreachable')] : []),
    say('sources'),
    ...[...new Set(found.outcomes.flatMap((one) => one.sources))].map((source) => `  ${source}`),
  ];
}

/** One row for each option; names and units of columns are the same in every language. */
function tableOf({ outcomes, runs, years }: Comparison, hectares: number): string {
  const spreads: [string, (one: OptionOutcome) => Spread | null][] = [
    ['withdrawal_mm', (one) => one.withdrawal],
    ['applied_mm', (one) => one.applied],
    ['entered_mm', (one) => one.entered],
    ['consumed_mm', (one) => one.consumed],
    ['soil_evaporation_mm', (one) => one.evaporation],
    ['percolation_mm', (one) => one.percolation],
    ['saved_mm', (one) => one.saved],
    ['saved_m3', (one) => scaled(one.saved, 10 * hectares)],
    ['saved_consumption_mm', (one) => one.savedConsumption],
    ['saved_consumption_m3', (one) => scaled(one.savedConsumption, 10 * hectares)],
    ['yield_1', (one) => one.yield],
    ['ece_ds_m', (one) => one.salt],
    ['salt_brought_t_ha', (one) => one.saltBrought],
  ];
  return writeCsv(
    [
      'option',
      'crop',
      'runs',
      'years',
      ...spreads.flatMap(([name]) => ['p05', 'p50', 'p95'].map((part) => `${name}_${part}`)),
      'leaching_1',
      'doubtful_1',
      'unleached_1',
      'sources',
    ],
    outcomes.map((one) => [
      ...[one.id, one.crop, runs, years],
      ...spreads.flatMap(([, of]) => {
        const own = of(one);
        return own === null ? [null, null, null] : [own.low, own.mid, own.high];
      }),
      ...[one.leaching, one.doubtful, one.unleached, one.sources.join('; ')],
    ]),
  );
}

const scaled = ({ low, mid, high }: Spread, by: number): Spread => ({ low: low * by, mid: mid * by, high: high * by });
