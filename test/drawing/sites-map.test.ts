import { expect, test } from 'vitest';
import { drawOverlapsMap, drawSitesMap, numberedSites, type StudySite } from '../../src/drawing/sites-map.ts';
import { box } from '../zonation/site-facts-of.ts';
import { nestedZones } from './map-shapes.ts';
import { elements, expectSound, texts } from './svg-elements.ts';

const options = {
  zones: nestedZones([69.5, 50.4]),
  lang: 'en' as const,
  title: 'Sites',
  date: '2026-11-23',
  source: 'zones.zip',
  width: 720,
};
const sites: StudySite[] = [
  { name: 'Transect 1', theme: 'birds', point: [69.3, 50.4] },
  { name: 'Gauge', theme: 'water', point: [69.5, 50.5] },
  { name: 'Transect 2', theme: 'birds', point: [69.7, 50.3] },
];
const signs = (svg: string): string[] =>
  elements(svg).flatMap(({ name, attributes }) =>
    name === 'path' && attributes['stroke-width'] === '1.6' && attributes.transform !== undefined ? [attributes.d ?? ''] : [],
  );

test('sites are numbered by theme, each theme has its sign, the legend names all', () => {
  const svg = drawSitesMap({ ...options, sites }) ?? '';
  expectSound(svg);
  expect(numberedSites(sites).map(({ number, name }) => `${number} ${name}`)).toEqual([
    '1 Transect 1',
    '2 Transect 2',
    '3 Gauge',
  ]);
  expect(signs(svg)).toHaveLength(6); // on the map and in the legend
  expect(new Set(signs(svg)).size).toBe(2);
  expect(texts(svg)).toEqual(expect.arrayContaining(['Transect 1 · birds', 'Transect 2 · birds', 'Gauge · water']));
  expect(svg).toContain('Places on the map: 1 Transect 1 · birds; 2 Transect 2 · birds; 3 Gauge · water.');
  expect(svg.replaceAll('><', '>\n<')).toMatchSnapshot();
});

test('of many sites the legend names the themes and points to the list', () => {
  const many = Array.from(
    { length: 60 },
    (_, i): StudySite => ({
      name: `Site ${i}`,
      theme: `theme ${i % 12}`,
      point: [69 + (i % 10) * 0.1, 50 + Math.floor(i / 10) * 0.1],
    }),
  );
  const svg = drawSitesMap({ ...options, sites: many }) ?? '';
  expectSound(svg);
  const words = texts(svg);
  expect(words.filter((word) => word.startsWith('theme'))).toHaveLength(12);
  expect(words.some((word) => word.startsWith('Site '))).toBe(false);
  expect(words).toContain('The names of all 60 places stand in the list.');
});

test('areas of other designations are outlines over the zones; those without a geometry are not drawn', () => {
  const park = box(69.2, 50.2, 69.9, 50.6);
  const svg =
    drawOverlapsMap({
      ...options,
      areas: [
        { name: 'National park', geometry: park },
        { name: 'Ramsar site', geometry: null },
      ],
    }) ?? '';
  expectSound(svg);
  expect(texts(svg)).toContain('National park');
  expect(texts(svg)).not.toContain('Ramsar site');
  expect(svg).toContain('Other designations on the map: National park.');
});

test('without sites or areas there is no map', () => {
  expect(drawSitesMap({ ...options, sites: [] })).toBeNull();
  expect(drawOverlapsMap({ ...options, areas: [{ name: 'a', geometry: null }] })).toBeNull();
});
