import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { compareAssemblages } from '../../src/cli/life-diversity-figures.ts';
import { readCounts } from '../../src/cli/life-diversity-table.ts';
import { main } from '../../src/cli/main.ts';
import { abundanceSample } from '../../src/science/diversity-sample.ts';

const doc = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'life-diversity.md'), 'utf8');
const birds = /```csv\n(.*?)```/s.exec(doc)?.[1] ?? '';
const shown = [...doc.matchAll(/```\n\$ npx saryarka (life diversity [^\n]*)\n(.*?)```/gs)].map(
  ([, command = '', output = '']) => ({ command, output }),
);

let folder = '';
let told: string[] = [];
let failed: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diversity-'));
  writeFileSync(join(folder, 'birds.csv'), birds);
  [told, failed] = [[], []];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void told.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void failed.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);
const table = (text: string, options: Partial<Parameters<typeof readCounts>[1]> = {}) =>
  readCounts({ name: 't.csv', bytes: new TextEncoder().encode(text), digest: '', path: '' } as Parameters<typeof readCounts>[0], {
    whole: true,
    ...options,
  });

test('docs/life-diversity.md shows what is printed', async () => {
  expect(shown).toHaveLength(2);
  for (const { command, output } of shown) {
    told = [];
    expect(await main([...command.replace('birds.csv', at('birds.csv')).split(' '), '--lang', 'en'])).toBe(0);
    expect(`${told.join('\n')}\n`).toBe(output);
  }
});

test.each(['ru', 'kk', 'tr'])('in %s', async (lang) => {
  expect(await main(['life', 'diversity', at('birds.csv'), '--by', 'zone', '--bootstraps', '10', '--lang', lang])).toBe(0);
  expect(told.join('\n')).toContain('transition');
});

test('JSON, CSV and SVG, the same bytes again', async () => {
  const files = (n: number): string[] => ['csv', 'svg'].map((kind) => at(`${n}.${kind}`));
  for (const n of [1, 2]) {
    const [csv = '', svg = ''] = files(n);
    const command = [
      'life',
      'diversity',
      at('birds.csv'),
      '--by',
      'zone',
      '--bootstraps',
      '20',
      '--json',
      '-o',
      csv,
      '--curve',
      svg,
    ];
    expect(await main(command)).toBe(0);
  }
  expect(told[1]).toBe(told[0]);
  const found = JSON.parse(told[0] ?? '') as {
    standard: { value: number };
    assemblages: { coverage: { value: number }; chao1: object; orders: { standard: object }[] }[];
  };
  expect(found.assemblages).toHaveLength(3);
  expect(found.standard.value).toBeGreaterThan(0.96);
  expect(found.assemblages[0]).toHaveProperty('ace.value');
  for (const i of [0, 1]) expect(readFileSync(files(1)[i] ?? '', 'utf8')).toBe(readFileSync(files(2)[i] ?? '', 'utf8'));
  expect(readFileSync(at('1.csv'), 'utf8').trim().split('\r\n')).toHaveLength(1 + 3 * 3);
  expect(readFileSync(at('1.svg'), 'utf8')).toMatch(/^<svg [\s\S]*stroke-dasharray/);
});

test('all three forms of a table say the same', () => {
  const sites = table('site,Anser anser,Fulica atra\nP1,3,1\nP2,0,2\n');
  const species = table('species,P1,P2\nAnser anser,3,0\nFulica atra,1,2\n');
  const long = table('species,site,count\nAnser anser,P1,2\nFulica atra,P1,1\nFulica atra,P2,2\nAnser anser,P1,1\n');
  for (const one of [sites, species, long]) {
    expect(one.species).toEqual(['Anser anser', 'Fulica atra']);
    expect(one.units.map(({ site, counts }) => [site, [...counts]])).toEqual([
      ['P1', [3, 1]],
      ['P2', [0, 2]],
    ]);
  }
  expect([sites.form, species.form, long.form]).toEqual(['sites', 'species', 'long']);
  expect(long.added).toBe(1);
});

test('which way a table lies is seen by scientific names, else asked for', () => {
  expect(table('x,Anser anser,Fulica atra\n1,3,1\n2,0,2\n').form).toBe('sites');
  expect(table('x,a,b\nAnser anser,3,0\nFulica atra,1,2\n').form).toBe('species');
  expect(() => table('x,a,b\n1,3,0\n2,1,2\n')).toThrow('--rows species or --rows sites');
  expect(() => table('x,Anser anser,Fulica atra\nLarus canus,3,0\n')).toThrow('--rows');
  expect(table('x,a,b\n1,3,0\n', { rows: 'sites' }).units[0]?.site).toBe('1');
});

test('a fault names line and column; an empty cell is no zero unless said so', () => {
  expect(() => table('site,a,b\nP1,3,-1\nP2,2.5,x\n')).toThrow(
    /line 2, field b: found "-1"[\s\S]*line 3, field a: found "2.5"[\s\S]*line 3, field b: found "x"/,
  );
  expect(() => table('site,a,b\nP1,3,\n')).toThrow('line 2, field b: is empty');
  const blanks = table('site,a,b\nP1,3,\n', { blanksAreZero: true });
  expect([blanks.blanks, [...(blanks.units[0]?.counts ?? [])]]).toEqual([1, [3, 0]]);
  expect(table('site,a\nP1,"2,5"\n', { whole: false }).units[0]?.counts[0]).toBe(2.5);
});

test('zones are needed where they are asked for', async () => {
  writeFileSync(at('plain.csv'), 'site,a,b\nP1,3,1\n');
  expect(await main(['life', 'diversity', at('plain.csv'), '--by', 'zone'])).not.toBe(0);
  expect(failed.join('\n')).toContain('column zone');
});

test('a sample that tells nothing of what was missed is not compared, and does not hold the others back', () => {
  const of = (name: string, counts: number[]) => ({ name, counts: Float64Array.from(counts), sample: abundanceSample(counts) });
  const rich = of('rich', [30, 20, 10, 5, 2, 2, 1, 1]);
  const options = { orders: [0, 1], bootstraps: 0, seed: 1 };
  const { standard, assemblages } = compareAssemblages([rich, of('once', [1, 1, 1]), of('one', [1]), of('same', [9])], options);
  expect(standard).toEqual(compareAssemblages([rich], options).standard);
  expect(assemblages.map(({ cautions }) => cautions)).toEqual([[], ['all-once'], ['one-unit'], []]);
  expect(assemblages.map(({ orders }) => orders[0]?.standard === null)).toEqual([false, true, true, false]);
  expect(assemblages.map(({ coverage }) => Number.isNaN(coverage.value))).toEqual([false, true, true, false]);
  expect(compareAssemblages([rich], { ...options, coverage: 0.999999 }).assemblages[0]?.cautions).toEqual(['beyond-twice']);
  expect(compareAssemblages([of('once', [1, 1])], options).standard.value).toBeNull();
});
