/**
 * The cores of a reserve and of those around it as one network, and what is said of it: how connected the reserve's own cores are
 * (equivalent connected area, docs/methods/connectivity.md), and how much of the reserve is protected and connected, the cores of
 * others letting pass (ProtConn, Saura et al. 2018, doi 10.1016/j.biocon.2017.12.020).
 *
 *     const network = coreNetwork(own, others, { within: 100_000 });
 *     connectivityRuns({ site, zones, network }, { distance: 10_000, within: 100_000 })   // [{ run, observations }, …]
 *
 * Reading the cores of a dossier is `store/reserve-cores.ts`.
 */
import { digestOf } from '../formats/source-node.ts';
import { CONNECTIVITY, connectivityFigures } from '../indicators/connectivity.ts';
import { PROTECTED_CONNECTIVITY, protectedFigures } from '../indicators/protected-connectivity.ts';
import type { TableFigure } from '../indicators/table-indicator.ts';
import type { CorridorPatch } from '../plans/corridors.ts';
import { geodesicArea } from '../science/areas.ts';
import { type PlacedLink, patchDistances } from '../science/habitat-network-distances.ts';
import type { DrawnZone, Id, Observation, Polygon, Run } from '../types.ts';
import { geometryDigest } from './compute.ts';
import { zoneHref } from './compute-rasters.ts';
import { newRun } from './new-run.ts';

/** A polygon of a core area: a patch of the network. */
export interface ReserveCore extends CorridorPatch {
  geometry: Polygon;
}

export interface CoreNetwork {
  /** Those of the reserve first, then those of others that have a link to one of them. */
  patches: readonly ReserveCore[];
  links: readonly PlacedLink[];
  /** How many are the reserve's own. */
  own: number;
}

export interface ConnectivityWork {
  site: Id;
  /** All zones of the reserve that are valid now. */
  zones: readonly DrawnZone[];
  network: CoreNetwork;
}

export interface ConnectivityParams {
  /** Distance that half of what lives there gets [m], > 0. */
  distance: number;
  /** Longest link [m], ≥ 0. */
  within: number;
}

export interface ConnectivityRun {
  /** Without its times. */
  run: Run;
  observations: Observation[];
}

const M2_IN_HA = 10_000;
/** Figures are of these beside the distance that is asked for: from what hardly moves to what moves far [m]. */
const DISTANCES = [1000, 10_000];

/** Each polygon of the core zones is a patch; several are numbered. */
export function coresOf(zones: readonly DrawnZone[], site: Id, name: string): ReserveCore[] {
  const polygons = zones.filter(({ kind }) => kind === 'core').flatMap(({ geometry }) => geometry.coordinates);
  return polygons.map((coordinates, k) => {
    const geometry: Polygon = { type: 'Polygon', coordinates };
    const told = polygons.length === 1 ? name : `${name} ${k + 1}`;
    return { id: `${site}/${k + 1}`, name: told, site, area: geodesicArea(geometry) / M2_IN_HA, geometry };
  });
}

/** Links between all cores, edge to edge; of others only the cores with a link to one of the reserve's own stay. */
export function coreNetwork(
  own: readonly ReserveCore[],
  others: readonly ReserveCore[],
  { within, onProgress }: { within: number; onProgress?: (done: number, total: number) => void },
): CoreNetwork {
  const all = [...own, ...others];
  const links = patchDistances(
    all.map(({ geometry }) => geometry),
    { limit: within, ...(onProgress === undefined ? {} : { onProgress }) },
  );
  const near = new Set(links.flatMap(({ from, to }) => (from < own.length ? [to] : [])));
  const kept = all.flatMap((_, i) => (i < own.length || near.has(i) ? [i] : []));
  const place = new Map(kept.map((old, now) => [old, now]));
  return {
    patches: kept.map((old) => all[old] as ReserveCore),
    links: links.flatMap((link) => {
      const [from, to] = [place.get(link.from), place.get(link.to)];
      return from === undefined || to === undefined ? [] : [{ ...link, from, to }];
    }),
    own: own.length,
  };
}

/** ECA of the reserve's own cores; ProtConn of the reserve, the cores of others letting pass. They are of no period yet. */
export function networkFigures({ zones, network: { patches, links, own } }: ConnectivityWork, distance: number): TableFigure[] {
  const period = { start: '', end: '' };
  const distances = [...new Set([...DISTANCES, distance])].sort((a, b) => a - b);
  const areas = patches.map(({ area }) => area);
  const inner = links.filter(({ from, to }) => from < own && to < own);
  const regionArea = zones.reduce((sum, { geometry }) => sum + geodesicArea(geometry) / M2_IN_HA, 0);
  const transboundary = patches.map((_, i) => i >= own);
  return [
    ...connectivityFigures({ areas: areas.slice(0, own), links: inner, distances }, period),
    ...protectedFigures({ areas, links, distances, regionArea, transboundary }, period),
  ];
}

/** A run for each of the two indicators that has figures; their period is the year from which the zones are valid. */
export function connectivityRuns(work: ConnectivityWork, params: ConnectivityParams): ConnectivityRun[] {
  const figures = networkFigures(work, params.distance);
  return [CONNECTIVITY, PROTECTED_CONNECTIVITY].flatMap((indicator) => {
    const own = figures.filter((figure) => figure.indicator === indicator.id);
    if (own.length === 0) return [];
    const run = runOf(indicator, work, params);
    return [{ run, observations: own.map((figure) => observationOf(figure, work, run)) }];
  });
}

/** The zones are named as every run names them, so that figures of ground that is redrawn are known to be outdated. */
function runOf(
  { id, method, version }: { id: Id; method: string; version: number },
  { site, zones, network }: ConnectivityWork,
  { distance, within }: ConnectivityParams,
): Run {
  // how connected a reserve's own cores are does not hang on others
  const beyond = id === PROTECTED_CONNECTIVITY.id ? network.patches.slice(network.own) : [];
  const others = Map.groupBy(beyond, (patch) => patch.site);
  const inputs = [
    ...zones.map((zone) => ({ dataset: null, href: zoneHref(zone.id), digest: geometryDigest(zone) })),
    ...[...others].map(([other, cores]) => ({
      dataset: null,
      href: `cores of ${other}`,
      digest: digestOf(JSON.stringify(cores.map(({ id, geometry }) => [id, geometry]))),
    })),
  ];
  const params = { distance: String(distance), within: String(within) };
  return newRun({ name: id, method, version }, { decisive: [id, method, version, site, params, inputs], inputs, params });
}

function observationOf({ class: code, ...figure }: TableFigure, { site, zones }: ConnectivityWork, run: Run): Observation {
  const starts = zones.flatMap(({ valid: { start } }) => (start === null || start === '' ? [] : [start])).sort();
  const year = starts.length === 0 ? null : Number(starts.at(-1)?.slice(0, 4));
  return {
    id: [site, figure.indicator, code ?? '', year === null ? '' : String(year), `${run.method}@${run.version}`].join(':'),
    ...figure,
    period: year === null ? null : { start: `${year}-01-01`, end: `${year + 1}-01-01` },
    feature: site,
    by: code === null ? {} : { class: code },
    role: 'computed',
    quality: 'ok',
    approximate: false,
    from: { run: run.id },
  };
}
