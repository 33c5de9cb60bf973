/** Writing through SensorThings, by session and by key: req/create-update-delete and req/data-array of OGC 18-088, and what is refused. */
import { beforeEach, describe, expect, test } from 'vitest';
import { addKey, listKeys, revokeKey } from '../../src/store/api-keys.ts';
import type { Db } from '../../src/store/db.ts';
import { getObservation } from '../../src/store/observations.ts';
import { listStations } from '../../src/store/stations.ts';
import { setStatus } from '../../src/store/users.ts';
import { listAudit } from '../../src/store/write.ts';
import { browserOf, NOW, served } from './people.ts';
import { dossierOfSeries, STATION } from './sensorthings-fixture.ts';

type Json = Record<string, unknown>;

let db: Db;
let app: ReturnType<typeof served>;
let eda: ReturnType<typeof browserOf>;

beforeEach(() => {
  db = dossierOfSeries();
  app = served(db);
  eda = browserOf(app, db, 'eda');
});

const STREAM = {
  name: 'Level at Karateren',
  description: 'A pressure gauge',
  observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
  unitOfMeasurement: { name: 'cubic metre per second', symbol: 'm3/s', definition: 'http://unitsofmeasure.org/ucum.html#m3%2Fs' },
  ObservedProperty: { '@iot.id': 'river-discharge' },
  Sensor: {
    name: 'Logger 7',
    description: 'The station keepers',
    encodingType: 'text/html',
    metadata: 'https://example.org/logger-7',
  },
};

const body = async (reply: Response): Promise<Json> => (await reply.json()) as Json;

async function opened(more: Json = {}): Promise<{ path: string; id: string; reply: Json }> {
  const reply = await eda('POST', `/sta/v1.1/Things('${encodeURIComponent(STATION)}')/Datastreams`, { ...STREAM, ...more });
  const made = await body(reply);
  expect(reply.status, JSON.stringify(made)).toBe(201);
  const id = String(made['@iot.id']);
  return { path: `/sta/v1.1/Datastreams('${encodeURIComponent(id)}')`, id, reply: made };
}

