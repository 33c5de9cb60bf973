/**
 * Occurrence cubes of GBIF (B-Cubed): how many records of a species there are in a cell of a grid in a year or month, with the effort of its group.
 * Names of columns differ from download to download; a cell whose code is of no known grid is told and left out.
 *
 *     const cube = await readCube('denmark_mammals_cube_eea.csv');
 *     cube.rows[0]   // { species: 'Cervus elaphus', key: '2440958', cell: '1kmE4203N3614', start: '2024-01-01', occurrences: 1, … }
 *
 * Desmet et al. 2023, B-Cubed: occurrence cubes, https://docs.b-cubed.eu/guides/occurrence-cube/.
 */
import type { LifeRecord } from '../life-types.ts';
import { Problem } from '../problems.ts';
import { type Container, openContainer } from './darwin-core-container.ts';
import { plainHeader, readPlain } from './darwin-core-plain.ts';
import { decodeCell, type GridCell } from './gbif-grid.ts';
import { type IssueLists, issueLists } from './import-issue.ts';

/** Columns of taxa that go with a record, by the names of Darwin Core. */
const ABOVE = ['phylum', 'class', 'order', 'family'];

export interface CubeRow {
  line: number;
  species: string;
  key: string | null;
  kingdom: string | null;
  /** Taxa above the species, where the cube names them: `{ class: 'Bryopsida', family: 'Hylocomiaceae' }`. */
  above: Record<string, string>;
  cell: string;
  /** ISO 8601 days, end excluded; `null` for records whose year nobody knows, which cubes keep apart. */
  start: string | null;
  end: string | null;
  occurrences: number;
  /** Of the surest record [m]. */
  uncertaintyM: number | null;
  /** Records of the group in that cell and time, which say how much was looked for: `{ familycount: 34842 }`. */
  effort: Record<string, number>;
}

export interface Cube {
  name: string;
  grid: GridCell['grid'];
  rows: CubeRow[];
  cells: Map<string, GridCell>;
  issues: IssueLists;
  /** Rows that were left out. */
  skipped: number;
}

const CELL = /^(eea|mgrs|eqdgc|isea3h)?cellcode$/;

/** Whether a header is that of a cube. */
export function isCube(columns: readonly string[]): boolean {
  return columns.some((name) => CELL.test(name)) && columns.includes('occurrences');
}

/** @throws Problem `cube-columns` where the grid, the time or the counts are not there. */
export async function readCube(path: string): Promise<Cube> {
  const container = await openContainer(path);
  try {
    const file = container.files.find((one) => /\.(csv|tsv|txt)$/i.test(one)) ?? container.files[0] ?? '';
    return await cubeOf(container, file);
  } finally {
    container.close();
  }
}

