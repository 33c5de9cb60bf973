/** How much of what lives in a zone was found: species recorded of those there are at least. docs/methods/inventory-completeness.md */
import { sampleCoverage } from '../science/diversity.ts';
import { richnessInterval } from '../science/species-estimators.ts';
import { figure } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import { eachPart, effortNote, isEnough, recordsIn, type SpeciesIndicator, sampleOf } from './species-records.ts';

const ID = 'inventory-completeness';
const PERCENT = 100;

export const inventoryCompleteness: SpeciesIndicator = {
  id: ID,
  method: 'observed-of-chao',
  version: 1,
  compute: (given) =>
    eachPart(given).flatMap(({ zone, group }) => {
      const found = sampleOf(recordsIn(given, zone, group), given.effort);
      if (found === null) return [];
      const { sample, richness } = found;
      const known = isEnough(sample);
      const { low, high } = richnessInterval(sample.observed, richness);
      const share = (species: number): number | null => (known ? (PERCENT * sample.observed) / species : null);
      return [
        figure({
          ...{ indicator: ID, zone, class: group, period: given.period, unit: '%' },
          ...{ value: share(richness.value), low: share(high), high: share(low), level: known ? 0.95 : null, n: sample.observed },
          note: noteOf(
            known ? note('species-coverage', PERCENT * sampleCoverage(sample)) : null,
            effortNote(given, zone, sample),
          ),
        }),
      ];
    }),
};
