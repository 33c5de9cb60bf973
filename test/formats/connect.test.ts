/** Online sources from replies that lie in test/fixtures/connect: nothing here goes out. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type FetchOptions, fetchSource, plainAddressOf } from '../../src/formats/connect.ts';
import { connector, connectors, settingsOf, stateOf } from '../../src/formats/connect-catalogue.ts';
import { askPolitely, type Transport } from '../../src/formats/connect-fetch.ts';
import { surfaceWaterTile } from '../../src/formats/connect-surface-water.ts';
import { Problem } from '../../src/problems.ts';
import { shippedIndicators } from '../../src/store/keep-computed.ts';

const folder = join(import.meta.dirname, '..', 'fixtures', 'connect');
const reply = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** A web that gives one reply after the other and notes what was asked. */
function web(...replies: (string | Response | Error)[]): {
  asked: string[];
  headers: Record<string, string>[];
  waits: number[];
  options: FetchOptions;
} {
  const asked: string[] = [];
  const headers: Record<string, string>[] = [];
  const waits: number[] = [];
  const transport: Transport = async (address, options) => {
    const next = replies[asked.length];
    asked.push(address);
    headers.push(options.headers);
    if (next instanceof Error) throw next;
    return next instanceof Response ? next : new Response(next ?? '', { status: next === undefined ? 404 : 200 });
  };
  const wait = async (ms: number): Promise<void> => {
    waits.push(ms);
  };
  return { asked, headers, waits, options: { environment: {}, transport, wait } };
}

const problemOf = async (work: Promise<unknown>): Promise<Problem> => {
  const found = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(found instanceof Problem)) throw new Error(`no problem: ${String(found)}`);
  return found;
};

const ask = (id: string, { options }: ReturnType<typeof web>, said: string[] = []) =>
  fetchSource(id, settingsOf(connector(id), said), options);

describe('un-sdg', () => {
  test('all pages; text numbers, a decimal comma and NaN; only totals, the rest counted', async () => {
    const own = web(reply('un-sdg-1.json'), reply('un-sdg-2.json'));
    const { series, pages, digest } = await ask('un-sdg', own);
    expect(pages).toBe(2);
    expect(own.asked[1]).toContain('page=2');
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    const [stress] = series;
    expect(stress).toMatchObject({ code: 'ER_H2O_STRESS', unit: '%', skipped: 1 });
    expect(stress?.values.map(({ period, value }) => [period.start.slice(0, 4), value])).toEqual([
      ['2019', 32.65],
      ['2020', 34.06],
      ['2021', null],
      ['2022', 33.57],
    ]);
    expect(stress?.values[1]).toMatchObject({ low: 33, high: 35, row: 'page 1, row 3', text: '34,06', note: 'nature C' });
  });

  test('between pages it pauses', async () => {
    const own = web(reply('un-sdg-1.json'), reply('un-sdg-2.json'));
    await ask('un-sdg', own);
    expect(own.waits).toEqual([1000]);
  });
});

test('world-bank: years in order, null kept as missing', async () => {
  const own = web(reply('world-bank-1.json'), reply('world-bank-2.json'));
  const [series] = (await ask('world-bank', own)).series;
  expect(series?.values.map(({ period, value }) => [period.start, value])).toEqual([
    ['2020-01-01', 34.25],
    ['2021-01-01', 33.5],
    ['2022-01-01', null],
  ]);
  expect(own.asked[0]).toBe(
    'https://api.worldbank.org/v2/country/KAZ/indicator/ER.H2O.FWST.ZS?format=json&per_page=200&page=1&date=2000%3A2024'.replace(
      '%3A',
      ':',
    ),
  );
});

test('nasa-power: the fill is missing, never a value; units in UCUM; the place is that of the reply', async () => {
  const { series } = await ask('nasa-power', web(reply('nasa-power.json')));
  const [mean] = series;
  expect(mean).toMatchObject({ code: 'T2M', unit: 'Cel', place: { point: [61.7, 46.1] } });
  expect(mean?.values.map(({ value }) => value)).toEqual([-3.1, null, -5.25]);
  expect(series.find(({ code }) => code === 'PRECTOTCORR')).toMatchObject({
    unit: 'mm',
    values: [{ value: 0 }, { value: 2.35 }, { value: 0.12 }],
  });
});

test('open-meteo: one list of days for all variables', async () => {
  const { series } = await ask('open-meteo', web(reply('open-meteo.json')));
  expect(series.map(({ code, unit }) => [code, unit])).toEqual([
    ['temperature_2m_mean', 'Cel'],
    ['precipitation_sum', 'mm'],
    ['et0_fao_evapotranspiration', 'mm'],
  ]);
  expect(series[0]?.values.map(({ value }) => value)).toEqual([-2.9, -1.5, null]);
  const [river] = (await ask('open-meteo-flood', web(reply('open-meteo-flood.json')))).series;
  expect(river).toMatchObject({ unit: 'm3/s', values: [{ value: 151.2 }, { value: 150.9 }, { value: null }] });
});