/** A cube out of an open container. */
export async function cubeOf(container: Container, file: string): Promise<Cube> {
  const issues = issueLists();
  const columns = await plainHeader(container, file);
  const cellColumn = columns.find((name) => CELL.test(name));
  const time = ['yearmonthday', 'yearmonth', 'year'].find((name) => columns.includes(name));
  const species = ['species', 'scientificname', 'genus', 'family'].find((name) => columns.includes(name));
  if (cellColumn === undefined || time === undefined || species === undefined || !columns.includes('occurrences'))
    throw new Problem('cube-columns', { file, line: '1', found: columns.slice(0, 12).join(', ') });
  const effort = columns.filter((name) => name.endsWith('count') || name === 'distinctobservers');
  const cells = new Map<string, GridCell>();
  const rows: CubeRow[] = [];
  let skipped = 0;
  await readPlain(container, file, issues, (get, line) => {
    const where = { file, line: String(line) };
    const code = get(cellColumn).trim();
    const cell = cells.get(code) ?? decodeCell(code);
    const span = get(time).trim() === '' ? ([null, null] as const) : spanOf(get(time));
    const occurrences = Number(get('occurrences'));
    const wrong =
      cell === null
        ? { field: cellColumn, found: code, expected: '1kmE4203N3614, 32UMF7684, E008N54BA, 452583359004665569' }
        : span === null
          ? { field: time, found: get(time), expected: '2024, 2024-05' }
          : !Number.isInteger(occurrences) || occurrences < 0 || get('occurrences') === ''
            ? { field: 'occurrences', found: get('occurrences'), expected: '1, 2, 3 …' }
            : get(species) === ''
              ? { field: species, found: '', expected: 'Saiga tatarica' }
              : null;
    if (wrong !== null || cell === null || span === null) {
      skipped++;
      issues.add('critical', 'cell-wrong', { ...where, ...wrong });
      return;
    }
    cells.set(code, cell);
    const radius = Number(get('mincoordinateuncertaintyinmeters') || get('mincoordinateuncertainty'));
    rows.push({
      line,
      species: get(species),
      key: get('specieskey') || get('taxonkey') || null,
      kingdom: get('kingdom') || null,
      above: Object.fromEntries(ABOVE.flatMap((name) => (get(name) === '' ? [] : [[name, get(name)]]))),
      cell: code,
      start: span[0],
      end: span[1],
      occurrences,
      uncertaintyM: Number.isFinite(radius) && radius > 0 ? radius : null,
      effort: Object.fromEntries(effort.flatMap((name) => (get(name) === '' ? [] : [[name, Number(get(name))]]))),
    });
  });
  const grid = cells.values().next().value?.grid;
  if (grid === undefined) throw new Problem('cube-columns', { file, line: '2', found: columns.slice(0, 12).join(', ') });
  return { name: container.name, grid, rows, cells, issues, skipped };
}

/** Rows of a cube as records: each stands in the middle of its cell, as sure as the cell is wide. */
export function* cubeRecords({ rows, cells, name }: Cube): Generator<LifeRecord> {
  for (const row of rows) {
    const cell = cells.get(row.cell);
    if (cell === undefined) continue;
    yield {
      row: `${name}:${row.line}`,
      id: `${row.key ?? row.species}/${row.cell}/${row.start ?? ''}`,
      name: row.species,
      author: null,
      rank: 'species',
      kingdom: row.kingdom,
      vernacular: {},
      place: cell.centre,
      period: row.start === null || row.end === null ? null : { start: row.start, end: row.end },
      uncertaintyM: Math.max(radiusOf(cell), row.uncertaintyM ?? 0),
      count: null, // records are counted in a cube, not individuals
      basis: null,
      recordedBy: null,
      country: null,
      dataset: null,
      licence: null,
      fields: {
        ...row.above,
        occurrences: String(row.occurrences),
        cellCode: row.cell,
        ...Object.fromEntries(Object.entries(row.effort).map(([key, value]) => [key, String(value)])),
      },
      flags: row.start === null ? ['date-missing'] : [],
    };
  }
}

/** From the middle of a cell to its farthest corner [m]. */
export function radiusOf({ ring, centre, radiusM }: GridCell): number {
  if (radiusM !== undefined) return Math.ceil(radiusM);
  const wide = Math.cos((centre[1] * Math.PI) / 180);
  return Math.ceil(Math.max(...ring.map(([x, y]) => Math.hypot((x - centre[0]) * wide, y - centre[1]))) * 111_320);
}

function spanOf(text: string): [start: string, end: string] | null {
  const found = /^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?$/.exec(text.trim());
  if (found === null) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2] ?? 1), Number(found[3] ?? 1)];
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const iso = (y: number, m: number, d: number): string => new Date(Date.UTC(y, m, d)).toISOString().slice(0, 10);
  const start = iso(year, month - 1, day);
  return [
    start,
    found[3] !== undefined ? iso(year, month - 1, day + 1) : found[2] !== undefined ? iso(year, month, 1) : iso(year + 1, 0, 1),
  ];
}
