/** Zones edited on the map in Debian's Chromium, by keyboard and by pointer. Run with `npm run test:browser`. */
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
import { listZones, putZone } from '../../src/store/zones.ts';
import type { DrawnZone, PolygonRings, ZoneKind } from '../../src/types.ts';
import { smallDossier } from '../store/facts-fixture.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

const square = (west: number, east: number): PolygonRings => [
  [[west, 43], [east, 43], [east, 43.05], [east, 43.1], [west, 43.1], [west, 43.05], [west, 43]], // biome-ignore format: a ring
];
const zone = (kind: ZoneKind, rings: PolygonRings): DrawnZone => ({
  id: `almaty/${kind}`,
  site: 'almaty',
  kind,
  name: {},
  valid: { start: '2020-01-01', end: null },
  geometry: { type: 'MultiPolygon', coordinates: [rings] },
  from: { source: 'unesco-almaty' },
});

describe.skipIf(!existsSync(CHROMIUM))('editing zones', () => {
  let folder: string;
  let db: Db;
  let server: ServerType;
  let browser: Browser;
  let address: string;
  const wrong: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'saryarka-edit-'));
    db = smallDossier(join(folder, 'almaty.gpkg'));
    for (const own of [zone('core', square(77, 77.1)), zone('buffer', square(77.1, 77.2))]) putZone(db, 'test', own);
    const app = createApp({ db, file: 'almaty.gpkg', lang: 'en', today: () => '2026-11-23', pages: builtPages() });
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sites/almaty?lang=`;
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--use-gl=angle',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
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

  async function somebody(lang = 'en', width = 1280): Promise<{ context: BrowserContext; page: Page }> {
    const context = await browser.newContext({ viewport: { width, height: 720 } });
    const page = await context.newPage();
    page.setDefaultTimeout(12_000);
    page.on('pageerror', (error) => wrong.push(error.message));
    await open(page, lang);
    return { context, page };
  }

  async function open(page: Page, lang = 'en'): Promise<void> {
    await page.goto(`${address}${lang}`);
    await page.locator('.map-frame[data-state=shown]').waitFor({ timeout: 25_000 });
    await page.locator('.tools button').focus();
    await page.keyboard.press('Enter');
    await page.locator('.edit').waitFor();
  }

  const geometries = () => listZones(db, 'almaty').map(({ geometry }) => JSON.stringify(geometry));
  /** What the table says of a zone: area now, against the stored. */
  const areas = async (page: Page, kind: string): Promise<(string | null)[]> => {
    const cells = page.locator('.edit tbody').first().locator('tr', { hasText: kind }).locator('td');
    return (await cells.allTextContents()).slice(0, 2);
  };
  const vertexAt = (page: Page, place: string) => page.getByRole('button', { name: new RegExp(`^Vertex \\d+: ${place}$`) });

  test('a vertex of two zones is moved by keyboard, both areas change, it is saved and taken back', async () => {
    const { context, page } = await somebody();
    const before = geometries();
    await vertexAt(page, '77.1, 43.05').focus();
    const [core, buffer] = [await areas(page, 'core area'), await areas(page, 'buffer zone')];
    expect([core[1], buffer[1]]).toEqual(['0', '0']);
    for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowRight');
    const [more, less] = [await areas(page, 'core area'), await areas(page, 'buffer zone')];
    expect(more[1]).toMatch(/^\+[1-9]/);
    expect(less[1]).toBe(more[1]?.replace('+', '-'));
    expect(await page.locator('.edit-told').textContent()).toContain('core area');
    await page.keyboard.press('Control+z');
    expect((await areas(page, 'core area'))[1]).not.toBe(more[1]);
    await page.keyboard.press('Control+y');
    expect((await areas(page, 'core area'))[1]).toBe(more[1]);
    await page.getByRole('button', { name: 'Save the zones' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('The zones are saved.').waitFor();
    const moved = geometries();
    const place = /\[77\.10\d+,43\.05\]/.exec(moved[0] ?? '')?.[0] ?? 'nowhere';
    expect(moved.every((text) => text.includes(place))).toBe(true);
    await page.getByRole('button', { name: 'Undo the last import' }).click();
    await expect.poll(geometries).toEqual(before);
    await context.close();
  });

  test('a vertex is dragged with the pointer, and what is not saved is offered again', async () => {
    const { context, page } = await somebody();
    await page.locator('.vertices li').first().waitFor();
    const canvas = page.locator('.map-frame canvas');
    await canvas.scrollIntoViewIfNeeded();
    const box = await canvas.boundingBox();
    if (box === null) throw new Error('no map');
    // the border of both zones runs down the middle of the map, the vertex in the middle of it
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 20, y, { steps: 4 });
    await page.mouse.move(x - 40, y, { steps: 4 });
    await page.mouse.up();
    expect((await areas(page, 'core area'))[1]).toMatch(/^-[1-9]/);
    const drawn = await areas(page, 'buffer zone');
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('button', { name: 'Edit zones' }).click();
    await page.getByRole('button', { name: 'Go on with it' }).click();
    expect(await areas(page, 'buffer zone')).toEqual(drawn);
    await page.getByRole('button', { name: 'Throw the drawing away' }).click();
    await expect.poll(() => areas(page, 'buffer zone')).toEqual([expect.any(String), '0']);
    await context.close();
  });

  test('a zone is drawn by numbers; a border that crosses itself cannot be saved', async () => {
    const { context, page } = await somebody();
    await page.getByRole('button', { name: 'Draw a zone' }).click();
    await page.getByLabel('Kind of zone').first().selectOption('transition');
    const path = page.getByRole('region', { name: 'Draw a zone' });
    for (const [lon, lat] of [
      ['77.15', '43.02'],
      ['77.3', '43.02'],
      ['77.3', '43.08'],
      ['77.15', '43.08'],
    ] as const) {
      // biome-ignore format: a ring
      await path.getByLabel('Longitude').fill(lon);
      await path.getByLabel('Latitude').fill(lat);
      await path.getByRole('button', { name: 'Add this point' }).click();
    }
    await path.getByRole('button', { name: 'Finish' }).click();
    expect((await areas(page, 'buffer zone'))[1]).toMatch(/^(0|[+-]0\.\d+)$/);
    expect((await areas(page, 'transition area'))[1]).toMatch(/^\+5,\d{3}/);
    const corner = page.locator('.vertices li', { has: vertexAt(page, '77.3, 43.02') });
    await corner.getByLabel('Latitude').fill('43.2');
    await page.keyboard.press('Enter');
    await page.getByText('This cannot be saved').waitFor();
    expect(await page.getByRole('button', { name: 'Save the zones' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByText('This cannot be saved').waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: 'Save the zones' }).isDisabled()).toBe(false);
    await context.close();
  });

  test('what somebody else saved meanwhile is not overwritten unseen', async () => {
    const [one, two] = [await somebody(), await somebody()];
    for (const [i, { page }] of [one, two].entries()) {
      await vertexAt(page, '77.1, 43.05').focus();
      await page.keyboard.press(i === 0 ? 'ArrowRight' : 'ArrowLeft');
      await page.getByRole('button', { name: 'Save the zones' }).click();
      if (i === 0) await page.getByText('The zones are saved.').waitFor();
    }
    await two.page.getByText('Somebody else changed the zones while you were drawing').waitFor();
    const download = two.page.waitForEvent('download');
    await two.page.getByRole('button', { name: 'Download the drawing' }).first().click();
    expect((await download).suggestedFilename()).toBe('almaty-zones.geojson');
    await two.page.getByRole('button', { name: 'Look at what mine would change' }).click();
    await two.page.getByRole('button', { name: 'Write it' }).click();
    await two.page.getByText('The zones are saved.').waitFor();
    expect(geometries()[0]).toMatch(/\[77\.098\d*,43\.05\]/);
    for (const { context } of [one, two]) await context.close();
  });

  test.each(['ru', 'kk'])('in %s it fits a phone, and axe finds nothing', async (lang) => {
    const { context, page } = await somebody(lang, 360);
    await page.locator('.vertices li').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.evaluate(AXE);
    const { violations } = (await page.evaluate("axe.run('.edit')")) as {
      violations: { id: string; nodes: { html: string }[] }[];
    };
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    await context.close();
  });

  test('no script of the pages failed on the way', () => {
    expect(wrong).toEqual([]);
  });
});
