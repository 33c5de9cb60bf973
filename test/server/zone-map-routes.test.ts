import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SiteDetail } from '../../src/api/sites.ts';
import type { Accepted, Uploaded, ZoneMapReply, ZoneMapRequest } from '../../src/api/zone-maps.ts';
import { plainName } from '../../src/server/uploads.ts';
import { putSite } from '../../src/store/sites.ts';
import { listZones } from '../../src/store/zones.ts';
import { almaty, smallDossier } from '../store/facts-fixture.ts';
import { browserOf, person, served, sharedDossier } from './people.ts';

const tutorial = readFileSync(join(import.meta.dirname, '..', '..', 'data', 'tutorial', 'zones.geojson'));

function local(db = smallDossier()) {
  const app = served(db);
  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    app.request(path, {
      method,
      headers: { host: 'localhost:8080', ...headers },
      ...(body === undefined ? {} : { body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body) }),
    });
  const send = async (bytes: Uint8Array, name: string): Promise<Uploaded> =>
    (await (await ask('POST', `/api/sites/almaty/zone-map/files?name=${encodeURIComponent(name)}`, bytes)).json()) as Uploaded;
  const propose = async (request: ZoneMapRequest): Promise<ZoneMapReply> =>
    (await (await ask('POST', '/api/sites/almaty/zone-map', request)).json()) as ZoneMapReply;
  const ready = async (bytes: Uint8Array = tutorial, more: Partial<ZoneMapRequest> = {}) => {
    const { name, digest } = await send(bytes, 'zones.geojson');
    const reply = await propose({ files: [{ name, digest }], words: { шабындық: 'transition' }, ...more });
    if (reply.state !== 'ready') throw new Error('the map was asked about');
    return reply;
  };
  return { db, ask, send, propose, ready };
}

/** A square with `properties`, 0.1° wide. */
const map = (properties: object[], factor = 1): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({
      type: 'FeatureCollection',
      features: properties.map((own, i) => {
        const [w, s] = [(77 + i) * factor, 43 * factor];
        const [e, n] = [w + 0.1 * factor, s + 0.1 * factor];
        return { type: 'Feature', properties: own, geometry: { type: 'Polygon', coordinates: [[[w, s], [e, s], [e, n], [w, n], [w, s]]] } }; // biome-ignore format: a ring
      }),
    }),
  );

test('a word that is no zone is asked about, and answered; nothing is written before the yes', async () => {
  const { db, send, propose, ask } = local();
  const { name, digest } = await send(tutorial, 'zones.geojson');
  const asked = await propose({ files: [{ name, digest }] });
  expect(asked).toMatchObject({
    state: 'question',
    question: { about: 'words', field: 'аймақ', words: [{ word: 'шабындық', features: 1, suggested: null }] },
  });
  const reply = await propose({ files: [{ name, digest }], words: { шабындық: 'transition' } });
  if (reply.state !== 'ready') throw new Error('asked again');
  expect(reply.recognised.formats).toEqual(['geojson']);
  expect(reply.recognised.words).toContainEqual({ word: 'шабындық', field: 'аймақ', kind: 'transition', features: 1 });
  expect(reply.result.repairs.map(({ kind }) => kind)).toContain('overlap');
  expect(reply.result.unresolved.map(({ rule }) => rule)).toContain('Z02');
  expect(reply.result.differences).toBeNull();
  expect(listZones(db, 'almaty')).toEqual([]);
  const [before, after] = await Promise.all(
    ['before', 'after'].map(async (when) => (await ask('GET', `/api/sites/almaty/zone-map/${reply.id}/${when}.geojson`)).json()),
  );
  expect((before as { features: unknown[] }).features).toHaveLength(8);
  expect((after as { features: unknown[] }).features).toHaveLength(5);
});

