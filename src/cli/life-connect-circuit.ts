/** `saryarka life connect circuit`: resistances between places and where current passes, on a grid or a network. */
import { type CsvTable, readCsv, writeCsv } from '../formats/csv.ts';
import { readSource, writeFile } from '../formats/source-node.ts';
import { number, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { type CircuitGrid, circuitGrid } from '../science/circuit-grid.ts';
import { circuitNetwork, networkCurrents, networkResistances, networkVoltages } from '../science/circuit-network.ts';
import { type PinchPoint, pinchPoints } from '../science/circuit-pinch.ts';
import { advanced, allToOne, oneToAll, pairwise, placesOf } from '../science/resistance.ts';
import type { Lang } from '../types.ts';
import { writePicture } from './life-connect-picture.ts';
import {
  type GridFile,
  greatestOf,
  holdMemory,
  holdResistances,
  readGrid,
  readPoints,
  sameGrid,
  writeGrid,
} from './life-connect-raster.ts';
import { progress } from './progress.ts';

export interface CircuitCommand {
  lang: Lang;
  points?: string;
  mode: 'pairwise' | 'one-to-all' | 'all-to-one' | 'advanced' | 'network';
  conductance?: boolean;
  neighbours: string;
  average: 'conductance' | 'resistance';
  polygons?: string;
  mask?: string;
  include?: string;
  exclude?: string;
  strengths?: string;
  sources?: string;
  grounds?: string;
  conflict: 'keep-both' | 'remove-source' | 'remove-ground' | 'remove-both';
  crs?: string;
  memory?: string;
  map?: string;
  maximum?: string;
  picture?: string;
  json?: boolean;
  output?: string;
}

/** Most that a cell takes while currents of five places are summed [bytes]: bench/circuit.ts. */
const BYTES_A_CELL = 400;
/** Resistances that are shown; a table holds all. */
const SHOWN = 45;

interface Found {
  header: string[];
  rows: (number | null)[][];
  cumulative: Float64Array | null;
  maximum: Float64Array | null;
  /** Cells of places, or of sources and grounds: no pinch points. */
  ends: Set<number>;
}

export async function connectCircuit(path: string, options: CircuitCommand): Promise<number> {
  const { lang, mode } = options;
  if (mode === 'network') return tell(networkOf(path, options), null, options);
  if (options.neighbours === '16') throw new Problem('choice-wrong', { field: '--neighbours', found: '16', expected: '4, 8' });
  const map = await readGrid(path, options);
  holdMemory(map, BYTES_A_CELL, options.memory);
  holdResistances(map, { zero: 'allowed' }); // those of 0 may be masked
  const grid = await circuitOf(map, options);
  const bar = progress(t(lang, 'cli.life.connect.computing'), 1);
  try {
    const work = { onProgress: (done: number, total: number) => bar.step(done / total) };
    return tell(
      mode === 'advanced' ? await ofAdvanced(map, grid, options) : await ofPlaces(map, grid, options, work),
      map,
      options,
    );
  } finally {
    bar.end();
  }
}

async function circuitOf(
  map: GridFile,
  { conductance = false, neighbours, average, polygons, mask }: CircuitCommand,
): Promise<CircuitGrid> {
  const beside = async (path: string | undefined): Promise<Float64Array | undefined> => {
    if (path === undefined) return undefined;
    const other = await readGrid(path);
    sameGrid(map, other);
    return other.values;
  };
  const [cover, held] = [await beside(polygons), await beside(mask)];
  const zero = conductance
    ? -1
    : map.values.findIndex((value, cell) => value === 0 && (held === undefined || (held[cell] as number) > 0));
  if (zero >= 0)
    throw new Problem('grid-resistance-zero', {
      file: map.name,
      row: Math.floor(zero / map.width) + 1,
      column: (zero % map.width) + 1,
    });
  return circuitGrid(map.values, {
    width: map.width,
    kind: conductance ? 'conductance' : 'resistance',
    neighbours: neighbours === '4' ? 4 : 8,
    average,
    ...(cover === undefined ? {} : { polygons: cover }),
    ...(held === undefined ? {} : { mask: held }),
  });
}

interface Work {
  onProgress: (done: number, total: number) => void;
}

async function ofPlaces(map: GridFile, grid: CircuitGrid, options: CircuitCommand, work: Work): Promise<Found> {
  const points = await readPoints(needed('--points', options.points), map);
  const ends = new Set(points.map(({ cell }) => cell));
  const places = placesOf(points, grid);
  if (places.length < 2) throw new Problem('places-few', { file: options.points ?? '', found: places.length });
  const pairs = pairsOf(options);
  const chosen = pairs === null ? {} : { pairs };
  if (options.mode === 'pairwise') {
    const maps = [options.map, options.maximum, options.picture].some((one) => one !== undefined);
    const found = pairwise(grid, places, { maps, ...chosen, ...work });
    const n = found.ids.length;
    const rows = found.ids.flatMap((from, i) =>
      found.ids
        .slice(i + 1)
        .map((to, k): (number | null)[] => [from, to, missing(found.resistances[i * n + i + 1 + k] as number)]),
    );
    return { header: ['from', 'to', 'resistance_ohm'], rows, cumulative: found.cumulative, maximum: found.maximum, ends };
  }
  const strengths =
    options.strengths === undefined
      ? {}
      : {
          strengths: new Map(
            numbersOf(options.strengths, ['id', 'strength']).map(([id, strength]) => [id as number, strength as number]),
          ),
        };
  const found = (options.mode === 'one-to-all' ? oneToAll : allToOne)(grid, places, { ...strengths, ...chosen, ...work });
  const rows = found.ids.map((id, i): (number | null)[] => [id, missing(found.resistances[i] as number)]);
  return { header: ['place', 'resistance_ohm'], rows, cumulative: found.cumulative, maximum: found.maximum, ends };
}

async function ofAdvanced(map: GridFile, grid: CircuitGrid, options: CircuitCommand): Promise<Found> {
  const [sources, grounds] = [
    await readGrid(needed('--sources', options.sources)),
    await readGrid(needed('--grounds', options.grounds)),
  ];
  for (const other of [sources, grounds]) sameGrid(map, other);
  const found = advanced(grid, {
    sources: sources.values,
    grounds: grounds.values,
    groundsAre: options.conductance ? 'conductance' : 'resistance',
    conflict: options.conflict,
  });
  const greatest = greatestOf(found.currents);
  const volts = greatestOf(found.voltages);
  return {
    header: ['greatest_current_a', 'greatest_voltage_v'],
    rows: [[greatest, volts]],
    cumulative: found.currents,
    maximum: found.voltages,
    ends: new Set([...sources.values.keys()].filter((cell) => sources.values[cell] || (grounds.values[cell] as number) >= 0)),
  };
}

/** Branches of a table from, to, resistance (or conductance): resistances of pairs of nodes, or voltages where sources and grounds are given. */
function networkOf(path: string, options: CircuitCommand): Found {
  const value = options.conductance ? 'conductance' : 'resistance';
  const branches = numbersOf(path, ['from', 'to', value]).map(([from, to, size]) => ({
    from: from as number,
    to: to as number,
    conductance: options.conductance ? (size as number) : 1 / (size as number),
  }));
  branches.forEach(({ from, to, conductance }, k) => {
    for (const [field, found] of [
      ['from', from],
      ['to', to],
    ] as const)
      if (!(Number.isInteger(found) && found >= 0))
        throw new Problem('cell-wrong', { file: path, line: String(k + 2), field, found: String(found), expected: '0, 1, 2 …' });
    if (!(conductance > 0 && conductance < Infinity))
      throw new Problem('cell-wrong', {
        file: path,
        line: String(k + 2),
        field: value,
        found: String(options.conductance ? conductance : 1 / conductance),
        expected: '> 0',
      });
  });
  const circuit = circuitNetwork(branches);
  const empty = { cumulative: null, maximum: null, ends: new Set<number>() };
  if (options.sources !== undefined || options.grounds !== undefined) {
    const grounds = new Map(
      numbersOf(needed('--grounds', options.grounds), ['node', value]).map(([node, size]): [number, number] => [
        node as number,
        options.conductance ? (size as number) : 1 / (size as number),
      ]),
    );
    const sources = new Map(
      numbersOf(needed('--sources', options.sources), ['node', 'current']).map(([node, current]): [number, number] => [
        node as number,
        current as number,
      ]),
    );
    const voltages = networkVoltages(circuit, { sources, grounds });
    const { nodes } = networkCurrents(circuit, voltages, grounds);
    return {
      header: ['node', 'voltage_v', 'current_a'],
      rows: Array.from(voltages, (voltage, node) => [node, missing(voltage), missing(nodes[node] as number)]),
      ...empty,
    };
  }
  const places =
    options.points === undefined
      ? Array.from({ length: circuit.nodes }, (_, node) => node)
      : numbersOf(options.points, ['id']).map(([id]) => id as number);
  const off = places.find((place) => !(Number.isInteger(place) && place >= 0 && place < circuit.nodes));
  if (off !== undefined)
    throw new Problem('choice-wrong', { field: '--points', found: String(off), expected: `0 – ${circuit.nodes - 1}` });
  const { resistances } = networkResistances(circuit, places);
  const rows = places.flatMap((from, i) =>
    places
      .slice(i + 1)
      .map((to, k): (number | null)[] => [from, to, missing(resistances[i * places.length + i + 1 + k] as number)]),
  );
  return { header: ['from', 'to', 'resistance_ohm'], rows, ...empty };
}

const missing = (value: number): number | null => (Number.isFinite(value) ? value : null);

function needed(field: string, given: string | undefined): string {
  if (given === undefined) throw new Problem('choice-wrong', { field, found: '–', expected: '<file>' });
  return given;
}

/** Columns of a table as numbers; of text without a header, as Circuitscape's lists, by their order. @throws Problem `columns-missing`, `cell-wrong` */
export function numbersOf(path: string, columns: readonly string[]): number[][] {
  const file = readSource(path);
  const plain = new TextDecoder().decode(file.bytes).split(/\r?\n/);
  const listed = /^\s*[-+\d.][-+\d.e]*(\s|$)/i.test(plain[0] ?? '') && !(plain[0] ?? '').includes(',');
  const { header, rows } = listed ? listOf(plain, columns) : readCsv(file);
  const lacking = columns.filter((column) => !header.includes(column));
  if (lacking.length > 0)
    throw new Problem('columns-missing', {
      file: path,
      missing: lacking.join(', '),
      found: header.join(', '),
      expected: columns.join(', '),
    });
  return rows.map(({ line, values }) =>
    columns.map((column) => {
      const text = values[column] ?? '';
      const value = /^inf(inity)?$/i.test(text) ? Infinity : Number(text);
      if (text === '' || Number.isNaN(value))
        throw new Problem('cell-wrong', { file: path, line: String(line), field: column, found: text, expected: '0.0' });
      return value;
    }),
  );
}

function listOf(lines: readonly string[], header: readonly string[]): Pick<CsvTable, 'header' | 'rows'> {
  const rows = lines.flatMap((text, k) => {
    const cells = text.trim().split(/\s+/);
    if (text.trim() === '') return [];
    return [{ line: k + 1, values: Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])) }];
  });
  return { header: [...header], rows };
}

