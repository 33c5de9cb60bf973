/** Documents over HTTP as they come in, change and go: what was recognised, what is there already, and who may say what. */
import { expect, test } from 'vitest';
import type { DocumentFactsBody, DocumentImportReply } from '../../src/api/documents.ts';
import type { DocumentLine, DocumentShown } from '../../src/api/evidence.ts';
import { shippedCodebook } from '../../src/evidence/codebook.ts';
import type { Code } from '../../src/evidence/coding-nouns.ts';
import { putCode } from '../../src/store/coding.ts';
import type { Db } from '../../src/store/db.ts';
import { pdfOf } from '../formats/pdf-of.ts';
import { smallDossier } from '../store/facts-fixture.ts';
import { browserOf, person, served, sharedDossier } from './people.ts';

const TEXT = 'Kazakhstan has ten national biosphere reserves.\n\nWomen are 53% of researchers.';

function desk() {
  const db = sharedDossier();
  person(db, 'reads', { '*': 'reader' });
  person(db, 'codes', { '*': 'contributor' });
  person(db, 'edits', { '*': 'editor' });
  for (const code of shippedCodebook()) putCode(db, 'test', code);
  const app = served(db);
  const as = (who: string) => browserOf(app, db, who);
  const send = async (who: string, name: string, content: string | Uint8Array, query = ''): Promise<Response> => {
    const session = browserSession(app, db, who);
    return session(`/api/documents?name=${encodeURIComponent(name)}${query}`, content);
  };
  return { db, as, send };
}

/** Sends bytes as they are, as a page does with a file. */
function browserSession(app: ReturnType<typeof served>, db: Db, who: string) {
  return (path: string, content: string | Uint8Array): Promise<Response> | Response => {
    // the same headers as any other call of the page, and a body that is no JSON
    const raw = {
      request: (to: string, init: RequestInit) => app.request(to, { ...init, body: new Uint8Array(Buffer.from(content)) }),
    };
    return browserOf(raw as unknown as typeof app, db, who)('POST', path);
  };
}

const json = async <Shape>(reply: Response | Promise<Response>): Promise<Shape> => (await (await reply).json()) as Shape;

test('a document is taken with what was recognised in it; the same bytes and the same words are told', async () => {
  const { as, send } = desk();
  const added = await json<DocumentImportReply>(send('codes', 'Report 2019.txt', TEXT, '&kind=official&date=2019-05'));
  expect(added).toMatchObject({
    what: 'document',
    id: 'report-2019',
    outcome: 'added',
    format: 'text',
    lang: 'en',
    date: '2019-05',
    length: TEXT.length,
    pages: null,
  });
  expect(await json(send('codes', 'again.txt', TEXT))).toMatchObject({ outcome: 'duplicate', by: 'digest', id: 'report-2019' });
  const page = `<!doctype html><html lang="en"><body>${TEXT.split('\n\n')
    .map((part) => `<p>${part}</p>`)
    .join('')}</body></html>`;
  expect(await json(send('codes', 'page.html', page))).toMatchObject({ outcome: 'duplicate', by: 'text', id: 'report-2019' });
  const lines = await json<DocumentLine[]>(as('reads')('GET', '/api/documents'));
  expect(lines).toMatchObject([{ id: 'report-2019', kind: 'official', format: 'text', mayQuote: true, mayStore: true }]);
});

test('a scan is said to be one, in the language of the caller; another kind of file is named', async () => {
  const { send } = desk();
  const scan = await send('codes', 'scan.pdf', pdfOf([[], []]), '&lang=ru');
  expect(scan.status).toBe(400);
  expect(await scan.json()).toMatchObject({ code: 'document-scanned', message: expect.stringMatching(/scan\.pdf.*скан/i) });
  expect(await json(send('codes', 'table.zip', 'PK\u0003\u0004broken'))).toMatchObject({
    message: expect.stringContaining('table.zip'),
  });
});

test('pages of a PDF are told, and a list of references is taken as one', async () => {
  const { send } = desk();
  const lines = [['The lake rose to 42 m', 'in the year 2019.'], ['Second part of the report.']];
  expect(await json(send('codes', 'lake.pdf', pdfOf(lines)))).toMatchObject({ format: 'pdf', pages: 2, outcome: 'added' });
  const bib =
    '@article{serikova2019, title = {Girls in science}, author = {Serikova, B.}, year = {2019}}\n@article{x, year = {2020}}';
  expect(await json(send('codes', 'library.bib', bib))).toMatchObject({
    what: 'references',
    format: 'bibtex',
    references: [{ id: 'serikova2019', title: 'Girls in science', outcome: 'added' }],
    skipped: [{ line: 2 }],
  });
});

test('a new edition takes the place of the old text, and passages are found again or said to be lost', async () => {
  const { as, send } = desk();
  await send('codes', 'report.txt', TEXT);
  for (const quote of ['ten national biosphere reserves', 'Women are 53% of researchers'])
    await as('codes')('POST', '/api/documents/report/codings', { at: { quote }, codes: ['zones'] });
  const next = await json<Extract<DocumentImportReply, { what: 'document' }>>(
    send('codes', 'report-2.txt', 'A preface. Kazakhstan has ten national biosphere reserves.', '&id=report'),
  );
  expect(next.passages.map(({ outcome }) => outcome).sort()).toEqual(['doubtful', 'lost']);
  const shown = await json<DocumentShown>(as('reads')('GET', '/api/documents/report'));
  expect(shown.marked.map(({ anchored, start }) => [anchored, start])).toEqual([
    ['check', 26],
    ['lost', null],
  ]);
});

