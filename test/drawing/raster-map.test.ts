import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import type sax from 'sax';
import { expect, test } from 'vitest';
import { drawRasterMap, type RasterMapOptions } from '../../src/drawing/raster-map.ts';
import { png } from '../../src/drawing/raster-map-png.ts';
import { lightness, rasterStyles } from '../../src/drawing/raster-map-style.ts';
import type { Lang, MultiPolygon } from '../../src/types.ts';
import { elements, texts } from './svg-elements.ts';

const square = (west: number, south: number, east: number, north: number): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  ],
});

/** West half of class 1, east half of class 2. */
const halves = { width: 20, height: 10, west: 69, south: 50, east: 70, north: 50.5 };
const options: RasterMapOptions = {
  layer: { ...halves, codes: Uint8Array.from({ length: 200 }, (_, i) => (i % 20 < 10 ? 1 : 2)) },
  classes: [
    { code: 1, text: 'forest', color: '#117733', hatch: false, share: 0.5 },
    { code: 2, text: 'no trend', color: '#f4f1e8', hatch: true, share: 0.4996 },
    { code: 3, text: 'ice', color: '#ffffff', hatch: false, share: 0.0004 },
  ],
  zones: [
    { kind: 'core', geometry: square(69.3, 50.1, 69.7, 50.4) },
    { kind: 'transition', geometry: square(69, 50, 70, 50.5) },
  ],
  lang: 'en',
  title: 'Invented reserve. Land cover, 2020',
  date: '2026-11-23',
  source: 'cover.tif; run-1',
  width: 720,
};

interface Decoded {
  width: number;
  height: number;
  /** Red, green, blue and opacity at a place. */
  at(x: number, y: number): number[];
}

/** A picture as its file has it: chunks with their check sums, rows with their filters undone. */
function decoded(bytes: Uint8Array): Decoded {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < bytes.length; ) {
    const length = view.getUint32(at);
    chunks.set(String.fromCharCode(...bytes.subarray(at + 4, at + 8)), bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const head = chunks.get('IHDR') as Uint8Array;
  const size = new DataView(head.buffer, head.byteOffset);
  const [width, height] = [size.getUint32(0), size.getUint32(4)];
  const rows = Uint8Array.from(inflateSync(chunks.get('IDAT') as Uint8Array));
  for (let row = 1; row < height; row++) {
    if (rows[row * (width + 1)] !== 2) continue;
    for (let i = 1; i <= width; i++) {
      const at = row * (width + 1) + i;
      rows[at] = (rows[at] as number) + (rows[at - width - 1] as number);
    }
  }
  const [palette, alpha] = [chunks.get('PLTE') as Uint8Array, chunks.get('tRNS') as Uint8Array];
  return {
    width,
    height,
    at(x, y) {
      const place = rows[y * (width + 1) + 1 + x] as number;
      return [...palette.subarray(3 * place, 3 * place + 3), alpha[place] as number];
    },
  };
}

function imageOf(svg: string): { picture: Decoded; box: { x: number; y: number; width: number; height: number } } {
  const [image] = elements(svg).filter(({ name }) => name === 'image');
  const { x, y, width, height, href } = (image as sax.Tag).attributes;
  const bytes = Uint8Array.from(Buffer.from((href ?? '').replace('data:image/png;base64,', ''), 'base64'));
  return { picture: decoded(bytes), box: { x: Number(x), y: Number(y), width: Number(width), height: Number(height) } };
}

test('classes lie where they are: west of the middle meridian the one, east of it the other', () => {
  const { picture } = imageOf(drawRasterMap(options));
  const middle = Math.round(picture.height / 2);
  for (const [part, color] of [
    [0.02, [0x11, 0x77, 0x33, 255]],
    [0.49, [0x11, 0x77, 0x33, 255]],
  ] as const) {
    expect(picture.at(Math.round(part * picture.width), middle)).toEqual(color);
  }
  const east = Array.from({ length: 12 }, (_, i) => picture.at(Math.round(0.55 * picture.width) + 2 * i, middle).join());
  expect(new Set(east)).toContain([0xf4, 0xf1, 0xe8, 255].join());
  expect(new Set(east).size).toBe(2); // ground and hatching
});

test('the image is as wide as the zones and is cut off at their outlines', () => {
  const svg = drawRasterMap(options);
  const found = elements(svg);
  const clip = found.find(({ name, attributes }) => name === 'clipPath' && String(attributes.id).endsWith('-zones'));
  expect(found.some(({ name, attributes }) => name === 'g' && attributes['clip-path'] === `url(#${clip?.attributes.id})`)).toBe(
    true,
  );
  const { box } = imageOf(svg);
  expect(box.width).toBeGreaterThan(500);
  expect(found.filter(({ name }) => name === 'script' || name === 'style')).toEqual([]);
});

test('the legend has every class with its share, what is too small to be seen, and the zones', () => {
  const written = texts(drawRasterMap(options));
  expect(written).toEqual(
    expect.arrayContaining([
      'Forest, 50 %',
      'No trend, 50 %',
      'Classes too small to be seen: 1, less than 0.1 %',
      'Core area',
      'Transition area',
      'Hatched: not statistically significant.',
      'Source: cover.tif; run-1 · November 23, 2026',
    ]),
  );
});

test('in four languages, with text that means nothing else in SVG', () => {
  for (const lang of ['en', 'ru', 'kk', 'tr'] satisfies Lang[]) {
    const svg = drawRasterMap({
      ...options,
      lang,
      title: 'a < b & "c"',
      classes: options.classes.map((one) => ({ ...one, text: '<&>' })),
    });
    expect(elements(svg)[0]?.attributes.lang).toBe(lang);
  }
});

test('the same picture gives the same bytes; noise of many classes stays below 400 kB', () => {
  let seed = 1;
  const next = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed >>> 16;
  };
  const layer = { ...halves, width: 600, height: 600, codes: Uint8Array.from({ length: 360_000 }, () => 1 + (next() % 7)) };
  const classes = Array.from({ length: 7 }, (_, i) => ({
    code: i + 1,
    text: `class ${i + 1}`,
    color: `#${(0x203040 + 0x1a1510 * i).toString(16).padStart(6, '0')}`,
    hatch: i === 3,
    share: 1 / 7,
  }));
  const svg = drawRasterMap({ ...options, layer, classes });
  expect(svg.length).toBeLessThan(400_000);
  expect(drawRasterMap(options)).toBe(drawRasterMap(options));
});

