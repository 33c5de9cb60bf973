/** The base map that ships with Saryarka, as GeoJSON: no map is asked of anybody else. */
import { gzipSync } from 'node:zlib';
import { readBasemap } from '../formats/basemap.ts';
import { basemapFeatures } from '../formats/basemap-geojson.ts';
import { digestOf } from '../formats/source-node.ts';
import { route } from './route.ts';

let made: { plain: Uint8Array<ArrayBuffer>; gzip: Uint8Array<ArrayBuffer>; etag: string } | undefined;

export const basemapRoutes = [
  route({
    method: 'get',
    path: '/api/basemap',
    rule: 'anyone',
    summary: 'Countries, borders, lakes and rivers of Natural Earth 1:50,000,000 with places for the names of countries',
    reply: { media: 'application/geo+json' },
    handle: ({ request }) => {
      const { plain, gzip, etag } = basemap();
      const headers = { etag, 'cache-control': 'public, max-age=86400', vary: 'accept-encoding' };
      if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
      const zipped = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
      return new Response(zipped ? gzip : plain, {
        headers: {
          ...headers,
          'content-type': 'application/geo+json; charset=utf-8',
          ...(zipped ? { 'content-encoding': 'gzip' } : {}),
        },
      });
    },
  }),
];

/** Made once: it never changes while the server runs. */
function basemap(): NonNullable<typeof made> {
  if (made !== undefined) return made;
  const text = JSON.stringify({ type: 'FeatureCollection', features: basemapFeatures(readBasemap()) });
  const plain = new TextEncoder().encode(text);
  made = { plain, gzip: new Uint8Array(gzipSync(plain)), etag: `"${digestOf(plain).slice(7, 23)}"` };
  return made;
}
