/** Species of a zone: those recorded, and those there are at least. docs/methods/species-richness.md */
import { richnessInterval } from '../science/species-estimators.ts';
import { figure } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import { eachPart, effortNote, isEnough, recordsIn, type SpeciesIndicator, sampleOf, speciesIn } from './species-records.ts';

const ID = 'species-richness';

export const speciesRichness: SpeciesIndicator = {
  id: ID,
  method: 'chao-lower-bound',
  version: 1,
  compute: (given) =>
    eachPart(given).flatMap(({ zone, group }) => {
      const records = recordsIn(given, zone, group);
      const recorded = speciesIn(records);
      if (recorded === 0) return [];
      const found = sampleOf(records, given.effort);
      const about = { zone, class: group, period: given.period, unit: '{species}' } as const;
      const beside = effortNote(given, zone, found?.sample ?? null);
      const known = found !== null && isEnough(found.sample);
      const interval = known ? richnessInterval(found.sample.observed, found.richness) : null;
      return [
        figure({ ...about, indicator: 'species-recorded', value: recorded, n: records.length, note: beside }),
        figure({
          ...about,
          indicator: ID,
          value: known ? found.richness.value : null,
          low: interval?.low ?? null,
          high: interval?.high ?? null,
          level: interval === null ? null : 0.95,
          n: recorded,
          note: noteOf(note('species-seen', found?.sample.observed ?? 0), beside),
        }),
      ];
    }),
};
