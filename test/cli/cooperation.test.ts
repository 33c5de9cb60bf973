/** `saryarka cooperation` and `organisations` on the shipped facts. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { readGraph } from '../../src/formats/graph-files.ts';
import { readSdmx } from '../../src/formats/sdmx.ts';
import { readSource } from '../../src/formats/source-node.ts';

let folder: string;
const at = (name: string): string => join(folder, name);
const data = join(import.meta.dirname, '..', '..', 'data');

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
  folder = mkdtempSync(join(tmpdir(), 'saryarka-cooperation-'));
  await run('new', at('k.gpkg'));
  const tables = ['sources', 'sites', 'organisations', 'activities', 'participations', 'observations-cooperation'];
  await run(
    'import',
    at('k.gpkg'),
    join(data, 'indicators.csv'),
    ...tables.map((name) => join(data, 'kazakhstan', `${name}.csv`)),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a table by theme counts activities, and its total each once', async () => {
  const { exit } = await run('cooperation', 'table', at('k.gpkg'), '--by', 'theme', '--public', '-o', at('t.csv'));
  expect(exit).toBe(0);
  const lines = readFileSync(at('t.csv'), 'utf8').split('\n');
  expect(lines.find((line) => line.startsWith('mab,'))).toMatch(/^mab,Man and the Biosphere,20,13,34,/);
  expect(lines.find((line) => line.startsWith('*,'))).toMatch(/^\*,All activities,88,79,222,/);
});

test('a network goes to a drawing, GEXF and JSON', async () => {
  for (const name of ['n.svg', 'n.gexf', 'n.json'])
    await run('cooperation', 'network', at('k.gpkg'), '--roll-up', '-o', at(name));
  expect(readFileSync(at('n.svg'), 'utf8')).toContain('UNESCO');
  const { graph } = readGraph(readSource(at('n.gexf')));
  const json = JSON.parse(readFileSync(at('n.json'), 'utf8')) as { nodes: unknown[]; notes: string[] };
  expect(graph.nodes).toHaveLength(json.nodes.length);
  expect(json.notes.join()).toContain('Offices are taken as their parents');
});

test('what cannot be written is told', async () => {
  const { exit, told } = await run('cooperation', 'table', at('k.gpkg'), '-o', at('t.docx'));
  expect(exit).toBe(2);
  expect(told).toContain('*.csv');
});

test('targets, markers and readiness come by table; a blank score is not a zero', async () => {
  writeFileSync(at('aims.csv'), 'activity,sdg_targets,markers,trl_before,trl_after\nglofca,13.1;6.5,7:2;1:,4,6\n');
  expect((await run('import', at('k.gpkg'), at('aims.csv'))).exit).toBe(0);
  const { told } = await run('cooperation', 'table', at('k.gpkg'), '--by', 'marker', '--json');
  const { rows } = JSON.parse(told) as { rows: { key: string; activities: number }[] };
  expect(rows.map(({ key, activities }) => [key, activities])).toEqual([
    ['1/', 88],
    ['7/2', 1],
    ['7/', 87],
  ]);
  writeFileSync(at('aims.csv'), 'activity,sdg_targets,markers,trl_before,trl_after\nglofca,,7:9,12,\n');
  const wrong = await run('import', at('k.gpkg'), at('aims.csv'));
  expect(wrong.exit).toBe(2);
  expect(wrong.told).toMatch(/7:9.*12/s);
});

test('organisations are merged and parted again', async () => {
  const { told } = await run('organisations', 'merge', at('k.gpkg'), 'unesco-beijing', 'unesco-almaty');
  expect(told).toContain('merge/unesco-beijing+unesco-almaty');
  expect((await run('organisations', 'list', at('k.gpkg'))).told).not.toContain('\nunesco-beijing ');
  expect((await run('organisations', 'undo', at('k.gpkg'), 'merge/unesco-beijing+unesco-almaty')).exit).toBe(0);
  expect((await run('organisations', 'list', at('k.gpkg'))).told).toContain('\nunesco-beijing ');
});

test('figures go out as SDMX under national series and come in again', async () => {
  await run('export', at('k.gpkg'), '--what', 'observations', '--format', 'sdmx-csv', '-o', at('o.csv'));
  const series = new Set<string>();
  readSdmx(readSource(at('o.csv')), {}, ({ dimensions }) => series.add(dimensions.SERIES ?? ''));
  expect(series.size).toBeGreaterThan(0);
  expect([...series].filter((code) => !code.startsWith('_L_KZ_'))).toEqual([]);
  const { exit, told } = await run('import', at('k.gpkg'), at('o.csv'));
  expect([exit, told]).toEqual([0, expect.stringContaining('o.csv: ')]);
  expect((await run('import', at('k.gpkg'), at('o.csv'))).told).toContain(' 0 rows added, 0 changed');
});

test('what an IATI file lacks is told, and the exit status says that something was refused', async () => {
  writeFileSync(at('a.xml'), '<iati-activities version="2.03"><iati-activity/></iati-activities>');
  const { exit, told } = await run('import', at('k.gpkg'), at('a.xml'), '--today', '2026-06-30');
  expect(exit).toBe(1);
  expect(told).toContain('Not taken: ');
});
