/**
 * What ships in `data/water/`: crops, soils, and options to save water, each figure with its source.
 *
 *     irrigationTables().crops.get('cotton')?.crop.basal     // [0.15, 1.125, 0.45]
 *     irrigationTables().options.get('drip')                 // efficiency 0.9, wetted 0.3 to 0.4, each with its source
 */
import { readCsv } from '../formats/csv.ts';
import { readShipped } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import type { SaltTolerance } from '../science/crop-salinity.ts';
import type { Crop, Soil } from '../science/crop-season.ts';
import type { LocalText } from '../types.ts';

/** A crop with what water and salt do to its yield; `null` where no figure is published. */
export interface CropEntry {
  id: string;
  name: LocalText;
  crop: Crop;
  response: number | null;
  salt: SaltTolerance | null;
  source: string;
  note: string;
}

export interface SoilEntry {
  id: string;
  name: LocalText;
  soil: Soil;
  source: string;
}

export const quantities = [
  'application-efficiency',
  'wetted',
  'less-applied',
  'supply-part',
  'crop',
  'conveyance-efficiency',
] as const;
export type Quantity = (typeof quantities)[number];

/** A figure of an option: one of several, or anything between two. */
export interface Factor {
  quantity: Quantity;
  unit: string;
  values: number[];
  draw: 'one-of' | 'between';
  /** `choice`: nobody's measurement, but what is decided. */
  kind: 'published' | 'choice';
  source: string;
  note: string;
}

export interface SavingOption {
  id: string;
  group: 'field' | 'supply' | 'crop' | 'canal';
  name: LocalText;
  factors: Factor[];
}

export interface IrrigationTables {
  crops: Map<string, CropEntry>;
  soils: Map<string, SoilEntry>;
  options: Map<string, SavingOption>;
}

/**
 * Depth of roots at planting [m]. Ours: the tables of FAO-56 give the greatest depth only; a crop file can say another.
 */
export const ROOTS_AT_PLANTING = 0.3;
/** Height at planting [m]: ours; it bears on the first days only. */
export const HEIGHT_AT_PLANTING = 0.05;
/** Depth of the layer that evaporates [m]: FAO-56, page 144, gives 0.10 to 0.15. */
export const EVAPORATION_DEPTH = 0.125;

type Row = Record<string, string>;

/** Reads the shipped tables. @throws Problem that names file, row and field of a number that cannot be read, or of a figure without source */
export function irrigationTables(): IrrigationTables {
  const crops = rowsOf('crops.csv').map(cropOf);
  const soils = rowsOf('soils.csv').map(soilOf);
  return {
    crops: new Map(crops.map((crop) => [crop.id, crop])),
    soils: new Map(soils.map((soil) => [soil.id, soil])),
    options: optionsOf(rowsOf('irrigation-options.csv')),
  };
}

function rowsOf(name: string): { row: Row; line: number; file: string }[] {
  const file = `data/water/${name}`;
  const { rows } = readCsv({ name: file, bytes: new TextEncoder().encode(readShipped('data', 'water', name)) });
  return rows.map(({ values, line }) => ({ row: values, line, file }));
}

interface Read {
  row: Row;
  line: number;
  file: string;
}

function cropOf(read: Read): CropEntry {
  const n = (field: string): number => numberOf(read, field);
  const optional = (field: string): number | null => (read.row[field] === '' ? null : n(field));
  const [threshold, slope] = [optional('salt_threshold_ds_m'), optional('salt_slope_pct')];
  return {
    ...named(read),
    crop: {
      stages: { initial: n('initial_d'), development: n('development_d'), middle: n('middle_d'), late: n('late_d') },
      single: [n('kc_initial'), n('kc_middle'), n('kc_end')],
      basal: [n('kcb_initial'), n('kcb_middle'), n('kcb_end')],
      height: [HEIGHT_AT_PLANTING, n('height_m')],
      roots: [ROOTS_AT_PLANTING, n('roots_m')],
      depletion: n('depletion'),
    },
    response: optional('response'),
    salt: threshold === null || slope === null ? null : { threshold, slope },
    source: sourceOf(read),
    note: read.row.note ?? '',
  };
}

/** The middle of each range of table 19, at field capacity. */
function soilOf(read: Read): SoilEntry {
  const middle = (name: string, unit = ''): number =>
    (numberOf(read, `${name}_low${unit}`) + numberOf(read, `${name}_high${unit}`)) / 2;
  const fieldCapacity = middle('field_capacity');
  return {
    ...named(read),
    soil: {
      fieldCapacity,
      wiltingPoint: middle('wilting_point'),
      initial: fieldCapacity,
      evaporationDepth: EVAPORATION_DEPTH,
      readyEvaporation: middle('ready_evaporation', '_mm'),
    },
    source: sourceOf(read),
  };
}

function optionsOf(rows: readonly Read[]): Map<string, SavingOption> {
  const options = new Map<string, SavingOption>();
  for (const read of rows) {
    const { row } = read;
    const own = options.get(row.id ?? '') ?? { ...named(read), group: row.group as SavingOption['group'], factors: [] };
    own.factors.push({
      quantity: choiceOf(read, 'quantity', quantities),
      unit: row.unit ?? '',
      values: (row.values ?? '')
        .split(';')
        .filter((text) => text !== '')
        .map((text) => numberOf({ ...read, row: { values: text } }, 'values')),
      draw: choiceOf(read, 'draw', ['one-of', 'between'] as const),
      kind: choiceOf(read, 'kind', ['published', 'choice'] as const),
      source: sourceOf(read),
      note: row.note ?? '',
    });
    options.set(own.id, own);
  }
  return options;
}

function named({ row }: Read): { id: string; name: LocalText } {
  return {
    id: row.id ?? '',
    name: { en: row.name_en ?? '', ru: row.name_ru ?? '', kk: row.name_kk ?? '', tr: row.name_tr ?? '' },
  };
}

/** A figure without a source does not ship. */
function sourceOf({ row, line, file }: Read): string {
  if ((row.source ?? '') === '') throw new Problem('cell-missing', { file, line: String(line), field: 'source' });
  return row.source as string;
}

function choiceOf<T extends string>({ row, line, file }: Read, field: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === row[field]);
  if (found !== undefined) return found;
  throw new Problem('cell-wrong', { file, line: String(line), field, found: row[field] ?? '', expected: choices.join(', ') });
}

function numberOf({ row, line, file }: Read, field: string): number {
  const text = row[field] ?? '';
  const value = Number(text);
  if (text === '' || !Number.isFinite(value))
    throw new Problem('cell-wrong', { file, line: String(line), field, found: text, expected: '0.0' });
  return value;
}
