/** The cooperation over HTTP. */
import { describe, expect, test } from 'vitest';
import { dimensions } from '../../src/api/cooperation.ts';
import { DIMENSIONS, OVER_TIME } from '../../src/cooperation/roll-up.ts';
import { networkDrawing, portfolioTable, sdgTable, seenPortfolio } from '../../src/server/cooperation-desk.ts';
import { cooperationRoutes } from '../../src/server/cooperation-routes.ts';
import { visitor } from '../../src/server/visitor.ts';
import { putSource } from '../../src/store/catalogue.ts';
import { putActivity, putOrganisation, putParticipation } from '../../src/store/cooperation.ts';
import type { Db } from '../../src/store/db.ts';
import { createDossier } from '../../src/store/dossier.ts';
import { putHeadcount } from '../../src/store/records.ts';
import { putSite } from '../../src/store/sites.ts';
import { activity, headcount, organisation, takesPart } from '../cooperation/portfolio-fixture.ts';

function dossier(): Db {
  const db = createDossier(':memory:');
  putSource(db, 't', { id: 'test', title: 'Test', href: null, lang: null, kind: 'own', licence: null, note: null });
  for (const id of ['almaty', 'korgalzhyn'])
    putSite(db, 't', {
      id,
      kind: 'biosphere-reserve',
      name: { en: id },
      countries: ['KZ'],
      parent: null,
      ecosystems: null,
      note: null,
    });
  for (const id of ['park', 'university']) putOrganisation(db, 't', organisation(id));
  putActivity(db, 't', activity('own', { sites: ['almaty'], themes: ['water'] }));
  putActivity(db, 't', activity('other', { sites: ['korgalzhyn'], themes: ['water'] }));
  putActivity(db, 't', activity('national', { themes: ['energy'] }));
  for (const of of ['own', 'other', 'national'])
    for (const who of ['park', 'university']) putParticipation(db, 't', takesPart(of, who));
  putHeadcount(db, 't', headcount('own', { female: 3, male: 20 }));
  return db;
}

const reader = visitor({ id: 'r', name: 'R', signedIn: true }, { almaty: 'reader' });
const all = visitor({ id: 'a', name: 'A', signedIn: true }, { '*': 'administrator' });

test('the dimensions of the interface are those of the roll-up and of the tables by year', () =>
  expect([...dimensions]).toEqual([...DIMENSIONS, ...OVER_TIME]));

test('every route is for readers, and holds only what they may see', () => {
  expect(new Set(cooperationRoutes.map(({ rule }) => rule))).toEqual(new Set(['reader somewhere']));
});

describe('a reader of one site', () => {
  const db = dossier();

  test('sees its activities and those of no site', () => {
    expect(seenPortfolio(db, reader, {}).activities.map(({ id }) => id)).toEqual(['own', 'national']);
    expect(seenPortfolio(db, all, {}).activities).toHaveLength(3);
  });

  test('is not told of another site', () => {
    expect(() => seenPortfolio(db, reader, { site: 'korgalzhyn' })).toThrow();
    expect(() => seenPortfolio(db, reader, { site: 'nowhere' })).toThrow('nowhere');
  });

  test('does not see groups of fewer than five', () => {
    const { header, rows } = portfolioTable(seenPortfolio(db, reader, {}), { by: 'site', small: false, lang: 'en' });
    const women = header.indexOf('trained_women');
    expect(rows.find(([key]) => key === 'almaty')?.[women]).toBe('hidden');
  });

  test('gets a drawing', () => {
    const svg = networkDrawing(seenPortfolio(db, reader, {}), {}, 'kk');
    expect(svg).toMatch(/^<svg .*<\/svg>$/s);
  });

  test('gets targets without an arrow', () => {
    expect(sdgTable(db, reader, seenPortfolio(db, reader, {}), 'en').notes.join()).toContain('neither follows');
  });
});
