/** How the parts of an ecological network look on every map: told apart by shape as much as by colour. */
export const networkStyle = {
  /** Cores of other reserves, greyer than the reserve's own. */
  neighbour: '#b9c4be',
  /** Corridors that would add most: a broad band. */
  band: '#e08214',
  /** Weak links: a dashed line. */
  link: '#1d3f8f',
} as const;
