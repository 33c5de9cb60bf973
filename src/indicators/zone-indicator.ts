/**
 * An indicator that needs nothing but the zone's geometry.
 */
import type { Id, MultiPolygon } from '../types.ts';

export interface ZoneIndicator {
  /** Its row in `data/indicators.csv`. */
  id: Id;
  /** The published method, as `docs/methods/<id>.md` cites it. */
  method: string;
  /** Raised whenever the same input would give another value. */
  version: number;
  /** UCUM code of the value. */
  unit: string;
  compute(geometry: MultiPolygon): number;
}
