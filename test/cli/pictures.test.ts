/** Maps of indicators from the command line: computed into a dossier, taken out as drawings. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { compute } from '../../src/cli/compute.ts';
import { exportTable } from '../../src/cli/export.ts';
import { closeDossier, createDossier, openDossier } from '../../src/store/dossier.ts';
import { listPictures } from '../../src/store/pictures.ts';
import { putSite } from '../../src/store/sites.ts';
import { putZone } from '../../src/store/zones.ts';
import { put, zone } from '../indicators/rasters.ts';
import { almaty } from '../store/facts-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'saryarka-pictures-'));
const dossier = join(folder, 'a.gpkg');
const told: string[] = [];
const covers = [2000, 2020].map((year) =>
  put(`cover_${year}`, { type: 'uint8', value: (c) => (c < 20 || year === 2000 ? 2 : 3) }),
);
const work = { lang: 'en', indicator: 'land-cover', site: 'almaty', input: covers, jobs: '1' } as const;
const asked = (output: string) =>
  ({ lang: 'en', what: 'pictures', format: 'svg', site: 'almaty', output: join(folder, output) }) as const;

beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => void told.push(line));
  const db = createDossier(dossier);
  putSite(db, 'test', almaty);
  const { geometry } = zone('core', [2, 3, 30, 25]);
  putZone(db, 'test', {
    id: 'almaty/core',
    site: 'almaty',
    kind: 'core',
    name: {},
    valid: { start: null, end: null },
    geometry,
    from: { source: 'by-hand' },
  });
  closeDossier(db);
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

test('computing keeps figures and maps together; the same work again is served from the dossier', async () => {
  await compute(dossier, { ...work, input: [...covers] });
  expect(told.at(-1)).toBe('land-cover: maps kept: 3');
  await compute(dossier, { ...work, input: [...covers] });
  expect(told.at(-1)).toMatch(/nothing has changed/);
  const db = openDossier(dossier, { readOnly: true });
  expect(listPictures(db, 'almaty').map(({ name }) => name)).toEqual(['land-cover', 'land-cover-before', 'land-cover-change']);
  closeDossier(db);
});

test('a file named after a map holds that map; a zip holds all of them, the same bytes each time', async () => {
  await exportTable(dossier, asked('land-cover-change.svg'));
  const svg = readFileSync(join(folder, 'land-cover-change.svg'), 'utf8');
  expect(svg).toContain('Change of land cover, 2000–2020');
  expect(svg).toContain('New cropland');
  await exportTable(dossier, asked('a.zip'));
  await exportTable(dossier, asked('b.zip'));
  const bytes = readFileSync(join(folder, 'a.zip'));
  expect(Object.keys(unzipSync(bytes))).toEqual(['land-cover.svg', 'land-cover-before.svg', 'land-cover-change.svg']);
  expect(readFileSync(join(folder, 'b.zip')).equals(bytes)).toBe(true);
});

test('a name that no map has is refused with those there are', async () => {
  await expect(exportTable(dossier, asked('fires.svg'))).rejects.toMatchObject({
    code: 'choice-wrong',
    details: { expected: 'land-cover.svg, land-cover-before.svg, land-cover-change.svg, *.zip' },
  });
  expect(existsSync(join(folder, 'fires.svg'))).toBe(false);
});
