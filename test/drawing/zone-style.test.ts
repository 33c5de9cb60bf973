import { expect, test } from 'vitest';
import { INK, zoneStyles } from '../../src/drawing/zone-style.ts';

type Colour = [r: number, g: number, b: number];

const linear = (hex: string): Colour =>
  [1, 3, 5].map((i) => {
    const part = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Colour;
const luminance = ([r, g, b]: Colour): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const contrast = (a: Colour, b: Colour): number => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

/** Machado, Oliveira & Fernandes 2009, severity 1.0, doi 10.1109/TVCG.2009.113. */
const BLIND: Record<string, number[][]> = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const seen = (colour: Colour, matrix: number[][]): Colour =>
  matrix.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, k, i) => sum + k * (colour[i] ?? 0), 0),
      ),
    ),
  ) as Colour;

const [core, buffer, transition, ink] = [zoneStyles.core.fill, zoneStyles.buffer.fill, zoneStyles.transition.fill, INK].map(
  linear,
) as [Colour, Colour, Colour, Colour];

test.each(Object.entries(BLIND))('zones stay apart in lightness, from dark to light: %s', (_, matrix) => {
  const [c, b, t, i] = [core, buffer, transition, ink].map((colour) => seen(colour, matrix)) as [Colour, Colour, Colour, Colour];
  expect(luminance(c)).toBeLessThan(luminance(b));
  expect(luminance(b)).toBeLessThan(luminance(t));
  expect(contrast(c, b)).toBeGreaterThan(3); // WCAG 2.2, 1.4.11: three to one for graphics
  expect(contrast(b, t)).toBeGreaterThan(1.6); // and a line of ink between them
  expect(contrast(i, b)).toBeGreaterThan(4.5);
  expect(contrast(i, t)).toBeGreaterThan(4.5);
});

test('each kind of zone has a pattern and an outline of its own', () => {
  const styles = Object.values(zoneStyles);
  expect(new Set(styles.map(({ pattern }) => pattern)).size).toBe(3);
  expect(new Set(styles.map(({ outline }) => outline)).size).toBe(3);
});
