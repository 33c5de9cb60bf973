/**
 * A newcomer's way through the observatory, step by step, in any language: what the journey's tests go along, and what
 * scripts/tour.ts takes pictures of.
 *
 *     const steps = newcomer(page, { address, lang: 'ru' });
 *     await steps.dropZones(); await steps.acceptRepairs();
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { t } from '../../src/i18n/index.ts';
import type { Lang } from '../../src/types.ts';
import { tiff } from '../run/tiff.ts';
import { ZONES } from './qiyal.ts';
import { settled } from './visit.ts';

export interface Newcomer {
  /** The list of reserves, and from there the reserve. */
  open(): Promise<void>;
  /** Drops the tutorial's map, and answers what is asked about it. */
  dropZones(): Promise<void>;
  acceptRepairs(): Promise<void>;
  /** Computes land cover of two years. */
  compute(): Promise<void>;
  /** Writes a paragraph; returns once the server has it. */
  write(paragraph: string): Promise<void>;
  /** Returns the text of the Word document. */
  exportWord(): Promise<string>;
}

export function newcomer(page: Page, { address, lang }: { address: string; lang: Lang }): Newcomer {
  const word = (key: string, values: Record<string, string | number> = {}): string => t(lang, key, values);
  const button = (key: string, values: Record<string, string | number> = {}) =>
    page.getByRole('button', { name: word(key, values), exact: true });
  return {
    async open() {
      await page.goto(`${address}/?lang=${lang}`);
      await page.locator('tbody a[href="/sites/qiyal"]').first().click();
      await page.getByText(word('site.import.choose')).waitFor();
      await settled(page);
    },
    async dropZones() {
      await drop(page, 'zones.geojson', readFileSync(ZONES));
      await page.getByRole('combobox', { name: 'шабындық' }).selectOption('transition');
      await button('site.question.go-on').click();
      await page.getByRole('heading', { name: word('site.import.repairs', { count: 14 }) }).waitFor();
      await settled(page);
    },
    async acceptRepairs() {
      await button('site.import.accept').click();
      await page.getByText(word('site.import.accepted')).waitFor();
      await settled(page);
    },
    async compute() {
      await page.goto(`${address}/sites/qiyal/indicators/land-cover`);
      await button('indicators-page.compute').click();
      for (const { name } of coverFiles()) await page.getByRole('checkbox', { name }).check();
      await button('indicators-page.start').click();
      await page.getByRole('heading', { name: word('indicators-page.values'), exact: true }).waitFor();
      await settled(page);
    },
    async write(paragraph) {
      await page.goto(`${address}/sites/qiyal/review/II_1_4?in=${lang}`);
      const text = page.getByLabel(word('review-page.prose-label'));
      await text.fill(paragraph);
      await text.blur();
      await page.locator('.save-state', { hasText: word('review-page.save.same') }).waitFor();
      await settled(page);
    },
    async exportWord() {
      await page.goto(`${address}/sites/qiyal/review?in=${lang}`);
      const download = page.waitForEvent('download');
      await button('review-page.files.draft-docx').click();
      const files = unzipSync(new Uint8Array(readFileSync(await (await download).path())));
      await page.getByText(word('review-page.files.made', { file: `qiyal.${lang}.docx` })).waitFor();
      const document = files['word/document.xml'];
      return document === undefined ? '' : strFromU8(document).replace(/<[^>]+>/g, '');
    },
  };
}

/** Lets a file fall on the page, as a hand would. */
async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const script = `(() => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(${JSON.stringify(Buffer.from(bytes).toString('base64'))}), (c) => c.charCodeAt(0))], ${JSON.stringify(name)}));
    document.querySelector('h1').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  })()`;
  await page.evaluate(script);
}

/** Land cover of the tutorial's reserve in the classes of UNCCD, as invented as the reserve: a lake that shrinks, fields that grow. */
function coverFiles(): { name: string; year: number }[] {
  return [2001, 2021].map((year) => ({ name: `cover_${year}.tif`, year }));
}

/** Writes the rasters of the journey into a new folder. */
export function makeData(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const { name, year } of coverFiles()) {
    const lake = year === 2001 ? 22 : 17;
    const fields = year === 2001 ? 150 : 130;
    const value = (column: number, row: number): number => {
      const distance = Math.hypot(column - 88, row - 56);
      if (distance < lake) return 7;
      if (distance < lake + 4) return 4;
      return column > fields && row % 12 < 9 ? 3 : 2;
    };
    const grid = { width: 200, height: 120, transform: [67.9, 0.0025, 50.75, -0.0025] } as const;
    writeFileSync(join(folder, name), tiff({ ...grid, transform: [...grid.transform], tile: 64, type: 'uint8', value }));
  }
}
