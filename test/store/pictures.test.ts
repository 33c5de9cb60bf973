import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { area } from '../../src/indicators/area.ts';
import type { Picture } from '../../src/indicators/kept-picture.ts';
import { compute } from '../../src/run/compute.ts';
import { zoneHref } from '../../src/run/compute-rasters.ts';
import { putIndicator } from '../../src/store/catalogue.ts';
import type { Db } from '../../src/store/db.ts';
import { putRun } from '../../src/store/observations.ts';
import {
  currentPictures,
  keepPictures,
  listPictures,
  pictureCodes,
  picturesOfRun,
  removePictures,
} from '../../src/store/pictures.ts';
import { loadReviewFacts } from '../../src/store/review-facts.ts';
import { putZone } from '../../src/store/zones.ts';
import type { DrawnZone } from '../../src/types.ts';
import { area as areaIndicator, smallDossier } from './facts-fixture.ts';

const square = (size: number): DrawnZone => ({
  id: 'almaty/core',
  site: 'almaty',
  kind: 'core',
  name: {},
  valid: { start: null, end: null },
  geometry: {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [77, 43],
          [77 + size, 43],
          [77 + size, 43 + size],
          [77, 43 + size],
          [77, 43],
        ],
      ],
    ],
  },
  from: { source: 'unesco-almaty' },
});

const picture = (name: string, run: string, variant = ''): Picture => ({
  id: `almaty:greenness${variant}:${name}`,
  site: 'almaty',
  run,
  indicator: 'greenness',
  name,
  period: { start: '2001-01-01', end: '2021-01-01' },
  width: 3,
  height: 2,
  west: 77,
  south: 43,
  east: 77.3,
  north: 43.2,
  step: 4,
  take: 'most',
  classes: [{ code: 1, class: 'increasing', color: '#0b6e4f', hatch: false, share: 0.25 }],
  codes: Uint8Array.from(deflateSync(Uint8Array.of(0, 1, 1, 1, 0, 0))),
});

function dossier(): Db {
  const db = smallDossier();
  const zone = square(0.3);
  putZone(db, 'test', zone);
  putIndicator(db, 'test', { ...areaIndicator, id: 'greenness' });
  const { run } = compute(area, zone, '2026-01-01T00:00:00Z');
  const inputs = [{ dataset: null, href: zoneHref(zone.id), digest: run.inputs[0]?.digest ?? '' }];
  for (const id of ['run-1', 'run-2', 'run-3']) putRun(db, 'test', { ...run, id, indicator: 'greenness', inputs });
  return db;
}

test('a picture comes back as it was kept', () => {
  const db = dossier();
  keepPictures(db, 'test', { prefix: 'almaty:greenness:', pictures: [picture('trend', 'run-1')] });
  const [kept] = listPictures(db, 'almaty');
  expect(kept).toEqual(picture('trend', 'run-1'));
  expect([...pictureCodes(kept as Picture)]).toEqual([0, 1, 1, 1, 0, 0]);
  expect(() => pictureCodes({ ...(kept as Picture), width: 4 })).toThrow(RangeError);
});

test('a later run of the same work takes the place of the one before, and leaves other settings alone', () => {
  const db = dossier();
  keepPictures(db, 'test', { prefix: 'almaty:greenness:', pictures: [picture('trend', 'run-1'), picture('slope', 'run-1')] });
  keepPictures(db, 'test', { prefix: 'almaty:greenness:0a1b:', pictures: [picture('trend', 'run-3', ':0a1b')] });
  keepPictures(db, 'test', { prefix: 'almaty:greenness:', pictures: [picture('trend', 'run-2')] });
  expect(listPictures(db, 'almaty').map(({ id, run }) => [id, run])).toEqual([
    ['almaty:greenness:trend', 'run-2'],
    ['almaty:greenness:0a1b:trend', 'run-3'],
  ]);
  expect([picturesOfRun(db, 'run-1'), removePictures(db, 'test', 'run-3'), picturesOfRun(db, 'run-3')]).toEqual([0, 1, 0]);
});

test('a picture of ground that was redrawn since is left out of the review, and so is one that lacks a zone', () => {
  const db = dossier();
  keepPictures(db, 'test', { prefix: 'almaty:greenness:', pictures: [picture('trend', 'run-1')] });
  const known = loadReviewFacts(db, 'almaty');
  expect(known.pictures.map(({ name }) => name)).toEqual(['trend']);
  expect(known.runs.has('run-1')).toBe(true);
  expect(currentPictures(db, 'almaty', [square(0.3), { ...square(0.1), id: 'almaty/buffer', kind: 'buffer' }])).toEqual([]);
  putZone(db, 'test', square(0.2));
  expect(loadReviewFacts(db, 'almaty').pictures).toEqual([]);
  expect(listPictures(db, 'almaty')).toHaveLength(1);
});

test('the dossier refuses a picture without a run, and one of no size', () => {
  const db = dossier();
  for (const wrong of [
    picture('trend', 'run-9'),
    { ...picture('trend', 'run-1'), width: 0 },
    { ...picture('trend', 'run-1'), north: 43 },
  ]) {
    expect(() => keepPictures(db, 'test', { prefix: 'almaty:greenness:', pictures: [wrong] })).toThrow();
  }
  expect(listPictures(db, 'almaty')).toEqual([]);
});
