/** The sites of the dossier: in a list, and one by one with zones, places and files. */
import { z } from 'zod';
import { overview, placesQuery, siteDetail as siteDetailShape, zonationQuery, zoneDifference } from '../api/sites.ts';
import { writeGeojson } from '../formats/geojson-writer.ts';
import { pick } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { getDocument } from '../store/documents.ts';
import { changesSince } from '../zonation/examine.ts';
import { keptText } from './kept-replies.ts';
import { route } from './route.ts';
import { documentsFor, siteDetail, summariesOf, zonesOf } from './site-detail.ts';
import { siteMap } from './site-map.ts';
import { overviewCsv, overviewGeojson, siteOverviews } from './site-overview.ts';
import { placesOf } from './site-places.ts';
import { inHectares } from './zone-proposals.ts';

const GEOJSON = { 'content-type': 'application/geo+json; charset=utf-8', 'cache-control': 'no-cache' };
const SVG = { 'content-type': 'image/svg+xml; charset=utf-8', 'cache-control': 'no-cache' };

export const siteRoutes = [
  route({
    method: 'get',
    path: '/api/sites',
    rule: 'reader somewhere',
    summary: 'The reserves with areas, deadlines, findings and how far their reviews have come',
    reply: overview,
    handle: ({ context, visitor }) => siteOverviews(context, visitor),
  }),
  route({
    method: 'get',
    path: '/api/sites.csv',
    rule: 'reader somewhere',
    summary: 'The list of reserves as a table',
    reply: { media: 'text/csv' },
    handle: async ({ context, visitor }) => file(overviewCsv(await siteOverviews(context, visitor)), 'text/csv', 'sites.csv'),
  }),
  route({
    method: 'get',
    path: '/api/sites.geojson',
    rule: 'reader somewhere',
    summary: 'The list of reserves as places',
    reply: { media: 'application/geo+json' },
    handle: async ({ context, visitor }) => geojson(overviewGeojson(await siteOverviews(context, visitor))),
  }),
  route({
    method: 'get',
    path: '/api/sites/:site',
    rule: 'reader here',
    summary: 'One reserve: areas declared and computed, findings with their places, layers, earlier zonations, files',
    reply: siteDetailShape,
    handle: ({ context, visitor, params, lang }) => siteDetail(context, visitor, params.site ?? '', lang),
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/findings',
    rule: 'reader here',
    summary: 'What the rules of zonation find',
    reply: z.array(z.looseObject({ rule: z.string(), severity: z.string() })),
    handle: async ({ context, params }) => (await context.status(params.site ?? '')).findings,
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/zones',
    rule: 'reader here',
    summary: 'The zones with declared and computed areas',
    reply: z.array(z.looseObject({ id: z.string(), kind: z.string() })),
    handle: async ({ context, params }) => summariesOf((await context.status(params.site ?? '')).facts),
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/zones.geojson',
    rule: 'reader here',
    summary: 'The zones as they are drawn now, or as they were until the day given',
    query: zonationQuery,
    reply: { media: 'application/geo+json' },
    handle: async ({ context, params, query, lang }) => {
      const { facts, state } = await context.status(params.site ?? '');
      const make = (): string =>
        writeGeojson(
          zonesOf(facts, query.until).map(({ id, kind, name, geometry }) => ({
            id,
            geometry,
            properties: { id, kind, name: pick(name, lang) },
          })),
        );
      const key = JSON.stringify(['zones.geojson', facts.site.id, lang, query.until]);
      return keptText(context.db, { key, state, make }, GEOJSON);
    },
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/places.geojson',
    rule: 'reader here',
    summary: 'The places of one layer: lines of a register with coordinates, findings, repairs',
    query: placesQuery,
    reply: { media: 'application/geo+json' },
    handle: async ({ context, visitor, params, query, lang }) =>
      geojson(writeGeojson(await placesOf(context, visitor, params.site ?? '', query.layer, lang))),
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/changes',
    rule: 'reader here',
    summary: 'Ground that each kind of zone won and lost since the zonation that ended on the day given',
    query: zonationQuery,
    reply: z.array(zoneDifference),
    handle: async ({ context, params, query }) => {
      const { facts } = await context.status(params.site ?? '');
      return (await changesSince(zonesOf(facts, query.until), zonesOf(facts, 'now'))).map(inHectares);
    },
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/changes.geojson',
    rule: 'reader here',
    summary: 'Where each kind of zone won and lost ground since the zonation that ended on the day given',
    query: zonationQuery,
    reply: { media: 'application/geo+json' },
    handle: async ({ context, params, query }) => {
      const { facts } = await context.status(params.site ?? '');
      const changes = await changesSince(zonesOf(facts, query.until), zonesOf(facts, 'now'));
      const features = changes.flatMap(({ kind, where }) =>
        (['gained', 'lost'] as const).map((change) => ({
          id: `${kind}-${change}`,
          geometry: where[change],
          properties: { kind, change },
        })),
      );
      return geojson(writeGeojson(features.filter(({ geometry }) => geometry.coordinates.length > 0)));
    },
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/map.svg',
    rule: 'reader here',
    summary: 'The map of the zones as a drawing; of the location where no zone is drawn',
    reply: { media: 'image/svg+xml' },
    handle: async ({ context, params, lang }) => {
      const { facts, today, state } = await context.status(params.site ?? '');
      const make = (): string => {
        const svg = siteMap(facts, lang, today);
        if (svg === null) throw new Problem('not-found');
        return svg;
      };
      return keptText(context.db, { key: JSON.stringify(['map.svg', facts.site.id, lang]), state, make }, SVG);
    },
  }),
  route({
    method: 'get',
    path: '/api/sites/:site/documents/:document',
    rule: 'reader here',
    summary: 'A file of the reserve, byte for byte',
    reply: { media: '*/*' },
    handle: ({ context, visitor, params }) => {
      const allowed = documentsFor(context, visitor, params.site ?? '').find(({ id }) => id === params.document);
      const bytes = allowed === undefined ? null : (getDocument(context.db, allowed.id)?.bytes ?? null);
      if (allowed === undefined || bytes === null) throw new Problem('not-found');
      return file(new Uint8Array(bytes), 'application/octet-stream', allowed.title);
    },
  }),
];

function geojson(text: string): Response {
  return new Response(text, { headers: GEOJSON });
}

/** Saved, never shown: a file from elsewhere may hold anything. RFC 6266, RFC 8187. */
function file(content: string | Uint8Array<ArrayBuffer>, mediaType: string, name: string): Response {
  const plain = name.replace(/[^\w.-]/g, '_');
  const disposition = `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, '_')}`;
  return new Response(content, { headers: { 'content-type': mediaType, 'content-disposition': disposition } });
}
