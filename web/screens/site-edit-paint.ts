/** How handles, lines and faults of a drawing look: each by its shape as much as by its colour. */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';

const CHOSEN = '#c2185b';
const FAULT = '#a4262c';

/** The border of the chosen zone, over the zones of `source`. */
export function chosenLine(source: string): LayerSpecification {
  const paint = { 'line-color': CHOSEN, 'line-width': 3 };
  return { id: `${source}/chosen`, type: 'line', source, filter: ['==', ['get', 'chosen'], true], paint };
}

export function markLayers(source: string): LayerSpecification[] {
  const of = (what: string): ExpressionSpecification => ['==', ['get', 'what'], what];
  const line = (what: string, paint: object): LayerSpecification => ({ id: `${source}/${what}`, type: 'line', source, filter: of(what), paint }); // biome-ignore format: one thought
  const dot = (what: string, paint: object): LayerSpecification => ({ id: `${source}/${what}`, type: 'circle', source, filter: of(what), paint }); // biome-ignore format: one thought
  return [
    line('border', { 'line-color': CHOSEN, 'line-width': 3 }),
    line('path', { 'line-color': CHOSEN, 'line-width': 3, 'line-dasharray': [2, 1.5] }),
    dot('handle', { 'circle-radius': 5, 'circle-color': '#fff', 'circle-stroke-color': CHOSEN, 'circle-stroke-width': 2 }),
    dot('vertex', { 'circle-radius': 8, 'circle-color': CHOSEN, 'circle-stroke-color': '#fff', 'circle-stroke-width': 2.5 }),
    dot('fault', {
      'circle-radius': 12,
      'circle-color': FAULT,
      'circle-opacity': 0.15,
      'circle-stroke-color': FAULT,
      'circle-stroke-width': 4,
    }),
  ];
}
