/** Whatever stands in an address: a reply or a problem that says what is wrong, never an error of the program. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { browserOf, served } from './people.ts';
import { dossierOfSeries } from './sensorthings-fixture.ts';

const db = dossierOfSeries();
const ask = browserOf(served(db), db, 'rita');

const word = fc.constantFrom(
  ...[
    'result',
    'phenomenonTime',
    'Datastream/name',
    'Observations/result',
    'eq',
    'gt',
    'and',
    'or',
    'not',
    'add',
    'div',
    '(',
    ')',
    ',',
    '/',
    '-',
    "'x'",
    "'",
    '5',
    '0',
  ],
  ...[
    '2020-01-01',
    '2020-13-45',
    'null',
    'true',
    'year(',
    'substring(',
    'st_within(',
    "geography'POINT(1 2)'",
    "geography'x'",
    "duration'P1D'",
    '@iot.id',
    '$',
    '%',
    '\u0000',
    'Ё',
  ],
);
const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
const options = fc.record(
  {
    $filter: text,
    $orderby: text,
    $expand: fc
      .array(
        fc.constantFrom(
          'Things',
          'Datastreams',
          'Observations',
          'Thing',
          '(',
          ')',
          ';',
          ',',
          '/',
          '$top=1',
          '$expand=',
          '$filter=',
          "'",
        ),
        { maxLength: 10 },
      )
      .map((parts) => parts.join('')),
    $select: text,
    $top: fc.oneof(fc.integer().map(String), text),
    $skip: fc.oneof(fc.integer().map(String), text),
  },
  { requiredKeys: [] },
);
const path = fc
  .array(
    fc.constantFrom(
      'Things',
      'Datastreams',
      'Observations',
      "('almaty')",
      "('",
      '/',
      'name',
      '$value',
      '$ref',
      'Sensor',
      '(1)',
      '%2F',
      '%',
      "''",
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

test('any query options are answered or refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('Things', 'Datastreams', 'Observations', 'Sensors'), options, async (set, given) => {
      const query = Object.entries(given).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
      const reply = await ask('GET', `/sta/v1.1/${set}?${query.join('&')}`);
      expect([200, 400]).toContain(reply.status);
      if (reply.status === 400) expect(((await reply.json()) as { code: string }).code).toMatch(/^sta-/);
    }),
    { seed: 18_088, numRuns: 300 },
  );
});

test('any path is answered, not found or refused', async () => {
  await fc.assert(
    fc.asyncProperty(path, async (given) => {
      const reply = await ask('GET', `/sta/v1.1/${given}`);
      expect([200, 204, 400, 404]).toContain(reply.status);
    }),
    { seed: 18_088, numRuns: 200 },
  );
});
