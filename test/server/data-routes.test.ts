/** The folder of data, data sets that describe its files, and tables that come in. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CheckReply, type DataFiles, type ImportTableReply, type SiteData, suggestionRow } from '../../src/api/data.ts';
import type { JobStatus } from '../../src/api/jobs.ts';
import { readShipped } from '../../src/formats/source-node.ts';
import { languages } from '../../src/i18n/index.ts';
import { computables } from '../../src/run/computing.ts';
import { createApp } from '../../src/server/app.ts';
import { closeDossier, createDossier } from '../../src/store/dossier.ts';
import { getRun } from '../../src/store/observations.ts';
import { getSite } from '../../src/store/sites.ts';
import { smallDossier } from '../store/facts-fixture.ts';
import { dataFolder, drawCore, until } from './jobs-fixture.ts';
import { browserOf, person, served, sharedDossier } from './people.ts';

const { folder, remove } = dataFolder();
const db = smallDossier();
drawCore(db);
const app = createApp({ db, file: 'a.gpkg', lang: 'en', today: () => '2026-11-23', data: folder });
const headers = { host: 'localhost' };
const get = (path: string) => app.request(path, { headers });
const json = async <T>(path: string): Promise<T> => (await (await get(path)).json()) as T;
const post = (path: string, body: object) =>
  app.request(path, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) });
const upload = (name: string, body: string | Uint8Array<ArrayBuffer>) =>
  app.request(`/api/data-files?name=${encodeURIComponent(name)}`, { method: 'POST', headers, body });

beforeAll(() => {
  mkdirSync(join(folder, 'climate', 'cube.zarr'), { recursive: true });
  writeFileSync(join(folder, 'climate', 'cube.zarr', '.zgroup'), '{"zarr_format":2}');
  writeFileSync(join(folder, 'climate', 'cube.zarr', 'inside.tif'), 'II*\0');
  writeFileSync(join(folder, 'people.csv'), 'name,lon,lat,people\nA,70,50,10\n');
  writeFileSync(join(folder, 'roads.geojson'), '{"type":"FeatureCollection","features":[]}');
  writeFileSync(join(folder, 'keys.json'), '{"password":"steppe"}');
  writeFileSync(join(folder, 'notes.txt'), 'nothing to see');
  writeFileSync(join(folder, '.hidden.tif'), 'II*\0');
  writeFileSync(join(folder, 'program.tif'), '\x7fELF');
  symlinkSync(join(tmpdir()), join(folder, 'out'));
  symlinkSync('/etc/hostname', join(folder, 'host.csv'));
  closeDossier(createDossier(join(folder, 'other.gpkg')));
});
afterAll(remove);

describe('the folder of data', () => {
  test('is listed by what files hold: no dossier, nothing hidden, nothing that a link leads out to', async () => {
    const { files, folder: there, addresses, left } = await json<DataFiles>('/api/data-files');
    expect({ there, addresses, left }).toEqual({ there: true, addresses: 'any', left: 0 });
    expect(files.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'climate/cube.zarr cube',
      'cover_2000.tif raster',
      'cover_2020.tif raster',
      'people.csv table',
      'roads.geojson map',
    ]);
  });

  test.each([
    'other.gpkg',
    'host.csv',
    'out/x.tif',
    '.hidden.tif',
    'keys.json',
    'program.tif',
    '../x',
    'climate/../cover_2000.tif',
    'C:/x.tif',
    'a\\b',
    '',
  ])('a computation cannot name %j', async (name) => {
    const reply = await post('/ogc/processes/land-cover/execution', { inputs: { site: 'almaty', 'land-cover': [name] } });
    expect(reply.status).toBe(400);
  });

  test('what a file is decides which input it can be', async () => {
    const reply = await post('/ogc/processes/land-cover/execution', { inputs: { site: 'almaty', 'land-cover': 'people.csv' } });
    expect(await reply.json()).toMatchObject({ code: 'input-not-readable' });
    const roads = await post('/ogc/processes/pressure/execution', {
      inputs: { site: 'almaty', roads: 'https://example.org/roads.geojson' },
    });
    expect(await roads.json()).toMatchObject({ code: 'input-not-readable' });
  });

  test('without one there are no files', async () => {
    const bare = createApp({ db: smallDossier(), file: 'a.gpkg', lang: 'en', today: () => '2026-11-23' });
    expect(await (await bare.request('/api/data-files', { headers })).json()).toEqual({
      folder: false,
      addresses: 'any',
      files: [],
      left: 0,
    });
    expect((await bare.request('/api/data-files?name=a.csv', { method: 'POST', headers, body: 'a,b\n' })).status).toBe(400);
  });
});

describe('a file that comes in', () => {
  test('is kept under its name and never over another; the same bytes are welcome again', async () => {
    expect(await (await upload('rain.csv', 'a,b\n1,2\n')).json()).toMatchObject({ name: 'rain.csv', kind: 'table', size: 8 });
    expect((await upload('rain.csv', 'a,b\n1,2\n')).status).toBe(200);
    expect((await upload('rain.csv', 'a,b\n3,4\n')).status).toBe(409);
    expect(readFileSync(join(folder, 'rain.csv'), 'utf8')).toBe('a,b\n1,2\n');
  });

  test.each(['../up.csv', 'a/b.csv', 'a\\b.csv', '.a.csv', 'con.csv', 'a.csv.', 'x#y.csv', 'a\u0000.csv'])(
    'cannot be called %j',
    async (name) => {
      expect(await (await upload(name, 'a,b\n')).json()).toMatchObject({ code: expect.stringMatching(/data-file-name/) });
    },
  );

  test('that nothing can read is refused, and leaves nothing behind', async () => {
    expect(await (await upload('tool.tif', '\x7fELF')).json()).toMatchObject({ code: 'data-file-unknown' });
    expect(readdirSync(folder).filter((name) => /tool|incoming/.test(name))).toEqual([]);
  });

  test('comes from editors alone', async () => {
    const shared = sharedDossier();
    person(shared, 'adds', { almaty: 'contributor' });
    const ask = browserOf(served(shared, { data: folder }), shared, 'adds');
    expect((await ask('GET', '/api/data-files')).status).toBe(200);
    expect((await ask('POST', '/api/data-files?name=b.csv')).status).toBe(403);
    expect((await ask('POST', '/api/sites/almaty/data', {})).status).toBe(403);
    expect((await ask('POST', '/api/tables?name=b.csv&keep=no')).status).toBe(403);
  });
});

describe('a data set', () => {
  const about = { file: 'cover_2020.tif', title: 'Land cover 2020', licence: 'CC-BY-4.0', attribution: 'Test' };

  test('names its file with licence and digest, and the run that it went into', async () => {
    const { id } = (await (await post('/api/sites/almaty/data', about)).json()) as { id: string };
    const inputs = { site: 'almaty', 'land-cover': [{ href: 'cover_2000.tif' }, { dataset: id }] };
    const job = (await (await post('/ogc/processes/land-cover/execution', { inputs })).json()) as JobStatus;
    const { run } = await until(get, job.jobID, ['successful', 'failed']);
    expect(getRun(db, run ?? '')?.inputs.map(({ dataset }) => dataset)).toEqual([null, id, null]);
    const { datasets } = await json<SiteData>('/api/sites/almaty/data');
    expect(datasets.find((one) => one.id === id)).toMatchObject({
      title: 'Land cover 2020',
      licence: 'CC-BY-4.0',
      inFolder: true,
      runs: [{ id: run, indicator: 'land-cover' }],
    });
  });

  test('is told apart from a file that was changed since, which is not computed from', async () => {
    const { id } = (await (await post('/api/sites/almaty/data', about)).json()) as { id: string };
    const check = () => json<CheckReply>(`/api/sites/almaty/data/check?dataset=${encodeURIComponent(id)}`);
    expect((await check()).state).toBe('same');
    const path = join(folder, 'cover_2020.tif');
    const bytes = readFileSync(path);
    try {
      writeFileSync(path, Buffer.concat([bytes, Buffer.from([0])]));
      expect((await check()).state).toBe('changed');
      const job = (await (
        await post('/ogc/processes/land-cover/execution', { inputs: { site: 'almaty', 'land-cover': { dataset: id } } })
      ).json()) as JobStatus;
      const { status, message } = await until(get, job.jobID, ['successful', 'failed']);
      expect({ status, message }).toMatchObject({
        status: 'failed',
        message: expect.stringContaining('no longer what the data set'),
      });
      expect((await post('/api/sites/almaty/data', about)).status).toBe(409);
    } finally {
      writeFileSync(path, bytes);
    }
  });
});

test('what is missing names every input of every computation, with open data for it, in each language', async () => {
  for (const lang of languages) {
    const { needs } = await json<SiteData>(`/api/sites/almaty/data?lang=${lang}`);
    expect(needs.map(({ process }) => process).sort()).toEqual(computables.map(({ id }) => id).sort());
    for (const { process, inputs } of needs)
      expect(
        inputs.some(({ suggestions }) => suggestions.length > 0),
        process,
      ).toBe(true);
  }
});

test('open data are named for inputs that there are', () => {
  const known = computables.flatMap(({ id, inputs }) => inputs.map(({ name }) => `${id}/${name}`));
  const rows = suggestionRow.array().parse(JSON.parse(readShipped('data', 'suggestions.json')));
  expect(rows.flatMap((row) => row.for).filter((name) => !known.includes(name))).toEqual([]);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
});

test('a table is looked at before it is kept, and then wholly', async () => {
  const sites = 'id,kind,name_en,countries\nqiyal,biosphere-reserve,Qiyal,KZ\n';
  const send = async (keep: string, body = sites) =>
    (await (
      await app.request(`/api/tables?name=sites.csv&keep=${keep}`, { method: 'POST', headers, body })
    ).json()) as ImportTableReply;
  expect(await send('no')).toEqual({ noun: 'sites', added: 1, changed: 0, same: 0, kept: false });
  expect(getSite(db, 'qiyal')).toBeNull();
  expect(await send('yes')).toMatchObject({ added: 1, kept: true });
  expect(getSite(db, 'qiyal')?.name.en).toBe('Qiyal');
  expect(await send('no')).toMatchObject({ same: 1 });
  expect(await send('yes', 'x,y\n1,2\n')).toMatchObject({ code: expect.any(String) });
});
