/**
 * The ecological network that a reserve is part of, as the dossier holds it: its plan of corridors, the cores that it speaks of, who
 * redrew theirs since, and what is known of the network of its country.
 *
 *     const network = loadReserveNetwork(db, facts);
 *     network.changed      // names of reserves for which the plan is to be made anew
 */
import { PROTECTED_CONNECTIVITY } from '../indicators/protected-connectivity.ts';
import { corridorsId, type KeptCorridors, keptCorridors } from '../plans/corridors-kept.ts';
import type { ReserveNetwork } from '../review/content.ts';
import { changedCores } from '../run/compute-corridors.ts';
import { extent } from '../science/extent.ts';
import type { DrawnZone, Extent, Id, LocalText, Run, Site, Zone } from '../types.ts';
import { currentZones, type SiteFacts } from '../zonation/site-facts.ts';
import { all, type Db } from './db.ts';
import { getRun, listObservationsOf } from './observations.ts';
import { getPlan } from './plans.ts';
import { getSite, listSites } from './sites.ts';
import { listZones } from './zones.ts';

/** Of a degree of latitude, at least. */
const METRES_A_DEGREE = 110_500;

/** What is known of the network of a site, which may be nothing but whether it has cores. */
export function loadReserveNetwork(db: Db, { site, zones }: Pick<SiteFacts, 'site' | 'zones'>): ReserveNetwork {
  const plan = getPlan(db, corridorsId(site.id));
  const kept = plan === null ? null : keptCorridors(plan, 'en');
  const run = kept === null ? null : getRun(db, kept.run);
  const known = coresBySite(db, site.id, zones);
  const changed = run === null || kept === null ? [] : [...changedCores(run, known), ...newcomers(db, site.id, kept, known)];
  return {
    hasCores: (known(site.id) ?? []).length > 0,
    plan: kept === null ? null : plan,
    run,
    changed: changed.map((id) => nameOf(db, id)),
    neighbours: [...(kept?.names.keys() ?? [])]
      .filter((id) => id !== site.id)
      .flatMap((id) => (known(id) ?? []).map(({ geometry }) => ({ name: nameOf(db, id), geometry }))),
    national: national(db, site, known),
  };
}

/** The core areas of a site that its map shows now. */
export function coresNow(zones: readonly Zone[]): DrawnZone[] {
  return currentZones({ zones }, 'core').filter(isDrawn);
}

function isDrawn(zone: Zone): zone is DrawnZone {
  return zone.geometry?.coordinates.some(([outer = []]) => outer.length > 3) ?? false;
}

/** Reads the cores of each reserve once; `null` for one that the dossier does not hold. */
function coresBySite(db: Db, own: Id, zones: readonly Zone[]): (site: Id) => DrawnZone[] | null {
  const read = new Map<Id, DrawnZone[] | null>([[own, coresNow(zones)]]);
  return (site) => {
    const known = read.get(site);
    if (known !== undefined) return known;
    const found = getSite(db, site) === null ? null : coresNow(listZones(db, site));
    read.set(site, found);
    return found;
  };
}

/** Reserves whose cores were drawn since and may be near enough for a link. */
function newcomers(
  db: Db,
  own: Id,
  { reserves, within }: Pick<KeptCorridors, 'reserves' | 'within'>,
  known: (site: Id) => DrawnZone[] | null,
): Id[] {
  const rows = all<{ site: Id }>(
    db,
    `select distinct site from zones where kind = 'core' and geom is not null and valid_end is null and site <> ? order by site`,
    [own],
  );
  const fresh = rows.map(({ site }) => site).filter((site) => !reserves.includes(site));
  const here = boxOf(known(own));
  return here === null ? [] : fresh.filter((site) => leastDistance(here, boxOf(known(site)) ?? here) <= within);
}

function boxOf(cores: readonly DrawnZone[] | null): Extent | null {
  const coordinates = (cores ?? []).flatMap(({ geometry }) => geometry.coordinates);
  return coordinates.length === 0 ? null : extent({ type: 'MultiPolygon', coordinates });
}

/** Two boxes are at least so far apart [m]; boxes across the antimeridian are taken for near. */
function leastDistance(a: Extent, b: Extent): number {
  if (a[0] > a[2] || b[0] > b[2]) return 0;
  const north = Math.max(0, b[1] - a[3], a[1] - b[3]);
  const gap = Math.max(0, b[0] - a[2], a[0] - b[2]);
  const around = Math.max(0, 360 - (Math.max(a[2], b[2]) - Math.min(a[0], b[0])));
  const highest = Math.max(...[a[1], a[3], b[1], b[3]].map(Math.abs));
  return Math.max(north, Math.min(gap, around) * Math.cos((highest * Math.PI) / 180)) * METRES_A_DEGREE;
}

const nameOf = (db: Db, id: Id): LocalText => getSite(db, id)?.name ?? { en: id };

/** ProtConn of the countries that the site lies in, for each distance that of the latest time. */
function national(db: Db, site: Site, known: (site: Id) => DrawnZone[] | null): ReserveNetwork['national'] {
  return listSites(db, 'country')
    .filter(({ countries }) => countries.some((country) => site.countries.includes(country)))
    .flatMap(({ id, name }) => {
      const all = listObservationsOf(db, id, [PROTECTED_CONNECTIVITY.id]).filter(({ value }) => value !== null);
      const latest = [...Map.groupBy(all, ({ by }) => by.class ?? '').values()].flatMap((same) =>
        same.toSorted((a, b) => ((a.period?.start ?? '') < (b.period?.start ?? '') ? -1 : 1)).slice(-1),
      );
      if (latest.length === 0) return [];
      const runs = latest.flatMap(({ from }): Run[] =>
        'run' in from ? [getRun(db, from.run)].filter((run) => run !== null) : [],
      );
      const changed = [...new Set(runs.flatMap((run) => changedCores(run, known)))];
      return [{ country: name, observations: latest, runs, changed: changed.map((one) => nameOf(db, one)) }];
    });
}
