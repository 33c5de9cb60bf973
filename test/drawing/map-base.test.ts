import { expect, test } from 'vitest';
import { drawMap, type MapOptions } from '../../src/drawing/map.ts';
import type { Base } from '../../src/drawing/map-base.ts';
import { readBasemap } from '../../src/formats/basemap.ts';
import { nestedZones } from './map-shapes.ts';
import { elements, expectSound, texts } from './svg-elements.ts';

/** Two countries that share the meridian of 70 E, with a river along the parallel of 50 N and a lake. */
const base: Base = {
  lines: [
    [
      [70, 60],
      [70, 40],
    ],
    [
      [70, 40],
      [50, 40],
      [50, 60],
      [70, 60],
    ],
    [
      [70, 60],
      [90, 60],
      [90, 40],
      [70, 40],
    ],
    [
      [60, 52],
      [80, 52],
    ],
    [
      [62, 48],
      [64, 48],
      [63, 49],
      [62, 48],
    ],
  ],
  countries: [
    { code: 'KZ', polygons: [[[0, 1]]] },
    { code: 'RU', polygons: [[[2, ~0]]] },
  ],
  lakes: [[[4]]],
  rivers: [[3]],
  disputed: [],
};
const drawn = (km: number, more: Partial<MapOptions> = {}): string =>
  drawMap({
    zones: nestedZones([69.5, 50.4], km),
    lang: 'en',
    title: 't',
    date: '2026-11-23',
    source: 's',
    width: 720,
    base,
    countries: ['KZ'],
    ...more,
  });
const border = (svg: string): Record<string, string> | undefined =>
  elements(svg).find(({ name, attributes }) => name === 'path' && attributes.stroke === '#59615e')?.attributes;

test('where the base is fine enough there are land, borders and water below the zones', () => {
  const svg = drawn(400);
  expectSound(svg);
  expect(border(svg)?.['stroke-width']).toBe('1.1');
  expect(svg.indexOf('#efede6')).toBeLessThan(svg.indexOf('<use'));
  expect(texts(svg)).toEqual(expect.arrayContaining(['Kazakhstan', 'Russia', 'state border']));
  expect(texts(svg).join()).toContain('no opinion');
});

test('where the error of a border would be seen it is a band as broad, and water is left out', () => {
  const svg = drawn(60);
  expectSound(svg);
  const width = Number(border(svg)?.['stroke-width']);
  expect(width).toBeGreaterThan(6);
  expect(width).toBeLessThanOrEqual(26);
  expect(svg).not.toContain('#c6dbe7');
  expect(texts(svg).join(' ')).toMatch(/as broad as they are uncertain/);
});

test('where it would be too broad, no border is drawn, and this is said', () => {
  const svg = drawn(20, { zones: nestedZones([70, 50.4], 20) });
  expect(border(svg)).toBeUndefined();
  expect(texts(svg).join(' ')).toContain('too coarse for this scale');
  const inland = drawn(20, { zones: nestedZones([66, 50.4], 20) });
  expect(texts(inland).join(' ')).not.toContain('too coarse');
});

test('a border between two countries is drawn once', () => {
  const d = border(drawn(400))?.d ?? '';
  expect(d.match(/M/g)).toHaveLength(1);
});

test('without a base the map is as before', () => {
  const {
    base: _,
    countries: __,
    ...options
  } = {
    base,
    countries: [],
    zones: nestedZones([69.5, 50.4], 60),
    lang: 'en' as const,
    title: 't',
    date: '2026-11-23',
    source: 's',
    width: 720,
  };
  const svg = drawMap(options);
  expect(svg).not.toContain('#59615e');
  expect(texts(svg).join()).not.toContain('Natural Earth');
});

test('the base of the whole world below a reserve on a border names both countries', () => {
  const svg = drawn(190, { base: readBasemap(), zones: nestedZones([86, 49.17], 190), countries: ['KZ', 'RU'] });
  expectSound(svg);
  expect(texts(svg)).toContain('Russia');
});
