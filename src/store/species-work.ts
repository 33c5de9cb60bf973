/**
 * What indicators of species are computed of: the zones of a reserve and the records in it. A transboundary whole without a map of its own is
 * made of its parts: their zones say what lies in it, and their records are its records.
 *
 *     const { zones, sites, byParts } = speciesGround(db, 'great-altay');   // sites: ['great-altay', 'katon-karagay', 'katunskiy']
 */
import { Problem } from '../problems.ts';
import type { DrawnZone, Id } from '../types.ts';
import { drawnZones, isDrawnByParts } from '../zonation/drawn-zones.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import type { Db } from './db.ts';
import { loadSiteFacts } from './site-facts.ts';

export interface SpeciesGround {
  zones: DrawnZone[];
  /** The site and its parts: records of any of them count. */
  sites: Id[];
  /** The zones are those of the parts: figures by zone belong to these. */
  byParts: boolean;
}

/** @throws Problem `site-unknown`, `export-no-geometry`. */
export function speciesGround(db: Db, site: Id): SpeciesGround {
  const facts = loadSiteFacts(db, site);
  const zones = drawnZones(facts);
  if (zones.length === 0) throw new Problem('export-no-geometry', { site });
  return { zones, sites: sitesOf(facts), byParts: isDrawnByParts(facts) };
}

/** A site and all its parts. */
export function sitesOf({ site, parts }: Pick<SiteFacts, 'site' | 'parts'>): Id[] {
  return [site.id, ...parts.flatMap(sitesOf)];
}
