import { expect, test } from 'vitest';
import { createApp } from '../../src/server/app.ts';
import { putOccurrence, putTaxon } from '../../src/store/occurrences.ts';
import { putZone } from '../../src/store/zones.ts';
import type { Position } from '../../src/types.ts';
import { smallDossier, total } from '../store/facts-fixture.ts';

function app() {
  const db = smallDossier();
  const corner = (lon: number, lat: number): Position => [lon, lat];
  putZone(db, 'test', {
    id: 'almaty/core',
    site: 'almaty',
    kind: 'core',
    name: { en: 'Core' },
    valid: { start: '2015-01-01', end: null },
    geometry: { type: 'MultiPolygon', coordinates: [[[corner(77, 43), corner(77.1, 43), corner(77.1, 43.1), corner(77, 43)]]] },
    from: total.from,
  });
  const taxon = { rank: null, parent: null, vernacular: {}, categories: {}, sensitivity: null, sensitivityReason: null };
  putTaxon(db, 'test', { ...taxon, id: 'pica', name: 'Pica pica' });
  for (let i = 0; i < 25; i++) {
    putOccurrence(db, 'test', {
      id: `seen-${i}`,
      site: 'almaty',
      taxon: 'pica',
      place: [77 + i / 100, 43],
      period: { start: `20${10 + i}-01-01`, end: `20${10 + i}-01-02` },
      uncertaintyM: null,
      count: 1,
      basis: null,
      recordedBy: null,
      fields: {},
      from: { source: 'unesco-almaty' },
    });
  }
  return createApp({ db, file: 'x.gpkg', lang: 'en', today: () => '2026-11-23' });
}

interface Items {
  features: { id: string; geometry: { coordinates: unknown } | null }[];
  links: { rel: string; href: string }[];
  numberMatched?: number;
  numberReturned: number;
}

const served = app();
const ask = (path: string) => served.request(path, { headers: { host: 'localhost' } });
const items = async (path: string): Promise<Items> => (await (await ask(path)).json()) as Items;

test('from the landing page links lead to everything', async () => {
  const seen = new Set<string>();
  const open = ['/ogc'];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const reply = await ask(path);
    expect(reply.status, path).toBe(200);
    const body = (await reply.json()) as { links?: { href: string }[]; collections?: { links: { href: string }[] }[] };
    for (const { href } of [...(body.links ?? []), ...(body.collections ?? []).flatMap(({ links }) => links)]) {
      const { pathname, search } = new URL(href);
      open.push(pathname + search);
    }
  }
  expect([...seen].filter((path) => path.startsWith('/ogc/collections/occurrences/items'))).toHaveLength(3);
});

test('pages follow one another and hold each place once', async () => {
  const ids: string[] = [];
  let next: string | undefined = '/ogc/collections/occurrences/items?limit=10';
  while (next !== undefined) {
    const page: Items = await items(next);
    expect(page.numberReturned).toBe(page.features.length);
    ids.push(...page.features.map(({ id }) => id));
    const link = page.links.find(({ rel }) => rel === 'next');
    next = link === undefined ? undefined : new URL(link.href).pathname + new URL(link.href).search;
  }
  expect(ids).toEqual(Array.from({ length: 25 }, (_, i) => `seen-${i}`));
});

test('a box and a time choose', async () => {
  expect((await items('/ogc/collections/occurrences/items?bbox=77.195,42,77.225,44')).features.map(({ id }) => id)).toEqual([
    'seen-20',
    'seen-21',
    'seen-22',
  ]);
  const during = await items('/ogc/collections/occurrences/items?datetime=2012-01-01T00:00:00Z/2014-01-01T00:00:00Z');
  expect(during.features.map(({ id }) => id)).toEqual(['seen-2', 'seen-3', 'seen-4']);
  expect((await items('/ogc/collections/zones/items?datetime=../2014-12-31')).numberMatched).toBe(0);
  expect((await items('/ogc/collections/zones/items?datetime=2016-06-01')).numberMatched).toBe(1);
});

test('EPSG:4326 has its latitude first, EPSG:3857 is in metres, and the reply says which it is in', async () => {
  const crs = (code: number) => encodeURIComponent(`http://www.opengis.net/def/crs/EPSG/0/${code}`);
  const reply = await ask(`/ogc/collections/occurrences/items/seen-0?crs=${crs(4326)}`);
  expect(reply.headers.get('content-crs')).toBe('<http://www.opengis.net/def/crs/EPSG/0/4326>');
  expect(((await reply.json()) as Items['features'][0]).geometry?.coordinates).toEqual([43, 77]);
  const metres = (await (await ask(`/ogc/collections/occurrences/items/seen-0?crs=${crs(3857)}`)).json()) as Items['features'][0];
  // pyproj 3.7.2: Transformer.from_crs(4326, 3857, always_xy=True).transform(77, 43)
  const [x = 0, y = 0] = (metres.geometry?.coordinates ?? []) as number[];
  expect(x).toBeCloseTo(8571600.791082066, 4);
  expect(y).toBeCloseTo(5311971.846945471, 4);
  const box = await items(`/ogc/collections/occurrences/items?bbox=42,77.195,44,77.225&bbox-crs=${crs(4326)}`);
  expect(box.features).toHaveLength(3);
});

test('what the standard does not know behind the question mark is refused, as it asks', async () => {
  for (const query of ['colour=red', 'limit=0', 'limit=x', 'bbox=1,2,3', 'datetime=yesterday', 'crs=EPSG:1']) {
    expect((await ask(`/ogc/collections/zones/items?${query}`)).status, query).toBe(400);
  }
  expect((await ask('/ogc/collections/zones/items/nobody')).status).toBe(404);
  expect((await ask('/ogc/collections/nothing/items')).status).toBe(404);
});

test('an id with a slash is found under its escaped address', async () => {
  expect(((await (await ask('/ogc/collections/zones/items/almaty%2Fcore')).json()) as { id: string }).id).toBe('almaty/core');
});
