import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { readAsciiGrid } from '../../src/formats/ascii-grid.ts';
import { writeLandscape } from './life-landscape.ts';

let folder = '';
let told: string[] = [];
let failed: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'networks-'));
  writeLandscape(folder);
  [told, failed] = [[], []];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void told.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void failed.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);
const put = (name: string, text: string): string => {
  writeFileSync(at(name), text);
  return at(name);
};
const connect = (...words: string[]): Promise<number> => main(['life', 'connect', ...words]);
const json = (): unknown => JSON.parse(told.join('\n'));
const bytes = (name: string) => ({ name, bytes: readFileSync(at(name)) });

describe('docs/life-networks.md', () => {
  const document = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'life-networks.md'), 'utf8');
  const walk = [...document.matchAll(/```\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    block
      .trim()
      .split('\n$ ')
      .map((part) => part.replace(/^\$ /, '')),
  );

  test('every command prints what the walk shows', async () => {
    expect(walk.length).toBeGreaterThan(9);
    for (const step of walk) {
      const [command = '', ...lines] = step.split('\n');
      const words = command
        .split(' ')
        .slice(2)
        .map((word) => (/^[\w-]+\.\w+$/.test(word) ? at(word) : word));
      [told, failed] = [[], []];
      expect(await main(words), `${command}: ${failed.join()}`).toBe(0);
      const printed = [...told, ...failed]
        .join('\n')
        .replaceAll(`${folder}/`, '')
        .replace(/run-([a-z-]+)-[0-9a-f]{16}/g, 'run-$1-…');
      expect(printed, command).toBe(lines.join('\n'));
    }
  });

  test('every option stands in its table', async () => {
    const options = readFileSync(join(import.meta.dirname, '..', '..', 'src', 'cli', 'life-connect-commands.ts'), 'utf8');
    const flags = [...options.matchAll(/(--[a-z-]+)/g)]
      .map(([flag]) => flag)
      .filter((flag) => !['--lang', '--help', '--output'].includes(flag));
    expect(flags.length).toBeGreaterThan(30);
    expect(flags.filter((flag) => !document.includes(`\`${flag}`))).toEqual([]);
  });

  test('two of three pairs cross the river, and 1.35 of their two amperes go through the ford', async () => {
    expect(
      await connect(
        'circuit',
        at('resistance.asc'),
        '--points',
        at('places.csv'),
        '--average',
        'resistance',
        '--map',
        at('c.asc'),
      ),
    ).toBe(0);
    const { values, width } = readAsciiGrid(bytes('c.asc'));
    const ford = (values[30 * width + 33] as number) + (values[31 * width + 33] as number);
    expect(ford).toBeCloseTo(1.35, 2);
  });
});

