/** What programs keep beside the dossier: who may, how it is found among the dossier's own, and that it is none of its figures. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import { nextProgramId } from '../../src/store/programs.ts';
import { listAudit } from '../../src/store/write.ts';
import { browserOf, person, served } from './people.ts';
import { dossierOfSeries, MONTHS, STATION } from './sensorthings-fixture.ts';

type Json = Record<string, unknown>;

let db: Db;
let root: ReturnType<typeof browserOf>;
let eda: ReturnType<typeof browserOf>;
let vera: ReturnType<typeof browserOf>;
beforeEach(() => {
  db = dossierOfSeries();
  person(db, 'vera', { '*': 'reader' });
  const app = served(db);
  [root, eda, vera] = [browserOf(app, db, 'root'), browserOf(app, db, 'eda'), browserOf(app, db, 'vera')];
});

const path = (address: string): string => `/sta/v1.1/${address}`.replace(/^.*http:\/\/[^/]*/, '').replaceAll(' ', '%20');
const list = async (address: string, who = root): Promise<Json[]> =>
  ((await (await who('GET', path(address))).json()) as { value: Json[] }).value;
const made = async (address: string, body: unknown): Promise<Json> => {
  const reply = await root('POST', path(address), body);
  const found = (await reply.json()) as Json;
  expect(reply.status, JSON.stringify(found)).toBe(201);
  return found;
};

const THING = `Things('${encodeURIComponent(STATION)}')`;
const SNOW = {
  name: 'Snow',
  description: 'Depth of the snow at the gauge',
  observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
  unitOfMeasurement: { name: 'hand', symbol: 'hand', definition: 'none' },
  ObservedProperty: { name: 'Snow depth in hands', definition: 'https://example.org/snow', description: 'As high as hands' },
  Sensor: { name: 'Stake', description: 'A stake', encodingType: 'text/plain', metadata: 'red and white' },
};

