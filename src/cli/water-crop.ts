/** `saryarka water crop`: a season of a crop day by day, its irrigations, and ways to save water side by side. */
import { writeCsv } from '../formats/csv.ts';
import { readSource, writeFile } from '../formats/source-node.ts';
import { plainTable } from '../formats/water-table.ts';
import { number, pick, t } from '../i18n/index.ts';
import { daysLater, readSeriesTable } from '../plans/irrigation-columns.ts';
import { readIrrigationFile, readSoilFile } from '../plans/irrigation-files.ts';
import { type IrrigationTables, irrigationTables } from '../plans/irrigation-tables.ts';
import { cropWeather, referenceMethods } from '../plans/irrigation-weather.ts';
import { Problem } from '../problems.ts';
import { seasonLength } from '../science/crop-coefficients.ts';
import { cropSeason, type Season, type SeasonDay, type Soil } from '../science/crop-season.ts';
import { seasonYield, type YieldShare } from '../science/crop-yield.ts';
import { vapourRules } from '../science/evapotranspiration-asce.ts';
import { type IrrigationRule, irrigationRule } from '../science/irrigation-schedule.ts';
import { waterCropOptions } from './water-crop-compare.ts';
import { amountIn, chosen, dateIn, partIn } from './water-crop-options.ts';
import { type CropOptions, type CropWork, cropOf, outside } from './water-crop-work.ts';

export async function waterCrop(weatherFile: string, options: CropOptions): Promise<number> {
  const work = await workOf(weatherFile, options);
  if (options.compare !== undefined) return waterCropOptions(work, options);
  const season = await seasonOf(work, options);
  const yields = work.entry.response === null ? null : seasonYield(work.entry.response, suppliedOf(season));
  if (options.json) {
    const { days, ...rest } = season;
    const dated = days.map((day, i) => ({ date: daysLater(work.planting, i), ...finite(day) }));
    const { method, vapour, missing } = work.weather;
    console.log(
      JSON.stringify(
        { crop: work.entry, soil: work.soil, reference: { method, vapour, missing }, ...rest, yield: yields, days: dated },
        null,
        2,
      ),
    );
  } else for (const line of told(season, yields, work, options)) console.log(line);
  if (options.output !== undefined) {
    writeFile(options.output, tableOf(season, work));
    if (!options.json) console.log(t(options.lang, 'cli.water.written', { file: options.output }));
  }
  return 0;
}

const suppliedOf = ({ totals }: Season): number => (totals.potential > 0 ? totals.actual / totals.potential : 1);

/** NaN, which stands for what a single coefficient does not tell, is left out of JSON. */
const finite = (day: SeasonDay): Partial<SeasonDay> =>
  Object.fromEntries(Object.entries(day).filter(([, value]) => Number.isFinite(value)));

async function workOf(file: string, options: CropOptions): Promise<CropWork> {
  const tables = irrigationTables();
  const reference = chosen('--reference', options.reference, referenceMethods);
  const weather = cropWeather(readSeriesTable(await plainTable(readSource(file))), {
    method: reference,
    ...(options.vapour === undefined ? {} : { vapour: chosen('--vapour', options.vapour, vapourRules) }),
    ...(options.latitude === undefined ? {} : { latitude: amountIn('--latitude', options.latitude, -90, 90) }),
    ...(options.elevation === undefined ? {} : { elevation: amountIn('--elevation', options.elevation, -430, 6000) }),
    ...(options.windHeight === undefined ? {} : { windHeight: amountIn('--wind-height', options.windHeight, 0.5, 100) }),
  });
  const soil = soilOf(options.soil, tables);
  return {
    ...{ tables, weather, entry: cropOf('--crop', options.crop, tables), planting: dateIn('--planting', options.planting) },
    soil: options.initial === undefined ? soil : { ...soil, initial: amountIn('--initial', options.initial, 0.01, 0.9) },
    season: {
      coefficients: chosen('--coefficients', options.coefficients, ['dual', 'single'] as const),
      tabled: chosen('--kc', options.kc, ['as-given', 'climate'] as const),
      fraction: chosen('--fraction', options.fraction, ['adjusted', 'constant'] as const),
      stress: chosen('--stress', options.stress, ['fao-56', 'aquacrop'] as const),
      reference: reference === 'asce-tall' ? 'tall' : 'short',
    },
  };
}

