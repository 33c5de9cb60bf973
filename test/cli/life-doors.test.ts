/** The same table by every door, `life … --keep`, `cooperation compute` and a job of the server: one run, the same figures. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JobStatus } from '../../src/api/jobs.ts';
import { main } from '../../src/cli/main.ts';
import { createApp } from '../../src/server/app.ts';
import { observationsOfRun } from '../../src/store/computed.ts';
import { all } from '../../src/store/db.ts';
import { closeDossier, openDossier } from '../../src/store/dossier.ts';
import type { Id, Observation } from '../../src/types.ts';
import { until } from '../server/jobs-fixture.ts';
import { livingDossier } from '../server/life-fixture.ts';
import { smallDossier } from '../store/facts-fixture.ts';

let folder = '';
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'life-doors-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Kept = { run: Id; observations: Observation[] };

/** Runs of an indicator that a dossier holds, with their figures. */
function keptIn(file: string, indicator: Id): Kept[] {
  const db = openDossier(file);
  try {
    const runs = all<{ id: Id }>(db, 'select id from runs where indicator = ? order by id', [indicator]);
    return runs.map(({ id }) => ({ run: id, observations: observationsOfRun(db, id) }));
  } finally {
    closeDossier(db);
  }
}

async function command(...args: string[]): Promise<void> {
  const told: unknown[] = [];
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((text) => void told.push(text)),
    vi.spyOn(console, 'error').mockImplementation((text) => void told.push(text)),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(text) > 0),
  ];
  try {
    expect(await main([...args, '--lang', 'en']), told.join('\n')).toBe(0);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

async function job(file: string, process: Id, inputs: object): Promise<void> {
  const db = openDossier(file);
  const app = createApp({ db, file, lang: 'en', today: () => '2026-11-23', data: folder });
  const headers = { host: 'localhost', 'content-type': 'application/json' };
  const body = JSON.stringify({ inputs: { site: 'almaty', ...inputs } });
  const reply = await app.request(`/ogc/processes/${process}/execution`, { method: 'POST', headers, body });
  const { jobID } = (await reply.json()) as JobStatus;
  const done = await until((path) => app.request(path, { headers }), jobID, ['successful', 'failed']);
  expect(done.status, done.message).toBe('successful');
  closeDossier(db);
}

const YEARS = [2015, 2016, 2017, 2018, 2019, 2020];
const SITES = ['a', 'b', 'c', 'd'];
const place = (s: number): string => `${s < 2 ? '76.01' : '76.03'},43.01`;
const counts = YEARS.flatMap((year, j) =>
  SITES.flatMap((site, s) =>
    ['lark', 'Saker'].map(
      (species, k) => `${species},${site},${place(s)},${year},${20 + 3 * s + j * (s < 2 ? 4 : 1) + ((s + j + k) % 3)}`,
    ),
  ),
);
const TABLES: Record<string, string[]> = {
  'counts.csv': ['species,site,lon,lat,year,count', ...counts],
  'named.csv': [
    'Вид,Участок,Зона,Год,Число',
    ...YEARS.flatMap((year, j) =>
      SITES.map(
        (site, s) => `lark,${site},${s < 2 ? 'ядро' : 'буферная зона'},${year},${20 + j + s + (s < 2 && j > 2 ? 15 : 0)}`,
      ),
    ),
  ],
  'lpd.csv': [
    'Binomial,ID,year,popvalue,zone',
    ...YEARS.flatMap((year, j) =>
      ['A_a,1', 'A_b,2', 'A_c,3'].map((id, k) => `${id},${year},${10 + j * k},${k < 2 ? 'core' : 'buffer'}`),
    ),
  ],
  'records.csv': [
    'scientificName,locality,eventDate,zone',
    ...YEARS.flatMap((year, j) =>
      SITES.flatMap((site, s) =>
        [3, 9, 20].flatMap((day, d) =>
          ['lark', 'crane', 'wolf']
            .filter((_, k) => k === 0 || (s + j + d + k) % 3 < 2)
            .map((species) => `${species},${site},${year}-05-${String(day).padStart(2, '0')},${s < 2 ? 'core' : 'buffer'}`),
        ),
      ),
    ),
  ],
  'categories.csv': ['species,year,category,genuine', 'saiga,2003,CR,', 'saiga,2023,NT,yes'],
};

test.each<[Id, string, string, string[], Record<string, string>]>([
  ['population-trend', 'counts', 'counts.csv', ['trend'], {}],
  ['species-index', 'counts', 'counts.csv', ['index', '--kind', 'msi', '--draws', '50'], { draws: '50' }],
  [
    'before-after-effect',
    'counts',
    'named.csv',
    ['trend', '--since', '2018', '--control', 'буфер'],
    { since: '2018', control: 'буфер' },
  ],
  ['living-planet-index', 'populations', 'lpd.csv', ['index', '--kind', 'lpi', '--draws', '20'], { draws: '20' }],
  [
    'occupancy',
    'sightings',
    'records.csv',
    ['index', '--kind', 'occupancy', '--species', 'crane,wolf'],
    { species: 'crane,wolf' },
  ],
  ['red-list-index', 'assessments', 'categories.csv', ['index', '--kind', 'rli'], {}],
])('%s', async (indicator, input, table, [kind = '', ...options], params) => {
  for (const name of ['life', 'cooperation', 'server']) closeDossier(livingDossier(smallDossier(at(`${name}.gpkg`))));
  writeFileSync(at(table), (TABLES[table] ?? []).join('\n'));
  await command('life', kind, at(table), ...options, '--dossier', at('life.gpkg'), '--site', 'almaty', '--keep');
  const given = Object.entries(params).flatMap(([name, value]) => ['--param', `${name}=${value}`]);
  await command(
    'cooperation',
    'compute',
    at('cooperation.gpkg'),
    at(table),
    '--indicator',
    indicator,
    '--feature',
    'almaty',
    ...given,
  );
  await job(at('server.gpkg'), indicator, { [input]: table, ...params });
  const kept = keptIn(at('life.gpkg'), indicator);
  expect(kept).toHaveLength(1);
  expect(kept[0]?.observations.length).toBeGreaterThan(0);
  expect(keptIn(at('cooperation.gpkg'), indicator)).toEqual(kept);
  expect(keptIn(at('server.gpkg'), indicator)).toEqual(kept);
  if (table !== 'categories.csv') expect(kept[0]?.observations.map(({ feature }) => feature)).toContain('almaty/core');
});

test('the plan of corridors of `life connect reserve --keep` and that of the job are one', async () => {
  for (const name of ['life', 'server']) closeDossier(livingDossier(smallDossier(at(`${name}.gpkg`))));
  await command('life', 'connect', 'reserve', at('life.gpkg'), '--site', 'almaty', '--width', '500', '--keep');
  await job(at('server.gpkg'), 'connectivity', { width: '500' });
  const plans = ['life', 'server'].map((name) => {
    const db = openDossier(at(`${name}.gpkg`));
    const rows = all<object>(db, 'select id, site, kind, title, problem, solutions from plans');
    closeDossier(db);
    return rows;
  });
  expect(plans[0]).toHaveLength(1);
  expect(plans[1]).toEqual(plans[0]);
  expect(keptIn(at('server.gpkg'), 'connectivity')).toEqual(keptIn(at('life.gpkg'), 'connectivity'));
});
