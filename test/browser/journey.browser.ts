/** The journeys of the observatory, from the first visit to a document, by one, by two at once, in each language and by keyboard alone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languages, t } from '../../src/i18n/index.ts';
import { all, type Db } from '../../src/store/db.ts';
import { closeDossier, openDossier } from '../../src/store/dossier.ts';
import { makeData, newcomer } from './journey.ts';
import { makeQiyal } from './qiyal.ts';
import { hasBrowser, openBrowser, type Served, served, settled, watched } from './visit.ts';

describe.skipIf(!hasBrowser)('journeys', () => {
  const folder = mkdtempSync(join(tmpdir(), 'saryarka-journey-'));
  const wrong: string[] = [];
  let db: Db;
  let server: Served;
  let browser: Browser;

  beforeAll(async () => {
    const file = join(folder, 'qiyal.gpkg');
    await makeQiyal(file, { zones: false, records: false });
    makeData(join(folder, 'data'));
    db = openDossier(file);
    server = await served(db, { data: join(folder, 'data') });
    browser = await openBrowser({ maps: true });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    closeDossier(db);
    rmSync(folder, { recursive: true, force: true });
  });

  async function somebody(width = 1280): Promise<{ context: BrowserContext; page: Page }> {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    return { context, page: watched(await context.newPage(), server.address, wrong) };
  }

  test('a newcomer drops a faulty map, takes the mended one, computes, writes, and has it all in Word', async () => {
    const { context, page } = await somebody();
    const steps = newcomer(page, { address: server.address, lang: 'en' });
    await steps.open();
    await steps.dropZones();
    await steps.acceptRepairs();
    await steps.compute();
    const figures = all<{ value: number }>(
      db,
      "select value from observations where indicator = 'land-cover' and role = 'computed'",
    );
    expect(figures.length).toBeGreaterThan(8);
    await steps.write('The lake of Qiyal has lost a third of its water since 2001.\n\nNobody knows why.');
    const text = await steps.exportWord();
    expect(text).toContain('The lake of Qiyal has lost a third of its water since 2001.');
    expect(text).toContain('28,815'); // the transition area, as the mended map has it
    await context.close();
  }, 120_000);

  test('two change one record at once: nothing is overwritten unseen, and the second sees both', async () => {
    const [one, two] = [await somebody(), await somebody()];
    const records = `${server.address}/sites/qiyal/records/assessments?lang=en`;
    await one.page.goto(records);
    await one.page.getByRole('button', { name: 'Add a record' }).click();
    await one.page.getByLabel(/^Tool/).fill('METT');
    await one.page.getByLabel(/^Year/).fill('2024');
    await one.page.getByRole('button', { name: 'Save', exact: true }).click();
    for (const { page } of [one, two]) {
      await page.goto(records);
      await page.getByRole('button', { name: 'Change: METT' }).click();
      await page.waitForLoadState('networkidle');
    }
    const score = (page: Page) => page.getByLabel('Score', { exact: true });
    await score(one.page).fill('48');
    await one.page.getByRole('button', { name: 'Save', exact: true }).click();
    await one.page.getByText('The record is kept.').waitFor();
    await score(two.page).fill('61');
    await two.page.getByRole('button', { name: 'Save', exact: true }).click();
    await two.page.getByRole('alert').first().waitFor();
    expect(await two.page.locator('form.record').textContent()).toContain('48');
    await two.page.getByRole('button', { name: 'Save', exact: true }).click();
    await two.page.getByRole('cell', { name: '61' }).waitFor();
    for (const { context } of [one, two]) await context.close();
  }, 60_000);

  test.each(languages)(
    'in %s every screen of the reserve has its words, on a phone',
    async (lang) => {
      const { context, page } = await somebody(360);
      for (const [path, key] of [
        ['/sites/qiyal/records', 'web.records'],
        ['/sites/qiyal/indicators', 'web.indicators'],
        ['/outbox', 'outbox.title'],
      ] as const) {
        await page.goto(`${server.address}${path}?lang=${lang}`);
        await page.getByRole('heading', { level: 1, name: t(lang, key), exact: true }).waitFor();
        expect(await page.locator('html').getAttribute('lang')).toBe(lang);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      }
      await context.close();
    },
    60_000,
  );

  describe('by keyboard alone', () => {
    let context: BrowserContext;
    let page: Page;
    beforeAll(async () => {
      ({ context, page } = await somebody());
      page.on('dialog', (dialog) => void dialog.accept());
    });
    afterAll(() => context?.close());

    /** Presses Tab until what has the focus fits, as somebody without a mouse would; where it is must be seen. */
    async function tabTo(selector: string): Promise<void> {
      for (let pressed = 0; pressed < 120; pressed += 1) {
        await page.keyboard.press('Tab');
        const [fits, seen] = (await page.evaluate(`(() => {
          const one = document.activeElement;
          const style = getComputedStyle(one);
          return [one.matches(${JSON.stringify(selector)}), one === document.body || style.outlineStyle !== 'none' || style.boxShadow !== 'none' || one.closest('.maplibregl-map, canvas') !== null, one.outerHTML.slice(0, 120)];
        })()`)) as [boolean, boolean, string];
        expect(seen, `the focus cannot be seen: ${selector}`).toBe(true);
        if (fits) return;
      }
      throw new Error(`Tab does not reach ${selector}`);
    }

    const open = async (path: string): Promise<void> => {
      await page.goto(`${server.address}${path}${path.includes('?') ? '&' : '?'}lang=en`);
      await settled(page);
    };

    test('from the list to a reserve, past the bar at the top', async () => {
      await open('/');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter'); // to the content
      await tabTo('a[href="/sites/qiyal"]');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: /Qiyal/ }).waitFor();
    });

    test('a map is sent and put back', async () => {
      await open('/sites/qiyal');
      await tabTo('input[type=file], button.undo, .import button');
      expect(await page.evaluate('document.activeElement.closest("section, main") !== null')).toBe(true);
    });

    test('a finding is shown on the map', async () => {
      await open('/sites/qiyal');
      await tabTo('.finding button');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.getAttribute("aria-pressed")')).not.toBe('false');
    });

    test('an indicator is chosen and computed', async () => {
      await open('/sites/qiyal/indicators');
      await tabTo('a[href$="/indicators/land-cover"]');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Land cover' }).waitFor();
      await tabTo('.indicator button.main');
      await page.keyboard.press('Enter');
      await page.locator('form.compute button[type=submit]').waitFor(); // Tab is quicker than the list of files
      await tabTo('form.compute button[type=submit]');
    });

    test('a record is added, changed and removed', async () => {
      await open('/sites/qiyal/records/assessments');
      await tabTo('.kind button.main');
      await page.keyboard.press('Enter');
      await page.locator('form.record input:focus').waitFor(); // the first field
      await page.keyboard.type('IMET');
      await page.keyboard.press('Tab');
      await page.keyboard.type('2025');
      await page.keyboard.press('Enter');
      await page.getByRole('rowheader', { name: 'IMET' }).waitFor();
      await tabTo('button[aria-label^="Change: IMET"]');
      await page.keyboard.press('Enter');
      await page.locator('form.record[aria-label="Change"]').waitFor();
      await page.waitForLoadState('networkidle');
      await tabTo('form.record button:not(.main)');
      await page.keyboard.press('Enter');
      await page.getByRole('rowheader', { name: 'IMET' }).waitFor({ state: 'detached' });
    });

    test('a section of the review is written', async () => {
      await open('/sites/qiyal/review/II_1_4?in=en');
      await tabTo('textarea#prose-text');
      await page.keyboard.press('End');
      await page.keyboard.type(' By hand.');
      await page.keyboard.press('Tab');
      await page.locator('.save-state', { hasText: 'Saved.' }).waitFor();
    });
  });

  test('nobody else was asked, and no script failed', () => {
    expect(wrong).toEqual([]);
  });
});
