import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withScratchFile } from '../../src/formats/source-node.ts';
import { PROTECTED_CONNECTIVITY } from '../../src/indicators/protected-connectivity.ts';
import { putIndicator } from '../../src/store/catalogue.ts';
import type { Db } from '../../src/store/db.ts';
import { closeDossier, openDossier } from '../../src/store/dossier.ts';
import { excerpt } from '../../src/store/excerpt.ts';
import { shippedIndicators } from '../../src/store/keep-computed.ts';
import { putObservation, putRun } from '../../src/store/observations.ts';
import { getPlan } from '../../src/store/plans.ts';
import { loadReserveNetwork } from '../../src/store/reserve-network.ts';
import { loadReviewFacts } from '../../src/store/review-facts.ts';
import { loadSiteFacts } from '../../src/store/site-facts.ts';
import { putSite } from '../../src/store/sites.ts';
import { almaty, smallDossier, total } from './facts-fixture.ts';
import { drawZone, planned, reservesWithCores, squares } from './network-fixture.ts';

const network = (db: Db) => loadReserveNetwork(db, loadSiteFacts(db, 'almaty'));
const changed = (db: Db) => network(db).changed.map(({ en }) => en);

test('without a plan it is told whether there are cores', () => {
  expect(network(smallDossier())).toMatchObject({ hasCores: false, plan: null, run: null, changed: [] });
  expect(network(reservesWithCores())).toMatchObject({ hasCores: true, plan: null, neighbours: [] });
});

test('plan, run and cores of neighbours; its run stands among those of the review', () => {
  const db = reservesWithCores();
  const { run } = planned(db);
  const found = network(db);
  expect(found.run?.id).toBe(run);
  expect(found.neighbours.map(({ name }) => name.ru)).toEqual(['Холмы']);
  expect(found.changed).toEqual([]);
  expect(loadReviewFacts(db, 'almaty').runs.has(run)).toBe(true);
});

test('cores that were redrawn, of the reserve or of a neighbour in the plan, are told; other zones are not', () => {
  const db = reservesWithCores();
  planned(db);
  drawZone(db, 'almaty', 'transition', squares(0.8, [76.9, 42.8]));
  expect(changed(db)).toEqual([]);
  drawZone(db, 'hills', 'core', squares(0.11, [77.6, 43]));
  expect(changed(db)).toEqual(['Hills']);
  drawZone(db, 'almaty', 'core', squares(0.1, [77, 43], [77.2, 43]));
  expect(changed(db)).toEqual(['Almaty', 'Hills']);
  planned(db);
  expect(changed(db)).toEqual([]);
});

test('a reserve that gets its first cores nearby makes a plan outdated, one far away does not', () => {
  const db = reservesWithCores();
  planned(db);
  drawZone(db, 'far', 'core', squares(0.1, [60, 50]));
  expect(changed(db)).toEqual([]);
  drawZone(db, 'far', 'core', squares(0.1, [78.2, 43.3]));
  expect(changed(db)).toEqual(['Far']);
});

test('figures of the country stand beside those of the reserve, of each distance the latest', () => {
  const db = reservesWithCores();
  for (const one of shippedIndicators()) if (one.id === PROTECTED_CONNECTIVITY.id) putIndicator(db, 'test', one);
  putSite(db, 'test', { ...almaty, id: 'kazakhstan', kind: 'country', name: { en: 'Kazakhstan' } });
  putSite(db, 'test', { ...almaty, id: 'uzbekistan', kind: 'country', countries: ['UZ'], name: { en: 'Uzbekistan' } });
  putRun(db, 'test', {
    id: 'run-country',
    indicator: PROTECTED_CONNECTIVITY.id,
    method: 'saura-2018',
    version: 1,
    software: { name: 'saryarka', version: '0' },
    inputs: [{ dataset: null, href: 'cores/almaty', digest: `sha256:${'0'.repeat(64)}` }],
    params: {},
    started: '2026-11-23',
    ended: '2026-11-23',
    status: 'done',
    skipped: 0,
  });
  for (const [feature, year, value] of [
    ['kazakhstan', 2014, 1],
    ['kazakhstan', 2024, 2],
    ['uzbekistan', 2024, 3],
  ] as const)
    putObservation(db, 'test', {
      ...total,
      id: `${feature}-${year}`,
      feature,
      indicator: PROTECTED_CONNECTIVITY.id,
      unit: '%',
      value,
      period: { start: `${year}-01-01`, end: `${year + 1}-01-01` },
      by: { class: '10000 m' },
      role: 'computed',
      from: { run: 'run-country' },
    });
  const { national } = network(db);
  expect(national.map(({ country, observations }) => [country.en, observations.map(({ value }) => value)])).toEqual([
    ['Kazakhstan', [2]],
  ]);
  expect(national[0]?.changed.map(({ en }) => en)).toEqual(['Almaty']); // its digest is not that of the zones
  expect(loadReviewFacts(db, 'almaty').runs.has('run-country')).toBe(true);
});

test('an excerpt carries the plan with its run; of reserves that stay at home nobody says that they changed', () => {
  const db = reservesWithCores();
  const { plan, run } = planned(db);
  withScratchFile((scratch) => {
    writeFileSync(scratch, excerpt(db, 'almaty', { date: '2026-11-23', confidential: false }));
    const small = openDossier(scratch, { readOnly: true });
    try {
      expect(getPlan(small, plan)).toEqual(getPlan(db, plan));
      expect(network(small)).toMatchObject({ changed: [], neighbours: [], run: { id: run } });
    } finally {
      closeDossier(small);
    }
  });
});
