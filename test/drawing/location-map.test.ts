import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawLocationMap, type LocationMapOptions } from '../../src/drawing/location-map.ts';
import { readBasemap } from '../../src/formats/basemap.ts';
import { languages } from '../../src/i18n/index.ts';
import type { Position } from '../../src/types.ts';
import { nestedZones } from './map-shapes.ts';
import { elements, expectOnSheet, expectSound, texts } from './svg-elements.ts';

const base = readBasemap();
const drawn = (more: Partial<LocationMapOptions> = {}): string =>
  drawLocationMap({
    base,
    name: 'Korgalzhyn',
    point: [69.5, 50.4],
    countries: ['KZ'],
    lang: 'en',
    title: 'Location',
    date: '2026-11-23',
    source: 'declared centre',
    width: 720,
    ...more,
  });

test('the country with its neighbours, and what has to be said', () => {
  const svg = drawn({
    others: [
      { name: 'Barsakelmes', point: [59.9, 45.67] },
      { name: 'Far away', point: [10, 10] },
    ],
  });
  expectSound(svg);
  expectOnSheet(svg);
  expect(svg.length).toBeLessThan(80_000);
  const words = texts(svg);
  for (const word of [
    'Korgalzhyn',
    'Kazakhstan',
    'Russia',
    'China',
    'Uzbekistan',
    'Kyrgyzstan',
    'Barsakelmes',
    'this biosphere reserve',
    'N',
  ]) {
    expect(words).toContain(word);
  }
  expect(words.join(' ')).toContain('no opinion on the legal status of any territory');
  expect(words).toContain('Other biosphere reserves beyond the map: 1.');
  expect(elements(svg).find(({ name }) => name === 'clipPath')).toBeDefined();
});

test('a map of a small country is snapshot whole', () => {
  const svg = drawn({ name: 'Invented', point: [11.5, 43.9], countries: ['SM'], title: 'San Marino', width: 360 });
  expectSound(svg);
  expect(svg.replaceAll('><', '>\n<')).toMatchSnapshot();
});

test('the reserve stands where it lies: its zones as one outline, else its declared centre with a ring', () => {
  const rings = (svg: string): number =>
    elements(svg).filter(
      ({ name, attributes }) => name === 'circle' && attributes.stroke === '#12302c' && attributes.fill === 'none',
    ).length;
  expect(rings(drawn())).toBe(2); // on the map and in the legend
  expect(rings(drawn({ zones: nestedZones([69.5, 50.4], 120) }))).toBe(0);
  expect(rings(drawn({ zones: nestedZones([69.5, 50.4], 8) }))).toBe(1); // too small to be seen without one
  const place = (point: Position): number[] => {
    const svg = drawn({ point });
    const { cx, cy } = elements(svg).find(({ name, attributes }) => name === 'circle' && attributes.r === '4')?.attributes ?? {};
    return [Number(cx), Number(cy)];
  };
  const [west, east, south] = [place([55, 48]), place([80, 48]), place([68, 44])] as [number[], number[], number[]];
  expect(west[0]).toBeLessThan(east[0] as number);
  expect(south[1]).toBeGreaterThan(west[1] as number);
});

test('a reserve of two countries is shown with the region around it', () => {
  const svg = drawn({ name: 'Great Altay', zones: nestedZones([86.3, 49.4], 90), countries: ['KZ', 'RU'] });
  expectSound(svg);
  expect(texts(svg)).toEqual(expect.arrayContaining(['Kazakhstan', 'Russia', 'Mongolia', 'China']));
  expect(/About ([\d,]+) km/.exec(svg)?.[1]).toBe('1,400');
});

