/**
 * Z12: the declared centre lies inside the reserve, and the declared limits are its true extremes.
 *
 * Without a map the centre is held against the declared limits, for a transboundary whole also against those of its
 * parts; `z12-map.ts` holds centre and limits against a zone map.
 */
import { inAll, pick } from '../i18n/index.ts';
import { distanceToBox, geodesicDistance } from '../science/distances.ts';
import type { Extent, Finding, LocalText, Position } from '../types.ts';
import { type Centre, centresOf, contradiction, type Figure, limitsOf, type Side, sides, siteArea } from './figures.ts';
import { roundingOfAngle } from './rounding.ts';
import { caution, finding, inEach, latitude, listed, longitude, type Rule } from './rule.ts';
import type { SiteFacts } from './site-facts.ts';

type Limits = Partial<Record<Side, Figure>>;

/** Angles that differ by less are the same [deg]: half of the fourth decimal, some 5 m. */
const SAME_ANGLE = 5e-5;

export const z12Centre: Rule = {
  id: 'Z12',
  check(facts) {
    const centres = centresOf(facts);
    const found = centres
      .flatMap((centre) => [againstOwnLimits(facts, centre), againstParts(facts, centre)])
      .filter((list) => list !== null);
    return found.length === 0 ? null : found.flat();
  },
};

/** The centre against the limits of the site, as far as they are declared. */
function againstOwnLimits(facts: SiteFacts, centre: Centre): Finding[] | null {
  const limits = limitsOf(facts, centre.latitude);
  if (Object.keys(limits).length === 0) return null;
  const { outside, on, exactly } = place(centre.position, limits);
  const variant = outside.length > 0 ? 'outside' : 'on-limit';
  const crossed = outside.length > 0 ? outside : on;
  if (crossed.length === 0) return [];
  const figures = [centre.latitude, centre.longitude, ...crossed.flatMap((side) => limits[side] ?? [])];
  const certain = outside.length > 0 || exactly;
  const metres = distanceBeyond(centre.position, limits);
  return [
    finding(facts, {
      rule: 'Z12',
      variant,
      severity: certain ? contradiction(Number.POSITIVE_INFINITY, ...figures) : 'question',
      numbers: { ...centreNumbers(centre), ...limitNumbers(limits), distanceKm: metres / 1000 },
      figures,
      words: { ...centreWords(centre), limits: limitWords(limits, crossed), distanceKm: kilometres(metres) },
      more: caution(...figures),
      place: { type: 'Point', coordinates: centre.position },
    }),
  ];
}

/** The centre of a transboundary whole against the limits of those parts that declare all four. */
function againstParts(facts: SiteFacts, centre: Centre): Finding[] | null {
  const boxed = facts.parts.flatMap((part) => {
    const limits = limitsOf(part);
    return extentOf(limits) === null ? [] : [{ part, limits, metres: distanceBeyond(centre.position, limits) }];
  });
  const nearest = boxed.reduce<(typeof boxed)[number] | null>(
    (best, b) => (best === null || b.metres < best.metres ? b : best),
    null,
  );
  if (nearest === null) return null;
  const { outside } = place(centre.position, nearest.limits);
  if (outside.length === 0) return [];
  const others = facts.parts.filter((part) => boxed.every((b) => b.part !== part));
  const figures = [centre.latitude, centre.longitude, ...outside.flatMap((side) => nearest.limits[side] ?? [])];
  const reach = others.map(widthAsDisc);
  const mayHoldIt = reach.some((width) => width === null || width >= nearest.metres);
  return [
    finding(facts, {
      rule: 'Z12',
      variant: 'outside-parts',
      severity: mayHoldIt ? 'info' : others.length > 0 ? 'question' : contradiction(Number.POSITIVE_INFINITY, ...figures),
      numbers: { ...centreNumbers(centre), ...limitNumbers(nearest.limits), distanceKm: nearest.metres / 1000 },
      figures,
      words: {
        ...centreWords(centre),
        part: nearest.part.site.name,
        limits: limitWords(nearest.limits, outside),
        distanceKm: kilometres(nearest.metres),
        others: listed(others.map((part) => part.site.name)),
      },
      more: [...(others.length > 0 ? ['rules.Z12.other-parts'] : []), ...caution(...figures)],
      place: { type: 'Point', coordinates: centre.position },
    }),
  ];
}