test('classes whose colours look alike in grey have different patterns, as far as patterns go', () => {
  const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(fc.array(color, { minLength: 2, maxLength: 6 }), (colors) => {
      const styles = rasterStyles(colors.map((own, i) => ({ color: own, hatch: false, share: 1 / (i + 2) })));
      for (const [i, one] of styles.entries()) {
        for (const other of styles.slice(0, i)) {
          const apart = Math.abs(lightness(one.color) - lightness(other.color)) >= 10;
          expect(apart || one.pattern !== other.pattern).toBe(true);
        }
        expect(one.pattern).not.toBe('hatch'); // it means: not certain
      }
    }),
  );
});

test('lightness is that of CIELAB', () => {
  // Lindbloom, CIE color calculator, sRGB, D65
  for (const [color, expected] of [
    ['#000000', 0],
    ['#ffffff', 100],
    ['#777777', 50.034],
    ['#ff0000', 53.241],
    ['#0000ff', 32.297],
  ] as const)
    expect(lightness(color)).toBeCloseTo(expected, 2);
});

test('a file of dots is read back as it was, whichever filter was shorter', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.array(fc.nat(3), { minLength: 9, maxLength: 90 }), (width, list) => {
      const height = Math.floor(list.length / width);
      if (height === 0) return;
      const palette = [
        [0, 0, 0, 0],
        [1, 2, 3, 255],
        [4, 5, 6, 255],
        [7, 8, 9, 128],
      ] as const;
      const pixels = Uint8Array.from(list.slice(0, width * height));
      const file = decoded(png({ width, height, pixels, palette }));
      expect([file.width, file.height]).toEqual([width, height]);
      for (const [i, place] of pixels.entries()) expect(file.at(i % width, Math.floor(i / width))).toEqual(palette[place]);
    }),
  );
});
