/** JSON Patch by the examples of RFC 6902, appendix A, and on entities of the service. */
import { beforeEach, describe, expect, test } from 'vitest';
import { patched } from '../../src/server/sensorthings-patch.ts';
import type { Db } from '../../src/store/db.ts';
import { getObservation } from '../../src/store/observations.ts';
import { listStations } from '../../src/store/stations.ts';
import { browserOf, served } from './people.ts';
import { dossierOfSeries, STATION } from './sensorthings-fixture.ts';

describe('RFC 6902, appendix A', () => {
  test.each([
    ['A.1', { foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { baz: 'qux', foo: 'bar' }],
    ['A.2', { foo: ['bar', 'baz'] }, [{ op: 'add', path: '/foo/1', value: 'qux' }], { foo: ['bar', 'qux', 'baz'] }],
    ['A.3', { baz: 'qux', foo: 'bar' }, [{ op: 'remove', path: '/baz' }], { foo: 'bar' }],
    ['A.4', { foo: ['bar', 'qux', 'baz'] }, [{ op: 'remove', path: '/foo/1' }], { foo: ['bar', 'baz'] }],
    ['A.5', { baz: 'qux', foo: 'bar' }, [{ op: 'replace', path: '/baz', value: 'boo' }], { baz: 'boo', foo: 'bar' }],
    [
      'A.6',
      { foo: { bar: 'baz', waldo: 'fred' }, qux: { corge: 'grault' } },
      [{ op: 'move', from: '/foo/waldo', path: '/qux/thud' }],
      { foo: { bar: 'baz' }, qux: { corge: 'grault', thud: 'fred' } },
    ],
    [
      'A.7',
      { foo: ['all', 'grass', 'cows', 'eat'] },
      [{ op: 'move', from: '/foo/1', path: '/foo/3' }],
      { foo: ['all', 'cows', 'eat', 'grass'] },
    ],
    [
      'A.8',
      { baz: 'qux', foo: ['a', 2, 'c'] },
      [
        { op: 'test', path: '/baz', value: 'qux' },
        { op: 'test', path: '/foo/1', value: 2 },
      ],
      { baz: 'qux', foo: ['a', 2, 'c'] },
    ],
    [
      'A.10',
      { foo: 'bar' },
      [{ op: 'add', path: '/child', value: { grandchild: {} } }],
      { foo: 'bar', child: { grandchild: {} } },
    ],
    ['A.11', { foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux', xyz: 123 }], { foo: 'bar', baz: 'qux' }],
    ['A.14', { '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: 10 }], { '/': 9, '~1': 10 }],
    ['A.16', { foo: ['bar'] }, [{ op: 'add', path: '/foo/-', value: ['abc', 'def'] }], { foo: ['bar', ['abc', 'def']] }],
    ['the whole', { foo: 1 }, [{ op: 'replace', path: '', value: { bar: 2 } }], { bar: 2 }],
    [
      'a copy is no second name of the same',
      { a: [1] },
      [
        { op: 'copy', from: '/a', path: '/b' },
        { op: 'add', path: '/b/-', value: 2 },
      ],
      { a: [1], b: [1, 2] },
    ],
  ])('%s', (_, document, operations, expected) => {
    const before = structuredClone(document);
    expect(patched(document, operations)).toEqual(expected);
    expect(document).toEqual(before);
  });

  test.each([
    ['A.9 a test that fails', { baz: 'qux' }, [{ op: 'test', path: '/baz', value: 'bar' }], '0/test'],
    ['A.12 adding to nothing', { foo: 'bar' }, [{ op: 'add', path: '/baz/bat', value: 'qux' }], '0/path'],
    ['A.15 text is no number', { '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: '10' }], '0/test'],
    ['what is not there', { foo: 1 }, [{ op: 'remove', path: '/bar' }], '0/path'],
    ['beyond the end', { foo: [1] }, [{ op: 'add', path: '/foo/2', value: 1 }], '0/path'],
    ['a leading zero', { foo: [1] }, [{ op: 'remove', path: '/foo/00' }], '0/path'],
    ['into itself', { a: { b: {} } }, [{ op: 'move', from: '/a', path: '/a/b' }], '0/path'],
    [
      'the second operation',
      { foo: 1 },
      [
        { op: 'test', path: '/foo', value: 1 },
        { op: 'bless', path: '/foo' },
      ],
      '1/op',
    ],
    ['no path', { foo: 1 }, [{ op: 'remove', path: 'foo' }], '0/path'],
    ['no value', { foo: 1 }, [{ op: 'add', path: '/bar' }], '0/value'],
    ['no list', { foo: 1 }, { op: 'remove', path: '/foo' }, 'JSON Patch'],
  ])('%s says which', (_, document, operations, told) => {
    expect(() => patched(document, operations)).toThrow(told);
  });

  test('a member called __proto__ is one like any other', () => {
    const made = patched({}, [{ op: 'add', path: '/__proto__', value: { admin: true } }]) as Record<string, unknown>;
    expect(Object.keys(made)).toEqual(['__proto__']);
    expect(made.admin).toBeUndefined();
    expect(() => patched({}, [{ op: 'add', path: '/__proto__/admin', value: true }])).toThrow('0/path');
  });
});

describe('req/create-update-delete/update-entity-jsonpatch', () => {
  let db: Db;
  let eda: ReturnType<typeof browserOf>;
  beforeEach(() => {
    db = dossierOfSeries();
    eda = browserOf(served(db), db, 'eda');
  });
  const patch = (path: string, operations: unknown) =>
    eda('PATCH', `/sta/v1.1/${path}`, operations, { 'content-type': 'application/json-patch+json' });

  test('a station keeps what no operation names', async () => {
    const thing = `Things('${encodeURIComponent(STATION)}')`;
    const reply = await patch(thing, [
      { op: 'test', path: '/properties/river', value: 'Syr Darya' },
      { op: 'replace', path: '/name', value: 'Kazaly' },
      { op: 'remove', path: '/properties/code' },
    ]);
    expect(reply.status).toBe(200);
    const station = listStations(db, 'almaty').find(({ id }) => id === STATION);
    expect(station).toMatchObject({ name: { en: 'Kazaly' }, code: null, river: 'Syr Darya', place: [62.1, 45.77] });
  });

  test('a test that fails changes nothing; what follows from elsewhere is named', async () => {
    const thing = `Things('${encodeURIComponent(STATION)}')`;
    const failing = await patch(thing, [
      { op: 'replace', path: '/name', value: 'Kazaly' },
      { op: 'test', path: '/properties/river', value: 'Ili' },
    ]);
    expect([failing.status, (await failing.text()).includes('1/test')]).toEqual([400, true]);
    const derived = await patch(thing, [{ op: 'replace', path: '/properties/noun', value: 'sites' }]);
    expect([derived.status, (await derived.text()).includes('noun')]).toEqual([400, true]);
    expect(listStations(db, 'almaty').find(({ id }) => id === STATION)?.name).toEqual({ en: 'Kazalinsk' });
  });

  test('an observation that came through the interface', async () => {
    const stream = (await (
      await eda('POST', `/sta/v1.1/Things('${encodeURIComponent(STATION)}')/Datastreams`, {
        name: 'Level',
        description: 'Gauge',
        observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
        unitOfMeasurement: { symbol: 'm3/s' },
        ObservedProperty: { '@iot.id': 'river-discharge' },
        Sensor: { name: 'Logger', description: 'Keepers', encodingType: 'text/html', metadata: 'https://example.org/logger' },
        Observations: [{ result: 5, phenomenonTime: '2026-01-01T00:00:00Z', parameters: { low: 4, high: 6 } }],
      })
    ).json()) as Record<string, string>;
    const path = `${stream['@iot.selfLink']}/Observations`.replace('http://localhost:8080', '');
    const list = (await (await eda('GET', path)).json()) as { value: Record<string, string>[] };
    const id = list.value[0]?.['@iot.id'] ?? '';
    const reply = await patch(`Observations('${encodeURIComponent(id)}')`, [
      { op: 'replace', path: '/result', value: 5.5 },
      { op: 'add', path: '/parameters/note', value: 'read again' },
      { op: 'remove', path: '/parameters/high' },
    ]);
    expect(reply.status).toBe(200);
    expect(getObservation(db, id)).toMatchObject({ value: 5.5, low: 4, high: null, note: 'read again' });
  });
});
