/**
 * The lake against what others published and against pywr: `npm run bench -- lake`; `SARYARKA_PYTHON` names a Python that has
 * pywr. Golden data: `../shared/golden/water`, or below what `SARYARKA_GOLDEN` names. Then 1,000 runs of four options to 2060 on one core.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSource } from '../src/formats/source-node.ts';
import { aralTables } from '../src/plans/aral-tables.ts';
import { northBenchmarks, publishedRun, readLakeRecord, seaBenchmarks } from '../src/plans/lake-benchmarks.ts';
import { outcomes } from '../src/plans/lake-outcomes.ts';
import { runLake } from '../src/science/lake-balance.ts';
import type { Fit } from '../src/science/lake-calibration.ts';
import { fitOf } from '../src/science/lake-calibration.ts';
import { saltBalance } from '../src/science/salinity.ts';

const golden = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', 'shared', 'golden'), 'water');
const python = process.env.SARYARKA_PYTHON ?? 'python3';
const tables = aralTables();
const line = (what: string, published: string, ours: string): void =>
  console.log(`${what.padEnd(66)} ${published.padStart(26)} ${ours.padStart(26)}`);
const told = ({ rmse, bias, nse }: Fit): string => `${rmse.toFixed(3)} / ${bias.toFixed(3)} / ${nse.toFixed(3)}`;

line('', 'published', 'ours');
const monthly = join(golden, 'smashi-north-aral-monthly.csv');
if (existsSync(monthly)) north();
else console.warn(`no golden data at ${golden}: the North Aral is left out (set SARYARKA_GOLDEN)`);
const sea = seaBenchmarks(tables);
line(
  'whole sea 1960-1989, level RMSE [m]: all years | decades left out',
  sea.published.rmse.toFixed(3),
  sea.ours.pooled.rmse.toFixed(3),
);
line('salt in the sea 1989 / 1960', '0.95 to 1.05', (sea.salt.last / sea.salt.first).toFixed(3));

const levels = [42, 44, 46, 48];
const start = process.cpuUsage();
const found = outcomes(
  levels.map((full) => ({ full, inflow: 1, rule: 'overflow' as const })),
  { tables, seed: 1 },
);
const { user, system } = process.cpuUsage(start);
line(
  `${levels.length} options x 1,000 runs x 35 years of months [s of CPU]`,
  'under 10 for 1,000',
  ((user + system) / 1e6).toFixed(2),
);
for (const { option, level, salinity, released } of found)
  line(
    `  ${option.full} m in 2060: level [m], salinity [g/L], released [km3/a]`,
    '',
    `${level.mid.toFixed(2)}, ${salinity.mid.toFixed(1)}, ${released.mid.toFixed(2)}`,
  );

function north(): void {
  const record = readLakeRecord(readSource(monthly));
  const { published, free, season, ruleOff, budget } = northBenchmarks(record);
  line('North Aral 2006-2017: rule met to [km3]', '5e-11', (ruleOff ?? Number.NaN).toExponential(1));
  line('volume, RMSE / bias / NSE [km3]: one run, out of sample', told(published), told(free.pooled));
  line('  forecasts of 1 to 12 months, out of sample', '', told(season.all));
  line('  forecasts of 1 to 6 months, out of sample', '', told(season.half));
  const part = (of: number): string => `${((100 * of) / budget.total).toFixed(0)} %`;
  line(
    '  squared error of the one run: input, observation, structure',
    '',
    `${part(budget.input)}, ${part(budget.observation)}, ${part(budget.structure)}`,
  );
  const run = publishedRun(record, { order: 'spill-first' });
  const seen = new Map(
    readFileSync(join(golden, 'smashi-north-aral-salinity.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(',') as [string, string])
      .map(([date, value]) => [date, Number(value)]),
  );
  const { salinity } = saltBalance({
    start: seen.get(record.dates[1] ?? '') ?? Number.NaN,
    volume: run.volume.subarray(2),
    inflow: run.inflow.subarray(2),
    release: run.release.subarray(2),
    river: 1.5,
  });
  const observed = record.dates.slice(2).map((date) => seen.get(date) ?? Number.NaN);
  line('salinity, RMSE [g/L], river 1.5 g/L', '0.149', fitOf(salinity, observed).rmse.toFixed(3));
  againstPywr();
}

function againstPywr(): void {
  const code = `
import json, sys, time
from pywr.core import Model
from pywr.recorders import NumpyArrayStorageRecorder, NumpyArrayNodeRecorder
model = Model.load(sys.argv[1])
volume = NumpyArrayStorageRecorder(model, model.nodes['NorthAral'])
start = time.process_time()
model.run()
took = time.process_time() - start
print(json.dumps({'took': took, 'volume': [float(v) for v in volume.data[:, 0]]}))
`;
  const { status, stdout } = spawnSync(python, ['-c', code, join(golden, 'north-aral.pywr.json')], { encoding: 'utf8' });
  if (status !== 0) {
    console.warn(`${python} has no pywr: not compared (pip install pywr, and name that Python by SARYARKA_PYTHON)`);
    return;
  }
  const theirs = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { took: number; volume: number[] };
  const rows = readFileSync(join(golden, 'north-aral-forcing-per-day.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(','));
  const days = rows.map(([date = '']) => new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate());
  const column = (i: number): number[] => rows.map((row, at) => Number(row[i]) * (days[at] as number));
  const before = process.cpuUsage();
  const own = runLake(
    { rule: { kind: 'overflow', full: 27.9 }, order: 'evaporation-first' },
    { start: 23.177, inflow: column(1), precipitation: column(2), evaporation: column(3) },
  );
  const { user } = process.cpuUsage(before);
  const off = Math.max(...theirs.volume.map((value, i) => Math.abs(value - (own.volume[i + 1] as number))));
  line('pywr on the same months: largest difference [km3]', '1e-12', off.toExponential(1));
  line('  time [ms]', (theirs.took * 1e3).toFixed(1), (user / 1e3).toFixed(1));
}
