import { gunzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { compressed, takesGzip } from '../../src/server/compression.ts';
import { keptReply } from '../../src/server/kept-replies.ts';
import { smallDossier } from '../store/facts-fixture.ts';

const LONG = JSON.stringify(Array.from({ length: 3000 }, (_, i) => ({ id: i, name: 'Қорғалжын' })));
const JSON_TYPE = { 'content-type': 'application/json' };

const asked = (coding = 'gzip, deflate, br', path = '/api/sites') =>
  new Request(`http://localhost${path}`, { headers: { 'accept-encoding': coding } });
const reply = (body: string | ReadableStream, headers: Record<string, string> = JSON_TYPE) => new Response(body, { headers });
const textOf = async (response: Response) => {
  const bytes = Buffer.from(await response.arrayBuffer());
  return (response.headers.get('content-encoding') === 'gzip' ? gunzipSync(bytes) : bytes).toString();
};

test('a long text is compressed for who takes gzip, and is the same text', async () => {
  const own = await compressed(asked(), reply(LONG));
  expect([own.headers.get('content-encoding'), own.headers.get('vary'), own.headers.get('content-type')]).toEqual([
    'gzip',
    'accept-encoding',
    'application/json',
  ]);
  expect(own.headers.get('content-length')).toBeNull();
  expect(await textOf(own)).toBe(LONG);
});

test('whoever does not take it gets it plain, and caches are told that there are two', async () => {
  const own = await compressed(asked('br'), reply(LONG));
  expect([own.headers.get('content-encoding'), own.headers.get('vary')]).toEqual([null, 'accept-encoding']);
  expect(await textOf(own)).toBe(LONG);
});

test.each([
  ['gzip', true],
  ['GZip;q=0.5, identity', true],
  ['*', true],
  ['br, *;q=0', false],
  ['gzip;q=0, *', false],
  ['identity', false],
  ['', false],
])('accept-encoding %j', (coding, takes) => {
  expect(takesGzip(asked(coding))).toBe(takes);
});

test.each([
  ['short', reply('[1]'), '/api/sites'],
  ['compressed already', reply(LONG, { 'content-type': 'application/zip' }), '/api/sites'],
  ['a picture of dots', reply(LONG, { 'content-type': 'image/png' }), '/api/sites'],
  ['not to be kept by anybody', reply(LONG, { ...JSON_TYPE, 'cache-control': 'no-store' }), '/api/sites'],
  ['with a cookie', reply(LONG, { ...JSON_TYPE, 'set-cookie': 'a=b' }), '/api/sites'],
  ['with the token of the session', reply(LONG), '/api/session'],
  ['with the token of a link', reply(LONG), '/api/sites/almaty/invitations'],
])('what is %s goes as it is', async (_, response, path) => {
  const before = await response.clone().text();
  const own = await compressed(asked('gzip', path), response);
  expect(own.headers.get('content-encoding')).toBeNull();
  expect(await own.text()).toBe(before);
});

test('a version stays what it is, marked as of other bytes; without compression it is untouched', async () => {
  const headers = { ...JSON_TYPE, etag: '"0123456789abcdef"' };
  expect((await compressed(asked(), reply(LONG, headers))).headers.get('etag')).toBe('W/"0123456789abcdef"');
  expect((await compressed(asked(), reply('{}', headers))).headers.get('etag')).toBe('"0123456789abcdef"');
});

test('what is made piece by piece is sent piece by piece, and given up when the reader goes', async () => {
  let made = 0;
  let isGivenUp = false;
  const endless = new ReadableStream({
    pull(controller) {
      made += 1;
      controller.enqueue(new TextEncoder().encode(`${made},`.repeat(3000)));
    },
    cancel() {
      isGivenUp = true;
    },
  });
  const own = await compressed(asked(), reply(endless, { 'content-type': 'text/csv; charset=utf-8' }));
  const reader = own.body?.getReader();
  expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
  await reader?.cancel();
  await vi.waitFor(() => expect(isGivenUp).toBe(true));
  expect(made).toBeLessThan(1000);
});

test('a table of pieces comes whole', async () => {
  const pieces = Array.from({ length: 50 }, (_, i) => `${i};`.repeat(1000));
  let at = 0;
  const stream = new ReadableStream({
    pull(controller) {
      const piece = pieces[at];
      at += 1;
      if (piece === undefined) controller.close();
      else controller.enqueue(new TextEncoder().encode(piece));
    },
  });
  expect(await textOf(await compressed(asked(), reply(stream, { 'content-type': 'text/csv' })))).toBe(pieces.join(''));
});

test('a kept reply is compressed once', async () => {
  const db = smallDossier();
  const ask = async () => compressed(asked(), keptReply(db, { key: 'k', state: '1', make: () => JSON.parse(LONG) }));
  const [first, second] = [await ask(), await ask()];
  expect(first.headers.get('content-encoding')).toBe('gzip');
  expect(Buffer.from(await first.arrayBuffer())).toEqual(Buffer.from(await second.arrayBuffer()));
  expect(await textOf(await ask())).toBe(LONG);
});
