/** Rasters on a web server, by HTTP ranges; the server runs in the test. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { urlBytes } from '../../src/formats/byte-source-url.ts';
import { openGeotiff } from '../../src/formats/geotiff.ts';
import { openRaster } from '../../src/formats/open-raster.ts';
import { problemOf } from './expect-problem.ts';
import { wholeBand } from './raster-values.ts';

const golden = join(import.meta.dirname, '..', 'golden', 'raster-reader');
const cog = new Uint8Array(readFileSync(join(golden, 'cog.tif')));
/** Larger than a block, every byte told from its neighbours. */
const large = Uint8Array.from({ length: 1_000_000 }, (_, i) => (i * 31 + (i >> 8)) & 255);

let server: Server;
let base = '';
let asked: string[] = [];
let failures = 0;

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { url = '', headers } = request;
  asked.push(headers.range ?? 'all');
  const file = url.startsWith('/large') ? large : cog;
  const [, from = '0', to = '0'] = /bytes=(\d+)-(\d+)/.exec(headers.range ?? '') ?? [];
  const part = file.subarray(Number(from), Number(to) + 1);
  const end = Number(from) + part.length - 1;
  if (url.includes('missing')) response.writeHead(404).end();
  else if (url.includes('whole')) response.writeHead(200).end(file);
  else if (url.includes('busy') && failures-- > 0) response.writeHead(503).end();
  else if (url.includes('cut') && failures-- > 0) {
    response.writeHead(206, { 'content-range': `bytes ${from}-${end}/${file.length}`, 'content-length': part.length });
    response.write(part.subarray(0, 10));
    setTimeout(() => response.destroy(), 5);
  } else {
    const tag = url.includes('changing') ? String(asked.length) : createHash('sha256').update(file).digest('hex');
    response.writeHead(206, { 'content-range': `bytes ${from}-${end}/${file.length}`, etag: tag }).end(part);
  }
}

beforeAll(async () => {
  server = createServer(answer);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((closed) => server.close(closed)));
beforeEach(() => {
  asked = [];
  failures = 0;
});

describe('rasters by HTTP ranges', () => {
  test('a COG opens with one request, and has the values of the file', async () => {
    const remote = await openRaster(`${base}/cog.tif`);
    expect(asked).toEqual(['bytes=0-65535']);
    const local = await openRaster(join(golden, 'cog.tif'));
    expect((await wholeBand(remote, 0)).values).toEqual((await wholeBand(local, 0)).values);
    expect(remote.bands).toEqual(local.bands);
    remote.close();
    local.close();
  });

  test('wanted parts that lie close together come in one request, and only once', async () => {
    const source = await urlBytes(`${base}/large`);
    await source.prefetch([
      { offset: 200_000, length: 50_000 },
      { offset: 300_000, length: 90_000 },
      { offset: 900_000, length: 10 },
    ]);
    expect(asked).toEqual(['bytes=0-65535', 'bytes=196608-393215', 'bytes=851968-917503']);
    expect(await source.read(210_000, 170_000)).toEqual(large.subarray(210_000, 380_000));
    expect(await source.read(900_001, 9)).toEqual(large.subarray(900_001, 900_010));
    expect(asked.length).toBe(3);
    source.close();
    await expect(source.read(0, 1)).rejects.toThrow('closed');
  });

  test('reading goes over the end of blocks and stops at the end of the file', async () => {
    const source = await urlBytes(`${base}/large`);
    expect(source.size).toBe(1_000_000);
    expect(await source.read(65_530, 131_080)).toEqual(large.subarray(65_530, 196_610));
    expect(await source.read(999_990, 50)).toEqual(large.subarray(999_990));
    expect(await source.read(1_000_000, 5)).toEqual(new Uint8Array(0));
  });

  test('a busy server is asked again', async () => {
    failures = 2;
    const source = await urlBytes(`${base}/busy`, { wait: 1 });
    expect(asked.length).toBe(3);
    expect(source.size).toBe(cog.length);
  });

  test('an answer that breaks off is asked for again', async () => {
    failures = 1;
    const source = await urlBytes(`${base}/cut`, { wait: 1 });
    expect(await source.read(0, 100)).toEqual(cog.subarray(0, 100));
  });

  test('a server that stays busy is told as what it is', async () => {
    failures = 100;
    const { code, message } = await problemOf(() => urlBytes(`${base}/busy?key=secret`, { wait: 1 }));
    expect(code).toBe('url-unreadable');
    expect(message).toContain('HTTP 503');
    expect(message).not.toContain('secret');
    expect(asked.length).toBe(5);
  });

  test('what is not there is not asked for again', async () => {
    expect((await problemOf(() => urlBytes(`${base}/missing`, { wait: 1 }))).message).toContain('HTTP 404');
    expect(asked.length).toBe(1);
  });

  test('a server without ranges is told, and what to do', async () => {
    const { code, message } = await problemOf(() => openRaster(`${base}/whole.tif`));
    expect(code).toBe('url-without-ranges');
    expect(message).toContain('download the file');
  });

  test('a file that changes while it is read is noticed', async () => {
    const source = await urlBytes(`${base}/large-changing`);
    expect((await problemOf(() => source.read(500_000, 10))).code).toBe('url-changed');
  });

  test('nobody there, and other kinds of addresses', async () => {
    const { port } = server.address() as AddressInfo;
    const gone = await problemOf(() => urlBytes(`http://127.0.0.1:${port === 1 ? 2 : 1}/a.tif`, { wait: 1 }));
    expect(gone.code).toBe('url-unreadable');
    expect((await problemOf(() => urlBytes('file:///etc/passwd'))).code).toBe('url-unreadable');
  });

  test('an aborted signal ends the transfer', async () => {
    await expect(urlBytes(`${base}/large`, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });

  test('tiles that are announced come together', async () => {
    const source = await urlBytes(`${base}/cog.tif`);
    const raster = await openGeotiff(source);
    await raster.prefetch(0, [
      { column: 0, row: 0 },
      { column: 1, row: 1 },
    ]);
    const before = asked.length;
    await raster.readTile(0, 0, 0);
    await raster.readTile(0, 1, 1);
    expect(asked.length).toBe(before);
  });
});
