import { expect, test } from 'vitest';
import type { Overview, SiteDetail, ZoneDifference } from '../../src/api/sites.ts';
import { countOf } from '../../src/review/completeness.ts';
import { periodicReview } from '../../src/review/periodic-review.ts';
import { shippedForm } from '../../src/review/shipped-form.ts';
import { progressOf } from '../../src/server/site-progress.ts';
import { putDataset } from '../../src/store/catalogue.ts';
import type { Db } from '../../src/store/db.ts';
import { putDocument } from '../../src/store/documents.ts';
import { putObservation } from '../../src/store/observations.ts';
import { putEntry } from '../../src/store/records.ts';
import { loadReviewFacts } from '../../src/store/review-facts.ts';
import { putSite } from '../../src/store/sites.ts';
import { putZone } from '../../src/store/zones.ts';
import type { Zone } from '../../src/types.ts';
import { almaty, smallDossier, total } from '../store/facts-fixture.ts';
import { browserOf, person, served, sharedDossier } from './people.ts';

/** A square of `size` degrees with its south-western corner at 77° E, 43° N. */
const square = (size: number): Zone['geometry'] => ({
  type: 'MultiPolygon',
  coordinates: [[[[77, 43], [77 + size, 43], [77 + size, 43 + size], [77, 43 + size], [77, 43]]]], // biome-ignore format: a ring
});

const core = (size: number, valid: Zone['valid'], id = 'almaty/core'): Zone => ({
  id,
  site: 'almaty',
  kind: 'core',
  name: { en: '<img src=x onerror=alert(1)>' },
  valid,
  geometry: square(size),
  from: { source: 'unesco-almaty' },
});

function station(db: Db, id: string, confidential: boolean): void {
  putEntry(db, 'test', {
    id,
    site: 'almaty',
    register: 'monitoring',
    fields: { variable: `Station ${id}`, longitude: 77.1, latitude: 43.1 },
    confidential,
    from: { dataset: 'notes', row: id },
  });
}

function withStations(db: Db): Db {
  putDataset(db, 'test', {
    id: 'notes',
    title: { en: 'Notes' },
    kind: 'table',
    href: 'notes.csv',
    mediaType: 'text/csv',
    digest: null,
    crs: null,
    period: null,
    licence: 'not stated',
    attribution: 'not stated',
  });
  station(db, 'open', false);
  station(db, 'secret', true);
  return db;
}

const asking = (db: Db) => {
  const app = served(db);
  return (path: string) => app.request(path, { headers: { host: 'localhost' } });
};

test('the list says areas, answers and where a site lies; without a zone map, too', async () => {
  const db = smallDossier();
  putObservation(db, 'test', total);
  const ask = asking(db);
  const { sites } = (await (await ask('/api/sites')).json()) as Overview;
  expect(sites[0]).toMatchObject({ id: 'almaty', totalHa: 176960, computedHa: null, mapped: false, point: null });
  expect(sites[0]?.completeness.asked).toBeGreaterThan(100);
});

test('a site without a declared centre stands within its zones', async () => {
  const db = smallDossier();
  putZone(db, 'test', core(0.2, { start: '2020-01-01', end: null }));
  const placed = (await (await asking(db)('/api/sites')).json()) as Overview;
  const [lon = 0, lat = 0] = placed.sites[0]?.point ?? [];
  expect(lon).toBeGreaterThan(77);
  expect(lat).toBeLessThan(43.2);
  expect(placed.sites[0]?.mapped).toBe(true);
});

test('the meter of the list says what the meter of the review says', async () => {
  const db = withStations(smallDossier());
  putObservation(db, 'test', total);
  for (const zones of [false, true]) {
    if (zones) putZone(db, 'test', core(0.2, { start: '2020-01-01', end: null }));
    const known = loadReviewFacts(db, 'almaty');
    const { answers } = await periodicReview(shippedForm(), known, { lang: 'en', date: '2026-11-23' });
    expect(await progressOf(known, '2026-11-23')).toMatchObject(countOf(answers));
  }
});

test('a register of a hundred thousand lines fills no more than a few of them, within the time of a test', async () => {
  const db = withStations(smallDossier());
  putZone(db, 'test', core(0.2, { start: '2020-01-01', end: null }));
  const known = loadReviewFacts(db, 'almaty');
  const [entry] = known.records.entries;
  if (entry === undefined) throw new Error('no entry');
  const entries = Array.from({ length: 100_000 }, (_, i) => ({ ...entry, id: `many-${i}` }));
  const few = await progressOf(known, '2026-11-23');
  expect(await progressOf({ ...known, records: { ...known.records, entries } }, '2026-11-23')).toEqual(few);
});

test('the list is kept until something of a site changes', async () => {
  const db = withStations(smallDossier());
  const ask = asking(db);
  const filled = async () => ((await (await ask('/api/sites')).json()) as Overview).sites[0]?.completeness.filled ?? 0;
  const before = await filled();
  putEntry(db, 'test', {
    id: 'paper',
    site: 'almaty',
    register: 'research',
    fields: { title: 'Snow leopards', year: 2020 },
    confidential: false,
    from: { dataset: 'notes', row: '3' },
  });
  expect(await filled()).toBeGreaterThan(before);
});

