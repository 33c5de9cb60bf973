/** Indicators computed over the interface: what is asked, what comes of it, and what is refused. OGC 18-062r2, annex A. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobList, JobStatus, ProcessDescription } from '../../src/api/jobs.ts';
import { createApp } from '../../src/server/app.ts';
import { all } from '../../src/store/db.ts';
import { closeDossier, openDossier, verifyDossier } from '../../src/store/dossier.ts';
import { listPictures } from '../../src/store/pictures.ts';
import { smallDossier } from '../store/facts-fixture.ts';
import { dataFolder, drawCore, until, write } from './jobs-fixture.ts';
import { browserOf, person, served, sharedDossier } from './people.ts';

const { folder, remove } = dataFolder();
/** Enough to compute for some seconds. */
const MANY = Array.from({ length: 24 }, (_, i) => `long_${1980 + i}.tif`);
beforeAll(() => {
  for (const [i, name] of MANY.entries())
    write(folder, name, {
      width: 1000,
      height: 1000,
      tile: [256, 256],
      transform: [70, 0.0003, 50, -0.0003],
      type: 'float32',
      value: (c, r) => ((c * 7 + r * 13 + i * 29) % 100) / 100,
    });
});
afterAll(remove);

const COVER = { site: 'almaty', 'land-cover': ['cover_2000.tif', 'cover_2020.tif'] };

