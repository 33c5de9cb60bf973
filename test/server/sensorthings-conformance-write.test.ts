/** The abstract tests of OGC 18-088, annex A.3, A.4 and A.6, one test for each requirement that the root of the service lists. */
import { beforeEach, describe, expect, test } from 'vitest';
import { MODEL, SET_NAMES, type SetName } from '../../src/server/sensorthings-model.ts';
import { createDossier } from '../../src/store/dossier.ts';
import { served } from './people.ts';
import {
  FEATURE,
  GAUGE,
  type Json,
  link,
  listed,
  local,
  program as newProgram,
  type Program,
  path,
  place,
  point,
  REQ,
  SENSOR,
  STAGE,
  self,
  series,
} from './sensorthings-program.ts';

let program: Program;
let { ask, get, list, post, status } = {} as Program;
beforeEach(() => {
  program = newProgram();
  ({ ask, get, list, post, status } = program);
});

const tested = new Set<string>();
/** A test of a requirement, by the end of its address. */
function requirement(name: string, title: string, run: () => Promise<void>): void {
  tested.add(name);
  test(`${REQ}${name}: ${title}`, run);
}

describe('A.3 writing', () => {
  const bodies = async (): Promise<Record<SetName, Json>> => {
    const thing = await post('Things', { name: 'T', description: 't', Locations: [place('P', 60, 45)] });
    const [location = {}] = await list(`${self(thing)}/Locations`);
    const sensor = await post('Sensors', SENSOR);
    const property = await post('ObservedProperties', STAGE);
    const stream = await post(
      'Datastreams',
      series('S', [], { Thing: link(thing), Sensor: link(sensor), ObservedProperty: link(property) }),
    );
    return {
      Things: { name: 'T2', description: 't', Locations: [link(location)] },
      Locations: place('P2', 61, 46),
      HistoricalLocations: { time: '2020-01-01T00:00:00Z', Thing: link(thing), Locations: [link(location)] },
      Datastreams: series('S2', [], { Thing: link(thing), Sensor: link(sensor), ObservedProperty: link(property) }),
      Sensors: { ...SENSOR, name: 'Radar' },
      ObservedProperties: { ...STAGE, name: 'Depth' },
      Observations: { result: 5, Datastream: link(stream) },
      FeaturesOfInterest: FEATURE,
    };
  };

  requirement(
    'create-update-delete/create-entity',
    'every set, with a place that follows from the Thing, and no resultTime',
    async () => {
      const all = await bodies();
      for (const set of SET_NAMES) {
        const made = await post(set, all[set]);
        expect(await get(self(made))).toEqual(made);
        for (const [name, value] of Object.entries(all[set])) if (!(name in MODEL[set].links)) expect(made[name]).toEqual(value);
      }
      const [first = {}] = await list('Observations');
      expect(first.resultTime).toBeNull();
      const place1 = await get(`${self(first)}/FeatureOfInterest`);
      expect(place1.feature).toEqual(point(60, 45));
      const second = await post('Observations', all.Observations);
      expect((await get(`${self(second)}/FeatureOfInterest`))['@iot.id']).toBe(place1['@iot.id']);
      for (const missing of ['Thing', 'Sensor', 'ObservedProperty'])
        expect(await status('POST', 'Datastreams', { ...all.Datastreams, [missing]: null }), missing).toBe(400);
      expect(await status('POST', 'Observations', { result: 1 })).toBe(400);
      expect(await status('POST', 'Sensors', { name: 'x', description: 'y' })).toBe(400);
      expect(await status('POST', 'Things', { name: 'x', description: 'y', colour: 'red' })).toBe(400);
    },
  );

  requirement('create-update-delete/link-to-existing-entities', 'in the body, or by the address', async () => {
    const all = await bodies();
    const [stream = {}] = await list('Datastreams');
    const feature = await post('FeaturesOfInterest', FEATURE);
    const value = await post('Observations', { ...all.Observations, FeatureOfInterest: link(feature) });
    expect((await get(`${self(value)}/FeatureOfInterest`))['@iot.id']).toBe(feature['@iot.id']);
    const beneath = await post(`${self(stream)}/Observations`, { result: 6 });
    expect((await get(`${self(beneath)}/Datastream`))['@iot.id']).toBe(stream['@iot.id']);
    expect(await status('POST', 'Observations', { result: 1, Datastream: { '@iot.id': 9999 } })).toBe(400);
  });

  requirement('create-update-delete/deep-insert', 'all of it, or nothing; ids that are sent are passed over', async () => {
    const thing = await post('Things', { ...GAUGE, '@iot.id': 4711, id: 4711 });
    expect(thing['@iot.id']).not.toBe(4711);
    const counts = async (): Promise<number[]> => Promise.all(SET_NAMES.map(async (set) => (await list(set)).length));
    const before = await counts();
    expect(before).toEqual([1, 1, 1, 2, 2, 2, 4, 1]);
    const broken = { ...GAUGE, Datastreams: [series('Level', [1]), series('Depth', [], { Sensor: undefined })] };
    expect(await status('POST', 'Things', broken)).toBe(400);
    const late = { ...GAUGE, Datastreams: [series('Level', [], { Observations: [{ result: 1, phenomenonTime: 'yesterday' }] })] };
    expect(await status('POST', 'Things', late)).toBe(400);
    const nowhere = { name: 'N', description: 'n', Datastreams: [series('Level', [1])] };
    expect(await status('POST', 'Things', nowhere), 'values without a place').toBe(400);
    expect(await counts()).toEqual(before);
  });

  requirement('create-update-delete/deep-insert-status-code', '201 with the address', async () => {
    const reply = await ask('POST', path('Things'), GAUGE);
    expect([reply.status, reply.headers.get('location')]).toEqual([201, expect.stringMatching(/\/Things\(\d+\)$/)]);
  });

  requirement('create-update-delete/update-entity', 'PATCH changes what is named; nothing inline; links are bound', async () => {
    const all = await bodies();
    const named: Record<SetName, Json> = {
      Things: { description: 'changed' },
      Locations: { location: point(70, 50) },
      HistoricalLocations: { time: '2019-01-01T00:00:00Z' },
      Datastreams: { unitOfMeasurement: { symbol: 'cm' } },
      Sensors: { metadata: 'changed' },
      ObservedProperties: { description: 'changed' },
      Observations: { phenomenonTime: '2019-01-01T00:00:00Z' },
      FeaturesOfInterest: { feature: point(70, 50) },
    };
    for (const set of SET_NAMES) {
      const made = await post(set, all[set]);
      expect(await status('PATCH', self(made), named[set])).toBe(200);
      const expected =
        set === 'Datastreams' ? { unitOfMeasurement: { ...(made.unitOfMeasurement as Json), symbol: 'cm' } } : named[set];
      expect(await get(self(made))).toEqual({ ...made, ...expected });
      for (const [to, { many, set: target }] of Object.entries(MODEL[set].links)) {
        const inline = target === 'Observations' ? { result: 1 } : { name: 'inline', description: 'x' };
        expect(await status('PATCH', self(made), { [to]: many ? [inline] : inline }), `${set}/${to}`).toBe(400);
      }
    }
    const [stream = {}] = await list('Datastreams');
    const other = await post('Sensors', { ...SENSOR, name: 'Radar' });
    expect(await status('PATCH', self(stream), { Sensor: link(other) })).toBe(200);
    expect((await get(`${self(stream)}/Sensor`)).name).toBe('Radar');
    expect(await status('PATCH', 'Things(9999)', { name: 'x' })).toBe(404);
  });

  requirement('create-update-delete/update-entity-put', 'PUT takes what is not named back to nothing; links stay', async () => {
    const thing = await post('Things', GAUGE);
    expect(await status('PUT', self(thing), { name: 'Only', description: 'this' })).toBe(200);
    expect(await get(self(thing))).toMatchObject({ name: 'Only', description: 'this', properties: {} });
    expect(await list(`${self(thing)}/Datastreams`)).toHaveLength(2);
    expect(await status('PUT', self(thing), { name: 'Only' })).toBe(400);
  });

  requirement('create-update-delete/update-entity-jsonpatch', 'operations of RFC 6902', async () => {
    const thing = await post('Things', GAUGE);
    const patch = (operations: unknown) =>
      ask('PATCH', local(self(thing)), operations, { 'content-type': 'application/json-patch+json' });
    const operations = [
      { op: 'test', path: '/properties/river', value: 'Syr Darya' },
      { op: 'remove', path: '/properties/river' },
      { op: 'add', path: '/properties/owner/phone', value: '1' },
      { op: 'replace', path: '/name', value: 'Patched' },
    ];
    expect((await patch(operations)).status).toBe(200);
    expect(await get(self(thing))).toMatchObject({ name: 'Patched', properties: { owner: { name: 'Kazhydromet', phone: '1' } } });
    expect((await get(self(thing))).properties).not.toHaveProperty('river');
    expect((await patch(operations)).status).toBe(400); // the test holds no longer
    for (const set of SET_NAMES) {
      const [one = {}] = await list(set);
      const first = MODEL[set].properties[0] ?? '';
      const same = [{ op: 'test', path: `/${first}`, value: one[first] }];
      expect((await ask('PATCH', local(self(one)), same, { 'content-type': 'application/json-patch+json' })).status, set).toBe(
        200,
      );
    }
  });

  requirement('create-update-delete/delete-entity', 'with what cannot be without it, and no more (table 25)', async () => {
    const gone: Record<SetName, SetName[]> = {
      Things: ['Things', 'Datastreams', 'HistoricalLocations', 'Observations'],
      Locations: ['Locations', 'HistoricalLocations'],
      HistoricalLocations: ['HistoricalLocations'],
      Datastreams: ['Datastreams', 'Observations'],
      Sensors: ['Sensors', 'Datastreams', 'Observations'],
      ObservedProperties: ['ObservedProperties', 'Datastreams', 'Observations'],
      Observations: ['Observations'],
      FeaturesOfInterest: ['FeaturesOfInterest', 'Observations'],
    };
    for (const set of SET_NAMES) {
      for (const one of SET_NAMES) for (const left of await list(one)) await ask('DELETE', local(self(left)));
      await post('Things', { ...GAUGE, Datastreams: [series('Level', [1])] });
      const [first = {}] = await list(set);
      expect(await status('DELETE', self(first))).toBe(200);
      expect(await status('GET', self(first))).toBe(404);
      for (const one of SET_NAMES) expect((await list(one)).length, `${one} after ${set}`).toBe(gone[set].includes(one) ? 0 : 1);
    }
    expect(await status('DELETE', 'Things(9999)')).toBe(404);
  });

  requirement(
    'create-update-delete/historical-location-auto-creation',
    'a Thing that has a new Location was at it from then',
    async () => {
      const thing = await post('Things', GAUGE);
      await post(`${self(thing)}/Locations`, place('Quay', 62, 46));
      expect((await list(`${self(thing)}/Locations`)).map(({ name }) => name)).toEqual(['Quay']);
      const times = await list(`${self(thing)}/HistoricalLocations?$expand=Locations($select=name)`);
      expect(times.map(({ Locations }) => Locations)).toEqual([[{ name: 'Pier' }], [{ name: 'Quay' }]]);
      const [pier = {}] = await list("Locations?$filter=name eq 'Pier'");
      await ask('PATCH', local(self(thing)), { Locations: [link(pier)] });
      expect(await list(`${self(thing)}/HistoricalLocations`)).toHaveLength(3);
      expect((await list(`${self(pier)}/Things`)).map(({ name }) => name)).toEqual(['Karateren']);
    },
  );

  requirement('create-update-delete/historical-location-manual-creation', 'the latest says where the Thing is', async () => {
    const thing = await post('Things', GAUGE);
    const quay = await post('Locations', place('Quay', 62, 46));
    const at = (time: string): Json => ({ time, Thing: link(thing), Locations: [link(quay)] });
    await post('HistoricalLocations', at('2010-01-01T00:00:00Z'));
    expect((await list(`${self(thing)}/Locations`))[0]?.name).toBe('Pier');
    await post('HistoricalLocations', at('2030-01-01T00:00:00Z'));
    expect((await list(`${self(thing)}/Locations`))[0]?.name).toBe('Quay');
  });
});

