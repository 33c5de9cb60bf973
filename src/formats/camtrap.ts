/**
 * Camtrap DP 1.0: where cameras stood and for how long, and what they saw. Observations of events and of single pictures are two tellings of the same
 * animals: for each deployment those of events are taken, and where there are none those of pictures, the largest number of a picture standing
 * for its event. They are never added together.
 *
 *     const data = await readCamtrap('mica.zip');
 *     data.deployments[0].nights, data.observations[0]   // 32.3, { name: 'Anas platyrhynchos', count: 1, level: 'event', … }
 *
 * Bubnicki et al. 2024, Camtrap DP, Remote Sensing in Ecology and Conservation 10, 283-295, doi:10.1002/rse2.374.
 */
import type { LifeDataset, LifeRecord, RecordFlag } from '../life-types.ts';
import { Problem } from '../problems.ts';
import type { LocalText, Period, Position } from '../types.ts';
import { type Container, openContainer, smallFile } from './darwin-core-container.ts';
import { doiOf, licenceOf } from './darwin-core-metadata.ts';
import { type Get, plainHeader, readPlain } from './darwin-core-plain.ts';
import { type IssueLists, issueLists } from './import-issue.ts';

export interface Deployment {
  id: string;
  location: string;
  place: Position | null;
  uncertaintyM: number | null;
  start: string;
  end: string;
  /** Days of 24 hours between start and end. */
  nights: number;
  /** Clocks that were wrong: times are not to be trusted. */
  timestampIssues: boolean;
  /** Which observations were taken. */
  level: 'event' | 'media' | 'none';
}

export interface CamtrapObservation {
  id: string;
  line: number;
  deployment: string;
  event: string;
  level: 'event' | 'media';
  name: string;
  start: string;
  end: string;
  count: number | null;
  fields: Record<string, string>;
}

export interface Camtrap {
  name: string;
  deployments: Deployment[];
  observations: CamtrapObservation[];
  /** Rows of observations as they stand in the file. */
  rows: { event: number; media: number };
  /** Why rows were not taken: `media-beside-event`, `same-event`, `human`, `vehicle`, `blank`, `unknown`, `unclassified`, `no-name`. */
  skipped: Record<string, number>;
  dataset: LifeDataset;
  vernacular: Map<string, LocalText>;
  issues: IssueLists;
}

interface Package {
  profile?: string;
  title?: string;
  id?: string;
  bibliographicCitation?: string;
  licenses?: { name?: string; path?: string; scope?: string }[];
  relatedIdentifiers?: { relationType?: string; relatedIdentifier?: string }[];
  resources?: { name?: string; path?: string | string[] }[];
  taxonomic?: { scientificName?: string; vernacularNames?: Record<string, string> }[];
}

const DAY_MS = 86_400_000;

/** Whether a container holds a package of camera traps. */
export function isCamtrap({ files }: Pick<Container, 'files'>): boolean {
  return files.includes('datapackage.json');
}

/** @throws Problem `camtrap-resource`, `camtrap-package`, `camtrap-version`, `dwca-no-terms` and those of the container. */
export async function readCamtrap(path: string): Promise<Camtrap> {
  const container = await openContainer(path.replace(/(^|[/\\])datapackage\.json$/i, '') || '.');
  try {
    return await camtrapOf(container);
  } finally {
    container.close();
  }
}

/** The package of an open container. */
export async function camtrapOf(container: Container): Promise<Camtrap> {
  const issues = issueLists();
  const about = await packageOf(container);
  await holdVersion(container, about);
  const deployments = new Map<string, Deployment>();
  for (const file of filesOf(container, about, 'deployments'))
    await readPlain(container, file, issues, (get, line) => {
      const one = deploymentOf(get, file, line, issues);
      if (one !== null) deployments.set(one.id, one);
    });
  const skipped: Record<string, number> = {};
  const skip = (why: string): void => {
    skipped[why] = (skipped[why] ?? 0) + 1;
  };
  const [events, media]: [CamtrapObservation[], CamtrapObservation[]] = [[], []];
  const rows = { event: 0, media: 0 };
  for (const file of filesOf(container, about, 'observations'))
    await readPlain(container, file, issues, (get, line) => {
      const level = get('observationLevel') === 'media' ? 'media' : 'event';
      rows[level]++;
      const deployment = deployments.get(get('deploymentID'));
      if (deployment === undefined) issues.add('error', 'dwca-orphan', { file, line: String(line), found: get('deploymentID') });
      else if (level === 'event' || deployment.level === 'none') deployment.level = level;
      const type = get('observationType');
      if (type !== 'animal') return skip(type === '' ? 'unclassified' : type);
      if (/^homo( sapiens)?$/i.test(get('scientificName'))) return skip('human');
      if (get('scientificName') === '') return skip('no-name');
      if (deployment === undefined) return skip('no-deployment');
      (level === 'event' ? events : media).push(observationOf(get, line, level));
    });
  const byEvent = highest(
    media.filter((one) => deployments.get(one.deployment)?.level === 'media'),
    skip,
  );
  for (const one of media) if (deployments.get(one.deployment)?.level === 'event') skip('media-beside-event');
  return {
    name: container.name,
    deployments: [...deployments.values()],
    observations: [...events, ...byEvent],
    rows,
    skipped,
    dataset: datasetOf(about, events.length + byEvent.length),
    vernacular: vernacularOf(about),
    issues,
  };
}

