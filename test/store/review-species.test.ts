/** Records of species on their way into the review: gathered once, and in the package as a whole. */
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { reviewPackage } from '../../src/review/package.ts';
import { SPECIES_FILE } from '../../src/review/species-rows.ts';
import { putDataset } from '../../src/store/catalogue.ts';
import type { Db } from '../../src/store/db.ts';
import { putOccurrence, putTaxon } from '../../src/store/occurrences.ts';
import { putEntry } from '../../src/store/records.ts';
import { loadReviewFacts } from '../../src/store/review-facts.ts';
import { entry } from '../review/content-fixture.ts';
import { smallDossier } from './facts-fixture.ts';

function dossier(): Db {
  const db = smallDossier();
  const dataset = { kind: 'occurrences', mediaType: 'text/csv', digest: null, crs: null, period: null } as const;
  putDataset(db, 'test', {
    ...dataset,
    id: 'birds',
    title: { en: 'Birds' },
    href: 'birds.csv',
    licence: 'CC0-1.0',
    attribution: 'A. Ivanov',
  });
  const taxon = {
    rank: 'species',
    parent: null,
    vernacular: {},
    categories: { iucn: 'EN' },
    sensitivity: null,
    sensitivityReason: null,
  };
  const record = { site: 'almaty', place: null, uncertaintyM: null, count: null, basis: null, recordedBy: null, fields: {} };
  for (const [i, name] of ['Otis tarda', 'Falco cherrug'].entries()) {
    putTaxon(db, 'test', { ...taxon, id: name, name });
    const period = { start: '2021-05-01', end: '2021-05-02' };
    putOccurrence(db, 'test', { ...record, id: name, taxon: name, period, from: { dataset: 'birds', row: String(i) } });
  }
  putEntry(db, 'test', entry('species', { scientific_name: 'Falco cherrug', group: 'birds' }, { confidential: true }));
  return db;
}

test('the datasets of records are among those of the review, and species are gathered once', () => {
  const known = loadReviewFacts(dossier(), 'almaty');
  expect([...known.datasets.keys()]).toEqual(['birds']);
  expect(known.recorded?.()?.species.map(({ name }) => name)).toEqual(['Falco cherrug', 'Otis tarda']);
  expect(known.recorded?.()).toBe(known.recorded?.());
});

test('a package holds all recorded species; without confidential parts none that a confidential line is of', async () => {
  const listed = async (confidential: 'mark' | 'leave-out'): Promise<string> => {
    const known = loadReviewFacts(dossier(), 'almaty');
    const { bytes } = await reviewPackage(known, [], { lang: 'en', date: '2026-11-23', confidential });
    return strFromU8(unzipSync(bytes)[SPECIES_FILE] ?? new Uint8Array());
  };
  expect((await listed('mark')).includes('Falco')).toBe(true);
  const open = await listed('leave-out');
  expect([open.includes('Otis tarda'), open.includes('Falco')]).toEqual([true, false]);
}, 30_000);
