/** `saryarka cooperation import` and `compute`: tables row by row, networks, indicators of a table. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';

let folder: string;
const at = (name: string): string => join(folder, name);
const data = join(import.meta.dirname, '..', '..', 'data', 'kazakhstan');

async function run(...args: string[]): Promise<{ exit: number; told: string }> {
  let told = '';
  const keep = (text: unknown): true => {
    told += `${String(text)}\n`;
    return true;
  };
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(keep),
    vi.spyOn(console, 'error').mockImplementation(keep),
    vi.spyOn(process.stdout, 'write').mockImplementation(keep),
  ];
  try {
    return { exit: await main([...args, '--lang', 'en']), told };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-cooperation-import-'));
  await run('new', at('k.gpkg'));
  const tables = ['sources', 'sites', 'organisations', 'activities', 'participations'].map((name) => join(data, `${name}.csv`));
  await run('import', at('k.gpkg'), ...tables);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('rows at fault are told with line, field, what was found and what would do; the others are taken', async () => {
  writeFileSync(
    at('h.csv'),
    'feature,measure,period,total,female,male\nglofca,trained,2023,40,12,20\nglofca,attended,2024,10,8,8\nnowhere,trained,2023,4,,\nglofca,awarded,2024,,7,x\n',
  );
  const preview = await run('cooperation', 'import', at('k.gpkg'), at('h.csv'), '--preview');
  expect(preview.told).toContain('1 rows would be added');
  const { exit, told } = await run('cooperation', 'import', at('k.gpkg'), at('h.csv'));
  expect(exit).toBe(1);
  for (const piece of [
    '1 rows added',
    'Rows not taken: 3',
    'line 3, field total: found "10"; expected 16',
    'line 4, field feature: "nowhere"',
    'line 5, field male: found "x"',
    'import/table/h.csv',
  ])
    expect(told).toContain(piece);
  expect((await run('cooperation', 'import', at('k.gpkg'), at('h.csv'))).told).toContain('0 rows added, 0 changed, 1 as before');
});

test('a workbook comes in like a table, an organisation by any of its names', async () => {
  const sheet = utils.aoa_to_sheet([
    ['feature', 'kind', 'value', 'currency', 'period', 'provider'],
    ['glofca', 'budget', 1200000, 'USD', '2021/2026', 'UNESCO'],
    ['glofca', 'expenditure', 1, 'USD', 2022, 'Nobody knows'],
  ]);
  const book = utils.book_new(sheet, 'money');
  writeFileSync(at('m.xlsx'), new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer));
  const { exit, told } = await run('cooperation', 'import', at('k.gpkg'), at('m.xlsx'));
  expect([exit, told]).toEqual([1, expect.stringContaining('line 3, field provider: "Nobody knows"')]);
  const table = await run('cooperation', 'table', at('k.gpkg'), '--by', 'year', '--json');
  const { rows } = JSON.parse(table.told) as { rows: { key: string; money: { budget?: { converted: number } } }[] };
  expect(rows.find(({ key }) => key === '2021')?.money.budget?.converted).toBe(1_200_000);
});

test('--strict takes nothing of a file in which a row is at fault', async () => {
  writeFileSync(
    at('s.csv'),
    'feature,kind,value,currency,period\nglofca,commitment,5,USD,2020\nglofca,commitment,five,USD,2021\n',
  );
  const { told } = await run('cooperation', 'import', at('k.gpkg'), at('s.csv'), '--strict');
  expect(told).toMatch(/0 rows added.*nothing of the file was taken/s);
});

test('an ORCID or ROR with a wrong check digit is a fault that says what it would have to be', async () => {
  writeFileSync(
    at('p.csv'),
    'id,name_en,sex,consent,orcid\na,Josiah Carberry,,,0000-0002-1825-0098\nb,J. Carberry,,,https://orcid.org/0000-0002-1825-0097\n',
  );
  const people = await run('cooperation', 'import', at('k.gpkg'), at('p.csv'));
  expect(people.told).toContain('line 2, field orcid: found "0000-0002-1825-0098"; expected 0000-0002-1825-0097');
  expect(people.told).toContain('1 rows added');
  writeFileSync(at('o.csv'), 'id,name_en,acronym,aliases,ror\ncdl,California Digital Library,,,03yrm5c27\n');
  const { exit, told } = await run('import', at('k.gpkg'), at('o.csv'));
  expect([exit, told]).toEqual([2, expect.stringContaining('found "03yrm5c27"; expected 03yrm5c26')]);
});

test('a network goes out and comes in: into an empty dossier whole, into its own without a change', async () => {
  await run('cooperation', 'network', at('k.gpkg'), '--two-mode', '-o', at('n.gexf'));
  await run('new', at('e.gpkg'));
  const preview = await run('cooperation', 'import', at('e.gpkg'), at('n.gexf'), '--preview');
  expect(preview.told).toMatch(/told apart by “mode”[\s\S]*389 rows would be added/);
  const taken = await run('cooperation', 'import', at('e.gpkg'), at('n.gexf'));
  expect([taken.exit, taken.told]).toEqual([0, expect.stringContaining('389 rows added')]);
  const before = await run('cooperation', 'network', at('k.gpkg'), '-o', at('k.json'));
  const after = await run('cooperation', 'network', at('e.gpkg'), '-o', at('e.json'));
  expect(after.told.split('\n')[1]).toBe(before.told.split('\n')[1]); // organisations, ties, activities
  expect((await run('cooperation', 'import', at('k.gpkg'), at('n.gexf'))).told).toContain(
    '0 rows added, 0 changed, 222 as before',
  );
});

test('an indicator of a table is kept with its run, beside the targets it belongs to', async () => {
  await run('import', at('k.gpkg'), join(data, '..', 'indicators.csv'));
  writeFileSync(
    at('basins.geojson'),
    JSON.stringify({
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          properties: { name: 'Chu' },
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [70, 43],
                [71, 43],
                [71, 44],
                [70, 44],
                [70, 43],
              ],
            ],
          },
        },
      ],
    }),
  );
  writeFileSync(
    at('b.csv'),
    'basin,kind,year,area_km2,joint_body,meetings,plan,exchange\nChu,river-lake,2020,,yes,yes,yes,yes\nTalas,river-lake,2020,9000,no,,,\n',
  );
  const asked = ['--indicator', 'transboundary-arrangement', '--feature', 'kazakhstan'];
  expect((await run('cooperation', 'compute', at('k.gpkg'), at('b.csv'), ...asked)).told).toContain('field area_km2');
  const { exit, told } = await run('cooperation', 'compute', at('k.gpkg'), at('b.csv'), ...asked, '--map', at('basins.geojson'));
  // a degree by a degree at 43.5 N is about 9,000 km2
  expect([exit, told]).toEqual([0, expect.stringMatching(/2020 {2}all {2}(49|50)\.\d+ %/)]);
  expect((await run('cooperation', 'sdg', at('k.gpkg'))).told).toMatch(/6\.5 +computed here +transboundary-arrangement/);
  const needs = await run('cooperation', 'compute', at('k.gpkg'), '--indicator', 'red-list-index', '--feature', 'kazakhstan');
  expect([needs.exit, needs.told]).toEqual([2, expect.stringContaining('species, year, category')]);
});

test('money in the dossier by its marker, with what could not be converted', async () => {
  writeFileSync(at('aims.csv'), 'activity,sdg_targets,markers\nglofca,13.1,5:2\n');
  await run('import', at('k.gpkg'), at('aims.csv'));
  writeFileSync(
    at('t.csv'),
    'feature,kind,value,currency,period\nglofca,disbursement,500,USD,2022\nglofca,disbursement,90000,KZT,2022\n',
  );
  await run('cooperation', 'import', at('k.gpkg'), at('t.csv'));
  const { told } = await run(
    'cooperation',
    'compute',
    at('k.gpkg'),
    '--indicator',
    'biodiversity-finance',
    '--feature',
    'kazakhstan',
  );
  expect(told).toMatch(/2022 {2}disbursement {2}500 USD.*Sums left out, without a rate of exchange or a year: 1/);
});

test('partnership and markers by year', async () => {
  const { told } = await run('cooperation', 'table', at('k.gpkg'), '--by', 'partnership', '--json');
  const { rows } = JSON.parse(told) as { rows: { year: string; activities: number }[] };
  expect(rows.at(-1)).toMatchObject({ year: '*', activities: 88 });
  expect((await run('cooperation', 'table', at('k.gpkg'), '--by', 'marker-year')).told).toMatch(
    /2021 .* biodiversity +1 +0 +0 +14 +1\n/,
  );
});
