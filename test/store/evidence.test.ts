/** Documents and coding in the dossier: kept as far as rights go, recognised, placed anew, removed. */
import { describe, expect, test } from 'vitest';
import { shippedCodebook } from '../../src/evidence/codebook.ts';
import { readDocument } from '../../src/formats/document.ts';
import { digestOf, type SourceFile } from '../../src/formats/source-node.ts';
import { Problem } from '../../src/problems.ts';
import { loadAnalysis, saveAnalysis } from '../../src/store/analysis.ts';
import { addCodings, decideCodings, removeDocument } from '../../src/store/code-passages.ts';
import { listCodings, listMemos, listPassages, putCode, removeCoding } from '../../src/store/coding.ts';
import type { Db } from '../../src/store/db.ts';
import { createDossier } from '../../src/store/dossier.ts';
import {
  changeDocument,
  type DocumentFacts,
  type KeptDocument,
  keepDocument,
  keepReference,
} from '../../src/store/keep-document.ts';
import { putObservation } from '../../src/store/observations.ts';
import { yearlySeries } from '../../src/store/series.ts';
import { getSource, getSourceText, listDocumentLines, sourceFile } from '../../src/store/source-texts.ts';
import { listAudit } from '../../src/store/write.ts';
import { smallDossier, total } from './facts-fixture.ts';

const TEXT = 'First.\n\nKazakhstan has ten national biosphere reserves.\n\nWomen are 53% of researchers.';

const fileOf = (name: string, text: string): SourceFile => {
  const bytes = new TextEncoder().encode(text);
  return { name, bytes, digest: digestOf(bytes) };
};

async function keep(db: Db, name: string, text: string, facts: DocumentFacts = {}): Promise<KeptDocument> {
  const file = fileOf(name, text);
  return keepDocument(db, 'test', { file, read: await readDocument(file) }, facts);
}

function dossier(): Db {
  const db = createDossier(':memory:');
  for (const code of shippedCodebook()) putCode(db, 'test', code);
  return db;
}

const coded = (db: Db, quote: string, codes: string[], coder = 'Aigerim', memo?: string) =>
  addCodings(db, 'test', { source: 'report', at: { quote }, codes, coder, ...(memo !== undefined && { memo }) });

describe('documents', () => {
  test('a document is known again by its bytes and by its words, and named once', async () => {
    const db = dossier();
    expect(await keep(db, 'Report.txt', TEXT)).toMatchObject({ id: 'report', outcome: 'added', text: { lang: 'en' } });
    expect(await keep(db, 'copy.txt', TEXT)).toMatchObject({ id: 'report', outcome: 'duplicate', by: 'digest' });
    expect(await keep(db, 'page.html', `<html><body><p>${TEXT.replaceAll('\n\n', '</p><p>')}</p></body></html>`)).toMatchObject({
      id: 'report',
      outcome: 'duplicate',
      by: 'text',
    });
    await expect(keep(db, 'report.txt', 'Quite another text.')).rejects.toThrow(Problem);
    expect(await keep(db, 'report.txt', TEXT, { id: 'report' })).toMatchObject({ outcome: 'changed' }); // another name of file
    expect(await keep(db, 'report.txt', TEXT, { id: 'report' })).toMatchObject({ outcome: 'same' });
  });

  test('what a person said of a document stays when its text is exchanged', async () => {
    const db = dossier();
    await keep(db, 'report.txt', TEXT, { kind: 'official', date: '2019', licence: 'CC BY 4.0', mayQuote: false });
    await keep(db, 'new.txt', `New. ${TEXT}`, { id: 'report' });
    expect(getSource(db, 'report')).toMatchObject({ kind: 'official', licence: 'CC BY 4.0' });
    expect(getSourceText(db, 'report')).toMatchObject({ date: '2019', mayQuote: false, file: 'new.txt' });
  });

  test('of a text that may not be stored, neither file, text nor long quotes stay, not in the audit either', async () => {
    const db = dossier();
    const long = `${'secret words '.repeat(60)}end`;
    await keep(db, 'report.txt', `${long}\n\nshort`);
    coded(db, long, ['water']);
    changeDocument(db, 'test', 'report', { mayStore: false });
    expect(sourceFile(db, 'report')).toBeNull();
    expect(getSourceText(db, 'report')).toMatchObject({ text: null, mayStore: false, hasBytes: false });
    expect(Array.from(listPassages(db)[0]?.quote ?? '')).toHaveLength(300);
    expect(
      listAudit(db, 'source_texts', 'report').some(({ before, after }) => `${before}${after}`.includes('secret words')),
    ).toBe(false);
    expect(() => coded(db, 'short', ['water'])).toThrow(Problem);
  });

  test('passages of an older text are looked for in the new one, and what is lost is found when its words come back', async () => {
    const db = dossier();
    await keep(db, 'report.txt', TEXT);
    coded(db, 'ten national biosphere reserves', ['zones']);
    coded(db, 'Women are 53% of researchers.', ['women-science']);
    const changed = await keep(db, 'second.txt', 'A preface.\n\nKazakhstan has ten national biosphere reserves.', {
      id: 'report',
    });
    expect(changed.passages.map(({ outcome, passage }) => [outcome, passage.quote])).toEqual([
      ['doubtful', 'ten national biosphere reserves'], // what stood behind it is gone
      ['lost', 'Women are 53% of researchers.'],
    ]);
    expect(listDocumentLines(db)).toMatchObject([{ id: 'report', passages: 2, lost: 1, codings: 2 }]);
    await keep(db, 'report.txt', TEXT, { id: 'report' });
    expect(listPassages(db).map(({ anchored, start }) => [anchored, start])).toEqual([
      ['sure', 23],
      ['sure', 57],
    ]);
  });

  test('a coded document goes only when that is meant, and its source stays where others rest on it', async () => {
    const db = smallDossier();
    for (const code of shippedCodebook()) putCode(db, 'test', code);
    await keep(db, 'report.txt', TEXT);
    coded(db, '53%', ['women-science'], 'A', 'check this');
    expect(() => removeDocument(db, 'test', 'report')).toThrow(/coded/);
    putObservation(db, 'test', { ...total, id: 'x', from: { source: 'report' } });
    expect(removeDocument(db, 'test', 'report', { force: true })).toEqual({ passages: 1, codings: 1, kept: true });
    expect([getSourceText(db, 'report'), listCodings(db), listMemos(db)]).toEqual([null, [], []]);
    expect(getSource(db, 'report')).not.toBeNull();
    expect(() => removeDocument(db, 'test', 'report')).toThrow(Problem);
  });
});

