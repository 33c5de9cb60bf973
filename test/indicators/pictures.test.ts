/** What indicators look like on the ground: small stacks of which every pixel is known. */
import { expect, test } from 'vitest';
import { burnedArea } from '../../src/indicators/burned-area.ts';
import { ecosystemIntactness } from '../../src/indicators/ecosystem-intactness.ts';
import { greenness } from '../../src/indicators/greenness.ts';
import { landCover } from '../../src/indicators/land-cover.ts';
import { changeGroups, changePaints } from '../../src/indicators/land-cover-groups.ts';
import { landDegradation } from '../../src/indicators/land-degradation.ts';
import type { RasterIndicator } from '../../src/indicators/raster-indicator.ts';
import { rasterIndicators } from '../../src/indicators/raster-indicators.ts';
import { snowCover } from '../../src/indicators/snow-cover.ts';
import { surfaceWater } from '../../src/indicators/surface-water.ts';
import { type BlockRequest, type BlockResult, computeWithPictures, type PlacedPicture } from '../../src/run/blocks.ts';
import { openRasters } from '../../src/run/zonal.ts';
import { NODATA } from '../../src/science/land-cover.ts';
import { only, put, scatter, zone } from './rasters.ts';

const all = zone('all', [0, 0, 40, 30]);

async function resultOf(
  indicator: RasterIndicator,
  inputs: Record<string, string[]>,
  { params = {}, zones = [all] }: { params?: Record<string, string>; zones?: BlockRequest['zones'] } = {},
): Promise<BlockResult> {
  const open: BlockRequest['inputs'] = {};
  try {
    for (const [name, paths] of Object.entries(inputs)) open[name] = await openRasters(paths);
    return await computeWithPictures(indicator, { jobs: 1, zones, inputs: open, params: { ...indicator.params, ...params } });
  } finally {
    for (const { raster } of Object.values(open).flat()) raster.close();
  }
}

/** Classes of the columns in the first row of a picture, each once as long as it goes on. */
function runs({ width, codes, classes }: PlacedPicture): string[] {
  const found: string[] = [];
  for (let column = 0; column < width; column++) {
    const name = classes.find(({ code }) => code === codes[column])?.class ?? '–';
    const [before = ''] = (found.at(-1) ?? '').split(' ');
    if (before === name) found[found.length - 1] = `${name} ${Number((found.at(-1) ?? '').split(' ')[1]) + 1}`;
    else found.push(`${name} 1`);
  }
  return found;
}

function named(pictures: readonly PlacedPicture[], name: string): PlacedPicture {
  const found = pictures.find((picture) => picture.name === name);
  if (found === undefined) throw new Error(`no picture ${name} among ${pictures.map((picture) => picture.name)}`);
  return found;
}

test('a change of land cover is in the first group that fits; what is not known at one date is not known', () => {
  const group = changeGroups([1, 2, 3, 4, 5, 6, 7, 8].map((code) => [code, code === 8 ? 2 : code]));
  const pairs = [
    [1, 5, 'built'],
    [7, 5, 'built'],
    [4, 6, 'water-lost'],
    [2, 7, 'water-gained'],
    [1, 3, 'trees-lost'],
    [3, 1, 'trees-gained'],
    [2, 3, 'crops-gained'],
    [3, 2, 'crops-left'],
    [2, 6, 'other-change'],
    [2, 8, 'within-family'],
    [6, 6, 'no-change'],
    [NODATA, 6, null],
    [6, NODATA, null],
  ] as const;
  const into = new Int16Array(pairs.length);
  group(
    Int16Array.from(pairs, ([from]) => from),
    Int16Array.from(pairs, ([, to]) => to),
    pairs.length,
    into,
  );
  expect([...into].map((code) => changePaints.find((one) => one.code === code)?.class ?? null)).toEqual(
    pairs.map(([, , name]) => name),
  );
});

