/**
 * An indicator of rasters from the command line: how long, how much memory in its course, how fast it stops, what a killed one
 * leaves behind, and how fast the same work is answered again: `node bench/compute.ts`.
 *
 * Input: the land cover raster and the three zones of `bench/zonal.ts` (run that first: `node bench/zonal.ts classes`), as six
 * dates; land cover for 61 million pixels each. Memory is what /proc says of the process, threads included.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { closeDossier, openDossier, verifyDossier } from '../src/store/dossier.ts';

const folder = process.env.SARYARKA_BENCH ?? join(tmpdir(), 'saryarka-bench');
const command = join(import.meta.dirname, '..', 'bin', 'saryarka.js');
const DATES = [2000, 2004, 2008, 2012, 2016, 2020];
/** Moments after the start at which a run is killed [share of its whole time]. */
const KILLS = [0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98];

const raster = join(folder, 'landcover_10000.tif');
const zones = join(folder, 'zones_10000.geojson');
for (const path of [raster, zones]) {
  if (existsSync(path)) continue;
  console.error(`${path} is missing: node bench/zonal.ts classes makes it`);
  process.exit(2);
}

const work = mkdtempSync(join(tmpdir(), 'saryarka-compute-'));
const layers = DATES.map((year) => {
  const path = join(work, `cover_${year}.tif`);
  symlinkSync(raster, path);
  return path;
});
const dossier = join(work, 'bench.gpkg');
const args = [
  'compute',
  dossier,
  '--site',
  'bench',
  '--indicator',
  'land-cover',
  '--input',
  ...layers,
  '--param',
  'legend=unccd',
];

function saryarka(...words: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [command, ...words], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr}`);
}

/** Starts a computation and watches its memory. */
function start(): { child: ChildProcess; curve: number[]; ended: Promise<number> } {
  const begun = performance.now();
  const child = spawn(process.execPath, [command, ...args], { stdio: 'ignore' });
  const curve: number[] = [];
  const watch = setInterval(() => {
    const [, kilobytes] = existsSync(`/proc/${child.pid}/status`)
      ? (/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [])
      : [];
    if (kilobytes !== undefined) curve.push(Number(kilobytes) / 1024);
  }, 100);
  const ended = new Promise<number>((resolve) => {
    child.on('exit', () => {
      clearInterval(watch);
      resolve((performance.now() - begun) / 1000);
    });
  });
  return { child, curve, ended };
}

/** Figures and runs that the dossier holds, which must be all of a run or none. */
function held(): { figures: number; runs: number; faults: string[] } {
  const db = openDossier(dossier);
  try {
    const count = (sql: string): number => Number(Object.values(db.prepare(sql).get() ?? {})[0]);
    return {
      figures: count("select count(*) from observations where indicator like 'land-cover%'"),
      runs: count("select count(*) from runs where indicator = 'land-cover'"),
      faults: verifyDossier(db),
    };
  } finally {
    closeDossier(db);
  }
}

try {
  const empty = join(work, 'empty.gpkg');
  writeFileSync(
    join(work, 'sites.csv'),
    'id,kind,name_en,name_ru,name_kk,name_tr,countries,parent,ecosystems,note\nbench,biosphere-reserve,Bench,,,,KZ,,,\n',
  );
  saryarka('new', empty);
  saryarka('import', empty, join(work, 'sites.csv'));
  saryarka('import', empty, zones, '--site', 'bench');
  const fresh = (): void => {
    for (const end of ['', '-wal', '-shm']) rmSync(`${dossier}${end}`, { force: true });
    copyFileSync(empty, dossier);
  };

  fresh();
  const first = start();
  const whole = await first.ended;
  const { figures } = held();
  const every = Math.max(1, Math.floor(first.curve.length / 12));
  const shown = first.curve.filter((_, i) => i % every === 0).map((size) => size.toFixed(0));
  console.log(`land cover, ${DATES.length} dates of 100 million pixels: ${whole.toFixed(1)} s, ${figures} figures`);
  console.log(`  memory in its course [MB]: ${shown.join(' ')}; most ${Math.max(...first.curve).toFixed(0)}`);

  const again = start();
  console.log(`  the same again: ${(await again.ended).toFixed(2)} s`);

  const stops: number[] = [];
  for (const share of [0.3, 0.6, 0.9]) {
    fresh();
    const { child, ended } = start();
    await setTimeout(whole * share * 1000);
    const asked = performance.now();
    child.kill('SIGINT');
    await ended;
    stops.push((performance.now() - asked) / 1000);
    const left = held();
    if (left.figures === figures) console.log(`  (the one to be cancelled at ${100 * share} % was done before)`);
    else if (left.runs + left.figures !== 0)
      throw new Error(`a cancelled run left ${left.runs} runs and ${left.figures} figures behind`);
  }
  console.log(`  cancelled at 30, 60 and 90 %: stopped after ${stops.map((s) => s.toFixed(2)).join(', ')} s, nothing kept`);

  let complete = 0;
  for (const share of KILLS) {
    fresh();
    const { child, ended } = start();
    await setTimeout(whole * share * 1000);
    child.kill('SIGKILL');
    await ended;
    const left = held();
    if (left.faults.length > 0) throw new Error(`a killed run damaged the dossier: ${left.faults.join('; ')}`);
    if (left.figures !== 0 && (left.figures !== figures || left.runs !== 1))
      throw new Error(`half a result: ${left.figures} figures`);
    if (left.figures === figures) complete += 1;
  }
  console.log(`  killed ${KILLS.length} times: every dossier sound, ${complete} with the whole result, none with half of one`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
