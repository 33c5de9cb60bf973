/** Names of the indicators that are computed of a table, apart from them so that help is printed without loading any. */
export const tableIndicatorNames: readonly string[] = [
  'before-after-effect',
  'biodiversity-finance',
  'education-mainstreaming',
  'living-planet-index',
  'occupancy',
  'exposed-bed',
  'parity-index',
  'population-trend',
  'red-list-index',
  'renewable-capacity-per-person',
  'species-index',
  'technical-cooperation',
  'technology-finance',
  'transboundary-arrangement',
  'water-stress',
  'water-use-efficiency',
];
