/**
 * Makes docs/tour.md with its pictures: the way of a newcomer through the observatory, with the tutorial's invented reserve. The same
 * steps as in the tests of the journeys, so that it stays true. Needs Chromium and the built pages: node scripts/tour.ts
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { closeDossier, openDossier } from '../src/store/dossier.ts';
import { makeData, newcomer } from '../test/browser/journey.ts';
import { makeQiyal } from '../test/browser/qiyal.ts';
import { openBrowser, served, settled } from '../test/browser/visit.ts';

const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'docs', 'tour');

/** All pictures together may take so much [bytes]. */
const MOST = 1_500_000;

const PARAGRAPH =
  'С 2001 года озеро Киял обмелело: его площадь в ядре сократилась, вдоль восточного берега выросли поля. Причину выясняют: уровень воды измеряют с 2018 года.';

interface Picture {
  name: string;
  title: string;
  text: string;
}

const pictures: Picture[] = [];

const work = mkdtempSync(join(tmpdir(), 'saryarka-tour-'));
try {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  await makeQiyal(join(work, 'qiyal.gpkg'), { zones: false });
  makeData(join(work, 'data'));
  await tour();
  writeFileSync(join(ROOT, 'docs', 'tour.md'), page());
  const size = readdirSync(FOLDER).reduce((sum, name) => sum + statSync(join(FOLDER, name)).size, 0);
  console.log(`${pictures.length} pictures, ${(size / 1e6).toFixed(2)} MB`);
  if (size > MOST) throw new Error(`the pictures take ${size} bytes; at most ${MOST} are wanted`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function tour(): Promise<void> {
  const db = openDossier(join(work, 'qiyal.gpkg'));
  const server = await served(db, { data: join(work, 'data') });
  const browser = await openBrowser({ maps: true });
  try {
    const context = await browser.newContext({
      viewport: { width: 1366, height: 820 },
      reducedMotion: 'reduce',
      timezoneId: 'Asia/Almaty',
    });
    const screen = await context.newPage();
    const steps = newcomer(screen, { address: server.address, lang: 'ru' });
    const at = (path: string) => open(screen, `${server.address}${path}`);

    await at('/?lang=ru');
    await take(
      screen,
      'country',
      'All reserves',
      'What is declared, what the map says, when the review is due, how complete it is. Works without any zone map.',
    );
    await steps.open();
    await steps.dropZones();
    await screen.getByRole('heading', { level: 3 }).first().scrollIntoViewIfNeeded();
    await take(
      screen,
      'repairs',
      'A zone map is dropped on the page',
      'A Kazakh word that is no zone was asked about; fourteen faults are mended, each with what changed and by how much. Nothing is stored yet.',
    );
    await steps.acceptRepairs();
    await at('/sites/qiyal');
    await take(
      screen,
      'site',
      'The reserve on its map',
      'Three zones, and what a reviewer would ask: the declared areas do not add up to the total.',
    );
    await screen.locator('.finding').first().scrollIntoViewIfNeeded();
    await take(
      screen,
      'findings',
      'Findings',
      'Declared and computed stand side by side, each finding with its rule; one click shows where it is.',
    );
    await steps.compute();
    await take(
      screen,
      'indicator',
      'An indicator per zone',
      'Land cover computed from two rasters, by zone, each figure with its run.',
    );
    for (let again = 0; again < 2; again += 1) {
      await screen.evaluate("document.querySelector('.indicator figure').scrollIntoView({ block: 'center' })");
      await screen.waitForTimeout(500); // the drawing is fetched when it comes into view, and takes its room then
    }
    await take(
      screen,
      'series',
      'The same as a drawing, with its origin',
      'Charts and maps are those of the review; the run names method, software and digests of what went in.',
    );
    await at('/sites/qiyal/records/staff');
    await take(
      screen,
      'records',
      'Ten years of records',
      'From the reserve’s own Excel sheets, or typed one by one; "unknown" is a column of its own.',
    );
    await steps.write(PARAGRAPH);
    await take(
      screen,
      'writing',
      'The review is written',
      'Records and figures fill the form; people write the prose, saved as they type, with its history.',
    );
    await at('/sites/qiyal/review?in=ru');
    await take(
      screen,
      'review',
      'How far it has come',
      'Sections that are there and those that are not, the days to the deadline, and Word, PDF or HTML out.',
    );
    await at('/sites/qiyal/data');
    await take(
      screen,
      'data',
      'The data',
      'Each data set with digest, licence and where it is used; what is missing for which indicator.',
    );
    await server.stop();
    await at('/sites/qiyal/records/staff');
    await screen.locator('p.offline').waitFor();
    await take(
      screen,
      'offline',
      'Without a connection',
      'What was seen is there; what is written waits on this machine, is sent later, and is never lost.',
    );
    await server.start();
    await screen.setViewportSize({ width: 360, height: 740 });
    await at('/sites/qiyal?lang=kk');
    await take(
      screen,
      'phone',
      'On a phone, in Kazakh',
      'Every screen works at 360 pixels, by keyboard alone and with a screen reader, in four languages.',
    );
  } finally {
    await browser.close();
    await server.stop();
    closeDossier(db);
  }
}

async function open(screen: Page, address: string): Promise<void> {
  await screen.goto(address);
  await settled(screen);
}

/** A picture of what is seen without scrolling. */
async function take(screen: Page, name: string, title: string, text: string): Promise<void> {
  pictures.push({ name, title, text });
  await settled(screen);
  const shown =
    '[...document.images].filter((one) => one.getBoundingClientRect().top < innerHeight).map((one) => one.decode().catch(() => {}))';
  await screen.evaluate(`Promise.all(${shown}).then(() => new Promise(requestAnimationFrame)).then(() => {})`);
  const image = await screen.screenshot({ type: 'jpeg', quality: 62, animations: 'disabled', caret: 'hide' });
  writeFileSync(join(FOLDER, `${name}.jpg`), image);
}

function page(): string {
  const parts = pictures.map(({ name, title, text }, i) => `## ${i + 1}. ${title}\n\n${text}\n\n![${title}](tour/${name}.jpg)\n`);
  return `# A tour of the observatory

The way of a newcomer, in Russian, with the reserve of the [tutorial](tutorial.md): Qiyal is invented, and so are all of its figures. \`node scripts/tour.ts\` walks this way and takes the pictures; the tests walk it, too.

${parts.join('\n')}`;
}
