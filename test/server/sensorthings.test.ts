/** The SensorThings service, requirement by requirement of OGC 18-088 (http://www.opengis.net/spec/iot_sensing/1.1/req/…): reading. */
import { describe, expect, test } from 'vitest';
import { readSensorThings } from '../../src/formats/water-sensorthings.ts';
import { MODEL, SET_NAMES } from '../../src/server/sensorthings-model.ts';
import { browserOf, served } from './people.ts';
import { dossierOfSeries, MONTHS, STATION } from './sensorthings-fixture.ts';

const db = dossierOfSeries();
const app = served(db);
const ROOT = 'http://localhost:8080/sta/v1.1';

type Json = Record<string, unknown> & { value: Record<string, unknown>[] };

const asked =
  (user: string | null) =>
  async (path: string): Promise<{ status: number; body: Json; text: string }> => {
    const reply = await browserOf(app, db, user)('GET', path.replace(ROOT, '/sta/v1.1'));
    const text = await reply.text();
    return {
      status: reply.status,
      text,
      body: text.startsWith('{') ? (JSON.parse(text) as Json) : ({ value: [] } as unknown as Json),
    };
  };
const get = asked('rita');
const ask = (path: string) => get(`/sta/v1.1/${path}`);
const values = async (path: string): Promise<Record<string, unknown>[]> => {
  const { status, body, text } = await ask(path);
  expect(status, `${path}: ${text}`).toBe(200);
  return body.value;
};
const query = (text: string): string => encodeURIComponent(text);
const results = async (filter: string): Promise<unknown[]> =>
  (await values(`${SERIES}/Observations?$filter=${query(filter)}`)).map(({ result }) => result);

const [stream = { '@iot.id': '' }] = (await get(`/sta/v1.1/Things('${encodeURIComponent(STATION)}')/Datastreams`)).body.value;
const SERIES = `Datastreams('${encodeURIComponent(String(stream['@iot.id']))}')`;

describe('req/resource-path', () => {
  test('resource-path-to-entities: the root names every set and the requirements that are met', async () => {
    const { body } = await get('/sta/v1.1');
    expect(body.value.map(({ name, url }) => [name, url])).toEqual(SET_NAMES.map((name) => [name, `${ROOT}/${name}`]));
    const { conformance } = body.serverSettings as { conformance: string[] };
    expect(conformance.every((one) => one.startsWith('http://www.opengis.net/spec/iot_sensing/1.1/req/'))).toBe(true);
  });

  test.each(SET_NAMES)('resource-path-to-entities: %s by id, property, $value, links and $ref', async (set) => {
    const [first = {}] = await values(set);
    const self = String(first['@iot.selfLink']);
    const entity = (await get(self)).body;
    expect(entity['@iot.id']).toBe(first['@iot.id']);
    const name = set === 'Observations' ? 'result' : set === 'HistoricalLocations' ? 'time' : 'name';
    expect((await get(`${self}/${name}`)).body).toEqual({ [name]: entity[name] });
    expect((await get(`${self}/${name}/$value`)).text).toBe(String(entity[name]));
    for (const [link, { many }] of Object.entries(MODEL[set].links)) {
      const { status, body } = await get(String(entity[`${link}@iot.navigationLink`]));
      expect(status).toBe(200);
      expect(many ? Array.isArray(body.value) : typeof body['@iot.selfLink'] === 'string').toBe(true);
      const ref = (await get(`${String(entity[`${link}@iot.navigationLink`])}/$ref`)).body;
      const refs = many ? ref.value : [ref];
      for (const one of refs) expect(Object.keys(one)).toEqual(['@iot.selfLink']);
    }
  });

  test('a nested path leads to an entity and its single link', async () => {
    const { body } = await ask(`Things('almaty')/Datastreams`);
    const { body: thing } = await get(`${String(body.value[0]?.['@iot.selfLink'])}/Thing`);
    expect(thing.name).toBe('Almaty');
  });

  test('what is not there is 404, and a name that is none says which there are', async () => {
    expect((await ask("Things('nowhere')")).status).toBe(404);
    expect((await ask("Things('almaty')/Datastreams('nothing')")).status).toBe(404);
    const { status, text } = await ask('Thongs');
    expect(status).toBe(400);
    expect(text).toContain('HistoricalLocations');
    expect((await ask("Things('almaty')/colour")).text).toContain('description');
  });

  test('a property without a value is 204', async () => {
    const [one = {}] = await values(`${SERIES}/Observations`);
    expect((await get(`${String(one['@iot.selfLink'])}/resultTime`)).status).toBe(204);
  });
});

