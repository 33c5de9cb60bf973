/** Hydrological series in the dossier: stations, figures with their rows, what the rules found; and the tables of the Aral. */
import { describe, expect, test } from 'vitest';
import { encodePoint } from '../../src/formats/geopackage-binary.ts';
import { digestOf, readSource, type SourceFile, shippedPath } from '../../src/formats/source-node.ts';
import { readWaterSeries } from '../../src/formats/water-open.ts';
import type { SeriesOptions } from '../../src/formats/water-series.ts';
import { undoChangeset } from '../../src/store/changesets.ts';
import { all, type Db, get } from '../../src/store/db.ts';
import { createDossier, verifyDossier } from '../../src/store/dossier.ts';
import { importTableFile } from '../../src/store/import-table-file.ts';
import { listObservationsOf } from '../../src/store/observations.ts';
import { migrations } from '../../src/store/schema.ts';
import { importAral } from '../../src/store/series-aral.ts';
import { importSeries, type SeriesImport } from '../../src/store/series-import.ts';
import { disagreements, impossibleInDossier, listSeries } from '../../src/store/series-list.ts';
import { putSite } from '../../src/store/sites.ts';
import { listStations } from '../../src/store/stations.ts';
import type { Site } from '../../src/types.ts';
import { problemOf } from '../formats/expect-problem.ts';

const north: Site = {
  id: 'north',
  kind: 'water-body',
  name: { en: 'North Aral' },
  countries: ['KZ'],
  parent: null,
  ecosystems: null,
  note: null,
};

function dossier(): Db {
  const db = createDossier(':memory:');
  putSite(db, 'test', north);
  return db;
}

function fileOf(text: string, name = 'kazalinsk.csv'): SourceFile {
  const bytes = new TextEncoder().encode(text);
  return { name, bytes, digest: digestOf(bytes) };
}

async function bring(db: Db, text: string, options: SeriesOptions = {}, name?: string): Promise<SeriesImport> {
  const file = fileOf(text, name);
  return importSeries(db, 'test', file, await readWaterSeries(file, options), { site: 'north' });
}

const table =
  'Дата;Пост;Расход, м3/с\n01.04.1990;Казалинск;212,5\n02.04.1990;Казалинск;-5\n03.04.1990;Казалинск;<0,5\n04.04.1990;Казалинск;-\n05.04.1990;Казалинск;213*\n';