function soilOf(text: string, { soils }: IrrigationTables): Soil {
  const found = soils.get(text);
  if (found !== undefined) return found.soil;
  if (text.endsWith('.json')) return readSoilFile(readSource(text));
  throw new Problem('choice-wrong', { field: '--soil', found: text, expected: `${[...soils.keys()].join(', ')}, soil.json` });
}

async function seasonOf(work: CropWork, options: CropOptions): Promise<Season> {
  const { weather, planting, entry, soil } = work;
  const last =
    options.until === undefined ? daysLater(planting, seasonLength(entry.crop.stages) - 1) : dateIn('--until', options.until);
  const [from, to] = [planting, last].map((date) => weather.days.findIndex((day) => day.date === date));
  if (from === undefined || from < 0) throw outside('--planting', planting, weather);
  const days = weather.days.slice(from, to === undefined || to < 0 ? undefined : to + 1);
  const irrigation =
    options.irrigation === undefined ? irrigationRule(ruleOf(options)) : await eventsOf(options.irrigation, work, days.length);
  return cropSeason(days, entry.crop, soil, { ...work.season, irrigation });
}

async function eventsOf(
  file: string,
  { planting }: CropWork,
  days: number,
): Promise<(day: number) => ReturnType<ReturnType<typeof irrigationRule>>> {
  const events = readIrrigationFile(await plainTable(readSource(file)));
  for (const date of events.keys()) {
    if (date < planting || date > daysLater(planting, days - 1))
      throw new Problem('choice-wrong', {
        field: `${file}: date`,
        found: date,
        expected: `${planting} – ${daysLater(planting, days - 1)}`,
      });
  }
  return (day) => events.get(daysLater(planting, day)) ?? null;
}

/** `raw:1`, `every:10`, `none`; `refill`, `part:0.7`, `net:50`. */
function ruleOf({ when, give, wetted, efficiency, supply }: CropOptions): IrrigationRule {
  const [kind, value = ''] = when.split(':');
  const [amount, size = ''] = give.split(':');
  const expected = chosen('--when', kind ?? '', ['raw', 'every', 'none'] as const);
  const depth = chosen('--give', amount ?? '', ['refill', 'part', 'net'] as const);
  return {
    when:
      expected === 'every'
        ? { interval: amountIn('--when', value, 1, 365, { whole: true }) }
        : { share: expected === 'none' ? Infinity : amountIn('--when', value, 0.01, 10) },
    howMuch:
      depth === 'refill'
        ? 'refill'
        : depth === 'part'
          ? { part: partIn('--give', size) }
          : { net: amountIn('--give', size, 0.1, 1000) },
    wetted: partIn('--wetted', wetted),
    efficiency: partIn('--efficiency', efficiency),
    ...(supply === undefined ? {} : { supply: amountIn('--supply', supply, 0, 10_000) }),
  };
}

/** Terms of the season that are printed, in the order of the balance. */
const TERMS = [
  ...['reference', 'potential', 'actual', 'evaporation', 'transpiration', 'percolation'],
  ...['irrigation', 'lost', 'rain', 'runoff', 'capillaryRise', 'beyond'],
] as (keyof Season['totals'])[];
/** Printed where there is any. */
const SELDOM = new Set(['lost', 'runoff', 'capillaryRise', 'beyond']);

