/** The codebook over HTTP, and coding as files for other programs. */
import { expect, test } from 'vitest';
import type { CodeReply, CodesImported } from '../../src/api/codes.ts';
import type { CodeShown, ProjectReply } from '../../src/api/evidence.ts';
import { readDocument } from '../../src/formats/document.ts';
import { readQdc } from '../../src/formats/qda.ts';
import { digestOf } from '../../src/formats/source-node.ts';
import { addCodings } from '../../src/store/code-passages.ts';
import { listCodings } from '../../src/store/coding.ts';
import { keepDocument } from '../../src/store/keep-document.ts';
import { browserOf, person, served, sharedDossier } from './people.ts';

const EMPTY = { parent: null, definition: {}, inclusion: {}, exclusion: {}, example: {}, colour: null, codable: true };

function desk() {
  const db = sharedDossier();
  person(db, 'reads', { '*': 'reader' });
  person(db, 'codes', { '*': 'contributor' });
  person(db, 'edits', { '*': 'editor' });
  const app = served(db);
  const as = (who: string) => browserOf(app, db, who);
  /** Bytes as they are, as a page sends a file. */
  const sendFile = (who: string, path: string, content: Uint8Array<ArrayBuffer>) => {
    const raw = { request: (to: string, init: RequestInit) => app.request(to, { ...init, body: content }) };
    return browserOf(raw as unknown as typeof app, db, who)('POST', path);
  };
  return { db, as, sendFile };
}

const json = async <Shape>(reply: Response | Promise<Response>): Promise<Shape> => (await (await reply).json()) as Shape;

test('the ready codebook comes by one call, in four languages, and a second time changes nothing', async () => {
  const { as } = desk();
  expect((await as('reads')('POST', '/api/codes/shipped')).status).toBe(403);
  const first = await json<CodesImported>(as('codes')('POST', '/api/codes/shipped'));
  expect(first).toMatchObject({ changed: 0, same: 0 });
  expect(first.added).toBeGreaterThan(50);
  expect(await json(as('codes')('POST', '/api/codes/shipped'))).toMatchObject({ added: 0, changed: 0, same: first.added });
  const codes = await json<CodeShown[]>(as('reads')('GET', '/api/codes'));
  expect(Object.keys(codes.find(({ id }) => id === 'water')?.name ?? {}).sort()).toEqual(['en', 'kk', 'ru', 'tr']);
});

test('a code is added, changed with the version that was seen, and removed when nothing hangs on it', async () => {
  const { as } = desk();
  const made = await as('codes')('POST', '/api/codes', { ...EMPTY, name: { en: 'Nomad schools', kk: ' ' } });
  expect(made.status).toBe(201);
  expect(await made.clone().json()).toMatchObject({ id: 'nomad-schools', name: { en: 'Nomad schools' } });
  const same = await json<CodeReply>(
    as('codes')('POST', '/api/codes', { ...EMPTY, name: { en: 'Nomad schools' }, parent: 'nomad-schools' }),
  );
  expect(same.id).toBe('nomad-schools-2');
  const version = made.headers.get('etag') ?? '';
  const change = { ...EMPTY, name: { en: 'Nomad schools', ru: 'Кочевые школы' }, definition: { ru: 'Школы при стойбищах.' } };
  expect((await as('codes')('PUT', '/api/codes/nomad-schools', change, { 'if-match': version })).status).toBe(200);
  expect((await as('codes')('PUT', '/api/codes/nomad-schools', change, { 'if-match': version })).status).toBe(412);
  const circle = await as('codes')('PUT', '/api/codes/nomad-schools', { ...change, parent: 'nomad-schools-2' });
  expect(circle.status).toBe(400);
  expect((await as('edits')('DELETE', '/api/codes/nomad-schools')).status).toBe(400);
  expect((await as('codes')('DELETE', '/api/codes/nomad-schools-2')).status).toBe(403);
  for (const id of ['nomad-schools-2', 'nomad-schools'])
    expect((await as('edits')('DELETE', `/api/codes/${id}`)).status).toBe(204);
  expect(await json(as('reads')('GET', '/api/codes'))).toEqual([]);
});

test('a code without a name in any language, or with a colour that is none, is refused', async () => {
  const { as } = desk();
  expect((await as('codes')('POST', '/api/codes', { ...EMPTY, name: { en: '  ' } })).status).toBe(400);
  expect((await as('codes')('POST', '/api/codes', { ...EMPTY, name: { en: 'x' }, colour: 'red' })).status).toBe(400);
  expect((await as('codes')('POST', '/api/codes', { ...EMPTY, name: { en: 'x' }, parent: 'nobody' })).status).toBe(400);
});

test('the codebook goes out as .qdc and JSON, and comes back', async () => {
  const { as, sendFile } = desk();
  await as('codes')('POST', '/api/codes/shipped');
  const qdc = await as('reads')('GET', '/api/codes.qdc?lang=kk');
  expect(qdc.headers.get('content-disposition')).toContain('codes.kk.qdc');
  const bytes = new Uint8Array(await qdc.arrayBuffer());
  expect(readQdc({ name: 'codes.qdc', bytes }).codes.map(({ name }) => name)).toContain('Су және Арал теңізі');
  expect(await json(sendFile('edits', '/api/code-files?name=codes.qdc', bytes))).toMatchObject({ added: 0 });
  const book = new Uint8Array(await (await as('reads')('GET', '/api/codes.json')).arrayBuffer());
  const other = desk();
  const first = await json<CodesImported>(other.sendFile('edits', '/api/code-files?name=codes.json', book));
  expect(first.added).toBeGreaterThan(50);
  expect((await other.sendFile('codes', '/api/code-files?name=codes.json', book)).status).toBe(403);
  const wrong = await other.sendFile('edits', '/api/code-files?name=x.json', new Uint8Array(Buffer.from('{')));
  expect(await json(wrong)).toMatchObject({ code: 'code-table' });
});

test('a project goes out and comes back with its codings; readers get a table without what may not be quoted', async () => {
  const { db, as } = desk();
  await as('codes')('POST', '/api/codes/shipped');
  const bytes = new Uint8Array(Buffer.from('Girls in science get awards.'));
  const file = { name: 'report.txt', bytes, digest: digestOf(bytes) };
  keepDocument(db, 'test', { file, read: await readDocument(file) }, { mayQuote: false });
  addCodings(db, 'test', { source: 'report', at: { quote: 'Girls in science' }, codes: ['women-science'], coder: 'Aigerim' });
  const table = await (await as('reads')('GET', '/api/coding.csv')).text();
  expect(table).toContain('women-science');
  expect(table).not.toContain('Girls');
  expect((await as('reads')('GET', '/api/coding.qdpx')).status).toBe(403);
  expect((await as('reads')('GET', '/api/coding.jsonld')).status).toBe(403);
  const project = new Uint8Array(await (await as('codes')('GET', '/api/coding.qdpx')).arrayBuffer());
  const other = desk();
  const taken = await json<ProjectReply>(other.sendFile('edits', '/api/coding/projects?name=coding.qdpx', project));
  expect(taken).toMatchObject({ changes: { codings: { added: 1 }, texts: { added: 1 } }, placed: { given: 1 }, issues: [] });
  expect(listCodings(other.db)).toHaveLength(1);
  expect((await other.sendFile('codes', '/api/coding/projects?name=coding.qdpx', project)).status).toBe(403);
});
