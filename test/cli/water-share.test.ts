/** `saryarka water share`: words, JSON, table, options of one's own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { languages } from '../../src/i18n/index.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-share-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ status: number; said: string; errors: string }> {
  let [said, errors] = ['', ''];
  const log = vi.spyOn(console, 'log').mockImplementation((line = '') => {
    said += `${line}
`;
  });
  const error = vi.spyOn(console, 'error').mockImplementation((line = '') => {
    errors += `${line}
`;
  });
  try {
    return { status: await main(['water', 'share', ...args]), said, errors };
  } finally {
    log.mockRestore();
    error.mockRestore();
  }
}

const own = (content: unknown): string => {
  const path = join(folder, 'own.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
};

test.each(languages)('in %s nothing is left without words, and everything is proved', async (lang) => {
  const { status, said } = await run('--lang', lang, '--scenarios', '1965');
  expect(status).toBe(0);
  expect(said).not.toMatch(/water\.peace|cli\.water|NaN|undefined|-0[^.,\d]/);
  if (lang === 'ru' || lang === 'kk') expect(said.replace(/docs\/water-peace\.md/, '')).not.toMatch(/[a-z]{4}/i);
});

test('options, names and prices of one’s own, as JSON and as a table', async () => {
  const file = own({
    figures: { 'price-water-kz': 0.06 },
    options: [
      { id: 'now', goal: 'alone' },
      { id: 'dry', name: { en: 'A drier river' }, goal: 'together', inflow: 0.8, aral: 1, rules: { 'shardara-winter': 8 } },
    ],
  });
  const csv = join(folder, 'share.csv');
  const { status, said } = await run('--options', file, '--scenarios', '1960-1962,1965', '--json', '-o', csv);
  expect(status).toBe(0);
  const json = JSON.parse(said);
  expect(json.years).toEqual([1960, 1961, 1962, 1965]);
  expect(json.figures.find(({ id }: { id: string }) => id === 'price-water-kz').value).toBe(0.06);
  expect(json.game.coalitions).toHaveLength(32);
  const rows = readFileSync(csv, 'utf8').trim().split(/\r?\n/);
  expect(rows[0]).toBe('option,party,quantity,unit,mean,low,high');
  expect(rows).toHaveLength(1 + 2 * (4 * 5 + 4));
  expect((await run('--options', file, '--scenarios', '1965', '--lang', 'en')).said).toContain('2. A drier river');
});

test.each([
  [{ options: [{ id: 'x', goal: 'war' }] }, 'options.0.goal'],
  [{ options: [{ id: 'x', goal: 'alone', inflow: 9 }] }, 'options.0.inflow'],
  [{ figures: { 'price-of-tea': 1 } }, 'price-of-tea'],
  [{ options: [{ id: 'x', goal: 'alone', figures: { delta: -1 } }] }, 'delta'],
])('a file with %j is refused, with the place', async (content, place) => {
  const { status, errors, said } = await run('--options', own(content), '--lang', 'en');
  expect(status).not.toBe(0);
  expect(errors + said).toContain(place);
});

test('years without rivers and a seed that is none are refused', async () => {
  for (const args of [
    ['--scenarios', '1999'],
    ['--scenarios', '1950-1940'],
    ['--seed', 'x'],
  ]) {
    const { status, errors, said } = await run(...args, '--lang', 'en');
    expect(status).not.toBe(0);
    expect(errors + said).toContain(args[0] as string);
  }
});

test('docs/water-peace.md prints what the command prints, and its example of options is accepted', async () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'water-peace.md'), 'utf8');
  const shown = /\$ npx saryarka water share\n([\s\S]*?)```/.exec(page)?.[1];
  expect((await run('--lang', 'en')).said).toBe(shown);
  const example = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '');
  expect((await run('--options', own(example), '--scenarios', '1965', '--lang', 'en')).status).toBe(0);
});
