/** Where a site is known to lie: what tells swapped axes and wrong coordinate systems apart. */
import type { Extent, Id } from '../types.ts';
import { declared } from '../zonation/site-facts.ts';
import type { Db } from './db.ts';
import { loadSiteFacts, loadSiteFigures } from './site-facts.ts';
import { getSite } from './sites.ts';

const SIDES = ['extent-west', 'extent-south', 'extent-east', 'extent-north'];
const CENTRE = ['centre-longitude', 'centre-latitude'];

/** The declared extent of a site, else its declared centre; `null` where neither is known. @throws Problem `site-unknown`. */
export function placeOfSite(db: Db, site: Id): Extent | null {
  if (getSite(db, site) === null) loadSiteFacts(db, site); // tells the sites there are
  const facts = loadSiteFigures(db, site, [...SIDES, ...CENTRE]);
  const figure = (indicator: string): number | undefined => declared(facts, site, indicator, 'deg')[0]?.value;
  const [west, south, east, north] = SIDES.map(figure);
  if (west !== undefined && south !== undefined && east !== undefined && north !== undefined) return [west, south, east, north];
  const [lon, lat] = CENTRE.map(figure);
  return lon === undefined || lat === undefined ? null : [lon, lat, lon, lat];
}
