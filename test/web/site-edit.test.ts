import { describe, expect, test } from 'vitest';
import type { Position } from '../../src/types.ts';
import { openDesk } from '../../src/zonation/border-desk.ts';
import { REACH, snapped } from '../../web/screens/site-edit-snap.ts';

const square: Position[] = [[70, 50], [71, 50], [71, 51], [70, 51], [70, 50]]; // biome-ignore format: a ring
const desk = openDesk([{ id: 'core', kind: 'core', name: {}, geometry: { type: 'MultiPolygon', coordinates: [[square]] } }]);
/** A pixel of 0.001 degrees each way. */
const pixel: [number, number] = [0.001, 0.001];

describe('a pointer', () => {
  test('near a vertex is on it, to the bit', () => {
    expect(snapped(desk, [70.006, 50.006], { pixel })).toEqual({ at: [70, 50], vertex: 0 });
  });

  test('near an edge is on its nearest place', () => {
    const { at, edge } = snapped(desk, [70.5, 50.009], { pixel });
    expect(at).toEqual([70.5, 50]);
    expect(edge?.toSorted()).toEqual([0, 1]);
  });

  test('farther than the reach is where it is, to a centimetre', () => {
    const far = REACH * 0.001 + 0.0001;
    expect(snapped(desk, [70.512345678, 50 + far], { pixel })).toEqual({ at: [70.5123457, 50.0101] });
  });

  test('reaches as far in pixels, however wide a degree is', () => {
    expect(snapped(desk, [70.015, 50.004], { pixel: [0.002, 0.001] }).vertex).toBe(0);
    expect(snapped(desk, [70.015, 50.004], { pixel: [0.001, 0.001] }).vertex).toBeUndefined();
  });

  test('that drags a vertex is not held by it, nor by its edges', () => {
    expect(snapped(desk, [70.003, 50.003], { pixel, except: 0 })).toEqual({ at: [70.003, 50.003] });
  });
});
