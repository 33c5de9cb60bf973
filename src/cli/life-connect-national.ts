import { PROTECTED_CONNECTIVITY } from '../indicators/protected-connectivity.ts';
import { Problem } from '../problems.ts';
import { type CoresOfReserve, coresInput } from '../run/compute-corridors.ts';
import { newRun } from '../run/new-run.ts';
import type { Db } from '../store/db.ts';
import { getSite, listSites } from '../store/sites.ts';
import type { Id, Observation, Run } from '../types.ts';
import { protectedIn, type RegionNetwork } from './life-connect-region.ts';

/**
 * The place that figures of a region are kept for: the one that is asked for, else the only country that the reserve lies in.
 * @throws Problem `site-unknown`, `choice-wrong` where the dossier holds no such country, or several
 */
export function regionSite(db: Db, site: Id, given: string | undefined): Id {
  const sites = listSites(db).filter(({ kind }) => kind === 'country' || kind === 'region');
  const known = sites.map(({ id }) => id).join(', ') || '–';
  if (given !== undefined) {
    if (sites.some(({ id }) => id === given)) return given;
    throw new Problem('site-unknown', { found: given, known });
  }
  const codes = getSite(db, site)?.countries ?? [];
  const own = sites.filter(({ kind, countries }) => kind === 'country' && countries.some((code) => codes.includes(code)));
  const [country] = own;
  if (country !== undefined && own.length === 1) return country.id;
  throw new Problem('choice-wrong', { field: '--region-site', found: '', expected: known });
}

export interface NationalWork {
  /** Site that the region is. */
  feature: Id;
  network: RegionNetwork;
  /** Every site with its core areas. */
  reserves: readonly CoresOfReserve[];
  /** Distances that half of the dispersers reach [m]: one figure each. */
  distances: readonly number[];
  /** Longest link [m]. */
  within: number;
  /** Name of the region's file. */
  file: string;
}

/** The run, without its times, and a figure for each distance; their period is the year from which the newest zonation is valid. */
export function nationalFigures({ feature, network, reserves, distances, within, file }: NationalWork): {
  run: Run;
  observations: Observation[];
} {
  const { id: indicator, method, version, unit } = PROTECTED_CONNECTIVITY;
  const cores = reserves.filter((one) => one.cores.length > 0);
  const inputs = [
    { dataset: null, href: file, digest: network.digest },
    ...cores.map((one) => coresInput(one.id, one.cores)).toSorted((a, b) => (a.href < b.href ? -1 : 1)),
  ];
  const params = { distances: distances.join(', '), within: String(within) };
  const decisive = [indicator, method, version, feature, params, inputs];
  const run = newRun({ name: indicator, method, version }, { decisive, inputs, params });
  const zones = cores.flatMap((one) => one.cores);
  const starts = zones.flatMap(({ valid: { start } }) => (start === null || start === '' ? [] : [start]));
  const year = starts.length === 0 ? null : Number(starts.sort().at(-1)?.slice(0, 4));
  const observations = distances.map(
    (distance): Observation => ({
      id: [feature, indicator, `${distance} m`, year === null ? '' : String(year), `${method}@${version}`].join(':'),
      indicator,
      feature,
      period: year === null ? null : { start: `${year}-01-01`, end: `${year + 1}-01-01` },
      value: protectedIn(network, { distance, probability: 0.5 }).connected,
      unit,
      low: null,
      high: null,
      level: null,
      n: network.transboundary.filter((abroad) => !abroad).length,
      by: { class: `${distance} m` },
      role: 'computed',
      quality: 'ok',
      approximate: false,
      note: null,
      from: { run: run.id },
    }),
  );
  return { run, observations };
}
