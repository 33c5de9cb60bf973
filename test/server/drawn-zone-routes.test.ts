import { describe, expect, test } from 'vitest';
import type { DrawnReply } from '../../src/api/drawn-zones.ts';
import type { SiteDetail } from '../../src/api/sites.ts';
import { writeGeojson } from '../../src/formats/geojson-writer.ts';
import { putObservation } from '../../src/store/observations.ts';
import { listZones, putZone } from '../../src/store/zones.ts';
import type { DrawnZone, PolygonRings, ZoneKind } from '../../src/types.ts';
import { smallDossier, total } from '../store/facts-fixture.ts';
import { browserOf, person, served, sharedDossier } from './people.ts';

function square(west: number, size = 0.1): PolygonRings {
  const [east, south, north] = [Number((west + size).toFixed(6)), 43, Number((43 + size).toFixed(6))];
  return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]; // biome-ignore format: a ring
}

const zone = (kind: ZoneKind, west: number): DrawnZone => ({
  id: `almaty/${kind}`,
  site: 'almaty',
  kind,
  name: { en: `The ${kind}`, kk: 'Атауы' },
  valid: { start: '2020-01-01', end: null },
  geometry: { type: 'MultiPolygon', coordinates: [square(west)] },
  from: { source: 'unesco-almaty' },
});

function local(db = smallDossier()) {
  const app = served(db);
  const ask = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
    app.request(`/api/sites/almaty${path}`, {
      method,
      headers: { host: 'localhost:8080', ...headers },
      ...(body === undefined ? {} : { body }),
    });
  const edit = async () => {
    const reply = await ask('GET', '/zones/to-edit.geojson');
    const { features } = (await reply.json()) as { features: Feature[] };
    return { version: reply.headers.get('etag') ?? '', features };
  };
  const save = async (features: Feature[], version: string, query = '') => {
    const reply = await ask('PUT', `/zones${query}`, writeGeojson(features), { 'if-match': version });
    return { status: reply.status, body: (await reply.json()) as DrawnReply };
  };
  return { db, ask, edit, save };
}

interface Feature {
  geometry: DrawnZone['geometry'];
  properties: Record<string, unknown>;
}

/** Core and buffer side by side; to the east nothing. */
function neighbours() {
  const db = smallDossier();
  for (const own of [zone('core', 77), zone('buffer', 77.1)]) putZone(db, 'test', own);
  return local(db);
}

/** Each position `from` of each zone moved to `to`. */
function shifted(features: Feature[], from: [number, number], to: [number, number]): Feature[] {
  return JSON.parse(JSON.stringify(features).replaceAll(JSON.stringify(from), JSON.stringify(to))) as Feature[];
}

