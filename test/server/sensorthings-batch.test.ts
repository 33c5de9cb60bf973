/** Batches by the examples of OGC 18-088, 11, and of OData JSON Format 4.01, 19. */
import { beforeEach, describe, expect, test } from 'vitest';
import { multipartOf, parseMultipart } from '../../src/server/sensorthings-multipart.ts';
import { addKey } from '../../src/store/api-keys.ts';
import type { Db } from '../../src/store/db.ts';
import { listStations } from '../../src/store/stations.ts';
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

const SENSOR = {
  name: 'DS18B20',
  description: 'a sensor',
  encodingType: 'application/pdf',
  metadata: 'https://example.org/ds.pdf',
};
const STREAM = {
  name: 'Level at Karateren',
  description: 'A pressure gauge',
  observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
  unitOfMeasurement: { symbol: 'm3/s' },
  ObservedProperty: { '@iot.id': 'river-discharge' },
};
const THING = `Things('${encodeURIComponent(STATION)}')`;

const request = (line: string, body?: unknown, id?: string): string =>
  [
    'Content-Type: application/http',
    ...(id === undefined ? [] : [`Content-ID: ${id}`]),
    '',
    `${line} HTTP/1.1`,
    'Host: localhost:8080',
    ...(body === undefined ? [] : ['Content-Type: application/json']),
    '',
    body === undefined ? '' : JSON.stringify(body),
    '',
  ].join('\r\n');

const multipart = (boundary: string, parts: string[]): string =>
  `${parts.map((part) => `--${boundary}\r\n${part}`).join('')}--${boundary}--\r\n`;

const changeSet = (parts: string[]): string =>
  `Content-Type: multipart/mixed;boundary=changeset_77162\r\n\r\n${multipart('changeset_77162', parts)}`;

/** Sends a body as it is, with a key of `user`. */
async function raw(text: string, type: string, { user = 'eda', ...headers }: Record<string, string> = {}): Promise<Response> {
  const { key } = addKey(db, 'cli', { user, title: 'batch', now: NOW });
  const own = { host: 'localhost:8080', authorization: `Bearer ${key}`, 'content-type': type, ...headers };
  return app.request('/sta/v1.1/$batch', { method: 'POST', headers: own, body: text });
}

async function sent(parts: string[], headers: Record<string, string> = {}): Promise<{ status: number; told: string }> {
  const reply = await raw(multipart('batch_36522', parts), 'multipart/mixed;boundary=batch_36522', headers);
  return { status: reply.status, told: await reply.text() };
}

const statuses = (told: string): number[] => [...told.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));

const count = (): unknown => db.prepare("select count(*) as n from observations where from_dataset = 'sensors/ds18b20'").get();

