/** The figures and records of a review as flat tables for other programs. */
import type { FieldValue, Observation, Origin } from '../types.ts';
import type { ReviewFacts } from './content.ts';

type Cell = string | number | boolean | null;

export interface FlatTable {
  name: string;
  header: string[];
  rows: Cell[][];
}

/** Every observation of the site and its zones, with its interval and origin. */
export function figureRows({ facts }: ReviewFacts): FlatTable {
  const header =
    'id,indicator,feature,zone,period_start,period_end,value,unit,low,high,level,n,sex,age,class,role,quality,approximate,note,run,dataset,row,source,page';
  const zones = new Map(facts.zones.map((zone) => [zone.id, zone.kind]));
  const row = (o: Observation): Cell[] => [
    ...[o.id, o.indicator, o.feature, zones.get(o.feature) ?? null, o.period?.start ?? null, o.period?.end ?? null],
    ...[o.value, o.unit, o.low, o.high, o.level, o.n, o.by.sex ?? null, o.by.age ?? null, o.by.class ?? null],
    ...[o.role, o.quality, o.approximate, o.note, ...originCells(o.from)],
  ];
  return { name: 'figures', header: header.split(','), rows: facts.observations.map(row) };
}

/** Headcounts, money, activities, and each register on its own; tables without a row are left out. */
export function recordTables({ records }: ReviewFacts): FlatTable[] {
  const { headcounts, money, activities } = records;
  const registers = [...Map.groupBy(records.entries, ({ register }) => register)].map(([register, entries]): FlatTable => {
    const fields = [...new Set(entries.flatMap(({ fields }) => Object.keys(fields)))].sort();
    return {
      name: `records/${register}`,
      header: ['id', ...fields, 'confidential', ...ORIGIN],
      rows: entries.map((entry) => [
        entry.id,
        ...fields.map((field) => flat(entry.fields[field])),
        entry.confidential,
        ...originCells(entry.from),
      ]),
    };
  });
  const nouns: FlatTable[] = [
    table('headcounts', headcounts, (o) => ({ ...o, groups: o.groups.join('; '), ...period(o.period) })),
    table('money', money, (o) => ({ ...o, classes: o.classes.join('; '), ...period(o.period) })),
    table('activities', activities, ({ title, period: { start, end }, ...o }) => ({
      ...o,
      ...Object.fromEntries((['en', 'ru', 'kk', 'tr'] as const).map((lang) => [`title_${lang}`, title[lang] ?? null])),
      start,
      end,
      sites: o.sites.join('; '),
      themes: o.themes.join('; '),
      functions: o.functions.join('; '),
    })),
  ];
  return [...nouns, ...registers].filter(({ rows }) => rows.length > 0);
}

const ORIGIN = ['run', 'dataset', 'row', 'source', 'page'];

function originCells(from: Origin): Cell[] {
  if ('run' in from) return [from.run, null, null, null, null];
  const cited = [from.source ?? null, from.page ?? null];
  return 'dataset' in from ? [null, from.dataset, from.row, ...cited] : [null, null, null, ...cited];
}

function table<Row extends { from: Origin }>(name: string, rows: Row[], cells: (row: Row) => object): FlatTable {
  const flattened = rows.map((row) => {
    const { from: _, period: __, ...rest } = cells(row) as Record<string, Cell> & { from: unknown; period: unknown };
    return rest as Record<string, Cell>;
  });
  const header = Object.keys(flattened[0] ?? {});
  return {
    name: `records/${name}`,
    header: [...header, ...ORIGIN],
    rows: rows.map((row, i) => [...header.map((column) => flattened[i]?.[column] ?? null), ...originCells(row.from)]),
  };
}

function period(of: { start: string; end: string } | null): object {
  return { period_start: of?.start ?? null, period_end: of?.end ?? null };
}

function flat(value: FieldValue | undefined): Cell {
  return value === undefined ? null : Array.isArray(value) ? value.join('; ') : value;
}
