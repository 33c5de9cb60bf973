/**
 * `saryarka stats` against exactextract on the same files, in turns: `node bench/zonal.ts [part…]`, where a part is `zones`,
 * `small`, `classes`, `stack`, `polygons` or `large`.
 *
 * Whole processes with their start: wall from outside, CPU seconds (user + system, all threads) and the largest resident memory
 * from within. Exactextract runs with each of its strategies, and with GDAL on two threads; the best median counts. Ours runs
 * before each of its runs in one round, after it in the next: ratios are given for both orders. What both say is compared in
 * every round. On a shared machine only ratios hold.
 *
 * Set `SARYARKA_PYTHON` to a Python with exactextract, rasterio and numpy; inputs are made in `SARYARKA_BENCH`, or in a folder
 * under the temporary one, by the scripts in `../shared/bench`, or in what `SARYARKA_BENCH_SCRIPTS` names.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';

const ROUNDS = Number(process.env.SARYARKA_ROUNDS ?? 5);
/** Relative difference that counts as agreement. */
const AGREED = 1e-9;
const SIDE = 10_000;

const folder = process.env.SARYARKA_BENCH ?? join(tmpdir(), 'saryarka-bench');
const python = process.env.SARYARKA_PYTHON ?? 'python3';
const scripts = process.env.SARYARKA_BENCH_SCRIPTS ?? join(import.meta.dirname, '..', '..', 'shared', 'bench');
const command = join(import.meta.dirname, '..', 'bin', 'saryarka.js');
const at = (name: string): string => join(folder, name);

/** Makes rasters, and is the other side. */
const helper = join(import.meta.dirname, 'zonal.py');

/** Loaded into our process: what it used, at its end, and how its memory went where that is asked for. */
const METER = `
const { writeFileSync } = require('node:fs');
if (require('node:worker_threads').isMainThread && process.env.SARYARKA_METER) {
  const curve = [];
  if (process.env.SARYARKA_CURVE) setInterval(() => curve.push(process.memoryUsage.rss() / 1048576), 100).unref();
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    writeFileSync(process.env.SARYARKA_METER, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024, curve }));
  });
}
`;

interface Used {
  wall: number;
  cpu: number;
  memory: number;
  curve: number[];
}

/** Rows by zone, each with its figures. */
type Rows = Map<string, Record<string, number>>;

function make(name: string, how: () => void): string {
  if (!existsSync(at(name))) {
    console.log(`making ${name} …`);
    how();
    if (!existsSync(at(name))) throw new Error(`${name} was not made`);
  }
  return at(name);
}

