/** From a dossier of one user to one that several share: the first account, an invitation, roles, the audit, the way out. */
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
import type { Db } from '../../src/store/db.ts';
import { closeDossier } from '../../src/store/dossier.ts';
import { rolesOf } from '../../src/store/roles.ts';
import { smallDossier } from '../store/facts-fixture.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const PASSWORD = 'steppe wind over Korgalzhyn';

describe.skipIf(!existsSync(CHROMIUM))('accounts and administration', () => {
  let folder: string;
  let db: Db;
  let server: ServerType;
  let browser: Browser;
  let office: BrowserContext;
  let page: Page;
  let address: string;
  let link = '';
  const wrong: string[] = [];

  async function visitor(width: number): Promise<{ context: BrowserContext; page: Page }> {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const opened = await context.newPage();
    opened.on('pageerror', (error) => wrong.push(String(error)));
    return { context, page: opened };
  }

  async function axe(on: Page): Promise<string[]> {
    await on.evaluate(AXE);
    const { violations } = (await on.evaluate('axe.run()')) as { violations: { id: string; nodes: { html: string }[] }[] };
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'saryarka-admin-'));
    const file = join(folder, 'shared.gpkg');
    db = smallDossier(file);
    const app = createApp({ db, file, lang: 'en', today: () => '2026-11-23', pages: builtPages() });
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
        '--disable-sync',
      ],
    });
    ({ context: office, page } = await visitor(1280));
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
    closeDossier(db);
    rmSync(folder, { recursive: true, force: true });
  });

  test('the first account is the administrator’s; from then on even they sign in', async () => {
    await page.goto(`${address}/?lang=en`);
    await page.getByRole('link', { name: 'Administration' }).click();
    await page.getByRole('heading', { name: 'Make the first account' }).waitFor();
    await page.getByLabel('Name to sign in with').fill('root');
    await page.getByLabel('Name that others see').fill('Aigerim');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByRole('button', { name: 'Make the first account' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('at least 12');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Make the first account' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByLabel('Name to sign in with').fill('root');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('table').waitFor(); // where they wanted to go
    expect(new URL(page.url()).pathname).toBe('/admin');
    expect(await page.getByRole('link', { name: 'Aigerim' }).count()).toBe(1);
  });

  test('somebody is invited, and comes in on a phone in Kazakh with the role of the invitation', async () => {
    await page.goto(`${address}/admin/invitations`);
    await page.getByLabel('Name to sign in with').fill('saule');
    await page.getByLabel('Where').selectOption('almaty');
    await page.getByLabel('Role', { exact: true }).selectOption('editor');
    await page.getByRole('button', { name: 'Invite' }).click();
    link = (await page.locator('.link code').textContent()) ?? '';
    expect(link).toMatch(/\/invitation\/[\w-]{43}$/);
    expect(await axe(page)).toEqual([]);

    const { context, page: phone } = await visitor(360);
    await phone.goto(`${link}?lang=kk`);
    await phone.getByRole('heading', { name: 'Шақыру' }).waitFor();
    expect(await axe(phone)).toEqual([]);
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await phone.getByLabel('Басқаларға көрінетін ат').fill('Сәуле');
    await phone.getByLabel('Жаңа құпиясөз').fill('pelicans over the reeds');
    await phone.keyboard.press('Enter');
    await phone.getByRole('link', { name: 'Сәуле' }).waitFor();
    expect(rolesOf(db, 'saule')).toEqual({ almaty: 'editor' });
    expect(await phone.getByRole('link', { name: 'Басқару' }).count()).toBe(0);
    await phone.goto(`${address}/admin`);
    await phone.getByText('Бұл бетті тек әкімшілер көреді').waitFor();
    await context.close();
  });

  test('a user who is blocked is out at the next click', async () => {
    const { context, page: desk } = await visitor(1280);
    await desk.goto(`${address}/?lang=en`);
    await desk.getByLabel('Name to sign in with').fill('saule');
    await desk.getByLabel('Password', { exact: true }).fill('pelicans over the reeds');
    await desk.keyboard.press('Enter');
    await desk.getByRole('link', { name: 'Сәуле' }).waitFor();
    await page.goto(`${address}/admin/users`);
    await page.getByRole('button', { name: 'Change saule' }).click();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Block' }).click();
    await page.getByRole('button', { name: 'Let in again' }).waitFor();
    await desk.getByRole('link', { name: 'Сәуле' }).click();
    await desk.getByRole('heading', { name: 'Sign in' }).waitFor();
    await context.close();
  });

  test.each(['users', 'invitations', 'audit', 'dossier'])('in Russian, %s fits a phone, and axe finds nothing', async (part) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`${address}/admin/${part}?lang=ru`);
    await page
      .locator({ users: 'table', invitations: 'table', audit: '.audit li', dossier: 'fieldset' }[part] ?? 'h1')
      .first()
      .waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await axe(page)).toEqual([]);
  });

  test('the audit tells who was blocked, and holds neither passwords nor links', async () => {
    await page.goto(`${address}/admin/audit?lang=en`);
    await page.getByLabel('What').selectOption('users');
    await page.locator('ins', { hasText: 'blocked' }).first().waitFor();
    const text = (await page.locator('main').textContent()) ?? '';
    for (const secret of ['scrypt$', link.split('/').at(-1) ?? '-', PASSWORD]) expect(text).not.toContain(secret);
  });

  test('signing out ends it', async () => {
    await page.goto(`${address}/account?lang=en`);
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect((await office.cookies()).filter(({ name }) => name === 'saryarka')).toEqual([]);
    expect(wrong).toEqual([]);
  });
});
