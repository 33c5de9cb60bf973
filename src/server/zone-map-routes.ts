/** A zone map comes in: files, questions, the mended map beside the present one, yes or no, and back. */
import { z } from 'zod';
import { LARGEST_ZONE_FILE } from '../api/zone-map-limits.ts';
import { accepted, uploaded, uploadQuery, zoneMapReply, zoneMapRequest } from '../api/zone-maps.ts';
import { writeGeojson } from '../formats/geojson-writer.ts';
import { Problem } from '../problems.ts';
import { acceptZoneMap } from '../store/import-zone-map.ts';
import { loadSiteFacts } from '../store/site-facts.ts';
import { undoZoneMap } from '../store/zonations.ts';
import { route } from './route.ts';
import { dropUpload, keepUpload, plainName } from './uploads.ts';
import { ChangedMeanwhile } from './versions.ts';
import { dropProposal, proposedZoneMap, proposeZoneMap, zonationVersion } from './zone-proposals.ts';

export const zoneMapRoutes = [
  route({
    method: 'post',
    path: '/api/sites/:site/zone-map/files',
    rule: 'editor here',
    summary: 'One file of a zone map, or one part of a shapefile; kept apart until the map is accepted',
    query: uploadQuery,
    body: { media: 'application/octet-stream' },
    reply: uploaded,
    handle: async ({ request, query }) => ({
      name: plainName(query.name),
      ...(await keepUpload(request.body, { limit: LARGEST_ZONE_FILE })),
    }),
  }),
  route({
    method: 'post',
    path: '/api/sites/:site/zone-map',
    rule: 'editor here',
    summary: 'Reads and mends a zone map without writing anything: what is asked, or what would be accepted',
    body: zoneMapRequest,
    reply: zoneMapReply,
    handle: ({ context, params, body, lang }) => proposeZoneMap(context, params.site ?? '', body, lang),
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/zone-map/:proposal/:when',
    rule: 'editor here',
    summary: 'The zones of a map that waits: before.geojson as they were drawn, after.geojson as they were mended',
    reply: { media: 'application/geo+json' },
    handle: ({ context, params }) => {
      const { read, zones } = proposedZoneMap(context.db, params.site ?? '', params.proposal ?? '');
      if (params.when !== 'before.geojson' && params.when !== 'after.geojson') throw new Problem('not-found');
      const shown = params.when === 'before.geojson' ? read.drawn : zones;
      const text = writeGeojson(shown.map(({ id, kind, geometry }) => ({ id, geometry, properties: { id, kind } })));
      return new Response(text, {
        headers: { 'content-type': 'application/geo+json; charset=utf-8', 'cache-control': 'no-store' },
      });
    },
  }),
  route({
    method: 'post',
    path: '/api/sites/:site/zone-map/:proposal/accept',
    rule: 'editor here',
    summary: 'Writes the zones of a map that waits; the version that was seen goes along in if-match',
    reply: accepted,
    handle: ({ context: { db }, visitor, params: { site = '', proposal = '' }, request }) => {
      const prepared = proposedZoneMap(db, site, proposal);
      expectZonation(request, zonationVersion(db, site));
      const changes = acceptZoneMap(db, visitor.id, site, prepared, new Date().toISOString());
      for (const file of prepared.read.files) dropUpload(file.digest);
      dropProposal(db, site, proposal);
      return changes;
    },
  }),
  route({
    method: 'delete',
    path: '/api/sites/:site/zone-map/:proposal',
    rule: 'editor here',
    summary: 'Throws away a map that waits, and its files',
    reply: z.undefined(),
    handle: ({ context: { db }, params: { site = '', proposal = '' } }) => {
      for (const file of proposedZoneMap(db, site, proposal).read.files) dropUpload(file.digest);
      dropProposal(db, site, proposal);
    },
  }),
  route({
    method: 'post',
    path: '/api/sites/:site/zone-map/undo',
    rule: 'editor here',
    summary: 'Puts the zones back as they stood before the last map',
    reply: z.undefined(),
    handle: ({ context: { db }, visitor, params: { site = '' } }) => {
      loadSiteFacts(db, site); // an unknown site is told with those there are
      if (!undoZoneMap(db, visitor.id, site, new Date().toISOString())) throw new Problem('undo-nothing', { site });
    },
  }),
];

/** @throws ChangedMeanwhile where the zones are no longer those that were seen. */
export function expectZonation(request: Request, current: string): void {
  const seen = request.headers.get('if-match')?.replaceAll(/W\/|"/g, '') ?? null;
  if (seen !== null && seen !== current) throw new ChangedMeanwhile(current);
}
