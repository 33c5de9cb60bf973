/** All that a dossier knows for the review of one site. */
import { area } from '../indicators/area.ts';
import type { ReviewFacts } from '../review/content.ts';
import { compute } from '../run/compute.ts';
import type { Dataset, Id, Origin, Run } from '../types.ts';
import { centresOf } from '../zonation/figures.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import { listDatasets, listIndicators } from './catalogue.ts';
import { type Db, get } from './db.ts';
import { getRun } from './observations.ts';
import { loadSiteRecords } from './records.ts';
import { loadSiteFacts } from './site-facts.ts';
import { getSite, listSites } from './sites.ts';

/** @throws Problem `site-unknown`. */
export function loadReviewFacts(db: Db, site: Id, facts: SiteFacts = loadSiteFacts(db, site)): ReviewFacts {
  const records = loadSiteRecords(db, site);
  const used = new Set(originsOf(facts, records).flatMap((from) => ('dataset' in from ? [from.dataset] : [])));
  const indicators = listIndicators(db);
  return {
    facts,
    records,
    indicators: new Map(indicators.map((indicator) => [indicator.id, indicator])),
    runs: runsOf(db, facts),
    whole: facts.site.parent === null ? null : getSite(db, facts.site.parent),
    others: othersOf(db, facts),
    datasets: new Map(
      listDatasets(db).flatMap((dataset): [Id, Dataset][] => (used.has(dataset.id) ? [[dataset.id, dataset]] : [])),
    ),
  };
}

/** The other reserves of its countries that have a centre. */
function othersOf(db: Db, { site, parts }: SiteFacts): ReviewFacts['others'] {
  const own = [site.id, site.parent, ...parts.map((part) => part.site.id)];
  return listSites(db, 'biosphere-reserve')
    .filter(({ id, countries }) => !own.includes(id) && countries.some((country) => site.countries.includes(country)))
    .flatMap(({ id, name }) => {
      const [centre] = centresOf(loadSiteFacts(db, id));
      return centre === undefined ? [] : [{ name, point: centre.position }];
    });
}

/** The day the dossier was last written, ISO 8601: what is made from it bears this date, and is the same on any day. */
export function lastChange(db: Db): string | null {
  return get<{ at: string | null }>(db, 'select max(at) as at from audit')?.at?.slice(0, 10) ?? null;
}

function originsOf(facts: SiteFacts, records: ReviewFacts['records']): Origin[] {
  const { activities, participations, headcounts, money, entries } = records;
  const own = [...facts.designations, ...facts.zones, ...facts.observations, ...facts.overlaps.map(({ overlap }) => overlap)];
  return [...own, ...activities, ...participations, ...headcounts, ...money, ...entries].map(({ from }) => from);
}

/** The runs behind the observations; an area that was not stored yet has the run that storing it would give it. */
function runsOf(db: Db, facts: SiteFacts): Map<Id, Run> {
  const runs = new Map<Id, Run>();
  for (const { from } of facts.observations) {
    if (!('run' in from) || runs.has(from.run)) continue;
    const stored = getRun(db, from.run);
    if (stored !== null) runs.set(from.run, stored);
  }
  for (const zone of facts.zones) {
    if (zone.geometry === null) continue;
    const { run } = compute(area, { ...zone, geometry: zone.geometry }, '');
    if (!runs.has(run.id)) runs.set(run.id, run);
  }
  return runs;
}
