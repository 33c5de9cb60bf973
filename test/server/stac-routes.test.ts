import { expect, test } from 'vitest';
import { createApp } from '../../src/server/app.ts';
import { putDataset } from '../../src/store/catalogue.ts';
import { smallDossier } from '../store/facts-fixture.ts';

test('each data set is a collection with its licence, time and digest, found from the catalogue', async () => {
  const db = smallDossier();
  putDataset(db, 'test', {
    id: 'ndvi/2015',
    title: { en: 'NDVI' },
    kind: 'raster',
    href: 'ndvi.tif',
    mediaType: 'image/tiff',
    digest: `sha256:${'ab'.repeat(32)}`,
    crs: null,
    period: { start: '2015-01-01', end: '2016-01-01' },
    licence: 'CC-BY-4.0',
    attribution: 'Somebody',
  });
  const app = createApp({ db, file: 'x.gpkg', lang: 'en', today: () => '2026-11-23' });
  const ask = async (path: string) => (await app.request(path, { headers: { host: 'localhost' } })).json();
  const { links } = (await ask('/stac')) as { links: { rel: string; href: string; title?: string }[] };
  const child = links.find(({ rel, title }) => rel === 'child' && title === 'NDVI');
  expect(await ask(new URL(child?.href ?? '').pathname)).toMatchObject({
    type: 'Collection',
    id: 'ndvi/2015',
    license: 'CC-BY-4.0',
    extent: { temporal: { interval: [['2015-01-01T00:00:00Z', '2016-01-01T00:00:00Z']] } },
    assets: { data: { href: 'ndvi.tif', 'file:checksum': `1220${'ab'.repeat(32)}` } },
  });
});