describe('A.4 and A.6: many at once', () => {
  requirement('batch-request/batch-request', 'a change set whose second request names what the first made', async () => {
    const part = (line: string, body: unknown, id: string): string =>
      `Content-Type: application/http\r\nContent-ID: ${id}\r\n\r\n${line} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(body)}\r\n`;
    const parts = [
      part('POST /sta/v1.1/Things', { name: 'T', description: 't' }, 'thing'),
      part('POST /sta/v1.1/Datastreams', series('S', [], { Thing: { '@iot.id': '$thing' } }), 'stream'),
    ];
    const set = `Content-Type: multipart/mixed;boundary=cs\r\n\r\n${parts.map((one) => `--cs\r\n${one}`).join('')}--cs--\r\n`;
    const body = `--b\r\n${set}--b--\r\n`;
    const app = served(createDossier(':memory:')); // of one user of this machine, as long as it has no accounts: no key is needed
    const reply = await app.request('/sta/v1.1/$batch', {
      method: 'POST',
      headers: { host: 'localhost:8080', 'content-type': 'multipart/mixed;boundary=b' },
      body,
    });
    expect([...(await reply.text()).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, code]) => code)).toEqual(['201', '201']);
    const made = await app.request('/sta/v1.1/Things(1)/Datastreams', { headers: { host: 'localhost:8080' } });
    expect((await made.json()) as Json).toMatchObject({ value: [{ name: 'S' }] });
  });

  requirement('data-array/data-array', 'values of two series out, and into two', async () => {
    await post('Things', GAUGE);
    const [level = {}, depth = {}] = await list('Datastreams');
    const arrays = await list('Observations?$resultFormat=dataArray');
    expect(arrays.map(({ 'Datastream@iot.navigationLink': of, components }) => [of, components])).toEqual(
      [level, depth].map((one) => [self(one), ['id', 'phenomenonTime', 'resultTime', 'result']]),
    );
    const rows = (of: Json, values: unknown[]): Json => ({
      Datastream: link(of),
      components: ['phenomenonTime', 'result'],
      dataArray: values.map((value, i) => [`2026-02-0${i + 1}T00:00:00Z`, value]),
    });
    const reply = await ask('POST', path('CreateObservations'), [
      rows(level, [4, 5]),
      { ...rows(depth, [6]), dataArray: [['never', 6]] },
    ]);
    const told = (await reply.json()) as string[];
    expect(reply.status).toBe(201);
    expect(told.map((one) => (one.startsWith('error') ? 'error' : local(one).replace(/\d+/g, 'n')))).toEqual([
      '/sta/vn.n/Observations(n)',
      '/sta/vn.n/Observations(n)',
      'error',
    ]);
  });
});

test('what the root lists of these classes is what is tested here, and all of it', async () => {
  expect([...tested].toSorted()).toEqual(await listed(program, ['create-update-delete', 'batch-request', 'data-array']));
});
