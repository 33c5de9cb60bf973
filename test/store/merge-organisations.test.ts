/** Two rows of one organisation made one, and parted again: nothing is lost, nothing is left over. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { putAims } from '../../src/store/aims.ts';
import { putIndicator, putSource } from '../../src/store/catalogue.ts';
import { listChangesets, undoChangeset } from '../../src/store/changesets.ts';
import { listOrganisations, putActivity, putOrganisation, putParticipation } from '../../src/store/cooperation.ts';
import { all, type Db } from '../../src/store/db.ts';
import { createDossier, verifyDossier } from '../../src/store/dossier.ts';
import { mergeOrganisations } from '../../src/store/merge-organisations.ts';
import { putObservation } from '../../src/store/observations.ts';
import { loadPortfolio } from '../../src/store/portfolio.ts';
import { putHeadcount, putMoney } from '../../src/store/records.ts';
import type { Participation } from '../../src/types.ts';
import { activity, headcount, indicator, observation, organisation, sum, takesPart } from '../cooperation/portfolio-fixture.ts';

const TABLES = ['organisations', 'people', 'participations', 'money', 'headcounts', 'observations', 'activities', 'features'];

/** Every row of the tables, in an order that does not depend on when it was written. */
function contents(db: Db): unknown {
  return TABLES.map((table) =>
    all<Record<string, unknown>>(db, `select * from ${table} order by id`).map(({ fid: _, ...row }) => row),
  );
}

function dossier(links: readonly { who: string; of: string; role: Participation['role'] }[] = []): Db {
  const db = createDossier(':memory:');
  putSource(db, 't', { id: 'test', title: 'Test', href: null, lang: null, kind: 'own', licence: null, note: null });
  putIndicator(db, 't', indicator('members'));
  for (const id of ['top', 'a', 'b', 'below'])
    putOrganisation(db, 't', organisation(id, { name: { en: `The ${id}`, ru: `Имя ${id}` }, aliases: [`${id}-alias`] }));
  putOrganisation(db, 't', organisation('below', { parent: 'a' }));
  putOrganisation(
    db,
    't',
    organisation('a', { name: { en: 'The a', kk: 'А' }, acronym: 'AAA', country: 'KZ', parent: 'top', ids: { iati: 'XI-1' } }),
  );
  for (const id of ['x', 'y']) putActivity(db, 't', activity(id));
  for (const { who, of, role } of links) putParticipation(db, 't', takesPart(of, who, role));
  putMoney(db, 't', sum('m', 'x', { provider: 'a', receiver: 'b' }));
  putHeadcount(db, 't', headcount('a', { total: 9 }));
  putObservation(db, 't', observation('o', 'a', 'members', 3));
  return db;
}

const link = fc.record({
  who: fc.constantFrom('a', 'b', 'below', 'top'),
  of: fc.constantFrom('x', 'y'),
  role: fc.constantFrom<Participation['role']>('partner', 'funding', 'host'),
});

test('merging and taking it back is as if nothing had been done, whatever points where', () => {
  fc.assert(
    fc.property(
      fc.array(link, { maxLength: 8 }),
      fc.constantFrom<[string, string]>(['a', 'b'], ['b', 'a'], ['below', 'a'], ['a', 'below'], ['top', 'a'], ['a', 'top']),
      (links, [gone, kept]) => {
        const db = dossier(links);
        const before = contents(db);
        const { changeset } = mergeOrganisations(db, 't', gone, kept);
        expect(listOrganisations(db).some(({ id }) => id === gone)).toBe(false);
        expect(verifyDossier(db)).toEqual([]);
        undoChangeset(db, 't', changeset);
        expect(contents(db)).toEqual(before);
        expect(verifyDossier(db)).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});

describe('merging', () => {
  test('moves everything that names the one that goes, and keeps its names as aliases', () => {
    const db = dossier([
      { who: 'a', of: 'x', role: 'partner' },
      { who: 'b', of: 'x', role: 'partner' },
      { who: 'a', of: 'y', role: 'host' },
    ]);
    expect(mergeOrganisations(db, 't', 'a', 'b')).toMatchObject({ changeset: 'merge/a+b', doubled: 1 });
    const b = listOrganisations(db).find(({ id }) => id === 'b');
    expect(b).toMatchObject({
      acronym: 'AAA',
      country: 'KZ',
      parent: 'top',
      ids: { iati: 'XI-1' },
      name: { en: 'The b', kk: 'А' },
    });
    expect(b?.aliases).toEqual(expect.arrayContaining(['The a', 'А']));
    const { participations, money } = loadPortfolio(db);
    expect(participations.map(({ activity: of, organisation: who, role }) => [of, who, role])).toEqual([
      ['x', 'b', 'partner'],
      ['y', 'b', 'host'],
    ]);
    expect(money).toMatchObject([{ provider: 'b', receiver: 'b' }]);
    expect(listOrganisations(db).find(({ id }) => id === 'below')?.parent).toBe('b');
  });

  test('what somebody changed since is not overwritten: the rows are named and nothing is taken back', () => {
    const db = dossier();
    const { changeset } = mergeOrganisations(db, 't', 'a', 'b');
    putMoney(db, 't', sum('m', 'x', { provider: 'top', receiver: 'b' }));
    const before = contents(db);
    expect(() => undoChangeset(db, 't', changeset)).toThrow('money m');
    expect(contents(db)).toEqual(before);
    expect(listChangesets(db)[0]?.undone).toBeNull();
  });

  test('another column that was changed since stays changed', () => {
    const db = dossier();
    const { changeset } = mergeOrganisations(db, 't', 'a', 'b');
    putMoney(db, 't', sum('m', 'x', { provider: 'b', receiver: 'b', value: 77 }));
    undoChangeset(db, 't', changeset);
    expect(loadPortfolio(db).money).toMatchObject([{ provider: 'a', receiver: 'b', value: 77 }]);
  });

  test.each([
    ['a', 'nobody', 'no organisation “nobody”'],
    ['a', 'a', 'with itself'],
    ['top', 'below', 'circle'],
  ])('%s into %s: %s', (gone, kept, words) => {
    expect(() => mergeOrganisations(dossier(), 't', gone, kept)).toThrow(words);
  });

  test('is taken back once, and can be done again under another name', () => {
    const db = dossier();
    const { changeset } = mergeOrganisations(db, 't', 'a', 'b');
    undoChangeset(db, 't', changeset);
    expect(() => undoChangeset(db, 't', changeset)).toThrow('already');
    expect(mergeOrganisations(db, 't', 'a', 'b').changeset).toBe('merge/a+b/2');
    expect(() => undoChangeset(db, 't', 'merge/x+y')).toThrow('merge/a+b/2');
  });
});

test('aims are columns of their own: writing an activity again leaves them', () => {
  const db = dossier();
  putAims(db, 't', {
    activity: 'x',
    sdgTargets: ['15.3'],
    markers: [{ code: '1', score: null }],
    readiness: { before: 3, after: null },
  });
  putActivity(db, 't', activity('x', { title: { en: 'New' } }));
  expect(loadPortfolio(db).aims.get('x')).toEqual({
    activity: 'x',
    sdgTargets: ['15.3'],
    markers: [{ code: '1', score: null }],
    readiness: { before: 3, after: null },
  });
});
