/** Threatened species that were recorded in a zone, by category. docs/methods/threatened-species.md */
import { figure } from './figure.ts';
import { note, noteOf } from './figure-note.ts';
import type { Figure } from './raster-indicator.ts';
import { SITE } from './source-indicator.ts';
import { eachPart, recordsIn, type SpeciesIndicator } from './species-records.ts';
import { isThreatened, THREATENED, threatCode } from './threat-category.ts';

const ID = 'threatened-species';

export const threatenedSpecies: SpeciesIndicator = {
  id: ID,
  method: 'recorded-by-category',
  version: 1,
  compute(given) {
    // A category that is met on the site is told of every zone, where it is 0, too.
    const met = given.records.map(({ species }) => given.category(species)).filter(isThreatened);
    const order = given.list === 'iucn' ? THREATENED : [...new Set(met)].sort();
    return eachPart(given)
      .filter(({ group }) => group === null)
      .flatMap(({ zone }): Figure[] => {
        const species = [...new Set(recordsIn(given, zone).map((one) => one.species))];
        if (species.length === 0) return [];
        const categories = species.map(given.category);
        const threatened = categories.filter(isThreatened);
        const unlisted = categories.filter((one) => one === null).length;
        const about = { indicator: ID, zone, period: given.period, unit: '{species}', n: species.length - unlisted } as const;
        const beside = noteOf(
          unlisted > 0 ? note('species-unlisted', unlisted) : null,
          zone !== SITE && given.undecided > 0 ? note('species-undecided', given.undecided) : null,
        );
        // Without one species on the list, zero would be the ignorance of the list.
        const value = unlisted === species.length ? null : threatened.length;
        return [
          figure({ ...about, value, note: beside }),
          ...(value === null
            ? []
            : order.map((code) =>
                figure({
                  ...about,
                  class: code,
                  value: threatened.filter((one) => threatCode(one) === code).length,
                  note: beside,
                }),
              )),
        ];
      });
  },
};
