/**
 * The screens of the country and of a reserve in Chromium, with WebGL drawn by software: a map is dropped, looked at, taken and
 * put back; the list is narrowed and sorted. Needs the built pages: node scripts/pages.ts
 */
import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { zipSync } from 'fflate';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { importTableFile } from '../../src/cli/import.ts';
import { builtPages } from '../../src/cli/pages.ts';
import { readSource, shippedPath } from '../../src/formats/source-node.ts';
import { createApp } from '../../src/server/app.ts';
import type { Db } from '../../src/store/db.ts';
import { closeDossier, createDossier } from '../../src/store/dossier.ts';
import { listZones } from '../../src/store/zones.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const present = existsSync(CHROMIUM);
if (!present) console.warn(`no browser at ${CHROMIUM}: the maps are not looked at in this run (set CHROMIUM)`);

const tutorial = join(import.meta.dirname, '..', '..', 'data', 'tutorial');
const axe = readFileSync(join(import.meta.dirname, '..', '..', 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');
const QUIET = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
const DRAWING = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

describe.skipIf(!present)('maps', () => {
  let db: Db;
  let server: ServerType;
  let browser: Browser;
  let address: string;
  let page: Page;
  const wrong: string[] = [];

  beforeAll(async () => {
    db = createDossier(':memory:');
    importTableFile(db, readSource(shippedPath('data', 'indicators.csv')), 'test');
    for (const name of ['sources', 'sites', 'designations', 'zones', 'observations']) {
      importTableFile(db, readSource(join(tutorial, `${name}.csv`)), 'test');
    }
    const app = createApp({ db, file: 'qiyal.gpkg', lang: 'en', today: () => '2026-11-23', pages: builtPages() });
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath: CHROMIUM, args: [...QUIET, ...DRAWING] });
    page = await opened(browser);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
    closeDossier(db);
  });

  afterEach(() => {
    expect(wrong.splice(0)).toEqual([]);
  });

  async function opened(of: Browser): Promise<Page> {
    const fresh = await of.newPage({ viewport: { width: 1280, height: 900 } });
    fresh.on('console', (message) => {
      if (message.type() === 'error') wrong.push(message.text());
    });
    fresh.on('pageerror', (error) => wrong.push(String(error)));
    fresh.on('request', (request) => {
      if (!/^(blob:|data:)/.test(request.url()) && !request.url().startsWith(address)) wrong.push(`elsewhere: ${request.url()}`);
    });
    return fresh;
  }

  const drawn = () => page.locator('.map-frame[data-state=shown]').waitFor();

  /** What axe finds against WCAG 2.2 AA. */
  async function violations(): Promise<string[]> {
    await page.evaluate(axe);
    const run = 'axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] })';
    const { violations: found } = (await page.evaluate(run)) as {
      violations: { id: string; nodes: { html: string }[] }[];
    };
    return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
  }

  test('a faulty zip is dropped, asked about, mended, looked at, taken and put back', async () => {
    await page.goto(`${address}/sites/qiyal?lang=en`);
    await page.getByText('Drop a file anywhere on this page').waitFor();
    const name = '<img src=x onerror=alert(1)>.zip';
    const zip = [...zipSync({ 'zones.geojson': readFileSync(join(tutorial, 'zones.geojson')) })];
    const dropped = await page.evaluateHandle(`(() => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(${JSON.stringify(zip)})], ${JSON.stringify(name)}));
      return data;
    })()`);
    await page.dispatchEvent('h1', 'drop', { dataTransfer: dropped });

    await page.getByRole('combobox', { name: 'шабындық' }).selectOption('transition');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: 'Mended: 14' }).waitFor();
    expect(await page.locator('.recognised').textContent()).toContain('GeoJSON');
    expect(await page.locator('.repairs').textContent()).toContain('2.7773 ha');
    expect(listZones(db, 'qiyal').filter(({ geometry }) => geometry !== null)).toEqual([]);

    await drawn();
    await page.getByRole('radio', { name: 'New map as drawn' }).check();
    expect(await page.getByRole('checkbox', { name: 'New map as mended' }).isChecked()).toBe(false);
    const overlap = page.locator('.repairs li', { hasText: 'overlapped core area' }).getByRole('button');
    await overlap.click();
    expect(await overlap.getAttribute('aria-pressed')).toBe('true');
    await drawn();
    expect(await violations()).toEqual([]);

    await page.getByRole('button', { name: 'Take it into the dossier' }).click();
    await page.getByText('The zones are in the dossier.').waitFor();
    await page.getByRole('rowheader', { name: 'Sum of the zones' }).waitFor();
    expect(await page.locator('tr', { hasText: 'transition area' }).first().textContent()).toContain('28,815.01');
    expect(listZones(db, 'qiyal').filter(({ geometry }) => geometry !== null)).toHaveLength(5);
    await drawn();
    const finding = page.locator('.finding', { hasText: 'Z02' }).getByRole('button');
    await finding.click();
    await drawn();

    await page.getByRole('button', { name: 'Undo the last import' }).click();
    await page.getByText('The zones are as they were before the last map.').waitFor();
    expect(listZones(db, 'qiyal').filter(({ geometry }) => geometry !== null)).toEqual([]);
  }, 60_000);

  test('the list is narrowed and sorted by keyboard, and its address says so', async () => {
    await page.goto(`${address}/?lang=ru`);
    await page.getByRole('searchbox').fill('киял');
    await page.getByText('Показано: 1 из 1').waitFor();
    await page.getByRole('button', { name: 'Резерват' }).focus();
    await page.keyboard.press('Enter');
    expect(await page.getByRole('columnheader', { name: 'Резерват' }).getAttribute('aria-sort')).toBe('ascending');
    expect(decodeURIComponent(new URL(page.url()).search)).toBe('?q=киял&sort=name');
    await page.reload();
    await page.getByText('Показано: 1 из 1').waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('киял');
    expect(await violations()).toEqual([]);
    await page.getByRole('searchbox').fill('нет такого');
    await page.getByText('Показано: 0 из 1').waitFor();
    await page.getByRole('button', { name: 'Показать все' }).click();
    await page.getByText('Показано: 1 из 1').waitFor();
  });

  test('without WebGL a sentence and a drawing stand in place of the map', async () => {
    const plain = await chromium.launch({ executablePath: CHROMIUM, args: [...QUIET, '--disable-gpu', '--disable-3d-apis'] });
    try {
      const other = await opened(plain);
      await other.goto(`${address}/sites/qiyal?lang=kk`);
      await other.getByText('WebGL').waitFor();
      expect(await other.getByRole('heading', { level: 1 }).textContent()).toContain('Қиял');
    } finally {
      await plain.close();
    }
  });
});
