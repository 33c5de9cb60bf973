/** The page in Debian's Chromium, as a visitor meets it. Run with `npm run test:browser`. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtPages } from '../../src/cli/pages.ts';
import { createApp } from '../../src/server/app.ts';
import type { Db } from '../../src/store/db.ts';
import { closeDossier, openDossier } from '../../src/store/dossier.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const present = existsSync(CHROMIUM);
if (!present) console.warn(`no browser at ${CHROMIUM}: the pages are not looked at in this run (set CHROMIUM)`);

describe.skipIf(!present)('the page of the shipped dossier', () => {
  let folder: string;
  let db: Db;
  let server: ServerType;
  let browser: Browser;
  let page: Page;
  let address: string;
  const wrong: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'saryarka-page-'));
    const bin = join(import.meta.dirname, '..', '..', 'bin', 'saryarka.js');
    execFileSync(process.execPath, [bin, 'start', '--no-serve', '--folder', folder]);
    db = openDossier(join(folder, 'kazakhstan.gpkg'), { readOnly: true });
    const app = createApp({ db, file: 'kazakhstan.gpkg', lang: 'en', today: () => '2026-11-23', pages: builtPages() });
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    page = await browser.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') wrong.push(message.text());
    });
    page.on('requestfailed', (request) => {
      // leaving a page stops what it was still asking for
      if (request.failure()?.errorText !== 'net::ERR_ABORTED') wrong.push(request.url());
    });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
    closeDossier(db);
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['en', 'Biosphere reserves: Kazakhstan', 'Korgalzhyn'],
    ['ru', 'Биосферные резерваты: Казахстан', 'Коргалжын'],
    ['kk', 'Биосфералық резерваттар: Қазақстан', 'Қорғалжын'],
    ['tr', 'Biyosfer rezervleri: Kazakistan', 'Korgaljın'],
  ])('in %s it has its title and its reserves', async (lang, title, reserve) => {
    await page.goto(`${address}/?lang=${lang}`);
    await page.getByRole('heading', { name: title }).waitFor();
    expect(await page.locator('tbody tr').count()).toBe(16);
    expect(await page.locator('tbody').textContent()).toContain(reserve);
    expect(await page.locator('html').getAttribute('lang')).toBe(lang);
  });

  test.each(['/?lang=kk', '/sites/great-altay?lang=ru', '/api/sites/barsakelmes/review/draft.html?lang=kk'])(
    'on a phone %s is not wider than the screen',
    async (path) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto(`${address}${path}`);
      await page.locator('h1').waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      await page.setViewportSize({ width: 1280, height: 900 });
    },
  );

  test('the language is changed at once, and remembered', async () => {
    await page.goto(`${address}/?lang=en`);
    await page.getByRole('button', { name: 'Қазақша' }).click();
    await page.getByRole('heading', { name: 'Биосфералық резерваттар: Қазақстан' }).waitFor();
    await page.goto(`${address}/`);
    await page.getByRole('heading', { name: 'Биосфералық резерваттар: Қазақстан' }).waitFor();
  });

  test('what a reviewer may ask stands on the page of the site', async () => {
    await page.goto(`${address}/sites/aksu-zhabagly?lang=en`);
    const finding = page.locator('.finding.question', { hasText: 'Z14' });
    expect(await finding.textContent()).toContain('27,009 ha');
  });

  test('every footnote of a review leads to its source', async () => {
    await page.goto(`${address}/api/sites/katon-karagay/review/draft.html?lang=ru`);
    const marks = await page.locator('sup a').all();
    expect(marks.length).toBeGreaterThan(10);
    for (const mark of marks) expect(await page.locator((await mark.getAttribute('href')) ?? '').count()).toBe(1);
  });

  test('nothing was refused, missing or asked for elsewhere on the way', () => {
    expect(wrong).toEqual([]);
  });
});
