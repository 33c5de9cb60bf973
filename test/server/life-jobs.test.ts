/** Indicators of living things computed over the interface: of records, of cores, of tables; what is refused, what stays secret. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Corridors } from '../../src/api/corridors.ts';
import type { IndicatorList } from '../../src/api/indicators.ts';
import type { JobStatus, ProcessDescription } from '../../src/api/jobs.ts';
import { readSource } from '../../src/formats/source-node.ts';
import { readTableSheet } from '../../src/formats/table-sheet.ts';
import { languages } from '../../src/i18n/index.ts';
import { speciesIndicators } from '../../src/indicators/species-indicators.ts';
import { speciesRichness } from '../../src/indicators/species-richness.ts';
import { populationTrendOfTable } from '../../src/indicators/table-population.ts';
import { lifeComputables } from '../../src/run/compute-life.ts';
import { computeSpecies } from '../../src/run/compute-species.ts';
import { tableFigures } from '../../src/run/compute-tables.ts';
import { createApp } from '../../src/server/app.ts';
import { putDataset } from '../../src/store/catalogue.ts';
import { observationsOfRun, outdatedAt } from '../../src/store/computed.ts';
import { all, type Db } from '../../src/store/db.ts';
import { closeDossier } from '../../src/store/dossier.ts';
import { zonesToCompute } from '../../src/store/keep-computed.ts';
import { getRun } from '../../src/store/observations.ts';
import { listOccurrences, listTaxa } from '../../src/store/occurrences.ts';
import { putSite } from '../../src/store/sites.ts';
import { remove } from '../../src/store/write.ts';
import type { Id, Observation } from '../../src/types.ts';
import { workbook } from '../records/messy-sheets.ts';
import { almaty, smallDossier } from '../store/facts-fixture.ts';
import { dataFolder, until } from './jobs-fixture.ts';
import { addRecord, addTaxon, drawZone, livingDossier } from './life-fixture.ts';
import { browserOf, person, served, sharedDossier } from './people.ts';

const { folder, remove: removeFolder } = dataFolder();
afterAll(removeFolder);

const YEARS = Array.from({ length: 8 }, (_, i) => 2010 + i);
const COUNTS = [
  'species,site,year,count',
  ...YEARS.flatMap((year, i) => ['a', 'b', 'c'].map((site, s) => `Otis tarda,${site},${year},${(s + 2) * 10 + i * (s + 3)}`)),
];
writeFileSync(join(folder, 'counts.csv'), `${COUNTS.join('\n')}\n`);
writeFileSync(join(folder, 'faulty.csv'), 'species,site,year,count\nOtis tarda,a,2010,many\nOtis tarda,a,2011,-4\n,a,2012,3\n');

function local(db: Db = livingDossier(smallDossier())) {
  const app = createApp({ db, file: 'a.gpkg', lang: 'en', today: () => '2026-11-23', data: folder });
  const headers = { host: 'localhost', 'content-type': 'application/json' };
  const get = (path: string) => app.request(path, { headers });
  const post = (process: Id, inputs: object, lang = 'en') =>
    app.request(`/ogc/processes/${process}/execution?lang=${lang}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ inputs }),
    });
  const done = async (process: Id, inputs: object = {}) => {
    const job = (await (await post(process, { site: 'almaty', ...inputs })).json()) as JobStatus;
    return until(get, job.jobID, ['successful', 'failed']);
  };
  return { db, app, get, post, done };
}

const figuresOf = (db: Db, run: Id | null): Observation[] => observationsOfRun(db, run ?? '');
const audited = (db: Db): number => all<{ n: number }>(db, 'select count(*) as n from audit')[0]?.n ?? 0;

describe('processes', () => {
  test('each says in every language what it is computed of, with the columns of its table and its defaults', async () => {
    const { get } = local();
    for (const lang of languages)
      for (const { id, of, columns, params, choices } of lifeComputables) {
        const about = (await (await get(`/ogc/processes/${id}?lang=${lang}`)).json()) as ProcessDescription;
        expect(about.title, id).not.toMatch(/^jobs\./);
        expect(about.keywords, id).toContain(id);
        expect(about.inputs.site?.description, id).not.toBe(about.inputs.site?.title);
        for (const [name, value] of Object.entries(params))
          expect(about.inputs[name]?.schema).toMatchObject({
            type: 'string',
            default: value,
            ...(choices[name] && { enum: choices[name] }),
          });
        const tables = Object.entries(about.inputs).filter(([, { keywords }]) => keywords.includes('table'));
        expect(tables).toHaveLength(of === 'table' ? 1 : 0);
        for (const column of [...columns.required, ...columns.optional]) expect(tables[0]?.[1].title).toContain(column);
        expect(Object.keys(about.inputs)).not.toContain('crs');
      }
  });

  test('those of the same records name one another, so that all can be asked for at once', async () => {
    const about = (await (await local().get('/ogc/processes/species-richness')).json()) as ProcessDescription;
    const related = about.links.filter(({ rel }) => rel === 'related').map(({ href }) => href.split('/').at(-1));
    expect(['species-richness', ...related].sort()).toEqual(speciesIndicators.map(({ id }) => id).sort());
  });
});

describe('species', () => {
  test('the figures and the run are those that the records as anybody may see them give', async () => {
    const { db, done } = local();
    const job = await done('species-richness');
    expect(job, job.message).toMatchObject({ status: 'successful', known: false, progress: 100 });
    const work = {
      site: 'almaty',
      occurrences: listOccurrences(db, { site: 'almaty', exact: false }),
      taxa: listTaxa(db),
      params: {},
    };
    const expected = computeSpecies(speciesRichness, { ...work, zones: zonesToCompute(db, 'almaty') });
    expect(job.run).toBe(expected.run.id);
    expect(figuresOf(db, job.run)).toEqual(expected.figures.map(expected.observation));
    expect(getRun(db, job.run ?? '')).toMatchObject({ params: { effort: 'year', list: 'iucn', from: '', to: '' } });
    // a dossier on the disk is read in the thread, and gives the same
    const file = livingDossier(smallDossier(join(folder, 'living.gpkg')));
    const there = await local(file).done('species-richness');
    expect(there, there.message).toMatchObject({ status: 'successful', run: job.run, figures: job.figures });
    closeDossier(file);
  });

  test('asked again it is known, and nothing is written; with another record it is another run', async () => {
    const { db, done } = local();
    const first = await done('species-richness');
    const before = audited(db);
    expect(await done('species-richness', { effort: 'year' })).toMatchObject({
      known: true,
      run: first.run,
      figures: first.figures,
    });
    expect(audited(db)).toBe(before);
    addRecord(db, 'new', 'wolf', 2019, { place: [76.03, 43.01] });
    const second = await done('species-richness');
    expect(second).toMatchObject({ known: false });
    expect(second.run).not.toBe(first.run);
    // the figures are those of the records as they are now, whichever run was there before
    remove(db, 'occurrences', 'test', 'new');
    const third = await done('species-richness');
    expect(third).toMatchObject({ known: false, run: first.run });
    expect(figuresOf(db, first.run)).toHaveLength(third.figures ?? -1);
  });

  test('what no figure rests on is counted and told', async () => {
    const { db, get, done } = local();
    addRecord(db, 'beside', 'wolf', 2019, { place: [70, 40] });
    addRecord(db, 'undated', 'wolf', 2019, { period: null });
    addRecord(db, 'none', 'wolf', 2019, { count: 0 });
    addTaxon(db, 'wolves', { rank: 'genus' });
    addRecord(db, 'genus', 'wolves', 2019);
    const job = await done('species-richness');
    expect(getRun(db, job.run ?? '')?.skipped).toBe(4);
    const told = (await (await get(`/ogc/jobs/${job.jobID}?lang=ru`)).json()) as JobStatus;
    expect(told.message).toMatch(/не нашли — 1, в неволе, в культуре или ископаемые — 0, вне зон — 1, без даты — 1, не виды — 1/);
  });

  test('figures that have no value, as the effort is too small, are counted in what is told', async () => {
    const db = smallDossier();
    drawZone(db, 'almaty', 'core', [76, 76.02]);
    for (const id of ['wolf', 'lark']) {
      addTaxon(db, id);
      addRecord(db, id, id, 2019);
    }
    const job = await local(db).done('species-richness');
    const blank = figuresOf(db, job.run).filter(({ value }) => value === null).length;
    expect(blank).toBeGreaterThan(0);
    expect(job.message).toContain(`too little is known: ${blank}`);
  });

  test('nobody learns from a figure where a sensitive species is: its place within the cell changes nothing', async () => {
    const texts = await Promise.all(
      [
        [76.01, 43.01],
        [76.03, 43.015],
      ].map(async ([lon = 0, lat = 0]) => {
        const { db, get, done } = local();
        for (let year = 2015; year < 2021; year++)
          addRecord(db, `saker-${year}`, 'saker', year, { place: [lon, lat], fields: { locality: 'old poplar' } });
        const job = await done('threatened-species');
        const text = await (await get(`/ogc/jobs/${job.jobID}/results`)).text();
        expect(text).not.toMatch(/poplar|robbed|Observer|76\.0[13]|43\.01/);
        return JSON.stringify(figuresOf(db, job.run).map(({ from: _, ...one }) => one));
      }),
    );
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).toContain('species-undecided');
  });

  test('settings that are wrong are told in the language of who asks', async () => {
    const { get, done } = local();
    const job = await done('species-richness', { effort: 'records' });
    expect(job).toMatchObject({ status: 'failed' });
    for (const lang of languages)
      expect(((await (await get(`/ogc/jobs/${job.jobID}?lang=${lang}`)).json()) as JobStatus).message).toContain('place-year');
  });

  test('records of which none can be used are told apart from records that are not there', async () => {
    const db = smallDossier();
    drawZone(db, 'almaty', 'core', [76, 76.02]);
    addTaxon(db, 'wolf');
    const { post, done } = local(db);
    for (const lang of languages) {
      const reply = (await (await post('species-richness', { site: 'almaty' }, lang)).json()) as {
        code: string;
        message: string;
      };
      expect(reply.code).toBe('life-none-kept');
      expect(reply.message).toContain('saryarka life import');
    }
    addRecord(db, 'beside', 'wolf', 2019, { place: [70, 40] });
    const job = await done('species-richness');
    expect(job).toMatchObject({ status: 'failed', figures: null });
    expect(job.message).toContain('outside the zones 1');
    expect(all(db, 'select id from runs')).toEqual([]);
  });
});

describe('cores', () => {
  test('connectivity and ProtConn of a reserve, outdated as soon as a zone is redrawn', async () => {
    const { db, done } = local();
    for (const indicator of ['connectivity', 'protected-connectivity']) {
      const job = await done(indicator, { distance: 5000 });
      expect(job, job.message).toMatchObject({ status: 'successful', figures: 3 });
      expect(figuresOf(db, job.run).map(({ by }) => by.class)).toEqual(['1000 m', '5000 m', '10000 m']);
      expect(await done(indicator, { distance: '5000' })).toMatchObject({ known: true, run: job.run });
    }
    expect(outdatedAt(db, 'almaty').size).toBe(0);
    drawZone(db, 'almaty', 'buffer', [76.02, 76.05]);
    expect(outdatedAt(db, 'almaty').get('protected-connectivity')).toBe(3);
  });

  test('with connectivity goes the plan of corridors; made again it is the same, and with a wider corridor another', async () => {
    const db = livingDossier(smallDossier());
    putSite(db, 'test', { ...almaty, id: 'hills', name: { en: 'Hills', ru: 'Холмы' } });
    drawZone(db, 'hills', 'core', [76.1, 76.12]);
    const { get, done } = local(db);
    const corridors = async () => (await (await get('/api/sites/almaty/corridors?lang=ru')).json()) as Corridors;
    expect((await get('/api/sites/almaty/corridors')).status).toBe(404);
    const first = await done('connectivity');
    expect(first.message, first.message).toContain('Plan of corridors kept: ');
    const shown = await corridors();
    expect(shown.corridors).toMatchObject([{ to: 'Холмы' }]);
    expect(shown.changed).toEqual([]);
    expect(getRun(db, shown.run)?.inputs.map(({ href }) => href)).toEqual(['cores/almaty', 'cores/hills']);
    const before = audited(db);
    expect((await done('connectivity')).message).toContain('The plan of corridors is as before');
    expect(audited(db)).toBe(before);
    const wide = await done('connectivity', { width: 2000 });
    // how connected the reserve's own cores are does not hang on the width of a corridor
    expect(wide).toMatchObject({ known: true, run: first.run });
    expect(wide.message).toContain('in place of the one before');
    expect((await corridors()).corridors[0]?.area).not.toBe(shown.corridors[0]?.area);
    expect(getRun(db, (await corridors()).run)?.params).toMatchObject({ width: '2000' });
  });

  test('a map without a core is told, and one that is not drawn', async () => {
    const db = smallDossier();
    const { post, done } = local(db);
    expect(await (await post('connectivity', { site: 'almaty' })).json()).toMatchObject({ code: 'export-no-geometry' });
    drawZone(db, 'almaty', 'buffer', [76, 76.02]);
    const job = await done('connectivity');
    expect(job.message).toContain('no core area');
  });
});

describe('tables', () => {
  test('the figures and the run of the table, which is named where it is a data set', async () => {
    const { db, done } = local();
    const job = await done('population-trend', { counts: 'counts.csv' });
    expect(job, job.message).toMatchObject({ status: 'successful' });
    const file = readSource(join(folder, 'counts.csv'));
    const inputs = [{ href: file.name, digest: file.digest }];
    const table = { name: file.name, table: await readTableSheet(file), inputs, feature: 'almaty', params: {} };
    const expected = tableFigures(populationTrendOfTable, table);
    expect(job.run).toBe(expected.run.id);
    expect(figuresOf(db, job.run)).toEqual(expected.observations);
    const dataset = {
      id: 'counts',
      title: { en: 'Counts' },
      kind: 'table',
      href: 'counts.csv',
      mediaType: 'text/csv',
      crs: null,
    } as const;
    const described = { ...dataset, period: null, licence: 'CC0-1.0', attribution: 'reserve' };
    putDataset(db, 'test', { ...described, digest: file.digest });
    const named = await done('species-index', { counts: [{ dataset: 'counts' }], draws: 100 });
    expect(getRun(db, named.run ?? '')?.inputs).toEqual([{ dataset: 'counts', href: 'counts.csv', digest: file.digest }]);
    putDataset(db, 'test', { ...described, digest: `sha256:${'0'.repeat(64)}` });
    expect((await done('species-index', { counts: { dataset: 'counts' }, seed: 2 })).message).toContain('counts.csv');
  });

  test('of a species whose places are a secret no zone is read', async () => {
    const { db, done } = local();
    const rows = YEARS.flatMap((year, i) =>
      ['Saker', 'lark'].flatMap((species) =>
        ['a', 'b'].map((site, s) => `${species},${site},${year},${20 + i + s},${s === 0 ? 'core' : 'buffer'}`),
      ),
    );
    writeFileSync(join(folder, 'zoned.csv'), `species,site,year,count,zone\n${rows.join('\n')}\n`);
    const job = await done('population-trend', { counts: 'zoned.csv' });
    expect(job.status, job.message).toBe('successful');
    const places = [...new Set(figuresOf(db, job.run).map(({ feature, by }) => `${by.class}: ${feature}`))].sort();
    expect(places).toEqual(['Saker: almaty', 'lark: almaty', 'lark: almaty/buffer', 'lark: almaty/core']);
    expect(job.message).toContain('sensitive species, kept for the whole alone: Saker');
    expect(getRun(db, job.run ?? '')?.inputs.map(({ href }) => href)).toEqual(['zoned.csv', 'sensitive species']);
  });

  test('what a measure did: a zone is the control by any of its words, and the run names it by its id', async () => {
    const { db, done } = local();
    const counted = (core: boolean, j: number): number => 20 + (j % 2) + (core && j > 3 ? 20 : 0);
    const rows = YEARS.flatMap((year, j) =>
      ['a', 'b', 'c', 'd'].map((site, s) => `lark,${site},${year},${counted(s > 1, j) + s},${s > 1 ? 'core' : 'буферная зона'}`),
    );
    writeFileSync(join(folder, 'measure.csv'), `species,site,year,count,zone\n${rows.join('\n')}\n`);
    const job = await done('before-after-effect', { counts: 'measure.csv', since: 2014, control: 'buffer zone' });
    expect(job.status, job.message).toBe('successful');
    expect(figuresOf(db, job.run)).toMatchObject([{ feature: 'almaty/core', by: { class: 'lark' }, n: 2 }]);
    expect(figuresOf(db, job.run)[0]?.value).toBeGreaterThan(1.5);
    expect(getRun(db, job.run ?? '')?.params).toEqual({ since: '2014', control: 'almaty/buffer' });
    const moon = await done('before-after-effect', { counts: 'measure.csv', since: 2014, control: 'moon' });
    expect(moon.message).toContain('almaty/core, almaty/buffer');
  });

  test('a workbook is read like a table of text, sheet by sheet, and what was not read is told', async () => {
    const { db, done } = local();
    const cells = COUNTS.map((line) => line.split(',').map((cell) => (/^\d+$/.test(cell) ? Number(cell) : cell)));
    const sheets = [
      { name: 'Учёты', rows: [['Учёты дроф'], ...cells, ['Итого', 'Итого', 2010, 100]] },
      { name: 'Заметки', rows: [['о погоде']] },
    ];
    writeFileSync(join(folder, 'counts.xlsx'), workbook(sheets).bytes);
    const job = await done('population-trend', { counts: 'counts.xlsx' });
    expect(job.status, job.message).toBe('successful');
    expect(job.message).toContain('rows that only add up others, left out: 1');
    expect(job.message).toContain('sheet "Заметки" was not read');
    const values = (run: Id | null) => figuresOf(db, run).map(({ value, period }) => [value, period]);
    // figures of the later run stand in place of those of the earlier
    const ofBook = values(job.run);
    expect(ofBook.length).toBeGreaterThan(0);
    expect(values((await done('population-trend', { counts: 'counts.csv' })).run)).toEqual(ofBook);
  });

  test('without a map: figures of the whole, and of zones as the table calls them; coordinates lie in none, and that is told', async () => {
    const db = smallDossier();
    for (const { id } of all<{ id: Id }>(db, 'select id from zones')) remove(db, 'zones', 'test', id);
    const { get, done } = local(db);
    const head = 'species,site,year,count';
    const rows = (more: string) => COUNTS.slice(1).map((line) => `${line},${more}`);
    writeFileSync(join(folder, 'words.csv'), [`${head},zone`, ...rows('ядро')].join('\n'));
    writeFileSync(join(folder, 'places.csv'), [`${head},lon,lat`, ...rows('76.01,43.01')].join('\n'));
    const words = await done('population-trend', { counts: 'words.csv' });
    expect(words.status, words.message).toBe('successful');
    const places = (run: Id | null) => [...new Set(figuresOf(db, run).map(({ feature, by }) => `${feature}: ${by.class}`))];
    expect(places(words.run)).toEqual(['almaty: Otis tarda', 'almaty: Otis tarda, core']);
    const placed = await done('population-trend', { counts: 'places.csv' });
    expect(places(placed.run)).toEqual(['almaty: Otis tarda']);
    expect(placed.message).toContain('No zones of the site are drawn');
    const { indicators, mapped } = (await (await get('/api/sites/almaty/indicators')).json()) as IndicatorList;
    expect(mapped).toBe(false);
    const needs = new Map(indicators.map((one) => [one.id, one.needsMap]));
    const ofTable = ['population-trend', 'population-index', 'red-list-index', 'before-after-effect'];
    expect(ofTable.map((id) => needs.get(id))).toEqual(ofTable.map(() => false));
    expect(['species-richness', 'connectivity', 'land-cover'].map((id) => needs.get(id))).toEqual([true, true, true]);
  });

  test('every fault of a table is told with file, line and field, and nothing is kept', async () => {
    const { db, get, done } = local();
    const job = await done('population-trend', { counts: 'faulty.csv' });
    expect(job).toMatchObject({ status: 'failed', figures: null });
    for (const lang of languages) {
      const { message } = (await (await get(`/ogc/jobs/${job.jobID}?lang=${lang}`)).json()) as JobStatus;
      const lines = message.split('\n');
      expect(lines).toHaveLength(3);
      for (const [i, field] of ['count', 'count', 'species'].entries()) {
        expect(lines[i]).toContain('faulty.csv');
        expect(lines[i]).toContain(String(i + 2));
        expect(lines[i]).toContain(field);
      }
    }
    expect(all(db, 'select id from runs')).toEqual([]);
  });

  test.each([
    ['population-trend', {}, 'table-needed'],
    ['population-trend', { counts: ['counts.csv', 'faulty.csv'] }, 'request-unlike'],
    ['population-trend', { counts: 'cover_2000.tif' }, 'input-not-readable'],
    ['population-trend', { counts: 'https://example.org/counts.csv' }, 'input-not-readable'],
    ['population-trend', { counts: '../counts.csv' }, 'data-file-unknown'],
    ['population-trend', { counts: 'counts.csv', crs: 'EPSG:4326' }, 'input-unknown'],
    ['species-richness', { counts: 'counts.csv' }, 'input-unknown'],
  ])('%s of %j is refused at once: %s', async (process, inputs, code) => {
    const reply = await local().post(process, { site: 'almaty', ...inputs });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ code });
  });
});

test('a job that is stopped, waiting or under way, leaves nothing behind', async () => {
  const { db, app, post } = local();
  const jobs = await Promise.all(
    ['species-diversity', 'species-richness'].map(async (id) => (await post(id, { site: 'almaty' })).json()),
  );
  for (const { jobID } of jobs as JobStatus[]) {
    const reply = await app.request(`/ogc/jobs/${jobID}`, { method: 'DELETE', headers: { host: 'localhost' } });
    expect(await reply.json()).toMatchObject({ status: 'dismissed' });
  }
  await local(db).done('connectivity');
  expect(all(db, 'select distinct indicator from runs')).toEqual([{ indicator: 'connectivity' }]);
});

test('who adds at a site computes of its records and cores; of the cores of all reserves who may read them all', async () => {
  const db = livingDossier(sharedDossier());
  drawZone(db, 'korgalzhyn', 'core', [76.06, 76.08]);
  person(db, 'reads', { almaty: 'reader' });
  person(db, 'adds', { almaty: 'contributor' });
  person(db, 'national', { '*': 'contributor' });
  const app = served(db, { data: folder });
  const ask = (user: string, process: Id, site = 'almaty') =>
    browserOf(app, db, user)('POST', `/ogc/processes/${process}/execution`, { inputs: { site } });
  const told: string[] = [];
  for (const process of ['species-richness', 'connectivity', 'population-trend']) {
    expect((await ask('reads', process)).status).toBe(403);
    expect((await ask('adds', process, 'korgalzhyn')).status).toBe(403);
    expect((await ask('adds', process, 'nowhere')).status).toBe(403);
  }
  expect(await (await ask('adds', 'protected-connectivity')).json()).toMatchObject({ code: 'cores-not-readable' });
  const jobs = [
    await ask('adds', 'species-richness'),
    await ask('adds', 'connectivity'),
    await ask('national', 'protected-connectivity'),
    await ask('national', 'connectivity'),
  ];
  const runs = [];
  for (const reply of jobs) {
    const { jobID } = (await reply.json()) as JobStatus;
    const job = await until((at) => browserOf(app, db, 'adds')('GET', at), jobID, ['successful', 'failed']);
    expect(job.status, job.message).toBe('successful');
    told.push(job.message);
    runs.push(getRun(db, job.run ?? '')?.inputs.map(({ href }) => href));
  }
  expect(runs[1]).toEqual(['zones/almaty/core', 'zones/almaty/buffer']);
  // a plan of corridors is made for whoever may read all cores; others are told why there is none
  expect(told[1]).toContain('No plan of corridors was made');
  expect(told[3]).toContain('Plan of corridors kept');
  expect(runs[2]).toEqual(['zones/almaty/core', 'zones/almaty/buffer', 'cores of korgalzhyn']);
  expect(
    all<{ by: string }>(db, "select by from audit where noun = 'runs'")
      .map(({ by }) => by)
      .sort(),
  ).toEqual(['adds', 'adds', 'national', 'national']);
});
