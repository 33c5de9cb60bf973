/**
 * Places for geographic information systems: OGC API - Features, Part 1 (OGC 17-069r4) and Part 2 (OGC 18-058r1) under `/ogc`.
 * Opens in QGIS and GDAL: `ogrinfo OAPIF:http://localhost:8080/ogc`
 */
import {
  collection as collectionShape,
  collections as collectionsShape,
  conformance,
  feature as featureShape,
  features as featuresShape,
  itemQuery,
  itemsQuery,
  type Link,
  landing,
  noQuery,
} from '../api/places.ts';
import { pick } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import type { Place } from '../store/export-rows.ts';
import type { Lang, LocalText, Period } from '../types.ts';
import { type Collection, collectionOf, collections } from './collections.ts';
import { boxFrom, CRS84, inSystem, systemOf, systems } from './place-crs.ts';
import { PROCESS_CLASSES } from './process-routes.ts';
import { type Call, route } from './route.ts';

const CLASSES = [
  'http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson',
  'http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs',
  ...PROCESS_CLASSES,
];

const GEOJSON = 'application/geo+json';

export const placeRoutes = [
  route({
    method: 'get',
    path: '/ogc',
    rule: 'reader somewhere',
    summary: 'Where the places are (OGC API - Features)',
    query: noQuery,
    reply: landing,
    handle: ({ request }) => ({
      title: 'Saryarka',
      description: 'Biosphere reserves: sites, zones, stations and occurrences',
      links: [
        link(request, '/ogc', 'self', 'This page'),
        {
          ...link(request, '/api/openapi.json', 'service-desc', 'The description'),
          type: 'application/vnd.oai.openapi+json',
        },
        link(request, '/ogc/conformance', 'conformance', 'What is kept to'),
        link(request, '/ogc/collections', 'data', 'The collections'),
        link(
          request,
          '/ogc/processes',
          'http://www.opengis.net/def/rel/ogc/1.0/processes',
          'The indicators that can be computed',
        ),
        link(request, '/ogc/jobs', 'http://www.opengis.net/def/rel/ogc/1.0/job-list', 'Computations'),
      ],
    }),
  }),
  route({
    method: 'get',
    path: '/ogc/conformance',
    rule: 'reader somewhere',
    summary: 'The requirements that are kept to',
    query: noQuery,
    reply: conformance,
    handle: () => ({ conformsTo: CLASSES }),
  }),
  route({
    method: 'get',
    path: '/ogc/collections',
    rule: 'reader somewhere',
    summary: 'The collections of places',
    query: noQuery,
    reply: collectionsShape,
    handle: (call) => ({
      links: [link(call.request, '/ogc/collections', 'self', 'This page')],
      collections: collections.map((one) => described(one, call)),
      crs: systems,
    }),
  }),
  route({
    method: 'get',
    path: '/ogc/collections/:collection',
    rule: 'reader somewhere',
    summary: 'One collection',
    query: noQuery,
    reply: collectionShape,
    handle: (call) => described(collectionOf(call.params.collection), call),
  }),
  route({
    method: 'get',
    path: '/ogc/collections/:collection/items',
    rule: 'reader somewhere',
    summary: 'The places of a collection, as far as the caller may see them',
    query: itemsQuery,
    reply: featuresShape,
    handle: ({ context, visitor, params, query, request, lang }) => {
      const system = systemOf(query.crs, 'crs');
      const boxSystem = systemOf(query['bbox-crs'], 'bbox-crs');
      const page = collectionOf(params.collection).page(context.db, visitor, {
        within: query.bbox === undefined ? null : boxFrom(query.bbox, boxSystem),
        during: query.datetime === undefined ? null : intervalOf(query.datetime),
        limit: query.limit,
        after: query.after,
      });
      const path = `/ogc/collections/${params.collection}`;
      return sent(system, {
        type: 'FeatureCollection',
        features: page.places.map((place) => featureOf(place, system, lang)),
        links: [
          { ...here(request, 'self'), type: GEOJSON },
          link(request, path, 'collection', 'The collection'),
          ...(page.next === null ? [] : [{ ...here(request, 'next', { after: page.next }), type: GEOJSON }]),
        ],
        timeStamp: new Date().toISOString(),
        ...(page.matched === null ? {} : { numberMatched: page.matched }),
        numberReturned: page.places.length,
      });
    },
  }),
  route({
    method: 'get',
    path: '/ogc/collections/:collection/items/:item',
    rule: 'reader somewhere',
    summary: 'One place',
    query: itemQuery,
    reply: featureShape,
    handle: ({ context, visitor, params, query, request, lang }) => {
      const found = collectionOf(params.collection).one(context.db, visitor, params.item ?? '');
      if (found === null) throw new Problem('not-found');
      const system = systemOf(query.crs, 'crs');
      const links = [
        { ...here(request, 'self'), type: GEOJSON },
        link(request, `/ogc/collections/${params.collection}`, 'collection', 'The collection'),
      ];
      return sent(system, { ...featureOf(found, system, lang), links });
    },
  }),
];

function described(one: Collection, { context, request }: Pick<Call<unknown, unknown>, 'context' | 'request'>): object {
  const path = `/ogc/collections/${one.id}`;
  const extent = one.extent(context.db);
  return {
    id: one.id,
    title: one.title,
    description: one.description,
    ...(extent === null ? {} : { extent: { spatial: { bbox: [extent], crs: CRS84 } } }),
    itemType: 'feature',
    crs: systems,
    storageCrs: CRS84,
    links: [link(request, path, 'self', one.title), { ...link(request, `${path}/items`, 'items', one.title), type: GEOJSON }],
  };
}

/** Names are given in the language of the caller: tables of other programs have one column for them. */
function featureOf({ id, geometry, properties }: Place, system: string, lang: Lang): object {
  const named = Object.entries(properties).map(([key, value]) => [key, key === 'name' ? pick(value as LocalText, lang) : value]);
  return { type: 'Feature', id, geometry: inSystem(geometry, system), properties: Object.fromEntries(named) };
}

function sent(system: string, body: object): Response {
  return new Response(JSON.stringify(body), { headers: { 'content-type': GEOJSON, 'content-crs': `<${system}>` } });
}

function link(request: Request, path: string, rel: string, title: string): Link {
  return { href: new URL(path, request.url).href, rel, type: 'application/json', title };
}

/** The address asked for, with other values behind the `?`. */
function here(request: Request, rel: string, changed: Record<string, number> = {}): Link {
  const address = new URL(request.url);
  for (const [name, value] of Object.entries(changed)) address.searchParams.set(name, String(value));
  return { href: address.href, rel };
}

/** `2020-01-01/..` as a period without an end; one day as that day. */
function intervalOf(text: string): Partial<Period> {
  const [start = '', end = start] = text.split('/');
  const known = (side: string): boolean => side !== '' && side !== '..';
  return { ...(known(start) ? { start } : {}), ...(known(end) ? { end } : {}) };
}