async function packageOf(container: Container): Promise<Package> {
  const bytes = await smallFile(container, 'datapackage.json');
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Package;
  } catch (error) {
    throw new Problem('camtrap-package', { file: 'datapackage.json', found: (error as Error).message }, { cause: error });
  }
}

/** A profile ends in `camtrap-dp/1.0.1/camtrap-dp-profile.json`. Where it names no version, the columns of deployments tell. */
async function holdVersion(container: Container, about: Package): Promise<void> {
  const file = 'datapackage.json';
  const stated = /camtrap-dp\/([^/]+)\/[^/]*$/.exec(about.profile ?? '')?.[1] ?? null;
  if (stated !== null && /^\d/.test(stated)) {
    if (Number.parseInt(stated, 10) < 1) throw new Problem('camtrap-version', { file, found: stated });
    return;
  }
  const [first = ''] = filesOf(container, about, 'deployments');
  const columns = await plainHeader(container, first);
  if (!columns.includes('deploymentstart') && ['start', 'deployment_id'].some((name) => columns.includes(name)))
    throw new Problem('camtrap-version', { file, found: '0.x' });
}

function filesOf(container: Container, about: Package, name: string): string[] {
  const path = about.resources?.find((one) => one.name === name)?.path ?? `${name}.csv`;
  const paths = (Array.isArray(path) ? path : [path]).map((one) => one.replace(/^\.\//, ''));
  const missing = paths.find((one) => !container.files.includes(one));
  if (missing !== undefined) throw new Problem('camtrap-resource', { file: 'datapackage.json', field: name, found: missing });
  return paths;
}

function deploymentOf(get: Get, file: string, line: number, issues: IssueLists): Deployment | null {
  const where = { file, line: String(line) };
  const [start, end] = [Date.parse(get('deploymentStart')), Date.parse(get('deploymentEnd'))];
  const id = get('deploymentID');
  if (id === '') {
    issues.add('critical', 'cell-missing', { ...where, field: 'deploymentID' });
    return null;
  }
  for (const field of ['deploymentStart', 'deploymentEnd'])
    if (Number.isNaN(Date.parse(get(field))))
      issues.add('error', 'cell-wrong', { ...where, field, found: get(field), expected: '2020-05-30T04:57:37+02:00' });
  if (end < start) issues.add('error', 'camtrap-end', { ...where, found: get('deploymentEnd'), start: get('deploymentStart') });
  const [lon, lat] = [Number(get('longitude')), Number(get('latitude'))];
  const placed = get('longitude') !== '' && get('latitude') !== '' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  if (!placed)
    issues.add('error', 'cell-wrong', {
      ...where,
      field: 'latitude',
      found: `${get('latitude')}, ${get('longitude')}`,
      expected: '49.51, 68.92',
    });
  const uncertainty = Number(get('coordinateUncertainty'));
  return {
    id,
    location: get('locationName') || get('locationID') || id,
    place: placed ? [lon, lat] : null,
    uncertaintyM: uncertainty > 0 ? uncertainty : null,
    start: get('deploymentStart'),
    end: get('deploymentEnd'),
    nights: end > start ? (end - start) / DAY_MS : 0,
    timestampIssues: get('timestampIssues') === 'true',
    level: 'none',
  };
}

function observationOf(get: Get, line: number, level: 'event' | 'media'): CamtrapObservation {
  const count = get('count');
  const kept = [
    'lifeStage',
    'sex',
    'behavior',
    'individualID',
    'classificationMethod',
    'classificationProbability',
    'cameraSetupType',
  ];
  return {
    id: get('observationID'),
    line,
    deployment: get('deploymentID'),
    event: get('eventID') || get('mediaID') || get('observationID'),
    level,
    name: get('scientificName'),
    start: get('eventStart'),
    end: get('eventEnd') || get('eventStart'),
    count: /^\d+$/.test(count) ? Number(count) : null,
    fields: Object.fromEntries(kept.flatMap((field) => (get(field) === '' ? [] : [[field, get(field)]]))),
  };
}

/** Of the pictures of an event those of one kind of animal once, with the most that one picture shows. */
function highest(media: readonly CamtrapObservation[], skip: (why: string) => void): CamtrapObservation[] {
  const best = new Map<string, CamtrapObservation>();
  for (const one of media) {
    const key = [one.deployment, one.event, one.name, one.fields.sex, one.fields.lifeStage].join('|');
    const known = best.get(key);
    if (known === undefined) {
      best.set(key, { ...one });
      continue;
    }
    skip('same-event');
    if ((one.count ?? 1) > (known.count ?? 1)) best.set(key, { ...one, start: known.start, end: one.end });
    else if (one.end > known.end) known.end = one.end;
  }
  return [...best.values()];
}

/** Trap-nights in all, and of those with clocks that can be trusted. */
export function trapNights(deployments: readonly Deployment[]): number {
  return deployments.reduce((sum, { nights }) => sum + nights, 0);
}

/** Observations of each kind per 100 trap-nights: what is compared, and never how many pictures there are (Rovero & Marshall 2009, doi:10.1111/j.1365-2664.2009.01705.x). */
export function detectionRates({
  deployments,
  observations,
}: Pick<Camtrap, 'deployments' | 'observations'>): Map<string, { events: number; individuals: number; rate: number }> {
  const nights = trapNights(deployments);
  const found = new Map<string, { events: number; individuals: number; rate: number }>();
  const events = new Map<string, Set<string>>();
  for (const { name, event, count, deployment } of observations) {
    const known = found.get(name) ?? { events: 0, individuals: 0, rate: Number.NaN };
    known.individuals += count ?? 1;
    found.set(name, known);
    events.set(name, (events.get(name) ?? new Set()).add(`${deployment}|${event}`));
  }
  for (const [name, one] of found) {
    one.events = events.get(name)?.size ?? 0;
    one.rate = nights > 0 ? (100 * one.events) / nights : Number.NaN;
  }
  return found;
}

/** Observations as records at the place of their camera. */
export function* camtrapRecords({ deployments, observations, vernacular, dataset, name }: Camtrap): Generator<LifeRecord> {
  const by = new Map(deployments.map((one) => [one.id, one]));
  for (const one of observations) {
    const deployment = by.get(one.deployment);
    const flags: RecordFlag[] = [];
    if (deployment?.place === null) flags.push('coordinates-missing');
    const period = dayOf(one.start, one.end);
    if (period === null) flags.push('date-unreadable');
    yield {
      row: `${name}/observations.csv:${one.line}`,
      id: one.id || null,
      name: one.name,
      author: null,
      rank: null,
      kingdom: 'Animalia',
      vernacular: vernacular.get(one.name) ?? {},
      place: deployment?.place ?? null,
      period,
      uncertaintyM: deployment?.uncertaintyM ?? null,
      count: one.count,
      basis: 'MachineObservation',
      recordedBy: null, // who looked through the pictures did not see the animal
      country: null,
      dataset: '',
      licence: dataset.licence,
      fields: {
        ...one.fields,
        eventID: one.event,
        eventDate: one.start,
        locality: deployment?.location ?? '',
        observationLevel: one.level,
      },
      flags,
    };
  }
}

function dayOf(start: string, end: string): Period | null {
  const [from, to] = [Date.parse(start), Date.parse(end)];
  if (Number.isNaN(from)) return null;
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  return { start: day(from), end: day((Number.isNaN(to) ? from : Math.max(from, to)) + DAY_MS) };
}

function datasetOf(about: Package, records: number): LifeDataset {
  const licence = about.licenses?.find(({ scope }) => scope === 'data') ?? about.licenses?.[0];
  const named = licence?.name ?? licence?.path ?? null;
  const related = about.relatedIdentifiers?.find(({ relationType }) => relationType === 'IsDerivedFrom')?.relatedIdentifier ?? '';
  return {
    key: '',
    title: about.title ?? null,
    licence: named === null ? null : (licenceOf(named) ?? named),
    doi: doiOf(about.id ?? '') ?? doiOf(about.bibliographicCitation ?? '') ?? doiOf(related),
    citation: about.bibliographicCitation ?? null,
    records,
  };
}

const LANGUAGES: Record<string, keyof LocalText> = {
  eng: 'en',
  en: 'en',
  rus: 'ru',
  ru: 'ru',
  kaz: 'kk',
  kk: 'kk',
  tur: 'tr',
  tr: 'tr',
};

function vernacularOf({ taxonomic = [] }: Package): Map<string, LocalText> {
  return new Map(
    taxonomic.map(({ scientificName = '', vernacularNames = {} }) => [
      scientificName,
      Object.fromEntries(
        Object.entries(vernacularNames).flatMap(([lang, name]) =>
          LANGUAGES[lang] === undefined ? [] : [[LANGUAGES[lang], name]],
        ),
      ),
    ]),
  );
}
