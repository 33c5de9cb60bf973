/**
 * docs/references.md: every case prints what the page shows. Where `SARYARKA_REFERENCES` is set, R and Python (`SARYARKA_PYTHON`) are asked again,
 * with the packages that the page names, and a checkout of Makurhini (`SARYARKA_MAKURHINI`).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs', 'references.md'), 'utf8');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'references-'));
  for (const { name, text } of blocks) if (/\.(csv|tsv|txt|xml)$/.test(name)) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Blocks of code by section, with the block of text that follows at once. */
const blocks = page.split(/^### /m).flatMap((part) => {
  const title = part.split('\n', 1)[0] ?? '';
  return [...part.matchAll(/```(\w*) ?(\S*)\n(.*?)```(?:\n```text\n(.*?)\n```)?/gs)].map(
    ([, kind = '', name = '', text = '', printed]) => ({ title, kind, name, text, printed }),
  );
});
const cases = (kind: string) => blocks.filter((block) => block.kind === kind && block.printed !== undefined);

/** Runs a block as a module of its own would run, but for `console`. */
async function printedBy(block: string): Promise<string> {
  const lines: string[] = [];
  const names: Record<string, unknown> = { console: { log: (...values: unknown[]) => lines.push(format(...values)) } };
  for (const [, list = '', path = ''] of block.matchAll(/^import \{ (.*) \} from '(.*)';$/gm)) {
    const module = (await import(join(root, path))) as Record<string, unknown>;
    for (const name of list.split(', ')) names[name] = module[name];
  }
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  await new AsyncFunction(...Object.keys(names), block.replace(/^import .*$/gm, ''))(...Object.values(names));
  return lines.join('\n');
}

describe('docs/references.md', () => {
  test.each(cases('js'))('$title', async ({ text, printed }) => {
    expect(await printedBy(text)).toBe(printed);
  });

  const steps = blocks
    .filter(({ kind, text }) => kind === '' && text.startsWith('$ npx saryarka '))
    .map(({ text }) => ({ command: /^\$ npx saryarka (.*)$/m.exec(text)?.[1] ?? '', shown: text.slice(text.indexOf('\n') + 1) }));
  test.each(steps)('$command', ({ command, shown }) => {
    const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin', 'saryarka.js'), ...command.split(' ')], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, SARYARKA_LANG: 'en' },
    });
    let rest = `${stdout}${stderr}`;
    for (const piece of shown.split('…').map((text) => text.trim())) {
      const at = rest.indexOf(piece);
      expect(at, `"${piece}" in ${rest}`).toBeGreaterThanOrEqual(0);
      rest = rest.slice(at + piece.length);
    }
  });

  test('every section has a case that runs, and stands in the table above', () => {
    const titles = [...page.matchAll(/^### (\d+)\. /gm)].map(([, number = '']) => number);
    expect(titles).toEqual(titles.map((_, i) => String(i + 1)));
    const run = new Set([...cases('js'), ...blocks.filter(({ text }) => text.startsWith('$ npx'))].map(({ title }) => title));
    expect(run.size).toBe(titles.length);
    const table = page.split('## Diversity')[0] ?? '';
    expect(titles.filter((number) => !table.includes(`[${number}](#${number}-`))).toEqual([]);
  });

  test('what another program answers is shown, or the section says that it was recorded', () => {
    const sections = page.split(/^### /m).slice(1);
    const asked = new Set(blocks.filter(({ kind }) => kind === 'r' || kind === 'python').map(({ title }) => title));
    for (const section of sections)
      if (!asked.has(section.split('\n', 1)[0] ?? '')) expect(section.split('\n')[2]).toMatch(/^Recorded/);
  });

  test('the tests that it names are there', () => {
    const paths = [...page.matchAll(/`(test\/[\w./-]+)`/g)].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(25);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe.runIf(process.env.SARYARKA_REFERENCES)('the other programs answer as the page says', () => {
  const begins = new Map(
    blocks.filter(({ name }) => name.endsWith('.R')).map(({ name, text }) => [name.replace('.R', ''), text]),
  );
  const ask = (command: string, words: string[]): string => {
    const { stdout, stderr } = spawnSync(command, words, { cwd: folder, encoding: 'utf8' });
    return stdout === '' ? stderr : stdout.replace(/[ \t]+$/gm, '').trimEnd();
  };

  test.each(cases('r'))('$title', { timeout: 60_000 }, ({ name, text, printed }) => {
    expect(ask('Rscript', ['-e', `${begins.get(name) ?? ''}${text}`])).toBe(printed);
  });

  test.each(cases('python'))('$title', { timeout: 60_000 }, ({ text, printed }) => {
    expect(ask(process.env.SARYARKA_PYTHON ?? 'python3', ['-W', 'ignore', '-c', text])).toBe(printed);
  });
});
