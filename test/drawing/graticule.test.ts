import { expect, test } from 'vitest';
import { drawGraticule, graticule } from '../../src/drawing/graticule.ts';
import { type Frame, frameAround, groundLength, reach } from '../../src/drawing/map-frame.ts';
import { localProjection } from '../../src/drawing/map-projection.ts';
import { drawScaleBar, scaleBar } from '../../src/drawing/scale-bar.ts';
import type { Position } from '../../src/types.ts';

function frameOf(west: number, south: number, east: number, north: number, width = 700): Frame {
  const corners: Position[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ];
  const projection = localProjection([corners]);
  return frameAround(projection, reach(projection, corners), { left: 18, top: 40, width, maxHeight: 900 });
}

const values = (frame: Frame, axis: 'lat' | 'lon'): number[] =>
  graticule(frame)
    .lines.filter((line) => line.axis === axis)
    .map((line) => line.value);

test('a map of one degree at 50 N has lines at round minutes, parallels closer than meridians', () => {
  const frame = frameOf(69, 50, 70, 51);
  expect(graticule(frame).step).toEqual({ lat: 1 / 6, lon: 0.25 });
  expect(values(frame, 'lat')).toEqual([50, 50 + 1 / 6, 50 + 1 / 3, 50.5, 50 + 2 / 3, 50 + 5 / 6, 51]);
  expect(values(frame, 'lon')).toEqual([69, 69.25, 69.5, 69.75, 70]);
});

test('at the equator a degree of longitude is as long as the scale bar says: 111.3195 km', () => {
  const frame = frameOf(-1, -1, 1, 1);
  const [x0] = frame.toPixels([0, 0]);
  const [x1] = frame.toPixels([1, 0]);
  const bar = scaleBar(frame, 200);
  expect(bar.metres).toBe(50_000);
  expect(((x1 - x0) / bar.pixels) * 50).toBeCloseTo(111.3195, 1);
});

test('the scale bar is the longest of 1, 2 and 5 times a power of ten that fits, and true on the ground', () => {
  for (const [box, metres] of [
    [[69, 50, 70, 51], 20_000],
    [[69, 50, 69.01, 50.01], 200],
    [[60, 45, 66, 50], 100_000],
  ] as [[number, number, number, number], number][]) {
    const frame = frameOf(...box);
    const bar = scaleBar(frame, 180);
    expect(bar.metres).toBe(metres);
    expect(bar.pixels).toBeLessThanOrEqual(180);
    expect(groundLength(frame, bar.pixels)).toBeCloseTo(metres, 0);
  }
});

test('the bar is drawn in two halves of the same length with their ends written in the language', () => {
  const bar = { metres: 20_000, pixels: 150 };
  const svg = drawScaleBar(bar, [10, 20], 'ru', '#000');
  expect([...svg.matchAll(/width="([\d.]+)"/g)].map(([, width]) => Number(width))).toEqual([75, 75]);
  expect([...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text)).toEqual(['0', '10', '20 км']);
  expect(drawScaleBar({ metres: 500, pixels: 150 }, [10, 20], 'en', '#000')).toContain('>500 m<');
});

test('labels name degrees, minutes or seconds as the step needs, with the hemisphere', () => {
  const labels = (frame: Frame, lang: 'en' | 'ru' | 'kk' | 'tr'): string[] =>
    [...drawGraticule(frame, lang, '#000').labels.matchAll(/>([^<>]+)<\/text>/g)]
      .map(([, text = '']) => text.replaceAll('\u00a0', ' '))
      .sort();
  expect(labels(frameOf(60, 45, 70, 50), 'en')).toEqual([
    '46° N',
    '48° N',
    '50° N',
    '60° E',
    '62° E',
    '64° E',
    '66° E',
    '68° E',
    '70° E',
  ]);
  expect(labels(frameOf(69, 50, 70, 51), 'ru')).toContain('50°30′ с. ш.');
  expect(labels(frameOf(69, 50, 70, 51), 'kk')).toContain('ш. б. 69°30′');
  expect(labels(frameOf(69, 50, 70, 51), 'tr')).toContain('69°30′ D');
  expect(labels(frameOf(-1, -1, 1, 1), 'en')).toContain('0°00′');
  expect(labels(frameOf(69, 50, 69.005, 50.005), 'en')).toContain('50°00′05″ N');
});

test('across the antimeridian lines go on, each once', () => {
  const frame = frameOf(178, 70, -178, 71);
  expect(values(frame, 'lon')).toEqual([178, 179, 180, -179, -178]);
});

test('around a pole parallels are circles with their names on them, and meridians stand every 30 degrees', () => {
  const ring: Position[] = [
    [0, 87],
    [90, 87],
    [180, 87],
    [-90, 87],
  ];
  const projection = localProjection([ring]);
  const frame = frameAround(projection, reach(projection, ring), { left: 18, top: 40, width: 700, maxHeight: 700 });
  expect(values(frame, 'lon').toSorted((a, b) => a - b)).toEqual([-150, -120, -90, -60, -30, 0, 30, 60, 90, 120, 150, 180]);
  expect(values(frame, 'lat')).toContain(88);
  expect(drawGraticule(frame, 'en', '#000').labels).toMatch(/88°(00′)?\u00a0N/);
});

test('at least two parallels and two meridians stand in a map of any size', () => {
  for (const size of [0.003, 0.02, 0.1, 0.7, 3, 12])
    for (const width of [324, 660, 1200])
      for (const lat of [0, 40, 55, 70]) {
        const frame = frameOf(60, lat, 60 + size / Math.cos((lat * Math.PI) / 180), lat + size, width);
        expect(values(frame, 'lat').length, `${size} ${width} ${lat}`).toBeGreaterThanOrEqual(2);
        expect(values(frame, 'lon').length, `${size} ${width} ${lat}`).toBeGreaterThanOrEqual(2);
      }
});