describe('patches', () => {
  test.each(['en', 'ru', 'kk', 'tr'])('in %s, with the numbers of a table by hand', async (lang) => {
    const table = put('p.csv', 'id,area,x,y\na,10,0,0\nb,1,100,0\nc,10,200,0\n');
    const links = put('l.csv', 'from,to,distance\na,b,100\nb,c,100\n');
    expect(
      await connect('patches', table, '--links', links, '--distance', '100', '--landscape-area', '100', '--lang', lang),
    ).toBe(0);
    const text = told.join('\n').replaceAll(',', '.');
    expect(text).toContain('0.0271'); // (201 + 70) / 100²
    expect(text).toMatch(/18[.]45/); // 50 of 271 pass through the middle
  });

  test('JSON, tables and a map hold the same; again, the same bytes', async () => {
    for (const name of ['1', '2'])
      expect(
        await connect(
          'patches',
          at('cores.geojson'),
          '--distance',
          '10000',
          '--json',
          '-o',
          at(`${name}.csv`),
          '--links-output',
          at(`l${name}.csv`),
          '--map',
          at(`${name}.geojson`),
        ),
      ).toBe(0);
    for (const name of ['.csv', '.geojson'])
      expect(readFileSync(at(`1${name}`), 'utf8')).toBe(readFileSync(at(`2${name}`), 'utf8'));
    expect(readFileSync(at('l1.csv'), 'utf8').trim().split('\r\n')).toHaveLength(7);
    const { features } = JSON.parse(readFileSync(at('1.geojson'), 'utf8')) as { features: { properties: { what: string } }[] };
    expect(features.filter(({ properties }) => properties.what === 'patch')).toHaveLength(4);
    told = told.slice(0, 1);
    expect(json()).toMatchObject({ patches: 4, links: 6, components: 1 });
  });

  test('IIC counts links; what nobody reaches is told', async () => {
    const table = put('p.csv', 'id,area,lon,lat\na,10,69,50\nb,10,69.01,50\nc,10,70,50\n');
    expect(await connect('patches', table, '--metric', 'IIC', '--distance', '1000', '--json')).toBe(0);
    expect(json()).toMatchObject({ sum: 300 + 2 * 100 * 0.5, isolated: 1, components: 2 });
  });

  test.each([
    ['a negative area', 'id,area,x,y\na,-1,0,0\n', 'line 2, field area: found "-1"'],
    ['no id', 'id,area,x,y\n,1,0,0\n', 'line 2, field id'],
    ['an id twice', 'id,area,x,y\na,1,0,0\na,1,0,0\n', 'patch a: this id stands twice'],
    ['no columns', 'name,size\na,1\n', 'columns id are missing'],
    ['nothing', 'id,area,x,y\n', 'holds no patch'],
  ])('%s is named', async (_, text, message) => {
    expect(await connect('patches', put('bad.csv', text), '--distance', '1')).toBe(2);
    expect(failed.join()).toContain(message);
  });

  test('a link to no patch, a distance that is none, a field that is not there', async () => {
    const table = put('p.csv', 'id,area\na,1\nb,1\n');
    expect(await connect('patches', table, '--links', put('l.csv', 'from,to,distance\na,x,1\n'), '--distance', '1')).toBe(2);
    expect(await connect('patches', table, '--links', put('l.csv', 'from,to,distance\na,b,far\n'), '--distance', '1')).toBe(2);
    expect(await connect('patches', table, '--distance', '0')).toBe(2);
    expect(await connect('patches', at('cores.geojson'), '--area', 'size', '--distance', '1')).toBe(2);
    expect(failed[0]).toContain('line 2: there is no patch "x"');
    expect(failed[1]).toContain('field distance: found "far"');
    expect(failed[2]).toContain('--distance: found "0"');
    expect(failed[3]).toContain('patch 1, field size');
  });
});

