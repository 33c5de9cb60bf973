/** Cells of grids, cubes, camera traps and tables of counts. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { afterAll, describe, expect, test } from 'vitest';
import { camtrapRecords, detectionRates, readCamtrap, trapNights } from '../../src/formats/camtrap.ts';
import { readCube } from '../../src/formats/gbif-cube.ts';
import { decodeCell } from '../../src/formats/gbif-grid.ts';
import { openLifeFile } from '../../src/formats/life-file.ts';
import type { LifeRecord } from '../../src/life-types.ts';
import { problemOf } from './expect-problem.ts';

const golden = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'golden'), 'life');
const present = existsSync(golden);
if (!present)
  console.warn(`no golden data at ${golden}: cubes and camera traps of others are not read in this run (set SARYARKA_GOLDEN)`);
const folder = mkdtempSync(join(tmpdir(), 'life-tables-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function recordsOf(
  name: string,
  content: string | Uint8Array,
): Promise<{ format: string; records: LifeRecord[]; skipped: Record<string, number> }> {
  writeFileSync(join(folder, name), content);
  const file = await openLifeFile(join(folder, name));
  const records: LifeRecord[] = [];
  const { skipped } = await file.read({ today: null, place: { countries: null } }, (record) => records.push(record));
  file.close();
  return { format: file.format, records, skipped };
}

describe('cells', () => {
  test('a kilometre of the European grid begins at its code in kilometres', () => {
    const cell = decodeCell('1kmE4321N3210');
    expect(cell?.ring[0]?.[0]).toBeCloseTo(10, 9); // the false origin of the projection is 52 N, 10 E
    expect(cell?.ring[0]?.[1]).toBeCloseTo(52, 9);
    expect(decodeCell('10kmE432N321')?.ring[0]).toEqual(decodeCell('1kmE4320N3210')?.ring[0]);
  });

  test('a military grid square lies in its zone and band', () => {
    // the central meridian of zone 32 is 9 E at 500,000 m
    const cell = decodeCell('32TNS0000');
    expect(cell?.size).toBe(1000);
    expect(cell?.ring[0]?.[0]).toBeCloseTo(9, 9);
    const [lon = 0, lat = 0] = decodeCell('18SUJ2306')?.centre ?? []; // the White House, 18SUJ2337106519: 38.8977 N, 77.0365 W
    expect(Math.hypot(lon + 77.0365, lat - 38.8977)).toBeLessThan(0.01);
    expect(decodeCell('32IAA00')).toBeNull();
  });

  test('a quarter of a degree is north-west, north-east, south-west, south-east', () => {
    expect(decodeCell('E008N54')?.ring[0]).toEqual([8, 54]);
    expect(decodeCell('E008N54BA')?.centre).toEqual([8.625, 54.875]);
    expect(decodeCell('W001S02C')?.ring[0]).toEqual([-2, -3]);
  });

  // Codes of GBIF: a hexagon by the Dutch coast and a pentagon in the Skagerrak (tests of b3gbi, ace8884b), and one with both signs.
  test('a hexagon tells its centre in millionths of a degree, its signs by steps of 22', () => {
    const [sea, five, south] = ['452583359004665569', '-458282525011250000', '7015000000047000000'].map(decodeCell);
    expect(sea).toMatchObject({ grid: 'isea3h', centre: [4.665569, 52.583359] });
    expect([five?.centre, five?.ring.length]).toEqual([[11.25, 58.282525], 6]);
    expect(south?.centre).toEqual([-47, -15]);
    // 10 · 3^4 hexagons cover the earth's 510,065,621.7 km²: 629,710.6 km² each, a side of √(2 A / 3√3)
    expect(sea?.size).toBeCloseTo(Math.sqrt((2 * 510_065_621_724_000) / 810 / (3 * Math.sqrt(3))), -1);
    expect(sea?.radiusM).toBeGreaterThan(sea?.size ?? Number.POSITIVE_INFINITY);
    expect([decodeCell('9999999999999999999'), decodeCell('491000000000000000')]).toEqual([null, null]);
  });

  test('a code of no grid is told with its line, and the row is left out', async () => {
    writeFileSync(
      join(folder, 'cube.csv'),
      'year\teeacellcode\tspecieskey\tspecies\toccurrences\n2024\t1kmE4203N3614\t1\tCervus elaphus\t3\n2024\tnowhere\t1\tCervus elaphus\t3\n\t1kmE4203N3614\t1\tCervus elaphus\t2\n',
    );
    const cube = await readCube(join(folder, 'cube.csv'));
    expect(cube.rows.map(({ start, occurrences }) => [start, occurrences])).toEqual([
      ['2024-01-01', 3],
      [null, 2],
    ]);
    expect(cube.issues.lists.critical[0]).toMatchObject({
      code: 'cell-wrong',
      details: { line: '3', field: 'eeacellcode', found: 'nowhere' },
    });
  });
});

describe.skipIf(!present)('golden cubes and camera traps', () => {
  test.each([
    ['denmark_mammals_cube_eea', 'eea', 1002, [4, 54, 16, 58.5]],
    ['denmark_mammals_cube_mgrs', 'mgrs', 1002, [4, 54, 16, 58.5]],
    ['denmark_mammals_cube_eqdgc', 'eqdgc', 999, [3, 54, 16, 58.5]],
    ['montenegro_bryophytes_cube_eea', 'eea', 225, [18.3, 41.8, 20.4, 43.6]],
  ] as const)('%s: every row, every cell around its country', async (name, grid, rows, [west, south, east, north]) => {
    const cube = await readCube(join(golden, 'gbif-cubes', `${name}.csv`));
    expect([cube.grid, cube.rows.length, cube.skipped]).toEqual([grid, rows, 0]);
    for (const { centre } of cube.cells.values())
      expect(centre[0] > west && centre[0] < east && centre[1] > south && centre[1] < north).toBe(true);
  });

  test('the example of Camtrap DP: events and pictures are never added together, effort is the time that cameras stood', async () => {
    const data = await readCamtrap(join(golden, 'camtrap-dp'));
    expect(data.rows).toEqual({ event: 36, media: 513 });
    expect(data.observations.every(({ level }) => level === 'event')).toBe(true);
    expect(data.observations).toHaveLength(29);
    // 32.2806 + 9.9521 + 9.1065 + 22.0324 days between the times in deployments.csv
    expect(trapNights(data.deployments)).toBeCloseTo(73.3716, 4);
    expect(data.dataset).toMatchObject({ licence: 'CC0-1.0', doi: '10.15468/5tb6ze' });
    expect([...camtrapRecords(data)][0]).toMatchObject({
      name: 'Anas platyrhynchos',
      place: [4.774, 51.496],
      uncertaintyM: 187,
      count: 1,
      vernacular: { en: 'mallard' },
    });
  });
});

describe('camera traps', () => {
  test('where only pictures are told, the most that one picture shows stands for its event', async () => {
    const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
    put(
      'deployments.csv',
      'deploymentID,latitude,longitude,deploymentStart,deploymentEnd\nd,50,69,2024-05-01T00:00:00Z,2024-05-11T00:00:00Z\nbad,50,69,2024-05-11T00:00:00Z,2024-05-01T00:00:00Z\n',
    );
    const rows = [1, 3, 2].map(
      (count, i) => `o${i},d,m${i},e1,2024-05-02T10:0${i}:00Z,2024-05-02T10:0${i}:00Z,media,animal,Saiga tatarica,${count}`,
    );
    put(
      'observations.csv',
      `observationID,deploymentID,mediaID,eventID,eventStart,eventEnd,observationLevel,observationType,scientificName,count\n${rows.join('\n')}\no9,d,m9,e2,2024-05-02T10:00:00Z,,media,human,Homo sapiens,1\n`,
    );
    put(
      'datapackage.json',
      JSON.stringify({
        resources: [
          { name: 'deployments', path: 'deployments.csv' },
          { name: 'observations', path: 'observations.csv' },
        ],
      }),
    );
    const data = await readCamtrap(folder);
    expect(data.observations.map(({ count }) => count)).toEqual([3]);
    expect(data.skipped).toEqual({ 'same-event': 2, human: 1 });
    expect(detectionRates(data).get('Saiga tatarica')).toEqual({ events: 1, individuals: 3, rate: 10 });
    expect(data.issues.lists.error[0]).toMatchObject({ code: 'camtrap-end', details: { line: '3' } });
    rmSync(join(folder, 'observations.csv'));
    expect((await problemOf(() => readCamtrap(folder))).code).toBe('camtrap-resource');
    for (const name of ['datapackage.json', 'deployments.csv']) rmSync(join(folder, name));
  });
});

describe('versions of Camtrap DP', () => {
  const profile = (version: string): string =>
    `https://raw.githubusercontent.com/tdwg/camtrap-dp/${version}/camtrap-dp-profile.json`;
  const pack = (about: object, columns = 'deploymentID,latitude,longitude,deploymentStart,deploymentEnd'): string => {
    const at = mkdtempSync(join(folder, 'camtrap-'));
    writeFileSync(join(at, 'datapackage.json'), JSON.stringify(about));
    writeFileSync(join(at, 'deployments.csv'), `${columns}\n`);
    writeFileSync(join(at, 'observations.csv'), 'observationID,deploymentID,observationLevel\n');
    return at;
  };

  test.each(['0.1.6', '0.6'])('%s is refused, and told what would do', async (version) => {
    const problem = await problemOf(() => readCamtrap(pack({ profile: profile(version) })));
    expect([problem.code, problem.message]).toEqual([
      'camtrap-version',
      expect.stringMatching(`DP ${version},.*as Camtrap DP 1\\.0$`),
    ]);
  });

  test.each(['1.0-rc.1', '1.0', '1.0.2'])('%s is read', async (version) => {
    expect((await readCamtrap(pack({ profile: profile(version) }))).deployments).toEqual([]);
  });

  test('without a version the names of columns tell', async () => {
    expect((await problemOf(() => readCamtrap(pack({}, 'deployment_id,latitude,longitude,start,end')))).code).toBe(
      'camtrap-version',
    );
    expect((await readCamtrap(pack({ profile: 'tabular-data-package' }))).deployments).toEqual([]);
  });
});

describe('tables of counts', () => {
  test('site by year: a blank is no zero, and a total is not counted', async () => {
    const { format, records, skipped } = await recordsOf(
      'saiga.csv',
      'Участок;Вид;2019;2020;2021\nКуланды;Saiga tatarica;120;;0\nКаргалы;Saiga tatarica;~50;н/д;7\nИтого;;170;;7\n',
    );
    expect(format).toBe('count-table');
    expect(records.map(({ fields, period, count }) => [fields.locality, period?.start.slice(0, 4), count])).toEqual([
      ['Куланды', '2019', 120],
      ['Куланды', '2021', 0],
      ['Каргалы', '2019', 50],
      ['Каргалы', '2021', 7],
    ]);
    expect(records[1]?.flags).toEqual(['absent']);
    expect(skipped).toEqual({ total: 1 });
  });

  test('a table without species is told as one', async () => {
    expect(
      (await problemOf(() => recordsOf('events.txt', 'eventID\tsamplingProtocol\teventDate\n1\tAQEM\t2006-04-10\n'))).code,
    ).toBe('life-no-records');
    expect((await problemOf(() => recordsOf('plain.csv', 'a,b\n1,2\n'))).code).toBe('dwca-no-terms');
  });

  test("SMART's export: waypoints with species and number", async () => {
    const { records } = await recordsOf(
      'smart.csv',
      'Patrol ID,Waypoint ID,Waypoint Date,X,Y,Observation Category 0,Species,Number\nP1,1,2024-05-12,69.25,50.5,Wildlife,Saiga tatarica,12\n',
    );
    expect(records[0]).toMatchObject({
      name: 'Saiga tatarica',
      place: [69.25, 50.5],
      count: 12,
      period: { start: '2024-05-12', end: '2024-05-13' },
    });
  });

  test('a Chronicle of Nature: merged headers, groups as rows, Latin names behind Russian ones', async () => {
    const sheet = utils.aoa_to_sheet([
      ['Таблица 8.3. Численность копытных по данным учётов'],
      ['№', 'Вид', 'Численность, особей', null, null, null, 'Плотность, ос./км²'],
      [null, null, '2019', null, '2020', null, null],
      [null, null, 'весна', 'осень', 'весна', 'осень', null],
      ['Отряд Парнокопытные'],
      [1, 'Сайгак (Saiga tatarica)', 120, 135, '–', 1400, 0.5],
      [2, 'Кабан Sus scrofa L.', 0, '+', 'около 20', null, 0.1],
      [null, 'Итого', 120, 135, 20, 1400, null],
    ]);
    sheet['!merges'] = ['A1:G1', 'A2:A4', 'B2:B4', 'C2:F2', 'C3:D3', 'E3:F3', 'G2:G4', 'A5:G5'].map((range) =>
      utils.decode_range(range),
    );
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, 'Копытные');
    const { format, records, skipped } = await recordsOf(
      'letopis.xlsx',
      new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' })),
    );
    expect(format).toBe('chronicle');
    expect(records.map(({ name, period, count, fields }) => [name, period?.start.slice(0, 4), fields.season, count])).toEqual([
      ['Saiga tatarica', '2019', 'весна', 120],
      ['Saiga tatarica', '2019', 'осень', 135],
      ['Saiga tatarica', '2020', 'осень', 1400],
      ['Sus scrofa', '2019', 'весна', 0],
      ['Sus scrofa', '2019', 'осень', null],
      ['Sus scrofa', '2020', 'весна', 20],
    ]);
    expect(records[0]).toMatchObject({
      vernacular: { ru: 'Сайгак' },
      fields: { title: 'Таблица 8.3. Численность копытных по данным учётов' },
    });
    expect(records[5]?.flags).toEqual(['count-approximate']);
    expect(skipped).toEqual({ heading: 1, total: 1 });
  });
});
