/** Whatever is handed to the readers of series ends in series or in a sentence, soon. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readWaterSeries } from '../../src/formats/water-open.ts';
import { Problem, Problems } from '../../src/problems.ts';
import { workbook } from '../records/messy-sheets.ts';

const options = { variable: 'river-discharge', unit: 'm3/s' } as const;

async function ends(bytes: Uint8Array): Promise<boolean> {
  try {
    const { series } = await readWaterSeries({ name: 'x', bytes }, options);
    return series.every(({ points }) =>
      points.every(({ value, period }) => (value === null || Number.isFinite(value)) && period.start < period.end),
    );
  } catch (error) {
    if (error instanceof Problem || error instanceof Problems) return true;
    throw error;
  }
}

const pieces = [
  'I',
  'II',
  'III',
  'IV',
  'V',
  'XII',
  '1990',
  '1990/91',
  '2',
  '3',
  '-',
  'сухо',
  '<0,5',
  '12,3*',
  'Год',
  'Дата',
  '01.02.1990',
  '31.02.1990',
  'м3/с',
  '\u0000',
  '"',
  '#',
  'lake=',
  'YYYY-MM-DD',
  '# GRDC-No.: 1',
  '{',
  '<wml2:Collection',
];

test('any bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      expect(await ends(bytes)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('any table of the words that readers look for', async () => {
  const row = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.double({ noNaN: true }).map(String)), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 12 }), fc.constantFrom(';', ',', '\t', '\n'), async (rows, separator) => {
      const text = rows.map((cells) => cells.join(separator)).join('\n');
      expect(await ends(new TextEncoder().encode(text))).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('JSON of any shape', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 6 }), async (value) => {
      const nested = { value: [{ '@iot.id': 1, Datastreams: value, Observations: value }], data: value };
      expect(await ends(new TextEncoder().encode(JSON.stringify(nested)))).toBe(true);
    }),
    { numRuns: 80 },
  );
});

test('JSON that is nested without end', async () => {
  const deep = `${'{"value":['.repeat(5000)}${']}'.repeat(5000)}`;
  expect(await ends(new TextEncoder().encode(deep))).toBe(true);
});

test('a workbook of dates, errors and formulas where numbers should be', async () => {
  const file = workbook([
    {
      name: 'Лист1',
      rows: [
        ['Год', 'I', 'II', 'III', 'IV', 'V', 'VI'],
        [1990, 1.5, { n: 36_500, format: 'dd.mm.yyyy' }, { error: '#REF!' }, 'н/д', -999, 2.5],
      ],
    },
  ]);
  const { series } = await readWaterSeries(file, options);
  expect(series[0]?.points.map(({ value }) => value)).toEqual([1.5, null, null, 2.5]);
  expect(series[0]?.notes).toEqual([{ key: 'unreadable', details: { count: 2, row: 'Лист1!C2', found: expect.any(String) } }]);
});