describe('req/datamodel', () => {
  const MANDATORY: Record<string, string[]> = {
    thing: ['name', 'description'],
    location: ['name', 'description', 'encodingType', 'location'],
    'historical-location': ['time'],
    datastream: ['name', 'description', 'observationType', 'unitOfMeasurement'],
    sensor: ['name', 'description', 'encodingType', 'metadata'],
    'observed-property': ['name', 'definition', 'description'],
    observation: ['phenomenonTime', 'result', 'resultTime'],
    'feature-of-interest': ['name', 'description', 'encodingType', 'feature'],
  };

  test.each(Object.entries(MANDATORY).map(([name, fields], i) => [name, SET_NAMES[i] ?? 'Things', fields] as const))(
    '%s/properties and entity-control-information',
    async (_, set, fields) => {
      const wanted: Record<string, readonly string[]> = {
        Things: MANDATORY.thing ?? [],
        Locations: MANDATORY.location ?? [],
        HistoricalLocations: MANDATORY['historical-location'] ?? [],
        Datastreams: MANDATORY.datastream ?? [],
        Sensors: MANDATORY.sensor ?? [],
        ObservedProperties: MANDATORY['observed-property'] ?? [],
        Observations: MANDATORY.observation ?? [],
        FeaturesOfInterest: MANDATORY['feature-of-interest'] ?? [],
      };
      expect(fields.length).toBeGreaterThan(0);
      for (const one of await values(set)) {
        expect(Object.keys(one)).toEqual(expect.arrayContaining(['@iot.id', '@iot.selfLink', ...(wanted[set] ?? ['none'])]));
        for (const link of Object.keys(MODEL[set].links))
          expect(one[`${link}@iot.navigationLink`]).toBe(`${String(one['@iot.selfLink'])}/${link}`);
      }
    },
  );

  test('datastream: the unit is UCUM, the time its whole span, the licence that of its data set', async () => {
    const { body } = await ask(SERIES);
    expect(body.unitOfMeasurement).toMatchObject({ symbol: 'm3/s' });
    expect(body.phenomenonTime).toBe('1936-01-01T00:00:00Z/1936-07-01T00:00:00Z');
    expect(body.properties).toMatchObject({ licence: 'not to be passed on', attribution: 'A gauge', count: 6, role: 'observed' });
  });

  test('observation: time as a period, quality, and the origin among its parameters', async () => {
    const [first, , missing] = await values(`${SERIES}/Observations`);
    expect(first).toMatchObject({
      phenomenonTime: '1936-01-01T00:00:00Z/1936-02-01T00:00:00Z',
      result: 123,
      resultTime: null,
      resultQuality: { DQ_Status: { code: 'ok' } },
      parameters: { origin: { dataset: 'series/abc', row: '2', quote: '123' }, low: 120, high: 126 },
    });
    expect(missing?.result).toBeNull();
  });

  test('a computed figure names its run, with method and version as its Sensor', async () => {
    const [one = {}] = await values(`Things('almaty%2Fcore')/Datastreams?$expand=Sensor,Observations`);
    expect((one.Sensor as Json).metadata).toBe('karney-2013 1');
    expect((one.Observations as Record<string, unknown>[])[0]?.parameters).toMatchObject({ origin: { run: 'run-area' } });
  });

  test('values of one indicator in two units, or by two sources, are two series', async () => {
    const all = await values('Datastreams?$expand=ObservedProperty($select=name)&$filter=ObservedProperty/id eq %27area%27');
    expect(all.map((one) => (one.unitOfMeasurement as { symbol: string }).symbol).toSorted()).toEqual(['har', 'm2']);
  });
});

