import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';

let folder = '';
let told: string[] = [];
let failed: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-'));
  [told, failed] = [[], []];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void told.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void failed.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test.each(['en', 'ru', 'kk', 'tr'])(
  'water lake (%s): a table with evaporation, conflicts and what is not known',
  async (lang) => {
    expect(await main(['water', 'lake', '--full', '42,46', '--runs', '20', '--lang', lang])).toBe(0);
    const text = told.join('\n');
    expect(text).toContain('C3');
    expect(text).toContain('--capacity');
    expect(text.split('\n').filter((line) => line.startsWith('  ')).length).toBeGreaterThan(25);
  },
);

test('water lake: JSON, CSV and SVG, the same bytes again', async () => {
  const files = (n: number): [string, string] => [join(folder, `${n}.csv`), join(folder, `${n}.svg`)];
  for (const n of [1, 2]) {
    const [csv, svg] = files(n);
    expect(await main(['water', 'lake', '--runs', '20', '--json', '-o', csv, '--chart', svg])).toBe(0);
  }
  const { outcomes, conflicts } = JSON.parse(told[0] ?? '') as { outcomes: { level: object }[]; conflicts: object[] };
  expect(outcomes).toHaveLength(4);
  expect(conflicts).toHaveLength(4);
  expect(told[1]).toBe(told[0]);
  for (const i of [0, 1] as const) expect(readFileSync(files(1)[i], 'utf8')).toBe(readFileSync(files(2)[i], 'utf8'));
  const [header = '', first = ''] = readFileSync(files(1)[0], 'utf8').split('\r\n');
  expect(header).toContain('evaporation_p50_km3_a');
  expect(first.split(',')).toHaveLength(header.split(',').length);
});

test.each([
  [['--full', '50'], '--full'],
  [['--rule', 'sluice'], 'overflow, gates'],
  [['--runs', '0'], '--runs'],
  [['--inflow', ''], '--inflow'],
  [['--full', '40,41,42,43,44,45,46,47,48', '--chart', 'x.svg'], '--chart'],
])('water lake %j is refused with what would do', async (options, expected) => {
  expect(await main(['water', 'lake', ...options, '--lang', 'en'])).toBe(2);
  expect(failed.join('\n')).toContain(expected);
});

test('water lake: less river is told as less, not as water left upstream with shares of limits', async () => {
  expect(await main(['water', 'lake', '--full', '42', '--inflow', '1,0.6', '--runs', '50', '--lang', 'en'])).toBe(0);
  const text = told.join('\n');
  expect(text).toContain('river less than in the first option, per year: 2.5');
  expect(text).not.toContain('-676');
});