test('greenness: what is hatched on the map is what the figures call undetermined, zone by zone', async () => {
  const noise = Array.from({ length: 12 }, (_, i) => scatter(i, 1000));
  const paths = noise.map((own, i) =>
    put(`ndvi_${2001 + i}`, {
      value: (c, r) => (c < 4 ? Number.NaN : 0.4 + ((c - 20) / 2000) * i + (own(c, r) - 500) / 20_000),
    }),
  );
  const zones = [zone('west', [0, 0, 17, 30]), zone('east', [17, 0, 40, 30])];
  const { figures, pictures } = await resultOf(greenness, { ndvi: paths }, { zones });
  const picture = named(pictures, 'greenness-trend');
  expect(picture.period).toEqual({ start: '2001-01-01', end: '2013-01-01' });
  // every cell is a pixel: their numbers are the shares of the zones
  const cells = (name: string, from: number, to: number): number => {
    const code = picture.classes.find((one) => one.class === name)?.code;
    return picture.codes.filter((own, i) => own === code && i % picture.width >= from && i % picture.width < to).length;
  };
  for (const [z, from, to] of [
    [0, 4, 17],
    [1, 17, 40],
  ] as const) {
    for (const [indicator, name] of [
      ['greenness-increasing', 'increasing'],
      ['greenness-decreasing', 'decreasing'],
      ['greenness-undetermined', 'not-significant'],
    ] as const) {
      const share = only(figures, { indicator, zone: z }).value ?? Number.NaN;
      expect(Math.abs((100 * cells(name, from, to)) / ((to - from) * 30) - share)).toBeLessThan(0.2); // areas differ by row
    }
  }
  expect(cells('no-trend', 0, 4)).toBe(120);
  expect(picture.classes.map(({ class: name, hatch }) => [name, hatch])).toEqual([
    ['increasing', false],
    ['decreasing', false],
    ['not-significant', true],
    ['no-trend', false],
  ]);
});

test('land degradation: water apart, parts beside the indicator, status against a baseline', async () => {
  const years = Array.from({ length: 18 }, (_, i) => 2001 + i);
  const ndvi = years.map((year, i) =>
    put(`ndvi_${year}`, {
      value: (c) => Math.fround(0.5 + (c < 10 ? -0.01 : c < 20 ? 0.01 : 0) * (i - 9) + 0.0001 * ((i * 7) % 5)),
    }),
  );
  const covers = [2001, 2008, 2018].map((year) =>
    put(`cover_${year}`, { type: 'uint8', nodata: 0, value: (c) => (c >= 35 ? 7 : c >= 30 && year === 2018 ? 5 : 2) }),
  );
  const params = { legend: 'unccd', baseline: '2001-2009', period: '2010-2018' };
  const { pictures } = await resultOf(landDegradation, { ndvi, 'land-cover': covers }, { params });
  expect(pictures.map(({ name }) => name)).toEqual([
    'degradation',
    'degradation-status',
    'degradation-productivity',
    'degradation-land-cover',
    'degradation-baseline',
  ]);
  expect(runs(named(pictures, 'degradation-land-cover'))).toEqual(['stable 30', 'degraded 5', 'water 5']);
  expect(runs(named(pictures, 'degradation'))).toEqual(['degraded 10', 'improved 10', 'stable 10', 'degraded 5', 'water 5']);
  expect(runs(named(pictures, 'degradation-status')).at(-1)).toBe('water 5');
  const one = await resultOf(landDegradation, { ndvi, 'land-cover': covers }, { params: { legend: 'unccd' } });
  expect(one.pictures.map(({ name }) => name)).toEqual(['degradation', 'degradation-productivity', 'degradation-land-cover']);
});

