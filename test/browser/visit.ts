/**
 * What the tests in the browser begin with: a server on a free port, a browser that contacts nobody else, and what finds faults of
 * accessibility. Needs the built pages: node scripts/pages.ts (or `PAGES`, the folder of another build).
 *
 *     const server = await served(db); const browser = await openBrowser();
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { type Browser, chromium, type Page } from 'playwright-core';
import { builtPages } from '../../src/cli/pages.ts';
import { type AppOptions, createApp } from '../../src/server/app.ts';
import type { Db } from '../../src/store/db.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Whether there is a browser to test with. */
export const hasBrowser: boolean = existsSync(CHROMIUM);
if (!hasBrowser) console.warn(`no browser at ${CHROMIUM}: the pages are not looked at in this run (set CHROMIUM)`);

/** The day on which all of it happens. */
export const TODAY = '2026-11-23';

const QUIET = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];
/** WebGL drawn by software. */
const DRAWING = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

export interface Served {
  address: string;
  /** As a lost connection would: nobody answers any more. */
  stop(): Promise<void>;
  /** At the same address again. */
  start(): Promise<void>;
}

export async function served(db: Db, options: Partial<AppOptions> = {}): Promise<Served> {
  const pages = builtPages(process.env.PAGES === undefined ? undefined : [process.env.PAGES]);
  const app = createApp({ db, file: 'qiyal.gpkg', lang: 'en', today: () => TODAY, pages, ...options });
  let server: ServerType;
  let port = 0;
  const start = async (): Promise<void> => {
    server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    port = (server.address() as AddressInfo).port;
  };
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      if ('closeAllConnections' in server) server.closeAllConnections();
    });
  await start();
  return { address: `http://127.0.0.1:${port}`, start, stop };
}

export function openBrowser({ maps = false }: { maps?: boolean } = {}): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: [...QUIET, ...(maps ? DRAWING : ['--disable-gpu'])] });
}

/** The pages forbid scripts that are not theirs, so it comes in by evaluation. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on a page, one line each. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const run = 'axe.run({ resultTypes: ["violations"] })';
  const { violations } = (await page.evaluate(run)) as {
    violations: { id: string; nodes: { html: string; target: unknown[] }[] }[];
  };
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, target }) => `${id}: ${target.join(' ')}: ${html.slice(0, 160)}`),
  );
}

/** Notes what a page complains of, and whatever it asks for elsewhere. */
export function watched(page: Page, address: string, wrong: string[]): Page {
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('request', (request) => {
    if (!/^(blob:|data:)/.test(request.url()) && !request.url().startsWith(address)) wrong.push(`elsewhere: ${request.url()}`);
  });
  return page;
}

/** Waits until a screen shows what it has: nothing is on its way, and a map is drawn. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1, main h2').first().waitFor();
  // on a first visit more is fetched behind it, for later
  await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => {});
  await page.locator('.map-frame[data-state=waiting]').first().waitFor({ state: 'detached' });
}
