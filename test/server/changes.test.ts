import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FACTS, nounState, REVIEWED, siteState } from '../../src/server/changes.ts';
import { putSource } from '../../src/store/catalogue.ts';
import { run } from '../../src/store/db.ts';
import { closeDossier, openDossier } from '../../src/store/dossier.ts';
import { putObservation } from '../../src/store/observations.ts';
import { putAnswer, putEntry } from '../../src/store/records.ts';
import { putSite } from '../../src/store/sites.ts';
import { almaty, smallDossier, total, unesco } from '../store/facts-fixture.ts';

function dossier(path?: string) {
  const db = smallDossier(path);
  putSite(db, 'test', { ...almaty, id: 'korgalzhyn', name: { en: 'Korgalzhyn' } });
  putSite(db, 'test', { ...almaty, id: 'cluster', parent: 'korgalzhyn', name: { en: 'Cluster' } });
  putSite(db, 'test', { ...almaty, id: 'kazakhstan', kind: 'country', name: { en: 'Kazakhstan' } });
  const states = () => ['almaty', 'korgalzhyn', 'cluster'].map((site) => siteState(db, site, FACTS));
  return { db, states };
}

test('a figure of one reserve changes the state of that reserve alone', () => {
  const { db, states } = dossier();
  const before = states();
  putObservation(db, 'test', total);
  const after = states();
  expect(after[0]).not.toBe(before[0]);
  expect(after.slice(1)).toEqual(before.slice(1));
  expect(states()).toEqual(after);
});

test('a part changes the whole that it is judged with', () => {
  const { db, states } = dossier();
  const [almatyBefore, wholeBefore] = states();
  putObservation(db, 'test', { ...total, id: 'part', feature: 'cluster' });
  const [almatyAfter, wholeAfter] = states();
  expect(wholeAfter).not.toBe(wholeBefore);
  expect(almatyAfter).toBe(almatyBefore);
});

test('what is said of a country is said of every reserve', () => {
  const { db, states } = dossier();
  const before = states();
  putObservation(db, 'test', { ...total, id: 'land', feature: 'kazakhstan' });
  expect(states().filter((state, i) => state === before[i])).toEqual([]);
});

test('records and answers change what rests on them, and nothing else', () => {
  const { db, states } = dossier();
  const [facts, reviewed] = [states(), siteState(db, 'almaty', REVIEWED)];
  const entry = { id: 'e', site: 'almaty', register: 'threats', fields: {}, confidential: false, from: total.from };
  putEntry(db, 'test', entry);
  expect(states()).toEqual(facts);
  const after = siteState(db, 'almaty', REVIEWED);
  expect(after).not.toBe(reviewed);
  const answer = {
    id: 'a',
    site: 'almaty',
    form: 'f',
    section: 's',
    lang: 'en' as const,
    text: 'T',
    author: 'A',
    written: '2026-11-23',
  };
  putAnswer(db, 'test', { ...answer, confidential: false });
  expect(siteState(db, 'almaty', REVIEWED)).toBe(after);
  expect(nounState(db, ['answers'])).not.toBe(nounState(db, ['zones']));
});

test('a new source tells nothing until a row points to it; one that is renamed is named everywhere', () => {
  const { db, states } = dossier();
  const before = states();
  putSource(db, 'test', { ...unesco, id: 'other' });
  expect(states()).toEqual(before);
  putSource(db, 'test', { ...unesco, id: 'other', title: 'Renamed' });
  expect(states().filter((state, i) => state === before[i])).toEqual([]);
});

test('what another program writes may be anything', () => {
  const folder = mkdtempSync(join(tmpdir(), 'saryarka-changes-'));
  const { db, states } = dossier(join(folder, 'one.gpkg'));
  const before = states();
  const other = openDossier(join(folder, 'one.gpkg'));
  run(other, "update sites set note = 'by hand' where id = 'almaty'");
  closeDossier(other);
  expect(states().filter((state, i) => state === before[i])).toEqual([]);
  closeDossier(db);
  rmSync(folder, { recursive: true });
});
