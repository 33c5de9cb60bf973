/**
 * Every screen, with the tutorial's reserve, on a desk and on a phone, in Russian and Kazakh: axe finds nothing, nothing is wider
 * than the screen, and there is one title. A screen that is added to web/screens.ts is looked at from then on.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Db, get } from '../../src/store/db.ts';
import { closeDossier, openDossier } from '../../src/store/dossier.ts';
import { makeQiyal } from './qiyal.ts';
import { axeFaults, hasBrowser, openBrowser, type Served, served, settled, watched } from './visit.ts';

const source = readFileSync(join(import.meta.dirname, '..', '..', 'web', 'screens.ts'), 'utf8');
const patterns = [...source.matchAll(/path: '([^']+)'/g)].map(([, path = '']) => path);

/** Further places of screens that show different things by their address. */
const FURTHER: Record<string, string[]> = {
  '/sites/:site/review/:section?': ['/sites/qiyal/review/I_i', '/sites/qiyal/review/II_1_4'],
  '/sites/:site/records/:kind?': ['/sites/qiyal/records/staff', '/sites/qiyal/records/species'],
  '/admin/:part?': ['/admin/users', '/admin/audit', '/admin/dossier'],
  '/coding/:view?': ['/coding/tables'],
  '/claims/:view?': ['/claims/contradictions'],
};

const places = patterns.flatMap((pattern) => [
  pattern
    .replace(/\/:\w+\?/g, '')
    .replace(':site', 'qiyal')
    .replace(/:\w+/g, 'unknown'),
  ...(FURTHER[pattern] ?? []),
]);

describe.skipIf(!hasBrowser)('every screen', () => {
  const folder = mkdtempSync(join(tmpdir(), 'saryarka-axe-'));
  const wrong: string[] = [];
  let db: Db;
  let server: Served;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const file = join(folder, 'qiyal.gpkg');
    await makeQiyal(file);
    db = openDossier(file);
    server = await served(db);
    browser = await openBrowser({ maps: true });
    page = watched(await browser.newPage(), server.address, wrong);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    closeDossier(db);
    rmSync(folder, { recursive: true, force: true });
  });

  test('is in the list, and the reserve has something to show', () => {
    expect(patterns.length).toBeGreaterThan(7);
    expect(get<{ n: number }>(db, 'select count(*) as n from entries')?.n).toBeGreaterThan(30);
  });

  test.each(places)(
    '%s',
    async (place) => {
      for (const lang of ['ru', 'kk']) {
        await page.setViewportSize({ width: 1280, height: 900 });
        await page.goto(`${server.address}${place}?lang=${lang}`);
        await settled(page);
        expect(await page.locator('h1').count(), 'titles').toBe(1);
        for (const width of [1280, 360]) {
          await page.setViewportSize({ width, height: 800 });
          await settled(page);
          expect(await axeFaults(page), `${lang}, ${width}`).toEqual([]);
          expect(await page.evaluate('document.documentElement.scrollWidth'), `${lang}, ${width}`).toBeLessThanOrEqual(width);
        }
      }
    },
    60_000,
  );

  test('asked nobody else, and no script failed', () => {
    expect(wrong).toEqual([]);
  });
});
