/**
 * The tables of `data/syrdarya/`: rivers by hydrological year, months, figures with their bounds and sources, limits,
 * arrangements, and the nodes as they are drawn.
 *
 *     const tables = syrdaryaTables();
 *     tables.figures.get('toktogul-full')       // { value: 19.5, low, high, unit, kind: 'published', source: 'bwo', note }
 *     withFigures(tables, { 'price-water-kz': 0.06 })
 *
 * A figure is `published`, `derived` from published ones, or `assumed`; an assumption has a range. A row without a source that is
 * not an assumption is refused.
 */
import { readCsv } from '../formats/csv.ts';
import { readShipped } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import type { LocalText } from '../types.ts';

/** Countries that share the rivers of the Aral; Turkmenistan has no part in the Syr Darya. */
export const PARTIES = ['KG', 'TJ', 'UZ', 'KZ', 'TM'] as const;
export type Party = (typeof PARTIES)[number];
export type Season = 'winter' | 'growing';

export interface Figure {
  id: string;
  value: number;
  low: number;
  high: number;
  unit: string;
  kind: 'published' | 'derived' | 'assumed';
  /** Ids of `sources`, separated by semicolons; empty for assumptions. */
  source: string;
  note: string;
}

export interface RiverYear {
  /** Of its September: 1946 is October 1945 to September 1946. */
  year: number;
  naryn: number;
  chirchik: number;
  /** Of the rivers of Fergana: 1 in the mean. */
  index: number;
}

export interface RiverMonth {
  month: number;
  season: Season;
  /** Parts of a year's volume. */
  naryn: number;
  chirchik: number;
  fergana: number;
  evaporation: number;
  /** Part of its season's demand. */
  demand: number;
}

export interface RiverNode {
  id: string;
  kind: 'source' | 'store' | 'use' | 'spill' | 'sea';
  party: Party | null;
  column: number;
  row: number;
  name: LocalText;
}

export interface SyrdaryaTables {
  years: RiverYear[];
  /** Rivers of Fergana in the mean [km3/a]: what is left of the basin's flow. */
  fergana: number;
  months: RiverMonth[];
  figures: Map<string, Figure>;
  /** Protocol 413 [km3/a]. */
  limits: Record<Exclude<Party, 'TM'>, number>;
  /** Limits of seasons, by party or canal [km3]. */
  seasons: Map<string, Record<Season, number>>;
  arrangements: Map<string, Figure>;
  nodes: RiverNode[];
  sources: { id: string; title: string; href: string; licence: string }[];
}

type Row = Record<string, string>;

function rowsOf(file: string): Row[] {
  const name = `syrdarya/${file}`;
  return readCsv({ name, bytes: new TextEncoder().encode(readShipped('data', 'syrdarya', file)) }).rows.map(
    ({ values }) => values,
  );
}

function numberOf(row: Row, field: string, file: string): number {
  const text = row[field] ?? '';
  const value = Number(text);
  if (text === '' || !Number.isFinite(value))
    throw new Problem('choice-wrong', {
      field: `${file}: ${row.id ?? row.year ?? row.month}.${field}`,
      found: text,
      expected: '0.0',
    });
  return value;
}

const KINDS = ['published', 'derived', 'assumed'] as const;

/** A row of `figures.csv`. @throws Problem where it has neither a source nor the mark of an assumption, or no range around its value */
export function figureOf(row: Row, file = 'figures.csv'): Figure {
  const kind = KINDS.find((one) => one === row.kind);
  const [value, low, high] = [numberOf(row, 'value', file), numberOf(row, 'low', file), numberOf(row, 'high', file)];
  const refused = (field: string, found: string, expected: string): Problem =>
    new Problem('choice-wrong', { field: `${file}: ${row.id}.${field}`, found, expected });
  if (kind === undefined) throw refused('kind', row.kind ?? '', KINDS.join(', '));
  if (kind !== 'assumed' && (row.source ?? '') === '') throw refused('source', '', 'sources.csv');
  if (!(low <= value && value <= high)) throw refused('value', String(value), `${low} – ${high}`);
  if (kind === 'assumed' && low === high) throw refused('low, high', `${low}`, 'low < high');
  return { id: row.id ?? '', value, low, high, unit: row.unit ?? '', kind, source: row.source ?? '', note: row.note ?? '' };
}

