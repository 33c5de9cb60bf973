/**
 * Land degradation, SDG indicator 15.3.1: share of land that is degraded by productivity, land cover or soil carbon, one out,
 * all out; with a baseline also its status. docs/methods/land-degradation.md
 *
 * Performance compares a pixel with the best of its unit in a region far wider than the reserve: without a region it is left
 * out, and the figures say so.
 */
import { Problem } from '../problems.ts';
import type { TransitionTable } from '../science/land-cover.ts';
import { type AreaTable, areaOf, type Place, pixelsOf } from '../science/land-cover-areas.ts';
import { NO_COMPAT, PUBLISHED_COMPAT, TRENDS_EARTH_COMPAT } from '../science/land-degradation.ts';
import { type DegradedShare, degradedShare } from '../science/land-degradation-areas.ts';
import { bestOfUnits, newProductivityReference } from '../science/land-degradation-performance.ts';
import type { CombinationTable } from '../science/land-degradation-productivity.ts';
import type { SoilFactorTable } from '../science/land-degradation-soil.ts';
import type { Period } from '../types.ts';
import { bounded, fewNote, figure, outsideNote, outsideShare, pixelsIn } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import { coverCodes } from './land-cover.ts';
import {
  type ClassesConfig,
  classesKernel,
  PARTS,
  type PeriodConfig,
  type ProductivityConfig,
  REFERENCE,
  referenceKernel,
  UNITS,
  unitsKernel,
  WATER,
} from './land-degradation-kernels.ts';
import { degradationPictures } from './land-degradation-pictures.ts';
import { choiceOf, landData, numberOf, tableParam, yearsOf } from './params.ts';
import type { Figure, Given, Pass, RasterIndicator } from './raster-indicator.ts';
import { yearsOfDates } from './years.ts';

/** Fewest years of a period: three recent ones, and five before. */
const FEWEST = 8;
/** More units than these are no units but numbers on a scale. */
const MOST_UNITS = 2000;

const COMPATS = { published: PUBLISHED_COMPAT, 'trends-earth': TRENDS_EARTH_COMPAT, none: NO_COMPAT };

/** Periods that figures are of: the period, or baseline and period. */
interface Spans {
  years: [first: number, last: number];
  config: PeriodConfig;
  /** What its figures say of the years that were used. */
  remarks: (string | null)[];
}

export const landDegradation: RasterIndicator = {
  id: 'land-degradation',
  method: 'sdg-1531',
  version: 1,
  inputs: [
    { name: 'ndvi', least: FEWEST },
    { name: 'land-cover', least: 2, once: true },
    { name: 'soc', least: 1, optional: true, undated: true },
    { name: 'units', least: 1, optional: true, undated: true },
  ],
  params: {
    method: 'trends-earth',
    table: '',
    transitions: 'unccd',
    legend: 'esa-cci',
    nesting: '',
    period: '',
    baseline: '',
    climate: 'temperate-dry',
    missing: 'nodata',
    compat: 'published',
    months: '',
    part: '0.8',
    low: '-1',
    high: '1',
    scale: '1',
  },
  kernels: {
    units: unitsKernel,
    reference: (config) => referenceKernel(config as Parameters<typeof referenceKernel>[0]),
    classes: (config) => classesKernel(config as ClassesConfig),
  },
  async compute(given, pass) {
    const { productivity, spans } = periodsOf(given);
    const units = hasLayer(given, 'units') && given.region;
    if (units) await addBest(spans, productivity, pass);
    const config: ClassesConfig = { ...productivity, ...settingsOf(given), periods: spans.map((span) => span.config) };
    const inputs = ['ndvi', 'land-cover', 'soc', ...(units ? ['units'] : [])];
    const tables = await pass('classes', config, { inputs });
    const remarks = [
      units ? note('performance-region') : note('no-performance'),
      hasLayer(given, 'soc') ? null : note('no-soil'),
    ];
    return tables.flatMap((own, zone) => figuresOf(own, { given, zone, spans, remarks }));
  },
  pictures: {
    kernel: 'classes',
    of(given, maps, tables) {
      const { spans } = periodsOf(given);
      const config = { periods: spans.map((span) => span.config), soil: settingsOf(given).soil };
      return degradationPictures(maps, tables, { periods: spans.map(periodOf), config });
    },
  },
};

function periodOf({ years: [first, last] }: Spans): Period {
  return { start: `${first}-01-01`, end: `${last + 1}-01-01` };
}

function hasLayer({ dates }: Given, input: string): boolean {
  return (dates[input]?.length ?? 0) > 0;
}

