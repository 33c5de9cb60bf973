/**
 * Every door of the server is tried for what must not become known below editor: the place of a nest, what is confidential in
 * records and texts. The doors are the routes that there are: a new one has to be given addresses here, or it fails.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes } from '../../src/server/routes.ts';
import { SET_NAMES } from '../../src/server/sensorthings-model.ts';
import type { Db } from '../../src/store/db.ts';
import { closeDossier } from '../../src/store/dossier.ts';
import { exportableNouns } from '../../src/store/export-rows.ts';
import { setVisitors } from '../../src/store/roles.ts';
import type { Position } from '../../src/types.ts';
import { browserOf, served } from './people.ts';
import { CELL, dossierOfSecrets, HIDE, NEST, SECTIONS, WORDS } from './secrets-fixture.ts';
import { tellsPlace, toldBy } from './told.ts';

const S = '/api/sites/almaty';
const RECORD = encodeURIComponent('almaty/species/saker');
const CLOSED_RECORD = encodeURIComponent('almaty/conflicts/one');
const KINDS = ['species', 'conflicts', 'contacts', 'monitoring'];
const LANGS = ['en', 'kk'];
const ITEMS = '/ogc/collections/occurrences/items';
const WEB_MERCATOR = encodeURIComponent('http://www.opengis.net/def/crs/EPSG/0/3857');

/** The tile of a zoom that a place lies in. https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames */
function tile([lon, lat]: Position, z: number): string {
  const rad = (lat * Math.PI) / 180;
  const y = Math.floor(((1 - Math.asinh(Math.tan(rad)) / Math.PI) / 2) * 2 ** z);
  return `${z}/${Math.floor(((lon + 180) / 360) * 2 ** z)}/${y}`;
}

/** A small box round a place. */
const box = ([lon, lat]: Position, by: number): string => [lon - by, lat - by, lon + by, lat + by].join(',');