test.each([
  ['RU', [103, 66]],
  ['FJ', [178, -17.8]],
  ['US', [-81, 25.5]],
  ['US', [-150, 63]],
  ['KI', [173, 1.4]],
  ['MT', [14.4, 35.9]],
  ['FR', [2.7, 48.4]],
  ['NZ', [170, -44]],
  ['TV', [179.2, -8.5]],
  ['AQ', [0, -75]],
] as const)('%s is drawn without lines across the map', (code, point) => {
  const svg = drawn({ countries: [code], point: [...point], name: 'x' });
  expectSound(svg);
  expectOnSheet(svg);
  const numbers = [...svg.matchAll(/<path d="M[^"]*"/g)].flatMap(([d]) => d.match(/-?\d*\.?\d+/g) ?? []).map(Number);
  expect(Math.max(...numbers.map(Math.abs))).toBeLessThan(20_000);
});

test('far islands of a country do not make its map small', () => {
  const wide = (code: string, point: Position): number =>
    Number(/About ([\d,]+) km/.exec(drawn({ countries: [code], point }))?.[1]?.replace(',', ''));
  expect(wide('FR', [2.7, 48.4])).toBeLessThan(1500); // not to Guiana
  expect(wide('US', [-81, 25.5])).toBeLessThan(6000); // not to Hawaii
  expect(wide('RU', [103, 66])).toBeGreaterThan(6000);
  expect(wide('MT', [14.4, 35.9])).toBeGreaterThanOrEqual(590); // so wide that the base is fine enough
});

test.each(languages)('in %s names of countries and words are in that language', (lang) => {
  const words = texts(drawn({ lang }));
  const expected = {
    en: ['Kazakhstan', 'China', 'state border'],
    ru: ['Казахстан', 'Китай', 'государственная граница'],
    kk: ['Қазақстан', 'Қытай', 'мемлекеттік шекара'],
    tr: ['Kazakistan', 'Çin', 'devlet sınırı'],
  };
  expect(words).toEqual(expect.arrayContaining(expected[lang]));
});

test('names do not cover one another', () => {
  const others = Array.from({ length: 30 }, (_, i) => ({
    name: `Reserve ${i}`,
    point: [60 + (i % 6) * 3, 44 + Math.floor(i / 6) * 1.5] as Position,
  }));
  const svg = drawn({ others, name: 'R' });
  expectSound(svg);
  const labels = elements(svg)
    .filter(
      ({ name, attributes }) => name === 'text' && attributes['paint-order'] === 'stroke' && attributes['font-size'] === '9.5',
    )
    .map(({ attributes }) => [Number(attributes.x), Number(attributes.y)] as const);
  expect(labels.length).toBeGreaterThan(15);
  for (const [i, a] of labels.entries())
    for (const b of labels.slice(i + 1)) expect(Math.abs(a[1] - b[1]) > 9 || Math.abs(a[0] - b[0]) > 40).toBe(true);
});

test('any place on earth has a map', () => {
  const place = fc.tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -89, max: 89, noNaN: true }));
  const code = fc.constantFrom(...base.countries.flatMap(({ code }) => (code === null ? [] : [code])));
  fc.assert(
    fc.property(place, fc.option(code, { nil: null }), (point, country) => {
      // a country, and a place on its border or shore
      const number = base.countries.find(({ code }) => code === country)?.polygons[0]?.[0]?.[0] ?? 0;
      const at = country === null ? point : (base.lines[number < 0 ? ~number : number]?.[0] as Position);
      const svg = drawn({ point: at, countries: country === null ? [] : [country] });
      expectSound(svg);
      expectOnSheet(svg);
    }),
    { numRuns: 12 },
  );
});

test('a reserve without a place is refused; text is never taken for markup; the same data give the same bytes', () => {
  expect(() => drawn({ point: null })).toThrow('neither zones with a geometry nor a point');
  expect(() => drawn({ point: [Number.NaN, 1] })).toThrow(RangeError);
  const evil = `</text><script>alert(1)</script>`;
  const svg = drawn({ name: evil, title: evil, source: evil, others: [{ name: evil, point: [60, 48] }] });
  expectSound(svg);
  expect(svg).not.toContain('<script');
  expect(drawn()).toBe(drawn());
});
