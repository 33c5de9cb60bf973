/** ProtConn of a region for `saryarka life connect patches --region`: patches made one where they touch, those beyond the border apart. */
import { openMap } from '../formats/open.ts';
import { readMapFiles } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import { geodesicArea } from '../science/areas.ts';
import { habitatNetwork } from '../science/habitat-network.ts';
import { patchDistances } from '../science/habitat-network-distances.ts';
import { type ProtectedConnectivity, protectedConnectivity } from '../science/protected-connectivity.ts';
import type { PolygonRings } from '../types.ts';
import { geometryEngine } from '../zonation/geometry-engine.ts';
import type { NetworkOptions, ReadPatches } from './life-connect-network.ts';

const M2_IN_HA = 10_000;

/**
 * A patch across the border counts with what lies inside; one wholly outside lets pass.
 * @throws Problem `patches-none` where patches have no polygons or the region is none; `region-too-small`
 */
export async function ofRegion(
  path: string,
  { file, patches }: ReadPatches,
  { distance, probability }: { distance: number; probability: number },
  { limit = Infinity }: NetworkOptions,
): Promise<ProtectedConnectivity> {
  const engine = await geometryEngine();
  const layers = await openMap(readMapFiles(path));
  const region = engine.dissolve(layers.flatMap(({ features }) => features.flatMap(({ geometry }) => polygonsIn(geometry))));
  if (region.length === 0) throw new Problem('patches-none', { file: path });
  const given = patches.map(({ geometry }) => polygonsIn(geometry));
  if (given.some((polygons) => polygons.length === 0)) throw new Problem('patches-none', { file });
  const area = (polygons: PolygonRings[]): number =>
    polygons.length === 0 ? 0 : geodesicArea({ type: 'MultiPolygon', coordinates: polygons }) / M2_IN_HA;
  const inside = (polygons: PolygonRings[]): number => area(engine.intersection(polygons, region));
  const whole = engine.dissolve(given.flat());
  const areas = whole.map((polygon) => inside([polygon]));
  const transboundary = areas.map((own) => own === 0);
  const links = patchDistances(
    whole.map((polygon) => ({ type: 'Polygon', coordinates: polygon })),
    { limit },
  );
  const regionArea = area(region);
  const found = areas.reduce((sum, own) => sum + own, 0);
  if (found > regionArea * (1 + 1e-9)) throw new Problem('region-too-small', { file: path, region: regionArea, found });
  const designated = given.map(inside).filter((own) => own > 0);
  return protectedConnectivity(habitatNetwork(areas, links), {
    regionArea,
    distance,
    probability,
    transboundary,
    designated: designated.length === 0 ? areas : designated,
  });
}

function polygonsIn(geometry: ReadPatches['patches'][number]['geometry'] | { type: string } | null): PolygonRings[] {
  if (geometry === null) return [];
  if (geometry.type === 'Polygon') return [(geometry as { coordinates: PolygonRings }).coordinates];
  return geometry.type === 'MultiPolygon' ? (geometry as { coordinates: PolygonRings[] }).coordinates : [];
}
