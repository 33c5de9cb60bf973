import { expect, test } from 'vitest';
import type { Role } from '../../src/api/roles.ts';
import { createApp } from '../../src/server/app.ts';
import type { ServerContext } from '../../src/server/context.ts';
import { allowed, type Route } from '../../src/server/route.ts';
import { tableRoutes } from '../../src/server/table-routes.ts';
import { visitor } from '../../src/server/visitor.ts';
import { listSources, putSource } from '../../src/store/catalogue.ts';
import { transaction } from '../../src/store/db.ts';
import { exportableNouns } from '../../src/store/export-rows.ts';
import { putOccurrence, putTaxon } from '../../src/store/occurrences.ts';
import { putEntry } from '../../src/store/records.ts';
import { putSite } from '../../src/store/sites.ts';
import { almaty, smallDossier } from '../store/facts-fixture.ts';

function dossier() {
  const db = smallDossier();
  putSite(db, 'test', { ...almaty, id: 'trap', name: { en: '=HYPERLINK("http://evil.example")' } });
  const entry = { site: 'almaty', register: 'species', from: { source: 'unesco-almaty' } };
  putEntry(db, 'test', { ...entry, id: 'open', fields: { name: 'Pica pica' }, confidential: false });
  putEntry(db, 'test', { ...entry, id: 'closed', fields: { name: 'Falco cherrug' }, confidential: true });
  const taxon = { rank: null, parent: null, vernacular: {}, categories: {} };
  putTaxon(db, 'test', { ...taxon, id: 'saker', name: 'Falco cherrug', sensitivity: 1, sensitivityReason: 'robbed' });
  putOccurrence(db, 'test', {
    id: 'nest',
    site: 'almaty',
    taxon: 'saker',
    place: [76.9527, 43.2389],
    period: null,
    uncertaintyM: 5,
    count: null,
    basis: null,
    recordedBy: 'A. Ranger',
    fields: {},
    from: { source: 'unesco-almaty' },
  });
  return db;
}

const db = dossier();
const served = createApp({ db, file: 'x.gpkg', lang: 'en', today: () => '2026-11-23' });
const ask = (path: string) => served.request(path, { headers: { host: 'localhost' } });

/** The text that somebody of a role is given. */
async function as(role: Role, table: string): Promise<string> {
  const [, route] = tableRoutes as [Route, Route];
  const who = visitor({ id: 'x', name: 'X', signedIn: true }, { almaty: role });
  expect(allowed(route.rule, who, 'almaty')).toBe(true);
  const reply = await route.handle({
    context: { db } as ServerContext,
    visitor: who,
    lang: 'en',
    params: { site: 'almaty', table },
    query: {},
    body: undefined,
    request: new Request('http://localhost/'),
  });
  return (reply as Response).text();
}

test('every table that may be taken out is a CSV with a header', async () => {
  for (const noun of exportableNouns.filter((one) => one !== 'audit')) {
    const reply = await ask(`/api/tables/${noun}.csv`);
    expect(reply.status, noun).toBe(200);
    expect(await reply.text(), noun).toMatch(/^id,/);
  }
});

test('secrets and bookkeeping have no address', async () => {
  for (const name of ['users', 'sessions', 'invitations', 'roles', 'audit', 'dossier', 'sqlite_master', '../x']) {
    expect((await ask(`/api/tables/${name}.csv`)).status, name).toBe(404);
  }
});

test('a cell that a spreadsheet would run is a text', async () => {
  expect(await (await ask('/api/tables/sites.csv')).text()).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
});

test('zones and sites are GeoJSON too', async () => {
  expect(await (await ask('/api/sites/almaty/tables/sites.geojson')).json()).toMatchObject({ features: [{ id: 'almaty' }] });
});

test('confidential lines and places of sensitive species are for editors', async () => {
  expect(await as('editor', 'entries.csv')).toContain('Falco cherrug');
  expect(await as('contributor', 'entries.csv')).not.toContain('Falco cherrug');
  expect(await as('editor', 'occurrences.csv')).toContain('76.9527');
  const told = await as('contributor', 'occurrences.csv');
  expect(told).toContain('withheld: robbed');
  expect(told).not.toMatch(/76\.9|Ranger/);
});

test('a table whose rows fill its pieces to the last place ends, as any other does', async () => {
  const own = smallDossier();
  const large = createApp({ db: own, file: 'x.gpkg', lang: 'en', today: () => '2026-11-23' });
  const count = async () =>
    (await (await large.request('/api/tables/sources.csv', { headers: { host: 'localhost' } })).text()).split('\r\n').length;
  const before = await count();
  const rows = (n: number) =>
    transaction(own, () => {
      for (let i = 0; i < n; i += 1)
        putSource(own, 'test', { id: `s${i}`, title: 'S', href: null, lang: 'en', kind: 'own', licence: null, note: null });
    });
  const missing = 1000 - listSources(own).size;
  rows(missing);
  expect((await count()) - before).toBe(missing);
});
