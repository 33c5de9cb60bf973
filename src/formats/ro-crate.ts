/**
 * A research object crate: what files there are, what they are of, and which runs made them (RO-Crate 1.2, actions after PROV).
 *
 *     const json = writeRoCrate({ name, description, date, licence, software, files, runs, datasets, sources });
 *
 * Reference: RO-Crate 1.2, DOI 10.5281/zenodo.13751027; sections "Root Data Entity", "Provenance of entities".
 */
import type { Dataset, Run, Source } from '../types.ts';

export interface CrateFile {
  path: string;
  name: string;
  mediaType: string;
  bytes: number;
  /** 64 hexadecimal digits. */
  sha256: string;
}

export interface CrateContent {
  name: string;
  description: string;
  /** ISO 8601. */
  date: string;
  /** What may be done with the whole, in a sentence. */
  licence: string;
  software: { name: string; version: string };
  files: readonly CrateFile[];
  runs: readonly (Run & { title: string })[];
  datasets: readonly (Dataset & { name: string })[];
  sources: readonly Source[];
  /** Path of the file that holds what runs computed. */
  results: string;
}

type Entity = Record<string, unknown> & { '@id': string; '@type': string | string[] };

const VERSION = 'https://w3id.org/ro/crate/1.2';
/** A term that the context of RO-Crate does not have. */
const TERMS = { sha256: 'https://schema.org/sha256' };

export function writeRoCrate(content: CrateContent): string {
  const { name, description, date, licence, files, runs, datasets, sources, software } = content;
  const inputs = inputsOf(runs, datasets);
  const actions = [exportAction(content), ...runs.map((run) => actionOf(run, content))];
  const cited = idsOf(sources.filter(({ href }) => addressOf(href) !== null));
  const root: Entity = {
    '@id': './',
    '@type': 'Dataset',
    name,
    description,
    datePublished: date,
    license: ref('#licence'),
    publisher: ref('#publisher'),
    hasPart: files.map(({ path }) => ref(path)),
    mentions: [...actions.map((action) => action['@id']), ...idsOf(sources.filter(({ href }) => addressOf(href) === null))].map(
      ref,
    ),
    ...(datasets.length > 0 ? { isBasedOn: datasets.map(({ id }) => ref(datasetId(id))) } : {}),
    ...(cited.length > 0 ? { citation: cited.map(ref) } : {}),
  };
  const graph: Entity[] = [
    { '@id': 'ro-crate-metadata.json', '@type': 'CreativeWork', conformsTo: ref(VERSION), about: ref('./') },
    root,
    { '@id': '#licence', '@type': 'CreativeWork', name: licence, description: licence },
    { '@id': '#publisher', '@type': 'Organization', name, description: 'Who keeps the dossier.' },
    ...files.map(
      ({ path, name: title, mediaType, bytes, sha256 }): Entity => ({
        '@id': path,
        '@type': 'File',
        name: title,
        description: title,
        encodingFormat: mediaType,
        contentSize: String(bytes),
        sha256,
      }),
    ),
    ...datasets.map(datasetEntity),
    ...inputs,
    ...[...new Map(sources.map((one) => [sourceId(one), one])).values()].map(sourceEntity),
    {
      '@id': '#saryarka',
      '@type': 'CreativeWork',
      name: software.name,
      version: software.version,
    },
    ...versionsOf(runs),
    ...statusesOf(runs),
    ...actions,
  ];
  return `${JSON.stringify({ '@context': [`${VERSION}/context`, TERMS], '@graph': graph }, null, 2)}\n`;
}

const ref = (id: string): { '@id': string } => ({ '@id': id });
/** Ids of contextual entities are fragments: what is not of a URI is escaped. */
const datasetId = (id: string): string => `#dataset-${encodeURIComponent(id)}`;
/** What is cited is named by its address; a source without one is only mentioned. */
const sourceId = ({ id, href }: Source): string => addressOf(href) ?? `#source-${encodeURIComponent(id)}`;
const softwareId = ({ software }: Run): string => `#software-${encodeURIComponent(`${software.name}-${software.version}`)}`;
const inputId = ({ digest, href }: Run['inputs'][number]): string => `#input-${encodeURIComponent(digest || href)}`;

