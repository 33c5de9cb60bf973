/**
 * The base map that ships with Saryarka: countries, lakes, rivers and disputed boundaries of Natural Earth 1:50m.
 *
 *     const { countries, lines } = readBasemap();   // countries[0] is { code: 'KZ', polygons: [[[12, ~7]]] }
 *
 * It stays cut into lines, as in TopoJSON (Bostock and Carter 2013, https://github.com/topojson/topojson-specification):
 * a border that two countries share is one line, so that it is drawn, and made lighter, once.
 */
import type { Position } from '../types.ts';
import { readShipped } from './source-node.ts';

/** A ring or line: numbers of lines one after another; `~n` is line n backwards. */
export type LineNumbers = number[];

export interface Basemap {
  lines: Position[][];
  /** `code`: ISO 3166-1 alpha-2, `null` for territories without one. */
  countries: { code: string | null; polygons: LineNumbers[][] }[];
  lakes: LineNumbers[][];
  rivers: LineNumbers[];
  /** Boundaries that somebody claims otherwise; they lie on borders or apart from them. */
  disputed: LineNumbers[];
}

interface Topology {
  transform: { scale: [number, number]; translate: [number, number] };
  arcs: [number, number][][];
  objects: Record<'countries' | 'lakes', { geometries: { id?: string; arcs: number[][][] }[] }> &
    Record<'rivers' | 'disputed', { geometries: { arcs: number[][] }[] }>;
}

let basemap: Basemap | undefined;

/** The base map; read once. */
export function readBasemap(): Basemap {
  basemap ??= decoded(JSON.parse(readShipped('data', 'basemap', 'world-50m.json')) as Topology);
  return basemap;
}

function decoded({ transform, arcs, objects }: Topology): Basemap {
  const { scale, translate } = transform;
  return {
    lines: arcs.map((arc) => {
      let [x, y] = [0, 0];
      return arc.map(([dx, dy]): Position => {
        [x, y] = [x + dx, y + dy];
        return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
      });
    }),
    countries: objects.countries.geometries.map(({ id, arcs }) => ({ code: id ?? null, polygons: arcs })),
    lakes: objects.lakes.geometries.flatMap(({ arcs }) => arcs),
    rivers: objects.rivers.geometries.flatMap(({ arcs }) => arcs),
    disputed: objects.disputed.geometries.flatMap(({ arcs }) => arcs),
  };
}
