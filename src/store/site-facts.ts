/** All that a dossier knows of one site, as the rules and the review want it. */
import { Problem } from '../problems.ts';
import type { Id, Source } from '../types.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import { listSources } from './catalogue.ts';
import { withFreshAreas } from './computed.ts';
import type { Db } from './db.ts';
import { listObservationsOfSite } from './observations.ts';
import { getSite, listDesignations, listOverlaps, listParts, listSites } from './sites.ts';
import { listZones } from './zones.ts';

/** @throws Problem `site-unknown`, naming the sites there are. */
export function loadSiteFacts(db: Db, id: Id, sources: Map<Id, Source> = listSources(db)): SiteFacts {
  const site = getSite(db, id);
  if (site === null) {
    const known = listSites(db, 'biosphere-reserve').map((s) => s.id);
    throw new Problem('site-unknown', { found: id, known: known.length === 0 ? '–' : known.join(', ') });
  }
  const zones = listZones(db, id);
  return {
    site,
    designations: listDesignations(db, id),
    zones,
    observations: withFreshAreas(db, listObservationsOfSite(db, id), zones),
    overlaps: listOverlaps(db, id).flatMap((overlap) => {
      const other = getSite(db, overlap.other);
      return other === null
        ? []
        : [{ overlap, other, designations: listDesignations(db, other.id), observations: listObservationsOfSite(db, other.id) }];
    }),
    parts: listParts(db, id).map((part) => loadSiteFacts(db, part.id, sources)),
    sources,
    map: null,
  };
}
