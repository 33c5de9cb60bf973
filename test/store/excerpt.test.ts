import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withScratchFile } from '../../src/formats/source-node.ts';
import type { Db } from '../../src/store/db.ts';
import { all, get } from '../../src/store/db.ts';
import { closeDossier, createDossier, openDossier, verifyDossier } from '../../src/store/dossier.ts';
import { excerpt } from '../../src/store/excerpt.ts';
import { putObservation } from '../../src/store/observations.ts';
import { putEntry } from '../../src/store/records.ts';
import { putSite } from '../../src/store/sites.ts';
import { almaty, smallDossier, total } from './facts-fixture.ts';

const date = '2026-03-01';

function filled(): Db {
  const db = smallDossier();
  putObservation(db, 'test', total);
  putSite(db, 'test', { ...almaty, id: 'elsewhere' });
  putObservation(db, 'test', { ...total, id: 'other', feature: 'elsewhere' });
  const entry = {
    id: 'almaty/plans/1',
    site: 'almaty',
    register: 'plans',
    fields: { title: 'Plan' },
    confidential: false,
    from: total.from,
  };
  putEntry(db, 'test', entry);
  putEntry(db, 'test', { ...entry, id: 'almaty/conflicts/1', register: 'conflicts', confidential: true });
  return db;
}

function opened<Result>(bytes: Uint8Array, look: (db: Db) => Result): Result {
  let result: Result | undefined;
  withScratchFile((scratch) => {
    writeFileSync(scratch, bytes);
    const db = openDossier(scratch, { readOnly: true });
    result = look(db);
    closeDossier(db);
  });
  return result as Result;
}

test('holds the rows of the site and what they point to, and nothing of other sites', () => {
  const bytes = excerpt(filled(), 'almaty', { date, confidential: true });
  opened(bytes, (db) => {
    expect(all(db, 'select id from sites')).toEqual([{ id: 'almaty' }]);
    expect(all(db, 'select id from observations')).toEqual([{ id: total.id }]);
    expect(get(db, 'select id from indicators')).toEqual({ id: 'area' });
    expect(all(db, 'select count(*) as n from audit')).toEqual([{ n: 0 }]);
    expect(verifyDossier(db)).toEqual([]);
  });
});

test('confidential entries go along only when they are asked for', () => {
  const registers = (confidential: boolean): unknown =>
    opened(excerpt(filled(), 'almaty', { date, confidential }), (db) => all(db, 'select register from entries order by fid'));
  expect(registers(true)).toEqual([{ register: 'plans' }, { register: 'conflicts' }]);
  expect(registers(false)).toEqual([{ register: 'plans' }]);
});

test('the same rows give the same bytes', () => {
  const digest = (): string => Buffer.from(excerpt(filled(), 'almaty', { date, confidential: true })).toString('base64');
  expect(digest()).toBe(digest());
});

test('an empty dossier is no excerpt to fear', () => {
  const db = createDossier(':memory:');
  putSite(db, 'test', almaty);
  opened(excerpt(db, 'almaty', { date, confidential: true }), (out) => expect(all(out, 'select id from sites')).toHaveLength(1));
});
