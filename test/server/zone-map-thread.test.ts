/** Large zone maps are mended beside the thread that answers, and come back as if they had been mended in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestOf, type SourceFile } from '../../src/formats/source-node.ts';
import { Problem, Problems } from '../../src/problems.ts';
import { prepare, preparedAside, type ZoneMapWork } from '../../src/server/zone-map-thread.ts';
import type { Db } from '../../src/store/db.ts';
import { closeDossier } from '../../src/store/dossier.ts';
import { nestedZones } from '../drawing/map-shapes.ts';
import { smallDossier } from '../store/facts-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'saryarka-mend-'));
let db: Db;

beforeAll(() => {
  db = smallDossier(join(folder, 'small.gpkg'));
});

afterAll(() => {
  closeDossier(db);
  rmSync(folder, { recursive: true, force: true });
});

/** A map whose core is drawn some decimetres beside the buffer that surrounds it: every edge of it is to be mended. */
function mapOf({ zone = 'zone', filled = '' } = {}): SourceFile {
  const features = nestedZones([76.9, 43.2], 20, 3000).map(({ kind, geometry }) => ({
    type: 'Feature',
    properties: { [zone]: filled || kind },
    geometry: {
      type: 'MultiPolygon',
      coordinates: (geometry?.coordinates ?? []).map((rings) =>
        rings.map((ring) => ring.map(([lon = 0, lat = 0]) => (kind === 'core' ? [lon + 3e-6, lat + 2e-6] : [lon, lat]))),
      ),
    },
  }));
  const bytes = new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features }));
  return { name: 'zones.geojson', bytes, digest: digestOf(bytes) };
}

const work = (file: SourceFile): ZoneMapWork => ({
  how: 'read',
  site: 'almaty',
  files: [file],
  answers: { words: new Map(), validFrom: null },
});

test('the map is large, it is mended the same here and there, and meanwhile others are answered', async () => {
  const file = mapOf();
  expect(file.bytes.length).toBeGreaterThan(400_000);
  let rounds = 0;
  const clock = setInterval(() => {
    rounds += 1;
  }, 5);
  const aside = await preparedAside(db, work(file));
  clearInterval(clock);
  expect(rounds).toBeGreaterThan(5);
  expect(aside.repairs.length).toBeGreaterThan(0);
  expect(JSON.stringify(aside.zones)).toBe(JSON.stringify((await prepare(db, work(file))).zones));
  expect(aside.read.files[0]?.digest).toBe(file.digest);
});

test('what is to be asked comes through as it is', async () => {
  const asked = async (file: SourceFile): Promise<unknown> => preparedAside(db, work(file)).catch((error: unknown) => error);
  const here = async (file: SourceFile): Promise<unknown> => prepare(db, work(file)).catch((error: unknown) => error);
  const plain = (error: unknown): unknown =>
    (error instanceof Problems ? error.list : [error]).map((one) => (one instanceof Problem ? [one.code, one.details] : one));
  for (const file of [mapOf({ filled: 'meadow' }), mapOf({ zone: 'x', filled: '7' })]) {
    const [there, own] = [await asked(file), await here(file)];
    expect(plain(there)).toEqual(plain(own));
    expect(there instanceof Problem || there instanceof Problems).toBe(true);
  }
});