/** Addresses that somebody who wants to know would try, for every route that reads. */
const ADDRESSES: Record<string, string[]> = {
  '/api/openapi.json': ['/api/openapi.json'],
  '/api/session': ['/api/session'],
  '/api/account/sessions': ['/api/account/sessions'],
  '/api/invitation/:token': ['/api/invitation/nest'],
  '/api/oidc/start': ['/api/oidc/start'],
  '/api/oidc/callback': ['/api/oidc/callback'],
  '/api/users': ['/api/users'],
  '/api/users/:user': ['/api/users/root'],
  '/api/invitations': ['/api/invitations'],
  '/api/settings': ['/api/settings'],
  '/api/audit': ['/api/audit', '/api/audit?noun=occurrences', '/api/audit?site=almaty'],
  '/api/audit.csv': ['/api/audit.csv'],
  '/api/sites/:site/audit': [`${S}/audit`, '/api/sites/korgalzhyn/audit?site=almaty'],
  '/api/sites/:site/audit.csv': [`${S}/audit.csv`, '/api/sites/korgalzhyn/audit.csv?site=almaty'],
  '/api/dossier.gpkg': ['/api/dossier.gpkg'],
  '/api/backup.gpkg': ['/api/backup.gpkg'],
  '/api/check': ['/api/check'],
  '/api/sites': ['/api/sites'],
  '/api/sites.csv': ['/api/sites.csv'],
  '/api/sites.geojson': ['/api/sites.geojson'],
  '/api/sites/:site': [S],
  '/api/sites/:site/findings': [`${S}/findings`],
  '/api/sites/:site/zones': [`${S}/zones`],
  '/api/sites/:site/zones.geojson': [`${S}/zones.geojson`],
  '/api/sites/:site/places.geojson': ['species', 'monitoring', 'conflicts', 'occurrences', 'findings'].map(
    (layer) => `${S}/places.geojson?layer=${layer}`,
  ),
  '/api/sites/:site/changes': [`${S}/changes?until=2020-01-01`],
  '/api/sites/:site/changes.geojson': [`${S}/changes.geojson?until=2020-01-01`],
  '/api/sites/:site/map.svg': [`${S}/map.svg`],
  '/api/sites/:site/corridors': [`${S}/corridors`],
  '/api/sites/:site/corridors.geojson': [`${S}/corridors.geojson`],
  '/api/sites/:site/documents/:document': ['%ATTACHED%'],
  '/api/sites/:site/zone-map/:proposal/:when': [`${S}/zone-map/1/before.geojson`],
  '/api/sites/:site/zones/to-edit.geojson': [`${S}/zones/to-edit.geojson`],
  '/api/basemap': ['/api/basemap'],
  '/ogc': ['/ogc'],
  '/ogc/conformance': ['/ogc/conformance'],
  '/ogc/collections': ['/ogc/collections'],
  '/ogc/collections/:collection': ['sites', 'zones', 'stations', 'occurrences'].map((one) => `/ogc/collections/${one}`),
  '/ogc/collections/:collection/items': [
    ...['sites', 'zones', 'stations', 'occurrences'].map((one) => `/ogc/collections/${one}/items?limit=100`),
    `${ITEMS}?bbox=${box(NEST, 0.0005)}`,
    `${ITEMS}?bbox=${box(CELL, 0.0005)}`,
    `${ITEMS}?crs=${WEB_MERCATOR}`,
    `${ITEMS}?datetime=2024-05-01`,
  ],
  '/ogc/collections/:collection/items/:item': [
    `${ITEMS}/nest`,
    `${ITEMS}/stand`,
    `${ITEMS}/nest?crs=${WEB_MERCATOR}`,
    `/ogc/collections/stations/items/${encodeURIComponent('almaty/monitoring/hide')}`,
  ],
  '/api/tables/:table': exportableNouns
    .map((noun) => `/api/tables/${noun}.csv`)
    .concat('/api/tables/occurrences.geojson', '/api/tables/audit.csv'),
  '/api/sites/:site/tables/:table': exportableNouns
    .map((noun) => `${S}/tables/${noun}.csv`)
    .concat(`${S}/tables/occurrences.geojson`),
  '/tiles/:layer/tiles.json': ['/tiles/occurrences/tiles.json', '/tiles/zones/tiles.json'],
  '/tiles/:layer/:z/:x/:y': [0, 4, 8, 9, 10, 12, 14].flatMap((z) => [
    `/tiles/occurrences/${tile(NEST, z)}`,
    `/tiles/occurrences/${tile(CELL, z)}`,
    `/tiles/zones/${tile(NEST, z)}`,
  ]),
  '/sta/v1.1': ['/sta/v1.1'],
  '/sta/v1.1/:path{.+}': [
    ...SET_NAMES.map((set) => `/sta/v1.1/${set}?$top=1000`),
    '/sta/v1.1/Things?$expand=Locations,Datastreams($expand=Observations,Sensor,ObservedProperty)',
    "/sta/v1.1/Things('almaty%2Fmonitoring%2Fhide')",
    `/sta/v1.1/Observations?$filter=st_within(FeatureOfInterest/feature,geography'POINT(${HIDE.join(' ')})')`,
  ],
  '/stac': ['/stac'],
  '/stac/datasets/:dataset': ['/stac/datasets/sightings'],
  '/ogc/processes': ['/ogc/processes'],
  '/ogc/processes/:process': ['/ogc/processes/land-cover'],
  '/ogc/jobs': ['/ogc/jobs'],
  '/ogc/jobs/:job': ['/ogc/jobs/1'],
  '/ogc/jobs/:job/results': ['/ogc/jobs/1/results'],
  '/api/sites/:site/indicators': [`${S}/indicators`],
  '/api/sites/:site/indicators/:indicator': [`${S}/indicators/area`],
  ...Object.fromEntries(
    ['series.svg', 'series.png', 'map.svg', 'map.png', 'figures.csv', 'figures.geojson'].map((file) => [
      `/api/sites/:site/indicators/:indicator/${file}`,
      [`${S}/indicators/area/${file}`],
    ]),
  ),
  '/api/methods/:method': ['/api/methods/fire'],
  '/api/sites/:site/data': [`${S}/data`],
  '/api/sites/:site/data/check': [`${S}/data/check`],
  '/api/data-files': ['/api/data-files'],
  '/api/sites/:site/records': [`${S}/records`],
  '/api/sites/:site/records/:kind': KINDS.map((kind) => `${S}/records/${kind}`),
  '/api/sites/:site/records/:kind/items/:record': [
    `${S}/records/species/items/${RECORD}`,
    `${S}/records/conflicts/items/${CLOSED_RECORD}`,
    `${S}/records/species/items/${CLOSED_RECORD}`,
    `${S}/records/monitoring/items/${encodeURIComponent('almaty/monitoring/hide')}`,
  ],
  '/api/sites/:site/records/:kind/template.xlsx': KINDS.map((kind) => `${S}/records/${kind}/template.xlsx`),
  '/api/sites/:site/records/:kind/items/:record/attachments': [
    `${S}/records/conflicts/items/${CLOSED_RECORD}/attachments`,
    `${S}/records/species/items/${CLOSED_RECORD}/attachments`,
  ],
  '/api/sites/:site/attachments/:attachment': [`${S}/attachments/%ATTACHMENT%`],
  '/api/sites/:site/review': LANGS.map((lang) => `${S}/review?in=${lang}`),
  '/api/sites/:site/review/sections/:section': Object.values(SECTIONS)
    .concat('II.4.3', 'III.annex-1.administrative')
    .map((id) => `${S}/review/sections/${id}?in=en`),
  '/api/sites/:site/review/search': [...Object.values(WORDS), 'Falco'].map(
    (word) => `${S}/review/search?in=en&q=${encodeURIComponent(word)}`,
  ),
  '/api/sites/:site/answers': [`${S}/answers?in=en`],
  '/api/sites/:site/answers/:section': Object.values(SECTIONS).map((id) => `${S}/answers/${id}?in=en`),
  '/api/sites/:site/answers/:section/versions': Object.values(SECTIONS).map((id) => `${S}/answers/${id}/versions?in=en`),
  '/api/sites/:site/answers/:section/versions/:number': ['%VERSIONS%'],
  '/api/sites/:site/review/:file': [`${S}/review/questions.html?in=en&confidential=mark`],
  '/api/sites/:site/comments': [`${S}/comments`, `${S}/comments?section=${SECTIONS.closed}`],
  '/api/sites/:site/figures': [`${S}/figures?search=area`, `${S}/figures?search=${WORDS.conflict}`],
  '/api/sites/:site/claims': [`${S}/claims`],
  '/api/documents': ['/api/documents'],
  '/api/documents/:document': ['/api/documents/unesco-almaty'],
  '/api/documents/:document/facts': ['/api/documents/unesco-almaty/facts'],
  '/api/codes': ['/api/codes'],
  '/api/codes/:code': ['/api/codes/water'],
  '/api/codes.qdc': ['/api/codes.qdc'],
  '/api/codes.json': ['/api/codes.json'],
  '/api/coding/series': ['/api/coding/series'],
  '/api/coding.qdpx': ['/api/coding.qdpx'],
  '/api/coding.jsonld': ['/api/coding.jsonld'],
  '/api/coding.csv': ['/api/coding.csv'],
  '/api/claims': ['/api/claims'],
  '/api/claims.csv': ['/api/claims.csv'],
  '/api/contradictions': ['/api/contradictions'],
  '/api/contradictions.csv': ['/api/contradictions.csv'],
  '/api/sites/:site/final-review': [`${S}/final-review`],
  '/api/sites/:site/final-review/:file': [`${S}/final-review/review.html?confidential=mark`],
  '/api/coding/report': ['/api/coding/report'],
  '/api/coding/comparison': ['/api/coding/comparison?a=one&b=two'],
  '/api/cooperation/table': ['/api/cooperation/table', '/api/cooperation/table?by=site'],
  '/api/cooperation/table.csv': ['/api/cooperation/table.csv', '/api/cooperation/table.csv?by=site'],
  '/api/cooperation/years.svg': ['/api/cooperation/years.svg', '/api/cooperation/years.svg?by=marker-year'],
  '/api/cooperation/network': ['/api/cooperation/network'],
  '/api/cooperation/network.svg': ['/api/cooperation/network.svg'],
  '/api/cooperation/sdg': ['/api/cooperation/sdg'],
  '/api/water/aral': ['/api/water/aral'],
  '/api/water/aral.csv': ['/api/water/aral.csv'],
  '/api/water/aral.svg': ['/api/water/aral.svg'],
  '/api/water/aral/scenario-tables': ['/api/water/aral/scenario-tables'],
  '/api/water/river': ['/api/water/river'],
  '/api/water/river.svg': ['/api/water/river.svg'],
};