/** Which pairs are computed, of tables from, to, or of Circuitscape's own lists and matrices of pairs. */
function pairsOf({ include, exclude }: CircuitCommand): ((a: number, b: number) => boolean) | null {
  if (include === undefined && exclude === undefined) return null;
  const read = (path: string | undefined, mode: 'include' | 'exclude'): Set<string> | null =>
    path === undefined
      ? null
      : new Set((listedPairs(path, mode) ?? numbersOf(path, ['from', 'to'])).flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  const [only, without] = [read(include, 'include'), read(exclude, 'exclude')];
  return (a, b) => (only === null || only.has(`${a} ${b}`)) && !without?.has(`${a} ${b}`);
}

/** Circuitscape: `mode include` and a pair a line; or `min`, `max` and a matrix of which the values between are meant. `null` for other tables. */
function listedPairs(path: string, mode: 'include' | 'exclude'): number[][] | null {
  const file = readSource(path);
  const [first = [], ...lines] = new TextDecoder()
    .decode(file.bytes)
    .trim()
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/));
  if (!/^(mode|min)$/i.test(first[0] ?? '')) return null;
  if (/^mode$/i.test(first[0] ?? '') && first[1]?.toLowerCase() !== mode)
    throw new Problem('cell-wrong', { file: file.name, line: '1', field: 'mode', found: first[1] ?? '', expected: mode });
  const numbers = lines.map((cells, k) =>
    cells.slice(/^max$/i.test(cells[0] ?? '') ? 1 : 0).map((cell) => {
      if (cell === '' || !Number.isFinite(Number(cell)))
        throw new Problem('cell-wrong', {
          file: file.name,
          line: String(k + 2),
          field: first[0] ?? '',
          found: cell,
          expected: '1, 2, 3 …',
        });
      return Number(cell);
    }),
  );
  if (/^mode$/i.test(first[0] ?? '')) return numbers;
  const [[most = 0] = [], header = [], ...matrix] = numbers;
  const least = Number(first[1]);
  return matrix.flatMap(([id = 0, ...values]) =>
    values.flatMap((value, k) => (value >= least && value <= most ? [[id, header[k + 1] as number]] : [])),
  );
}