/** Years of productivity and the periods among them. @throws Problem `param-wrong`, `input-too-short`. */
function periodsOf({ dates, params }: Given): { productivity: ProductivityConfig; spans: Spans[] } {
  const part = numberOf(params, 'part', { low: 0, high: 1 });
  const { years, yearOf, least } = yearsOfDates(dates.ndvi ?? [], { months: params.months, part });
  const [low, high] = [numberOf(params, 'low'), numberOf(params, 'high')];
  const scale = numberOf(params, 'scale', { low: Number.MIN_VALUE });
  const means = { yearOf, years: years.length, least, low, high, scale };
  const whole: [number, number] = [years[0] ?? 0, years.at(-1) ?? 0];
  const asked = ['baseline', 'period'].map((name) => ((params[name] ?? '') === '' ? null : yearsOf(params, name)));
  const [baseline = null, period = null] = asked;
  const wanted: [number, number][] = baseline === null ? [period ?? whole] : [baseline, period ?? whole];
  const spans = wanted.map(([first, last]): Spans => {
    const [from, to] = [years.filter((year) => year < first).length, years.filter((year) => year <= last).length];
    if (to - from < FEWEST) throw new Problem('input-too-short', { input: 'ndvi', found: to - from, expected: FEWEST });
    const covers = dates['land-cover'] ?? [];
    const config = { from, to, ...coversOf(covers, first, last), best: null };
    const gaps = Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((year) => !years.includes(year));
    const used = [config.coverFrom, config.coverTo].map((layer) => covers[layer]?.start.slice(0, 4)).join('–');
    const missing = gaps.length === 0 ? null : note('years-missing', gaps.join(', '));
    return { years: [first, last], config, remarks: [note('land-cover-years', used), missing] };
  });
  return { productivity: { means, years }, spans };
}

/** Land cover layers of a period: the last one not after its first year, else the first there is; and the last not after its end. */
function coversOf(dates: readonly Period[], first: number, last: number): Pick<PeriodConfig, 'coverFrom' | 'coverTo'> {
  const until = (year: number): number => dates.filter(({ start }) => Number(start.slice(0, 4)) <= year).length - 1;
  const [coverFrom, coverTo] = [Math.max(0, until(first)), until(last)];
  if (coverTo <= coverFrom) throw new Problem('input-too-short', { input: 'land-cover', found: 1, expected: 2 });
  return { coverFrom, coverTo };
}

function settingsOf(given: Given): Omit<ClassesConfig, 'periods' | 'means' | 'years'> {
  const { params, dates } = given;
  const method = choiceOf(params, 'method', ['trends-earth', 'gpg-v2']);
  const tables = landData<CombinationTable[]>('combinations.json', 'table', '');
  const named = params.table === '' ? method : (params.table ?? '');
  const combination = tables.find(({ id }) => id === named);
  if (combination === undefined) {
    throw new Problem('param-wrong', { field: 'table', found: named, expected: tables.map(({ id }) => id).join(', ') });
  }
  const transitions = choiceOf(params, 'transitions', ['unccd', 'unccd-desiccation']);
  return {
    method,
    combination,
    transitions: tableParam<TransitionTable>(transitions, 'transitions', 'transitions-*.json'),
    dryLand: transitions === 'unccd-desiccation',
    cover: coverCodes({ legend: params.legend ?? '', nested: 'unccd', nesting: params.nesting ?? '' }).codes,
    covers: dates['land-cover']?.length ?? 0,
    soil: hasLayer(given, 'soc') ? soilOf(given) : null,
    missing: choiceOf(params, 'missing', ['nodata', 'known-degradation']),
    compat: COMPATS[choiceOf(params, 'compat', ['published', 'trends-earth', 'none'])],
  };
}

/** @throws Problem `input-too-short` when a year has no land cover: soil carbon is carried forward from year to year. */
function soilOf({ params, dates }: Given): NonNullable<ClassesConfig['soil']> {
  const years = (dates['land-cover'] ?? []).map(({ start }) => Number(start.slice(0, 4)));
  const expected = (years.at(-1) ?? 0) - (years[0] ?? 0) + 1;
  if (years.length !== expected || new Set(years).size !== expected) {
    throw new Problem('input-too-short', { input: 'land-cover', found: years.length, expected });
  }
  const table = landData<SoilFactorTable>('soil-factors.json', 'climate', params.climate ?? '');
  const climate = choiceOf(
    params,
    'climate',
    table.climates.map(({ id }) => id),
  );
  return { table, climate: table.climates.find(({ id }) => id === climate)?.f ?? Number.NaN };
}

/** The best of each unit in the region, for each period. @throws Problem `param-wrong` for far too many units. */
async function addBest(spans: Spans[], productivity: ProductivityConfig, pass: Pass): Promise<void> {
  const present = await pass('units', {}, { over: 'region', inputs: ['units'] });
  const units = UNITS.codes.filter((_, i) => present.some(([table]) => table !== undefined && (table.pixels[3 * i] ?? 0) > 0));
  if (units.length > MOST_UNITS) {
    throw new Problem('param-wrong', { field: 'units', found: String(units.length), expected: `≤ ${MOST_UNITS}` });
  }
  const periods = spans.map(({ config: { from, to } }) => ({ from, to }));
  const tables = await pass('reference', { ...productivity, units, periods }, { over: 'region', inputs: ['ndvi', 'units'] });
  for (const [p, { config }] of spans.entries()) {
    const reference = {
      ...newProductivityReference(REFERENCE),
      units: countsOf(
        tables.map((own) => own[p] as AreaTable),
        units,
      ),
    };
    config.best = [...bestOfUnits(reference)].map(([unit, { p90, pixels }]) => [unit, p90, pixels]);
  }
}

