/** A picture as the dossier keeps it: beside the nouns of `types.ts`. */
import type { Id, Period } from '../types.ts';

/** A class of a picture: what its code stands for, and how it is drawn. */
export interface PictureClass {
  /** From 1; 0 in a picture is ground without any. */
  code: number;
  /** A class of a legend, `unccd:3`, or a word of our own. */
  class: string;
  /** `#rrggbb` */
  color: string;
  /** Drawn with hatching: what is not certain. */
  hatch: boolean;
  /** Part of the area of all zones, from the pixels themselves, 0-1; `null` where it was not counted. */
  share: number | null;
}

/**
 * An indicator on the ground: codes on a grid of longitudes and latitudes, coarse enough to be kept, in rows from the north
 * and columns from the west.
 */
export interface Picture {
  id: Id;
  site: Id;
  run: Id;
  indicator: Id;
  /** What it shows; one picture of a name for a run. */
  name: string;
  period: Period | null;
  width: number;
  height: number;
  /** Outer edges [deg]; east lies beyond 180 where the picture crosses the antimeridian. */
  west: number;
  south: number;
  east: number;
  north: number;
  classes: PictureClass[];
  /** So many pixels of the raster, along each side, one cell stands for. */
  step: number;
  /** The class that covers most of a cell, or that of the pixel nearest to its middle. */
  take: 'most' | 'nearest';
  /** `width × height` codes, a byte each, deflated (RFC 1950). */
  codes: Uint8Array;
}
