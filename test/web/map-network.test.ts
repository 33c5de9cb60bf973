import { expect, test } from 'vitest';
import type { MapLayer } from '../../web/parts/map-layers.ts';
import { paintOf, sourceOf } from '../../web/parts/map-paint.ts';

const layer: MapLayer = {
  id: 'corridors',
  title: 'Weak links and corridors',
  draw: 'network',
  source: { url: '/api/sites/lake/corridors.geojson' },
  visible: true,
};

test('every part of a network is drawn: bands below dashed lines, labels above both', () => {
  const styles = paintOf(layer);
  const at = (id: string): number => styles.findIndex((style) => style.id === `corridors/${id}`);
  expect(new Set(styles.map(({ id }) => id)).size).toBe(styles.length);
  expect([at('ground') < at('band'), at('band') < at('link'), at('link') < at('label-band')]).toEqual([true, true, true]);
  const parts = new Set(styles.map((style) => JSON.stringify('filter' in style ? style.filter : null)));
  expect(parts.size).toBe(4);
});

test('it is not gathered into clusters, and fades as a whole', () => {
  expect(sourceOf(layer)).not.toHaveProperty('cluster');
  const faded = paintOf({ ...layer, opacity: 0 }).filter(({ type }) => type === 'line' || type === 'fill');
  for (const { paint = {} } of faded)
    for (const [name, value] of Object.entries(paint)) if (name.endsWith('-opacity')) expect(value).toBe(0);
});
