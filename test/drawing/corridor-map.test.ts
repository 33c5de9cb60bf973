import { describe, expect, test } from 'vitest';
import { type CorridorMapOptions, drawCorridorMap } from '../../src/drawing/corridor-map.ts';
import { languages, t } from '../../src/i18n/index.ts';
import { squares } from '../store/network-fixture.ts';
import { expectSound, texts } from './svg-elements.ts';

const options: CorridorMapOptions = {
  zones: [
    { kind: 'transition', geometry: squares(0.6, [69, 50]) },
    { kind: 'core', geometry: squares(0.1, [69.1, 50.1], [69.4, 50.4]) },
  ],
  neighbours: [squares(0.1, [69.9, 50.2])],
  links: [{ label: 'A', ends: [[69.2, 50.2], [69.4, 50.4]] }], // biome-ignore format: a way in one line
  corridors: [{ label: '1', ends: [[69.5, 50.4], [69.9, 50.3]] }], // biome-ignore format: a way in one line
  stones: [[69.45, 50.45]],
  names: [
    { name: 'Lake 1', place: [69.15, 50.15] },
    { name: 'Hills', place: [69.95, 50.25] },
  ],
  lang: 'en',
  title: 'Lake. Network',
  date: '2026-11-23',
  source: 'run-1',
  width: 720,
};

describe('the map of a network', () => {
  test.each(languages)('in %s: labels of ways, names of cores, a legend of each part', (lang) => {
    const svg = drawCorridorMap({ ...options, lang });
    expectSound(svg);
    const words = texts(svg);
    expect(words).toEqual(expect.arrayContaining(['A', '1', 'Lake 1', 'Hills']));
    for (const key of ['neighbour-cores', 'link', 'band', 'stone']) expect(words).toContain(t(lang, `map.corridor.${key}`));
    expect(svg).not.toContain('map.corridor');
  });

  test('the same gives the same bytes', () => expect(drawCorridorMap(options)).toBe(drawCorridorMap(options)));

  test('what is not there is not in the legend; a frame holds the far end of a corridor', () => {
    const bare = drawCorridorMap({ ...options, neighbours: [], links: [], stones: [] });
    expect(texts(bare)).not.toContain(t('en', 'map.corridor.stone'));
    expect(texts(bare)).toContain(t('en', 'map.corridor.band'));
    const far = drawCorridorMap({ ...options, names: [{ name: 'Out there', place: [72, 50.3] }] });
    expect(texts(far)).toContain('Out there');
  });

  test('names without room are counted', () => {
    const crowd = Array.from({ length: 40 }, (_, i) => ({
      name: `A core with a long name ${i}`,
      place: [69.15, 50.15] as [number, number],
    }));
    expect(drawCorridorMap({ ...options, names: crowd })).toMatch(/no room: \d+/);
  });

  test('ways of no length and zones without any place bear drawing', () => {
    const short = drawCorridorMap({ ...options, zones: [], neighbours: [], corridors: [{ label: '1', ends: [[69, 50], [69, 50]] }] }); // biome-ignore format: one option
    expectSound(short);
    expect(() => drawCorridorMap({ ...options, zones: [], links: [], corridors: [], names: [] })).toThrow(RangeError);
  });
});