describe('req/batch-request: multipart', () => {
  test('a query, a change set and a query that fails: replies in their order, with the ids that the requests gave (11.3)', async () => {
    const { status, told } = await sent([
      request(`GET /sta/v1.1/${THING}`),
      changeSet([
        request('POST /sta/v1.1/Sensors', SENSOR, '1'),
        request(`PATCH /sta/v1.1/${THING}`, { description: 'A gauge' }, '2'),
      ]),
      request("GET /sta/v1.1/Things('nowhere')"),
    ]);
    expect(status).toBe(200);
    expect(statuses(told)).toEqual([200, 201, 200, 404]);
    expect([...told.matchAll(/Content-ID: (\d)/g)].map(([, id]) => id)).toEqual(['1', '2']);
    expect(told).toContain("Location: http://localhost:8080/sta/v1.1/Sensors('dataset%3Asensors%2Fds18b20')");
    expect(listStations(db, 'almaty').find(({ id }) => id === STATION)?.note).toBe('A gauge');
  });

  test('what a set made is named by $ and its id, in bodies and in addresses (11.2.2)', async () => {
    const { told } = await sent([
      changeSet([
        request('POST /sta/v1.1/Sensors', SENSOR, 'sensor1'),
        request(`POST /sta/v1.1/${THING}/Datastreams`, { ...STREAM, Sensor: { '@iot.id': '$sensor1' } }, 'stream'),
        request('POST /sta/v1.1/Observations', { result: 1, Datastream: { '@iot.id': '$stream' } }),
        request('POST $stream/Observations', { result: 2 }),
        request("POST /sta/v1.1/Datastreams('$stream')/Observations", { result: 3 }),
      ]),
    ]);
    expect(statuses(told), told).toEqual([201, 201, 201, 201, 201]);
    expect(count()).toEqual({ n: 3 });
  });

  test('a set holds together or not at all: one reply says why, and nothing of it is there', async () => {
    const { told } = await sent([
      changeSet([
        request('POST /sta/v1.1/Sensors', SENSOR, 'sensor1'),
        request(`POST /sta/v1.1/${THING}/Datastreams`, { ...STREAM, Sensor: { '@iot.id': '$sensor1' } }, 'stream'),
        request('POST $stream/Observations', { result: 'wet' }, 'value'),
      ]),
    ]);
    expect(statuses(told)).toEqual([400]);
    expect(told).toMatch(/Content-ID: value[\s\S]*wet/);
    expect(db.prepare('select count(*) as n from datastreams').get()).toEqual({ n: 0 });
    const found = await eda('GET', "/sta/v1.1/Sensors('dataset%3Asensors%2Fds18b20')");
    expect(found.status).toBe(404);
    const after = await eda('POST', '/sta/v1.1/Sensors', SENSOR); // what was taken back is not remembered
    expect(after.status).toBe(201);
  });

  test('after a request that failed the rest waits, unless the caller prefers to go on (OData 4.0, 8.2.8.3)', async () => {
    const parts = [request('GET /sta/v1.1/Nothings'), request('GET /sta/v1.1/Things?$top=1')];
    expect(statuses((await sent(parts)).told)).toEqual([400]);
    expect(statuses((await sent(parts, { prefer: 'odata.continue-on-error' })).told)).toEqual([400, 200]);
    expect(statuses((await sent(parts, { prefer: 'continue-on-error=false' })).told)).toEqual([400]);
  });

  test('a set that reads, a batch in a batch, and a method that is none are refused', async () => {
    expect((await sent([changeSet([request('GET /sta/v1.1/Things')])])).told).toContain('POST, PATCH, PUT, DELETE');
    expect(statuses((await sent([request('POST /sta/v1.1/$batch', {})])).told)).toEqual([404]);
    expect(statuses((await sent([request('BREW /sta/v1.1/Things')])).told)).toEqual([400]);
  });

  test('lines that end in LF alone, a quoted boundary and stray blank lines, as the examples of the standard have them', async () => {
    const text = `--a b\nContent-Type: application/http\n\nGET /sta/v1.1/Things?$top=1\nHost: host\n\n\n--a b\n\nContent-Type: application/http\n\nContent-ID: 7\n\nPATCH ${`/sta/v1.1/${THING}`} HTTP/1.1\n\nHost: host\nContent-Type: application/json\n\n{"description":"x"}\n--a b--`;
    const reply = await raw(text, 'multipart/mixed; boundary="a b"');
    expect(statuses(await reply.text())).toEqual([200, 200]);
  });

  test.each([
    ['no boundary', 'multipart/mixed', '--b\r\n--b--', 'boundary='],
    ['no end', 'multipart/mixed;boundary=b', '--b\r\nContent-Type: application/http\r\n\r\nGET /Things\r\n', '--b--'],
    ['no request', 'multipart/mixed;boundary=b', '--b\r\nContent-Type: application/http\r\n\r\nhello\r\n--b--', 'hello'],
    ['another type', 'text/plain', 'hello', 'multipart/mixed'],
  ])('%s is 400 and says so', async (_, type, text, told) => {
    const reply = await raw(text, type);
    expect([reply.status, (await reply.text()).includes(told)]).toEqual([400, true]);
  });

  test('who may write nothing sends none', async () => {
    expect((await sent([request('GET /sta/v1.1/Things?$top=1')], { user: 'rita' })).status).toBe(403);
  });

  test('a reply is a multipart message that our own reader of batches takes apart, whatever stands in it', () => {
    const body = '--batch\r\n--batch-1--';
    const made = multipartOf([
      { contentId: null, status: 200, headers: { 'Content-Type': 'text/plain' }, body },
      { changeSet: [{ contentId: '1', status: 204, headers: {}, body: '' }] },
    ]);
    const asRequests = made.body.replaceAll(/HTTP\/1\.1 \d+ [A-Za-z ]+/g, 'GET /x HTTP/1.1');
    expect(parseMultipart(made.type, asRequests)).toMatchObject([
      { contentId: null, asked: { body: body.replaceAll('\r', '') } },
      { changeSet: [{ contentId: '1', asked: { body: '' } }] },
    ]);
  });
});

