/** A review in Debian's Chromium, as those who write it meet it. Run with `npm run test:browser`. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtPages } from '../../src/cli/pages.ts';
import { createApp } from '../../src/server/app.ts';
import { getAnswer } from '../../src/store/answers.ts';
import type { Db } from '../../src/store/db.ts';
import { closeDossier } from '../../src/store/dossier.ts';
import { putObservation } from '../../src/store/observations.ts';
import type { Lang } from '../../src/types.ts';
import { smallDossier, total } from '../store/facts-fixture.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** What finds faults of accessibility; the pages forbid scripts that are not theirs, so it comes in by evaluation. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

describe.skipIf(!existsSync(CHROMIUM))('the review', () => {
  let folder: string;
  let db: Db;
  let server: ServerType;
  let browser: Browser;
  let address: string;
  const wrong: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'saryarka-review-'));
    db = smallDossier(join(folder, 'almaty.gpkg'));
    putObservation(db, 'test', total);
    const app = createApp({ db, file: 'almaty.gpkg', lang: 'en', today: () => '2026-11-23', pages: builtPages() });
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sites/almaty/review`;
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
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
    closeDossier(db);
    rmSync(folder, { recursive: true, force: true });
  });

  /** Somebody with a browser of their own. */
  async function somebody(): Promise<{ context: BrowserContext; page: Page }> {
    const context = await browser.newContext();
    const page = await context.newPage();
    page.on('pageerror', (error) => wrong.push(error.message));
    return { context, page };
  }

  const stored = (lang: Lang = 'en'): string | undefined =>
    getAnswer(db, { site: 'almaty', form: 'periodic-review-2013', section: 'II.1.4', lang })?.text;
  const textOf = (page: Page) => page.getByLabel('Text of this section');
  const saved = (page: Page) => page.locator('.save-state', { hasText: 'Saved.' });

  test('a text is written by keyboard alone, saved by itself, and counted', async () => {
    const { context, page } = await somebody();
    await page.goto(`${address}?lang=en`);
    const line = page.getByRole('link', { name: /1\.4 Further observations/ });
    expect(await line.getByRole('img').getAttribute('aria-label')).toBe('text: gap');
    await line.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /1\.4 Further observations/ }).waitFor();
    await textOf(page).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('A. Author');
    await page.keyboard.press('Tab');
    await page.keyboard.type('The lake has shrunk.');
    await saved(page).waitFor();
    expect(stored()).toBe('The lake has shrunk.');
    expect(await saved(page).textContent()).toContain('A. Author');
    expect(await line.getByRole('img').getAttribute('aria-label')).toBe('text: there');
    expect(await page.evaluate("Object.keys(localStorage).filter((key) => key.includes('review-draft'))")).toEqual([]);
    await context.close();
  });

  test('two editors at once: nothing is overwritten, and both texts become one', async () => {
    const [one, two] = [await somebody(), await somebody()];
    for (const { page } of [one, two]) {
      await page.goto(`${address}/II_1_4?lang=en&in=ru`);
      await textOf(page).waitFor();
    }
    await textOf(one.page).fill('Озеро обмелело.\n\nПервый.');
    await textOf(one.page).blur();
    await saved(one.page).waitFor();
    await textOf(two.page).fill('Озеро обмелело.\n\nВторой.');
    await textOf(two.page).blur();
    await two.page.getByRole('heading', { name: 'Somebody else changed this text while you were writing' }).waitFor();
    expect(stored('ru')).toBe('Озеро обмелело.\n\nПервый.');
    expect(await two.page.locator('.merge ins').allTextContents()).toEqual(['Второй']);
    expect(await two.page.locator('.merge del').allTextContents()).toEqual(['Первый']);
    // the window is closed over it: the text is still there afterwards
    await two.page.reload();
    await two.page.getByRole('button', { name: 'Edit both together' }).click();
    const both = two.page.getByLabel('Both texts in one: take out what is said twice');
    expect(await both.inputValue()).toBe('Озеро обмелело.\n\nПервый.\n\nВторой.');
    await both.fill('Озеро обмелело.\n\nПервый и второй.');
    await two.page.getByRole('button', { name: 'Save this' }).click();
    await saved(two.page).waitFor();
    expect(stored('ru')).toBe('Озеро обмелело.\n\nПервый и второй.');
    for (const { context } of [one, two]) await context.close();
  });

  test('what is typed without a connection is kept, and sent when there is one', async () => {
    const { context, page } = await somebody();
    await page.goto(`${address}/II_1_4?lang=en&in=tr`);
    await textOf(page).waitFor();
    await context.setOffline(true);
    await textOf(page).fill('Göl küçüldü.');
    await textOf(page).blur();
    await page.getByText('the server cannot be reached').first().waitFor();
    expect(stored('tr')).toBeUndefined();
    await context.setOffline(false);
    await page.goto(`${address}?lang=en`);
    await page.getByRole('cell', { name: 'Türkçe' }).waitFor();
    expect(stored('tr')).toBe('Göl küçüldü.');
    await context.close();
  });

  test('an earlier version is looked at word by word, and brought back', async () => {
    const { context, page } = await somebody();
    await page.goto(`${address}/II_1_4?lang=en&in=en`);
    await textOf(page).fill('The lake has grown.');
    await textOf(page).blur();
    await saved(page).waitFor();
    await page.getByRole('button', { name: 'Earlier versions' }).click();
    await page.getByLabel(/show every saving/).check();
    await page.getByRole('button', { name: / written$/ }).click();
    await page.getByLabel('Compared with').selectOption('now');
    await page.locator('dialog ins', { hasText: 'grown' }).waitFor();
    expect(await page.locator('dialog del').allTextContents()).toEqual(['shrunk']);
    await page.getByRole('button', { name: 'Put this text back' }).click();
    expect(await textOf(page).inputValue()).toBe('The lake has shrunk.');
    await expect.poll(() => stored()).toBe('The lake has shrunk.');
    await context.close();
  });

  test('a comment is made, counted in the contents, and dealt with', async () => {
    const { context, page } = await somebody();
    await page.goto(`${address}/II_1_4?lang=en`);
    await page.getByLabel('Your comment on this section').fill('<b>Which</b> year?');
    await page.getByRole('button', { name: 'Add the comment' }).click();
    await page.locator('.review-contents .badge', { hasText: 'comments: 1' }).waitFor();
    expect(await page.locator('.said').textContent()).toBe('<b>Which</b> year?');
    await page.getByRole('button', { name: 'Dealt with' }).click();
    await page.locator('.review-contents .badge').waitFor({ state: 'detached' });
    await context.close();
  });

  test('words are found in what records say and in what people wrote', async () => {
    const { context, page } = await somebody();
    await page.goto(`${address}?lang=en&in=en`);
    await page.getByLabel('Search in all texts').fill('SHRUNK');
    await page.locator('.found a').click();
    await page.getByRole('heading', { name: /1\.4 Further observations/ }).waitFor();
    await context.close();
  });

  test.each(['en', 'ru', 'kk', 'tr'] as const)('in %s it fits a phone', async (lang) => {
    const { context, page } = await somebody();
    await page.setViewportSize({ width: 360, height: 740 });
    for (const place of ['', '/I_i', '/II_1_4']) {
      await page.goto(`${address}${place}?lang=${lang}&in=${lang}`);
      await page.locator('.review-main h2').first().waitFor();
      await page.locator('.review-toggle').click();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    }
    await context.close();
  });

  test.each(['', '/I_i', '/II_1_4'])('axe finds nothing on the page of a review%s', async (place) => {
    const { context, page } = await somebody();
    await page.goto(`${address}${place}?lang=kk&in=kk`);
    await page.locator('.review-main h2').first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate(AXE);
    const { violations } = (await page.evaluate('axe.run()')) as { violations: { id: string; nodes: { html: string }[] }[] };
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    await context.close();
  });

  test('a document is made and saved under the name of the reserve', async () => {
    const { context, page } = await somebody();
    await page.goto(`${address}?lang=en&in=kk`);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'HTML page' }).click();
    expect((await download).suggestedFilename()).toBe('almaty.kk.html');
    await context.close();
  });

  test('no script of the pages failed on the way', () => {
    expect(wrong).toEqual([]);
  });
});