test('surface water: how often it was seen of the months seen, and what changed against the baseline', async () => {
  const [hidden, dry, wet] = [0, 1, 2];
  const layers = Array.from({ length: 12 }, (_, i) => 2001 + i).flatMap((year) =>
    [5, 8].map((month) =>
      put(`water_${year}-0${month}`, {
        type: 'uint8',
        // always; until 2005; from 2006; each May; never; never seen; wet, and seen in 2012 only
        value: (c) => {
          if (c < 5) return wet;
          if (c < 10) return year <= 2005 ? wet : dry;
          if (c < 15) return year > 2005 ? wet : dry;
          if (c < 20) return month === 5 ? wet : dry;
          if (c < 30) return dry;
          return c < 35 || year < 2012 ? hidden : wet;
        },
      }),
    ),
  );
  const { pictures } = await resultOf(surfaceWater, { water: layers });
  expect(runs(named(pictures, 'water-occurrence'))).toEqual([
    'always-water 5',
    'water-50 5',
    'water-75 10',
    'never-water 10',
    'unseen 5',
    'always-water 5',
  ]);
  expect(runs(named(pictures, 'water-change'))).toEqual([
    'water-stays 5',
    'surface-lost 5',
    'surface-gained 5',
    'water-stays 5',
    'dry-stays 10',
    'unseen 10',
  ]);
  const few = await resultOf(surfaceWater, { water: layers.slice(0, 4) });
  expect(few.pictures.map(({ name }) => name)).toEqual(['water-occurrence']);
});

test('burned area: years with fire, whatever months they are made of', async () => {
  const layers = [2015, 2016, 2017].flatMap((year) =>
    ['06', '07'].map((month) =>
      put(`burned_${year}-${month}`, {
        type: 'int16',
        value: (c) => (c < 5 ? 160 : c < 10 ? (year === 2016 ? 170 : 0) : c < 20 ? 0 : c < 30 ? -1 : -2),
      }),
    ),
  );
  const { pictures } = await resultOf(burnedArea, { burned: layers });
  expect(runs(named(pictures, 'burned-years'))).toEqual([
    'burned-3 5',
    'burned-1 5',
    'unburned 10',
    'unknown 10',
    'unburnable 10',
  ]);
});

test('snow cover: mean days of the years that have a figure', async () => {
  const day = (days: number): string => new Date(Date.UTC(2018, 7, 1 + days)).toISOString().slice(0, 10);
  // two winters of 46 layers: 20 spans of 8 days in the west, 12 and 20 in the middle, never seen in the east
  const layers = Array.from({ length: 92 }, (_, span) =>
    put(`snow_${day(8 * span)}`, {
      type: 'uint8',
      value: (c) => {
        const [year, own] = [Math.floor(span / 46), span % 46];
        const length = c < 20 ? 20 : year === 0 ? 12 : 20;
        if (c >= 30) return 50;
        return own >= 10 && own < 10 + length ? 200 : 25;
      },
    }),
  );
  const { pictures } = await resultOf(snowCover, { snow: layers });
  expect(runs(named(pictures, 'snow-days'))).toEqual(['snow-150 20', 'snow-120 10', 'unseen 10']);
});

test('intactness: natural ground by pressure, and made ground whatever its pressure; without a layer of it natural or not', async () => {
  const cover = put('cover_2020', { type: 'uint8', value: (c) => (c < 30 ? 2 : 3) });
  const footprint = put('footprint_2020', {
    type: 'float32',
    nodata: -1,
    value: (c) => (c < 10 ? 3 : c < 20 ? 4 : c < 25 ? -1 : 90),
  });
  const { pictures } = await resultOf(ecosystemIntactness, { 'land-cover': [cover], 'human-pressure': [footprint] });
  expect(runs(named(pictures, 'ecosystem-intactness'))).toEqual([
    'intact 10',
    'natural-pressed 10',
    'natural-untold 5',
    'natural-off-scale 5',
    'made-ground 10',
  ]);
  const { pictures: plain } = await resultOf(ecosystemIntactness, { 'land-cover': [cover] });
  expect(runs(named(plain, 'ecosystem-intactness'))).toEqual(['natural 30', 'made-ground 10']);
});

test('every indicator of rasters on one grid has pictures, and none costs a figure', async () => {
  const without = rasterIndicators.filter(({ pictures }) => pictures === undefined).map(({ id }) => id);
  expect(without).toEqual(['ecosystem-mosaic']); // its map is that of land cover
  const cover = put('cover_2000', { type: 'uint8', value: () => 9 });
  const { figures, pictures } = await resultOf(landCover, { 'land-cover': [cover] });
  expect(figures.map((own) => own.class)).toEqual(['unlisted']);
  expect(pictures[0]?.classes).toMatchObject([{ class: 'unlisted', share: 1 }]);
});
