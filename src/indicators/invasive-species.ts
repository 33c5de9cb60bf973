/** Invasive alien species that were recorded in a zone. docs/methods/invasive-species.md */
import { figure } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import { SITE } from './source-indicator.ts';
import { eachPart, recordsIn, type SpeciesIndicator, speciesIn } from './species-records.ts';

const ID = 'invasive-species';

export const invasiveSpecies: SpeciesIndicator = {
  id: ID,
  method: 'recorded-invasive',
  version: 1,
  compute: (given) =>
    eachPart(given).flatMap(({ zone, group }) => {
      const records = recordsIn(given, zone, group);
      const all = speciesIn(records);
      if (all === 0) return [];
      // Nobody said of any species here whether it is invasive: that is no zero.
      const told = given.records.some(({ invasive }) => invasive);
      const invasive = records.filter((one) => one.invasive);
      return [
        figure({
          ...{ indicator: ID, zone, class: group, period: given.period, unit: '{species}', n: all },
          value: told ? speciesIn(invasive) : null,
          note: noteOf(
            told ? note('species-of', all) : note('species-invasive-unknown'),
            zone !== SITE && given.undecided > 0 ? note('species-undecided', given.undecided) : null,
          ),
        }),
      ];
    }),
};
