/** What a server reads for others lies on public machines: no name, redirection or way of writing an address leads elsewhere. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAddress, plainAddress, publicOnly } from '../../src/formats/address.ts';
import { openRaster } from '../../src/formats/open-raster.ts';
import { isPublic, publicFetch } from '../../src/formats/public-fetch.ts';

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.168.1.1',
  '198.18.0.1',
  '203.0.113.9',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:7f00:1',
  '64:ff9b::7f00:1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'ff02::1',
  '2001:db8::1',
  '2001::1',
  '2002:7f00:1::',
  'fd00:ec2::254',
  'localhost',
  '',
])('%s is not public', (address) => expect(isPublic(address)).toBe(false));

test.each([
  '8.8.8.8',
  '172.15.0.1',
  '172.32.0.1',
  '192.167.1.1',
  '100.63.0.1',
  '100.128.0.1',
  '2a00:1450:4001:800::200e',
  '2606:4700::6810:84e5',
])('%s is public', (address) => expect(isPublic(address)).toBe(true));

test('an address of IPv4 written as one of IPv6 is never public', () => {
  fc.assert(fc.property(fc.ipV4(), (address) => !isPublic(`::ffff:${address}`)));
});

test('the mark goes with the address and is never shown', () => {
  const marked = publicOnly('https://example.org/a.tif');
  expect(isAddress(marked)).toBe(true);
  expect(plainAddress(publicOnly(marked))).toBe('https://example.org/a.tif');
});

describe('a server', () => {
  let answer: RequestListener = (_, reply) => reply.end('here');
  let asked = 0;
  const server: Server = createServer((request, reply) => {
    asked += 1;
    answer(request, reply);
  });
  let port = 0;
  beforeAll(async () => {
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.close();
  });
  /** As if 127.0.0.1 were a public machine, and all others were not. */
  const test1 = {
    isAllowed: (address: string) => address === '127.0.0.1',
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  };
  const refused = async (work: Promise<unknown>) => {
    const before = asked;
    const problem = await work.then(
      () => null,
      (error: { code: string }) => error.code,
    );
    return { problem, asked: asked - before };
  };

  test('at an address that is not public is not asked, however it is written', async () => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433', '0x7f.1', '127.1', '0177.0.0.1', '[::ffff:127.0.0.1]'])
      expect(await refused(publicFetch(`http://${host}:${port}/`))).toEqual({ problem: 'address-private', asked: 0 });
  });

  test('whose name leads to a public and to another machine is not asked', async () => {
    const resolve = async () => [
      { address: '127.0.0.1', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    expect(await refused(publicFetch(`http://example.org:${port}/`, { ...test1, resolve }))).toEqual({
      problem: 'address-private',
      asked: 0,
    });
  });

  test('is asked at the machine that was looked at, though its name means another one a moment later', async () => {
    let times = 0;
    const resolve = async () => {
      times += 1;
      return [{ address: times === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
    };
    const reply = await publicFetch(`http://rebinding.example:${port}/`, { ...test1, resolve });
    expect(await reply.text()).toBe('here');
    expect(times).toBe(1);
  });

  test('may send elsewhere, but not to machines that are not public, to files, or for ever', async () => {
    const to = (location: string): void => {
      answer = (request, reply) => (request.url === '/there' ? reply.end('there') : reply.writeHead(302, { location }).end());
    };
    const ask = () =>
      publicFetch(`http://example.org:${port}/`, {
        ...test1,
        resolve: async (host) => [{ address: host === 'inside.example' ? '10.0.0.1' : '127.0.0.1', family: 4 }],
      });
    to('/there');
    expect(await (await ask()).text()).toBe('there');
    to(`http://other.example:${port}/there`);
    expect(await (await ask()).text()).toBe('there');
    for (const [location, problem] of [
      [`http://inside.example:${port}/there`, 'address-private'],
      ['http://169.254.169.254/latest/meta-data', 'address-private'],
      [`http://[::1]:${port}/there`, 'address-private'],
      ['file:///etc/passwd', 'url-unreadable'],
      ['/again', 'url-unreadable'],
    ] as const) {
      to(location);
      expect((await refused(ask())).problem, location).toBe(problem);
    }
    answer = (_, reply) => reply.end('here');
  });

  test('is never asked for a raster at a marked address that is not public, Zarr stores among them', async () => {
    for (const path of ['a.tif', 'a.nc#pr', 'cube.zarr', 'cube/'])
      expect(await refused(openRaster(publicOnly(`http://127.0.0.1:${port}/${path}`)))).toEqual({
        problem: 'address-private',
        asked: 0,
      });
  });
});