describe('req/request-data', () => {
  test('expand: nested with options, and paths with slashes', async () => {
    const { body } = await ask(
      `Things('${encodeURIComponent(STATION)}')?$expand=Datastreams($select=name;$expand=Observations($orderby=phenomenonTime desc;$top=1;$select=result)),Locations`,
    );
    const [own = {}] = body.Datastreams as Record<string, unknown>[];
    expect(own.Observations).toEqual([{ result: 480 }]);
    expect(String(own['Observations@iot.nextLink'])).toContain('%24skip=1'.replace('%24', '$'));
    expect((body.Locations as Json[])[0]?.location).toEqual({ type: 'Point', coordinates: [62.1, 45.77] });
    const deep = (await ask(`Things('${encodeURIComponent(STATION)}')?$expand=Datastreams/ObservedProperty,Datastreams/Sensor`))
      .body;
    const [series = {}] = deep.Datastreams as Record<string, unknown>[];
    expect([(series.ObservedProperty as Json).name, (series.Sensor as Json).name]).toEqual(['River discharge', 'kazalinsk.txt']);
  });

  test('select: only what is asked for', async () => {
    expect(await values(`${SERIES}/Observations?$select=result,id&$top=1`)).toEqual([
      { '@iot.id': `series/abc/${STATION}/river-discharge/1936-01-01`, result: 123 },
    ]);
  });

  test('orderby: by values and by what is reached over links, up and down', async () => {
    const ordered = await values(`${SERIES}/Observations?$orderby=result desc&$select=result`);
    expect(ordered.map(({ result }) => result)).toEqual([512.25, 480, 240, 123, 118.5, null]);
    const names = (await values('Datastreams?$orderby=Thing/name desc,id')).map(({ name }) => String(name).split(':')[0]);
    expect(names).toEqual(names.toSorted().reverse());
    const filtered = await values(`${SERIES}/Observations?$orderby=result mul -1&$filter=result gt 0&$select=result`);
    expect(filtered.map(({ result }) => result)).toEqual([512.25, 480, 240, 123, 118.5]);
  });

  test('top, skip, count: the count is of all that match', async () => {
    const { body } = await ask(`${SERIES}/Observations?$top=2&$skip=1&$count=true`);
    expect([body['@iot.count'], body.value.map(({ result }) => result)]).toEqual([6, MONTHS.slice(1, 3)]);
    const none = (await ask(`${SERIES}/Observations?$top=0&$count=true&$filter=result gt 200`)).body;
    expect([none['@iot.count'], none.value, none['@iot.nextLink']]).toEqual([3, [], undefined]);
  });

  test('pagination: the links lead through everything, once', async () => {
    const seen: unknown[] = [];
    let next: string | undefined = `${ROOT}/${SERIES}/Observations?$top=2&$filter=${query('result gt 0 or result eq null')}`;
    for (let pages = 0; next !== undefined; pages++) {
      expect(pages).toBeLessThan(4);
      const { body } = await get(next);
      seen.push(...body.value.map(({ result }) => result));
      next = body['@iot.nextLink'] as string | undefined;
    }
    expect(seen).toEqual(MONTHS);
  });

  test.each([
    ['result eq 123', [123]],
    ['result ne 123 and result ne null', [118.5, 240, 512.25, 480]],
    ['result gt 240', [512.25, 480]],
    ['result ge 240', [240, 512.25, 480]],
    ['result lt 123', [118.5]],
    ['result le 123', [123, 118.5]],
    ['result eq null', [null]],
    ['result gt 400 and result lt 500 or result eq 123', [123, 480]],
    ['not (result gt 120)', [118.5, null]],
    ['not result gt 120 and result ne null', [118.5]],
    ['result add 0.5 eq 119', [118.5]],
    ['result sub 3 eq 120', [123]],
    ['result mul 2 gt 900', [512.25, 480]],
    ['result div 2 eq 240', [480]],
    ['result mod 100 eq 23', [123]],
    ['-result lt -500', [512.25]],
    ['(result add 1) mul 2 eq 248', [123]],
  ])('built-in-filter-operations: %s', async (filter, expected) => {
    expect(await results(filter)).toEqual(expected);
  });

  test.each([
    ["substringof('abc',parameters/origin/dataset) and result eq 123", [123]],
    ["startswith(id,'series/') and endswith(id,'1936-01-01')", [123]],
    ['length(parameters/note) eq 7', [512.25]],
    ["indexof(parameters/note,'lier') eq 3", [512.25]],
    ["substring(parameters/note,3) eq 'lier' and substring(parameters/note,0,3) eq 'out'", [512.25]],
    ["tolower(toupper(trim(concat(' ',parameters/note)))) eq 'outlier'", [512.25]],
    ['month(phenomenonTime) eq 5', [512.25]],
    ['year(phenomenonTime) eq 1936 and day(phenomenonTime) eq 1 and month(phenomenonTime) lt 3', [123, 118.5]],
    ['hour(phenomenonTime) add minute(phenomenonTime) add second(phenomenonTime) eq 0 and result eq 480', [480]],
    ['date(phenomenonTime) eq 1936-06-01', [480]],
    [
      "time(phenomenonTime) eq '00:00:00.000' and fractionalseconds(phenomenonTime) eq 0 and totaloffsetminutes(phenomenonTime) eq 0 and result eq 240",
      [240],
    ],
    ['phenomenonTime lt now() and mindatetime() lt maxdatetime() and result eq 123', [123]],
    ['round(result) eq 119', [118.5]],
    ['floor(result) eq 118', [118.5]],
    ['ceiling(result) eq 513', [512.25]],
    ["geo.distance(FeatureOfInterest/feature,geography'POINT(62.1 46.77)') lt 1.1 and result eq 123", [123]],
    ["geo.length(geography'LINESTRING(0 0,3 4)') eq 5 and result eq 123", [123]],
    ["st_within(FeatureOfInterest/feature,geography'POLYGON((62 45,63 45,63 46,62 46,62 45))') and result eq 123", [123]],
    ["st_disjoint(FeatureOfInterest/feature,geography'POLYGON((0 0,1 0,1 1,0 1,0 0))') and result eq 123", [123]],
    ['phenomenonTime gt 1936-04-15', [512.25, 480]],
    ['phenomenonTime lt 1936-02-01T00:00:00Z', [123]],
    ['phenomenonTime ge 1936-05-01 and phenomenonTime le 1936-05-31', [512.25]],
    ['phenomenonTime eq 1936-06-01T00:00:00Z/1936-07-01T00:00:00Z', [480]],
    ["phenomenonTime add duration'P31D' lt 1936-03-04", [123]],
    ["resultQuality/DQ_Status/code eq 'doubtful'", [512.25]],
    ["Datastream/ObservedProperty/name eq 'River discharge' and result eq 123", [123]],
  ])('built-in-query-functions: %s', async (filter, expected) => {
    expect(await results(filter)).toEqual(expected);
  });

  test('filter: over links to many it holds where it does for one', async () => {
    const things = await values(
      `Things?$filter=${query('Datastreams/Observations/result gt 500 and Datastreams/Observations/result lt 600')}`,
    );
    expect(things.map((one) => one['@iot.id'])).toEqual([STATION]);
  });

  test.each([
    ['result gt', 'character 10'],
    ['result gtt 5', 'character 8'],
    ["result eq 'open", 'character 11'],
    ['reslut gt 5', 'reslut'],
    ['sqrt(result) gt 5', 'character 1'],
    ['substring(id) eq 5', 'substring(2 | 3)'],
    ['(result gt 5', 'character 13'],
    ['result gt 5)', 'character 12'],
    ["st_within(FeatureOfInterest/feature,geography'BLOB(1)') eq true", 'character 37: found BLOB(1); expected geography'],
    [`${'('.repeat(400)}result gt 1${')'.repeat(400)}`, '≤ 60'],
  ])('query-status-code: %s is 400 and says where', async (filter, told) => {
    const { status, text } = await ask(`Observations?$filter=${query(filter)}`);
    expect(status).toBe(400);
    expect(text).toContain(told);
  });

  test.each([
    '$top=-1',
    '$top=two',
    '$count=maybe',
    '$expand=Dogs',
    '$expand=Observations(',
    '$select=colour',
    '$top=1&$top=2',
    '$resultFormat=dataArray',
    '$skip=%ff',
  ])('query-status-code: %s is 400', async (options) => {
    expect((await ask(`Datastreams?${options}`)).status).toBe(400);
  });

  test.each(['$colour=blue', '$search=ice', '$apply=groupby((name))'])(
    'query-status-code: an option that is not known is 501: %s',
    async (options) => {
      const { status, text } = await ask(`Datastreams?${options}`);
      expect([status, text.includes('$orderby')]).toEqual([501, true]);
    },
  );
});

