/** The page of the Syr Darya: options beside each other, a choice that is computed anew, months of a node; axe finds nothing. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { smallDossier } from '../store/facts-fixture.ts';
import { axeFaults, hasBrowser, openBrowser, type Served, served, settled, watched } from './visit.ts';

describe.skipIf(!hasBrowser)('a river is shared', () => {
  const wrong: string[] = [];
  let server: Served;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = await served(smallDossier());
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

  const told = async (): Promise<string> => (await page.locator('.river-told').textContent()) ?? '';

  test('every option stands with every country, and the last row is one’s own', async () => {
    await page.goto(`${server.address}/water/river?lang=en`);
    await page.locator('.river-options').waitFor();
    await settled(page);
    expect(await page.locator('.river-options tbody tr').count()).toBe(7);
    expect(await page.locator('.river-own').textContent()).toContain('Your choice');
    expect(await told()).toContain('proved');
    expect(await page.locator('.river-game tbody tr').count()).toBe(5);
    await expect.poll(() => page.evaluate("document.querySelector('.water-drawing img').naturalWidth")).toBe(640);
    expect(await axeFaults(page)).toEqual([]);
  });

  test('by keyboard more is asked for the Aral, and an arrangement is switched on: the spoken line and the row follow', async () => {
    const before = await told();
    const slider = page.getByRole('slider', { name: /^Asked for the North Aral/ });
    await slider.focus();
    await slider.press('End');
    await expect.poll(told).not.toBe(before);
    const asked = await told();
    await page.getByRole('checkbox', { name: /11.1 km³ come to Shardara/ }).press('Space');
    await expect.poll(told).not.toBe(asked);
    await page.getByRole('radio', { name: 'Each for itself' }).check();
    await expect.poll(() => page.getByText('is told where all decide together').count()).toBe(1);
    expect(await page.getByRole('checkbox', { name: /same part of its limit/ }).isDisabled()).toBe(true);
  });

  test('a reservoir shows its volumes by month', async () => {
    await page.getByLabel('Node', { exact: true }).selectOption('toktogul');
    expect(await page.locator('.river-months caption').textContent()).toContain('Toktogul: volume');
    expect(await page.locator('.river-months tbody tr').count()).toBe(12);
  });

  test.each(['kk', 'ru'])('on a phone in %s nothing is cut off', async (lang) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`${server.address}/water/river?lang=${lang}`);
    await page.locator('.river-options').waitFor();
    await settled(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await page.locator('h1').textContent()).toBe(lang === 'kk' ? 'Сырдария' : 'Сырдарья');
    expect(await axeFaults(page)).toEqual([]);
  });
});