function tell({ header, rows, cumulative, maximum, ends }: Found, map: GridFile | null, options: CircuitCommand): number {
  const { lang } = options;
  const files: string[] = [];
  const pinches = map === null || cumulative === null ? [] : pinchPoints(cumulative, { width: map.width, except: ends });
  const write = (path: string | undefined, make: (path: string) => void): void => {
    if (path === undefined) return;
    make(path);
    files.push(path);
  };
  if (map !== null && cumulative !== null) {
    write(options.map, (path) => writeGrid(path, map, cumulative));
    write(options.maximum, (path) => writeGrid(path, map, maximum as Float64Array));
    write(options.picture, (path) =>
      writePicture(path, map, cumulative, { title: t(lang, 'life.connect.current-of', { file: map.name }), lang, unit: 'A' }),
    );
  }
  write(options.output, (path) => writeFile(path, writeCsv(header, rows)));
  if (options.json) {
    console.log(
      JSON.stringify(
        {
          mode: options.mode,
          pinches: map === null ? [] : pinches.map((one) => placed(one, map)),
          rows: rows.map((row) => Object.fromEntries(header.map((name, k) => [name, row[k]]))),
        },
        null,
        2,
      ),
    );
    return 0;
  }
  for (const row of rows.slice(0, SHOWN)) {
    const own = row.slice(0, -1).join(' – ');
    const last = row.at(-1) ?? null;
    console.log(
      `${own}: ${last === null ? t(lang, 'life.connect.no-way') : number(lang, last, 6)}${header.at(-1) === 'resistance_ohm' && last !== null ? ' Ω' : ''}`,
    );
  }
  if (rows.length > SHOWN) console.log(t(lang, 'life.connect.more-rows', { count: rows.length - SHOWN }));
  if (map !== null)
    for (const { x, y, current } of pinches.map((one) => placed(one, map)))
      console.log(t(lang, 'life.connect.pinch', { x: String(x), y: String(y), current: number(lang, current, 3) }));
  for (const file of files) console.log(t(lang, 'cli.life.connect.written', { file }));
  return 0;
}

/** The middle of a cell in the coordinates of the grid. */
function placed(
  { cell, current }: PinchPoint,
  { width, transform: [x0, dx, , y0, , dy] }: GridFile,
): { x: number; y: number; current: number } {
  const tidy = (value: number): number => Number(value.toPrecision(10));
  return { x: tidy(x0 + ((cell % width) + 0.5) * dx), y: tidy(y0 + (Math.floor(cell / width) + 0.5) * dy), current };
}
