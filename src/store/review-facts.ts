/** All that a dossier knows for the review of one site. */
import { area } from '../indicators/area.ts';
import type { Picture } from '../indicators/kept-picture.ts';
import type { ReserveNetwork, ReviewFacts } from '../review/content.ts';
import { compute } from '../run/compute.ts';
import type { Dataset, Id, Origin, Run } from '../types.ts';
import { drawnZones, ownDrawnZones } from '../zonation/drawn-zones.ts';
import { centresOf } from '../zonation/figures.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import { listDatasets, listIndicators } from './catalogue.ts';
import { loadReviewEvidence } from './claims.ts';
import { type Db, get } from './db.ts';
import { nearbyOf } from './nearby.ts';
import { countFromDatasets, getRun } from './observations.ts';
import { currentPictures } from './pictures.ts';
import { occurrenceDatasets, recordedSpecies } from './recorded-species.ts';
import { loadSiteRecords } from './records.ts';
import { loadReserveNetwork } from './reserve-network.ts';
import { loadSiteFacts, loadSiteFigures } from './site-facts.ts';
import { getSite, listSites } from './sites.ts';
import { sitesOf } from './species-work.ts';

/** @throws Problem `site-unknown`. */
export function loadReviewFacts(db: Db, site: Id, facts: SiteFacts = loadSiteFacts(db, site)): ReviewFacts {
  const records = loadSiteRecords(db, site);
  const { nearby, runs: made } = nearbyOf(db, facts);
  const around = nearby.flatMap(({ observations }) => observations);
  const origins = [...originsOf(facts, records), ...around.map(({ from }) => from)];
  const used = new Set(origins.flatMap((from) => ('dataset' in from ? [from.dataset] : [])));
  const indicators = listIndicators(db);
  const zones = ownDrawnZones(facts);
  const pictures = currentPictures(db, site, zones);
  const network = loadReserveNetwork(db, facts);
  const readings = countFromDatasets(db, site); // those of gauges are not among the facts
  const sites = sitesOf(facts);
  const seen = occurrenceDatasets(db, sites);
  let recorded: ReturnType<typeof recordedSpecies> | undefined;
  return {
    facts,
    records,
    indicators: new Map(indicators.map((indicator) => [indicator.id, indicator])),
    runs: new Map([
      ...runsOf(db, { ...facts, observations: [...facts.observations, ...around] }, { pictures, network }),
      ...made.map((run) => [run.id, run] as const),
    ]),
    nearby,
    pictures,
    network,
    recorded: () => {
      recorded ??= recordedSpecies(db, sites, drawnZones(facts));
      return recorded;
    },
    evidence: loadReviewEvidence(db, site, records.answers),
    whole: facts.site.parent === null ? null : getSite(db, facts.site.parent),
    others: othersOf(db, facts),
    datasets: new Map(
      listDatasets(db).flatMap((dataset): [Id, Dataset][] =>
        used.has(dataset.id) || readings.has(dataset.id) || seen.has(dataset.id) ? [[dataset.id, dataset]] : [],
      ),
    ),
  };
}

const CENTRE = ['centre-latitude', 'centre-longitude'];

/** The other reserves of its countries that have a centre. */
function othersOf(db: Db, { site, parts }: SiteFacts): ReviewFacts['others'] {
  const own = [site.id, site.parent, ...parts.map((part) => part.site.id)];
  return listSites(db, 'biosphere-reserve')
    .filter(({ id, countries }) => !own.includes(id) && countries.some((country) => site.countries.includes(country)))
    .flatMap((other) => {
      const { id, name } = other;
      const [centre] = centresOf({ site: other, ...loadSiteFigures(db, id, CENTRE) });
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

/** The runs behind the observations and pictures; an area that was not stored yet has the run that storing it would give it. */
function runsOf(
  db: Db,
  facts: SiteFacts,
  { pictures, network }: { pictures: readonly Picture[]; network: ReserveNetwork },
): Map<Id, Run> {
  const runs = new Map<Id, Run>();
  const used = [
    ...facts.observations.flatMap(({ from }) => ('run' in from ? [from.run] : [])),
    ...pictures.map(({ run }) => run),
  ];
  for (const id of used) {
    if (runs.has(id)) continue;
    const stored = getRun(db, id);
    if (stored !== null) runs.set(id, stored);
  }
  const ofNetwork = [...(network.run === null ? [] : [network.run]), ...network.national.flatMap((one) => one.runs)];
  for (const run of ofNetwork) runs.set(run.id, run);
  for (const zone of facts.zones) {
    if (zone.geometry === null) continue;
    const { run } = compute(area, { ...zone, geometry: zone.geometry }, '');
    if (!runs.has(run.id)) runs.set(run.id, run);
  }
  return runs;
}
