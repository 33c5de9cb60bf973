/**
 * The trend of counts with overdispersion and serial correlation, model 3 of TRIM: `npm run bench -- population`.
 *
 * 500 and 2,000 sites in 30 years, 35 of 100 counts missing. rtrim 2.3.0 took 1.6 s and 10.8 s of processor for as many on the
 * machine of two cores where it was measured; the figures beside it are of this one.
 */
import { normalQuantile } from '../src/science/normal.ts';
import { fitPopulation } from '../src/science/population.ts';
import type { PopulationCount } from '../src/science/population-cells.ts';
import { type Random, seededRandom } from '../src/science/seeded-random.ts';
import { middle, mostMegabytes, processorSince, say, tell } from './life/figure.ts';

/** By number of sites: rtrim, recorded, and what is asked of ours [CPU s]. */
const RTRIM: Record<number, number> = { 500: 1.6, 2000: 10.8 };
const GOAL: Record<number, number> = { 500: 0.3, 2000: 1.5 };
const YEARS = 30;
const TURNS = 3;

for (const sites of [500, 2000]) {
  const rows = countsOf(sites);
  const seconds: number[] = [];
  let told = '';
  for (let turn = 0; turn < TURNS; turn++) {
    const before = process.cpuUsage();
    const { fit, totals } = fitPopulation(rows, { model: 3, overdispersion: true, serialCorrelation: true });
    seconds.push(processorSince(before));
    told = `σ² ${fit.dispersion.toFixed(2)}, ρ ${fit.correlation.toFixed(2)}, ${fit.steps} steps, ${totals.imputed.values.length} years`;
  }
  tell({
    job: `TRIM model 3 with overdispersion and serial correlation, ${sites.toLocaleString('en')} sites × ${YEARS} years`,
    seconds: middle(seconds),
    megabytes: mostMegabytes(),
    peers: [{ name: 'rtrim 2.3.0', seconds: RTRIM[sites] as number }],
    goal: { seconds: GOAL[sites] as number, by: 'processor' },
  });
  say(
    `${sites} sites x ${YEARS} years: ${seconds.map((value) => value.toFixed(2)).join(', ')} s of processor (rtrim ${RTRIM[sites]}); ${told}`,
  );
}

function countsOf(sites: number): PopulationCount[] {
  const random = seededRandom(7);
  return Array.from({ length: sites }, (_, i) => {
    const level = 5 * Math.exp(standardNormal(random));
    let drift = 0;
    return Array.from({ length: YEARS }, (_, j) => {
      drift = 0.5 * drift + 0.4 * standardNormal(random);
      const count = drawnCount(level * Math.exp(0.02 * j + drift), random);
      return { site: `s${i}`, year: 1990 + j, count: random() < 0.35 ? null : count };
    });
  }).flat();
}

function standardNormal(random: Random): number {
  return normalQuantile(random() + 2 ** -33);
}

/** A Poisson count by the sum of its chances. */
function drawnCount(mean: number, random: Random): number {
  const wanted = random();
  let chance = Math.exp(-Math.min(mean, 600));
  let sum = chance;
  let count = 0;
  while (wanted > sum && count < 2000) {
    count += 1;
    chance *= mean / count;
    sum += chance;
  }
  return count;
}
