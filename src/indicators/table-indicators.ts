/** Every indicator that is computed of a table or of the sums of a dossier, by its name. */
import { beforeAfterOfTable } from './before-after-effect.ts';
import { biodiversityFinance } from './biodiversity-finance.ts';
import { educationMainstreaming } from './education-mainstreaming.ts';
import { exposedBedOfTable } from './exposed-bed.ts';
import { parityIndexOfTable } from './parity-index.ts';
import { redListIndexOfTable } from './red-list-index.ts';
import { renewableCapacityPerPerson } from './renewable-capacity-per-person.ts';
import type { TableIndicator } from './table-indicator.ts';
import { livingPlanetOfTable, occupancyOfTable } from './table-living.ts';
import { populationTrendOfTable, speciesIndexOfTable } from './table-population.ts';
import { technicalCooperation } from './technical-cooperation.ts';
import { technologyFinance } from './technology-finance.ts';
import { transboundaryArrangement } from './transboundary-arrangement.ts';
import { waterStress } from './water-stress.ts';
import { waterUseEfficiency } from './water-use-efficiency.ts';

export const tableIndicators: readonly TableIndicator[] = [
  beforeAfterOfTable,
  biodiversityFinance,
  educationMainstreaming,
  livingPlanetOfTable,
  occupancyOfTable,
  exposedBedOfTable,
  parityIndexOfTable,
  populationTrendOfTable,
  redListIndexOfTable,
  renewableCapacityPerPerson,
  speciesIndexOfTable,
  technicalCooperation,
  technologyFinance,
  transboundaryArrangement,
  waterStress,
  waterUseEfficiency,
];
