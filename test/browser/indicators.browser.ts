/**
 * The screens of indicators and data in Chromium: land cover is computed from two rasters and looked at, a long computation is
 * stopped, a file is added and described. Needs the built pages: node scripts/pages.ts
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { all, type Db } from '../../src/store/db.ts';
import { dataFolder, drawCore, write } from '../server/jobs-fixture.ts';
import { smallDossier } from '../store/facts-fixture.ts';
import { axeFaults, hasBrowser, openBrowser, type Served, served, watched } from './visit.ts';

/** Years of a raster that takes some seconds. */
const YEARS = Array.from({ length: 24 }, (_, i) => 1996 + i);

describe.skipIf(!hasBrowser)('indicators and data', () => {
  const { folder, remove } = dataFolder();
  let db: Db;
  let server: Served;
  let browser: Browser;
  let page: Page;
  const wrong: string[] = [];

  beforeAll(async () => {
    for (const year of YEARS) {
      const value = (column: number, row: number): number => ((column * 7 + row * 13 + year * 29) % 100) / 100;
      write(folder, `ndvi_${year}.tif`, {
        width: 1000,
        height: 1000,
        tile: [256, 256],
        transform: [70, 0.0004, 50, -0.0004],
        value,
      });
    }
    db = smallDossier();
    drawCore(db);
    server = await served(db, { data: folder });
    browser = await openBrowser();
    page = watched(await browser.newPage({ viewport: { width: 1280, height: 900 } }), server.address, wrong);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    remove();
  });

  afterEach(() => {
    expect(wrong.splice(0)).toEqual([]);
  });

  test('land cover is computed from two files and stands in a table, a chart and a map', async () => {
    await page.goto(`${server.address}/sites/almaty/indicators?lang=en`);
    await page.getByRole('link', { name: /^Land cover –/ }).click();
    await page.getByRole('button', { name: 'Compute', exact: true }).click();
    for (const name of ['cover_2000.tif', 'cover_2020.tif']) await page.getByRole('checkbox', { name: new RegExp(name) }).check();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Compute', exact: true }).click();
    await page.getByRole('row', { name: /core area.*Grassland/ }).waitFor();
    expect(await page.getByText('done: figures kept').count()).toBeGreaterThan(0);
    const map = page.getByRole('img', { name: /^Map: Land cover, 2020/ });
    await map.scrollIntoViewIfNeeded();
    await expect
      .poll(() => map.evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth))
      .toBeGreaterThan(300);
    await page.getByText('Method', { exact: true }).click();
    await page.getByRole('heading', { name: 'Land cover and its change' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });

  test('a long computation tells how far it is, and is stopped', async () => {
    await page.goto(`${server.address}/sites/almaty/indicators/greenness?lang=en`);
    await page.getByRole('button', { name: 'Compute', exact: true }).click();
    await page.getByLabel('Part of the name').fill('ndvi');
    await page.getByRole('button', { name: 'Choose all that are shown' }).click();
    await page.getByText('chosen: 24').waitFor();
    await page.getByRole('button', { name: 'Compute', exact: true }).click();
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('button', { name: /^Cancel/ }).click();
    await page.getByText('cancelled').first().waitFor();
    expect(all(db, "select id from runs where indicator = 'greenness'")).toEqual([]);
  });

  test('a file is added, described and checked; what is missing names open data', async () => {
    await page.goto(`${server.address}/sites/almaty/data?lang=en`);
    await page
      .getByLabel('Add a file')
      .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from('name,lon,lat,people\nA,70.1,49.9,12\n') });
    await page.getByText('people.csv is in the data folder.').waitFor();
    expect(existsSync(join(folder, 'people.csv'))).toBe(true);
    await page.getByRole('button', { name: 'Describe people.csv' }).click();
    await page.getByLabel('Title').fill('Settlements of the akimat');
    await page.getByLabel('Licence, such as').fill('CC-BY-4.0');
    await page.getByLabel('Whom to name').fill('Akimat');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Check the file: Settlements of the akimat' }).click();
    await page.getByText('the file is unchanged').waitFor();
    await page.getByText('Surface water (SDG 6.6.1)').click();
    await page.getByRole('link', { name: 'https://global-surface-water.appspot.com/download' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });

  test.each(['indicators/land-cover?lang=kk', 'data?lang=ru'])('on a phone %s is not wider than the screen', async (path) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`${server.address}/sites/almaty/${path}`);
    await page.locator('h1').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await axeFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });
  });
});