/** Reads the shipped tables. @throws Problem that names the file, row and field of what cannot be used */
export function syrdaryaTables(): SyrdaryaTables {
  const figures = new Map(rowsOf('figures.csv').map((row) => [row.id ?? '', figureOf(row)]));
  const limits = rowsOf('limits.csv');
  const limitOf = (id: string, party: string, season: string): number => {
    const row = limits.find((one) => one.id === id && one.party === party && one.season === season);
    return numberOf(row ?? { id: `${id} ${party} ${season}` }, 'value_km3', 'limits.csv');
  };
  const given = rowsOf('inflows.csv').map((row) => ({
    year: numberOf(row, 'year', 'inflows.csv'),
    naryn: numberOf(row, 'naryn_km3', 'inflows.csv'),
    chirchik: numberOf(row, 'chirchik_km3', 'inflows.csv'),
    index: numberOf(row, 'fergana_index', 'inflows.csv'),
  }));
  return {
    years: given,
    fergana: restOf(given, figures),
    months: rowsOf('months.csv').map((row) => ({
      month: numberOf(row, 'month', 'months.csv'),
      season: row.season === 'growing' ? 'growing' : 'winter',
      naryn: numberOf(row, 'naryn_share', 'months.csv'),
      chirchik: numberOf(row, 'chirchik_share', 'months.csv'),
      fergana: numberOf(row, 'fergana_share', 'months.csv'),
      evaporation: numberOf(row, 'evaporation_share', 'months.csv'),
      demand: numberOf(row, 'demand_share', 'months.csv'),
    })),
    figures,
    limits: {
      KG: limitOf('protocol-413', 'KG', 'year'),
      TJ: limitOf('protocol-413', 'TJ', 'year'),
      UZ: limitOf('protocol-413', 'UZ', 'year'),
      KZ: limitOf('protocol-413', 'KZ', 'year'),
    },
    seasons: new Map(
      ['KG', 'TJ', 'UZ', 'KZ-dustlik'].map((party) => [
        party,
        { winter: limitOf('season-2025', party, 'winter'), growing: limitOf('season-2025', party, 'growing') },
      ]),
    ),
    arrangements: new Map(
      rowsOf('arrangements.csv').map((row) => [
        row.id ?? '',
        row.value === ''
          ? { ...figureOf({ ...row, value: '1', low: '0', high: '1', kind: row.published ?? '' }, 'arrangements.csv') }
          : figureOf({ ...row, kind: row.published ?? '' }, 'arrangements.csv'),
      ]),
    ),
    nodes: rowsOf('nodes.csv').map((row) => ({
      id: row.id ?? '',
      kind: row.kind as RiverNode['kind'],
      party: PARTIES.find((one) => one === row.party) ?? null,
      column: numberOf(row, 'column', 'nodes.csv'),
      row: numberOf(row, 'row', 'nodes.csv'),
      name: { en: row.name_en ?? '', ru: row.name_ru ?? '', kk: row.name_kk ?? '', tr: row.name_tr ?? '' },
    })),
    sources: rowsOf('sources.csv').map(({ id = '', title = '', href = '', licence = '' }) => ({ id, title, href, licence })),
  };
}

/** What the rivers of Fergana bring in the mean: the flow of the basin less the rivers that have gauges [km3/a]. */
function restOf(years: readonly RiverYear[], figures: SyrdaryaTables['figures']): number {
  const gauged = years.reduce((sum, { naryn, chirchik }) => sum + naryn + chirchik, 0) / years.length;
  return figure({ figures }, 'basin-flow') - figure({ figures }, 'arys-flow') - gauged;
}

/** The value of a figure. @throws RangeError when there is none: a fault of ours */
export function figure({ figures }: Pick<SyrdaryaTables, 'figures'>, id: string): number {
  const found = figures.get(id);
  if (found === undefined) throw new RangeError(`no figure ${id}`);
  return found.value;
}

/** The tables with other values for some figures, such as prices. @throws Problem for a figure that is not there or not a number */
export function withFigures(tables: SyrdaryaTables, values: Readonly<Record<string, number>>): SyrdaryaTables {
  const figures = new Map(tables.figures);
  for (const [id, value] of Object.entries(values)) {
    const old = figures.get(id);
    if (old === undefined)
      throw new Problem('choice-wrong', { field: 'figures', found: id, expected: [...figures.keys()].join(', ') });
    if (!Number.isFinite(value) || value < 0)
      throw new Problem('choice-wrong', { field: `figures: ${id}`, found: String(value), expected: '≥ 0' });
    figures.set(id, { ...old, value, low: Math.min(old.low, value), high: Math.max(old.high, value), kind: 'assumed' });
  }
  const fergana = restOf(tables.years, figures);
  if (fergana < 0)
    throw new Problem('choice-wrong', {
      field: 'figures: basin-flow',
      found: String(figure({ figures }, 'basin-flow')),
      expected: `≥ ${(figure({ figures }, 'basin-flow') - fergana).toFixed(2)}`,
    });
  return { ...tables, figures, fergana };
}
