/**
 * Areas of land cover classes per zone and date, and what went from which class to which between the first and the last date.
 * docs/methods/land-cover.md
 *
 * With a confusion matrix of the map the areas are those of the reference, with their intervals (Olofsson et al. 2014).
 */
import { pick } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { type AdjustedClass, adjustAreas } from '../science/area-adjustment.ts';
import { type Legend, type Nesting, NODATA, type Recoder, recoder } from '../science/land-cover.ts';
import { type AreaTable, areaOf, type ClassIndex, classIndex, pixelsOf } from '../science/land-cover-areas.ts';
import type { Period } from '../types.ts';
import { fewNote, figure, known, outsideNote, outsideShare, pixelsIn, spanOf } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import { CHANGE_INDEX, changeGroups, changePaints } from './land-cover-groups.ts';
import { landData, tableParam } from './params.ts';
import { type Painted, pictureOf, pictures } from './picture.ts';
import {
  type BlockKernel,
  type Figure,
  type Given,
  type RasterIndicator,
  type TableCodes,
  UNLISTED,
} from './raster-indicator.ts';

/** How codes become classes; also for other indicators that take land cover. */
export interface CoverCodes {
  classes: readonly number[];
  nodata: readonly number[];
  nesting: Nesting | null;
}

interface Config extends CoverCodes {
  dates: number;
  /** Class and its family among the seven of UNCCD. */
  families: [code: number, family: number][];
}

/** A zone's tables with what all its figures share. */
interface OfZone {
  zone: number;
  legend: NamedLegend;
  dates: readonly Period[];
  tables: readonly AreaTable[];
  /** Classes that occur in any zone at any date: a zone that lacks one has 0 of it. */
  present: ReadonlySet<number>;
  confusion: number[][] | null;
  outside: string | null;
}

export const landCover: RasterIndicator = {
  id: 'land-cover',
  method: 'pixel-area',
  version: 1,
  inputs: [{ name: 'land-cover', least: 1, once: true }],
  params: { legend: 'unccd', nested: '', nesting: '', confusion: '' },
  kernels: { count: (config) => counting(config as Config) },
  async compute(given, pass) {
    const dates = given.dates['land-cover'] ?? [];
    const { codes, legend } = coverCodes(given.params);
    const confusion = confusionOf(given.params.confusion ?? '', codes.classes.length);
    const config: Config = { ...codes, dates: dates.length, families: familiesOf(legend) };
    const tables = await pass('count', config);
    const present = new Set(
      legend.classes
        .map(({ code }) => code)
        .filter((code) => tables.some((own) => own.slice(0, dates.length).some((table) => pixelsOf(table, code) > 0))),
    );
    return tables.flatMap((own, zone) => {
      const pixels = own[0] === undefined ? 0 : pixelsIn(own[0]);
      const outside = outsideNote(given, zone, pixels);
      if (outsideShare(given, zone, pixels) === 1) return dates.map((period) => nothing(zone, period, outside));
      const about: OfZone = { zone, legend, dates, tables: own, present, confusion, outside };
      return [...dates.flatMap((_, date) => areas(date, about)), ...transitions(about)];
    });
  },
  pictures: {
    kernel: 'count',
    of(given, maps, tables) {
      const dates = given.dates['land-cover'] ?? [];
      const { legend } = coverCodes(given.params);
      const painted = legend.classes.map(({ code, color }): Painted => ({ code, class: legend.classOf(code), color }));
      const [last, first, change] = maps;
      const [start, end] = [dates[0], dates.at(-1)];
      if (last === undefined || start === undefined || end === undefined) return [];
      const latest = pictureOf({ name: 'land-cover', period: end, map: last, tables, classes: painted });
      if (first === undefined || change === undefined) return pictures(latest);
      return pictures(
        latest,
        pictureOf({ name: 'land-cover-before', period: start, map: first, tables, classes: painted }),
        pictureOf({ name: 'land-cover-change', period: spanOf(dates), map: change, tables, classes: changePaints }),
      );
    },
  },
};

/** Legend and nesting that parameters name, or hold as tables of the user's own. @throws Problem `param-wrong`. */
export function coverCodes(params: Given['params']): { codes: CoverCodes; legend: NamedLegend } {
  const [from = '', to = '', own = ''] = [params.legend, params.nested, params.nesting];
  const legend = legendOf(from, 'legend');
  const target = to === '' || to === from ? legend : legendOf(to, 'nested');
  const nesting = target === legend ? null : tableParam<Nesting>(own || `${legend.id}-${target.id}`, 'nesting', 'nesting-*.json');
  return { codes: { classes: target.classes.map(({ code }) => code), nodata: legend.nodata, nesting }, legend: target };
}

/** A legend that knows what its classes are called among the figures. */
type NamedLegend = Legend & { isOwn: boolean; classOf(code: number): string };