/** Pixels by mean productivity of each unit, over all areas of the region; added from the least up, whatever their order. */
function countsOf(tables: readonly AreaTable[], units: readonly number[]): Map<number, Float64Array> {
  const width = units.length + 2;
  return new Map(
    units.flatMap((unit, u): [number, Float64Array][] => {
      const counts = Float64Array.from(tables[0]?.rows ?? [], (_, row) =>
        Float64Array.from(tables, ({ pixels }) => pixels[row * width + u] as number)
          .sort()
          .reduce((sum, count) => sum + count, 0),
      );
      return counts.some((count) => count > 0) ? [[unit, counts]] : [];
    }),
  );
}

interface OfZone {
  given: Given;
  zone: number;
  spans: readonly Spans[];
  remarks: readonly (string | null)[];
}

function figuresOf(tables: readonly AreaTable[], about: OfZone): Figure[] {
  const { given, zone, spans, remarks } = about;
  const pixels = tables[0] === undefined ? 0 : pixelsIn(tables[0]);
  const outside = outsideNote(given, zone, pixels);
  const periods = spans.map(periodOf);
  if (outsideShare(given, zone, pixels) === 1) {
    return periods.map((period) => figure({ indicator: 'land-degradation', zone, period, unit: '%', note: outside }));
  }
  const figures = periods.flatMap((period, p) =>
    PARTS.filter((part) => part !== 'soil' || hasLayer(given, 'soc')).flatMap((part) => {
      const table = tables[p * PARTS.length + PARTS.indexOf(part)];
      return table === undefined
        ? []
        : partFigures(table, part, { zone, period, shared: [outside, ...(spans[p]?.remarks ?? []), ...remarks] });
    }),
  );
  const [status, last] = [tables[periods.length * PARTS.length], periods.at(-1)];
  return periods.length < 2 || status === undefined || last === undefined
    ? figures
    : [...figures, ...statusFigures(status, zone, last, [outside, ...remarks])];
}

/** Share and areas of the indicator, or of one of its three parts. */
function partFigures(
  table: AreaTable,
  part: (typeof PARTS)[number],
  { zone, period, shared }: { zone: number; period: Period; shared: readonly (string | null)[] },
): Figure[] {
  const found = degradedShare(table, { exclude: [WATER] });
  const prefix = part === 'indicator' ? '' : `${part}:`;
  const about = { zone, period, n: Math.round(found.pixels), note: noteOf(...shared, fewNote(found.pixels)) };
  const areas = (['degraded', 'stable', 'improved', 'unknown'] as const).map((kind) =>
    figure({ ...about, indicator: 'land-degradation-area', class: `${prefix}${kind}`, unit: 'm2', value: found[kind] }),
  );
  const water = figure({ ...about, indicator: 'land-degradation-area', class: 'water', unit: 'm2', value: found.excluded });
  return [shareFigure(found, part === 'indicator' ? null : part, about), ...areas, ...(part === 'indicator' ? [water] : [])];
}

function shareFigure(found: DegradedShare, kind: string | null, about: Pick<Figure, 'zone' | 'period' | 'n' | 'note'>): Figure {
  const percent = { value: 100 * found.share, low: 100 * found.low, high: 100 * found.high };
  const bounds = found.unknown > 0 ? note('bounds-unknown-land') : null;
  const limits = found.land > 0 ? bounded(percent) : {};
  return figure({ ...about, indicator: 'land-degradation', class: kind, unit: '%', ...limits, note: noteOf(about.note, bounds) });
}

/** Seven classes of status, of land. */
function statusFigures(table: AreaTable, zone: number, period: Period, shared: readonly (string | null)[]): Figure[] {
  const columns: Place[] = [...table.columns.filter((code) => code !== WATER), 'nodata', 'unlisted'];
  const sum = (row: Place, of: typeof areaOf): number => columns.reduce((all: number, column) => all + of(table, row, column), 0);
  const about = { indicator: 'land-degradation-area', zone, period, unit: 'm2', note: noteOf(...shared) } as const;
  return [...table.rows, 'nodata' as const].map((row) =>
    figure({
      ...about,
      class: `status:${row === 'nodata' ? 'unknown' : row}`,
      value: sum(row, areaOf),
      n: Math.round(sum(row, pixelsOf)),
    }),
  );
}
