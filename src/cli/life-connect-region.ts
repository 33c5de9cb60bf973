/** ProtConn of a region for `saryarka life connect patches|reserve --region`: patches made one where they touch, those beyond the border apart. */
import { openMap } from '../formats/open.ts';
import { digestOf, readMapFiles } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import { geodesicArea } from '../science/areas.ts';
import { type HabitatNetwork, habitatNetwork } from '../science/habitat-network.ts';
import { patchDistances } from '../science/habitat-network-distances.ts';
import { type ProtectedConnectivity, protectedConnectivity } from '../science/protected-connectivity.ts';
import type { PolygonRings } from '../types.ts';
import { geometryEngine } from '../zonation/geometry-engine.ts';
import type { NetworkOptions, ReadPatches } from './life-connect-network.ts';

const M2_IN_HA = 10_000;

/** Patches as a region sees them: made one where they touch, with what of each lies inside. */
export interface RegionNetwork {
  network: HabitatNetwork;
  /** [ha] */
  regionArea: number;
  /** Whether a patch lies wholly outside. */
  transboundary: boolean[];
  /** Areas inside of patches as they were given [ha]. */
  designated: number[];
  /** SHA-256 of the region's files. */
  digest: string;
}

/**
 * A patch across the border counts with what lies inside; one wholly outside lets pass.
 * @throws Problem `patches-none` where patches have no polygons or the region is none; `region-too-small`
 */
export async function regionNetwork(
  path: string,
  { file, patches }: ReadPatches,
  { limit = Infinity }: NetworkOptions,
): Promise<RegionNetwork> {
  const engine = await geometryEngine();
  const files = readMapFiles(path);
  const layers = await openMap(files);
  const region = engine.dissolve(layers.flatMap(({ features }) => features.flatMap(({ geometry }) => polygonsIn(geometry))));
  if (region.length === 0) throw new Problem('patches-none', { file: path });
  const given = patches.map(({ geometry }) => polygonsIn(geometry));
  if (given.some((polygons) => polygons.length === 0)) throw new Problem('patches-none', { file });
  const area = (polygons: PolygonRings[]): number =>
    polygons.length === 0 ? 0 : geodesicArea({ type: 'MultiPolygon', coordinates: polygons }) / M2_IN_HA;
  const inside = (polygons: PolygonRings[]): number => area(engine.intersection(polygons, region));
  const whole = engine.dissolve(given.flat());
  const areas = whole.map((polygon) => inside([polygon]));
  const links = patchDistances(
    whole.map((polygon) => ({ type: 'Polygon', coordinates: polygon })),
    { limit },
  );
  const regionArea = area(region);
  const found = areas.reduce((sum, own) => sum + own, 0);
  if (found > regionArea * (1 + 1e-9)) throw new Problem('region-too-small', { file: path, region: regionArea, found });
  const designated = given.map(inside).filter((own) => own > 0);
  return {
    network: habitatNetwork(areas, links),
    regionArea,
    transboundary: areas.map((own) => own === 0),
    designated: designated.length === 0 ? areas : designated,
    digest: digestOf(files.map((one) => one.digest).join()),
  };
}

/** ProtConn of a region for one distance. */
export function protectedIn(
  { network, regionArea, transboundary, designated }: RegionNetwork,
  scale: { distance: number; probability: number },
): ProtectedConnectivity {
  return protectedConnectivity(network, { regionArea, ...scale, transboundary, designated });
}

/** Both at once. @throws Problem as `regionNetwork` */
export async function ofRegion(
  path: string,
  patches: ReadPatches,
  scale: { distance: number; probability: number },
  options: NetworkOptions,
): Promise<ProtectedConnectivity> {
  return protectedIn(await regionNetwork(path, patches, options), scale);
}

function polygonsIn(geometry: ReadPatches['patches'][number]['geometry'] | { type: string } | null): PolygonRings[] {
  if (geometry === null) return [];
  if (geometry.type === 'Polygon') return [(geometry as { coordinates: PolygonRings }).coordinates];
  return geometry.type === 'MultiPolygon' ? (geometry as { coordinates: PolygonRings[] }).coordinates : [];
}
