/** All that a dossier knows of one site, as the rules and the review want it. */
import { Problem } from '../problems.ts';
import type { Id, Source } from '../types.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import { listSources } from './catalogue.ts';
import { withFreshAreas } from './computed.ts';
import type { Db } from './db.ts';
import { listObservationsOf, listObservationsOfSite, type Observed } from './observations.ts';
import { getSite, listDesignations, listOverlaps, listParts, listSites } from './sites.ts';
import { listStations } from './stations.ts';
import { listZones } from './zones.ts';

/** What the rules read of all that was observed on the ground (`zonation/z08-people.ts`); of the rest they read what was declared or computed. */
const OBSERVED_FOR_RULES: readonly Id[] = ['population'];

/** @throws Problem `site-unknown`, naming the sites there are. */
export function loadSiteFacts(db: Db, id: Id): SiteFacts {
  return load(db, id, listSources(db), {});
}

/** What the rules of zonation are held against: all that is known of a site but the readings of its gauges. @throws Problem `site-unknown`. */
export function loadRuleFacts(db: Db, id: Id): SiteFacts {
  return load(db, id, listSources(db), { observed: OBSERVED_FOR_RULES });
}

/** What says whether there is something to tell: of each series of a gauge the last reading of every year. @throws Problem `site-unknown`. */
export function loadYearlyFacts(db: Db, id: Id): SiteFacts {
  return load(db, id, listSources(db), { observed: 'yearly' });
}

/** What is known of a site by a few indicators, without its zones. */
export function loadSiteFigures(db: Db, id: Id, indicators: readonly Id[]): Pick<SiteFacts, 'observations' | 'sources'> {
  return { observations: listObservationsOf(db, id, indicators), sources: listSources(db) };
}

function load(db: Db, id: Id, sources: Map<Id, Source>, which: { observed?: Observed }): SiteFacts {
  const site = getSite(db, id);
  if (site === null) {
    const known = listSites(db, 'biosphere-reserve').map((s) => s.id);
    throw new Problem('site-unknown', { found: id, known: known.length === 0 ? '–' : known.join(', ') });
  }
  const zones = listZones(db, id);
  return {
    site,
    designations: listDesignations(db, id),
    stations: listStations(db, id).map((station) => ({ id: station.id, name: station.name })),
    zones,
    observations: withFreshAreas(db, listObservationsOfSite(db, id, which), zones),
    overlaps: listOverlaps(db, id).flatMap((overlap) => {
      const other = getSite(db, overlap.other);
      if (other === null) return [];
      const observations = listObservationsOfSite(db, other.id, which);
      return [{ overlap, other, designations: listDesignations(db, other.id), observations }];
    }),
    parts: listParts(db, id).map((part) => load(db, part.id, sources, which)),
    sources,
    map: null,
  };
}
