/** Z12, map: the declared centre lies in one of the zones drawn, and the declared limits are the extremes of the map. */
import { inAll, pick } from '../i18n/index.ts';
import { distanceToBoundary, geodesicDistance } from '../science/distances.ts';
import { extent } from '../science/extent.ts';
import { pointInPolygon } from '../science/point-in-polygon.ts';
import type { DrawnZone, Finding, MultiPolygon, Position } from '../types.ts';
import { centresOf, fullyDrawn, limitsOf, type Side, sides, unique, zoneKinds } from './figures.ts';
import { roundingOfAngle } from './rounding.ts';
import { finding, inEach, inRow, type Rule } from './rule.ts';
import { currentZones, type SiteFacts, sourceText } from './site-facts.ts';
import { angleOn, centreNumbers, centreWords, kilometres } from './z12-centre.ts';

/** How far the map may lie from a declared limit before anybody asks [m]: a line of 1 mm at 1:100 000. */
const EXTREME_TOLERANCE = 100;

export const z12Map: Rule = {
  id: 'Z12',
  check(facts) {
    const zones = drawnZones(facts);
    if (zones.length === 0) return null;
    const found = [centreOnMap(facts, zones), extremesOfMap(facts, zones)].filter((list) => list !== null);
    return found.length === 0 ? null : found.flat();
  },
};

/** The zones drawn now, for a transboundary whole those of its parts; none unless the map shows the whole site. */
function drawnZones(facts: SiteFacts): DrawnZone[] {
  if (fullyDrawn(facts))
    return zoneKinds.flatMap((kind) => currentZones(facts, kind)).filter((zone): zone is DrawnZone => zone.geometry !== null);
  const ofParts = facts.parts.map(drawnZones);
  return ofParts.every((zones) => zones.length > 0) ? ofParts.flat() : [];
}

function centreOnMap(facts: SiteFacts, zones: DrawnZone[]): Finding[] | null {
  const centres = centresOf(facts);
  if (centres.length === 0) return null;
  return centres
    .filter(({ position }) => zones.every((zone) => pointInPolygon(position, zone.geometry) === 'outside'))
    .map((centre) => {
      const metres = Math.min(...zones.map((zone) => distanceToBoundary(centre.position, zone.geometry).distance));
      return finding(facts, {
        rule: 'Z12',
        variant: 'outside-map',
        severity: 'error',
        numbers: { ...centreNumbers(centre), distanceKm: metres / 1000 },
        figures: [centre.latitude, centre.longitude],
        words: { ...centreWords(centre), distanceKm: kilometres(metres) },
        sources: mapSources(facts, zones),
        place: { type: 'Point', coordinates: centre.position },
      });
    });
}

function extremesOfMap(facts: SiteFacts, zones: DrawnZone[]): Finding[] | null {
  const limits = limitsOf(facts);
  const known = sides.filter((side) => limits[side] !== undefined);
  if (known.length === 0) return null;
  const extremes = extremesOf(zones);
  const off = known
    .map((side) => ({ side, declared: limits[side]?.value ?? Number.NaN, drawn: extremes[side] }))
    .map((pair) => ({ ...pair, metres: metresApart(pair.side, pair.declared, pair.drawn, extremes) }))
    .filter(({ side, declared, metres }) => metres > Math.max(EXTREME_TOLERANCE, metresOfRounding(side, declared, extremes)));
  if (off.length === 0) return [];
  const largest = Math.max(...off.map(({ metres }) => metres));
  return [
    finding(facts, {
      rule: 'Z12',
      variant: 'extremes',
      severity: 'error',
      numbers: {
        ...Object.fromEntries(
          off.flatMap(({ side, declared, drawn }) => [
            [`${side}DeclaredDeg`, declared],
            [`${side}MapDeg`, drawn],
          ]),
        ),
        largestDifferenceKm: largest / 1000,
        toleranceKm: EXTREME_TOLERANCE / 1000,
      },
      figures: off.flatMap(({ side }) => limits[side] ?? []),
      words: {
        largestDifferenceKm: kilometres(largest),
        limits: inRow(
          off.map(({ side, declared, drawn }) =>
            inEach(
              (lang) =>
                `${pick(inAll(`rules.words.${side}`), lang)} ${pick(angleOn(side, declared), lang)} / ${pick(angleOn(side, drawn), lang)}`,
            ),
          ),
        ),
      },
      sources: mapSources(facts, zones),
    }),
  ];
}

function extremesOf(zones: DrawnZone[]): Record<Side, number> {
  const all: MultiPolygon = { type: 'MultiPolygon', coordinates: zones.flatMap((zone) => zone.geometry.coordinates) };
  const [west, south, east, north] = extent(all);
  return { west, south, east, north };
}

/** Distance between a meridian or parallel and another, through the middle of the map [m]. */
function metresApart(side: Side, a: number, b: number, { north, south, west, east }: Record<Side, number>): number {
  const [lon, lat] = [west <= east ? (west + east) / 2 : 180, (south + north) / 2];
  const at = (angle: number): Position => (side === 'north' || side === 'south' ? [lon, angle] : [angle, lat]);
  return geodesicDistance(at(a), at(b));
}

function metresOfRounding(side: Side, declared: number, extremes: Record<Side, number>): number {
  return metresApart(side, declared, declared + roundingOfAngle(declared), extremes);
}

function mapSources(facts: SiteFacts, zones: DrawnZone[]): string[] {
  return unique(zones.map((zone) => sourceText(facts, zone.from)));
}
