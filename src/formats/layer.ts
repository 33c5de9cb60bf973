/**
 * What every reader of maps gives back: features as they stood in the file, in WGS 84.
 */
import type { Geometry } from '../types.ts';

export interface MapFeature {
  /** Place in its layer, 1 for the first. */
  index: number;
  geometry: Geometry | null;
  properties: Record<string, string | number | boolean | null>;
}

/** Something a reader assumed or left out, to be shown: a key under `notes` of the catalogues with its values. */
export interface ReadingNote {
  code: string;
  details: Record<string, string | number>;
}

export interface MapLayer {
  /** File and, where the file holds several, layer: `zones.gpkg/core`. */
  name: string;
  features: MapFeature[];
  /** The coordinate reference system the file was in, as it names it; coordinates here are lon, lat on WGS 84. */
  crs: string;
  notes: ReadingNote[];
  /** Features left out (no polygon, say), counted and explained in `notes`. */
  skipped: number;
}