/** That the crate was written, by what. */
function exportAction({ files, date }: CrateContent): Entity {
  return {
    '@id': '#export',
    '@type': 'CreateAction',
    name: 'Export of the dossier',
    endTime: date,
    agent: ref('#publisher'),
    instrument: ref('#saryarka'),
    result: files.map(({ path }) => ref(path)),
  };
}

/** A run as an action: what it used, what it was done with, what came out. */
function actionOf(run: CrateContent['runs'][number], { results }: CrateContent): Entity {
  return {
    '@id': `#run-${encodeURIComponent(run.id)}`,
    '@type': 'CreateAction',
    name: `${run.title} (${run.method}, version ${run.version})`,
    description: JSON.stringify(run.params),
    startTime: run.started,
    ...(run.ended === null ? {} : { endTime: run.ended }),
    actionStatus: ref(statusId(run)),
    agent: ref('#publisher'),
    instrument: ref(softwareId(run)),
    ...(run.inputs.length > 0
      ? { object: run.inputs.map((input) => ref(input.dataset === null ? inputId(input) : datasetId(input.dataset))) }
      : {}),
    ...(run.status === 'done' ? { result: ref(results) } : {}),
  };
}

/** schema.org's name for how far a run came. */
function statusId({ status }: Run): string {
  const name = { queued: 'Potential', running: 'Active', done: 'Completed', failed: 'Failed' }[status];
  return `http://schema.org/${name}ActionStatus`;
}

function statusesOf(runs: readonly Run[]): Entity[] {
  const ids = [...new Set(runs.map(statusId))];
  return ids.map((id) => ({ '@id': id, '@type': 'ActionStatusType', name: id.replace('http://schema.org/', '') }));
}

/** Files that runs read and no dataset describes, once each. */
function inputsOf(runs: readonly Run[], datasets: CrateContent['datasets']): Entity[] {
  const known = new Set(datasets.map(({ id }) => id));
  const inputs = new Map<string, Entity>();
  for (const input of runs.flatMap((run) => run.inputs)) {
    if (input.dataset !== null && known.has(input.dataset)) continue;
    const id = input.dataset === null ? inputId(input) : datasetId(input.dataset);
    const sha256 = /^sha256:([0-9a-f]{64})$/.exec(input.digest)?.[1];
    inputs.set(id, {
      '@id': id,
      '@type': 'CreativeWork',
      name: input.href.replace(/^.*[\\/](?=.)/, ''),
      ...(/^https?:/.test(input.href) ? { url: input.href } : {}),
      ...(sha256 === undefined ? {} : { sha256 }),
    });
  }
  return [...inputs.values()];
}

function versionsOf(runs: readonly Run[]): Entity[] {
  const versions = new Map(runs.map((run) => [softwareId(run), run.software]));
  return [...versions].map(([id, { name, version }]) => ({
    '@id': id,
    '@type': 'CreativeWork',
    name,
    version,
  }));
}

function datasetEntity({ id, name, href, licence, attribution, digest }: CrateContent['datasets'][number]): Entity {
  const sha256 = digest?.replace('sha256:', '');
  return {
    '@id': datasetId(id),
    '@type': 'CreativeWork',
    name,
    description: `Licence: ${licence}. ${attribution}`,
    ...(/^https?:/.test(href) ? { url: href } : {}),
    ...(sha256 === undefined ? {} : { sha256 }),
  };
}

/** An address on the web as RFC 3986 writes it. */
function addressOf(href: string | null): string | null {
  return href !== null && /^https?:/i.test(href) && URL.canParse(href) ? readable(new URL(href).href) : null;
}

/** International letters as they are, where nothing else is escaped. */
function readable(address: string): string {
  try {
    return decodeURI(address).replace(/[\s<>"{}|\\^`]/g, encodeURIComponent);
  } catch {
    return address; // escaped in another encoding
  }
}

/** Once each: two sources may stand at one address. */
function idsOf(sources: readonly Source[]): string[] {
  return [...new Set(sources.map(sourceId))];
}

function sourceEntity(source: Source): Entity {
  const { title, href, lang, licence } = source;
  return {
    '@id': sourceId(source),
    '@type': 'CreativeWork',
    name: title,
    ...(href === null ? {} : { url: href }),
    ...(lang === null ? {} : { inLanguage: lang }),
    ...(licence === null ? {} : { description: `Licence: ${licence}` }),
  };
}
