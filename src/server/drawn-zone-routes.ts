/** Zones edited on the map: taken from the dossier with their version, and put back. */
import { drawnQuery, drawnReply } from '../api/drawn-zones.ts';
import { LARGEST_ZONE_FILE } from '../api/zone-map-limits.ts';
import { acceptZoneMap } from '../store/import-zone-map.ts';
import { loadSiteFacts } from '../store/site-facts.ts';
import { limitedBytes } from './answer.ts';
import { drawingFile, zonesToEdit } from './drawn-zones.ts';
import { route } from './route.ts';
import { expectZonation } from './zone-map-routes.ts';
import { preparedAside } from './zone-map-thread.ts';
import { keepProposal, zonationVersion } from './zone-proposals.ts';

const GEOJSON = 'application/geo+json';

export const drawnZoneRoutes = [
  route({
    method: 'get',
    path: '/api/sites/:site/zones/to-edit.geojson',
    rule: 'editor here',
    summary: 'The zones as they are stored, with their names in all languages; the version of the zonation stands in etag',
    reply: { media: GEOJSON },
    handle: ({ context: { db }, params: { site = '' } }) => {
      loadSiteFacts(db, site); // an unknown site is told with those there are
      const headers = { 'content-type': GEOJSON, etag: `"${zonationVersion(db, site)}"`, 'cache-control': 'no-cache' };
      return new Response(zonesToEdit(db, site), { headers });
    },
  }),
  route({
    method: 'put',
    path: '/api/sites/:site/zones',
    rule: 'editor here',
    summary: 'Writes zones as they were drawn; where something had to be mended, what would be written waits as a zone map does',
    query: drawnQuery,
    body: { media: GEOJSON },
    reply: drawnReply,
    handle: async ({ context, visitor, params: { site = '' }, query, request, lang }) => {
      const { db } = context;
      loadSiteFacts(db, site);
      const bytes = await limitedBytes(request, LARGEST_ZONE_FILE);
      expectZonation(request, zonationVersion(db, site));
      const file = drawingFile(bytes, { by: visitor.id, today: context.today() });
      const answers = { validFrom: query.validFrom ?? null };
      const prepared = await preparedAside(db, { how: 'drawn', site, files: [file], answers });
      const clean = prepared.repairs.length === 0 && prepared.unresolved.length === 0;
      if (!clean || query.ask === 'always') return keepProposal(context, site, prepared, file.digest.slice(7, 23), lang);
      expectZonation(request, zonationVersion(db, site)); // others may have written while it was read
      const changes = acceptZoneMap(db, visitor.id, site, prepared, new Date().toISOString());
      return { state: 'saved', changes, version: zonationVersion(db, site) };
    },
  }),
];
