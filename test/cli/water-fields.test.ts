import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';

const cotton = (name: string): string => join(import.meta.dirname, '..', 'golden', 'water-fields', `cotton2013-${name}`);
const season = [cotton('weather.csv'), '--crop', cotton('crop.json'), '--soil', cotton('soil.json'), '--planting', '2013-04-23'];

let folder = '';
let told: string[] = [];
let failed: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fields-'));
  [told, failed] = [[], []];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void told.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void failed.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const put = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe('water crop', () => {
  test.each(['en', 'ru', 'kk', 'tr'])('the dry cotton season in %s: totals, schedule, yield', async (lang) => {
    expect(
      await main(['water', 'crop', ...season, '--until', '2013-11-08', '--irrigation', cotton('dry.csv'), '--lang', lang]),
    ).toBe(0);
    const text = told.join('\n').replaceAll(',', '.');
    for (const figure of ['887.088', '790.327', '208.208', '2013-04-30']) expect(text).toContain(figure);
  });

  test('JSON and CSV have every day, and the same bytes again', async () => {
    const [one, two] = [join(folder, '1.csv'), join(folder, '2.csv')];
    for (const csv of [one, two])
      expect(await main(['water', 'crop', ...season, '--when', 'every:10', '--give', 'net:40', '--json', '-o', csv])).toBe(0);
    const {
      days,
      totals,
      yield: share,
    } = JSON.parse(told[0] ?? '') as { days: object[]; totals: { irrigation: number }; yield: { share: number } };
    expect(days).toHaveLength(154);
    expect(totals.irrigation).toBe(16 * 40);
    expect(share.share).toBeGreaterThan(0.5);
    expect(readFileSync(one, 'utf8')).toBe(readFileSync(two, 'utf8'));
    expect(readFileSync(one, 'utf8').trim().split('\r\n')).toHaveLength(155);
  });

  test.each(['en', 'kk'])('options side by side (%s): two savings, salt, sources; as CSV, too', async (lang) => {
    const csv = join(folder, 'options.csv');
    const options = [
      '--compare',
      'furrow,drip,deficit,lining',
      '--salinity',
      '1.5',
      '--runs',
      '20',
      '--area',
      '100',
      '--yield',
      '3.5',
      '--lang',
      lang,
    ];
    expect(await main(['water', 'crop', ...season, ...options, '-o', csv])).toBe(0);
    expect(told.join('\n')).toContain('FAO-56, table 20');
    const [header = '', ...rows] = readFileSync(csv, 'utf8').trim().split('\r\n');
    expect(header).toContain('saved_consumption_m3_p50');
    expect(rows).toHaveLength(4);
  });

  test.each([
    [['--crop', 'coton'], 'cotton'],
    [['--soil', 'mud'], 'loam'],
    [['--planting', '2014-04-23'], '2013-04-23'],
    [['--planting', '23.04.2013'], '2024-04-20'],
    [['--when', 'often'], 'raw, every, none'],
    [['--give', 'net:0'], '--give'],
    [['--efficiency', '60'], '0.01 – 1'],
    [['--compare', 'flood'], 'furrow'],
    [['--reference', 'fao-56'], '--latitude'],
    [['--reference', 'penman'], 'asce-short'],
  ])('%j is refused with what would do', async (options, expected) => {
    expect(await main(['water', 'crop', ...season, ...options, '--lang', 'en'])).toBe(2);
    expect(failed.join('\n')).toContain(expected);
  });

  test('an irrigation outside the season is refused, not dropped', async () => {
    const events = put('e.csv', 'date,depth_mm,wetted_1\n2013-12-01,30,1\n');
    expect(await main(['water', 'crop', ...season, '--irrigation', events, '--lang', 'en'])).toBe(2);
    expect(failed.join('\n')).toContain('2013-12-01');
  });
});

const months = (rain: string, temperature: string): string =>
  [
    `date,${rain},${temperature}`,
    ...Array.from({ length: 384 }, (_, i) => {
      const [year, month] = [1981 + Math.floor(i / 12), i % 12];
      const usual = Math.max(1, Math.round(30 + 20 * Math.sin(i * 12.9898) + 15 * Math.sin(i / 17)));
      const mm = month === 6 && year % 2 === 0 ? 0 : usual;
      return `${year}-${String(month + 1).padStart(2, '0')},${mm},${(10 - 12 * Math.cos((month / 6) * Math.PI)).toFixed(1)}`;
    }),
  ].join('\n');