describe('circuits', () => {
  const grid = (rows: string, size = 3): string => `ncols ${size}\nnrows 1\nxllcorner 0\nyllcorner 0\ncellsize 1\n${rows}\n`;

  test('a row of three cells: 1 / mean conductance, twice', async () => {
    const points = put('p.txt', '1 0.5 0.5\n2 2.5 0.5\n');
    expect(await connect('circuit', put('r.asc', grid('1 1 1')), '--points', points, '--json', '-o', at('r.csv'))).toBe(0);
    expect(json()).toMatchObject({ rows: [{ from: 1, to: 2, resistance_ohm: 2 }] });
    expect(readFileSync(at('r.csv'), 'utf8')).toBe('from,to,resistance_ohm\r\n1,2,2\r\n');
  });

  test('modes, masks, pairs, sources and grounds', async () => {
    const raster = put('r.asc', grid('1 1 1'));
    const points = put('p.csv', 'id,x,y\n1,0.5,0.5\n2,1.5,0.5\n3,2.5,0.5\n');
    const rows = async (...words: string[]): Promise<unknown> => {
      told = [];
      expect(await connect('circuit', raster, '--json', ...words), failed.join()).toBe(0);
      return (json() as { rows: unknown }).rows;
    };
    expect(await rows('--points', points, '--mode', 'one-to-all')).toEqual(
      [1, 2, 3].map((place) => ({ place, resistance_ohm: place === 2 ? 0.5 : 1 })),
    );
    expect(await rows('--points', points, '--include', put('i.csv', 'from,to\n3,1\n'))).toMatchObject([
      { resistance_ohm: null },
      { resistance_ohm: 2 },
      { resistance_ohm: null },
    ]);
    const only31 = [{ resistance_ohm: null }, { resistance_ohm: 2 }, { resistance_ohm: null }];
    expect(await rows('--points', points, '--include', put('i.txt', 'mode include\n3 1\n'))).toMatchObject(only31);
    const matrix = 'min 1\nmax 1\n0 1 2 3\n1 0 0 1\n2 0 0 0\n3 1 0 0\n';
    expect(await rows('--points', points, '--include', put('m.txt', matrix))).toMatchObject(only31);
    const together = put('t.csv', 'id,x,y\n1,0.5,0.5\n2,0.6,0.5\n3,2.5,0.5\n');
    expect(await rows('--points', together)).toMatchObject([
      { from: 1, to: 2, resistance_ohm: 0 },
      { from: 1, to: 3, resistance_ohm: 2 },
      { from: 2, to: 3, resistance_ohm: 2 },
    ]);
    expect(await connect('circuit', raster, '--points', points, '--exclude', at('i.txt'))).not.toBe(0);
    expect(failed.join()).toContain('i.txt, line 1, field mode: found "include"');
    failed = [];
    expect(await rows('--points', points, '--mask', put('m.asc', grid('1 0 1')))).toMatchObject([
      { from: 1, to: 2, resistance_ohm: null },
      { resistance_ohm: null },
      { resistance_ohm: null },
    ]);
    expect(
      await rows(
        '--mode',
        'advanced',
        '--sources',
        put('s.asc', grid('2 -9999 -9999')),
        '--grounds',
        put('g.asc', grid('-9999 -9999 0')),
      ),
    ).toEqual([{ greatest_current_a: 2, greatest_voltage_v: 4 }]);
  });

  test('a network from a table', async () => {
    const network = put('n.csv', 'from,to,resistance\n0,1,2\n1,2,3\n');
    expect(await connect('circuit', network, '--mode', 'network', '--json')).toBe(0);
    expect(
      (json() as { rows: { resistance_ohm: number }[] }).rows.map(({ resistance_ohm }) => Number(resistance_ohm.toFixed(9))),
    ).toEqual([2, 5, 3]);
  });

  test('what is wrong is named, before anything is computed', async () => {
    const points = put('p.txt', '1 0.5 0.5\n2 2.5 0.5\n');
    const raster = put('r.asc', grid('1 1 1'));
    const cases: [string[], string][] = [
      [[put('z.asc', grid('1 0 1')), '--points', points], 'row 1, column 2: a resistance of 0'],
      [[put('n.asc', grid('1 -3 1')), '--points', points], 'row 1, column 2: found -3'],
      [[raster, '--points', put('o.txt', '1 0.5 0.5\n2 9 0.5\n')], 'line 2: the place 9 0.5 lies off r.asc'],
      [[raster, '--points', put('w.csv', 'id,x,y\n1,east,0\n')], 'line 2, field x: found "east"'],
      [[raster, '--points', put('f.txt', '1 0.5 0.5\n')], 'places on the grid: 1'],
      [[raster, '--points', points, '--memory', '0.0001'], 'a grid of 3 × 1 cells takes about 1 MB'],
      [[raster, '--points', points, '--mask', put('m.asc', grid('1 1', 2))], 'm.asc: its grid (2 × 1'],
      [[raster], '--points'],
      [[raster, '--points', points, '--picture', at('x.jpg')], '.svg, .png'],
    ];
    for (const [words, message] of cases) {
      failed = [];
      expect(await connect('circuit', ...words), message).toBe(2);
      expect(failed.join('\n')).toContain(message);
    }
  });

  test('pictures: a PNG is one, an SVG has title and legend', async () => {
    const words = ['circuit', at('resistance.asc'), '--points', at('places.csv'), '--picture'];
    expect(await connect(...words, at('c.png'))).toBe(0);
    expect(await connect(...words, at('c.svg'), '--lang', 'ru')).toBe(0);
    expect(readFileSync(at('c.png')).subarray(1, 4).toString()).toBe('PNG');
    expect(readFileSync(at('c.svg'), 'utf8')).toMatch(/Ток: resistance\.asc[\s\S]*≥/);
  });

  test('Ctrl-C stops it at once, and nothing is written', async () => {
    const side = 500;
    const rows = Array.from({ length: side }, (_, row) =>
      Array.from({ length: side }, (__, column) => 1 + ((row * 31 + column * 17) % 97)).join(' '),
    );
    put('large.asc', `ncols ${side}\nnrows ${side}\ncellsize 1\n${rows.join('\n')}\n`);
    const program = join(import.meta.dirname, '..', '..', 'bin', 'saryarka.js');
    const child = spawn(process.execPath, [
      program,
      'life',
      'connect',
      'windows',
      at('large.asc'),
      '--radius',
      '100',
      '--map',
      at('never.asc'),
    ]);
    await new Promise((resolve) => setTimeout(resolve, 900));
    child.kill('SIGINT');
    const signal = await new Promise((resolve) => child.once('exit', (_, by) => resolve(by)));
    expect(signal).toBe('SIGINT');
    expect(readdirSync(folder).filter((name) => name.startsWith('never'))).toEqual([]);
  });
});

