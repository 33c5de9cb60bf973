/**
 * A table of records as a way to ask for what may not be known: a row that names a hidden line, and nothing else, is answered
 * with no more of it than the row itself says, before and after it is kept; and it opens nothing.
 */
import { beforeEach, describe, expect, test } from 'vitest';
import { slug } from '../../src/records/words.ts';
import type { Db } from '../../src/store/db.ts';
import { listEntries, putEntry } from '../../src/store/records.ts';
import { browserOf, served } from './people.ts';
import { dossierOfSecrets, HIDE, WORDS } from './secrets-fixture.ts';

const S = '/api/sites/almaty';
/** Tables of somebody who knows a name and wants to know more, by kind. */
const TABLES: Record<string, string> = {
  species: 'scientific_name;group\nFalco cherrug;birds',
  'species unmarked': 'scientific_name;group;sensitive\nFalco cherrug;birds;no',
  monitoring: `variable;frequency\n${WORDS.station};daily`,
};

let db: Db;
let app: ReturnType<typeof served>;

/** The dossier of secrets, with a hidden line each under the ids that a row of a table leads to. */
function begin(): void {
  db = dossierOfSecrets(':memory:');
  app = served(db);
  const [hide] = listEntries(db, 'almaty', ['monitoring']);
  const [saker] = listEntries(db, 'almaty', ['species']);
  if (hide === undefined || saker === undefined) throw new Error('the fixture holds no hidden lines');
  putEntry(db, 'test', {
    ...hide,
    id: `almaty/monitoring/${slug(WORDS.station)}`,
    fields: { ...hide.fields, place: WORDS.locality },
  });
  putEntry(db, 'test', { ...saker, id: 'almaty/species/falco-cherrug' });
}

beforeEach(begin);

async function sent(user: string, path: string, table: string): Promise<string> {
  const text = TABLES[table] ?? table;
  const { cookie = '', 'x-csrf-token': token = '' } = headersOf(user);
  const headers = { host: 'localhost:8080', cookie, 'x-csrf-token': token, 'content-type': 'application/octet-stream' };
  const file = await app.request(`${S}/record-files?name=t.csv`, { method: 'POST', headers, body: text });
  const { digest, name } = (await file.json()) as { digest: string; name: string };
  const as = table.startsWith('monitoring') ? 'monitoring' : 'species';
  const reply = await browserOf(app, db, user)('POST', `${S}/${path}`, { digest, name, as });
  expect(reply.status).toBe(200);
  return reply.text();
}

/** What the browser of somebody sends with each request. */
function headersOf(user: string): Record<string, string> {
  let own: Record<string, string> = {};
  const ear = { request: (_: string, init: { headers: Record<string, string> }) => (own = init.headers) };
  browserOf(ear as never, db, user)('POST', '/');
  return own;
}

/** Secrets in a reply that the table itself does not hold. */
function secretsIn(reply: string, table: string): string[] {
  const words = [...Object.values(WORDS), ...HIDE.map((degrees) => degrees.toFixed(1))];
  return words.filter((word) => reply.includes(word) && !(TABLES[table] ?? table).includes(word));
}

describe.each(['record-previews', 'record-imports'])('%s', (path) => {
  test.each(Object.keys(TABLES))('%s tells a contributor nothing that the table did not say', async (table) => {
    expect(secretsIn(await sent('kim', path, table), table)).toEqual([]);
  });

  test('a right guess and a wrong one are answered alike', async () => {
    const guess = (day: string) => `scientific_name;group;last_record\nFalco cherrug;birds;${day}`;
    const [right, wrong] = [WORDS.lastSeen, '2024-05-18'];
    const replies: string[] = [];
    for (const day of [right, wrong]) {
      begin();
      replies.push((await sent('kim', path, guess(day))).replaceAll(day, 'DAY').replaceAll(/@[0-9a-f]{8}/g, '@'));
    }
    expect(replies[0]?.replaceAll(/May \d+/g, 'DAY')).toBe(replies[1]?.replaceAll(/May \d+/g, 'DAY'));
  });
});

test('an editor is told what stands there: this test could fail', async () => {
  expect(secretsIn(await sent('eda', 'record-previews', 'species'), 'species')).not.toEqual([]);
  expect(secretsIn(await sent('eda', 'record-previews', 'monitoring'), 'monitoring')).not.toEqual([]);
});

describe('what a contributor keeps over a hidden line', () => {
  const listed = async (kind: string): Promise<string> => (await browserOf(app, db, 'kim')('GET', `${S}/records/${kind}`)).text();

  test('a confidential line stays confidential', async () => {
    await sent('kim', 'record-imports', 'monitoring');
    expect(listEntries(db, 'almaty', ['monitoring']).map(({ confidential }) => confidential)).toEqual([true, true]);
    expect(secretsIn(await listed('monitoring'), '')).toEqual([]);
  });

  test('a sensitive species stays sensitive, imported and typed', async () => {
    await sent('kim', 'record-imports', 'species unmarked');
    expect(secretsIn(await listed('species'), '')).toEqual([]);
    const item = `${S}/records/species/items/${encodeURIComponent('almaty/species/falco-cherrug')}`;
    const values = { scientific_name: 'Falco cherrug', group: 'birds', sensitive: false };
    const { headers } = await browserOf(app, db, 'kim')('GET', item);
    await browserOf(app, db, 'kim')('PUT', item, { values }, { 'if-match': headers.get('etag') ?? '' });
    expect(secretsIn(await listed('species'), '')).toEqual([]);
  });
});
