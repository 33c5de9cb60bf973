import type { MapLayer } from '../../src/formats/layer.ts';

/** The rings of a polygon feature of a layer, or its parts where it is a multipolygon; empty where there is none. */
export function ringsOf<T = number[][]>(layer: MapLayer | undefined, index = 0): T[] {
  const geometry = layer?.features[index]?.geometry;
  return (geometry?.coordinates ?? []) as unknown as T[];
}
