/** Z13: the box between the declared limits is at least as large as the declared area. */
import { boxArea } from '../science/areas.ts';
import type { Extent, Finding, Geometry } from '../types.ts';
import { contradiction, counterpart, type Figure, figuresOf, limitsOf, siteArea } from './figures.ts';
import { roundingOfAngle } from './rounding.ts';
import { caution, finding, hectares, latitude, longitude, type Rule } from './rule.ts';
import type { SiteFacts } from './site-facts.ts';

export const z13: Rule = {
  id: 'Z13',
  check(facts) {
    const { north, south, west, east } = limitsOf(facts);
    if (north === undefined || south === undefined) return null;
    if (south.value >= north.value) return [reversed(facts, south, north)];
    if (west === undefined || east === undefined) return null;
    const limits = [west, south, east, north];
    const area = counterpart(figuresOf(facts, facts.site.id, 'area', 'har'), north) ?? siteArea(facts);
    if (area === null) return null;
    const extent: Extent = [west.value, south.value, east.value, north.value];
    const box = boxArea(extent) / 1e4;
    return area.value > box ? [tooSmall(facts, extent, box, area, limits)] : [];
  },
};

function tooSmall(facts: SiteFacts, extent: Extent, box: number, area: Figure, limits: Figure[]): Finding {
  const widest = boxArea(widened(extent)) / 1e4;
  const figures = [area, ...limits];
  return finding(facts, {
    rule: 'Z13',
    variant: 'box',
    severity: area.value > widest ? contradiction(area.value - widest, ...figures) : 'question',
    numbers: {
      totalHa: area.value,
      boxHa: box,
      boxWithRoundingHa: widest,
      differenceHa: area.value - box,
      ratio: area.value / box,
      westDeg: extent[0],
      southDeg: extent[1],
      eastDeg: extent[2],
      northDeg: extent[3],
    },
    figures,
    words: {
      total: hectares(area),
      boxHa: Math.round(box),
      west: longitude(extent[0]),
      south: latitude(extent[1]),
      east: longitude(extent[2]),
      north: latitude(extent[3]),
    },
    more: caution(...figures),
    place: outline(extent),
  });
}

function reversed(facts: SiteFacts, south: Figure, north: Figure): Finding {
  return finding(facts, {
    rule: 'Z13',
    variant: 'reversed',
    severity: contradiction(Number.POSITIVE_INFINITY, south, north),
    numbers: { southDeg: south.value, northDeg: north.value },
    figures: [south, north],
    words: { south: latitude(south.value), north: latitude(north.value) },
  });
}

/** The largest box whose limits are printed like these. */
function widened([west, south, east, north]: Extent): Extent {
  const side = (value: number, sign: 1 | -1): number => value + sign * roundingOfAngle(value);
  const wider: Extent = [side(west, -1), Math.max(-90, side(south, -1)), side(east, 1), Math.min(90, side(north, 1))];
  return wider[2] - wider[0] > 360 || (west > east && wider[0] <= wider[2]) ? [-180, wider[1], 180, wider[3]] : wider;
}

function outline([west, south, east, north]: Extent): Geometry {
  const ring: [number, number][] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Polygon', coordinates: [ring] };
}
