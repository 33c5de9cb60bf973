import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { all, type Db, get } from '../../src/store/db.ts';
import { closeDossier, openDossier, verifyDossier } from '../../src/store/dossier.ts';
import { invite } from '../../src/store/invitations.ts';
import { listOccurrences, putOccurrence, putTaxon } from '../../src/store/occurrences.ts';
import { HOME, OPEN, openCopy } from '../../src/store/open-copy.ts';
import { putAnswer, putEntry } from '../../src/store/records.ts';
import { nouns } from '../../src/store/schema.ts';
import { openSession } from '../../src/store/sessions.ts';
import { addUser } from '../../src/store/users.ts';
import { smallDossier } from './facts-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'saryarka-copy-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOW = new Date('2026-11-23T08:00:00.000Z');

/** A nest whose place must not become known [deg]. */
const NEST: [number, number] = [77.123456, 43.234567];
const FROM = { source: 'unesco-almaty' };

function dossierWithSecrets(path: string): Db {
  const db = smallDossier(path);
  addUser(db, 'test', { id: 'root', name: 'Root Secretsson', lang: 'en', password: 'scrypt$hashhash', now: NOW.toISOString() });
  openSession(db, 'root', NOW);
  invite(db, 'root', { login: 'guest-of-root', site: null, role: 'reader' }, NOW);
  putTaxon(db, 'test', {
    id: 'falco-cherrug',
    name: 'Falco cherrug',
    rank: 'species',
    parent: null,
    vernacular: {},
    categories: { iucn: 'EN' },
    sensitivity: 2,
    sensitivityReason: 'falcons are taken from their nests',
  });
  putOccurrence(db, 'test', {
    id: 'nest-1',
    site: 'almaty',
    taxon: 'falco-cherrug',
    place: NEST,
    period: { start: '2024-05-01', end: '2024-05-02' },
    uncertaintyM: 5,
    count: 2,
    basis: 'HumanObservation',
    recordedBy: 'B. Nestfinder',
    fields: { locality: 'the cliff above the third bend' },
    from: FROM,
  });
  const entry = { site: 'almaty', from: FROM };
  putEntry(db, 'test', {
    ...entry,
    id: 'open-line',
    register: 'species',
    fields: { scientific_name: 'Falco cherrug', sensitive: true, last_record: 'second cliff in spring' },
    confidential: false,
  });
  putEntry(db, 'test', {
    ...entry,
    id: 'secret-line',
    register: 'conflicts',
    fields: { what: 'the hush-hush quarrel' },
    confidential: true,
  });
  for (const confidential of [false, true])
    putAnswer(db, 'test', {
      id: `answer-${confidential}`,
      site: 'almaty',
      form: 'pr2013',
      section: confidential ? '2.1' : '2.2',
      lang: 'en',
      text: confidential ? 'what nobody else may read' : 'what everybody may read',
      author: 'root',
      written: NOW.toISOString(),
      confidential,
    });
  return db;
}

test('every table is said to go along or to stay at home', () => {
  expect([...OPEN, ...HOME].toSorted()).toEqual([...nouns].toSorted());
});

describe('a copy for others', () => {
  const path = (name: string): string => join(folder, name);
  const text = (name: string): string => readFileSync(path(name)).toString('latin1');

  beforeAll(async () => {
    const db = dossierWithSecrets(path('whole.gpkg'));
    await openCopy(db, path('open.gpkg'), { exact: false });
    await openCopy(db, path('exact.gpkg'), { exact: true });
    closeDossier(db);
  });

  test.each(['open.gpkg', 'exact.gpkg'])('%s is a sound dossier with the sites', (name) => {
    const db = openDossier(path(name));
    expect(verifyDossier(db)).toEqual([]);
    expect(all(db, 'select id from sites')).toEqual([{ id: 'almaty' }]);
    for (const noun of HOME.filter((one) => one !== 'dossier' && one !== 'features'))
      expect(get(db, `select count(*) as n from ${noun}`), noun).toEqual({ n: 0 });
    closeDossier(db);
  });

  test.each(['Root Secretsson', 'scrypt$', 'guest-of-root'])('holds nowhere in its bytes %s', (secret) => {
    for (const name of ['open.gpkg', 'exact.gpkg']) expect(text(name)).not.toContain(secret);
  });

  test.each(['hush-hush', 'what nobody else may read', 'third bend', 'Nestfinder', 'second cliff'])(
    'for all but administrators holds nowhere in its bytes %s',
    (secret) => {
      expect(text('open.gpkg')).not.toContain(secret);
      expect(text('exact.gpkg')).toContain(secret);
    },
  );

  test('for all but administrators shows the falcon in a square and tells why', () => {
    const db = openDossier(path('open.gpkg'));
    const [one] = listOccurrences(db, { exact: true });
    closeDossier(db);
    const [lon = 0, lat = 0] = one?.place ?? [];
    expect(Math.abs(lon - NEST[0])).toBeGreaterThan(1e-4);
    expect(Math.abs(lat - NEST[1])).toBeLessThanOrEqual(0.1);
    expect(one).toMatchObject({ recordedBy: null, fields: { dataGeneralizations: 'falcons are taken from their nests' } });
    const exact = openDossier(path('exact.gpkg'));
    expect(listOccurrences(exact, { exact: true })[0]?.place?.map((value) => value.toFixed(6))).toEqual([
      '77.123456',
      '43.234567',
    ]);
    closeDossier(exact);
  });
});
