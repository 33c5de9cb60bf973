/**
 * Indicators of living things that are computed of a table, and how a table is read for them: by one way, whoever asks, so that the
 * same file gives the same run and the same figures.
 *
 *     const table = await readLifeTable('population-trend', readSource('counts.xlsx'), ground);
 *     table?.inputs      // the file, zones where coordinates were held against them, what was withheld
 */
import type { CsvTable } from '../formats/csv.ts';
import { readDatedRecords } from '../formats/dated-records.ts';
import { readSheetTables, type SheetTable } from '../formats/population-sheets.ts';
import { readPopulationFile } from '../formats/population-table.ts';
import { placeColumns, readPopulationValues } from '../formats/population-values.ts';
import type { SourceFile } from '../formats/source-node.ts';
import { beforeAfterOfTable } from '../indicators/before-after-effect.ts';
import { redListIndexOfTable } from '../indicators/red-list-index.ts';
import type { TableIndicator } from '../indicators/table-indicator.ts';
import { livingPlanetOfTable, occupancyOfTable } from '../indicators/table-living.ts';
import { populationTrendOfTable, speciesIndexOfTable } from '../indicators/table-population.ts';
import type { Id } from '../types.ts';
import { countSheet, type LifeSheet, namedSheet, recordSheet, valueSheet } from './life-sheets.ts';
import type { SheetTold } from './sheet-told.ts';
import { controlZone, type TableGround } from './zone-placing.ts';

/** By what their input is called: a count at a site, a value of a population, a record with its day, an assessment. */
export const LIFE_TABLES = {
  counts: [populationTrendOfTable, speciesIndexOfTable, beforeAfterOfTable],
  populations: [livingPlanetOfTable],
  sightings: [occupancyOfTable],
  assessments: [redListIndexOfTable],
} as const satisfies Readonly<Record<string, readonly TableIndicator[]>>;

export type LifeTableKind = keyof typeof LIFE_TABLES;

/** What the table of an indicator holds; `null` for an indicator that is not of living things. */
export function lifeTableKind(indicator: Id): LifeTableKind | null {
  const kinds = Object.keys(LIFE_TABLES) as LifeTableKind[];
  return kinds.find((kind) => LIFE_TABLES[kind].some(({ id }) => id === indicator)) ?? null;
}

/** A table as it was read. Plain data. */
export interface LifeTable {
  /** Of the file, with the sheet where there are sheets. */
  name: string;
  table: CsvTable;
  /** The file first, then what else decides on the figures. */
  inputs: { href: string; digest: string }[];
  told: SheetTold;
}

/** @throws Problem and Problems of the file: columns that are missing, cells at fault, names that are no zone */
export async function readLifeTable(kind: LifeTableKind, source: SourceFile, ground: TableGround): Promise<LifeTable> {
  const { name, inputs, ...sheet } = await READ[kind](source, ground);
  return { name, ...sheet, inputs: [{ href: source.name, digest: source.digest }, ...inputs] };
}

type Read = (source: SourceFile, ground: TableGround) => Promise<LifeSheet & { name: string }>;

const READ: Readonly<Record<LifeTableKind, Read>> = {
  counts: async (source, ground) => {
    const table = await readPopulationFile(source);
    return { name: table.file, ...countSheet(ground, table) };
  },
  populations: async (source, ground) => {
    const { tables, left } = await readSheetTables(source, (header) => hasAll(header, livingPlanetOfTable));
    const table = tables[0] as SheetTable;
    if (!hasAll(table.header, livingPlanetOfTable))
      return { name: source.name, ...valueSheet(ground, source.name, await readPopulationValues(source)) };
    const columns = placeColumns({ others: table.header });
    const readOver = { totals: [], left: [...left, ...furtherOf(tables)] };
    return { name: table.name, ...namedSheet(ground, table.name, table, { columns, readOver }) };
  },
  sightings: async (source, ground) => {
    const read = await readDatedRecords(source);
    return { name: read.name, ...recordSheet(ground, read) };
  },
  assessments: async (source) => {
    const { table, left } = await readAssessments(source);
    const told: SheetTold = { totals: [], left, zones: null, outside: [], secret: [] };
    return { name: table.name, table, inputs: [], told };
  },
};

/** A table of categories, from text or the first sheet that has the columns. */
export async function readAssessments(source: SourceFile): Promise<{ table: SheetTable; left: SheetTold['left'] }> {
  const { tables, left } = await readSheetTables(source, (header) => hasAll(header, redListIndexOfTable));
  return { table: tables[0] as SheetTable, left: [...left, ...furtherOf(tables)] };
}

const hasAll = (header: readonly string[], { required }: TableIndicator): boolean =>
  required.every((column) => header.includes(column));

const furtherOf = (tables: readonly SheetTable[]): SheetTold['left'] =>
  tables.slice(1).map(({ sheet }) => ({ sheet, because: 'further' }));

/**
 * Parameters as every way of asking writes them, so that runs are the same: the control as a zone, species with one comma between.
 * @param field how whoever asks calls the parameter `control`
 * @throws Problem `choice-wrong`
 */
export function lifeParams(
  params: Readonly<Record<string, string>>,
  ground: Pick<TableGround, 'site' | 'zones'>,
  { field = 'control' }: { field?: string } = {},
): Record<string, string> {
  const { control = '', species } = params;
  return {
    ...params,
    ...(control === '' ? {} : { control: controlZone(ground, control, field) }),
    ...(species === undefined ? {} : { species: speciesList(species).join(', ') }),
  };
}

const speciesList = (text: string): string[] => text.split(',').flatMap((name) => name.trim() || []);