/** Classes of a shipped legend go by its id and their code; those of a user's own, which no catalogue knows, by their names. */
function legendOf(text: string, field: string): NamedLegend {
  const legend = tableParam<Legend>(text, field, 'legend-*.json');
  if (!text.startsWith('{')) return { ...legend, isOwn: false, classOf: (code) => `${legend.id}:${code}` };
  const faults = ownLegendFaults(legend);
  if (faults !== null)
    throw new Problem('param-wrong', {
      field,
      found: faults,
      expected: '{"id", "nodata": [0], "classes": [{"code": 1, "name": {"en"}, "color": "#rrggbb"}]}',
    });
  const names = new Map(legend.classes.map(({ code, name }) => [code, pick(name, 'en')]));
  return { ...legend, isOwn: true, classOf: (code) => names.get(code) ?? String(code) };
}

/** The first thing in a user's legend that cannot be used, or `null`. */
function ownLegendFaults({ id, nodata, classes }: Partial<Legend>): string | null {
  if (typeof id !== 'string' || id === '') return 'id';
  if (!Array.isArray(nodata) || !nodata.every(Number.isInteger)) return 'nodata';
  if (!Array.isArray(classes) || classes.length === 0) return 'classes';
  const bad = classes.find(
    (one, i) =>
      !Number.isInteger(one.code) ||
      classes.findIndex(({ code }) => code === one.code) !== i ||
      pick(one.name ?? {}, 'en') === '' ||
      !/^#[0-9a-f]{6}$/i.test(one.color ?? ''),
  );
  return bad === undefined ? null : JSON.stringify(bad);
}

/** The family of each class among the seven of UNCCD; none for the classes of a user's own legend. */
function familiesOf({ id, classes, isOwn }: NamedLegend): [code: number, family: number][] {
  if (isOwn) return classes.map(({ code }) => [code, NODATA]);
  if (id === 'unccd') return classes.map(({ code }) => [code, code]);
  const { to } = recoder(landData<Nesting>(`nesting-${id}-unccd.json`, 'legend', id));
  return classes.map(({ code }) => [code, to[code - NODATA] ?? NODATA]);
}

/** Sorts the pixels of a layer into classes, `NODATA` and `UNLISTED`. */
export function coverSorter({ classes, nodata, nesting }: CoverCodes): {
  index: ClassIndex;
  sort(layer: Float64Array, n: number, into: Int16Array): void;
} {
  const to: Recoder | null = nesting === null ? null : recoder(nesting);
  const index = classIndex(classes);
  const unknown = new Set(nodata);
  const classOf = (code: number): number => {
    if (Number.isNaN(code) || unknown.has(code)) return NODATA;
    if (!Number.isInteger(code) || code <= UNLISTED || code > 32_767) return UNLISTED;
    if (to === null) return code;
    const nested = to.to[code - NODATA] ?? NODATA;
    return nested === NODATA ? UNLISTED : nested;
  };
  return {
    index,
    sort(layer, n, into) {
      let [before, found] = [Number.NaN, NODATA];
      for (let i = 0; i < n; i++) {
        const code = layer[i] as number;
        if (code !== before) [before, found] = [code, classOf(code)];
        into[i] = found;
      }
    },
  };
}

/** A table for each date; where there are two, one of pairs for the first and last, and one of the groups that these make. */
function counting({ dates, families, ...codes }: Config): BlockKernel {
  const { index, sort } = coverSorter(codes);
  const group = changeGroups(families);
  const single = Array.from({ length: dates }, () => ({ rows: index }));
  let [n, own]: [number, readonly TableCodes[]] = [0, []];
  return {
    tables: dates > 1 ? [...single, { rows: index, columns: index }, { rows: CHANGE_INDEX }] : single,
    maps: (dates > 1 ? [dates - 1, 0, dates + 1] : [0]).map((table) => ({ table, take: 'most' })),
    begin(count, tables) {
      [n, own] = [count, tables];
    },
    layer(_, date, values) {
      const into = own[date]?.rows;
      if (into !== undefined) sort(values, n, into);
    },
    end() {
      const [first, last, pairs, groups] = [own[0], own[dates - 1], own[dates], own[dates + 1]];
      if (first === undefined || last === undefined || pairs === undefined || groups === undefined) return;
      pairs.rows.set(first.rows.subarray(0, n));
      pairs.columns?.set(last.rows.subarray(0, n));
      group(first.rows, last.rows, n, groups.rows);
    },
  };
}

function nothing(zone: number, period: Period, outside: string | null): Figure {
  return figure({ indicator: 'land-cover', zone, period, unit: 'm2', note: outside });
}

