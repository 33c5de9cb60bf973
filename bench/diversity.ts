/**
 * Curves of diversity with intervals: 1,000 species, 5,000 individuals, orders 0, 1 and 2 at 40 sizes, 200 communities drawn:
 * `node bench/diversity.ts`. In turns with R's iNEXT where it is installed; where not, beside what it took when it was measured. CPU
 * seconds count; with iNEXT, values are checked to be the same.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diversityCurve } from '../src/science/diversity-curve.ts';
import { abundanceSample } from '../src/science/diversity-sample.ts';
import { seededRandom } from '../src/science/seeded-random.ts';
import { middle, mostMegabytes, processorSince, say, tell } from './life/figure.ts';

const [SPECIES, INDIVIDUALS, BOOTSTRAPS, ROUNDS] = [1000, 5000, 200, 5];
/** iNEXT 3.0.2 with R 4.2.2 on 2 cores, another community of this size [CPU s]. */
const RECORDED = 37.7;

const R = `
args <- commandArgs(TRUE); suppressMessages(library(iNEXT)); x <- scan(args[1], quiet = TRUE); set.seed(1)
t <- system.time(o <- iNEXT(x, q = c(0, 1, 2), datatype = "abundance", nboot = ${BOOTSTRAPS}))
s <- o$iNextEst$size_based
cat(sum(t[c(1, 2, 4, 5)]), sprintf("%.12f", s$qD[s$Order.q == 1]))
`;

/** Individuals of a log-normal community, drawn with replacement. */
function community(): Float64Array {
  const random = seededRandom(20261123);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const sums = Float64Array.from({ length: SPECIES }, () => Math.exp(1.5 * normal()));
  for (let i = 1; i < SPECIES; i++) sums[i] = (sums[i] as number) + (sums[i - 1] as number);
  const counts = new Float64Array(SPECIES);
  for (let i = 0; i < INDIVIDUALS; i++) {
    const at = random() * (sums[SPECIES - 1] as number);
    const kind = sums.findIndex((sum) => sum > at);
    counts[kind] = (counts[kind] as number) + 1;
  }
  return counts;
}

const counts = community();
const sample = abundanceSample(counts);
const folder = mkdtempSync(join(tmpdir(), 'diversity-'));
const file = join(folder, 'counts.txt');
writeFileSync(file, [...counts].filter((count) => count > 0).join('\n'));
const installed = spawnSync('Rscript', ['-e', 'stopifnot(requireNamespace("iNEXT", quietly = TRUE))']).status === 0;
say(`${SPECIES} species, ${sample.observed} of them among ${INDIVIDUALS} individuals, ${BOOTSTRAPS} communities drawn`);
try {
  const taken: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [start, clock] = [process.cpuUsage(), performance.now()];
    const curves = diversityCurve(sample, { bootstraps: BOOTSTRAPS, seed: 1 });
    taken.push(processorSince(start));
    const wall = (performance.now() - clock) / 1000;
    let beside = '';
    if (installed) {
      const [cpu = Number.NaN, ...values] = spawnSync('Rscript', ['-e', R, file], { encoding: 'utf8' })
        .stdout.trim()
        .split(/\s+/)
        .map(Number);
      const apart = Math.max(
        ...(curves[1]?.points ?? []).map(({ diversity }, i) => Math.abs(diversity.value / (values[i] as number) - 1)),
      );
      theirs.push(cpu);
      beside = `; iNEXT ${cpu.toFixed(1)} CPU s, apart by ${apart.toExponential(1)}`;
    }
    say(`saryarka ${taken.at(-1)?.toFixed(2)} CPU s, ${wall.toFixed(2)} s${beside}`);
  }
  const seconds = middle(taken);
  say(
    `middle ${seconds.toFixed(2)} CPU s${installed ? '' : `; iNEXT, recorded: ${RECORDED} CPU s, ${(RECORDED / seconds).toFixed(0)} times as much`}`,
  );
  tell({
    job: `diversity, ${SPECIES.toLocaleString('en')} species, ${INDIVIDUALS.toLocaleString('en')} individuals, ${BOOTSTRAPS} bootstraps`,
    seconds,
    megabytes: mostMegabytes(),
    peers: [
      { name: 'iNEXT 3.0.2', seconds: RECORDED },
      ...(installed ? [{ name: 'iNEXT', seconds: middle(theirs), here: true as const }] : []),
    ],
    goal: { seconds: 1.5, by: 'processor' },
  });
} finally {
  rmSync(folder, { recursive: true });
}