/** Made once for all who may not know: they take seconds, and what they hold hangs on nothing else of the caller. */
const SLOW = ['html', 'docx', 'pdf', 'zip'].map((format) => `${S}/review/draft.${format}?in=en&confidential=mark`);

let folder: string;
let db: Db;
let app: ReturnType<typeof served>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-doors-'));
  db = dossierOfSecrets(join(folder, 'almaty.gpkg'));
  app = served(db, { file: join(folder, 'almaty.gpkg'), report: () => {} });
  setVisitors(db, 'root', 'read');
});

afterAll(() => {
  closeDossier(db);
  rmSync(folder, { recursive: true, force: true });
});

/** The addresses of a route, with what only the dossier knows put in. */
function addressesOf(path: string): string[] {
  const one = (sql: string): string => String(Object.values(db.prepare(sql).get() ?? {})[0] ?? '');
  const versions = db.prepare("select fid, row_id from audit where noun = 'answers'").all() as { fid: number; row_id: string }[];
  return (ADDRESSES[path] ?? []).flatMap((address) => {
    if (address === '%ATTACHED%') return [`${S}/documents/${encodeURIComponent(one('select id from documents'))}`];
    if (address === '%VERSIONS%') {
      const places = versions.map(({ fid, row_id }) => [/\/answers\/(.+)\+/.exec(row_id)?.[1], fid]);
      return places.map(([section, fid]) => `${S}/answers/${section}/versions/${fid}?in=en`);
    }
    return [address.replace('%ATTACHMENT%', encodeURIComponent(one('select id from attachments')))];
  });
}

