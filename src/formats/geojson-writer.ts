/**
 * GeoJSON (RFC 7946) as text.
 *
 *     writeGeojson([{ id: 'core', geometry, properties: { kind: 'core' } }])
 */
import type { Geometry } from '../types.ts';

/** A FeatureCollection as text, a feature a line, coordinates as they are. */
export function writeGeojson(
  features: { id?: string; geometry: Geometry | null; properties: Record<string, unknown> }[],
): string {
  const lines = features.map(({ id, geometry, properties }) =>
    JSON.stringify({ type: 'Feature', ...(id === undefined ? {} : { id }), geometry, properties }),
  );
  return `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`;
}
