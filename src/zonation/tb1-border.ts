/**
 * TB1: the zones of a transboundary reserve match across the border: no core area and no buffer zone faces the transition
 * area of the other side.
 */
import { inAll } from '../i18n/index.ts';
import type { DrawnZone, Finding, Id, ZoneKind } from '../types.ts';
import { type Facing, facingZones } from './across-border.ts';
import { drawnZones, mapSources } from './drawn-zones.ts';
import { BORDER_DISTANCE } from './exempt-borders.ts';
import { unique } from './figures.ts';
import { finding, lengthText, listed, type Rule } from './rule.ts';
import type { SiteFacts } from './site-facts.ts';
import { joined } from './stretches.ts';

/**
 * Shorter stretches come from where each side ends its zone at the border [m]: two maps of one border may lie as far apart.
 */
const STRETCH = BORDER_DISTANCE;

export const tb1: Rule = {
  id: 'TB1',
  check(facts) {
    const parts = drawnParts(facts);
    if (parts.length < 2) return null;
    const pairs = parts.flatMap((part) =>
      parts.filter((other) => other !== part).map((other) => ({ part, other, facing: facingZones(part.zones, other.zones) })),
    );
    const alone = parts.filter((part) => pairs.every((pair) => pair.part !== part || pair.facing.length === 0));
    return [
      ...pairs.flatMap((pair) => (['core', 'buffer'] as const).flatMap((kind) => ask(facts, pair, kind))),
      ...(alone.length === 0 ? [] : [askAlone(facts, alone)]),
    ];
  },
};

export interface DrawnPart {
  facts: SiteFacts;
  zones: DrawnZone[];
}

/** The parts of a transboundary whole that have a map. */
export function drawnParts(facts: SiteFacts): DrawnPart[] {
  return facts.parts.map((part) => ({ facts: part, zones: drawnZones(part) })).filter(({ zones }) => zones.length > 0);
}

interface Pair {
  part: DrawnPart;
  other: DrawnPart;
  facing: Facing[];
}

/** The zones of one kind of a part against the transition area of the other. */
function ask(facts: SiteFacts, { part, other, facing }: Pair, kind: ZoneKind): Finding[] {
  const isOf = (zones: DrawnZone[], id: Id, of: ZoneKind): boolean => zones.some((zone) => zone.id === id && zone.kind === of);
  const unlike = facing.filter((pair) => isOf(part.zones, pair.zone, kind) && isOf(other.zones, pair.other, 'transition'));
  const stretches = joined(unlike.flatMap(({ lines }) => lines)).filter(({ length }) => length > STRETCH);
  const [longest] = stretches;
  if (longest === undefined) return [];
  const length = stretches.reduce((sum, stretch) => sum + stretch.length, 0);
  const border = facing.reduce((sum, pair) => sum + pair.length, 0);
  return [
    finding(facts, {
      rule: 'TB1',
      variant: 'facing',
      severity: 'question',
      numbers: { facingM: length, longestM: longest.length, borderM: border, withinM: BORDER_DISTANCE, toleranceM: STRETCH },
      words: {
        zone: inAll(`zone.${kind}`),
        part: part.facts.site.name,
        other: other.facts.site.name,
        length: lengthText(length),
        longest: lengthText(longest.length),
        border: lengthText(border),
      },
      zones: unique(unlike.flatMap((pair) => [pair.zone, pair.other])),
      place: longest.line,
      sources: mapSources(facts, [...part.zones, ...other.zones]),
    }),
  ];
}

/** Parts whose maps come near no other part. */
function askAlone(facts: SiteFacts, alone: DrawnPart[]): Finding {
  return finding(facts, {
    rule: 'TB1',
    variant: 'apart',
    severity: 'question',
    numbers: { parts: alone.length, withinM: BORDER_DISTANCE },
    words: { names: listed(alone.map((part) => part.facts.site.name)) },
    sources: mapSources(
      facts,
      alone.flatMap(({ zones }) => zones),
    ),
  });
}
