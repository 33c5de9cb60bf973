/**
 * An indicator of sources of several kinds: rasters that need not lie on one grid, maps of lines, maps or tables of places.
 *
 * What is read is asked for by input: means of zones, distributions for gradients, lengths, places. Who answers reads no more
 * than that, so an indicator says what figures mean and nothing of files.
 */
import type { PressureZone } from '../science/pressure.ts';
import type { Id, Period, ZoneKind } from '../types.ts';
import type { Figure } from './raster-indicator.ts';

/** As the zone of a figure: the whole site. */
export const SITE = -1;
/** As the period of a figure: nobody said what time it is of. */
export const UNDATED: Period = { start: '', end: '' };

export interface SourceInput {
  name: string;
  /** Rasters; a map of lines; a map of points or polygons, or a table with coordinates. */
  kind: 'raster' | 'lines' | 'places';
}

export interface SourceZone {
  id: Id;
  kind: ZoneKind;
  /** Geodesic [m2]. */
  area: number;
  /** Of the middle of its extent [deg]. */
  latitude: number;
}

/** A band of a raster. */
export interface SourceLayer {
  file: string;
  /** 1 for the first. */
  band: number;
  unit: string | null;
  /** `null` where neither file nor table says it. */
  date: Period | null;
}

/** What a zone has of a layer. */
export interface ZoneOfLayer {
  /** Weighted by area on the ellipsoid; `null` where nothing is known. */
  mean: number | null;
  /** Of cell values times the part of each cell inside; `null` where nothing is known, or it was not asked for. */
  sum: number | null;
  /** With a value [m2]. */
  area: number;
  /** Part of the zone with a value, 0-1. */
  known: number;
}

export interface MeansOfLayer {
  layer: SourceLayer;
  zones: ZoneOfLayer[];
}

/** How values of a layer are put into bins. */
export interface PressureReading {
  /** Values that count as 1, all others as 0; `null` where values are amounts. */
  codes: readonly number[] | null;
  edges: Float64Array;
}

export interface PressureOfLayer {
  layer: SourceLayer;
  zones: PressureZone[];
}

/** Lines of a map. */
export interface LinesOfZones {
  /** Within each zone [m]. */
  lengths: Float64Array;
  /** Length by area of cells [km/km2] of each zone. */
  zones: PressureZone[];
}

export interface Place {
  name: string | null;
  /** `null` where the map or table does not say. */
  people: number | null;
  /** Part of it in each zone, 0-1: for points 0 or 1. */
  parts: readonly number[];
}

export interface PlacesOfZones {
  places: Place[];
  /** Rows or features that have no position. */
  skipped: number;
}

/** What an indicator is asked to compute from. */
export interface SourceGiven {
  zones: readonly SourceZone[];
  params: Record<string, string>;
  /** Whether an input was given. */
  has(input: string): boolean;
  /** Layers by date, the undated ones first. */
  means(input: string, options?: { sums?: boolean }): Promise<MeansOfLayer[]>;
  /** @param reading asked for each layer before any is read */
  pressure(input: string, reading: (layer: SourceLayer) => PressureReading): Promise<PressureOfLayer[]>;
  /** @param cell side of the cells that lengths are compared by [m] */
  lines(input: string, options: { cell: number; edges: Float64Array }): Promise<LinesOfZones>;
  /** @param fields names of the columns where the usual ones do not do; empty for these */
  places(input: string, fields: { name: string; people: string }): Promise<PlacesOfZones>;
}

export interface SourceIndicator {
  /** As `--indicator` names it; its page is docs/methods/<id>.md. */
  id: Id;
  /** The row of `data/indicators.csv` that its runs are of. */
  leads: Id;
  method: string;
  /** Raised whenever the same input would give another value. */
  version: number;
  inputs: readonly SourceInput[];
  /** Parameters with their defaults; those in the dossier's run are always all of them. */
  params: Record<string, string>;
  /** Figures; `zone` may be `SITE`, `period` `UNDATED`. */
  compute(given: SourceGiven): Promise<Figure[]>;
}
