/**
 * The run of a plan of corridors: from which cores it was made, as they were drawn.
 *
 *     const run = corridorRun('lake', found, { within: 100_000, cores: new Map([['lake', zones], ['hills', others]]) });
 *     changedCores(run, (site) => coresNow(db, site));      // [] until somebody redraws a core that it rests on
 */
import { digestOf } from '../formats/source-node.ts';
import type { CorridorPlan } from '../plans/corridors.ts';
import { CORRIDORS, corridorsToKeep } from '../plans/corridors-kept.ts';
import type { DrawnZone, Id, LocalText, Plan, Run } from '../types.ts';
import { geometryDigest } from './compute.ts';
import type { ReserveCore } from './compute-connectivity.ts';
import { newRun } from './new-run.ts';

/** An input that is the core areas of a reserve as a whole. */
const CORES = 'cores/';

/** @param settings `cores`: the core areas of each reserve by its id; of those without a patch in the plan nothing is read. */
export function corridorRun(
  site: Id,
  { problem }: CorridorPlan,
  { within, cores }: { within: number; cores: ReadonlyMap<Id, readonly DrawnZone[]> },
): Run {
  const { indicator, method, version } = CORRIDORS;
  const sites = [...new Set(problem.patches.map((patch) => patch.site))].sort();
  const inputs = sites.map((id) => coresInput(id, cores.get(id) ?? []));
  const params = { distance: String(problem.distance), width: String(problem.width), within: String(within) };
  const decisive = [method, version, site, params, inputs];
  return newRun({ name: 'corridors', indicator, method, version }, { decisive, inputs, params });
}

/** A reserve with its core areas as they are drawn now. */
export interface CoresOfReserve {
  id: Id;
  name: LocalText;
  cores: readonly DrawnZone[];
}

/** A plan of corridors as it is to be kept, with its run, which has no times yet. */
export interface CorridorsMade {
  run: Run;
  plan: Plan;
}

/**
 * What a dossier keeps of a plan of corridors.
 * @param settings `patches`: those of the plan, with their ground; `reserves`: every one that was looked at
 */
export function corridorsMade(
  found: CorridorPlan,
  {
    site,
    patches,
    within,
    reserves,
  }: { site: Id; patches: readonly ReserveCore[]; within: number; reserves: readonly CoresOfReserve[] },
): CorridorsMade {
  const run = corridorRun(site, found, { within, cores: new Map(reserves.map(({ id, cores }) => [id, cores])) });
  const counted = reserves.map(({ id, name, cores }) => ({
    ...{ id, name },
    cores: cores.reduce((sum, { geometry }) => sum + geometry.coordinates.length, 0),
  }));
  const shapes = patches.map(({ geometry }) => geometry);
  return { run, plan: corridorsToKeep(found, { site, run: run.id, within, reserves: counted, shapes }) };
}

/**
 * The reserves whose cores are not as the run read them. One that is not there at all is in another dossier: nobody can tell.
 * @param coresOf the core areas of a reserve as they are drawn now; `null` for one that is not there
 */
export function changedCores({ inputs }: Pick<Run, 'inputs'>, coresOf: (site: Id) => readonly DrawnZone[] | null): Id[] {
  return inputs.flatMap(({ href, digest }) => {
    if (!href.startsWith(CORES)) return [];
    const site = href.slice(CORES.length);
    const cores = coresOf(site);
    return cores === null || coresDigest(cores) === digest ? [] : [site];
  });
}

/** An input of a run: the cores of a reserve. */
export function coresInput(site: Id, cores: readonly DrawnZone[]): Run['inputs'][number] {
  return { dataset: null, href: `${CORES}${site}`, digest: coresDigest(cores) };
}

function coresDigest(zones: readonly DrawnZone[]): string {
  const cores = zones.filter(({ kind }) => kind === 'core').map((zone) => [zone.id, geometryDigest(zone)] as const);
  return digestOf(JSON.stringify(cores.toSorted(([a], [b]) => (a < b ? -1 : 1))));
}
