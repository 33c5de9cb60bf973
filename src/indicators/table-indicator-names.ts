/** Names of the indicators that are computed of a table, apart from them so that help is printed without loading any. */
export const tableIndicatorNames: readonly string[] = [
  'biodiversity-finance',
  'education-mainstreaming',
  'parity-index',
  'red-list-index',
  'renewable-capacity-per-person',
  'technical-cooperation',
  'technology-finance',
  'transboundary-arrangement',
  'water-stress',
  'water-use-efficiency',
];