test('references become sources once, by DOI or by key, and a text can be put to them', async () => {
  const db = dossier();
  const item = {
    id: 'serikova2019',
    type: 'article-journal',
    title: 'Lakes',
    DOI: 'https://doi.org/10.1/x',
    issued: { 'date-parts': [[2019]] },
  };
  expect(keepReference(db, 'test', item)).toEqual({ id: 'serikova2019', outcome: 'added' });
  expect(keepReference(db, 'test', item)).toEqual({ id: 'serikova2019', outcome: 'same' });
  expect(keepReference(db, 'test', { ...item, id: 'other' }).id).toBe('serikova2019');
  expect(keepReference(db, 'test', { id: '1', type: 'book', title: 'Озёра', author: [{ family: 'Серікова' }] }).id).toBe(
    'serikova-ozera',
  );
  expect(getSource(db, 'serikova2019')).toMatchObject({ kind: 'peer-reviewed', href: 'https://doi.org/10.1/x' });
  await keep(db, 'paper.txt', TEXT, { id: 'serikova2019' });
  expect(getSourceText(db, 'serikova2019')).toMatchObject({ date: '2019', text: TEXT, csl: { type: 'article-journal' } });
});

describe('coding', () => {
  test('one place is one passage, one code by one coder is given once', async () => {
    const db = dossier();
    await keep(db, 'report.txt', TEXT);
    const first = coded(db, 'ten national biosphere reserves', ['zones', 'functions'], 'Aigerim', 'a memo');
    expect(coded(db, 'ten national biosphere reserves', ['zones'], 'aigerim').isNew).toBe(false);
    expect(coded(db, 'ten national biosphere reserves', ['zones'], 'Daniyar').passage.id).toBe(first.passage.id);
    expect([listPassages(db).length, listCodings(db).length, listMemos(db).length]).toEqual([1, 3, 1]);
    for (const { id } of listCodings(db)) removeCoding(db, 'test', id);
    expect([listPassages(db), listMemos(db)]).toEqual([[], []]);
  });

  test('what was decided stays through an exchange with the other coder', async () => {
    const db = dossier();
    await keep(db, 'report.txt', TEXT);
    const { codings } = coded(db, '53%', ['women-science']);
    expect(decideCodings(db, 'test', [codings[0]?.id ?? ''], { as: 'dropped', coder: 'Saule' })).toBe(1);
    expect(listCodings(db)[0]).toMatchObject({ status: 'dropped', decidedBy: 'saule' });
    expect(() => decideCodings(db, 'test', ['none'], { as: 'kept', coder: null })).toThrow(Problem);
    const analysis = loadAnalysis(db);
    const again = createDossier(':memory:');
    saveAnalysis(again, 'test', analysis);
    expect(loadAnalysis(again)).toEqual({ ...analysis, texts: analysis.texts.map((text) => ({ ...text, hasBytes: false })) });
    expect(Object.values(saveAnalysis(db, 'test', analysis)).every(({ added, changed }) => added + changed === 0)).toBe(true);
  });
});

test('a series takes computed before declared values, and no parts of a whole', () => {
  const db = smallDossier();
  const at = (id: string, year: number, facts: Partial<typeof total>) =>
    putObservation(db, 'test', {
      ...total,
      id,
      period: { start: `${year}-01-01`, end: `${year + 1}-01-01` },
      from: { source: 'unesco-almaty' },
      ...facts,
    });
  at('a', 2019, { value: 5, role: 'declared' });
  at('b', 2019, { value: 6, role: 'observed' });
  at('c', 2020, { value: 7, role: 'target' });
  at('d', 2020, { value: 2, role: 'declared', by: { class: 'forest' } });
  expect(yearlySeries(db, { indicator: 'area', feature: 'almaty' })).toEqual({
    unit: total.unit,
    values: [{ year: 2019, value: 6 }],
  });
  expect(() => yearlySeries(db, { indicator: 'area', feature: 'nowhere' })).toThrow(Problem);
});