describe('req/create-update-delete', () => {
  test('create-entity, deep-insert-status-code: a series with its sensor and first values; 201 with its address', async () => {
    const { path, reply } = await opened({
      Observations: [{ result: 1.5, phenomenonTime: '2026-11-01T00:00:00Z/2026-12-01T00:00:00Z' }],
    });
    expect(reply.name).toBe('Level at Karateren');
    const found = await body(await eda('GET', `${path}?$expand=Sensor,Observations,Thing`));
    expect(found.Sensor).toMatchObject({ name: 'Logger 7', metadata: 'https://example.org/logger-7' });
    expect((found.Thing as Json)['@iot.id']).toBe(STATION);
    const [one] = found.Observations as Json[];
    expect(one).toMatchObject({ result: 1.5, phenomenonTime: '2026-11-01T00:00:00Z/2026-12-01T00:00:00Z' });
    expect(getObservation(db, String(one?.['@iot.id']))).toMatchObject({
      period: { start: '2026-11-01', end: '2026-12-01' },
      role: 'observed',
      unit: 'm3/s',
      from: { dataset: 'sensors/logger-7', row: '2026-11-01' },
    });
  });

  test('link-to-existing-entities: an observation of a series, told in the body or by the address, audited under its writer', async () => {
    const { path, id } = await opened();
    const made = await eda('POST', '/sta/v1.1/Observations', {
      Datastream: { '@iot.id': id },
      result: 42.25,
      phenomenonTime: '2026-11-23T06:00:00+05:00',
      resultTime: '2026-11-23T01:05:00Z',
      resultQuality: 'doubtful',
      parameters: { low: 42, high: 42.5, level: 0.95, note: 'ice' },
    });
    expect(made.status).toBe(201);
    const address = made.headers.get('location') ?? '';
    const read = await body(await eda('GET', address.replace('http://localhost:8080', '')));
    expect(read).toMatchObject({
      phenomenonTime: '2026-11-23T01:00:00Z',
      resultTime: '2026-11-23T01:05:00Z',
      result: 42.25,
      resultQuality: { DQ_Status: { code: 'doubtful' } },
      parameters: { low: 42, high: 42.5, level: 0.95, note: 'ice' },
    });
    expect(listAudit(db, 'observations', String(read['@iot.id']))).toMatchObject([{ by: 'eda', action: 'added' }]);
    const again = await eda('POST', `${path}/Observations`, { result: null, phenomenonTime: '2026-11-23T01:00:00Z' });
    expect((await body(again))['@iot.id']).toBe(`${String(read['@iot.id'])}~2`);
    const now = await body(await eda('POST', `${path}/Observations`, { result: 1 }));
    expect(now.phenomenonTime).toBe('2026-11-23T08:00:00Z');
  });

  test('update-entity: PATCH changes what is named, PUT takes the rest back; delete-entity removes', async () => {
    const { path } = await opened();
    const one = await body(
      await eda('POST', `${path}/Observations`, {
        result: 5,
        phenomenonTime: '2026-01-01T00:00:00Z',
        parameters: { note: 'ice' },
      }),
    );
    const address = String(one['@iot.selfLink']).replace('http://localhost:8080', '');
    expect(await body(await eda('PATCH', address, { result: 6 }))).toMatchObject({
      result: 6,
      phenomenonTime: '2026-01-01T00:00:00Z',
      parameters: { note: 'ice' },
    });
    const put = await body(await eda('PUT', address, { result: 7, phenomenonTime: '2026-01-02T00:00:00Z' }));
    expect([put.result, put.phenomenonTime, (put.parameters as Json).note]).toEqual([7, '2026-01-02T00:00:00Z', undefined]);
    expect((await eda('DELETE', address)).status).toBe(200);
    expect((await eda('GET', address)).status).toBe(404);
    expect(listAudit(db, 'observations', String(one['@iot.id'])).map(({ action }) => action)).toEqual([
      'added',
      'changed',
      'changed',
      'removed',
    ]);
  });

  test('a station as a Thing with its place, moved and taken back with its series', async () => {
    const made = await eda('POST', '/sta/v1.1/Things', {
      name: 'Каратерень',
      description: 'Гидропост',
      properties: { site: 'almaty', river: 'Сырдарья' },
      Locations: [
        { name: 'l', description: 'l', encodingType: 'application/geo+json', location: { type: 'Point', coordinates: [61, 46] } },
      ],
      Datastreams: [{ ...STREAM, Observations: [{ result: 1 }] }],
    });
    const thing = await body(made);
    expect(made.status, JSON.stringify(thing)).toBe(201);
    const station = listStations(db, 'almaty').find(({ id }) => id === thing['@iot.id']);
    expect(station).toMatchObject({ name: { ru: 'Каратерень' }, place: [61, 46], from: { source: 'sensorthings' } });
    const address = String(thing['@iot.selfLink']).replace('http://localhost:8080', '');
    expect(
      (await eda('PATCH', `${address.replace('Things', 'Locations')}`, { location: { type: 'Point', coordinates: [61.5, 46] } }))
        .status,
    ).toBe(200);
    const [place] = (await body(await eda('GET', `${address}/Locations`))).value as Json[];
    expect(place?.location).toEqual({ type: 'Point', coordinates: [61.5, 46] });
    expect((await eda('DELETE', address)).status).toBe(200);
    expect(listStations(db, 'almaty').map(({ id }) => id)).toEqual([STATION]);
  });

  test('removing a series removes its values; a described sensor can be changed, and goes with its series', async () => {
    const { path } = await opened({ Observations: [{ result: 1 }, { result: 2 }] });
    expect((await eda('PATCH', path, { name: 'Renamed' })).status).toBe(200);
    const sensor = "/sta/v1.1/Sensors('dataset%3Asensors%2Flogger-7')";
    expect(await body(await eda('PATCH', sensor, { properties: { licence: 'CC-BY-4.0' } }))).toMatchObject({
      properties: { licence: 'CC-BY-4.0' },
    });
    expect((await eda('DELETE', sensor)).status).toBe(200);
    expect((await eda('GET', path)).status).toBe(404);
    expect(db.prepare("select count(*) as n from observations where from_dataset = 'sensors/logger-7'").get()).toEqual({ n: 0 });
  });
});

