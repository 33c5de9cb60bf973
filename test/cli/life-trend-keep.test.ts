/** From a plain table to kept figures: zones by name and by place, groups, effects, secrets, runs; and records that are no counts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { closeDossier, openDossier } from '../../src/store/dossier.ts';
import { getRun, listObservations } from '../../src/store/observations.ts';
import { putOccurrence, putTaxon } from '../../src/store/occurrences.ts';
import { putZone } from '../../src/store/zones.ts';
import type { Observation, Position } from '../../src/types.ts';
import { workbook } from '../records/messy-sheets.ts';
import { smallDossier } from '../store/facts-fixture.ts';

let folder = '';
const at = (name: string): string => join(folder, name);
const from = { source: 'unesco-almaty' };

function zone(kind: 'core' | 'buffer', id: string, west: number) {
  const corners: Position[] = [
    [west, 43],
    [west + 0.02, 43],
    [west + 0.02, 43.02],
    [west, 43.02],
    [west, 43],
  ];
  const geometry = { type: 'MultiPolygon' as const, coordinates: [[corners]] };
  return { id, site: 'almaty', kind, name: {}, valid: { start: null, end: null }, geometry, from };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'life-keep-'));
  const db = smallDossier(at('k.gpkg'));
  putZone(db, 'test', zone('core', 'almaty/core', 76));
  putZone(db, 'test', zone('buffer', 'almaty/buffer', 76.02));
  putTaxon(db, 'test', {
    ...{ id: 'saker', name: 'Falco cherrug Gray, 1834', rank: 'species', parent: null, vernacular: {}, categories: {} },
    ...{ sensitivity: 2, sensitivityReason: 'robbed' },
  });
  closeDossier(db);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ exit: number; told: string }> {
  let told = '';
  const keep = (text: unknown): true => {
    told += `${String(text)}\n`;
    return true;
  };
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(keep),
    vi.spyOn(console, 'error').mockImplementation(keep),
    vi.spyOn(process.stdout, 'write').mockImplementation(keep),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep),
  ];
  try {
    return { exit: await main(['life', ...args, ...(args.includes('--lang') ? [] : ['--lang', 'en'])]), told };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const kept = (indicator: string): Observation[] => {
  const db = openDossier(at('k.gpkg'));
  try {
    return listObservations(db).filter((o) => o.indicator === indicator);
  } finally {
    closeDossier(db);
  }
};
const inDossier = (): string[] => ['--dossier', at('k.gpkg'), '--site', 'almaty', '--keep'];

/** Six sites, three in each zone, that grow by a fifth and decline by a tenth a year. */
const rows = (species: string, group: string, place: (core: boolean) => string): string[] =>
  ['A', 'B', 'C', 'D', 'E', 'F'].flatMap((site, s) =>
    [2018, 2019, 2020, 2021, 2022].map((year, j) => {
      const count = Math.round((40 + 9 * s) * (s < 3 ? 1.2 : 0.9) ** j) + ((s + 2 * j) % 3);
      return [species, site, place(s < 3), group, year, (s + j) % 6 === 5 ? '' : count].join(',');
    }),
  );
const head = 'species,site,zone,group,year,count';
const byName = (core: boolean): string => (core ? 'ядро' : 'буферная зона');