/** Diameter of a disc as large as a part [m]: how far a part without declared limits may reasonably reach. */
function widthAsDisc(part: SiteFacts): number | null {
  const area = siteArea(part);
  return area === null ? null : 2 * Math.sqrt((area.value * 1e4) / Math.PI);
}

/** On which sides `position` lies outside `limits` by more than rounding explains, and on which it lies on them as printed. */
export function place(position: Position, limits: Limits): { outside: Side[]; on: Side[]; exactly: boolean } {
  const beyond = degreesBeyond(position, limits);
  const known = sides.filter((side) => limits[side] !== undefined);
  const slack = (side: Side): number => {
    const own = side === 'north' || side === 'south' ? position[1] : position[0];
    return Math.max(SAME_ANGLE, roundingOfAngle(own), roundingOfAngle(limits[side]?.value ?? own));
  };
  const outside = known.filter((side) => beyond[side] > slack(side));
  const on = known.filter((side) => beyond[side] >= -SAME_ANGLE && beyond[side] <= slack(side));
  return { outside, on, exactly: on.some((side) => Math.abs(beyond[side]) <= SAME_ANGLE) };
}

/** How far `position` lies beyond each side [deg], negative inside; a side that is not declared is never crossed. */
function degreesBeyond([lon, lat]: Position, { north, south, west, east }: Limits): Record<Side, number> {
  const turn = (degrees: number): number => ((degrees % 360) + 360) % 360;
  const half = (degrees: number): number => turn(degrees + 180) - 180;
  const beyond = {
    north: north === undefined ? Number.NEGATIVE_INFINITY : lat - north.value,
    south: south === undefined ? Number.NEGATIVE_INFINITY : south.value - lat,
    west: west === undefined ? Number.NEGATIVE_INFINITY : half(west.value - lon),
    east: east === undefined ? Number.NEGATIVE_INFINITY : half(lon - east.value),
  };
  if (west === undefined || east === undefined) return beyond;
  const offset = turn(lon - west.value);
  const width = turn(east.value - west.value);
  if (offset <= width) return { ...beyond, west: -offset, east: offset - width };
  const toEast = offset - width;
  const toWest = 360 - offset;
  return { ...beyond, west: toWest < toEast ? toWest : -toWest, east: toWest < toEast ? -toEast : toEast };
}

/** Distance from `position` to the box that the known limits make, 0 inside [m]. */
function distanceBeyond(position: Position, limits: Limits): number {
  const extent = extentOf(limits);
  if (extent !== null) return distanceToBox(position, extent).distance;
  const beyond = degreesBeyond(position, limits);
  const lat = beyond.north > 0 ? limits.north?.value : beyond.south > 0 ? limits.south?.value : undefined;
  const lon = beyond.east > 0 ? limits.east?.value : beyond.west > 0 ? limits.west?.value : undefined;
  return geodesicDistance(position, [lon ?? position[0], lat ?? position[1]]);
}

/** The box of four declared limits; `null` where one is missing or south is north of north. */
export function extentOf({ north, south, west, east }: Limits): Extent | null {
  if (north === undefined || south === undefined || west === undefined || east === undefined) return null;
  return south.value < north.value ? [west.value, south.value, east.value, north.value] : null;
}

export function centreNumbers({ position: [lon, lat] }: Centre): Record<string, number> {
  return { centreLatitudeDeg: lat, centreLongitudeDeg: lon };
}

export function centreWords({ position: [lon, lat] }: Centre): { latitude: LocalText; longitude: LocalText } {
  return { latitude: latitude(lat), longitude: longitude(lon) };
}

function limitNumbers(limits: Limits): Record<string, number> {
  return Object.fromEntries(sides.flatMap((side) => (limits[side] === undefined ? [] : [[`${side}Deg`, limits[side].value]])));
}

/** "northern limit 42.3333°, …" */
function limitWords(limits: Limits, which: Side[]): LocalText {
  return listed(
    which.map((side) =>
      inEach(
        (lang) => `${pick(inAll(`rules.words.${side}`), lang)} ${pick(angleOn(side, limits[side]?.value ?? Number.NaN), lang)}`,
      ),
    ),
  );
}

/** The latitude or longitude of a limit. */
export function angleOn(side: Side, value: number): LocalText {
  return side === 'north' || side === 'south' ? latitude(value) : longitude(value);
}

/** Kilometres with one decimal. */
export function kilometres(metres: number): number {
  return Math.round(metres / 100) / 10;
}