test('a name that a spreadsheet would run is written as text', async () => {
  const db = smallDossier();
  putSite(db, 'test', { ...almaty, id: 'trap', name: { en: '=HYPERLINK("http://evil.example")' } });
  const csv = await (await asking(db)('/api/sites.csv')).text();
  expect(csv).toContain(`"'=HYPERLINK(`);
});

test('the list as places leaves out no site whose place nobody knows', async () => {
  const { features } = (await (await asking(smallDossier())('/api/sites.geojson')).json()) as { features: unknown[] };
  expect(features).toEqual([expect.objectContaining({ id: 'almaty', geometry: null })]);
});

test('declared and computed areas of a kind stand side by side', async () => {
  const db = smallDossier();
  putZone(db, 'test', core(0.1, { start: '2020-01-01', end: null }));
  putObservation(db, 'test', { ...total, id: 'core', feature: 'almaty/core', value: 9000 });
  const detail = (await (await asking(db)('/api/sites/almaty')).json()) as SiteDetail;
  expect(detail.areas[0]).toMatchObject({ kind: 'core', declaredHa: 9000 });
  // 0.1° by 0.1° at 43.05° N: 11.11 km by 8.15 km
  expect(detail.areas[0]?.computedHa).toBeCloseTo(9052, -2);
  expect(detail.extent).toEqual([77, 43, 77.1, 43.1]);
});

test('an earlier zonation is listed, drawn and held against the present one', async () => {
  const db = smallDossier();
  putZone(db, 'test', core(0.1, { start: '2010-01-01', end: '2020-01-01' }));
  putZone(db, 'test', core(0.2, { start: '2020-01-01', end: null }, 'almaty/core@2020'));
  const ask = asking(db);
  const detail = (await (await ask('/api/sites/almaty')).json()) as SiteDetail;
  expect(detail.earlier).toEqual([{ start: '2010-01-01', end: '2020-01-01' }]);
  const [change] = (await (await ask('/api/sites/almaty/changes?until=2020-01-01')).json()) as ZoneDifference[];
  // three of the four squares of the larger one are new
  expect(change?.gainedHa).toBeCloseTo(3 * 9044, -2);
  expect(change?.lostHa).toBe(0);
  const won = (await (await ask('/api/sites/almaty/changes.geojson?until=2020-01-01')).json()) as { features: unknown[] };
  expect(won.features).toHaveLength(1);
  expect((await ask('/api/sites/almaty/zones.geojson?until=1999-01-01')).status).toBe(404);
});

test('confidential places are for editors alone, in counts and on the map', async () => {
  const db = withStations(sharedDossier());
  person(db, 'rita', { almaty: 'contributor' });
  person(db, 'eva', { almaty: 'editor' });
  const app = served(db);
  for (const [user, count] of [
    ['rita', 1],
    ['eva', 2],
  ] as const) {
    // biome-ignore format: a table
    const ask = browserOf(app, db, user);
    const detail = (await (await ask('GET', '/api/sites/almaty')).json()) as SiteDetail;
    expect(detail.layers.find(({ id }) => id === 'monitoring')?.count).toBe(count);
    const places = await (await ask('GET', '/api/sites/almaty/places.geojson?layer=monitoring')).text();
    expect(places.includes('Station secret')).toBe(count === 2);
  }
});

test('a layer that no kind of record has is not found, whatever it is called', async () => {
  const ask = asking(smallDossier());
  for (const layer of ['nothing', '../../etc/passwd', '__proto__']) {
    expect((await ask(`/api/sites/almaty/places.geojson?layer=${encodeURIComponent(layer)}`)).status).toBe(404);
  }
});

test('a file is saved and never shown, under a name that stays in its header', async () => {
  const db = sharedDossier();
  const bytes = new TextEncoder().encode('<script>alert(1)</script>');
  const title = 'карта"\r\nx: y.html';
  putDocument(db, 'test', {
    id: 'map/1/a',
    site: 'almaty',
    kind: 'zone-map',
    title,
    lang: null,
    mediaType: 'text/html',
    digest: 'sha256:0',
    bytes,
  });
  putDocument(db, 'test', {
    id: 'draft',
    site: 'almaty',
    kind: 'review',
    title: 'draft',
    lang: null,
    mediaType: 'text/html',
    digest: 'sha256:0',
    bytes,
  });
  person(db, 'rita', { almaty: 'reader' });
  const ask = browserOf(served(db), db, 'rita');
  const reply = await ask('GET', '/api/sites/almaty/documents/map%2F1%2Fa');
  expect(reply.headers.get('content-type')).toBe('application/octet-stream');
  expect(reply.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w%.-]+$/);
  expect(await reply.text()).toContain('<script>');
  expect((await ask('GET', '/api/sites/almaty/documents/draft')).status).toBe(404);
});

test('the map as a drawing shows the zones; where no place is known there is none', async () => {
  const db = smallDossier();
  expect((await asking(db)('/api/sites/almaty/map.svg')).status).toBe(404);
  putZone(db, 'test', core(0.1, { start: '2020-01-01', end: null }));
  const svg = await (await asking(db)('/api/sites/almaty/map.svg?lang=kk')).text();
  expect(svg).toMatch(/^<svg/);
  expect(svg).toContain('Алматы');
});
