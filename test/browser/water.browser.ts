/** The page of the Aral: figures with sources, a slider that changes the table, a number that is typed, another language; axe finds nothing. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import { importAral } from '../../src/store/series-aral.ts';
import { smallDossier } from '../store/facts-fixture.ts';
import { axeFaults, hasBrowser, openBrowser, type Served, served, settled, watched } from './visit.ts';

describe.skipIf(!hasBrowser)('the Aral is understood and decided on', () => {
  const wrong: string[] = [];
  let server: Served;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const db: Db = smallDossier();
    importAral(db, 'test');
    server = await served(db);
    browser = await openBrowser();
    page = watched(await browser.newPage({ viewport: { width: 1280, height: 900 } }), server.address, wrong);
    page.setDefaultTimeout(5_000);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  afterEach(() => {
    expect(wrong.splice(0)).toEqual([]);
  });

  const cell = async (row: string): Promise<string> => (await page.locator(`[data-row=${row}] td`).nth(1).textContent()) ?? '';

  test('figures stand with their sources, and a contradiction leads to its words', async () => {
    await page.goto(`${server.address}/water/aral?lang=en`);
    await settled(page);
    const row = page.getByRole('row', { name: /^1960 / });
    expect(await row.textContent()).toContain('aral-s8');
    await row.getByRole('link', { name: 'C1', exact: true }).first().click();
    expect(await page.locator('#conflict-C1').textContent()).toContain('1,101 (S1)');
    expect(await axeFaults(page)).toEqual([]);
  });

  test('by keyboard the dike is raised: table, address and spoken line follow; what cannot be told is refused', async () => {
    const slider = page.getByRole('slider', { name: 'Level that the dike holds' });
    const before = await cell('area');
    await slider.focus();
    for (let i = 0; i < 4; i++) await slider.press('ArrowRight');
    await expect.poll(() => new URL(page.url()).searchParams.get('full')).toBe('46');
    await expect.poll(() => cell('area')).not.toBe(before);
    expect(Number((await cell('level')).slice(0, 4))).toBeGreaterThan(44);
    expect(await cell('cost-great-aral')).not.toBe('0 (0 … 0)');
    expect(await cell('shore')).toContain('not known');
    await expect.poll(() => page.locator('.water-spoken').textContent()).toContain('2060: level 45');
    expect(Number(await page.locator('.water-future').getAttribute('data-took'))).toBeLessThan(2_000);
  });

  test('a number can be typed; one out of bounds is put back', async () => {
    const river = page.getByRole('spinbutton', { name: /^River that comes/ });
    await river.fill('40');
    await river.press('Tab');
    await expect.poll(() => cell('full')).toContain('0 %');
    await river.fill('900');
    await river.press('Tab');
    await expect.poll(() => river.inputValue()).toBe('40');
    expect(await axeFaults(page)).toEqual([]);
  });

  test('with a bed of the user’s own the shore has a distance; a file that is none is refused by name', async () => {
    const square = (half: number): number[][][][] => [
      [
        [
          [60.8 - half, 46.5 - half],
          [60.8 + half, 46.5 - half],
          [60.8 + half, 46.5 + half],
          [60.8 - half, 46.5 - half],
        ],
      ],
    ];
    const levels = [30, 40, 42, 44, 50];
    const bed = {
      format: 'saryarka-lake-bed',
      version: 1,
      source: 'test-bed.tif',
      method: 'priority-flood',
      curve: levels.map((level) => ({
        level,
        area: 1500 + 60 * (level - 30),
        volume: ((level - 30) * (3000 + 60 * (level - 30))) / 2000 + 1,
      })),
      outlines: levels.map((level) => ({ level, geometry: { type: 'MultiPolygon', coordinates: square(0.02 * (level - 20)) } })),
      places: [{ name: 'Aralsk', lon: 61.67, lat: 46.79, distances: levels.map((level) => ({ level, km: 100 - level })) }],
    };
    const give = (name: string, text: string): Promise<void> =>
      page.getByLabel('File of the bed (JSON)').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
    await give('photo.json', '{}');
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('photo.json is no file of a bed');
    await give('bed.json', JSON.stringify(bed));
    await expect.poll(() => cell('shore-Aralsk')).toMatch(/^\d+(\.\d)? \(/);
    expect(await page.getByText('by test-bed.tif').textContent()).toMatch(/^At \d\d m/);
    expect(await axeFaults(page)).toEqual([]);
  });

  test('on a phone and in Kazakh nothing is cut off', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`${server.address}/water/aral?lang=kk&full=48`);
    await settled(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await page.locator('h1').textContent()).toBe('Арал теңізі');
    expect(await page.locator('.finding.question').count()).toBe(1); // the bed above 44 m is assumed
    expect(await axeFaults(page)).toEqual([]);
  });
});
