/** Whatever a program sends: it is written, or refused by name; never an error of the service, and never half of it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Problem } from '../../src/problems.ts';
import { SET_NAMES } from '../../src/server/sensorthings-model.ts';
import { patched } from '../../src/server/sensorthings-patch.ts';
import { GAUGE, link, path, program, self, series } from './sensorthings-program.ts';

const { db, ask, post, list } = program();
const thing = await post('Things', GAUGE);
const [stream = {}] = await list(`${self(thing)}/Datastreams`);

const count = (): unknown =>
  db.prepare('select (select count(*) from program_entities) as e, (select count(*) from program_values) as v').get();

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    link(thing),
    link(stream),
    [link(thing)],
    [{ name: 'x', description: 'y' }],
    { name: 'x', description: 'y', encodingType: 'application/geo+json', location: { type: 'Point', coordinates: [1, 2] } },
    series('S'),
    '2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z/2026-01-02T00:00:00Z',
    'text',
  ),
);
const NAMES = [
  'name',
  'description',
  'encodingType',
  'location',
  'feature',
  'metadata',
  'definition',
  'time',
  'result',
  'phenomenonTime',
];
const LINKS = [
  'Thing',
  'Things',
  'Locations',
  'Datastream',
  'Datastreams',
  'Sensor',
  'ObservedProperty',
  'Observations',
  'FeatureOfInterest',
];
const body = fc.dictionary(
  fc.constantFrom(...NAMES, ...LINKS, 'properties', 'unitOfMeasurement', 'observationType', '@iot.id'),
  value,
  {
    maxKeys: 9,
  },
);

test('any body is written, or refused and leaves nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...SET_NAMES), fc.constantFrom('POST', 'PATCH', 'PUT'), body, async (set, method, given) => {
      const before = count();
      const [first] = await list(`${set}?$top=1`);
      const reply = await ask(method, path(method === 'POST' || first === undefined ? set : self(first)), given);
      expect([200, 201, 400, 404]).toContain(reply.status);
      if (reply.status >= 400) expect(count()).toEqual(before);
    }),
    { seed: 18_088, numRuns: 400 },
  );
});

test('any batch is carried out or refused', async () => {
  const url = fc.constantFrom(
    'Things',
    '$0',
    '$0/Datastreams',
    'Things(1)',
    "Sensors('$1')",
    '/sta/v1.1/Things?$top=1',
    'https://x',
    '',
    '%',
    '$batch',
  );
  const request = fc.record({
    id: fc.constantFrom('0', '1', '2'),
    method: fc.constantFrom('get', 'post', 'patch', 'delete', 'brew'),
    url,
    body,
    atomicityGroup: fc.option(fc.constantFrom('g', 'h'), { nil: undefined }),
    dependsOn: fc.option(fc.constant(['0']), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(request, { maxLength: 3 }), async (requests) => {
      const reply = await ask('POST', path('$batch'), { requests });
      expect([200, 400]).toContain(reply.status);
    }),
    { seed: 18_088, numRuns: 300 },
  );
});

test('any JSON Patch is done or says what is wrong', () => {
  const pointer = fc.constantFrom('', '/a', '/a/0', '/a/-', '/b/c', '/~1', '/~2', 'a', '/a/01', '/__proto__');
  const operation = fc.record(
    {
      op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'x'),
      path: pointer,
      from: pointer,
      value: fc.jsonValue({ maxDepth: 1 }),
    },
    { requiredKeys: ['op', 'path'] },
  );
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 4 }), (operations) => {
      const document = { a: [1, 2], b: { c: null } };
      try {
        patched(document, operations);
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
      }
      expect(document).toEqual({ a: [1, 2], b: { c: null } });
    }),
    { seed: 6902, numRuns: 500 },
  );
});
