/**
 * Whether a map needs no repair, told in a fraction of the time that repair takes: the fast way for maps of millions of
 * vertices.
 *
 *     const map = await soundMap(zones, REPAIR_TOLERANCE);
 *     if (map === null) ({ zones } = await repairZones(zones));     // something is amiss, or cannot be told here
 *     const topology = map === null ? await zoneTopology(zones) : await soundTopology(zones, map);
 *
 * A map is sound when `repairZones` would change nothing and ask nothing. It is checked step by step, the cheap steps
 * first, and left to repair at the first doubt: vertices numbered (`vertex-table.ts`), edges matched and the angles
 * at vertices compared (`shared-edges.ts`), crossings looked for (`monotone-chains.ts`), open ground walked
 * (`open-ground.ts`), and sizes and gaps compared with the tolerance (`sound-rings.ts`, `sound-inlets.ts`).
 * All but the last is linear in the vertices but for the search tree, and takes about 100 bytes for each.
 */
import type { Id, MultiPolygon, ZoneKind } from '../types.ts';
import { cross, monotoneChains } from './monotone-chains.ts';
import { openGround } from './open-ground.ts';
import { outerBorder } from './outer-border.ts';
import type { RepairTolerance } from './repair-tolerance.ts';
import { sharedEdges } from './shared-edges.ts';
import { hasNoInlets } from './sound-inlets.ts';
import { areGapsMeant, arePartsWide, areRingsSound, ringSizes } from './sound-rings.ts';
import { vertexTable } from './vertex-table.ts';

/** Which edges the zones share; edges are numbered as the positions that they begin at, ring after ring. */
export interface SoundMap {
  /** By edge: the edge of another zone that runs back along it, -1 for open ground; nothing of meaning at closing positions. */
  twin: Int32Array;
  /** First position of each ring, and the number of all at the end. */
  starts: Int32Array;
  /** Ring by position, and polygon by ring: parts of the first zone, then those of the second. */
  ringOf: Int32Array;
  polygonOf: Int32Array;
}

/**
 * The map's shared edges where it is certainly sound; `null` where repair has something to do or to ask, and in a few
 * doubtful cases. A map that crosses the antimeridian or comes within one degree of a pole is left to repair.
 * @param zones as for `repairZones`
 * @param options.signal looked at between steps, each under a microsecond for a vertex
 */
export async function soundMap(
  zones: { id: Id; kind: ZoneKind; geometry: MultiPolygon }[],
  tolerance: RepairTolerance,
  { signal }: { signal?: AbortSignal } = {},
): Promise<SoundMap | null> {
  if (new Set(zones.map(({ id }) => id)).size < zones.length) return null;
  if (zones.some(({ geometry }) => geometry.coordinates.length === 0)) return null;
  const table = vertexTable(zones);
  if (table === null || table.box[2] - table.box[0] > HALF_TURN) return null;
  const sizes = ringSizes(table);
  if (sizes === null || !areRingsSound(table, sizes, tolerance) || !arePartsWide(zones, table, sizes, tolerance)) return null;
  signal?.throwIfAborted();
  const shared = sharedEdges(table);
  if (shared === null) return null;
  signal?.throwIfAborted();
  const chains = monotoneChains(table, shared.twin);
  if (cross(table, chains)) return null;
  signal?.throwIfAborted();
  const ground = openGround(table, shared, chains);
  if (ground === null || !areGapsMeant(table, shared, ground, sizes, tolerance)) return null;
  const border = outerBorder(table, shared, ground);
  signal?.throwIfAborted();
  if (border !== null && !(await hasNoInlets(zones, table, border, tolerance))) return null;
  return { twin: shared.twin, starts: table.starts, ringOf: table.ringOf, polygonOf: table.polygonOf };
}

/** A map wider than this is taken as one across the antimeridian (`unwrapped.ts`) [deg]. */
const HALF_TURN = 180;
