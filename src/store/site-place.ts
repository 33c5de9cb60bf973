/** Where a site is known to lie: what tells swapped axes and wrong coordinate systems apart. */
import type { Extent, Id } from '../types.ts';
import { declared } from '../zonation/site-facts.ts';
import type { Db } from './db.ts';
import { loadSiteFacts } from './site-facts.ts';

/** The declared extent of a site, else its declared centre; `null` where neither is known. */
export function placeOfSite(db: Db, site: Id): Extent | null {
  const facts = loadSiteFacts(db, site);
  const figure = (indicator: string): number | undefined => declared(facts, site, indicator, 'deg')[0]?.value;
  const [west, south, east, north] = ['extent-west', 'extent-south', 'extent-east', 'extent-north'].map(figure);
  if (west !== undefined && south !== undefined && east !== undefined && north !== undefined) return [west, south, east, north];
  const [lon, lat] = [figure('centre-longitude'), figure('centre-latitude')];
  return lon === undefined || lat === undefined ? null : [lon, lat, lon, lat];
}
