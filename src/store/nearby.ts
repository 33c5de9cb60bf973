/**
 * What lies round a reserve and says something of it: the waters at its shore, and figures of its countries on water. Their figures stay
 * theirs; a review shows them under their names.
 */
import { watersAtShore } from '../plans/aral-tables.ts';
import type { ReviewFacts } from '../review/content.ts';
import { exposedOfWater } from '../run/compute-exposed-bed.ts';
import type { Id, Observation, Run } from '../types.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import type { Db } from './db.ts';
import { listObservationsOf } from './observations.ts';
import { getSite, listSites } from './sites.ts';

const OF_WATERS: readonly Id[] = ['lake-level', 'lake-area', 'lake-volume', 'salinity', 'exposed-bed', 'fish-catch'];
const OF_COUNTRIES: readonly Id[] = ['water-stress', 'water-use-efficiency'];
const EXPOSED = 'exposed-bed';

export interface Nearby {
  nearby: NonNullable<ReviewFacts['nearby']>;
  /** Of figures that were made for this reading and are not kept. */
  runs: Run[];
}

/** Waters that the shipped table, or a figure kept with the site (`of-water=…`), puts at its shore; then its countries, if there are waters. */
export function nearbyOf(db: Db, { site, observations }: SiteFacts): Nearby {
  const named = observations.flatMap(({ note }) => /(?:^|; )of-water=([\w-]+)/.exec(note ?? '')?.[1] ?? []);
  const runs: Run[] = [];
  const waters = [...new Set([...watersAtShore(site.id), ...named])].flatMap((id) => {
    const water = getSite(db, id);
    if (water === null) return [];
    const own = listObservationsOf(db, id, OF_WATERS);
    return [{ site: water, observations: [...own, ...exposed(db, water.id, own, runs)] }];
  });
  if (waters.length === 0) return { nearby: [], runs };
  const countries = listSites(db, 'country')
    .filter(({ countries: [code], countries: all }) => all.length === 1 && site.countries.includes(code ?? ''))
    .map((country) => ({ site: country, observations: listObservationsOf(db, country.id, OF_COUNTRIES) }));
  return { nearby: [...waters, ...countries].filter((one) => one.observations.length > 0), runs };
}

/** Of a whole water, the bed that it left, where nobody has kept it: areas of a part say nothing of what the whole once covered. */
function exposed(db: Db, water: Id, own: readonly Observation[], runs: Run[]): Observation[] {
  const { parent = null } = getSite(db, water) ?? {};
  if (parent !== null || own.some(({ indicator }) => indicator === EXPOSED)) return [];
  const found = exposedOfWater(water, own);
  if (found.observations.length === 0) return [];
  runs.push(found.run);
  return found.observations;
}
