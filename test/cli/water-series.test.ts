/** `saryarka water series|import|check|aral`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';

let folder: string;
const at = (name: string): string => join(folder, name);

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
    vi.spyOn(process.stderr, 'write').mockImplementation(keep),
  ];
  try {
    return { exit: await main([...args, '--lang', 'en']), told };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-series-'));
  writeFileSync(at('kazalinsk.csv'), 'Год;I;II;III;IV;V;VI\n1990;100,5;101;102;103;104;105\n1991;-1;н/д;102;103;104*;105\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a file without a unit is asked for it; with it, it is told what was read and found', async () => {
  const asked = await run('water', 'series', at('kazalinsk.csv'), '--variable', 'river-discharge');
  expect(asked.exit).not.toBe(0);
  expect(asked.told).toContain('--unit');
  const { exit, told } = await run('water', 'series', at('kazalinsk.csv'), '--variable', 'river-discharge', '--unit', 'm3/s');
  expect(exit).toBe(0);
  expect(told).toContain('points: 12, with a value: 11: missing 1, with a footnote 1');
  expect(told).toContain('rules: steps missing 6, below zero 1');
  expect(told).toContain('gap from 1990-07-01 to 1991-01-01: 6');
  expect(told).toContain('B3 · 1991-01-01 · -1 · below zero');
});

test('JSON has every point with its row and every rule with its count', async () => {
  const { told } = await run('water', 'series', at('kazalinsk.csv'), '--variable', 'river-discharge', '--unit', 'm3/s', '--json');
  const { format, series } = JSON.parse(told);
  expect(format).toBe('month-table');
  expect(series[0].points).toHaveLength(12);
  expect(series[0].quality).toMatchObject({ counts: { negative: 1, missing: 1 }, rows: [{ row: 'B3', rules: ['negative'] }] });
});

test('CSV has one row for each value, with marks, rules and what was written', async () => {
  const asked = ['--variable', 'river-discharge', '--unit', 'm3/s', '-o', at('out.csv')];
  expect((await run('water', 'series', at('kazalinsk.csv'), ...asked)).exit).toBe(0);
  const [header = '', ...rows] = readFileSync(at('out.csv'), 'utf8').trim().split('\r\n');
  expect(header).toContain('variable,variant,unit,datum,interval,start,end,value,low,high,marks,rules,row,written');
  expect(rows).toHaveLength(12);
  expect(rows.find((row) => row.includes(',1991-05-01,1991-06-01,'))).toContain(',104,,,noted,,F3,104*');
});

test('the tables of the Aral make a dossier; a series comes beside them; contradictions are shown', async () => {
  expect((await run('water', 'aral', at('aral.gpkg'))).told).toMatch(/rows added/);
  const station = ['--site', 'aral-sea-north', '--station', 'Kazalinsk', '--variable', 'river-discharge', '--unit', 'm3/s'];
  expect((await run('water', 'import', at('aral.gpkg'), at('kazalinsk.csv'), ...station, '--preview')).told).toContain(
    'nothing was written',
  );
  const { exit, told } = await run('water', 'import', at('aral.gpkg'), at('kazalinsk.csv'), ...station);
  expect(exit).toBe(0);
  expect(told).toContain('11 figures added');
  expect(told).toMatch(/To take it back: saryarka organisations undo .*aral\.gpkg import\/series\/[0-9a-f]+/);
  const check = await run('water', 'check', at('aral.gpkg'), '--site', 'aral-sea-north');
  expect(check.exit).toBe(1);
  expect(check.told).toContain('Kazalinsk · river discharge');
  expect(check.told).toMatch(/40\.42 m with 18\.5 km³ .* ask for/);
  expect(check.told).toMatch(/^ {2}C3 /m);
  const { conflicts } = JSON.parse((await run('water', 'check', at('aral.gpkg'), '--json')).told);
  expect(new Set(conflicts.map(({ id }: { id: string }) => id)).size).toBe(9); // C1-C9; catches, the dam and the limits are no series
});

test('an option that is not known is told with those that are', async () => {
  const { exit, told } = await run('water', 'series', at('kazalinsk.csv'), '--variable', 'depth');
  expect(exit).not.toBe(0);
  expect(told).toContain('river-discharge, river-level, lake-level');
});