describe('sensorthings', () => {
  const said = ['service=https://example.org/v1.1', 'datastream=1'];

  test('follows the links of the same service; a key goes along in a header', async () => {
    const own = web(reply('sensorthings-1.json'), reply('sensorthings-2.json'));
    own.options.environment = { SARYARKA_SENSORTHINGS_KEY: 'secret' };
    const { series, address } = await ask('sensorthings', own, said);
    expect(series).toHaveLength(1);
    expect(series[0]).toMatchObject({ title: 'River discharge', unit: 'm3/s', place: { name: 'Karateren', point: [61.1, 46] } });
    expect(series[0]?.values.map(({ value, note }) => [value, note])).toEqual([
      [120.5, null],
      [121, null],
      [640, 'doubted by its keeper'],
    ]);
    expect(own.headers.map((one) => one.authorization)).toEqual(['Bearer secret', 'Bearer secret']);
    expect(address).not.toContain('secret');
  });

  test('a link to somebody else is not followed', async () => {
    const turned = reply('sensorthings-1.json').replace('https://example.org', 'https://elsewhere.example');
    expect(await problemOf(ask('sensorthings', web(turned), said))).toMatchObject({
      code: 'connect-shape',
      details: { field: '@iot.nextLink' },
    });
  });
});

describe('keys', () => {
  test('no key configured is a state, and asking anyway says which variable', async () => {
    expect(stateOf(connector('dahiti'), {})).toBe('no-key');
    expect(stateOf(connector('dahiti'), { SARYARKA_DAHITI_LOGIN: 'a:b' })).toBe('key');
    expect(stateOf(connector('sensorthings'), {})).toBe('ready');
    const own = web();
    expect(await problemOf(ask('dahiti', own))).toMatchObject({
      code: 'connect-key',
      details: { variable: 'SARYARKA_DAHITI_LOGIN' },
    });
    expect(own.asked).toEqual([]);
  });

  test('a login goes into what is asked, and never into what is told', async () => {
    const own = web(reply('dahiti.json'));
    own.options.environment = { SARYARKA_DAHITI_LOGIN: 'aigul:pa:ss' };
    const { address, series } = await ask('dahiti', own);
    expect(own.asked[0]).toContain('username=aigul&password=pa%3Ass');
    expect(address).not.toMatch(/aigul|pass=|pa%3Ass/);
    expect(series[0]?.values[0]).toMatchObject({ value: 42.013 });
    expect(series[0]?.values[0]?.low).toBeCloseTo(41.992, 9);
  });
});

