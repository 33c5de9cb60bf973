import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boxAround, type MapLayer, markOf, movedLayer } from '../../web/parts/map-layers.ts';
import { baseLayers, focusLayers, paintOf } from '../../web/parts/map-paint.ts';

describe('movedLayer', () => {
  test('moves one layer and keeps all', () => {
    expect(movedLayer(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c']);
    expect(movedLayer(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c']);
    expect(movedLayer(['a', 'b', 'c'], 'x', 1)).toEqual(['a', 'b', 'c']);
  });

  test('there and back is where it was, unless it was at an end', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 3, maxLength: 50 }), fc.nat(), (order, n) => {
        const id = order[1 + (n % (order.length - 2))] ?? '';
        expect(movedLayer(movedLayer(order, id, 1), id, -1)).toEqual(order);
      }),
    );
  });
});

test('the box around a geometry holds all its positions', () => {
  expect(boxAround({ type: 'Point', coordinates: [70, 50] })).toEqual([70, 50, 70, 50]);
  expect(boxAround({ type: 'LineString', coordinates: [[70, 50], [71, 49]] })).toEqual([70, 49, 71, 50]); // biome-ignore format: positions
  expect(boxAround({ type: 'MultiPolygon', coordinates: [[[[1, 2], [3, 4], [1, 4], [1, 2]]]] })).toEqual([1, 2, 3, 4]); // biome-ignore format: a ring
  expect(boxAround({ type: 'MultiPolygon', coordinates: [] })).toBeNull();
});

test('a layer keeps its mark wherever it lies', () => {
  expect(markOf('monitoring')).toEqual(markOf('monitoring'));
  expect(markOf('findings')).not.toEqual(markOf('repairs'));
});

describe('what is drawn', () => {
  const layer = (draw: MapLayer['draw'], id: string): MapLayer => ({ id, title: id, draw, source: { url: '/x' }, visible: true });
  const all = (['zones', 'outline', 'changes', 'places', 'dots', 'sites'] as const).flatMap((draw) => paintOf(layer(draw, draw)));

  test('style layers have names of their own', () => {
    const ids = [...baseLayers({}), ...all, ...focusLayers].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('nothing is asked of another server: no address stands in a style', () => {
    expect(JSON.stringify([...baseLayers({ KZ: 'Қазақстан' }), ...all, ...focusLayers])).not.toMatch(/https?:/);
  });

  test('letters are drawn in fonts of this machine that end in a general one', () => {
    const fonts = [...baseLayers({}), ...all].flatMap((style) =>
      style.type === 'symbol' && style.layout?.['text-field'] !== undefined ? [style.layout['text-font'] as string[]] : [],
    );
    expect(fonts.length).toBeGreaterThan(2);
    for (const list of fonts) expect(list.at(-1)).toBe('sans-serif');
  });

  test('strict zones lie over the others', () => {
    const order = paintOf(layer('zones', 'z')).map(({ id }) => id);
    expect(order.indexOf('z/fill-core')).toBeGreaterThan(order.indexOf('z/fill-transition'));
  });
});