function areas(date: number, { zone, legend, dates, tables, present, confusion, outside }: OfZone): Figure[] {
  const [period, table] = [dates[date], tables[date]];
  if (period === undefined || table === undefined) return [];
  const about = { indicator: 'land-cover', zone, period, unit: 'm2' } as const;
  const adjusted = confusion === null ? null : adjust(table, legend, confusion);
  const classes = legend.classes.flatMap(({ code }, i): Figure[] => {
    const area = adjusted?.[i]?.area;
    const pixels = pixelsOf(table, code);
    if (!present.has(code) && !((area?.value ?? 0) > 0)) return [];
    const interval = area === undefined ? {} : { low: known(area.low), high: known(area.high), level: known(area.level) };
    const elsewhere = area === undefined ? null : note('map-errors-elsewhere');
    return [
      figure({
        ...about,
        class: legend.classOf(code),
        value: area?.value ?? areaOf(table, code),
        ...interval,
        n: Math.round(pixels),
        note: noteOf(outside, fewNote(pixels), elsewhere),
      }),
    ];
  });
  const rest = (['nodata', 'unlisted'] as const)
    .filter((place) => pixelsOf(table, place) > 0)
    .map((place) => {
      const n = Math.round(pixelsOf(table, place));
      return figure({ ...about, class: place, value: areaOf(table, place), n, note: outside });
    });
  return [...classes, ...rest];
}

/**
 * Areas by the reference. A class that the map does not have in this zone weighs nothing in it, whatever its errors.
 * @throws Problem `param-wrong` when a class that the zone has was sampled fewer than two times.
 */
function adjust(table: AreaTable, legend: NamedLegend, confusion: number[][]): AdjustedClass[] | null {
  const mapped = legend.classes.map(({ code }) => areaOf(table, code));
  const sample = confusion.map((row, i) => ((mapped[i] ?? 0) > 0 ? row : row.map(() => 0)));
  const bare = sample.findIndex((row, i) => (mapped[i] ?? 0) > 0 && row.reduce((sum, count) => sum + count, 0) < 2);
  if (bare >= 0) {
    const row = legend.classOf(legend.classes[bare]?.code ?? 0);
    throw new Problem('param-wrong', { field: 'confusion', found: `${row}: ${sample[bare]?.join(', ')}`, expected: '≥ 2' });
  }
  return mapped.every((area) => area === 0) ? null : adjustAreas(sample, mapped).classes;
}

/** Areas that went from one class to another, and what is not known at one of the two dates. */
function transitions({ zone, legend, dates, tables, outside }: OfZone): Figure[] {
  const table = tables[dates.length];
  if (table === undefined || dates.length < 2) return [];
  const about = { indicator: 'land-cover-change', zone, period: spanOf(dates), unit: 'm2' } as const;
  const codes = legend.classes.map(({ code }) => code);
  let [unknown, unknownPixels] = [0, 0];
  for (const place of ['nodata', 'unlisted'] as const) {
    unknown += areaOf(table, place);
    unknownPixels += pixelsOf(table, place);
    for (const code of codes) {
      unknown += areaOf(table, code, place);
      unknownPixels += pixelsOf(table, code, place);
    }
  }
  const moved = codes.flatMap((from) =>
    codes.flatMap((to) => {
      const pixels = from === to ? 0 : pixelsOf(table, from, to);
      if (pixels === 0) return [];
      const value = areaOf(table, from, to);
      const remarks = noteOf(outside, fewNote(pixels));
      return [figure({ ...about, class: changeClass(legend, from, to), value, n: Math.round(pixels), note: remarks })];
    }),
  );
  if (unknownPixels === 0) return moved;
  return [...moved, figure({ ...about, class: 'unknown', value: unknown, n: Math.round(unknownPixels), note: outside })];
}

/** What went from one class to another, as classes of figures are called. */
function changeClass(legend: NamedLegend, from: number, to: number): string {
  return legend.isOwn ? `${legend.classOf(from)} → ${legend.classOf(to)}` : `${legend.id}:${from}>${to}`;
}

/** A square matrix as JSON, rows the map's classes, columns those of the reference, in the order of the legend. */
function confusionOf(text: string, classes: number): number[][] | null {
  if (text === '') return null;
  let matrix: unknown;
  try {
    matrix = JSON.parse(text);
  } catch {
    matrix = null;
  }
  const isCount = (count: unknown): boolean => Number.isInteger(count) && (count as number) >= 0;
  const rowFits = (row: unknown): boolean => Array.isArray(row) && row.length === classes && row.every(isCount);
  if (!(Array.isArray(matrix) && matrix.length === classes && matrix.every(rowFits))) {
    const expected = `[[…], …] ${classes} × ${classes}`;
    throw new Problem('param-wrong', { field: 'confusion', found: text.slice(0, 40), expected });
  }
  return matrix as number[][];
}