describe('surface-water', () => {
  test.each([
    [60, 45, '60E_50N'],
    [60, 50, '60E_50N'],
    [-0.1, 0, '10W_0N'],
    [69.9, -0.1, '60E_0N'],
    [0, -10, '0E_10S'],
  ])('%d, %d lies in %s', (lon, lat, tile) => expect(surfaceWaterTile(lon, lat)).toBe(tile));

  test('a tile is kept as it came; a page in its place is not taken for one', async () => {
    const tile = new Uint8Array([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
    const own = web(new Response(tile));
    const asked = await ask('surface-water', own);
    expect([asked.file, asked.series, asked.mediaType]).toEqual([tile, [], 'image/tiff']);
    expect(own.asked[0]).toContain('occurrence_60E_50Nv1_4_2021.tif');
    expect(await problemOf(ask('surface-water', web('<html>')))).toMatchObject({ code: 'connect-shape' });
  });
});

describe('a changed reply names the field', () => {
  test.each([
    ['un-sdg', 'un-sdg-1.json', '"data"', '"rows"', 'data'],
    ['un-sdg', 'un-sdg-1.json', '"timePeriodStart": 2019.0', '"timePeriodStart": "spring"', 'timePeriodStart'],
    ['un-sdg', 'un-sdg-1.json', '"value": "32.65"', '"value": "much"', 'value'],
    ['world-bank', 'world-bank-1.json', '"pages"', '"sheets"', '[0].pages'],
    ['world-bank', 'world-bank-1.json', '"date": "2022"', '"date": "2022Q1"', 'date'],
    ['nasa-power', 'nasa-power.json', '"fill_value"', '"filling"', 'header.fill_value'],
    ['nasa-power', 'nasa-power.json', '"UTC"', '"LST"', 'header.time_standard'],
    ['nasa-power', 'nasa-power.json', '"20200103": -5.25', '"2020-13": -5.25', 'properties.parameter.T2M'],
    ['open-meteo', 'open-meteo.json', '"utc_offset_seconds": 0', '"utc_offset_seconds": 18000', 'utc_offset_seconds'],
    ['open-meteo', 'open-meteo.json', '"daily_units"', '"units"', 'daily_units'],
  ])('%s %s: %s', async (id, file, from, to, field) => {
    const text = reply(file);
    expect(text).toContain(from);
    const problem = await problemOf(
      ask(id, web(text.replaceAll(from, to), ...(file.endsWith('-1.json') ? [reply(file.replace('-1', '-2'))] : []))),
    );
    expect([problem.code, problem.details.field]).toEqual(['connect-shape', field]);
  });

  test('what is no JSON, and what holds nothing', async () => {
    expect(await problemOf(ask('un-sdg', web('<html>maintenance')))).toMatchObject({
      code: 'connect-shape',
      details: { field: 'reply' },
    });
    expect(await problemOf(ask('un-sdg', web('{"totalPages":1,"data":[]}')))).toMatchObject({ code: 'connect-empty' });
  });
});

describe('patience', () => {
  const busy = (status: number, headers: Record<string, string> = {}): Response => new Response('busy', { status, headers });

  test('429 and 5xx are tried again, no sooner than Retry-After', async () => {
    const own = web(
      busy(429, { 'retry-after': '7' }),
      busy(503),
      busy(503, { 'retry-after': 'Mon, 23 Nov 2026 08:00:30 GMT', date: 'Mon, 23 Nov 2026 08:00:00 GMT' }),
      'fine',
    );
    const { bytes } = await askPolitely('x', 'https://example.org/', own.options);
    expect(new TextDecoder().decode(bytes)).toBe('fine');
    expect(own.waits).toEqual([7000, 2000, 30_000]);
  });

  test('after five tries it is given up; what will not pass is not tried again; nobody waits an hour', async () => {
    const never = web(busy(500), busy(500), busy(500), busy(500), busy(500));
    expect(await problemOf(askPolitely('x', 'https://example.org/', never.options))).toMatchObject({
      code: 'connect-status',
      details: { tries: 5 },
    });
    expect(never.waits).toEqual([1000, 2000, 4000, 8000]);
    const gone = web(busy(404));
    await problemOf(askPolitely('x', 'https://example.org/', gone.options));
    expect(gone.asked).toHaveLength(1);
    const hour = web(busy(429, { 'retry-after': '3600' }));
    expect(await problemOf(askPolitely('x', 'https://example.org/', hour.options))).toMatchObject({
      details: { reason: 'Retry-After 3600 s' },
    });
  });

  test('without a network it says so at once', async () => {
    const off = web(Object.assign(new Error('x'), { code: 'ENOTFOUND' }));
    expect(await problemOf(askPolitely('x', 'https://example.org/a', off.options))).toMatchObject({
      code: 'connect-offline',
      details: { host: 'example.org', reason: 'ENOTFOUND' },
    });
    expect(off.waits).toEqual([]);
  });

  test('it can be broken off between pages', async () => {
    const stop = new AbortController();
    const own = web(reply('un-sdg-1.json'), reply('un-sdg-2.json'));
    own.options.signal = stop.signal;
    own.options.onProgress = () => stop.abort();
    expect(await problemOf(ask('un-sdg', own))).toMatchObject({ code: 'connect-broken-off', details: { pages: 1 } });
    expect(own.asked).toHaveLength(1);
  });

  test('machines that are not public are not asked', async () => {
    expect(await problemOf(askPolitely('x', 'http://127.0.0.1:9/'))).toMatchObject({ code: 'address-private' });
    expect(await problemOf(askPolitely('x', 'file:///etc/passwd'))).toMatchObject({ code: 'choice-wrong' });
  });
});

describe('data/connectors.json', () => {
  test.each(connectors().map((one) => [one.id, one] as const))(
    '%s: terms, four languages, an address over https, indicators that exist',
    (_, one) => {
      expect([one.licence, one.attribution, one.documentation].every((text) => text !== '')).toBe(true);
      expect(Object.keys(one.title).toSorted()).toEqual(['en', 'kk', 'ru', 'tr']);
      expect(plainAddressOf(one.id, settingsOf(one, []))).toMatch(/^https:\/\/[\w.-]+\/[^{}]*$/);
      const known = new Set(shippedIndicators().map(({ id }) => id));
      expect(Object.values(one.series).filter(({ indicator }) => !known.has(indicator))).toEqual([]);
      expect(one.pause).toBeGreaterThanOrEqual(500);
    },
  );

  test('a setting that a source does not have is refused with those it has', () => {
    expect(() => settingsOf(connector('un-sdg'), ['country=KAZ'])).toThrow(/series=ER_H2O_STRESS area=398/);
  });
});

test('every recorded reply is named in the README', () => {
  const readme = reply('README.md');
  expect(readdirSync(folder).filter((name) => name !== 'README.md' && !readme.includes(`\`${name}\``))).toEqual([]);
});