describe('req/data-array', () => {
  test('data-array: rows by series', async () => {
    const [own = {}] = await values(`${SERIES}/Observations?$resultFormat=dataArray&$select=result,phenomenonTime&$top=2`);
    expect(own).toEqual({
      'Datastream@iot.navigationLink': String(stream['@iot.selfLink']),
      components: ['result', 'phenomenonTime'],
      'dataArray@iot.count': 2,
      dataArray: [
        [123, '1936-01-01T00:00:00Z/1936-02-01T00:00:00Z'],
        [118.5, '1936-02-01T00:00:00Z/1936-03-01T00:00:00Z'],
      ],
    });
  });
});

describe('who may', () => {
  test('a reader of one site sees nothing of another', async () => {
    expect((await values('Things')).map((one) => one['@iot.id'])).not.toContain('korgalzhyn');
    expect((await values('Observations')).map((one) => one['@iot.id'])).not.toContain('elsewhere');
    expect((await ask("Observations('elsewhere')")).status).toBe(404);
    const root = await asked('root')("/sta/v1.1/Observations('elsewhere')");
    expect(root.status).toBe(200);
  });

  test('who may read nothing is refused', async () => {
    expect((await asked(null)('/sta/v1.1/Things')).status).toBe(401);
  });
});

test('our own reader reads our replies', async () => {
  const { body } = await ask(
    `Things('${encodeURIComponent(STATION)}')?$expand=Locations,Datastreams($expand=ObservedProperty,Observations)`,
  );
  const [series] = readSensorThings('reply.json', body);
  expect(series).toMatchObject({
    title: 'River discharge',
    unit: 'm3/s',
    interval: 'month',
    station: { name: 'Kazalinsk', place: [62.1, 45.77] },
  });
  expect(series?.points.map(({ value }) => value)).toEqual(MONTHS);
  expect(series?.points.filter(({ doubtful }) => doubtful)).toHaveLength(1);
});
