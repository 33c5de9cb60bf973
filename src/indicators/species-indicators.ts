/** The indicators of species records, which are computed of the occurrences in a dossier. */

import { invasiveSpecies } from './invasive-species.ts';
import { inventoryCompleteness } from './inventory-completeness.ts';
import { speciesDiversity } from './species-diversity.ts';
import type { SpeciesIndicator } from './species-records.ts';
import { speciesRichness } from './species-richness.ts';
import { threatenedSpecies } from './threatened-species.ts';

export const speciesIndicators: readonly SpeciesIndicator[] = [
  inventoryCompleteness,
  invasiveSpecies,
  speciesDiversity,
  speciesRichness,
  threatenedSpecies,
];

/** The indicator `id`, or `null`. */
export const speciesIndicator = (id: string): SpeciesIndicator | null => speciesIndicators.find((one) => one.id === id) ?? null;