/** What an address tells somebody, by name. */
async function secretsAt(user: string | null, address: string): Promise<string[]> {
  const reply = await browserOf(app, db, user, new Date('2026-11-23T08:00:00Z'))('GET', address);
  expect(reply.status, `${address} as ${user}`).toBeLessThan(500);
  const [, z, x, y] = /^\/tiles\/\w+\/(\d+)\/(\d+)\/(\d+)/.exec(address)?.map(Number) ?? [];
  const at = z === undefined || reply.status !== 200 ? undefined : { z, x: x ?? 0, y: y ?? 0 };
  const told = await toldBy(new Uint8Array(await reply.arrayBuffer()), at);
  // what somebody asks for may come back to them
  const asked = decodeURIComponent(address);
  const words = Object.entries(WORDS).filter(([, word]) => told.text.includes(word) && !asked.includes(word));
  const places = Object.entries({ NEST, HIDE }).filter(([, place]) => !asked.includes('bbox') && tellsPlace(told, place));
  const inBox = asked.includes(box(NEST, 0.0005)) && told.text.includes('"numberReturned":1') ? ['NEST by its box'] : [];
  return [...words, ...places].map(([name]) => name).concat(inBox);
}

const doors = routes.filter(({ method }) => method === 'get').map(({ path }) => path);

test.each(doors)('%s has addresses to be tried', (path) => {
  expect(ADDRESSES[path], `${path} is new: give it addresses in this file`).toBeDefined();
});

describe.each(['rita', 'rena', 'kim', 'everyreader', 'everywriter', 'stranger', null])('as %s', (user) => {
  test.each(doors)('%s keeps the secrets', async (path) => {
    for (const address of addressesOf(path)) expect(await secretsAt(user, address), `${address} as ${user}`).toEqual([]);
  });
});

test.each(SLOW)('%s keeps the secrets', async (address) => {
  expect(await secretsAt('everywriter', address)).toEqual([]);
});

test('an editor finds every secret through some door: this test could fail', async () => {
  const found = new Set<string>();
  for (const path of doors)
    for (const address of addressesOf(path)) for (const name of await secretsAt('eda', address)) found.add(name);
  expect([...found].toSorted()).toEqual(
    expect.arrayContaining([...Object.keys(WORDS).filter((name) => !['row'].includes(name)), 'NEST', 'HIDE'].toSorted()),
  );
});
