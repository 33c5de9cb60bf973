import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PackedPiece, unpacked } from '../../src/server/packed-review.ts';
import { reviewDesk } from '../../src/server/review-desk.ts';
import type { Db } from '../../src/store/db.ts';
import { closeDossier } from '../../src/store/dossier.ts';
import { putObservation } from '../../src/store/observations.ts';
import { putAnswer } from '../../src/store/records.ts';
import { smallDossier, total } from '../store/facts-fixture.ts';

const options = { lang: 'en', date: '2026-11-23', confidential: 'mark' } as const;

function htmlOf(pieces: readonly PackedPiece[], section: string): string {
  const html = pieces.find((one) => one.section === section)?.html;
  return html === undefined ? '' : unpacked(html);
}

let folder: string;
let db: Db;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-desk-'));
  db = smallDossier(join(folder, 'almaty.gpkg'));
  putObservation(db, 'test', total);
});

afterAll(() => {
  closeDossier(db);
  rmSync(folder, { recursive: true, force: true });
});

test('the server goes on answering while another thread makes a review', async () => {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 5);
  const { pieces } = await reviewDesk(db).pieces('almaty', '2026-11-23', options);
  clearInterval(timer);
  expect(htmlOf(pieces, 'I.i')).toContain('176,960');
  expect(turns).toBeGreaterThan(5);
});

test('what fills a review is made once, whatever people write meanwhile, and again when a record changes', async () => {
  const ask = () => reviewDesk(db).pieces('almaty', '2026-11-23', options);
  const first = await ask();
  putAnswer(db, 'test', {
    id: 'almaty/answers/II.1.4+en',
    site: 'almaty',
    form: 'periodic-review-2013',
    section: 'II.1.4',
    lang: 'en',
    text: 'Text.',
    author: 'A',
    written: '2026-11-23',
    confidential: false,
  });
  expect(await ask()).toBe(first);
  putObservation(db, 'test', { ...total, value: 200_001 });
  const next = await ask();
  expect(htmlOf(next.pieces, 'I.i')).toContain('200,001');
});

test('however often records change, one version of a review is kept', async () => {
  const desk = reviewDesk(db);
  const sizes: number[] = [];
  for (const value of [210_001, 210_002, 210_003, 210_004]) {
    putObservation(db, 'test', { ...total, value });
    await desk.pieces('almaty', '2026-11-23', options);
    sizes.push(desk.size());
  }
  expect(sizes[0]).toBeGreaterThan(10_000);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(1000);
});

test('those who ask for the same document at the same time get the same one; too many different ones are asked to come back', async () => {
  const desk = reviewDesk(db);
  const ask = (lang: 'en' | 'ru' | 'kk' | 'tr', what: 'draft' | 'questions') =>
    desk.file('almaty', { what, format: 'html' }, { ...options, lang });
  const same = [ask('en', 'draft'), ask('en', 'draft')];
  expect(same[0]).toBe(same[1]);
  const others = (['ru', 'kk', 'tr'] as const).map((lang) => ask(lang, 'draft'));
  const more = (['en', 'ru'] as const).map((lang) => ask(lang, 'questions'));
  expect(() => ask('kk', 'questions')).toThrow(expect.objectContaining({ code: 'too-many-requests' }));
  for (const bytes of await Promise.all([...same, ...others, ...more]))
    expect(new TextDecoder().decode(bytes)).toMatch(/^<!doctype html>/);
  expect((await ask('kk', 'questions')).length).toBeGreaterThan(1000);
});

test('a site that does not exist is told as such, from the other thread, too', async () => {
  await expect(reviewDesk(db).pieces('atlantis', '2026-11-23', options)).rejects.toMatchObject({ code: 'site-unknown' });
});

test('no thread leaves the dossier open', async () => {
  await reviewDesk(db).file('almaty', { what: 'draft', format: 'html' }, options);
  const { readdirSync } = await import('node:fs');
  closeDossier(db);
  expect(readdirSync(folder)).toEqual(['almaty.gpkg']);
});
