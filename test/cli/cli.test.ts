/** The command line as a user meets it: real processes, real files. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const bin = join(import.meta.dirname, '..', '..', 'bin', 'saryarka.js');
let folder: string;
let dossier: string;

const saryarka = (...args: string[]) =>
  spawnSync(process.execPath, [bin, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '' },
  });

const square = (kind: string, west: number, extra: object = {}) => ({
  type: 'Feature',
  properties: { zone: kind, ...extra },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, 50],
        [west + 0.1, 50],
        [west + 0.1, 50.1],
        [west, 50.1],
        [west, 50],
      ],
    ],
  },
});
const collection = (...features: object[]): string => JSON.stringify({ type: 'FeatureCollection', features });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-cli-'));
  dossier = join(folder, 'kazakhstan.gpkg');
  const started = saryarka('start', '--no-serve', '--today', '2026-11-23');
  expect(started.stderr).toBe('');
  expect(started.status).toBe(0);
  expect(started.stdout).toContain('kazakhstan.gpkg: built from the shipped facts');
  expect(started.stdout).toContain('drafts for 9 reserves');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('start', () => {
  test('again changes nothing', () => {
    const again = saryarka('start', '--no-serve', '--today', '2026-11-23');
    expect(again.stdout).toMatch(/\(0 rows added, 0 changed, [\d,]+ as before\)/);
  });

  test('writes a draft in each language for each reserve that is due, and for no other', () => {
    for (const lang of ['en', 'ru', 'kk', 'tr'])
      expect(existsSync(join(folder, 'reviews', `barsakelmes.${lang}.html`))).toBe(true);
    expect(existsSync(join(folder, 'reviews', 'burabay.en.html'))).toBe(false);
  });
});

describe('check', () => {
  test('--json prints zones, repairs and findings, and an error finding exits with 1', () => {
    const { stdout, status } = saryarka('check', dossier, '--site', 'katon-karagay', '--json');
    const { zones, repairs, findings } = JSON.parse(stdout);
    expect(status).toBe(1);
    expect(zones.map((z: { id: string; declaredHa: number }) => [z.id, z.declaredHa])).toEqual([
      ['katon-karagay/core', 126432],
      ['katon-karagay/buffer', 855508],
      ['katon-karagay/transition', 650000],
    ]);
    expect(repairs).toEqual([]);
    expect(findings[0]).toMatchObject({ rule: 'Z13', severity: 'error', site: 'katon-karagay' });
    expect(Object.keys(findings[0].text).sort()).toEqual(['en', 'kk', 'ru', 'tr']);
  });

  test('questions alone exit with 0', () => {
    expect(saryarka('check', dossier, '--site', 'almaty').status).toBe(0);
  });

  test('a zone map needs no dossier', () => {
    const map = join(folder, 'zones.geojson');
    writeFileSync(map, collection(square('ядро', 70), square('Буферная зона', 70.1), square('transition', 70.2)));
    const { stdout } = saryarka('check', map, '--json');
    const { zones } = JSON.parse(stdout);
    expect(zones.map((z: { kind: string }) => z.kind)).toEqual(['core', 'buffer', 'transition']);
    // 0.1 by 0.1 degrees at 50 degrees north, area between parallels: 7,972 ha
    expect(zones[0].areaHa).toBeGreaterThan(7900);
    expect(zones[0].areaHa).toBeLessThan(8050);
    expect(zones[0].extent).toEqual([70, 50, 70.1, 50.1]);
  });

  test('a zone map without a transition area is an error', () => {
    const map = join(folder, 'two.geojson');
    writeFileSync(map, collection(square('core', 70), square('buffer', 70.1)));
    const { stdout, status } = saryarka('check', map, '--json');
    expect(
      JSON.parse(stdout).findings.some((f: { rule: string; severity: string }) => f.rule === 'Z01' && f.severity === 'error'),
    ).toBe(true);
    expect(status).toBe(1);
  });

  test('--profile holds a site to national figures, labelled as national', () => {
    const { stdout } = saryarka('check', dossier, '--site', 'almaty', '--profile', 'germany');
    expect(stdout).toContain('Z17');
    expect(saryarka('check', dossier, '--profile', 'atlantis').stderr).toMatch(/--profile: found "atlantis"; expected germany/);
  });
});

describe('import', () => {
  test('a zone map gives computed areas beside the declared ones; the same again changes nothing', () => {
    const own = join(folder, 'own.gpkg');
    saryarka('new', own);
    writeFileSync(join(folder, 'sites.csv'), 'id,kind,name_en,countries\nsteppe,biosphere-reserve,Steppe,KZ\n');
    const map = join(folder, 'zones.geojson');
    writeFileSync(map, collection(square('core', 70), square('buffer', 70.1), square('transition', 70.2)));
    expect(saryarka('import', own, join(folder, 'sites.csv'), map, '--site', 'steppe').stdout).toContain(
      'zones.geojson: 3 rows added',
    );
    expect(saryarka('import', own, map, '--site', 'steppe').stdout).toContain(
      'zones.geojson: 0 rows added, 0 changed, 3 as before',
    );
    const { zones } = JSON.parse(saryarka('check', own, '--json').stdout);
    expect(zones).toHaveLength(3);
    saryarka('export', own, '--what', 'observations', '--format', 'csv', '-o', 'own.csv');
    expect(readFileSync(join(folder, 'own.csv'), 'utf8')).toMatch(
      /steppe\/core:area:karney-2013,area,steppe\/core,,,79\d+\.\d+,m2/,
    );
    saryarka('export', own, '--what', 'zones', '--format', 'geojson', '-o', 'own.geojson');
    expect(JSON.parse(readFileSync(join(folder, 'own.geojson'), 'utf8')).features[0].geometry.type).toBe('MultiPolygon');
  });

  test('a table with faults names file, line, field, what was found and what would do, and changes nothing', () => {
    const table = join(folder, 'bad.csv');
    writeFileSync(
      table,
      'id,feature,indicator,period,value,unit,role\na,almaty,area,2020,"1,5",har,declared\nb,atlantis,area,2020,1,acre,guess\n',
    );
    const { stderr, status } = saryarka('import', dossier, table);
    expect(status).toBe(2);
    expect(stderr.trim().split('\n')).toEqual([
      'bad.csv, line 2, field value: found "1,5"; expected 1234.5',
      'bad.csv, line 3, field unit: found "acre"; expected har, km2, m, deg, %, {person}, [USD] …',
      'bad.csv, line 3, field role: found "guess"; expected observed, declared, target, baseline',
    ]);
  });

  test('a row that points to nothing is named', () => {
    const table = join(folder, 'lost.csv');
    writeFileSync(table, 'id,feature,indicator,period,value,unit,role,source\nx1,atlantis,area,2020,1,har,declared,nobody\n');
    const { stderr } = saryarka('import', dossier, table);
    expect(stderr).toContain('lost.csv, line 2, field feature: "atlantis" is not among the features of the dossier');
    expect(stderr).toContain('field source: "nobody"');
  });

  test('a map without a site says which there are', () => {
    const map = join(folder, 'zones.geojson');
    writeFileSync(map, collection(square('core', 70)));
    expect(saryarka('import', dossier, map).stderr).toContain('--site ID (sites of this dossier: korgalzhyn,');
  });
});

describe('a zone map in the dossier', () => {
  const fresh = (name: string): string => {
    const own = join(folder, name);
    saryarka('new', own);
    writeFileSync(join(folder, 'sites.csv'), 'id,kind,name_en,countries\nsteppe,biosphere-reserve,Steppe,KZ\n');
    saryarka('import', own, join(folder, 'sites.csv'));
    return own;
  };
  const zonesOf = (path: string) => JSON.parse(saryarka('check', path, '--site', 'steppe', '--json').stdout).zones;
  const three = (word: string) => collection(square(word, 70), square('buffer', 70.1), square('transition', 70.2));

  test('a table of zones brought in afterwards leaves the geometries alone', () => {
    const own = fresh('kept.gpkg');
    writeFileSync(join(folder, 'zones.geojson'), three('core'));
    saryarka('import', own, 'zones.geojson', '--site', 'steppe');
    writeFileSync(join(folder, 'zones.csv'), 'id,site,kind,valid_start,source,note\nsteppe/core,steppe,core,2012,,\n');
    expect(saryarka('import', own, 'zones.csv').stdout).toContain('zones.csv: 0 rows added, 0 changed, 1 as before');
    expect(zonesOf(own)[0].areaHa).toBeGreaterThan(7000);
  });

  test('what --map explained once is remembered', () => {
    const own = fresh('words.gpkg');
    writeFileSync(join(folder, 'meadow.geojson'), three('шабындық'));
    expect(saryarka('import', own, 'meadow.geojson', '--site', 'steppe').stderr).toContain('--map "шабындық=core"');
    expect(saryarka('import', own, 'meadow.geojson', '--site', 'steppe', '--map', 'Шабындық=core').status).toBe(0);
    expect(saryarka('import', own, 'meadow.geojson', '--site', 'steppe').stdout).toContain(
      '0 rows added, 0 changed, 3 as before',
    );
  });

  test('undo restores the zones as they stood before, the original file stays byte for byte', () => {
    const own = fresh('undo.gpkg');
    writeFileSync(join(folder, 'one.geojson'), three('core'));
    writeFileSync(join(folder, 'two.geojson'), collection(square('core', 71), square('buffer', 71.1)));
    saryarka('import', own, 'one.geojson', '--site', 'steppe');
    const first = zonesOf(own);
    saryarka('export', own, '--what', 'original', '--site', 'steppe', '--format', 'file', '-o', 'kept.geojson');
    expect(readFileSync(join(folder, 'kept.geojson'), 'utf8')).toBe(three('core'));
    saryarka('import', own, 'two.geojson', '--site', 'steppe');
    expect(zonesOf(own)).toHaveLength(2);
    expect(saryarka('undo', own, '--site', 'steppe').status).toBe(0);
    expect(zonesOf(own)).toEqual(first);
    expect(saryarka('undo', own, '--site', 'steppe').status).toBe(0);
    expect(zonesOf(own)).toEqual([]);
    expect(saryarka('undo', own, '--site', 'steppe').stderr).toContain('no zone map was imported');
  });

  test('maps brought in by turns are undone in turn, and the original is that of the zones as they stand', () => {
    const own = fresh('turns.gpkg');
    const maps = { a: three('core'), b: collection(square('core', 71), square('buffer', 71.1)) };
    for (const [name, map] of Object.entries(maps)) writeFileSync(join(folder, `${name}.geojson`), map);
    for (const name of ['a', 'b', 'a', 'b']) saryarka('import', own, `${name}.geojson`, '--site', 'steppe');
    const original = (): string => {
      saryarka('export', own, '--what', 'original', '--site', 'steppe', '--format', 'file', '-o', 'original.geojson');
      return readFileSync(join(folder, 'original.geojson'), 'utf8');
    };
    const seen = [original()];
    for (let step = 0; step < 3; step++) {
      saryarka('undo', own, '--site', 'steppe');
      seen.push(original());
    }
    expect(seen).toEqual([maps.b, maps.a, maps.b, maps.a]);
  });

  test('a map without a date mends the zonation that is valid now', () => {
    const own = fresh('mended.gpkg');
    writeFileSync(join(folder, 'one.geojson'), three('core'));
    writeFileSync(
      join(folder, 'moved.geojson'),
      collection(square('core', 71), square('buffer', 71.1), square('transition', 71.2)),
    );
    saryarka('import', own, 'one.geojson', '--site', 'steppe', '--valid-from', '2012-01-01');
    saryarka('import', own, 'one.geojson', '--site', 'steppe', '--valid-from', '2022-01-01');
    saryarka('import', own, 'moved.geojson', '--site', 'steppe');
    saryarka('export', own, '--what', 'zones', '--format', 'csv', '-o', 'zones-all.csv');
    const rows = readFileSync(join(folder, 'zones-all.csv'), 'utf8').trim().split('\r\n').slice(1);
    expect(rows.map((row) => row.split(',')[0])).toEqual(
      ['core', 'buffer', 'transition']
        .map((kind) => `steppe/${kind}`)
        .concat(['core', 'buffer', 'transition'].map((kind) => `steppe/${kind}@2022-01-01`)),
    );
    expect(rows.filter((row) => row.includes(',2022-01-01,,,'))).toHaveLength(3); // begins then, has no end
  });

  test('files of one name in the folders of a map are kept apart', () => {
    const own = fresh('folders.gpkg');
    for (const [kind, west] of [
      ['core', 70],
      ['buffer', 70.1],
    ] as const) {
      mkdirSync(join(folder, 'by-zone', kind), { recursive: true });
      writeFileSync(join(folder, 'by-zone', kind, 'zones.geojson'), collection(square(kind, west)));
    }
    expect(saryarka('import', own, 'by-zone', '--site', 'steppe').stdout).toContain('2 rows added');
    saryarka('export', own, '--what', 'documents', '--format', 'csv', '-o', 'documents.csv');
    expect(readFileSync(join(folder, 'documents.csv'), 'utf8').match(/,zone-map,/g)).toHaveLength(2);
  });

  test('a zonation valid from a later day ends the one before and keeps it', () => {
    const own = fresh('later.gpkg');
    writeFileSync(join(folder, 'one.geojson'), three('core'));
    writeFileSync(
      join(folder, 'wider.geojson'),
      collection(square('core', 70), square('buffer', 70.1), square('transition', 70.2), square('transition', 70.3)),
    );
    saryarka('import', own, 'one.geojson', '--site', 'steppe', '--valid-from', '2012-01-01');
    saryarka('import', own, 'wider.geojson', '--site', 'steppe', '--valid-from', '2022-01-01');
    saryarka('export', own, '--what', 'zones', '--format', 'csv', '-o', 'zones-all.csv');
    const rows = readFileSync(join(folder, 'zones-all.csv'), 'utf8').trim().split('\r\n').slice(1);
    expect(rows.filter((row) => row.includes('2012-01-01,2022-01-01'))).toHaveLength(3);
    const { findings } = JSON.parse(saryarka('check', own, '--site', 'steppe', '--json').stdout);
    expect(findings.some((f: { rule: string }) => f.rule === 'Z16')).toBe(true);
    saryarka('export', own, '--what', 'changes', '--site', 'steppe', '--format', 'geojson', '-o', 'changes.geojson');
    const changes = JSON.parse(readFileSync(join(folder, 'changes.geojson'), 'utf8')).features;
    expect(
      changes.map((f: { properties: { zone: string; change: string } }) => [f.properties.zone, f.properties.change]),
    ).toEqual([['transition', 'gained']]);
    // the new square beside the old one: 0.1 by 0.1 degrees at 50 degrees north
    expect(changes[0].properties.area_ha).toBeCloseTo(zonesOf(own)[0].areaHa, 3);
  });

  test('reading leaves no file beside the dossier', () => {
    const own = fresh('alone.gpkg');
    saryarka('check', own);
    expect([existsSync(`${own}-wal`), existsSync(`${own}-shm`)]).toEqual([false, false]);
  });

  test.each([
    ['shapefile', 'zip'],
    ['gpkg', 'gpkg'],
    ['kml', 'kml'],
    ['geojson', 'geojson'],
  ])('exported as %s and checked again it is the same map, without a repair', (format, ending) => {
    const own = fresh(`out-${format}.gpkg`);
    writeFileSync(join(folder, 'one.geojson'), three('core'));
    saryarka('import', own, 'one.geojson', '--site', 'steppe');
    expect(saryarka('export', own, '--what', 'zones', '--site', 'steppe', '--format', format, '-o', `out.${ending}`).status).toBe(
      0,
    );
    const { zones, repairs } = JSON.parse(saryarka('check', `out.${ending}`, '--json').stdout);
    expect(repairs).toEqual([]);
    const areas = (list: { areaHa: number }[]) => list.map(({ areaHa }) => areaHa.toFixed(4));
    expect(areas(zones)).toEqual(areas(zonesOf(own)));
  });
});

describe('review', () => {
  test('is one HTML file without scripts or outside addresses to load', () => {
    const { stdout, status } = saryarka('review', dossier, '--site', 'barsakelmes', '--lang', 'ru', '-o', 'b.html');
    expect(status).toBe(0);
    expect(stdout).toMatch(/b\.html: Барсакельмес, готовых ответов: \d+ из \d+/);
    const html = readFileSync(join(folder, 'b.html'), 'utf8');
    expect(html).toContain('<html lang="ru">');
    expect(html).not.toMatch(/<script|<link|<img|src=/);
  });

  test('written twice gives the same bytes', () => {
    saryarka('review', dossier, '--site', 'barsakelmes', '-o', 'one.html');
    saryarka('review', dossier, '--site', 'barsakelmes', '-o', 'two.html');
    expect(readFileSync(join(folder, 'one.html'), 'utf8')).toBe(readFileSync(join(folder, 'two.html'), 'utf8'));
  });
});

test('the name of a person is shown only as far as the person agreed', () => {
  writeFileSync(
    join(folder, 'people.csv'),
    'id,name_en,sex,consent\na,Aigerim Example,F,name\nb,Daulet Example,M,initials\nc,Third Example,,\n',
  );
  expect(saryarka('import', dossier, 'people.csv').stdout).toContain('people.csv: 3 rows added');
  saryarka('export', dossier, '--what', 'people', '--format', 'csv', '-o', 'out-people.csv');
  const text = readFileSync(join(folder, 'out-people.csv'), 'utf8');
  expect(text).toContain('a,Aigerim Example,');
  expect(text).toContain('b,D. E.,');
  expect(text).not.toMatch(/Daulet|Third/);
});

test('a folder is read as the map that lies in it; a folder without one is told so', () => {
  mkdirSync(join(folder, 'maps', 'inner'), { recursive: true });
  writeFileSync(join(folder, 'maps', 'readme.txt'), 'not a map');
  expect(saryarka('check', 'maps').stderr).toContain('maps: the folder holds no map');
  writeFileSync(join(folder, 'maps', 'inner', 'zones.geojson'), collection(square('core', 70)));
  expect(JSON.parse(saryarka('check', 'maps', '--json').stdout).zones).toHaveLength(1);
});

test('without a command the help is shown', () => {
  const { stdout, status } = saryarka();
  expect(stdout).toContain('Commands:');
  expect(status).toBe(0);
});

describe('every command', () => {
  test.each(['start', 'new', 'import', 'undo', 'check', 'review', 'export', 'serve'])('%s --help has an example', (command) => {
    const { stdout, status } = saryarka(command, '--help');
    expect(status).toBe(0);
    expect(stdout).toContain(`Example:\n  saryarka ${command}`);
  });

  test.each([
    [['check', 'nowhere.geojson'], 'nowhere.geojson: there is no such file'],
    [['check', 'nowhere.geojson', '--lang', 'kk'], 'nowhere.geojson: мұндай файл жоқ'],
    [['check', 'nowhere.geojson', '--lang=ru'], 'nowhere.geojson: такого файла нет'],
    [
      ['export', 'kazakhstan.gpkg', '--what', 'organisations', '--site', 'almaty', '--format', 'csv', '-o', 'x.csv'],
      '--site (--what organisations): found "almaty"',
    ],
    [['dance'], "unknown command 'dance'; see saryarka --help"],
    [
      ['review', 'kazakhstan.gpkg', '--site', 'atlantis', '-o', 'x.html'],
      'there is no site "atlantis"; sites of this dossier: korgalzhyn,',
    ],
    [['review', 'kazakhstan.gpkg', '-o', 'x.html'], "required option '--site <id>' not specified"],
    [
      ['export', 'kazakhstan.gpkg', '--what', 'dreams', '--format', 'csv', '-o', 'x.csv'],
      '--what: found "dreams"; expected zones, sites',
    ],
    [
      ['export', 'kazakhstan.gpkg', '--what', 'sites', '--format', 'pdf', '-o', 'x.pdf'],
      '--format: found "pdf"; expected csv, geojson',
    ],
    [['new', 'kazakhstan.gpkg'], 'kazakhstan.gpkg: a file of this name exists and is not overwritten'],
    [['serve', 'kazakhstan.gpkg', '--port', 'x'], '--port: found "x"'],
    [['start', '--today', 'tomorrow'], '--today: found "tomorrow"; expected 2026-09-30'],
  ])('%j is one sentence and exit 2', (args, sentence) => {
    const { stderr, stdout, status } = saryarka(...args);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});
