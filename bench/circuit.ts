/**
 * Resistances and the cumulative map of 1,000 × 1,000 cells with five focal cells: `node bench/circuit.ts`. Seconds of processor and
 * memory; those of other programs were recorded on a machine of the same kind. Golden data: `../shared/golden/life/circuitscape_bench`,
 * or below what `SARYARKA_GOLDEN` names.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAsciiGrid } from '../src/formats/ascii-grid.ts';
import { readSource } from '../src/formats/source-node.ts';
import { circuitGrid } from '../src/science/circuit-grid.ts';
import { movingWindow } from '../src/science/omniscape.ts';
import { focalPlaces, pairwise } from '../src/science/resistance.ts';
import { mostMegabytes, type Peer, processorSince, say, tell } from './life/figure.ts';

/** 1,000 × 1,000, 8 neighbours, 5 focal cells, all resistances; recorded. */
const PEERS: Peer[] = [
  { name: 'Circuitscape 4', seconds: 45.7, megabytes: 732 },
  { name: 'its kernel by multigrid', seconds: 23.7 },
  { name: 'by CHOLMOD', seconds: 15, megabytes: 1040 },
];

const folder = join(
  process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', 'shared', 'golden'),
  'life',
  'circuitscape_bench',
);
if (!existsSync(folder)) console.warn(`no golden data at ${folder}: nothing is measured (set SARYARKA_GOLDEN)`);
else {
  say('1,000 × 1,000, 8 neighbours, 5 focal cells, all resistances; recorded, seconds of processor');
  for (const { name, seconds, megabytes } of PEERS)
    say(`  ${name.padEnd(29)} ${seconds} s${megabytes === undefined ? '' : `    ${megabytes} MB`}`);
  const from = process.cpuUsage();
  const map = readAsciiGrid(readSource(join(folder, 'res1000.asc.gz')));
  const points = readAsciiGrid(readSource(join(folder, 'pts1000.asc.gz'))).values;
  const read = processorSince(from);
  const grid = circuitGrid(map.values, { width: map.width, kind: 'resistance', neighbours: 8, average: 'conductance' });
  const found = pairwise(grid, focalPlaces(points, grid), { maps: true });
  const [seconds, megabytes] = [processorSince(from), mostMegabytes()];
  say(
    `  ours, with the cumulative map ${(seconds - read).toFixed(1)} s    ${megabytes.toFixed(0)} MB   (and ${read.toFixed(1)} s to read the text)`,
  );
  tell({
    job: 'circuit, 1,000 × 1,000 cells, 5 places: read, all resistances, cumulative map',
    seconds,
    megabytes,
    peers: PEERS,
    goal: { seconds: 10, by: 'processor', megabytes: 1024 },
  });
  const expected = [
    ...readFileSync(join(folder, 'res1000_expected_8n_cond.txt'), 'utf8').matchAll(/R\((\d|\.),(\d)\)=([\d.]+)/g),
  ];
  let apart = 0;
  const places = found.ids.length;
  let ground = 0;
  for (const [, a = '', b = '', value = ''] of expected) {
    const i = a === '.' ? ground++ : Number(a) - 1;
    apart = Math.max(apart, Math.abs((found.resistances[i * places + Number(b) - 1] as number) / Number(value) - 1));
  }
  say(`  largest difference of ${expected.length} resistances: ${apart.toExponential(1)} (expected to 8 decimals: 2e-9)`);
  const carried = (found.cumulative as Float64Array).reduce((most, value) => Math.max(most, value || 0), 0);
  say(
    `  most current of a cell, ten pairs: ${carried.toFixed(3)} A; ${(found.cumulative as Float64Array).filter((value) => value > 0.1).length} cells above 0.1 A`,
  );
  const small = readAsciiGrid(readSource(join(folder, 'res200.asc')));
  const start = process.cpuUsage();
  const windows = movingWindow(
    small.values.map((value) => 1 / value),
    small.values.map((value) => (value < 2 ? 1 : 0)),
    {
      width: small.width,
      radius: 20,
      blockSize: 5,
      flowPotential: true,
    },
  );
  const moved = processorSince(start);
  say(
    `moving windows, 200 × 200, radius 20, blocks of 5, with flow potential: ${windows.targets} windows, ${moved.toFixed(1)} s`,
  );
  tell({
    job: `moving windows, 200 × 200 cells, ${windows.targets.toLocaleString('en')} windows of radius 20, with flow potential`,
    seconds: moved,
    megabytes: mostMegabytes(),
    peers: [],
  });
}