describe('paths', () => {
  test('on degrees costs are metres; paths begin and end at their places', async () => {
    expect(
      await connect(
        'paths',
        at('resistance.asc'),
        '--points',
        at('places.csv'),
        '--crs',
        'EPSG:4326',
        '--paths',
        at('p.geojson'),
        '--json',
      ),
    ).toBe(0);
    const { paths, degrees } = json() as { degrees: boolean; paths: { cost: number }[] };
    expect(degrees).toBe(true);
    expect(paths).toHaveLength(3);
    const { features } = JSON.parse(readFileSync(at('p.geojson'), 'utf8')) as {
      features: { geometry: { coordinates: [number, number][] } }[];
    };
    const [first = { geometry: { coordinates: [] } }] = features;
    expect(first.geometry.coordinates[0]).toEqual([69.085, 50.275]);
    expect(paths.every(({ cost }) => cost > 10_000)).toBe(true);
  });

  test('without a reference system lengths are the grid’s, and lines are refused', async () => {
    expect(await connect('paths', at('resistance.asc'), '--points', at('places.csv'))).toBe(0);
    expect(told.join()).toContain('states no coordinate reference system');
    expect(await connect('paths', at('resistance.asc'), '--points', at('places.csv'), '--paths', at('p.geojson'))).toBe(2);
    expect(failed.join()).toContain('--crs');
  });
});