test('what is accepted is what the command line would import, and can be taken back', async () => {
  const { db, ask, ready } = local();
  const { id, result } = await ready();
  const changes = (await (
    await ask('POST', `/api/sites/almaty/zone-map/${id}/accept`, undefined, { 'if-match': `"${result.version}"` })
  ).json()) as Accepted;
  expect(changes).toEqual({ added: 5, changed: 0, same: 0 });
  const detail = (await (await ask('GET', '/api/sites/almaty')).json()) as SiteDetail;
  expect(detail.map?.name).toBe('zones.geojson');
  expect(detail.map?.repairs.length).toBe(result.repairs.length);
  expect(detail.undo).toBe(true);
  expect((await ask('POST', '/api/sites/almaty/zone-map/undo')).status).toBe(204);
  expect(listZones(db, 'almaty')).toEqual([]);
  const again = await ask('POST', '/api/sites/almaty/zone-map/undo');
  expect(await again.json()).toMatchObject({ code: 'undo-nothing' });
});

test('words that were explained are remembered once the map is accepted', async () => {
  const { ask, ready, send, propose } = local();
  const { id } = await ready();
  await ask('POST', `/api/sites/almaty/zone-map/${id}/accept`);
  const { name, digest } = await send(tutorial, 'zones.geojson');
  expect((await propose({ files: [{ name, digest }] })).state).toBe('ready');
});

test('a map is accepted only for the zones that were seen beside it', async () => {
  const { db, ask, ready } = local();
  const first = await ready();
  const second = await ready(map([{ zone: 'core' }]));
  await ask('POST', `/api/sites/almaty/zone-map/${first.id}/accept`, undefined, { 'if-match': `"${first.result.version}"` });
  const late = await ask('POST', `/api/sites/almaty/zone-map/${second.id}/accept`, undefined, {
    'if-match': `"${second.result.version}"`,
  });
  expect(late.status).toBe(412);
  expect(listZones(db, 'almaty')).toHaveLength(5);
});

test('against zones that are there it says what each kind would win and lose', async () => {
  const { ask, ready } = local();
  const { id } = await ready(map([{ zone: 'core' }]));
  await ask('POST', `/api/sites/almaty/zone-map/${id}/accept`);
  const { result } = await ready(map([{ zone: 'buffer' }]));
  const [core, buffer] = result.differences ?? [];
  expect(core?.lostHa).toBeCloseTo(buffer?.gainedHa ?? 0, 6);
  expect(core?.lostHa).toBeGreaterThan(9000);
});

test('with a day the zones before it are kept as an earlier zonation', async () => {
  const { ask, ready } = local();
  const first = await ready(map([{ zone: 'core' }]), { validFrom: '2010-01-01' });
  await ask('POST', `/api/sites/almaty/zone-map/${first.id}/accept`);
  const second = await ready(map([{ zone: 'core' }, { zone: 'buffer' }]), { validFrom: '2020-01-01' });
  await ask('POST', `/api/sites/almaty/zone-map/${second.id}/accept`);
  const detail = (await (await ask('GET', '/api/sites/almaty')).json()) as SiteDetail;
  expect(detail.earlier).toEqual([{ start: '2010-01-01', end: '2020-01-01' }]);
});

test('codes of zones are asked about with the order in which the zones lie', async () => {
  const { send, propose } = local();
  const rings = [0.3, 0.2, 0.1].map((reach, i) => ({
    type: 'Feature',
    properties: { zone: 3 - i },
    geometry: {
      type: 'Polygon',
      coordinates: [[[77 - reach, 43 - reach], [77 + reach, 43 - reach], [77 + reach, 43 + reach], [77 - reach, 43 + reach], [77 - reach, 43 - reach]]], // biome-ignore format: a ring
    },
  }));
  const { name, digest } = await send(
    new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features: rings })),
    'a.geojson',
  );
  const reply = await propose({ files: [{ name, digest }] });
  expect(reply).toMatchObject({
    question: {
      about: 'words',
      words: expect.arrayContaining([
        { word: '1', features: null, suggested: 'core' },
        { word: '3', features: null, suggested: 'transition' },
      ]),
    },
  });
});

test('coordinates that are no degrees are asked about, with systems that would fit', async () => {
  const { send, propose } = local();
  const { name, digest } = await send(map([{ zone: 'core' }], 7000), 'metres.geojson');
  const asked = await propose({ files: [{ name, digest }] });
  expect(asked).toMatchObject({ state: 'question', question: { about: 'crs' } });
  const answered = await propose({ files: [{ name, digest }], crs: 'EPSG:32643' });
  expect(answered).toMatchObject({ state: 'ready', recognised: { crs: expect.stringContaining('32643') } });
});