describe('req/data-array', () => {
  test('CreateObservations: many at once; what cannot be taken says why and hinders nothing', async () => {
    const { id } = await opened();
    const reply = await eda('POST', '/sta/v1.1/CreateObservations', [
      {
        Datastream: { '@iot.id': id },
        components: ['phenomenonTime', 'result', 'FeatureOfInterest/id'],
        'dataArray@iot.count': 3,
        dataArray: [
          ['2026-01-01T00:00:00Z', 1, STATION],
          ['2026-01-32T00:00:00Z', 2, STATION],
          ['2026-01-03T00:00:00Z', 'wet', STATION],
        ],
      },
    ]);
    expect(reply.status).toBe(201);
    const [first, second, third] = (await reply.json()) as string[];
    expect(first).toMatch(/^http:\/\/localhost:8080\/sta\/v1\.1\/Observations\('/);
    expect(second).toMatch(/^error: .*2026-01-32/);
    expect(third).toMatch(/^error: .*wet/);
    expect(db.prepare("select count(*) as n from observations where from_dataset = 'sensors/logger-7'").get()).toEqual({ n: 1 });
  });
});

describe('what is refused, and why', () => {
  const imported = `/sta/v1.1/Observations('${encodeURIComponent(`series/abc/${STATION}/river-discharge/1936-01-01`)}')`;

  test.each([
    ['a value that came with a file', 'DELETE', imported, undefined, 409, 'series/abc'],
    ['a computed figure', 'PATCH', "/sta/v1.1/Observations('core-area')", { result: 1 }, 409, 'karney-2013'],
    ['what follows from the records', 'POST', '/sta/v1.1/FeaturesOfInterest', { name: 'x' }, 405, 'Datastreams'],
    ['an indicator of one’s own', 'POST', '/sta/v1.1/ObservedProperties', { name: 'x' }, 405, 'Observations'],
    ['a site as a station', 'PATCH', "/sta/v1.1/Things('almaty')", { name: 'x' }, 405, 'Things'],
    [
      'a thing nowhere',
      'POST',
      '/sta/v1.1/Things',
      { name: 'x', description: 'y', properties: { site: 'x' } },
      400,
      'properties/site',
    ],
    ['an unknown series', 'POST', '/sta/v1.1/Observations', { result: 1, Datastream: { '@iot.id': 'no' } }, 400, 'Datastream'],
  ])('%s', async (_, method, path, given, status, told) => {
    const reply = await eda(method, path, given);
    expect([reply.status, (await reply.text()).includes(told)]).toEqual([status, true]);
  });

  test.each([
    [{ result: 1, validTime: '2026-01-01T00:00:00Z' }, 'validTime'],
    [{ result: 1, parameters: { mood: 'good' } }, 'mood'],
    [{ result: 'high' }, 'high'],
    [{ phenomenonTime: '2026-01-01T00:00:00Z' }, 'result'],
    [{ result: 1, phenomenonTime: 'yesterday' }, 'yesterday'],
    [{ result: 1, parameters: { low: 2, high: 1 } }, 'low'],
    [{ result: 1, resultQuality: 'splendid' }, 'splendid'],
  ])('an observation %j', async (given, told) => {
    const { path } = await opened();
    const reply = await eda('POST', `${path}/Observations`, given);
    expect([reply.status, (await reply.text()).includes(told)]).toEqual([400, true]);
  });

  test.each([
    [{ unitOfMeasurement: { symbol: 'furlong' } }, 'furlong'],
    [{ unitOfMeasurement: { symbol: 'g/L' } }, 'm3/s'],
    [{ observationType: 'OM_TruthObservation' }, 'OM_Measurement'],
    [{ ObservedProperty: { '@iot.id': 'mood' } }, 'river-discharge'],
    [{ Sensor: { '@iot.id': 'dataset:series/abc' } }, 'dataset:sensors/'],
  ])('a series %j', async (more, told) => {
    const reply = await eda('POST', `/sta/v1.1/Things('${encodeURIComponent(STATION)}')/Datastreams`, { ...STREAM, ...more });
    expect([reply.status, (await reply.text()).includes(told)]).toEqual([400, true]);
    expect(db.prepare('select count(*) as n from datastreams').get()).toEqual({ n: 0 });
  });

  test('the same series twice, also within one request', async () => {
    await opened();
    const path = `/sta/v1.1/Things('${encodeURIComponent(STATION)}')/Datastreams`;
    expect((await eda('POST', path, STREAM)).status).toBe(409);
    const thing = { name: 'Twice', description: 'x', properties: { site: 'almaty' }, Datastreams: [STREAM, STREAM] };
    expect((await eda('POST', '/sta/v1.1/Things', thing)).status).toBe(409);
    expect(listStations(db, 'almaty').map(({ id }) => id)).toEqual([STATION]);
  });

  test('a sensor described twice in the same words is one; in others it is refused', async () => {
    await opened();
    const path = `/sta/v1.1/Things('${encodeURIComponent(STATION)}')/Datastreams`;
    expect((await eda('POST', path, { ...STREAM, properties: { class: 'other' } })).status).toBe(201);
    const changed = {
      ...STREAM,
      properties: { class: 'third' },
      Sensor: { ...STREAM.Sensor, metadata: 'https://example.org/else' },
    };
    expect((await eda('POST', path, changed)).status).toBe(409);
    expect(db.prepare("select count(*) as n from datasets where id like 'sensors/%'").get()).toEqual({ n: 1 });
  });

  test('a sensor alone is there at once, also for who edits one site but for no reader', async () => {
    const made = await eda('POST', '/sta/v1.1/Sensors', STREAM.Sensor);
    expect(made.status).toBe(201);
    const path = (made.headers.get('location') ?? '').replace('http://localhost:8080', '');
    expect((await eda('GET', path)).status).toBe(200);
    expect((await browserOf(app, db, 'rita')('GET', path)).status).toBe(404);
  });

  test('a series may say what the service works out: it is passed over', async () => {
    const { reply } = await opened({ phenomenonTime: '2009-01-11T16:22:25.00Z/2011-08-21T08:32:10.00Z', observedArea: null });
    expect(reply.phenomenonTime).toBeNull();
  });

  test('an update takes nothing new inline, and leaves the name of a place to its Thing', async () => {
    const thing = `/sta/v1.1/Things('${encodeURIComponent(STATION)}')`;
    const place = {
      name: 'l',
      description: 'l',
      encodingType: 'application/geo+json',
      location: { type: 'Point', coordinates: [61, 46] },
    };
    expect((await eda('PATCH', thing, { Locations: [place] })).status).toBe(400);
    expect((await eda('PATCH', thing, { Locations: [{ '@iot.id': STATION }] })).status).toBe(200);
    const location = thing.replace('Things', 'Locations');
    expect((await eda('PATCH', location, { name: 'Elsewhere' })).status).toBe(400);
    expect((await eda('PATCH', location, { location: place.location })).status).toBe(200);
    expect(listStations(db, 'almaty')[0]?.place).toEqual([61, 46]);
  });

  test('an editor of another site, and a reader', async () => {
    const { id } = await opened();
    const one = { result: 1, Datastream: { '@iot.id': id } };
    expect((await browserOf(app, db, 'kora')('POST', '/sta/v1.1/Observations', one)).status).toBe(400); // does not see it
    expect((await browserOf(app, db, 'rita')('POST', '/sta/v1.1/Observations', one)).status).toBe(403);
    expect((await browserOf(app, db, null)('POST', '/sta/v1.1/Observations', one)).status).toBe(401);
  });
});

describe('keys', () => {
  const program = (key: string) => (method: string, path: string, given?: unknown) =>
    app.request(path, {
      method,
      headers: { host: 'localhost:8080', authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(given === undefined ? {} : { body: JSON.stringify(given) }),
    });

  test('a program writes as its user, and no longer when the key is taken back', async () => {
    const { id } = await opened();
    const { key, id: keyId } = addKey(db, 'cli', { user: 'eda', title: 'logger', now: NOW });
    const ask = program(key);
    const made = await body(await ask('POST', '/sta/v1.1/Observations', { result: 1, Datastream: { '@iot.id': id } }));
    expect(listAudit(db, 'observations', String(made['@iot.id']))).toMatchObject([{ by: 'eda' }]);
    revokeKey(db, 'cli', keyId);
    expect((await ask('GET', '/sta/v1.1/Things')).status).toBe(401);
  });

  test('it never administers, ends when it was to end, and with its user', async () => {
    const { key } = addKey(db, 'cli', { user: 'root', title: 'all', now: NOW });
    expect((await program(key)('GET', '/api/users')).status).toBe(403);
    expect((await program(key)('GET', '/sta/v1.1/Things')).status).toBe(200);
    const late = addKey(db, 'cli', { user: 'eda', title: 'day', now: new Date(NOW.getTime() - 86_400_000), days: 1 });
    expect((await program(late.key)('GET', '/sta/v1.1/Things')).status).toBe(401);
    const own = addKey(db, 'cli', { user: 'eda', title: 'x', now: NOW });
    setStatus(db, 'root', 'eda', 'blocked');
    expect((await program(own.key)('GET', '/sta/v1.1/Things')).status).toBe(401);
  });

  test('a wrong key is nobody, whatever cookie comes with it', async () => {
    const reply = await eda('GET', '/sta/v1.1/Things', undefined, { authorization: `Bearer ${'x'.repeat(43)}` });
    expect(reply.status).toBe(401);
  });

  test('neither dossier nor audit holds the key', () => {
    const { key } = addKey(db, 'cli', { user: 'eda', title: 'logger', now: NOW });
    const rows = JSON.stringify([db.prepare('select * from api_keys').all(), db.prepare('select * from audit').all()]);
    expect(rows).not.toContain(key);
    expect(listKeys(db, 'eda')).toMatchObject([{ title: 'logger', expires: null }]);
  });
});