describe('a property that is no indicator, at a station of the dossier', () => {
  test('is found from the station, and its values are of the station', async () => {
    const stream = await made(`${THING}/Datastreams`, SNOW);
    expect(stream).toMatchObject({ '@iot.id': expect.any(Number), unitOfMeasurement: SNOW.unitOfMeasurement });
    const value = await made(`${String(stream['@iot.selfLink'])}/Observations`, {
      result: 'two',
      phenomenonTime: '1936-02-10T00:00:00Z',
    });
    const names = (await list(`${THING}/Datastreams`)).map(({ name }) => name);
    expect(names).toEqual(['Kazalinsk: River discharge', 'Snow']);
    const feature = (await (await root('GET', path(`${String(value['@iot.selfLink'])}/FeatureOfInterest`))).json()) as Json;
    expect(feature['@iot.id']).toBe(STATION);
    expect(await list(`FeaturesOfInterest('${encodeURIComponent(STATION)}')/Observations`)).toHaveLength(MONTHS.length + 1);
    const [property = {}] = await list(
      "ObservedProperties?$filter=name eq 'Snow depth in hands'&$expand=Datastreams($expand=Thing)",
    );
    expect(property.Datastreams).toMatchObject([{ Thing: { '@iot.id': STATION } }]);
  });

  test('all values are sorted, counted, filtered and paged together', async () => {
    const stream = await made(`${THING}/Datastreams`, SNOW);
    for (const [i, result] of [1000, 'two'].entries())
      await made(`Datastreams(${String(stream['@iot.id'])})/Observations`, {
        result,
        phenomenonTime: `1936-0${i + 2}-10T00:00:00Z`,
      });
    const own = '$filter=FeatureOfInterest/name eq %27Kazalinsk%27';
    const seen: unknown[] = [];
    let next: string | undefined = `Observations?$top=3&$orderby=phenomenonTime&$count=true&${own}`;
    while (next !== undefined) {
      const page = (await (await root('GET', path(next))).json()) as Json;
      expect(page['@iot.count']).toBe(MONTHS.length + 2);
      seen.push(...(page.value as Json[]).map(({ result }) => result));
      next = page['@iot.nextLink'] as string | undefined;
    }
    expect(seen).toEqual([123, 118.5, 1000, null, 'two', 240, 512.25, 480]);
    const unfiltered = (await (await root('GET', path('Observations?$count=true&$top=1&$skip=4'))).json()) as Json;
    expect(unfiltered['@iot.count']).toBe(MONTHS.length + 5);
    expect((await list('Observations?$orderby=phenomenonTime desc&$top=1000')).length).toBe(MONTHS.length + 5);
    expect((await list('Observations?$filter=result gt 600 and result lt 2000')).map(({ result }) => result)).toEqual([1000]);
  });

  test('its values are none of the dossier’s figures, and each is audited', async () => {
    const before = db.prepare('select count(*) as n from observations').get();
    const stream = await made(`${THING}/Datastreams`, { ...SNOW, Observations: [{ result: 3 }] });
    expect(db.prepare('select count(*) as n from observations').get()).toEqual(before);
    expect(db.prepare("select count(*) as n from indicators where id like '%snow%'").get()).toEqual({ n: 0 });
    const [value = {}] = await list(`Datastreams(${String(stream['@iot.id'])})/Observations`);
    expect(listAudit(db, 'program_values', `#${String(value['@iot.id'])}`)).toMatchObject([{ by: 'root', action: 'added' }]);
  });

  test('what the catalogue knows goes into the dossier as ever', async () => {
    const known = { ...SNOW, unitOfMeasurement: { symbol: 'm3/s' }, ObservedProperty: { '@iot.id': 'river-discharge' } };
    const stream = await made(`${THING}/Datastreams`, known);
    expect(stream['@iot.id']).toMatch(/^almaty\/kazalinsk\/river-discharge\//);
    const station = await made('Things', {
      name: 'Karateren',
      description: 'g',
      properties: { site: 'almaty' },
      Datastreams: [known],
    });
    expect(station['@iot.id']).toBe('almaty/karateren');
    expect(db.prepare('select count(*) as n from program_entities').get()).toEqual({ n: 0 });
  });

  test('a station that is taken back takes them along', async () => {
    const station = await made('Things', { name: 'Karateren', description: 'g', properties: { site: 'almaty' } });
    const address = String(station['@iot.selfLink']);
    await made(`${address}/Datastreams`, { ...SNOW, Observations: [{ result: 3 }] });
    expect((await root('DELETE', path(address))).status).toBe(200);
    expect(await list("Datastreams?$filter=name eq 'Snow'")).toEqual([]);
    expect(db.prepare('select count(*) as n from program_values').get()).toEqual({ n: 0 });
  });
});

describe('who may', () => {
  test('who edits one site neither makes nor sees them; who reads everything sees them and writes nothing', async () => {
    const thing = await made('Things', { name: 'Oven', description: 'An oven' });
    const address = `Things(${String(thing['@iot.id'])})`;
    expect((await eda('GET', path(address))).status).toBe(404);
    expect((await list('Things', eda)).map(({ name }) => name)).not.toContain('Oven');
    expect((await eda('POST', path('ObservedProperties'), SNOW.ObservedProperty)).status).toBe(405);
    expect((await eda('POST', path(`${THING}/Datastreams`), SNOW)).status).toBe(400);
    expect((await eda('PATCH', path(address), { name: 'x' })).status).toBe(404);
    expect((await list('Things', vera)).map(({ name }) => name)).toContain('Oven');
    for (const [method, body] of [
      ['POST', { name: 'x', description: 'y' }],
      ['PATCH', { name: 'x' }],
      ['DELETE', undefined],
    ] as const)
      expect((await vera(method, path(method === 'POST' ? 'Things' : address), body)).status).toBe(403);
  });

  test('the root lists the writing of every set for who may, and only for them', async () => {
    const listed = async (who: typeof root): Promise<string[]> =>
      ((await (await who('GET', '/sta/v1.1')).json()) as { serverSettings: { conformance: string[] } }).serverSettings
        .conformance;
    expect((await listed(root)).some((one) => one.endsWith('create-update-delete/delete-entity'))).toBe(true);
    expect((await listed(eda)).filter((one) => /create-entity|update-entity|delete-entity/.test(one))).toEqual([]);
    expect((await listed(eda)).some((one) => one.endsWith('batch-request'))).toBe(true);
    expect((await listed(vera)).filter((one) => /create-update-delete|batch|array/.test(one))).toEqual([]);
  });
});

describe('numbers', () => {
  test('one is given once, also after what had it was removed', async () => {
    const one = await made('Things', { name: 'A', description: 'a' });
    await root('DELETE', path(`Things(${String(one['@iot.id'])})`));
    const other = await made('Things', { name: 'B', description: 'b' });
    expect(other['@iot.id']).toBe(Number(one['@iot.id']) + 1);
    expect(nextProgramId(db, 'program_entities')).toBe(`#${Number(other['@iot.id']) + 1}`);
  });

  test('with quotes and without they mean the same, in addresses, bodies and filters', async () => {
    const thing = await made('Things', { name: 'A', description: 'a', Locations: [] });
    const id = String(thing['@iot.id']);
    expect((await root('GET', path(`Things('${id}')`))).status).toBe(200);
    for (const given of [Number(id), id]) await made('Datastreams', { ...SNOW, Thing: { '@iot.id': given } });
    expect(await list(`Datastreams?$filter=Thing/id eq ${id}`)).toHaveLength(2);
    expect(await list(`Datastreams?$filter=Thing/id eq '${id}'`)).toHaveLength(2);
  });
});

describe('what is kept is what was written', () => {
  test.each([
    ['Things', { name: 'A', description: 'a', properties: 'red' }, 'properties'],
    ['Things', { name: '', description: 'a' }, 'name'],
    [
      'Things',
      {
        name: 'A',
        description: 'a',
        Locations: [
          {
            name: 'L',
            description: 'l',
            encodingType: 'application/geo+json',
            location: { type: 'Point', coordinates: ['a', 1] },
          },
        ],
      },
      'location',
    ],
    ['HistoricalLocations', { time: '2020-01-01/2021-01-01' }, 'time'],
    [
      'HistoricalLocations',
      { time: '2020-01-01T00:00:00Z', Thing: { '@iot.id': 'almaty' }, Locations: [{ '@iot.id': 1 }] },
      'Locations',
    ],
    ['Datastreams', { ...SNOW, Thing: { '@iot.id': 'almaty' }, colour: 'red' }, 'colour'],
    ['ObservedProperties', { name: 'P', description: 'p' }, 'definition'],
    [
      'FeaturesOfInterest',
      { name: 'F', description: 'f', encodingType: 'application/geo+json', feature: { type: 'Circle' } },
      'feature',
    ],
  ])('%s %j is 400 and says which field', async (set, body, told) => {
    const reply = await root('POST', path(set), body);
    expect([reply.status, (await reply.text()).includes(told)]).toEqual([400, true]);
    expect(db.prepare('select count(*) as n from program_entities').get()).toEqual({ n: 0 });
  });

  test('results of any kind, times as they were written, parameters and validTime', async () => {
    const stream = await made(`${THING}/Datastreams`, SNOW);
    const value = {
      result: { depth: [1, 2] },
      phenomenonTime: '2026-01-01T05:00:00+05:00/2026-01-02T05:00:00+05:00',
      resultTime: '2026-01-02T06:00:00+05:00',
      validTime: '2026-01-01T00:00:00Z/2027-01-01T00:00:00Z',
      resultQuality: 'rough',
      parameters: { by: 'eye' },
    };
    expect(await made(`${String(stream['@iot.selfLink'])}/Observations`, value)).toMatchObject(value);
    const [found = {}] = await list("Datastreams?$filter=name eq 'Snow'");
    expect(found.phenomenonTime).toBe('2026-01-01T00:00:00Z/2026-01-02T00:00:00Z');
    expect(await list("Observations?$filter=result/depth ne null and parameters/by eq 'eye'")).toHaveLength(1);
  });
});
