/** Vector tiles with their TileJSON 3.0, and the catalogue of data sets (STAC 1.0). */
import { z } from 'zod';
import { Problem } from '../problems.ts';
import { type Call, route } from './route.ts';
import { MAX_ZOOM, occurrenceTile, type TileAddress, zoneTile } from './tiles.ts';

const tilejson = z.object({
  tilejson: z.literal('3.0.0'),
  name: z.string(),
  tiles: z.array(z.string()),
  minzoom: z.int(),
  maxzoom: z.int(),
  vector_layers: z.array(z.object({ id: z.string(), fields: z.record(z.string(), z.string()) })),
});

const FIELDS: Record<string, Record<string, string>> = {
  zones: { id: 'String', site: 'String', kind: 'String', valid_start: 'String', valid_end: 'String' },
  occurrences: { id: 'String', name: 'String', count: 'Number', generalised: 'Boolean' },
};

export const tileRoutes = [
  route({
    method: 'get',
    path: '/tiles/:layer/tiles.json',
    rule: 'reader somewhere',
    summary: 'What the vector tiles of zones or occurrences hold (TileJSON)',
    reply: tilejson,
    handle: ({ params: { layer = '' }, request }) => {
      const fields = Object.hasOwn(FIELDS, layer) ? FIELDS[layer] : undefined;
      if (fields === undefined) throw new Problem('not-found');
      return {
        tilejson: '3.0.0',
        name: layer,
        tiles: [`${new URL(`/tiles/${layer}/`, request.url).href}{z}/{x}/{y}`],
        minzoom: 0,
        maxzoom: MAX_ZOOM,
        vector_layers: [{ id: layer, fields }],
      };
    },
  }),
  route({
    method: 'get',
    path: '/tiles/:layer/:z/:x/:y',
    rule: 'reader somewhere',
    summary: 'A vector tile of zones or occurrences, as far as the caller may see them',
    reply: { media: 'application/vnd.mapbox-vector-tile' },
    handle: async (call) => {
      const at = addressOf(call);
      const { context, visitor, params } = call;
      if (params.layer !== 'zones' && params.layer !== 'occurrences') throw new Problem('not-found');
      const bytes = params.layer === 'zones' ? zoneTile(context.db, visitor, at) : await occurrenceTile(context.db, visitor, at);
      return new Response(bytes.length === 0 ? null : bytes, {
        status: bytes.length === 0 ? 204 : 200,
        headers: { 'content-type': 'application/vnd.mapbox-vector-tile', 'cache-control': 'private, no-cache' },
      });
    },
  }),
];

/** @throws Problem `not-found` for a tile that there cannot be. */
function addressOf({ params }: Pick<Call<unknown, unknown>, 'params'>): TileAddress {
  const [z = -1, x = -1, y = -1] = [params.z, params.x, params.y].map((text = '') =>
    /^\d{1,5}$/.test(text) ? Number(text) : -1,
  );
  if (z < 0 || z > MAX_ZOOM || x < 0 || y < 0 || x >= 2 ** z || y >= 2 ** z) throw new Problem('not-found');
  return { z, x, y };
}