test('facts are changed by an editor with the version that was seen; without the right to store it the text goes', async () => {
  const { as, send } = desk();
  await send('codes', 'report.txt', TEXT);
  const read = await as('reads')('GET', '/api/documents/report/facts');
  const facts = (await read.json()) as DocumentFactsBody;
  const seen = read.headers.get('etag') ?? '';
  expect((await as('codes')('PUT', '/api/documents/report/facts', facts)).status).toBe(403);
  const changed = { ...facts, title: 'A report', licence: 'CC-BY-4.0', mayStore: false };
  expect((await as('edits')('PUT', '/api/documents/report/facts', changed, { 'if-match': seen })).status).toBe(200);
  expect((await as('edits')('PUT', '/api/documents/report/facts', facts, { 'if-match': seen })).status).toBe(412);
  const shown = await json<DocumentShown>(as('reads')('GET', '/api/documents/report'));
  expect(shown).toMatchObject({ title: 'A report', licence: 'CC-BY-4.0', hasText: false, text: null });
  expect((await send('codes', 'report-2.txt', TEXT, '&id=report&mayStore=yes')).status).toBe(403);
});

test('a document goes with its passages when an editor says so twice, and nobody below may', async () => {
  const { as, send } = desk();
  await send('codes', 'report.txt', TEXT);
  await as('codes')('POST', '/api/documents/report/codings', { at: { quote: '53%' }, codes: ['women-science'] });
  expect((await as('codes')('DELETE', '/api/documents/report?force=yes')).status).toBe(403);
  expect((await as('edits')('DELETE', '/api/documents/report')).status).toBe(400);
  expect(await json(as('edits')('DELETE', '/api/documents/report?force=yes'))).toEqual({ passages: 1, codings: 1, kept: false });
  expect((await as('reads')('GET', '/api/documents/report/facts')).status).toBe(404);
});

test('on a machine of one’s own, where nobody has a name, people code by the names that they give', async () => {
  const db = smallDossier();
  const app = served(db);
  const session = await json<{ csrf: string | null }>(app.request('/api/session', { headers: { host: 'localhost' } }));
  const ask = (method: string, path: string, body?: unknown) =>
    app.request(path, {
      method,
      headers: { host: 'localhost', 'content-type': 'application/json', 'x-csrf-token': session.csrf ?? '' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  putCode(db, 'test', shippedCodebook().find(({ id }) => id === 'zones') as Code);
  expect((await ask('POST', '/api/documents?name=report.txt', TEXT)).status).toBe(200);
  for (const coder of ['Aigerim', 'Daniyar', 'Aigerim', undefined])
    await ask('POST', '/api/documents/report/codings', { at: { quote: 'ten' }, codes: ['zones'], coder });
  const shown = await json<DocumentShown>(ask('GET', '/api/documents/report'));
  expect(shown.coders.map(({ name }) => name)).toEqual(['Aigerim', 'Daniyar', 'local']);
  expect(shown.marked[0]?.codings).toHaveLength(3);
});

test('whoever has a name codes under it; what two people agree on is settled', async () => {
  const { as, send } = desk();
  await send('codes', 'report.txt', TEXT);
  const give = (who: string, coder: string) =>
    as(who)('POST', '/api/documents/report/codings', { at: { quote: '53%' }, codes: ['women-science'], coder });
  await give('codes', 'Somebody else');
  await give('edits', 'Somebody else');
  const shown = await json<DocumentShown>(as('reads')('GET', '/api/documents/report'));
  expect(shown.coders.map(({ name }) => name)).toEqual(['codes of the tests', 'edits of the tests']);
  const compared = await json<{ settles: number; coders: { id: string }[]; differences: unknown[] }>(
    as('reads')('GET', '/api/coding/comparison'),
  );
  expect(compared).toMatchObject({ settles: 2, differences: [] });
  const body = { unit: 'paragraph', coders: compared.coders.map(({ id }) => id) };
  expect((await as('codes')('POST', '/api/coding/settled', body)).status).toBe(403);
  expect(await json(as('edits')('POST', '/api/coding/settled', body))).toEqual({ settled: 2 });
  expect(await json(as('reads')('GET', '/api/coding/comparison'))).toMatchObject({ settles: 0 });
});

test('where coders differ the unit is quoted, but not of what may not be quoted to the caller', async () => {
  const { as, send } = desk();
  await send('codes', 'report.txt', TEXT, '&mayQuote=no');
  await as('codes')('POST', '/api/documents/report/codings', { at: { quote: '53%' }, codes: ['women-science'] });
  await as('edits')('POST', '/api/documents/report/codings', { at: { quote: 'ten' }, codes: ['zones'] });
  const quotes = async (who: string) =>
    (await json<{ differences: { quote: string }[] }>(as(who)('GET', '/api/coding/comparison'))).differences.map(
      ({ quote }) => quote,
    );
  expect(await quotes('codes')).toEqual(['Kazakhstan has ten national biosphere reserves.', 'Women are 53% of researchers.']);
  expect(await quotes('reads')).toEqual(['', '']);
});
