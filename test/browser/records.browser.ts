/**
 * A register in Chromium: sorted by its columns, and whoever has saved, cancelled or removed a record goes on with the keyboard
 * where they were. Needs the built pages: node scripts/pages.ts
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slug } from '../../src/records/words.ts';
import type { Db } from '../../src/store/db.ts';
import { closeDossier } from '../../src/store/dossier.ts';
import { putEntry } from '../../src/store/records.ts';
import { smallDossier, total } from '../store/facts-fixture.ts';
import { axeFaults, hasBrowser, openBrowser, type Served, served } from './visit.ts';

const VARIABLES = ['Water level 10', 'Water level 9', 'air'];
const MANY = 130;

describe.skipIf(!hasBrowser)('a register', () => {
  let db: Db;
  let server: Served;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    db = smallDossier();
    for (const [i, variable] of VARIABLES.entries()) keep(db, 'monitoring', slug(variable), { variable, since: 2003 - i });
    for (let i = 0; i < MANY; i += 1) keep(db, 'variables', `v${i}`, { variable: `Variable ${i}` });
    server = await served(db);
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${server.address}/sites/almaty/records/monitoring?lang=en`);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    closeDossier(db);
  });

  const names = (): Promise<string[]> => page.locator('.kind tbody th').allTextContents();
  const focused = (): Promise<unknown> =>
    page.evaluate('document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent');
  const changeOf = (name: string) => page.getByRole('button', { name: `Change: ${name}` });

  test('is sorted upwards, downwards, and as it was', async () => {
    const head = page.getByRole('columnheader').first();
    await head.getByRole('button').click();
    expect(await names()).toEqual(['air', 'Water level 9', 'Water level 10']);
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    await page.keyboard.press('Enter');
    expect(await names()).toEqual(['Water level 10', 'Water level 9', 'air']);
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    await page.keyboard.press('Enter');
    expect(await names()).toEqual(VARIABLES);
    expect(await axeFaults(page)).toEqual([]);
  });

  test('after a record is saved, or is not, the button that opened it has the focus', async () => {
    for (const end of ['Save', 'Cancel']) {
      await changeOf('air').click();
      await page.locator('form.record input').first().waitFor();
      await page.waitForLoadState('networkidle');
      await page.locator('form.record').getByRole('button', { name: end }).click();
      await page.locator('form.record').waitFor({ state: 'detached' });
      await page.waitForLoadState('networkidle');
      await expect.poll(focused).toContain('air');
    }
  });

  test('after a record is removed, the head of the list has it', async () => {
    page.once('dialog', (dialog) => void dialog.accept());
    await changeOf('Water level 9').click();
    await page.waitForLoadState('networkidle');
    await page.locator('form.record').getByRole('button', { name: 'Remove' }).click();
    await changeOf('Water level 9').waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('Monitoring');
  });

  test('a long one comes a hundred rows at a time', async () => {
    await page.goto(`${server.address}/sites/almaty/records/variables?lang=en`);
    await page.locator('.kind tbody tr').first().waitFor();
    expect(await page.locator('.kind tbody tr').count()).toBe(100);
    await page.locator('.kind > button').click();
    expect(await page.locator('.kind tbody tr').count()).toBe(MANY);
  });
});

function keep(db: Db, register: string, id: string, fields: Record<string, string | number>): void {
  putEntry(db, 'test', {
    id: `almaty/${register}/${id}`,
    site: 'almaty',
    register,
    fields,
    confidential: false,
    from: total.from,
  });
}
