import geodesic from 'geographiclib-geodesic';
import { describe, expect, it } from 'vitest';
import { placeLayer } from '../../src/formats/place.ts';
import type { FoundLayer } from '../../src/formats/shape.ts';
import type { Position } from '../../src/types.ts';
import { problemOf } from './expect-problem.ts';

function layer(rings: Position[][], crs: string | null): FoundLayer {
  const features = rings.map((ring, i) => ({
    index: i + 1,
    shape: { polygons: [[ring]], lines: [], points: [] },
    properties: {},
  }));
  return { name: 'zones.shp', features, crs, notes: [], skipped: 0 };
}
function box(x: number, y: number, width: number, height = width): Position[] {
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
    [x, y],
  ];
}
function ringsOf(found: ReturnType<typeof placeLayer>): Position[][] {
  return found.features.flatMap(({ geometry }) => (geometry?.type === 'Polygon' ? geometry.coordinates : []));
}
const codes = (found: ReturnType<typeof placeLayer>) => found.notes.map(({ code }) => code);
/** Geodesic area [m²], by GeographicLib. */
function area(ring: Position[]): number {
  const polygon = geodesic.Geodesic.WGS84.Polygon(false);
  for (const [lon, lat] of ring.slice(0, -1)) polygon.AddPoint(lat, lon);
  return Math.abs(polygon.Compute(false, true).area ?? Number.NaN);
}

describe('place: no coordinate reference system', () => {
  it('degrees are recognised and said', () => {
    const placed = placeLayer(layer([box(69, 50, 1)], null));
    expect(codes(placed)).toEqual(['crs-assumed-degrees']);
    expect(ringsOf(placed)[0]?.[0]).toEqual([69, 50]);
  });
  it('projected coordinates are refused with the choices', async () => {
    const problem = await problemOf(() => placeLayer(layer([box(13_300_000, 5_600_000, 1000)], null)));
    expect(problem.code).toBe('crs-missing');
    expect(problem.message).toContain('--crs EPSG:28413');
  });
  it('with a choice they are read', () => {
    const placed = placeLayer(layer([box(13_300_000, 5_600_000, 1000)], null), { crs: 'EPSG:28413' });
    expect(ringsOf(placed)[0]?.[0]?.[0]).toBeCloseTo(72.18, 2);
    expect(codes(placed)).toEqual(['crs-datum-shift']);
  });
});

describe('place: swapped axes', () => {
  it('latitudes above 90 are certain', () => {
    const placed = placeLayer(layer([box(50, 100, 1)], 'EPSG:4326'));
    expect(codes(placed)).toEqual(['crs-axes-swapped']);
    expect(ringsOf(placed)[0]?.[0]).toEqual([100, 50]);
  });
  it('northings before eastings of a zone are certain', () => {
    const swapped = box(13_300_000, 5_600_000, 1000).map(([x, y]): Position => [y, x]);
    const placed = placeLayer(layer([swapped], 'EPSG:28413'));
    expect(codes(placed)).toEqual(['crs-datum-shift', 'crs-axes-swapped']);
    expect(ringsOf(placed)[0]?.[0]?.[0]).toBeCloseTo(72.18, 2);
  });
  it('where both readings lie on Earth, the place of the site tells', () => {
    const swapped = () => layer([box(50, 69, 1)], 'EPSG:4326');
    expect(codes(placeLayer(swapped()))).toEqual([]);
    expect(codes(placeLayer(swapped(), { near: [68, 49, 71, 51] }))).toEqual(['crs-axes-swapped-near']);
    expect(codes(placeLayer(swapped(), { near: [48, 68, 52, 71] }))).toEqual([]);
    expect(codes(placeLayer(swapped(), { near: [100, 0, 110, 10] }))).toEqual(['map-far-from-site']);
  });
});