describe('zones drawn on the map', () => {
  test('are saved at once where they are sound, with who drew them and when, and taken back like an import', async () => {
    const { db, ask, edit, save } = neighbours();
    const before = listZones(db, 'almaty');
    const { version, features } = await edit();
    expect(features.map(({ properties }) => properties)).toEqual([
      { id: 'almaty/core', zone: 'core', name_en: 'The core', name_kk: 'Атауы' },
      { id: 'almaty/buffer', zone: 'buffer', name_en: 'The buffer', name_kk: 'Атауы' },
    ]);
    const { status, body } = await save(shifted(features, [77.1, 43.1], [77.12, 43.1]), version);
    expect([status, body.state]).toEqual([200, 'saved']);
    const now = listZones(db, 'almaty');
    expect(now.map(({ id, name, valid }) => ({ id, name, valid }))).toEqual(before.map(({ id, name, valid }) => ({ id, name, valid }))); // biome-ignore format: one thought
    for (const { geometry } of now) expect(JSON.stringify(geometry)).toContain('[77.12,43.1]');
    expect(now[0]?.from).toMatchObject({ source: 'by-hand', row: '*' });
    const detail = (await (await ask('GET', '')).json()) as SiteDetail;
    expect(detail.map?.name).toMatch(/^by-hand-2026-11-23-.+\.geojson$/);
    expect((await edit()).version).toBe(`"${body.state === 'saved' ? body.version : ''}"`);
    expect((await ask('POST', '/zone-map/undo')).status).toBe(204);
    expect(listZones(db, 'almaty')).toEqual(before);
  });

  test('that need mending wait for a yes, with what was mended', async () => {
    const { db, ask, edit, save } = neighbours();
    const { version, features } = await edit();
    const [core, buffer] = features as [Feature, Feature];
    // 8 m of the core lie over the buffer
    const over = [...shifted([core], [77.1, 43.1], [77.1001, 43.1]), buffer];
    const { body } = await save(over, version);
    if (body.state !== 'ready') throw new Error(`was ${body.state}`);
    expect(body.result.repairs.map(({ kind }) => kind)).toContain('overlap');
    expect(listZones(db, 'almaty')[0]?.from).toEqual({ source: 'unesco-almaty' });
    const accepted = await ask('POST', `/zone-map/${body.id}/accept`, undefined, { 'if-match': `"${body.result.version}"` });
    expect(accepted.status).toBe(200);
    expect(listZones(db, 'almaty')[0]?.from).toMatchObject({ source: 'by-hand' });
  });

  test('are not written over what somebody else drew meanwhile; with a look at the differences they can be', async () => {
    const { db, edit, save } = neighbours();
    const one = await edit();
    await save(shifted(one.features, [77.1, 43.1], [77.12, 43.1]), one.version);
    const stored = listZones(db, 'almaty');
    const mine = shifted(one.features, [77.1, 43.1], [77.08, 43.1]);
    expect((await save(mine, one.version)).status).toBe(412);
    expect(listZones(db, 'almaty')).toEqual(stored);
    const { body } = await save(mine, (await edit()).version, '?ask=always');
    if (body.state !== 'ready') throw new Error(`was ${body.state}`);
    expect(body.result.differences?.find(({ kind }) => kind === 'core')?.lostHa).toBeGreaterThan(100);
    expect(listZones(db, 'almaty')).toEqual(stored);
  });

  test('of another kind leave what was declared of the zone they were', async () => {
    const { db, edit, save } = neighbours();
    putObservation(db, 'test', { ...total, id: 'declared', feature: 'almaty/buffer' });
    const { version, features } = await edit();
    features[1] = { ...(features[1] as Feature), properties: { id: 'almaty/buffer', zone: 'transition' } };
    expect((await save(features, version)).body.state).toBe('saved');
    expect(listZones(db, 'almaty').map(({ id, kind, geometry }) => [id, kind, geometry !== null])).toEqual([
      ['almaty/core', 'core', true],
      ['almaty/buffer', 'buffer', false],
      ['almaty/transition', 'transition', true],
    ]);
  });

  test('with a day leave the zones before it as an earlier zonation', async () => {
    const { ask, edit, save } = neighbours();
    const { version, features } = await edit();
    expect((await save(shifted(features, [77.1, 43.1], [77.12, 43.1]), version, '?validFrom=2026-01-01')).status).toBe(200);
    const detail = (await (await ask('GET', '')).json()) as SiteDetail;
    expect(detail.earlier).toEqual([{ start: '2020-01-01', end: '2026-01-01' }]);
  });

  test('without a kind are refused with the feature and the field', async () => {
    const { edit, save } = neighbours();
    const { version, features } = await edit();
    const { status, body } = await save([{ ...(features[0] as Feature), properties: { zone: 'park' } }], version);
    expect([status, body]).toMatchObject([400, { code: 'zone-kind-unknown' }]);
    expect((await save([], version)).status).toBe(400);
  });
});

test('who may not change zones neither gets them with their version nor puts them', async () => {
  const db = sharedDossier();
  person(db, 'rita', { almaty: 'contributor', korgalzhyn: 'editor' });
  const rita = browserOf(served(db), db, 'rita');
  expect((await rita('GET', '/api/sites/almaty/zones/to-edit.geojson')).status).toBe(403);
  expect((await rita('PUT', '/api/sites/almaty/zones', {})).status).toBe(403);
});
