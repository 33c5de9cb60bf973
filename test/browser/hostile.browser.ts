/**
 * Markup in every name and text, looked at in Chromium: the screens show it as letters, and so do the papers that leave the house
 * and are opened as files, where no policy of a server stands guard: the review as HTML, the list of questions, and the
 * certificate of a zone map. Needs the built pages: node scripts/pages.ts
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordKinds } from '../../src/records/catalogue.ts';
import { certificatePage } from '../../src/review/certificate.ts';
import { sectionsOf } from '../../src/review/sections.ts';
import { shippedForm } from '../../src/review/shipped-form.ts';
import { saveAnswer } from '../../src/store/answers.ts';
import { putIndicator, putSource } from '../../src/store/catalogue.ts';
import type { Db } from '../../src/store/db.ts';
import { closeDossier } from '../../src/store/dossier.ts';
import { putObservation } from '../../src/store/observations.ts';
import { putEntry } from '../../src/store/records.ts';
import { loadSiteFacts } from '../../src/store/site-facts.ts';
import { putSite } from '../../src/store/sites.ts';
import { putZone } from '../../src/store/zones.ts';
import type { Finding, Repair } from '../../src/types.ts';
import { nestedZones } from '../drawing/map-shapes.ts';
import { almaty, area, smallDossier, total, unesco } from '../store/facts-fixture.ts';
import { hasBrowser, openBrowser, type Served, served, settled } from './visit.ts';

/** Whatever of it a browser takes for more than letters says so. */
const MARKUP = `"'><script>window.ran=1</script><img src=x onerror="window.ran=1"><svg/onload="window.ran=1">`;
const local = { en: MARKUP, ru: MARKUP, kk: MARKUP, tr: MARKUP };
const SECTION = sectionsOf(shippedForm()).find(({ section }) => section.kinds.includes('written'))?.section.id ?? '';
const PLACES = [
  '/',
  '/sites/almaty',
  '/sites/almaty/indicators/area',
  '/sites/almaty/records/monitoring',
  '/sites/almaty/review',
  `/sites/almaty/review/${SECTION.replaceAll('.', '_')}`,
  '/sites/almaty/data',
  '/admin/audit',
];

describe.skipIf(!hasBrowser)('markup that people wrote', () => {
  const folder = mkdtempSync(join(tmpdir(), 'saryarka-hostile-'));
  let db: Db;
  let server: Served;
  let browser: Browser;
  let page: Page;
  const spoken: string[] = [];

  beforeAll(async () => {
    db = dossierOfMarkup();
    server = await served(db);
    browser = await openBrowser({ maps: true });
    page = await browser.newPage();
    page.on('dialog', (dialog) => {
      spoken.push(dialog.message());
      void dialog.dismiss();
    });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    closeDossier(db);
    rmSync(folder, { recursive: true, force: true });
  });

  /** What of the markup became more than letters. */
  const taken = (): Promise<unknown> =>
    page.evaluate(
      `[...document.querySelectorAll('img[src="x"], [onerror], [onload]')].map((one) => one.outerHTML).concat(window.ran ?? [])`,
    );

  test('this test knows what would run', async () => {
    await page.goto('about:blank');
    await page.setContent(`<p>${MARKUP}</p>`);
    expect(await taken()).not.toEqual([]);
  });

  test.each(PLACES)('%s shows it as letters', async (place) => {
    await page.goto(`${server.address}${place}?lang=en`);
    await settled(page);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await taken()).toEqual([]);
    expect(spoken).toEqual([]);
  });

  test.each(['draft.html', 'questions.html'])('%s, kept and opened as a file, shows it as letters', async (file) => {
    const reply = await fetch(`${server.address}/api/sites/almaty/review/${file}?in=en`);
    await openedAsFile(await reply.text());
  });

  test.each(['en', 'kk'] as const)('so does the certificate of a zone map, in %s', async (lang) => {
    const facts = loadSiteFacts(db, 'almaty');
    const at = (lon: number, lat: number) => ({ type: 'Point' as const, coordinates: [lon, lat] as [number, number] });
    const repairs: Repair[] = [{ kind: 'spike', zone: 'almaty/core', place: at(76.9, 43.2), areaHa: 2, text: local }];
    const finding: Finding = {
      rule: MARKUP,
      severity: 'question',
      site: 'almaty',
      zones: ['almaty/core'],
      place: at(76.92, 43.21),
      numbers: {},
      sources: [MARKUP, `javascript:window.ran=1//${MARKUP}`],
      text: local,
      suggestion: null,
    };
    const file = { name: `${MARKUP}.zip`, digest: `sha256:${'ab'.repeat(32)}`, crs: MARKUP };
    const notes = [{ code: 'text-guessed', details: { file: MARKUP, encoding: MARKUP } }];
    const html = certificatePage({ facts, repairs, findings: [finding], file, notes, today: '2026-11-23', lang });
    await openedAsFile(html);
    expect(await page.evaluate('[...document.links].map(({ protocol }) => protocol)')).not.toContain('javascript:');
  });

  async function openedAsFile(html: string): Promise<void> {
    const path = join(folder, 'paper.html');
    writeFileSync(path, html);
    await page.goto(pathToFileURL(path).href);
    expect(await page.getByText('<script>window.ran=1</script>').count()).toBeGreaterThan(0);
    expect(await taken()).toEqual([]);
    expect(await page.locator('script').count()).toBe(0);
    expect(spoken).toEqual([]);
  }
});

function dossierOfMarkup(): Db {
  const db = smallDossier();
  putSource(db, 'test', { ...unesco, title: MARKUP, href: `javascript:window.ran=1//${MARKUP}`, note: MARKUP });
  putSite(db, 'test', { ...almaty, name: local, ecosystems: MARKUP, note: MARKUP });
  putIndicator(db, 'test', { ...area, title: local, definition: local, references: [MARKUP] });
  putObservation(db, 'test', { ...total, note: MARKUP, by: { class: MARKUP } });
  for (const { kind, geometry } of nestedZones([76.9, 43.2], 20, 24)) {
    const valid = { start: '2014-01-01', end: null };
    putZone(db, 'test', { id: `almaty/${kind}`, site: 'almaty', kind, name: local, valid, geometry, from: total.from });
  }
  const { fields, confidential } = recordKinds().find(({ id }) => id === 'monitoring') ?? { fields: [], confidential: false };
  const written = fields.filter(({ type }) => type === 'text' || type === 'long-text').map(({ id }) => [id, MARKUP]);
  putEntry(db, 'test', {
    id: 'almaty/monitoring/1',
    site: 'almaty',
    register: 'monitoring',
    fields: { ...Object.fromEntries(written), longitude: 76.9, latitude: 43.2 },
    confidential,
    from: total.from,
  });
  saveAnswer(
    db,
    'test',
    { site: 'almaty', form: shippedForm().id, section: SECTION, lang: 'en' },
    { text: MARKUP, author: MARKUP, written: '2026-11-23', confidential: false },
  );
  return db;
}
