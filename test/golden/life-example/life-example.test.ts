/**
 * `docs/life-example.md`, command by command, on golden data kept beside the project; the figures of others that it names are read
 * from theirs.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { main } from '../../../src/cli/main.ts';
import { writeExample } from './files.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const life = join(process.env.SARYARKA_GOLDEN ?? join(root, '..', 'shared', 'golden'), 'life');
const present = existsSync(life);
if (!present) console.warn(`no golden data at ${life}: docs/life-example.md is not walked in this run (set SARYARKA_GOLDEN)`);

const document = readFileSync(join(root, 'docs', 'life-example.md'), 'utf8');
const walk = [...document.matchAll(/```\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block
    .trim()
    .split('\n$ ')
    .map((part) => part.replace(/^\$ /, '')),
);

let folder = '';
let told: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'life-example-'));
  told = [];
  vi.spyOn(console, 'log').mockImplementation((line = '') => void told.push(String(line)));
  vi.spyOn(console, 'error').mockImplementation((line = '') => void told.push(String(line)));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** A page leaves lines out with …; the names of runs differ with the version of the program. */
function shows(page: string, printed: string): boolean {
  const escaped = (line: string): string => line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/(run-[a-z-]+?-)[0-9a-f]{16}/g, '$1[0-9a-f]{16}');
  const pattern = page
    .split('\n')
    .map((line) => (line === '…' ? '(?:.*\n)+?' : `${escaped(line.trimEnd())}\n`))
    .join('');
  return new RegExp(`^${pattern}$`).test(`${printed.replace(/ +$/gm, '')}\n`);
}

describe.skipIf(!present)('docs/life-example.md', () => {
  test('every command prints what the page shows', async () => {
    writeExample(life, folder);
    expect(walk.length).toBeGreaterThan(12);
    for (const step of walk) {
      const [command = '', ...lines] = step.split('\n');
      const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? (word as string)).slice(2);
      told = [];
      const status = await main(words.map((word) => (/^[\w-]+\.[a-z]+$/.test(word) ? join(folder, word) : word)));
      const printed = told.join('\n').replaceAll(`${folder}/`, '').trim();
      expect(status, `${command}\n${printed}`).toBe(0);
      expect(shows(lines.join('\n').trim(), printed), `${command}\n${printed}`).toBe(true);
    }
  }, 120_000);

  test('the figures of others that the page names are theirs', () => {
    // biome-ignore lint/suspicious/noExplicitAny: files of many shapes
    const json = (...path: string[]): any => JSON.parse(readFileSync(join(life, ...path), 'utf8'));
    const skylarks = json('rtrim', 'sky2_m3_od_sc.json').overall_imputed.slope[0].mul;
    expect(document).toContain(skylarks.toFixed(6));
    const { overall_d10000: overall, node_importances_d10000: nodes } = json('connectivity', 'makurhini_PC_d10000_nopijmin.json').result;
    const of = (index: string): number => overall.find((row: { Index: string }) => row.Index === index).Value;
    expect(document).toContain(`PC ${of('PC').toFixed(9)}`);
    expect(document).toContain(`ECA ${of('EC(PC)').toLocaleString('en', { maximumFractionDigits: 4 })} ha`);
    expect(document).toContain(`${nodes.find((row: { Id: number }) => row.Id === 284).dPC.toFixed(4)} %`);
    const { R } = json('circuitscape_bench', 'res200_expected_resistances.json')['8n_cond'];
    for (const [i, row] of R.entries())
      for (const [j, ohms] of row.entries()) if (j > i) expect(document).toContain(`${i + 1} – ${j + 1}: ${ohms.toFixed(6)} Ω`);
    const index = readFileSync(join(life, 'rlpi', 'nm_index.csv'), 'utf8');
    expect(Number(/^"2013",([\d.]+)/m.exec(index)?.[1]).toFixed(9)).toBe('0.539444562');
  });
});