describe('what is sent', () => {
  test('is refused when it is no map, with a sentence', async () => {
    const { ask, send } = local();
    const { name, digest } = await send(new TextEncoder().encode('%PDF-1.7'), 'map.pdf');
    const reply = await ask('POST', '/api/sites/almaty/zone-map', { files: [{ name, digest }] });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ code: 'map-none', message: expect.stringContaining('PDF') });
  });

  test('keeps no path of its name', () => {
    expect(plainName('../../etc/passwd')).toBe('passwd');
    expect(plainName('C:\\maps\\зоны.zip')).toBe('зоны.zip');
    expect(plainName('a\u0000\r\nb.zip')).toBe('ab.zip');
    expect(plainName('/')).toBe('map');
  });

  test('is asked for again once it is gone', async () => {
    const { ask, ready } = local();
    const { id } = await ready();
    expect((await ask('DELETE', `/api/sites/almaty/zone-map/${id}`)).status).toBe(204);
    const reply = await ask('POST', `/api/sites/almaty/zone-map/${id}/accept`);
    expect(await reply.json()).toMatchObject({ code: 'zone-map-gone' });
    const files = [{ name: 'zones.geojson', digest: `sha256:${'0'.repeat(64)}` }];
    expect(await (await ask('POST', '/api/sites/almaty/zone-map', { files })).json()).toMatchObject({ code: 'upload-gone' });
  });

  test('is not looked up by anything but a digest', async () => {
    const { ask } = local();
    const files = [{ name: 'x', digest: 'sha256:../../../../etc/passwd' }];
    expect((await ask('POST', '/api/sites/almaty/zone-map', { files })).status).toBe(400);
  });

  test('may come in loose parts, dropped together', async () => {
    const { send, propose } = local();
    const { writeShapefile } = await import('../../src/formats/shapefile-writer.ts');
    const { unzipSync } = await import('fflate');
    const { partsOfZones } = await import('../../src/formats/zone-parts.ts');
    const zone = {
      id: 'almaty/core',
      site: 'almaty',
      kind: 'core' as const,
      name: {},
      valid: { start: null, end: null },
      from: { source: 'unesco-almaty' },
    };
    const geometry = { type: 'MultiPolygon' as const, coordinates: [[[[77, 43], [77.1, 43], [77.1, 43.1], [77, 43.1], [77, 43]]]] as [number, number][][][] }; // biome-ignore format: a ring
    const parts = unzipSync(
      writeShapefile(
        partsOfZones([{ ...zone, geometry }], () => 1),
        'zones',
      ),
    );
    const files: ZoneMapRequest['files'] = [];
    for (const [name, bytes] of Object.entries(parts)) files.push(await send(bytes, name));
    expect(await propose({ files: files.map(({ name, digest }) => ({ name, digest })) })).toMatchObject({
      state: 'ready',
      recognised: { formats: ['shapefile'] },
      result: { repairs: [] },
    });
  });
});

test('a map that waits for one site is not there for another', async () => {
  const db = smallDossier();
  putSite(db, 'test', { ...almaty, id: 'korgalzhyn' });
  const { ask, ready } = local(db);
  const { id } = await ready();
  expect((await ask('GET', `/api/sites/almaty/zone-map/${id}/after.geojson`)).status).toBe(200);
  for (const [method, path] of [
    ['GET', `${id}/after.geojson`],
    ['POST', `${id}/accept`],
    ['DELETE', id],
  ] as const) {
    // biome-ignore format: a table
    const reply = await ask(method, `/api/sites/korgalzhyn/zone-map/${path}`);
    expect(await reply.json()).toMatchObject({ code: 'zone-map-gone' });
  }
});

test('who may not change zones cannot send a map, nor take one back', async () => {
  const db = sharedDossier();
  person(db, 'rita', { almaty: 'contributor', korgalzhyn: 'editor' });
  const rita = browserOf(served(db), db, 'rita');
  for (const path of ['zone-map/files?name=a', 'zone-map', 'zone-map/undo']) {
    expect((await rita('POST', `/api/sites/almaty/${path}`, { files: [] })).status).toBe(403);
  }
});
