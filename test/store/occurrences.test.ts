import { expect, test } from 'vitest';
import type { Occurrence } from '../../src/life-types.ts';
import { verifyDossier } from '../../src/store/dossier.ts';
import { getOccurrence, listOccurrences, putOccurrence, putTaxon } from '../../src/store/occurrences.ts';
import type { Position } from '../../src/types.ts';
import { smallDossier } from './facts-fixture.ts';

const NEST: Position = [76.9527, 43.2389];

function dossier() {
  const db = smallDossier();
  const taxon = { rank: 'species', parent: null, vernacular: {}, categories: {} };
  putTaxon(db, 'test', {
    ...taxon,
    id: 'falco-cherrug',
    name: 'Falco cherrug',
    sensitivity: 2,
    sensitivityReason: 'nests are robbed',
  });
  putTaxon(db, 'test', { ...taxon, id: 'pica-pica', name: 'Pica pica', sensitivity: null, sensitivityReason: null });
  const one: Occurrence = {
    id: 'nest',
    site: 'almaty',
    taxon: 'falco-cherrug',
    place: NEST,
    period: { start: '2024-05-01', end: '2024-05-02' },
    uncertaintyM: 10,
    count: 2,
    basis: 'HumanObservation',
    recordedBy: 'A. Ranger',
    fields: { locality: 'third gorge', sex: 'female' },
    from: { source: 'unesco-almaty', page: 'p. 3, by the spring' },
  };
  putOccurrence(db, 'test', one);
  putOccurrence(db, 'test', { ...one, id: 'magpie', taxon: 'pica-pica' });
  return db;
}

test('who may know the place is given it as recorded', () => {
  const [nest] = listOccurrences(dossier(), { exact: true });
  expect(nest).toMatchObject({ place: NEST, recordedBy: 'A. Ranger', fields: { locality: 'third gorge' }, generalised: null });
});

test('all others are given a cell of the grid with the reason, and nothing that tells more', () => {
  const [nest, magpie] = listOccurrences(dossier(), { exact: false });
  expect(nest).toMatchObject({
    place: [76.95, 43.25],
    recordedBy: null,
    fields: { sex: 'female' },
    from: null,
    generalised: { gridDeg: 0.1, reason: 'nests are robbed' },
  });
  expect(JSON.stringify(nest)).not.toMatch(/gorge|spring|Ranger|76\.952|43\.238/);
  expect(magpie?.place).toEqual(NEST);
  expect(getOccurrence(dossier(), 'nest', () => false)?.place).toEqual([76.95, 43.25]);
});

test('that a sensitive species was looked for and not found is told: it is no place', () => {
  const db = dossier();
  const [nest] = listOccurrences(db, { exact: true });
  if (nest === undefined) throw new Error('no record');
  const { id, site, taxon, place, period, uncertaintyM, count, basis, recordedBy } = nest;
  const stored = { id, site, taxon, place, period, uncertaintyM, count, basis, recordedBy, from: { source: 'unesco-almaty' } };
  putOccurrence(db, 'test', { ...stored, fields: { occurrenceStatus: 'absent', locality: 'third gorge' } });
  expect(listOccurrences(db, { exact: false })[0]?.fields).toEqual({ occurrenceStatus: 'absent' });
});

test('a box finds a generalised place by where it is shown, never by where it is', () => {
  const db = dossier();
  const ids = (west: number, south: number, east: number, north: number, exact = false): string[] =>
    listOccurrences(db, { within: [west, south, east, north], exact }).map(({ id }) => id);
  expect(ids(76.952, 43.238, 76.953, 43.239)).toEqual(['magpie']);
  expect(ids(76.952, 43.238, 76.953, 43.239, true)).toEqual(['nest', 'magpie']);
  expect(ids(76.949, 43.249, 76.951, 43.251)).toEqual(['nest']);
});

test('a species is no secret without a reason', () => {
  const db = dossier();
  const taxon = { id: 'x', name: 'X', rank: null, parent: null, vernacular: {}, categories: {}, sensitivity: 1 as const };
  expect(() => putTaxon(db, 'test', { ...taxon, sensitivityReason: null })).toThrow(/cannot be stored/);
  expect(verifyDossier(db)).toEqual([]);
});