describe('a reserve', () => {
  const dossier = async (): Promise<string> => {
    const file = at('d.gpkg');
    await main(['new', file]);
    await main(['import', file, at('sites.csv')]);
    for (const site of ['lake', 'hills'])
      await main(['import', file, at(`${site}.geojson`), '--site', site, '--valid-from', '2024-01-01']);
    told = [];
    return file;
  };

  test('its figures are kept with their runs, and again nothing changes', async () => {
    const file = await dossier();
    for (const _ of [1, 2]) expect(await connect('reserve', file, '--site', 'lake', '--keep'), failed.join()).toBe(0);
    expect(await main(['export', file, '--what', 'observations', '--format', 'csv', '-o', at('o.csv')])).toBe(0);
    const lines = readFileSync(at('o.csv'), 'utf8')
      .split('\r\n')
      .filter((line) => line.includes('connectivity') && line.startsWith('lake:'));
    expect(lines).toHaveLength(4);
    expect(lines.every((line) => line.includes('run-') && line.includes('2024-01-01'))).toBe(true);
  });

  test('in four languages with the names of the reserves, and ProtConn of a region', async () => {
    const file = await dossier();
    for (const [lang, name] of [
      ['en', 'Hills'],
      ['ru', 'Холмы'],
      ['kk', 'Төбелер'],
      ['tr', 'Tepeler'],
    ] as const) {
      told = [];
      expect(
        await connect('reserve', file, '--site', 'lake', '--region', at('region.geojson'), '--lang', lang),
        failed.join(),
      ).toBe(0);
      expect(told.join('\n')).toContain(name);
      expect(told.join('\n')).toContain('ProtConn');
    }
  });

  test('--keep keeps the plan once; another width takes its place; figures of the country stand with the country', async () => {
    const file = await dossier();
    const kept = async (...words: string[]): Promise<string> => {
      told = [];
      expect(await connect('reserve', file, '--site', 'lake', '--keep', ...words), failed.join()).toBe(0);
      return told.join('\n');
    };
    expect(await kept()).toContain('Kept in the dossier: plan lake:corridors');
    expect(await kept()).toContain('In the dossier as before: plan lake:corridors');
    expect(await kept('--width', '500')).toContain('in place of the one before: plan lake:corridors');
    expect(await kept('--region', at('country.geojson'))).toMatch(/kazakhstan: Kept in the dossier: 2 figures/);
    expect(await kept('--region', at('country.geojson'), '--region-site', 'kazakhstan', '--distance', '5000')).toMatch(
      /kazakhstan: Kept in the dossier: 3 figures/,
    );
    expect(await main(['export', file, '--what', 'plans', '--format', 'csv', '--site', 'lake', '-o', at('plans.csv')])).toBe(0);
    expect(readFileSync(at('plans.csv'), 'utf8')).toContain('lake:corridors');
  });

  test('a region that is no place of the dossier is named before anything is computed', async () => {
    const file = await dossier();
    const words = ['reserve', file, '--site', 'lake', '--keep', '--region', at('country.geojson')];
    expect(await connect(...words, '--region-site', 'atlantis')).toBe(2);
    expect(failed.join()).toMatch(/atlantis.*kazakhstan/);
    expect(told).toEqual([]);
  });

  test('neighbours beyond the distance are none; a reserve without cores is named', async () => {
    const file = await dossier();
    expect(await connect('reserve', file, '--site', 'lake', '--within', '1000', '--json')).toBe(0);
    expect(json()).toMatchObject({
      plan: { problem: { patches: [{ site: 'lake' }, { site: 'lake' }, { site: 'lake' }] }, candidates: [] },
    });
    expect(await connect('reserve', file, '--site', 'nowhere')).toBe(2);
  });
});

test('windows: one thread or two, the same bytes', async () => {
  for (const jobs of ['1', '2'])
    expect(
      await connect(
        'windows',
        at('resistance.asc'),
        '--radius',
        '6',
        '--jobs',
        jobs,
        '--map',
        at(`w${jobs}.asc`),
        '--normalised',
        at(`n${jobs}.asc`),
      ),
      failed.join(),
    ).toBe(0);
  for (const name of ['w', 'n']) expect(readFileSync(at(`${name}1.asc`), 'utf8')).toBe(readFileSync(at(`${name}2.asc`), 'utf8'));
});

test('windows: even blocks and negative values are refused', async () => {
  expect(await connect('windows', at('resistance.asc'), '--radius', '5', '--block', '2')).toBe(2);
  expect(failed.join()).toContain('--block: found "2"');
  const negative = put('n.asc', 'ncols 2\nnrows 1\ncellsize 1\n1 -2\n');
  expect(await connect('windows', negative, '--radius', '1')).toBe(2);
  expect(failed.join()).toContain('row 1, column 2: found -2');
});
