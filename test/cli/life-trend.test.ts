/** `saryarka life trend|index`: what the worked example shows is printed, and bad input is told with its place. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';

let folder: string;
const at = (name: string): string => join(folder, name);
const doc = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'life-trends.md'), 'utf8');

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
    return {
      exit: await main([...args, '--lang', args.includes('--lang') ? (args[args.indexOf('--lang') + 1] as string) : 'en']),
      told,
    };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-trend-'));
  for (const [, name = '', text = ''] of doc.matchAll(/```csv (\S+)\n(.*?)```/gs)) writeFileSync(at(name), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('docs/life-trends.md', () => {
  const blocks = [...doc.matchAll(/```\n\$ npx saryarka (.*?)\n(.*?)\n```/gs)].map(([, command = '', printed = '']) => ({
    command,
    printed,
  }));

  test('has blocks', () => expect(blocks.length).toBeGreaterThan(3));

  test.each(blocks)('$command', async ({ command, printed }) => {
    const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
    const { told } = await run(...words.map((word) => (word.endsWith('.csv') ? at(word) : word)));
    expect(told.replaceAll(`${folder}/`, '').trimEnd()).toBe(printed);
  });
});

test('JSON has totals with their covariance, the trend and the effect; CSV a row for each zone and year; SVG a picture', async () => {
  const { exit, told } = await run(
    ...[
      'life',
      'trend',
      at('counts.csv'),
      '--species',
      'Otis tarda',
      '--zones',
      'zone',
      '--since',
      '2021',
      '--control',
      'buffer',
    ],
    ...['--json', '-o', at('out.csv'), '--chart', at('out.svg')],
  );
  expect(exit).toBe(0);
  const { parts } = JSON.parse(told);
  expect(parts.map(({ zone }: { zone: string | null }) => zone)).toEqual([null, 'buffer', 'core']);
  expect(parts[2].imputed_covariance).toHaveLength(100);
  expect(parts[2].trend).toMatchObject({ from: 2016, to: 2025, class: 'strong-increase' });
  expect(parts[2].effect).toMatchObject({ control: 'buffer', verdict: 'rose' });
  expect(parts[1].effect).toBeNull();
  const csv = readFileSync(at('out.csv'), 'utf8').trim().split('\r\n');
  expect(csv[0]).toBe(
    'species,zone,year,sites_counted,individuals_counted,index,index_error,imputed,imputed_error,modelled,modelled_error',
  );
  expect(csv).toHaveLength(31);
  expect(readFileSync(at('out.svg'), 'utf8')).toContain('Otis tarda, core');
});

test('a long table, in Russian, with decimal commas, is the same as a wide one', async () => {
  writeFileSync(at('wide.csv'), 'site,2019,2020,2021\nA,4,,6\nB,2,3,2\n');
  writeFileSync(at('long.csv'), 'Участок;Год;Учтено\nA;2019;4,0\nA;2020;н/д\nA;2021;6\nB;2019;2\nB;2020;3\nB;2021;2\n');
  const [wide, long] = [await run('life', 'trend', at('wide.csv')), await run('life', 'trend', at('long.csv'))];
  expect(long.told).toBe(wide.told);
  expect(wide.told).toContain('all sites: 2 sites, 2019-2021, 5 counts');
});

describe('faults name file, line, field, site and year', () => {
  const told = async (csv: string, ...args: string[]): Promise<string> => {
    writeFileSync(at('bad.csv'), csv);
    const found = await run('life', 'trend', at('bad.csv'), ...args);
    expect(found.exit).not.toBe(0);
    return found.told;
  };

  test('a cell that is no count', async () => {
    expect(await told('site,year,count\nA,2019,many\nA,2020,-3\n')).toMatch(
      /bad.csv, line 2, field count: found "many".*A, 2019[\s\S]*line 3.*"-3"/,
    );
  });

  test('a site and year twice', async () => {
    expect(await told('site,year,count\nA,2019,4\nA,2020,4\nA,2019,5\n')).toContain(
      'bad.csv, line 4: site A, year 2019 already stands in line 2',
    );
  });

  test('a year without any', async () => {
    expect(await told('site,2019,2020,2021\nA,4,0,6\nB,2,,2\n')).toContain('bad.csv, 2020: no count above 0');
  });

  test('a weight of nothing, a month that is missing, nothing found, one year', async () => {
    expect(await told('site,year,count,weight\nA,2019,4,0\nA,2020,4,1\n')).toContain('line 2, site A, year 2019: weight 0');
    expect(await told('site,year,month,count\nA,2019,5,4\nA,2020,,4\n')).toContain('line 3, field month: is empty');
    expect(await told('site,2019,2020\nA,0,0\n')).toContain('no site has a single individual');
    expect(await told('site,year,count\nA,2019,5\n')).toContain('counts of one year, 2019');
  });

  test('columns and options that do not fit', async () => {
    expect(await told('place,when\nA,2019\n')).toContain('site, year, count are missing');
    const good = 'site,zone,2019,2020,2021\nA,core,4,3,6\nB,buffer,2,3,2\n';
    expect(await told(good, '--changepoints', '2020')).toContain('--changepoints belongs to --model 2');
    expect(await told(good, '--model', '4')).toContain('--model');
    expect(await told(good, '--covariates', 'habitat')).toContain('--covariates');
    expect(await told(good, '--base', '1999')).toContain('2019 – 2021');
    expect(await told(good, '--zones', 'zone', '--since', '2020', '--control', 'transition')).toContain('buffer, core');
    expect(await told(good, '--since', '2019')).toContain('--since');
    expect(await told('site,2019,2020\nA,4,5\n', '--overdispersion')).toContain(
      'bad.csv: fewer counts than the model has parameters',
    );
  });

  test('in Kazakh and in Turkish, too', async () => {
    expect(await told('site,2019,2020\nA,0,0\n', '--lang', 'kk')).toContain('ешбір бөлікшеде');
    expect(await told('site,2019,2020\nA,0,0\n', '--lang', 'tr')).toContain('tek birey');
  });
});

describe('life index', () => {
  test('lpi: a list of files with weights is read beside its own folder', async () => {
    writeFileSync(at('birds.txt'), 'Binomial\tID\tyear\tpopvalue\nA_a\t1\t2001\t10\nA_a\t1\t2002\t20\nA_a\t1\t2003\tNA\n');
    writeFileSync(at('mammals.txt'), 'Binomial\tID\tyear\tpopvalue\nB_b\t2\t2001\t10\nB_b\t2\t2002\t5\n');
    writeFileSync(at('infile.txt'), '"FileName"\t"Group"\t"Weighting"\n"birds.txt"\t1\t3\n"mammals.txt"\t1\t1\n');
    const { told } = await run('life', 'index', at('infile.txt'), '--kind', 'lpi', '--json', '-o', at('lpi.csv'));
    const { years, index } = JSON.parse(told);
    expect(years).toEqual([2001, 2002]);
    expect(index[1]).toBeCloseTo(2 ** 0.5, 12);
    expect(readFileSync(at('lpi.csv'), 'utf8')).toContain('2002,1.41');
    writeFileSync(at('twice.txt'), 'Binomial\tID\tyear\tpopvalue\nA_a\t1\t2001\t10\nA_a\t1\t2001\t20\n');
    expect((await run('life', 'index', at('twice.txt'), '--kind', 'lpi')).told).toContain(
      'line 3: site 1, year 2001 already stands in line 2',
    );
  });

  test('msi: a table without species is not one of many, and what a species lacks is told', async () => {
    writeFileSync(at('one.csv'), 'site,2019,2020\nA,1,2\n');
    expect((await run('life', 'index', at('one.csv'), '--kind', 'msi')).told).toContain('species');
    writeFileSync(
      at('gap.csv'),
      'species,site,2019,2020,2021,2022\na,A,4,0,6,7\na,B,2,,2,3\na,C,5,0,5,5\nb,A,9,8,7,8\nb,B,5,6,5,4\nb,C,5,4,6,5\nc,A,0,0,0,0\n',
    );
    const { told } = await run('life', 'index', at('gap.csv'), '--kind', 'msi', '--draws', '50');
    expect(told).toContain('a: a year without a count above 0');
    expect(told).toContain('c left out');
  });

  test('rli: the index by year, and a category that is none', async () => {
    writeFileSync(at('rli.csv'), 'species,year,category,genuine\nsaiga,2003,CR,\nsaiga,2023,NT,yes\n');
    expect((await run('life', 'index', at('rli.csv'), '--kind', 'rli')).told).toMatch(/2003\s+0\.2\s+1[\s\S]*2023\s+0\.8/);
    writeFileSync(at('rli.csv'), 'species,year,category,genuine\nsaiga,2003,XX,\n');
    expect((await run('life', 'index', at('rli.csv'), '--kind', 'rli')).told).toContain('line 2, field category');
  });

  test('occupancy: more visits are no trend; dates, species and periods are checked', async () => {
    const rows = ['scientificName,locality,eventDate'];
    for (let year = 2016; year <= 2021; year++)
      for (let site = 1; site <= 6; site++)
        for (let day = 1; day <= 2 + (year - 2016) * 2; day++) {
          const where = `s${site},${year}-05-${String(day).padStart(2, '0')}`;
          rows.push(`lark,${where}`);
          if ((day + site) % 2 === 0) rows.push(`pipit,${where}`);
          if ((3 * day + site + year) % 4 < 2) rows.push(`bustard,${where}`);
        }
    writeFileSync(at('records.csv'), `${rows.join('\n')}\n`);
    const { told } = await run('life', 'index', at('records.csv'), '--kind', 'occupancy', '--species', 'bustard');
    expect(told).toContain('252 visits to 6 sites');
    expect(told).toMatch(/odds change by .*: uncertain/);
    expect((await run('life', 'index', at('records.csv'), '--kind', 'occupancy', '--species', 'dodo')).told).toContain(
      'bustard, lark, pipit',
    );
    expect(
      (await run('life', 'index', at('records.csv'), '--kind', 'occupancy', '--method', 'telfer', '--periods', '2016')).told,
    ).toContain('1990-1999,2010-2019');
    const telfer = await run(
      'life',
      'index',
      at('records.csv'),
      '--kind',
      'occupancy',
      '--method',
      'telfer',
      '--periods',
      '2016-2017,2020-2021',
    );
    expect(telfer.told).toContain('6 sites visited in both periods');
    writeFileSync(at('records.csv'), 'species,site,date\na,s,May 2019\n');
    expect((await run('life', 'index', at('records.csv'), '--kind', 'occupancy')).told).toContain(
      'line 2, field date: found "May 2019"',
    );
    expect((await run('life', 'index', at('records.csv'), '--kind', 'guess')).told).toContain('lpi, msi, rli, occupancy');
  });
});
