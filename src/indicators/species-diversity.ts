/** Effective numbers of common and of dominant species, zones compared at one coverage. docs/methods/species-diversity.md */
import { sampleCoverage, sizeAtCoverage } from '../science/diversity.ts';
import { diversityCurve } from '../science/diversity-curve.ts';
import type { DiversitySample } from '../science/diversity-sample.ts';
import { figure, known } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import { eachPart, effortNote, isEnough, recordsIn, type SpeciesIndicator, sampleOf } from './species-records.ts';

const ID = 'species-diversity';
const ORDERS = { [ID]: 1, 'species-diversity-dominant': 2 } as const;
/** Communities drawn for the intervals, and where their random numbers begin. */
const [BOOTSTRAPS, SEED] = [200, 1];
const FAR = 1e9;

export const speciesDiversity: SpeciesIndicator = {
  id: ID,
  method: 'hill-at-common-coverage',
  version: 1,
  compute(given) {
    const parts = eachPart(given).flatMap(({ zone, group }) => {
      const found = sampleOf(recordsIn(given, zone, group), given.effort);
      return found === null ? [] : [{ zone, group, sample: found.sample }];
    });
    // Zones of a group are compared with one another, and with the whole.
    const common = new Map<string | null, number>();
    for (const { group, sample } of parts)
      if (isEnough(sample)) common.set(group, Math.min(common.get(group) ?? 1, sampleCoverage(sample, 2 * sample.size)));
    return parts.flatMap(({ zone, group, sample }) => {
      const coverage = common.get(group);
      const beside = effortNote(given, zone, sample);
      const about = { zone, class: group, period: given.period, unit: '{species}', n: sample.observed } as const;
      if (coverage === undefined || !isEnough(sample))
        return Object.keys(ORDERS).map((indicator) => figure({ ...about, indicator, note: beside }));
      const curves = diversityCurve(sample, {
        orders: Object.values(ORDERS),
        sizes: [sizeOf(sample, coverage)],
        bootstraps: BOOTSTRAPS,
        seed: SEED,
      });
      return Object.keys(ORDERS).map((indicator, i) => {
        const at = curves[i]?.points[0]?.atCoverage;
        return figure({
          ...about,
          ...{ indicator, value: known(at?.value), low: known(at?.low), high: known(at?.high), level: 0.95 },
          note: noteOf(note('species-at-coverage', 100 * coverage), beside),
        });
      });
    });
  },
};

const sizeOf = (sample: DiversitySample, coverage: number): number =>
  Math.min(sizeAtCoverage(sample, coverage), FAR * sample.size);
