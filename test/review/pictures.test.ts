import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { catalogues } from '../../src/i18n/index.ts';
import type { Picture } from '../../src/indicators/kept-picture.ts';
import type { Block } from '../../src/print/blocks.ts';
import type { FormSection } from '../../src/review/form.ts';
import { pictureClassText, pictureFiles, pictures, pictureTitle } from '../../src/review/pictures.ts';
import type { Indicator, Run, Zone } from '../../src/types.ts';
import { area } from '../store/facts-fixture.ts';
import { box } from '../zonation/site-facts-of.ts';
import { type ContentOverrides, contentOf } from './content-fixture.ts';

const zone: Zone = {
  id: 'almaty/core',
  site: 'almaty',
  kind: 'core',
  name: {},
  valid: { start: null, end: null },
  geometry: box(77, 43, 77.3, 43.2),
  from: { source: 'unesco-almaty' },
};

const picture = (name: string, indicator: string, more: Partial<Picture> = {}): Picture => ({
  id: `almaty:${indicator}:${name}`,
  site: 'almaty',
  run: 'run-1',
  indicator,
  name,
  period: { start: '2001-01-01', end: '2021-01-01' },
  width: 3,
  height: 2,
  west: 77,
  south: 43,
  east: 77.3,
  north: 43.2,
  step: 4,
  take: 'most',
  classes: [
    { code: 1, class: 'increasing', color: '#0b6e4f', hatch: false, share: 0.25 },
    { code: 2, class: 'not-significant', color: '#f4f1e8', hatch: true, share: 0.75 },
  ],
  codes: Uint8Array.from(deflateSync(Uint8Array.of(2, 1, 1, 2, 2, 2))),
  ...more,
});

const run = (id: string, params: Run['params'] = {}): Run => ({
  id,
  indicator: 'greenness',
  method: 'theil-sen',
  version: 1,
  software: { name: 'saryarka', version: '0' },
  inputs: [
    { dataset: null, href: 'ndvi: ndvi_2001.tif', digest: 'sha256:0' },
    { dataset: null, href: 'zones/almaty/core', digest: 'sha256:0' },
  ],
  params,
  started: '2026-01-02T00:00:00Z',
  ended: '2026-01-02T00:01:00Z',
  status: 'done',
  skipped: 0,
});

const section = (id: string, only?: FormSection['only']): FormSection => ({
  ...contentOf().section,
  id,
  fills: ['pictures'],
  ...(only === undefined ? {} : { only }),
});

const indicator = (id: string): Indicator => ({ ...area, id, function: 'conservation' });
const sections = [
  section('II.2.1'),
  section('II.4.1', { functions: ['conservation'] }),
  section('II.4.4', { functions: ['conservation'] }),
];
const map = { title: {}, required: false, unconfirmed: false, fills: 'pictures' };

function blocksOf(at: number, list: Picture[], more: ContentOverrides = {}): Block[] | null {
  const own = sections[at];
  return pictures(
    contentOf({
      facts: { zones: [zone] },
      indicators: ['greenness', 'land-cover', 'burned-area'].map(indicator),
      runs: [run('run-1')],
      form: { parts: [{ id: 'II', title: {}, sections }], maps: [{ ...map, id: 'M4', sections: ['II.2.1'] }] },
      section: own ?? {},
      pictures: list,
      ...more,
    }),
  );
}

test('a map that the form names stands where it wants it; others with indicators of their function, once', () => {
  const list = [picture('land-cover-change', 'land-cover'), picture('greenness-trend', 'greenness')];
  const at = (place: number): string[] =>
    (blocksOf(place, list) ?? []).map((block) =>
      block.kind === 'figure'
        ? `figure ${block.id}`
        : `${block.kind} ${'text' in block && typeof block.text === 'object' ? block.text.see : ''}`,
    );
  expect(at(0)).toEqual(['figure picture-almaty-land-cover-land-cover-change']);
  expect(at(1)).toEqual(['figure picture-almaty-greenness-greenness-trend']);
  expect(at(2)).toEqual(['text picture-almaty-greenness-greenness-trend']);
  expect(blocksOf(0, [])).toBeNull();
});

test('a figure has its caption, words for those who do not see it, and the source in the drawing', () => {
  const [figure] = blocksOf(1, [picture('greenness-trend', 'greenness')]) ?? [];
  if (figure?.kind !== 'figure') throw new Error('no figure');
  expect(figure.caption).toBe('Trend of greenness, 2001–2020');
  expect(figure.alt).toBe('Trend of greenness, 2001–2020: no significant trend, 75 %; greener, 25 %');
  expect(figure.svg).toContain('ndvi_2001.tif; theil-sen@1; run-1');
  expect(figure.svg).toContain('4 × 4 pixels');
  expect(figure.svg).toContain('January 2, 2026');
});

test('pictures of one kind are told apart by the settings in which their runs differ', () => {
  const list = [
    picture('degradation', 'greenness'),
    picture('degradation', 'greenness', { id: 'almaty:greenness:0a1b:degradation', run: 'run-2' }),
  ];
  const runs = new Map(
    [run('run-1', { method: 'a', part: '1' }), run('run-2', { method: 'b', part: '1' })].map((one) => [one.id, one]),
  );
  expect(list.map((one) => pictureTitle({ pictures: list, runs }, one, 'en'))).toEqual([
    'Land degradation, 2001–2020 (method=a)',
    'Land degradation, 2001–2020 (method=b)',
  ]);
  expect([...pictureFiles(list).keys()]).toEqual(['degradation.svg', 'degradation-0a1b.svg']);
  expect([...pictureFiles(list.slice(1)).keys()]).toEqual(['degradation.svg']);
});

test('classes of legends and our own have names in four languages', () => {
  expect(pictureClassText('en', { class: 'unccd:3' })).toBe('Cropland');
  const own = Object.keys((catalogues.en as { picture: { class: object } }).picture.class);
  for (const lang of ['ru', 'kk', 'tr'] as const)
    for (const name of own) expect(pictureClassText(lang, { class: name })).not.toBe(name);
});