describe('series in the dossier', () => {
  test('each value is a figure of its station with its row, as written; what is missing is none', async () => {
    const db = dossier();
    const { changes, series } = await bring(db, table);
    expect(changes).toEqual({ added: 4, changed: 0, same: 0 });
    expect(series[0]).toMatchObject({ feature: 'north/kazalinsk', kept: 4, report: { counts: { missing: 2, negative: 1 } } });
    const observations = listObservationsOf(db, 'north/kazalinsk', ['river-discharge']);
    expect(
      observations.map(({ period, value, quality, note, from }) => [
        period?.start,
        value,
        quality,
        note,
        'row' in from ? from.row : null,
        'quote' in from ? from.quote : null,
      ]),
    ).toEqual([
      ['1990-04-01', 212.5, 'ok', null, 'C2', '212,5'],
      ['1990-04-02', -5, 'doubtful', 'negative', 'C3', null],
      ['1990-04-03', null, 'ok', 'below', 'C4', '<0,5'],
      ['1990-04-05', 213, 'ok', 'noted', 'C6', '213*'],
    ]);
    expect(observations[2]).toMatchObject({ low: 0, high: 0.5 });
    expect(verifyDossier(db)).toEqual([]);
  });

  test('the same file again changes nothing, and the import can be taken back', async () => {
    const db = dossier();
    const { changeset } = await bring(db, table);
    const again = await bring(db, table);
    expect(again.changes).toEqual({ added: 0, changed: 0, same: 4 });
    expect(again.changeset).toBeNull();
    undoChangeset(db, 'test', changeset ?? '');
    expect(listStations(db)).toEqual([]);
    expect(get<{ n: number }>(db, 'select count(*) as n from observations')?.n).toBe(0);
    expect(verifyDossier(db)).toEqual([]);
  });

  test('what is only looked at is not written', async () => {
    const db = dossier();
    const file = fileOf(table);
    const { changeset, series } = importSeries(db, 'test', file, await readWaterSeries(file), { site: 'north', preview: true });
    expect([changeset, series[0]?.kept]).toEqual([null, 4]);
    expect(listStations(db)).toEqual([]);
  });

  test('a station is known again by its name or number, and what was not known of it is filled in', async () => {
    const db = dossier();
    await bring(db, table);
    await bring(
      db,
      'date,station,code,river,lat,lon,"discharge, m3/s"\n1991-01-01,Казалинск,11,Сырдарья,45.77,62.1,5\n',
      {},
      'more.csv',
    );
    expect(listStations(db, 'north').map(({ id, name, code, river, place }) => [id, name, code, river, place])).toEqual([
      ['north/kazalinsk', { ru: 'Казалинск' }, '11', 'Сырдарья', [62.1, 45.77]],
    ]);
    const [row] = all<{ min_x: number; max_y: number }>(
      db,
      "select min_x, max_y from gpkg_contents where table_name = 'stations'",
    );
    expect(row).toEqual({ min_x: 62.1, max_y: 45.77 });
    expect(get<{ n: number }>(db, 'select count(*) as n from rtree_stations_geom')?.n).toBe(1);
  });

  test('values of two sources for one day stand side by side', async () => {
    const db = dossier();
    await bring(db, 'Дата;Пост;Расход, м3/с\n01.04.1990;Казалинск;212,5\n');
    await bring(db, 'Дата;Пост;Расход, м3/с\n01.04.1990;Казалинск;198,0\n', {}, 'other.csv');
    const series = listSeries(db, { site: 'north' });
    expect(series.map(({ points }) => points.map(({ value }) => value))).toEqual([[212.5], [198]]);
    expect(disagreements(series)[0]).toMatchObject({
      variable: 'river-discharge',
      periods: 1,
      differ: 1,
      worst: { values: [{ value: 212.5 }, { value: 198 }] },
    });
  });

  test('a duplicate of a day in one file is kept and doubted', async () => {
    const db = dossier();
    const { changes } = await bring(db, 'Дата;Пост;Расход, м3/с\n01.04.1990;A;212,5\n01.04.1990;A;100,5\n');
    expect(changes.added).toBe(2);
    expect(listObservationsOf(db, 'north/a', ['river-discharge']).map(({ value, quality }) => [value, quality])).toEqual([
      [212.5, 'ok'],
      [100.5, 'doubtful'],
    ]);
  });

  test('a lake has levels of its own, with the zero they are counted from and the error of the satellite', async () => {
    const db = dossier();
    const text = JSON.stringify({ data: [{ datetime: '2002-07-23 12:31:02', wse: 42.1, wse_u: 0.02 }] });
    const { dataset } = await bring(db, text, { datum: 'eigen-6c' }, 'dahiti.json');
    const [level] = listObservationsOf(db, 'north', ['lake-level']);
    expect(level).toMatchObject({
      value: 42.1,
      low: 42.08,
      high: 42.12,
      level: 0.6827,
      by: { class: 'eigen-6c' },
      period: { start: '2002-07-23', end: '2002-07-24' },
    });
    const row = get<{ licence: string }>(db, 'select licence from datasets where id = ?', [dataset]);
    expect(row?.licence).toContain('DAHITI');
  });

  test('a river without a station, and a site that is not there, are told', async () => {
    const db = dossier();
    const text = 'Дата;Расход, м3/с\n01.04.1990;1,5\n';
    expect((await problemOf(() => bring(db, text))).code).toBe('series-station');
    const file = fileOf(text);
    const read = await readWaterSeries(file, { station: 'A' });
    expect((await problemOf(() => importSeries(db, 'test', file, read, { site: 'south' }))).code).toBe('site-unknown');
  });

  test('a dossier of the schema before learns of stations with its figures in place', () => {
    const db = createDossier(':memory:');
    const stations = migrations.findIndex((sql) => sql.includes('create table stations'));
    expect(stations).toBeGreaterThan(10);
    putSite(db, 'test', north);
    // the step that makes the list of nouns anew, once more on a dossier with rows
    db.exec('begin immediate');
    db.exec((migrations[stations] ?? '').split('create table stations')[0] ?? '');
    db.exec('commit');
    expect(verifyDossier(db)).toEqual([]);
    expect(all(db, 'select id, noun from features')).toEqual([{ id: 'north', noun: 'sites' }]);
  });

  test('a station drawn in another program needs no id and can be spoken of', () => {
    const db = dossier();
    db.prepare('insert into stations (geom, site, name) values (?, ?, ?)').run(
      encodePoint([62.1, 45.77]),
      'north',
      '{"en":"Drawn"}',
    );
    const [station] = listStations(db);
    expect(station).toMatchObject({ name: { en: 'Drawn' }, place: [62.1, 45.77], from: { source: 'by-hand' } });
    expect(get(db, 'select noun from features where id = ?', [station?.id ?? ''])).toEqual({ noun: 'stations' });
  });
});

describe('the tables of the Aral', () => {
  test('come into any dossier once, with their sources', () => {
    const db = createDossier(':memory:');
    expect(importAral(db, 'test').added).toBeGreaterThan(800);
    expect(importAral(db, 'test')).toMatchObject({ added: 0, changed: 0 });
    expect(verifyDossier(db)).toEqual([]);
    const volumes = listObservationsOf(db, 'aral-sea', ['lake-volume']).filter(
      ({ period, value }) => period?.start === '1960-01-01' && value !== null,
    );
    expect(volumes.map(({ value }) => value)).toEqual([1101.07, 1093, 1083]);
  });

  test('are those of data/kazakhstan: what start builds is not changed by them', () => {
    const db = createDossier(':memory:');
    for (const name of ['indicators', 'kazakhstan/sources', 'kazakhstan/sites', 'kazakhstan/observations-aral']) {
      importTableFile(db, readSource(shippedPath('data', `${name}.csv`)), 'shipped', {
        id: `shipped/${name}.csv`,
        href: `data/${name}.csv`,
        licence: 'CC-BY-4.0',
        attribution: 'Saryarka contributors, from the sources named in each row',
      });
    }
    expect(importAral(db, 'shipped')).toMatchObject({ added: 0, changed: 0 });
  });

  test('hold levels and volumes that no curve holds, which is found without being told (conflict C3)', () => {
    const db = createDossier(':memory:');
    importAral(db, 'test');
    const curve = [
      { level: 37.75, area: 2550 },
      { level: 40, area: 2800 },
      { level: 42, area: 3300 },
    ];
    const found = impossibleInDossier(listSeries(db), new Map([['aral-sea-north', curve]]));
    expect(found.filter(({ feature }) => feature === 'aral-sea-north').map(({ low }) => low.level)).toEqual([40.42, 40.9]);
  });
});