function local() {
  const db = smallDossier();
  drawCore(db);
  const app = createApp({ db, file: 'a.gpkg', lang: 'en', today: () => '2026-11-23', data: folder });
  const get = (path: string) => app.request(path, { headers: { host: 'localhost' } });
  const send = (method: string, path: string, body?: unknown, headers = {}) =>
    app.request(path, {
      method,
      headers: { host: 'localhost', 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const execute = async (process: string, inputs: object, more = {}) => {
    const reply = await send('POST', `/ogc/processes/${process}/execution`, { inputs, ...more });
    return { reply, job: (await reply.json()) as JobStatus };
  };
  return { db, app, get, send, execute };
}

test('the landing page leads to processes and jobs, and says what is kept to', async () => {
  const { get } = local();
  const { links } = (await (await get('/ogc')).json()) as { links: { rel: string; href: string }[] };
  for (const rel of ['processes', 'job-list']) {
    const href = links.find((link) => link.rel === `http://www.opengis.net/def/rel/ogc/1.0/${rel}`)?.href ?? '';
    expect((await get(new URL(href).pathname)).status).toBe(200);
  }
  const { conformsTo } = (await (await get('/ogc/conformance')).json()) as { conformsTo: string[] };
  for (const name of ['core', 'ogc-process-description', 'json', 'job-list', 'dismiss'])
    expect(conformsTo).toContain(`http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/${name}`);
});

test('every process says in each language what goes in, with defaults and how often', async () => {
  const { get } = local();
  for (const lang of ['en', 'ru', 'kk', 'tr']) {
    const { processes } = (await (await get(`/ogc/processes?lang=${lang}`)).json()) as { processes: ProcessDescription[] };
    expect(processes.map(({ id }) => id)).toContain('land-cover');
    for (const { id, title, keywords } of processes) {
      const own = (await (await get(`/ogc/processes/${id}?lang=${lang}`)).json()) as ProcessDescription;
      expect(own.title).toBe(title);
      expect(keywords.length, id).toBeGreaterThan(0);
      expect(Object.keys(own.outputs)).toEqual(['figures']);
      for (const input of Object.values(own.inputs)) expect(input.title).not.toMatch(/^jobs\./);
    }
  }
  const { inputs } = (await (await get('/ogc/processes/land-cover')).json()) as ProcessDescription;
  expect(inputs['land-cover']).toMatchObject({ minOccurs: 1, maxOccurs: 'unbounded', keywords: ['raster', 'cube'] });
  expect(inputs.legend).toMatchObject({ minOccurs: 0, schema: { default: 'unccd' } });
  expect(inputs.site?.schema).toMatchObject({ enum: ['almaty'] });
});

test('what there is not is told by the exceptions of the standard', async () => {
  const { get, send } = local();
  const type = async (reply: Response | Promise<Response>) => [
    (await reply).status,
    ((await (await reply).json()) as { type: string }).type.split('/').at(-1),
  ];
  expect(await type(get('/ogc/processes/astrology'))).toEqual([404, 'no-such-process']);
  expect(await type(send('POST', '/ogc/processes/astrology/execution', { inputs: {} }))).toEqual([404, 'no-such-process']);
  for (const path of ['/ogc/jobs/none', '/ogc/jobs/none/results']) expect(await type(get(path))).toEqual([404, 'no-such-job']);
  expect(await type(send('DELETE', '/ogc/jobs/none'))).toEqual([404, 'no-such-job']);
});

test('a job is accepted, done, and its run, figures and maps stand in the dossier', async () => {
  const { db, get, send, execute } = local();
  const reply = await send(
    'POST',
    '/ogc/processes/land-cover/execution',
    { inputs: COVER, response: 'document' },
    { prefer: 'respond-async' },
  );
  expect(reply.status).toBe(201);
  expect(reply.headers.get('preference-applied')).toBe('respond-async');
  const job = (await reply.json()) as JobStatus;
  expect(reply.headers.get('location')).toBe(`http://localhost/ogc/jobs/${job.jobID}`);
  const done = await until(get, job.jobID, ['successful', 'failed']);
  expect(done).toMatchObject({ status: 'successful', progress: 100, known: false, processID: 'land-cover', site: 'almaty' });
  const results = (await (await get(`/ogc/jobs/${job.jobID}/results`)).json()) as {
    figures: { value: { run: { id: string; inputs: object[] }; observations: { value: number }[]; pictures: object[] } };
  };
  const { run, observations, pictures } = results.figures.value;
  expect(run.id).toBe(done.run);
  expect(run.inputs).toHaveLength(3);
  expect(observations.length).toBe(done.figures);
  expect(pictures).toHaveLength(3);
  expect(listPictures(db, 'almaty')).toHaveLength(3);

  const again = await execute('land-cover', { ...COVER, legend: 'unccd' });
  const known = await until(get, again.job.jobID, ['successful', 'failed']);
  expect(known).toMatchObject({ status: 'successful', known: true, run: done.run });
  expect(all(db, 'select id from runs')).toHaveLength(1);
  const raw = (await (await get(`/ogc/jobs/${again.job.jobID}/results`)).json()) as object;
  expect(Object.keys(raw)).toEqual(['run', 'observations', 'pictures']);
});

test('what cannot be computed fails with its sentence in the language of who asks', async () => {
  const { get, execute } = local();
  const { job } = await execute('land-cover', { site: 'almaty', 'land-cover': ['cover_2000.tif'], legend: 'none' });
  const failed = await until(get, job.jobID, ['successful', 'failed']);
  expect(failed.status).toBe('failed');
  expect(failed.message).toContain('legend');
  const told = (await (await get(`/ogc/jobs/${job.jobID}?lang=ru`)).json()) as JobStatus;
  expect(told.message).toMatch(/[а-я]{4}/);
  expect((await get(`/ogc/jobs/${job.jobID}/results`)).status).toBe(500);
});

test.each([
  [{ site: 'almaty', cover: 'x.tif' }, 'input-unknown'],
  [{ site: 'almaty', 'land-cover': '../a.tif' }, 'data-file-unknown'],
  [{ site: 'almaty', 'land-cover': '/etc/passwd' }, 'data-file-unknown'],
  [{ site: 'almaty', 'land-cover': 'file:///etc/passwd' }, 'input-not-readable'],
  [{ site: 'almaty', 'land-cover': { dataset: 'none' } }, 'dataset-unknown'],
  [{ site: 'almaty', 'land-cover': 5 }, 'request-unlike'],
  [{ 'land-cover': 'cover_2000.tif' }, 'request-unlike'],
  [{ site: 'nowhere', 'land-cover': 'cover_2000.tif' }, 'site-unknown'],
])('inputs %j are refused at once: %s', async (inputs, code) => {
  const { reply, job } = await local().execute('land-cover', inputs);
  expect([400, 404]).toContain(reply.status);
  expect(job).toMatchObject({ code });
});

describe('a long computation', () => {
  const LONG = { site: 'almaty', ndvi: MANY };

  test('lets others be answered, is stopped at once, and leaves nothing behind', { timeout: 40_000 }, async () => {
    const { db, get, send, execute } = local();
    drawCore(db, 'almaty', [0, 0, 40, 40]);
    const before = all<{ n: number }>(db, 'select count(*) as n from audit')[0]?.n;
    const { job } = await execute('greenness', LONG);
    const next = await execute('land-cover', COVER);
    await until(get, job.jobID, ['running']);
    expect((await (await get(`/ogc/jobs/${next.job.jobID}`)).json()) as JobStatus).toMatchObject({ status: 'accepted' });
    expect((await get('/api/sites/almaty/zones')).status).toBe(200);
    expect((await (await get(`/ogc/jobs/${job.jobID}`)).json()) as JobStatus).toMatchObject({ status: 'running' });
    expect((await (await send('DELETE', `/ogc/jobs/${job.jobID}`)).json()) as JobStatus).toMatchObject({ status: 'dismissed' });
    // the one that waited has its turn at once
    await until(get, next.job.jobID, ['running', 'successful']);
    await until(get, next.job.jobID, ['successful']);
    expect(all<{ indicator: string }>(db, 'select distinct indicator from runs').map(({ indicator }) => indicator)).toEqual([
      'land-cover',
    ]);
    expect(all<{ n: number }>(db, 'select count(*) as n from audit')[0]?.n).toBeGreaterThan(before ?? 0);
    expect((await (await get(`/ogc/jobs/${job.jobID}`)).json()) as JobStatus).toMatchObject({ status: 'dismissed' });
    const list = (await (await get('/ogc/jobs?status=dismissed&processID=greenness')).json()) as JobList;
    expect(list.jobs.map(({ jobID }) => jobID)).toEqual([job.jobID]);
  });
});

test('a server that is killed while it computes leaves nothing behind, and the next one computes it', {
  timeout: 60_000,
}, async () => {
  const path = join(folder, 'killed.gpkg');
  const made = smallDossier(path);
  drawCore(made);
  closeDossier(made);
  const inputs = { site: 'almaty', ndvi: MANY };
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'jobs-kill-server.ts'), path, folder, JSON.stringify({ inputs })],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const db = openDossier(path);
  expect(verifyDossier(db)).toEqual([]);
  for (const noun of ['runs', 'observations', 'pictures']) expect(all(db, `select id from ${noun}`)).toEqual([]);
  const app = createApp({ db, file: path, lang: 'en', today: () => '2026-11-23', data: folder });
  const headers = { host: 'localhost', 'content-type': 'application/json' };
  const body = JSON.stringify({ inputs: { site: 'almaty', ndvi: MANY.slice(0, 8) } });
  const job = (await (
    await app.request('/ogc/processes/greenness/execution', { method: 'POST', headers, body })
  ).json()) as JobStatus;
  await until((at) => app.request(at, { headers }), job.jobID, ['successful']);
  expect(all(db, 'select id from runs')).toHaveLength(1);
  closeDossier(db);
});

describe('with accounts', () => {
  const db = sharedDossier();
  drawCore(db);
  drawCore(db, 'korgalzhyn');
  person(db, 'reads', { almaty: 'reader' });
  person(db, 'adds', { almaty: 'contributor' });
  person(db, 'elsewhere', { korgalzhyn: 'administrator' });
  const app = served(db, { data: folder });
  const path = '/ogc/processes/land-cover/execution';

  test('whoever adds at a site may compute there and nowhere else; others do not see the job', async () => {
    const [reads, adds, elsewhere, nobody] = ['reads', 'adds', 'elsewhere', null].map((user) => browserOf(app, db, user));
    expect((await nobody?.('POST', path, { inputs: COVER }))?.status).toBe(401);
    expect((await reads?.('POST', path, { inputs: COVER }))?.status).toBe(403);
    expect((await elsewhere?.('POST', path, { inputs: COVER }))?.status).toBe(403);
    expect((await adds?.('POST', path, { inputs: { ...COVER, site: 'korgalzhyn' } }))?.status).toBe(403);
    const reply = await adds?.('POST', path, { inputs: COVER });
    expect(reply?.status).toBe(201);
    const { jobID } = (await (reply as Response).json()) as JobStatus;
    const seen = async (user: string) => {
      const { jobs } = (await (await browserOf(app, db, user)('GET', '/ogc/jobs')).json()) as JobList;
      return jobs.length;
    };
    expect([await seen('reads'), await seen('adds'), await seen('elsewhere')]).toEqual([1, 1, 0]);
    expect((await elsewhere?.('GET', `/ogc/jobs/${jobID}`))?.status).toBe(404);
    expect((await elsewhere?.('DELETE', `/ogc/jobs/${jobID}`))?.status).toBe(404);
    expect((await reads?.('DELETE', `/ogc/jobs/${jobID}`))?.status).toBe(403);
    await until((at) => adds?.('GET', at) as Promise<Response>, jobID, ['successful']);
    expect(all<{ by: string }>(db, "select by from audit where noun = 'runs'").map(({ by }) => by)).toEqual(['adds']);
  });

  test.each(['https://127.0.0.1/a.tif', 'https://localhost/a.tif#pr', 'https://169.254.169.254/cube.zarr'])(
    'an address of our own network is not read: %s',
    async (address) => {
      const ask = browserOf(app, db, 'adds');
      const reply = await ask('POST', path, { inputs: { site: 'almaty', 'land-cover': address } });
      const { jobID } = (await reply.json()) as JobStatus;
      const { status, message } = await until((at) => ask('GET', at) as Promise<Response>, jobID, ['failed', 'successful']);
      expect(status).toBe('failed');
      expect(message).toContain('not a public address');
    },
  );

  test('an address that is not secure is refused at once', async () => {
    const reply = await browserOf(app, db, 'adds')('POST', path, {
      inputs: { site: 'almaty', 'land-cover': 'http://example.org/a.tif' },
    });
    expect(await reply.json()).toMatchObject({ code: 'address-insecure' });
  });
});
