/** What a page sends again, because it cannot know whether it arrived, is carried out once. */
import { expect, test } from 'vitest';
import { createApp } from '../../src/server/app.ts';
import { openapi } from '../../src/server/openapi.ts';
import { routes } from '../../src/server/routes.ts';
import type { Db } from '../../src/store/db.ts';
import { smallDossier } from '../store/facts-fixture.ts';

const COMMENTS = '/api/sites/almaty/comments';

function asking(db: Db) {
  const app = createApp({ db, file: 'almaty.gpkg', lang: 'en', today: () => '2026-11-23' });
  return (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    app.request(path, {
      method,
      headers: { host: 'localhost', 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
}

const SAID = { section: 'II.1.4', text: 'Which year?' };

test('a comment sent twice with one key is there once, also after the server was started anew', async () => {
  const db = smallDossier();
  const key = { 'idempotency-key': '0123456789abcdef0123456789abcdef' };
  const first = await asking(db)('POST', COMMENTS, SAID, key);
  const second = await asking(db)('POST', COMMENTS, SAID, key);
  expect([first.status, second.status]).toEqual([200, 204]);
  expect(await (await asking(db)('GET', COMMENTS)).json()).toHaveLength(1);
});

test('without a key, or with another, it is another comment', async () => {
  const db = smallDossier();
  const ask = asking(db);
  for (const key of [null, null, 'a-key-of-my-own-1', 'a-key-of-my-own-2'])
    await ask('POST', COMMENTS, SAID, key === null ? {} : { 'idempotency-key': key });
  expect(await (await ask('GET', COMMENTS)).json()).toHaveLength(4);
});

test('what was refused may come again, corrected, with the same key', async () => {
  const ask = asking(smallDossier());
  const key = { 'idempotency-key': '0123456789abcdef' };
  const staff = '/api/sites/almaty/records/research';
  const wrong = await ask('POST', staff, { values: { year: 'soon' } }, key);
  expect(wrong.status).toBe(400);
  expect((await ask('POST', COMMENTS, SAID, key)).status).toBe(200);
});

test('a key that is none is refused with what was found', async () => {
  const reply = await asking(smallDossier())('POST', COMMENTS, SAID, { 'idempotency-key': 'short' });
  expect(reply.status).toBe(400);
  expect(((await reply.json()) as { message: string }).message).toContain('short');
});

test('the description of the interface names the header where it is honoured', () => {
  const { paths } = openapi(routes) as { paths: Record<string, Record<string, { parameters: { name: string }[] }>> };
  const names = paths['/api/sites/{site}/comments']?.post?.parameters.map(({ name }) => name);
  expect(names).toContain('idempotency-key');
});
