import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { expect, test } from 'vitest';
import { occurrenceTile, zoneTile } from '../../src/server/tiles.ts';
import { LOCAL_USER, visitor } from '../../src/server/visitor.ts';
import { putOccurrence, putTaxon } from '../../src/store/occurrences.ts';
import { putZone } from '../../src/store/zones.ts';
import type { Position } from '../../src/types.ts';
import { smallDossier, total } from '../store/facts-fixture.ts';

const NEST: Position = [76.9527, 43.2389];

function dossier() {
  const db = smallDossier();
  putZone(db, 'test', {
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
            [76.9, 43.2],
            [77, 43.2],
            [77, 43.3],
            [76.9, 43.3],
            [76.9, 43.2],
          ],
        ],
      ],
    },
    from: total.from,
  });
  const taxon = { rank: null, parent: null, vernacular: {}, categories: {} };
  putTaxon(db, 'test', { ...taxon, id: 'saker', name: 'Falco cherrug', sensitivity: 2, sensitivityReason: 'robbed' });
  for (const id of ['nest', 'nest-2']) {
    putOccurrence(db, 'test', {
      id,
      site: 'almaty',
      taxon: 'saker',
      place: NEST,
      period: null,
      uncertaintyM: 5,
      count: null,
      basis: null,
      recordedBy: null,
      fields: {},
      from: { source: 'unesco-almaty' },
    });
  }
  return db;
}

/** Address of the tile that a place lies in. https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames */
function tileOf([lon, lat]: Position, z: number) {
  const rad = (lat * Math.PI) / 180;
  const y = Math.floor(((1 - Math.asinh(Math.tan(rad)) / Math.PI) / 2) * 2 ** z);
  return { z, x: Math.floor(((lon + 180) / 360) * 2 ** z), y };
}

function pointsOf(bytes: Uint8Array, { z, x, y }: { z: number; x: number; y: number }): { at: Position; properties: object }[] {
  const layer = bytes.length === 0 ? undefined : new VectorTile(new PbfReader(bytes)).layers.occurrences;
  return Array.from({ length: layer?.length ?? 0 }, (_, i) => {
    const feature = layer?.feature(i);
    const geometry = feature?.toGeoJSON(x, y, z).geometry;
    return { at: (geometry?.type === 'Point' ? geometry.coordinates : []) as Position, properties: feature?.properties ?? {} };
  });
}

const reader = visitor({ id: 'r', name: 'R', signedIn: true }, { almaty: 'reader' });
const stranger = visitor({ id: 's', name: 'S', signedIn: true }, { other: 'administrator' });

test('near by each occurrence is a point, where an editor may know it', async () => {
  const at = tileOf(NEST, 14);
  const points = pointsOf(await occurrenceTile(dossier(), LOCAL_USER, at), at);
  expect(points).toHaveLength(2);
  for (const { at: place } of points) {
    expect(place[0]).toBeCloseTo(NEST[0], 4);
    expect(place[1]).toBeCloseTo(NEST[1], 4);
  }
});

test('a reader finds a sensitive species in the middle of its cell, and in no tile that only holds the place itself', async () => {
  const db = dossier();
  expect(pointsOf(await occurrenceTile(db, reader, tileOf(NEST, 14)), tileOf(NEST, 14))).toEqual([]);
  const middle = tileOf([76.95, 43.25], 14);
  const [point] = pointsOf(await occurrenceTile(db, reader, middle), middle);
  expect(point?.at[1]).toBeCloseTo(43.25, 4);
  expect(point?.properties).toMatchObject({ generalised: true });
});

test('far out they are counted, where they are shown', async () => {
  const db = dossier();
  const at = tileOf([76.95, 43.25], 5);
  const [reading] = pointsOf(await occurrenceTile(db, reader, at), at);
  expect(reading?.properties).toEqual({ count: 2 });
  expect(Math.abs((reading?.at[1] ?? 0) - 43.25)).toBeLessThan(1 / 64);
});

test('who may not read a site gets nothing of it', async () => {
  const db = dossier();
  for (const z of [4, 14]) {
    expect(await occurrenceTile(db, stranger, tileOf(NEST, z))).toHaveLength(0);
    expect(zoneTile(db, stranger, tileOf(NEST, z))).toHaveLength(0);
    expect(zoneTile(db, reader, tileOf(NEST, z)).length).toBeGreaterThan(0);
  }
});

test('what was added shows in the next tile', async () => {
  const db = dossier();
  const at = tileOf(NEST, 5);
  const before = pointsOf(await occurrenceTile(db, LOCAL_USER, at), at);
  putTaxon(db, 'test', {
    id: 'pica',
    name: 'Pica',
    rank: null,
    parent: null,
    vernacular: {},
    categories: {},
    sensitivity: null,
    sensitivityReason: null,
  });
  putOccurrence(db, 'test', {
    id: 'third',
    site: 'almaty',
    taxon: 'pica',
    place: NEST,
    period: null,
    uncertaintyM: null,
    count: null,
    basis: null,
    recordedBy: null,
    fields: {},
    from: { source: 'unesco-almaty' },
  });
  expect(before[0]?.properties).toEqual({ count: 2 });
  expect(pointsOf(await occurrenceTile(db, LOCAL_USER, at), at)[0]?.properties).toEqual({ count: 3 });
});
