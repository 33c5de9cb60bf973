/** Sites of a table in the zones of a reserve: by words of four languages, by coordinates, and where there is nothing to lie in. */
import { describe, expect, test } from 'vitest';
import { controlZone, placingOf, type TableGround, zoneIn } from '../../src/run/zone-placing.ts';
import type { DrawnZone, Position } from '../../src/types.ts';

const drawn = (kind: 'core' | 'buffer', id: string, west: number): DrawnZone => {
  const ring: Position[] = [
    [west, 43],
    [west + 0.02, 43],
    [west + 0.02, 43.02],
    [west, 43.02],
    [west, 43],
  ];
  const geometry = { type: 'MultiPolygon' as const, coordinates: [[ring]] };
  const name = id === 'almaty/tengiz' ? { ru: 'Тенгизский участок' } : {};
  return { id, site: 'almaty', kind, name, valid: { start: null, end: null }, geometry, from: { source: 's' } } as DrawnZone;
};
const ground = (...zones: DrawnZone[]): TableGround => ({ site: 'almaty', zones, drawn: zones, isSecret: () => false });
const plain = ground(drawn('core', 'almaty/core', 76), drawn('buffer', 'almaty/buffer', 76.02));

const byWord = (on: TableGround, ...words: string[]) => {
  const rows = words.map((word, i) => ({ line: i + 2, other: { zone: word } }));
  const placing = placingOf(on, { file: 'x.csv', rows, column: 'zone', lon: null, lat: null });
  return rows.map((row) => placing?.zoneOf(row));
};
const byPlace = (on: TableGround, ...places: [string, string][]) => {
  const rows = places.map(([lon, lat], i) => ({ line: i + 2, other: { lon, lat } }));
  const placing = placingOf(on, { file: 'x.csv', rows, column: null, lon: 'lon', lat: 'lat' });
  return placing === null ? null : { zones: rows.map((row) => placing.zoneOf(row)), inputs: placing.inputs };
};

describe('by a column', () => {
  test.each(['core', 'ядро', 'негізгі аймақ', 'çekirdek bölge', 'almaty/core', 'core zone 1'])('"%s" is the core', (word) => {
    expect(byWord(plain, word)).toEqual(['almaty/core']);
  });

  test('several zones of a kind are the kind, unless one is called by its name; a dash is none', () => {
    const several = ground(drawn('core', 'almaty/core', 76), drawn('core', 'almaty/tengiz', 76.1));
    expect(byWord(several, 'ядро', 'Тенгизский участок', '–')).toEqual(['core', 'almaty/tengiz', '-']);
    expect(zoneIn(several, 'core')).toBeNull();
    expect(zoneIn(several, 'almaty/tengiz')).toBe('almaty/tengiz');
  });

  test('a word that is no zone of the reserve is told with file, line and what would do', () => {
    expect(() => byWord(plain, 'core', 'moon')).toThrow(
      /x\.csv, line 3, field zone: found "moon"; expected core, buffer, almaty\/core/,
    );
    expect(() => byWord(plain, '')).toThrow('x.csv, line 2');
  });

  test('of a site without any zone the kind is kept, and any other word as it stands', () => {
    expect(byWord(ground(), 'ядро', 'Tengiz', '-')).toEqual(['core', 'Tengiz', '-']);
  });
});

describe('by coordinates', () => {
  test('the zone that holds the place, none outside; the figures rest on the zones as they are drawn', () => {
    const found = byPlace(plain, ['76.01', '43.01'], ['76,03', '43,01'], ['80', '43']);
    expect(found?.zones).toEqual(['almaty/core', 'almaty/buffer', '-']);
    expect(found?.inputs.map(({ href }) => href)).toEqual(['zones/almaty/core', 'zones/almaty/buffer']);
  });

  test('where nothing is drawn no place lies in a zone', () => {
    expect(byPlace(ground(), ['76.01', '43.01'])).toBeNull();
  });

  test('a place that is none is told', () => {
    expect(() => byPlace(plain, ['200', '43'], ['', '43'])).toThrow(/-180 – 180/);
  });
});

test('the control of a measure is a zone by any of its words, or is told', () => {
  expect(controlZone(plain, 'буфер', 'control')).toBe('almaty/buffer');
  expect(() => controlZone(plain, 'transition', '--control')).toThrow('almaty/core, almaty/buffer');
});