function runPython(...args: string[]): void {
  const { status } = spawnSync(python, args, { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${python} ${args.join(' ')} ended with ${status}`);
}

const inputs = {
  ndvi: () => make(`ndvi_${SIDE}.tif`, () => runPython(join(scripts, 'make_raster.py'), String(SIDE), at(`ndvi_${SIDE}.tif`))),
  polygons: (name: 'zones' | 'small', side = SIDE) =>
    make(`${name}_${side}.geojson`, () => runPython(join(scripts, 'make_polys.py'), String(side), String(side))),
  landCover: () =>
    make(`landcover_${SIDE}.tif`, () => runPython(helper, 'land-cover', String(SIDE), at(`landcover_${SIDE}.tif`))),
  large: () => make('large_40000.tif', () => runPython(helper, 'large', '40000', at('large_40000.tif'))),
  /** The same raster under 23 names, one per date. */
  stack: () => {
    const side = 3000;
    const source = make(`ndvi_${side}_i2.tif`, () =>
      runPython(join(scripts, 'make_raster.py'), String(side), at(`ndvi_${side}_i2.tif`), 'int16'),
    );
    return Array.from({ length: 23 }, (_, i) => {
      const name = `NDVI_2016_${String(1 + 16 * i).padStart(3, '0')}.tif`;
      return make(name, () => symlinkSync(source, at(name)));
    });
  },
};

/** Runs a program to its end without holding this one up. */
function timed(program: string, args: string[], env: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0
        ? resolve((performance.now() - start) / 1000)
        : reject(new Error(`${program} ${args.join(' ')} ended with ${code}`)),
    );
  });
}

async function ours(zones: string, rasters: string[], args: string[], more = {}): Promise<Used & { csv: string }> {
  writeFileSync(at('meter.cjs'), METER);
  const env = { SARYARKA_METER: at('ours.json'), NODE_OPTIONS: `--require="${at('meter.cjs')}"`, ...more };
  const wall = await timed(process.execPath, [command, 'stats', zones, ...rasters, ...args, '-o', at('ours.csv')], env);
  return {
    wall,
    ...(JSON.parse(readFileSync(at('ours.json'), 'utf8')) as Omit<Used, 'wall'>),
    csv: readFileSync(at('ours.csv'), 'utf8'),
  };
}

interface Strategy {
  name: string;
  threads: string;
}

const STRATEGIES: Strategy[] = [
  { name: 'feature-sequential', threads: '1' },
  { name: 'raster-sequential', threads: '1' },
  { name: 'feature-sequential', threads: '2' },
  { name: 'raster-sequential', threads: '2' },
];

async function peer(
  zones: string,
  raster: string,
  ops: string,
  { name, threads }: Strategy,
): Promise<Used & { rows: Record<string, unknown>[] }> {
  // a sidecar with statistics changes what GDAL 3.6 says of scale and nodata
  const env = { GDAL_PAM_ENABLED: 'NO', GDAL_NUM_THREADS: threads };
  const wall = await timed(python, [helper, 'peer', raster, zones, ops, name, at('peer.json')], env);
  return {
    curve: [],
    wall,
    ...(JSON.parse(readFileSync(at('peer.json'), 'utf8')) as Omit<Used, 'wall' | 'curve'> & { rows: Record<string, unknown>[] }),
  };
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] as number;
const spread = (values: number[]): string => `${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)}`;

interface Duel {
  title: string;
  zones: string;
  raster: string;
  args: string[];
  ops: string;
  goal: string;
  ourRows(csv: string): Rows;
  peerRows(rows: Record<string, unknown>[]): Rows;
}

/** A run, and whether ours was the first of its pair. */
type Run = Used & { oursFirst: boolean };

async function duel({ title, zones, raster, args, ops, goal, ourRows, peerRows }: Duel): Promise<void> {
  const own: Run[] = [];
  const others = new Map<Strategy, Run[]>(STRATEGIES.map((strategy) => [strategy, []]));
  let worst = 0;
  let off: [ours: number, theirs: number] = [0, 0];
  const areas = areasIn(zones);
  for (let round = 0; round < ROUNDS; round++) {
    const oursFirst = round % 2 === 0;
    for (const strategy of oursFirst ? STRATEGIES : STRATEGIES.toReversed()) {
      const mine = async (): Promise<Rows> => {
        const run = await ours(zones, [raster], args);
        own.push({ ...run, oursFirst });
        return ourRows(run.csv);
      };
      const theirs = async (): Promise<Rows> => {
        const run = await peer(zones, raster, ops, strategy);
        others.get(strategy)?.push({ ...run, oursFirst });
        return peerRows(run.rows);
      };
      const [a, b] = oursFirst
        ? [await mine(), await theirs()]
        : await theirs().then(async (rows) => [await mine(), rows] as const);
      worst = Math.max(worst, differenceOf(a, b));
      off = [Math.max(off[0], offArea(a, areas)), Math.max(off[1], offArea(b, areas))];
    }
  }
  const [wall, cpu] = [(run: Run) => run.wall, (run: Run) => run.cpu];
  const line = (name: string, runs: Run[]): void =>
    console.log(
      `  ${name.padEnd(39)} wall ${median(runs.map(wall)).toFixed(2)} s (${spread(runs.map(wall))})  CPU ${median(runs.map(cpu)).toFixed(2)} s (${spread(runs.map(cpu))})  memory ${Math.max(...runs.map((run) => run.memory)).toFixed(0)} MB`,
    );
  console.log(`\n${title} (goal ${goal})`);
  line(`saryarka, ${own.length} runs`, own);
  const [best] = [...others].toSorted(([, a], [, b]) => median(a.map(wall)) - median(b.map(wall)));
  if (best !== undefined) line(`exactextract ${best[0].name}, GDAL ${best[0].threads}`, best[1]);
  /** Least median of all strategies over our own, of the runs that are `counted`. */
  const against = (of: (run: Run) => number, counted: (run: Run) => boolean = () => true): string => {
    const middle = (runs: Run[]): number => median(runs.filter(counted).map(of));
    return `${(Math.min(...[...others.values()].map(middle)) / middle(own)).toFixed(1)}x`;
  };
  const orders = [true, false].filter((first) => own.some(({ oursFirst }) => oursFirst === first));
  const ordered = orders.map((first) => `${first ? 'ours' : 'its'} first ${against(wall, (run) => run.oursFirst === first)}`);
  console.log(`  against its best strategy, medians: wall ${against(wall)} (${ordered.join(', ')}), CPU ${against(cpu)}`);
  console.log(`  greatest relative difference ${worst.toExponential(1)}`);
  if (off[1] > 0)
    console.log(`  counts off the areas of polygons: ${off[0].toExponential(1)}, exactextract ${off[1].toExponential(1)}`);
  if (!(worst <= AGREED)) {
    console.error(`  the figures differ by more than ${AGREED}`);
    process.exitCode = 1;
  }
}

/**
 * Greatest relative difference. Sums and means that cancel to almost nothing are compared on the scale of what was added up: the
 * values lie between -1 and 1.
 */
function differenceOf(a: Rows, b: Rows): number {
  if (a.size !== b.size) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (const [zone, figures] of a)
    for (const [name, value] of Object.entries(figures)) {
      const other = b.get(zone)?.[name] ?? Number.NaN;
      const least = name === 'sum' ? (figures.count ?? 0) : name === 'mean' ? 1 : 0;
      const off = value === other ? 0 : Math.abs(value - other) / Math.max(Math.abs(value), Math.abs(other), least);
      worst = Math.max(worst, Number.isNaN(off) ? Number.POSITIVE_INFINITY : off);
    }
  return worst;
}

/** Areas of the polygons of a map in cells of 0.00025 degrees, by the trapezium rule from a corner of their own. */
function areasIn(zones: string): Map<string, number> {
  const { features } = JSON.parse(readFileSync(zones, 'utf8')) as {
    features: { properties: { id: number }; geometry: { type: string; coordinates: number[][][] | number[][][][] } }[];
  };
  const ringArea = (ring: number[][]): number => {
    const [x0 = 0, y0 = 0] = ring[0] ?? [];
    let twice = 0;
    for (let i = 1; i < ring.length; i++) {
      const [[x = 0, y = 0], [u = 0, v = 0]] = [ring[i - 1] ?? [], ring[i] ?? []];
      twice += (x - x0) * (v - y0) - (u - x0) * (y - y0);
    }
    return Math.abs(twice) / 2 / 0.00025 ** 2;
  };
  return new Map(
    features.map(({ properties, geometry }) => {
      const polygons = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) as number[][][][];
      const area = polygons.reduce(
        (sum, rings) => sum + rings.reduce((all, ring, i) => all + (i === 0 ? 1 : -1) * ringArea(ring), 0),
        0,
      );
      return [String(properties.id), area];
    }),
  );
}

/** How far counts of cells are from the areas of polygons that have a value everywhere. */
function offArea(rows: Rows, areas: Map<string, number>): number {
  // half a cell or more is missing values
  const off = [...rows].map(([zone, { count = 0 }]) => [Math.abs(count - (areas.get(zone) ?? 0)), areas.get(zone) ?? 1] as const);
  return Math.max(0, ...off.filter(([cells]) => cells < 0.01).map(([cells, area]) => cells / area));
}

const csvRows = (csv: string): Record<string, string>[] => {
  const [header = '', ...lines] = csv.trim().split('\r\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i] ?? '', cell])));
};

const statRows = (csv: string): Rows =>
  new Map(
    csvRows(csv).map((row) => [row.zone ?? '', { count: Number(row.count), mean: Number(row.mean), sum: Number(row.sum) }]),
  );

const peerStats = (rows: Record<string, unknown>[]): Rows =>
  new Map(
    rows.map(({ zone_id: id, count, mean, sum }) => [String(id), { count: Number(count), mean: Number(mean), sum: Number(sum) }]),
  );

function classRows(csv: string): Rows {
  const rows: Rows = new Map();
  for (const { zone = '', class: value = '', share } of csvRows(csv))
    rows.set(zone, { ...rows.get(zone), [value]: Number(share) });
  return rows;
}

const peerClasses = (rows: Record<string, unknown>[]): Rows =>
  new Map(
    rows.map(({ zone_id: id, unique, frac }) => [
      String(id),
      Object.fromEntries((unique as number[]).map((value, i) => [String(value), (frac as number[])[i] ?? Number.NaN])),
    ]),
  );

/** As many medians of our own runs as wanted. */
async function medianOf(zones: string, rasters: string[], args: string[]): Promise<Used> {
  const runs: Used[] = [];
  for (let i = 0; i < Math.min(3, ROUNDS); i++) runs.push(await ours(zones, rasters, args));
  return runs.toSorted((a, b) => a.cpu - b.cpu)[runs.length >> 1] as Used;
}

/** A map of the first so many features, repeated where there are not enough. */
function firstOf(name: string, source: string, count: number): string {
  return make(name, () => {
    const map = JSON.parse(readFileSync(source, 'utf8')) as { features: { properties: object }[] };
    const features = Array.from({ length: count }, (_, i) => ({
      ...map.features[i % map.features.length],
      properties: { id: i + 1 },
    }));
    writeFileSync(at(name), JSON.stringify({ type: 'FeatureCollection', features }));
  });
}

const shown = ({ wall, cpu, memory }: Used): string =>
  `wall ${wall.toFixed(2)} s, CPU ${cpu.toFixed(2)} s, memory ${memory.toFixed(0)} MB`;

const parts: Record<string, () => Promise<void>> = {
  zones: () =>
    duel({
      title: 'zones: three nested zones, 61 million float32 pixels; mean, sum, count',
      zones: inputs.polygons('zones'),
      raster: inputs.ndvi(),
      args: ['--stat', 'mean,sum'],
      ops: 'mean,count,sum',
      goal: 'wall 3x, CPU 2.5x',
      ourRows: statRows,
      peerRows: peerStats,
    }),
  small: () =>
    duel({
      title: 'small: 3,000 polygons on the same raster; mean, sum, count',
      zones: inputs.polygons('small'),
      raster: inputs.ndvi(),
      args: ['--stat', 'mean,sum'],
      ops: 'mean,count,sum',
      goal: 'wall 3x',
      ourRows: statRows,
      peerRows: peerStats,
    }),
  classes: () =>
    duel({
      title: 'classes: three nested zones on uint8 land cover; shares of classes',
      zones: inputs.polygons('zones'),
      raster: inputs.landCover(),
      args: ['--class'],
      ops: 'unique,frac',
      goal: 'wall 8x',
      ourRows: classRows,
      peerRows: peerClasses,
    }),
  stack: async () => {
    const rasters = inputs.stack();
    const zones = firstOf('zones_1000.geojson', inputs.polygons('small', 3000), 1000);
    const one = await medianOf(zones, rasters.slice(0, 1), ['--stat', 'mean']);
    const all = await medianOf(zones, rasters, ['--stat', 'mean', '--by', 'date']);
    console.log(`\nstack: 1,000 zones on 3,000 x 3,000 int16\n  one date     ${shown(one)}\n  23 dates     ${shown(all)}`);
    console.log(
      `  23 dates cost ${(all.cpu / one.cpu).toFixed(1)} single runs in CPU, ${(all.wall / one.wall).toFixed(1)} in wall`,
    );
  },
  polygons: async () => {
    console.log('\npolygons: small ones on 10,000 x 10,000 uint8, mean');
    const raster = inputs.landCover();
    for (const count of [3_000, 12_500, 25_000, 50_000, 100_000]) {
      const used = await medianOf(
        firstOf(`small_${count}.geojson`, inputs.polygons('small'), count),
        [raster],
        ['--stat', 'mean'],
      );
      console.log(`  ${String(count).padStart(7)}      ${shown(used)}, ${((used.cpu / count) * 1e6).toFixed(0)} us CPU each`);
    }
  },
  large: async () => {
    const used = await ours(inputs.polygons('zones', 40_000), [inputs.large()], ['--stat', 'mean,sum,min,max'], {
      SARYARKA_CURVE: '1',
    });
    const step = Math.max(1, Math.floor(used.curve.length / 20));
    console.log(`\nlarge: three zones on 40,000 x 40,000 float32\n  ${shown(used)}`);
    console.log(
      `  memory [MB]: ${used.curve
        .filter((_, i) => i % step === 0)
        .map((mb) => mb.toFixed(0))
        .join(' ')}`,
    );
  },
};

mkdirSync(folder, { recursive: true });
const wanted = process.argv.slice(2);
const peerThere = spawnSync(python, ['-c', 'import exactextract, rasterio, numpy']).status === 0;
if (!peerThere) console.warn('no exactextract, rasterio and numpy at hand (set SARYARKA_PYTHON): nothing is measured');
else {
  console.log(
    `machine: ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB memory, ${process.platform} ${process.arch}; Node ${process.versions.node}`,
  );
  for (const [name, part] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await part();
}
