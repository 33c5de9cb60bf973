/**
 * Which part of the earth a location map shows: the country around the reserve, without its far islands.
 */
import type { Position } from '../types.ts';
import type { Base } from './map-base.ts';

const RADIANS = Math.PI / 180;
const EARTH_KM = 6371;

/** Parts of a country this far from all others are left out, as Hawaii beside the states on the continent [km]. */
const APART = 600;

/** So many positions stand for the outline of a part when distances are taken. */
const SAMPLES = 48;

type Vector = [number, number, number];

/** Outer rings of the parts of `codes` that hang together, by sea or land, with the part nearest to `near`; none for unknown codes. */
export function countryRings({ countries, lines }: Base, codes: string[], near: Position): Position[][] {
  const rings = countries
    .filter(({ code }) => code !== null && codes.includes(code))
    .flatMap(({ polygons }) => polygons.map(([outer = []]) => outer.flatMap((number) => lineOf(lines, number))));
  const parts = rings.map((ring) => ({ ring, sample: sampleOf(ring) }));
  const to = [vector(near)];
  const first = parts.toSorted((a, b) => distance(a.sample, to) - distance(b.sample, to))[0];
  if (first === undefined) return [];
  const found = [first];
  let rest = parts.filter((part) => part !== first);
  for (const part of found) {
    const close = rest.filter(({ sample }) => distance(sample, part.sample) <= APART);
    rest = rest.filter((other) => !close.includes(other));
    found.push(...close);
  }
  return found.map(({ ring }) => ring);
}

function lineOf(lines: Position[][], number: number): Position[] {
  return number < 0 ? (lines[~number] ?? []).toReversed() : (lines[number] ?? []);
}

function sampleOf(ring: Position[]): Vector[] {
  const every = Math.max(1, Math.floor(ring.length / SAMPLES));
  return ring.filter((_, i) => i % every === 0).map(vector);
}

function vector([lon, lat]: Position): Vector {
  const axis = Math.cos(lat * RADIANS);
  return [axis * Math.cos(lon * RADIANS), axis * Math.sin(lon * RADIANS), Math.sin(lat * RADIANS)];
}

/** Of the nearest two positions of both, on a sphere [km]. */
function distance(a: Vector[], b: Vector[]): number {
  let most = -1;
  for (const [x, y, z] of a) for (const [u, v, w] of b) most = Math.max(most, x * u + y * v + z * w);
  return Math.acos(Math.min(1, most)) * EARTH_KM;
}
