/**
 * Geodesic area of a zone on the WGS 84 ellipsoid [m2], from its geometry. docs/methods/area.md
 */
import { geodesicArea } from '../science/areas.ts';
import type { ZoneIndicator } from './zone-indicator.ts';

export const area: ZoneIndicator = {
  id: 'area',
  method: 'karney-2013',
  version: 1,
  unit: 'm2',
  compute: (geometry) => geodesicArea(geometry),
};
