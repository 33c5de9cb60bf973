import { expect, test } from 'vitest';
import { beforeAfter } from '../../src/science/before-after.ts';
import { normalQuantile } from '../../src/science/normal.ts';
import { fitPopulation } from '../../src/science/population.ts';
import type { PopulationCount } from '../../src/science/population-cells.ts';
import { seededRandom } from '../../src/science/seeded-random.ts';

test('an effect that is not there is told in one of twenty schemes; by the error of counts alone far more often', () => {
  const random = seededRandom(3);
  const z = (): number => normalQuantile(random() + 2 ** -33);
  /** Eight sites in twelve years: a decline, years that wander, counts that vary beyond chance, one of five missing. */
  const scheme = (): PopulationCount[] => {
    const years = Array.from({ length: 12 }, () => 0.15 * z());
    return Array.from({ length: 8 }, (_, site) => {
      const level = 12 * Math.exp(0.6 * z());
      return years.map((wander, j) => {
        const mean = level * Math.exp(-0.03 * j + wander + 0.3 * z());
        const count = Math.max(0, Math.round(mean + Math.sqrt(mean) * z()));
        return { site: `s${site}`, year: 2001 + j, count: random() < 0.2 ? null : count };
      });
    }).flat();
  };
  const schemes = 150;
  let [judged, byCounts] = [0, 0];
  for (let i = 0; i < schemes; i++) {
    const [here, control] = [scheme(), scheme()].map((rows) =>
      fitPopulation(rows, { model: 3, overdispersion: true, serialCorrelation: true }),
    ) as [ReturnType<typeof fitPopulation>, ReturnType<typeof fitPopulation>];
    const found = beforeAfter(here.totals.imputed, { control: control.totals.imputed, years: here.fit.cells.years, from: 2007 });
    if (found.verdict !== 'no-sign') judged += 1;
    if (found.counts.low > 1 || found.counts.high < 1) byCounts += 1;
  }
  expect(judged / schemes).toBeLessThan(0.09);
  expect(byCounts).toBeGreaterThan(2 * judged);
});
