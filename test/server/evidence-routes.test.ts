/** Documents and coding over HTTP: who codes is who calls, and what may not be quoted is not. */
import { expect, test } from 'vitest';
import type { CodeShown, DocumentLine, DocumentShown } from '../../src/api/evidence.ts';
import { shippedCodebook } from '../../src/evidence/codebook.ts';
import { readDocument } from '../../src/formats/document.ts';
import { digestOf } from '../../src/formats/source-node.ts';
import { putCode } from '../../src/store/coding.ts';
import { keepDocument } from '../../src/store/keep-document.ts';
import { browserOf, person, served, sharedDossier } from './people.ts';

const TEXT = 'Kazakhstan has ten national biosphere reserves.\n\nWomen are 53% of researchers.';

async function desk({ mayQuote = true } = {}) {
  const db = sharedDossier();
  person(db, 'reads', { '*': 'reader' });
  person(db, 'aigerim', { '*': 'contributor' });
  person(db, 'daniyar', { '*': 'contributor' });
  for (const code of shippedCodebook()) putCode(db, 'test', code);
  const bytes = new TextEncoder().encode(TEXT);
  const file = { name: 'report.txt', bytes, digest: digestOf(bytes) };
  keepDocument(db, 'test', { file, read: await readDocument(file) }, { date: '2019', mayQuote });
  const app = served(db);
  const as = (who: string) => browserOf(app, db, who);
  const shown = async (who: string): Promise<DocumentShown> =>
    (await (await as(who)('GET', '/api/documents/report')).json()) as DocumentShown;
  return { as, shown };
}

test('a passage is coded by whoever calls, at a place or by its quote, and shown with its codes', async () => {
  const { as, shown } = await desk();
  expect(
    (await as('aigerim')('POST', '/api/documents/report/codings', { at: { start: 15, end: 46 }, codes: ['zones'], memo: 'ten?' }))
      .status,
  ).toBe(200);
  expect(
    (
      await as('daniyar')('POST', '/api/documents/report/codings', {
        at: { quote: 'ten national biosphere reserves' },
        codes: ['functions'],
      })
    ).status,
  ).toBe(200);
  const document = await shown('reads');
  expect(document.marked).toMatchObject([
    { quote: 'ten national biosphere reserves', start: 15, end: 46, anchored: 'sure', memos: ['ten?'] },
  ]);
  expect(
    document.marked[0]?.codings.map(({ code, coder }) => [code, document.coders.find(({ id }) => id === coder)?.name]),
  ).toEqual([
    ['zones', 'aigerim of the tests'],
    ['functions', 'daniyar of the tests'],
  ]);
  const codes = (await (await as('reads')('GET', '/api/codes')).json()) as CodeShown[];
  expect(codes.find(({ id }) => id === 'zones')?.codings).toBe(1);
  const lines = (await (await as('reads')('GET', '/api/documents')).json()) as DocumentLine[];
  expect(lines).toMatchObject([{ id: 'report', passages: 1, codings: 2, date: '2019' }]);
  const compared = (await (await as('reads')('GET', '/api/coding/comparison?unit=sentence')).json()) as {
    units: number;
    differences: unknown[];
  };
  expect(compared).toMatchObject({ units: 2, differences: [{ code: 'functions' }, { code: 'zones' }] });
  const report = (await (await as('reads')('GET', '/api/coding/report')).json()) as { by: { year: { rows: unknown[] } } };
  expect(report.by.year.rows).toEqual([{ key: '2019', documents: 1, values: [1, 1] }]);
});

test('what may not be quoted is not shown to readers: no text, no quote, no memo, no heading', async () => {
  const { as, shown } = await desk({ mayQuote: false });
  const reply = await as('aigerim')('POST', '/api/documents/report/codings', {
    at: { quote: '53%' },
    codes: ['women-science'],
    memo: 'said there: 53%',
  });
  expect(reply.status).toBe(200);
  expect(JSON.stringify(await shown('reads'))).not.toMatch(/53%|Women/);
  expect((await shown('aigerim')).text).toBe(TEXT);
});

test('a coding is taken back by who gave it, decided by an editor, and refused in a sentence', async () => {
  const { as, shown } = await desk();
  await as('aigerim')('POST', '/api/documents/report/codings', { at: { quote: '53%' }, codes: ['women-science'] });
  const { marked } = await shown('reads');
  const path = `/api/codings/${marked[0]?.codings[0]?.id}`;
  expect((await as('daniyar')('DELETE', path)).status).toBe(403);
  expect((await as('root')('PATCH', path, { status: 'dropped' })).status).toBe(204);
  expect((await shown('reads')).marked[0]?.codings[0]?.status).toBe('dropped');
  expect((await as('aigerim')('DELETE', path)).status).toBe(204);
  expect((await shown('reads')).marked).toEqual([]);
  expect((await as('aigerim')('DELETE', path)).status).toBe(404);
  const wrong = await as('aigerim')('POST', '/api/documents/report/codings?lang=ru', {
    at: { quote: 'not there at all' },
    codes: ['zones'],
  });
  expect(wrong.status).toBe(400);
  expect(((await wrong.json()) as { message: string }).message).toMatch(/цитаты/);
  expect((await as('aigerim')('POST', '/api/documents/none/codings', { at: { quote: 'x' }, codes: ['zones'] })).status).toBe(404);
});