describe('water drought', () => {
  test.each(['en', 'ru', 'kk', 'tr'])('names its conventions and the droughts (%s)', async (lang) => {
    const file = put('m.csv', months('precipitation_mm', 'tmean_c'));
    expect(await main(['water', 'drought', file, '--latitude', '46.8', '--lang', lang])).toBe(0);
    const text = told.join('\n');
    for (const word of ['edwards', 'thom', 'log-logistic', 'thornthwaite, month-mean', 'SPEI']) expect(text).toContain(word);
  });

  test('the rule for months without rain changes the index, and only there', async () => {
    const file = put('m.csv', months('precipitation_mm', 'tmean_c'));
    const julies: Record<string, (number | null)[]> = {};
    for (const zeros of ['edwards', 'stagge', 'omit']) {
      told = [];
      expect(await main(['water', 'drought', file, '--index', 'spi', '--scale', '1', '--zeros', zeros, '--json'])).toBe(0);
      const { months: found, conventions } = JSON.parse(told[0] ?? '') as {
        months: { spi_1: number | null }[];
        conventions: { zeros: string };
      };
      expect(conventions.zeros).toBe(zeros);
      julies[zeros] = [found[18]?.spi_1 ?? null, found[20]?.spi_1 ?? null];
    }
    expect(julies.edwards?.[0]).toBeCloseTo(0, 10); // July of an even year: dry every other year
    expect(julies.stagge?.[0]).toBeLessThan(-0.6);
    expect(julies.omit?.[0]).toBe(-3.09);
    expect(julies.edwards?.[1]).toBe(julies.omit?.[1]);
  });

  test('CSV by month; calibration years; the other estimators', async () => {
    const file = put('m.csv', months('precipitation_mm', 'tmean_c'));
    const csv = join(folder, 'out.csv');
    const options = [
      '--latitude',
      '46.8',
      '--fit',
      'l-moments',
      '--distribution',
      'shifted-gamma',
      '--daylight',
      'middle',
      '--calibration',
      '1981-2010',
      '--limit',
      'none',
    ];
    expect(await main(['water', 'drought', file, ...options, '-o', csv])).toBe(0);
    const [header = '', ...rows] = readFileSync(csv, 'utf8').trim().split('\r\n');
    expect(header).toBe('month,pet_mm,spi_3,spi_3_class,spi_12,spi_12_class,spei_3,spei_3_class,spei_12,spei_12_class');
    expect(rows).toHaveLength(384);
  });

  test('titles in Russian, decimal commas and names of months give the same indices', async () => {
    const ours = months('precipitation_mm', 'pet_mm').replace(/,-[\d.]+$/gm, ',0');
    const words = ['янв', 'фев', 'мар', 'апр', 'май', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'];
    const rows = ours.split('\n').slice(1);
    const russian = rows.map((row) => {
      const [date = '', rain = '', pet = ''] = row.split(',');
      return `${date.slice(0, 4)};${words[Number(date.slice(5)) - 1]};${rain};${pet.replace('.', ',')}`;
    });
    const text = ['Станция Арал', 'Год;Месяц;Осадки, мм;Испаряемость, мм', ...russian].join('\n');
    const outputs = [put('m.csv', ours), put('r.csv', text)].map((file, i) => [file, join(folder, `${i}.csv`)] as const);
    for (const [file, output] of outputs) expect(await main(['water', 'drought', file, '-o', output])).toBe(0);
    const [first, second] = outputs.map(([, output]) => readFileSync(output, 'utf8'));
    expect(second).toBe(first);
  });

  test.each([
    [months('precipitation', 'tmean_c'), ['--latitude', '46'], 'precipitation_mm'],
    [months('precipitation_mm', 'tmean'), ['--latitude', '46'], 'tmean_c'],
    [months('precipitation_mm', 'tmean_c'), [], '--latitude'],
    [months('precipitation_mm', 'tmean_c'), ['--latitude', '46', '--pet', 'hargreaves'], 'tmin_c, tmax_c'],
    [months('precipitation_mm', 'tmean_c').replace(/\n1981-03.*/, ''), ['--latitude', '46'], '1981-03'],
    [months('precipitation_mm', 'tmean_c'), ['--latitude', '46', '--calibration', '1881-1900'], '1981-2012'],
  ])('%#: what is missing is refused with what would do', async (text, options, expected) => {
    expect(await main(['water', 'drought', put('m.csv', text), ...options, '--lang', 'en'])).toBe(2);
    expect(failed.join('\n')).toContain(expected);
  });
});

describe('water trend', () => {
  const { yuepilon } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'golden', 'trend', 'r.json'), 'utf8')) as {
    yuepilon: { values: number[] };
  };
  const nile = ['year,flow_m3_s', ...yuepilon.values.map((value, i) => `${1871 + i},${value}`)].join('\n');

  test.each(['en', 'ru', 'kk', 'tr'])('the Nile: a fall, and a change after 1898 (%s)', async (lang) => {
    expect(await main(['water', 'trend', put('n.csv', nile), '--draws', '500', '--lang', lang])).toBe(0);
    const text = told.join('\n');
    for (const figure of ['1898', '3.6e-7', 'm3/s']) expect(text).toContain(figure);
  });

  test('JSON and CSV name every test and how its p was found; the same bytes again', async () => {
    const [file, one, two] = [put('n.csv', nile), join(folder, '1.csv'), join(folder, '2.csv')];
    for (const csv of [one, two])
      expect(await main(['water', 'trend', file, '--draws', '500', '--season', '2', '--json', '-o', csv])).toBe(0);
    const found = JSON.parse(told[0] ?? '') as {
      trends: Record<string, { s: number }>;
      changes: Record<string, { pBy: string; after_label: string }>;
    };
    expect(Object.keys(found.trends)).toEqual([
      'mann-kendall',
      'seasonal',
      'seasonal-correlated',
      'pre-whitened',
      'trend-free',
      'hamed-rao',
      'yue-wang',
    ]);
    expect(found.changes.pettitt).toMatchObject({ pBy: 'closed-form', after_label: '1898', statistic: 1617 });
    expect(found.changes.snht).toMatchObject({ pBy: 'seeded-draws' });
    expect(readFileSync(one, 'utf8')).toBe(readFileSync(two, 'utf8'));
  });

  test('years without a row are missing years, and are counted', async () => {
    const gap = nile.replace(/\n1900,.*/, '').replace(/\n1910,.*/, '\n1910,');
    expect(await main(['water', 'trend', put('n.csv', gap), '--draws', '0', '--json'])).toBe(0);
    expect(JSON.parse(told[0] ?? '')).toMatchObject({ n: 98, missing: 2, from: '1871', to: '1970' });
  });

  test('decades of a yearbook are steps of ten days, of which none is missing; a word for nothing is nothing', async () => {
    const roman = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];
    const heading = `;${roman.map((name) => `${name};;`).join(';')}\nГод${';1;2;3'.repeat(12)}`;
    const rows = [1990, 1991].map((year) => `${year};${Array.from({ length: 36 }, (_, i) => `${year - 1980 + i},5`).join(';')}`);
    const text = [`Расходы воды, м3/с`, heading, ...rows].join('\n').replace('1991;11,5', '1991;н/д');
    expect(await main(['water', 'trend', put('d.csv', text), '--draws', '0', '--json'])).toBe(0);
    expect(JSON.parse(told[0] ?? '')).toMatchObject({ step: 'decade', n: 71, missing: 1, unit: 'м3/с', to: '1991-12-21' });
  });

  test.each([
    [nile.replace('flow_m3_s', 'flow'), [], '--unit'],
    [nile.replace('1872,', '1871,'), [], 'line 3'],
    [nile.replace('\n1873,', '\n1873,x'), [], 'line 4'],
    [nile, ['--column', 'level'], 'flow_m3_s'],
    [nile, ['--season', '1'], '--season'],
    ['year,flow_m3_s\n1871,1\n1872,2\n', [], '4 …'],
  ])('%#: what cannot be is refused with what would do', async (text, options, expected) => {
    expect(await main(['water', 'trend', put('n.csv', text), ...options, '--lang', 'en'])).toBe(2);
    expect(failed.join('\n')).toContain(expected);
  });
});
