/** Places: GeoJSON geometries (RFC 7946), lon, lat on WGS 84 [deg]. */

/** Longitude and latitude on WGS 84 [deg]. */
export type Position = [lon: number, lat: number];

/** A closed ring: the last position repeats the first. */
export type Ring = Position[];

/** Outer ring first, then its holes. */
export type PolygonRings = Ring[];

export interface Point {
  type: 'Point';
  coordinates: Position;
}

export interface LineString {
  type: 'LineString';
  coordinates: Position[];
}

export interface Polygon {
  type: 'Polygon';
  coordinates: PolygonRings;
}

export interface MultiPolygon {
  type: 'MultiPolygon';
  coordinates: PolygonRings[];
}

/** The GeoJSON geometries (RFC 7946) that Saryarka speaks. */
export type Geometry = Point | LineString | Polygon | MultiPolygon;

/** West, south, east, north [deg]; west is greater than east where the extent crosses the antimeridian. */
export type Extent = [west: number, south: number, east: number, north: number];
