/**
 * Indicators of living things computed on their pages in Chromium: of the records of the dossier all at once, of a table that is
 * chosen. Needs the built pages: node scripts/pages.ts
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { all, type Db } from '../../src/store/db.ts';
import { dataFolder } from '../server/jobs-fixture.ts';
import { livingDossier } from '../server/life-fixture.ts';
import { smallDossier } from '../store/facts-fixture.ts';
import { axeFaults, hasBrowser, openBrowser, type Served, served, watched } from './visit.ts';

describe.skipIf(!hasBrowser)('indicators of living things', () => {
  const { folder, remove } = dataFolder();
  let db: Db;
  let server: Served;
  let browser: Browser;
  let page: Page;
  const wrong: string[] = [];

  beforeAll(async () => {
    const counts = Array.from({ length: 8 }, (_, i) =>
      ['a', 'b'].map((site, s) => `Otis tarda,${site},${2010 + i},${20 + i + s}`),
    );
    writeFileSync(join(folder, 'counts.csv'), `species,site,year,count\n${counts.flat().join('\n')}\n`);
    db = livingDossier(smallDossier());
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

  test('species: what they are computed of is said, and one form computes all that the same records give', async () => {
    await page.goto(`${server.address}/sites/almaty/indicators/species-richness?lang=en`);
    await page.getByRole('button', { name: 'Compute', exact: true }).click();
    await page.getByText('Computed of the records of species that this dossier keeps').waitFor();
    expect(await page.getByLabel('What makes a sample').inputValue()).toBe('year');
    await page.getByRole('checkbox', { name: /Threatened species/ }).check();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Compute', exact: true }).click();
    await page
      .getByRole('row', { name: /core area/ })
      .first()
      .waitFor();
    await expect.poll(() => all(db, 'select distinct indicator from runs').length, { timeout: 30_000 }).toBe(5);
    expect(await page.getByText(/done: figures kept/).count()).toBeGreaterThan(0);
    expect(await axeFaults(page)).toEqual([]);
  });

  test('populations: the form names the columns of the table, and the table is offered again', async () => {
    await page.goto(`${server.address}/sites/almaty/indicators/population-trend?lang=en`);
    await page.getByRole('button', { name: 'Compute', exact: true }).click();
    await page.getByText(/with the columns species, site, year, count/).waitFor();
    await page.getByRole('checkbox', { name: /counts\.csv/ }).check();
    await page.getByRole('button', { name: 'Compute', exact: true }).click();
    await page
      .getByRole('row', { name: /Otis tarda/ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Compute anew' }).click();
    expect(await page.getByRole('checkbox', { name: /counts\.csv/ }).isChecked()).toBe(true);
  });

  test.each(['species-richness?lang=kk', 'protected-connectivity?lang=ru'])(
    'on a phone the form of %s fits the screen',
    async (path) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto(`${server.address}/sites/almaty/indicators/${path}`);
      await page.locator('button.main').first().click();
      await page.locator('form.compute').waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      expect(await axeFaults(page)).toEqual([]);
    },
  );
});
