/** A server that computes for long, and says when it has begun; to be killed. */
import { writeSync } from 'node:fs';
import type { JobList } from '../../src/api/jobs.ts';
import { createApp } from '../../src/server/app.ts';
import { openDossier } from '../../src/store/dossier.ts';

const [path = '', folder = '', inputs = '{}'] = process.argv.slice(2);
const headers = { host: 'localhost', 'content-type': 'application/json' };
const app = createApp({ db: openDossier(path), file: path, lang: 'en', today: () => '2026-11-23', data: folder });
await app.request('/ogc/processes/greenness/execution', { method: 'POST', headers, body: inputs });
setInterval(async () => {
  const { jobs } = (await (await app.request('/ogc/jobs', { headers })).json()) as JobList;
  if (jobs.some(({ status, run }) => status === 'running' && run !== null)) writeSync(1, 'running\n');
}, 20);