describe('OData JSON Format 4.01, 19: batches as JSON', () => {
  const json = async (requests: unknown, headers: Record<string, string> = {}): Promise<Json[]> => {
    const reply = await raw(JSON.stringify({ requests }), 'application/json', headers);
    const body = (await reply.json()) as { responses?: Json[] };
    expect(reply.status, JSON.stringify(body)).toBe(200);
    return body.responses ?? [];
  };

  test('requests and replies by their ids; bodies are JSON, not text', async () => {
    const [things, sensor, name] = await json([
      { id: 'a', method: 'get', url: 'Things?$top=1&$select=name' },
      { id: 'b', method: 'post', url: 'Sensors', body: SENSOR },
      { id: 'c', method: 'get', url: '/sta/v1.1/Things(%27almaty%27)/name/$value' },
    ]);
    expect(things).toMatchObject({ id: 'a', status: 200, body: { value: [{ name: 'Almaty' }] } });
    expect(sensor).toMatchObject({ id: 'b', status: 201, headers: { location: expect.stringContaining('Sensors(') } });
    expect(name).toMatchObject({ id: 'c', status: 200, body: 'Almaty' });
  });

  test('a group holds together; the ones that did not fail say which did', async () => {
    const group = (value: unknown) => [
      { id: 's', atomicityGroup: 'g', method: 'post', url: 'Sensors', body: SENSOR },
      {
        id: 'd',
        atomicityGroup: 'g',
        method: 'post',
        url: `${THING}/Datastreams`,
        body: { ...STREAM, Sensor: { '@iot.id': '$s' } },
      },
      { id: 'o', atomicityGroup: 'g', method: 'post', url: '$d/Observations', body: { result: value } },
      { id: 'after', dependsOn: ['g'], method: 'get', url: '$d/Observations?$count=true' },
    ];
    const failed = await json(group('wet'), { prefer: 'continue-on-error' });
    expect(failed.map(({ id, status }) => [id, status])).toEqual([
      ['s', 424],
      ['d', 424],
      ['o', 400],
      ['after', 424],
    ]);
    expect(count()).toEqual({ n: 0 });
    const done = await json(group(5));
    expect(done.map(({ status, atomicityGroup }) => [status, atomicityGroup])).toEqual([
      [201, 'g'],
      [201, 'g'],
      [201, 'g'],
      [200, undefined],
    ]);
    expect(done[3]?.body).toMatchObject({ '@iot.count': 1 });
  });

  test.each([
    ['no requests', {}, 'requests'],
    [
      'an id twice',
      [
        { id: '1', method: 'get', url: 'Things' },
        { id: '1', method: 'get', url: 'Things' },
      ],
      'requests/1/id',
    ],
    [
      'a group torn apart',
      [
        { id: '1', atomicityGroup: 'g', method: 'delete', url: 'x' },
        { id: '2', method: 'get', url: 'Things' },
        { id: '3', atomicityGroup: 'g', method: 'delete', url: 'x' },
      ],
      'atomicityGroup',
    ],
    ['what comes later', [{ id: '1', dependsOn: ['2'], method: 'get', url: 'Things' }], 'dependsOn'],
    ['no method', [{ id: '1', url: 'Things' }], 'method'],
  ])('%s is 400 and says where', async (_, requests, told) => {
    const reply = await raw(JSON.stringify({ requests }), 'application/json');
    expect([reply.status, (await reply.text()).includes(told)]).toEqual([400, true]);
  });

  test('two batches that write at once do not see one another half done', async () => {
    const batch = (n: number) =>
      json([
        { id: 's', atomicityGroup: 'g', method: 'post', url: 'Sensors', body: { ...SENSOR, name: `Sensor ${n}` } },
        {
          id: 'd',
          atomicityGroup: 'g',
          method: 'post',
          url: `${THING}/Datastreams`,
          body: { ...STREAM, Sensor: { '@iot.id': '$s' } },
        },
        { id: 'o', atomicityGroup: 'g', method: 'post', url: '$d/Observations', body: { result: n } },
      ]);
    const told = await Promise.all([1, 2, 3, 4].map(batch));
    expect(told.flat().every(({ status }) => status === 201)).toBe(true);
    expect(db.prepare('select count(*) as n from datastreams').get()).toEqual({ n: 4 });
  });
});
