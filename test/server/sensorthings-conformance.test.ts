/**
 * The abstract tests of OGC 18-088, annex A.1 and A.2, one test for each requirement that the root of the service lists, on an empty dossier into
 * which a program writes. The tests of the OGC's own suite (ets-sta10) are of the same kind; docs/sensorthings.md says how it is run.
 */
import { beforeEach, describe, expect, test } from 'vitest';
import { MODEL, SET_NAMES, type SetName } from '../../src/server/sensorthings-model.ts';
import {
  GAUGE,
  type Json,
  listed,
  program as newProgram,
  type Program,
  path,
  point,
  REQ,
  ROOT,
  STAGE,
  self,
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

describe('A.1 reading', () => {
  beforeEach(() => post('Things', GAUGE));

  const CLASSES: readonly [string, SetName, readonly string[]][] = [
    ['thing', 'Things', ['name', 'description']],
    ['location', 'Locations', ['name', 'description', 'encodingType', 'location']],
    ['historical-location', 'HistoricalLocations', ['time']],
    ['datastream', 'Datastreams', ['name', 'description', 'unitOfMeasurement', 'observationType']],
    ['sensor', 'Sensors', ['name', 'description', 'encodingType', 'metadata']],
    ['observed-property', 'ObservedProperties', ['name', 'definition', 'description']],
    ['observation', 'Observations', ['phenomenonTime', 'result', 'resultTime']],
    ['feature-of-interest', 'FeaturesOfInterest', ['name', 'description', 'encodingType', 'feature']],
  ];
  for (const [name, set, properties] of CLASSES) {
    requirement(`datamodel/${name}/properties`, 'every entity has what is mandatory', async () => {
      const all = await list(set);
      expect(all.length).toBeGreaterThan(0);
      for (const one of all) for (const property of properties) expect(one[property] ?? null, property).not.toBeNull();
    });
    requirement(`datamodel/${name}/relations`, 'every link leads to what the standard says', async () => {
      for (const one of await list(set))
        for (const [to, { many }] of Object.entries(MODEL[set].links)) {
          const found = await get(String(one[`${to}@iot.navigationLink`]));
          expect(many ? Array.isArray(found.value) : typeof found['@iot.selfLink'] === 'string').toBe(true);
        }
    });
  }

  requirement('datamodel/entity-control-information/common-control-information', 'id, selfLink, links', async () => {
    for (const set of SET_NAMES)
      for (const one of await list(set)) {
        expect((await get(self(one)))['@iot.id']).toBe(one['@iot.id']);
        expect(self(one)).toBe(`${ROOT}/${set}(${String(one['@iot.id'])})`);
      }
  });

  requirement('resource-path/resource-path-to-entities', 'usages 1 to 8', async () => {
    const root = await get(ROOT);
    expect((root.value as Json[]).map(({ name }) => name)).toEqual(SET_NAMES);
    const [thing = {}] = await list('Things');
    expect(await get(`${self(thing)}/name`)).toEqual({ name: 'Karateren' });
    expect(await (await ask('GET', path(`${self(thing)}/name/$value`))).text()).toBe('Karateren');
    expect(await get(`${self(thing)}/properties/owner/name`)).toEqual({ name: 'Kazhydromet' });
    const [stream = {}] = await list(`${self(thing)}/Datastreams`);
    expect(await list(`${self(thing)}/Datastreams/$ref`)).toEqual(
      (await list(`${self(thing)}/Datastreams`)).map((one) => ({ '@iot.selfLink': self(one) })),
    );
    const [value = {}] = await list(`${self(stream)}/Observations`);
    const nested = `${self(thing)}/Datastreams(${String(stream['@iot.id'])})/Observations(${String(value['@iot.id'])})`;
    expect(await get(`${nested}/result`)).toEqual({ result: 1 });
    expect((await get(`${nested}/FeatureOfInterest`)).feature).toEqual(point(61.5, 46));
    expect(await status('GET', `${nested}/validTime`)).toBe(204);
  });
});

describe('A.2 asking', () => {
  beforeEach(() => post('Things', GAUGE));
  const results = async (options: string): Promise<unknown[]> =>
    (await list(`Observations?${options}`)).map(({ result }) => result);

  requirement('request-data/order', 'filter, count, orderby, skip, top; then select and expand', async () => {
    const reply = await get(
      'Observations?$expand=Datastream($select=name)&$select=result&$top=1&$skip=1&$orderby=result desc&$count=true&$filter=result lt 10',
    );
    expect(reply['@iot.count']).toBe(3);
    expect(reply.value).toEqual([{ result: 2, Datastream: { name: 'Level' } }]);
  });
  requirement('request-data/expand', 'one level, several, and options of their own', async () => {
    const [one = {}] = await list(
      'Things?$expand=Datastreams($orderby=name;$expand=Observations($filter=result gt 1)),Locations',
    );
    const streams = one.Datastreams as Json[];
    expect(streams.map(({ name, Observations }) => [name, (Observations as Json[]).length])).toEqual([
      ['Depth', 1],
      ['Level', 2],
    ]);
    expect((one.Locations as Json[])[0]?.name).toBe('Pier');
    const [deep = {}] = await list('Things?$expand=Datastreams/ObservedProperty');
    expect((deep.Datastreams as Json[])[0]?.ObservedProperty).toMatchObject(STAGE);
  });
  requirement('request-data/select', 'properties, and links by their names', async () => {
    const [one = {}] = await list('Things?$select=name,Datastreams');
    expect(Object.keys(one)).toEqual(['name', 'Datastreams@iot.navigationLink']);
  });
  requirement('request-data/status-code', 'what is not there is 404', async () => {
    for (const set of SET_NAMES) expect(await status('GET', `${set}(9007199254740991)`)).toBe(404);
  });
  requirement('request-data/query-status-code', 'an option that is not known is 501', async () => {
    expect(await status('GET', 'Things?$search=gauge')).toBe(501);
    expect(await status('GET', 'Things?$top=some')).toBe(400);
  });
  requirement('request-data/orderby', 'up, down, by several, null before all else', async () => {
    expect(await results('$orderby=result')).toEqual([1, 2, 3, 10]);
    expect(await results('$orderby=Datastream/name desc,result desc')).toEqual([3, 2, 1, 10]);
    const [stream = {}] = await list("Datastreams?$filter=name eq 'Depth'");
    await post(`${self(stream)}/Observations`, { result: null });
    expect(await results('$orderby=result')).toEqual([null, 1, 2, 3, 10]);
    expect(await results('$orderby=result desc')).toEqual([10, 3, 2, 1, null]);
  });
  requirement('request-data/top', 'no more than asked for, always in the same order', async () => {
    expect(await results('$top=2')).toEqual(await results('$top=2'));
    expect(await results('$top=2')).toHaveLength(2);
  });
  requirement('request-data/skip', 'before top, wherever it stands', async () => {
    expect(await results('$top=1&$skip=2&$orderby=result')).toEqual([3]);
    expect(await results('$skip=2&$top=1&$orderby=result')).toEqual([3]);
  });
  requirement('request-data/count', 'of all that match; true or false', async () => {
    expect((await get('Observations?$count=true&$top=1&$filter=result le 3'))['@iot.count']).toBe(3);
    expect(await get('Observations?$count=false')).not.toHaveProperty('@iot.count');
    expect(await status('GET', 'Observations?$count=1')).toBe(400);
  });
  requirement('request-data/filter', 'by properties, ids, links and open properties; what is null is left out', async () => {
    const [stream = {}] = await list("Datastreams?$filter=unitOfMeasurement/name eq 'metre' and name eq 'Level'");
    expect(await results(`$filter=Datastream/id eq ${String(stream['@iot.id'])}`)).toEqual([1, 2, 3]);
    expect(await list("Things?$filter=properties/owner/name eq 'Kazhydromet'")).toHaveLength(1);
    expect(await list("Things?$filter=properties/colour ne 'red'")).toEqual([]);
    expect(await list('Things?$filter=Datastreams/Observations/result gt 9')).toHaveLength(1);
  });
  requirement('request-data/built-in-filter-operations', 'each, and how they bind', async () => {
    const cases: [string, unknown[]][] = [
      ['result eq 2', [2]],
      ['result ne 2', [1, 3, 10]],
      ['result gt 3', [10]],
      ['result ge 3', [3, 10]],
      ['result lt 2', [1]],
      ['result le 2', [1, 2]],
      ['result gt 1 and result lt 3', [2]],
      ['result lt 2 or result gt 9', [1, 10]],
      ['not result lt 3', [3, 10]],
      ['result add 5 gt 10', [10]],
      ['result sub 5 gt 4', [10]],
      ['result mul 2 eq 6', [3]],
      ['result div 2 gt 4', [10]],
      ['result mod 2 eq 0', [2, 10]],
      ['(result sub 5) gt 4', [10]],
      ['result eq 1 or result gt 2 and result lt 10', [1, 3]],
      ['(result eq 1 or result gt 2) and result lt 10', [1, 3]],
      ['result add 2 mul 3 eq 9', [3]],
      ['(result add 2) mul 3 eq 9', [1]],
      ['not result eq 1 and result lt 3', [2]],
      ['not (result eq 1 and result lt 3)', [2, 3, 10]],
    ];
    for (const [filter, expected] of cases) expect(await results(`$filter=${filter}`), filter).toEqual(expected);
  });
  requirement('request-data/built-in-query-functions', 'table 23', async () => {
    const things = [
      "substringof('arat',name)",
      "endswith(name,'eren')",
      "startswith(name,'Kar')",
      'length(name) eq 9',
      "indexof(name,'t') eq 4",
      "substring(name,1) eq 'arateren'",
      "substring(name,1,3) eq 'ara'",
      "tolower(name) eq 'karateren'",
      "toupper(name) eq 'KARATEREN'",
      "trim(concat(' ',name)) eq name",
      "concat(concat(name,', '),description) eq 'Karateren, A gauge'",
      "geo.distance(Locations/location,geography'POINT(61.5 47)') eq 1",
      "geo.length(geography'LINESTRING(0 0,3 4)') eq 5",
      "geo.intersects(Locations/location,geography'POLYGON((61 45,62 45,62 47,61 47,61 45))')",
      "st_equals(Locations/location,geography'POINT(61.5 46)')",
      "st_disjoint(Locations/location,geography'POINT(0 0)')",
      "st_touches(Locations/location,geography'LINESTRING(61.5 46,62 46)')",
      "st_within(Locations/location,geography'POLYGON((61 45,62 45,62 47,61 47,61 45))')",
      "not st_overlaps(Locations/location,geography'POLYGON((61 45,62 45,62 47,61 47,61 45))')",
      "not st_crosses(Locations/location,geography'LINESTRING(61 46,62 46)')",
      "st_intersects(Locations/location,geography'LINESTRING(61 46,62 46)')",
      "st_contains(Locations/location,geography'POINT(61.5 46)')",
      "st_relate(Locations/location,geography'POLYGON((61 45,62 45,62 47,61 47,61 45))','T********')",
    ];
    for (const filter of things) expect(await list(`Things?$filter=${filter}`), filter).toHaveLength(1);
    const values = [
      'year(resultTime) eq 2026',
      'month(resultTime) eq 1',
      'day(resultTime) eq 2',
      'hour(resultTime) eq 0',
      'minute(resultTime) eq 5',
      'second(resultTime) eq 0',
      'fractionalseconds(resultTime) eq 0',
      'date(resultTime) eq 2026-01-02',
      "time(resultTime) eq '00:05:00.000'",
      'totaloffsetminutes(resultTime) eq 0',
      'resultTime lt now()',
      'resultTime gt mindatetime()',
      'resultTime lt maxdatetime()',
      'round(result) eq 2',
      'floor(result) eq 2',
      'ceiling(result) eq 2',
    ];
    for (const filter of values) expect(await results(`$filter=${filter} and result eq 2`), filter).toEqual([2]);
  });
  requirement('request-data/pagination', 'the links lead through everything, once; the last page has none', async () => {
    const seen: unknown[] = [];
    for (let next: unknown = `${ROOT}/Observations?$top=3&$orderby=result`; next !== undefined; ) {
      const page = await get(String(next));
      seen.push(...(page.value as Json[]).map(({ result }) => result));
      next = page['@iot.nextLink'];
      expect(seen.length).toBeLessThan(9);
    }
    expect(seen).toEqual([1, 2, 3, 10]);
  });
});

test('the root lists requirements of the classes that are tested, and of no other', async () => {
  const all = (
    await listed(program, ['datamodel', 'resource-path', 'request-data', 'create-update-delete', 'batch-request', 'data-array'])
  ).length;
  const { serverSettings } = await get(ROOT);
  expect((serverSettings as { conformance: string[] }).conformance).toHaveLength(all);
});

test('what the root lists of these classes is what is tested here, and all of it', async () => {
  expect([...tested].toSorted()).toEqual(await listed(program, ['datamodel', 'resource-path', 'request-data']));
});