describe('life trend --keep', () => {
  test('figures lie under the zone that a column names, in any of four languages', async () => {
    writeFileSync(at('counts.csv'), [head, ...rows('Otis tarda', '', byName)].join('\n'));
    const { exit, told } = await run('trend', at('counts.csv'), ...inDossier());
    expect(exit).toBe(0);
    const trends = kept('population-trend');
    expect(trends.map(({ feature, by }) => [feature, by.class])).toEqual([
      ['almaty', 'Otis tarda'],
      ['almaty/buffer', 'Otis tarda'],
      ['almaty/core', 'Otis tarda'],
    ]);
    const [whole, buffer, core] = trends.map(({ value }) => value as number) as [number, number, number];
    expect(core).toBeCloseTo(1.2, 1);
    expect(buffer).toBeCloseTo(0.9, 1);
    expect(whole).toBeGreaterThan(buffer);
    expect(kept('population-index')).toHaveLength(15);
    expect(told).toContain('strong increase');
    expect(told).toContain('population-trend: 18 figures kept');
  });

  test('the run holds the file by its digest; the same table again adds nothing', async () => {
    writeFileSync(at('counts.csv'), [head, ...rows('Otis tarda', '', byName)].join('\n'));
    await run('trend', at('counts.csv'), ...inDossier());
    const first = kept('population-trend');
    await run('trend', at('counts.csv'), ...inDossier());
    expect(kept('population-trend')).toEqual(first);
    const db = openDossier(at('k.gpkg'));
    const found = getRun(
      db,
      'run' in (first[0] as Observation).from ? ((first[0] as Observation).from as { run: string }).run : '',
    );
    closeDossier(db);
    expect(found?.inputs).toEqual([
      { dataset: null, href: 'counts.csv', digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
    ]);
    expect(found).toMatchObject({ indicator: 'population-trend', method: 'trim-3', status: 'done' });
  });

  test('coordinates place sites in zones; the figures rest on the map, and sites outside count for the whole alone', async () => {
    const lines = rows('Otis tarda', '', () => '').map((line) => {
      const [species, site = '', , , ...rest] = line.split(',');
      const lon = { A: 76.005, B: 76.01, C: 76.015, D: 76.03, E: 76.035, F: 80 }[site] ?? 0;
      return [species, site, lon, 43.01, ...rest].join(',');
    });
    writeFileSync(at('counts.csv'), ['species,site,lon,lat,year,count', ...lines].join('\n'));
    const { told } = await run('trend', at('counts.csv'), ...inDossier());
    const trends = kept('population-trend');
    expect(trends.map(({ feature, n }) => [feature, n])).toEqual([
      ['almaty', 6],
      ['almaty/buffer', 2],
      ['almaty/core', 3],
    ]);
    expect(told).toContain('sites in no zone, counted for the whole alone: 1 (F)');
    const db = openDossier(at('k.gpkg'));
    const inputs = getRun(db, (trends[0] as Observation & { from: { run: string } }).from.run)?.inputs.map(({ href }) => href);
    closeDossier(db);
    expect(inputs).toEqual(['counts.csv', 'zones/almaty/core', 'zones/almaty/buffer']);
  });

  test('a species whose places are a secret has no figure of a zone, and that is said', async () => {
    writeFileSync(at('counts.csv'), [head, ...rows('Falco cherrug', '', byName), ...rows('Otis tarda', '', byName)].join('\n'));
    const { told } = await run('trend', at('counts.csv'), ...inDossier());
    expect(
      kept('population-trend')
        .filter(({ by }) => by.class === 'Falco cherrug')
        .map(({ feature }) => feature),
    ).toEqual(['almaty']);
    expect(told).toContain('sensitive species, kept for the whole alone: Falco cherrug');
  });

  test('several zones of a kind are taken together, the kind in the class', async () => {
    const db = openDossier(at('k.gpkg'));
    putZone(db, 'test', zone('core', 'almaty/core-2', 76.1));
    closeDossier(db);
    writeFileSync(at('counts.csv'), [head, ...rows('Otis tarda', '', byName)].join('\n'));
    await run('trend', at('counts.csv'), ...inDossier());
    expect(kept('population-trend').map(({ feature, by }) => [feature, by.class])).toEqual([
      ['almaty', 'Otis tarda'],
      ['almaty/buffer', 'Otis tarda'],
      ['almaty', 'Otis tarda, core'],
    ]);
  });

  test('a workbook is kept like a CSV file', async () => {
    const cells = [head, ...rows('Otis tarda', '', byName)].map((line) =>
      line.split(',').map((cell) => (cell === '' ? null : /^\d+$/.test(cell) ? Number(cell) : cell)),
    );
    writeFileSync(at('counts.xlsx'), workbook([{ name: 'Учёты', rows: cells }]).bytes);
    writeFileSync(at('counts.csv'), [head, ...rows('Otis tarda', '', byName)].join('\n'));
    await run('trend', at('counts.csv'), ...inDossier());
    const plain = kept('population-trend').map(({ value }) => value);
    await run('trend', at('counts.xlsx'), ...inDossier());
    expect(kept('population-trend').map(({ value }) => value)).toEqual(plain);
  });

  test('marked sites and phases give an effect, kept under the zone of the measure', async () => {
    const marked = rows('Otis tarda', '', byName).map((line) => {
      const [species, site, place, , year, count] = line.split(',');
      const phase = Number(year) < 2020 ? 'до' : Number(year) > 2020 ? 'после' : '';
      return [species, site, place, place === 'ядро' ? 'мера' : 'контроль', phase, year, count].join(',');
    });
    writeFileSync(at('counts.csv'), ['Вид,Участок,Зона,Роль,Этап,Год,Число', ...marked].join('\n'));
    const { told } = await run('trend', at('counts.csv'), ...inDossier(), '--lang', 'kk');
    expect(kept('before-after-effect')).toMatchObject([{ feature: 'almaty/core', by: { class: 'Otis tarda' }, n: 3 }]);
    expect(kept('before-after-effect')[0]?.value as number).toBeGreaterThan(1.5);
    expect(told).toContain('Шараның әсері');
    const bare = await run('trend', at('counts.csv'));
    expect(bare.told).toMatch(/Effect of a measure +Otis tarda +all sites/);
  });

  test('faults: names that are no zone, options of a model of one’s own, years of no calendar, half of what is needed', async () => {
    writeFileSync(at('counts.csv'), [head, ...rows('Otis tarda', '', () => 'moon')].join('\n'));
    expect((await run('trend', at('counts.csv'), ...inDossier())).told).toMatch(
      /counts\.csv, line 2, field zone: found "moon"; expected core, buffer, almaty\/core/,
    );
    expect((await run('trend', at('counts.csv'), ...inDossier(), '--model', '2')).told).toContain('--model');
    expect((await run('trend', at('counts.csv'), '--keep')).told).toContain('--keep --dossier FILE --site ID');
    expect((await run('trend', at('counts.csv'), '--dossier', at('k.gpkg'), '--site', 'mars', '--keep')).told).toContain(
      'almaty',
    );
    writeFileSync(at('counts.csv'), 'site,year,count\nA,1,2\nA,2,3\nA,3,3\n');
    expect((await run('trend', at('counts.csv'), ...inDossier(), '--species', 'a')).told).toContain('line 2: year 1');
    expect(kept('population-trend')).toEqual([]);
  });
});

describe('life index --keep', () => {
  test('msi: groups that the table declares, functions in any language, zone by zone', async () => {
    const counts = [head, ...rows('Otis tarda', 'развитие; steppe', byName), ...rows('Tetrax tetrax', 'steppe', byName)];
    writeFileSync(at('counts.csv'), [...counts, ...rows('Anser anser', '', byName)].join('\n'));
    await run('index', at('counts.csv'), '--kind', 'msi', '--draws', '50', ...inDossier());
    const found = kept('species-trend').map(({ feature, by, n }) => [feature, by.class ?? null, n]);
    expect(found).toEqual([
      ['almaty', null, 3],
      ['almaty/buffer', null, 3],
      ['almaty/core', null, 3],
      ['almaty', 'development', 1],
      ['almaty/buffer', 'development', 1],
      ['almaty/core', 'development', 1],
      ['almaty', 'steppe', 2],
      ['almaty/buffer', 'steppe', 2],
      ['almaty/core', 'steppe', 2],
    ]);
  });

  test('lpi: populations of zones, with the weights of a list of files', async () => {
    const table = (factor: number): string =>
      `Binomial\tID\tyear\tpopvalue\tzone\nA_a\t1\t2001\t10\tcore\nA_a\t1\t2002\t${10 * factor}\tcore\nA_b\t2\t2001\t10\tbuffer\nA_b\t2\t2002\t10\tbuffer\n`;
    writeFileSync(at('birds.txt'), table(2));
    writeFileSync(at('fish.txt'), table(0.5));
    writeFileSync(at('infile.txt'), 'FileName\tGroup\tWeighting\nbirds.txt\t1\t3\nfish.txt\t1\t1\n');
    const { exit, told } = await run('index', at('infile.txt'), '--kind', 'lpi', '--draws', '20', ...inDossier());
    expect(told).not.toContain('found');
    expect(exit).toBe(0);
    const last = kept('living-planet-index').filter(({ period, by }) => period?.start === '2002-01-01' && by.class === undefined);
    expect(last.map(({ feature, value }) => [feature, Number(value?.toFixed(6))])).toEqual([
      ['almaty', Number((2 ** (0.5 * (3 / 4 - 1 / 4))).toFixed(6))],
      ['almaty/buffer', 1],
      ['almaty/core', Number((2 ** (3 / 4 - 1 / 4)).toFixed(6))],
    ]);
  });

  test('rli: kept for the site', async () => {
    writeFileSync(at('rli.csv'), 'species,year,category,genuine\nsaiga,2003,CR,\nsaiga,2023,NT,yes\n');
    await run('index', at('rli.csv'), '--kind', 'rli', ...inDossier());
    expect(kept('red-list-index').map(({ feature, value }) => [feature, Number(value?.toFixed(3))])).toEqual([
      ['almaty', 0.2],
      ['almaty', 0.8],
    ]);
  });

  test('options that kept figures do not have are refused', async () => {
    writeFileSync(at('counts.csv'), [head, ...rows('Otis tarda', '', byName)].join('\n'));
    expect((await run('index', at('counts.csv'), '--kind', 'msi', '--mode', 'msi-tool', ...inDossier())).told).toContain(
      '--mode',
    );
    expect((await run('index', at('counts.csv'), '--kind', 'occupancy', '--method', 'telfer', ...inDossier())).told).toContain(
      'list-length',
    );
    expect((await run('index', '--kind', 'msi', ...inDossier())).told).toContain('counts.csv');
    expect((await run('index', '--kind', 'msi')).told).toContain('counts.csv');
  });
});

describe('raw numbers of records are never told as a trend', () => {
  /** Visits grow sevenfold; each finds every species with the same chance as ever. */
  const visits = (): { species: string; site: string; date: string }[] =>
    [2016, 2017, 2018, 2019, 2020, 2021].flatMap((year, j) =>
      ['s1', 's2', 's3', 's4', 's5', 's6'].flatMap((site, s) =>
        Array.from({ length: 2 + 2 * j }, (_, d) => `${year}-05-${String(d + 1).padStart(2, '0')}`).flatMap((date, d) =>
          Array.from({ length: 12 }, (_, k) => k)
            .filter((k) => k === 0 || (7 * d + 5 * s + 3 * k + j * k) % 5 < 3)
            .map((k) => ({ species: k === 0 ? 'Alauda arvensis' : `Species ${k}`, site, date })),
        ),
      ),
    );

  test('occupancy takes the effort out: most species have no trend, one on every list least of all, though records grow fivefold', async () => {
    const records = visits();
    const of = (year: string): number =>
      records.filter(({ species, date }) => species === 'Species 1' && date.startsWith(year)).length;
    expect(of('2021')).toBeGreaterThan(4 * of('2016'));
    writeFileSync(at('records.csv'), ['species,site,date', ...records.map((one) => Object.values(one).join(','))].join('\n'));
    await run('index', at('records.csv'), '--kind', 'occupancy', ...inDossier());
    const trends = kept('occupancy-trend');
    expect(trends).toHaveLength(12);
    const risen = trends.filter(({ low }) => (low as number) > 1).map(({ by }) => by.class);
    expect(risen.length).toBeLessThan(3);
    expect(risen).not.toContain('Alauda arvensis');
    const raw = of('2021') / of('2016');
    for (const { value } of trends) expect(value as number).toBeLessThan(raw ** (1 / 5));
  });

  test('the records of a dossier: days are visits, absences and secrets are left out and counted', async () => {
    const db = openDossier(at('k.gpkg'));
    for (const name of new Set(visits().map(({ species }) => species)))
      putTaxon(db, 'test', {
        ...{ id: name, name, rank: 'species', parent: null, vernacular: {}, categories: {} },
        ...{ sensitivity: null, sensitivityReason: null },
      });
    const put = (
      id: string,
      taxon: string,
      { site, date }: { site: string; date: string },
      count: number | null = null,
    ): void => {
      const [year = '', month = '', day = ''] = date.split('-');
      const next = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day) + 1)).toISOString().slice(0, 10);
      const place: Position = [76.005 + (['s4', 's5', 's6'].includes(site) ? 0.02 : 0), 43.01];
      putOccurrence(db, 'test', {
        ...{ id, site: 'almaty', taxon, place, period: { start: date, end: next }, uncertaintyM: 50, count },
        ...{ basis: null, recordedBy: null, fields: { locality: site }, from: { source: 'unesco-almaty' } },
      });
    };
    const day = { site: 's1', date: '2016-05-01' };
    for (const [i, one] of visits().entries()) if (i % 2 === 0) put(`o${i}`, one.species, one);
    put('absent', 'Species 1', day, 0);
    put('saker', 'saker', day);
    closeDossier(db);
    const { told } = await run('index', '--kind', 'occupancy', '--species', 'Species 1', ...inDossier());
    expect(told).toContain('1 of absence, 1 of sensitive species');
    expect(kept('occupancy-trend').map(({ feature }) => feature)).toEqual(['almaty', 'almaty/buffer', 'almaty/core']);
  });

  test('a table of records is refused by trend, msi and lpi, told or kept', async () => {
    writeFileSync(
      at('records.csv'),
      'scientificName,site,eventDate,year\nOtis tarda,A,2019-05-01,2019\nOtis tarda,A,2020-05-01,2020\n',
    );
    for (const args of [['trend'], ['index', '--kind', 'msi'], ['index', '--kind', 'lpi']] as const)
      for (const more of [[], inDossier()]) {
        const { exit, told } = await run(args[0], at('records.csv'), ...args.slice(1), ...more);
        expect(exit).not.toBe(0);
        expect(told).toContain('life index --kind occupancy');
      }
  });
});
