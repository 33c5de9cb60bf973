/** Published methods as pure functions on numbers and arrays; see each file for its references. */
export { boxArea, geodesicArea, geodesicPerimeter } from './areas.ts';
export { difference, type Effect, type Estimate, excludes, logResponseRatio, type NoInterval, ratio } from './change.ts';
export { distanceToBoundary, distanceToBox, geodesicDistance, type Nearest } from './distances.ts';
export { extent } from './extent.ts';
export { measureRing, type RingMeasure } from './geodesic-ring.ts';
export { pointInPolygon, type Side } from './point-in-polygon.ts';
export { representativePoint } from './representative-point.ts';
export type { Areal, Box, Position, Ring } from './rings.ts';
