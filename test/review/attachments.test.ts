import { describe, expect, test } from 'vitest';
import { documents, materials } from '../../src/review/attachments.ts';
import { gapsOf, hintsOf, inFour, rowsOf } from './blocks-fixture.ts';
import { contentOf, entry, wordsOf } from './content-fixture.ts';

const papers = [
  entry('documents', { title: 'Impact study', type: 'social-impact', date: '2021-06' }),
  entry('documents', { title: 'Old impact study', type: 'social-impact', date: '2009' }),
  entry('documents', { title: 'Land map', type: 'map' }),
];
const photo = { type: 'photo', author: 'A. Person', caption: 'Flamingos.', date: '2022' };
const works = [
  entry('materials', { title: 'Lake', ...photo, dpi: 300, agreement: true }),
  entry('materials', { title: 'Steppe', ...photo, dpi: 72, agreement: true }),
  entry('materials', { title: 'Fox', ...photo, agreement: false }),
  entry('materials', { title: 'Film', type: 'video', author: 'Studio' }),
  entry('materials', { title: 'Contract', type: 'rights-agreement', date: '2022' }),
];

describe('documents', () => {
  test('none known is nothing said', async () => {
    expect(await documents(contentOf())).toBeNull();
  });

  test('of the types that the section asks for, the missing types named, old ones counted', async () => {
    const only = { ids: ['social-impact', 'consent'] };
    const blocks = await documents(contentOf({ records: { entries: papers }, section: { id: 'II.7.3', only } }));
    expect(rowsOf(blocks).map(([title]) => title)).toEqual(['Impact study']);
    expect(gapsOf(blocks)).toHaveLength(1);
    expect(hintsOf(blocks).join()).toContain('left out here: 1');
  });

  test('all of them where nothing else is asked; one without a date is shown', async () => {
    const blocks = await documents(contentOf({ records: { entries: papers }, section: { id: 'II.9.7' } }));
    expect(rowsOf(blocks).map(([title]) => title)).toEqual(['Impact study', 'Land map']);
    expect(gapsOf(blocks)).toEqual([]);
  });

  test('that are confidential are left out and counted', async () => {
    const entries = papers.map((one) => ({ ...one, confidential: true }));
    const blocks = await documents(contentOf({ records: { entries } }));
    expect(wordsOf(blocks)).not.toContain('study');
    expect(hintsOf(blocks).join()).toContain('confidential');
  });

  test('are written in four languages', async () => {
    expect(new Set(await inFour(documents, (lang) => contentOf({ lang, records: { entries: papers } }))).size).toBe(4);
  });
});

describe('materials', () => {
  test('none known is nothing said', async () => {
    expect(await materials(contentOf())).toBeNull();
  });

  test('photographs below 300 dpi, of unknown resolution or without rights are named', async () => {
    const section = { id: 'III.annex-2.photographs' };
    const blocks = await materials(contentOf({ records: { entries: works }, section }));
    expect(rowsOf(blocks).map(([title]) => title)).toEqual(['Lake', 'Steppe', 'Fox']);
    const gaps = gapsOf(blocks);
    expect(gaps).toHaveLength(3);
    expect(gaps[0]).toContain('Steppe: 72 dpi');
    expect(gaps[1]).toMatch(/: Fox\.$/);
    expect(gaps[2]).toMatch(/: Fox\.$/);
  });

  test('film needs rights too, an agreement needs none', async () => {
    const film = await materials(contentOf({ records: { entries: works }, section: { id: 'III.annex-2.video' } }));
    expect(gapsOf(film).join()).toContain('Film');
    const rights = await materials(contentOf({ records: { entries: works }, section: { id: 'III.annex-2.rights' } }));
    expect(rowsOf(rights).map(([title]) => title)).toEqual(['Contract']);
    expect(gapsOf(rights)).toEqual([]);
  });

  test('are written in four languages', async () => {
    expect(new Set(await inFour(materials, (lang) => contentOf({ lang, records: { entries: works } }))).size).toBe(4);
  });
});
