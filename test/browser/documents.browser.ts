/**
 * A document analysis from its beginning: a codebook, a document, passages coded by two people in three ways, the comparison, the
 * tables, and a passage as evidence of a claim; axe finds nothing on the way.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { putClaim } from '../../src/store/claims.ts';
import { listCodings, listPassages } from '../../src/store/coding.ts';
import type { Db } from '../../src/store/db.ts';
import { getSourceText } from '../../src/store/source-texts.ts';
import { smallDossier } from '../store/facts-fixture.ts';
import { axeFaults, hasBrowser, openBrowser, type Served, served, settled, watched } from './visit.ts';

const TEXT = [
  'Kazakhstan has ten national biosphere reserves.',
  'Women are 53% of researchers. 🌾 Girls in science get awards.',
  'The water of the northern Aral rises again.',
].join('\n\n');

describe.skipIf(!hasBrowser)('documents are read, coded, compared and counted', () => {
  const wrong: string[] = [];
  let db: Db;
  let server: Served;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    db = smallDossier();
    putClaim(db, 'test', {
      id: 'women-awards',
      in: { site: 'almaty', form: 'periodic-review-2013', section: 'II.2.4.9' },
      sentence: { en: 'Women scientists get awards.' },
      kind: 'checkable',
      check: null,
      note: null,
      verdict: null,
    });
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

  const code = async (name: string, coder: string): Promise<void> => {
    const form = page.getByRole('form', { name: 'Code a passage' });
    await form.getByLabel('Part of the code’s name').fill(name);
    await form.getByRole('checkbox', { name, exact: true }).check();
    await form.getByLabel('Who codes').fill(coder);
    await form.getByRole('button', { name: 'Code the passage' }).click();
    await form.getByText(/^Coded:/).waitFor();
  };

  test('the ready codebook comes by one button, a code is added and changed', async () => {
    await page.goto(`${server.address}/codes?lang=en`);
    await page.getByRole('button', { name: 'Bring in the ready codebook of the field' }).click();
    await page.getByText('Codes added: 62').waitFor();
    await page.getByText('Water and the Aral Sea', { exact: true }).first().click();
    await page.locator('details[open] dt', { hasText: 'Definition' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add a code', exact: true }).click();
    await page.getByLabel('Name (English)').fill('Nomad schools');
    await page.getByLabel('Name (Қазақша)').fill('Көшпелі мектептер');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByLabel('Words in a code').fill('көшпелі');
    await page.getByText('Codes: 1', { exact: true }).waitFor();
  });

  test('a document comes in with what was recognised; the same one is told', async () => {
    await page.goto(`${server.address}/documents?lang=en`);
    const file = { name: 'report.txt', mimeType: 'text/plain', buffer: Buffer.from(TEXT) };
    await page.getByLabel('Published').fill('2019');
    await page.getByLabel('Files').setInputFiles(file);
    const length = Array.from(TEXT).length;
    await page.getByText(`Recognised: text, ${length} characters, pages: –, language: English, date: 2019`).waitFor();
    await page.getByLabel('Files').setInputFiles({ ...file, name: 'again.txt' });
    await page.getByText('is there already: the same file').waitFor();
    await page
      .getByLabel('Files')
      .setInputFiles({ ...file, name: 'old.doc', buffer: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]) });
    await page.getByRole('alert').getByText('is no document that can be read').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(getSourceText(db, 'report')?.text).toBe(TEXT);
  });

  test('words are selected with the mouse, with the keyboard and by a quote, and overlap readably', async () => {
    await page
      .getByRole('row', { name: /report/ })
      .getByRole('link')
      .click();
    await page.locator('section.document-text').waitFor();
    // as a hand selects: the first paragraph by three clicks
    await page.locator('section.document-text').click({ clickCount: 3, position: { x: 60, y: 30 } });
    await page.getByText(/^Selected in the text: \d+ characters/).waitFor();
    await code('Zones', 'Aigerim');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByLabel('Select with the keyboard').check();
    const field = page.locator('textarea.document-text');
    await field.focus();
    await page.keyboard.press('Control+Home');
    for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+End');
    await page.keyboard.press('x');
    expect(await field.inputValue()).toBe(TEXT);
    await code('Women in science', 'Aigerim');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByLabel('Select with the keyboard').uncheck();
    await page.getByLabel('Words of the passage').fill('Girls in science get awards');
    await code('Women in science', 'Daniyar');
    await page.getByLabel('Words of the passage').fill('ten national biosphere reserves');
    await code('Functions of a biosphere reserve', 'Daniyar');
    await page.locator('mark.several').first().waitFor();
    expect(await page.locator('section.document-text').textContent()).toBe(TEXT);
    expect(await axeFaults(page)).toEqual([]);
    expect(listPassages(db, 'report').map(({ quote, start }) => [start, quote])).toEqual([
      [0, 'Kazakhstan has ten national biosphere reserves.'],
      [15, 'ten national biosphere reserves'],
      [49, 'Women are 53% of researchers. 🌾 Girls in science get awards.'],
      [81, 'Girls in science get awards'],
    ]);
    await page.getByLabel('Words of the passage').fill('words that stand nowhere in it');
    await page.getByLabel('Part of the code’s name').fill('');
    await page.getByRole('checkbox', { name: 'Zones', exact: true }).check();
    await page.getByRole('button', { name: 'Code the passage' }).click();
    await page.getByRole('alert').getByText('does not stand in the text').waitFor();
  });

  test('two coders are compared, a difference is decided, and the tables count what stands', async () => {
    await page.getByRole('link', { name: 'Comparison', exact: true }).click();
    await page.getByRole('row', { name: /Women in science.*1.*1.*1/ }).waitFor();
    expect(await page.getByRole('columnheader', { name: 'Krippendorff’s α', exact: true }).count()).toBe(1);
    await page.getByText('Differences: 2, not decided: 2').waitFor();
    await page.getByRole('button', { name: 'Mark 2 codings that all agree on' }).click();
    await page.getByText('Marked as agreed: 2').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: 'Zones' }) })
      .getByRole('button', { name: 'Drop' })
      .click();
    await page.getByText('Differences: 2, not decided: 1').waitFor();
    expect(listCodings(db, 'report').map(({ code: of, status }) => [of, status])).toEqual([
      ['zones', 'dropped'],
      ['women-science', 'agreed'],
      ['women-science', 'agreed'],
      ['functions', 'draft'],
    ]);
    await page.getByRole('link', { name: 'Tables', exact: true }).click();
    await page.getByText('Passages: 3, codings: 3, documents: 1 · Codings that a decision dropped, not counted: 1').waitFor();
    const byYear = page.getByRole('region', { name: 'year', exact: true });
    expect(await byYear.getByRole('row', { name: /Women in science/ }).textContent()).toBe('Women in science2');
    expect(await byYear.getByRole('columnheader', { name: '2019' }).count()).toBe(1);
    expect(await axeFaults(page)).toEqual([]);
  });

  test('a passage becomes evidence of a claim that no figure decides, and is quoted beside it', async () => {
    await page.getByRole('link', { name: 'Claims', exact: true }).click();
    await page.getByText('a final report cannot bear it').waitFor();
    await page.getByText('Add a passage', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Document' }).selectOption({ label: 'report' });
    await page.getByRole('combobox', { name: 'Passage' }).selectOption({ index: 4 });
    await page.getByRole('button', { name: 'Add a passage' }).click();
    await page.locator('figure blockquote', { hasText: 'Girls in science get awards' }).waitFor();
    await page.getByText('not verifiable').first().waitFor();
    expect(await page.getByText('a final report cannot bear it').count()).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
  });

  test('what is said of a document is changed in a dialog', async () => {
    await page.goto(`${server.address}/documents/report?at=60&lang=en`);
    await page.locator('mark:focus').waitFor();
    await page.getByRole('button', { name: 'Change what is said of it' }).click();
    await page.getByLabel('Title').fill('Science in figures');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Science in figures', level: 1 }).waitFor();
  });

  test.each(['documents', 'documents/report', 'codes', 'coding/compare', 'coding/tables', 'claims', 'claims/contradictions'])(
    'on a phone %s is not wider than the screen, and axe finds nothing',
    async (path) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto(`${server.address}/${path}?lang=kk`);
      await settled(page);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      expect(await axeFaults(page)).toEqual([]);
    },
  );

  test('without a connection a document that was opened can be read, with its passages', async () => {
    await page.goto(`${server.address}/documents/report?lang=kk`);
    await page.locator('mark').first().waitFor();
    await page.waitForFunction('navigator.serviceWorker.controller !== null');
    await page.reload();
    await page.locator('mark').first().waitFor();
    await server.stop();
    await page.reload();
    await page.locator('mark').first().waitFor();
    expect(await page.locator('section.document-text').textContent()).toBe(TEXT);
    await page.getByRole('heading', { name: 'Science in figures' }).waitFor();
  });
});