function told(season: Season, yields: YieldShare | null, { entry, weather, planting }: CropWork, options: CropOptions): string[] {
  const { lang } = options;
  const say = (key: string, values: Record<string, string | number> = {}): string => t(lang, `cli.water.crop.${key}`, values);
  const mm = (value: number): string => number(lang, Math.round(value * 1000) / 1000 + 0, 3);
  const last = daysLater(planting, season.days.length - 1);
  const given = season.days.flatMap((day, i) =>
    day.irrigation > 0
      ? [{ day, date: daysLater(planting, i), before: season.days[i - 1]?.depletion ?? season.depletion.before }]
      : [],
  );
  const hectares = amountIn('--area', options.area, 0.0001, 1e8);
  return [
    say('heading', { crop: pick(entry.name, lang), from: planting, to: last, days: season.days.length }),
    say('reference', {
      method: say(`method.${weather.method}`),
      vapour: weather.vapour === null ? '–' : say(`vapour.${weather.vapour}`),
    }),
    ...TERMS.filter((name) => !SELDOM.has(name) || season.totals[name] > 5e-4)
      .filter((name) => Number.isFinite(season.totals[name]))
      .map((name) => `  ${say(`total.${name}`)}: ${mm(season.totals[name])} ${t(lang, 'water.fields.unit.mm')}`),
    `  ${say('total.depletion')}: ${mm(season.depletion.before)} → ${mm(season.depletion.after)} ${t(lang, 'water.fields.unit.mm')}`,
    say('closure', { gap: season.closure.toExponential(1) }),
    ...(season.missing > 0 ? [say('missing', { days: season.missing })] : []),
    ...yieldLines(yields, options),
    '',
    say('schedule', {
      n: given.length,
      volume: number(lang, season.totals.irrigation * 10 * hectares, 0),
      area: number(lang, hectares),
    }),
    ...given.map(
      ({ day, date, before }) =>
        `  ${date}  ${mm(day.irrigation)} ${t(lang, 'water.fields.unit.mm')}  ${say('event', { unit: t(lang, 'water.fields.unit.mm'), entered: mm(day.irrigation - day.lost), before: mm(before), after: mm(day.depletion) })}`,
    ),
  ];
}

function yieldLines(yields: YieldShare | null, { lang, yield: greatest }: CropOptions): string[] {
  if (yields === null) return [t(lang, 'cli.water.crop.yield-unknown')];
  const part = `${number(lang, yields.share * 100, 1)} %`;
  const tonnes =
    greatest === undefined
      ? ''
      : ` · ${number(lang, yields.share * amountIn('--yield', greatest, 0, 1000), 2)} ${t(lang, 'water.fields.unit.t-ha')}`;
  return [
    `${t(lang, 'cli.water.crop.yield', { part })}${tonnes}`,
    ...(yields.doubtful ? [t(lang, 'cli.water.crop.yield-doubtful')] : []),
  ];
}

/** One row a day; names and units are the same in every language. */
function tableOf({ days }: Season, { planting }: CropWork): string {
  const columns: (readonly [string, keyof SeasonDay])[] = [
    ...([
      ['eto_mm', 'reference'],
      ['rain_mm', 'rain'],
      ['runoff_mm', 'runoff'],
      ['irrigation_mm', 'irrigation'],
    ] as const),
    ...([
      ['lost_mm', 'lost'],
      ['capillary_mm', 'capillaryRise'],
      ['kc', 'single'],
      ['kcb', 'basal'],
      ['kcmax', 'greatest'],
    ] as const),
    ...([
      ['ke', 'evaporating'],
      ['ks', 'stress'],
      ['height_m', 'height'],
      ['roots_m', 'roots'],
      ['fc', 'cover'],
    ] as const),
    ...([
      ['few', 'bareWet'],
      ['fw', 'wetted'],
      ['etc_mm', 'potential'],
      ['eta_mm', 'actual'],
      ['e_mm', 'evaporation'],
    ] as const),
    ...([
      ['t_mm', 'transpiration'],
      ['dp_mm', 'percolation'],
      ['beyond_mm', 'beyond'],
      ['de_mm', 'surfaceDepletion'],
    ] as const),
    ...([
      ['dr_mm', 'depletion'],
      ['dr_profile_mm', 'profileDepletion'],
      ['taw_mm', 'available'],
      ['raw_mm', 'ready'],
    ] as const),
  ];
  return writeCsv(
    ['date', ...columns.map(([name]) => name)],
    days.map((day, i) => [daysLater(planting, i), ...columns.map(([, key]) => (Number.isFinite(day[key]) ? day[key] : null))]),
  );
}
