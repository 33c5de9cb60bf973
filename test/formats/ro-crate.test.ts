/** The crate: what RO-Crate 1.2 asks of its metadata, and nothing that ought not to be in it. */
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { putDataset, putIndicator, putSource } from '../../src/store/catalogue.ts';
import { putActivity, putOrganisation, putParticipation, putPerson } from '../../src/store/cooperation.ts';
import { createDossier } from '../../src/store/dossier.ts';
import { putObservation, putRun } from '../../src/store/observations.ts';
import { putEntry } from '../../src/store/records.ts';
import { roCrate } from '../../src/store/ro-crate.ts';
import { putSite } from '../../src/store/sites.ts';
import { activity, indicator, observation, organisation, takesPart } from '../cooperation/portfolio-fixture.ts';

interface Entity {
  '@id': string;
  '@type': string;
  [property: string]: unknown;
}

function crate() {
  const db = createDossier(':memory:');
  const source = { lang: 'en', kind: 'own', licence: null, note: null } as const;
  putSource(db, 't', { ...source, id: 'test', title: 'Test', href: 'https://example.org/a b' });
  putSource(db, 't', { ...source, id: 'same', title: 'Same address', href: 'https://example.org/a%20b' });
  putSource(db, 't', { ...source, id: 'book', title: 'A book', href: null });
  putSite(db, 't', {
    id: 'almaty',
    kind: 'biosphere-reserve',
    name: { en: 'Almaty' },
    countries: ['KZ'],
    parent: null,
    ecosystems: null,
    note: null,
  });
  putIndicator(db, 't', indicator('cover'));
  const digest = `sha256:${'a'.repeat(64)}`;
  const described = { crs: null, period: null, licence: 'CC-BY-4.0', attribution: 'Somebody', digest } as const;
  putDataset(db, 't', {
    ...described,
    id: 'land/2020',
    title: { en: 'Land' },
    kind: 'raster',
    href: 'lc.tif',
    mediaType: 'image/tiff',
  });
  putRun(db, 't', {
    id: 'run-1',
    indicator: 'cover',
    method: 'counts',
    version: 1,
    software: { name: 'Saryarka', version: '0.1.0' },
    inputs: [{ dataset: 'land/2020', href: 'lc.tif', digest }],
    params: { year: 2020 },
    started: '2026-01-01T00:00:00.000Z',
    ended: '2026-01-01T00:01:00.000Z',
    status: 'done',
    skipped: 0,
  });
  putObservation(db, 't', observation('o', 'almaty', 'cover', 4, { role: 'computed', from: { run: 'run-1' } }));
  putActivity(db, 't', activity('course'));
  putOrganisation(db, 't', organisation('park'));
  putParticipation(db, 't', takesPart('course', 'park'));
  putPerson(db, 't', {
    id: 'aigerim-secret',
    name: { en: 'Aigerim Secret' },
    orcid: null,
    sex: 'F',
    organisation: 'park',
    consent: 'count-only',
  });
  putParticipation(db, 't', { ...takesPart('course', ''), organisation: null, person: 'aigerim-secret' });
  putEntry(db, 't', {
    id: 'e',
    site: 'almaty',
    register: 'conflicts',
    fields: { title: 'Hushed' },
    confidential: true,
    from: { source: 'test' },
  });
  return roCrate(db, { lang: 'en', name: 'almaty', date: '2026-06-30' });
}

const files = unzipSync(crate().bytes);
const text = (name: string): string => new TextDecoder().decode(files[name]);
const graph = (JSON.parse(text('ro-crate-metadata.json')) as { '@graph': Entity[] })['@graph'];
const byId = new Map(graph.map((entity) => [entity['@id'], entity]));

test('the metadata file names version 1.2 and the root, and the root every file', () => {
  expect(byId.get('ro-crate-metadata.json')).toMatchObject({
    about: { '@id': './' },
    conformsTo: { '@id': 'https://w3id.org/ro/crate/1.2' },
  });
  const parts = byId.get('./')?.hasPart as Entity[];
  expect(parts.map((one) => one['@id']).sort()).toEqual(
    Object.keys(files)
      .filter((name) => name !== 'ro-crate-metadata.json')
      .sort(),
  );
  expect(byId.get('./')).toMatchObject({ datePublished: '2026-06-30', name: 'almaty' });
});

test('everything is described once, and everything referred to is described', () => {
  expect(byId.size).toBe(graph.length);
  const referred = [...JSON.stringify(graph).matchAll(/\{"@id":"([^"]+)"\}/g)].map(([, id = '']) => id);
  expect(referred.filter((id) => !byId.has(id) && id !== 'https://w3id.org/ro/crate/1.2')).toEqual([]);
});

test('a run is an action with what it read, what did it and what came out', () => {
  expect(byId.get('#run-run-1')).toMatchObject({
    '@type': 'CreateAction',
    object: [{ '@id': '#dataset-land%2F2020' }],
    instrument: { '@id': '#software-Saryarka-0.1.0' },
    result: { '@id': 'tables/observations.csv' },
    actionStatus: { '@id': 'http://schema.org/CompletedActionStatus' },
  });
});

test('sources are cited by their address, once each; those without one are mentioned', () => {
  const root = byId.get('./');
  expect(root?.citation).toEqual([{ '@id': 'https://example.org/a%20b' }]);
  expect(root?.mentions).toContainEqual({ '@id': '#source-book' });
});

test('holds no person and nothing confidential', () => {
  const all = Object.keys(files).map(text).join('\n');
  expect(all).not.toMatch(/aigerim|Hushed/i);
  expect(text('tables/participations.csv')).toContain('park');
});

test('the same dossier gives the same bytes', () => expect(crate().bytes).toEqual(crate().bytes));
