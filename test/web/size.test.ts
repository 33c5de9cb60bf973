/** What a visitor on a weak line has to wait for. Of the built pages: node scripts/pages.ts */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { builtPages } from '../../src/cli/pages.ts';

const pages = builtPages(process.env.PAGES === undefined ? undefined : [process.env.PAGES]);
const KB = 1000;

const sizeOf = (names: Iterable<string>): number =>
  [...names].reduce((sum, name) => sum + gzipSync(pages.get(name)?.bytes ?? new Uint8Array()).length, 0);

const named = (pattern: RegExp): string[] => [...pages.keys()].filter((name) => pattern.test(name));

/** A file with all that it imports before anything can run. */
function withImports(names: readonly string[]): Set<string> {
  const found = new Set(names);
  for (const name of found) {
    const code = new TextDecoder().decode(pages.get(name)?.bytes ?? new Uint8Array());
    for (const [, path = ''] of code.matchAll(/(?:\bfrom|\bimport)\s*[`'"]\.\/([\w.-]+\.js)[`'"]/g)) found.add(`assets/${path}`);
  }
  return found;
}

describe.skipIf(pages.size === 0)('compressed', () => {
  test('all of it is below 2 MB', () => {
    expect(sizeOf(pages.keys())).toBeLessThan(2000 * KB);
  });

  test.each(['en', 'ru', 'kk', 'tr'])('what is needed to see the list of reserves in %s is below 150 kB', (lang) => {
    const entry = withImports(named(/^assets\/index-.*\.js$/));
    const country = withImports(named(/^assets\/country-(?!table)[\w-]*\.js$/));
    expect(country.size).toBeGreaterThan(1);
    const own = new Set([
      ...entry,
      ...country,
      ...named(/^(index\.html|assets\/(index|country)-.*\.css)$/),
      ...named(new RegExp(`^assets/${lang}-`)),
    ]);
    expect(sizeOf(own)).toBeLessThan(150 * KB);
  });

  test('nothing is loaded from elsewhere: the page names its own files alone', () => {
    const html = new TextDecoder().decode(pages.get('index.html')?.bytes);
    expect([...html.matchAll(/(?:src|href)="([^"]+)"/g)].filter(([, to = '']) => !to.startsWith('/'))).toEqual([]);
  });

  test('the service worker knows every file but itself', () => {
    const worker = new TextDecoder().decode(pages.get('sw.js')?.bytes);
    const missing = [...pages.keys()].filter((name) => name !== 'sw.js' && !worker.includes(`/${name}"`));
    expect(missing).toEqual([]);
    expect(worker).not.toMatch(/__FILES__|__DIGEST__|\bimport\b/);
  });
});