describe('place: a system that the coordinates contradict', () => {
  it.each([
    ['metres called degrees', box(500_000, 5_600_000, 100), 'EPSG:4326', 'EPSG:32642'],
    ['degrees called metres', box(69, 50, 1), 'EPSG:32642', 'EPSG:4326'],
    ['another zone than the one named', box(12_400_000, 5_600_000, 100), 'EPSG:28413', 'EPSG:28412'],
    ['a zone number that the system has not', box(13_400_000, 5_600_000, 100), 'EPSG:2503', 'EPSG:28413'],
  ])('%s is refused, naming the likely one', async (_, ring, crs, choice) => {
    const problem = await problemOf(() => placeLayer(layer([ring], crs)));
    expect(problem.code).toBe('crs-contradicted');
    expect(problem.message).toContain(choice);
  });
  it.each([Number.NaN, Infinity, -1.7976931348623157e308])('a coordinate of %s names its feature', async (x) => {
    const problem = await problemOf(() =>
      placeLayer(
        layer(
          [
            box(1, 1, 1),
            [
              [x, 1],
              [2, 2],
              [3, 3],
              [x, 1],
            ],
          ],
          'EPSG:4326',
        ),
      ),
    );
    expect(problem.code).toBe('map-coordinate');
    expect(problem.details.feature).toBe('2');
  });
});

describe('place: antimeridian and poles', () => {
  it('a box across 180 keeps its area, however it is written', () => {
    const whole = area(box(179, 65, 2));
    for (const ring of [
      box(179, 65, 2),
      [
        [179, 65],
        [-179, 65],
        [-179, 67],
        [179, 67],
        [179, 65],
      ] as Position[],
    ]) {
      const [placed] = ringsOf(placeLayer(layer([ring], 'EPSG:4326')));
      expect(area(placed ?? [])).toBeCloseTo(whole, 0);
      expect(Math.max(...(placed ?? []).map(([lon]) => lon)) - Math.min(...(placed ?? []).map(([lon]) => lon))).toBeCloseTo(2);
    }
  });
  it('zones split at 180 stand side by side again, in one turn for the whole layer', () => {
    const rings = ringsOf(placeLayer(layer([box(178, 65, 2), box(-180, 65, 2), box(-178, 65, 1)], 'EPSG:4326')));
    expect(rings.map((ring) => ring[0]?.[0])).toEqual([178, 180, 182]);
  });
  it('a whole world stays a world', () => {
    const [ring] = ringsOf(placeLayer(layer([box(-180, -90, 360, 180)], 'EPSG:4326')));
    expect(ring).toEqual(box(-180, -90, 360, 180));
  });
  it('a cap around a pole in a polar projection keeps its area', () => {
    // a circle of 1,000 km around the pole in the Lambert azimuthal equal-area projection: areas are true by definition
    const n = 720;
    const circle = Array.from(
      { length: n + 1 },
      (_, i): Position => [1e6 * Math.cos((2 * Math.PI * (i % n)) / n), 1e6 * Math.sin((2 * Math.PI * (i % n)) / n)],
    );
    const placed = placeLayer(layer([circle], 'EPSG:6931'));
    expect(codes(placed)).toEqual(['map-around-pole']);
    const [ring] = ringsOf(placed);
    const longitudes = (ring ?? []).map(([lon]) => lon);
    expect(Math.max(...longitudes) - Math.min(...longitudes)).toBeCloseTo(360, 9);
    const plane = (n / 2) * 1e12 * Math.sin((2 * Math.PI) / n);
    // shoelace in equal-area cylindrical coordinates: lon and authalic sine, the ring taken as drawn on the flat map
    expect(Math.abs(authalicArea(ring ?? []) - plane) / plane).toBeLessThan(1e-4);
  });
  it('Chukotka in Albers comes out whole', () => {
    const placed = placeLayer(layer([box(4_000_000, 4_900_000, 800_000)], 'ESRI:102025'));
    const [ring] = ringsOf(placed);
    for (let i = 1; i < (ring ?? []).length; i++)
      expect(Math.abs((ring?.[i]?.[0] ?? 0) - (ring?.[i - 1]?.[0] ?? 0))).toBeLessThan(180);
  });
});

/** Area of a ring drawn straight between longitudes and latitudes on the flat map [m²]. */
function authalicArea(ring: Position[]): number {
  const [a, e2] = [6_378_137, 0.0066943799901413165];
  const e = Math.sqrt(e2);
  const q = (lat: number) => {
    const s = Math.sin((lat * Math.PI) / 180);
    return (1 - e2) * (s / (1 - e2 * s * s) + Math.atanh(e * s) / e);
  };
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [[x0, y0], [x1, y1]] = [ring[i - 1] as Position, ring[i] as Position];
    sum += (((x1 - x0) * Math.PI) / 180) * ((q(y0) + q(y1)) / 2);
  }
  return Math.abs((sum * a * a) / 2);
}
