/** Without a connection: what was seen is there, what is written waits, is sent once, and nothing of it is lost. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RecordList } from '../../src/api/records.ts';
import { builtPages } from '../../src/cli/pages.ts';
import { createApp } from '../../src/server/app.ts';
import type { Db } from '../../src/store/db.ts';
import { closeDossier } from '../../src/store/dossier.ts';
import { hashPassword } from '../../src/store/passwords.ts';
import { putRole } from '../../src/store/roles.ts';
import { addUser } from '../../src/store/users.ts';
import { smallDossier } from '../store/facts-fixture.ts';
import { axeFaults, hasBrowser, openBrowser, type Served, served, TODAY } from './visit.ts';

const PASSWORD = 'pelicans over the reeds';

/** How long the browser may take for what it does behind a page. */
const BEHIND = { timeout: 15_000 };

describe.skipIf(!hasBrowser)('without a connection', () => {
  const folder = mkdtempSync(join(tmpdir(), 'saryarka-offline-'));
  const pages = new Map(builtPages(process.env.PAGES === undefined ? undefined : [process.env.PAGES]));
  let db: Db;
  let server: Served;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const wrong: string[] = [];

  beforeAll(async () => {
    db = smallDossier(join(folder, 'almaty.gpkg'));
    server = await served(db, { pages });
    browser = await openBrowser();
    ({ context, page } = await somebody());
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop().catch(() => {});
    closeDossier(db);
    rmSync(folder, { recursive: true, force: true });
  });

  async function somebody(): Promise<{ context: BrowserContext; page: Page }> {
    const fresh = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const opened = await fresh.newPage();
    opened.on('pageerror', (error) => wrong.push(String(error)));
    opened.on('dialog', (dialog) => void dialog.accept());
    return { context: fresh, page: opened };
  }

  const records = '/sites/almaty/records/assessments';
  const items = '/api/sites/almaty/records/assessments';
  /** As somebody else would, whether or not the server can be reached from here. */
  const asked = async <Reply>(method: string, path: string, body?: unknown): Promise<Reply> => {
    const app = createApp({ db, file: 'almaty.gpkg', lang: 'en', today: () => TODAY });
    const init = { method, headers: { host: 'localhost', 'content-type': 'application/json' } };
    const reply = await app.request(path, { ...init, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    expect(reply.ok).toBe(true);
    return (await reply.json()) as Reply;
  };
  const stored = async () => (await asked<RecordList>('GET', items)).records.map(({ id, values }) => ({ id, ...values }));
  const called = async (name: string) => (await stored()).filter((one) => 'tool' in one && one.tool === name);
  const hasWorker = (on: Page) =>
    on.evaluate('navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)');
  const kept = (on: Page, address: string) =>
    on.evaluate(
      `caches.match(new URL(${JSON.stringify(address)}, location.origin), { ignoreVary: true }).then((one) => one !== undefined)`,
    );

  async function typed(tool: string, year: string): Promise<void> {
    await page.getByRole('button', { name: 'Add a record' }).click();
    await page.getByLabel(/^Tool/).fill(tool);
    await page.getByLabel(/^Year/).fill(year);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
  }

  test('after the first visit the pages open with what was seen', async () => {
    await page.goto(`${server.address}/?lang=en`);
    await page.getByRole('link', { name: 'Almaty' }).first().waitFor();
    await expect.poll(() => hasWorker(page), BEHIND).toBe(true);
    await expect.poll(() => kept(page, '/api/sites?lang=en'), BEHIND).toBe(true); // though it was read before there was a worker
    for (const path of ['/sites/almaty', records, '/sites/almaty/review/II_1_4']) {
      await page.goto(`${server.address}${path}`);
      await page.locator('h2, h3').first().waitFor();
      await page.waitForLoadState('networkidle');
    }
    await server.stop();
    await page.goto(`${server.address}/`);
    await page.getByRole('link', { name: 'Almaty' }).first().waitFor();
    await page.locator('p.offline').waitFor();
    for (const [path, heading] of [
      ['/sites/almaty', 'Almaty'],
      [records, 'Assessments of management'],
      ['/sites/almaty/review/II_1_4', /1\.4 Further observations/],
    ] as const) {
      await page.goto(`${server.address}${path}`);
      await page.getByRole('heading', { name: heading }).first().waitFor();
    }
  }, 60_000);

  test('records wait, also when the browser is closed over them, and are sent once and in order', async () => {
    await page.goto(`${server.address}${records}`);
    await typed('METT', '2024');
    await page.getByText('It is sent as soon as there is a connection').waitFor();
    await typed('IMET', '2025');
    await page.getByRole('link', { name: 'Not yet sent: 2' }).waitFor();
    expect(await page.locator('main .finding.question').textContent()).toContain('METT');
    await page.reload();
    await page.getByRole('link', { name: 'Not yet sent: 2' }).click();
    await page.getByRole('heading', { name: 'Assessments of management: new record' }).first().waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await server.start();
    await page.evaluate("dispatchEvent(new Event('online'))");
    await page.getByText('Everything has been sent.').waitFor();
    expect(await stored()).toMatchObject([{ tool: 'METT' }, { tool: 'IMET' }]);
    await page.goto(`${server.address}${records}`);
    await page.getByRole('rowheader', { name: 'IMET' }).waitFor();
    expect(await page.locator('tbody tr').count()).toBe(2);
  }, 60_000);

  test('a write whose answer was lost is not done twice', async () => {
    let lost = 0;
    await context.route('**/records/assessments?*', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue();
      lost += 1;
      await route.fetch(); // it arrives
      await route.abort('connectionreset'); // but nobody hears of it
    });
    await typed('R-METT', '2026');
    await page.getByRole('rowheader', { name: 'R-METT' }).waitFor();
    await page.getByRole('link', { name: /Not yet sent/ }).waitFor({ state: 'detached' });
    await context.unroute('**/records/assessments?*');
    expect(await called('R-METT')).toHaveLength(1);
  }, 60_000);

  test('what somebody else changed meanwhile stands beside it, and one of the two is chosen', async () => {
    await page.goto(`${server.address}${records}`);
    await page.getByRole('button', { name: 'Change: METT' }).click();
    await page.getByLabel('Score', { exact: true }).waitFor();
    await page.waitForLoadState('networkidle');
    await server.stop();
    await page.getByLabel('Score', { exact: true }).fill('61');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('It is sent as soon as there is a connection').waitFor();
    const [before] = await called('METT');
    const theirs = { tool: 'METT', year: 2024, score: 48 };
    await asked('PUT', `${items}/items/${encodeURIComponent(before?.id ?? '')}`, { values: theirs });
    await server.start();
    await page.evaluate("dispatchEvent(new Event('online'))");
    await page.goto(`${server.address}/outbox`);
    await page.getByRole('cell', { name: '48' }).waitFor();
    expect(await page.getByRole('row', { name: /^Score/ }).textContent()).toBe('Score – differs6148');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await page.getByText('Everything has been sent.').waitFor();
    expect(await called('METT')).toMatchObject([{ score: 61 }]);
  }, 60_000);

  test('what the server will not have is told with its reason, corrected and sent', async () => {
    await page.goto(`${server.address}${records}`);
    await page.getByRole('button', { name: 'Add a record' }).waitFor();
    await page.waitForLoadState('networkidle');
    await server.stop();
    await typed('EoH', '2026');
    await page.getByText('It is sent as soon as there is a connection').waitFor();
    // as if it had been typed in a version of the pages that asked for less
    await page.evaluate(`new Promise((done) => {
      const open = indexedDB.open('saryarka', 1);
      open.onsuccess = () => {
        const store = open.result.transaction('outbox', 'readwrite').objectStore('outbox');
        store.getAll().onsuccess = ({ target }) => {
          const [one] = target.result;
          store.put({ ...one, body: { values: { ...one.body.values, year: 'soon' } } }).onsuccess = () => { open.result.close(); done(); };
        };
      };
    })`);
    await server.start();
    await page.goto(`${server.address}/outbox`);
    await page.getByRole('alert').filter({ hasText: 'soon' }).waitFor();
    await page.getByRole('button', { name: 'Correct' }).click();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByLabel('Year').fill('2026');
    await page.getByRole('button', { name: 'Correct and send' }).click();
    await page.getByText('Everything has been sent.').waitFor();
    expect(await called('EoH')).toMatchObject([{ year: 2026 }]);
  }, 60_000);

  test('a new version of the pages is told of, and taken when the user wants it', async () => {
    const worker = pages.get('sw.js');
    if (worker === undefined) throw new Error('no worker was built');
    await page.goto(`${server.address}/?lang=ru`);
    const code = new TextDecoder().decode(worker.bytes);
    // another digest, and another name of the file that pages begin with
    const next = code.replace(/shell:\$\{"\w+"\}/, 'shell:next').replace(/\/assets\/index-[\w-]+\.js/, '/icon.svg');
    expect(next).not.toBe(code);
    const bytes = new TextEncoder().encode(next);
    pages.set('sw.js', { ...worker, bytes, gzip: new Uint8Array((await import('node:zlib')).gzipSync(bytes)) });
    await page.evaluate('navigator.serviceWorker.getRegistration().then((one) => one.update())');
    await page.getByText('Появилась новая версия этих страниц.').waitFor();
    await page.getByRole('button', { name: 'Обновить' }).click();
    await expect.poll(() => page.evaluate('caches.keys()').catch(() => []), BEHIND).toContain('shell:next');
    await expect
      .poll(async () => ((await page.evaluate('caches.keys()')) as string[]).filter((name) => name.startsWith('shell:')))
      .toEqual(['shell:next']);
    pages.set('sw.js', worker);
  }, 60_000);

  test('what was kept for somebody goes when they sign out, and is not there for the next', async () => {
    addUser(db, 'test', {
      id: 'saule',
      name: 'Сәуле',
      lang: 'kk',
      password: await hashPassword(PASSWORD),
      now: `${TODAY}T08:00:00.000Z`,
    });
    putRole(db, 'test', { user: 'saule', site: null, role: 'administrator' });
    const { context: own, page: desk } = await somebody();
    await desk.goto(`${server.address}/sites/almaty?lang=en`);
    await desk.getByLabel('Name to sign in with').fill('saule');
    await desk.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await desk.keyboard.press('Enter');
    await desk.getByRole('link', { name: 'Сәуле' }).waitFor();
    await expect.poll(() => hasWorker(desk), BEHIND).toBe(true);
    await desk.reload();
    await expect.poll(() => kept(desk, '/api/sites/almaty?lang=en'), BEHIND).toBe(true);
    const session = await desk.evaluate("caches.match('/api/session').then((one) => one.json())");
    expect(session).toMatchObject({ user: { id: 'saule' }, csrf: '' });
    await desk.goto(`${server.address}/account`);
    await desk.getByRole('button', { name: 'Sign out', exact: true }).click();
    await desk.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await kept(desk, '/api/sites/almaty?lang=en')).toBe(false);
    await server.stop();
    await desk.goto(`${server.address}/sites/almaty`);
    await desk.waitForTimeout(300);
    expect(await desk.locator('main').textContent()).not.toContain('176,960');
    await server.start();
    await own.close();
  }, 60_000);

  test('no script of the pages failed on the way', () => {
    expect(wrong).toEqual([]);
  });
});
