/**
 * Places that must not become known, made coarser: Chapman, A. D. (2020), Current Best Practices for Generalizing Sensitive
 * Species Occurrence Data, GBIF Secretariat, doi:10.15468/doc-5jp4-5g10, chapter 4 (categories 1-4 and their grids in degrees).
 *
 *     generalised([76.9527, 43.2389], 2)   // { place: [76.95, 43.25], gridDeg: 0.1, uncertaintyM: … }
 */

/** From 1, whose place is withheld, over grids of 0.1° and 0.01° to 4, one of 0.001°. */
export type Sensitivity = 1 | 2 | 3 | 4;

const PER_DEGREE: Record<Sensitivity, number | null> = { 1: null, 2: 10, 3: 100, 4: 1000 };

/** Metres of a degree of latitude at the pole, where it is longest (WGS 84). */
const DEGREE_M = 111_694;

export interface Generalised {
  /** The middle of the cell of the grid [deg]. */
  place: [lon: number, lat: number];
  /** Side of a cell [deg]. */
  gridDeg: number;
  /** No point of the cell is farther from its middle [m]. */
  uncertaintyM: number;
}

/** The cell that a place lies in; `null` where the place is withheld. Places of one cell cannot be told apart. */
export function generalised([lon, lat]: readonly [lon: number, lat: number], sensitivity: Sensitivity): Generalised | null {
  const perDegree = PER_DEGREE[sensitivity];
  if (perDegree === null) return null;
  const middle = (value: number, limit: number): number => {
    const cell = Math.min(Math.max(Math.floor(value * perDegree), -limit * perDegree), limit * perDegree - 1);
    return (cell + 0.5) / perDegree;
  };
  const place: [number, number] = [middle(lon, 180), middle(lat, 90)];
  const half = 0.5 / perDegree;
  const nearEquator = Math.max(0, Math.abs(place[1]) - half) * (Math.PI / 180);
  const uncertaintyM = Math.ceil(DEGREE_M * Math.hypot(half, half * Math.cos(nearEquator)));
  return { place, gridDeg: 1 / perDegree, uncertaintyM };
}
